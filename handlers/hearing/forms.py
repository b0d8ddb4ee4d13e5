"""The answers of a form, read into values: what a tampered one holds is refused, not believed."""

from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Any, TypeVar

from bot.calendar import LONGEST_MEETING, SHORTEST_MEETING, read_day, read_time
from bot.errors import UserError, Words
from bot.items import Proposal
from bot.meetings import Arrangement
from bot.reading.durations import LONGEST, SHORTEST
from bot.reading.text import storable, visible
from handlers.blocks.fields import FIELDS
from handlers.blocks.kit import View
from handlers.hearing.fields import filled_in
from handlers.hearing.payloads import LONGEST_ID, Heard
from storage.items import Wish

Choice = TypeVar("Choice", bound=StrEnum)
Value = TypeVar("Value")
Answers = dict[str, Any]


def as_changed(heard: Heard, as_it_is_now: View) -> Answers:
    """The answers of a form that may have been open for long: what nobody changed in it stays as others have changed it since.

    `as_it_is_now` is the same form, if it were opened now. A list of people gains whom somebody added, and loses whom they took
    out.
    """
    now = filled_in(as_it_is_now)
    return heard.answers | {
        field: _changed(heard.answers.get(field), before, now[field])
        for field, before in heard.filled_in.items()
        if field in now
    }


def changed(heard: Heard) -> Answers:
    """The answers that its sender has touched."""
    return {field: answer for field, answer in heard.answers.items() if answer != heard.filled_in.get(field)}


def _changed(sent: Any, before: Any, now: Any) -> Any:
    if sent == before:
        return now
    if not all(isinstance(one, list) for one in (sent, before, now)):
        return sent
    stay = [one for one in now if one in sent or one not in before]
    return [*stay, *(one for one in sent if one not in before and one not in stay)]


def said(answers: Answers, field: str) -> str:
    """What one field holds, where one thing can be said; nothing where it is missing, or was answered otherwise."""
    answer = answers.get(field)
    return answer if isinstance(answer, str) else ""


def chosen(answers: Answers, field: str, most: int) -> list[str]:
    """What one field holds, where up to so many things can be chosen. Raises UserError if there are more."""
    answer = answers.get(field)
    found = answer if isinstance(answer, list) else []
    if len(found) > most:
        raise UserError("Up to {most}, please.", field=field, most=most)
    return found


def ticked(answers: Answers, field: str, among: Collection[str]) -> set[str]:
    """What was ticked, or chosen of several. Raises UserError if any of it is none of those."""
    found = set(chosen(answers, field, len(among)))
    if not found <= set(among):
        raise UserError("Please choose one of the list.", field=field)
    return found


def proposal(answers: Answers) -> Proposal:
    return Proposal(
        title=text(answers, "title", needed=Words("An item needs a title.")),
        details=optional_text(answers, "details"),
        wish=choice(answers, "wish", Wish) if answers.get("wish") else None,
        minutes=optional_number(answers, "minutes", SHORTEST, LONGEST),
        links=optional_text(answers, "links"),
        lead=optional_text(answers, "lead"),
        on_behalf_of=optional_text(answers, "on_behalf_of"),
    )


def arrangement(answers: Answers) -> Arrangement:
    """Without an office it is an empty one."""
    return Arrangement(
        day=read(answers, "day", read_day),
        starts=read(answers, "starts", read_time),
        minutes=number(answers, "minutes", SHORTEST_MEETING, LONGEST_MEETING),
        office=optional_text(answers, "office") or "",
    )


def text(answers: Answers, field: str, needed: Words) -> str:
    """What was typed. Raises UserError, in the words of `needed`, if there is nothing to see."""
    found = optional_text(answers, field)
    if found is None:
        raise UserError(needed, field=field)
    return found


def optional_text(answers: Answers, field: str) -> str | None:
    """What was typed, if there is anything to see. Raises UserError if it is longer than the field takes, or has more lines."""
    takes = FIELDS[field]
    found = storable(said(answers, field)).strip()
    if len(found) > takes.longest:
        raise UserError("This is longer than {longest} characters.", field=field, longest=takes.longest)
    if len(found.splitlines()) > 1 and not takes.is_multiline:
        raise UserError("This has to be one line of plain text.", field=field)
    return found if visible(found) else None


def read(answers: Answers, field: str, reader: Callable[[str], Value]) -> Value:
    """What was chosen, as `reader` reads it. Its UserError is said at the field."""
    try:
        return reader(said(answers, field))
    except UserError as refused:
        refused.field = field
        raise


def number(answers: Answers, field: str, least: int, most: int) -> int:
    """The number that was typed. Raises UserError if it is none, or lies outside."""
    try:
        found = int(said(answers, field))
    except ValueError:
        found = least - 1
    if not least <= found <= most:
        raise UserError("A whole number from {least} to {most}, please.", field=field, least=least, most=most)
    return found


def optional_number(answers: Answers, field: str, least: int, most: int) -> int | None:
    """The same, or None where nothing was typed."""
    return number(answers, field, least, most) if answers.get(field) else None


def chosen_id(answers: Answers, field: str) -> int | None:
    """The id of what was chosen in a menu of ours, or None where nothing was."""
    return optional_number(answers, field, 1, 10**LONGEST_ID - 1)


def choice(answers: Answers, field: str, among: type[Choice]) -> Choice:
    """What was chosen. Raises UserError if it is none of those."""
    try:
        return among(said(answers, field))
    except ValueError:
        raise UserError("Please choose one of the list.", field=field) from None

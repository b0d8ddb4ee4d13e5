"""The answers of a form, read into values: what a tampered one holds is refused, not believed."""

from enum import StrEnum
from typing import Any, TypeVar

from bot.calendar import read_day, read_time
from bot.errors import UserError, Words
from bot.items import Proposal
from bot.meetings import Arrangement
from bot.reading.durations import LONGEST, SHORTEST
from bot.reading.text import storable, visible
from storage.items import Wish

Choice = TypeVar("Choice", bound=StrEnum)
Answers = dict[str, Any]


def said(answers: Answers, field: str) -> str:
    """What one field holds, where one thing can be said; nothing where it is missing, or was answered otherwise."""
    answer = answers.get(field)
    return answer if isinstance(answer, str) else ""


def chosen(answers: Answers, field: str) -> list[str]:
    """What one field holds, where several things can be chosen."""
    answer = answers.get(field)
    return answer if isinstance(answer, list) else []


def proposal(answers: Answers) -> Proposal:
    return Proposal(
        title=text(answers, "title", needed=Words("An item needs a title.")),
        details=optional_text(answers, "details"),
        wish=choice(answers, "wish", Wish) if answers.get("wish") else None,
        minutes=number(answers, "minutes", SHORTEST, LONGEST) if answers.get("minutes") else None,
        links=optional_text(answers, "links"),
        lead=optional_text(answers, "lead"),
    )


def arrangement(answers: Answers) -> Arrangement:
    """Without an office it is an empty one."""
    return Arrangement(
        day=read_day(said(answers, "day")),
        starts=read_time(said(answers, "starts")),
        minutes=number(answers, "minutes", 15, 720),
        office=optional_text(answers, "office") or "",
    )


def text(answers: Answers, field: str, needed: Words) -> str:
    """What was typed. Raises UserError, in the words of `needed`, if there is nothing to see."""
    found = optional_text(answers, field)
    if found is None:
        raise UserError(needed, field=field)
    return found


def optional_text(answers: Answers, field: str) -> str | None:
    found = storable(said(answers, field)).strip()
    return found if visible(found) else None


def number(answers: Answers, field: str, least: int, most: int) -> int:
    """The number that was typed. Raises UserError if it is none, or lies outside."""
    try:
        found = int(said(answers, field))
    except ValueError:
        found = least - 1
    if not least <= found <= most:
        raise UserError("A whole number from {least} to {most}, please.", field=field, least=least, most=most)
    return found


def choice(answers: Answers, field: str, among: type[Choice]) -> Choice:
    """What was chosen. Raises UserError if it is none of those."""
    try:
        return among(said(answers, field))
    except ValueError:
        raise UserError("Please choose one of the list.", field=field) from None

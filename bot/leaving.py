"""Leaving: all that is kept about a person, or of a consortium, is given to them, or erased."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.audiences import reader
from bot.cards import following_those_who_decide, redraw_cards, take_back_cards, tell_that_nobody_has
from bot.comings_and_goings import following_who_does_what
from bot.doors import redraw_doors
from bot.inert import as_json
from bot.people import keepers
from bot.seen.about_me import KeptPlace
from bot.seen.items import seen_item
from bot.seen.knowing import known_state
from bot.separate_talks import leave_talk
from bot.taking_back import take_off_alone
from bot.timetable import is_over
from bot.word_to_proposers import mark_told
from storage import outbox
from storage.channels import why_closed
from storage.consortia import Consortium
from storage.erasures import note_down, notes_of_person
from storage.exports import rows_of_consortium, rows_of_person
from storage.follow_ups import open_follow_ups_of
from storage.former import Neutral, forget_person
from storage.happenings import PassedOn
from storage.items import Item, ItemState
from storage.one_person import become_one
from storage.people import Person, Who, lock_person, people_behind, release_from_roles
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import Session
from storage.traces import brought_by, count_names_in_words_of_others, posts_that_tell_of

__all__ = [
    "LEGEND",
    "Leave",
    "Neutral",
    "erase",
    "everything_about",
    "everything_of",
    "in_a_file",
    "kept_places",
    "those_called",
    "what_goes",
]

LEGEND = "docs/what-is-kept.md says what each column holds."
UNDECIDED = (ItemState.DRAFT, ItemState.WAITING, ItemState.HELD, ItemState.RESTING)


@dataclass(frozen=True)
class Leave:
    """What erasing a person means. `rows`: how much is kept about them, by what it is to them.

    `is_last_keeper`: nobody else keeps the settings. `messages` in Slack are edited; those that are `out_of_reach` are not, each with
    its channel and Slack's timestamp. `named_by_others`: in so many items, tips and notes of others their whole name stands.
    """

    name: str | None
    known_as: tuple[Who, ...]
    rows: dict[str, int]
    kept_places: tuple[KeptPlace, ...]
    is_last_keeper: bool
    messages: int
    out_of_reach: tuple[tuple[str, str | None], ...]
    named_by_others: int


def those_called(session: Session, team_id: str, user_id: str) -> list[Person]:
    """All who go by this user id, if one of them is of that workspace, or none is named."""
    behind = people_behind(session, user_id)
    is_one_of_them = not team_id or any(person.team_id == team_id for person in behind)
    return behind if is_one_of_them else []


def everything_about(session: Session, consortium: Consortium, person: Person) -> dict[str, Any]:
    """All that is kept about them, as they may know it: what was decided about their items, once it was told."""
    rows = rows_of_person(session, person)
    seen = {item.id: _as_they_know_it(item) for item in brought_by(session, person)}
    rows["items brought"] = [row | seen[row["id"]] for row in rows["items brought"]]
    rows["messages"] = [row for row in rows["messages"] if _is_no_news(row)]
    return {"consortium": consortium.name, **rows}


def in_a_file(exported: Mapping[str, Any], now: datetime) -> str:
    return as_json({"made at": now, "legend": LEGEND, **exported})


def everything_of(session: Session) -> dict[str, Any]:
    """All that the consortium keeps together. What is between a host and a proposer is theirs."""
    return dict(rows_of_consortium(session))


def what_goes(session: Session, consortium: Consortium, people: Sequence[Person], now: datetime) -> Leave:
    """What erasing these, who are one, would mean."""
    items = [item for person in people for item in brought_by(session, person)]
    posts = {post.id: post for person in people for post in posts_that_tell_of(session, person, items)}
    lost = [post for post in posts.values() if _is_out_of_reach(session, post)]
    kept = [rows_of_person(session, person) for person in people]
    others = [one for one in keepers(session) if one not in people]
    return Leave(
        name=next((person.name for person in people if person.name), None),
        known_as=tuple(person.who for person in people),
        rows={called: sum(len(rows[called]) for rows in kept) for called in kept[0]},
        kept_places=tuple(kept_places(consortium, items, now)),
        is_last_keeper=not others and any(person.is_admin for person in people),
        messages=len(posts) - len(lost),
        out_of_reach=tuple((post.stands_in, post.ts) for post in lost),
        named_by_others=sum(count_names_in_words_of_others(session, person) for person in people),
    )


def kept_places(consortium: Consortium, items: Sequence[Item], now: datetime) -> list[KeptPlace]:
    """Those of these items that stay, on the agendas of meetings to come."""
    on_agenda = [item for item in items if item.state == ItemState.ON_AGENDA and item.meeting]
    return [
        KeptPlace(item.title, item.meeting.day)
        for item in on_agenda
        if item.meeting and not is_over(consortium, item.meeting, now)
    ]


def erase(
    session: Session, consortium: Consortium, people: Sequence[Person], neutral: Neutral, now: datetime
) -> None:
    """Take away all that is kept about these, who are one. What they brought is a former member's, without its words.

    What stands on an agenda keeps its place there, and what nobody has decided about is taken back. Messages that show their words
    are edited. Whoever speaks again under the same name in Slack is somebody new.
    """
    note_down(session, [note for one in people for note in notes_of_person(session, one)], now)
    with following_those_who_decide(session, consortium, now):
        person = _become_one(session, people)
        lock_person(session, person)
        release_from_roles(session, person)
    items = brought_by(session, person)
    for post in posts_that_tell_of(session, person, items):
        post.loses_words(now)
    for item in items:
        _let_go(session, consortium, item, now)
    for follow_up in open_follow_ups_of(session, person):
        follow_up.give_back(now)
        tell_that_nobody_has(session, follow_up, now)
    for post in outbox.untold_in(session, person.user_id, PostKind):
        post.live_through(PassedOn(), now)
    session.flush()
    redraw_doors(session, consortium.id)
    with following_who_does_what(session, consortium, now):
        forget_person(session, person, neutral, now)


def _become_one(session: Session, people: Sequence[Person]) -> Person:
    person, *others = people
    for other in others:
        become_one(session, other, person)
    session.flush()
    return person


def _let_go(session: Session, consortium: Consortium, item: Item, now: datetime) -> None:
    """Nobody is left to hear of a decision, so everybody may know it. What has no words any more is not talked about."""
    item.take_back_common_title()
    if item.separate_since is not None:
        leave_talk(session, item)
    if item.state in UNDECIDED:
        take_off_alone(session, consortium, item, ItemState.WITHDRAWN, now)
        take_back_cards(session, item)
    elif item.decided_at is not None and item.told_at is None:
        mark_told(session, item, now)
    else:
        redraw_cards(session, item)


def _as_they_know_it(item: Item) -> dict[str, Any]:
    own = reader(item.proposer_id)
    seen = seen_item(item, own, with_reason=True)
    decision = seen.decision if seen else None
    told: dict[str, Any] = {"state": known_state(item, own)}
    told["joined_to_id"] = seen.joined_to.id if seen and seen.joined_to else None
    if told["state"] != ItemState.ON_AGENDA:
        told |= {"placed_title": None, "placed_lead": None}
    return told | ({"reason": decision.reason, "note": decision.note} if decision else {})


def _is_no_news(message: dict[str, Any]) -> bool:
    """It was told, or they asked for it themselves."""
    return message["sent_at"] is not None or message["kind"] == PostKind.REMINDER


def _is_out_of_reach(session: Session, post: Post) -> bool:
    """Whether the bot can't edit it, as far as it knows: its channel is closed, or nobody knows where it is."""
    is_closed = not post.is_direct and why_closed(session, post.place) is not None
    return is_closed or (post.ts is None and post.stray_ts is None)

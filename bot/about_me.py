"""Everything about me: what is kept about one person is told to them, given to them, or erased by them.

It is about whoever asks and about nobody else, so it needs no role, and nobody has to be in the shared channel for it.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from bot.audiences import reader
from bot.capabilities import may
from bot.erasing import erase_after_holds, wait_no_more
from bot.errors import NothingChanged, Words
from bot.fingerprints import Fingerprint, fingerprint
from bot.leaving import Neutral, everything_about, kept_places, what_goes
from bot.legal_holds import lasting_hold
from bot.people import Actor
from bot.seen.about_me import (
    AboutMeSeen,
    AskedForAboutMeSeen,
    Counts,
    FileAboutMe,
    ReadBy,
    ToEraseSeen,
    Way,
    What,
)
from bot.seen.knowing import known_state
from bot.seen.legal_holds import HoldSeen
from bot.timetable import today_in
from storage import outbox
from storage.capabilities import Capability
from storage.consortia import Consortium
from storage.items import ItemState
from storage.people import Person, lock_person, people_with
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.rows_of_people import own_rows
from storage.tenancy import Session
from storage.traces import brought_by

Kept = Mapping[str, Any]
"""The rows of one person, by what these are to them."""
THEMSELVES = "person"
READ_BY: Mapping[What, ReadBy] = {
    What.BROUGHT: ReadBy.EVERYBODY,
    What.ME_TOO: ReadBy.EVERYBODY,
    What.WORKED: ReadBy.EVERYBODY,
    What.OUTCOMES: ReadBy.EVERYBODY,
    What.TO_DO: ReadBy.EVERYBODY,
    What.FOLLOW_UPS_WRITTEN: ReadBy.EVERYBODY,
    What.DUTIES: ReadBy.EVERYBODY,
    What.PREPARED: ReadBy.EVERYBODY,
    What.COMES: ReadBy.SOME,
    What.ANNOUNCED: ReadBy.SOME,
    What.DECIDED: ReadBy.SOME,
    What.ASKED: ReadBy.SOME,
    What.ANSWERED: ReadBy.SOME,
    What.SWAPS_ASKED: ReadBy.SOME,
    What.SWAPS_ANSWERED: ReadBy.SOME,
    What.DECIDES_FOR: ReadBy.SOME,
    What.HOLDS: ReadBy.SOME,
    What.SET_ASIDE: ReadBy.NOBODY,
    What.SEEN_OR_MISSED: ReadBy.NOBODY,
    What.PUBLISHED: ReadBy.NOBODY,
    What.MESSAGES: ReadBy.NOBODY,
    What.DEEDS: ReadBy.NOBODY,
}
"""Beside whoever it is about. Who they are stands apart."""
CHANGES_BY_ASKING = frozenset({THEMSELVES, What.MESSAGES, What.DEEDS})
"""It makes no other file of it."""


def about_me(session: Session, actor: Actor, now: datetime) -> AboutMeSeen:
    counts = _counts(_kept(session, actor.consortium, actor.person))
    person = actor.person
    waits = person.erasure_wanted_at is not None
    return AboutMeSeen(
        person.name,
        person.collaborative.name if person.collaborative else None,
        {by: {what: n for what, n in counts.items() if READ_BY[what] is by} for by in ReadBy},
        has_files=may(actor.consortium, Capability.FILES),
        waits_until=_held_until(session, actor.consortium, now) if waits else None,
    )


def ask_for_files(
    session: Session, actor: Actor, ways: Collection[Way], now: datetime
) -> AskedForAboutMeSeen:
    """Owe them to whoever asks, each once a day while what is kept stays as it is. Raises NothingChanged where no files may be sent."""
    consortium, place = actor.consortium, actor.person.user_id
    if not may(consortium, Capability.FILES):
        raise NothingChanged(
            "I may not send files in this Slack yet.",
            then=Words("Ask whoever looks after the server: they can give you the file."),
        )
    state = _state(_kept(session, consortium, actor.person))
    about = {"person": actor.person.id, "state": state, "day": today_in(consortium, now), "place": place}
    debts = [
        outbox.Debt(PostKind.ABOUT_ME, PostKind.ABOUT_ME.key(way=way, **about), consortium.id, place)
        for way in Way
        if way in ways
    ]
    owed = outbox.owe_all_again(session, debts, now, comes_back=True)
    return AskedForAboutMeSeen(asked=len(debts), on_their_way=len(owed))


def file_about_me(session: Session, consortium: Consortium, post: Post, now: datetime) -> FileAboutMe | None:
    """As things are when it is sent, for nobody but whom it is about. Its key tells."""
    _kind, person_id, way, *_more = post.key.split(":")
    for person in people_with(session, [int(person_id)]):
        if person.user_id == post.place:
            kept = tuple(_kept(session, consortium, person))
            return FileAboutMe(consortium.name, kept, Way(way), now, consortium.timezone)
    return None


def what_i_erase(session: Session, actor: Actor, now: datetime) -> ToEraseSeen:
    """What a host has decided and not told yet is not told here either."""
    consortium, own = actor.consortium, own_rows(session, actor.person)
    leave = what_goes(session, consortium, own, now)
    items = [item for person in own for item in brought_by(session, person)]
    on_agenda = [item for item in items if known_state(item, reader(item.proposer_id)) == ItemState.ON_AGENDA]
    stays = tuple(kept_places(consortium, on_agenda, now))
    return ToEraseSeen(
        _counts(_kept(session, consortium, actor.person)),
        stays,
        len(leave.out_of_reach),
        leave.is_last_keeper,
        _held_until(session, consortium, now),
        fingerprint(repr(place) for place in stays),
    )


def erase_myself(
    session: Session, actor: Actor, read: str, neutral: Neutral, now: datetime
) -> HoldSeen | None:
    """Take away all that is kept about whoever asks. While a hold lasts that waits for its end, and it is given.

    `read`: the fingerprint of what they have read that stays.

    Raises NothingChanged if that is something else by now, or if nobody else keeps the settings.
    """
    lock_person(session, actor.person)
    seen = what_i_erase(session, actor, now)
    if seen.is_last_keeper:
        raise NothingChanged(
            "You are the only admin here.", then=Words("Name another one first, under “Settings”.")
        )
    if seen.read != read:
        raise NothingChanged(
            "Your place on an agenda has changed since you opened this.",
            then=Words("Please close this, open it again, and read what stays."),
        )
    return erase_after_holds(session, actor.consortium, own_rows(session, actor.person), neutral, now)


def keep_after_all(session: Session, actor: Actor, now: datetime) -> None:
    """They take back that they want to be erased. Raises NothingChanged if nothing waits for that."""
    if actor.person.erasure_wanted_at is None:
        raise NothingChanged("Nothing of yours waits to be erased.")
    wait_no_more(session, actor.consortium, own_rows(session, actor.person), now)


def _held_until(session: Session, consortium: Consortium, now: datetime) -> date | None:
    hold = lasting_hold(session, consortium, now)
    return hold.until if hold else None


def _kept(session: Session, consortium: Consortium, person: Person) -> list[Kept]:
    return [everything_about(session, consortium, one) for one in own_rows(session, person)]


def _counts(kept: Collection[Kept]) -> Counts:
    counts = {what: sum(len(rows[what]) for rows in kept) for what in What}
    return {what: n for what, n in counts.items() if n}


def _state(kept: Collection[Kept]) -> Fingerprint:
    """It tells one file from another."""
    lasting = [{what: one[what] for what in one.keys() - CHANGES_BY_ASKING} for one in kept]
    return fingerprint(repr(sorted(one.items())) for one in lasting)

"""What happens to the channels that a consortium uses: closed, open again, known by a new id."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.cards import following_those_who_decide
from bot.people import places_to_tell_keepers
from bot.timetable import first_day_to_come
from storage import outbox, rests
from storage.asking import taken_up
from storage.channels import (
    Channel,
    asked_long_ago,
    channel_at,
    channel_known,
    channels_of,
    forget_former_id,
    give_new_id,
    id_by_now,
    remember_former_id,
    why_closed,
)
from storage.consortia import (
    Consortium,
    Places,
    alone_with_channel,
    enter_consortium_of,
    is_where_others_decide,
    those_who_decide_in,
    those_who_share,
)
from storage.people import (
    Whereabouts,
    Who,
    people_behind,
)
from storage.post_kinds import PostKind
from storage.tenancy import Session
from storage.whereabouts import (
    doubt,
    everybodys_whereabouts,
    note_members,
)

CLOSED_FOR = {
    "channel_not_found": "channel_not_found",
    "is_archived": "is_archived",
    "is_inactive": "is_archived",  # what chat.update says of it
    "not_in_channel": "not_in_channel",
}
"""What Slack says of a channel that is closed to the bot as a whole, and the one word for it."""

GOOD_FOR = timedelta(days=1)
CLOSED_GOOD_FOR = timedelta(minutes=10)
NOT_FOUND = "channel_not_found"
"""Slack's word for a channel that is not there, or not shown to the bot."""


@dataclass(frozen=True)
class ToAsk:
    """A channel of which Slack is to be asked; of the shared one also who is in it.

    The answer holds for `now`, when it was asked: `stood` is what was known of the channel then, and `whereabouts` of people.
    `is_news`: nobody has asked since Slack said that something has changed.
    """

    channel_id: str
    is_shared: bool
    now: datetime
    stood: tuple[datetime | None, str | None]
    is_news: bool
    whereabouts: Mapping[int, Whereabouts] = field(default_factory=dict)


@dataclass(frozen=True)
class Quiet:
    """The shared channel, and what stands there of when Slack was asked about it. It is another one as soon as there is news."""

    channel_id: str
    asked_at: datetime | None


@dataclass(frozen=True)
class Standing:
    """What Slack tells of a channel. `closed_for`: its word for why the bot can't use it. `members`: the user ids of all who are in it."""

    closed_for: str | None
    members: frozenset[str] | None = None


def channels_to_ask(session: Session, consortium: Consortium, now: datetime) -> list[ToAsk]:
    """Those of which Slack was not asked for a day, or said that something has changed."""
    ours = channels_of(session, consortium)
    return [
        _taken_up(session, one, now, is_shared=one == consortium.channel_id)
        for one in asked_long_ago(session, ours, now - GOOD_FOR, now - CLOSED_GOOD_FOR)
    ]


def _taken_up(session: Session, channel_id: str, now: datetime, *, is_shared: bool) -> ToAsk:
    channel = channel_known(session, channel_id)
    is_news, channel.asked_at = channel.asked_at is None, taken_up(channel.asked_at, now)
    whereabouts = everybodys_whereabouts(session) if is_shared else {}
    return ToAsk(channel_id, is_shared, now, _stands(channel), is_news, whereabouts)


def who_is_there_is_asked(session: Session, team_id: str, now: datetime) -> Quiet | None:
    """Take up the question who is in the shared channel, outside of the clock's turn: what stands there until there is news."""
    consortium = enter_consortium_of(session, team_id)
    if consortium is None:
        return None
    channel = channel_known(session, consortium.channel_id)
    channel.asked_at = taken_up(channel.asked_at, now)
    return Quiet(consortium.channel_id, channel.asked_at)


def quiet_of(session: Session, consortium: Consortium) -> Quiet:
    channel = channel_at(session, consortium.channel_id)
    return Quiet(consortium.channel_id, channel.asked_at if channel else None)


def _stands(channel: Channel) -> tuple[datetime | None, str | None]:
    return channel.asked_at, channel.closed_for


def note_asked(
    session: Session, consortium: Consortium, asked: ToAsk, told: Standing | None, now: datetime
) -> bool:
    """Write down what Slack told, if it did; it is asked again tomorrow. What became known since it was asked is newer.

    Says whether the shared channel is found closed, as `note_closed` does.
    """
    if asked.channel_id not in channels_of(session, consortium):
        return False
    channel = channel_known(session, asked.channel_id)
    if _stands(channel) != asked.stood:
        return False
    is_found_closed = told is not None and note_closed(
        session, consortium, asked.channel_id, told.closed_for, now
    )
    channel.asked_at = asked.now
    if told is not None and told.members is not None and asked.channel_id == consortium.channel_id:
        with following_those_who_decide(session, consortium, now):
            note_members(session, told.members, asked.whereabouts, now)
    return is_found_closed


def note_closed(
    session: Session,
    consortium: Consortium,
    channel_id: str,
    closed_for: str | None,
    now: datetime,
) -> bool:
    """Slack's word for why the bot can't use it, or nothing: it can. Those who decide are asked where they can be reached.

    Says whether it is the shared channel, and that is news of what keeps the bot out of it.
    """
    if channel_id not in channels_of(session, consortium):
        return False
    channel = channel_known(session, channel_id)
    if channel.closed_for == closed_for:
        return False
    with following_those_who_decide(session, consortium, now):
        channel.closed_for, channel.closed_at = closed_for, now if closed_for else None
    outbox.refresh(session, PostKind.CHANNEL, subject_id=channel.id)
    if closed_for is None:
        channel.asked_at = None  # who is in it nobody could tell until now
        rests.end_rests_in(session, channel_id, [*CLOSED_FOR])
    else:
        _tell_admins(session, consortium, channel, now)
    return closed_for is not None and channel_id == consortium.channel_id


def look_again(session: Session, team_id: str, channel_id: str) -> None:
    """Slack says that something happened to this channel: it is asked at the next tick how it stands."""
    consortium = enter_consortium_of(session, team_id)
    if consortium is not None and channel_id in channels_of(session, consortium):
        channel_known(session, channel_id).asked_at = None


def was_joined(session: Session, team_id: str, channel_id: str, who: Who) -> None:
    """If the bot could not use the channel, it may be the bot that joined. Others matter who are not known to be in the shared one."""
    if enter_consortium_of(session, team_id) is None:
        return
    channel = channel_at(session, channel_id)
    is_closed = channel is not None and channel.closed_for is not None
    if is_closed or not all(person.reads_along for person in people_behind(session, who.user_id)):
        look_again(session, team_id, channel_id)


def has_new_id(session: Session, team_id: str, old: str, new: str, now: datetime) -> None:
    """Slack gives a channel a new id when it is shared with other workspaces. It stays the same place. A channel that was used before is followed, too.

    Of any other channel the new id is remembered: it may become ours under its former id, by an open form or by news that comes
    late. If another consortium has it under the new id already, ours is found to be closed at the next tick, and admins hear so.
    """
    consortium = enter_consortium_of(session, team_id, Places.CHANGE)
    if consortium is None:
        return
    new = _newest(session, old, new)
    if old not in channels_of(session, consortium) and not channel_at(session, old):
        remember_former_id(session, old, new)
        return
    alone_with_channel(session, new)
    if consortium.channel_id == old and _others_use(session, consortium, new):
        channel_known(session, old).asked_at = None
        return
    if consortium.channel_id == old:
        _ask_hosts_elsewhere(session, consortium, new, now)
    elif those_who_share(session, new):
        _ask_hosts_elsewhere(session, consortium, old, now)
    give_new_id(session, consortium, old, new)
    channel_known(session, new).asked_at = None


def _newest(session: Session, old: str, new: str) -> str:
    """The id that the new one was changed for, if that news came first. Where it leads back, the channel has its former id again."""
    newest = id_by_now(session, new)
    return new if newest == old else newest


def was_chosen(session: Session, channel_id: str) -> None:
    """Slack's menu offered the channel by this id: if it was a former one, and Slack knows the newer one no more, it is called so again."""
    newer = id_by_now(session, channel_id)
    if newer != channel_id and why_closed(session, newer) == NOT_FOUND:
        forget_former_id(session, channel_id)


def _ask_hosts_elsewhere(session: Session, consortium: Consortium, channel_id: str, now: datetime) -> None:
    """Everybody reads in this channel by now: those who decided in it are asked directly."""
    with following_those_who_decide(session, consortium, now):
        for host in those_who_decide_in(session, channel_id):
            host.curators_channel_id = None


def _others_use(session: Session, consortium: Consortium, channel_id: str) -> bool:
    """Whether it is the shared channel of another consortium, or one of its hosts is asked there."""
    is_shared = any(other is not consortium for other in those_who_share(session, channel_id))
    return is_shared or is_where_others_decide(session, channel_id, consortium)


def was_unshared(session: Session, team_id: str, channel_id: str, now: datetime) -> None:
    """A workspace was disconnected from the shared channel: of people of other workspaces nobody knows whether they are still in it."""
    look_again(session, team_id, channel_id)
    consortium = enter_consortium_of(session, team_id)
    if consortium is not None and channel_id == consortium.channel_id:
        doubt(session, now, but_of=team_id)


def _tell_admins(session: Session, consortium: Consortium, channel: Channel, now: datetime) -> None:
    """Once a day for one cause: what was told before says how it stands now. What was over before anybody heard of it was not told."""
    today = first_day_to_come(consortium, now)
    for place in places_to_tell_keepers(session):
        key = PostKind.CHANNEL.key(channel=channel.id, cause=channel.closed_for, day=today, admin=place)
        outbox.owe_again(session, PostKind.CHANNEL, key, subject_id=channel.id, place=place, due=now)

"""Setting a consortium up, and changing it later: the same verbs for the file and for the forms. What anybody has used is never deleted."""

from dataclasses import replace
from datetime import datetime

from bot.before_closing import remind_before_closing
from bot.calls import owe_due_calls
from bot.comings_and_goings import following_who_does_what
from bot.digests import owe_due_digest
from bot.doors import redraw_doors
from bot.errors import NothingChanged, UserError
from bot.hours import ToCome, follow_hours, hours_of, owe_what_was_jumped_over, to_come
from bot.meetings import Arrangement, arrange, must_be_to_come
from bot.people import those_who_host
from bot.plan import plan
from bot.planned_meetings import meet_as_planned
from bot.replaced_channels import follow_shared_channel
from bot.roles import name_admins
from bot.rotation import pass_turn_on, whose_turn
from bot.seats import chosen_host, leave_rotation, seat
from bot.timetable import first_day_to_come, has_known_zone
from storage import outbox
from storage.channels import id_by_now
from storage.consortia import (
    Collaborative,
    Consortium,
    Places,
    alone_with_channel,
    consortium_of,
    is_where_others_decide,
    rotation,
    those_in_the_way,
    those_who_share,
)
from storage.database import unless_taken
from storage.meetings import Meeting, meetings_from
from storage.post_kinds import PostKind
from storage.tenancy import Session, enter
from storage.use import forget, is_used


def apply(session: Session, described: plan.Plan, now: datetime) -> Consortium:
    """Make the consortium as its file describes it. The same file a second time changes nothing.

    Raises UserError if a meeting can't be arranged as planned.
    """
    _let_go_of_what_was_mistyped(session, described)
    consortium = describe(session, described, now)
    seats = enumerate(described.collaboratives, start=1)
    with following_who_does_what(session, consortium, now):
        named = [seat(session, consortium, one, position, now) for position, one in seats]
        for collaborative in rotation(session):
            if collaborative not in named:
                leave_rotation(session, collaborative)
    meet_as_planned(session, consortium, described.meetings, now)
    must_ask_hosts_apart(session, consortium, now)
    return consortium


def describe(session: Session, described: plan.Settings, now: datetime) -> Consortium:
    """The consortium's own settings. Its workspace is what it is known by.

    Raises UserError if the shared channel is another consortium's.
    """
    consortium = _of_its_workspace(session, described, now)
    coming = _owe_what_is_due(session, consortium, now)
    channel = _its_channel(session, consortium, described.consortium.channel)
    channel_before, hours_before = consortium.channel_id, hours_of(consortium)
    zone_before = consortium.timezone
    is_renamed = consortium.name not in (None, described.consortium.name)
    consortium.name = described.consortium.name
    consortium.called_one = described.consortium.collaborative
    consortium.called_many = described.consortium.collaboratives
    consortium.channel_id = channel
    consortium.closes_days_before = described.calls.closes_days_before
    consortium.told_after_minutes = described.decisions.told_after_minutes
    consortium.told_at = described.decisions.told_at
    consortium.is_quiet = described.messages.quiet
    _schedule(consortium, described, now)
    session.add(consortium)
    with unless_taken(session, _set_up_already()):
        session.flush()
    enter(session, consortium.id)
    if coming is not None:
        owe_what_was_jumped_over(session, consortium, coming, now)
    if zone_before not in (None, consortium.timezone):
        _revise_meetings_to_come(session, consortium, now)
    if hours_before != hours_of(consortium):
        follow_hours(session, consortium, now, coming)
    if is_renamed:
        redraw_doors(session, consortium.id)
    name_admins(session, consortium, described.consortium.admins, now)
    _stand_in_channel(session, consortium, now)
    if channel_before not in (None, consortium.channel_id):
        follow_shared_channel(session, consortium, channel_before, now)
    return consortium


def must_ask_hosts_apart(session: Session, consortium: Consortium, now: datetime) -> None:
    """Raises UserError if a host would be asked in the shared channel: cards hold what is for those who decide alone."""
    for host in those_who_host(session, now):
        if host.curators_channel_id == consortium.channel_id:
            raise UserError(
                "The channel of those who decide for {host} can't be the shared one, which everybody reads.",
                field="channel",
                host=host.name,
            )


def _let_go_of_what_was_mistyped(session: Session, described: plan.Plan) -> None:
    """What nobody has ever used is in nobody's way: it is the same consortium, mistyped before. One becomes it, and the others go."""
    known = consortium_of(session, described.consortium.team, Places.CHANGE)
    asked = {one.channel for one in described.collaboratives if one.channel}
    in_the_way = those_in_the_way(session, described.consortium.channel, asked)
    mistyped = [one for one in in_the_way if one is not known and not is_used(session, one)]
    if known is None and mistyped:
        mistyped.pop(0).team_id = described.consortium.team
    for one in mistyped:
        forget(session, one)
    session.flush()


def _of_its_workspace(session: Session, described: plan.Settings, now: datetime) -> Consortium:
    consortium = consortium_of(session, described.consortium.team, Places.CHANGE)
    if consortium is None:
        return Consortium(team_id=described.consortium.team, created_at=now)
    enter(session, consortium.id)
    return consortium


def _its_channel(session: Session, consortium: Consortium, named: str) -> str:
    """The shared channel, as Slack calls it now.

    Raises UserError if another consortium has it, or decides in it. Raises NothingChanged if this one was set up in the meantime.
    """
    channel = id_by_now(session, named) if consortium.id else named
    if consortium.channel_id == channel:
        return channel
    alone_with_channel(session, channel)
    others = [other for other in those_who_share(session, channel) if other is not consortium]
    if consortium.team_id in {other.team_id for other in others}:
        raise _set_up_already()
    if others:
        raise _is_taken(session, others[0])
    if is_where_others_decide(session, channel, consortium):
        raise UserError("The hosts of another consortium here decide in this channel.", field="channel")
    return channel


def _is_taken(session: Session, other: Consortium) -> UserError:
    if is_used(session, other):
        return UserError(
            "The workspace {team} uses this channel already. If that is your workspace, correct it in the file. Otherwise choose another channel. To free this one, {team} chooses another in /agenda setup, or by python -m bot setup FILE.",
            field="channel",
            team=other.team_id,
        )
    return UserError(
        "This channel was set up for the workspace {team}, and nobody has used that yet. If it was mistyped, whoever runs the bot removes it by python -m bot forget {team} or by the corrected file. Otherwise choose another channel.",
        field="channel",
        team=other.team_id,
    )


def _set_up_already() -> NothingChanged:
    return NothingChanged("This is set up already.")


def settle(
    session: Session, consortium: Consortium, arrangement: Arrangement, host_id: int | None, now: datetime
) -> Meeting:
    """Arrange a meeting; without a host it is whose turn it is, without an office the host's own.

    Raises UserError if its time has passed, if its day is taken, or if there is no such host.
    """
    must_be_to_come(consortium, arrangement, now)
    host = chosen_host(session, host_id) if host_id else whose_turn(session, arrangement.day)
    meeting = arrange(session, consortium, host, _at_office(arrangement, host), now)
    pass_turn_on(session, consortium, meeting, now)
    return meeting


def _owe_what_is_due(session: Session, consortium: Consortium, now: datetime) -> ToCome | None:
    """What was due by the schedule of before, while nobody ran, is owed before that changes. It gives what is to come by it."""
    if consortium.confirmed_at is None or not has_known_zone(consortium):
        return None
    owe_due_calls(session, consortium, now)
    owe_due_digest(session, consortium, now)
    remind_before_closing(session, consortium, now)
    return to_come(session, consortium, now)


def _schedule(consortium: Consortium, described: plan.Settings, now: datetime) -> None:
    """When calls and digests go out. For hours before they were agreed on, none is owed."""
    before = _schedule_of(consortium)
    consortium.timezone = described.consortium.timezone
    consortium.call_days = sorted(set(described.calls.days_before), reverse=True)
    consortium.call_at = described.calls.at
    consortium.digest_weekday = described.digest.weekday
    consortium.digest_at = described.digest.at
    if _schedule_of(consortium) != before:
        consortium.scheduled_since = now


def _revise_meetings_to_come(session: Session, consortium: Consortium, now: datetime) -> None:
    """By the clocks of another place each is at another moment."""
    for meeting in meetings_from(session, first_day_to_come(consortium, now)):
        meeting.revise(now)


def _schedule_of(consortium: Consortium) -> tuple[object, ...]:
    return (
        consortium.timezone,
        consortium.call_days,
        consortium.call_at,
        consortium.digest_weekday,
        consortium.digest_at,
    )


def _at_office(arrangement: Arrangement, host: Collaborative) -> Arrangement:
    return arrangement if arrangement.office else replace(arrangement, office=host.office)


def _stand_in_channel(session: Session, consortium: Consortium, now: datetime) -> None:
    """The standing message, once in each channel that was ever the shared one."""
    outbox.owe_again(
        session,
        PostKind.STANDING,
        PostKind.STANDING.key(consortium=consortium.id, channel=consortium.channel_id),
        subject_id=consortium.id,
        place=consortium.channel_id,
        due=now,
        comes_back=True,
    )

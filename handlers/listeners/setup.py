"""Setting up in Slack: the same verbs as the file, behind forms."""

import asyncio
from datetime import datetime

import structlog

from bot import consortia
from bot.calendar import zone
from bot.errors import NothingChanged, UserError, Words
from bot.meetings import Arrangement
from bot.people import Actor
from bot.plan import plan
from bot.timetable import today_in
from handlers.blocks import setup as draw
from handlers.blocks.kit import Message
from handlers.blocks.setup import Seat, Setup
from handlers.hearing import forms
from handlers.hearing.payloads import LONGEST_ID
from handlers.hearing.turn import Turn
from handlers.slack.outcomes import CLOSED_TO_STRANGERS, FAILURES, word_for
from storage import outbox
from storage.consortia import Consortium, collaborative_by_id, rotation
from storage.meetings import meetings_from
from storage.outbox import PostKind
from storage.people import Who, admins, curators, members
from storage.tenancy import Session

log = structlog.get_logger(__name__)

MOST_DAYS = 366


async def on_setup(turn: Turn) -> None:
    """`/agenda setup`. Before anything is set up, an admin of the workspace may begin."""
    if await turn.is_set_up():
        await turn.answer(await turn.look(_overview, turn.now))
        return
    await _must_be_workspace_admin(turn)
    await turn.open(draw.consortium_form(None))


async def on_consortium_clicked(turn: Turn) -> None:
    await turn.open(draw.consortium_form(await turn.look(_settings, turn.now)))


async def on_collaborative_clicked(turn: Turn) -> None:
    settings = await turn.look(_settings, turn.now)
    seat = next((one for one in settings.seats if one.collaborative.id == turn.heard.subject), None)
    await turn.open(draw.collaborative_form(settings, seat))


async def on_meeting_clicked(turn: Turn) -> None:
    await turn.open(draw.meeting_form(await turn.look(_settings, turn.now)))


async def on_consortium_form_sent(turn: Turn) -> None:
    keepers = await _whos(turn, "admins")
    if await turn.is_set_up():
        overview = await turn.do(_describe, _described(turn, keepers), turn.now)
    else:
        await _must_be_workspace_admin(turn)
        keepers.append(turn.heard.who)  # or nobody here could go on
        overview = await turn.begin(_begin, _described(turn, keepers), turn.now)
    await turn.answer_in_place(overview)


async def on_collaborative_form_sent(turn: Turn) -> None:
    answers = turn.heard.answers
    described = plan.collaborative_from(
        {
            "name": forms.text(answers, "name", Words("It needs a name.")),
            "office": forms.text(answers, "office", Words("Where does it host?")),
            "curators": _written(await _whos(turn, "curators")),
            "members": _written(await _whos(turn, "members")),
        }
    )
    position = forms.number(answers, "position", 1, 1000)
    await turn.answer_in_place(await turn.do(_seat, turn.subject, described, position, turn.now))


async def on_meeting_form_sent(turn: Turn) -> None:
    answers = turn.heard.answers
    arrangement = forms.arrangement(answers)
    host_id = forms.number(answers, "host", 1, 10**LONGEST_ID) if answers.get("host") else None
    await turn.answer_in_place(await turn.do(_meet, arrangement, host_id, turn.now))


def _described(turn: Turn, keepers: list[Who]) -> plan.Settings:
    answers = turn.heard.answers
    return plan.settings_from(
        {
            "consortium": {
                "name": forms.text(answers, "name", Words("It needs a name.")),
                "team": turn.installed_team,
                "channel": forms.said(answers, "channel"),
                "timezone": zone(forms.text(answers, "timezone", Words("Please name a time zone."))).key,
                "admins": _written(keepers),
            },
            "calls": {
                "days_before": _days(forms.said(answers, "call_days")),
                "at": forms.said(answers, "call_at"),
                "closes_days_before": forms.number(answers, "closes", 0, MOST_DAYS),
            },
            "digest": {"weekday": forms.said(answers, "weekday"), "at": forms.said(answers, "digest_at")},
            "decisions": {"told_after_minutes": forms.number(answers, "told_after", 0, 10080)},
        }
    )


def _days(typed: str) -> list[int]:
    written = typed.replace(",", " ").split()
    days = [
        int(day) for day in written if day.isascii() and day.isdigit() and len(day) <= len(str(MOST_DAYS))
    ]
    if not days or len(days) < len(written) or max(days) > MOST_DAYS:
        raise UserError(
            "Whole numbers up to {most} with commas between them, please: 28, 14, 7, 1",
            field="call_days",
            most=MOST_DAYS,
        )
    return days


def _seat(
    session: Session,
    actor: Actor,
    collaborative_id: int,
    described: plan.Collaborative,
    position: int,
    now: datetime,
) -> Message:
    known = collaborative_by_id(session, collaborative_id)
    if known is None and collaborative_id != draw.NEW:
        raise NothingChanged("This collaborative is no longer here.")
    consortia.seat(session, actor.consortium, described, position, now, known)
    return _overview(session, actor, now)


def _begin(session: Session, described: plan.Settings, now: datetime) -> Message:
    return _drawn(session, consortia.describe(session, described, now), now)


def _describe(session: Session, actor: Actor, described: plan.Settings, now: datetime) -> Message:
    """The standing message is owed anew, so that it comes back where somebody deleted it."""
    about = actor.consortium.id
    outbox.refresh(session, PostKind.STANDING, subject_id=about)
    return _begin(session, described, now)


def _meet(
    session: Session, actor: Actor, arrangement: Arrangement, host_id: int | None, now: datetime
) -> Message:
    consortia.settle(session, actor.consortium, arrangement, host_id, now)
    return _overview(session, actor, now)


def _written(people: list[Who]) -> list[str]:
    return [f"{who.team_id}/{who.user_id}" for who in people]


async def _whos(turn: Turn, field: str) -> list[Who]:
    """The people chosen in a menu, which tells user ids alone: Slack knows whose workspace they are of."""
    chosen = forms.chosen(turn.heard.answers, field)
    known = await turn.look(_known, turn.now) if await turn.is_set_up() else {}
    unknown = [user_id for user_id in chosen if user_id not in known]
    try:
        found = await asyncio.gather(*(turn.client.users_info(user=user_id) for user_id in unknown))
    except FAILURES as failure:
        log.warning("people's workspaces are not known", error=word_for(failure))
        raise UserError(
            "Slack does not tell me who all of these are. Are they in the shared channel?", field=field
        ) from None
    known |= {info["user"]["id"]: Who(info["user"]["team_id"], info["user"]["id"]) for info in found}
    return [known[user_id] for user_id in chosen]


async def _must_be_workspace_admin(turn: Turn) -> None:
    user = (await turn.client.users_info(user=turn.heard.who.user_id))["user"]
    if not (user.get("is_admin") or user.get("is_owner")):
        raise UserError("Nothing is set up here yet. An admin of this workspace begins with /agenda setup.")


def _known(session: Session, actor: Actor, now: datetime) -> dict[str, Who]:
    """Those whom the settings name already, by user id."""
    known = _settings(session, actor, now)
    seated = [person for seat in known.seats for person in (*seat.curators, *seat.members)]
    return {person.user_id: person.who for person in (*known.admins, *seated)}


def _overview(session: Session, actor: Actor, now: datetime) -> Message:
    return _drawn(session, actor.consortium, now)


def _drawn(session: Session, consortium: Consortium, now: datetime) -> Message:
    held_up_by = outbox.what_holds_up(session, place=consortium.channel_id)
    return draw.overview(
        _settings_of(session, consortium, now), is_shut_out=held_up_by in CLOSED_TO_STRANGERS
    )


def _settings(session: Session, actor: Actor, now: datetime) -> Setup:
    return _settings_of(session, actor.consortium, now)


def _settings_of(session: Session, consortium: Consortium, now: datetime) -> Setup:
    seats = [Seat(one, curators(session, one), members(session, one)) for one in rotation(session)]
    upcoming = meetings_from(session, today_in(consortium, now))
    return Setup(consortium, admins(session), seats, upcoming)

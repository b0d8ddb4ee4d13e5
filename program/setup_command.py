"""python -m bot setup FILE: set a consortium up as its file says, and say what that changed."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.consortia import apply
from bot.doors import redraw_doors
from bot.errors import UserError
from bot.people import who_can_not_act, whom_slack_does_not_know
from bot.plan.plan import Plan, read_plan
from bot.planned_meetings import beside_the_file
from bot.seen.meetings import MeetingSeen
from bot.seen.settings import SettingsSeen
from bot.setup import settings_of
from program.settings import load_database_settings
from program.time_for_commands import time_now
from program.what_changed import what_changed
from storage.consortia import Places, enter_consortium_of, every_consortium, unconfirmed
from storage.files import read_text
from storage.heartbeats import a_bot_works_for
from storage.people import Person
from storage.tenancy import Session
from storage.upkeep.open_database import opened

DONE = 0
LOOK = "Next: python -m bot doctor says whether Slack knows the channel and the people."
RUN = "Then python -m bot run."
BOTH_HOURS = (
    "The file has told_at and told_after_minutes. The minutes count for proposers, and told_at for all else."
)


@dataclass(frozen=True)
class Applied:
    """What stands in the database by now, and what stood there. `beside`: the meetings to come that the file does not name. `tells_twice`: it has told_at and told_after_minutes."""

    before: SettingsSeen | None
    after: SettingsSeen
    beside: list[MeetingSeen]
    unknown: list[str]
    powerless: list[str]
    corrected: list[str]
    unconfirmed: list[str]
    bot_runs: bool
    tells_twice: bool


def add_setup_command(commands: Any) -> None:
    set_up = commands.add_parser(
        "setup",
        help="set a consortium up from its file, or change it",
        description="Set a consortium up as its file says, or change it. The same file twice changes nothing, but brings the message with the buttons back where somebody deleted it.",
        epilog="For example: python -m bot setup consortium.toml. README.md shows such a file, under “The consortium's file”.",
    )
    set_up.add_argument("file", type=Path, help="its TOML file")
    set_up.set_defaults(do=setup)


def setup(arguments: argparse.Namespace) -> int:
    plan, settings = read_plan(_text_of(arguments.file)), load_database_settings()
    with opened(settings.database_url, settings.key_source) as database:
        now = time_now(settings.slack_api_url)
        applied = database.do(partial(_apply, plan=plan, now=now))
    for line in _said(applied):
        print(line)
    return DONE


def _apply(session: Session, plan: Plan, now: datetime) -> Applied:
    """The message with the buttons is drawn anew, as where the settings are saved in Slack: it comes back where somebody deleted it."""
    teams, team = _teams(session), plan.consortium.team
    known = enter_consortium_of(session, team, Places.CHANGE)
    before = settings_of(session, known, now) if known else None
    consortium = apply(session, plan, now)
    if known:
        redraw_doors(session, consortium.id)
    unknown = whom_slack_does_not_know(session)
    return Applied(
        before,
        after=settings_of(session, consortium, now),
        beside=beside_the_file(session, consortium, plan.meetings, now),
        unknown=_written(unknown),
        powerless=_written([one for one in who_can_not_act(session, now) if one not in unknown]),
        corrected=sorted(teams - _teams(session)),
        unconfirmed=[one.team_id for one in unconfirmed(session)],
        bot_runs=a_bot_works_for(session, team, now),
        tells_twice={"told_at", "told_after_minutes"} <= plan.decisions.model_fields_set,
    )


def _teams(session: Session) -> set[str]:
    return {consortium.team_id for consortium in every_consortium(session)}


def _written(people: Sequence[Person]) -> list[str]:
    return [f"{person.team_id}/{person.user_id}" for person in people]


def _said(applied: Applied) -> Iterator[str]:
    name, changes = applied.after.consortium.name, what_changed(applied.before, applied.after)
    yield f"{name} is set up." if applied.before is None else f"{name} is as the file says."
    yield from changes or ["Nothing changed."]
    if applied.tells_twice:
        yield BOTH_HOURS
    yield from _beside_the_file(applied)
    yield from _troubles(applied)
    yield LOOK if applied.bot_runs else f"{LOOK} {RUN}"


def _beside_the_file(applied: Applied) -> Iterator[str]:
    hosts = [seat.collaborative.name for seat in applied.after.seats]
    for meeting in applied.beside:
        yield f"The file does not name the meeting on {meeting.day}, which {meeting.host} hosts. If it is not wanted, cancel it in /agenda setup."
    for meeting in applied.after.meetings:
        if meeting.host not in hosts:
            yield f"{meeting.host} has left the rotation, and still hosts the meeting on {meeting.day}. Name another host in the file, or in /agenda setup."
    for seat in applied.after.seats:
        if not seat.curators:
            yield f"{seat.collaborative.name} has no curators, so admins decide when it hosts."


def _troubles(applied: Applied) -> Iterator[str]:
    for team in applied.corrected:
        yield f"What was set up for the workspace {team} is gone: nobody has ever used it."
    if applied.unknown:
        yield f"Slack does not know {', '.join(applied.unknown)}. Correct them in the file, and apply it again."
    if applied.powerless:
        yield f"These are admins or curators and can't act: {', '.join(applied.powerless)}. Name others."
    for team in applied.unconfirmed:
        yield f"No bot has ever run for the workspace {team}. Was it mistyped? python -m bot forget {team}"


def _text_of(file: Path) -> str:
    try:
        return read_text(file)
    except OSError as error:
        raise UserError(
            "{file} can't be read: {problem}.", file=str(file), problem=str(error.strerror)
        ) from None
    except UnicodeError:
        raise UserError("{file} can't be read as text. Save it as UTF-8.", file=str(file)) from None

"""The file that describes a consortium: its settings, collaboratives and meetings, read whole or not at all."""

import tomllib
from collections.abc import Mapping
from datetime import time
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.errors import UserError, Words
from bot.plan.contradictions import contradictions
from bot.plan.faults import Fault, in_lines, misfits, unreadable
from bot.plan.values import (
    AtLeastOne,
    Channel,
    Day,
    DaysBefore,
    Flag,
    Hour,
    LengthOfMeeting,
    MinutesUntilTold,
    Name,
    Office,
    Person,
    Team,
    Timezone,
    Weekday,
    Word,
    fault,
)

Described = TypeVar("Described", bound=BaseModel)


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Consortium(Table):
    """`collaborative`, `collaboratives`: its own word for one of them, and for several."""

    name: Name
    team: Team
    channel: Channel
    timezone: Timezone
    admins: AtLeastOne[Person]
    collaborative: Word | None = None
    collaboratives: Word | None = None

    @model_validator(mode="after")
    def _has_both_words_or_none(self) -> Self:
        if (self.collaborative is None) != (self.collaboratives is None):
            raise fault(Words("The words collaborative and collaboratives come together. One is missing."))
        return self


class Calls(Table):
    """When items are asked for, in days before the meeting, and when asking ends."""

    days_before: AtLeastOne[DaysBefore] = (28, 10, 1)
    at: Hour = time(10)
    closes_days_before: DaysBefore = 7


class Digest(Table):
    weekday: Weekday = "monday"
    at: Hour = time(9)


class Decisions(Table):
    """When proposers are told: all together at that hour of a working day, or each after so many minutes."""

    told_at: Hour = time(17)
    told_after_minutes: MinutesUntilTold | None = None


class Messages(Table):
    """Whether the bot is quiet at night and on weekends, and tells one person what there is on one day in one message."""

    quiet: Flag = True


class Collaborative(Table):
    name: Name
    office: Office
    curators: tuple[Person, ...] = ()
    members: tuple[Person, ...] = ()
    channel: Channel | None = None


class Meeting(Table):
    """Without a host it is the next in rotation, without an office the host's own."""

    date: Day
    starts: Hour
    minutes: LengthOfMeeting
    host: Name | None = None
    office: Office | None = None


class Settings(Table):
    """What the consortium as a whole has settled."""

    consortium: Consortium
    calls: Calls = Calls()
    digest: Digest = Digest()
    decisions: Decisions = Decisions()
    messages: Messages = Messages()


class Plan(Settings):
    """A consortium as its file describes it; the collaboratives in hosting order."""

    collaboratives: AtLeastOne[Collaborative] = Field(alias="collaborative")
    meetings: tuple[Meeting, ...] = Field(default=(), alias="meeting")


def read_plan(text: str) -> Plan:
    """The plan that a TOML file holds. Raises UserError, with a line for each fault, if it has any."""
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(unreadable(error, text)) from None
    return plan_from(tables)


def plan_from(tables: Mapping[str, Any]) -> Plan:
    """The plan that those tables make. Raises UserError, with a line for each fault, if they have any."""
    return _read(Plan, tables, contradictions(tables))


def settings_from(tables: Mapping[str, Any]) -> Settings:
    """The settings that those tables make. Raises UserError, with a line for each fault, if they have any."""
    return _read(Settings, tables, [])


def collaborative_from(table: Mapping[str, Any]) -> Collaborative:
    """One collaborative, its people all written with their workspaces. Raises UserError if it has faults."""
    return _read(Collaborative, table, [])


def _read(model: type[Described], tables: Mapping[str, Any], contradicting: list[Fault]) -> Described:
    try:
        described = model.model_validate(tables, context={"team": _team(tables)})
    except ValidationError as error:
        raise UserError(in_lines(tables, [*misfits(error, _keys()), *contradicting])) from None
    if contradicting:
        raise UserError(in_lines(tables, contradicting))
    return described


def _team(tables: Mapping[str, Any]) -> object:
    """The workspace of people written without one. Where it is missing, that is a fault of its own."""
    consortium = tables.get("consortium")
    return consortium.get("team") if isinstance(consortium, dict) else None


def _keys() -> dict[str, list[str]]:
    """The keys that each table knows; those of the whole file under the empty name."""
    tables: dict[str, type[BaseModel]] = {
        "": Plan,
        "consortium": Consortium,
        "calls": Calls,
        "digest": Digest,
        "decisions": Decisions,
        "messages": Messages,
        "collaborative": Collaborative,
        "meeting": Meeting,
    }
    return {
        table: [field.alias or name for name, field in model.model_fields.items()]
        for table, model in tables.items()
    }

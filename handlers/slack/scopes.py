"""What the bot can do by the scopes that app.manifest.yml asks for, and what is said where one is missing: a row each.

A new optional scope is one row. Where people are offered what it takes, that has a name in storage/capabilities.py, and is
offered only if `bot.capabilities.may`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import Words
from storage.capabilities import Capability

Scopes = frozenset[str]


@dataclass(frozen=True)
class Row:
    """What takes all of these `scopes`, and how the doctor says what becomes of it `without` them.

    `offers`: what people are offered by it, and `told`: what admins hear once where it is missing. `is_optional`: the bot does without it.
    """

    scopes: tuple[str, ...]
    without: str
    is_optional: bool = False
    offers: Capability | None = None
    told: Words | None = None


TABLE = (
    Row(("channels:read",), "it can't see who is in a public shared channel"),
    Row(("chat:write",), "it can't write cards, calls, digests and agendas"),
    Row(("commands",), "nobody can type /agenda"),
    Row(("groups:read",), "it can't see who is in a private shared channel"),
    Row(("im:write",), "it can't write to people directly"),
    Row(("users:read",), "it can't know what people are called"),
    # Whether a message arrived where Slack did not say so: with these it looks.
    Row(
        ("channels:history",),
        "it asks people whether a message arrived in a public channel",
        is_optional=True,
    ),
    Row(
        ("groups:history",), "it asks people whether a message arrived in a private channel", is_optional=True
    ),
    Row(("im:history",), "it asks people whether a direct message arrived", is_optional=True),
    # With one of these alone none is sent: what it can't look for it could not send but blind.
    Row(
        ("files:read", "files:write"),
        "it can't send files, and offers people the words and links alone",
        is_optional=True,
        offers=Capability.FILES,
        told=Words("Slack does not let me send files. People get the words and links alone."),
    ),
    Row(
        ("mpim:write",),
        "it can't open group messages, and people talk in a thread",
        is_optional=True,
        offers=Capability.GROUP_MESSAGES,
        told=Words(
            "Slack does not let me open group messages. Those who want to talk about something separately do so in a thread."
        ),
    ),
)
NEEDED = tuple(scope for row in TABLE if not row.is_optional for scope in row.scopes)
OPTIONAL = tuple(sorted(scope for row in TABLE if row.is_optional for scope in row.scopes))
TOLD = {row.offers: (row.told, row.scopes) for row in TABLE if row.offers and row.told}
"""What admins hear where this can't be offered, and the scopes that it takes."""


class Granted:
    """The scopes of the bot's token, as Slack told them last: None until it has."""

    def __init__(self) -> None:
        self.scopes: Scopes | None = None

    def note(self, headers: Mapping[str, Any]) -> None:
        told = _told(headers)
        if told is not None:
            self.scopes = told

    @property
    def lacking(self) -> frozenset[Capability]:
        return lacking(self.scopes)


def granted(answer: AsyncSlackResponse) -> Scopes | None:
    """What was granted, as Slack says it beside every answer (docs.slack.dev/authentication/installing-with-oauth)."""
    return _told(answer.headers)


def missing(row: Row, scopes: Collection[str] | None) -> list[str]:
    """Those of the row that are not among the granted ones. Where nobody says which are, none counts as missing."""
    return [scope for scope in row.scopes if scopes is not None and scope not in scopes]


def lacking(scopes: Collection[str] | None) -> frozenset[Capability]:
    """What can't be offered."""
    return frozenset(row.offers for row in TABLE if row.offers and missing(row, scopes))


def _told(headers: Mapping[str, Any]) -> Scopes | None:
    told = headers.get("x-oauth-scopes")
    return None if told is None else frozenset(scope.strip() for scope in told.split(","))

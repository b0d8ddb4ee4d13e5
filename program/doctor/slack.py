"""What can hurt between the bot and Slack."""

from collections.abc import Iterable
from datetime import timedelta

from handlers.slack.scopes import TABLE, Row, missing
from program.doctor.findings import Checks, Finding, Trouble, a_few, error, look, warning
from program.doctor.slack_probe import Told

MOST_SKEW = timedelta(seconds=60)
REINSTALL = "reinstall the app from app.manifest.yml, and copy its new bot token."


def slack_findings(told: Told) -> list[Finding]:
    """Of a Slack that does not know us no more can be said."""
    return look(_REACHED, told) or look(_KNOWN, told)


def _reached(told: Told) -> Trouble | None:
    if told.failure is None:
        return None
    return error(
        f"Slack can't be reached or gives no answer ({told.failure}).",
        "see whether this machine reaches SLACK_API_URL, and whether status.slack.com tells of trouble.",
    )


def _token(told: Told) -> Trouble | None:
    if told.refusal is None:
        return None
    return error(
        f"Slack does not accept SLACK_BOT_TOKEN ({told.refusal}).",
        "copy the bot token from “OAuth & Permissions” of the app.",
    )


def _workspace(told: Told) -> Trouble | None:
    if not told.homes or told.team in told.homes:
        return None
    return error(
        f"SLACK_BOT_TOKEN is of the workspace {told.team}, and what was set up is of {a_few(sorted(told.homes))}.",
        "use the token of that workspace, or correct `team` in the consortium's file and apply it again.",
    )


def _scopes(told: Told) -> Trouble | None:
    lost = _what_is_lost(told, (row for row in TABLE if not row.is_optional))
    return error(f"The bot is cut short: {lost}.", REINSTALL) if lost else None


def _optional_scopes(told: Told) -> Trouble | None:
    lost = _what_is_lost(told, (row for row in TABLE if row.is_optional))
    return warning(f"The bot does without something: {lost}.", REINSTALL) if lost else None


def _what_is_lost(told: Told, rows: Iterable[Row]) -> str:
    lost = {row.without: missing(row, told.scopes) for row in rows}
    return "; ".join(f"without {' and '.join(scopes)} {what}" for what, scopes in lost.items() if scopes)


def _app_token(told: Told) -> Trouble | None:
    if told.app_refusal is None:
        return None
    return error(
        f"Slack opens no WebSocket for SLACK_APP_TOKEN ({told.app_refusal}).",
        "generate an app-level token with connections:write under “Basic Information”.",
    )


def _shared_channel(told: Told) -> Trouble | None:
    """What a missing scope keeps from being seen is said of the scope."""
    if told.shut_out in (None, "missing_scope"):
        return None
    says, then = _OF_CHANNEL.get(
        told.shut_out, (f"can't be used ({told.shut_out})", "name another channel in /agenda setup.")
    )
    return error(f"The shared channel {told.channel_id} {says}.", then)


def _people(told: Told) -> Trouble | None:
    """They are named by what stands in the file, or nobody could find the mistyped one in it."""
    if not told.unknown:
        return None
    return warning(
        f"Slack does not know these people who were named: {a_few(told.unknown)}.",
        "correct them in the file, as “Copy member ID” on their profiles in Slack says, and python -m bot setup FILE.",
    )


def _people_not_looked_at(told: Told) -> Trouble | None:
    """What a missing scope keeps from being seen is said of the scope."""
    if not told.not_told_of or _can_look_at_nobody(told):
        return None
    return warning(
        f"Slack did not say of all people who were named whether it knows them: {told.not_told_of} are left.",
        "let a bot run, which asks for them little by little, or look again in a minute.",
    )


def _can_look_at_nobody(told: Told) -> bool:
    return told.scopes is not None and "users:read" not in told.scopes


def _clock(told: Told) -> Trouble | None:
    """A story's clock is ahead on purpose, and the settings are asked about it."""
    if told.is_of_a_story or abs(told.ahead) <= MOST_SKEW:
        return None
    return warning(
        "The clocks of Slack and of this machine are more than a minute apart. The bot goes by Slack's.",
        "have this machine's clock set by NTP.",
    )


_OF_CHANNEL = {
    "not_in_channel": ("does not have the bot in it", "/invite @Agenda there, or name another channel."),
    "is_archived": ("is archived", "bring it back, or name another channel in /agenda setup."),
    "channel_not_found": (
        "is not shown to the bot: it was mistyped in the file or deleted, the bot was never in it or was taken out, or Slack gave it a new ID",
        "correct it in the file, and python -m bot setup FILE; or /invite @Agenda there and choose it again in /agenda setup.",
    ),
}

_REACHED: Checks[Told] = {"slack": _reached, "slack token": _token}
_KNOWN: Checks[Told] = {
    "slack workspace": _workspace,
    "slack scopes": _scopes,
    "slack optional scopes": _optional_scopes,
    "slack app token": _app_token,
    "slack channel": _shared_channel,
    "slack people": _people,
    "slack people left": _people_not_looked_at,
    "slack clock": _clock,
}
SLACK_CHECKS = {**_REACHED, **_KNOWN}

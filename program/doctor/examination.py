"""The doctor: what hurts, a line each with one next step. It looks, and changes nothing."""

import asyncio
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from handlers.documents.printing import more_fonts
from program.doctor.consortium import CONSORTIUM_CHECKS, Arrangements
from program.doctor.database import database_findings
from program.doctor.erasures import ERASURE_CHECKS, Erased
from program.doctor.findings import Finding, Severity, error, look, not_seen
from program.doctor.keys import KEYS_CHECKS, Sealed
from program.doctor.manifest import CALLED, manifest_as_seen
from program.doctor.outbox import OUTBOX_CHECKS, Outbox
from program.doctor.printing import PRINTING_CHECKS
from program.doctor.settings import SETTINGS_CHECKS
from program.doctor.slack import slack_findings
from program.doctor.slack_probe import Home, Homes, Told, told_by_slack, told_of_home
from program.settings import DatabaseSettings, Settings, SettingsError, load_database_settings, load_settings
from storage.consortia import Consortium, every_consortium, unconfirmed
from storage.inbox import kinds_heard
from storage.people import named_but_unknown
from storage.troubles import DatabaseTrouble
from storage.upkeep.inspection import Checkup

USUAL_TICK = timedelta(seconds=20)
UNREADABLE = {"database", "database integrity", "database rights", "database schema"}
"""With one of these found, the rows mean nothing or can't be read."""
STATUS = {Severity.WARNING: 1, Severity.ERROR: 2}


@dataclass(frozen=True)
class Diagnosis:
    """`due_soon` is the number of messages that go out within a week, or nothing where the database does not say.

    `manifest` is a line about what is installed of it, as far as that can be seen.
    """

    findings: list[Finding]
    due_soon: int | None
    not_looked_at: list[str]
    manifest: str | None = None

    @property
    def status(self) -> int:
        return max((STATUS[finding.trouble.severity] for finding in self.findings), default=0)

    def as_text(self) -> str:
        lines = [str(finding) for finding in self.findings] or ["Nothing is wrong."]
        if self.not_looked_at:
            lines.append(f"Because of that doctor did not look at {' and '.join(self.not_looked_at)}.")
        return "\n".join([*lines, self.manifest] if self.manifest else lines)

    def as_json(self) -> str:
        findings = [{"check": found.check} | asdict(found.trouble) for found in self.findings]
        return json.dumps(
            {
                "status": self.status,
                "findings": findings,
                "not_looked_at": self.not_looked_at,
                "due_in_7_days": self.due_soon,
                "manifest": self.manifest,
            },
            ensure_ascii=False,
            indent=2,
        )


@dataclass(frozen=True)
class Remembered:
    """What looking at the database gave: without `checkup` it could not be read, or not trusted."""

    findings: list[Finding]
    checkup: Checkup | None = None
    homes: Homes | None = None
    due_soon: int | None = None
    heard: frozenset[str] | None = None


async def examine(now: datetime) -> Diagnosis:
    """All there is to look at, what may not answer at the same time, so that it costs no more than one wait.

    `now` is what this machine's clock shows. What has to do with time is looked at by Slack's, as the bot goes by it.
    """
    settings, findings = _settings()
    database = settings or _database_settings()
    tick = timedelta(seconds=settings.tick_seconds) if settings else USUAL_TICK
    opening = asyncio.create_task(asyncio.to_thread(_opened, database))
    told = await told_by_slack(settings) if settings else Told()
    more_fonts.set(database.fonts_folder if database else None)
    remembered = await asyncio.to_thread(_read, await opening, now + told.ahead, tick)
    of_slack = []
    if settings:
        of_slack = slack_findings(await told_of_home(settings, told, remembered.homes))
    not_looked_at = [] if settings else ["Slack"]
    if remembered.homes is None:
        not_looked_at.append("what is in the database")
    manifest = manifest_as_seen(told, remembered.heard)
    return Diagnosis(
        [*findings, *remembered.findings, *of_slack], remembered.due_soon, not_looked_at, manifest
    )


def _settings() -> tuple[Settings | None, list[Finding]]:
    try:
        settings = load_settings()
    except SettingsError as wrong:
        return None, [Finding("settings", error(f"{wrong}.", "put it right in .env or in the environment."))]
    return settings, look(SETTINGS_CHECKS, settings)


def _database_settings() -> DatabaseSettings | None:
    try:
        return load_database_settings()
    except SettingsError:  # it stands among the findings
        return None


def _opened(settings: DatabaseSettings | None) -> Remembered:
    if settings is None:
        return Remembered([])
    try:
        checkup = Checkup(settings.database_url)
    except DatabaseTrouble as trouble:
        return Remembered([Finding("database", error(trouble.says, trouble.then))])
    findings = database_findings(checkup)
    if any(finding.check in UNREADABLE for finding in findings):
        return Remembered(findings)
    findings += look(KEYS_CHECKS, Sealed(checkup, settings.key_source))
    findings += look(ERASURE_CHECKS, Erased(checkup, settings.erasure_file))
    return Remembered(findings, checkup)


def _read(opened: Remembered, now: datetime, tick: timedelta) -> Remembered:
    if opened.checkup is None:
        return opened
    try:
        return _content(opened.checkup, opened.findings, now, tick)
    except Exception as failure:  # noqa: BLE001 - the same as for any one check
        return Remembered([*opened.findings, Finding("database", not_seen(failure))])


def _content(checkup: Checkup, findings: list[Finding], now: datetime, tick: timedelta) -> Remembered:
    with checkup.session() as session:
        mistyped = unconfirmed(session)
        consortia = [one for one in every_consortium(session) if one not in mistyped]
        outbox = Outbox(session, now, tick)
        due_soon, of_outbox = outbox.due_soon(), look(OUTBOX_CHECKS, outbox)
    arrangements = Arrangements(checkup, consortia, mistyped, now)
    of_consortia = look(CONSORTIUM_CHECKS, arrangements)
    of_consortia += look(PRINTING_CHECKS, arrangements)
    homes = {consortium.team_id: _home(checkup, consortium) for consortium in consortia}
    heard = frozenset().union(*(_heard(checkup, consortium) for consortium in consortia))
    return Remembered([*findings, *of_consortia, *of_outbox], checkup, homes, due_soon, heard)


def _home(checkup: Checkup, consortium: Consortium) -> Home:
    with checkup.session(consortium.id) as session:
        return Home(consortium.channel_id, [person.user_id for person in named_but_unknown(session)])


def _heard(checkup: Checkup, consortium: Consortium) -> set[str]:
    with checkup.session(consortium.id) as session:
        return kinds_heard(session, CALLED)

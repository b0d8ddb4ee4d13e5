"""What can hurt in what was set up: nobody decides, nothing is planned, no time zone."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.people import deciders, keepers, those_who_host, who_can_not_act
from bot.rotation import proposes_tomorrow
from bot.timetable import has_known_zone, next_meeting
from program.doctor.findings import Checks, Trouble, a_few, error, warning
from storage.consortia import Consortium
from storage.tenancy import Session
from storage.upkeep.inspection import Checkup


@dataclass(frozen=True)
class Arrangements:
    """What was set up, at a moment; apart from it, for what workspaces no bot has ever run."""

    checkup: Checkup
    consortia: list[Consortium]
    mistyped: list[Consortium]
    now: datetime

    def any_consortium(self, hurts: Callable[[Session, Consortium], bool]) -> bool:
        return any(self._one(consortium, hurts) for consortium in self.consortia)

    def _one(self, consortium: Consortium, hurts: Callable[[Session, Consortium], bool]) -> bool:
        with self.checkup.session(consortium.id) as session:
            return hurts(session, consortium)


def _is_set_up(arrangements: Arrangements) -> Trouble | None:
    if arrangements.consortia:
        return None
    return warning("Nothing is set up yet.", "type /agenda setup in Slack, or python -m bot setup FILE.")


def _workspaces(arrangements: Arrangements) -> Trouble | None:
    teams = [consortium.team_id for consortium in arrangements.mistyped]
    if not teams:
        return None
    return warning(
        f"No bot has ever run for these workspaces that were set up: {', '.join(teams)}.",
        f"run one with a token of theirs; or remove what was mistyped: python -m bot forget {teams[0]}",
    )


def _channels(arrangements: Arrangements) -> Trouble | None:
    used = Counter(consortium.channel_id for consortium in arrangements.consortia)
    if all(count == 1 for count in used.values()):
        return None
    return error(
        "Two consortia have the same shared channel, so everything is said twice in it.",
        "name another channel for one of them, in /agenda setup or in its file.",
    )


def _powers(arrangements: Arrangements) -> Trouble | None:
    """They are named as in the file."""
    powerless: list[str] = []
    for consortium in arrangements.consortia:
        with arrangements.checkup.session(consortium.id) as session:
            found = who_can_not_act(session, arrangements.now)
            powerless += [f"{person.team_id}/{person.user_id}" for person in found]
    if not powerless:
        return None
    return warning(
        f"Admins or curators can't act, as bots, guests, people whom Slack does not know or who left the channel: {a_few(powerless)}.",
        "name others in /agenda setup, or in the file, and python -m bot setup FILE.",
    )


def _time_zone(arrangements: Arrangements) -> Trouble | None:
    if all(has_known_zone(consortium) for consortium in arrangements.consortia):
        return None
    return error(
        "This machine does not know the time zone of a consortium, so nothing is ever due for it.",
        "name another one in /agenda setup, or install the requirements anew.",
    )


def _admins(arrangements: Arrangements) -> Trouble | None:
    if not arrangements.any_consortium(lambda session, _consortium: not keepers(session)):
        return None
    return warning(
        "A consortium has no admin who can act, so only an admin of its workspace can change its settings in Slack.",
        "name admins in its file, and python -m bot setup FILE.",
    )


def _deciders(arrangements: Arrangements) -> Trouble | None:
    def nobody_decides(session: Session, _consortium: Consortium) -> bool:
        return not all(deciders(session, host) for host in those_who_host(session, arrangements.now))

    if not arrangements.any_consortium(nobody_decides):
        return None
    return error(
        "A collaborative that hosts has no curators, and there is no admin to stand in.",
        "name curators in the file, and python -m bot setup FILE.",
    )


def _meeting(arrangements: Arrangements) -> Trouble | None:
    def has_none(session: Session, consortium: Consortium) -> bool:
        now = arrangements.now
        return (
            has_known_zone(consortium)
            and not next_meeting(session, consortium, now)
            and not proposes_tomorrow(session, consortium, now)
        )

    if not arrangements.any_consortium(has_none):
        return None
    return warning("No next meeting is set, so items have nowhere to go.", "add one in /agenda setup.")


CONSORTIUM_CHECKS: Checks[Arrangements] = {
    "consortium": _is_set_up,
    "workspaces": _workspaces,
    "shared channels": _channels,
    "time zone": _time_zone,
    "admins": _admins,
    "curators": _deciders,
    "powers": _powers,
    "next meeting": _meeting,
}

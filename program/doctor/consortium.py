"""What can hurt in what was set up: nobody decides, nothing is planned, no time zone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.calendar import zone
from bot.errors import UserError
from bot.people import deciders
from bot.timetable import next_meeting
from program.doctor.findings import Checks, Trouble, error, warning
from storage.consortia import Consortium, rotation
from storage.people import admins
from storage.tenancy import Session
from storage.upkeep.inspection import Checkup


@dataclass(frozen=True)
class Arrangements:
    """What was set up, at a moment."""

    checkup: Checkup
    consortia: list[Consortium]
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


def _time_zone(arrangements: Arrangements) -> Trouble | None:
    if all(_has_a_zone(consortium) for consortium in arrangements.consortia):
        return None
    return error(
        "This machine does not know the time zone of a consortium, so nothing is ever due for it.",
        "name another one in /agenda setup, or install the requirements anew.",
    )


def _has_a_zone(consortium: Consortium) -> bool:
    try:
        zone(consortium.timezone)
    except UserError:
        return False
    return True


def _admins(arrangements: Arrangements) -> Trouble | None:
    if not arrangements.any_consortium(lambda session, _consortium: not admins(session)):
        return None
    return warning(
        "A consortium has no admin, so nobody can change its settings in Slack.",
        "name admins in its file, and python -m bot setup FILE.",
    )


def _deciders(arrangements: Arrangements) -> Trouble | None:
    def nobody_decides(session: Session, _consortium: Consortium) -> bool:
        return not all(deciders(session, host) for host in rotation(session))

    if not arrangements.any_consortium(nobody_decides):
        return None
    return error(
        "A collaborative that hosts has no curators, and there is no admin to stand in.",
        "name curators in the file, and python -m bot setup FILE.",
    )


def _meeting(arrangements: Arrangements) -> Trouble | None:
    def has_none(session: Session, consortium: Consortium) -> bool:
        return _has_a_zone(consortium) and not next_meeting(session, consortium, arrangements.now)

    if not arrangements.any_consortium(has_none):
        return None
    return warning("No next meeting is set, so items have nowhere to go.", "add one in /agenda setup.")


CONSORTIUM_CHECKS: Checks[Arrangements] = {
    "consortium": _is_set_up,
    "time zone": _time_zone,
    "admins": _admins,
    "curators": _deciders,
    "next meeting": _meeting,
}

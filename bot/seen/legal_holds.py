"""A legal hold, as an audience sees it: its reason is for admins alone."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class HoldSeen:
    """That nothing is deleted up to the local day `until`, or was until then. `began_by`: who began it, None where a command did or nobody knows their name.

    `reason` is for admins. `waiting`: so many people want to be erased after it.
    """

    id: int
    until: date
    reason: str | None
    began_on: date
    began_by: str | None
    lasts: bool
    ends_today: bool
    waiting: int


@dataclass(frozen=True)
class ToHoldSeen:
    """What lasts now, if anything does, and between which local days a hold may end."""

    hold: HoldSeen | None
    earliest: date
    latest: date

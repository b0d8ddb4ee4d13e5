"""What became of a try to put a message somewhere: sent, surely not sent, refused, or nobody knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sent:
    """It stands there. `is_current` is False where it was found, and may say what was true earlier. `is_as_tried`: it was found alone, as one try put it there.

    `has_joined`: it was put into a message of others. `others`: by the ids of those, in which version they were shown with it.
    `without_file`: Slack's word, or ours, for why its words went alone, where a file was to go with them.
    `without_chart`: Slack's word for why it went without its chart, which was refused just now.
    """

    channel_id: str
    ts: str
    is_current: bool = True
    has_joined: bool = False
    is_as_tried: bool = False
    others: Mapping[int, int] = field(default_factory=dict)
    without_file: str | None = None
    without_chart: str | None = None


@dataclass(frozen=True)
class NotNeeded:
    """There was nothing left to say."""


@dataclass(frozen=True)
class TooLate:
    """It is surely not there, and of no use any more."""


@dataclass(frozen=True)
class PutOff:
    """Surely not there, and the bot itself waits with it, so many seconds before it looks again."""

    wait: float


@dataclass(frozen=True)
class NotDrawn:
    """Surely not there, and what to say could not be made out: the database was away, or the program is wrong."""

    error: str


@dataclass(frozen=True)
class NotSent:
    """Surely not there; `wait` is the seconds that Slack asked for, and nobody else sets it. `is_soon`: it is not Slack who keeps it, so the next try may come at once, the first time.

    `gone_ts`: it was to join this message, which somebody has deleted.
    """

    error: str
    wait: float | None = None
    is_soon: bool = False
    gone_ts: str | None = None


@dataclass(frozen=True)
class CutShort:
    """Not there as far as was looked, and the look goes on at the next try; `wait` is the seconds that Slack asked for."""

    error: str
    wait: float | None = None


@dataclass(frozen=True)
class Hindered:
    """Surely not there, and nobody knows whether the next try will get through."""

    error: str


@dataclass(frozen=True)
class Refused:
    """Surely not there, and nobody but us could mend it."""

    error: str


@dataclass(frozen=True)
class Gone:
    """It stood there, and somebody has deleted it."""

    error: str


@dataclass(frozen=True)
class Closed:
    """It stands there, and can be edited no more."""

    error: str


@dataclass(frozen=True)
class Unclear:
    """It may be there. `ts`: it was to join this message of others, in this channel, which is edited once more to be sure."""

    error: str
    channel_id: str | None = None
    ts: str | None = None


@dataclass(frozen=True)
class Unknowable:
    """It may be there, and the bot may not look."""

    error: str


Failure = NotDrawn | NotSent | CutShort | Hindered | Refused | Unclear | Unknowable
Outcome = Sent | NotNeeded | TooLate | PutOff | Gone | Closed | Failure

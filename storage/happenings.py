"""What can happen to a post. What follows from it stands in post_life.py."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.outcomes import Outcome
from storage.post_facts import Gap


@dataclass(frozen=True)
class Claimed:
    """Somebody took it up to send it, and has until the lease ends."""

    lease: timedelta


@dataclass(frozen=True)
class Tried:
    """Whoever held the claim says what became of it.

    `version` is what was wanted when it was drawn. `settle` is how long Slack may take to store a message whose sender
    gave up waiting. `is_told_once`: nobody needs it a second time where the first can be edited no more.
    `is_replaced`: it is posted anew where somebody has deleted it, or where what was found takes no edit. `gap`: when that may have been done already, without
    this database's knowing. `rests`: so long after it was told no edit of it is made. `longest_pause`: it is tried again that soon, whatever
    failed, unless Slack asks to wait.
    """

    outcome: Outcome
    version: int
    settle: timedelta
    is_told_once: bool = False
    is_replaced: bool = False
    gap: Gap | None = None
    rests: timedelta = timedelta()
    longest_pause: timedelta | None = None


@dataclass(frozen=True)
class FilePromised:
    """Slack has given the id of a file that will be shared for it. Whoever shares it may die before they say so, and by the id it is found."""

    file_id: str


@dataclass(frozen=True)
class FilesFound:
    """Files with these ids stand there for it. A restore has lost them, maybe."""

    file_ids: frozenset[str]


@dataclass(frozen=True)
class SaidToBeThere:
    """Somebody has seen it, where the bot could not look."""


@dataclass(frozen=True)
class SaidToBeMissing:
    """It is not there, or nobody can tell and twice is better than never."""


@dataclass(frozen=True)
class SweepClaimed:
    """Somebody looks whether it stands there twice, and has until the lease ends."""

    lease: timedelta


@dataclass(frozen=True)
class Changed:
    """What it says has changed."""


@dataclass(frozen=True)
class OwedAgain:
    """What it asks is to be asked once more, if nobody has seen it yet.

    `gap`: when that may have been done already, without this database's knowing.
    `comes_back`: also where it stood and somebody has deleted it: it is still to be pressed, or its reader has asked for it.
    """

    gap: Gap | None
    comes_back: bool = False


@dataclass(frozen=True)
class ShownAlong:
    """The message in which it stands was edited for another's sake, and this version of it was shown."""

    version: int


@dataclass(frozen=True)
class RestShortened:
    """An edit of the message in which it stands has got through: what troubled it may be over."""

    until: datetime


@dataclass(frozen=True)
class Hastened:
    """What was to be said later is due now."""


@dataclass(frozen=True)
class Rescheduled:
    """It is due at another time."""

    due: datetime


@dataclass(frozen=True)
class Withheld:
    """It is owed no longer."""


@dataclass(frozen=True)
class PlaceReplaced:
    """It is owed to another place. What may stand in the one before is left there.

    `gap`: when it may have been sent to the other place already, without this database's knowing.
    `is_under_way`: whoever took it up may be sending it just now, to the place before.
    """

    gap: Gap | None = None
    is_under_way: bool = False


@dataclass(frozen=True)
class PassedOn:
    """It is owed to others in its stead. What may stand in its own place is left there.

    `is_looked_for`: if it stands there, it is to say what its readers may see now, and nothing that they can press.
    """

    is_looked_for: bool = False


@dataclass(frozen=True)
class RestEnded:
    """What it rested for is over. `reasons` are the words for that: its place was closed, or the bot itself waited with it."""

    reasons: frozenset[str]


@dataclass(frozen=True)
class Missed:
    """It is too late to be of use."""


@dataclass(frozen=True)
class Restored:
    """The database is back from a backup, which knows nothing of what was sent after `since`."""

    since: datetime
    not_before: datetime


@dataclass(frozen=True)
class Swept:
    """All copies but `keep` are gone. `fence` and `stray_ts` are those of the post when the sweep began."""

    keep: str
    fence: int
    stray_ts: str | None


@dataclass(frozen=True)
class CarriedAlong:
    """Of the message in which it stood together with others another copy was kept."""

    ts: str


@dataclass(frozen=True)
class StrayNoted:
    """Somebody sent it although their claim had run out. That copy stands in this channel."""

    channel_id: str
    ts: str


@dataclass(frozen=True)
class StaleEditNoted:
    """Somebody edited it although their claim had run out: what stands there may be older than what was shown since."""


@dataclass(frozen=True)
class ClockSetBack:
    """The clock was ahead, and is set right: nothing is put off, held or at rest for longer than it was to be.

    `put_off` is for how long it may be due later than it is owed; None where it is due on a day of its own.
    """

    put_off: timedelta | None
    lease: timedelta
    settle: timedelta


Happening = (
    Claimed
    | FilePromised
    | FilesFound
    | Tried
    | SaidToBeThere
    | SaidToBeMissing
    | SweepClaimed
    | Changed
    | OwedAgain
    | ShownAlong
    | RestShortened
    | Hastened
    | Rescheduled
    | Withheld
    | PlaceReplaced
    | PassedOn
    | RestEnded
    | Missed
    | Restored
    | Swept
    | CarriedAlong
    | StrayNoted
    | StaleEditNoted
    | ClockSetBack
)

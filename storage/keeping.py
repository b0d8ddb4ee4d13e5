"""What can be said of a column that holds something of people."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, StrEnum


class Holds(Enum):
    """What stands in a column."""

    WORDS = "words"  # that somebody wrote or chose
    NAME = "names"
    SLACK_ID = "ids of Slack"  # of a person, a channel or a workspace


class Reader(Enum):
    """Who may see it on screen. Whoever can open the database reads everything but what is sealed."""

    AUTHOR = "its author"
    PROPOSER = "the item's proposer"
    HOST = "those who decide for the host"
    EVERYBODY = "everybody in the shared channel"
    ADMINS = "the admins"


class Whose(Enum):
    """Whose it is where no column of the row points to a person."""

    CONSORTIUM = "the consortium's"
    WHO_IS_IN_IT = "that of the person whose user id is in it"
    WHOSE_PLACE_IT_IS = "that of the person whose user id is the post's place"
    ITEMS_IN_IT = "each entry is its item's, by item_id"


class Ends(Enum):
    """What ends it, beside its erasing."""

    WHEN_CHANGED = "until it is changed: what stood there before is gone"
    WHEN_OLD = "until the clock forgets it"
    WITH_THE_HOLD = "until the legal hold ends"
    NEVER = "as long as the consortium"


class Export(Enum):
    """The exports that it is part of; what is sealed is opened for them."""

    PERSON = "the person's"
    CONSORTIUM = "the consortium's"


class Erase(Enum):
    """What is done when a person is erased, or the text alone."""

    EMPTY = "it is emptied"
    LATER = "it is emptied, and where a message has to be edited first, right after that"
    NEUTRAL_WORD = "a neutral word takes its place"
    NEW_ID = "an id that nobody has takes the place of theirs, the same everywhere"
    ENTRIES = "a neutral word takes its place in each entry, and the message that shows it is owed as an edit"
    ROW = "its row is removed"
    NOTHING = "it stays: it is about no person"


class Wordless(StrEnum):
    """Why a column of text holds nothing of people."""

    FIXED_LIST = "one of a fixed list of words"
    RANDOM = "an id that the program made up"
    MARK = "a mark from which nobody can tell what it is of"
    MOMENT = "Slack's timestamp, by which it knows a message"
    FAULT = "Slack's word for a fault, or the name of an exception"
    NUMBERS = "a list of numbers"


class Row(Enum):
    """What becomes of a row that points to a person, when they are erased."""

    STAYS = "it points to a former member"
    GOES = "it is removed"


@dataclass(frozen=True)
class Tie:
    """That rows of a table are about a person: `column` points to them, by number or by their user id.

    `called` names these rows in the person's export. `shows` are the columns that stand there beside their words, and `told`
    those with the words of others that were for them.
    """

    called: str
    column: str
    shows: tuple[str, ...]
    erase: Row
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rows:
    """What exports and erasing do with the rows of a table.

    `shows` are the columns that stand in the consortium's export beside its words; of a table without any, none does.
    """

    table: str
    shows: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One column. `whose` is the column of the same row that holds the person's id, or says it otherwise.

    `copies` are the columns whose content stands here too: who erases it there, erases it here.
    `readers` is empty where nobody sees it on screen. `stays` is set where the clock forgets it.
    """

    column: str
    holds: frozenset[Holds]
    whose: str | Whose
    readers: frozenset[Reader]
    exports: frozenset[Export]
    erase: Erase
    ends: Ends = Ends.NEVER
    stays: timedelta | None = None
    copies: tuple[str, ...] = ()
    remark: str = ""

    @property
    def table(self) -> str:
        return self.column.partition(".")[0]

    @property
    def name(self) -> str:
        """The column's own."""
        return self.column.partition(".")[2]

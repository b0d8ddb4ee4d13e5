"""A meeting's agenda as an audience sees it: how it stands, and how it was published."""

from dataclasses import dataclass
from datetime import date

from bot.audiences import Audience, Level, Thing
from bot.changes import Changes, Entry, changes
from bot.seen.items import ItemSeen
from bot.seen.lists import Seen, seen_of
from bot.seen.meetings import MeetingSeen, seen_meeting
from storage.meetings import Meeting, Publication


@dataclass(frozen=True)
class ComingSeen:
    """The next meeting, if one is set. `today` is the consortium's local day, `closes` the last on which an item is in time."""

    timezone: str
    today: date
    meeting: MeetingSeen | None
    closes: date | None


@dataclass(frozen=True)
class AgendaSeen(ComingSeen):
    """How things stand for a meeting; without one, what waits for it.

    `without_items` names collaboratives that brought none. `may_be_lost`: it was published, and nobody knows that Slack has
    taken it.
    """

    on_agenda: Seen[ItemSeen]
    waiting: Seen[ItemSeen]
    held: Seen[ItemSeen]
    not_taken: Seen[ItemSeen]
    without_items: tuple[str, ...] = ()
    was_published: bool = False
    is_published_as_it_stands: bool = False
    may_be_lost: bool = False
    is_over: bool = False

    @property
    def has_nothing(self) -> bool:
        return not (self.on_agenda.count or self.waiting.count or self.held.count)


@dataclass(frozen=True)
class StatusSeen:
    """The agenda, with the doors that stand open to its reader beside everybody's."""

    agenda: AgendaSeen
    is_host: bool
    is_admin: bool


@dataclass(frozen=True)
class PublishedSeen:
    """The agenda as last published. `held` counts items; `changed` is None for a first one; `by` is a name."""

    meeting: MeetingSeen
    entries: Seen[Entry]
    held: int
    by: str | None
    changed: Changes | None


def seen_published(meeting: Meeting, publications: list[Publication], audience: Audience) -> PublishedSeen:
    """`publications`: the newest, and the one before it if there is one."""
    newest, *before = (_seen_entries(publication, audience) for publication in publications)
    return PublishedSeen(
        meeting=seen_meeting(meeting),
        entries=newest,
        held=publications[0].held,
        by=publications[0].by.name,
        changed=changes(before[0].shown, newest.shown) if before else None,
    )


def entries_of(publication: Publication) -> list[Entry]:
    return [Entry(**stored) for stored in publication.entries]


def _seen_entries(publication: Publication, audience: Audience) -> Seen[Entry]:
    entries = entries_of(publication)
    return seen_of(entry if audience.may_see(_published(entry)) else None for entry in entries)


def _published(entry: Entry) -> Thing:
    """What was published is everybody's until the agenda is published again."""
    return Thing("item", entry.item_id, Level.EVERYBODY)

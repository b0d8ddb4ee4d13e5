"""A meeting's agenda as an audience sees it: how it stands, and how it was published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.audiences import Audience, Level, Thing
from bot.changes import Changes, Entry, changes
from bot.seen.coming import NOBODY_COMES, HeadCount
from bot.seen.duties import DutySeen
from bot.seen.items import ItemSeen, ItemState, Names, seen_items
from bot.seen.lists import Seen, seen_of
from bot.seen.meetings import MeetingSeen, seen_meeting
from bot.seen.questions import QuestionSeen
from bot.timing import Scheduled, Timing, schedule
from storage.items import Item
from storage.meetings import Meeting, Publication, Stage


@dataclass(frozen=True)
class ComingSeen:
    """The next meeting, if one is set. `today` is the consortium's local day, `closes` the last on which an item is in time."""

    timezone: str
    today: date
    meeting: MeetingSeen | None
    closes: date | None


Rooms = Mapping[ItemState, int]
"""For how many items in each state a page has room. For none, where it is not named: they are counted, and not shown."""


def last_page(rooms: Rooms, counts: Mapping[ItemState, int]) -> int:
    """The number of the last page, from 0, of so many in each state. Each list goes on by itself."""
    return max((max(counts.get(state, 0) - 1, 0) // room for state, room in rooms.items()), default=0)


@dataclass(frozen=True)
class Planned:
    """How many `minutes` items take together, and how many are `without_length`."""

    minutes: int = 0
    without_length: int = 0

    @classmethod
    def of(cls, lengths: Iterable[int | None]) -> "Planned":
        known = list(lengths)
        return cls(sum(length or 0 for length in known), sum(not length for length in known))


@dataclass(frozen=True)
class Share:
    """What of an agenda a collaborative brought: `items` and `minutes`. `name` is None where nobody knows whose it is."""

    name: str | None
    items: int
    minutes: int


@dataclass(frozen=True)
class AgendaSeen(ComingSeen):
    """How things stand for a meeting; without one, what waits for it.

    `lists` has the items in each state, of which a page is shown, by its number from 0.
    `planned` is all that is on the agenda. `without_items` names collaboratives that brought none. `answers_for_later` counts
    decisions of which the proposers hear at a later hour. `may_be_lost`: it was published, and nobody knows that Slack has
    taken it. `schedule` tells by the id of an item when its turn is: to its host, and once it is published to everybody who reads it
    on its last day. For its host alone: `shares` what of the agenda each collaborative brought, `note_takers` who takes notes, `questions` by the id of an item what was asked about it, `me_too` who else wants to talk about it,
    `head_count` how many people come, and `duties` who does what. `can_be_started`: the meeting, by those who lead it.
    """

    lists: Mapping[ItemState, Seen[ItemSeen]]
    page: int = 0
    planned: Planned = Planned()
    without_items: tuple[str, ...] = ()
    answers_for_later: int = 0
    was_published: bool = False
    is_published_as_it_stands: bool = False
    may_be_lost: bool = False
    schedule: Mapping[int, Scheduled] = field(default_factory=dict)
    shares: tuple[Share, ...] = ()
    questions: Mapping[int, Seen[QuestionSeen]] = field(default_factory=dict)
    me_too: Mapping[int, Names] = field(default_factory=dict)
    stage: Stage | None = None
    head_count: HeadCount = NOBODY_COMES
    note_takers: tuple[str | None, ...] = ()
    duties: tuple[DutySeen, ...] = ()
    can_be_started: bool = False

    @property
    def is_under_way(self) -> bool:
        return self.stage is Stage.BEGUN

    @property
    def timing(self) -> Timing | None:
        """How the meeting's minutes are shared out. Once it has begun, nothing is kept for what comes up any more: that takes it."""
        if self.meeting is None or self.stage is None or self.stage.is_to_come:
            return self.meeting.timing if self.meeting else None
        return replace(self.meeting.timing, reserve=0)

    @property
    def has_nothing(self) -> bool:
        return not (self.on_agenda.count or self.waiting.count or self.held.count)

    @property
    def on_agenda(self) -> Seen[ItemSeen]:
        return self.lists.get(ItemState.ON_AGENDA, Seen())

    @property
    def waiting(self) -> Seen[ItemSeen]:
        return self.lists.get(ItemState.WAITING, Seen())

    @property
    def held(self) -> Seen[ItemSeen]:
        return self.lists.get(ItemState.HELD, Seen())

    @property
    def not_taken(self) -> Seen[ItemSeen]:
        return self.lists.get(ItemState.NOT_TAKEN, Seen())

    @property
    def resting(self) -> Seen[ItemSeen]:
        return self.lists.get(ItemState.RESTING, Seen())

    def turned_to(self, number: int, rooms: Rooms) -> "AgendaSeen":
        """The page with this number, or the last one, of lists that are shown whole."""
        number = min(number, last_page(rooms, {state: things.count for state, things in self.lists.items()}))
        pages = {state: things.page(number, rooms.get(state, 0)) for state, things in self.lists.items()}
        return replace(self, lists=pages, page=number)


@dataclass(frozen=True)
class StatusSeen:
    """The agenda, with the doors that stand open to its reader beside everybody's. `to_decide`: how many items wait for a host.

    `to_write_about`: the last meeting, if its host is to say what became of its items. `follow_ups`: how many they have to do.
    `is_published`: the agenda is, so there is something to hand on. `comes`: what they said of coming to the next meeting, and `takes_notes`: they take its notes.
    `may_look_back`: they may, and a meeting was held. `may_step_in`: their collaborative may prepare it together with the host. `is_asked_for_notes`: they are asked whether they would, before others are.
    `may_start`: they may start the meeting now.
    """

    agenda: AgendaSeen
    is_host: bool
    is_admin: bool
    may_step_in: bool = False
    to_decide: int = 0
    to_write_about: MeetingSeen | None = None
    follow_ups: int = 0
    comes: bool | None = None
    takes_notes: bool = False
    is_asked_for_notes: bool = False
    is_published: bool = False
    may_start: bool = False
    may_look_back: bool = False


@dataclass(frozen=True)
class PublishedSeen:
    """The agenda as last published, with the `items` of its entries as they are now. `held` counts items; `changed` is None for a first one."""

    meeting: MeetingSeen
    entries: Seen[Entry]
    items: Seen[ItemSeen]
    held: int
    changed: Changes | None
    duties: tuple[DutySeen, ...] = ()

    @property
    def schedule(self) -> list[Scheduled]:
        """When each of the entries has its turn."""
        return schedule(self.meeting.timing, (entry.minutes for entry in self.entries.shown))


def seen_published(
    meeting: Meeting, publications: list[Publication], items: Iterable[Item], audience: Audience
) -> PublishedSeen:
    """`publications`: the newest, and the one before it if there is one. `items`: those in the newest."""
    newest, *before = (_seen_entries(publication, audience) for publication in publications)
    changed = changes(before[0].shown, newest.shown) if before else None
    is_news = changed != Changes() or publications[0].held != publications[1].held
    return PublishedSeen(
        meeting=seen_meeting(meeting),
        entries=newest,
        items=seen_items(items, audience),
        held=publications[0].held,
        changed=changed if is_news else None,
    )


def entries_of(publication: Publication) -> list[Entry]:
    return [Entry.of(stored) for stored in publication.entries]


def _seen_entries(publication: Publication, audience: Audience) -> Seen[Entry]:
    entries = entries_of(publication)
    return seen_of(entry if audience.may_see(_published(entry)) else None for entry in entries)


def _published(entry: Entry) -> Thing:
    """What was published is everybody's until the agenda is published again."""
    return Thing("item", entry.item_id, Level.EVERYBODY)

"""What some posts show beside the things that they are about."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.errors import Lines, Words
from bot.seen.agenda import AgendaSeen, ComingSeen
from bot.seen.digests import Digest
from bot.seen.items import NOBODY_ELSE, ItemSeen, Names
from bot.seen.lists import Seen
from bot.seen.meetings import MeetingSeen
from bot.seen.questions import NONE_ASKED, QuestionSeen
from bot.seen.results import NotesStand
from storage.post_kinds import PostKind


@dataclass(frozen=True)
class CardSeen:
    """`item` is None for those who decide no longer and may not see it; `was_reached`: Slack took the word to its proposer.

    `is_closed`: its meeting is over or cancelled, so nothing about it is decided any more. `told_at`: when its proposer is told of the decision, which
    can be undone until then. `is_of_nobody`: its proposer was erased, so there is nobody to tell. `had_left`: they were not told, since they had left the shared channel.
    `questions`: what was asked about it, for those who decide. `me_too`: who else wants to talk about it.
    """

    item: ItemSeen | None
    meeting: MeetingSeen
    timezone: str
    is_for_hosts: bool
    was_reached: bool
    is_closed: bool = False
    told_at: datetime | None = None
    is_of_nobody: bool = False
    had_left: bool = False
    questions: Seen[QuestionSeen] = NONE_ASKED
    me_too: Names = NOBODY_ELSE


@dataclass(frozen=True)
class AskedSeen:
    """A question, for the author of the item. `stays`: why they can't answer any more."""

    question: QuestionSeen
    item: ItemSeen
    stays: Words | Lines | None = None


@dataclass(frozen=True)
class OutcomeSeen:
    """What a host decided about an item. `is_over`: its meeting is, by the time its proposer hears of it. `may_take_up`: they can have a thread opened about it.

    `is_talk_open`: a thread about it is, at the address `thread` on the web, if anybody knows that.
    """

    item: ItemSeen
    is_over: bool = False
    may_take_up: bool = False
    is_talk_open: bool = False
    thread: str | None = None


@dataclass(frozen=True)
class CarriedOverSeen:
    """An item that goes on to the next meeting. `stays`: not after all, its meeting is the one that was held."""

    item: ItemSeen
    stays: bool = False


@dataclass(frozen=True)
class ProposedSeen:
    """`is_for_hosts`: those who read it decide about the meeting, still or again. `meeting` is None where they may not see it."""

    meeting: MeetingSeen | None
    is_for_hosts: bool


@dataclass(frozen=True)
class StillWaitingSeen:
    """What waits for the host's answer. `agenda` is None for those who decide no longer."""

    agenda: AgendaSeen | None


@dataclass(frozen=True)
class HelpOfferedSeen:
    """The question whether some help would be good, and what the host says: None while it has not. `meeting` is None for those who decide no longer."""

    meeting: MeetingSeen | None
    waiting: int
    is_wanted: bool | None = None


@dataclass(frozen=True)
class HelpWantedSeen:
    """That a host would like some help, for admins. `meeting` is None for those who are none any more."""

    meeting: MeetingSeen | None
    waiting: int
    is_wanted: bool = True


@dataclass(frozen=True)
class AfterMeetingSeen:
    """A meeting that is over, and how many items were on its agenda. `meeting` is None for those who decide no longer.

    `goes_at` is when the notes are sent by themselves, if they are yet to be. `is_for_note_taker`: its reader took notes, and does not decide for the host.
    """

    meeting: MeetingSeen | None
    timezone: str
    count: int
    notes: NotesStand
    goes_at: datetime | None
    is_for_note_taker: bool = False


@dataclass(frozen=True)
class NothingYetSeen:
    """The next meeting, and the collaboratives of its reader that brought nothing to it: none any more, where all did after it was asked."""

    collaboratives: tuple[str, ...]
    coming: ComingSeen


@dataclass(frozen=True)
class StandingSeen:
    """The consortium's name, and what comes next; None: the shared channel is another one by now. `on_agenda` counts items."""

    name: str
    coming: ComingSeen | None
    on_agenda: int = 0


@dataclass(frozen=True)
class ChannelSeen:
    """A channel of the consortium: the shared one, or that of these hosts' curators. `closed_for`: Slack's word for why the bot can't use it.

    `is_used`: no other one was named in its place.
    """

    channel_id: str
    is_shared_channel: bool
    hosts: tuple[str, ...]
    closed_for: str | None
    is_used: bool = True


@dataclass(frozen=True)
class CallSeen:
    """`is_last`: it comes the day before the meeting, and tells the agenda. `told_on`: the local day on which it came.

    `late_since` is given when it is late: when it was due.
    """

    agenda: AgendaSeen
    late_since: datetime | None
    told_on: date
    is_last: bool = False


@dataclass(frozen=True)
class DigestSeen:
    """`late_since` is given when the digest is late: when it was due."""

    news: Digest
    late_since: datetime | None


@dataclass(frozen=True)
class WhereSeen:
    """A place: the shared channel, a person's direct messages, a group message, or the channel of those who decide."""

    is_shared_channel: bool
    person: str | None
    is_person: bool
    is_group: bool = False


@dataclass(frozen=True)
class LostSeen:
    """Another post that did not get through, or of which nobody knows. `error` is Slack's own word, or ours.

    `title` is that of the item it is about; `answered_by` is a name, `is_there` what they said, None while nobody did.
    `is_theirs_to_answer`: those who read it may say so. `is_settled`: the bot knows by itself. `is_owed`: it is tried further; `stands_aside`: others pass it.
    `is_file`: its words have arrived, and its file has not.
    """

    post_id: int
    kind: PostKind
    where: WhereSeen
    error: str | None
    title: str | None = None
    answered_by: str | None = None
    is_there: bool | None = None
    is_theirs_to_answer: bool = True
    is_settled: bool = False
    is_owed: bool = False
    stands_aside: bool = False
    is_file: bool = False

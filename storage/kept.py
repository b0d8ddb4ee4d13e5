"""What is kept of people: every column that holds words, names or ids of Slack. Exports and erasing go by this table."""

from typing import Any

from storage.coming import WORD_OF_COMING_STAYS
from storage.heartbeats import BEATS_STAY
from storage.inbox import DEEDS_STAY
from storage.keeping import Ends, Erase, Export, Holds, Kept, Reader, Whose
from storage.reasons import REASONS_STAY

BOTH = frozenset(Export)
THEIRS = frozenset({Export.PERSON})
OURS = frozenset({Export.CONSORTIUM})
NO_EXPORT: frozenset[Export] = frozenset()

WORDS, NAME, SLACK_ID = (frozenset({one}) for one in Holds)

EVERYBODY = frozenset({Reader.EVERYBODY})
HOST_AND_PROPOSER = frozenset({Reader.HOST, Reader.PROPOSER})
NOBODY: frozenset[Reader] = frozenset()

CHANNELS = ("consortium.channel_id", "collaborative.curators_channel_id")
PLACES = (*CHANNELS, "person.user_id")


def _of_the_consortium(column: str, holds: frozenset[Holds], **more: Any) -> Kept:
    """A setting. The newest is all there is."""
    about: dict[str, Any] = {"readers": EVERYBODY, "exports": OURS, "ends": Ends.WHEN_CHANGED}
    return Kept(column=column, holds=holds, whose=Whose.CONSORTIUM, erase=Erase.NOTHING, **about | more)


def _of_an_item(column: str, holds: frozenset[Holds], **more: Any) -> Kept:
    about: dict[str, Any] = {"readers": EVERYBODY, "exports": BOTH, "erase": Erase.EMPTY}
    return Kept(
        column=f"item.{column}", holds=holds, whose="proposer_id", ends=Ends.WHEN_CHANGED, **about | more
    )


def _of_a_decision(column: str, remark: str = "") -> Kept:
    return Kept(
        column=f"item.{column}",
        holds=WORDS,
        whose="decided_by_id",
        readers=HOST_AND_PROPOSER,
        exports=THEIRS,
        erase=Erase.EMPTY,
        ends=Ends.WHEN_OLD,
        stays=REASONS_STAY,
        remark=remark,
    )


def _of_a_question(column: str, whose: str, remark: str) -> Kept:
    return Kept(
        column=f"question.{column}",
        holds=WORDS,
        whose=whose,
        readers=HOST_AND_PROPOSER,
        exports=THEIRS,
        erase=Erase.EMPTY,
        ends=Ends.WHEN_CHANGED,
        remark=remark,
    )


def _of_the_day(column: str, whose: str, remark: str, erase: Erase = Erase.ROW) -> Kept:
    """What people say of coming to a meeting: for its host alone, and not for long."""
    return Kept(
        column=column,
        holds=WORDS,
        whose=whose,
        readers=frozenset({Reader.HOST}),
        exports=THEIRS,
        erase=erase,
        ends=Ends.WHEN_OLD,
        stays=WORD_OF_COMING_STAYS,
        remark=remark,
    )


def _of_a_tip(column: str, **more: Any) -> Kept:
    about: dict[str, Any] = {"readers": EVERYBODY, "exports": BOTH}
    return Kept(column=f"tip.{column}", holds=WORDS, whose="person_id", erase=Erase.ROW, **about | more)


def _of_a_post(column: str, **more: Any) -> Kept:
    about: dict[str, Any] = {"whose": Whose.WHOSE_PLACE_IT_IS, "readers": NOBODY, "erase": Erase.NEW_ID}
    return Kept(column=f"post.{column}", holds=SLACK_ID, exports=NO_EXPORT, **about | more)


KEPT = (
    _of_the_consortium("consortium.name", NAME),
    _of_the_consortium("consortium.called_one", WORDS),
    _of_the_consortium("consortium.called_many", WORDS),
    _of_the_consortium("consortium.team_id", SLACK_ID, readers=NOBODY, ends=Ends.NEVER),
    _of_the_consortium("consortium.channel_id", SLACK_ID),
    _of_the_consortium(
        "consortium.address",
        SLACK_ID,
        exports=NO_EXPORT,
        remark="Where the workspace is on the web, as Slack tells it. Links to messages begin so.",
    ),
    _of_the_consortium("collaborative.name", NAME),
    _of_the_consortium("collaborative.office", WORDS),
    _of_the_consortium("collaborative.curators_channel_id", SLACK_ID, readers=NOBODY),
    _of_the_consortium(
        "channel.channel_id",
        SLACK_ID,
        readers=NOBODY,
        exports=NO_EXPORT,
        ends=Ends.NEVER,
        copies=CHANNELS,
        remark="Channels that are or were theirs.",
    ),
    _of_the_consortium(
        "former_channel_id.former_id",
        SLACK_ID,
        readers=NOBODY,
        exports=NO_EXPORT,
        ends=Ends.NEVER,
        remark="What Slack called a channel before it gave it a new id: one of theirs, or one that may become theirs.",
    ),
    _of_the_consortium(
        "former_channel_id.channel_id",
        SLACK_ID,
        readers=NOBODY,
        exports=NO_EXPORT,
        ends=Ends.NEVER,
        copies=CHANNELS,
    ),
    _of_the_consortium("meeting.office", WORDS, copies=("collaborative.office",)),
    _of_the_consortium(
        "meeting.planned",
        WORDS,
        readers=NOBODY,
        exports=NO_EXPORT,
        copies=("meeting.office", "collaborative.office"),
        remark="What the consortium's file said last.",
    ),
    _of_the_consortium(
        "meeting.moved_from",
        WORDS,
        copies=("meeting.office", "collaborative.office"),
        remark="When and where it was before it moved.",
    ),
    _of_the_consortium(
        "meeting.welcome",
        WORDS | NAME,
        copies=("collaborative.office",),
        remark="What its host tells of the day. First names of staff who agreed may stand in it.",
    ),
    Kept(
        column="person.name",
        holds=NAME,
        whose="id",
        readers=EVERYBODY,
        exports=BOTH,
        erase=Erase.NEUTRAL_WORD,
        ends=Ends.WHEN_CHANGED,
        remark="What Slack calls them.",
    ),
    Kept(
        column="person.team_id",
        holds=SLACK_ID,
        whose="id",
        readers=NOBODY,
        exports=THEIRS,
        erase=Erase.NEW_ID,
    ),
    Kept(
        column="person.user_id",
        holds=SLACK_ID,
        whose="id",
        readers=frozenset({Reader.ADMINS}),
        exports=THEIRS,
        erase=Erase.NEW_ID,
    ),
    _of_an_item("title", WORDS, erase=Erase.NEUTRAL_WORD, remark="A draft is seen by its author alone."),
    _of_an_item("details", WORDS),
    _of_an_item("links", WORDS),
    _of_an_item("lead", NAME, remark="Maybe somebody's who is not in Slack."),
    _of_an_item("on_behalf_of", NAME, remark="Maybe somebody's who is not in Slack."),
    _of_an_item("placed_title", WORDS, remark="What the host calls it on the agenda."),
    _of_an_item("placed_lead", NAME, remark="Who leads it, as the host says."),
    _of_the_consortium("item.heading", WORDS, remark="The heading under which the host puts an item."),
    _of_a_decision("reason", "One of a few words of the program's own, about a person's item."),
    _of_a_decision("note"),
    Kept(
        column="publication.entries",
        holds=WORDS | NAME,
        whose=Whose.ITEMS_IN_IT,
        readers=EVERYBODY,
        exports=OURS,
        erase=Erase.ENTRIES,
        copies=(
            *("item.title", "item.lead", "item.on_behalf_of"),
            *("item.placed_title", "item.placed_lead", "item.heading"),
            *("collaborative.name", "person.name"),
        ),
        remark=(
            "Every version of an agenda that was published. Whoever is with no collaborative is named. "
            "An entry also says whose the items are that go together with it."
        ),
    ),
    Kept(
        column="result.outcome",
        holds=WORDS,
        whose="written_by_id",
        readers=EVERYBODY,
        exports=BOTH,
        erase=Erase.EMPTY,
        ends=Ends.WHEN_CHANGED,
        remark="What came of an item, in a line. The host's team reads it before the notes are sent.",
    ),
    Kept(
        column="follow_up.words",
        holds=WORDS,
        whose="written_by_id",
        readers=EVERYBODY,
        exports=BOTH,
        erase=Erase.NEUTRAL_WORD,
        ends=Ends.WHEN_CHANGED,
        remark="What somebody is to do. That person and the host's team read it before the notes are sent.",
    ),
    _of_a_question("words", "asked_by_id", "What the host asks about an item."),
    _of_a_question("answer", "answered_by_id", "What the item's proposer answers."),
    _of_the_day(
        "coming.needs", "person_id", "What somebody needs at a meeting, of a few words of the program's own."
    ),
    _of_the_day("coming.more", "person_id", "What the host should know of somebody who comes."),
    _of_the_day(
        "party.who_is_new",
        "said_by_id",
        "Who of a collaborative is new. Its people read it in the form, too.",
        erase=Erase.EMPTY,
    ),
    Kept(
        column="legal_hold.reason",
        holds=WORDS,
        whose="began_by_id",
        readers=frozenset({Reader.ADMINS}),
        exports=BOTH,
        erase=Erase.EMPTY,
        ends=Ends.WHEN_CHANGED,
    ),
    Kept(
        column="set_aside.words",
        holds=WORDS | NAME,
        whose="person_id",
        readers=NOBODY,
        exports=BOTH,
        erase=Erase.ROW,
        ends=Ends.WITH_THE_HOLD,
        remark="What was taken off every screen while a legal hold lasted.",
    ),
    _of_a_tip("topic"),
    _of_a_tip("text"),
    _of_a_tip(
        "findable", readers=NOBODY, exports=NO_EXPORT, copies=("tip.topic", "tip.text"), remark="For search."
    ),
    _of_a_post(
        "key",
        whose=Whose.WHO_IS_IN_IT,
        copies=PLACES,
        remark="It holds the place, and of messages about other messages theirs, too.",
    ),
    _of_a_post(
        "place",
        readers=frozenset({Reader.ADMINS, Reader.HOST}),
        copies=PLACES,
        remark="A channel, or a person's direct messages by their user id; shown by name.",
    ),
    _of_a_post("files", erase=Erase.LATER, remark="The files that may have been shared by the message."),
    _of_a_post("channel_id", erase=Erase.LATER, copies=CHANNELS, remark="Where the message came to stand."),
    Kept(
        column="input.key",
        holds=SLACK_ID,
        whose="person_id",
        readers=NOBODY,
        exports=NO_EXPORT,
        erase=Erase.ROW,
        ends=Ends.WHEN_OLD,
        stays=DEEDS_STAY,
        copies=("person.user_id",),
        remark="The key of a click holds who clicked. What is no deed is forgotten after a week.",
    ),
    Kept(
        column="heartbeat.team_id",
        holds=SLACK_ID,
        whose=Whose.CONSORTIUM,
        readers=NOBODY,
        exports=NO_EXPORT,
        erase=Erase.NOTHING,
        ends=Ends.WHEN_OLD,
        stays=BEATS_STAY,
        copies=("consortium.team_id", "person.team_id"),
        remark="The workspace for which a bot spoke.",
    ),
)

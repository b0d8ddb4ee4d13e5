"""The kinds of messages that the bot may owe: what each is about, and the key under which it is owed."""

from enum import StrEnum
from string import Formatter
from typing import Self


class About(StrEnum):
    """What a post's subject is: `subject_id` is its id."""

    CONSORTIUM = "consortium"
    MEETING = "meeting"
    ITEM = "item"
    TIP = "tip"
    FOLLOW_UP = "follow-up"
    QUESTION = "question"
    SWAP = "swap"
    LEGAL_HOLD = "legal hold"
    POST = "post"
    CHANNEL = "channel"


class IfUnknown(StrEnum):
    """What becomes of a post of which nobody knows whether it arrived, where the bot may not look."""

    ASK = "ask"  # people say so, and nothing is sent before
    SEND_AGAIN = "send again"  # a double is better than a loss


ASK, SEND_AGAIN = IfUnknown


class PostKind(StrEnum):
    """A kind of message that the bot may owe: its name, what it is `about`, the `key_format`, and what becomes of it `if_unknown`.

    `days_before` is set for what is due that many days before its meeting, at the hour of the calls, and moves with both.
    All else about a kind stands in one record, in handlers/delivery/kinds_about_items.py or kinds_about_meetings.py.
    """

    about: About
    key_format: str
    if_unknown: IfUnknown
    days_before: int | None

    def __new__(
        cls, name: str, about: About, key_format: str, if_unknown: IfUnknown, days_before: int | None = None
    ) -> Self:
        kind = str.__new__(cls, name)
        kind._value_, kind.about, kind.key_format, kind.days_before = name, about, key_format, days_before
        kind.if_unknown = if_unknown
        return kind

    def key(self, **ids: object) -> str:
        """The key of one post of this kind. A post is owed once for ever under its key.

        Raises ValueError if these are not the ids that the format names: posts of two people would be taken for one.
        """
        if ids.keys() != {name for _, name, _, _ in Formatter().parse(self.key_format) if name}:
            raise ValueError(f"a key of {self} is made as {self.key_format}")
        return self.key_format.format(**ids)

    @property
    def is_owed_in_each_place(self) -> bool:
        """Whether its key names the place. What is told once, wherever the shared channel is, has a key without one."""
        is_in_key = any(f"{{{place}}}" in self.key_format for place in ("place", "channel", "once_in"))
        return self.is_of_a_group or is_in_key

    @property
    def follows_the_channel(self) -> bool:
        """Whether it goes where the shared channel is by then, as long as it was not told. Others are owed anew in each place."""
        return not self.is_owed_in_each_place or "{once_in}" in self.key_format

    @property
    def is_of_a_group(self) -> bool:
        """Whether it is for those of one group message, wherever others are told anything."""
        return "{group}" in self.key_format

    @property
    def is_of_a_day(self) -> bool:
        """Whether it is sent on one day, which its key or its meeting tells, and on no other. A day until which something is to be done is none."""
        return "{day}" in self.key_format or self.days_before is not None

    @property
    def is_rather_doubled(self) -> bool:
        """Whether a double of it is better than a loss."""
        return self.if_unknown == SEND_AGAIN

    # the doors in the shared channel
    STANDING = "standing", About.CONSORTIUM, "standing:{consortium}:{channel}", ASK
    CARD = "card", About.ITEM, "card:{item}:{meeting}:{place}", ASK
    OUTCOME = "outcome", About.ITEM, "outcome:{item}:{telling}", ASK
    AGENDA = "agenda", About.MEETING, "agenda:{meeting}:{channel}", ASK
    CALL = "call", About.MEETING, "call:{meeting}:{day}:{days_before}", ASK
    DIGEST = "digest", About.CONSORTIUM, "digest:{consortium}:{day}", ASK
    PROPOSED_MEETING = "proposed meeting", About.MEETING, "proposed:{meeting}:{place}", ASK
    MOVED_MEETING = "moved meeting", About.MEETING, "moved:{meeting}:{to}:{number}", ASK
    CANCELLED_MEETING = "cancelled meeting", About.MEETING, "cancelled:{meeting}", ASK
    # to those who had asked for a reminder, brought something, or were to decide
    CANCELLED_FOR_ONE = "cancelled for one", About.MEETING, "cancelled_for:{meeting}:{place}", ASK
    # to the host, some days before items close, and to those who decide for others
    STILL_WAITING = "still waiting", About.MEETING, "waiting:{meeting}:{day}:{days_left}:{place}", ASK
    NOTHING_YET = "nothing yet", About.MEETING, "nothing:{meeting}:{place}", ASK
    # to the host some days before the meeting, and to admins if it would like some
    HELP_OFFERED = "help offered", About.MEETING, "help_offered:{meeting}:{place}", ASK
    HELP_WANTED = "help wanted", About.MEETING, "help_wanted:{meeting}:{place}", ASK
    # in the shared channel, while people meet
    LIVE = "live meeting", About.MEETING, "live:{meeting}:{channel}", ASK
    # to the host on the evening of its day, and to everybody the day after
    AFTER_MEETING = "after meeting", About.MEETING, "after:{meeting}:{place}", ASK
    NOTES = "notes", About.MEETING, "notes:{meeting}", ASK
    # to whoever has it to do until that day; and to the host, if that person says that it is not theirs
    FOLLOW_UP = "follow-up", About.FOLLOW_UP, "follow_up:{follow_up}:{until}:{place}", ASK
    FOLLOW_UP_DECLINED = (
        "follow-up declined",
        About.FOLLOW_UP,
        "declined:{follow_up}:{number}:{place}",
        ASK,
    )
    # to who asked for it
    REMINDER = "reminder", About.MEETING, "reminder:{meeting}:{place}", ASK, 1
    CALENDAR_FILE = (
        "calendar file",
        About.MEETING,
        "calendar:{meeting}:{sequence}:{day}:{place}",
        SEND_AGAIN,
    )
    # the same, of the agenda or the notes
    DOCUMENT = "document", About.MEETING, "document:{of}:{way}:{meeting}:{state}:{day}:{place}", SEND_AGAIN
    # all that is kept about them, to them alone
    ABOUT_ME = "about me", About.CONSORTIUM, "about_me:{person}:{way}:{state}:{day}:{place}", SEND_AGAIN
    # the counts of the last quarters, to who asked for them, and to everybody where a host posts them
    LOOK_BACK = "look back", About.CONSORTIUM, "look_back:{consortium}:{day}:{place}", ASK
    LOOK_BACK_FOR_ALL = "look back for all", About.CONSORTIUM, "look_back_for_all:{consortium}:{day}", ASK
    RECONSIDERED = "reconsidered", About.ITEM, "reconsidered:{item}:{telling}", ASK
    CARRIED_OVER = "carried over", About.ITEM, "carried:{item}:{meeting}", ASK
    # the same where it goes on for the second time, with the question whether they still want to talk about it
    STILL_WANTED = "still wanted", About.ITEM, "still_wanted:{item}", ASK
    # to who brought an item, by its host
    QUESTION = "question", About.QUESTION, "question:{question}", ASK
    # to a host whom another asks to host in their place, and to who asked
    SWAP = "swap", About.SWAP, "swap:{swap}:{place}", ASK
    SWAP_ANSWER = "swap answer", About.SWAP, "swap_answer:{swap}", ASK
    # in the shared channel: its thread is where people talk about an item; and in a group message, to those who asked for it
    SEPARATE_TALK = "separate talk", About.ITEM, "separate:{item}:{once_in}", ASK
    GROUP_TALK = "group talk", About.ITEM, "group:{item}:{group}", SEND_AGAIN
    # to the host, of an item that was on the agenda
    WITHDRAWAL = "withdrawal", About.ITEM, "withdrawal:{item}:{place}", ASK
    # to who brought an item or shared a tip, when its words were removed
    WORDS_REMOVED = "words removed", About.ITEM, "removed:{item}:{number}", ASK
    TIP_REMOVED = "tip removed", About.TIP, "removed tip:{tip}", ASK
    # to admins
    UNDELIVERED = (
        "undelivered",
        About.POST,
        "undelivered:{consortium}:{place}:{cause}:{day}:{admin}",
        SEND_AGAIN,
    )
    CHANNEL = "channel", About.CHANNEL, "channel:{channel}:{cause}:{day}:{admin}", SEND_AGAIN
    NOT_GRANTED = (
        "not granted",
        About.CONSORTIUM,
        "not_granted:{consortium}:{capability}:{admin}",
        SEND_AGAIN,
    )
    LEGAL_HOLD = "legal hold", About.LEGAL_HOLD, "hold:{hold}:{until}:{place}", ASK
    HOLD_ENDS = "hold ends", About.LEGAL_HOLD, "hold_ends:{hold}:{until}:{place}", ASK
    # to the host, who is asked whether the other post is there
    UNSURE = "unsure", About.POST, "unsure:{post}:{fence}:{place}", SEND_AGAIN


FILES = (PostKind.CALENDAR_FILE, PostKind.DOCUMENT, PostKind.ABOUT_ME)
"""A file goes with them. It stays as it was, so none of these is edited: whoever wants the newest asks for it."""
GOES_FIRST = (PostKind.LIVE,)
"""Before all else that is owed to its place, and elsewhere: people sit together and wait for it. Nothing waits for it while it rests."""
LIST_ITEMS = (
    *(PostKind.AGENDA, PostKind.CALL, PostKind.STILL_WAITING, PostKind.REMINDER, PostKind.NOTES),
    *(PostKind.DIGEST, PostKind.DOCUMENT, PostKind.LIVE),
)
"""They show the words of items, of their meeting or of their week, and are about none of these."""
QUOTE_ITEMS = (PostKind.UNSURE,)
"""They are about another post, and repeat the title of its item."""
HOLD_ALL = (PostKind.ABOUT_ME,)
"""Their files hold all that is kept about somebody. A few words of others stand there, such as a host's note."""

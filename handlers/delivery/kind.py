"""What delivery has to know of a kind of posts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot import overtaken
from bot.errors import Words
from bot.quiet import Noise
from bot.telling import rules
from handlers.blocks.kit import Message
from handlers.files.file import File
from storage.consortia import Consortium
from storage.outcomes import Outcome
from storage.posts import Post
from storage.tenancy import Session

View = TypeVar("View")
Consequence = Callable[[Session, Post, datetime], None]


@dataclass(frozen=True)
class Kind(Generic[View]):
    """One kind of message that the bot may owe.

    `view` reads what it has to say, in a transaction; None: it is owed no longer. `draw` puts that into blocks, after it.
    `among_others` draws it where it shares a message with others, if it takes less room there. `noise`: when a new one may ring, whose patience it uses, and into what it merges.
    `called` is how people call it; None if nobody is ever told that it did not get through. `is_told_once`: if it can't be
    edited any more, nobody needs a second message; nor as long as what people press `stands_as_posted`. `is_replaced`: whether it is posted anew where somebody has deleted it
    and there is more to say: what people still press is, what they were told once is not. `after_its_end` is what it means for its subject that it was sent, or can't be sent.
    `when_put_off`: what follows where the bot itself waits with it.
    `file`: what goes up with it, in its own words; it may take long to make. `draw` is what is said where Slack takes no file.
    `with_chart` draws it with Slack's own chart. `draw` says the same where a workspace has none.
    `is_whole_elsewhere`: all of it can be read and pressed on the board, under one's own items or among one's follow-ups, so it gives way first where room is short.
    `rests`: so long after each edit no other is made, where many may press at once. `longest_pause`: it is tried again that soon after any failure, where people sit and wait for it.
    `overtaken`: what becomes of it instead of being posted, where it comes too late or another says the same.
    """

    view: Callable[[Session, Consortium, Post, datetime], View | None]
    draw: Callable[[View], Message]
    noise: Noise
    file: Callable[[View], File] | None = None
    with_chart: Callable[[View], Message] | None = None
    among_others: Callable[[View], Message] | None = None
    called: Words | None = None
    is_told_once: bool = False
    stands_as_posted: Callable[[Session, Post], bool] = rules.never
    is_whole_elsewhere: bool = False
    is_replaced: Callable[[Session, Post], bool] = rules.never
    after_its_end: Consequence | None = None
    when_put_off: Consequence | None = None
    rests: timedelta = timedelta()
    longest_pause: timedelta | None = None
    overtaken: Callable[[Session, Consortium, Post, datetime], Outcome | None] = overtaken.never

    @property
    def stays_as_it_is(self) -> bool:
        """Whether it is never edited: whoever wants the newest asks for it."""
        return self.file is not None or self.with_chart is not None


def in_turn(*consequences: Consequence) -> Consequence:
    def follow(session: Session, post: Post, now: datetime) -> None:
        for consequence in consequences:
            consequence(session, post, now)

    return follow

"""The messages of a channel, as one person sees them, kept in step with the world."""

import json
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

from nicegui import ui

from playground.page.blocks import draw_blocks
from playground.page.dates import clock_time, divider
from playground.page.files import draw_file
from playground.page.hands import Hands
from playground.page.html import box, button, words
from playground.page.people import avatar
from playground.page.reader import Reader
from playground.page.surface import Surface
from playground.page.text import mrkdwn
from playground.slack.app import Shortcut
from playground.slack.world import Channel, Json, Message, World

Menu = Mapping[str, Callable[[], Awaitable[None]]]
"""By name, what can be done with a message."""
COMPACT_WITHIN = 5 * 60
"""Seconds within which a second message of the same person stands under the first without a name."""


BRING_INTO_SIGHT = """(ts) => setTimeout(() => {
    const message = document.querySelector(`[data-message-ts="${ts}"]`);
    const pane = message?.closest('.pane');
    message?.scrollIntoView({block: message.offsetHeight > pane.clientHeight ? 'start' : 'nearest'});
}, 50)"""
"""Of what is longer than the screen, the beginning."""
ANSWERED_WITHIN = 5.0
"""Seconds. What else comes later is not what one waits for."""


class Conversation:
    def __init__(
        self, world: World, reader: Reader, channel: str, hands: Hands, shortcuts: Sequence[Shortcut]
    ) -> None:
        self.world, self.reader, self.channel, self.hands = world, reader, channel, hands
        self._shortcuts = shortcuts
        self._drawn: dict[str, tuple[str, ui.element]] = {}
        self._is_new = True
        self._acted_at = -ANSWERED_WITHIN
        with box("div", "pane"):
            self._list = box("div", "messages", role="log", aria_label="Messages")
        with self._list:
            _beginning(world.channels[channel])
        self.refresh()

    def refresh(self) -> None:
        """Draw what is new, draw again what changed, and leave the rest alone: a menu may be open in it."""
        seen = threaded(self.world.seen_by(self.reader.person, self.channel))
        self._forget({message.ts for message in seen})
        for position, (before, message) in enumerate(zip([None, *seen], seen, strict=False), start=1):
            self._show(message, before, position)
        self._is_new = False

    def _forget(self, kept: set[str]) -> None:
        for gone in self._drawn.keys() - kept:
            self._drawn.pop(gone)[1].delete()

    def _show(self, message: Message, before: Message | None, position: int) -> None:
        day = self._day_begun(message, before)
        is_compact = day is None and _compact(message, before)
        today = self.reader.now().date()  # shows in words like yesterday
        look = json.dumps(
            [message.blocks, message.text, message.edited, message.files, day, is_compact, f"{today}"]
        )
        was, place = self._drawn.get(message.ts, (None, None))
        if place is None:
            with self._list:
                place = box("div")
            place.move(target_index=position)
            if not self._is_new and self._is_answer(message):
                self._list.client.run_javascript(f"({BRING_INTO_SIGHT})('{message.ts}')")
        if was != look:
            place.clear()
            with place:
                self._draw(message, day, compact=is_compact)
            self._drawn[message.ts] = (look, place)

    def _is_answer(self, message: Message) -> bool:
        """What one said, what only oneself is told, and what the app says to all as soon as one has pressed something."""
        is_own = self.reader.person in (message.only_for, message.user)
        return is_own or (message.from_app and time.monotonic() - self._acted_at < ANSWERED_WITHIN)

    def _day_begun(self, message: Message, before: Message | None) -> str | None:
        """What the line above the message says, if a day begins with it."""
        moment = self.reader.local(float(message.ts))
        if before is not None and self.reader.local(float(before.ts)).date() == moment.date():
            return None
        return divider(moment, self.reader.now())

    def _draw(self, message: Message, day: str | None, *, compact: bool) -> None:
        if day is not None:
            with box("div", "day"):
                words(day)
        draw_message(message, self.world, self._surface(message), self._menu(message), compact=compact)

    def _menu(self, message: Message) -> Menu:
        """What Slack offers beside what a person has said. It does so of all messages; what an app said would have too many buttons."""
        author = self.world.people.get(message.user)
        offered = [] if author is None or author.is_bot or message.only_for else self._shortcuts
        return {one.name: partial(self.hands.use_shortcut, message, one) for one in offered}

    def _surface(self, message: Message) -> Surface:
        click = partial(self._clicked, message)
        entries = message.entries.get(self.reader.person, {})
        return Surface(self.reader, click=click, enter=click, entries=entries)

    async def _clicked(self, message: Message, block_id: str, element: Json, value: Any) -> None:
        self._acted_at = time.monotonic()
        await self.hands.click(message, block_id, element, value)


def threaded(messages: list[Message]) -> list[Message]:
    """Replies stand under what they answer."""
    return sorted(messages, key=lambda message: (message.thread_ts or message.ts, message.ts))


def draw_message(message: Message, world: World, surface: Surface, menu: Menu, *, compact: bool) -> None:
    css = f"message {'compact' if compact else ''} {'reply' if message.is_reply else ''} {'private' if message.only_for else ''}"
    with box("div", css, data_message_ts=message.ts):
        if message.only_for:
            words("👁 Only visible to you", "div", "only-you")
        if not compact:
            avatar(world.people.get(message.user))
        with box("div", "said"):
            if not compact:
                _signature(message, world, surface.reader)
            _content(message, surface)
            for file_id in message.files:
                draw_file(world.files[file_id])
            for name, use in menu.items():
                button(name, "shortcut").on("click", use)


def _signature(message: Message, world: World, reader: Reader) -> None:
    author = world.people.get(message.user)
    with box("div", "who"):
        words(reader.name_of(message.user), "b")
        if author and author.is_bot:
            words("APP", css="tag")
        elif author and author.team_id != world.people[reader.person].team_id:
            words(world.workspaces[author.team_id].name, css="tag")
        words(clock_time(reader.local(float(message.ts))), "time", "when")


def _content(message: Message, surface: Surface) -> None:
    if message.blocks:
        draw_blocks(message.blocks, surface)
    else:
        words(mrkdwn(message.text, surface.reader), "div", "text")
    if message.edited:
        words("(edited)", css="edited")


def _compact(message: Message, before: Message | None) -> bool:
    return (
        before is not None
        and (before.user, before.only_for, before.is_reply)
        == (message.user, message.only_for, message.is_reply)
        and float(message.ts) - float(before.ts) < COMPACT_WITHIN
    )


def _beginning(channel: Channel) -> None:
    what = "this conversation" if channel.is_direct else f"the #{channel.name} channel"
    words(f"This is the very beginning of {what}.", "p", "beginning")

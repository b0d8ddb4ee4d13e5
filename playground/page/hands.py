"""What the person at the page does, told to the small Slack."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import time
from typing import Any

from playground.page.text import escaped
from playground.slack.app import Shortcut
from playground.slack.server import Slack
from playground.slack.world import Json, Message, View


@dataclass(frozen=True)
class Hands:
    """`did` is told what was typed, or what stands on what was pressed or handed in, and `picked` the times in a form."""

    slack: Slack
    person: str
    did: Callable[[str], None]
    picked: Callable[[Iterable[time]], None]

    async def type(self, channel: str, text: str) -> None:
        """Words are escaped by Slack's own client: docs.slack.dev/messaging/formatting-message-text."""
        await self.slack.types(self.person, channel, text if text.startswith("/") else escaped(text))
        self.did(text)

    async def click(self, where: Message | View, block_id: str, element: Json, value: Any) -> None:
        chosen = {"value": value} if element["type"] == "button" else {"selected": value}
        await self.slack.clicks(self.person, where, element["action_id"], block_id=block_id, **chosen)
        self.did(element.get("text", {}).get("text", ""))

    async def use_shortcut(self, message: Message, shortcut: Shortcut) -> None:
        await self.slack.uses_shortcut(self.person, shortcut.callback_id, message)
        self.did(shortcut.name)

    async def enter(self, block_id: str, element: Json, value: Any) -> None:
        await self.slack.fills(self.person, block_id, element["action_id"], value)

    async def submit(self) -> bool:
        """Whether the app took the form."""
        form = self.slack.form(self.person)
        if form is None:
            return False
        title, times = (
            form.content["title"]["text"],
            _times(form),
        )  # the app may put something else in its place
        is_taken = await self.slack.submits(self.person) == {}
        if is_taken:
            self.picked(times)
            self.did(f"{title}:")
        return is_taken

    async def close(self) -> None:
        await self.slack.closes(self.person)

    async def open_home(self) -> None:
        await self.slack.opens_home(self.person)


def _times(form: View) -> list[time]:
    """What an app is set to, it may do at that hour."""
    entries = [entry for block in form.entries.values() for entry in block.values()]
    return [time.fromisoformat(entry["selected_time"]) for entry in entries if entry.get("selected_time")]

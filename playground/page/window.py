"""One browser tab: the bar, the left side, and the channel, direct message or Home tab that one looks at."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time

from nicegui import ui

from playground.guide import TIME_PASSES, Guide, becoming
from playground.page.bar import ClockPanel, WhoPicker
from playground.page.composer import composer
from playground.page.confirm import confirmed
from playground.page.forms import Modal
from playground.page.guidance import Guidance
from playground.page.hands import Hands
from playground.page.home import HomeTab
from playground.page.html import box, button, words
from playground.page.messages import Conversation
from playground.page.places import APP, HOME, Place, Places
from playground.page.reader import Reader, reader
from playground.page.sidebar import Sidebar
from playground.passing import Passing
from playground.slack.server import Slack


@dataclass(frozen=True)
class Scene:
    """What every open page shows: the small Slack, how time passes in it, and who plays what."""

    slack: Slack
    passing: Passing
    hours: set[time]
    """At which something may be due."""
    roles: Mapping[str, str]
    places: Places
    guide: Guide
    forget: Callable[[], None]


def _plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


FORGETTING = {
    "title": _plain("Forget this story?"),
    "text": _plain(
        "All that was said and decided here is gone, for everybody who plays, and a new story begins."
    ),
    "confirm": _plain("Forget it"),
    "deny": _plain("Go on with it"),
    "style": "danger",
}


class Window:
    def __init__(self, scene: Scene, person: str, key: str) -> None:
        self.scene, self.world = scene, scene.slack.world
        self._loop = asyncio.get_running_loop()
        self._refreshing = False
        self._root = box("div", "window")
        self._root.on("keydown.esc", self._close_side)
        self.key = key
        self.become(person)

    def become(self, person: str) -> None:
        """Sit down as somebody else: everything is drawn anew."""
        self.person = person
        self.hands = Hands(self.scene.slack, person, self.scene.guide.did, self.scene.hours.update)
        self.reader: Reader = reader(self.world, person)
        self._root.clear()
        with self._root:
            self._frame()
        self.go(self.key)
        self.scene.guide.did(becoming(person))

    def _lead(self, person: str, key: str) -> None:
        self.key = key
        self.become(person)

    def go(self, key: str) -> None:
        place = self.scene.places.find(self.person, key)
        self.key = HOME if (key, place.key) == (HOME, APP) else place.key
        self._side.close()
        self._main.clear()
        with self._main:
            self._show(self._place)
        self._root.client.run_javascript(f"history.replaceState(null, '', '?as={self.person}&in={self.key}')")
        self.refresh()

    @property
    def _place(self) -> Place:
        return self.scene.places.find(self.person, self.key)

    def watch(self, _: str) -> None:
        """Something changed: draw once, however much changes in this turn of the loop."""
        if not self._refreshing:
            self._refreshing = True
            self._loop.call_soon(self._refresh_once)

    def _refresh_once(self) -> None:
        self._refreshing = False
        self.refresh()

    def refresh(self) -> None:
        place = self._place
        if isinstance(self._view, Conversation):
            self.scene.places.read(self.person, self._view.channel)
        self._view.refresh()
        self._side.refresh(place.key)
        self._who.refresh()
        self._guidance.refresh()
        self._modal.refresh()

    def _frame(self) -> None:
        with box("header", "bar"):
            door = button("☰", "menu-button", aria_label="Channels")
            self._who = WhoPicker(self.scene.places, self.scene.roles, self.person, self.become)
            box("span", "spring")
            help_me = button("?", "help", aria_label="What to try first")
            help_me.on("click", lambda: self.scene.guide.hide(hidden=False))
            ClockPanel(self.scene.passing, self.reader, self._passed, self.refresh)
        self._guidance = Guidance(self.scene.guide, self.reader, lambda: (self.person, self.key), self._lead)
        self._side = Sidebar(self.scene.places, self.person, self.go, door, self._forget)
        self._main = box("main", "main")
        self._modal = Modal(self.world, self.reader, self.hands)

    def _close_side(self) -> None:
        self._side.close()

    async def _forget(self) -> None:
        if await confirmed(FORGETTING, self.reader):
            ui.notify("A new story begins. This page comes back within a minute.", position="top", timeout=0)
            ui.timer(1, self.scene.forget, once=True)

    def _passed(self) -> None:
        self.scene.guide.did(TIME_PASSES)
        if isinstance(self._view, HomeTab):  # an app draws it when somebody opens it
            self.go(self.key)

    def _show(self, place: Place) -> None:
        with box("div", "top"):
            words(_called(place), "h2")
            if place.key == APP:
                self._tabs()
        self._view = self._content(place)
        if isinstance(self._view, HomeTab):
            return
        if place.key == APP:  # the app's manifest says so
            words("Sending messages to this app has been turned off.", "p", "read-only")
        else:
            commands = self.scene.slack.app.commands if self.scene.places.has_app(self.person) else {}
            hint = f", or type {' or '.join(sorted(commands))}" if commands else ""
            composer(_called(place), hint, commands, lambda text: self.hands.type(place.channel, text))

    def _content(self, place: Place) -> Conversation | HomeTab:
        if self.key == HOME and place.key == APP:
            ui.timer(0, self.hands.open_home, once=True)
            return HomeTab(self.world, self.reader, self.hands)
        of_messages = [one for one in self.scene.slack.app.shortcuts if one.type == "message"]
        shortcuts = of_messages if self.scene.places.has_app(self.person) else []
        return Conversation(self.world, self.reader, place.channel, self.hands, shortcuts)

    def _tabs(self) -> None:
        if not self.scene.places.has_app(self.person):
            return
        with box("div", "tabs", role="tablist"):
            for key, label in ((HOME, "Home"), (APP, "Messages")):
                tab = button(label, role="tab", aria_selected="true" if key == self.key else "false")
                tab.on("click", lambda key=key: self.go(key))


def _called(place: Place) -> str:
    return f"#{place.name}" if place.is_channel else place.name

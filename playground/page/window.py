"""One browser tab: the bar, the left side, and the channel, direct message or Home tab that one looks at."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from nicegui import ui

from playground.clock import StoryClock
from playground.page.bar import ClockPanel, WhoPicker
from playground.page.composer import composer
from playground.page.forms import Modal
from playground.page.hands import Hands
from playground.page.home import HomeTab
from playground.page.html import box, button, words
from playground.page.messages import Conversation
from playground.page.places import APP, HOME, Place, Places
from playground.page.reader import Reader, reader
from playground.page.sidebar import Sidebar
from playground.slack.server import Slack


@dataclass(frozen=True)
class Scene:
    """What every open page shows: the small Slack, the story's clock, and who plays what."""

    slack: Slack
    clock: StoryClock
    roles: Mapping[str, str]
    places: Places


class Window:
    def __init__(self, scene: Scene, person: str, key: str) -> None:
        self.scene, self.world = scene, scene.slack.world
        self._loop = asyncio.get_running_loop()
        self._refreshing = False
        self._root = box("div", "window")
        self.key = key
        self.become(person)

    def become(self, person: str) -> None:
        """Sit down as somebody else: everything is drawn anew."""
        self.person = person
        self.hands = Hands(self.scene.slack, person)
        self.reader: Reader = reader(self.world, person)
        self._root.clear()
        with self._root:
            self._frame()
        self.go(self.key)

    def go(self, key: str) -> None:
        self.key = key
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
        self._modal.refresh()

    def _frame(self) -> None:
        with box("header", "bar"):
            button("☰", "menu-button", aria_label="Channels").on("click", self._toggle_side)
            self._who = WhoPicker(self.scene.places, self.scene.roles, self.person, self.become)
            box("span", "spring")
            ClockPanel(self.scene.clock, self.reader, lambda: self.go(self.key))
        self._side = Sidebar(self.scene.places, self.person, self.go)
        self._main = box("main", "main")
        self._modal = Modal(self.world, self.reader, self.hands)

    def _toggle_side(self) -> None:
        self._side.toggle()

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
            composer(_called(place), self._hint(), lambda text: self.hands.type(place.channel, text))

    def _content(self, place: Place) -> Conversation | HomeTab:
        if self.key == HOME and place.key == APP:
            ui.timer(0, self.hands.open_home, once=True)
            return HomeTab(self.world, self.reader, self.hands)
        return Conversation(self.world, self.reader, place.channel, self.hands.click)

    def _hint(self) -> str:
        """Slack itself says nothing here; who tries the bot should know where to begin."""
        commands = " or ".join(sorted(self.scene.slack.app.commands))
        return f", or type {commands}" if self.scene.places.has_app(self.person) else ""

    def _tabs(self) -> None:
        if not self.scene.places.has_app(self.person):
            return
        with box("div", "tabs", role="tablist"):
            for key, label in ((HOME, "Home"), (APP, "Messages")):
                tab = button(label, role="tab", aria_selected="true" if key == self.key else "false")
                tab.on("click", lambda key=key: self.go(key))


def _called(place: Place) -> str:
    return place.name if place.key == APP else f"#{place.name}"

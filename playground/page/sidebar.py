"""The left side: the workspace, its channels and its app, with what is unread."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from playground.page.html import box, button, words
from playground.page.places import Place, Places


class Sidebar:
    """On a narrow screen it lies over the messages, and `door` opens it."""

    def __init__(
        self,
        places: Places,
        person: str,
        go: Callable[[str], None],
        door: ui.element,
        forget: Callable[[], Awaitable[None]],
    ) -> None:
        self.places, self.person, self.go, self._door, self.forget = places, person, go, door, forget
        self._look: object = None
        self._drawer = box("div", "drawer")
        door.on("click", lambda: self._drawer.classes(toggle="open"))
        with self._drawer:
            box("div", "beside", aria_hidden="true").on("click", self.close)
            self._side = box("nav", "side", aria_label="Channels and apps")

    def refresh(self, here: str) -> None:
        listed = {
            "Channels": self.places.channels(self.person),
            "Group messages": self.places.groups(self.person),
            "Apps": self.places.apps(self.person),
        }
        look = (here, listed)
        if look != self._look:
            self._look = look
            self._tell_of_news(self.places.unread(self.person))
            self._side.clear()
            with self._side:
                self._draw(here, listed)

    def _tell_of_news(self, unread: int) -> None:
        self._door.classes(add="news") if unread else self._door.classes(remove="news")
        self._door.props["aria-label"] = f"Channels, {unread} new" if unread else "Channels"

    def close(self) -> None:
        self._drawer.classes(remove="open")

    def _draw(self, here: str, listed: dict[str, list[Place]]) -> None:
        world = self.places.world
        with box("div", "workspace"):
            words(world.workspaces[world.people[self.person].team_id].name, "h1")
            button("✕", "side-close", aria_label="Close channels").on("click", self.close)
        for heading, places in listed.items():
            if places:
                words(heading, "h2")
            for place in places:
                self._place(place, current=place.key == here)
        button("Forget this story", "forget").on("click", self.forget)

    def _place(self, place: Place, *, current: bool) -> None:
        css = "place unread" if place.unread else "place"
        with box(
            "button", css, type="button", data_place=place.key, aria_current="page" if current else None
        ) as row:
            words(place.sign, css="sign", aria_hidden="true")
            words(place.name, css="name")
            if place.is_shared:
                words("⇄", css="shared", title="Shared with another workspace")
            if place.unread:
                words(str(place.unread), css="badge", aria_label=f"{place.unread} unread")
        row.on("click", lambda: self.go(place.key))

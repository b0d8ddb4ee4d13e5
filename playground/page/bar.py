"""The playground's own bar: who one is, and the clock of the story."""

from collections.abc import Callable, Mapping
from datetime import datetime

from nicegui import events, ui

from playground.clock import StoryClock
from playground.page.dates import clock_time, short_date
from playground.page.html import box, button, words
from playground.page.places import Places
from playground.page.reader import Reader

HOUR, DAY, WEEK = 3600, 86_400, 7 * 86_400
STEPS = {"+1 hour": HOUR, "+1 day": DAY, "+1 week": WEEK}
ON_CHANGE = "(event) => emit(event.target.value)"
ON_GO = "(event) => emit(event.target.previousElementSibling.value)"


class WhoPicker:
    """With how much each of the others has not read, so that one sees whose turn it is."""

    def __init__(
        self, places: Places, roles: Mapping[str, str], person: str, become: Callable[[str], None]
    ) -> None:
        self.places, self.roles, self.person = places, roles, person
        self._look: list[str] = []
        with box("label", "who-picker"):
            words("You are", css="caption")
            self._select = box("select", aria_label="You are")
        self._select.on("change", lambda event: become(event.args), js_handler=ON_CHANGE)

    def refresh(self) -> None:
        look = [self._words(person) for person in self.roles]
        if look == self._look:
            return
        self._look = look
        self._select.clear()
        with self._select:
            for person, text in zip(self.roles, look, strict=True):
                words(text, "option", value=person, selected=person == self.person)

    def _words(self, person: str) -> str:
        unread = self.places.unread(person)
        news = f" ({unread} new)" if unread and person != self.person else ""
        return f"{self.places.world.people[person].real_name}, {self.roles[person]}{news}"


class ClockPanel:
    def __init__(self, clock: StoryClock, reader: Reader, moved: Callable[[], None]) -> None:
        self.clock, self.reader, self.moved = clock, reader, moved
        with box("div", "group", role="group", aria_label="The story's clock"):
            self._face = words("", "time", "story")
            for label, seconds in STEPS.items():
                button(label).on("click", lambda seconds=seconds: self._advance(seconds))
            with box("span", "jump"):
                box("input", type="datetime-local", aria_label="Date and time to go to")
                button("Go").on("click", self._go_to, js_handler=ON_GO)
        self.tick()
        ui.timer(1, self.tick)

    def tick(self) -> None:
        now = self.reader.now()
        self._face.set_content(f"{now:%a}, {short_date(now)}, {clock_time(now)}")

    def _advance(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self._tell()

    def _go_to(self, event: events.GenericEventArguments) -> None:
        if event.args:
            self.clock.go_to(
                datetime.fromisoformat(event.args).replace(tzinfo=self.reader.timezone).timestamp()
            )
            self._tell()

    def _tell(self) -> None:
        self.tick()
        self.moved()

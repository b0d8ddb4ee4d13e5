"""The playground's own bar: who one is, and the clock of the story."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta

from nicegui import events, ui

from playground.clock import StoryClock
from playground.page.dates import clock_time, short_date
from playground.page.html import box, button, words
from playground.page.places import Places
from playground.page.reader import Reader

DAYS = {"+1 day": 1, "+1 week": 7}
JUST_AFTER_TEN = time(10, 1)
"""Calls and digests of the story are due at ten: a jump by days ends when they have gone out, on time."""
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
            button("+1 hour").on("click", lambda: self._go_to(self.reader.now() + timedelta(hours=1)))
            for label, days in DAYS.items():
                button(label).on("click", lambda days=days: self._skip(days))
            with box("span", "jump"):
                box("input", type="datetime-local", aria_label="Date and time to go to")
                button("Go").on("click", self._picked, js_handler=ON_GO)
        self.tick()
        ui.timer(1, self.tick)

    def tick(self) -> None:
        now = self.reader.now()
        self._face.set_content(f"{now:%a}, {short_date(now)}, {clock_time(now)}")

    def _skip(self, days: int) -> None:
        day = self.reader.now().date() + timedelta(days=days)
        self._go_to(datetime.combine(day, JUST_AFTER_TEN, self.reader.timezone))

    def _picked(self, event: events.GenericEventArguments) -> None:
        if event.args:
            self._go_to(datetime.fromisoformat(event.args).replace(tzinfo=self.reader.timezone))

    def _go_to(self, moment: datetime) -> None:
        self.clock.go_to(moment.timestamp())
        self.tick()
        self.moved()

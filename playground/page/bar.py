"""The playground's own bar: who one is, and the clock of the story."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta

from nicegui import events, ui

from playground.page.dates import clock_time, short_date
from playground.page.html import begun_with, box, button, words
from playground.page.places import Places
from playground.page.reader import Reader
from playground.passing import Passing

DAYS = {"+1 day": 1, "+1 week": 7}
TEN = time(10)
"""Calls and digests of the story are due at ten: a jump by days ends when they go out."""
FURTHEST = timedelta(days=366)
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
    """Told by `passed` that the person let time pass, and by `dawned` that another day has come."""

    def __init__(
        self,
        passing: Passing,
        reader: Reader,
        passed: Callable[[], None],
        dawned: Callable[[], None],
    ) -> None:
        self.passing, self.reader, self.passed, self.dawned = passing, reader, passed, dawned
        self._day = reader.now().date()
        self._group = box("div", "group", role="group", aria_label="The story's clock")
        with self._group:
            self._face = button("", "story", aria_haspopup="true", title="More about the time")
            self._face.on("click", lambda: self._group.classes(toggle="open"))
            for label, days in DAYS.items():
                button(label, "mover").on("click", lambda days=days: self._skip(days))
            with box("span", "more"):
                button("+1 hour", "mover hour").on("click", self._an_hour)
                self._date = box("input", type="datetime-local", aria_label="Date and time to go to")
                button("Go", "mover").on("click", self._picked, js_handler=ON_GO)
        self._offer_tomorrow()
        self.tick()
        ui.timer(0.5, self.tick)

    def tick(self) -> None:
        now = self.reader.now()
        self._face.set_content(f"{now:%a}, {short_date(now)}, {clock_time(now)}")
        self._group.props.set_bool("aria-busy", self.passing.is_under_way)
        if now.date() != self._day:
            self._day = now.date()
            self.dawned()

    async def _an_hour(self) -> None:
        await self._go_to(self.reader.now() + timedelta(hours=1))

    async def _skip(self, days: int) -> None:
        day = self.reader.now().date() + timedelta(days=days)
        await self._go_to(datetime.combine(day, TEN, self.reader.timezone))

    async def _picked(self, event: events.GenericEventArguments) -> None:
        if event.args:
            await self._go_to(datetime.fromisoformat(event.args).replace(tzinfo=self.reader.timezone))

    async def _go_to(self, moment: datetime) -> None:
        now = self.reader.now()
        if moment <= now:
            ui.notify("Time does not go back here. Choose a later moment.")
            return
        if moment - now > FURTHEST:
            ui.notify("That is more than a year away. Choose a moment that is nearer.")
            return
        self._group.props.set_bool("aria-busy", True)
        await self.passing.to(moment)
        self._group.classes(remove="open")
        self._offer_tomorrow()
        self.tick()
        self.passed()

    def _offer_tomorrow(self) -> None:
        tomorrow = datetime.combine(self.reader.now().date() + timedelta(days=1), TEN)
        begun_with(self._date, f"{tomorrow:%Y-%m-%dT%H:%M}")

"""The strip that says what to try first, with a button that leads there."""

from collections.abc import Callable

from playground.guide import END, Guide, Step
from playground.page.composer import filling_composer
from playground.page.html import box, button, words
from playground.page.reader import Reader
from playground.page.text import mrkdwn


class Guidance:
    """`here` is who one is and where, and `go` leads to a person and a place."""

    def __init__(
        self,
        guide: Guide,
        reader: Reader,
        here: Callable[[], tuple[str, str]],
        go: Callable[[str, str], None],
    ) -> None:
        self.guide, self.reader, self.here, self.go = guide, reader, here, go
        self._look: object = None
        self._strip = box("section", "guide", aria_label="What to try first")

    def refresh(self) -> None:
        look = (self.guide.position, self.guide.is_hidden, self.here())
        if look == self._look:
            return
        self._look = look
        self._strip.set_visibility(not self.guide.is_hidden)
        self._strip.clear()
        with self._strip:
            self._draw()

    def _draw(self) -> None:
        step = self.guide.step
        with box("div", "guide-words", role="status"):
            if step is None:
                words(END)
            else:
                words(f"{self.guide.position + 1} of {len(self.guide.steps)}: {step.name}.", "b")
                words(mrkdwn(step.says, self.reader), css="text")
        with box("div", "guide-acts"):
            if step is not None:
                self._lead(step)
            self._turn("←", "The step before", self.guide.position - 1)
            self._turn("→", "The next step", self.guide.position + 1)
            close = button("✕", "guide-turn", aria_label="Hide the steps")
            close.on("click", lambda: self.guide.hide(hidden=True))

    def _lead(self, step: Step) -> None:
        person, place = self.here()
        if (person, place) != (step.person, step.place):
            name = self.reader.name_of(step.person).split()[0]
            label = f"Be {name}" if person != step.person else "Take me there"
            button(label, "button primary").on("click", lambda: self.go(step.person, step.place))
        elif step.writes:
            writes = button("Write it for me", "button primary")
            writes.on("click", js_handler=filling_composer(step.writes))

    def _turn(self, sign: str, label: str, position: int) -> None:
        if 0 <= position <= len(self.guide.steps):
            button(sign, "guide-turn", aria_label=label).on("click", lambda: self.guide.go(position))

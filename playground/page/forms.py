"""Modals: the form that lies over the window, with its title, its fields and its errors."""

import json
from functools import partial

from nicegui import ui

from playground.page.blocks import draw_blocks, draw_error
from playground.page.hands import Hands
from playground.page.html import box, button, words
from playground.page.reader import Reader
from playground.page.surface import Surface
from playground.page.text import plain_text
from playground.slack.world import View, World


class Modal:
    def __init__(self, world: World, reader: Reader, hands: Hands) -> None:
        self.world, self.reader, self.hands = world, reader, hands
        self._look = ""
        self._dialog = ui.dialog().props("no-backdrop-dismiss transition-duration=100")
        self._dialog.on("escape-key", hands.close)
        self.refresh()

    def refresh(self) -> None:
        """Draw the form on top, unless it stands there already: what one is typing stays."""
        view = self.world.form(self.reader.person)
        look = "" if view is None else json.dumps([view.id, view.content, view.errors])
        if look == self._look:
            return
        self._look = look
        self._dialog.clear()
        if view is not None:
            with self._dialog:
                self._draw(view)
        self._dialog.set_value(view is not None)

    def _draw(self, view: View) -> None:
        self._dialog.props["aria-label"] = view.content["title"]["text"]
        with box("div", "modal", data_view_id=view.id):
            self._head(view)
            with box("div", "modal-body"):
                draw_error(view.errors.get(""))
                draw_blocks(view.blocks, self._surface(view))
            self._foot(view)

    def _head(self, view: View) -> None:
        with box("div", "modal-head"):
            words(plain_text(view.content["title"]), "h2", "modal-title")
            button("✕", "modal-close", aria_label="Close form").on("click", self.hands.close)

    def _foot(self, view: View) -> None:
        with box("div", "modal-foot"):
            close = view.content.get("close") or {"text": "Back" if view.previous_view_id else "Cancel"}
            button(plain_text(close), "button").on("click", self.hands.close)
            if "submit" in view.content:
                self._submit_button(view)

    def _submit_button(self, view: View) -> None:
        async def submit() -> None:
            pressed.props["disabled"] = True  # a second click has nothing to submit
            await self.hands.submit()
            pressed.props.set_bool("disabled", False)

        pressed = button(plain_text(view.content["submit"]), "button primary", data_submit=True)
        pressed.on("click", submit)

    def _surface(self, view: View) -> Surface:
        click = partial(self.hands.click, view)
        return Surface(
            self.reader, click=click, enter=self.hands.enter, entries=view.entries, errors=view.errors
        )

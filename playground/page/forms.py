"""Modals: the form that lies over the window, with its title, its fields and its errors."""

import json
from functools import partial

from markupsafe import escape
from nicegui import ui

from playground.page.blocks import Blocks
from playground.page.hands import Hands
from playground.page.html import box, button, words
from playground.page.reader import Reader
from playground.page.surface import Surface
from playground.page.text import plain_text
from playground.slack.world import View, World

FOCUS_FIRST = """(view) => {
    const tries = setInterval(() => {
        const body = document.querySelector(`[data-view-id=${view}] .modal-body`);
        if (!body || !body.offsetHeight) return;
        clearInterval(tries);
        (body.querySelector('[autofocus]') || body.querySelector('input, textarea, select'))?.focus();
    }, 50);
    setTimeout(() => clearInterval(tries), 5000);
}"""
"""As Slack does; a form takes a moment until it is there."""
SHOW_ERROR = """setTimeout(() => document.querySelector('.modal .error:not(:empty)')?.scrollIntoView({block: 'center'}))"""


class Modal:
    def __init__(self, world: World, reader: Reader, hands: Hands) -> None:
        self.world, self.reader, self.hands = world, reader, hands
        self._frame = ""
        self._dialog = ui.dialog().props("no-backdrop-dismiss transition-duration=100")
        self._dialog.on("escape-key", hands.close)

    def refresh(self) -> None:
        """Show the form on top. What stands there already stays: somebody may be typing in it."""
        view = self.world.form(self.reader.person)
        if view is None:
            self._frame = ""
            self._dialog.close()
            return
        if self._frame != _frame(view):
            self._frame = _frame(view)
            self._draw(view)
        self._blocks.show(view.blocks, self._surface(view))
        self._blocks.show_errors(view.errors)
        self._trouble.set_content(escape(view.errors.get("", "")))
        self._dialog.open()

    def _draw(self, view: View) -> None:
        self._dialog.clear()
        self._dialog.client.run_javascript(f"({FOCUS_FIRST})('{view.id}')")
        self._dialog.props["aria-label"] = view.content["title"]["text"]
        with self._dialog, box("div", "modal", data_view_id=view.id):
            self._head(view)
            with box("div", "modal-body"):
                self._trouble = words("", "div", "error", role="alert")
                self._blocks = Blocks()
            self._foot(view)

    def _head(self, view: View) -> None:
        with box("div", "modal-head"):
            words(plain_text(view.content["title"]), "h2", "modal-title")
            button("✕", "modal-close", aria_label="Close form").on("click", self.hands.close)

    def _foot(self, view: View) -> None:
        with box("div", "modal-foot"):
            close = view.content.get("close") or {"text": "Back" if view.previous_view_id else "Cancel"}
            button(plain_text(close), "button").on("click", self.hands.close)
            if view.content.get("submit"):
                self._submit_button(view)

    def _submit_button(self, view: View) -> None:
        async def submit() -> None:
            pressed.props["disabled"] = True  # a second click has nothing to submit
            if not await self.hands.submit():
                self._dialog.client.run_javascript(SHOW_ERROR)
            pressed.props.set_bool("disabled", False)

        pressed = button(plain_text(view.content["submit"]), "button primary", data_submit=True)
        pressed.on("click", submit)

    def _surface(self, view: View) -> Surface:
        return Surface(self.reader, partial(self.hands.click, view), self.hands.enter, view.entries)


def _frame(view: View) -> str:
    """What stands around the blocks; the same form may be given other blocks while it is open."""
    return json.dumps([view.id, *(view.content.get(part) for part in ("title", "close", "submit"))])

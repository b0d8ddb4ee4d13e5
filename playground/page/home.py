"""The app's Home tab: docs.slack.dev/surfaces/app-home."""

import json
from functools import partial

from playground.page.blocks import draw_blocks
from playground.page.hands import Hands
from playground.page.html import box, words
from playground.page.reader import Reader
from playground.page.surface import Surface
from playground.slack.world import World


class HomeTab:
    def __init__(self, world: World, reader: Reader, hands: Hands) -> None:
        self.world, self.reader, self.hands = world, reader, hands
        self._look: str | None = None
        self._area = box("div", "home", role="tabpanel", aria_label="Home")

    def refresh(self) -> None:
        view = self.world.homes.get(self.reader.person)
        look = json.dumps([view and view.content, view and view.errors])
        if look != self._look:
            self._look = look
            self._area.clear()
            with self._area:
                self._draw()

    def _draw(self) -> None:
        view = self.world.homes.get(self.reader.person)
        if view is None:
            words("This is a work in progress: the app has shown nothing here yet.", "p", "hint")
            return
        click = partial(self.hands.click, view)
        draw_blocks(view.blocks, Surface(self.reader, click, self.hands.enter, view.entries, view.errors))

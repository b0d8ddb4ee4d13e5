"""The app's Home tab: docs.slack.dev/surfaces/app-home."""

from functools import partial

from playground.page.blocks import Blocks
from playground.page.hands import Hands
from playground.page.html import box, words
from playground.page.reader import Reader
from playground.page.surface import Surface
from playground.slack.world import World


class HomeTab:
    def __init__(self, world: World, reader: Reader, hands: Hands) -> None:
        self.world, self.reader, self.hands = world, reader, hands
        with box("div", "home", role="tabpanel", aria_label="Home"):
            self._nothing = words(
                "This is a work in progress: the app has shown nothing here yet.", "p", "hint"
            )
            self._blocks = Blocks()

    def refresh(self) -> None:
        view = self.world.homes.get(self.reader.person)
        self._nothing.set_visibility(view is None)
        if view is not None:
            click = partial(self.hands.click, view)
            self._blocks.show(view.blocks, Surface(self.reader, click, self.hands.enter, view.entries))

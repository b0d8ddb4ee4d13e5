"""A story under way, so that nobody begins with nothing: people bring items, the host decides, a call and a digest go out.

All of it comes about as people do it: they type and press what they see, while the clock of the story moves on.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from playground import cast
from playground.passing import Passing
from playground.slack.block_kit import elements_of
from playground.slack.server import Slack
from playground.slack.world import Json, Message, View

SECONDS = 60.0
"""That the bot has for what the story waits for."""
REFERRALS = "How do you hand over a family to another of us?"
SUMMER = "Summer jobs for young people"
REPORTS = "Grant reports: what saves you time?"


class StoryStops(Exception):
    """What was waited for in vain."""


class Story:
    def __init__(self, slack: Slack, passing: Passing, meeting: date) -> None:
        self._slack, self._passing = slack, passing
        self._call = meeting - timedelta(days=cast.FIRST_CALL)

    async def tell(self) -> None:
        """From the first call to the Monday after it."""
        await self._is(0, time(10, 0))
        await self._is(0, time(10, 40))
        await self._slack.types("U0LINH", cast.SHARED, f"/agenda add {REFERRALS} (15 min)")
        await self._slack.types("U0RUTH", cast.SHARED, "We can bring fruit and coffee again 🍊")
        await self._is(0, time(14, 5))
        await self._add_by_the_form("U0KOFI", SUMMER)
        await self._is(1, time(9, 15))
        await self._press_on_card("U0MARISOL", f"Add to agenda: {REFERRALS}")
        await self._is(1, time(11, 20))
        await self._slack.types("U0GRACE", cast.SHARED, f"/agenda add {REPORTS} (10 min)")
        await self._is(4, time(10, 0))
        await self._is(4, time(10, 20))

    async def _is(self, days: int, hour: time) -> None:
        """So many days after the first call."""
        await self._passing.leap(datetime.combine(self._call + timedelta(days=days), hour, cast.TIMEZONE))

    async def _add_by_the_form(self, person: str, title: str) -> None:
        """As people do in whose workspace the app is not."""
        door = await self._sees(person, cast.SHARED, "Add an item")
        await self._press(person, door, "Add an item")
        await self._wait("a form", lambda: self._slack.form(person) is not None)
        form = self._slack.form(person)
        blocks = form.blocks if form else []
        first = next(block for block in blocks if block["type"] == "input")
        await self._slack.fills(person, first["block_id"], first["element"]["action_id"], title)
        await self._slack.submits(person)
        if self._slack.form(person):
            await self._slack.closes(person, everything=True)

    async def _press_on_card(self, person: str, words: str) -> None:
        await self._press(person, await self._sees(person, self._slack.direct(person).id, words), words)

    async def _sees(self, person: str, channel: str, words: str) -> Message:
        def those() -> list[Message]:
            return [one for one in self._slack.world.seen_by(person, channel) if any(_called(one, words))]

        await self._wait(words, lambda: bool(those()))
        return those()[0]

    async def _press(self, person: str, where: Message | View, words: str) -> None:
        block, element = next(_called(where, words))
        await self._slack.clicks(person, where, element["action_id"], block_id=block["block_id"])

    async def _wait(self, what: str, true: Callable[[], bool]) -> None:
        try:
            await self._slack.until(true, SECONDS)
        except TimeoutError:
            raise StoryStops(f"Nobody sees “{what}”.") from None


def _called(where: Message | View, words: str) -> Iterator[tuple[Json, Json]]:
    """The buttons that bear these words, or are read out so, with the blocks that they stand in."""
    for block in where.blocks:
        for element in elements_of(block):
            if words in (element.get("accessibility_label"), element.get("text", {}).get("text")):
                yield block, element

"""The ways to answer what was heard: privately, in its place, with a form, in a form, at a field."""

from typing import Any

from handlers.blocks.kit import Message, View
from handlers.hearing.calls import Line
from handlers.hearing.surfaces import Call, Way, call_for


class Answers(Line):
    """Each way raises NoSuchWay, and says nothing, where the table in `surfaces` has no call for it.

    Nobody is answered before it is known that they may be.
    """

    async def admit(self) -> None:
        """Raises UserError if this person may not be answered."""
        raise NotImplementedError

    async def answer(self, message: Message) -> None:
        """Say it to this person alone, where they are: under the command, in the form, or in the channel.

        Who clicked on Home gets it in a form; who only opened Home, on Home itself.
        """
        await self._tell(Way.PRIVATELY, message)

    async def answer_in_place(self, message: Message) -> None:
        """Say it in the place of what the person clicked in. When a form was sent in: in the place of what it lies upon, or else in its own."""
        await self._tell(Way.IN_PLACE, message)

    async def answer_page(self, message: Message) -> None:
        """A page of a long list takes the place of the one that was turned; asked for anew, it is said as an answer is."""
        await self._tell(Way.PRIVATELY if self.heard.page is None else Way.IN_PLACE, message)

    async def open(self, view: View) -> None:
        """Show a form; upon another one if the click came from there, in its place if Slack would stack no more."""
        await self._make(call_for(self.heard, Way.OPENING), view)

    async def open_message(self, message: Message) -> None:
        """Show it in a form that only tells, where a form would open."""
        await self._tell(Way.OPENING, message)

    async def become(self, view: View) -> None:
        """Show this in the form that was sent in, or that was clicked in."""
        await self._make(call_for(self.heard, Way.BECOMING), view)

    async def correct(self, block_id: str, text: str) -> None:
        """Leave the form open, as it was filled, and say what is wrong with one field."""
        await self._make(call_for(self.heard, Way.CORRECTING), {block_id: text})

    async def _tell(self, way: Way, message: Message) -> None:
        call = call_for(self.heard, way)
        await self._make(call, call.surface.shows(message))

    async def _make(self, call: Call, said: Any) -> None:
        await self.admit()
        await call.make(self, said)

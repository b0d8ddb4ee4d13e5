"""The ways to answer what was heard: privately, in its place, with a form, in a form, at a field."""

from handlers.blocks.kit import Message, View
from handlers.hearing.calls import Line
from handlers.hearing.surfaces import Way, call_for


class Answers(Line):
    """Each way raises NoSuchWay, and says nothing, where the table in `surfaces` has no call for it."""

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
        await call_for(self.heard, Way.OPENING).make(self, view)

    async def become(self, view: View) -> None:
        """Show this in the form that was sent in, or that was clicked in."""
        await call_for(self.heard, Way.BECOMING).make(self, view)

    async def correct(self, block_id: str, text: str) -> None:
        """Leave the form open, as it was filled, and say what is wrong with one field."""
        await call_for(self.heard, Way.CORRECTING).make(self, {block_id: text})

    async def _tell(self, way: Way, message: Message) -> None:
        call = call_for(self.heard, way)
        await call.make(self, call.surface.shows(message))

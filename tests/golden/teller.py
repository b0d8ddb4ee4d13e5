"""Has people do things in the small Slack, one after the other, and writes down each deed with what the bot then said."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import select

from handlers.listeners.table import LISTENERS
from playground.slack import Message, View
from program.app import Running
from storage.database import Database
from storage.posts import Post
from storage.tenancy import across_consortia
from tests.clock import FrozenClock
from tests.golden.paper import set_out
from tests.golden.wire import OF_POSTS, Wire
from tests.handlers.steps import at_rest, heard
from tests.story import SHARED, Story, bot_in

OF_ENTRIES = {
    "static_select": "selected_option",
    "multi_static_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
}


class Teller:
    """Each deed is over when all is said that is owed by then. Time moves between two ticks of the clock, never in one."""

    def __init__(self, slack: Story, clock: FrozenClock, database: Database, at_work: Running) -> None:
        self.slack, self.clock, self.database, self._at_work = slack, clock, database, at_work
        self._wire = Wire(slack)
        self._told: list[str] = []

    @property
    def page(self) -> str:
        return "\n".join(self._told)

    async def begins(self, what: str) -> None:
        await self._at_work.tick()
        await self.tells(what)
        self.clock.passes(minutes=1)  # what is brought in the first moment is no news of the first week

    def ends(self) -> None:
        """What was heard in the chapter and which kinds of posts came, for those who look whether something is missing."""
        self._told += ["# In this chapter", ""]
        self._told += sorted(
            f"heard: {kind} {name}".rstrip() for kind, name in heard(self.slack) & set(LISTENERS)
        )
        with self.database.transaction() as session, across_consortia(session):
            delivered = select(Post.kind).where(Post.ts.is_not(None)).distinct()
            self._told += sorted(f"posted: {kind}" for kind in session.scalars(delivered))
        self._told += [""]

    async def tells(self, deed: str) -> None:
        await self._at_work.comes_to_rest()
        await at_rest(self.database, self.clock)
        await self._at_work.comes_to_rest()
        said = [set_out(one) for one in self._wire.since()]
        self._told += [f"# {deed}", "", *(said or ["(nothing is said)"]), ""]

    async def comes_to_light(self, what: str) -> None:
        """What no person did, and the bot finds at its next tick."""
        await self._at_work.tick()
        await self.tells(what)

    async def types(self, person: str, text: str, channel: str = SHARED) -> Message:
        answer = await self.slack.types(person, channel, f"/agenda {text}".rstrip())
        await self.tells(f"{self.name(person)} types: /agenda {text}".rstrip())
        return answer or self._last_private(person)

    async def clicks(self, person: str, where: Message | View | None, action_id: str, **more: Any) -> Message:
        assert where is not None, "there is nothing to click in"
        await self.slack.clicks(person, where, action_id, **more)
        of = "".join(f", {value}" for value in more.values())
        await self.tells(f"{self.name(person)} clicks {action_id}{of}")
        return self._last_private(person)

    async def picks(self, person: str, where: Message, action_id: str, option: str) -> None:
        """Pick in the one of several like menus that offers this."""
        menus = [(block["block_id"], block.get("accessory", {})) for block in where.blocks]
        [block_id] = [named for named, menu in menus if option in _offered(menu)]
        await self.slack.clicks(person, where, action_id, block_id=block_id, selected=option)
        await self.tells(f"{self.name(person)} picks {option} in {action_id}")

    async def forges(self, person: str, action_id: str, value: str, *, kind: str = "button") -> Message:
        """Click a button that the bot never gave them, or that was of another time."""
        chosen = {"value": value} if kind == "button" else {"selected_option": {"value": value}}
        action = {"type": kind, "action_id": action_id, "block_id": "b", "action_ts": self._now()} | chosen
        before = self.slack.world.add(Message(SHARED, self._now(), self.slack.app.user_id, only_for=person))
        wires = self.slack._wires
        await wires.deliveries.deliver(wires.payloads.click_in_message(wires.person(person), before, action))
        what = "about a post" if action_id in OF_POSTS else f"with the value {value!r}"
        await self.tells(f"{self.name(person)} clicks {action_id}, {what}")
        return self._last_private(person)

    async def sends(self, person: str, **answers: Any) -> dict[str, str]:
        """Fill the form on top and send it in."""
        called = self.form(person).content["callback_id"]
        for field, answer in answers.items():
            await self.slack.fills(person, field, field, answer)
        errors = await self.slack.submits(person)
        await self.tells(f"{self.name(person)} sends in {called}: {answers}")
        return errors

    async def tampers(self, person: str, *, about: str | None = None, **answers: Any) -> None:
        """Send the form on top in with what Slack's client would not let anybody enter; it stays open."""
        form, wires = self.form(person), self.slack._wires
        kept, entries = dict(form.content), {field: dict(entry) for field, entry in form.entries.items()}
        if about is not None:
            form.content["private_metadata"] = about
        for field, answer in answers.items():
            kind = form.entries[field][field]["type"]
            chosen = answer and {"value": answer} if kind == "static_select" else answer
            form.entries[field] = {field: {"type": kind, OF_ENTRIES.get(kind, "value"): chosen or None}}
        await wires.deliveries.deliver(wires.payloads.submission(wires.person(person), form))
        form.content, form.entries = kept, entries
        form.hash = f"{form.hash}+"  # or the next one would be the same, delivered twice
        with_ = f"about {about!r}: {answers}" if about is not None else f"{answers}"
        await self.tells(f"{self.name(person)} sends in {form.content['callback_id']}, {with_}")

    async def names_are_learnt(self) -> None:
        """Of those whom a form named the clock asks at its next tick."""
        await self._at_work.tick()

    async def opens_home(self, person: str) -> View:
        home = await self.slack.opens_home(person)
        await self.tells(f"{self.name(person)} opens Home")
        assert home is not None
        return home

    async def happens(self, what: str, happening: Callable[[], Any]) -> None:
        await happening()
        await self.comes_to_light(what)

    async def time_comes(self, local: str) -> None:
        self.clock.strikes(local)
        await self._at_work.tick()
        await self.tells(f"it is {local}")

    async def minutes_pass(self, minutes: int) -> None:
        self.clock.passes(minutes=minutes)
        await self._at_work.tick()
        await self.tells(f"{minutes} minutes pass")

    def form(self, person: str) -> View:
        form = self.slack.form(person)
        assert form is not None, "no form is open"
        return form

    def direct(self, person: str, words: str) -> Message:
        """The newest direct message to somebody that holds these words."""
        return self._newest(self.slack.direct(person).id, words)

    def shared(self, words: str) -> Message:
        return self._newest(SHARED, words)

    def name(self, person: str) -> str:
        return self.slack.world.people[person].real_name

    def _newest(self, channel: str, words: str) -> Message:
        return [one for one in self.slack.world.messages[channel] if words in one.text][-1]

    def _last_private(self, person: str) -> Message:
        everywhere = [one for there in self.slack.world.messages.values() for one in there]
        theirs = [one for one in everywhere if one.only_for == person]
        return max(theirs, key=lambda one: float(one.ts), default=Message("", "", ""))

    def _now(self) -> str:
        return self.slack.world.next_ts()


def _offered(menu: dict[str, Any]) -> list[str]:
    return [one["value"] for one in menu.get("options", [])]


@asynccontextmanager
async def telling(slack: Story, clock: FrozenClock, database: Database) -> AsyncIterator[Teller]:
    """The bot at work in the small Slack, over HTTP."""
    url = database.engine.url.render_as_string(hide_password=False)
    async with bot_in(slack, clock, url) as at_work:
        yield Teller(slack, clock, database, at_work)

"""A quarter with the bot at work, whose channels change: the clock ticks when a test says so."""

from bot.consortia import apply
from bot.plan.plan import read_plan
from handlers.blocks.ids import TAKE
from playground.slack import Message
from program.app import Running
from storage.consortia import every_consortium
from storage.database import Database
from storage.people import Person
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import across_consortia
from tests.clock import FrozenClock
from tests.handlers.steps import send
from tests.story import PLAN, SHARED, Story

NEW, CURATORS, OTHER_CURATORS = "C0FRESH", "C0CURATORS", "C0HOSTS"


class Quarter:
    """The bot at work in the small Slack, with a clock that ticks when a test says so."""

    def __init__(self, slack: Story, database: Database, clock: FrozenClock, running: Running) -> None:
        self.slack, self.database, self.clock, self._running = slack, database, clock, running

    async def ticks(self) -> None:
        await self._running.tick()
        await self._running.comes_to_rest()

    async def it_is(self, local: str) -> None:
        self.clock.strikes(local)
        await self.ticks()

    async def chooses(self, channel: str) -> None:
        """The admin does, by the form."""
        settings = await self.slack.types("U0ADMIN", "C0OTHER", "/agenda setup")
        await self.slack.clicks("U0ADMIN", settings, "setup.consortium")
        assert await send(self.slack, "U0ADMIN", channel=channel) == {}
        await self.slack.closes("U0ADMIN", everything=True)
        await self._running.comes_to_rest()

    async def plans(self, plan: str = PLAN, *, curators: str | None = None) -> None:
        """Whoever runs the bot applies the consortium's file, with this channel for the host's curators."""
        named = f'members = ["U0MEMBER"]\nchannel = "{curators}"' if curators else 'members = ["U0MEMBER"]'
        with self.database.transaction() as session:
            apply(session, read_plan(plan.replace('members = ["U0MEMBER"]', named)), self.clock())
        await self.ticks()

    async def publishes(self, title: str, channel: str = SHARED) -> None:
        """A member brings an item, the host takes it, and everybody may know."""
        await self.slack.types("U0MEMBER", channel, f"/agenda add {title}")
        await self._running.comes_to_rest()
        (card,) = [one for one in self.cards(self.slack.direct("U0CURATOR").id) if title in one.text]
        await self.slack.clicks("U0CURATOR", card, TAKE)
        board = await self.slack.types("U0CURATOR", channel, "/agenda curate")
        await self.slack.clicks("U0CURATOR", board, "agenda.publish")
        await self.ticks()

    def said(self, channel: str, words: str = "") -> list[str]:
        messages = self.slack.world.messages[channel]
        return [one.text for one in messages if one.only_for is None and words in one.text]

    def told(self, person: str, words: str = "") -> list[str]:
        return self.said(self.slack.direct(person).id, words)

    def cards(self, channel: str) -> list[Message]:
        return [one for one in self.slack.world.messages[channel] if TAKE in str(one.blocks)]

    def person(self, user_id: str) -> Person:
        with self.database.transaction() as session, across_consortia(session):
            return session.query(Person).filter_by(user_id=user_id).one()

    def shared_channel(self) -> str:
        with self.database.transaction() as session:
            [ours] = every_consortium(session)
            return ours.channel_id

    def posts(self, kind: PostKind) -> list[Post]:
        with self.database.transaction() as session, across_consortia(session):
            return session.query(Post).filter_by(kind=kind).order_by(Post.id).all()

    def calls(self, method: str) -> int:
        return sum(call.method == method for call in self.slack.calls)

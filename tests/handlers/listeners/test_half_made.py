"""Eight consortia that are half made, and every door in each: all that can be pressed answers, and whoever looks hears what comes next."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.consortia import apply, describe
from bot.plan.plan import read_plan
from handlers.listeners.commands import COMMANDS
from playground.slack import Message, View
from playground.slack.block_kit import elements_of
from storage.database import Database
from storage.tenancy import Session
from tests import story
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest, on_sqlite, shown
from tests.story import SHARED, Story, bot_in

ADMIN, HOST, MEMBER, WITHOUT_COMMANDS, STAND_IN = "U0ADMIN", "U0CURATOR", "U0MEMBER", "U0KOFI", "U0SAM"
OWN_WORD = '[consortium]\ncollaborative = "coalition"\ncollaboratives = "coalitions"'
PLAN = story.PLAN.replace("[consortium]", OWN_WORD)
WHERE_IT_IS_ASKED_FOR = "Leave this empty if you say collaborative."
SEATS = PLAN.split("[[meeting]]")[0]
TROUBLE = (
    "failed with the error",
    "The form did not open",
    "went wrong on our side",
    "I can't get at my notes",
)

Screen = Message | View


@dataclass
class Visit:
    """Somebody presses all there is, from the doors on, each button once in each room: the channel, and Home. `read` is every screen."""

    slack: Story
    person: str
    read: list[str] = field(default_factory=list)
    _pressed: set[tuple[str, str]] = field(default_factory=set)

    def begins_anew(self) -> None:
        self._pressed.clear()

    async def types(self, text: str) -> None:
        answer = await self.slack.types(self.person, SHARED, f"/agenda {text}".rstrip())
        await self._goes_on(answer, "channel")

    async def opens_home(self) -> None:
        home = await self.slack.opens_home(self.person)
        if home is not None:
            self.read.append(shown(home))
            await self.presses_all(home, "home")

    async def presses_all(self, screen: Screen, room: str) -> None:
        for action_id, value, chosen in list(_buttons(screen)):
            if (room, action_id) not in self._pressed:
                self._pressed.add((room, action_id))
                answer = await self.slack.clicks(self.person, screen, action_id, value=value, selected=chosen)
                await self._goes_on(answer, room)

    async def _goes_on(self, answer: Message | None, room: str) -> None:
        """With an answer in the channel, or with what opened. What opened is closed in the end."""
        opened = self.slack.form(self.person)
        if answer is not None:
            self.read.append(shown(answer))
            await self.presses_all(answer, room)
        if opened is not None:
            await self._looks_into(opened)
            await self.slack.closes(self.person, everything=True)

    async def _looks_into(self, view: View) -> None:
        """And into all that opens upon it, as long as it stays what it is."""
        self.read.append(shown(view))
        before = view.content
        for action_id, value, chosen in list(_buttons(view)):
            if ("form", action_id) in self._pressed or view.content is not before:
                continue
            self._pressed.add(("form", action_id))
            await self.slack.clicks(self.person, view, action_id, value=value, selected=chosen)
            upper = self.slack.form(self.person)
            if upper is not view and upper is not None:
                await self._looks_into(upper)
                await self.slack.closes(self.person)


def _buttons(screen: Screen) -> Iterator[tuple[str, str | None, str | None]]:
    for block in screen.blocks:
        for element in elements_of(block) if block["type"] != "input" else ():
            options = element.get("options", ())
            yield element["action_id"], element.get("value"), options[0]["value"] if options else None


def _settings_only(session: Session, clock: FrozenClock) -> None:
    describe(session, read_plan(PLAN), clock())


def _applied(*changes: tuple[str, str], plan: str = PLAN) -> Callable[[Session, FrozenClock], None]:
    def make(session: Session, clock: FrozenClock) -> None:
        changed = plan
        for old, new in changes:
            assert old in changed
            changed = changed.replace(old, new)
        apply(session, read_plan(changed), clock())

    return make


def _long_ago(session: Session, clock: FrozenClock) -> None:
    meeting = PLAN.replace("2027-01-21", "2026-10-21")
    apply(session, read_plan(meeting), clock() - timedelta(days=60))


def _nothing(_session: Session, _clock: FrozenClock) -> None: ...


HALF_MADE = {
    "nothing": _nothing,
    "settings only": _settings_only,
    "collaboratives without curators": _applied(
        ('curators = ["U0CURATOR", "U0DEPUTY"]\n', ""),
        ('curators = ["T0OTHER/U0RUTH"]\n', ""),
        ('curators = ["U0SAM"]\n', ""),
    ),
    "collaboratives without a meeting": _applied(plan=SEATS),
    "a meeting in the past only": _long_ago,
    "a shared channel that is closed": _applied(),
    "no admin who can act": _applied(),
    "a meeting without items": _applied(),
}


NEXT_STEPS = {
    "Nothing is set up here yet": "An admin of this workspace begins with /agenda setup",
    "The next meeting is not set yet": "An admin adds|Add it under “Settings”|waits for it",
    "A meeting needs a host": "1. Add your coalitions",
    "Nobody is named yet, so the admins decide": "1. Say who decides for",
    "None yet.": "Add the first meeting",
    "can't use the shared channel": "invite me there",
    "Admins: .*can't act": "Name an admin who can act",
    "Only an admin can change": "Ask Joan Castell|Whoever runs the bot's workspace in Slack can",
    "so its team decides": "hosts this meeting",
    "There is nothing on the agenda yet": "Add an item first",
    "Nobody has added anything yet": r"\[Add an item\]",
    "You have nothing on the list yet": r"\[Add an item\]",
    "Nothing is new since the last one": r"\[Add an item\]",
    "Nobody has shared anything here yet": r"\[Share what worked\]",
    "What you can do here": r"\[Add an item\]",
}
"""What may be missing, as a screen says it, and what the same screen says of what to do."""

SEEN = {
    "nothing": {"Nothing is set up here yet"},
    "settings only": {
        "The next meeting is not set yet",
        "A meeting needs a host",
        "Only an admin can change",
        "[Add the first coalition…]",
    },
    "collaboratives without curators": {
        "Nobody is named yet, so the admins decide",
        "Nobody has added anything",
    },
    "collaboratives without a meeting": {"The next meeting is not set yet", "None yet."},
    "a meeting in the past only": {"Bayview has yet to confirm this date", "so its team decides"},
    "a shared channel that is closed": {"can't use the shared channel"},
    "no admin who can act": {"Admins: Joan Castell (can't act)", "No admin can act now"},
    "a meeting without items": {"There is nothing on the agenda yet", "Nobody has added anything yet"},
}
"""What is to be read somewhere in each."""


@pytest.mark.slow
@on_sqlite
@pytest.mark.parametrize("name", HALF_MADE)
async def test_every_door_of_a_half_made_consortium_opens_and_tells_what_comes_next(
    name: str, empty_slack: Story, clock: FrozenClock, database: Database
) -> None:
    slack = empty_slack
    with database.transaction() as session:
        HALF_MADE[name](session, clock)
    if name == "a shared channel that is closed":
        slack.world.channels[SHARED].members.remove(slack.app.user_id)
    people = [ADMIN, HOST, MEMBER, WITHOUT_COMMANDS]
    if name == "no admin who can act":
        slack.world.people[ADMIN].deleted = True
        slack.world.people[STAND_IN].is_admin = True
        people[0] = STAND_IN
    url = database.engine.url.render_as_string(hide_password=False)
    with capture_logs() as logs:
        async with bot_in(slack, clock, url) as at_work:
            await at_work.tick()
            await at_rest(database, clock)
            read = [screen for one in people for screen in await _visits_every_door(slack, one)]

    troubles = [one for one in logs if one["log_level"] in ("warning", "error")]
    assert [one for one in troubles if one.get("error") != "not_in_channel"] == []
    assert [screen for screen in read if any(trouble in screen for trouble in TROUBLE)] == []
    assert [(said, screen) for screen in read for said in _without_a_next_step(screen)] == []
    if name != "nothing":
        assert [screen for screen in read if _says_the_usual_word(screen)] == []
    assert {said for said in SEEN[name] if not any(said in screen for screen in read)} == set()


async def _visits_every_door(slack: Story, person: str) -> list[str]:
    """First with empty hands, and once more when they have brought something."""
    visit = Visit(slack, person)
    for posted in [one for one in slack.world.messages[SHARED] if one.only_for is None]:
        visit.read.append(shown(posted))
        await visit.presses_all(posted, "channel")
    if person == WITHOUT_COMMANDS:
        assert not any("/agenda" in screen for screen in visit.read if "is set up here" not in screen)
        return visit.read
    for command in COMMANDS:
        await visit.types(command.word)
    await visit.opens_home()
    await visit.types("add Budget (15 min)")
    visit.begins_anew()
    for word in ("mine", "list", "curate"):
        await visit.types(word)
    return visit.read


def _says_the_usual_word(screen: str) -> bool:
    """The consortium has another word for it."""
    return "collaborative" in screen.replace(WHERE_IT_IS_ASKED_FOR, "").lower()


def _without_a_next_step(screen: str) -> list[str]:
    return [
        said for said, step in NEXT_STEPS.items() if re.search(said, screen) and not re.search(step, screen)
    ]

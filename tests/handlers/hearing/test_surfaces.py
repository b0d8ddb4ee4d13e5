"""Every place where something is heard, with every way to answer there: each does the one call that Slack documents, or none at all."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.policies import anyone
from handlers.blocks import kit
from handlers.blocks.kit import Message as Drawn
from handlers.hearing.dispatch import Listener
from handlers.hearing.payloads import Kind
from handlers.hearing.surfaces import NoSuchWay, Way, Where, where_heard
from handlers.hearing.turn import Turn
from handlers.listeners.table import LISTENERS
from playground.slack import Message, View, views
from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest, on_sqlite, shown
from tests.story import SHARED, Story

pytestmark = on_sqlite

PERSON = "U0MEMBER"
ASK, ASKED = "surface.ask", "surface.asked"
BEFORE, ANSWER, FIELD = "As it was", "The answer", "field"

NEW = f"new, only for {PERSON}"
EPHEMERAL, REPLACED = "response_url", "response_url with replace_original"
UPDATE, ERRORS = "acknowledged with update", "acknowledged with errors"
DOCUMENTED: dict[Where, dict[Way, tuple[str, str]]] = {
    Where.COMMAND: {
        Way.PRIVATELY: ("acknowledged", NEW),
        Way.IN_PLACE: ("acknowledged", NEW),
        Way.OPENING: ("views.open", "form 1 of 1"),
    },
    Where.SHORTCUT: {
        Way.PRIVATELY: ("views.open", "form 1 of 1"),
        Way.IN_PLACE: ("views.open", "form 1 of 1"),
        Way.OPENING: ("views.open", "form 1 of 1"),
    },
    Where.MESSAGE: {
        Way.PRIVATELY: (EPHEMERAL, NEW),
        Way.IN_PLACE: (REPLACED, "the card"),
        Way.OPENING: ("views.open", "form 1 of 1"),
    },
    Where.EPHEMERAL: {
        Way.PRIVATELY: (EPHEMERAL, NEW),
        Way.IN_PLACE: (REPLACED, "the private message"),
        Way.OPENING: ("views.open", "form 1 of 1"),
    },
    Where.FORM: {
        Way.PRIVATELY: ("views.push", "form 3 of 3"),
        Way.IN_PLACE: ("views.update", "form 2 of 2"),
        Way.OPENING: ("views.push", "form 3 of 3"),
        Way.BECOMING: ("views.update", "form 2 of 2"),
    },
    Where.HIGHEST_FORM: {
        Way.PRIVATELY: ("views.update", "form 3 of 3"),
        Way.IN_PLACE: ("views.update", "form 3 of 3"),
        Way.OPENING: ("views.update", "form 3 of 3"),
        Way.BECOMING: ("views.update", "form 3 of 3"),
    },
    Where.SENT_FORM: {
        Way.PRIVATELY: (UPDATE, "form 1 of 1"),
        Way.IN_PLACE: (UPDATE, "form 1 of 1"),
        Way.BECOMING: (UPDATE, "form 1 of 1"),
        Way.CORRECTING: (ERRORS, "error in form 1"),
    },
    Where.SENT_UPPER_FORM: {
        Way.PRIVATELY: (UPDATE, "form 2 of 2"),
        Way.IN_PLACE: ("views.update", "form 1 of 1"),
        Way.BECOMING: (UPDATE, "form 2 of 2"),
        Way.CORRECTING: (ERRORS, "error in form 2"),
    },
    Where.HOME: {
        Way.PRIVATELY: ("views.open", "form 1 of 1"),
        Way.IN_PLACE: ("views.publish", "Home"),
        Way.OPENING: ("views.open", "form 1 of 1"),
    },
    Where.OPENED_HOME: {
        Way.PRIVATELY: ("views.publish", "Home"),
        Way.IN_PLACE: ("views.publish", "Home"),
    },
}
"""The call, and what then shows the answer. docs.slack.dev: interactivity/handling-user-interaction, surfaces/modals, surfaces/app-home."""

WAYS: dict[Way, Callable[[Turn], Awaitable[None]]] = {
    Way.PRIVATELY: lambda turn: turn.answer(Drawn([kit.paragraph(ANSWER)])),
    Way.IN_PLACE: lambda turn: turn.answer_in_place(Drawn([kit.paragraph(ANSWER)])),
    Way.OPENING: lambda turn: turn.open(form(ANSWER)),
    Way.BECOMING: lambda turn: turn.become(form(ANSWER)),
    Way.CORRECTING: lambda turn: turn.correct(FIELD, ANSWER),
}


Answering = Callable[[Way], list[Where | type[NoSuchWay]]]


class Stand:
    """The person stands before the four surfaces, on each the button to ask with; and does one thing there."""

    def __init__(self, slack: Story) -> None:
        self.slack, self.world = slack, slack.world
        self.world.messages[SHARED].clear()
        self.world.forms[PERSON] = []
        self._before = [len(said) for said in self._said()]
        self.card = self._message(only_for=None)
        self.private = self._message(only_for=PERSON)
        self.home = views.first_home(self.world, PERSON, views.checked(kit.home(_asking()), "home"))

    def _message(self, only_for: str | None) -> Message:
        world, user = self.world, self.slack.app.user_id
        blocks = [block | {"block_id": f"b{n}"} for n, block in enumerate(_asking())]
        said = Message(SHARED, world.next_ts(), user, BEFORE, blocks, only_for=only_for, from_app=True)
        return world.add(said)

    def stack(self, height: int) -> View:
        """So many forms, one upon the other; the highest."""
        stacked = views.open_form(self.world, PERSON, views.checked(form(BEFORE), "modal"))
        for _ in range(height - 1):
            stacked = views.push_form(self.world, PERSON, views.checked(form(BEFORE), "modal"))
        return stacked

    async def ask(self, where: Where) -> None:
        slack = self.slack
        match where:
            case Where.COMMAND:
                await slack.types(PERSON, SHARED, f"/agenda {ASK}")
            case Where.SHORTCUT:
                await slack.uses_shortcut(PERSON, ASK, self.card)
            case Where.MESSAGE:
                await slack.clicks(PERSON, self.card, ASK)
            case Where.EPHEMERAL:
                await slack.clicks(PERSON, self.private, ASK)
            case Where.FORM | Where.HIGHEST_FORM:
                await slack.clicks(PERSON, self.stack(2 if where is Where.FORM else 3), ASK)
            case Where.SENT_FORM:
                self.stack(1)
                await slack.submits(PERSON)
            case Where.SENT_UPPER_FORM:
                self.stack(2)
                await slack.submits(PERSON)
            case Where.HOME:
                await slack.clicks(PERSON, self.home, ASK)
            case Where.OPENED_HOME:
                await slack.opens_home(PERSON)

    def calls(self) -> list[str]:
        """Everything by which the bot answered."""
        called, acknowledged, later = (
            said[before:] for said, before in zip(self._said(), self._before, strict=True)
        )
        made = [call.method for call in called if call.method.startswith(("views.", "chat."))]
        made += [_acknowledged(body) for body in acknowledged if body]
        return made + [REPLACED if body.get("replace_original") else EPHEMERAL for body in later]

    def _said(self) -> tuple[list[Any], list[Any], list[Any]]:
        return self.slack.calls, self.slack.acknowledgements, self.slack.later_answers

    def showing(self) -> list[str]:
        """Where the answer now stands."""
        forms = self.world.forms[PERSON]
        there: dict[str, View | Message] = {"Home": self.home, "the card": self.card}
        there |= {"the private message": self.private}
        there |= {f"form {height} of {len(forms)}": one for height, one in enumerate(forms, start=1)}
        found = [name for name, what in there.items() if ANSWER in shown(what)]
        found += [f"error in form {len(forms)}" for one in forms if ANSWER in one.errors.values()]
        new = [one for one in self.world.messages[SHARED] if one not in (self.card, self.private)]
        return found + [f"new, only for {one.only_for}" for one in new if ANSWER in shown(one)]


def _asking() -> list[kit.Block]:
    return [kit.paragraph(BEFORE), kit.actions(kit.button("Ask", ASK, 1))]


def form(words: str) -> kit.View:
    field = kit.input_block(FIELD, "A field", kit.text_input("Budget"))
    return kit.form(ASKED, "A form", [kit.paragraph(words), *_asking()[1:], field], submit="Send")


def _acknowledged(body: dict[str, object]) -> str:
    action = body.get("response_action")
    return f"acknowledged with {action}" if action else "acknowledged"


@pytest.fixture
async def empty_slack(clock: FrozenClock) -> AsyncIterator[Story]:
    """A patient one: here it matters only how it is answered."""
    slack = Story(clock)
    await slack.start()
    yield slack
    await slack.stop()


@pytest.fixture
async def quiet_slack(slack: Story, database: Database, clock: FrozenClock) -> Story:
    """Nothing is owed any more that would be said between the answers."""
    await at_rest(database, clock)
    return slack


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Answering:
    """Has the listener of everything that is asked here answer in this way; where it heard that is given back."""

    def answer(way: Way) -> list[Where | type[NoSuchWay]]:
        heard: list[Where | type[NoSuchWay]] = []

        async def handle(turn: Turn) -> None:
            heard.append(where_heard(turn.heard))
            try:
                await WAYS[way](turn)
            except NoSuchWay:
                heard.append(NoSuchWay)

        asked: list[tuple[Kind, str]] = [
            ("command", ASK),
            ("action", ASK),
            ("shortcut", ASK),
            ("view", ASKED),
        ]
        for key in (*asked, ("event", "app_home_opened")):
            monkeypatch.setitem(LISTENERS, key, Listener(anyone, handle))
        return heard

    return answer


@pytest.mark.parametrize("where", Where)
async def test_each_way_does_its_one_call_or_none(
    quiet_slack: Story, answering: Answering, where: Where
) -> None:
    for way in Way:
        stand, heard = Stand(quiet_slack), answering(way)
        with capture_logs() as logs:
            await stand.ask(where)
        found = list(zip(stand.calls(), stand.showing(), strict=True))
        expected = DOCUMENTED[where].get(way)
        assert (way, found) == (way, [expected] if expected else [])
        assert (way, heard) == (way, [where] if expected else [where, NoSuchWay])
        assert [line for line in logs if line["log_level"] in ("warning", "error")] == []


async def test_a_form_that_was_opened_from_home_is_answered_in_its_own_place(
    quiet_slack: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing lies below it: Slack gives a previous view within a stack of forms only. Home stays as it was."""
    stand = Stand(quiet_slack)
    monkeypatch.setitem(LISTENERS, ("action", ASK), Listener(anyone, lambda turn: turn.open(form(BEFORE))))
    monkeypatch.setitem(LISTENERS, ("view", ASKED), Listener(anyone, WAYS[Way.IN_PLACE]))
    await stand.slack.clicks(PERSON, stand.home, ASK)
    assert await stand.slack.submits(PERSON) == {}
    assert stand.calls() == ["views.open", UPDATE]
    assert stand.showing() == ["form 1 of 1"]


async def test_of_two_quick_clicks_on_home_both_are_answered(
    quiet_slack: Story, answering: Answering
) -> None:
    """The second comes from the Home that stood before the first was answered, with its old hash."""
    stand = Stand(quiet_slack)
    answering(Way.IN_PLACE)
    before, wires = replace(stand.home), stand.slack._wires
    with capture_logs() as logs:
        for _ in range(2):
            act = {"type": "button", "action_id": ASK, "block_id": "b", "value": "1"}
            act["action_ts"] = stand.world.next_ts()
            await wires.deliveries.deliver(wires.payloads.click_in_view(wires.person(PERSON), before, act))
    assert stand.calls() == ["views.publish", "views.publish"]
    assert [line for line in logs if line["log_level"] == "warning"] == []
    assert stand.showing() == ["Home"]

"""The commands: each is defined once, and has a button that does the same, for everybody who may use it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.policies import (
    Policy,
    admin,
    anyone,
    decides_on_next_meeting,
    leads_next_meeting,
    looks_back,
    oneself,
)
from handlers.blocks.ids import MORE
from handlers.listeners.command import COMMAND, Command
from handlers.listeners.commands import COMMANDS, help_lines
from handlers.listeners.table import LISTENERS
from playground.slack import Message
from playground.slack.block_kit import elements_of
from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.steps import on_sqlite, opened, standing
from tests.story import PLAN, SHARED, Story, bot_in, pressed, set_up

HOSTED_ELSEWHERE = PLAN.replace('host = "CCSJ"', 'host = "Bayview"')
ELSEWHERE: dict[Policy, tuple[str, str]] = {
    anyone: ("U0KOFI", PLAN),
    oneself: ("U0KOFI", PLAN),
    decides_on_next_meeting: ("U0RUTH", HOSTED_ELSEWHERE),
    leads_next_meeting: ("U0RUTH", HOSTED_ELSEWHERE),
    looks_back: ("U0RUTH", HOSTED_ELSEWHERE),
    admin: ("U0KOFI", PLAN.replace('"U0ADMIN"', '"T0OTHER/U0KOFI"')),
}
"""For each policy somebody of a workspace without the app who may, and the plan by which they may just this."""
HERE: dict[Policy, str] = {
    anyone: "U0MEMBER",
    oneself: "U0MEMBER",
    decides_on_next_meeting: "U0CURATOR",
    leads_next_meeting: "U0CURATOR",
    looks_back: "U0CURATOR",
    admin: "U0ADMIN",
}
"""Somebody who may, and has the app."""

UNDER_WAY, OVER = "2027-01-21 10:05", "2027-01-21 12:05"
ITS_TIME = {"now": UNDER_WAY, "start": UNDER_WAY, "look": OVER}
"""What is said while a meeting is under way, and what once one is over."""

each_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.word or "bare")


def test_each_command_has_a_word_of_its_own() -> None:
    words = [command.word for command in COMMANDS]
    assert sorted(set(words)) == sorted(words)


def test_each_line_of_help_is_typed_otherwise() -> None:
    lines = [typed for command in COMMANDS for typed in command.lines]
    assert list(help_lines()) == lines


@each_command
def test_the_table_hears_the_command_and_its_button(command: Command) -> None:
    assert LISTENERS["command", command.word] is command.listener
    assert ("action", command.button) in LISTENERS


@on_sqlite
@pytest.mark.parametrize("policy", ELSEWHERE, ids=lambda policy: policy.__name__)
async def test_who_cannot_type_commands_finds_the_button_of_each(
    empty_slack: Story, database: Database, clock: FrozenClock, policy: Policy
) -> None:
    """They start at the standing message in the shared channel, and press buttons of commands only. What is for the meeting alone they find while it is under way, and what looks back at it once it is over."""
    person, plan = ELSEWHERE[policy]
    set_up(database, clock, plan)
    async with bot_in(empty_slack, clock, database.engine.url.render_as_string(hide_password=False)):
        await standing(empty_slack)
        found: set[str] = set()
        for moment in (UNDER_WAY, OVER):
            clock.strikes(moment)
            found |= {button async for button, _ in _walk(empty_slack, person)}

    may = [command for command in COMMANDS if command.listener.policy in (anyone, policy)]
    assert [command.word for command in may if command.button not in found] == []


def test_somebody_walks_for_each_policy_of_a_command() -> None:
    assert set(ELSEWHERE) == set(HERE) == {command.listener.policy for command in COMMANDS}


@on_sqlite
@each_command
async def test_the_button_does_what_the_word_does_alone(
    slack: Story, clock: FrozenClock, command: Command
) -> None:
    person = HERE[command.listener.policy]
    if command.word in ITS_TIME:
        clock.strikes(ITS_TIME[command.word])
    await slack.types(person, SHARED, f"{COMMAND} add Alpha")
    await slack.types(
        person, SHARED, f"{COMMAND} {command.word}"
    )  # what is done once by a command is done by then
    await slack.closes(person, everything=True)
    where = await _where_it_is(slack, person, command.button)  # who looks for it does things on the way
    typed = await _seen(slack, person, await slack.types(person, SHARED, f"{COMMAND} {command.word}"))
    clicked = await _seen(slack, person, await slack.clicks(person, where, command.button))

    assert _without_ids(clicked) == _without_ids(typed)


@on_sqlite
@pytest.mark.parametrize("word", [one.word for one in COMMANDS if one.word and not any(one.uses)])
async def test_a_command_that_takes_no_words_overlooks_them(slack: Story, word: str) -> None:
    person = HERE[LISTENERS["command", word].policy]
    bare = await _seen(slack, person, await slack.types(person, SHARED, f"{COMMAND} {word}"))
    with_more = f"{COMMAND} {word} everything (15 min)"
    more = await _seen(slack, person, await slack.types(person, SHARED, with_more))
    assert _without_ids(more) == _without_ids(bare)


async def _walk(slack: Story, person: str) -> AsyncIterator[tuple[str, Message]]:
    """Each button of a command that leads on from the standing message, and the message in which it stands."""
    ours = {command.button for command in COMMANDS}
    to_read = [await standing(slack)]
    for read in to_read:
        for button in sorted(ours & _buttons(read)):
            ours.remove(button)
            yield button, read
            answer = await slack.clicks(person, read, button)
            if answer:
                to_read.append(answer)
            else:
                await slack.closes(person)  # the form that opened


async def _where_it_is(slack: Story, person: str, button: str) -> Message:
    return await anext(where async for found, where in _walk(slack, person) if found == button)


def _buttons(message: Message) -> set[str]:
    elements = [element for block in message.blocks for element in elements_of(block)]
    can_be_pressed = [one for one in elements if one["type"] == "button" or one["action_id"] == MORE]
    return {button for element in can_be_pressed for button in pressed(element)}


async def _seen(slack: Story, person: str, answer: Message | None) -> list[dict[str, Any]]:
    """What they were answered, or else the form that opened, which they close."""
    if answer is not None:
        return answer.blocks
    form = opened(slack, person)
    await slack.closes(person)
    return [*form.blocks, {"callback_id": form.content.get("callback_id")}]


def _without_ids(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in block.items() if key != "block_id"} for block in blocks]

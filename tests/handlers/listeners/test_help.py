"""Help, and words that mean nothing to the bot."""

import pytest

from handlers.blocks.help import COMMANDS
from handlers.listeners.table import ANYTHING_ELSE, LISTENERS
from tests.handlers.steps import on_sqlite
from tests.story import SHARED, Story


@on_sqlite
async def test_help_names_every_command(slack: Story) -> None:
    helped = await slack.types("U0MEMBER", SHARED, "/agenda help")
    for kind, word in LISTENERS:
        if kind == "command" and word not in (ANYTHING_ELSE, "help"):
            assert f"/agenda {word}".strip() in helped.text


@on_sqlite
@pytest.mark.parametrize("typed", ["Budget cuts (15 min)", "ADDS x", "payload", "<!channel>", "Budget"])
async def test_anything_else_is_given_back_with_an_example_that_works(slack: Story, typed: str) -> None:
    sent = typed.replace("<", "&lt;").replace(">", "&gt;")
    answer = await slack.types("U0MEMBER", SHARED, f"/agenda {sent}")
    assert f"/agenda {sent}\n" in answer.text
    assert f"/agenda add {sent}" in answer.text


@on_sqlite
@pytest.mark.parametrize(
    ("typed", "meant"),
    [("lsit", "list"), ("ad", "add"), ("tpis referrals", "tips referrals"), ("HLEP", "help")],
)
async def test_a_slip_of_the_finger_leads_to_the_command_that_was_meant(
    slack: Story, typed: str, meant: str
) -> None:
    answer = await slack.types("U0MEMBER", SHARED, f"/agenda {typed}")
    assert f"Did you mean this?\n/agenda {meant}\n" in answer.text
    assert (f"/agenda add {typed}" in answer.text) == (" " in typed)


def test_every_command_can_be_meant() -> None:
    assert {*COMMANDS, "", ANYTHING_ELSE} == {word for kind, word in LISTENERS if kind == "command"}


@on_sqlite
@pytest.mark.parametrize("typed", ["ADD Budget", "Add  Budget", "add\tBudget", "add\nBudget"])
async def test_a_command_is_known_however_it_is_written(slack: Story, typed: str) -> None:
    assert "Added" in (await slack.types("U0MEMBER", SHARED, f"/agenda {typed}")).text

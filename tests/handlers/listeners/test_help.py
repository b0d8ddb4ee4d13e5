"""Help, and words that mean nothing to the bot."""

import pytest

from handlers.listeners.commands import COMMANDS, help_lines, words
from tests.handlers.steps import on_sqlite
from tests.story import SHARED, Story


@on_sqlite
async def test_help_tells_of_every_command_in_order(slack: Story) -> None:
    helped = await slack.types("U0MEMBER", SHARED, "/agenda help")
    assert helped is not None
    listed = [line.removeprefix("• ") for line in helped.text.splitlines() if line.startswith("• /")]
    assert listed == [f"{typed}: {does.message}" for typed, does in help_lines().items()]


def test_every_command_but_help_itself_has_a_line_in_it() -> None:
    assert [command.word for command in COMMANDS if not command.uses] == ["help"]


@on_sqlite
@pytest.mark.parametrize(
    "typed", ["Budget cuts (15 min)", "Lists of partners", "payload", "<!channel>", "Budget"]
)
async def test_anything_else_is_given_back_with_an_example_that_works(slack: Story, typed: str) -> None:
    sent = typed.replace("<", "&lt;").replace(">", "&gt;")
    answer = await slack.types("U0MEMBER", SHARED, f"/agenda {sent}")
    assert f"/agenda {sent}\n" in answer.text
    assert f"/agenda add {sent}" in answer.text


@on_sqlite
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lsit", "list"),
        ("ad", "add"),
        ("tpis referrals", "tips referrals"),
        ("HLEP", "help"),
        ("addd Two things", "add Two things"),
        ("ADDS Two things (10 min)", "add Two things (10 min)"),
        ("add: Two things", "add Two things"),
        ("add-Two things", "add Two things"),
        ("/agenda add Two things", "add Two things"),
        ("please add Two things", "add Two things"),
        ("tipp referrals: Ask first", "tip referrals: Ask first"),
        ("remindd me", "remind me"),
    ],
)
async def test_a_slip_of_the_finger_leads_to_the_command_that_was_meant(
    slack: Story, typed: str, meant: str
) -> None:
    answer = await slack.types("U0MEMBER", SHARED, f"/agenda {typed}")
    assert f"Did you mean this?\n/agenda {meant}\n" in answer.text
    assert f"/agenda add {typed}" not in answer.text


@on_sqlite
@pytest.mark.parametrize("word", words())
async def test_every_command_can_be_meant(slack: Story, word: str) -> None:
    answer = await slack.types("U0MEMBER", SHARED, f"/agenda {word}{word[-1]}")
    assert f"\n/agenda {word}\n" in answer.text.partition("Did you mean this?")[2]


@on_sqlite
@pytest.mark.parametrize("typed", ["ADD Budget", "Add  Budget", "add\tBudget", "add\nBudget"])
async def test_a_command_is_known_however_it_is_written(slack: Story, typed: str) -> None:
    assert "We got it" in (await slack.types("U0MEMBER", SHARED, f"/agenda {typed}")).text

"""Help, and words that mean nothing to the bot."""

import pytest

from handlers.listeners.commands import COMMANDS, also, help_lines, words
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
@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ("publish", ["/agenda curate: the host's board: decide, arrange, publish"]),
        ("Publish the agenda", ["/agenda curate: the host's board: decide, arrange, publish"]),
        ("approve", ["/agenda curate: the host's board"]),
        ("settings", ["/agenda setup: the settings, for admins"]),
        ("follow-ups", ["/agenda: the next meeting, and where things stand"]),
        ("Who?", ["/agenda: the next meeting"]),
        ("who leads on housing", ["/agenda: the next meeting"]),
        ("notes", ["/agenda: the next meeting"]),
        ("cancel", ["/agenda mine: what you brought", "/agenda curate: ", "/agenda setup: "]),
        ("bring Budget cuts", ["/agenda add Budget cuts: bring something"]),
        ("search", ["/agenda tips referrals: find what helped others"]),
        ("publsh", ["/agenda curate: the host's board"]),
    ],
)
async def test_another_word_for_it_leads_to_the_command_that_does_it(
    slack: Story, typed: str, leads_to: list[str]
) -> None:
    answer = await slack.types("U0MEMBER", SHARED, f"/agenda {typed}")
    found = answer.text.partition("This may be what you look for:")[2].strip()
    for start in leads_to:
        assert f"• {start}" in found
    assert found.count("• /agenda") == len(leads_to)
    assert f"/agenda add {typed}" not in answer.text or " " in typed


def test_no_other_word_for_a_command_is_a_command() -> None:
    assert not {*also()} & {*words()}
    assert all(len(set(command.also)) == len(command.also) for command in COMMANDS)


@on_sqlite
@pytest.mark.parametrize("word", words())
async def test_every_command_can_be_meant(slack: Story, word: str) -> None:
    answer = await slack.types("U0MEMBER", SHARED, f"/agenda {word}{word[-1]}")
    assert f"\n/agenda {word}\n" in answer.text.partition("Did you mean this?")[2]


@on_sqlite
@pytest.mark.parametrize("typed", ["ADD Budget", "Add  Budget", "add\tBudget", "add\nBudget"])
async def test_a_command_is_known_however_it_is_written(slack: Story, typed: str) -> None:
    assert "We got it" in (await slack.types("U0MEMBER", SHARED, f"/agenda {typed}")).text

"""Reminders, wished for by a command or a button, and told in a direct message."""

from handlers.blocks.ids import LIST, REMIND
from storage.database import Database
from storage.post_kinds import PostKind
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest, everything, on_sqlite, standing, wakes_delivery
from tests.story import SHARED, Story


async def test_somebody_of_another_workspace_is_reminded(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    agenda = await slack.clicks("U0KOFI", await standing(slack), LIST)
    noted = await slack.clicks("U0KOFI", agenda, REMIND)
    assert noted.only_for == "U0KOFI"
    assert "Gladly" in noted.text
    assert "noted already" in (await slack.clicks("U0KOFI", agenda, REMIND)).text

    clock.strikes("2027-01-20 10:00")
    await wakes_delivery(slack)
    await slack.in_direct("U0KOFI", "Your reminder of the meeting")
    await at_rest(database, clock)
    told = slack.world.messages[slack.direct("U0KOFI").id]
    assert len([one for one in told if "Your reminder" in one.text]) == 1


@on_sqlite
async def test_the_word_alone_and_with_me_are_the_same(slack: Story) -> None:
    assert "Gladly" in (await slack.types("U0MEMBER", SHARED, "/agenda remind")).text
    assert "noted already" in (await slack.types("U0MEMBER", SHARED, "/agenda remind Me ")).text


@on_sqlite
async def test_other_words_change_nothing(slack: Story, database: Database, clock: FrozenClock) -> None:
    before = await everything(database, clock)
    refused = await slack.types("U0NEW", SHARED, "/agenda remind Sam")
    assert "/agenda remind me" in refused.text
    assert "/agenda remind Sam" in refused.text
    assert await everything(database, clock) == before
    assert str(PostKind.REMINDER) not in str(before["post"])

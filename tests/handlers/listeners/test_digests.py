"""The digest, before it goes out."""

from tests.clock import FrozenClock
from tests.handlers.steps import on_sqlite
from tests.story import SHARED, Story


@on_sqlite
async def test_the_preview_is_for_who_asks_alone(slack: Story, clock: FrozenClock) -> None:
    clock.passes(minutes=1)
    empty = await slack.types("U0MEMBER", SHARED, "/agenda digest")
    assert "none would go out" in empty.text
    await slack.types("U0MEMBER", SHARED, "/agenda add Budget (15 min)")
    preview = await slack.types("U0SAM", SHARED, "/agenda digest")

    assert preview.only_for == "U0SAM"
    assert "Budget · 15 min · CCSJ" in preview.text
    assert not [one for one in slack.world.messages[SHARED] if "This week" in one.text and not one.only_for]

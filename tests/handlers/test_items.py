"""Bringing items, as people do it in Slack."""

from tests.story import SHARED, Story


async def test_one_line_is_answered_privately_with_where_it_lands(slack: Story) -> None:
    receipt = await slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts and how we respond (15 min)")

    assert receipt.only_for == "U0MEMBER"
    assert "Budget cuts and how we respond · 15 min" in receipt.text
    assert (
        "Thursday, January 21, 2027, 10:00 AM \N{EN DASH} 12:00 PM, at 1 Main St, San Francisco"
        in receipt.text
    )
    assert "CCSJ decides by Thursday, January 14, 2027. You'll hear either way." in receipt.text
    assert "[Edit] [Withdraw]" in receipt.text

"""One person who types many things at once, or whose impatient finger does: each is heard, and none stands in another's way."""

import asyncio

from tests.story import SHARED, Story

ADDED, KEPT = "We got it", "Thank you"


async def test_many_things_of_one_person_at_once_are_all_heard(slack: Story) -> None:
    bringing = [slack.types("U0MEMBER", SHARED, f"/agenda add Rent {number}") for number in range(8)]
    sharing = [slack.types("U0MEMBER", SHARED, f"/agenda tip Breathe {number}") for number in range(4)]
    receipts = await asyncio.gather(*bringing, *sharing)
    assert [one.text for one in receipts[:8] if ADDED not in one.text] == []
    assert [one.text for one in receipts[8:] if KEPT not in one.text] == []

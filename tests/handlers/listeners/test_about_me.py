"""*Everything about me…* over the wire: the files, and no trace of who has erased all of it."""

from datetime import datetime

import pytest

from handlers.blocks import ids
from playground.slack import Message
from playground.slack.world import File
from storage.inbox import Input
from storage.people import Person
from storage.tenancy import across_consortia
from tests.handlers.listeners.conftest import Quarter
from tests.handlers.steps import on_sqlite, opened, send, shown
from tests.story import SHARED

pytestmark = on_sqlite

CANARY = "Noor H."
MEMBER, SAM, ELSEWHERE, OUTSIDE = "U0MEMBER", "U0SAM", "U0KOFI", "U0OUTSIDE"
NOT_THERE = "This is for people who are in the shared channel."
SURE = ["yes"]
ELSEWHERE_IN_SLACK = "C0OTHER"


def in_direct(quarter: Quarter, person: str) -> list[Message]:
    return quarter.slack.world.messages[quarter.slack.direct(person).id]


def files(quarter: Quarter, person: str) -> list[File]:
    sent = [one for message in in_direct(quarter, person) for one in message.files]
    return [quarter.slack.world.files[one] for one in sent]


async def brings(quarter: Quarter, person: str = MEMBER) -> None:
    quarter.clock.passes(minutes=1)
    await quarter.slack.types(person, SHARED, f"/agenda add What {CANARY} needs")
    await quarter.ticks()


async def has_them_sent(quarter: Quarter, person: str = MEMBER, there: str = SHARED) -> None:
    await quarter.slack.types(person, there, "/agenda me")
    assert await send(quarter.slack, person, files=["words", "data"]) == {}
    await quarter.slack.closes(person, everything=True)
    await quarter.ticks()


async def erases(quarter: Quarter, person: str = MEMBER, there: str = SHARED) -> None:
    await quarter.slack.types(person, there, "/agenda me")
    await quarter.slack.clicks(person, opened(quarter.slack, person), ids.ERASE)
    assert await send(quarter.slack, person, sure=SURE) == {}
    await quarter.ticks()


async def leaves(quarter: Quarter, person: str = MEMBER) -> None:
    await quarter.slack.leaves(person, SHARED)
    await quarter.ticks()


def left_at(quarter: Quarter, person: str = MEMBER) -> datetime | None:
    return quarter.person(person).left_at


def known(quarter: Quarter, person: str) -> bool:
    with quarter.database.transaction() as session, across_consortia(session):
        return session.query(Person).filter_by(user_id=person).count() > 0


async def test_two_files_come_to_who_asks_and_hold_their_words_alone(quarter: Quarter) -> None:
    await brings(quarter)
    await quarter.slack.types(SAM, SHARED, "/agenda add Of somebody else")
    await has_them_sent(quarter)
    contents = [(file.content or b"").decode() for file in files(quarter, MEMBER)]
    assert len(contents) == 2
    assert all(CANARY in content for content in contents)
    assert not any("Of somebody else" in content for content in contents)


async def test_nobody_remembers_who_has_asked(quarter: Quarter) -> None:
    await brings(quarter)
    await has_them_sent(quarter)
    with quarter.database.transaction(1) as session:
        deeds = {one.listener for one in session.query(Input).filter(Input.person_id.is_not(None))}
    assert deeds == {"command add"}


async def test_people_of_other_workspaces_find_it_in_help(quarter: Quarter) -> None:
    slack = quarter.slack
    await slack.clicks(
        ELSEWHERE, await slack.in_channel("The agenda of"), ids.MORE, selected=f"{ids.HELP} all"
    )
    [told] = [one for one in slack.world.messages[SHARED] if one.only_for == ELSEWHERE]
    await slack.clicks(ELSEWHERE, told, ids.EVERYTHING)
    assert "I know you as Kofi Mensah, of Bayview." in shown(opened(slack, ELSEWHERE))


async def test_nothing_in_slack_shows_who_has_erased_all_of_it(quarter: Quarter) -> None:
    await brings(quarter)
    await has_them_sent(quarter)
    await erases(quarter)
    slack = quarter.slack
    assert shown(opened(slack, MEMBER)).startswith("✓ All that I kept about you is erased.")
    assert files(quarter, MEMBER) == []
    assert not any(CANARY.encode() in (file.content or b"") for file in slack.world.files.values())
    of_the_bot = [one for there in slack.world.messages.values() for one in there if one.only_for is None]
    assert not any(CANARY in f"{one.text}{one.blocks}" for one in of_the_bot)
    assert not known(quarter, MEMBER)


async def test_a_form_that_slack_tells_twice_erases_nothing_of_others(quarter: Quarter) -> None:
    slack, wires = quarter.slack, quarter.slack._wires
    await brings(quarter)
    await brings(quarter, SAM)
    await slack.types(MEMBER, SHARED, "/agenda me")
    await slack.clicks(MEMBER, opened(slack, MEMBER), ids.ERASE)
    await slack.fills(MEMBER, "sure", "sure", SURE)
    again = wires.payloads.submission(wires.person(MEMBER), opened(slack, MEMBER))
    assert await slack.submits(MEMBER) == {}
    await wires.deliveries.deliver(again)
    await quarter.ticks()
    assert not known(quarter, MEMBER)
    assert known(quarter, SAM)


@pytest.mark.parametrize("is_known_for_sure", [True, False])
async def test_who_has_left_the_channel_has_it_sent_and_erases_it(
    quarter: Quarter, *, is_known_for_sure: bool
) -> None:
    """And is not taken for somebody who is back. A new button is in the place of what they may not do."""
    slack = quarter.slack
    await brings(quarter)
    await quarter.slack.joins(MEMBER, ELSEWHERE_IN_SLACK)
    await leaves(quarter)
    if not is_known_for_sure:
        with quarter.database.transaction(1) as session:
            session.query(Person).filter_by(user_id=MEMBER).update({"named_at": None})
    left = left_at(quarter)
    refused = await slack.types(MEMBER, ELSEWHERE_IN_SLACK, "/agenda mine")
    assert refused is not None
    assert NOT_THERE in shown(refused)
    await slack.clicks(MEMBER, refused, ids.EVERYTHING)
    await slack.closes(MEMBER, everything=True)
    await has_them_sent(quarter, there=ELSEWHERE_IN_SLACK)
    assert len(files(quarter, MEMBER)) == 2
    assert left is not None
    assert left_at(quarter) == left
    await erases(quarter, there=ELSEWHERE_IN_SLACK)
    assert not known(quarter, MEMBER)
    refused = await slack.types(MEMBER, ELSEWHERE_IN_SLACK, "/agenda me")
    assert refused is not None
    assert "Everything about me…" not in shown(refused)


async def test_somebody_of_whom_nothing_is_kept_and_who_is_not_there_is_not_met(quarter: Quarter) -> None:
    refused = await quarter.slack.types(OUTSIDE, ELSEWHERE_IN_SLACK, "/agenda me")
    assert refused is not None
    assert NOT_THERE in shown(refused)
    assert "Everything about me…" not in shown(refused)
    assert not known(quarter, OUTSIDE)

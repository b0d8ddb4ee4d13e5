"""The form that asks who came, while others change who is asked for and what is counted."""

from bot.seats import leave_rotation
from handlers.blocks.attendance import CAME
from handlers.blocks.ids import RESULTS, WHO_CAME
from storage.consortia import collaborative_named
from tests.handlers.quarter import Quarter
from tests.handlers.steps import on_sqlite, send, shown
from tests.story import OURS

pytestmark = on_sqlite


async def opens_the_form(quarter: Quarter, person: str) -> None:
    slack = quarter.slack
    question = next(
        one for one in slack.world.messages[slack.direct(person).id] if RESULTS in str(one.blocks)
    )
    results = await slack.clicks(person, question, RESULTS)
    await slack.clicks(person, results, WHO_CAME)


async def test_who_was_counted_stays_so_if_they_leave_the_rotation_and_what_another_took_back_does_not_come_back(
    quarter: Quarter,
) -> None:
    slack = quarter.slack
    await quarter.publishes("Rents")
    await quarter.it_is("2027-01-21 12:30")
    await quarter.it_is("2027-01-21 17:00")
    with quarter.database.transaction(OURS) as session:
        numbers = {name: collaborative_named(session, name).id for name in ("CCSJ", "Bayview", "Mission")}
    ccsj, bayview, mission = (f"{CAME}{number}" for number in numbers.values())

    await opens_the_form(quarter, "U0CURATOR")
    await send(slack, "U0CURATOR", **{mission: "7"})
    await slack.closes("U0CURATOR", everything=True)
    for person in ("U0CURATOR", "U0DEPUTY"):
        await opens_the_form(quarter, person)
    with quarter.database.transaction(OURS) as session:
        for name in ("Bayview", "Mission"):
            leave_rotation(session, collaborative_named(session, name))
    assert await send(slack, "U0DEPUTY", **{mission: ""}) == {}
    assert await send(slack, "U0CURATOR", **{ccsj: "5", bayview: "3"}) == {}
    assert "Who came: CCSJ 5 and Bayview 3\n" in shown(slack.form("U0CURATOR"))

"""What was done stands somewhere: who did it, by which listener, and what it was about."""

from sqlalchemy import select

from handlers.blocks import ids
from handlers.listeners.table import ANYTHING_ELSE, LISTENERS
from storage.database import Database
from storage.inbox import Input
from storage.people import Person
from tests.clock import FrozenClock
from tests.handlers.steps import send, standing
from tests.story import OURS, SHARED, Story, bot_in

Done = tuple[str, str, int | None]


def deeds(database: Database) -> list[Done]:
    """Who, by which listener, about what; the order is the one in which people were met and things made."""
    asked = select(Person.user_id, Input.listener, Input.subject_id).join(
        Person, Person.id == Input.person_id, isouter=True
    )
    with database.transaction(OURS) as session:
        return sorted((tuple(row) for row in session.execute(asked)), key=repr)


async def test_commands_clicks_and_forms_leave_who_did_what(slack: Story, database: Database) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add Alpha")
    await slack.clicks("U0KOFI", await standing(slack), ids.ADD)
    assert await send(slack, "U0KOFI", title="Beta") == {}
    await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", "Alpha"), ids.TAKE)
    await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", "Beta"), ids.LEAVE_OUT)
    assert await send(slack, "U0CURATOR", reason="too full") == {}

    assert deeds(database) == [
        ("U0CURATOR", f"action {ids.TAKE}", 1),
        ("U0CURATOR", f"view {ids.LEAVE_OUT_FORM}", 2),
        ("U0KOFI", f"view {ids.ADD_FORM}", None),
        ("U0MEMBER", "command add", None),
    ]


async def test_looking_being_refused_and_news_leave_nothing(slack: Story, database: Database) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda list")
    await slack.types("U0MEMBER", SHARED, "/agenda words that nobody hears")
    await slack.types("U0MEMBER", SHARED, "/agenda curate")
    await slack.types("U0MEMBER", SHARED, "/agenda add")
    await slack.opens_home("U0MEMBER")
    await slack.deactivates("U0OUTSIDE")

    assert deeds(database) == []


async def test_a_listener_is_named_as_the_table_names_it_however_it_was_typed(
    slack: Story, database: Database
) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda ADD Alpha")
    await slack.types("U0MEMBER", SHARED, "/agenda Tip Breathe")

    done = {tuple(listener.split(" ", 1)) for _, listener, _ in deeds(database)}
    assert done == {("command", "add"), ("command", "tip")}
    assert done <= LISTENERS.keys() - {("command", ANYTHING_ELSE)}


async def test_who_sets_everything_up_is_noted_too(
    empty_slack: Story, clock: FrozenClock, database: Database
) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    async with bot_in(empty_slack, clock, url):
        await empty_slack.types("U0ADMIN", SHARED, "/agenda setup")
        await send(empty_slack, "U0ADMIN", name="Sister Peace", channel=SHARED, admins=["U0ADMIN"])
    [(who, listener, about)] = deeds(database)
    assert (who, listener, about) == ("U0ADMIN", f"view {ids.CONSORTIUM_FORM}", None)

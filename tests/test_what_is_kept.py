"""The table of what is kept names every column with words, names or ids in it, also where a text is copied."""

import asyncio
import json
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import Column, String, Table, select

from bot import live
from bot.after_meeting import Listed
from bot.channels import has_new_id
from bot.consortia import apply
from bot.duties import take
from bot.follow_ups import Agreed, agree
from bot.inert import as_json
from bot.leaving import erase, everything_about, everything_of, those_called
from bot.me_too import say_of_one
from bot.participation import Identity
from bot.people import learn_name, meet
from bot.plan.plan import read_plan
from bot.preparing import say_whether_help_is_good, step_in
from bot.results import Written, write_down
from bot.seen.results import Became
from bot.timetable import next_meeting
from handlers.blocks.decisions import LEAVE_OUT, TAKE
from handlers.blocks.ids import ADD, ANSWER, ARRANGE, CALENDAR, COMES, COMING, PARTY, PUBLISH, WELCOME
from playground.slack.world import Message
from storage.coming import Coming, Need, Party
from storage.consortia import Consortium, consortium_of
from storage.database import Database
from storage.duties import Work
from storage.erasures import note_down, note_of_consortium
from storage.former import Neutral
from storage.items import Item, ItemState, Reason, items_of_meeting
from storage.keeping import Ends, Erase, Export, Holds, Kept, Row, Whose
from storage.kept import KEPT
from storage.kept_rows import ROWS
from storage.legal_holds import LegalHold
from storage.names import IN_NO_MESSAGE, TELL_OF
from storage.people import Person, Who, last_asked_before
from storage.posts import Post
from storage.questions import Question
from storage.set_aside import SetAside
from storage.swaps import SwapState
from storage.tenancy import Session, across_consortia, enter
from storage.tips import Tip
from storage.upkeep.records import Base
from storage.wordless import WITHOUT_WORDS, may_hold_words
from tests.builders import a_hold, a_swap, words_set_aside
from tests.clock import FrozenClock
from tests.conftest import BEGINNING
from tests.handlers.steps import at_rest, send, standing
from tests.kept_page import PAGE, page
from tests.keys import RING
from tests.long_forms import shortened_pairs
from tests.servers import Databases
from tests.story import A_YEAR, NAMES, OURS, PLAN, SHARED, Story, bot_in
from tests.waiting import until

HOSTS = "C0HOSTS"
FORMERLY = {"C0FIRST": SHARED, "C0SECOND": HOSTS}
"""What Slack called the two channels before it gave them new ids."""
TITLE = "canary item.title"
OWN_WORD = {"collaborative": "consortium.called_one", "collaboratives": "consortium.called_many"}
COPIES_ALONE = {"meeting.planned", "meeting.moved_from", "publication.entries", "tip.findable"}
"""Columns in which nothing is written that does not stand elsewhere."""
COLUMNS: dict[str, Column[Any]] = {
    f"{table.name}.{column.name}": column for table in Base.metadata.sorted_tables for column in table.columns
}

PRIYA = Identity("T0SISTER", None, is_bot=False, is_deactivated=False)
NEUTRAL = Neutral("somebody who was here", "something that was brought", "something to do")
RULES = {rows.table: rows for rows in ROWS}

each_kept = pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.column)


# --- The table and the records


def test_every_column_that_may_hold_words_is_in_the_table() -> None:
    named = [kept.column for kept in KEPT] + list(WITHOUT_WORDS)

    assert sorted(named) == sorted(name for name, column in COLUMNS.items() if may_hold_words(column))


def test_a_new_column_of_text_has_to_be_named() -> None:
    assert may_hold_words(Column("motto", String))


@each_kept
def test_whose_it_is_can_be_asked_of_its_row(kept: Kept) -> None:
    if isinstance(kept.whose, Whose):
        return
    column = COLUMNS[f"{kept.table}.{kept.whose}"]
    pointed_at = {key.column.table.name for key in column.foreign_keys}
    assert "person" in pointed_at or column is Person.__table__.c.id


@each_kept
def test_it_can_be_erased_as_the_table_says(kept: Kept) -> None:
    column = COLUMNS[kept.column]
    if kept.erase in (Erase.EMPTY, Erase.LATER):
        assert column.nullable
    elif kept.erase == Erase.NEUTRAL_WORD:
        assert NEUTRAL.instead_of(kept.column)
    elif kept.erase == Erase.ROW:
        assert not _is_pointed_at(column.table)
        assert Row.GOES in {tie.erase for tie in RULES[kept.table].ties}
    elif kept.erase == Erase.NEW_ID:
        assert kept.holds == {Holds.SLACK_ID}
    elif kept.erase == Erase.ENTRIES:
        assert kept.whose == Whose.ITEMS_IN_IT
    else:
        assert kept.whose == Whose.CONSORTIUM


def test_every_table_has_a_rule_for_those_who_leave() -> None:
    assert sorted(RULES) == sorted(Base.metadata.tables)


def test_whatever_points_to_a_person_has_a_rule_for_those_who_leave() -> None:
    theirs = {
        f"{kept.table}.{'place' if kept.whose == Whose.WHOSE_PLACE_IT_IS else kept.whose}"
        for kept in KEPT
        if isinstance(kept.whose, str) or kept.whose == Whose.WHOSE_PLACE_IT_IS
    }
    assert {f"{rows.table}.{tie.column}" for rows in ROWS for tie in rows.ties} == (
        _columns_that_point_to_people() | theirs
    )


def _columns_that_point_to_people() -> set[str]:
    return {
        f"{table.name}.{key.parent.name}"
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column is Person.__table__.c.id
    }


def test_an_export_names_columns_that_hold_no_words_beside_those_of_the_table() -> None:
    shown = {
        f"{rows.table}.{column}"
        for rows in ROWS
        for column in (*rows.shows, *(column for tie in rows.ties for column in tie.shows))
    }
    assert shown <= COLUMNS.keys() - {kept.column for kept in KEPT}


def test_what_others_wrote_for_somebody_is_kept_and_stands_in_an_export() -> None:
    told = {f"{rows.table}.{column}" for rows in ROWS for tie in rows.ties for column in tie.told}
    assert told <= {kept.column for kept in KEPT if Export.PERSON in kept.exports}


def _is_pointed_at(table: Table) -> bool:
    keys = (key for other in Base.metadata.sorted_tables for key in other.foreign_key_constraints)
    return any(key.referred_table is table for key in keys)


@each_kept
def test_only_what_the_clock_forgets_has_a_time(kept: Kept) -> None:
    assert (kept.ends == Ends.WHEN_OLD) == (kept.stays is not None)


def test_the_page_says_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m tests.kept_page"


@each_kept
def test_a_copy_holds_what_it_is_copied_from(kept: Kept) -> None:
    by_column = {one.column: one for one in KEPT}
    assert {holds for column in kept.copies for holds in by_column[column].holds} <= kept.holds


# --- The table and what people really write


def canary(column: str) -> str:
    """A text that says in which column it belongs."""
    return f"canary {column}"


def _plan() -> str:
    """Every name and office in it is a canary; of two meetings one has an office of its own."""
    named = re.sub(r'(name|host) = "', rf'\1 = "{canary("collaborative.name")} ', PLAN)
    named = named.replace(f"{canary('collaborative.name')} Sister Peace", canary("consortium.name"))
    words = [f'{key} = "{canary(column)}"' for key, column in OWN_WORD.items()]
    named = named.replace("[consortium]", "\n".join(["[consortium]", *words]))
    named = named.replace('office = "', f'office = "{canary("collaborative.office")} ')
    named = named.replace(
        'curators = ["U0CURATOR", "U0DEPUTY"]', 'curators = ["U0CURATOR"]\nchannel = "C0SECOND"'
    )
    other = f'date = "2027-04-15"\nstarts = "10:00"\nminutes = 60\noffice = "{canary("meeting.office")}"\n'
    return f"{named}\n[[meeting]]\n{other}".replace(SHARED, "C0FIRST")


@asynccontextmanager
async def among_canaries(empty_slack: Story, clock: FrozenClock, database: Database) -> AsyncIterator[Story]:
    """The bot among people who are all called a canary. The host's cards go to a channel of its own."""
    empty_slack.add_channel(HOSTS, "hosts", ["T0SISTER"], ["U0CURATOR", empty_slack.app.user_id])
    with database.transaction() as session:
        apply(session, read_plan(_plan()), clock())
        for before, now in FORMERLY.items():
            has_new_id(session, "T0SISTER", before, now, clock())
        for person in last_asked_before(session, clock(), limit=100):
            learn_name(
                session, person.id, f"{canary('person.name')} {NAMES[person.user_id]}", clock() + A_YEAR
            )
    url = database.engine.url.render_as_string(hide_password=False)
    async with bot_in(empty_slack, clock, url) as running:
        await running.comes_to_tick()
        yield empty_slack


@pytest.fixture
async def told(empty_slack: Story, database: Database, clock: FrozenClock) -> AsyncIterator[Story]:
    """Everything was written, and the bot goes on."""
    async with among_canaries(empty_slack, clock, database) as slack:
        await _all_is_told(slack, database, clock)
        yield slack


@pytest.fixture(scope="session")
def to_read(databases: Databases, migrated: str) -> Iterator[tuple[Story, Database]]:
    """The same, told once for all who only read what is left of it."""
    database, clock = Database(databases.create(migrated), RING), FrozenClock(BEGINNING)
    yield asyncio.run(_left(Story(clock, retry_delays=(0.0, 0.01, 0.02)), database, clock)), database
    database.close()


async def _left(slack: Story, database: Database, clock: FrozenClock) -> Story:
    await slack.start()
    async with among_canaries(slack, clock, database):
        await _all_is_told(slack, database, clock)
    await slack.stop()
    return slack


async def _all_is_told(slack: Story, database: Database, clock: FrozenClock) -> None:
    """Everything that people can write was written once; and there is a message that Slack does not take."""
    await _everything_is_written(slack)
    with database.transaction() as session:
        apply(session, read_plan(_plan().replace('"10:00"', '"11:00"')), clock())  # both meetings move
    await at_rest(database, clock)
    with database.transaction() as session:
        _what_came_of_it_is_written(session, clock(), FrozenClock("2027-01-21 14:00")())
    slack.world.channels[HOSTS].members.remove(slack.app.user_id)
    await slack.types("U0MEMBER", SHARED, f"/agenda add {TITLE} five")
    await slack.in_direct("U0ADMIN", "The channel of those who decide")
    await until(lambda: "post.error" in {name for name, text in _texts(database) if text != "null"})
    with database.transaction() as session:
        _what_they_do_besides_is_written(session, clock())


def _what_came_of_it_is_written(session: Session, now: datetime, after_it: datetime) -> None:
    consortium = consortium_of(session, "T0SISTER")
    assert consortium is not None
    enter(session, consortium.id)
    host = meet(session, consortium, Who("T0SISTER", "U0CURATOR"), None)
    meeting = next_meeting(session, consortium, now)
    assert meeting is not None
    live.start(session, host, meeting.id, (), after_it - timedelta(hours=3))
    item = items_of_meeting(session, meeting, ItemState.ON_AGENDA)[0]
    written = Written(Became.DONE, canary("result.outcome"))
    write_down(session, host, Listed(meeting.id, item.id), written, after_it)
    agreed = Agreed(canary("follow_up.words"), Who("T0SISTER", "U0MEMBER"), after_it.date(), PRIYA)
    agree(session, host, Listed(meeting.id, item.id), agreed, after_it)


def _what_they_do_besides_is_written(session: Session, now: datetime) -> None:
    """So that each column that points to people points to one who leaves. Somebody who is with no collaborative does it alone, and has brought nothing."""
    consortium = consortium_of(session, "T0SISTER")
    assert consortium is not None
    enter(session, consortium.id)
    host, admin, kofi = (
        meet(session, consortium, Who(team, user_id), None)
        for team, user_id in (("T0SISTER", "U0CURATOR"), ("T0SISTER", "U0ADMIN"), ("T0OTHER", "U0KOFI"))
    )
    meeting = next_meeting(session, consortium, now)
    assert meeting is not None
    say_whether_help_is_good(session, host, meeting.id, now, is_wanted=True)
    step_in(session, admin, meeting.id, now)
    alone = meet(session, consortium, Who("T0SISTER", "U0NEW"), f"{canary('person.name')} {NAMES['U0NEW']}")
    take(session, alone, meeting.id, Work.WELCOME, now)
    waiting = items_of_meeting(session, meeting, ItemState.WAITING)[0]
    say_of_one(session, alone, waiting.id, now)
    other = kofi.person.collaborative
    assert other is not None
    a_swap(session, meeting, other, host.person, state=SwapState.DECLINED, answered_by_id=kofi.person.id)
    note_down(session, [note_of_consortium(session)], now)
    a_hold(session, host.person, until=date(2026, 1, 1), reason=canary("legal_hold.reason"))
    words_set_aside(session, waiting, canary("set_aside.words"))
    session.scalars(select(Post)).first().answered_by_id = host.person.id  # type: ignore[union-attr]


async def _everything_is_written(slack: Story) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add")
    behalf = canary("item.on_behalf_of")
    assert await send(slack, "U0MEMBER", title=f"{TITLE} one", minutes="15", on_behalf_of=behalf) == {}
    await slack.clicks("U0KOFI", await standing(slack), ADD)
    more = {field: canary(f"item.{field}") for field in ("details", "lead", "links")}
    assert await send(slack, "U0KOFI", title=f"{TITLE} two", **more) == {}
    await slack.types("U0MEMBER", SHARED, f"/agenda add {TITLE} three")
    await slack.types("U0MEMBER", SHARED, f"/agenda add {TITLE} four")
    await slack.types("U0ADMIN", SHARED, f"/agenda add {TITLE} of somebody who is with no collaborative")
    for title in ("three", "one", "two", "of somebody"):
        await slack.clicks("U0CURATOR", await slack._message(HOSTS, f"{TITLE} {title}"), TAKE)
    four = await slack._message(HOSTS, f"{TITLE} four")
    [asks] = [value for value in _ways(four) if ":ask:" in value]
    await slack.clicks("U0CURATOR", four, ARRANGE, selected=asks)
    assert await send(slack, "U0CURATOR", question=canary("question.words")) == {}
    await slack.clicks("U0MEMBER", await slack.in_direct("U0MEMBER", canary("question.words")), ANSWER)
    assert await send(slack, "U0MEMBER", answer=canary("question.answer")) == {}
    await slack.clicks("U0CURATOR", four, LEAVE_OUT)
    why = {"reason": Reason.NOT_OURS.value, "note": canary("item.note")}
    assert await send(slack, "U0CURATOR", **why) == {}
    board = await slack.types("U0CURATOR", SHARED, "/agenda curate")
    assert board is not None
    [place] = [value for value in _ways(board) if value.startswith("3:place:")]
    await slack.clicks("U0CURATOR", board, ARRANGE, selected=place)
    placed = {field: canary(f"item.placed_{field}") for field in ("title", "lead")}
    assert await send(slack, "U0CURATOR", heading=canary("item.heading"), **placed) == {}
    [fill_in] = [value for value in _ways(board) if value.endswith(":fill")]
    await slack.clicks("U0CURATOR", board, WELCOME, selected=fill_in)
    assert await send(slack, "U0CURATOR", staff=canary("meeting.welcome")) == {}
    await slack.clicks("U0CURATOR", board, PUBLISH)
    noted = await slack.clicks("U0MEMBER", await standing(slack), COMES)
    await slack.clicks("U0MEMBER", noted, COMING)
    assert await send(slack, "U0MEMBER", about_me=[Need.FOOD], more=canary("coming.more")) == {}
    await slack.clicks("U0MEMBER", noted, PARTY)
    assert await send(slack, "U0MEMBER", people="4", who_is_new=canary("party.who_is_new")) == {}
    await slack.clicks("U0MEMBER", noted, CALENDAR)
    await slack.types("U0MEMBER", SHARED, f"/agenda tip {canary('tip.topic')}: {canary('tip.text')}")


def _ways(message: Message) -> list[str]:
    """All that the menus of a board or a card offer."""
    beside = [block["accessory"] for block in message.blocks if "accessory" in block]
    among = [element for block in message.blocks for element in block.get("elements", [])]
    return [option["value"] for menu in (*beside, *among) for option in menu.get("options", [])]


def test_words_names_and_ids_stand_where_the_table_says_and_nowhere_else(
    to_read: tuple[Story, Database],
) -> None:
    slack, database = to_read
    signs = _signs(slack)
    originals = {column for columns in signs.values() for column in columns}

    expected = {kept.column: set(kept.copies) | ({kept.column} & originals) for kept in KEPT}
    assert _found(database, signs) == expected


def test_every_column_of_text_is_filled_by_the_story(to_read: tuple[Story, Database]) -> None:
    _slack, database = to_read
    filled = {name for name, text in _texts(database) if text != "null"}

    named = {kept.column for kept in KEPT} | WITHOUT_WORDS.keys()
    assert named - filled == {
        "post.stray_ts",
        "consortium.gap_numbers",
    }  # of a claim that ran out, and of a restore


def _signs(slack: Story) -> dict[str, set[str]]:
    """What people wrote and what Slack calls things, by the columns in which that belongs."""
    written = [kept.column for kept in KEPT if Holds.SLACK_ID not in kept.holds]
    return {
        **{canary(column): {column} for column in written if column not in COPIES_ALONE},
        **{person: {"person.user_id"} for person in NAMES},
        **{slack.direct(person).id: {"post.channel_id"} for person in ("U0MEMBER", "U0KOFI", "U0ADMIN")},
        **{before: {"former_channel_id.former_id"} for before in FORMERLY},
        **{file: {"post.files"} for file in slack.world.files},
        "sister-peace.slack.com": {"consortium.address"},
        SHARED: {"consortium.channel_id"},
        HOSTS: {"collaborative.curators_channel_id"},
        "T0SISTER": {"consortium.team_id", "person.team_id"},
        "T0OTHER": {"person.team_id"},
    }


def _found(database: Database, signs: dict[str, set[str]]) -> dict[str, set[str]]:
    """By column, the columns to which belongs what stands there."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, text in (*_texts(database), *_opened(database)):
        for sign, columns in signs.items():
            if sign in text:
                found[name] |= columns & {name} or columns
    return found


def _texts(database: Database) -> Iterator[tuple[str, str]]:
    """Every cell there is, as it stands in the database."""
    with database.transaction() as session, across_consortia(session):
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)).mappings():
                for column, value in row.items():
                    text = value if isinstance(value, str) else json.dumps(value, default=str)
                    yield f"{table.name}.{column}", text


def _opened(database: Database) -> Iterator[tuple[str, str]]:
    """What is sealed, as those read it who may. A reason or a need is no text of people, so it is called a canary here."""
    with database.transaction(OURS) as session:
        for item in session.scalars(select(Item)):
            yield "item.note", item.note or ""
            yield "item.reason", canary("item.reason") if item.reason == Reason.NOT_OURS else ""
        for question in session.scalars(select(Question)):
            yield "question.words", question.words or ""
            yield "question.answer", question.answer or ""
        for coming in session.scalars(select(Coming)):
            yield "coming.needs", canary("coming.needs") if coming.needs else ""
            yield "coming.more", coming.more or ""
        for party in session.scalars(select(Party)):
            yield "party.who_is_new", party.who_is_new or ""
        for hold in session.scalars(select(LegalHold)):
            yield "legal_hold.reason", hold.reason or ""
        for aside in session.scalars(select(SetAside)):
            yield "set_aside.words", aside.words or ""


# --- Who leaves


NAMES_OF_GROUPS = {"consortium.name", "collaborative.name"}
"""They say what an export is about."""
OF_A_FEW_WORDS = {"item.reason", "coming.needs"}
"""They are chosen, and not written."""
LEAVERS = ("U0MEMBER", "U0KOFI", "U0CURATOR", "U0ADMIN", "U0NEW")
ON_POSTGRES = {("postgres", "U0MEMBER"), ("postgres", "U0ADMIN")}
"""In the whole: who brought most, and who is named in most places."""


def _of(session: Session, user_id: str) -> list[Person]:
    return those_called(session, "", user_id)


def _export(database: Database, user_id: str) -> str:
    with database.transaction(OURS) as session:
        [person] = _of(session, user_id)
        return as_json(everything_about(session, session.get_one(Consortium, OURS), person))


def test_exports_hold_what_the_table_says_and_nothing_of_others(to_read: tuple[Story, Database]) -> None:
    """What was decided is nobody's news before it was told."""
    _slack, database = to_read
    exports = {user_id: _export(database, user_id) for user_id in LEAVERS}
    with database.transaction(OURS) as session:
        of_all = as_json(everything_of(session))
    for kept in KEPT:
        if Holds.SLACK_ID in kept.holds or kept.column in {*COPIES_ALONE, *OF_A_FEW_WORDS}:
            continue
        is_in_one = canary(kept.column) in "".join(exports.values())
        assert is_in_one == (Export.PERSON in kept.exports or kept.column in NAMES_OF_GROUPS)
        assert (canary(kept.column) in of_all) == (Export.CONSORTIUM in kept.exports)
    for user_id, export in exports.items():
        assert {one for one in NAMES if one in export} == {user_id}
    assert canary("item.details") not in exports["U0MEMBER"]
    assert canary("item.note") not in exports["U0MEMBER"]
    assert not [one for one in NAMES if one in of_all]


def test_whatever_points_to_a_person_points_to_one_who_leaves(to_read: tuple[Story, Database]) -> None:
    """So each column in which somebody may stand is tried when they are erased."""
    _slack, database = to_read
    with database.transaction() as session, across_consortia(session):
        leavers = {person.id for user_id in LEAVERS for person in _of(session, user_id)}
        pointed_at = {
            column: set(session.scalars(select(COLUMNS[column])))
            for column in _columns_that_point_to_people()
        }
    assert {column for column, people in pointed_at.items() if not people & leavers} == set()


def test_each_column_that_points_to_a_person_says_which_messages_name_them() -> None:
    told = {f"{points.class_.__tablename__}.{points.key}" for points in TELL_OF}
    assert sorted([*told, *IN_NO_MESSAGE, "item.proposer_id"]) == sorted(_columns_that_point_to_people())


def _words_of(database: Database, user_id: str) -> set[str]:
    """All that somebody wrote and is called, here and by Slack."""
    with database.transaction(OURS) as session:
        [person] = _of(session, user_id)
        items = session.scalars(select(Item).where(Item.proposer_id == person.id)).all()
        tips = session.scalars(select(Tip).where(Tip.person_id == person.id)).all()
        notes = session.scalars(select(Item).where(Item.decided_by_id == person.id)).all()
        written = [text for item in items for text in (item.title, item.details, item.links)]
        written += [text for item in items for text in (item.lead, item.on_behalf_of)]
        written += [text for item in items for text in (item.placed_title, item.placed_lead)]
        written += [text for tip in tips for text in (tip.topic, tip.text, tip.findable)]
        written += [one.more for one in session.scalars(select(Coming).where(Coming.person_id == person.id))]
        written += [
            one.who_is_new for one in session.scalars(select(Party).where(Party.said_by_id == person.id))
        ]
        return {text for text in [*written, *(item.note for item in notes), person.name, user_id] if text}


@pytest.mark.parametrize(
    ("databases", "leaver"),
    [*product(["sqlite"], LEAVERS), *shortened_pairs(product(["postgres"], LEAVERS), ON_POSTGRES)],
    indirect=["databases"],
    scope="session",
)
async def test_nothing_is_left_of_who_is_erased_and_nothing_of_others_is_lost(
    told: Story, database: Database, clock: FrozenClock, leaver: str
) -> None:
    told.world.channels[HOSTS].members.append(told.app.user_id)
    clock.passes(hours=2)
    await told.types("U0SAM", SHARED, "/agenda tip Breathe")
    await at_rest(database, clock)
    words = _words_of(database, leaver)
    of_others = {word for one in LEAVERS if one != leaver for word in _words_of(database, one)} - words
    direct = told.direct(leaver).id
    with database.transaction(OURS) as session:
        erase(session, session.get_one(Consortium, OURS), _of(session, leaver), NEUTRAL, clock())
    await told.types("U0SAM", SHARED, "/agenda tip Breathe")
    await at_rest(database, clock)

    left = "\n".join(text for _, text in (*_texts(database), *_opened(database)))
    assert {word for word in (*words, direct) if word in left} == set()
    assert {word for word in of_others if word not in left} == set()
    in_slack = "\n".join(
        repr(one.blocks) for there in told.world.messages.values() for one in there if one.only_for is None
    )
    assert {word for word in words - {leaver} if word in in_slack} == set()

"""Migrations keep every row, up and down, on both engines."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, ForeignKeyConstraint, MetaData, Table, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.word_to_proposers import outcome_key, reconsidered_key
from storage.database import Database, connect
from storage.items import Item
from storage.results import Became
from storage.upkeep import migrating, schema
from storage.upkeep.records import Base
from tests.at_once import wait_until_it_waits
from tests.conftest import NewDatabase
from tests.handlers.steps import on_postgres
from tests.servers import Databases

pytestmark = pytest.mark.slow

BEGINNING, HEAD = "0001", "head"
MOMENT = datetime(2026, 11, 23, 20, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 21, tzinfo=UTC)

NOW_CALLED = {"heard": "input"}
"""Tables that have another name by now."""

Rows = dict[str, list[dict[str, Any]]]

CHANGED_ALREADY = text(
    "SELECT relation::regclass FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted"
    " AND relation = ANY (ARRAY['post', 'tip', 'meeting', 'item', 'consortium']::regclass[]) LIMIT 1"
)
"""A table that a migration which is under way has changed, and that another has to wait for."""


@pytest.fixture(scope="session")
def of_the_beginning(databases: Databases) -> str:
    """A template at the first revision, with rows of two consortia in every table."""
    with engine_on(databases.create()) as engine:
        up(engine, BEGINNING)
        tables = MetaData()
        tables.reflect(engine)
        with engine.begin() as connection:
            for name, rows in everything_of_the_beginning().items():
                connection.execute(tables.tables[name].insert(), rows)
        return url_of(engine)


@pytest.fixture(scope="session")
def of_today(databases: Databases, of_the_beginning: str) -> str:
    """A template with the same rows at the newest revision."""
    with engine_on(databases.create(of_the_beginning)) as engine:
        schema.bring_up_to_date(engine)
        return url_of(engine)


@pytest.fixture
def seeded(new_database: NewDatabase, of_the_beginning: str) -> Iterator[Engine]:
    with engine_on(new_database(of_the_beginning)) as engine:
        yield engine


@pytest.fixture
def newest(new_database: NewDatabase, of_today: str) -> Iterator[Engine]:
    with engine_on(new_database(of_today)) as engine:
        yield engine


@contextmanager
def engine_on(url: str) -> Iterator[Engine]:
    engine = connect(url)
    yield engine
    engine.dispose()


def url_of(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def everything_of_the_beginning() -> Rows:
    """Where a column may be empty, one consortium has it filled and the other not."""
    return {
        "consortium": [
            {
                "id": one,
                "team_id": f"T{one}",
                "name": "Sister Peace",
                "channel_id": "C0SHARED",
                "timezone": "America/Los_Angeles",
                "call_days": [28, 7],
                "call_at": time(10),
                "closes_days_before": 7,
                "digest_weekday": "monday",
                "digest_at": time(9),
                "told_after_minutes": 5,
                "created_at": MOMENT,
                "scheduled_since": LATER,
            }
            for one in (1, 2)
        ],
        "heard": [{"key": "a click", "at": MOMENT}, {"key": "a form", "at": LATER}],
        "collaborative": [
            {"id": 11, "consortium_id": 1, "position": 1, "name": "CCSJ", "office": "1 Main St"}
            | {"curators_channel_id": "C0CURATORS"},
            {"id": 21, "consortium_id": 2, "position": None, "name": "CCSJ", "office": "1 Main St"}
            | {"curators_channel_id": None},
        ],
        "person": [
            {"id": 12, "consortium_id": 1, "team_id": "T1", "user_id": "U0MEMBER", "name": "Priya"}
            | {"named_at": MOMENT, "collaborative_id": 11, "is_admin": True},
            {"id": 22, "consortium_id": 2, "team_id": "T1", "user_id": "U0MEMBER", "name": None}
            | {"named_at": None, "collaborative_id": None, "is_admin": False},
        ],
        "curator": [{"person_id": 12, "collaborative_id": 11}, {"person_id": 22, "collaborative_id": 21}],
        "meeting": [
            {
                "id": 10 * one + 3,
                "consortium_id": one,
                "host_id": 10 * one + 1,
                "day": date(2027, 1, 21),
                "starts": time(10),
                "minutes": 120,
                "office": "1 Main St",
                "state": "set",
                "known_since": MOMENT,
                "planned": planned,
            }
            for one, planned in ((1, {"day": "2027-01-21"}), (2, None))
        ],
        "item": [
            {
                "id": 10 * one + 4,
                "consortium_id": one,
                "proposer_id": 10 * one + 2,
                "title": "Budget cuts 🤝",
                "state": "not taken",
                "is_late": True,
                "is_carried_over": False,
                "created_at": MOMENT,
                "decisions": 1,
                **dict.fromkeys(("on_behalf_of", "details", "links", "lead", "note"), words),
                **dict.fromkeys(("minutes", "position"), one if words else None),
                **dict.fromkeys(("submitted_at", "decided_at", "told_at"), LATER if words else None),
                "wish": "advice" if words else None,
                "reason": "other" if words else None,
                "meeting_id": 10 * one + 3 if words else None,
                "collaborative_id": 10 * one + 1 if words else None,
                "decided_by_id": 10 * one + 2 if words else None,
            }
            for one, words in ((1, "Next time, gladly"), (2, None))
        ],
        "publication": [
            {
                "id": 10 * one + 5,
                "meeting_id": 10 * one + 3,
                "number": one,
                "at": MOMENT,
                "by_id": 10 * one + 2,
                "entries": [{"item_id": 10 * one + 4, "title": "Budget cuts"}],
                "held": 0,
            }
            for one in (1, 2)
        ],
        "tip": [
            {
                "id": 10 * one + 6,
                "consortium_id": one,
                "person_id": 10 * one + 2,
                "topic": "General",
                "text": "Call early",
                "findable": "general\ncall early",
                "created_at": MOMENT,
            }
            for one in (1, 2)
        ],
        "post": [
            {
                "id": 10 * one + 7,
                "consortium_id": one,
                "key": f"card:{one}",
                "kind": "card",
                "subject_id": 10 * one + 4,
                "place": "U0CURATOR",
                "due_at": MOMENT,
                "state": "sent",
                "reference": f"reference {one}",
                **dict.fromkeys(("wanted", "shown", "fence", "attempts"), one),
                **dict.fromkeys(("lease_until", "not_before", "first_tried_at", "sent_at"), sent),
                **dict.fromkeys(("channel_id", "ts", "error"), "1.1" if sent else None),
                "may_be_there": bool(sent),
            }
            for one, sent in ((1, LATER), (2, None))
        ],
    }


def up(engine: Engine, revision: str) -> None:
    with schema._for_migrations(engine) as connection:
        command.upgrade(migrating.config(connection), revision)


def down(engine: Engine, revision: str) -> None:
    with schema._for_migrations(engine) as connection:
        command.downgrade(migrating.config(connection), revision)


def content(engine: Engine) -> Rows:
    """Every row there is, as the database itself knows its tables."""
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        return {
            table.name: sorted((dict(row) for row in _rows(connection, table)), key=repr)
            for table in tables.sorted_tables
            if table.name != "alembic_version"
        }


def _rows(connection: Connection, table: Table) -> list[Any]:
    return list(connection.execute(select(table)).mappings())


def in_columns_of(before: Rows, after: Rows) -> Rows:
    """What is there after, seen through the tables and columns of before."""
    return {
        table: sorted(({column: row[column] for column in rows[0]} for row in found), key=repr)
        for table, rows in before.items()
        for found in [after[NOW_CALLED.get(table, table)]]
    }


def test_the_seed_fills_every_column_of_every_table(seeded: Engine) -> None:
    for table, rows in content(seeded).items():
        assert len(rows) > 1, table
        for column in rows[0]:
            assert any(row[column] is not None for row in rows), (table, column)


def test_up_to_the_newest_every_row_is_kept(seeded: Engine) -> None:
    before = content(seeded)

    schema.bring_up_to_date(seeded)
    after = content(seeded)
    heard_by_both = {"heard": sorted(before["heard"] * 2, key=repr)}  # nobody had noted by whom
    assert in_columns_of(before, after) == before | heard_by_both
    assert {row["consortium_id"] for row in after["input"]} == {1, 2}
    for table in ("curator", "publication"):
        assert sorted(row["consortium_id"] for row in after[table]) == [1, 2]


def test_what_was_heard_before_deeds_were_noted_is_no_deed_of_anybodys(seeded: Engine) -> None:
    schema.bring_up_to_date(seeded)

    inputs = content(seeded)["input"]
    assert len(inputs) == 4
    for row in inputs:
        assert (row["person_id"], row["listener"], row["subject_id"]) == (None, None, None)


def test_down_to_the_beginning_and_up_again_every_row_is_kept(seeded: Engine) -> None:
    first = content(seeded)
    up(seeded, HEAD)
    newest = content(seeded)

    down(seeded, BEGINNING)
    assert content(seeded) == first
    up(seeded, HEAD)
    assert content(seeded) == newest


def test_a_step_back_and_forth_loses_nothing_that_was_learned_since(seeded: Engine) -> None:
    up(seeded, HEAD)
    tables = MetaData()
    tables.reflect(seeded)
    with seeded.begin() as connection:
        connection.execute(update(tables.tables["person"]).values(is_bot=True, deactivated_at=LATER))
        post = tables.tables["post"]
        learned = {"tried": 3, "sweep_at": LATER, "stray_ts": "2.2", "is_said_to_be_there": False}
        connection.execute(update(post).values(**learned))
        connection.execute(update(post).where(post.c.consortium_id == 1).values(answered_by_id=12))
        connection.execute(tables.tables["heartbeat"].insert(), [{"replica": "one", "at": MOMENT}])
    newest = content(seeded)

    down(seeded, "0002")
    before = content(seeded)
    assert before == in_columns_of(before, newest)
    up(seeded, HEAD)
    assert content(seeded) == newest


def test_a_late_revision_that_fails_leaves_the_database_as_it_was_before_the_first(seeded: Engine) -> None:
    with seeded.begin() as connection:
        connection.execute(text("ALTER TABLE consortium ADD COLUMN namespace VARCHAR"))  # in the way of 0005
    before = content(seeded)

    with pytest.raises(DBAPIError, match=r"(?i)namespace"):
        schema.bring_up_to_date(seeded)
    assert content(seeded) == before
    with seeded.connect() as connection:
        assert schema.known_revision(connection) == BEGINNING


def test_there_is_no_way_back_to_a_version_that_could_not_read_what_is_sealed(newest: Engine) -> None:
    with newest.begin() as connection:
        connection.execute(text("UPDATE item SET reason = :sealed"), {"sealed": "v1.tests." + "A" * 80})
    before = content(newest)

    with pytest.raises(RuntimeError, match="sealed"):
        down(newest, "0003")
    assert content(newest) == before


def test_there_is_no_way_back_to_a_version_that_would_hold_a_cancelled_meeting(newest: Engine) -> None:
    with newest.begin() as connection:
        connection.execute(text("UPDATE meeting SET state = 'cancelled' WHERE id = 13"))
    before = content(newest)

    with pytest.raises(RuntimeError, match="cancelled"):
        down(newest, "0017")
    assert content(newest) == before


def test_what_was_given_back_or_put_off_before_anybody_noted_when_was_so_since_it_was_written_down(
    seeded: Engine,
) -> None:
    up(seeded, "0025")
    [known] = SINCE_THE_BEGINNING["follow_up"]
    as_it_was = {"is_declined": False, "put_off_to": None}
    facts = ({}, {"is_declined": True}, {"put_off_to": LATER.date()})
    tables = MetaData()
    tables.reflect(seeded)
    with seeded.begin() as connection:
        rows = [known | as_it_was | fact for fact in facts]
        connection.execute(tables.tables["follow_up"].insert(), rows)
    before = content(seeded)
    up(seeded, HEAD)
    rows = {row["id"]: row for row in content(seeded)["follow_up"]}
    at = rows[1]["written_at"]
    moments = [(rows[number]["declined_at"], rows[number]["put_off_at"]) for number in (1, 2, 3)]
    assert moments == [(None, None), (at, None), (None, at)]
    down(seeded, "0025")
    assert content(seeded) == before


def test_an_agenda_that_is_published_keeps_its_times_and_others_begin_with_the_hosts_staff(
    seeded: Engine,
) -> None:
    up(seeded, "0029")
    tables = MetaData()
    tables.reflect(seeded)
    meeting, publication = tables.tables["meeting"], tables.tables["publication"]
    with seeded.begin() as connection:
        like = dict(connection.execute(select(meeting).where(meeting.c.id == 13)).mappings().one())
        days = [MOMENT.date() + timedelta(days=400 + more) for more in range(3)]
        unsaid, published, said = (like | {"id": 31 + n, "day": day} for n, day in enumerate(days))
        connection.execute(meeting.insert(), [unsaid, published, said | {"opening": 5}])
        about = {"consortium_id": 1, "number": 1, "at": MOMENT, "by_id": 12, "entries": [], "held": 0}
        connection.execute(publication.insert(), [about | {"meeting_id": number} for number in (32, 33)])
    before = content(seeded)
    up(seeded, HEAD)
    openings = {row["id"]: row["opening"] for row in content(seeded)["meeting"]}
    assert [openings[number] for number in (31, 32, 33)] == [None, 0, 5]
    down(seeded, "0029")
    is_published = {row["meeting_id"] for row in before["publication"]}
    for row in before["meeting"]:
        row["opening"] = 0 if row["id"] in is_published and row["opening"] is None else row["opening"]
    assert content(seeded) == before


def test_what_was_marked_as_carried_over_was_so_once_at_least_and_nobody_was_asked_about_it(
    seeded: Engine,
) -> None:
    """Until 0031 nobody counted. On the way back what rests waits, and what is solved is taken back."""
    up(seeded, "0029")
    tables = MetaData()
    tables.reflect(seeded)
    item = tables.tables["item"]
    with seeded.begin() as connection:
        like = dict(connection.execute(select(item).where(item.c.id == 14)).mappings().one())
        more = [
            ("waiting", True),
            ("on the agenda", True),
            ("withdrawn", True),
            ("held for next time", False),
        ]
        rows = [
            like | {"id": number, "state": state, "is_carried_over": carried}
            for number, (state, carried) in enumerate(more, start=15)
        ]
        connection.execute(item.insert(), rows)
    before = content(seeded)
    up(seeded, "0031")
    rows = {row["id"]: row for row in content(seeded)["item"]}
    assert {number: row["carry_overs"] for number, row in rows.items() if number < 20} == {
        14: 0,
        15: 1,
        16: 1,
        17: 1,
        18: 0,
    }
    assert all(row["wanted_at"] is None for row in rows.values())
    assert in_columns_of(before, content(seeded)) == before

    with seeded.begin() as connection:
        connection.execute(text("UPDATE item SET state = 'resting', wanted_at = decided_at WHERE id = 15"))
        connection.execute(text("UPDATE item SET state = 'solved' WHERE id = 16"))
        connection.execute(text("UPDATE post SET kind = 'still wanted' WHERE id = 17"))
    down(seeded, "0029")
    after = content(seeded)
    states = {row["id"]: row["state"] for row in after["item"]}
    assert (states[15], states[16], states[18]) == ("waiting", "withdrawn", "held for next time")
    assert [row["id"] for row in after["post"]] == [27]


IDS = {"collaborative": (11, 21), "person": (12, 22), "meeting": (13, 23), "item": (14, 24)}
SINCE_THE_BEGINNING: Rows = {
    "result": [
        {
            "consortium_id": 1,
            "meeting_id": 13,
            "item_id": 14,
            "became": Became.DONE,
            "written_by_id": 12,
            "written_at": MOMENT,
        }
    ],
    "attendance": [{"consortium_id": 1, "meeting_id": 13, "collaborative_id": 11, "people": 5}],
    "follow_up": [
        {
            "consortium_id": 1,
            "meeting_id": 13,
            "item_id": 14,
            "words": "Call the clinic",
            "owner_id": 12,
            "due_on": MOMENT.date(),
            "declines": 0,
            "written_by_id": 12,
            "written_at": MOMENT,
        }
    ],
    "question": [
        {"consortium_id": 1, "meeting_id": 13, "item_id": 14, "asked_by_id": 12, "asked_at": MOMENT}
    ],
    "me_too": [{"consortium_id": 1, "item_id": 14, "person_id": 12}],
    "coming": [
        {
            "consortium_id": 1,
            "meeting_id": 13,
            "person_id": 12,
            "day": MOMENT.date(),
            "comes": True,
            "is_new": False,
            "knows": [],
        }
    ],
    "live_meeting": [
        {
            "consortium_id": 1,
            "meeting_id": 13,
            "item_id": 14,
            "started_at": MOMENT,
            "since": MOMENT,
            "told_at": MOMENT,
            "had_turn": [],
            "put_off": [],
        }
    ],
    "duty": [
        {
            "consortium_id": 1,
            "meeting_id": 13,
            "work": "food",
            "collaborative_id": 11,
            "taken_by_id": 12,
            "day": MOMENT.date(),
        }
    ],
    "swap": [
        {
            "consortium_id": 1,
            "meeting_id": 13,
            "host_id": 11,
            "other_id": 11,
            "state": "open",
            "asked_by_id": 12,
            "asked_at": MOMENT,
        }
    ],
    "legal_hold": [
        {
            "consortium_id": 1,
            "until": MOMENT.date(),
            "began_at": MOMENT,
            "began_by_id": 12,
            "is_over_noticed": False,
        },
    ],
    "set_aside": [
        {"consortium_id": 1, "of_table": "item", "row_id": 14, "person_id": 12, "at": MOMENT},
    ],
    "party": [
        {
            "consortium_id": 1,
            "meeting_id": 13,
            "collaborative_id": 11,
            "day": MOMENT.date(),
            "people": 4,
            "said_by_id": 12,
        }
    ],
}
"""A row of each table that points somewhere and was not there at the beginning."""
POINTERS = [
    (table, key)
    for table in Base.metadata.sorted_tables
    for key in sorted(table.foreign_key_constraints, key=lambda key: key.column_keys)
    if key.referred_table.name != "consortium"
]


@pytest.mark.parametrize(
    ("table", "key"), POINTERS, ids=[f"{table.name} {key.column_keys[-1]}" for table, key in POINTERS]
)
def test_no_row_can_point_into_another_consortium(
    newest: Engine, table: Table, key: ForeignKeyConstraint
) -> None:
    column = key.column_keys[-1]
    ours, theirs = IDS[key.referred_table.name]
    pointing = update(table).where(table.c.consortium_id == 1)

    with newest.begin() as connection:
        if table.name in SINCE_THE_BEGINNING:
            connection.execute(table.insert(), SINCE_THE_BEGINNING[table.name])
        assert connection.execute(pointing.values({column: ours})).rowcount
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), newest.begin() as connection:
        connection.execute(pointing.values({column: theirs}))


def test_every_pointer_goes_with_its_consortium() -> None:
    assert len(POINTERS) > 10
    assert {key.column_keys[0] for _, key in POINTERS} == {"consortium_id"}


@pytest.mark.parametrize(
    ("state", "decisions", "is_told", "outcome", "reconsidered"),
    [
        ("waiting", 0, False, 1, 0),
        ("on the agenda", 1, False, 1, 0),
        ("on the agenda", 1, True, 1, 1),
        ("waiting", 1, False, 2, 1),  # taken up again, or undone, or carried over
        ("held for next time", 3, False, 3, 2),
        ("not taken", 3, True, 3, 3),
    ],
)
def test_what_is_owed_to_proposers_keeps_its_key(
    seeded: Engine, state: str, decisions: int, *, is_told: bool, outcome: int, reconsidered: int
) -> None:
    """Until 0012 each decision was counted in it. The next decision's key is of no post that there is."""
    up(seeded, "0011")
    with seeded.begin() as connection:
        connection.execute(
            text("UPDATE item SET state = :state, decisions = :decisions, told_at = :told"),
            {"state": state, "decisions": decisions, "told": MOMENT.isoformat(" ") if is_told else None},
        )
    up(seeded, HEAD)
    with seeded.connect() as connection:
        tellings = set(connection.execute(text("SELECT tellings FROM item")).scalars())
    (item,) = [Item(id=7, tellings=one, told_at=MOMENT if is_told else None) for one in tellings]
    assert (outcome_key(item), reconsidered_key(item)) == (
        f"outcome:7:{outcome}",
        f"reconsidered:7:{reconsidered}",
    )


def test_a_copy_of_before_is_known_as_one_also_of_a_copy_and_where_it_was_taken_back(seeded: Engine) -> None:
    """Until 0027 only the result knew which copy it brought, and forgot one that was taken back."""
    up(seeded, "0025")
    tables = MetaData()
    tables.reflect(seeded)
    item, result = tables.tables["item"], tables.tables["result"]
    [brought] = SINCE_THE_BEGINNING["result"]
    with seeded.begin() as connection:
        like = dict(connection.execute(select(item).where(item.c.id == 14)).mappings().one())
        waits = like | {"state": "waiting", "is_carried_over": True}
        taken_back = waits | {"state": "withdrawn"}
        copies = [waits | {"id": 15}, waits | {"id": 16}, taken_back | {"id": 17}]
        others = [taken_back | {"id": 18, "created_at": LATER}, like | {"id": 19}]
        others.append(taken_back | {"id": 20, "title": "Another one of the same list"})
        connection.execute(item.insert(), [*copies, *others])
        connection.execute(
            result.insert(), [brought | {"copy_id": 15}, brought | {"item_id": 15, "copy_id": 16}]
        )
    up(seeded, HEAD)
    with seeded.connect() as connection:
        known = connection.execute(
            text("SELECT id, original_id FROM item WHERE consortium_id = 1 ORDER BY id")
        )
        assert [tuple(row) for row in known] == [
            (14, None),
            (15, 14),
            (16, 14),
            (17, 14),
            (18, None),
            (19, None),
            (20, None),
        ]


def test_items_that_were_joined_stand_for_themselves_in_the_version_before(seeded: Engine) -> None:
    """0029 knows no items that go together. None did before, and none that was decided loses its decision."""
    up(seeded, "0029")
    tables = MetaData()
    tables.reflect(seeded)
    item, publication = tables.tables["item"], tables.tables["publication"]
    entry = {"item_id": 14, "title": "Bus routes", "minutes": 10, "lead": None, "collaborative": "CCSJ"}
    with seeded.begin() as connection:
        like = dict(connection.execute(select(item).where(item.c.id == 14)).mappings().one())
        connection.execute(item.insert(), [like | {"id": 15, "state": "on the agenda"}])
        connection.execute(update(publication).values(entries=[entry]))
    before = content(seeded)
    up(seeded, "0030")
    assert {(row["joined_to_id"], row["joins"]) for row in content(seeded)["item"]} == {(None, 0)}
    assert in_columns_of(before, content(seeded)) == before

    with seeded.begin() as connection:
        connection.execute(text("UPDATE item SET joined_to_id = 14 WHERE id = 15"))
        connection.execute(text("UPDATE item SET joins = 1 WHERE id = 14"))
        connection.execute(update(publication).values(entries=[entry | {"others": [[15, "Sunset"]]}]))
    down(seeded, "0029")
    assert content(seeded) == before


def test_a_thread_of_before_is_known_by_its_channel_and_of_two_the_newest_in_the_version_before(
    seeded: Engine,
) -> None:
    """Until 0046 one opened once for ever, wherever the shared channel was."""
    up(seeded, "0045")
    tables = MetaData()
    tables.reflect(seeded)
    post = tables.tables["post"]
    with seeded.begin() as connection:
        like = dict(connection.execute(select(post).limit(1)).mappings().one())
        thread = like | {"id": 900, "kind": "separate talk", "subject_id": 14, "place": "C0SHARED"}
        connection.execute(post.insert(), [thread | {"key": "separate:14"}])
    before = content(seeded)
    up(seeded, "0046")
    with seeded.begin() as connection:
        keys = select(post.c.key).where(post.c.kind == "separate talk").order_by(post.c.id)
        assert connection.scalars(keys).all() == ["separate:14:C0SHARED"]
        anew = thread | {"id": 901, "key": "separate:14:C0NEW", "place": "C0NEW"}
        connection.execute(post.insert(), [anew])
    down(seeded, "0045")
    with seeded.begin() as connection:
        assert connection.execute(select(post.c.id, post.c.key).where(post.c.id >= 900)).all() == [
            (901, "separate:14")
        ]
        connection.execute(update(post).where(post.c.id == 901).values(id=900, place="C0SHARED"))
    assert content(seeded) == before


def test_of_items_that_were_joined_before_it_is_known_that_they_went_together_when_both_were_decided(
    seeded: Engine,
) -> None:
    """Until 0034 nobody wrote down when they were joined."""
    up(seeded, "0032")
    tables = MetaData()
    tables.reflect(seeded)
    item = tables.tables["item"]
    decided, handed_in, drafted = (MOMENT + timedelta(hours=hours) for hours in (3, 2, 1))
    with seeded.begin() as connection:
        like = dict(connection.execute(select(item).where(item.c.id == 14)).mappings().one())
        like |= {"created_at": drafted, "submitted_at": handed_in, "decided_at": decided, "joined_to_id": 14}
        waits, of_old, alone = {"decided_at": None}, {"submitted_at": None}, {"joined_to_id": None}
        more = [{}, waits, waits | of_old, alone]
        connection.execute(
            item.insert(), [like | one | {"id": number} for number, one in enumerate(more, start=15)]
        )
        connection.execute(text("UPDATE item SET joins = 3 WHERE id = 14"))
    before = content(seeded)
    up(seeded, HEAD)
    since = {row["id"]: row["joined_at"] for row in content(seeded)["item"] if row["id"] < 20}
    then = {row["id"]: row for row in before["item"]}
    assert since == {
        14: None,
        15: then[15]["decided_at"],
        16: then[16]["submitted_at"],
        17: then[17]["created_at"],
        18: None,
    }
    down(seeded, "0032")
    assert content(seeded) == before


def test_admins_who_were_told_what_slack_has_not_granted_are_told_no_second_time(seeded: Engine) -> None:
    """Until 0044 there were two kinds of posts for it, one of them once a month."""
    up(seeded, "0041")
    of_files = "undelivered:{}:files:missing_scope:2026-{}-01:U0ADMIN"
    keys = ["no_groups:1:U0ADMIN", *(of_files.format(*told) for told in ((1, 10), (1, 11), (2, 10)))]
    keys += ["undelivered:1:files:storage_limit_reached:2026-11-01:U0ADMIN"]
    _owe_to_admins(seeded, keys)
    before = content(seeded)
    up(seeded, HEAD)
    known = {row["id"]: (row["key"], row["kind"], row["subject_id"]) for row in content(seeded)["post"]}
    assert known[30] == ("not_granted:1:group messages:U0ADMIN", "not granted", 1)
    assert known[32] == ("not_granted:1:files:U0ADMIN", "not granted", 1)
    assert known[33] == ("not_granted:2:files:U0ADMIN", "not granted", 2)
    assert {row["id"]: row for row in before["post"]}.keys() == known.keys()
    assert [known[number][0] for number in (31, 34)] == [keys[1], keys[4]]
    down(seeded, "0041")
    left = {row["id"]: row["key"] for row in content(seeded)["post"]}
    assert left == {row["id"]: row["key"] for row in before["post"] if row["id"] not in (32, 33)}


def _owe_to_admins(seeded: Engine, keys: list[str]) -> None:
    tables = MetaData()
    tables.reflect(seeded)
    post = tables.tables["post"]
    with seeded.begin() as connection:
        like = dict(connection.execute(select(post).where(post.c.id == 17)).mappings().one())
        for number, key in enumerate(keys, start=30):
            kind, one = key.split(":")[:2]
            about = {"consortium_id": int(one), "subject_id": 1, "kind": kind.replace("_", " ")}
            more = {"id": number, "key": key, "reference": key}
            connection.execute(post.insert(), [like | about | more])


@on_postgres
def test_a_migration_that_waits_for_a_bot_which_waits_for_it_is_done_anew(seeded: Engine) -> None:
    with engine_on(url_of(seeded)) as migrating, seeded.connect() as bot, ThreadPoolExecutor(1) as threads:
        bot.execute(text("SET LOCAL deadlock_timeout = '1min'"))  # so that it is not the bot that gives way
        bot.execute(text("LOCK TABLE person IN ACCESS SHARE MODE"))
        migrated = threads.submit(schema.bring_up_to_date, migrating)
        changed = _changed_while_it_waits(seeded, migrated)
        bot.execute(text(f"LOCK TABLE {changed} IN ACCESS SHARE MODE"))
        bot.rollback()
        migrated.result()
        assert schema.is_up_to_date(migrating)


def _changed_while_it_waits(engine: Engine, migrated: "Future[None]") -> str:
    with closing(Database(url_of(engine))) as watching:
        wait_until_it_waits(watching, migrated)
        with watching.engine.connect() as connection:
            return str(connection.scalar(CHANGED_ALREADY))

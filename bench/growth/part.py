"""python -m bench growth: what each question costs where there is a hundred times as much."""

import argparse
import time
from collections.abc import Mapping
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Engine

from bench import cast, databases
from bench.growth.filling import FEW, MANY, Size, fill
from bench.growth.questions import QUESTIONS, Question
from bench.wrong_answer import WrongAnswer
from handlers.blocks.surfaces import MESSAGE
from storage.consortia import enter_consortium_of
from storage.database import Database
from storage.sqlite import count_roughly
from storage.tenancy import Session
from storage.upkeep.schema import bring_up_to_date

TIMES = 15
"""Each question is asked so often, and its quickest answer counts: what else the machine does makes the others slower."""


class Grown(NamedTuple):
    """Milliseconds of the quickest answer."""

    few: float
    many: float

    @property
    def ratio(self) -> float:
        return self.many / self.few


async def measured(given: argparse.Namespace, stack: ExitStack) -> int:
    folder = stack.enter_context(databases.folder_on_disk())
    engines = [databases.sqlite(folder)]
    if given.postgres:
        engines.append(stack.enter_context(databases.postgres(databases.disk())))
    for engine in engines:
        print(f"\n{report(engine, await _grown(engine))}\n", flush=True)
    return 0


def report(engine: databases.Engine, grown: Mapping[str, Grown]) -> str:
    head = [
        f"| {engine.about} | {FEW.items:,} items, ms | {MANY.items:,} items, ms | ratio |",
        "|---|---|---|---|",
    ]
    rows = [f"| {what} | {one.few:.2f} | {one.many:.2f} | {one.ratio:.1f} |" for what, one in grown.items()]
    return "\n".join(head + rows)


async def _grown(engine: databases.Engine) -> dict[str, Grown]:
    few, many = [await _answers(engine.new_database(), size) for size in (FEW, MANY)]
    return {what: Grown(few[what], many[what]) for what in QUESTIONS}


async def _answers(url: str, size: Size) -> dict[str, float]:
    now = datetime.now(UTC)
    with closing(Database(url)) as database:
        bring_up_to_date(database.engine)
        with database.transaction() as session:
            fill(session, size, now)
        _notice_how_much_there_is(database.engine)
        return {what: await _quickest(database, question, now) for what, question in QUESTIONS.items()}


def _notice_how_much_there_is(engine: Engine) -> None:
    """As Postgres does by itself after a while, and the bot has SQLite do."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    with engine.begin() as connection:
        count_roughly(connection, every_table=True)


async def _quickest(database: Database, question: Question, now: datetime) -> float:
    return min([await _answered(database, question, now) for _ in range(TIMES)])


async def _answered(database: Database, question: Question, now: datetime) -> float:
    """The milliseconds. Nothing of what it writes is kept, so the next time it is asked the same."""
    took, answer = await database.look(partial(_asked, question, now))
    began = time.perf_counter()
    message = question.draw(answer)
    if message is not None:
        MESSAGE.shows(message)
    return (took + time.perf_counter() - began) * 1000


def _asked(question: Question, now: datetime, session: Session) -> tuple[float, Any]:
    """The seconds, and the answer."""
    consortium = enter_consortium_of(session, cast.TEAM)
    if consortium is None:
        raise WrongAnswer("The consortium that was set up is not there.")
    began = time.perf_counter()
    answer = question.ask(session, consortium, now)
    session.flush()
    return time.perf_counter() - began, answer

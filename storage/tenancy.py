"""A session sees one consortium: its questions find no other's rows, and what it writes is its own."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Literal, TypeGuard, TypeVar, cast

from sqlalchemy import (
    ForeignKey,
    ForeignKeyConstraint,
    Select,
    Table,
    TextClause,
    bindparam,
    event,
)
from sqlalchemy import orm as sqlalchemy_orm
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    attributes,
    lazyload,
    mapped_column,
    with_loader_criteria,
)
from sqlalchemy.sql import visitors
from sqlalchemy.sql.dml import ReturningInsert

Record = TypeVar("Record")
Sight = int | Literal["every"] | None
"""The id of the consortium that a session sees, or all of them, or none."""

Question = TypeVar("Question", bound=Select[*tuple[Any, ...]])
Insertion = TypeVar("Insertion", bound=ReturningInsert[Any])

_SEES = "consortium"
_IS_PREPARED = "is_prepared"
_IS_HELD_ALREADY = "is_held_already"
_OWN = "own_consortium_id"


class OfConsortium:
    """A row that belongs to one consortium. `consortium_id` is filled in where it is written."""

    consortium_id: Mapped[int] = mapped_column(ForeignKey("consortium.id"), sort_order=-1)


def of_the_same(table: str, column: str) -> ForeignKeyConstraint:
    """A foreign key that cannot point into another consortium."""
    return ForeignKeyConstraint(["consortium_id", column], [f"{table}.consortium_id", f"{table}.id"])


class CrossesConsortia(Exception):
    """Something was asked or written without a consortium, or of another one than the session's."""


class Session(sqlalchemy_orm.Session):
    """SQLAlchemy's, and it is held to one consortium."""

    def get(self, entity: type[Record], ident: Any, **options: Any) -> Record | None:  # type: ignore[override]
        """What is in memory already is found without a question, so the guard of questions would not see it."""
        found = super().get(entity, ident, **options)
        if isinstance(found, OfConsortium) and sees(self) not in ("every", found.consortium_id):
            return None
        return found


def sees(session: sqlalchemy_orm.Session) -> Sight:
    sight: Sight = session.info.get(_SEES)
    return sight


def enter(session: Session, consortium_id: int) -> None:
    """From now on the session sees this consortium alone. From one there is no way into another."""
    if sees(session) not in (None, "every", consortium_id):
        raise CrossesConsortia("from one consortium into another")
    session.info[_SEES] = consortium_id


@contextmanager
def across_consortia(session: Session) -> Iterator[None]:
    """Meanwhile the session sees all of them: for work that is nobody's own, such as claiming what is due."""
    session.flush()  # what was changed is written under the eyes under which it was changed
    before = sees(session)
    session.info[_SEES] = "every"
    try:
        yield
        session.flush()
    finally:
        session.info[_SEES] = before


def prepared(question: Question) -> Question:
    """A question that is built once, when its module is imported, and asks for the own rows of whichever session asks it.

    To narrow it at each time takes longer than to ask it. Raises CrossesConsortia if it reads a table that is not narrowed,
    as one that it does not know by its record.
    """
    if any(isinstance(part, TextClause) for part in visitors.iterate(question)):
        raise CrossesConsortia("plain text is not narrowed")
    narrowed = question.options(_rows_of_whoever_asks()).execution_options(**{_IS_PREPARED: True})
    _must_be_narrowed(narrowed, {part.name for part in visitors.iterate(question) if _has_owner(part)})
    return narrowed


def _must_be_narrowed(question: Select[Any], tables: set[str]) -> None:
    """Each of the tables, as often as it is read, under whatever name. What is joined to load a record with it is of the same by its keys."""
    said = " ".join(str(question.options(lazyload("*"))).split())
    for table in tables:
        read = re.findall(rf"(?:FROM|JOIN|,) {table}\b(?!\.)(?: AS (\w+))?", said)
        if not read:
            raise CrossesConsortia(f"nobody sees where {table} is read, so it is not narrowed")
        for name, times in Counter(alias or table for alias in read).items():
            if len(re.findall(rf"\b{name}\.consortium_id = :{_OWN}\b", said)) < times:
                raise CrossesConsortia(f"{name} is not narrowed")


def of_no_consortium(question: Question) -> Question:
    """A question about what belongs to no consortium, which whoever asks it need not see one for. Raises CrossesConsortia if it is another."""
    if touches_consortia(question):
        raise CrossesConsortia("it is a consortium's")
    return question.execution_options(**{_IS_HELD_ALREADY: True})


def inserts_own_rows(insertion: Insertion) -> Insertion:
    """An insert of plain rows. Whoever executes it has held each of them to the session's consortium: `own` does."""
    return insertion.execution_options(**{_IS_HELD_ALREADY: True})


@event.listens_for(Session, "do_orm_execute")
def _ask_within(asked: ORMExecuteState) -> None:
    sight, options = sees(asked.session), asked.execution_options
    if options.get(_IS_HELD_ALREADY):
        return
    if options.get(_IS_PREPARED):
        asked.parameters = {**cast("dict[str, Any]", asked.parameters or {}), _OWN: own(asked.session)}
        return
    if sight == "every":
        return
    if sight is not None and asked.is_orm_statement and not asked.is_insert:
        asked.statement = asked.statement.options(_own_rows(sight))
    elif touches_consortia(asked.statement):
        raise CrossesConsortia("asked without a consortium")


@cache
def _own_rows(consortium_id: int) -> Any:
    # It goes with each statement anew: an answer kept for later must not ask for the consortium of before.
    return with_loader_criteria(
        OfConsortium,
        lambda record: record.consortium_id == consortium_id,
        include_aliases=True,
        propagate_to_loaders=False,
    )


@cache
def _rows_of_whoever_asks() -> Any:
    # The name is that of _OWN: SQLAlchemy would take a variable in the lambda for a value of its own.
    return with_loader_criteria(
        OfConsortium,
        lambda record: record.consortium_id == bindparam("own_consortium_id"),
        include_aliases=True,
        propagate_to_loaders=False,
    )


def touches_consortia(statement: Any) -> bool:
    """Whether it reads or writes rows that belong to a consortium; of plain text nobody can say that it does not."""
    return any(isinstance(part, TextClause) or _has_owner(part) for part in visitors.iterate(statement))


def _has_owner(part: Any) -> TypeGuard[Table]:
    return isinstance(part, Table) and "consortium_id" in part.columns


@event.listens_for(Session, "before_flush")
def _write_within(session: Session, *_: Any) -> None:
    for record in (*session.new, *session.dirty, *session.deleted):
        if isinstance(record, OfConsortium):
            record.consortium_id = own(session, record.consortium_id)
            _must_have_been_own(session, record)


def _must_have_been_own(session: Session, record: OfConsortium) -> None:
    for before in attributes.get_history(record, "consortium_id").deleted:
        own(session, before)


def own(session: sqlalchemy_orm.Session, consortium_id: int | None = None) -> int:
    """The consortium of a row to be written: the session's, which is also the only one that may be named."""
    sight = sees(session)
    if sight == "every" and consortium_id is not None:
        return consortium_id
    if not isinstance(sight, int) or consortium_id not in (None, sight):
        raise CrossesConsortia("written without a consortium, or into another one")
    return sight

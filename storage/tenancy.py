"""A session sees one consortium: its questions find no other's rows, and what it writes is its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Literal, TypeVar

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Table, TextClause, event
from sqlalchemy import orm as sqlalchemy_orm
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    attributes,
    mapped_column,
    with_loader_criteria,
)
from sqlalchemy.sql import visitors

Record = TypeVar("Record")
Sight = int | Literal["every"] | None
"""The id of the consortium that a session sees, or all of them, or none."""

_SEES = "consortium"


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


@event.listens_for(Session, "do_orm_execute")
def _ask_within(asked: ORMExecuteState) -> None:
    sight = sees(asked.session)
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


def touches_consortia(statement: Any) -> bool:
    """Whether it reads or writes rows that belong to a consortium; of plain text nobody can say that it does not."""
    return any(
        isinstance(part, TextClause) or (isinstance(part, Table) and "consortium_id" in part.columns)
        for part in visitors.iterate(statement)
    )


@event.listens_for(Session, "before_flush")
def _write_within(session: Session, *_: Any) -> None:
    for record in (*session.new, *session.dirty, *session.deleted):
        if isinstance(record, OfConsortium):
            record.consortium_id = own(session, record.consortium_id)
            _must_have_been_own(session, record)


def _must_have_been_own(session: Session, record: OfConsortium) -> None:
    for before in attributes.get_history(record, "consortium_id").deleted:
        own(session, before)


def own(session: Session, consortium_id: int | None = None) -> int:
    """The consortium of a row to be written: the session's, which is also the only one that may be named."""
    sight = sees(session)
    if sight == "every" and consortium_id is not None:
        return consortium_id
    if not isinstance(sight, int) or consortium_id not in (None, sight):
        raise CrossesConsortia("written without a consortium, or into another one")
    return sight

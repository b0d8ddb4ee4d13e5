"""Inserts that leave alone what is there already, safe with any number of writers. For each table the statement is built once."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from storage.database import Base
from storage.tenancy import OfConsortium, Session, inserts_own_rows, own


def insert_if_new(session: Session, record: type[Base], **values: Any) -> bool:
    """Insert a row unless its unique key is there already; say whether it was new."""
    return bool(insert_new(session, record, [values], tells=next(iter(values))))


def insert_new(
    session: Session, record: type[Base], rows: Sequence[Mapping[str, Any]], *, tells: str
) -> list[Any]:
    """Insert the rows whose unique keys are not there already, in one statement. It tells this attribute of those that were new."""
    if not rows:
        return []
    named = [_by_column(record, _owned(session, record, values)) for values in rows]
    return list(session.scalars(_insert(record, session.get_bind().dialect.name, tells), named))


@cache
def _insert(record: type[Base], dialect: str, tells: str) -> ReturningInsert[Any]:
    table = cast(Table, record.__table__)  # with the class itself it would go through the ORM
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    inserting = insert(table).on_conflict_do_nothing().returning(table.columns[_columns(record)[tells]])
    return inserts_own_rows(inserting)


@cache
def _columns(record: type[Base]) -> dict[str, str]:
    """The columns' names, by those of the attributes."""
    return {attribute.key: attribute.columns[0].key for attribute in inspect(record).column_attrs}


def _by_column(record: type[Base], values: Mapping[str, Any]) -> dict[str, Any]:
    columns = _columns(record)
    return {columns[name]: value for name, value in values.items()}


def _owned(session: Session, record: type[Base], values: Mapping[str, Any]) -> Mapping[str, Any]:
    if not issubclass(record, OfConsortium):
        return values
    return {**values, "consortium_id": own(session, values.get("consortium_id"))}

"""Records by the names that the table of what is kept calls them."""

from typing import Any

from sqlalchemy import inspect

from storage.database import Base


def record_of(table: str) -> type[Any]:
    """Raises LookupError where no record is kept in a table of that name."""
    for mapper in Base.registry.mappers:
        if mapper.local_table.description == table:
            return mapper.class_
    raise LookupError(table)


def attribute_of(record: type[Any], column: str) -> Any:
    """The attribute that is mapped to this column. Of a sealed one it is what stands in the database."""
    mapper = inspect(record)
    return getattr(record, mapper.get_property_by_column(mapper.local_table.columns[column]).key)

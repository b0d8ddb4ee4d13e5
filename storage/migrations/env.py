"""Alembic's way in: runs the revisions on the connection that `storage.upkeep.schema` hands over."""

from alembic import context

from storage.upkeep.records import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transaction_per_migration=False,
    transactional_ddl=True,  # of SQLite Alembic does not expect it, and would commit each revision for itself
)
context.run_migrations()

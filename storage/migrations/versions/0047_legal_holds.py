"""legal holds, what waits for their end, and what was erased"""

from typing import Any

import sqlalchemy as sa
from alembic import op

import storage.database

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

SAYS_WHY = sa.text("reason IS NOT NULL OR note IS NOT NULL")


def upgrade() -> None:
    """Nothing is held yet. What was erased before is not noted."""
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("began_at", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("began_by_id", sa.Integer(), nullable=True),
        sa.Column("is_over_noticed", sa.Boolean(), nullable=False),
        *_of_the_consortium("legal_hold"),
        _of_the_same("person", "legal_hold", "began_by_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "set_aside",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("of_table", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("at", storage.database.UtcDateTime(timezone=True), nullable=False),
        *_of_the_consortium("set_aside"),
        _of_the_same("person", "set_aside", "person_id"),
    )
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.UniqueConstraint(
            *("consortium_id", "what", "mark", "number"),
            name=op.f("uq_erasure_consortium_id_what_mark_number"),
        ),
        *_of_the_consortium("erasure"),
    )
    op.create_index("ix_set_aside_person", "set_aside", ["person_id"])
    op.create_index(
        "ix_item_why",
        "item",
        ["consortium_id", "told_at"],
        sqlite_where=SAYS_WHY,
        postgresql_where=SAYS_WHY,
    )
    with op.batch_alter_table("person") as person:
        person.add_column(
            sa.Column("erasure_wanted_at", storage.database.UtcDateTime(timezone=True), nullable=True)
        )


def downgrade() -> None:
    """What was set aside is deleted, and who waits to be erased waits no more. The file of erasures stays."""
    op.execute(sa.text("DELETE FROM post WHERE kind IN ('legal hold', 'hold ends')"))
    with op.batch_alter_table("person") as person:
        person.drop_column("erasure_wanted_at")
    op.drop_index("ix_item_why", "item")
    op.drop_table("erasure")
    op.drop_table("set_aside")
    op.drop_table("legal_hold")


def _of_the_consortium(table: str) -> list[Any]:
    return [
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f(f"fk_{table}_consortium_id_consortium")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _of_the_same(other: str, table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["consortium_id", column],
        [f"{other}.consortium_id", f"{other}.id"],
        name=op.f(f"fk_{table}_consortium_id_{column}_{other}"),
    )

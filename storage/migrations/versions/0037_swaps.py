"""swaps"""

import sqlalchemy as sa
from alembic import op

import storage.database

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No host has asked another yet."""
    op.create_table(
        "swap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("in_exchange_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", storage.database.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_swap_consortium_id_consortium")
        ),
        _of_the_same("meeting", "meeting_id"),
        _of_the_same("collaborative", "host_id"),
        _of_the_same("collaborative", "other_id"),
        _of_the_same("meeting", "in_exchange_id"),
        _of_the_same("person", "asked_by_id"),
        _of_the_same("person", "answered_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Who has asked whom is known no more. Who hosts stays as it is."""
    op.execute(sa.text("DELETE FROM post WHERE kind IN ('swap', 'swap answer')"))
    op.drop_table("swap")


def _of_the_same(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["consortium_id", column],
        [f"{table}.consortium_id", f"{table}.id"],
        name=op.f(f"fk_swap_consortium_id_{column}_{table}"),
    )

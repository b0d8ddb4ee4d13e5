"""what became of items"""

import sqlalchemy as sa
from alembic import op

import storage.database

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of the meetings of before nobody has written anything down."""
    with op.batch_alter_table("item") as item:
        item.create_unique_constraint(op.f("uq_item_consortium_id_id"), ["consortium_id", "id"])
    op.create_table(
        "result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("became", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_result_consortium_id_consortium")
        ),
        _of_the_same("meeting", "meeting_id"),
        _of_the_same("item", "item_id"),
        _of_the_same("person", "written_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result")),
        sa.UniqueConstraint("meeting_id", "item_id", name=op.f("uq_result_meeting_id_item_id")),
    )
    op.create_index("ix_result_item", "result", ["item_id"])


def downgrade() -> None:
    """What was written down is lost, and what was told of it is known no more."""
    op.execute(sa.text("DELETE FROM post WHERE kind IN ('after meeting', 'notes')"))
    op.drop_table("result")
    with op.batch_alter_table("item") as item:
        item.drop_constraint(op.f("uq_item_consortium_id_id"), type_="unique")


def _of_the_same(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["consortium_id", column],
        [f"{table}.consortium_id", f"{table}.id"],
        name=op.f(f"fk_result_consortium_id_{column}_{table}"),
    )

"""follow-ups"""

import sqlalchemy as sa
from alembic import op

import storage.database

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of the meetings of before nobody has taken anything on."""
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("put_off_to", sa.Date(), nullable=True),
        sa.Column("is_declined", sa.Boolean(), nullable=False),
        sa.Column("declines", sa.Integer(), nullable=False),
        sa.Column("done_at", storage.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_follow_up_consortium_id_consortium")
        ),
        _of_the_same("meeting", "meeting_id"),
        _of_the_same("item", "item_id"),
        _of_the_same("person", "owner_id"),
        _of_the_same("person", "written_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sqlite_autoincrement=True,
    )
    for column in ("meeting", "item", "owner"):
        op.create_index(f"ix_follow_up_{column}", "follow_up", [f"{column}_id"])


def downgrade() -> None:
    """What was taken on is lost, and what was told of it is known no more."""
    op.execute(sa.text("DELETE FROM post WHERE kind IN ('follow-up', 'follow-up declined')"))
    op.drop_table("follow_up")


def _of_the_same(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["consortium_id", column],
        [f"{table}.consortium_id", f"{table}.id"],
        name=op.f(f"fk_follow_up_consortium_id_{column}_{table}"),
    )

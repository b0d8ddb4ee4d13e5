"""live meetings: what is on while people meet"""

import sqlalchemy as sa
from alembic import op

import storage.database

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No meeting is live yet."""
    op.create_table(
        "live_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("started_at", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", storage.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("since", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("had_turn", sa.JSON(), nullable=False),
        sa.Column("put_off", sa.JSON(), nullable=False),
        sa.Column("told_at", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_live_meeting_consortium_id_consortium")
        ),
        _of_the_same("meeting", "meeting_id"),
        _of_the_same("item", "item_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_meeting")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_live_meeting_meeting_id")),
    )


def downgrade() -> None:
    """How a meeting goes is known no more. Its messages stay where they are."""
    op.execute(sa.text("DELETE FROM post WHERE kind = 'live meeting'"))
    op.drop_table("live_meeting")


def _of_the_same(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["consortium_id", column],
        [f"{table}.consortium_id", f"{table}.id"],
        name=op.f(f"fk_live_meeting_consortium_id_{column}_{table}"),
    )

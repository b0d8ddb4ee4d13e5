"""meetings that were cancelled"""

import sqlalchemy as sa
from alembic import op

import storage.database

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

STANDS = sa.text("state != 'cancelled'")


def upgrade() -> None:
    """A day is taken only by a meeting that is not cancelled."""
    with op.batch_alter_table("meeting") as meeting:
        meeting.add_column(
            sa.Column("cancelled_at", storage.database.UtcDateTime(timezone=True), nullable=True)
        )
        meeting.drop_constraint(op.f("uq_meeting_consortium_id_day"), type_="unique")
    op.create_index(
        "ix_meeting_day",
        "meeting",
        ["consortium_id", "day"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )


def downgrade() -> None:
    """Raises RuntimeError where a meeting was cancelled: the version of before knows no such state, and would hold it."""
    cancelled = sa.text("SELECT count(*) FROM meeting WHERE state = 'cancelled'")
    if op.get_bind().scalar(cancelled):
        raise RuntimeError("a meeting was cancelled, and the version of before would hold it")
    op.drop_index("ix_meeting_day", "meeting")
    with op.batch_alter_table("meeting") as meeting:
        meeting.drop_column("cancelled_at")
        meeting.create_unique_constraint(op.f("uq_meeting_consortium_id_day"), ["consortium_id", "day"])

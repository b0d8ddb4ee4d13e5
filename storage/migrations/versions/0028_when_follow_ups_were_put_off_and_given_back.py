"""when follow-ups were put off, and given back"""

import sqlalchemy as sa
from alembic import op

import storage.database

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """When that was nobody wrote down: it was not before the follow-up itself was. No table is made anew, since its numbers are not given again."""
    for name in ("put_off_at", "declined_at"):
        op.add_column(
            "follow_up", sa.Column(name, storage.database.UtcDateTime(timezone=True), nullable=True)
        )
    op.execute(sa.text("UPDATE follow_up SET put_off_at = written_at WHERE put_off_to IS NOT NULL"))
    op.execute(sa.text("UPDATE follow_up SET declined_at = written_at WHERE is_declined"))
    op.drop_column("follow_up", "is_declined")


def downgrade() -> None:
    op.add_column(
        "follow_up",
        sa.Column("is_declined", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.execute(sa.text("UPDATE follow_up SET is_declined = true WHERE declined_at IS NOT NULL"))
    op.drop_column("follow_up", "declined_at")
    op.drop_column("follow_up", "put_off_at")

"""when items were joined"""

import sqlalchemy as sa
from alembic import op

import storage.database

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody wrote down when two items were joined: before what was decided about both, or else as soon as both were there."""
    with op.batch_alter_table("item") as item:
        item.add_column(sa.Column("joined_at", storage.database.UtcDateTime(timezone=True), nullable=True))
    op.execute(
        sa.text(
            "UPDATE item SET joined_at = COALESCE(decided_at, submitted_at, created_at) "
            "WHERE joined_to_id IS NOT NULL"
        )
    )


def downgrade() -> None:
    """That is known no more."""
    with op.batch_alter_table("item") as item:
        item.drop_column("joined_at")

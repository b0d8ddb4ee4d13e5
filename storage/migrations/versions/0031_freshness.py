"""freshness"""

import sqlalchemy as sa
from alembic import op

import storage.database

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody counted how many meetings were held without an item: of one that is marked as carried over it was one, at least."""
    with op.batch_alter_table("item") as item:
        item.add_column(sa.Column("carry_overs", sa.Integer(), nullable=False, server_default="0"))
        item.add_column(sa.Column("wanted_at", storage.database.UtcDateTime(timezone=True), nullable=True))
    with op.batch_alter_table("item") as item:
        item.alter_column("carry_overs", server_default=None)
    op.execute(sa.text("UPDATE item SET carry_overs = 1 WHERE is_carried_over"))


def downgrade() -> None:
    """What rests waits once more, what is solved is taken back, and what was asked is known no more."""
    op.execute(sa.text("DELETE FROM post WHERE kind = 'still wanted'"))
    op.execute(sa.text("UPDATE item SET state = 'waiting' WHERE state = 'resting'"))
    op.execute(sa.text("UPDATE item SET state = 'withdrawn' WHERE state = 'solved'"))
    with op.batch_alter_table("item") as item:
        item.drop_column("wanted_at")
        item.drop_column("carry_overs")

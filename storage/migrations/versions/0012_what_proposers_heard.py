"""of how many decisions on an item its proposer heard"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

DECIDED = "('on the agenda', 'held for next time', 'not taken')"


def upgrade() -> None:
    """What is owed keeps its key: until now every decision was counted in it."""
    with op.batch_alter_table("item") as item:
        item.add_column(sa.Column("tellings", sa.Integer, nullable=False, server_default="0"))
    op.execute(
        f"UPDATE item SET tellings = CASE WHEN told_at IS NULL AND state IN {DECIDED}"  # noqa: S608 - our own words
        " THEN decisions - 1 ELSE decisions END"
    )
    with op.batch_alter_table("item") as item:
        item.alter_column("tellings", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("item") as item:
        item.drop_column("tellings")

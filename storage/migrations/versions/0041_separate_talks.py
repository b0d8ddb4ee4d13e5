"""separate talks: what is taken up in a thread of its own, and where the workspace is on the web"""

import sqlalchemy as sa
from alembic import op

import storage.database

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is taken up separately yet. Slack tells the address of the workspace at the next tick."""
    with op.batch_alter_table("item") as item:
        item.add_column(
            sa.Column("separate_since", storage.database.UtcDateTime(timezone=True), nullable=True)
        )
        item.create_index("ix_item_separate", ["consortium_id", "separate_since"])
    with op.batch_alter_table("consortium") as consortium:
        consortium.add_column(sa.Column("address", sa.String(), nullable=True))


def downgrade() -> None:
    """Messages about separate talks stay where they are, and are known no more. What was taken up separately counts as better settled elsewhere."""
    op.execute(sa.text("DELETE FROM post WHERE kind IN ('separate talk', 'group talk', 'no groups')"))
    with op.batch_alter_table("consortium") as consortium:
        consortium.drop_column("address")
    with op.batch_alter_table("item") as item:
        item.drop_index("ix_item_separate")
        item.drop_column("separate_since")

"""indexes for what is asked for again and again, however much there is"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TO_SWEEP = sa.text("sweep_at IS NOT NULL")


def upgrade() -> None:
    """An index of the consortium alone is worse than none: where there is one consortium it finds everything."""
    op.drop_index("ix_item_consortium_id", "item")
    op.create_index("ix_item_submitted", "item", ["consortium_id", "submitted_at"])
    op.create_index("ix_item_told", "item", ["consortium_id", "told_at"])
    op.drop_index("ix_tip_consortium_id", "tip")
    op.create_index("ix_tip_created", "tip", ["consortium_id", "created_at"])
    op.create_index("ix_post_sweep", "post", ["sweep_at"], sqlite_where=TO_SWEEP, postgresql_where=TO_SWEEP)


def downgrade() -> None:
    op.drop_index("ix_post_sweep", "post")
    op.drop_index("ix_tip_created", "tip")
    op.create_index("ix_tip_consortium_id", "tip", ["consortium_id"])
    op.drop_index("ix_item_told", "item")
    op.drop_index("ix_item_submitted", "item")
    op.create_index("ix_item_consortium_id", "item", ["consortium_id"])

"""indexes by which what is open is found among all that is over"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TO_SWEEP = sa.text("sweep_at IS NOT NULL")


def upgrade() -> None:
    """SQLite counts no rows: it takes the index that more of a question fits, and each question is of one consortium."""
    op.create_index("ix_post_open", "post", ["consortium_id", "state", "due_at"])
    op.create_index("ix_item_state", "item", ["consortium_id", "state"])
    _sweeps(["consortium_id", "sweep_at"])


def downgrade() -> None:
    _sweeps(["sweep_at"])
    op.drop_index("ix_item_state", "item")
    op.drop_index("ix_post_open", "post")


def _sweeps(columns: list[str]) -> None:
    op.drop_index("ix_post_sweep", "post")
    op.create_index("ix_post_sweep", "post", columns, sqlite_where=TO_SWEEP, postgresql_where=TO_SWEEP)

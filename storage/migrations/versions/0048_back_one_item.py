"""back one item: which item was on before the one that is on in a live meeting"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of a meeting that is live meanwhile nobody knows it."""
    op.add_column("live_meeting", sa.Column("came_after", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Nobody can go back."""
    op.drop_column("live_meeting", "came_after")

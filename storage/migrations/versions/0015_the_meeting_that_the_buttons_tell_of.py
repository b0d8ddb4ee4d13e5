"""the meeting of which the message with the buttons tells"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty for all: the next tick writes it down, and draws the message anew once."""
    with op.batch_alter_table("consortium") as consortium:
        consortium.add_column(sa.Column("told_meeting_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("consortium") as consortium:
        consortium.drop_column("told_meeting_id")

"""meetings whose end was noticed"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The next tick notices all that are over, and draws the message with the buttons anew once."""
    with op.batch_alter_table("meeting") as meeting:
        meeting.add_column(
            sa.Column("is_over_noticed", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("meeting") as meeting:
        meeting.alter_column("is_over_noticed", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("meeting") as meeting:
        meeting.drop_column("is_over_noticed")

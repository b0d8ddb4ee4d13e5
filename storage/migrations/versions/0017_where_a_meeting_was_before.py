"""where a meeting was before it moved"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of moves that were told before, nobody wrote down from where."""
    with op.batch_alter_table("meeting") as meeting:
        meeting.add_column(sa.Column("moved_from", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("meeting") as meeting:
        meeting.drop_column("moved_from")

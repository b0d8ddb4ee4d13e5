"""words that were taken out of items, and the messages that may still show them"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

COUNTS = {"item": "removals", "post": "cleared"}


def upgrade() -> None:
    for table, column in COUNTS.items():
        with op.batch_alter_table(table) as altered:
            altered.add_column(sa.Column(column, sa.Integer(), nullable=False, server_default="0"))
        with op.batch_alter_table(table) as altered:
            altered.alter_column(column, server_default=None)


def downgrade() -> None:
    for table, column in COUNTS.items():
        with op.batch_alter_table(table) as altered:
            altered.drop_column(column)

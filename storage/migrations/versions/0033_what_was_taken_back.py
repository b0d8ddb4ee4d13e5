"""in which version a post takes back what it told"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of what was told before, readers may have read that."""
    with op.batch_alter_table("post") as post:
        post.add_column(sa.Column("taken_back", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("post") as post:
        post.alter_column("taken_back", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("post") as post:
        post.drop_column("taken_back")

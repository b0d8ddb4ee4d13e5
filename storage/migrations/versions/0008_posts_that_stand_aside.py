"""posts that stand aside"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


OF_MESSAGES_THAT_WERE_LEFT = sa.text(
    "UPDATE post SET sweep_at = NULL WHERE ts IS NULL AND stray_ts IS NULL AND NOT may_be_there"
)
"""A post that began anew is no longer swept: from now on a sweep to come says that an earlier copy may stand there."""


def upgrade() -> None:
    """What has failed for long already stands aside when it has failed as often again."""
    with op.batch_alter_table("post") as post:
        post.add_column(sa.Column("hindrances", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("post") as post:
        post.alter_column("hindrances", server_default=None)
    op.execute(OF_MESSAGES_THAT_WERE_LEFT)


def downgrade() -> None:
    with op.batch_alter_table("post") as post:
        post.drop_column("hindrances")

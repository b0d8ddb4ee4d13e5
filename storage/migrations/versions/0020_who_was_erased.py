"""who was erased"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody was before."""
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("post") as post:
        post.add_column(sa.Column("was_emptied", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("post") as post:
        post.alter_column("was_emptied", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("post") as post:
        post.drop_column("was_emptied")
    with op.batch_alter_table("person") as person:
        person.drop_column("erased_at")

"""what collaboratives are called"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Everybody had the usual word before."""
    with op.batch_alter_table("consortium") as consortium:
        consortium.add_column(sa.Column("called_one", sa.String(), nullable=True))
        consortium.add_column(sa.Column("called_many", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("consortium") as consortium:
        consortium.drop_column("called_many")
        consortium.drop_column("called_one")

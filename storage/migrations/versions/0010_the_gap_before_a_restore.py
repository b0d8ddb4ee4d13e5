"""the gap before a restore"""

import sqlalchemy as sa
from alembic import op

import storage.database

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A database that was restored before knows no more of it than it did."""
    moment = storage.database.UtcDateTime(timezone=True)
    with op.batch_alter_table("consortium") as consortium:
        consortium.add_column(sa.Column("gap_since", moment, nullable=True))
        consortium.add_column(sa.Column("gap_until", moment, nullable=True))
        consortium.add_column(sa.Column("gap_numbers", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("consortium") as consortium:
        for name in ("gap_numbers", "gap_until", "gap_since"):
            consortium.drop_column(name)

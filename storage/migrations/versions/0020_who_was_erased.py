"""who was erased"""

import sqlalchemy as sa
from alembic import op

import storage.database

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody was before."""
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("erased_at", storage.database.UtcDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.drop_column("erased_at")

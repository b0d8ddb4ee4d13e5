"""in the room: what came up there, and who takes notes"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of no item that is here anybody noted that it came up, and nobody has said yet that they take notes."""
    _add("item", "came_up")
    _add("coming", "takes_notes")


def downgrade() -> None:
    """What came up stays on its agenda. Who takes notes is known no more."""
    with op.batch_alter_table("coming") as coming:
        coming.drop_column("takes_notes")
    with op.batch_alter_table("item") as item:
        item.drop_column("came_up")


def _add(table: str, column: str) -> None:
    with op.batch_alter_table(table) as altered:
        altered.add_column(sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table(table) as altered:
        altered.alter_column(column, server_default=None)

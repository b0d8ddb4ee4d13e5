"""preparing together"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

STANDS = sa.text("state != 'cancelled'")
POINTERS = {"helper_id": "collaborative", "helped_by_id": "person"}


def upgrade() -> None:
    """No host was asked whether some help would be good, and nobody has stepped in."""
    with op.batch_alter_table("meeting") as meeting:
        meeting.add_column(sa.Column("help_wanted", sa.Boolean(), nullable=True))
        for column, table in POINTERS.items():
            meeting.add_column(sa.Column(column, sa.Integer(), nullable=True))
            meeting.create_foreign_key(
                _name(column, table), table, ["consortium_id", column], ["consortium_id", "id"]
            )


def downgrade() -> None:
    """Each host prepares its meeting alone, and what was told of help is known no more."""
    op.execute(sa.text("DELETE FROM post WHERE kind IN ('help offered', 'help wanted')"))
    with op.batch_alter_table("meeting") as meeting:
        for column, table in POINTERS.items():
            meeting.drop_constraint(_name(column, table), type_="foreignkey")
            meeting.drop_column(column)
        meeting.drop_column("help_wanted")


def _name(column: str, table: str) -> str:
    return op.f(f"fk_meeting_consortium_id_{column}_{table}")

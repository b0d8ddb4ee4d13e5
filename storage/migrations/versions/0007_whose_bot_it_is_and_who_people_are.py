"""whose bot it is, and who people are in their workspace"""

import sqlalchemy as sa
from alembic import op

import storage.database

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Slack is asked anew about everybody: nobody knows yet who is a guest, and who runs a workspace."""
    with op.batch_alter_table("consortium") as table:
        table.add_column(_moment("confirmed_at"))
    with op.batch_alter_table("heartbeat") as table:
        table.add_column(sa.Column("team_id", sa.String(), nullable=True))
    with op.batch_alter_table("person") as table:
        table.add_column(_moment("asked_at"))
        for name in ("is_guest", "runs_workspace"):
            table.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("person") as table:
        for name in ("is_guest", "runs_workspace"):
            table.alter_column(name, server_default=None)


def downgrade() -> None:
    """Which workspaces were confirmed, who is a guest and who runs a workspace is lost."""
    with op.batch_alter_table("person") as table:
        for name in ("runs_workspace", "is_guest", "asked_at"):
            table.drop_column(name)
    with op.batch_alter_table("heartbeat") as table:
        table.drop_column("team_id")
    with op.batch_alter_table("consortium") as table:
        table.drop_column("confirmed_at")


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, storage.database.UtcDateTime(timezone=True), nullable=True)

"""what Slack tells of channels, and who is in the shared one"""

import sqlalchemy as sa
from alembic import op

import storage.database

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Slack is asked about each channel at the first tick, and with it who is in the shared one."""
    moment = storage.database.UtcDateTime(timezone=True)
    op.create_table(
        "channel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("asked_at", moment, nullable=True),
        sa.Column("closed_for", sa.String(), nullable=True),
        sa.Column("closed_at", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_channel_consortium_id_consortium")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel")),
        sa.UniqueConstraint("consortium_id", "channel_id", name=op.f("uq_channel_consortium_id_channel_id")),
    )
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("doubted_at", moment, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.drop_column("doubted_at")
    op.drop_table("channel")

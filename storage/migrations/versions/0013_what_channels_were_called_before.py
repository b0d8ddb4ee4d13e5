"""what channels were called before Slack gave them a new id"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "former_channel_id",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("former_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_former_channel_id_consortium_id_consortium")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_channel_id")),
        sa.UniqueConstraint(
            "consortium_id", "former_id", name=op.f("uq_former_channel_id_consortium_id_former_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("former_channel_id")

"""messages of a day stand together"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Who was set up before keeps their minutes, and is told quietly from now on."""
    with op.batch_alter_table("consortium") as consortium:
        consortium.add_column(sa.Column("is_quiet", sa.Boolean(), nullable=False, server_default=sa.true()))
        consortium.add_column(
            sa.Column("told_at", sa.Time(), nullable=False, server_default=sa.text("'17:00:00'"))
        )
        consortium.alter_column("told_after_minutes", existing_type=sa.Integer(), nullable=True)
    with op.batch_alter_table("consortium") as consortium:
        consortium.alter_column("is_quiet", server_default=None)
        consortium.alter_column("told_at", server_default=None)
    stands = sa.text("ts IS NOT NULL")
    op.create_index(
        "ix_post_stands",
        "post",
        ["consortium_id", "place", "ts"],
        sqlite_where=stands,
        postgresql_where=stands,
    )


def downgrade() -> None:
    op.drop_index("ix_post_stands", "post")
    op.execute(sa.text("UPDATE consortium SET told_after_minutes = 5 WHERE told_after_minutes IS NULL"))
    with op.batch_alter_table("consortium") as consortium:
        consortium.alter_column("told_after_minutes", existing_type=sa.Integer(), nullable=False)
        consortium.drop_column("told_at")
        consortium.drop_column("is_quiet")

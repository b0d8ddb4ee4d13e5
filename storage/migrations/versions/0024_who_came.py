"""who came"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of the meetings of before nobody has said how many came."""
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("collaborative_id", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_attendance_consortium_id_consortium")
        ),
        _of_the_same("meeting", "meeting_id"),
        _of_the_same("collaborative", "collaborative_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint(
            "meeting_id", "collaborative_id", name=op.f("uq_attendance_meeting_id_collaborative_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("attendance")


def _of_the_same(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["consortium_id", column],
        [f"{table}.consortium_id", f"{table}.id"],
        name=op.f(f"fk_attendance_consortium_id_{column}_{table}"),
    )

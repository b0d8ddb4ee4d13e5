"""who did what by an input"""

import sqlalchemy as sa
from alembic import op

import storage.database

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody noted who did what by the inputs that are there: they stay for a week, as those do that are no deeds."""
    op.create_table(
        "input",
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("listener", sa.String(), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_input_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(
            ["consortium_id", "person_id"],
            ["person.consortium_id", "person.id"],
            name=op.f("fk_input_consortium_id_person_id_person"),
        ),
        sa.PrimaryKeyConstraint("consortium_id", "key", name=op.f("pk_input")),
    )
    op.execute("INSERT INTO input (consortium_id, key, at) SELECT consortium_id, key, at FROM heard")
    op.drop_table("heard")
    op.create_index("ix_input_at", "input", ["at"])
    op.create_index("ix_input_person_at", "input", ["person_id", "at"])


def downgrade() -> None:
    """Who did what by an input is lost."""
    op.create_table(
        "heard",
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_heard_consortium_id_consortium")
        ),
        sa.PrimaryKeyConstraint("consortium_id", "key", name=op.f("pk_heard")),
    )
    op.execute("INSERT INTO heard (consortium_id, key, at) SELECT consortium_id, key, at FROM input")
    op.drop_table("input")

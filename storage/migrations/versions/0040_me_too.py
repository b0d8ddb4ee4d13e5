"""me too: who else wants to talk about an item"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has said so of anything yet."""
    op.create_table(
        "me_too",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_me_too_consortium_id_consortium")
        ),
        _of_the_same("item", "item_id"),
        _of_the_same("person", "person_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_me_too")),
        sa.UniqueConstraint("item_id", "person_id", name=op.f("uq_me_too_item_id_person_id")),
    )
    op.create_index("ix_me_too_person", "me_too", ["person_id"])
    with op.batch_alter_table("item") as item:
        item.add_column(sa.Column("me_toos", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("item") as item:
        item.alter_column("me_toos", server_default=None)


def downgrade() -> None:
    """Who said so is lost."""
    op.drop_table("me_too")
    with op.batch_alter_table("item") as item:
        item.drop_column("me_toos")


def _of_the_same(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["consortium_id", column],
        [f"{table}.consortium_id", f"{table}.id"],
        name=op.f(f"fk_me_too_consortium_id_{column}_{table}"),
    )

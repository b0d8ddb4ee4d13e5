"""whose copy an item is"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("item") as item:
        item.add_column(sa.Column("original_id", sa.Integer(), nullable=True))
        item.create_foreign_key(
            op.f("fk_item_consortium_id_original_id_item"),
            "item",
            ["consortium_id", "original_id"],
            ["consortium_id", "id"],
        )
        item.create_index("ix_item_original", ["original_id"])
    op.create_index("ix_result_copy", "result", ["copy_id"])
    _remember_copies()
    _remember_copies_that_were_taken_back()


def downgrade() -> None:
    op.drop_index("ix_result_copy", "result")
    with op.batch_alter_table("item") as item:
        item.drop_index("ix_item_original")
        item.drop_constraint(op.f("fk_item_consortium_id_original_id_item"), type_="foreignkey")
        item.drop_column("original_id")


def _remember_copies() -> None:
    """Also copies of copies: each is of the first one. A copy is younger than what it is a copy of."""
    brought = "SELECT item_id, copy_id FROM result WHERE copy_id IS NOT NULL ORDER BY copy_id"
    originals: dict[int, int] = {}
    for item_id, copy_id in op.get_bind().execute(sa.text(brought)).all():
        originals[copy_id] = originals.get(item_id, item_id)
        op.execute(
            sa.text("UPDATE item SET original_id = :original WHERE id = :copy").bindparams(
                original=originals[copy_id], copy=copy_id
            )
        )


def _remember_copies_that_were_taken_back() -> None:
    """Nothing points to them any more. Each was brought by the same person in the same moment, and reads as its original does: other items of one list do not."""
    op.execute(
        sa.text(
            "UPDATE item SET original_id = (SELECT min(coalesce(one.original_id, one.id)) FROM item AS one"
            " WHERE one.proposer_id = item.proposer_id AND one.created_at = item.created_at AND one.id < item.id"
            " AND one.title = item.title AND coalesce(one.details, '') = coalesce(item.details, '')"
            " AND one.id IN (SELECT item_id FROM result))"
            " WHERE original_id IS NULL AND state = 'withdrawn' AND is_carried_over"
            " AND id NOT IN (SELECT item_id FROM result)"
        )
    )

"""copies of items"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of no item a copy was brought before."""
    with op.batch_alter_table("result") as result:
        result.add_column(sa.Column("copy_id", sa.Integer(), nullable=True))
        result.create_foreign_key(
            op.f("fk_result_consortium_id_copy_id_item"),
            "item",
            ["consortium_id", "copy_id"],
            ["consortium_id", "id"],
        )


def downgrade() -> None:
    """What was kept and copied was talked about. The copies stay, as items of their own."""
    op.execute(sa.text("UPDATE result SET became = 'done' WHERE became = 'again'"))
    with op.batch_alter_table("result") as result:
        result.drop_constraint(op.f("fk_result_consortium_id_copy_id_item"), type_="foreignkey")
        result.drop_column("copy_id")

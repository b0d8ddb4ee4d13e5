"""items that go together"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was joined before."""
    with op.batch_alter_table("item") as item:
        item.add_column(sa.Column("joined_to_id", sa.Integer(), nullable=True))
        item.add_column(sa.Column("joins", sa.Integer(), nullable=False, server_default="0"))
        item.add_column(sa.Column("told_before_joined", sa.Integer(), nullable=True))
        item.create_foreign_key(
            op.f("fk_item_consortium_id_joined_to_id_item"),
            "item",
            ["consortium_id", "joined_to_id"],
            ["consortium_id", "id"],
        )
        item.create_index("ix_item_joined_to", ["joined_to_id"])
    with op.batch_alter_table("item") as item:
        item.alter_column("joins", server_default=None)


def downgrade() -> None:
    """What was joined stands for itself again, as it was decided. Agendas that were published name only whoever brought the item that stayed."""
    publication = sa.table("publication", sa.column("id", sa.Integer), sa.column("entries", sa.JSON))
    connection = op.get_bind()
    for number, entries in connection.execute(sa.select(publication.c.id, publication.c.entries)).all():
        plain = [{name: value for name, value in one.items() if name != "others"} for one in entries]
        written = sa.update(publication).where(publication.c.id == number).values(entries=plain)
        connection.execute(written)
    with op.batch_alter_table("item") as item:
        item.drop_index("ix_item_joined_to")
        item.drop_constraint(op.f("fk_item_consortium_id_joined_to_id_item"), type_="foreignkey")
        item.drop_column("told_before_joined")
        item.drop_column("joins")
        item.drop_column("joined_to_id")

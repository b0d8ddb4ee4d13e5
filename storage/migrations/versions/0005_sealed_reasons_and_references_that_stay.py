"""room for sealed reasons, and a namespace for references that stay the same"""

from uuid import NAMESPACE_OID, uuid5

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

REASON = sa.Enum(
    *("too full", "elsewhere", "already covered", "needs more", "not ours", "other"),
    name="reason",
    native_enum=False,
    length=20,
)


def upgrade() -> None:
    """Reasons and notes are sealed when the bot starts: only it has the keys."""
    with op.batch_alter_table("item") as item:
        item.alter_column("reason", existing_type=REASON, type_=sa.Text(), existing_nullable=True)
    op.add_column("consortium", sa.Column("namespace", sa.String(), nullable=True))
    _name_each_consortium_a_namespace()
    with op.batch_alter_table("consortium") as consortium:
        consortium.alter_column("namespace", existing_type=sa.String(), nullable=False)


def _name_each_consortium_a_namespace() -> None:
    """From the random reference of its oldest post: a backup from before, migrated once more, gets the same."""
    consortium = sa.table("consortium", *map(sa.column, ("id", "team_id", "namespace")))
    post = sa.table("post", *map(sa.column, ("id", "consortium_id", "reference")))
    own = post.c.consortium_id == consortium.c.id
    oldest = sa.select(post.c.reference).where(own).order_by(post.c.id).limit(1).scalar_subquery()
    connection = op.get_bind()
    for consortium_id, seed in connection.execute(
        sa.select(consortium.c.id, sa.func.coalesce(oldest, consortium.c.team_id))
    ).all():
        this = sa.update(consortium).where(consortium.c.id == consortium_id)
        connection.execute(this.values(namespace=uuid5(NAMESPACE_OID, seed).hex))


def downgrade() -> None:
    sealed = op.get_bind().scalar(sa.text("SELECT count(*) FROM item WHERE length(reason) > 20"))
    if sealed:
        raise RuntimeError("reasons are sealed, and the version before could not read them")
    with op.batch_alter_table("consortium") as consortium:
        consortium.drop_column("namespace")
    with op.batch_alter_table("item") as item:
        item.alter_column("reason", existing_type=sa.Text(), type_=REASON, existing_nullable=True)

"""what the host makes of an agenda"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

PLACED = {"placed_title": sa.Text, "placed_minutes": sa.Integer, "placed_lead": sa.Text, "heading": sa.Text}
ROOM = ("opening", "breaks", "reserve")


def upgrade() -> None:
    """Every item is called as its author calls it, and nobody has said how the time of a meeting is shared out."""
    with op.batch_alter_table("item") as item:
        for name, kind in PLACED.items():
            item.add_column(sa.Column(name, kind(), nullable=True))
    with op.batch_alter_table("meeting") as meeting:
        for name in ROOM:
            meeting.add_column(sa.Column(name, sa.Integer(), nullable=True))


def downgrade() -> None:
    """Agendas that were published keep the words in which they were, without headings: the version of before knows none."""
    publication = sa.table("publication", sa.column("id", sa.Integer), sa.column("entries", sa.JSON))
    connection = op.get_bind()
    for number, entries in connection.execute(sa.select(publication.c.id, publication.c.entries)).all():
        plain = [{name: value for name, value in one.items() if name != "heading"} for one in entries]
        written = sa.update(publication).where(publication.c.id == number).values(entries=plain)
        connection.execute(written)
    with op.batch_alter_table("meeting") as meeting:
        for name in ROOM:
            meeting.drop_column(name)
    with op.batch_alter_table("item") as item:
        for name in PLACED:
            item.drop_column(name)

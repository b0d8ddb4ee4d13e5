"""calendar files: what people's calendars hold of a meeting, and the files that were shared for a post"""

from uuid import UUID, uuid5

import sqlalchemy as sa
from alembic import op

import storage.database

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has any of the meetings in a calendar yet, and no file was shared."""
    with op.batch_alter_table("post") as post:
        post.add_column(sa.Column("files", sa.String(), nullable=True))
    with op.batch_alter_table("meeting") as meeting:
        meeting.add_column(sa.Column("uid", sa.String(), nullable=True))
        meeting.add_column(sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
        meeting.add_column(
            sa.Column("revised_at", storage.database.UtcDateTime(timezone=True), nullable=True)
        )
    _fill_in()
    with op.batch_alter_table("meeting") as meeting:
        meeting.alter_column("uid", existing_type=sa.String(), nullable=False)
        meeting.alter_column("sequence", server_default=None)
        meeting.alter_column(
            "revised_at", existing_type=storage.database.UtcDateTime(timezone=True), nullable=False
        )


def downgrade() -> None:
    """What calendars know of a meeting is known no more, and who asked for a file."""
    op.execute(sa.text("DELETE FROM post WHERE kind = 'calendar file'"))
    with op.batch_alter_table("meeting") as meeting:
        meeting.drop_column("revised_at")
        meeting.drop_column("sequence")
        meeting.drop_column("uid")
    with op.batch_alter_table("post") as post:
        post.drop_column("files")


def _fill_in() -> None:
    """A backup from before, migrated once more, gets the same."""
    op.execute(sa.text("UPDATE meeting SET revised_at = known_since"))
    connection = op.get_bind()
    known = "SELECT meeting.id, namespace FROM meeting JOIN consortium ON consortium.id = consortium_id"
    for number, namespace in connection.execute(sa.text(known)).all():
        named = {"id": number, "uid": uuid5(UUID(namespace), f"meeting {number}").hex}
        connection.execute(sa.text("UPDATE meeting SET uid = :uid WHERE id = :id"), named)

"""threads of a channel: one opens once in each shared channel"""

from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Each stands, or is owed, in the channel that is its place."""
    op.execute("UPDATE post SET key = key || ':' || place WHERE kind = 'separate talk'")


def downgrade() -> None:
    """Of an item's threads the newest is known on. The others stay where they are."""
    op.execute(
        "DELETE FROM post WHERE kind = 'separate talk' AND id NOT IN"
        " (SELECT max(id) FROM post WHERE kind = 'separate talk' GROUP BY subject_id)"
    )
    op.execute("UPDATE post SET key = 'separate:' || subject_id WHERE kind = 'separate talk'")

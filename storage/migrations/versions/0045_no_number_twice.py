"""no number twice: what stands in Slack names an item, a tip or a post by it"""

from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Postgres has never given one twice. SQLite did, once the row that had the highest was gone."""
    _rebuild(is_given_once=True)


def downgrade() -> None:
    _rebuild(is_given_once=False)


def _rebuild(*, is_given_once: bool) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in ("item", "tip", "post"):
        kept = {"sqlite_autoincrement": is_given_once}
        with op.batch_alter_table(table, recreate="always", table_kwargs=kept):
            pass

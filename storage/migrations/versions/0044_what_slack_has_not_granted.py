"""what Slack has not granted, and one kind of post that tells admins so"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Slack tells it at the next tick. Admins who were told before are told no second time."""
    with op.batch_alter_table("consortium") as consortium:
        consortium.add_column(sa.Column("lacks", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("consortium") as consortium:
        consortium.alter_column("lacks", server_default=None)
    _rename("no groups", "not granted", "not_granted:{}:group messages:{}")
    _keep_who_was_told_of_files()


def downgrade() -> None:
    """Of files admins may be told once more."""
    op.execute(sa.text("DELETE FROM post WHERE kind = 'not granted' AND key LIKE 'not_granted:%:files:%'"))
    _rename("not granted", "no groups", "no_groups:{}:{}")
    with op.batch_alter_table("consortium") as consortium:
        consortium.drop_column("lacks")


def _rename(kind: str, other_kind: str, other_key: str) -> None:
    """In their keys only the consortium and the admin stay."""
    post = sa.text("UPDATE post SET kind = :kind, key = :key WHERE id = :id")
    for post_id, was in _posts("kind = :kind", kind=kind):
        _, one, *_, admin = was.split(":")
        op.execute(post.bindparams(kind=other_kind, key=other_key.format(one, admin), id=post_id))


def _keep_who_was_told_of_files() -> None:
    """Each month once until now: the newest of each admin stands for all of them."""
    told = sa.text(
        "UPDATE post SET kind = 'not granted', key = :key, subject_id = consortium_id WHERE id = :id"
    )
    newest: dict[tuple[str, str], int] = {}
    for cause in ("missing_scope", "not_allowed_token_type"):
        for post_id, was in _posts("key LIKE :key", key=f"undelivered:%:files:{cause}:%"):
            _, one, *_, admin = was.split(":")
            newest[one, admin] = max(post_id, newest.get((one, admin), 0))
    for (one, admin), post_id in newest.items():
        op.execute(told.bindparams(key=f"not_granted:{one}:files:{admin}", id=post_id))


def _posts(which: str, **values: str) -> list[tuple[int, str]]:
    found = op.get_bind().execute(sa.text(f"SELECT id, key FROM post WHERE {which}"), values)  # noqa: S608
    return [(post_id, key) for post_id, key in found.all()]

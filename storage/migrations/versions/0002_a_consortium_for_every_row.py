"""a consortium for every row, and what delivery and permission have to remember"""

import sqlalchemy as sa
from alembic import op

import storage.database

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _say_whose("publication", "SELECT meeting.consortium_id FROM meeting WHERE meeting.id = meeting_id")
    _say_whose("curator", "SELECT person.consortium_id FROM person WHERE person.id = person_id")
    _remember_for_each_consortium_what_was_heard()
    with op.batch_alter_table("post") as post:
        post.add_column(sa.Column("tried", sa.Integer(), nullable=False, server_default="0"))
        post.add_column(sa.Column("sweep_at", storage.database.UtcDateTime(timezone=True), nullable=True))
        post.add_column(sa.Column("stray_ts", sa.String(), nullable=True))
        post.add_column(sa.Column("answered_by_id", sa.Integer(), nullable=True))
        post.add_column(sa.Column("is_said_to_be_there", sa.Boolean(), nullable=True))
        post.create_foreign_key(op.f("fk_post_answered_by_id_person"), "person", ["answered_by_id"], ["id"])
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("is_bot", sa.Boolean(), nullable=False, server_default=sa.false()))
        person.add_column(
            sa.Column("deactivated_at", storage.database.UtcDateTime(timezone=True), nullable=True)
        )
    _forget_default("post", "tried")
    _forget_default("person", "is_bot")
    op.create_table(
        "heartbeat",
        sa.Column("replica", sa.String(), nullable=False),
        sa.Column("at", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("replica", name=op.f("pk_heartbeat")),
    )


def _forget_default(table: str, column: str) -> None:
    """On SQLite in a step of its own: the rows that are there are copied with what the column has as its default then."""
    with op.batch_alter_table(table) as altered:
        altered.alter_column(column, server_default=None)


def _say_whose(table: str, whose: str) -> None:
    op.add_column(table, sa.Column("consortium_id", sa.Integer(), nullable=True))
    op.execute(f"UPDATE {table} SET consortium_id = ({whose})")  # noqa: S608 - two names of our own
    with op.batch_alter_table(table) as altered:
        altered.alter_column("consortium_id", existing_type=sa.Integer(), nullable=False)
        altered.create_foreign_key(
            op.f(f"fk_{table}_consortium_id_consortium"), "consortium", ["consortium_id"], ["id"]
        )


def _remember_for_each_consortium_what_was_heard() -> None:
    """Nobody noted whose it was, and it is forgotten after a week: as heard by all, nothing is done twice."""
    op.execute("CREATE TEMPORARY TABLE heard_before AS SELECT key, at FROM heard")
    op.drop_table("heard")
    op.create_table(
        "heard",
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_heard_consortium_id_consortium")
        ),
        sa.PrimaryKeyConstraint("consortium_id", "key", name=op.f("pk_heard")),
    )
    op.execute(
        "INSERT INTO heard (consortium_id, key, at) SELECT consortium.id, key, at FROM heard_before, consortium"
    )
    op.execute("DROP TABLE heard_before")


def downgrade() -> None:
    op.drop_table("heartbeat")
    with op.batch_alter_table("person") as person:
        person.drop_column("deactivated_at")
        person.drop_column("is_bot")
    with op.batch_alter_table("post") as post:
        post.drop_constraint(op.f("fk_post_answered_by_id_person"), type_="foreignkey")
        post.drop_column("is_said_to_be_there")
        post.drop_column("answered_by_id")
        post.drop_column("stray_ts")
        post.drop_column("sweep_at")
        post.drop_column("tried")
    _forget_for_whom_it_was_heard()
    for table in ("curator", "publication"):
        with op.batch_alter_table(table) as altered:
            altered.drop_constraint(op.f(f"fk_{table}_consortium_id_consortium"), type_="foreignkey")
            altered.drop_column("consortium_id")


def _forget_for_whom_it_was_heard() -> None:
    op.execute("CREATE TEMPORARY TABLE heard_before AS SELECT key, max(at) AS at FROM heard GROUP BY key")
    op.drop_table("heard")
    op.create_table(
        "heard",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_heard")),
    )
    op.execute("INSERT INTO heard (key, at) SELECT key, at FROM heard_before")
    op.execute("DROP TABLE heard_before")

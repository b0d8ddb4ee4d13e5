"""questions"""

import sqlalchemy as sa
from alembic import op

import storage.database

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has asked anything yet."""
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("asked_at", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", storage.database.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_question_consortium_id_consortium")
        ),
        _of_the_same("item", "item_id"),
        _of_the_same("meeting", "meeting_id"),
        _of_the_same("person", "asked_by_id"),
        _of_the_same("person", "answered_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_question_item", "question", ["item_id"])
    with op.batch_alter_table("item") as item:
        item.add_column(sa.Column("questions", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("item") as item:
        item.alter_column("questions", server_default=None)


def downgrade() -> None:
    """What was asked and answered is lost, and what was told of it is known no more."""
    op.execute(sa.text("DELETE FROM post WHERE kind = 'question'"))
    op.drop_table("question")
    with op.batch_alter_table("item") as item:
        item.drop_column("questions")


def _of_the_same(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["consortium_id", column],
        [f"{table}.consortium_id", f"{table}.id"],
        name=op.f(f"fk_question_consortium_id_{column}_{table}"),
    )

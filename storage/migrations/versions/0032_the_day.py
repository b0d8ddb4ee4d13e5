"""the day: who comes, and what its host tells of it"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has said anything of a meeting yet. An agenda that is published keeps its times: only others begin with the host's staff."""
    with op.batch_alter_table("meeting") as meeting:
        meeting.add_column(sa.Column("welcome", sa.JSON(none_as_null=True), nullable=True))
    op.execute(
        sa.text(
            "UPDATE meeting SET opening = 0 WHERE opening IS NULL "
            "AND EXISTS (SELECT 1 FROM publication WHERE publication.meeting_id = meeting.id)"
        )
    )
    op.create_table(
        "coming",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("comes", sa.Boolean(), nullable=False),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.Column("knows", sa.JSON(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=True),
        sa.Column("more", sa.Text(), nullable=True),
        _of_a_consortium("coming"),
        _of_the_same("coming", "meeting", "meeting_id"),
        _of_the_same("coming", "person", "person_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coming")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_coming_meeting_id_person_id")),
    )
    op.create_index("ix_coming_person", "coming", ["person_id"])
    op.create_table(
        "party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("collaborative_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("new", sa.Integer(), nullable=True),
        sa.Column("who_is_new", sa.Text(), nullable=True),
        sa.Column("said_by_id", sa.Integer(), nullable=False),
        _of_a_consortium("party"),
        _of_the_same("party", "meeting", "meeting_id"),
        _of_the_same("party", "collaborative", "collaborative_id"),
        _of_the_same("party", "person", "said_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint(
            "meeting_id", "collaborative_id", name=op.f("uq_party_meeting_id_collaborative_id")
        ),
    )


def downgrade() -> None:
    """What people said of coming is lost, and what hosts told of the day."""
    with op.batch_alter_table("meeting") as meeting:
        meeting.drop_column("welcome")
    op.drop_table("party")
    op.drop_table("coming")


def _of_a_consortium(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["consortium_id"], ["consortium.id"], name=op.f(f"fk_{table}_consortium_id_consortium")
    )


def _of_the_same(table: str, of: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["consortium_id", column],
        [f"{of}.consortium_id", f"{of}.id"],
        name=op.f(f"fk_{table}_consortium_id_{column}_{of}"),
    )

"""everything of the beginning"""

import sqlalchemy as sa
from alembic import op

import storage.database

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consortium",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("call_days", sa.JSON(), nullable=False),
        sa.Column("call_at", sa.Time(), nullable=False),
        sa.Column("closes_days_before", sa.Integer(), nullable=False),
        sa.Column("digest_weekday", sa.String(), nullable=False),
        sa.Column("digest_at", sa.Time(), nullable=False),
        sa.Column("told_after_minutes", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("scheduled_since", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consortium")),
        sa.UniqueConstraint("team_id", name=op.f("uq_consortium_team_id")),
    )
    op.create_table(
        "heard",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_heard")),
    )
    op.create_table(
        "collaborative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("curators_channel_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_collaborative_consortium_id_consortium")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collaborative")),
        sa.UniqueConstraint("consortium_id", "name", name=op.f("uq_collaborative_consortium_id_name")),
    )
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "standing",
                "card",
                "outcome",
                "agenda",
                "call",
                "digest",
                "proposed meeting",
                "moved meeting",
                "reconsidered",
                "carried over",
                "withdrawal",
                "undelivered",
                name="postkind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("due_at", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "due",
                "sending",
                "sent",
                "unknown",
                "failed",
                "missed",
                "not needed",
                name="poststate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", storage.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("not_before", storage.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("first_tried_at", storage.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("may_be_there", sa.Boolean(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("sent_at", storage.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_post_consortium_id_consortium")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("key", name=op.f("uq_post_key")),
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.create_index("ix_post_state_due", ["state", "due_at"], unique=False)
        batch_op.create_index("ix_post_subject", ["consortium_id", "kind", "subject_id"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("proposed", "set", name="meetingstate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("known_since", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("planned", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_meeting_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(
            ["host_id"], ["collaborative.id"], name=op.f("fk_meeting_host_id_collaborative")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("consortium_id", "day", name=op.f("uq_meeting_consortium_id_day")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("named_at", storage.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("collaborative_id", sa.Integer(), nullable=True),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaborative.id"], name=op.f("fk_person_collaborative_id_collaborative")
        ),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_person_consortium_id_consortium")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint(
            "consortium_id", "team_id", "user_id", name=op.f("uq_person_consortium_id_team_id_user_id")
        ),
    )
    op.create_table(
        "curator",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("collaborative_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaborative.id"], name=op.f("fk_curator_collaborative_id_collaborative")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_curator_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "collaborative_id", name=op.f("pk_curator")),
    )
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("proposer_id", sa.Integer(), nullable=False),
        sa.Column("collaborative_id", sa.Integer(), nullable=True),
        sa.Column("on_behalf_of", sa.String(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column(
            "wish",
            sa.Enum("share", "advice", "decide", "connect", name="wish", native_enum=False, length=20),
            nullable=True,
        ),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("links", sa.Text(), nullable=True),
        sa.Column("lead", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "waiting",
                "on the agenda",
                "held for next time",
                "not taken",
                "withdrawn",
                name="itemstate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("is_carried_over", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("created_at", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", storage.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", storage.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "reason",
            sa.Enum(
                "too full",
                "elsewhere",
                "already covered",
                "needs more",
                "not ours",
                "other",
                name="reason",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("told_at", storage.database.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaborative.id"], name=op.f("fk_item_collaborative_id_collaborative")
        ),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_item_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_item_decided_by_id_person")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_item_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["proposer_id"], ["person.id"], name=op.f("fk_item_proposer_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
    )
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_consortium_id"), ["consortium_id"], unique=False)
        batch_op.create_index("ix_item_meeting_state", ["meeting_id", "state"], unique=False)
        batch_op.create_index("ix_item_proposer", ["proposer_id"], unique=False)

    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_publication_by_id_person")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_publication_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_publication_meeting_id_number")),
    )
    op.create_table(
        "tip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("findable", sa.Text(), nullable=False),
        sa.Column("created_at", storage.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_tip_consortium_id_consortium")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_tip_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip")),
    )
    with op.batch_alter_table("tip", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tip_consortium_id"), ["consortium_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("tip", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tip_consortium_id"))

    op.drop_table("tip")
    op.drop_table("publication")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_index("ix_item_proposer")
        batch_op.drop_index("ix_item_meeting_state")
        batch_op.drop_index(batch_op.f("ix_item_consortium_id"))

    op.drop_table("item")
    op.drop_table("curator")
    op.drop_table("person")
    op.drop_table("meeting")
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_index("ix_post_subject")
        batch_op.drop_index("ix_post_state_due")

    op.drop_table("post")
    op.drop_table("collaborative")
    op.drop_table("heard")
    op.drop_table("consortium")

"""no row points into another consortium"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

POINTED_AT = ("collaborative", "person", "meeting")
POINTERS = {
    "person": {"collaborative_id": "collaborative"},
    "curator": {"person_id": "person", "collaborative_id": "collaborative"},
    "meeting": {"host_id": "collaborative"},
    "publication": {"meeting_id": "meeting", "by_id": "person"},
    "item": {
        "meeting_id": "meeting",
        "proposer_id": "person",
        "collaborative_id": "collaborative",
        "decided_by_id": "person",
    },
    "tip": {"person_id": "person"},
    "post": {"answered_by_id": "person"},
}


def upgrade() -> None:
    for table in POINTED_AT:
        with op.batch_alter_table(table) as altered:
            altered.create_unique_constraint(op.f(f"uq_{table}_consortium_id_id"), ["consortium_id", "id"])
    for table, pointers in POINTERS.items():
        with op.batch_alter_table(table) as altered:
            for column, there in pointers.items():
                altered.drop_constraint(op.f(f"fk_{table}_{column}_{there}"), type_="foreignkey")
                altered.create_foreign_key(
                    op.f(f"fk_{table}_consortium_id_{column}_{there}"),
                    there,
                    ["consortium_id", column],
                    ["consortium_id", "id"],
                )


def downgrade() -> None:
    for table, pointers in POINTERS.items():
        with op.batch_alter_table(table) as altered:
            for column, there in pointers.items():
                altered.drop_constraint(
                    op.f(f"fk_{table}_consortium_id_{column}_{there}"), type_="foreignkey"
                )
                altered.create_foreign_key(op.f(f"fk_{table}_{column}_{there}"), there, [column], ["id"])
    for table in POINTED_AT:
        with op.batch_alter_table(table) as altered:
            altered.drop_constraint(op.f(f"uq_{table}_consortium_id_id"), type_="unique")

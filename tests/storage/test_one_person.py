"""What becomes of all that points to a person who becomes one with another."""

from storage.one_person import POINT_TO_PEOPLE
from storage.people import Curator
from storage.upkeep.records import Base


def test_nothing_goes_on_pointing_to_a_person_who_became_one_with_another() -> None:
    pointing = {
        (table.name, key.parent.name)
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "person" and key.column.name == "id"
    }
    handed_over_as_a_role = (Curator.__tablename__, "person_id")
    known = {(points.class_.__tablename__, points.key) for points in POINT_TO_PEOPLE}
    assert pointing == known | {handed_over_as_a_role}

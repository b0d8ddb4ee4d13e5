"""What changed between two agendas is told in the fewest words that explain it."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.changes import Changes, Entry, changes

BUDGET, GRANTS, TIPS, OFFICE = AGENDA = [
    Entry(1, "Budget cuts", 15, "Ada", "CCSJ"),
    Entry(2, "Grant reports", 10, "Alan", "CCSJ"),
    Entry(3, "Tips", None, None, "CCSJ"),
    Entry(4, "New office", 20, "Bea", "CCSJ"),
]
orders = st.lists(st.integers(1, 9), unique=True).map(
    lambda ids: [Entry(i, f"Item {i}", i, None) for i in ids]
)


def ids(entries):
    return [entry.item_id for entry in entries]


def test_the_same_agenda_has_not_changed():
    assert changes(AGENDA, AGENDA) == Changes()
    assert changes([], []) == Changes()


def test_an_item_added_moves_nobody():
    assert changes([BUDGET, TIPS], [GRANTS, BUDGET, OFFICE, TIPS]) == Changes(added=(GRANTS, OFFICE))


def test_an_item_taken_off_moves_nobody():
    assert changes(AGENDA, [GRANTS, OFFICE]) == Changes(removed=(BUDGET, TIPS))


def test_one_item_moved_over_all_others_is_the_only_one_moved():
    assert changes(AGENDA, [OFFICE, BUDGET, GRANTS, TIPS]) == Changes(moved=(OFFICE,))
    assert changes(AGENDA, [GRANTS, TIPS, OFFICE, BUDGET]) == Changes(moved=(BUDGET,))


@pytest.mark.parametrize(
    ("edit", "way"),
    [
        ({"title": "Budget"}, "reworded"),
        ({"minutes": 20}, "with_another_length"),
        ({"minutes": None}, "with_another_length"),
        ({"lead": "Bea"}, "with_another_lead"),
        ({"lead": None}, "with_another_lead"),
    ],
)
def test_an_edited_item_is_told_as_it_stands_after_and_what_changed_in_it(edit, way):
    edited = replace(BUDGET, **edit)
    assert changes(AGENDA, [edited, *AGENDA[1:]]) == Changes(**{way: (edited,)})


def test_of_who_leads_nothing_is_said_where_the_agenda_before_named_whoever_brought_it():
    before = replace(BUDGET, lead="Priya", collaborative=None)
    assert changes([before], [replace(BUDGET, lead=None)]) == Changes()


def test_an_item_may_be_moved_and_edited():
    longer = replace(OFFICE, minutes=30)
    told = Changes(moved=(longer,), with_another_length=(longer,))
    assert changes(AGENDA, [longer, BUDGET, GRANTS, TIPS]) == told


def test_any_change_is_something():
    assert not any(
        changed == Changes()
        for changed in (
            changes([], AGENDA),
            changes(AGENDA, []),
            changes([BUDGET, TIPS], [TIPS, BUDGET]),
            changes([BUDGET], [replace(BUDGET, lead=None)]),
        )
    )


@given(orders, orders)
def test_every_item_is_accounted_for(before, after):
    changed = changes(before, after)
    assert set(ids(changed.added)) == set(ids(after)) - set(ids(before))
    assert set(ids(changed.removed)) == set(ids(before)) - set(ids(after))
    edited = (changed.reworded, changed.with_another_length, changed.with_another_lead)
    assert not any(edited)


@given(orders, orders)
def test_those_not_moved_kept_their_order_and_are_as_many_as_can_be(before, after):
    moved = set(ids(changes(before, after).moved))
    stayed = [i for i in ids(after) if i in ids(before)]
    unmoved = [i for i in stayed if i not in moved]
    assert moved <= set(stayed)
    assert unmoved == sorted(unmoved, key=ids(before).index)
    for more in combinations(stayed, len(unmoved) + 1):
        assert list(more) != sorted(more, key=ids(before).index)

"""What changed between two agendas is told in the fewest words that explain it."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from bot.changes import Changes, Entry, changes

BUDGET, GRANTS, TIPS, OFFICE = AGENDA = [
    Entry(1, "Budget cuts", 15, "Ada"),
    Entry(2, "Grant reports", 10, "Alan"),
    Entry(3, "Tips", None, None),
    Entry(4, "New office", 20, "Bea"),
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


def test_an_edited_item_is_told_as_it_stands_after():
    for edited in (
        replace(BUDGET, title="Budget"),
        replace(BUDGET, minutes=20),
        replace(BUDGET, minutes=None),
        replace(BUDGET, lead="Bea"),
    ):
        assert changes(AGENDA, [edited, *AGENDA[1:]]) == Changes(edited=(edited,))


def test_an_item_may_be_moved_and_edited():
    longer = replace(OFFICE, minutes=30)
    assert changes(AGENDA, [longer, BUDGET, GRANTS, TIPS]) == Changes(moved=(longer,), edited=(longer,))


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
    assert not changed.edited


@given(orders, orders)
def test_those_not_moved_kept_their_order_and_are_as_many_as_can_be(before, after):
    moved = set(ids(changes(before, after).moved))
    stayed = [i for i in ids(after) if i in ids(before)]
    unmoved = [i for i in stayed if i not in moved]
    assert moved <= set(stayed)
    assert unmoved == sorted(unmoved, key=ids(before).index)
    for more in combinations(stayed, len(unmoved) + 1):
        assert list(more) != sorted(more, key=ids(before).index)

"""Keys of posts: of each kind one format, and nobody leaves an id of it out."""

import pytest

from storage.post_kinds import PostKind

REMINDER = {"meeting": 3, "place": "U0SAM"}


def test_a_key_is_made_of_its_ids() -> None:
    assert PostKind.REMINDER.key(**REMINDER) == "reminder:3:U0SAM"


@pytest.mark.parametrize("ids", [{"meeting": 3}, {}, REMINDER | {"day": "2027-01-20"}])
def test_a_key_of_other_ids_is_refused(ids: dict[str, object]) -> None:
    """Also of more: a format that forgot the place would owe one post to all who asked."""
    with pytest.raises(ValueError, match="reminder:"):
        PostKind.REMINDER.key(**ids)


def test_what_is_for_a_group_is_owed_there_and_nowhere_else() -> None:
    of_groups = [kind for kind in PostKind if kind.is_of_a_group]
    assert of_groups == [PostKind.GROUP_TALK]
    assert all(kind.is_owed_in_each_place for kind in of_groups)

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


def test_a_thread_that_has_not_opened_goes_where_the_shared_channel_is_and_what_stands_in_each_is_owed_anew() -> (
    None
):
    assert PostKind.SEPARATE_TALK.follows_the_channel
    assert PostKind.SEPARATE_TALK.key(item=3, once_in="C0SHARED") == "separate:3:C0SHARED"
    in_each = [kind for kind in PostKind if "{channel}" in kind.key_format or "{place}" in kind.key_format]
    assert not any(kind.follows_the_channel for kind in in_each)
    assert {PostKind.STANDING, PostKind.AGENDA, PostKind.LIVE} <= {*in_each}

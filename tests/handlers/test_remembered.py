"""What is remembered has an end."""

from handlers.remembered import Remembered


def test_of_too_many_the_one_that_was_noted_longest_ago_is_forgotten() -> None:
    known: Remembered[str, int] = Remembered(2)
    known.update({"a": 1, "b": 2})
    known["a"] = 3
    known["c"] = 4
    assert dict(known) == {"a": 3, "c": 4}


def test_what_is_forgotten_makes_room() -> None:
    known: Remembered[str, int] = Remembered(2)
    known.update({"a": 1, "b": 2})
    assert known.pop("a") == 1
    assert known.pop("a", None) is None
    known["c"] = 3
    assert dict(known) == {"b": 2, "c": 3}

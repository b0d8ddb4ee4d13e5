"""The ring of keys and its file: what is read, what is refused, and that a refusal never tells a key."""

import base64
from pathlib import Path

import pytest

from storage.keys import KeyRing, KeysAreWrong, a_key, is_open_to_others, write_keys

A, B = ("a", b"a" * 32), ("b", b"b" * 32)
A64, B64 = (base64.b64encode(key).decode() for _, key in (A, B))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "agenda.keys"
    write_keys(file, dict([A]))
    return file


@pytest.mark.parametrize(
    "lines", [f"b:{B64}\na:{A64}", f" b:{B64}  a:{A64} ", f"# a copy\n\nb:{B64}\n  # older\na:{A64}\n"]
)
def test_the_first_key_seals_and_all_open(lines: str) -> None:
    ring = KeyRing.of(lines)
    assert ring.newest == "b"
    assert [ring.key("a"), ring.key("b"), ring.key("c")] == [A[1], B[1], None]


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "# nothing",
        A64,
        f"a:{A64} {B64}",
        f":{A64}",
        f"a b:{A64}",
        f"a.b:{A64}",
        f"{'a' * 33}:{A64}",
        f"a:{A64[:-1]}",
        f"a:{A64[:40]}",
        f"a:{A64}{A64}",
        f"a:{'*' * 43}=",
        f"a:{A64} a:{B64}",
    ],
)
def test_what_is_no_ring_of_keys_is_refused_in_one_line_without_a_key(lines: str) -> None:
    with pytest.raises(KeysAreWrong, match=r"^KEYS holds|^KEYS has to hold") as refused:
        KeyRing.of(lines)
    assert "\n" not in str(refused.value)
    assert A64[:10] not in str(refused.value)


def test_the_file_is_for_its_owner_alone(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600
    assert not is_open_to_others(file)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_file_that_others_may_read_is_refused_with_what_to_do(file: Path, mode: int) -> None:
    file.chmod(mode)
    assert is_open_to_others(file)
    with pytest.raises(KeysAreWrong, match=f"chmod 600 {file}"):
        KeyRing.in_file(file)


@pytest.mark.parametrize("content", [b"\xff", None], ids=["no text", "not there"])
def test_a_file_that_cannot_be_read_is_named(file: Path, content: bytes | None) -> None:
    file.unlink() if content is None else file.write_bytes(content)
    with pytest.raises(KeysAreWrong, match=str(file)):
        KeyRing.in_file(file)


def test_a_new_key_seals_from_now_on_and_the_file_keeps_both(file: Path) -> None:
    ring = KeyRing.in_file(file)
    new = ring.add()
    assert (ring.newest, ring.ids) == (new, [new, "a"])
    assert KeyRing.in_file(file).ids == [new, "a"]
    assert file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_who_runs_already_sees_a_key_that_another_process_has_made(file: Path) -> None:
    running = KeyRing.in_file(file)
    new = KeyRing.in_file(file).add()
    assert running.key(new) == KeyRing.in_file(file).key(new)

    newer = KeyRing.in_file(file).add()
    assert running.newest == newer


def test_keys_that_are_gone_from_the_file_seal_nothing_more(file: Path) -> None:
    """What they seal would be lost when the bot ends."""
    running = KeyRing.in_file(file)
    file.unlink()
    with pytest.raises(KeysAreWrong):
        _ = running.newest
    assert running.key("a") == A[1]


def test_a_dropped_key_is_gone_from_the_file(file: Path) -> None:
    ring = KeyRing.in_file(file)
    new = ring.add()
    ring.drop({"a"})
    assert (ring.ids, KeyRing.in_file(file).ids) == ([new], [new])


def test_keys_of_the_environment_are_not_ours_to_change() -> None:
    with pytest.raises(KeysAreWrong, match="KEYS"):
        KeyRing.of(f"a:{A64}").add()


def test_keys_that_another_has_just_made_are_not_overwritten(file: Path) -> None:
    assert not write_keys(file, dict([B]), replace=False)
    assert KeyRing.in_file(file).ids == ["a"]


def test_every_key_is_another() -> None:
    assert len({a_key() for _ in range(100)}) == 100

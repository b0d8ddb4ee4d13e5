"""The ring of keys and its file: what is read, what is refused, and that a refusal never tells a key."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from storage import keys
from storage.keys import KeyRing, KeysAreWrong, a_key, alone_with_keys, is_open_to_others, write_keys

AT_ONCE = 8

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


def leads_to_itself(link: Path) -> Path:
    other = link.with_name("other")
    link.symlink_to(other)
    other.symlink_to(link)
    return link


@pytest.mark.parametrize("name", ["loop", "loop/agenda.keys"], ids=["the file", "its folder"])
def test_a_link_that_leads_to_itself_is_told_in_one_line_with_what_helps(tmp_path: Path, name: str) -> None:
    leads_to_itself(tmp_path / "loop")
    file = tmp_path / name
    for does in (
        lambda: KeyRing.in_file(file),
        lambda: write_keys(file, dict([A]), replace=False),
        lambda: alone_with_keys(file).__enter__(),
    ):
        with pytest.raises(
            KeysAreWrong, match=r"leads to itself\. Put that right, or name another"
        ) as refused:
            does()
        assert str(file) in str(refused.value)
        assert "\n" not in str(refused.value)


def test_a_bot_at_work_whose_file_becomes_such_a_link_says_so(file: Path) -> None:
    running = KeyRing.in_file(file)
    file.unlink()
    leads_to_itself(file)
    with pytest.raises(KeysAreWrong, match="leads to itself"):
        running.look_again()


def test_a_new_key_seals_from_now_on_and_the_file_keeps_both(file: Path) -> None:
    ring = KeyRing.in_file(file)
    new = ring.add()
    assert (ring.newest, ring.ids) == (new, [new, "a"])
    assert KeyRing.in_file(file).ids == [new, "a"]
    assert file.stat().st_mode & 0o777 == 0o600
    assert {one.name for one in file.parent.iterdir()} == {file.name, f"{file.name}.lock"}


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
    for _again in range(2):
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


# --- Two who change them at once


def _adds(file: Path, told: Connection) -> None:
    told.send(KeyRing.in_file(file).add())


def test_keys_that_are_made_at_once_all_stay(file: Path) -> None:
    forking = get_context("fork")
    pipes = [forking.Pipe(duplex=False) for _ in range(AT_ONCE)]
    makers = [forking.Process(target=_adds, args=(file, telling)) for _, telling in pipes]
    with alone_with_keys(file):
        for maker in makers:
            maker.start()
    made = {hearing.recv() for hearing, _ in pipes}
    for maker in makers:
        maker.join()
    assert set(KeyRing.in_file(file).ids) == made | {"a"}
    assert len(made) == AT_ONCE


def test_who_waited_for_another_changes_what_the_other_left(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a slow disk: the other one is done after this one has looked, and before it writes."""
    one, other = KeyRing.in_file(file), KeyRing.in_file(file)
    makes, made = keys.alone_with, []

    @contextmanager
    def waits(file: Path) -> Iterator[Path]:
        monkeypatch.setattr(keys, "alone_with", makes)
        made.append(other.add())
        with makes(file) as real:
            yield real

    monkeypatch.setattr(keys, "alone_with", waits)
    made.append(one.add())
    assert set(KeyRing.in_file(file).ids) == {*made, "a"}


def test_who_waits_to_drop_keys_leaves_those_that_came_meanwhile(file: Path) -> None:
    stale, other = KeyRing.in_file(file), KeyRing.in_file(file)
    new = other.add()
    stale.drop({"a"})
    assert KeyRing.in_file(file).ids == [new]


def test_a_link_to_the_file_stays_one_and_who_reads_the_file_itself_sees_the_new_key(
    file: Path, tmp_path: Path
) -> None:
    link = tmp_path / "elsewhere" / "link.keys"
    link.parent.mkdir()
    link.symlink_to(file)
    new = KeyRing.in_file(link).add()
    assert link.is_symlink()
    assert KeyRing.in_file(file).ids == [new, "a"]


def test_a_link_that_leads_to_another_file_now_is_seen(file: Path, tmp_path: Path) -> None:
    """As a volume of secrets is brought up to date."""
    link, fresh = tmp_path / "link.keys", tmp_path / "fresh.keys"
    link.symlink_to(file)
    running = KeyRing.in_file(link)
    write_keys(fresh, dict([B, A]))
    link.unlink()
    link.symlink_to(fresh)
    assert (running.newest, running.ids) == ("b", ["b", "a"])


def test_what_a_crash_left_half_written_is_removed_by_whoever_comes_next(file: Path) -> None:
    left = file.with_name(f".{file.name}.0123.draft")
    left.write_text("# half")
    KeyRing.in_file(file).add()
    assert not left.exists()

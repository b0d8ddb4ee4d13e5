"""The story's clock: what the page moves and the bot reads."""

import time

from playground.clock import StoryClock


def test_the_file_says_how_far_the_story_is_ahead(tmp_path):
    clock = StoryClock(tmp_path / "offset")

    clock.advance(3600)
    clock.advance(86400)

    assert clock.file.read_text() == "90000"
    assert 89_940 <= clock() - time.time() <= 90_060


def test_before_it_is_moved_the_story_runs_in_real_time_without_a_file(tmp_path):
    clock = StoryClock(tmp_path / "offset")

    assert abs(clock() - time.time()) < 60
    assert not clock.file.exists()


def test_the_story_does_not_go_back(tmp_path):
    clock = StoryClock(tmp_path / "offset")
    clock.advance(7200)

    clock.go_to(time.time() + 60)
    clock.advance(-60)

    assert clock.file.read_text() == "7200"


def test_a_reader_never_sees_half_a_number(tmp_path):
    clock = StoryClock(tmp_path / "offset")
    clock.advance(1)
    before = clock.file.stat().st_ino

    clock.advance(1)

    assert clock.file.stat().st_ino != before
    assert [path.name for path in tmp_path.iterdir()] == ["offset"]

"""What is kept of a story: the small Slack, what each has read, how far the steps are, and the moment."""

import datetime as dt
import os
import time

import pytest

from playground import cast
from playground.guide import Guide
from playground.kept import CannotGoOn, IsInUse, StoryFolder
from playground.page.places import Places
from playground.slack.server import Slack
from playground.slack.world import File, Message, View

HOUR = 3600
NINE = dt.time(9)


@pytest.fixture
def folder(tmp_path):
    return StoryFolder(tmp_path / "story")


def a_scene(folder):
    slack = Slack(clock=folder.clock())
    cast.gather(slack)
    guide = Guide(lambda: slack.world.changed("guide"))
    return slack.world, Places(slack.world, slack.app.user_id), guide, set(cast.HOURS)


async def kept(folder, scene):
    async with folder.keeping(*scene) as begin:
        begin()


async def test_all_of_it_is_there_again(folder):
    world, places, guide, hours = a_scene(folder)
    hours.add(NINE)
    ts = world.next_ts()
    section = {"type": "section", "block_id": "b", "text": {"type": "mrkdwn", "text": "<@U0ANA> 🍊"}}
    chosen = {"b": {"a": {"type": "datepicker", "selected_date": None}}}
    world.add(
        Message(cast.SHARED, ts, "U0ANA", "Hi", [section], only_for="U0LINH", entries={"U0LINH": chosen})
    )
    view = View(world.new_id("V"), "modal", "U0ANA", "1.a", {"blocks": [section]}, chosen, {"b": "Too long"})
    world.forms["U0ANA"].append(view)
    world.people["U0ANA"].deleted = True
    world.files["F1"] = File("F1", "a.ics", 3, "U0AGENDABOT", content=b"\xff\x00\n", is_complete=True)
    places.read("U0SAM", cast.SHARED)
    guide.go(2)

    await kept(folder, (world, places, guide, hours))
    again, places_again, guide_again, hours_again = a_scene(folder)
    folder.restore(again, places_again, guide_again, hours_again)

    for part in ("workspaces", "people", "channels", "messages", "forms", "homes", "files", "last_ts"):
        assert getattr(again, part) == getattr(world, part)
    assert again.new_id("V") == world.new_id("V")
    assert again.messages["nowhere"] == []
    assert places_again.last_read == {"U0SAM": {cast.SHARED: ts}}
    assert guide_again.position == 2
    assert hours_again == {*cast.HOURS, NINE}


async def test_whoever_came_with_a_newer_version_is_there_too(folder):
    scene = a_scene(folder)
    del scene[0].people["U0NEW"]
    await kept(folder, scene)

    again = a_scene(folder)
    folder.restore(*again)

    assert "U0NEW" in again[0].people


async def test_a_story_that_was_not_told_to_its_beginning_is_none(folder):
    async with folder.keeping(*a_scene(folder)):
        pass

    assert not folder.has_story


async def test_time_stands_still_while_nobody_plays(folder):
    folder.clock().advance(5 * HOUR)
    await kept(folder, a_scene(folder))
    an_hour_ago = time.time() - HOUR
    for file in folder.path.iterdir():
        os.utime(file, (an_hour_ago, an_hour_ago))

    clock = folder.clock()

    assert clock() - time.time() == pytest.approx(4 * HOUR, abs=60)
    assert float(folder.offset.read_text()) == pytest.approx(4 * HOUR, abs=60)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"workspaces": 7}'])
async def test_what_cannot_be_read_is_said_and_set_aside_and_replaces_what_was_set_aside_before(
    folder, content
):
    slack = folder.path / "story.slack.json"
    for text in ("long ago", content):
        slack.write_text(text)
        with pytest.raises(CannotGoOn, match=r"story\.slack\.json"):
            folder.restore(*a_scene(folder))
        aside = folder.set_aside()

    assert (aside / slack.name).read_text() == content
    assert not folder.has_story


def test_a_clock_that_cannot_be_read_is_said(folder):
    folder.offset.write_text("noon")

    with pytest.raises(CannotGoOn, match="clock"):
        folder.clock()


def test_one_playground_at_a_time(folder):
    with folder.held(), pytest.raises(IsInUse), folder.held():
        pass
    with folder.held():
        pass

"""Before items close: the host hears what waits, and who brought nothing is asked, privately and once."""

import pytest

from bot.before_closing import remind_before_closing
from bot.decisions import add_to_agenda, reconsider
from bot.items import withdraw
from bot.meetings import change
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from tests.builders import Scene, an_arrangement, deliver, draw

HOSTS = ["U0CURATOR", "U0DEPUTY"]
THREE_DAYS_BEFORE, ON_THE_DAY = "2027-01-11 10:00", "2027-01-14 10:00"


def look(scene: Scene, local: str) -> None:
    scene.clock.strikes(local)
    remind_before_closing(scene.session, scene.consortium, scene.now)


def told(scene: Scene, kind: PostKind) -> dict[str, str]:
    """What each reads, once all that is owed was delivered. What has nothing to say is not sent."""
    read = {}
    for post in [post for post in scene.posts(kind) if post.state == PostState.DUE]:
        message = draw(scene.session, post, scene.now)
        if message is None:
            post.state = PostState.NOT_NEEDED
        else:
            read[post.place] = message.text
            deliver(post, scene.now)
    scene.session.flush()
    return read


def places(scene: Scene, kind: PostKind) -> list[str]:
    return [post.place for post in scene.posts(kind)]


def test_nobody_is_reminded_before_the_hour_of_the_calls_three_days_before_items_close(scene: Scene) -> None:
    scene.propose()
    look(scene, "2027-01-11 09:59")
    assert places(scene, PostKind.STILL_WAITING) == []
    for minute in ("10:00", "10:00", "18:00"):
        look(scene, f"2027-01-11 {minute}")
    assert places(scene, PostKind.STILL_WAITING) == HOSTS


def test_the_host_is_reminded_twice_and_hears_until_when_an_answer_was_promised(scene: Scene) -> None:
    scene.propose("Rents")
    look(scene, THREE_DAYS_BEFORE)
    first = told(scene, PostKind.STILL_WAITING)
    assert list(first) == HOSTS
    assert "1 item still waits for your answer" in first["U0CURATOR"]
    assert "Rents" in first["U0CURATOR"]
    assert "by Thursday, January 14, 2027" in first["U0CURATOR"]
    look(scene, ON_THE_DAY)
    assert "hear from you today" in told(scene, PostKind.STILL_WAITING)["U0CURATOR"]
    for day in ("2027-01-15 10:00", "2027-01-20 10:00", "2027-01-21 11:00", "2027-01-22 10:00"):
        look(scene, day)
    assert places(scene, PostKind.STILL_WAITING) == HOSTS * 2


def test_where_nothing_waits_nobody_is_reminded_also_if_something_waits_later(scene: Scene) -> None:
    item = scene.propose()
    add_to_agenda(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    look(scene, THREE_DAYS_BEFORE)
    assert told(scene, PostKind.STILL_WAITING) == {}
    scene.clock.passes(hours=2)
    reconsider(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    remind_before_closing(scene.session, scene.consortium, scene.now)
    assert told(scene, PostKind.STILL_WAITING) == {}


def test_of_very_many_the_first_are_named_and_all_are_counted(scene: Scene) -> None:
    for number in range(40):
        scene.propose(f"Item {number}")
    look(scene, THREE_DAYS_BEFORE)
    said = told(scene, PostKind.STILL_WAITING)["U0CURATOR"]
    assert "40 items still wait" in said
    assert "Item 4" in said
    assert "Item 5" not in said
    assert "and 35 more" in said


def test_what_was_said_changes_with_what_is_decided(scene: Scene) -> None:
    items = [scene.propose("Rents"), scene.propose("Food")]
    look(scene, THREE_DAYS_BEFORE)
    assert "2 items" in told(scene, PostKind.STILL_WAITING)["U0CURATOR"]
    add_to_agenda(scene.session, scene.actor("U0CURATOR"), items[0].id, scene.now)
    assert {post.state for post in scene.posts(PostKind.STILL_WAITING)} == {PostState.DUE}
    assert "1 item" in told(scene, PostKind.STILL_WAITING)["U0CURATOR"]
    withdraw(scene.session, scene.actor("U0MEMBER"), items[1].id, scene.now)
    assert "All that waited has your answer" in told(scene, PostKind.STILL_WAITING)["U0CURATOR"]


def test_after_a_time_away_the_host_is_reminded_once(scene: Scene) -> None:
    scene.propose()
    look(scene, "2027-01-18 10:00")
    assert places(scene, PostKind.STILL_WAITING) == HOSTS
    assert "hoped to hear from you by" in told(scene, PostKind.STILL_WAITING)["U0CURATOR"]


AT_FIVE = {"[calls]": '[calls]\nat = "17:00"'}


@pytest.mark.parametrize(
    "changed",
    [{"[calls]": '[calls]\nat = "15:00"'}, AT_FIVE | {"Los_Angeles": "Chicago"}],
    ids=["hour", "zone"],
)
def test_a_change_that_jumps_over_its_hour_leaves_nobody_without_a_reminder(
    scene: Scene, changed: dict[str, str]
) -> None:
    scene.consortium.confirmed_at = scene.now
    scene.apply(**AT_FIVE)
    scene.propose()
    look(scene, "2027-01-11 16:30")
    assert places(scene, PostKind.STILL_WAITING) == []
    scene.apply(**changed)
    look(scene, "2027-01-11 16:31")
    assert places(scene, PostKind.STILL_WAITING) == HOSTS
    assert places(scene, PostKind.NOTHING_YET) != []


def test_what_was_due_while_nobody_ran_is_owed_though_the_hour_is_changed_before(scene: Scene) -> None:
    scene.consortium.confirmed_at = scene.now
    scene.propose()
    scene.clock.strikes("2027-01-11 12:00")
    scene.apply(**AT_FIVE)
    assert places(scene, PostKind.STILL_WAITING) == HOSTS


def test_nobody_is_reminded_once_the_meeting_has_begun(scene: Scene) -> None:
    scene.propose()
    look(scene, "2027-01-21 10:00")
    assert places(scene, PostKind.STILL_WAITING) == places(scene, PostKind.NOTHING_YET) == []


def test_a_meeting_that_is_moved_has_reminders_of_its_new_day(scene: Scene) -> None:
    scene.propose()
    look(scene, THREE_DAYS_BEFORE)
    told(scene, PostKind.STILL_WAITING)
    moved = an_arrangement(day=scene.meeting.day.replace(day=28), office=scene.meeting.office)
    change(scene.session, scene.actor("U0CURATOR"), scene.meeting.id, moved, scene.now)
    assert "January 21" in told(scene, PostKind.STILL_WAITING)["U0CURATOR"]  # it closes then
    look(scene, ON_THE_DAY)
    assert places(scene, PostKind.STILL_WAITING) == HOSTS
    look(scene, "2027-01-18 10:00")
    assert places(scene, PostKind.STILL_WAITING) == HOSTS * 2


def test_a_meeting_that_is_set_late_has_no_reminder_of_a_day_that_was_over(scene: Scene) -> None:
    scene.propose()
    scene.clock.strikes("2027-01-11 10:01")
    scene.meeting.known_since = scene.now
    look(scene, "2027-01-11 12:00")
    assert places(scene, PostKind.STILL_WAITING) == places(scene, PostKind.NOTHING_YET) == []
    look(scene, ON_THE_DAY)
    assert places(scene, PostKind.STILL_WAITING) == HOSTS


def test_who_brought_nothing_is_asked_once_by_day_and_the_host_is_not(scene: Scene) -> None:
    for day in ("2027-01-11 09:59", THREE_DAYS_BEFORE):
        look(scene, day)
    [ruth, sam] = told(scene, PostKind.NOTHING_YET).values()
    for day in ("2027-01-12 10:00", ON_THE_DAY, "2027-01-20 10:00"):
        look(scene, day)
    assert places(scene, PostKind.NOTHING_YET) == ["U0RUTH", "U0SAM"]
    assert "Is there something that Bayview would like to talk about on Thursday, January 21, 2027?" in ruth
    assert "It is fine to bring nothing this time." in ruth
    assert "Sunset" in sam
    assert "Bayview" not in sam


def test_who_brings_something_is_not_asked_and_a_withdrawn_item_is_nothing(scene: Scene) -> None:
    taken_back = scene.propose(by="U0SAM")
    scene.actor("U0SAM").person.collaborative = scene.collaborative("Sunset")
    withdraw(scene.session, scene.actor("U0SAM"), taken_back.id, scene.now)
    scene.actor("U0MEMBER").person.collaborative = scene.collaborative("Bayview")
    scene.propose()
    look(scene, THREE_DAYS_BEFORE)
    assert list(told(scene, PostKind.NOTHING_YET)) == ["U0SAM"]


def test_who_brings_something_before_it_was_said_is_not_asked_and_after_it_is_thanked(scene: Scene) -> None:
    look(scene, THREE_DAYS_BEFORE)
    scene.actor("U0MEMBER").person.collaborative = scene.collaborative("Bayview")
    scene.propose()
    assert list(told(scene, PostKind.NOTHING_YET)) == ["U0SAM"]
    scene.actor("U0MEMBER").person.collaborative = scene.collaborative("Sunset")
    scene.propose()
    assert "Thank you" in told(scene, PostKind.NOTHING_YET)["U0SAM"]


def test_what_waited_until_items_have_closed_is_not_asked_any_more(scene: Scene) -> None:
    look(scene, ON_THE_DAY)
    scene.clock.strikes("2027-01-15 08:00")
    assert told(scene, PostKind.NOTHING_YET) == {}


@pytest.mark.parametrize("day", ["2027-01-15 10:00", "2027-01-20 10:00"])
def test_once_items_have_closed_nobody_is_asked_for_more(scene: Scene, day: str) -> None:
    look(scene, day)
    assert places(scene, PostKind.NOTHING_YET) == []


def test_who_decides_no_longer_reads_nothing_of_what_waits(scene: Scene) -> None:
    scene.propose("Rents")
    look(scene, THREE_DAYS_BEFORE)
    told(scene, PostKind.STILL_WAITING)
    scene.apply(**{'["U0CURATOR", "U0DEPUTY"]': '["U0NEW"]'})
    read = told(scene, PostKind.STILL_WAITING)
    assert {"Rents" in read[place] for place in HOSTS} == {False}


def test_what_is_brought_after_all_was_answered_waits_in_what_the_host_was_told(scene: Scene) -> None:
    item = scene.propose("Rents")
    look(scene, THREE_DAYS_BEFORE)
    told(scene, PostKind.STILL_WAITING)
    add_to_agenda(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    assert "All that waited has your answer" in told(scene, PostKind.STILL_WAITING)["U0CURATOR"]
    scene.propose("Food")
    assert "1 item still waits for your answer" in told(scene, PostKind.STILL_WAITING)["U0CURATOR"]

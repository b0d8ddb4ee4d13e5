"""The notes of a meeting: whom the bot asks for them and when, and when everybody reads them."""

from datetime import datetime, time

import pytest

from bot.after_meeting import what_became
from bot.cards import following_those_who_decide
from bot.decisions import leave_out
from bot.digests import gives_way
from bot.doors import notice_what_is_over
from bot.items import withdraw
from bot.quiet import put_off_for_quiet
from bot.results import rest_is_done, send_notes
from bot.seen.results import AfterSeen, Became, NotesStand
from bot.where_things_stand import status
from handlers.blocks.kit import Message
from handlers.delivery.kinds import KINDS, NOISES
from storage.items import Item, Reason
from storage.meetings import Meeting
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.bot.hosting import OVER, curator, meeting_held
from tests.bot.test_follow_ups import agreed
from tests.bot.test_results import BEFORE, became
from tests.builders import Scene, deliver
from tests.clock import SAN_FRANCISCO
from tests.drawn import draw
from tests.refusals import refusal

NO_CURATOR = {'curators = ["U0CURATOR", "U0DEPUTY"]\n': ""}
EVENING, NEXT_EVENING = "2027-01-21 17:00", "2027-01-22 17:00"


def over(scene: Scene, *titles: str) -> tuple[Meeting, list[Item]]:
    meeting, items = meeting_held(scene, *titles)
    notice_what_is_over(scene.session, scene.consortium, scene.now)
    return meeting, items


def notes_of(scene: Scene, meeting: Meeting) -> Post:
    [post] = scene.posts(PostKind.NOTES, about=meeting.id)
    return post


def told(scene: Scene, post: Post) -> str:
    message: Message | None = draw(scene.session, post, scene.now)
    return message.text if message else ""


def local(moment: datetime) -> str:
    return f"{moment.astimezone(SAN_FRANCISCO):%Y-%m-%d %H:%M}"


def test_its_hosts_are_asked_on_the_evening_and_the_notes_are_due_a_day_later(scene: Scene) -> None:
    meeting, _items = over(scene, "Rents", "Cuts")
    asked = scene.posts(PostKind.AFTER_MEETING, about=meeting.id)
    assert {post.place: local(post.due_at) for post in asked} == {"U0CURATOR": EVENING, "U0DEPUTY": EVENING}
    assert "What happened with the 2 items on the agenda?" in told(scene, asked[0])
    assert "by Fri, Jan 22, 5:00 PM" in told(scene, asked[0])
    assert local(notes_of(scene, meeting).due_at) == NEXT_EVENING


def test_of_a_meeting_on_a_friday_the_notes_are_due_on_monday(scene: Scene) -> None:
    meeting, _items = meeting_held(scene, "Rents")
    meeting.day = meeting.day.replace(day=22)
    scene.clock.strikes("2027-01-22 12:00")
    notice_what_is_over(scene.session, scene.consortium, scene.now)
    assert local(notes_of(scene, meeting).due_at) == "2027-01-25 17:00"


def test_of_one_that_ends_at_night_its_hosts_are_asked_when_it_is_over(scene: Scene) -> None:
    meeting, _items = meeting_held(scene, "Rents")
    meeting.starts = meeting.starts.replace(hour=19)
    scene.clock.strikes("2027-01-21 21:00")
    notice_what_is_over(scene.session, scene.consortium, scene.now)
    assert {local(post.due_at) for post in scene.posts(PostKind.AFTER_MEETING)} == {"2027-01-21 21:00"}


def test_of_a_meeting_without_an_agenda_nobody_is_asked(scene: Scene) -> None:
    over(scene)
    assert not scene.posts(PostKind.AFTER_MEETING)
    assert not scene.posts(PostKind.NOTES)


def test_where_nothing_is_written_down_there_are_no_notes(scene: Scene) -> None:
    meeting, _items = over(scene, "Rents")
    scene.clock.strikes(NEXT_EVENING)
    assert told(scene, notes_of(scene, meeting)) == ""


def test_they_tell_what_was_talked_about_what_goes_on_and_what_is_not_needed(scene: Scene) -> None:
    meeting, [rents, cuts, vans, _unsaid] = over(scene, "Rents", "Cuts", "Vans", "Left unsaid")
    became(scene, meeting, rents, Became.DONE, "We write a letter")
    became(scene, meeting, cuts, Became.NOT_REACHED)
    became(scene, meeting, vans, Became.NOT_NEEDED)
    said = told(scene, notes_of(scene, meeting))
    in_order = ["What we talked about", "Rents", "We write a letter", "For the next meeting", "Cuts"]
    places = [
        said.index(words) for words in [*in_order, "Not needed any more", "Vans", "Answer in the thread"]
    ]
    assert places == sorted(places)
    assert "Left unsaid" not in said


def test_sent_by_their_host_they_are_due_at_once_and_once(scene: Scene) -> None:
    meeting, _items = over(scene, "Rents")
    with refusal("Nothing is written down yet"):
        send_notes(scene.session, curator(scene), meeting.id, scene.now)
    rest_is_done(scene.session, curator(scene), meeting.id, scene.now)
    stands = send_notes(scene.session, curator(scene), meeting.id, scene.now)
    assert stands.notes is NotesStand.ON_THEIR_WAY
    assert notes_of(scene, meeting).due_at == scene.now
    with refusal("The notes are sent"):
        send_notes(scene.session, curator(scene), meeting.id, scene.now)
    asked = scene.posts(PostKind.AFTER_MEETING, about=meeting.id)
    assert {told(scene, post) for post in asked} == {""}


def test_who_was_asked_reads_that_they_are_sent(scene: Scene) -> None:
    meeting, _items = over(scene, "Rents")
    asked = scene.posts(PostKind.AFTER_MEETING, about=meeting.id)[0]
    deliver(asked, scene.now)
    rest_is_done(scene.session, curator(scene), meeting.id, scene.now)
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    assert "The notes of Thu, Jan 21 are on their way" in told(scene, asked)
    deliver(notes_of(scene, meeting), scene.now)
    assert "The notes of Thu, Jan 21 are sent" in told(scene, asked)
    scene.session.refresh(asked)
    assert asked.state == PostState.DUE


def test_withheld_once_they_can_still_be_sent(scene: Scene) -> None:
    meeting, _items = over(scene, "Rents")
    scene.clock.strikes("2027-01-25 09:00")
    notes_of(scene, meeting).state = PostState.NOT_NEEDED
    scene.session.flush()
    rest_is_done(scene.session, curator(scene), meeting.id, scene.now)
    stands = send_notes(scene.session, curator(scene), meeting.id, scene.now)
    assert stands.notes is NotesStand.ON_THEIR_WAY
    assert notes_of(scene, meeting).state == PostState.DUE


@pytest.mark.parametrize("what", list(Became))
def test_what_is_changed_after_they_were_sent_changes_there(scene: Scene, what: Became) -> None:
    meeting, [rents, _cuts] = over(scene, "Rents", "Cuts")
    rest_is_done(scene.session, curator(scene), meeting.id, scene.now)
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    post = notes_of(scene, meeting)
    deliver(post, scene.now)
    became(scene, meeting, rents, what, "Corrected")
    scene.session.refresh(post)
    assert post.state == PostState.DUE
    assert "Corrected" in told(scene, post)


def test_what_the_next_host_does_not_take_is_named_in_no_notes(scene: Scene) -> None:
    meeting, [item] = over(scene, "Rents")
    became(scene, meeting, item, Became.NOT_REACHED)
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    deliver(notes_of(scene, meeting), scene.now)
    ruth = scene.actor("U0RUTH", "T0OTHER")
    leave_out(scene.session, ruth, item.id, scene.now, Reason.TOO_FULL, None)
    scene.tell(item)
    assert "What stood here was taken back." in told(scene, notes_of(scene, meeting))


def test_the_host_finds_them_where_things_stand_until_they_are_sent(scene: Scene) -> None:
    meeting, _items = over(scene, "Rents")
    assert [asked(scene, one) for one in ("U0CURATOR", "U0MEMBER")] == [meeting.id, None]
    rest_is_done(scene.session, curator(scene), meeting.id, scene.now)
    assert asked(scene, "U0CURATOR") == meeting.id
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    assert asked(scene, "U0CURATOR") is None


def test_of_a_meeting_without_an_agenda_nothing_is_asked_where_things_stand(scene: Scene) -> None:
    over(scene)
    assert asked(scene, "U0CURATOR") is None


def asked(scene: Scene, user_id: str) -> int | None:
    about = status(scene.session, scene.actor(user_id), scene.now).to_write_about
    return about.id if about else None


def test_taken_for_over_by_a_wrong_zone_it_is_asked_about_at_its_right_time(scene: Scene) -> None:
    meeting, _items = meeting_held(scene, "Rents", at=BEFORE)
    scene.consortium.timezone = "Asia/Tokyo"
    notice_what_is_over(scene.session, scene.consortium, scene.now)
    scene.consortium.timezone = "America/Los_Angeles"
    notice_what_is_over(scene.session, scene.consortium, scene.now)
    assert local(notes_of(scene, meeting).due_at) != NEXT_EVENING
    scene.clock.strikes(OVER)
    notice_what_is_over(scene.session, scene.consortium, scene.now)
    due = {local(post.due_at) for post in scene.posts(PostKind.AFTER_MEETING, about=meeting.id)}
    assert (due, local(notes_of(scene, meeting).due_at)) == ({EVENING}, NEXT_EVENING)


def test_who_decides_since_is_asked_too_and_who_decides_no_more_reads_that_others_do(scene: Scene) -> None:
    meeting, _items = over(scene, "Rents")
    for post in scene.posts(PostKind.AFTER_MEETING, about=meeting.id):
        deliver(post, scene.now)
    scene.apply(**{'"U0DEPUTY"': '"U0MEMBER"'})
    posts = {post.place: post for post in scene.posts(PostKind.AFTER_MEETING, about=meeting.id)}
    assert "What happened with" in told(scene, posts["U0MEMBER"])
    assert "This is with those who decide now." in told(scene, posts["U0DEPUTY"])
    assert posts["U0DEPUTY"].state == PostState.DUE


def test_once_the_notes_went_out_by_themselves_the_question_says_so(scene: Scene) -> None:
    meeting, _items = over(scene, "Rents")
    asked = scene.posts(PostKind.AFTER_MEETING, about=meeting.id)[0]
    deliver(asked, scene.now)
    rest_is_done(scene.session, curator(scene), meeting.id, scene.now)
    scene.clock.strikes(NEXT_EVENING)
    deliver(asked, scene.now)
    deliver(notes_of(scene, meeting), scene.now)
    KINDS[PostKind.NOTES].after_its_end(scene.session, notes_of(scene, meeting), scene.now)
    scene.session.refresh(asked)
    assert asked.state == PostState.DUE
    assert "The notes of Thu, Jan 21 are sent" in told(scene, asked)


@pytest.mark.parametrize("came_back", ["2027-01-25 09:00", "2027-03-01 09:00"])
def test_where_the_bot_was_away_the_host_is_asked_before_the_notes_go(scene: Scene, came_back: str) -> None:
    meeting, _items = meeting_held(scene, "Rents")
    scene.clock.strikes(came_back)
    notice_what_is_over(scene.session, scene.consortium, scene.now)
    asked = scene.posts(PostKind.AFTER_MEETING, about=meeting.id)[0]
    assert "What happened with" in told(scene, asked)
    assert local(notes_of(scene, meeting).due_at)[11:] == "17:00"
    assert notes_of(scene, meeting).due_at > scene.now


def test_of_a_meeting_that_was_long_ago_nobody_asks_any_more(scene: Scene) -> None:
    meeting, _items = meeting_held(scene, "Rents")
    scene.clock.strikes("2027-04-30 09:00")
    notice_what_is_over(scene.session, scene.consortium, scene.now)
    assert not scene.posts(PostKind.AFTER_MEETING, about=meeting.id)
    assert not scene.posts(PostKind.NOTES, about=meeting.id)


def test_who_can_decide_only_after_the_end_is_asked_then_and_not_before_the_evening(scene: Scene) -> None:
    meeting, _items = meeting_held(scene, "Rents")
    admin = scene.actor("U0ADMIN").person
    admin.deactivated_at = scene.now
    scene.apply(**NO_CURATOR)
    notice_what_is_over(scene.session, scene.consortium, scene.now)
    assert not scene.posts(PostKind.AFTER_MEETING, about=meeting.id)
    with following_those_who_decide(scene.session, scene.consortium, scene.now):
        admin.deactivated_at = None
    [post] = scene.posts(PostKind.AFTER_MEETING, about=meeting.id)
    assert (post.place, local(post.due_at)) == ("U0ADMIN", EVENING)


def test_who_decides_since_the_end_is_asked_on_the_evening_as_those_before_were_to_be(scene: Scene) -> None:
    meeting, _items = over(scene, "Rents")
    scene.apply(**{'"U0DEPUTY"': '"U0MEMBER"'})
    posts = {post.place: post for post in scene.posts(PostKind.AFTER_MEETING, about=meeting.id)}
    assert local(posts["U0MEMBER"].due_at) == EVENING


def test_who_decides_no_more_loses_the_button_also_once_the_notes_are_sent(scene: Scene) -> None:
    meeting, _items = over(scene, "Rents")
    posts = {post.place: post for post in scene.posts(PostKind.AFTER_MEETING, about=meeting.id)}
    rest_is_done(scene.session, curator(scene), meeting.id, scene.now)
    for post in (*posts.values(), notes_of(scene, meeting)):
        deliver(post, scene.now)
    scene.apply(**{'"U0DEPUTY"': '"U0MEMBER"'})
    scene.session.refresh(posts["U0DEPUTY"])
    assert posts["U0DEPUTY"].state == PostState.DUE
    assert "This is with those who decide now." in told(scene, posts["U0DEPUTY"])
    assert "U0MEMBER" not in {post.place for post in scene.posts(PostKind.AFTER_MEETING, about=meeting.id)}


def test_where_all_that_is_written_goes_nowhere_there_is_nothing_to_send(scene: Scene) -> None:
    meeting, [item] = over(scene, "Rents")
    became(scene, meeting, item, Became.NOT_REACHED)
    withdraw(scene.session, scene.actor("U0MEMBER"), item.id, scene.now)
    scene.clock.strikes(NEXT_EVENING)
    assert stands(scene, meeting).notes is NotesStand.TO_SEND
    with refusal("nothing to send"):
        send_notes(scene.session, curator(scene), meeting.id, scene.now)


def test_what_slack_did_not_take_is_sent_once_more(scene: Scene) -> None:
    meeting, _items = over(scene, "Rents")
    rest_is_done(scene.session, curator(scene), meeting.id, scene.now)
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    notes_of(scene, meeting).state = PostState.FAILED
    scene.session.flush()
    assert (stands(scene, meeting).notes, stands(scene, meeting).may_send) == (NotesStand.REFUSED, True)
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    post = notes_of(scene, meeting)
    scene.session.refresh(post)
    assert (post.state, stands(scene, meeting).notes) == (PostState.DUE, NotesStand.ON_THEIR_WAY)


def test_in_a_shared_channel_of_before_they_stay_as_they_are_and_the_host_reads_so(scene: Scene) -> None:
    meeting, _items = over(scene, "Rents")
    rest_is_done(scene.session, curator(scene), meeting.id, scene.now)
    deliver(notes_of(scene, meeting), scene.now)
    assert stands(scene, meeting).notes is NotesStand.SENT
    scene.consortium.channel_id = "C0NEW"
    assert stands(scene, meeting).notes is NotesStand.LEFT_BEHIND


@pytest.mark.parametrize(
    ("sent_at", "told_at"), [("2027-01-22 09:00", None), ("2027-01-21 21:30", "2027-01-22 08:00")]
)
def test_sent_at_night_they_go_in_the_morning_and_the_host_reads_when(
    scene: Scene, sent_at: str, told_at: str | None
) -> None:
    scene.consortium.is_quiet = True
    meeting, _items = over(scene, "Rents")
    rest_is_done(scene.session, curator(scene), meeting.id, scene.now)
    scene.clock.strikes(sent_at)
    seen = send_notes(scene.session, curator(scene), meeting.id, scene.now)
    assert seen.notes is NotesStand.ON_THEIR_WAY
    assert (local(seen.goes_at) if seen.goes_at else None) == told_at


def test_at_a_late_hour_that_an_admin_has_set_they_go_then(scene: Scene) -> None:
    scene.consortium.is_quiet, scene.consortium.told_at = True, time(21)
    meeting, _items = over(scene, "Rents")
    assert stands(scene, meeting).goes_at == notes_of(scene, meeting).due_at
    scene.clock.strikes("2027-01-22 21:00")
    kind = put_off_for_quiet(scene.session, scene.consortium, notes_of(scene, meeting), NOISES, scene.now)
    assert kind is None


AN_HOUR_EARLIER = {"[decisions]": '[decisions]\ntold_at = "16:00"'}
IN_NEW_YORK = {"America/Los_Angeles": "America/New_York"}
IN_BERLIN = {"America/Los_Angeles": "Europe/Berlin"}


@pytest.mark.parametrize(
    ("change", "asked_at", "go_at"),
    [
        (AN_HOUR_EARLIER, "2027-01-21 16:00", "2027-01-22 16:00"),
        (IN_NEW_YORK, "2027-01-21 14:00", "2027-01-22 14:00"),
        (IN_BERLIN, "2027-01-21 08:00", "2027-01-22 08:00"),
    ],
)
def test_question_notes_and_reminders_follow_the_hour_for_that_and_the_time_zone_there_and_back(
    scene: Scene, change: dict[str, str], asked_at: str, go_at: str
) -> None:
    scene.consortium.confirmed_at = scene.now
    meeting, [item] = over(scene, "Rents")
    follow_up = agreed(scene, meeting, item, due_on=meeting.day)
    [reminder] = scene.posts(PostKind.FOLLOW_UP, about=follow_up.id)
    for changes, *told in ((change, asked_at, go_at), ({}, EVENING, NEXT_EVENING)):
        scene.apply(**changes)
        scene.session.expire_all()
        dues = {local(post.due_at) for post in scene.posts(PostKind.AFTER_MEETING, about=meeting.id)}
        assert (dues, local(notes_of(scene, meeting).due_at)) == ({told[0]}, told[1])
        assert local(reminder.due_at) == told[1]


def test_another_hour_leaves_notes_as_they_are_that_their_host_has_sent(scene: Scene) -> None:
    meeting, _items = over(scene, "Rents")
    rest_is_done(scene.session, curator(scene), meeting.id, scene.now)
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    scene.apply(**AN_HOUR_EARLIER)
    scene.session.expire_all()
    assert notes_of(scene, meeting).due_at == scene.now


def test_where_the_bot_was_away_another_hour_leaves_the_notes_on_their_day(scene: Scene) -> None:
    meeting, _items = meeting_held(scene, "Rents")
    scene.clock.strikes("2027-01-25 09:00")
    notice_what_is_over(scene.session, scene.consortium, scene.now)
    scene.apply(**AN_HOUR_EARLIER)
    scene.session.expire_all()
    assert local(notes_of(scene, meeting).due_at) == "2027-01-26 16:00"


def test_who_was_asked_reads_by_when_the_notes_go_by_now(scene: Scene) -> None:
    meeting, _items = over(scene, "Rents")
    asked = scene.posts(PostKind.AFTER_MEETING, about=meeting.id)[0]
    deliver(asked, scene.now)
    scene.apply(**AN_HOUR_EARLIER)
    scene.session.expire_all()
    assert (asked.state, "by Fri, Jan 22, 4:00 PM" in told(scene, asked)) == (PostState.DUE, True)


def stands(scene: Scene, meeting: Meeting) -> AfterSeen:
    return what_became(scene.session, curator(scene), meeting.id, scene.now)


def test_when_their_hour_has_come_and_nothing_is_written_they_are_not_sent(scene: Scene) -> None:
    meeting, _items = over(scene, "Rents")
    asked = scene.posts(PostKind.AFTER_MEETING, about=meeting.id)[0]
    scene.clock.strikes(NEXT_EVENING)
    assert "What happened with" in told(scene, asked)


def test_what_its_author_took_back_goes_on_to_no_meeting(scene: Scene) -> None:
    meeting, [rents, _cuts] = over(scene, "Rents", "Cuts")
    rest_is_done(scene.session, curator(scene), meeting.id, scene.now)
    became(scene, meeting, rents, Became.NOT_REACHED)
    withdraw(scene.session, scene.actor("U0MEMBER"), rents.id, scene.now)
    assert "Rents" not in told(scene, notes_of(scene, meeting))


def test_after_two_weeks_the_question_stands_no_more_where_things_stand(scene: Scene) -> None:
    meeting, _items = over(scene, "Rents")
    scene.clock.strikes("2027-02-04 12:00")
    assert asked(scene, "U0CURATOR") == meeting.id
    scene.clock.strikes("2027-02-05 12:00")
    assert asked(scene, "U0CURATOR") is None


@pytest.mark.parametrize(("digest_at", "gives"), [("2027-01-25 09:00", True), ("2027-02-01 09:00", False)])
def test_the_digest_of_their_week_gives_way_to_them(scene: Scene, digest_at: str, *, gives: bool) -> None:
    scene.consortium.is_quiet = True
    meeting, _items = over(scene, "Rents")
    rest_is_done(scene.session, curator(scene), meeting.id, scene.now)
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    post = notes_of(scene, meeting)
    deliver(post, scene.now)
    post.ts, post.place = f"{scene.now.timestamp():.6f}", scene.consortium.channel_id
    scene.session.flush()
    scene.clock.strikes(digest_at)
    assert gives_way(scene.session, scene.consortium, scene.now, scene.now) is gives


@pytest.mark.parametrize("what", ["taken back", "not taken"])
def test_what_becomes_of_an_item_that_went_on_shows_in_the_notes_that_were_sent(
    scene: Scene, what: str
) -> None:
    meeting, [rents, _cuts] = over(scene, "Rents", "Cuts")
    became(scene, meeting, rents, Became.NOT_REACHED)
    rest_is_done(scene.session, curator(scene), meeting.id, scene.now)
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    post = notes_of(scene, meeting)
    deliver(post, scene.now)
    if what == "taken back":
        withdraw(scene.session, scene.actor("U0MEMBER"), rents.id, scene.now)
    else:
        ruth = scene.actor("U0RUTH", "T0OTHER")
        leave_out(scene.session, ruth, rents.id, scene.now, Reason.TOO_FULL, None)
        scene.tell(rents)
    scene.session.refresh(post)
    assert post.state == PostState.DUE
    said = told(scene, post)
    assert ("Rents" in said, "Cuts" in said) == (False, True)

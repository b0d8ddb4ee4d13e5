"""Who hosts: an admin gives a meeting to another, lets two hosts change places, and takes a collaborative out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot import setup
from bot.board import board
from bot.consortia import apply
from bot.decisions import add_to_agenda
from bot.hosting import Read, give, meeting_to_host, swap
from bot.meetings import arrange, arrangement_of, change, rearrange
from bot.plan import plan
from bot.plan.plan import read_plan
from bot.policies import decides_on_item, decides_on_meeting
from bot.questions import ask
from bot.taking_out import take_out, to_take_out
from bot.telling.rules import asks_to_confirm
from bot.timetable import next_meeting
from storage.consortia import Collaborative, rotation
from storage.happenings import Claimed
from storage.meetings import Meeting, MeetingState
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from tests.builders import Scene, an_arrangement, deliver
from tests.drawn import draw
from tests.refusals import refusal
from tests.story import PLAN

JANUARY, APRIL, JULY = date(2027, 1, 21), date(2027, 4, 15), date(2027, 7, 15)
BEGUN, OVER = "2027-01-21 10:00", "2027-01-21 12:00"


def admin(scene: Scene):
    return scene.actor("U0ADMIN")


def meets(scene: Scene, host: str, day: date, **more: object) -> Meeting:
    there = an_arrangement(day=day, office=scene.collaborative(host).office, **more)
    return arrange(scene.session, scene.consortium, scene.collaborative(host), there, scene.now)


def gives(scene: Scene, meeting: Meeting, host: str) -> None:
    give(scene.session, admin(scene), meeting.id, scene.collaborative(host).id, scene.now)


def takes_out(scene: Scene, name: str, **hosts: str) -> None:
    """By the meeting's number, who hosts it instead."""
    chosen = {int(number[1:]): scene.collaborative(host).id for number, host in hosts.items()}
    take_out(scene.session, admin(scene), scene.collaborative(name).id, chosen, scene.now)


def in_order(scene: Scene) -> list[tuple[int | None, str]]:
    return [(one.position, one.name) for one in rotation(scene.session)]


def asked(scene: Scene, meeting: Meeting) -> dict[str, str]:
    """By place, what those who decide are told of the meeting."""
    told = {}
    for post in scene.posts(PostKind.PROPOSED_MEETING, about=meeting.id):
        message = draw(scene.session, post, scene.now)
        told[post.place] = message.text if message else ""
    return told


def all_delivered(scene: Scene) -> None:
    """Each where it stands, or in a message of its own."""
    scene.session.expire_all()
    for post in scene.posts(PostKind.PROPOSED_MEETING):
        deliver(post, scene.now, ts=post.ts or f"{post.id}.1")
    scene.session.flush()


@pytest.mark.parametrize("is_moved", [True, False])
@pytest.mark.parametrize("is_read", [True, False])
def test_who_gets_a_meeting_back_is_told_anew_if_they_have_read_that_another_hosts(
    scene: Scene, *, is_read: bool, is_moved: bool
) -> None:
    """Also while another edit of what they were told is owed."""
    gives(scene, scene.meeting, "Bayview")
    [told] = scene.posts(PostKind.PROPOSED_MEETING)
    deliver(told, scene.now)
    gives(scene, scene.meeting, "Mission")
    if is_read:
        deliver(told, scene.now)
    if is_moved:
        wanted = replace(arrangement_of(scene.meeting), starts=time(11))
        change(scene.session, admin(scene), scene.meeting.id, wanted, scene.now)
    gives(scene, scene.meeting, "Bayview")
    scene.session.refresh(told)
    assert (told.state, told.ts) == (PostState.DUE, "1.1"), "it is edited where it stands"
    anew = [post.ts for post in scene.posts(PostKind.PROPOSED_MEETING) if post.place == told.place]
    assert anew == (["1.1", None] if is_read else ["1.1"])


def test_whatever_told_a_host_of_a_meeting_says_what_holds_however_often_it_changes(scene: Scene) -> None:
    for host in ("Bayview", "Mission", "Bayview", "Mission", "Bayview"):
        gives(scene, scene.meeting, host)
        all_delivered(scene)
    told = [post for post in scene.posts(PostKind.PROPOSED_MEETING) if post.place == "U0RUTH"]
    assert len({post.ts for post in told}) == 3
    assert [post.shown_version for post in told] == [post.wanted_version for post in told]
    said = [draw(scene.session, post, scene.now) for post in told]
    assert len({message.text for message in said if message}) == 1


def test_who_was_told_anew_and_not_yet_read_it_is_not_told_a_third_time(scene: Scene) -> None:
    for host in ("Bayview", "Mission"):
        gives(scene, scene.meeting, host)
        all_delivered(scene)
    for host in ("Bayview", "Mission", "Bayview"):
        gives(scene, scene.meeting, host)
    told = [post for post in scene.posts(PostKind.PROPOSED_MEETING) if post.place == "U0RUTH"]
    assert [post.state for post in told] == [PostState.DUE, PostState.DUE]


def test_a_host_is_told_anew_though_two_bots_were_killed_in_edits_one_after_the_other(scene: Scene) -> None:
    """The second had put there that another hosts, as far as anybody knows."""
    gives(scene, scene.meeting, "Bayview")
    all_delivered(scene)
    later = replace(arrangement_of(scene.meeting), starts=time(11))
    for deed in (
        lambda: change(scene.session, admin(scene), scene.meeting.id, later, scene.now),
        lambda: gives(scene, scene.meeting, "Mission"),
    ):
        deed()
        scene.session.expire_all()
        [told] = [post for post in scene.posts(PostKind.PROPOSED_MEETING) if post.place == "U0RUTH"]
        told.live_through(Claimed(timedelta(minutes=2)), scene.now)
        scene.session.flush()
        scene.clock.passes(minutes=5)
    gives(scene, scene.meeting, "Bayview")
    told_to = [post.place for post in scene.posts(PostKind.PROPOSED_MEETING)]
    assert told_to.count("U0RUTH") == 2


def test_only_the_newest_question_about_a_meeting_comes_back_where_somebody_deletes_it(scene: Scene) -> None:
    scene.meeting.state = MeetingState.PROPOSED
    for host in ("Bayview", "Mission", "Bayview"):
        gives(scene, scene.meeting, host)
        all_delivered(scene)
    older, newest = [post for post in scene.posts(PostKind.PROPOSED_MEETING) if post.place == "U0RUTH"]
    assert not asks_to_confirm(scene.session, older)
    assert asks_to_confirm(scene.session, newest)


def test_the_new_host_hears_once_with_what_waits_and_the_cards_of_before_lose_their_buttons(
    scene: Scene,
) -> None:
    meeting, item = scene.meeting, scene.propose()
    assert scene.cards(item) == {"U0CURATOR": True, "U0DEPUTY": True}
    gives(scene, meeting, "Bayview")

    assert scene.cards(item) == {"U0CURATOR": False, "U0DEPUTY": False, "U0RUTH": True}
    assert list(asked(scene, meeting)) == ["U0RUTH"]
    assert "Bayview hosts on" in asked(scene, meeting)["U0RUTH"]
    decides_on_item(scene.session, scene.actor("U0RUTH", "T0OTHER"), item.id, scene.now)
    for policy, about in ((decides_on_item, item.id), (decides_on_meeting, meeting.id)):
        with refusal("Bayview hosts this meeting, so its team decides"):
            policy(scene.session, scene.actor("U0CURATOR"), about, scene.now)


def test_a_card_that_was_not_delivered_goes_to_the_new_host_alone(scene: Scene) -> None:
    item = scene.propose()
    before = scene.posts(PostKind.CARD, about=item.id)
    gives(scene, scene.meeting, "Bayview")
    assert [draw(scene.session, card, scene.now) for card in before] == [None, None]
    [new] = [card for card in scene.posts(PostKind.CARD, about=item.id) if card.place == "U0RUTH"]
    assert new.state == PostState.DUE


@pytest.mark.parametrize(("state", "asks"), [(MeetingState.SET, False), (MeetingState.PROPOSED, True)])
def test_a_proposed_meeting_stays_to_be_confirmed(scene: Scene, state: MeetingState, *, asks: bool) -> None:
    meeting = scene.meeting
    meeting.state = state
    gives(scene, meeting, "Bayview")
    assert meeting.state == state
    assert ("Does this suit you?" in asked(scene, meeting)["U0RUTH"]) is asks


@pytest.mark.parametrize(("office", "moves"), [(None, 1), ("The library", 0)])
def test_at_its_hosts_office_it_goes_to_the_new_hosts_and_everybody_hears(
    scene: Scene, office: str | None, moves: int
) -> None:
    meeting = scene.meeting
    meeting.office = office or meeting.office
    gives(scene, meeting, "Bayview")
    assert meeting.office == (office or "2 Third St, San Francisco")
    assert len(scene.posts(PostKind.MOVED_MEETING)) == moves


def test_what_was_decided_stays_decided(scene: Scene) -> None:
    item = scene.propose()
    add_to_agenda(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    gives(scene, scene.meeting, "Bayview")
    seen = board(scene.session, scene.actor("U0RUTH", "T0OTHER"), scene.meeting.id, scene.now)
    assert [one.title for one in seen.on_agenda.shown] == [item.title]


def test_who_was_told_what_the_host_before_decided_or_asked_reads_there_who_hosts_now(scene: Scene) -> None:
    item = scene.propose()
    ask(scene.session, scene.actor("U0CURATOR"), item.id, scene.now, words="Which one?")
    add_to_agenda(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    scene.tell(item)
    [asked_before] = scene.posts(PostKind.QUESTION)
    deliver(asked_before, scene.now)
    scene.session.flush()
    gives(scene, scene.meeting, "Bayview")
    scene.session.expire_all()
    for kind, said in (
        (PostKind.OUTCOME, "on the agenda"),
        (PostKind.QUESTION, "a question about your item"),
    ):
        [post] = scene.posts(kind)
        message = draw(scene.session, post, scene.now)
        assert post.state == PostState.DUE
        assert message is not None
        assert "Bayview" in message.text
        assert said in message.text


def test_two_hosts_change_places(scene: Scene) -> None:
    january, april = scene.meeting, meets(scene, "Bayview", APRIL)
    swap(scene.session, admin(scene), april.id, january.id, scene.now)
    assert (january.host.name, april.host.name) == ("Bayview", "CCSJ")
    assert (january.office, april.office) == ("2 Third St, San Francisco", "1 Main St, San Francisco")
    assert (january.day, april.day) == (JANUARY, APRIL)
    with refusal("hosts the meeting on"):
        swap(scene.session, admin(scene), january.id, january.id, scene.now)


def test_to_the_same_host_nothing_changes(scene: Scene) -> None:
    gives(scene, scene.meeting, "Bayview")
    owed = len(scene.posts(PostKind.PROPOSED_MEETING))
    with refusal("Bayview hosts the meeting on Thursday, January 21, 2027 already"):
        gives(scene, scene.meeting, "Bayview")
    assert len(scene.posts(PostKind.PROPOSED_MEETING)) == owed


@pytest.mark.parametrize(("moment", "why"), [(BEGUN, "has begun, so it stays as it is"), (OVER, "is over")])
def test_a_meeting_that_has_begun_keeps_its_host(scene: Scene, moment: str, why: str) -> None:
    meeting, april = scene.meeting, meets(scene, "Bayview", APRIL)
    scene.clock.strikes(moment)
    deeds: list[Callable[[], object]] = [
        lambda: gives(scene, meeting, "Bayview"),
        lambda: swap(scene.session, admin(scene), april.id, meeting.id, scene.now),
        lambda: meeting_to_host(scene.session, admin(scene), meeting.id, scene.now),
    ]
    for deed in deeds:
        with refusal(why):
            deed()
    assert (meeting.host.name, april.host.name) == ("CCSJ", "Bayview")


def test_the_form_offers_others_and_meetings_of_others(scene: Scene) -> None:
    meets(scene, "Bayview", APRIL)
    meets(scene, "CCSJ", JULY)
    seen = meeting_to_host(scene.session, admin(scene), scene.meeting.id, scene.now)
    assert [one.name for one in seen.hosts] == ["Bayview", "Mission", "Sunset"]
    assert [(one.day, one.host) for one in seen.others] == [(APRIL, "Bayview")]


def test_where_nobody_else_could_host_the_form_says_so(scene: Scene) -> None:
    for name in ("Bayview", "Mission", "Sunset"):
        scene.collaborative(name).position = None
    scene.session.flush()
    with refusal("no other collaborative that could host"):
        meeting_to_host(scene.session, admin(scene), scene.meeting.id, scene.now)


@pytest.mark.parametrize("host", ['host = "CCSJ"', ""])
def test_the_file_applied_again_leaves_the_host_that_an_admin_chose(scene: Scene, host: str) -> None:
    """And the place that the new host chose."""
    text = PLAN.replace('host = "CCSJ"', host)
    apply(scene.session, read_plan(text), scene.now)
    meeting = scene.meeting
    gives(scene, meeting, "Bayview")
    there = an_arrangement(office="The library")
    change(scene.session, scene.actor("U0RUTH", "T0OTHER"), meeting.id, there, scene.now)
    apply(scene.session, read_plan(text), scene.now)
    assert (meeting.host.name, meeting.office) == ("Bayview", "The library")


# --- Taking one out


def test_it_hosts_no_more_and_the_others_close_ranks(scene: Scene) -> None:
    takes_out(scene, "Bayview")
    assert in_order(scene) == [(1, "CCSJ"), (2, "Mission"), (3, "Sunset")]
    assert scene.collaborative("Bayview").position is None


def test_its_meetings_go_to_whom_an_admin_chose_or_whose_turn_it_is(scene: Scene) -> None:
    january, april, july = scene.meeting, meets(scene, "Mission", APRIL), meets(scene, "CCSJ", JULY)
    seen = to_take_out(scene.session, admin(scene), scene.collaborative("CCSJ").id, scene.now)
    assert [one.day for one in seen.meetings] == [JANUARY, JULY]
    assert [one.name for one in seen.others] == ["Bayview", "Mission", "Sunset"]
    takes_out(scene, "CCSJ", **{f"m{january.id}": "Bayview"})
    assert [one.host.name for one in (january, april, july)] == ["Bayview", "Mission", "Sunset"]
    assert list(asked(scene, january)) == ["U0RUTH"]


def test_what_its_people_brought_stays_and_its_curators_decide_nothing_more(scene: Scene) -> None:
    meeting, item = scene.meeting, scene.propose()
    assert scene.cards(item) == {"U0CURATOR": True, "U0DEPUTY": True}
    takes_out(scene, "CCSJ")
    assert (item.meeting, item.collaborative) == (meeting, scene.collaborative("CCSJ"))
    assert scene.cards(item) == {"U0CURATOR": False, "U0DEPUTY": False, "U0RUTH": True}
    for policy, about in ((decides_on_item, item.id), (decides_on_meeting, meeting.id)):
        with refusal("so its team decides"):
            policy(scene.session, scene.actor("U0CURATOR"), about, scene.now)


def test_the_meeting_that_has_begun_stays_its_own(scene: Scene) -> None:
    meeting = scene.meeting
    scene.clock.strikes(BEGUN)
    takes_out(scene, "CCSJ")
    assert meeting.host.name == "CCSJ"
    decides_on_meeting(scene.session, scene.actor("U0CURATOR"), meeting.id, scene.now)


def leave_one(scene: Scene) -> Collaborative:
    for name in ("Bayview", "Mission", "Sunset"):
        takes_out(scene, name)
    return scene.collaborative("CCSJ")


def test_the_last_one_stays_while_it_has_a_meeting_to_host(scene: Scene) -> None:
    last = leave_one(scene)
    for verb in (
        lambda: take_out(scene.session, admin(scene), last.id, {}, scene.now),
        lambda: to_take_out(scene.session, admin(scene), last.id, scene.now),
    ):
        with refusal("CCSJ hosts on Thursday, January 21, 2027, and there is nobody else"):
            verb()


def test_the_last_one_without_a_meeting_can_go_with_a_word_about_what_is_left(scene: Scene) -> None:
    last = leave_one(scene)
    scene.clock.strikes(OVER)
    assert to_take_out(scene.session, admin(scene), last.id, scene.now).others == ()
    takes_out(scene, "CCSJ")
    assert in_order(scene) == []
    assert next_meeting(scene.session, scene.consortium, scene.now) is None
    with refusal("A meeting needs a host: add the first collaborative"):
        setup.settings_to_meet(scene.session, admin(scene), scene.now)


def test_a_second_time_nothing_changes(scene: Scene) -> None:
    takes_out(scene, "Bayview")
    for verb in (
        lambda: takes_out(scene, "Bayview"),
        lambda: to_take_out(scene.session, admin(scene), scene.collaborative("Bayview").id, scene.now),
    ):
        with refusal("no longer here"):
            verb()


@pytest.mark.parametrize("chosen", ["CCSJ", "Sunset"])
def test_who_is_out_cannot_be_chosen_instead(scene: Scene, chosen: str) -> None:
    meeting = scene.meeting
    takes_out(scene, "Sunset")
    with refusal("Please choose another") as refused:
        takes_out(scene, "CCSJ", **{f"m{meeting.id}": chosen})
    assert refused.value.field == f"host:{meeting.id}"


def test_added_again_under_its_name_it_is_back_with_its_people(scene: Scene) -> None:
    item, before = scene.propose(), scene.collaborative("CCSJ")
    takes_out(scene, "CCSJ")
    again = {"name": "ccsj", "office": "9 Main St", "curators": ["T0SISTER/U0DEPUTY"]}
    described = plan.collaborative_from(again)
    setup.seat(scene.session, admin(scene), setup.NEW, described, 4, {}, scene.now)
    assert in_order(scene)[-1] == (4, "ccsj")
    assert scene.collaborative("ccsj") is before
    assert item.collaborative is before
    assert scene.actor("U0MEMBER").person.collaborative is before


def test_told_cards_survive_a_host_who_comes_back(scene: Scene) -> None:
    """Given away and given back, each is asked where they were asked before, and nobody twice."""
    meeting, item = scene.meeting, scene.propose()
    for card in scene.posts(PostKind.CARD, about=item.id):
        deliver(card, scene.now)
    gives(scene, meeting, "Bayview")
    gives(scene, meeting, "CCSJ")
    assert scene.cards(item) == {"U0CURATOR": True, "U0DEPUTY": True, "U0RUTH": False}


def test_in_an_exchange_nobody_hosts_whom_nobody_read(scene: Scene) -> None:
    """Meanwhile somebody gave the other meeting to a third one."""
    january, april = scene.meeting, meets(scene, "Bayview", APRIL)
    read = Read(january.host_id, april.host_id)
    give(scene.session, admin(scene), april.id, scene.collaborative("Sunset").id, scene.now)
    with refusal("Sunset hosts the meeting on"):
        swap(scene.session, admin(scene), january.id, april.id, scene.now, read)
    assert (january.host.name, april.host.name) == ("CCSJ", "Sunset")


def test_of_those_who_decide_only_who_changed_the_host_is_told_nothing(scene: Scene) -> None:
    deputy = scene.actor("U0DEPUTY")
    deputy.person.is_admin = True
    gives(scene, scene.meeting, "Bayview")
    give(scene.session, deputy, scene.meeting.id, scene.collaborative("CCSJ").id, scene.now)
    told = asked(scene, scene.meeting)
    assert ("U0CURATOR" in told, "U0DEPUTY" in told) == (True, False)


def test_who_gives_a_proposed_meeting_to_their_own_is_asked_to_confirm_it_like_the_others(
    scene: Scene,
) -> None:
    deputy = scene.actor("U0DEPUTY")
    deputy.person.is_admin = True
    scene.meeting.state = MeetingState.PROPOSED
    gives(scene, scene.meeting, "Bayview")
    give(scene.session, deputy, scene.meeting.id, scene.collaborative("CCSJ").id, scene.now)
    assert "Does this suit you?" in asked(scene, scene.meeting)["U0DEPUTY"]


def test_whoever_changes_the_host_the_new_one_hears_of_it(scene: Scene) -> None:
    meeting, sunset = scene.meeting, scene.collaborative("Sunset")
    rearrange(scene.session, scene.consortium, meeting, sunset, arrangement_of(meeting), scene.now)
    assert "Sunset hosts on" in " ".join(asked(scene, meeting).values())


def test_back_when_and_where_it_was_a_move_is_no_news_whoever_hosts(scene: Scene) -> None:
    meeting, sunset = scene.meeting, scene.collaborative("Sunset")
    before = arrangement_of(meeting)
    rearrange(scene.session, scene.consortium, meeting, sunset, replace(before, day=APRIL), scene.now)
    rearrange(scene.session, scene.consortium, meeting, sunset, before, scene.now)
    moves = scene.posts(PostKind.MOVED_MEETING)
    assert [draw(scene.session, post, scene.now) for post in moves] == [None, None]

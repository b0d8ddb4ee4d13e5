"""After the meeting: what became of its items is written down, and what was not reached goes on."""

from collections.abc import Callable

import pytest

from bot.after_meeting import ON_A_PAGE, Listed, item_to_write_about, what_became
from bot.decisions import add_to_agenda, hold
from bot.items import Proposal, edit, withdraw
from bot.leaving import erase, those_called
from bot.meetings import arrange
from bot.own_items import items_of, strike_line
from bot.removal import remove_words, words_to_remove
from bot.results import Written, choose, rest_is_done, send_notes, write_down
from bot.rotation import turn_over
from bot.seen.results import AfterSeen, Became, NotesStand
from storage.former import Neutral
from storage.items import Item, ItemState
from storage.meetings import Meeting
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.bot.hosting import OVER, curator, meeting_held
from tests.builders import Scene, an_arrangement, deliver
from tests.drawn import draw
from tests.refusals import refusal

APRIL = "2027-04-15"
BEFORE, BEGUN, EVENING = "2027-01-21 09:59", "2027-01-21 10:00", "2027-01-21 17:00"
NEXT_EVENING = "2027-01-22 17:00"


def became(scene: Scene, meeting: Meeting, item: Item, what: Became, outcome: str | None = None) -> AfterSeen:
    written = Written(what, outcome)
    return write_down(scene.session, curator(scene), Listed(meeting.id, item.id), written, scene.now)


def written(seen: AfterSeen) -> list[tuple[str, Became | None, str | None]]:
    return [(one.item.title, one.became, one.outcome) for one in seen.results.shown]


def test_each_item_of_the_agenda_is_there_in_its_order_and_nothing_is_said_of_it_yet(scene: Scene) -> None:
    meeting, _items = meeting_held(scene, "Rents", "Cuts")
    seen = what_became(scene.session, curator(scene), meeting.id, scene.now)
    assert written(seen) == [("Rents", None, None), ("Cuts", None, None)]
    assert (seen.unsaid, seen.has_something, seen.notes) == (2, False, NotesStand.TO_SEND)


@pytest.mark.parametrize("at", [BEFORE, BEGUN])
def test_before_it_is_over_nothing_is_written_down(scene: Scene, at: str) -> None:
    meeting, [item] = meeting_held(scene, "Rents", at=at)
    for deed in (
        lambda: what_became(scene.session, curator(scene), meeting.id, scene.now),
        lambda: became(scene, meeting, item, Became.DONE),
        lambda: rest_is_done(scene.session, curator(scene), meeting.id, scene.now),
        lambda: send_notes(scene.session, curator(scene), meeting.id, scene.now),
    ):
        with refusal("is not over"):
            deed()


@pytest.mark.parametrize("at", [OVER, "2027-03-01 10:00"])
def test_what_is_written_down_stands_there_and_can_be_written_anew(scene: Scene, at: str) -> None:
    meeting, [item] = meeting_held(scene, "Rents", at=at)
    became(scene, meeting, item, Became.DONE, "We write a letter")
    seen = choose(scene.session, curator(scene), Listed(meeting.id, item.id), Became.NOT_NEEDED, scene.now)
    assert written(seen) == [("Rents", Became.NOT_NEEDED, "We write a letter")]
    assert (item.state, item.meeting) == (ItemState.ON_AGENDA, meeting)


def test_what_was_not_reached_waits_for_the_next_host_marked_and_keeps_its_place_in_the_list(
    scene: Scene,
) -> None:
    meeting, [rents, cuts] = meeting_held(scene, "Rents", "Cuts")
    later = scene.propose("Brought since")
    seen = became(scene, meeting, rents, Became.NOT_REACHED)
    assert written(seen) == [("Rents", Became.NOT_REACHED, None), ("Cuts", None, None)]
    assert (rents.state, rents.is_carried_over) == (ItemState.WAITING, True)
    assert rents.meeting is later.meeting is not meeting
    assert scene.cards(rents)["U0RUTH"]
    assert [post.place for post in scene.posts(PostKind.CARRIED_OVER, about=rents.id)] == ["U0MEMBER"]
    assert cuts.meeting is meeting


def test_what_went_on_comes_back_where_it_was_reached_after_all(scene: Scene) -> None:
    meeting, [first, item] = meeting_held(scene, "Rents", "Cuts")
    became(scene, meeting, item, Became.NOT_REACHED)
    [told] = scene.posts(PostKind.CARRIED_OVER, about=item.id)
    deliver(told, scene.now)
    scene.cards(item)
    seen = became(scene, meeting, item, Became.DONE, "All agree")
    assert written(seen)[1] == ("Cuts", Became.DONE, "All agree")
    assert (item.state, item.meeting, item.position) == (ItemState.ON_AGENDA, meeting, 2)
    assert not item.is_carried_over
    assert scene.cards(item)["U0RUTH"] is False
    of_ruth = next(post for post in scene.posts(PostKind.CARD, about=item.id) if post.place == "U0RUTH")
    seen_by_ruth = draw(scene.session, of_ruth, scene.now)
    assert seen_by_ruth is not None
    assert "withdrawn" not in seen_by_ruth.text
    message = draw(scene.session, told, scene.now)
    assert message is not None
    assert "does not go on" in message.text
    assert first.meeting is meeting


def test_what_was_not_told_yet_is_not_told_where_it_comes_back(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    became(scene, meeting, item, Became.NOT_REACHED)
    became(scene, meeting, item, Became.DONE)
    [told] = scene.posts(PostKind.CARRIED_OVER, about=item.id)
    assert told.state == PostState.NOT_NEEDED


def test_what_the_next_host_has_decided_on_stays_there(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    became(scene, meeting, item, Became.NOT_REACHED)
    hold(scene.session, scene.actor("U0RUTH", "T0OTHER"), item.id, scene.now)
    with refusal("Another host has decided on this item"):
        became(scene, meeting, item, Became.DONE)
    became(scene, meeting, item, Became.NOT_REACHED, "We had no time")


def test_what_its_author_took_back_since_stays_so(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    became(scene, meeting, item, Became.NOT_REACHED)
    withdraw(scene.session, scene.actor("U0MEMBER"), item.id, scene.now)
    became(scene, meeting, item, Became.DONE)
    assert item.state == ItemState.WITHDRAWN


def test_one_click_says_of_all_the_rest_that_it_is_done(scene: Scene) -> None:
    meeting, [_first, second, _third] = meeting_held(scene, "Rents", "Cuts", "Vans")
    became(scene, meeting, second, Became.NOT_REACHED)
    seen = rest_is_done(scene.session, curator(scene), meeting.id, scene.now)
    assert [one.became for one in seen.results.shown] == [Became.DONE, Became.NOT_REACHED, Became.DONE]
    with refusal("It is written down of every item"):
        rest_is_done(scene.session, curator(scene), meeting.id, scene.now)


def test_an_item_of_another_meeting_is_none_of_this_one(scene: Scene) -> None:
    meeting, _items = meeting_held(scene, "Rents")
    other = scene.propose("Brought since")
    for deed in (
        lambda: became(scene, meeting, other, Became.DONE),
        lambda: item_to_write_about(scene.session, curator(scene), Listed(meeting.id, other.id), scene.now),
        lambda: choose(scene.session, curator(scene), Listed(meeting.id, 10**6), Became.DONE, scene.now),
    ):
        with refusal("can't write about this item here"):
            deed()


@pytest.mark.parametrize(
    ("count", "page", "shown"),
    [(0, 0, 0), (1, 0, 1), (ON_A_PAGE + 1, 0, ON_A_PAGE), (ON_A_PAGE + 1, 1, 1), (ON_A_PAGE + 1, 9, 1)],
)
def test_many_items_are_there_a_page_at_a_time(scene: Scene, count: int, page: int, shown: int) -> None:
    meeting, _items = meeting_held(scene, *(f"Item {number}" for number in range(count)))
    seen = what_became(scene.session, curator(scene), meeting.id, scene.now, page)
    assert (len(seen.results.shown), seen.results.count) == (shown, count)


def test_words_that_are_removed_are_gone_from_the_line_about_the_item_and_from_the_notes(
    scene: Scene,
) -> None:
    meeting, [item] = meeting_held(scene, "Rents of Maria")
    became(scene, meeting, item, Became.DONE, "Maria gets a letter")
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    [post] = scene.posts(PostKind.NOTES, about=meeting.id)
    deliver(post, scene.now)
    remove_words(scene.session, curator(scene), item.id, "something", scene.now)
    message = draw(scene.session, post, scene.now)
    assert message is not None
    assert "Maria" not in message.text
    scene.session.refresh(post)
    assert post.state == PostState.DUE


def test_words_about_what_went_on_are_removed_from_the_notes_of_the_meeting_before(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents of Maria")
    became(scene, meeting, item, Became.NOT_REACHED, "Maria was ill")
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    [post] = scene.posts(PostKind.NOTES, about=meeting.id)
    deliver(post, scene.now)
    remove_words(scene.session, scene.actor("U0RUTH", "T0OTHER"), item.id, "something", scene.now)
    scene.session.refresh(post)
    assert post.state == PostState.DUE
    message = draw(scene.session, post, scene.now)
    assert message is not None
    assert "Maria" not in message.text


def test_it_keeps_its_place_among_those_of_its_meeting_wherever_the_next_host_puts_it(scene: Scene) -> None:
    meeting, [*_first, last] = meeting_held(scene, "Rents", "Cuts", "Vans")
    became(scene, meeting, last, Became.NOT_REACHED)
    add_to_agenda(scene.session, scene.actor("U0RUTH", "T0OTHER"), last.id, scene.now)
    seen = what_became(scene.session, curator(scene), meeting.id, scene.now)
    assert [one.item.title for one in seen.results.shown] == ["Rents", "Cuts", "Vans"]


def test_where_who_wrote_it_is_erased_the_line_is_gone_from_the_notes_and_what_became_of_the_item_stays(
    scene: Scene,
) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    became(scene, meeting, item, Became.DONE, "We write a letter")
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    [post] = scene.posts(PostKind.NOTES, about=meeting.id)
    deliver(post, scene.now)
    whom = those_called(scene.session, "", "U0CURATOR")
    erase(scene.session, scene.consortium, whom, Neutral("somebody", "something", "something"), scene.now)
    scene.session.expire_all()
    message = draw(scene.session, post, scene.now)
    assert message is not None
    assert ("Rents" in message.text, "letter" in message.text) == (True, False)
    assert post.state == PostState.DUE


@pytest.mark.parametrize(("erased", "is_left"), [("U0CURATOR", False), ("U0DEPUTY", True)])
def test_a_line_stays_its_writer_s_where_somebody_else_says_what_became_of_the_item(
    scene: Scene, erased: str, *, is_left: bool
) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    became(scene, meeting, item, Became.DONE, "We write a letter")
    choose(scene.session, scene.actor("U0DEPUTY"), Listed(meeting.id, item.id), Became.NOT_NEEDED, scene.now)
    whom = those_called(scene.session, "", erased)
    erase(scene.session, scene.consortium, whom, Neutral("somebody", "something", "something"), scene.now)
    scene.session.expire_all()
    [one] = what_became(scene.session, scene.actor("U0ADMIN"), meeting.id, scene.now).results.shown
    assert (one.outcome is not None) == is_left


def copies(scene: Scene, item: Item) -> list[Item]:
    every = scene.session.query(Item).filter(Item.title == item.title, Item.id != item.id)
    return list(every.order_by(Item.id))


def test_what_is_kept_here_and_comes_up_again_waits_as_a_copy_for_the_next_host(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    for _ in range(2):
        seen = became(scene, meeting, item, Became.AGAIN, "More in April")
    assert written(seen) == [("Rents", Became.AGAIN, "More in April")]
    assert (item.state, item.meeting) == (ItemState.ON_AGENDA, meeting)
    [copy] = copies(scene, item)
    assert (copy.state, copy.is_carried_over, copy.proposer) == (ItemState.WAITING, True, item.proposer)
    assert copy.meeting is not meeting
    assert scene.cards(copy)["U0RUTH"]
    assert [post.place for post in scene.posts(PostKind.CARRIED_OVER, about=copy.id)] == ["U0MEMBER"]


@pytest.mark.parametrize("instead", [Became.DONE, Became.NOT_REACHED, Became.NOT_NEEDED])
def test_the_copy_is_taken_back_where_something_else_became_of_the_item(
    scene: Scene, instead: Became
) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    became(scene, meeting, item, Became.AGAIN)
    became(scene, meeting, item, instead)
    [copy] = copies(scene, item)
    assert copy.state == ItemState.WITHDRAWN
    assert {post.state for post in scene.posts(PostKind.CARD, about=copy.id)} == {PostState.NOT_NEEDED}
    became(scene, meeting, item, Became.AGAIN)
    assert [one.state for one in copies(scene, item)] == [ItemState.WITHDRAWN, ItemState.WAITING]


def test_a_copy_on_which_the_next_host_has_decided_stays(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    became(scene, meeting, item, Became.AGAIN)
    [copy] = copies(scene, item)
    hold(scene.session, scene.actor("U0RUTH", "T0OTHER"), copy.id, scene.now)
    with refusal("Another host has decided on this item"):
        became(scene, meeting, item, Became.DONE)


def is_corrected(scene: Scene, _meeting: Meeting, item: Item, copy: Item) -> None:
    """In its title alone."""
    sent = Proposal("Rents", details=item.details)
    edit(scene.session, scene.actor("U0MEMBER"), copy.id, sent, shown=100, now=scene.now)


def is_taken_back(scene: Scene, meeting: Meeting, item: Item, _copy: Item) -> None:
    became(scene, meeting, item, Became.DONE)


def comes_up_once_more(scene: Scene, meeting: Meeting, item: Item, _copy: Item) -> None:
    for what in (Became.DONE, Became.AGAIN):
        became(scene, meeting, item, what)


@pytest.mark.parametrize("is_copys", [False, True])
@pytest.mark.parametrize("since", [None, is_corrected, is_taken_back, comes_up_once_more])
def test_words_that_are_removed_are_gone_from_an_item_and_from_all_its_copies_whatever_became_of_them(
    scene: Scene, since: Callable[..., None] | None, *, is_copys: bool
) -> None:
    meeting, [item, other] = meeting_held(scene, "Rents of Maria", "Cuts")
    item.details = "Maria lives at 5 Elm"
    became(scene, meeting, item, Became.AGAIN, "Maria gets a letter")
    [copy] = copies(scene, item)
    told = [*scene.posts(PostKind.CARD, about=copy.id), *scene.posts(PostKind.CARRIED_OVER, about=copy.id)]
    for post in told:
        deliver(post, scene.now)
    if since is not None:
        since(scene, meeting, item, copy)
    removed, by = (copy, scene.actor("U0RUTH", "T0OTHER")) if is_copys else (item, curator(scene))
    assert words_to_remove(scene.session, by, removed.id, scene.now).has_copies
    remove_words(scene.session, by, removed.id, "something", scene.now)
    scene.session.expire_all()
    every = scene.session.query(Item).filter(Item.title == "something")
    assert len(every.all()) == (3 if since is comes_up_once_more else 2)
    assert not any(one.details for one in every)
    assert other.title == "Cuts"
    assert not words_to_remove(scene.session, curator(scene), other.id, scene.now).has_copies
    [line] = what_became(scene.session, curator(scene), meeting.id, scene.now).results.shown[:1]
    assert line.outcome is None
    assert {post.state for post in told} == {PostState.DUE}
    assert "Maria" not in "".join(said(scene, post) for post in told)
    with refusal("removed already"):
        remove_words(scene.session, by, removed.id, "something", scene.now)


def said(scene: Scene, post: Post) -> str:
    message = draw(scene.session, post, scene.now)
    return message.text if message else ""


def test_their_author_is_told_once_and_of_the_copy_that_can_still_be_changed(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents of Maria")
    became(scene, meeting, item, Became.AGAIN)
    [copy] = copies(scene, item)
    remove_words(scene.session, curator(scene), item.id, "something", scene.now)
    [told] = scene.posts(PostKind.WORDS_REMOVED)
    assert told.subject_id == copy.id
    assert "[Edit]" in said(scene, told)


def test_where_its_author_is_erased_no_copy_keeps_their_words(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents of Maria")
    for what in (Became.AGAIN, Became.DONE, Became.AGAIN):
        became(scene, meeting, item, what)
    whom = those_called(scene.session, "", "U0MEMBER")
    erase(scene.session, scene.consortium, whom, Neutral("somebody", "something", "something"), scene.now)
    assert {one.title for one in scene.session.query(Item)} == {"something"}


def is_withdrawn(scene: Scene, copy: Item) -> None:
    withdraw(scene.session, scene.actor("U0MEMBER"), copy.id, scene.now)


def is_erased(scene: Scene, _copy: Item) -> None:
    whom = those_called(scene.session, "", "U0MEMBER")
    erase(scene.session, scene.consortium, whom, Neutral("somebody", "something", "something"), scene.now)


@pytest.mark.parametrize("goes", [is_withdrawn, is_erased])
def test_notes_do_not_go_on_saying_that_an_item_comes_up_again_whose_author_took_the_copy_back(
    scene: Scene, goes: Callable[[Scene, Item], None]
) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    became(scene, meeting, item, Became.AGAIN)
    [copy] = copies(scene, item)
    notes = notes_are_sent(scene, meeting)
    assert "again next time" in said(scene, notes)
    goes(scene, copy)
    scene.session.expire_all()
    assert "again next time" not in said(scene, notes)
    assert "What we talked about" in said(scene, notes)
    assert notes.state == PostState.DUE
    assert [told for _, told, _ in own(scene)] in ([Became.DONE], [])


def test_a_copy_that_its_author_took_back_is_not_brought_once_more(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    became(scene, meeting, item, Became.AGAIN)
    [copy] = copies(scene, item)
    is_withdrawn(scene, copy)
    for what in (Became.DONE, Became.AGAIN):
        seen = became(scene, meeting, item, what)
    assert copies(scene, item) == [copy]
    assert copy.state == ItemState.WITHDRAWN
    [one] = seen.results.shown
    assert (one.became, one.comes_up_again) == (Became.AGAIN, False)


def test_their_author_who_was_told_that_an_item_goes_on_hears_that_its_copy_was_taken_back(
    scene: Scene,
) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    [one] = became(scene, meeting, item, Became.AGAIN).results.shown
    assert one.comes_up_again
    [copy] = copies(scene, item)
    asked = next(post for post in scene.posts(PostKind.CARD, about=copy.id) if post.place == "U0RUTH")
    [told] = scene.posts(PostKind.CARRIED_OVER, about=copy.id)
    for post in (told, asked):
        deliver(post, scene.now)
    became(scene, meeting, item, Became.DONE)
    scene.session.expire_all()
    assert (told.state, asked.state) == (PostState.DUE, PostState.DUE)
    assert "for Thu, Jan 21. It does not go on." in said(scene, told)


def own(scene: Scene) -> list[tuple[str, Became | None, str | None]]:
    """What their author reads of what became of their items."""
    mine = items_of(scene.session, scene.actor("U0MEMBER"), scene.now).shown
    return [(one.item.title, told.became, told.outcome) for one in mine for told in one.told]


def test_their_author_reads_what_became_of_an_item_once_everybody_does(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    became(scene, meeting, item, Became.DONE, "We write a letter")
    assert own(scene) == []
    notes_are_sent(scene, meeting)
    assert own(scene) == [("Rents", Became.DONE, "We write a letter")]


def test_the_line_about_ones_own_item_is_taken_out_of_the_notes(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    became(scene, meeting, item, Became.DONE, "We write a letter")
    author = scene.actor("U0MEMBER")
    with refusal("no longer there"):
        strike_line(scene.session, author, item.id, meeting.id, scene.now, page=0)
    notes = notes_are_sent(scene, meeting)
    strike_line(scene.session, author, item.id, meeting.id, scene.now, page=0)
    assert own(scene) == [("Rents", Became.DONE, None)]
    scene.session.refresh(notes)
    message = draw(scene.session, notes, scene.now)
    assert message is not None
    assert (notes.state, "letter" in message.text, "Rents" in message.text) == (PostState.DUE, False, True)
    with refusal("no longer there"):
        strike_line(scene.session, author, item.id, meeting.id, scene.now, page=0)


def test_each_line_in_notes_can_be_taken_out_also_of_a_meeting_before_the_last(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    became(scene, meeting, item, Became.NOT_REACHED, "We had no time")
    notes_are_sent(scene, meeting)
    ruth = scene.actor("U0RUTH", "T0OTHER")
    add_to_agenda(scene.session, ruth, item.id, scene.now)
    scene.clock.strikes(f"{APRIL} 18:00")
    april = item.meeting
    assert april is not None
    written = Written(Became.DONE, "We write a letter")
    write_down(scene.session, ruth, Listed(april.id, item.id), written, scene.now)
    assert own(scene) == [("Rents", Became.NOT_REACHED, "We had no time")]
    strike_line(scene.session, scene.actor("U0MEMBER"), item.id, meeting.id, scene.now, page=0)
    assert own(scene) == [("Rents", Became.NOT_REACHED, None)]


def test_in_notes_that_take_no_edit_a_line_stays(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    became(scene, meeting, item, Became.DONE, "We write a letter")
    notes_are_sent(scene, meeting)
    scene.consortium.channel_id = "C0NEW"
    [mine] = items_of(scene.session, scene.actor("U0MEMBER"), scene.now).shown
    assert [one.stays for one in mine.told] == [True]
    with refusal("no longer there"):
        strike_line(scene.session, scene.actor("U0MEMBER"), item.id, meeting.id, scene.now, page=0)


def notes_are_sent(scene: Scene, meeting: Meeting) -> Post:
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    [post] = scene.posts(PostKind.NOTES, about=meeting.id)
    deliver(post, scene.now)
    return post


def test_told_again_where_it_goes_on_after_all(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    for what in (Became.NOT_REACHED, Became.DONE, Became.NOT_REACHED):
        became(scene, meeting, item, what)
    [told] = scene.posts(PostKind.CARRIED_OVER, about=item.id)
    assert told.state == PostState.DUE
    deliver(told, scene.now)
    became(scene, meeting, item, Became.DONE)
    deliver(told, scene.now)
    became(scene, meeting, item, Became.NOT_REACHED)
    scene.session.refresh(told)
    message = draw(scene.session, told, scene.now)
    assert told.state == PostState.DUE
    assert message is not None
    assert "goes on to the next meeting" in message.text


def test_of_an_item_whose_next_meeting_is_over_the_word_that_it_went_on_stays(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    became(scene, meeting, item, Became.NOT_REACHED)
    [told] = scene.posts(PostKind.CARRIED_OVER, about=item.id)
    deliver(told, scene.now)
    add_to_agenda(scene.session, scene.actor("U0RUTH", "T0OTHER"), item.id, scene.now)
    scene.clock.strikes("2027-04-15 13:00")
    message = draw(scene.session, told, scene.now)
    assert message is not None
    assert "does not go on" not in message.text


def test_what_went_on_to_the_meeting_after_the_next_stays_there(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    became(scene, meeting, item, Became.NOT_REACHED)
    hold(scene.session, scene.actor("U0RUTH", "T0OTHER"), item.id, scene.now)
    sunset = scene.collaborative("Sunset")
    there = an_arrangement(day=meeting.day.replace(month=7, day=15), office=sunset.office)
    arrange(scene.session, scene.consortium, sunset, there, scene.now)
    scene.clock.strikes("2027-04-15 13:00")
    turn_over(scene.session, scene.consortium, scene.now)
    assert item.state == ItemState.WAITING
    with refusal("Another host has decided on this item"):
        became(scene, meeting, item, Became.DONE)

"""Separate talks: what needs no meeting gets a thread of its own in the shared channel, for those who want to talk about it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.audiences import EVERYBODY
from bot.decisions import add_to_agenda, leave_out, reconsider, take_up_separately, undo
from bot.digests import preview
from bot.freshness import bring_back
from bot.items_to_read import item_to_read
from bot.joining import join
from bot.leaving import erase, those_called
from bot.me_too import say_of_one
from bot.own_items import own_page
from bot.removal import remove_words, words_to_remove
from bot.replaced_channels import follow_shared_channel
from bot.seen.items import OwnSeen
from bot.seen.knowing import may_see
from bot.separate_talks import MOST_A_WEEK, come_along, open_talk, take_up, tell_where_it_is
from storage.former import Neutral
from storage.items import Item, ItemState, Reason
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.bot.hosting import board_of, curator, meeting_held, titles
from tests.builders import Scene, a_post, deliver
from tests.clock import SAN_FRANCISCO
from tests.drawn import draw
from tests.refusals import refusal

AUTHOR, ONE, OTHER, HOST = "U0MEMBER", "U0SAM", "U0ADMIN", "U0CURATOR"
NEUTRAL = Neutral("A former member", "An item", "A task")
SEPARATELY = "We talk about this separately"
MONDAY = "2026-11-30 09:00"
"""The next “This week”."""


def separately(scene: Scene, item: Item, note: str | None = None) -> Item:
    return take_up_separately(scene.session, curator(scene), item.id, scene.now, note)


def says(scene: Scene, item: Item, *people: str) -> None:
    for person in people:
        say_of_one(scene.session, scene.actor(person), item.id, scene.now)


def talked_about(scene: Scene, title: str = "Bus routes") -> Item:
    """As everybody knows."""
    scene.clock.passes(minutes=1)
    item = separately(scene, scene.propose(title))
    scene.tell(item)
    return item


def threads(scene: Scene) -> list[Post]:
    return scene.posts(PostKind.SEPARATE_TALK)


def opened(scene: Scene, item: Item) -> Post:
    [post] = scene.posts(PostKind.SEPARATE_TALK, about=item.id)
    deliver(post, scene.now)
    post.place = scene.consortium.channel_id
    tell_where_it_is(scene.session, post, scene.now)
    return post


def text(scene: Scene, post: Post) -> str:
    message = draw(scene.session, post, scene.now)
    return message.text if message else ""


def own(scene: Scene, title: str) -> OwnSeen:
    every = own_page(scene.session, scene.actor(AUTHOR), scene.now).items.shown
    return next(one for one in every if one.item.title == title)


def local(post: Post) -> str:
    return f"{post.due_at.astimezone(SAN_FRANCISCO):%Y-%m-%d %H:%M}"


def test_nobody_but_the_host_knows_until_its_author_was_told(scene: Scene) -> None:
    item = separately(scene, scene.propose())
    assert (item.state, item.reason, threads(scene)) == (ItemState.NOT_TAKEN, Reason.ELSEWHERE, [])
    assert preview(scene.session, curator(scene), scene.now).separate.shown == ()
    read = item_to_read(scene.session, scene.actor(ONE), item.id, scene.now).item
    assert (read.state, read.is_separate) == (ItemState.WAITING, False)
    scene.tell(item)
    read = item_to_read(scene.session, scene.actor(ONE), item.id, scene.now).item
    assert (read.is_separate, len(threads(scene))) == (True, 1)


def test_the_thread_opens_with_the_next_message_of_the_week_and_calls_those_who_asked(scene: Scene) -> None:
    item = scene.propose("Bus routes", details="Which lines?")
    says(scene, item, ONE, OTHER)
    separately(scene, item)
    scene.tell(item)
    [post] = threads(scene)
    assert (local(post), post.place) == (MONDAY, "C0SHARED")
    said = text(scene, post)
    assert f"{SEPARATELY}\n• Bus routes · CCSJ" in said
    assert "Who wants to talk about it: <@U0MEMBER> <@U0SAM> <@U0ADMIN>" in said
    assert "[Me too]" in said
    assert "[Talk in a group message…]" in said


def test_its_author_is_told_with_the_decision_where_it_is_talked_about(scene: Scene) -> None:
    item = separately(scene, scene.propose(), note="Come to my office")
    [told] = scene.posts(PostKind.OUTCOME, about=item.id)
    said = text(scene, told)
    assert "CCSJ would like us to talk about it separately." in said
    assert "Come to my office" in said
    assert "A thread about it opens in the shared channel, with the next message there." in said
    assert "[Change it and add it again…]" in said
    assert "[Take it up separately]" not in said


def test_once_it_is_open_what_told_its_author_of_it_leads_there_and_says_so_while_no_other_is_to_open(
    scene: Scene,
) -> None:
    scene.consortium.address = "https://sister.slack.com/"
    item = talked_about(scene)
    [told] = scene.posts(PostKind.OUTCOME, about=item.id)
    versions = told.wanted_version
    opened(scene, item)
    scene.session.refresh(told)
    assert told.wanted_version > versions
    assert "A thread about it is open in the shared channel. To the thread" in text(scene, told)
    assert "opens in the shared channel" not in text(scene, told)
    becomes(scene, "C0NEW")
    decided_anew(scene, item)
    newest = scene.posts(PostKind.OUTCOME, about=item.id)[-1]
    assert "A thread about it opens in the shared channel" in text(scene, newest)


def test_undone_before_it_is_told_it_waits_as_before_and_no_thread_opens(scene: Scene) -> None:
    item = separately(scene, scene.propose())
    undo(scene.session, curator(scene), item.id, item.decisions, scene.now)
    assert (item.state, item.separate_since, threads(scene)) == (ItemState.WAITING, None, [])


def test_decided_again_before_the_thread_is_open_it_does_not_open(scene: Scene) -> None:
    item = talked_about(scene)
    reconsider(scene.session, curator(scene), item.id, scene.now)
    assert [post.state for post in threads(scene)] == [PostState.NOT_NEEDED]
    separately(scene, item)
    scene.tell(item)
    assert [post.state for post in threads(scene)] == [PostState.DUE]


def test_decided_again_once_it_is_open_the_thread_says_so(scene: Scene) -> None:
    item = talked_about(scene)
    post = opened(scene, item)
    reconsider(scene.session, curator(scene), item.id, scene.now)
    assert (post.state, item.separate_since) == (PostState.DUE, None)
    said = text(scene, post)
    assert "This is with the host again" in said
    assert "[Me too]" not in said


def test_who_says_it_later_is_named_above_the_thread_and_nobody_else(scene: Scene) -> None:
    item = talked_about(scene)
    post = opened(scene, item)
    says(scene, item, ONE)
    assert post.state == PostState.DUE
    assert "<@U0SAM>" in text(scene, post)
    assert "<@U0ADMIN>" not in text(scene, post)


def left(scene: Scene) -> None:
    scene.actor(ONE).person.leaves(scene.now)


def deactivated(scene: Scene) -> None:
    scene.actor(ONE).person.deactivated_at = scene.now


@pytest.mark.parametrize("goes", [left, deactivated])
def test_who_is_gone_is_not_called(scene: Scene, goes: Callable[[Scene], None]) -> None:
    item = scene.propose()
    says(scene, item, ONE)
    goes(scene)
    separately(scene, item)
    scene.tell(item)
    assert "<@U0SAM>" not in text(scene, threads(scene)[0])


def test_who_is_erased_goes_out_of_the_thread(scene: Scene) -> None:
    item = scene.propose()
    says(scene, item, ONE, OTHER)
    separately(scene, item)
    scene.tell(item)
    post = opened(scene, item)
    erase(scene.session, scene.consortium, those_called(scene.session, "", ONE), NEUTRAL, scene.now)
    assert post.state == PostState.DUE
    assert "U0SAM" not in text(scene, post)


def test_what_its_author_who_is_erased_brought_is_not_talked_about_any_more(scene: Scene) -> None:
    item = talked_about(scene, "Priya's cousin")
    post = opened(scene, item)
    waiting = talked_about(scene, "Priya's sister")
    erase(scene.session, scene.consortium, those_called(scene.session, "", AUTHOR), NEUTRAL, scene.now)
    assert "cousin" not in text(scene, post)
    assert post.shows_removed_words
    [other] = scene.posts(PostKind.SEPARATE_TALK, about=waiting.id)
    assert other.state == PostState.NOT_NEEDED


def test_removed_words_go_out_of_the_thread_and_out_of_group_messages(scene: Scene) -> None:
    item = talked_about(scene, "Priya's cousin")
    post = opened(scene, item)
    group = a_group_message(scene, item)
    words = words_to_remove(scene.session, curator(scene), item.id, scene.now).words
    remove_words(scene.session, curator(scene), item.id, "An item", scene.now, words)
    assert [one.shows_removed_words for one in (post, group)] == [True, True]
    assert "cousin" not in text(scene, post) + text(scene, group)


def test_two_that_go_together_have_one_thread_with_the_people_of_both(scene: Scene) -> None:
    buses, trains = scene.propose("Buses"), scene.propose("Trains", by=ONE)
    says(scene, trains, OTHER)
    join(scene.session, curator(scene), trains.id, scene.now, other_id=buses.id)
    separately(scene, buses)
    scene.clock.passes(minutes=1)
    for item in (trains, buses):
        scene.tell(item)
    [post] = threads(scene)
    said = text(scene, post)
    assert "Buses" in said
    assert "Trains" in said
    assert "<@U0MEMBER> <@U0SAM> <@U0ADMIN>" in said
    [told] = [one.item for one in preview(scene.session, curator(scene), scene.now).separate.shown]
    assert (told.title, titles(told.joined)) == ("Buses", ["Trains"])


@pytest.mark.parametrize("is_open", [True, False], ids=["open", "not open yet"])
def test_where_the_author_of_one_of_two_is_erased_the_other_is_talked_about_still_in_the_same_thread(
    scene: Scene, *, is_open: bool
) -> None:
    buses, trains = scene.propose("Buses"), scene.propose("Trains", by=ONE)
    says(scene, trains, OTHER)
    join(scene.session, curator(scene), trains.id, scene.now, other_id=buses.id)
    separately(scene, buses)
    scene.clock.passes(minutes=1)
    for item in (trains, buses):
        scene.tell(item)
    group = a_group_message(scene, buses)
    post = opened(scene, buses) if is_open else threads(scene)[0]
    erase(scene.session, scene.consortium, those_called(scene.session, "", AUTHOR), NEUTRAL, scene.now)
    scene.session.expire_all()
    assert (trains.is_talked_about_separately, trains.joined_to) == (True, None)
    [same] = threads(scene)
    assert (same.id, same.subject_id, same.state) == (post.id, trains.id, PostState.DUE)
    for one in (same, group):
        said = text(scene, one)
        assert "Trains" in said
        assert "Buses" not in said
    assert "Who wants to talk about it: <@U0SAM> <@U0ADMIN>" in text(scene, same)
    assert "[Me too]" in text(scene, same)


def test_of_three_that_go_together_two_are_left_in_one_thread(scene: Scene) -> None:
    buses, trains, ferries = (
        scene.propose("Buses"),
        scene.propose("Trains", by=ONE),
        scene.propose("Ferries", by=OTHER),
    )
    for item in (trains, ferries):
        join(scene.session, curator(scene), item.id, scene.now, other_id=buses.id)
    separately(scene, buses)
    scene.clock.passes(minutes=1)
    for item in (trains, ferries, buses):
        scene.tell(item)
    opened(scene, buses)
    erase(scene.session, scene.consortium, those_called(scene.session, "", AUTHOR), NEUTRAL, scene.now)
    scene.session.expire_all()
    [post] = threads(scene)
    said = text(scene, post)
    assert all(title in said for title in ("Trains", "Ferries"))
    assert "<@U0SAM> <@U0ADMIN>" in said


def a_group_message(scene: Scene, item: Item) -> Post:
    key = PostKind.GROUP_TALK.key(item=item.id, group="G1")
    about = {"kind": PostKind.GROUP_TALK, "subject_id": item.id, "place": "G1"}
    group = a_post(scene.session, scene.consortium, key, **about)
    deliver(group, scene.now)
    return group


def test_this_week_tells_of_it_once_with_the_way_to_the_thread_and_counts_it_as_nothing_else(
    scene: Scene,
) -> None:
    scene.consortium.address = "https://sister.slack.com/"
    item = talked_about(scene)
    opened(scene, item)
    news = preview(scene.session, curator(scene), scene.now)
    [talk] = news.separate.shown
    assert (talk.item.title, news.new.shown, news.not_taken) == ("Bus routes", (), 0)
    assert talk.address == "https://sister.slack.com/archives/C0SHARED/p11"
    read = item_to_read(scene.session, scene.actor(ONE), item.id, scene.now)
    assert read.thread == talk.address


def test_where_nobody_knows_where_the_workspace_is_there_is_no_link(scene: Scene) -> None:
    item = talked_about(scene)
    opened(scene, item)
    [talk] = preview(scene.session, curator(scene), scene.now).separate.shown
    assert talk.address is None


def test_this_week_leads_to_the_thread_also_where_that_opens_after_it(scene: Scene) -> None:
    item = talked_about(scene)
    digest = a_post(
        scene.session, scene.consortium, "digest", kind=PostKind.DIGEST, subject_id=1, due=scene.now
    )
    digest.subject_id = scene.consortium.id
    deliver(digest, scene.now)
    scene.session.flush()
    opened(scene, item)
    scene.session.refresh(digest)
    assert digest.state == PostState.DUE


def test_what_waits_comes_along_with_another_message_to_the_channel(scene: Scene) -> None:
    talked_about(scene)
    agenda = a_post(scene.session, scene.consortium, "agenda", kind=PostKind.AGENDA)
    come_along(scene.session, agenda, scene.now)
    assert local(threads(scene)[0]) == MONDAY
    deliver(agenda, scene.now)
    come_along(scene.session, agenda, scene.now)
    assert threads(scene)[0].due_at == scene.now


def test_many_open_some_each_week(scene: Scene) -> None:
    for number in range(2 * MOST_A_WEEK + 1):
        talked_about(scene, f"Item {number}")
    weeks = [(post.due_at - threads(scene)[0].due_at).days // 7 for post in threads(scene)]
    assert weeks == [0, 0, 0, 1, 1, 1, 2]
    agenda = a_post(scene.session, scene.consortium, "agenda", kind=PostKind.AGENDA)
    deliver(agenda, scene.now)
    come_along(scene.session, agenda, scene.now)
    assert sum(post.due_at == scene.now for post in threads(scene)) == MOST_A_WEEK


def test_what_is_not_open_yet_opens_in_the_channel_that_is_the_shared_one_by_then(scene: Scene) -> None:
    told, waits = talked_about(scene, "Told"), talked_about(scene, "Waits")
    post = opened(scene, told)
    scene.consortium.channel_id = "C0NEW"
    follow_shared_channel(scene.session, scene.consortium, "C0SHARED", scene.now)
    [other] = scene.posts(PostKind.SEPARATE_TALK, about=waits.id)
    scene.session.refresh(post)
    assert (post.place, other.place) == ("C0SHARED", "C0NEW")
    assert draw(scene.session, post, scene.now) is None


def becomes(scene: Scene, channel: str) -> None:
    before, scene.consortium.channel_id = scene.consortium.channel_id, channel
    scene.session.flush()
    follow_shared_channel(scene.session, scene.consortium, before, scene.now)


def decided_anew(scene: Scene, item: Item) -> None:
    reconsider(scene.session, curator(scene), item.id, scene.now)
    separately(scene, item)
    scene.tell(item)


def test_decided_anew_after_the_channel_was_replaced_it_opens_in_the_one_that_is_shared_by_then(
    scene: Scene,
) -> None:
    scene.consortium.address = "https://sister.slack.com/"
    item = talked_about(scene)
    opened(scene, item)
    becomes(scene, "C0NEW")
    assert item_to_read(scene.session, scene.actor(ONE), item.id, scene.now).thread is not None
    decided_anew(scene, item)
    first, second = threads(scene)
    assert (draw(scene.session, first, scene.now), second.state, second.place) == (
        None,
        PostState.DUE,
        "C0NEW",
    )
    assert SEPARATELY in text(scene, second)
    deliver(second, scene.now, ts="2.2")
    scene.session.flush()
    read = item_to_read(scene.session, scene.actor(ONE), item.id, scene.now)
    assert read.thread == "https://sister.slack.com/archives/C0NEW/p22"


def test_in_a_channel_that_is_the_shared_one_again_the_thread_that_stands_there_goes_on(scene: Scene) -> None:
    item = talked_about(scene)
    post = opened(scene, item)
    for channel in ("C0NEW", "C0SHARED"):
        becomes(scene, channel)
        deliver(post, scene.now)
        decided_anew(scene, item)
    becomes(scene, "C0NEW")
    becomes(scene, "C0SHARED")
    assert [(one.place, one.ts) for one in threads(scene)] == [("C0SHARED", "1.1"), ("C0NEW", None)]
    assert post.state == PostState.DUE
    assert SEPARATELY in text(scene, post)


def not_taken(scene: Scene, item: Item) -> None:
    leave_out(scene.session, curator(scene), item.id, scene.now, Reason.TOO_FULL, None)
    scene.tell(item)


def rests(_scene: Scene, item: Item) -> None:
    item.state = ItemState.RESTING


def had_its_time(scene: Scene, item: Item) -> None:
    add_to_agenda(scene.session, curator(scene), item.id, scene.now)
    scene.tell(item)
    meeting_held(scene)


@pytest.mark.parametrize("ends", [not_taken, rests, had_its_time])
def test_an_author_has_a_thread_opened_where_no_host_has_anything_to_decide(
    scene: Scene, ends: Callable[[Scene, Item], None]
) -> None:
    item = scene.propose("Bus routes")
    assert not own(scene, "Bus routes").may_take_up
    ends(scene, item)
    scene.session.flush()
    assert own(scene, "Bus routes").may_take_up
    take_up(scene.session, scene.actor(AUTHOR), item.id, scene.now)
    assert len(threads(scene)) == 1
    assert may_see(item, EVERYBODY)
    assert own(scene, "Bus routes").item.is_separate
    with refusal("There is a thread about this item already."):
        take_up(scene.session, scene.actor(AUTHOR), item.id, scene.now)


def test_while_a_host_is_to_decide_its_author_can_not(scene: Scene) -> None:
    item = scene.propose()
    with refusal("Its host decides first."):
        take_up(scene.session, scene.actor(AUTHOR), item.id, scene.now)
    separately(scene, item)  # and of what is not told they know nothing
    with refusal("Its host decides first."):
        take_up(scene.session, scene.actor(AUTHOR), item.id, scene.now)


def test_a_thread_that_somebody_deleted_comes_back_where_its_host_decides_so_again(scene: Scene) -> None:
    item = talked_about(scene)
    post = opened(scene, item)
    post.state = PostState.NOT_NEEDED
    reconsider(scene.session, curator(scene), item.id, scene.now)
    separately(scene, item)
    scene.tell(item)
    assert (post.state, post.ts) == (PostState.DUE, None)


def test_what_rests_and_is_brought_back_is_talked_about_all_the_same(scene: Scene) -> None:
    item = scene.propose()
    rests(scene, item)
    take_up(scene.session, scene.actor(AUTHOR), item.id, scene.now)
    bring_back(scene.session, scene.actor(AUTHOR), item.id, scene.now)
    assert (item.state, item.is_talked_about_separately) == (ItemState.WAITING, True)
    assert titles(board_of(scene).waiting.shown) == ["Budget cuts"]


def test_without_a_known_time_zone_it_opens_at_once(scene: Scene) -> None:
    item = scene.propose()
    scene.consortium.timezone = "America/Nowhere"
    open_talk(scene.session, item, scene.now)
    assert threads(scene)[0].due_at == scene.now


def test_of_anothers_item_no_thread_is_opened(scene: Scene) -> None:
    [theirs, *_] = scene.theirs(Item)
    with refusal("This item is no longer here."):
        take_up(scene.session, scene.actor(AUTHOR), theirs.id, scene.now + timedelta(days=1))

"""Group talks: those who talk about an item separately go on in a group message, if one of them asks and there are not too many."""

from collections.abc import Callable

import pytest

from bot.decisions import reconsider, take_up_separately
from bot.group_talks import (
    MOST_IN_A_GROUP,
    talk_in_group,
    to_talk_in_group,
)
from bot.me_too import say_of_one
from bot.people import learn_name
from bot.places import bring_where_it_is_owed
from storage.capabilities import Capability
from storage.database import Database
from storage.items import Item
from storage.me_too import MeToo
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import Session
from tests.at_once import at_once
from tests.builders import Scene, deliver
from tests.clock import FrozenClock
from tests.drawn import draw
from tests.refusals import refusal
from tests.story import OURS

AUTHOR, ONE, OTHER, HOST = "U0MEMBER", "U0SAM", "U0ADMIN", "U0CURATOR"
GROUP = "G0000000001"


def talked_about(scene: Scene, *people: str) -> Item:
    """By these beside its author, as everybody knows."""
    item = scene.propose("Bus routes", details="Which lines?")
    says(scene, item, *people)
    take_up_separately(scene.session, scene.actor(HOST), item.id, scene.now, None)
    scene.tell(item)
    return item


def says(scene: Scene, item: Item, *people: str) -> None:
    for person in people:
        say_of_one(scene.session, scene.actor(person), item.id, scene.now)


def asked(scene: Scene, item: Item, by: str = ONE) -> list[str]:
    return list(to_talk_in_group(scene.session, scene.actor(by), item.id).talkers)


def opens(scene: Scene, item: Item, by: str = ONE, channel: str = GROUP) -> None:
    actor = scene.actor(by)
    mark = to_talk_in_group(scene.session, actor, item.id).mark
    talk_in_group(scene.session, actor, item.id, channel, mark, scene.now)


def groups(scene: Scene) -> list[Post]:
    return scene.posts(PostKind.GROUP_TALK)


def test_in_it_are_its_author_who_said_it_and_who_asks(scene: Scene) -> None:
    item = talked_about(scene, ONE, OTHER)
    assert asked(scene, item) == [AUTHOR, ONE, OTHER]
    assert asked(scene, item, by="U0DEPUTY") == [AUTHOR, ONE, OTHER, "U0DEPUTY"]
    assert asked(scene, item, by=AUTHOR) == [AUTHOR, ONE, OTHER]


def test_who_did_not_say_it_and_does_not_ask_is_never_in_it(scene: Scene) -> None:
    item = talked_about(scene, ONE)
    scene.actor("U0KOFI", "T0OTHER")
    assert asked(scene, item) == [AUTHOR, ONE]


def test_its_first_word_says_which_item_it_is_about(scene: Scene) -> None:
    scene.consortium.address = "https://sister.slack.com/"
    item = talked_about(scene, ONE)
    [thread] = scene.posts(PostKind.SEPARATE_TALK)
    deliver(thread, scene.now)
    opens(scene, item)
    [post] = groups(scene)
    assert (post.place, post.due_at, post.is_direct) == (GROUP, scene.now, False)
    message = draw(scene.session, post, scene.now)
    assert message is not None
    assert "You want to talk about this separately. Here you can, among yourselves:" in message.text
    assert "Bus routes · CCSJ · To the thread" in message.text
    assert "https://sister.slack.com/archives/C0SHARED/p11" in str(message.blocks)
    assert "<@" not in message.text


def test_two_who_ask_at_once_open_one(scene: Scene) -> None:
    item = talked_about(scene, ONE)
    opens(scene, item)
    opens(scene, item, by=AUTHOR)
    assert len(groups(scene)) == 1


def test_of_another_item_the_same_people_read_in_the_same_one(scene: Scene) -> None:
    opens(scene, talked_about(scene, ONE))
    opens(scene, talked_about(scene, ONE))
    assert [post.place for post in groups(scene)] == [GROUP, GROUP]


def test_who_asks_says_it_by_that_once(scene: Scene) -> None:
    item = talked_about(scene, ONE)
    opens(scene, item, by=OTHER)
    opens(scene, item, by=AUTHOR)
    said = [one.person.user_id for one in scene.session.query(MeToo).order_by(MeToo.id)]
    assert said == [ONE, OTHER]


def test_who_says_it_while_the_form_is_open_is_not_drawn_in_unseen(scene: Scene) -> None:
    item = talked_about(scene, ONE)
    mark = to_talk_in_group(scene.session, scene.actor(ONE), item.id).mark
    says(scene, item, OTHER)
    with refusal("Who wants to talk about this has changed just now"):
        talk_in_group(scene.session, scene.actor(ONE), item.id, GROUP, mark, scene.now)
    assert groups(scene) == []


def test_alone_there_is_nobody_to_talk_with(scene: Scene) -> None:
    item = talked_about(scene)
    with refusal("there is nobody to talk with"):
        asked(scene, item, by=AUTHOR)
    says(scene, item, ONE)
    scene.actor(AUTHOR).person.leaves(scene.now)
    scene.session.flush()
    with refusal("there is nobody to talk with"):
        asked(scene, item)


def test_more_than_slack_lets_in_stay_with_the_thread(scene: Scene) -> None:
    item = talked_about(scene)
    people = [f"U0NEIGHBOR{number}" for number in range(MOST_IN_A_GROUP)]
    for person in people:
        learn_name(scene.session, scene.actor(person).person.id, person.title(), scene.now)
    says(scene, item, *people[: MOST_IN_A_GROUP - 1])
    assert len(asked(scene, item, by=AUTHOR)) == MOST_IN_A_GROUP
    with refusal("You would be 9 people, and Slack lets 8 into a group message"):
        asked(scene, item, by=people[-1])


@pytest.mark.parametrize("fact", ["left_at", "deactivated_at", "erased_at"])
def test_who_is_not_there_any_more_is_not_in_it(scene: Scene, fact: str) -> None:
    item = talked_about(scene, ONE, OTHER)
    setattr(scene.actor(OTHER).person, fact, scene.now)
    scene.session.flush()
    assert asked(scene, item) == [AUTHOR, ONE]


def test_what_is_not_talked_about_separately_any_more_opens_none(scene: Scene) -> None:
    item = talked_about(scene, ONE)
    reconsider(scene.session, scene.actor(HOST), item.id, scene.now)
    with refusal("This is not talked about separately any more."):
        asked(scene, item)
    with refusal("This is not talked about separately any more."):
        asked(scene, scene.propose("Another"))


def test_what_was_owed_and_is_needed_no_more_is_told_in_no_other_place(scene: Scene) -> None:
    item = talked_about(scene, ONE)
    opens(scene, item)
    reconsider(scene.session, scene.actor(HOST), item.id, scene.now)
    [post] = groups(scene)
    assert draw(scene.session, post, scene.now) is None
    bring_where_it_is_owed(scene.session, scene.consortium, post, scene.now)
    assert [(one.place, one.state) for one in groups(scene)] == [(GROUP, PostState.DUE)]


def test_where_none_may_be_opened_that_is_said_before_any_is_asked_for(scene: Scene) -> None:
    item = talked_about(scene, ONE)
    mark = to_talk_in_group(scene.session, scene.actor(ONE), item.id).mark
    scene.consortium.lacks = [Capability.GROUP_MESSAGES]
    with refusal("I may not open group messages in this Slack yet."):
        asked(scene, item)
    with refusal("I may not open group messages in this Slack yet."):
        talk_in_group(scene.session, scene.actor(ONE), item.id, GROUP, mark, scene.now)
    assert groups(scene) == []


def test_of_anothers_item_nobody_opens_one(scene: Scene) -> None:
    [theirs, *_] = scene.theirs(Item)
    with refusal("This item is no longer here."):
        asked(scene, theirs)


@pytest.mark.usefixtures("founded")
def test_two_who_open_it_at_the_same_moment_owe_one_first_word(
    database: Database, clock: FrozenClock
) -> None:
    with database.transaction(OURS) as session:
        item_id = talked_about(Scene.found(session, clock), ONE).id

    def opens_it(by: str) -> Callable[[Session], None]:
        def unit(session: Session) -> None:
            there = Scene.found(session, clock)
            opens(there, session.get_one(Item, item_id), by)

        return unit

    assert at_once(database, opens_it(ONE), opens_it(AUTHOR), OURS) == (None, None)
    with database.transaction(OURS) as session:
        assert len(groups(Scene.found(session, clock))) == 1

"""Questions: the host asks the author of an item, the author answers, and nobody else sees either."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.carry_over import gather_items
from bot.decisions import add_to_agenda, hold, leave_out, reconsider
from bot.doors import notice_what_is_over
from bot.items import Proposal, edit, withdraw
from bot.items_to_read import item_to_read
from bot.leaving import erase, everything_about, everything_of, those_called
from bot.people import Actor
from bot.questions import MOST_OPEN, answer, ask, to_answer, to_ask
from bot.removal import remove_words, words_to_remove
from bot.where_things_stand import listing
from handlers.blocks.asked import MOST_SHOWN, TO_ASK
from handlers.blocks.board import board as draw_board
from handlers.blocks.surfaces import MESSAGE
from handlers.delivery.kinds import KINDS
from storage.database import Database
from storage.former import Neutral
from storage.items import Item, Reason
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.questions import Question, question_by_id, questions_of_item
from tests.at_once import at_once
from tests.bot.hosting import OVER, board_of, curator, meeting_held
from tests.builders import Scene, deliver
from tests.clock import FrozenClock
from tests.drawn import draw
from tests.refusals import refusal
from tests.story import OURS

AUTHOR, HOST, DEPUTY, STRANGER = "U0MEMBER", "U0CURATOR", "U0DEPUTY", "U0SAM"
WORDS, ANSWER = "Which program is it?", "The youth jobs program"
Deed = Callable[[Scene, Item], Any]


def asked(scene: Scene, item: Item, words: str = WORDS, by: str = HOST) -> Question:
    ask(scene.session, scene.actor(by), item.id, scene.now, words=words)
    return questions_of_item(scene.session, item)[0]


def author(scene: Scene) -> Actor:
    return scene.actor(AUTHOR)


def answered(scene: Scene, question: Question, words: str = ANSWER) -> None:
    answer(scene.session, author(scene), question.id, words, scene.now)


def post_of(scene: Scene, question: Question) -> Post:
    [post] = scene.posts(PostKind.QUESTION, about=question.id)
    return post


def said(scene: Scene, post: Post) -> str:
    message = draw(scene.session, post, scene.now)
    return f"{message.text} {message.blocks}" if message else ""


def card(scene: Scene, item: Item, place: str = HOST) -> str:
    return "".join(
        said(scene, post) for post in scene.posts(PostKind.CARD, about=item.id) if post.place == place
    )


def on_board(scene: Scene) -> str:
    return str(MESSAGE.shows(draw_board(board_of(scene)))["blocks"])


def declined(scene: Scene, item: Item) -> None:
    leave_out(scene.session, curator(scene), item.id, scene.now, Reason.TOO_FULL, None)
    scene.tell(item)


def withdrawn(scene: Scene, item: Item) -> None:
    withdraw(scene.session, author(scene), item.id, scene.now)


def over(scene: Scene, item: Item) -> None:
    add_to_agenda(scene.session, curator(scene), item.id, scene.now)
    scene.tell(item)
    for post in scene.posts(PostKind.QUESTION):
        if post.ts is not None:
            deliver(post, scene.now)
    scene.session.flush()
    scene.clock.strikes(OVER)
    notice_what_is_over(scene.session, scene.consortium, scene.now)


def test_the_author_is_asked_once_and_the_answer_stands_on_the_card_and_the_board(scene: Scene) -> None:
    item = scene.propose()
    question = asked(scene, item)
    post = post_of(scene, question)
    assert (post.place, post.state, post.due_at) == (AUTHOR, PostState.DUE, scene.now)
    assert "CCSJ has a question about your item:" in said(scene, post)
    assert WORDS in said(scene, post)
    assert "Priya Nair has not answered yet." in card(scene, item)
    assert f"Question: {WORDS}" in on_board(scene)
    assert "No answer yet." in on_board(scene)
    deliver(post, scene.now)
    for one in scene.posts(PostKind.CARD, about=item.id):
        deliver(one, scene.now)

    answered(scene, question)
    assert post_of(scene, question).state == PostState.DUE
    assert {one.state for one in scene.posts(PostKind.CARD, about=item.id)} == {PostState.DUE}
    for place in (HOST, DEPUTY):
        assert ANSWER in card(scene, item, place)
        assert "has not answered" not in card(scene, item, place)
    assert f"Answer: {ANSWER}" in on_board(scene)
    assert "✓ You answered:" in said(scene, post)
    assert "Change the answer…" in said(scene, post)
    assert len(scene.posts(PostKind.QUESTION)) == 1


def test_an_answer_can_be_changed(scene: Scene) -> None:
    item = scene.propose()
    question = asked(scene, item)
    answered(scene, question)
    answered(scene, question, "The summer program")
    assert ANSWER not in card(scene, item)
    assert "The summer program" in card(scene, item)
    seen = to_answer(scene.session, author(scene), question.id, scene.now)
    assert seen.question.answer == "The summer program"


@pytest.mark.parametrize("audience", ["everybody", "another host", "an admin"])
def test_nobody_but_the_host_s_team_and_the_author_sees_it(scene: Scene, audience: str) -> None:
    item = scene.propose(details="Long")
    answered(scene, asked(scene, item))
    by = {"everybody": STRANGER, "another host": "U0RUTH", "an admin": "U0ADMIN"}[audience]
    reader = scene.actor(by, "T0OTHER" if by == "U0RUTH" else "T0SISTER")
    assert item_to_read(scene.session, reader, item.id, scene.now).questions.count == 0
    assert ANSWER not in repr(listing(scene.session, reader, scene.now))
    for theirs in (author(scene), curator(scene)):
        [one] = item_to_read(scene.session, theirs, item.id, scene.now).questions.shown
        assert (one.words, one.answer) == (WORDS, ANSWER)
    assert ANSWER not in str(everything_of(scene.session))


def test_who_decides_no_longer_sees_it_no_more(scene: Scene) -> None:
    item = scene.propose()
    answered(scene, asked(scene, item))
    [post, _other] = scene.posts(PostKind.CARD, about=item.id)
    deliver(post, scene.now)
    scene.apply(**{'curators = ["U0CURATOR", "U0DEPUTY"]': 'curators = ["U0DEPUTY"]'})
    assert ANSWER not in said(scene, post)
    assert ANSWER in card(scene, item, DEPUTY)


@pytest.mark.parametrize("end", [withdrawn, declined, over])
def test_what_needs_no_answer_any_more_says_so_and_has_no_button(scene: Scene, end: Deed) -> None:
    item = scene.propose()
    question = asked(scene, item)
    post = post_of(scene, question)
    deliver(post, scene.now)
    scene.session.flush()
    end(scene, item)
    post = post_of(scene, question)
    assert post.state == PostState.DUE
    sentences = {
        withdrawn: "You have withdrawn this item already.",
        declined: "The host has decided on this item already.",
        over: "The meeting that had this on its agenda is over.",
    }
    assert sentences[end] in said(scene, post)
    assert "question.answer" not in said(scene, post)
    for refused in (to_answer, lambda *these: answer(*these[:3], ANSWER, these[3])):
        with refusal(sentences[end]):
            refused(scene.session, author(scene), question.id, scene.now)


@pytest.mark.parametrize("end", [withdrawn, declined, over])
def test_what_was_not_sent_by_then_is_not_asked(scene: Scene, end: Deed) -> None:
    item = scene.propose()
    question = asked(scene, item)
    end(scene, item)
    assert said(scene, post_of(scene, question)) == ""


def test_what_the_host_decides_is_no_news_for_the_author_before_it_is_told(scene: Scene) -> None:
    item = scene.propose()
    post = post_of(scene, asked(scene, item))
    deliver(post, scene.now)
    before = said(scene, post)
    scene.session.flush()
    leave_out(scene.session, curator(scene), item.id, scene.now, Reason.TOO_FULL, None)
    assert said(scene, post) == before
    assert post_of(scene, questions_of_item(scene.session, item)[0]).state == PostState.SENT
    answered(scene, questions_of_item(scene.session, item)[0])
    assert ANSWER in card(scene, item)


def test_who_takes_a_decision_back_has_their_question_answered_after_all(scene: Scene) -> None:
    item = scene.propose()
    question = asked(scene, item)
    post = post_of(scene, question)
    declined(scene, item)
    assert said(scene, post) == ""
    post.state = PostState.NOT_NEEDED
    scene.session.flush()
    reconsider(scene.session, curator(scene), item.id, scene.now)
    assert post_of(scene, question).state == PostState.DUE
    assert WORDS in said(scene, post)


def test_a_message_that_asks_no_more_asks_again_where_the_host_looks_once_more(scene: Scene) -> None:
    item = scene.propose()
    question = asked(scene, item)
    declined(scene, item)
    deliver(post_of(scene, question), scene.now)
    scene.session.flush()
    reconsider(scene.session, curator(scene), item.id, scene.now)
    post = post_of(scene, question)
    assert post.state == PostState.DUE
    assert "question.answer" in said(scene, post)


def test_the_next_host_reads_what_was_asked_and_answered(scene: Scene) -> None:
    item = scene.propose()
    first, second = asked(scene, item), asked(scene, item, "How long?")
    answered(scene, first)
    deliver(post_of(scene, second), scene.now)
    meeting_held(scene)
    gather_items(scene.session, scene.consortium, scene.now)
    assert item.meeting is scene.meeting
    assert post_of(scene, second).state == PostState.DUE
    for words in (WORDS, ANSWER, "How long?", "CCSJ asked:"):
        assert words in card(scene, item, "U0RUTH")
        assert words not in card(scene, item, HOST)
    assert "CCSJ has a question" in said(scene, post_of(scene, second))
    answered(scene, second, "Ten minutes")
    assert "Ten minutes" in card(scene, item, "U0RUTH")
    with refusal("The item is with Bayview now"):
        meeting = first.meeting_id
        to_ask(scene.session, scene.actor("U0RUTH", "T0OTHER"), item.id, scene.now, meeting)


def test_an_item_has_so_many_open_questions_and_no_more(scene: Scene) -> None:
    item = scene.propose()
    questions = [asked(scene, item, f"Question {number}") for number in range(MOST_OPEN)]
    with refusal("Priya Nair has 3 questions about this item to answer. Please wait for the answers."):
        asked(scene, item)
    answered(scene, questions[0])
    assert to_ask(scene.session, curator(scene), item.id, scene.now).title == "Budget cuts"
    assert len({post.key for post in scene.posts(PostKind.QUESTION)}) == MOST_OPEN
    assert "and 2 more" in on_board(scene)


def test_of_many_the_newest_are_shown(scene: Scene) -> None:
    item = scene.propose()
    for number in range(MOST_SHOWN + 2):
        answered(scene, asked(scene, item, f"Question {number}."), f"Answer {number}.")
    assert "and 2 more" in card(scene, item)
    assert "Question 1." not in card(scene, item)
    assert f"Question {MOST_SHOWN + 1}." in card(scene, item)


@pytest.mark.parametrize(
    ("end", "why"),
    [
        (withdrawn, "Priya Nair has withdrawn this item."),
        (declined, "Priya Nair has been told what you decided, so I ask nothing more."),
        (over, "This meeting is over"),
        (lambda scene, _item: scene.clock.strikes(OVER), "The item goes to the next host."),
    ],
)
def test_the_host_asks_until_its_author_has_heard(scene: Scene, end: Deed, why: str) -> None:
    item = scene.propose()
    assert f":{TO_ASK}:" in card(scene, item)
    end(scene, item)
    assert f":{TO_ASK}:" not in card(scene, item)
    with refusal(why):
        to_ask(scene.session, curator(scene), item.id, scene.now)
    with refusal(why):
        asked(scene, item)
    assert questions_of_item(scene.session, item) == []


@pytest.mark.parametrize("decide", [add_to_agenda, hold])
def test_what_is_decided_and_not_told_can_be_asked_about(scene: Scene, decide: Any) -> None:
    item = scene.propose()
    decide(scene.session, curator(scene), item.id, scene.now)
    assert f":{TO_ASK}:" in card(scene, item)
    answered(scene, asked(scene, item))
    assert ANSWER in card(scene, item)


@pytest.mark.parametrize("gone", ["left_at", "deactivated_at"])
def test_who_is_gone_is_not_asked_and_the_card_says_so(scene: Scene, gone: str) -> None:
    item = scene.propose()
    question = asked(scene, item)
    post = post_of(scene, question)
    setattr(author(scene).person, gone, scene.now)
    scene.session.flush()
    assert said(scene, post) == ""
    for one in scene.posts(PostKind.CARD, about=item.id):
        deliver(one, scene.now)
    KINDS[PostKind.QUESTION].after_its_end(scene.session, post, scene.now)
    assert {one.state for one in scene.posts(PostKind.CARD, about=item.id)} == {PostState.DUE}
    told = {
        "left_at": "Priya Nair had left the channel, so I did not ask them.",
        "deactivated_at": "Slack did not let me ask Priya Nair. Please do it yourself.",
    }
    assert told[gone] in card(scene, item)
    with refusal("has left the channel, so I can't ask them"):
        asked(scene, item)


def test_the_card_says_that_its_author_was_not_asked_also_if_they_are_back(scene: Scene) -> None:
    item = scene.propose()
    post_of(scene, asked(scene, item)).state = PostState.NOT_NEEDED
    scene.session.flush()
    assert "Priya Nair had left the channel, so I did not ask them." in card(scene, item)


def test_the_card_says_where_slack_did_not_take_the_question(scene: Scene) -> None:
    item = scene.propose()
    post_of(scene, asked(scene, item)).state = PostState.FAILED
    scene.session.flush()
    assert "Slack did not let me ask Priya Nair. Please do it yourself." in card(scene, item)


def test_nobody_asks_themselves(scene: Scene) -> None:
    item = scene.propose(by=HOST)
    with refusal("You brought this item yourself"):
        asked(scene, item)
    assert asked(scene, item, by=DEPUTY).words == WORDS


def test_the_message_follows_the_words_of_its_item(scene: Scene) -> None:
    item = scene.propose()
    question = asked(scene, item)
    deliver(post_of(scene, question), scene.now)
    scene.session.flush()
    edit(scene.session, author(scene), item.id, Proposal("Cuts in the budget"), shown=100, now=scene.now)
    assert post_of(scene, question).state == PostState.DUE
    assert "Cuts in the budget" in said(scene, post_of(scene, question))


def test_words_that_are_removed_go_out_of_questions_too(scene: Scene) -> None:
    item = scene.propose()
    first, second = asked(scene, item), asked(scene, item, "Who asks?")
    answered(scene, first)
    posts = [post_of(scene, one) for one in (first, second)]
    for post in posts:
        deliver(post, scene.now)
    scene.session.flush()
    read = words_to_remove(scene.session, curator(scene), item.id, scene.now).words
    answered(scene, first, "Something else")
    with refusal("These words are others by now"):
        remove_words(scene.session, curator(scene), item.id, "(gone)", scene.now, read)
    remove_words(scene.session, curator(scene), item.id, "(gone)", scene.now)
    for question in (first, second):
        assert (question.words, question.answer) == (None, None)
        assert "The words that stood here were removed." in said(scene, post_of(scene, question))
        with refusal("This question is no longer here."):
            to_answer(scene.session, author(scene), question.id, scene.now)
    assert "asked:" not in card(scene, item)
    assert "No answer yet." not in on_board(scene)
    answered(scene, asked(scene, item, "What now?"))
    remove_words(scene.session, curator(scene), item.id, "(gone)", scene.now)
    with refusal("removed already"):
        remove_words(scene.session, curator(scene), item.id, "(gone)", scene.now)


@pytest.mark.parametrize(("who", "stays"), [(HOST, ANSWER), (AUTHOR, WORDS)])
def test_who_is_erased_leaves_none_of_their_words(scene: Scene, who: str, stays: str) -> None:
    item = scene.propose()
    question = asked(scene, item)
    answered(scene, question)
    post = post_of(scene, question)
    deliver(post, scene.now)
    scene.session.flush()
    people = those_called(scene.session, "T0SISTER", who)
    erase(scene.session, scene.consortium, people, Neutral("A former member", "An item", "A task"), scene.now)
    scene.session.expire_all()
    known = question_by_id(scene.session, question.id)
    assert known is not None
    assert [words for words in (known.words, known.answer) if words] == [stays]
    assert post.may_show_removed_words or post.state == PostState.NOT_NEEDED
    shown = card(scene, item, DEPUTY)
    assert stays in shown
    assert ({WORDS, ANSWER} - {stays}).pop() not in shown + said(scene, post)


def test_everything_about_a_person_holds_what_they_asked_and_what_they_answered(scene: Scene) -> None:
    item = scene.propose()
    answered(scene, asked(scene, item))
    theirs = everything_about(scene.session, scene.consortium, author(scene).person)
    assert [row["answer"] for row in theirs["questions answered"]] == [ANSWER]
    assert theirs["questions asked"] == []
    hosts = everything_about(scene.session, scene.consortium, curator(scene).person)
    assert [(row["words"], row["item_id"]) for row in hosts["questions asked"]] == [(WORDS, item.id)]
    assert hosts["questions answered"] == []


@pytest.mark.usefixtures("founded")
def test_of_two_who_ask_at_once_only_so_many_are_asked(database: Database, clock: FrozenClock) -> None:
    with database.transaction(OURS) as session:
        scene = Scene.found(session, clock)
        item_id = scene.propose().id
        for number in range(MOST_OPEN - 1):
            asked(scene, session.get_one(Item, item_id), f"Question {number}")

    def asks(by: str) -> Callable[[Any], Any]:
        def unit(session: Any) -> Any:
            actor = Scene.found(session, clock).actor(by)
            return ask(session, actor, item_id, clock(), words=WORDS).id

        return unit

    done, refused = at_once(database, asks(HOST), asks(DEPUTY), OURS)
    assert done == item_id
    with refusal("Please wait for the answers"):
        raise refused

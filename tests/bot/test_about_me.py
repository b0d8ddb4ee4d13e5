"""Everything about me: somebody reads what is kept about them, gets it as a file, and erases it; and nobody else's."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.about_me import (
    READ_BY,
    THEMSELVES,
    about_me,
    ask_for_files,
    erase_myself,
    file_about_me,
    keep_after_all,
    what_i_erase,
)
from bot.decisions import add_to_agenda, leave_out
from bot.erasing import erase_those_who_waited
from bot.leaving import KeptPlace, Neutral
from bot.legal_holds import hold
from bot.participation import has_left
from bot.people import Actor, meet
from bot.removal import remove_words, words_to_remove
from bot.seen.about_me import AskedForAboutMeSeen, FileAboutMe, ReadBy, Way, What
from bot.tips import keep
from bot.tips import remove_words as remove_tip
from handlers.blocks.about_me import counted
from handlers.delivery.kinds import view
from storage.capabilities import Capability
from storage.follow_ups import FollowUp
from storage.items import Item, ItemState, Reason
from storage.kept_rows import ROWS
from storage.people import Person, Who
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tips import Tip
from tests.builders import Scene, a_follow_up, deliver
from tests.drawn import draw
from tests.handlers.steps import shown
from tests.refusals import refusal

NEUTRAL = Neutral("A former member", "An item of a former member", "To do")


def told(scene: Scene, by: str = "U0MEMBER") -> dict[str, int]:
    seen = about_me(scene.session, scene.actor(by), scene.now)
    return {what: n for counts in seen.counts.values() for what, n in counts.items()}


def asks(scene: Scene, *ways: Way, by: str = "U0MEMBER") -> AskedForAboutMeSeen:
    return ask_for_files(scene.session, scene.actor(by), ways, scene.now)


def files(scene: Scene, by: str = "U0MEMBER") -> list[FileAboutMe]:
    """As they would be sent now."""
    posts = [post for post in scene.posts(PostKind.ABOUT_ME) if post.place == by]
    seen = [file_about_me(scene.session, scene.consortium, post, scene.now) for post in posts]
    return [one for one in seen if one is not None]


def read(scene: Scene, actor: Actor) -> str:
    return what_i_erase(scene.session, actor, scene.now).read


def erases(scene: Scene, by: str = "U0MEMBER", of: str | None = None) -> None:
    """`of`: what they have read; else what stands there now."""
    actor = scene.actor(by)
    erase_myself(scene.session, actor, of or read(scene, actor), NEUTRAL, scene.now)


def sent(scene: Scene, by: str) -> Post:
    asks(scene, Way.WORDS, by=by)
    [post] = [one for one in scene.posts(PostKind.ABOUT_ME) if one.place == by]
    deliver(post, scene.now)
    post.files = "F1"
    return post


def test_each_kind_of_rows_about_people_is_told_in_words() -> None:
    called = {tie.called for rows in ROWS for tie in rows.ties}
    assert set(What) == READ_BY.keys() == called - {THEMSELVES}
    assert all("2" in counted(what, 2) for what in What)


def test_it_is_told_by_who_else_reads_it_and_what_there_is_nothing_of_is_not_told(scene: Scene) -> None:
    scene.propose("One")
    scene.propose("Two")
    keep(scene.session, scene.actor("U0MEMBER"), "General", "Ask early", scene.now)
    seen = about_me(scene.session, scene.actor("U0MEMBER"), scene.now)
    assert (seen.name, seen.collaborative, seen.has_files) == ("Priya Nair", "CCSJ", True)
    assert seen.counts[ReadBy.EVERYBODY] == {"items brought": 2, "what worked": 1}
    assert seen.counts[ReadBy.SOME] == {}


def test_who_was_never_met_reads_that_nothing_is_kept(scene: Scene) -> None:
    stranger = meet(scene.session, scene.consortium, Who("T0OTHER", "U0FRESH"), None)
    seen = about_me(scene.session, stranger, scene.now)
    assert (seen.name, seen.counts) == (None, {by: {} for by in ReadBy})


def test_a_message_that_was_not_sent_yet_is_not_counted(scene: Scene) -> None:
    """It would tell that a host has decided."""
    item = scene.propose()
    before = told(scene)
    leave_out(scene.session, scene.actor("U0CURATOR"), item.id, scene.now, Reason.OTHER, "Not for us")
    assert told(scene) == before
    scene.tell(item)
    assert told(scene) == before | {"messages": before.get("messages", 0) + 1}


def test_a_place_on_an_agenda_is_told_once_its_author_was_told(scene: Scene) -> None:
    item = scene.propose("Rents")
    add_to_agenda(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    member = scene.actor("U0MEMBER")
    before = what_i_erase(scene.session, member, scene.now)
    assert before.kept_places == ()
    scene.tell(item)
    after = what_i_erase(scene.session, member, scene.now)
    assert after.kept_places == (KeptPlace("Rents", scene.meeting.day),)


def test_a_decision_that_was_not_told_changes_nothing_that_they_read(scene: Scene) -> None:
    item = scene.propose("Rents")
    before = what_i_erase(scene.session, scene.actor("U0MEMBER"), scene.now)
    add_to_agenda(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    assert what_i_erase(scene.session, scene.actor("U0MEMBER"), scene.now) == before


def test_the_files_are_on_their_way_once_while_nothing_changes(scene: Scene) -> None:
    scene.propose("One")
    assert asks(scene, *Way) == AskedForAboutMeSeen(asked=2, on_their_way=2)
    for post in scene.posts(PostKind.ABOUT_ME):
        deliver(post, scene.now)
    assert asks(scene, *Way) == AskedForAboutMeSeen(asked=2, on_their_way=0)
    scene.propose("Two")
    assert asks(scene, Way.WORDS) == AskedForAboutMeSeen(asked=1, on_their_way=1)


def test_a_file_holds_what_is_kept_when_it_is_sent_and_nothing_of_others(scene: Scene) -> None:
    asks(scene, Way.DATA)
    scene.propose("Mine")
    scene.propose("Not mine", by="U0SAM")
    [file] = files(scene)
    [rows] = file.kept
    assert [row["title"] for row in rows["items brought"]] == ["Mine"]
    assert "Not mine" not in repr(file)


def test_where_slack_takes_no_files_nothing_is_owed(scene: Scene) -> None:
    scene.consortium.lacks = [Capability.FILES]
    assert not about_me(scene.session, scene.actor("U0MEMBER"), scene.now).has_files
    with refusal("I may not send files in this Slack yet."):
        asks(scene, Way.WORDS)
    assert scene.posts(PostKind.ABOUT_ME) == []


def test_who_has_left_the_channel_gets_their_file_and_nothing_else(scene: Scene) -> None:
    member = scene.actor("U0MEMBER").person
    has_left(scene.session, "T0SISTER", member.who, scene.consortium.channel_id, scene.now)
    asks(scene, Way.WORDS)
    [post] = scene.posts(PostKind.ABOUT_ME)
    assert view(scene.session, post, scene.now) is not None
    member.deactivated_at = scene.now
    assert view(scene.session, post, scene.now) is None


def test_all_of_it_is_erased(scene: Scene) -> None:
    item = scene.propose("Priya's cousin")
    erases(scene)
    scene.session.refresh(item)
    assert (item.state, item.title, item.proposer.name) == (
        ItemState.WITHDRAWN,
        NEUTRAL.title,
        NEUTRAL.name,
    )
    assert told(scene) == {}


def test_it_may_be_erased_twice(scene: Scene) -> None:
    """The second time there is somebody new, of whom nothing is kept."""
    scene.propose()
    for _ in range(2):
        erases(scene)
    assert [one.name for one in scene.session.scalars(select(Person)) if one.user_id == "U0MEMBER"] == []


def test_what_has_changed_since_it_was_read_is_read_once_more(scene: Scene) -> None:
    item = scene.propose("Rents")
    before = read(scene, scene.actor("U0MEMBER"))
    add_to_agenda(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    scene.tell(item)
    with refusal("Your place on an agenda has changed since you opened this."):
        erases(scene, of=before)
    assert item.title == "Rents"
    erases(scene)


def test_the_only_admin_names_another_first(scene: Scene) -> None:
    admin = scene.actor("U0ADMIN")
    assert what_i_erase(scene.session, admin, scene.now).is_last_keeper
    with refusal("You are the only admin here."):
        erases(scene, "U0ADMIN")
    assert admin.person.is_admin
    scene.apply(**{'admins = ["U0ADMIN"]': 'admins = ["U0ADMIN", "U0SAM"]'})
    erases(scene, "U0ADMIN")
    assert not admin.person.is_admin


@pytest.mark.parametrize("is_named", [True, False], ids=["somebody else", "nobody knows who"])
def test_of_two_with_one_id_each_reads_and_erases_their_own(scene: Scene, *, is_named: bool) -> None:
    """Of whom Slack has never told anything, that was written down for whoever has the id."""
    there = scene.actor("U0MEMBER", "T0OTHER").person
    there.name, there.named_at = "Priya Nair", scene.now if is_named else None
    scene.session.add(
        Tip(person_id=there.id, topic="General", text="Ask", findable="ask", created_at=scene.now)
    )
    scene.session.flush()
    assert ("what worked" in told(scene)) is not is_named
    asks(scene, Way.WORDS)
    [file] = files(scene)
    assert ("Ask" in repr(file.kept)) is not is_named
    erases(scene)
    assert (there in scene.session and there.name == "Priya Nair") is is_named


def test_the_file_goes_where_all_of_it_is_erased(scene: Scene) -> None:
    post = sent(scene, "U0MEMBER")
    erases(scene)
    assert (post.state, post.channel_id) == (PostState.DUE, "C1")
    assert shown(draw(scene.session, post, scene.now)) == (  # type: ignore[arg-type]
        "The words that stood here were removed."
    )


def _erases_a_host(scene: Scene, _item: Item) -> None:
    erases(scene, "U0CURATOR")


def _removes_the_words(scene: Scene, item: Item) -> None:
    host = scene.actor("U0CURATOR")
    seen = words_to_remove(scene.session, host, item.id, scene.now)
    remove_words(scene.session, host, item.id, "(Removed)", scene.now, seen.words)


def _removes_a_tip(scene: Scene, _item: Item) -> None:
    [tip] = scene.session.scalars(select(Tip))
    remove_tip(scene.session, scene.actor("U0ADMIN"), tip.id, "(Removed)", scene.now, ["General"])


@pytest.mark.parametrize("removes", [_erases_a_host, _removes_the_words, _removes_a_tip])
def test_the_file_goes_where_words_in_it_are_removed(scene: Scene, removes: object) -> None:
    """Words of others stand in it as well: the note of a host, and what somebody is to do."""
    item = scene.propose("Priya's cousin")
    keep(scene.session, scene.actor("U0MEMBER"), "General", "Ask the cousin", scene.now)
    a_follow_up(
        scene.session,
        item,
        meeting_id=scene.meeting.id,
        owner_id=scene.actor("U0MEMBER").person.id,
        written_by_id=scene.actor("U0CURATOR").person.id,
    )
    post = sent(scene, "U0MEMBER")
    assert callable(removes)
    removes(scene, item)
    assert post.state == PostState.DUE
    assert post.shows_removed_words


def test_what_they_had_to_do_goes_back_to_the_host(scene: Scene) -> None:
    item = scene.propose("Rents", by="U0SAM")
    member, host = scene.actor("U0MEMBER").person, scene.actor("U0CURATOR").person
    a_follow_up(scene.session, item, meeting_id=scene.meeting.id, owner_id=member.id, written_by_id=host.id)
    assert told(scene)["follow-ups to do"] == 1
    erases(scene)
    [follow_up] = scene.session.scalars(select(FollowUp))
    assert follow_up.declined_at is not None


def test_while_a_hold_lasts_it_waits_and_may_be_taken_back(scene: Scene) -> None:
    item, until = scene.propose("Rents"), scene.now.date() + timedelta(days=7)
    hold(scene.session, scene.actor("U0ADMIN"), "Records request", until, scene.now)
    member = scene.actor("U0MEMBER")
    assert what_i_erase(scene.session, member, scene.now).held_until == until
    erases(scene)
    assert about_me(scene.session, member, scene.now).waits_until == until
    assert item.title == "Rents"
    keep_after_all(scene.session, member, scene.now)
    assert about_me(scene.session, member, scene.now).waits_until is None
    with refusal("Nothing of yours waits to be erased."):
        keep_after_all(scene.session, member, scene.now)
    erases(scene)
    scene.clock.passes(days=9)
    erase_those_who_waited(scene.session, scene.consortium, scene.now, NEUTRAL)
    scene.session.refresh(item)
    assert item.title == NEUTRAL.title

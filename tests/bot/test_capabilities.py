"""What Slack has not granted: it is not offered, admins hear so once, and what is granted after all is offered again."""

import pytest

from bot.calendar_entries import ask_for_entry
from bot.capabilities import note_a_refusal, note_what_is_lacking
from bot.decisions import take_up_separately
from bot.documents import ask_for_files, to_hand_on
from bot.leaving import erase
from bot.seen.documents import Of, Way
from storage.capabilities import Capability
from storage.former import Neutral
from storage.post_facts import NOBODY, PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.bot.hosting import on_agenda, publish
from tests.builders import Scene, deliver
from tests.drawn import draw
from tests.refusals import refusal

FILES, GROUPS = Capability.FILES, Capability.GROUP_MESSAGES
HOST, ONE, ADMIN = "U0CURATOR", "U0SAM", "U0ADMIN"


def slack_grants_all_but(scene: Scene, *lacking: Capability) -> None:
    note_what_is_lacking(scene.session, scene.consortium, lacking, scene.now)


def notices(scene: Scene) -> list[Post]:
    return [post for post in scene.posts(PostKind.NOT_GRANTED) if post.state != PostState.NOT_NEEDED]


def said(scene: Scene) -> list[str]:
    drawn = [draw(scene.session, post, scene.now) for post in notices(scene)]
    return [message.text for message in drawn if message]


def test_admins_hear_of_each_once_with_its_scopes_and_what_people_do_instead(scene: Scene) -> None:
    for _ in range(2):
        slack_grants_all_but(scene, FILES, GROUPS)
        scene.clock.passes(days=40)
    of_files, of_groups = said(scene)
    assert "People get the words and links alone." in of_files
    assert "with files:read and files:write" in of_files
    assert "do so in a thread." in of_groups
    assert "with mpim:write" in of_groups
    assert {post.place for post in notices(scene)} == {ADMIN}


def test_where_all_is_granted_nobody_hears_anything(scene: Scene) -> None:
    slack_grants_all_but(scene)
    assert notices(scene) == []


def test_what_is_granted_before_admins_heard_of_it_is_told_to_nobody_until_it_is_lost_again(
    scene: Scene,
) -> None:
    slack_grants_all_but(scene, FILES, GROUPS)
    slack_grants_all_but(scene, GROUPS)
    [of_groups] = notices(scene)
    assert "group messages" in of_groups.key
    slack_grants_all_but(scene, FILES)
    [of_files] = notices(scene)
    assert ":files:" in of_files.key


def test_what_is_granted_while_nobody_keeps_the_settings_is_told_to_no_admin_to_come(scene: Scene) -> None:
    slack_grants_all_but(scene, FILES, GROUPS)
    admin = scene.actor(ADMIN).person
    erase(scene.session, scene.consortium, [admin], Neutral("Former", "Gone", "Gone"), scene.now)
    slack_grants_all_but(scene, FILES)
    [of_files] = notices(scene)
    assert (of_files.place, ":files:" in of_files.key) == (NOBODY, True)


def test_what_admins_heard_of_is_told_no_second_time_whoever_is_refused(scene: Scene) -> None:
    slack_grants_all_but(scene, GROUPS)
    for post in notices(scene):
        deliver(post, scene.now)
    slack_grants_all_but(scene)
    slack_grants_all_but(scene, GROUPS)
    note_a_refusal(scene.session, scene.actor(ONE), GROUPS, scene.now)
    assert [post.state for post in notices(scene)] == [PostState.SENT]


def test_a_thread_is_drawn_anew_with_the_way_into_a_group_message_or_without_it(scene: Scene) -> None:
    item = scene.propose("Bus routes")
    take_up_separately(scene.session, scene.actor(HOST), item.id, scene.now, None)
    scene.tell(item)
    [thread] = scene.posts(PostKind.SEPARATE_TALK)
    deliver(thread, scene.now)
    for lacking, is_offered in ((GROUPS, False), (FILES, True)):
        slack_grants_all_but(scene, lacking)
        scene.session.refresh(thread)
        assert thread.state == PostState.DUE
        message = draw(scene.session, thread, scene.now)
        assert message is not None
        assert ("Talk in a group message…" in message.text) is is_offered
        deliver(thread, scene.now)
    slack_grants_all_but(scene)
    scene.session.refresh(thread)
    assert thread.state == PostState.SENT


def test_without_leave_to_send_files_a_meeting_goes_into_a_calendar_by_links_alone(scene: Scene) -> None:
    slack_grants_all_but(scene, FILES)
    asked = ask_for_entry(scene.session, scene.actor(ONE), scene.meeting.id, scene.now)
    assert (asked.has_file, asked.is_on_its_way) == (False, False)
    assert scene.posts(PostKind.CALENDAR_FILE) == []
    slack_grants_all_but(scene)
    assert ask_for_entry(scene.session, scene.actor(ONE), scene.meeting.id, scene.now).is_on_its_way


@pytest.mark.parametrize("lacking", [(FILES,), ()])
def test_without_leave_to_send_files_the_words_are_there_to_copy_and_no_file_is_owed(
    scene: Scene, lacking: tuple[Capability, ...]
) -> None:
    on_agenda(scene, "Bus routes")
    publish(scene)
    slack_grants_all_but(scene, *lacking)
    document = to_hand_on(scene.session, scene.actor(ONE), scene.meeting.id, Of.AGENDA, scene.now)
    assert document.ways == (() if lacking else tuple(Way))
    asks = (scene.session, scene.actor(ONE), scene.meeting.id, Of.AGENDA, [Way.PAGE], scene.now)
    if lacking:
        with refusal("I may not send files in this Slack yet."):
            ask_for_files(*asks)
    else:
        ask_for_files(*asks)
    assert len(scene.posts(PostKind.DOCUMENT)) == (0 if lacking else 1)

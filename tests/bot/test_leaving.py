"""Who leaves takes their words along; what the consortium plans with stays."""

import pytest
from sqlalchemy import select

from bot.decisions import add_to_agenda, leave_out
from bot.leaving import KeptPlace, Neutral, erase, everything_about, everything_of, those_called, what_goes
from bot.participation import people_to_ask
from bot.people import deciders, meet
from bot.publishing import publish
from bot.reminders import remind
from bot.tips import keep
from storage.inbox import Input, hear
from storage.items import Item, ItemState, Reason
from storage.meetings import Publication
from storage.people import Person, Who
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import across_consortia
from tests.builders import Scene, a_result, deliver
from tests.drawn import draw
from tests.handlers.steps import shown

NEUTRAL = Neutral("A former member", "An item of a former member", "To do")


def people(scene: Scene, user_id: str) -> list[Person]:
    return those_called(scene.session, "", user_id)


def erases(scene: Scene, user_id: str = "U0MEMBER") -> None:
    erase(scene.session, scene.consortium, people(scene, user_id), NEUTRAL, scene.now)


def export(scene: Scene, user_id: str = "U0MEMBER") -> dict[str, list[dict[str, object]]]:
    [person] = people(scene, user_id)
    return everything_about(scene.session, scene.consortium, person)


def test_what_is_on_a_published_agenda_keeps_its_place_without_its_words(scene: Scene) -> None:
    host = scene.actor("U0CURATOR")
    first = scene.propose("Priya's cousin", minutes=15, lead="Priya")
    second = scene.propose("Budget", by="U0SAM")
    for item in (first, second):
        add_to_agenda(scene.session, host, item.id, scene.now)
    publish(scene.session, host, scene.meeting.id, scene.now)
    [agenda] = scene.posts(PostKind.AGENDA)
    deliver(agenda, scene.now)
    leave = what_goes(scene.session, scene.consortium, people(scene, "U0MEMBER"), scene.now)
    assert leave.kept_places == (KeptPlace("Priya's cousin", scene.meeting.day),)

    erases(scene)
    [publication] = scene.session.scalars(select(Publication))
    assert [(one["title"], one["minutes"], one["lead"]) for one in publication.entries] == [
        (NEUTRAL.title, 15, None),
        ("Budget", None, None),
    ]
    scene.session.refresh(first)
    assert (first.state, first.proposer.name) == (ItemState.ON_AGENDA, NEUTRAL.name)
    assert agenda.state == PostState.DUE
    assert "An item of a former member · 15 min · CCSJ" in shown(draw(scene.session, agenda, scene.now))  # type: ignore[arg-type]


def test_what_nobody_has_decided_about_is_taken_back_and_what_was_not_told_is_told(scene: Scene) -> None:
    waiting, decided = scene.propose("One"), scene.propose("Two")
    add_to_agenda(scene.session, scene.actor("U0CURATOR"), decided.id, scene.now)
    erases(scene)
    for item in (waiting, decided):
        scene.session.refresh(item)
    assert (waiting.state, decided.state) == (ItemState.WITHDRAWN, ItemState.ON_AGENDA)
    assert decided.told_at == scene.now


def test_cards_say_that_a_former_member_has_withdrawn_it(scene: Scene) -> None:
    item = scene.propose("Priya's cousin")
    scene.cards(item)
    erases(scene)
    [card, *_] = scene.posts(PostKind.CARD, about=item.id)
    text = shown(draw(scene.session, card, scene.now))  # type: ignore[arg-type]
    assert "A former member has withdrawn this item." in text
    assert "Priya" not in text


def test_a_message_that_has_nothing_else_to_say_says_that_its_words_are_gone(scene: Scene) -> None:
    """Such as the word to the proposer, in their own direct messages."""
    item = scene.propose("Priya's cousin")
    leave_out(scene.session, scene.actor("U0CURATOR"), item.id, scene.now, Reason.OTHER, "Not for us")
    scene.tell(item)
    erases(scene)
    [told] = scene.posts(PostKind.OUTCOME, about=item.id)
    assert (told.state, told.channel_id) == (PostState.DUE, "C1")
    assert shown(draw(scene.session, told, scene.now)) == (  # type: ignore[arg-type]
        "The words that stood here were removed."
    )


def test_the_note_of_a_host_goes_with_the_host(scene: Scene) -> None:
    item = scene.propose("Budget")
    leave_out(scene.session, scene.actor("U0CURATOR"), item.id, scene.now, Reason.OTHER, "Not for us")
    scene.tell(item)
    erases(scene, "U0CURATOR")
    [told] = scene.posts(PostKind.OUTCOME, about=item.id)
    text = shown(draw(scene.session, told, scene.now))  # type: ignore[arg-type]
    assert "It is not on the agenda" in text
    assert "Budget" in text
    assert "Not for us" not in text


def test_others_decide_for_the_host_and_get_its_cards(scene: Scene) -> None:
    host = scene.collaborative("CCSJ")
    erases(scene, "U0DEPUTY")
    item = scene.propose()
    erases(scene, "U0CURATOR")
    assert [person.user_id for person in deciders(scene.session, host)] == ["U0ADMIN"]
    cards = scene.posts(PostKind.CARD, about=item.id)
    assert [card.place for card in cards if card.state == PostState.DUE] == ["U0ADMIN"]


def test_nothing_is_sent_any_more_to_who_was_erased(scene: Scene) -> None:
    member = scene.actor("U0MEMBER")
    remind(scene.session, member, scene.now)
    erases(scene)
    [reminder] = scene.posts(PostKind.REMINDER)
    assert reminder.state == PostState.NOT_NEEDED
    assert "U0MEMBER" not in (reminder.place, reminder.key)


def test_who_speaks_again_is_somebody_new(scene: Scene) -> None:
    scene.propose("Priya's cousin")
    keep(scene.session, scene.actor("U0MEMBER"), "General", "Ask early", scene.now)
    erases(scene)
    anew = meet(scene.session, scene.consortium, Who("T0SISTER", "U0MEMBER"), "priya").person
    assert (anew.name, anew.collaborative, anew.erased_at) == ("priya", None, None)
    assert export(scene)["items brought"] == []
    assert export(scene)["what worked"] == []


def test_slack_is_asked_nothing_about_a_former_member(scene: Scene) -> None:
    erases(scene)
    scene.clock.passes(days=30)
    asked = people_to_ask(scene.session, scene.now, limit=100, behind=())
    assert asked
    assert not [one for one in asked if one.user_id.startswith("U-former")]


def test_what_they_pressed_is_forgotten_also_where_it_was_no_deed(scene: Scene) -> None:
    """Such as a button that shows something. Others, whose ids begin alike, keep theirs."""
    for key in ("action:U0MEMBER:1.1:list.show", "action:U0MEMBERS:1.1:list.show"):
        hear(scene.session, key, None, scene.now)
    erases(scene)
    kept = scene.session.scalars(select(Input.key).where(Input.key.contains("list.show"))).all()
    assert kept == ["action:U0MEMBERS:1.1:list.show"]


def test_reminders_of_others_that_list_what_is_gone_are_edited(scene: Scene) -> None:
    item = scene.propose("Priya's cousin")
    add_to_agenda(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    remind(scene.session, scene.actor("U0SAM"), scene.now)
    [reminder] = scene.posts(PostKind.REMINDER)
    deliver(reminder, scene.now)
    erases(scene)
    assert reminder.state == PostState.DUE


def test_who_was_written_under_two_workspaces_is_one(scene: Scene) -> None:
    scene.actor("U0MEMBER", "T0OTHER")
    here, there = people(scene, "U0MEMBER")
    assert those_called(scene.session, "T0ELSEWHERE", "U0MEMBER") == []
    leave = what_goes(scene.session, scene.consortium, [here, there], scene.now)
    assert {who.team_id for who in leave.known_as} == {"T0SISTER", "T0OTHER"}
    erases(scene)
    assert people(scene, "U0MEMBER") == []


def test_it_says_who_would_keep_the_settings(scene: Scene) -> None:
    def is_last(user_id: str) -> bool:
        whom = people(scene, user_id)
        return what_goes(scene.session, scene.consortium, whom, scene.now).is_last_keeper

    assert (is_last("U0ADMIN"), is_last("U0MEMBER")) == (True, False)
    scene.apply(**{'admins = ["U0ADMIN"]': 'admins = ["U0ADMIN", "U0SAM"]'})
    assert not is_last("U0ADMIN")


def test_names_in_the_words_of_others_are_counted(scene: Scene) -> None:
    scene.propose("Thank Priya Nair for the room", by="U0SAM")
    keep(scene.session, scene.actor("U0SAM"), "General", "Ask Priya Nair", scene.now)
    host, meeting = scene.actor("U0CURATOR"), scene.meeting
    item = scene.propose("Rents", by="U0SAM")
    a_result(
        scene.session, item, meeting_id=meeting.id, written_by_id=host.person.id, outcome="Priya Nair asks"
    )
    leave = what_goes(scene.session, scene.consortium, people(scene, "U0MEMBER"), scene.now)
    assert leave.named_by_others == 3


@pytest.mark.parametrize("is_told", [False, True], ids=["untold", "told"])
def test_an_export_tells_a_decision_once_it_was_told(scene: Scene, *, is_told: bool) -> None:
    item = scene.propose()
    leave_out(scene.session, scene.actor("U0CURATOR"), item.id, scene.now, Reason.OTHER, "Not for us")
    if is_told:
        scene.tell(item)
    [row] = export(scene)["items brought"]
    assert row["state"] == (ItemState.NOT_TAKEN if is_told else ItemState.WAITING)
    assert row.get("note") == ("Not for us" if is_told else None)
    assert bool(export(scene)["messages"]) == is_told
    [decision] = export(scene, "U0CURATOR")["items decided about"]
    assert decision["note"] == "Not for us"


def test_the_consortiums_export_leaves_out_what_only_its_author_saw(scene: Scene) -> None:
    scene.propose("Handed in")
    scene.propose("Begun", by="U0NEW")
    assert [row["title"] for row in everything_of(scene.session)["item"]] == ["Handed in"]


def test_erasing_touches_nothing_of_another_consortium(scene: Scene) -> None:
    """In which somebody has the same user id, and everything looks alike."""

    def theirs() -> list[object]:
        scene.session.expire_all()
        return [
            tuple(getattr(one, column.key) for column in one.__mapper__.column_attrs)
            for record in (Person, Item, Post)
            for one in scene.theirs(record)
        ]

    before = theirs()
    assert before
    scene.propose()
    erases(scene)
    assert theirs() == before


def test_erasing_somebody_who_did_nothing_leaves_no_trace(scene: Scene) -> None:
    """0 items, 0 tips, 0 messages."""
    scene.actor("U0OUTSIDE")
    leave = what_goes(scene.session, scene.consortium, people(scene, "U0OUTSIDE"), scene.now)
    assert {what: count for what, count in leave.rows.items() if count} == {"person": 1}
    assert leave.messages == 0
    erases(scene, "U0OUTSIDE")
    with across_consortia(scene.session):
        named = scene.session.scalars(select(Person).where(Person.user_id == "U0OUTSIDE")).all()
    assert named == []

"""What is handed on: the agenda as everybody may read it, a draft for its host alone, and notes once they were sent."""

import pytest

from bot.agenda import entries
from bot.audiences import Audience, Thing
from bot.cancelling import cancel
from bot.documents import agenda_of_everybody, ask_for_files, file_of_document, to_hand_on
from bot.placing import Placed, place
from bot.results import rest_is_done, send_notes
from bot.seen.documents import AgendaDocument, AskedForFilesSeen, FileOfDocument, NotesDocument, Of, Way
from handlers.delivery.kinds import view
from storage.post_kinds import PostKind
from tests.bot.hosting import curator, held, meeting_held, on_agenda, publish
from tests.bot.test_publishing import say_better
from tests.builders import Scene, deliver
from tests.refusals import refusal

EVERYBODY_ELSE = ("U0MEMBER", "U0SAM", "U0ADMIN")


def handed_on(scene: Scene, by: str = "U0MEMBER", of: Of = Of.AGENDA) -> AgendaDocument:
    document = to_hand_on(scene.session, scene.actor(by), scene.meeting.id, of, scene.now)
    assert isinstance(document, AgendaDocument)
    return document


def asks(scene: Scene, *ways: Way, by: str = "U0MEMBER", of: Of = Of.AGENDA) -> AskedForFilesSeen:
    return ask_for_files(scene.session, scene.actor(by), scene.meeting.id, of, ways, scene.now)


def files(scene: Scene) -> list[FileOfDocument | None]:
    """As they would be sent now."""
    posts = scene.posts(PostKind.DOCUMENT)
    return [file_of_document(scene.session, scene.consortium, post, scene.now) for post in posts]


def titles(document: AgendaDocument) -> list[str]:
    return [entry.title for entry in document.agenda.entries.shown]


def test_whoever_reads_the_agenda_hands_it_on_as_it_was_published(scene: Scene) -> None:
    [one] = on_agenda(scene, "One")
    publish(scene)
    say_better(scene, one.id, "Uno")
    on_agenda(scene, "Two")

    for person in EVERYBODY_ELSE:
        document = handed_on(scene, person)
        assert (titles(document), document.is_draft, document.consortium) == (
            ["One"],
            False,
            "Sister Peace Initiatives",
        )


@pytest.mark.parametrize("of", [Of.AGENDA, Of.DRAFT])
def test_before_it_is_published_nobody_but_its_host_has_it(scene: Scene, of: Of) -> None:
    on_agenda(scene, "One")
    for person in EVERYBODY_ELSE:
        with refusal("The agenda for Thursday, January 21, 2027 is not published yet"):
            handed_on(scene, person, of)


def test_its_host_has_the_draft_as_it_would_be_published(scene: Scene) -> None:
    """Also what the proposer was not told yet, in the words of the host."""
    [one] = on_agenda(scene, "One", told=False)
    held(scene)
    placed = Placed("Uno", 20, "Ana", "Money")
    place(scene.session, curator(scene), one.id, placed, scene.now, scene.meeting.id)

    document = handed_on(scene, "U0CURATOR", Of.DRAFT)
    assert document.is_draft
    [entry] = document.agenda.entries.shown
    assert (entry.title, entry.minutes, entry.lead, entry.heading) == ("Uno", 20, "Ana", "Money")
    publish(scene)
    assert [entry] == list(handed_on(scene).agenda.entries.shown)


def test_its_host_has_what_was_changed_since_as_a_draft_and_what_is_published_where_they_ask_for_that(
    scene: Scene,
) -> None:
    on_agenda(scene, "One")
    publish(scene)
    assert not handed_on(scene, "U0CURATOR", Of.DRAFT).is_draft

    on_agenda(scene, "Two")
    draft = handed_on(scene, "U0CURATOR", Of.DRAFT)
    assert (titles(draft), draft.is_draft) == (["One", "Two"], True)
    assert titles(handed_on(scene, "U0CURATOR")) == ["One"]
    assert titles(handed_on(scene, of=Of.DRAFT)) == ["One"]


def test_a_draft_without_items_is_one_too(scene: Scene) -> None:
    document = handed_on(scene, "U0CURATOR", Of.DRAFT)
    assert (titles(document), document.is_draft) == ([], True)


def test_of_a_cancelled_meeting_it_says_so(scene: Scene) -> None:
    on_agenda(scene, "One")
    publish(scene)
    meeting = scene.meeting
    cancel(scene.session, scene.actor("U0ADMIN"), meeting.id, scene.now)
    assert agenda_of_everybody(scene.session, scene.consortium, meeting).agenda.meeting.is_cancelled


def test_a_meeting_that_is_gone_has_none(scene: Scene) -> None:
    with refusal("This meeting is no longer here"):
        to_hand_on(scene.session, curator(scene), 10**6, Of.DRAFT, scene.now)


def test_what_may_not_be_seen_is_in_no_draft(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden, _other = on_agenda(scene, "Hidden", "Two")
    may_see = Audience.may_see

    def hides(audience: Audience, thing: Thing) -> bool:
        return thing.id != hidden.id and may_see(audience, thing)

    monkeypatch.setattr(Audience, "may_see", hides)
    assert titles(handed_on(scene, "U0CURATOR", Of.DRAFT)) == ["Two"]
    assert [entry.title for entry in entries([hidden])] == []


def test_notes_are_handed_on_once_everybody_has_them(scene: Scene) -> None:
    meeting, _items = meeting_held(scene, "Rents")
    rest_is_done(scene.session, curator(scene), meeting.id, scene.now)
    with refusal("The notes of Thursday, January 21, 2027 are not sent yet"):
        to_hand_on(scene.session, scene.actor("U0MEMBER"), meeting.id, Of.NOTES, scene.now)

    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    [notes] = scene.posts(PostKind.NOTES, about=meeting.id)
    with refusal("are not sent yet"):
        to_hand_on(scene.session, curator(scene), meeting.id, Of.NOTES, scene.now)
    deliver(notes, scene.now)
    document = to_hand_on(scene.session, scene.actor("U0MEMBER"), meeting.id, Of.NOTES, scene.now)
    assert isinstance(document, NotesDocument)
    assert [one.item.title for one in document.notes.results.shown] == ["Rents"]


# --- As files


def test_who_asks_for_files_is_owed_each_in_their_direct_messages(scene: Scene) -> None:
    on_agenda(scene, "One")
    publish(scene)
    assert asks(scene, Way.PAGE, Way.SPREADSHEET) == AskedForFilesSeen(asked=2, on_their_way=2)
    assert [(post.place, post.due_at) for post in scene.posts(PostKind.DOCUMENT)] == [
        ("U0MEMBER", scene.now)
    ] * 2
    assert {one.way for one in files(scene) if one} == {Way.PAGE, Way.SPREADSHEET}
    assert asks(scene, Way.PAGE, by="U0SAM").on_their_way == 1


def test_the_same_file_comes_once_a_day_and_one_that_has_changed_comes_anew(scene: Scene) -> None:
    [one] = on_agenda(scene, "One")
    publish(scene)
    asks(scene, Way.PAGE)
    assert asks(scene, Way.PAGE, Way.MARKDOWN) == AskedForFilesSeen(asked=2, on_their_way=1)

    say_better(scene, one.id, "Uno")
    publish(scene)
    assert asks(scene, Way.PAGE).on_their_way == 1
    scene.clock.passes(days=1)
    assert asks(scene, Way.PAGE).on_their_way == 1


def test_a_file_shows_the_agenda_as_it_is_when_it_is_sent(scene: Scene) -> None:
    [one] = on_agenda(scene, "One")
    publish(scene)
    asks(scene, Way.PAGE)
    say_better(scene, one.id, "Uno")
    publish(scene)
    assert [titles(one.document) for one in files(scene) if one] == [["Uno"]]


def test_nobody_is_owed_what_they_may_not_have(scene: Scene) -> None:
    on_agenda(scene, "One")
    with refusal("is not published yet"):
        asks(scene, Way.PAGE, of=Of.DRAFT)
    assert scene.posts(PostKind.DOCUMENT) == []


def test_who_decides_for_the_host_no_longer_gets_no_draft(scene: Scene) -> None:
    """Nor does it come when it is no draft any more."""
    on_agenda(scene, "One")
    asks(scene, Way.PAGE, by="U0CURATOR", of=Of.DRAFT)
    assert [one.document.is_draft for one in files(scene) if one] == [True]
    scene.apply(**{'curators = ["U0CURATOR", "U0DEPUTY"]': 'curators = ["U0DEPUTY"]'})
    assert files(scene) == [None]


def test_of_a_cancelled_meeting_a_file_still_comes_and_says_so(scene: Scene) -> None:
    on_agenda(scene, "One")
    publish(scene)
    asks(scene, Way.PAGE)
    cancel(scene.session, scene.actor("U0ADMIN"), scene.meeting.id, scene.now)
    [post] = scene.posts(PostKind.DOCUMENT)
    seen = view(scene.session, post, scene.now)
    assert seen.document.meeting.is_cancelled


def test_notes_are_no_spreadsheet(scene: Scene) -> None:
    meeting, _items = meeting_held(scene, "Rents")
    rest_is_done(scene.session, curator(scene), meeting.id, scene.now)
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    [notes] = scene.posts(PostKind.NOTES, about=meeting.id)
    deliver(notes, scene.now)
    member = scene.actor("U0MEMBER")
    asked = ask_for_files(scene.session, member, meeting.id, Of.NOTES, tuple(Way), scene.now)
    assert asked == AskedForFilesSeen(asked=2, on_their_way=2)
    assert {one.way for one in files(scene) if one} == {Way.PAGE, Way.MARKDOWN}

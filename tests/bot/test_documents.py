"""What is handed on: the agenda as everybody may read it, a draft for its host alone, and notes once they were sent."""

import pytest

from bot.agenda import entries
from bot.audiences import Audience, Thing
from bot.cancelling import cancel
from bot.documents import agenda_of_everybody, agenda_to_hand_on, notes_to_hand_on
from bot.placing import Placed, place
from bot.results import rest_is_done, send_notes
from bot.seen.documents import AgendaDocument
from storage.post_kinds import PostKind
from tests.bot.hosting import curator, held, meeting_held, on_agenda, publish
from tests.bot.test_publishing import say_better
from tests.builders import Scene, deliver
from tests.refusals import refusal

EVERYBODY_ELSE = ("U0MEMBER", "U0SAM", "U0ADMIN")


def handed_on(scene: Scene, by: str = "U0MEMBER", *, as_it_stands: bool = False) -> AgendaDocument:
    return agenda_to_hand_on(scene.session, scene.actor(by), scene.meeting.id, as_it_stands=as_it_stands)


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


@pytest.mark.parametrize("as_it_stands", [False, True])
def test_before_it_is_published_nobody_but_its_host_has_it(scene: Scene, *, as_it_stands: bool) -> None:
    on_agenda(scene, "One")
    for person in EVERYBODY_ELSE:
        with refusal("The agenda for Thursday, January 21, 2027 is not published yet"):
            handed_on(scene, person, as_it_stands=as_it_stands)


def test_its_host_has_the_draft_as_it_would_be_published(scene: Scene) -> None:
    """Also what the proposer was not told yet, in the words of the host."""
    [one] = on_agenda(scene, "One", told=False)
    held(scene)
    placed = Placed("Uno", 20, "Ana", "Money")
    place(scene.session, curator(scene), one.id, placed, scene.now, scene.meeting.id)

    document = handed_on(scene, "U0CURATOR", as_it_stands=True)
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
    assert not handed_on(scene, "U0CURATOR", as_it_stands=True).is_draft

    on_agenda(scene, "Two")
    draft = handed_on(scene, "U0CURATOR", as_it_stands=True)
    assert (titles(draft), draft.is_draft) == (["One", "Two"], True)
    assert titles(handed_on(scene, "U0CURATOR")) == ["One"]
    assert titles(handed_on(scene, as_it_stands=True)) == ["One"]


def test_a_draft_without_items_is_one_too(scene: Scene) -> None:
    document = handed_on(scene, "U0CURATOR", as_it_stands=True)
    assert (titles(document), document.is_draft) == ([], True)


def test_of_a_cancelled_meeting_it_says_so(scene: Scene) -> None:
    on_agenda(scene, "One")
    publish(scene)
    meeting = scene.meeting
    cancel(scene.session, scene.actor("U0ADMIN"), meeting.id, scene.now)
    assert agenda_of_everybody(scene.session, scene.consortium, meeting).agenda.meeting.is_cancelled


def test_a_meeting_that_is_gone_has_none(scene: Scene) -> None:
    with refusal("This meeting is no longer here"):
        agenda_to_hand_on(scene.session, curator(scene), 10**6, as_it_stands=True)


def test_what_may_not_be_seen_is_in_no_draft(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden, _other = on_agenda(scene, "Hidden", "Two")
    may_see = Audience.may_see

    def hides(audience: Audience, thing: Thing) -> bool:
        return thing.id != hidden.id and may_see(audience, thing)

    monkeypatch.setattr(Audience, "may_see", hides)
    assert titles(handed_on(scene, "U0CURATOR", as_it_stands=True)) == ["Two"]
    assert [entry.title for entry in entries([hidden])] == []


def test_notes_are_handed_on_once_everybody_has_them(scene: Scene) -> None:
    meeting, _items = meeting_held(scene, "Rents")
    rest_is_done(scene.session, curator(scene), meeting.id, scene.now)
    with refusal("The notes of Thursday, January 21, 2027 are not sent yet"):
        notes_to_hand_on(scene.session, scene.actor("U0MEMBER"), meeting.id, scene.now)

    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    [notes] = scene.posts(PostKind.NOTES, about=meeting.id)
    with refusal("are not sent yet"):
        notes_to_hand_on(scene.session, curator(scene), meeting.id, scene.now)
    deliver(notes, scene.now)
    document = notes_to_hand_on(scene.session, scene.actor("U0MEMBER"), meeting.id, scene.now)
    assert [one.item.title for one in document.notes.results.shown] == ["Rents"]

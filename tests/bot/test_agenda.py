"""The agenda: what there is for a meeting, and what everybody may see of it."""

import pytest
from sqlalchemy import event

from bot.agenda import ON_A_PAGE, SO_FAR, told_agenda
from bot.audiences import Audience
from bot.decisions import leave_out
from bot.items import withdraw
from bot.seen.agenda import AgendaSeen, Planned
from bot.where_things_stand import listing, status
from handlers.blocks.items import leads
from handlers.blocks.pieces import no_meeting
from storage.items import Item, ItemState, Reason
from tests.bot.hosting import board_of, curator, held, on_agenda, titles
from tests.builders import Scene


def everybodys(scene: Scene) -> AgendaSeen:
    return listing(scene.session, scene.actor("U0MEMBER"), scene.now).agenda


def test_what_was_not_told_shows_to_its_host_alone(scene: Scene) -> None:
    scene.propose("Waiting")
    on_agenda(scene, "Untold", told=False)
    on_agenda(scene, "Told")
    held(scene)

    seen = everybodys(scene)
    assert (titles(seen.on_agenda.shown), seen.held.shown) == (["Told"], ())
    assert titles(seen.waiting.shown) == ["Waiting", "Untold", "Held"]  # by age: their order tells nothing
    hosts = board_of(scene)
    assert titles(hosts.on_agenda.shown) == ["Untold", "Told"]
    assert titles(hosts.waiting.shown) == ["Waiting"]
    assert titles(hosts.held.shown) == ["Held"]


def test_the_check_of_untold_decisions_catches_a_rule_that_lets_everybody_see_all(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Audience, "may_see", lambda *_: True)
    with pytest.raises(AssertionError):
        test_what_was_not_told_shows_to_its_host_alone(scene)


def test_who_brought_nothing_yet_is_known(scene: Scene) -> None:
    scene.propose(by="U0MEMBER")
    withdraw(scene.session, scene.actor("U0SAM"), scene.propose(by="U0SAM").id, scene.now)

    assert board_of(scene).without_items == ("Bayview", "Mission", "Sunset")


def test_without_a_meeting_there_is_what_waits_for_one(scene: Scene) -> None:
    scene.clock.strikes("2027-01-21 13:00")
    item = scene.propose()
    seen = everybodys(scene)

    assert (seen.meeting, seen.closes, seen.was_published) == (None, None, False)
    assert [one.id for one in seen.waiting.shown] == [item.id]


def test_until_the_next_meeting_is_set_what_the_last_one_left_behind_waits_for_it(scene: Scene) -> None:
    scene.propose("Left")
    held(scene)
    on_agenda(scene, "Discussed")
    scene.clock.strikes("2027-01-21 11:59")
    assert len(everybodys(scene).on_agenda.shown) == 1
    scene.clock.strikes("2027-01-21 12:00")  # it has ended; the next one is proposed tomorrow
    scene.propose("New")
    seen = everybodys(scene)
    assert (seen.meeting, titles(seen.waiting.shown), seen.on_agenda.shown) == (
        None,
        ["Left", "Held", "New"],
        (),
    )
    assert "3 items wait for it." in str(no_meeting(seen))


def test_the_status_counts_what_the_list_shows(scene: Scene) -> None:
    on_agenda(scene, "Told")
    on_agenda(scene, "Untold", told=False)
    held(scene)
    scene.tell(held(scene, "Held and told"))
    scene.propose("Waits")
    withdraw(scene.session, scene.actor("U0MEMBER"), scene.propose("Withdrawn").id, scene.now)
    scene.tell(
        leave_out(scene.session, curator(scene), scene.propose("Out").id, scene.now, Reason.TOO_FULL, None)
    )
    counted, listed = (
        ask(scene.session, scene.actor("U0MEMBER"), scene.now).agenda for ask in (status, listing)
    )
    assert [counted.on_agenda.count, counted.waiting.count, counted.held.count] == [1, 3, 1]
    for group in ("on_agenda", "waiting", "held", "not_taken"):
        assert getattr(counted, group).count == getattr(listed, group).count


def test_who_decides_reads_what_they_decided_before_anybody_else_does(scene: Scene) -> None:
    on_agenda(scene, "Untold", told=False)
    scene.propose("Waits")
    for ask in (status, listing):
        host, other = (
            ask(scene.session, one, scene.now) for one in (curator(scene), scene.actor("U0MEMBER"))
        )
        assert (host.agenda.on_agenda.count, host.agenda.waiting.count, host.to_decide) == (1, 1, 1)
        assert (other.agenda.on_agenda.count, other.agenda.waiting.count, other.to_decide) == (0, 2, 0)
    leave_out(scene.session, curator(scene), scene.propose("Out").id, scene.now, Reason.TOO_FULL, None)
    assert status(scene.session, curator(scene), scene.now).to_decide == 1


def page(scene: Scene, number: int) -> AgendaSeen:
    return listing(scene.session, scene.actor("U0MEMBER"), scene.now, number).agenda


def test_each_page_has_what_comes_after_the_one_before_and_counts_what_comes_after_it(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ON_A_PAGE, ItemState.ON_AGENDA, 2)
    monkeypatch.setitem(ON_A_PAGE, ItemState.WAITING, 1)
    on_agenda(scene, *"12345")
    scene.propose("6")
    scene.propose("7")
    read = [
        (titles(one.on_agenda.shown), one.on_agenda.before, one.on_agenda.more, titles(one.waiting.shown))
        for one in (page(scene, number) for number in range(3))
    ]
    assert read == [(["1", "2"], 0, 3, ["6"]), (["3", "4"], 2, 1, ["7"]), (["5"], 4, 0, [])]
    assert page(scene, 3) == page(scene, 10**9) == page(scene, 2)
    assert page(scene, 0).planned == page(scene, 2).planned == Planned(minutes=50)


def test_before_a_meeting_is_set_the_pages_are_those_of_what_waits_for_one(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ON_A_PAGE, ItemState.WAITING, 2)
    scene.clock.strikes("2027-01-21 13:00")
    for title in "123":
        scene.propose(title)
    assert titles(page(scene, 0).waiting.shown) == ["1", "2"]
    assert titles(page(scene, 1).waiting.shown) == titles(page(scene, 9).waiting.shown) == ["3"]


def test_a_message_shows_the_first_of_the_agenda_so_far_and_counts_the_others(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SO_FAR, ItemState.ON_AGENDA, 2)
    on_agenda(scene, *"123")
    scene.propose("4", minutes=None)
    seen = told_agenda(scene.session, scene.consortium, scene.meeting, scene.now)
    assert (titles(seen.on_agenda.shown), seen.on_agenda.more, seen.planned.minutes) == (["1", "2"], 1, 30)
    assert (seen.waiting.shown, seen.waiting.more) == ((), 1)


def test_the_status_knows_which_doors_stand_open(scene: Scene) -> None:
    def doors(user_id: str) -> tuple[bool, bool]:
        seen = status(scene.session, scene.actor(user_id), scene.now)
        return seen.is_host, seen.is_admin

    open_to = {user_id: doors(user_id) for user_id in ("U0CURATOR", "U0SAM", "U0MEMBER", "U0ADMIN")}
    assert open_to == {
        "U0CURATOR": (True, False),
        "U0SAM": (False, False),
        "U0MEMBER": (False, False),
        "U0ADMIN": (False, True),
    }


def test_who_leads_is_the_one_named_or_whom_it_is_for_or_the_proposer(scene: Scene) -> None:
    scene.propose(lead="Lea", on_behalf_of="Dana")
    scene.propose(on_behalf_of="Dana")
    scene.propose()

    assert [leads(item) for item in everybodys(scene).waiting.shown] == ["Lea", "Dana", "Priya Nair"]


def test_items_of_many_people_are_read_with_as_many_questions_as_those_of_one(scene: Scene) -> None:
    def questions() -> int:
        scene.session.flush()
        scene.session.expunge_all()
        asked: list[str] = []
        connection = scene.session.connection()
        note = lambda *said: asked.append(said[2])  # noqa: E731 - the same object is taken off again
        event.listen(connection, "before_cursor_execute", note)
        seen = everybodys(scene)
        assert all(item.proposer and item.collaborative for item in seen.waiting.shown)
        event.remove(connection, "before_cursor_execute", note)
        return len(asked)

    scene.propose(by="U0MEMBER")
    of_one = questions()
    for user in ("U0CURATOR", "U0DEPUTY", "U0SAM"):
        scene.propose(by=user)
    assert questions() == of_one


def test_an_agenda_that_was_read_holds_all_that_is_drawn_of_it(scene: Scene) -> None:
    """Its views are values: what happens to the rows afterwards does not reach them."""
    [item] = on_agenda(scene, "One")
    seen = board_of(scene)
    scene.session.get_one(Item, item.id).title = "Uno"
    scene.session.flush()
    scene.session.expunge_all()

    [one] = seen.on_agenda.shown
    assert seen.meeting is not None
    assert one.meeting is not None
    assert one.decision is not None
    assert (one.title, one.proposer, one.collaborative) == ("One", "Priya Nair", "CCSJ")
    assert (seen.meeting.host, one.meeting.host, one.decision.by) == ("CCSJ", "CCSJ", "Maria Vega")

"""*Copy, print, hand on…*: the words in a box, the files in a direct message, and no trace where words were removed."""

from io import BytesIO

import pikepdf
import pytest

from handlers.blocks import ids
from handlers.documents import printing
from playground.slack import Message
from playground.slack.world import File
from storage.meetings import Meeting
from tests.handlers.documents.fonts import NO_FONT_HAS
from tests.handlers.listeners.conftest import Quarter
from tests.handlers.steps import filled, on_sqlite, opened, send, shown, standing
from tests.story import SHARED

pytestmark = on_sqlite

CANARY = "Noor H."
HOST, MEMBER, ELSEWHERE = "U0CURATOR", "U0MEMBER", "U0KOFI"


@pytest.fixture
async def published(quarter: Quarter) -> Quarter:
    slack = quarter.slack
    quarter.clock.passes(minutes=1)
    await slack.clicks(MEMBER, await standing(slack), ids.ADD)
    assert await send(slack, MEMBER, title=f"What {CANARY} needs :tada:", details="In detail") == {}
    await slack.closes(MEMBER, everything=True)
    await quarter.ticks()
    await slack.clicks(HOST, in_direct(quarter, HOST)[0], ids.TAKE)
    board = await slack.types(HOST, SHARED, "/agenda curate")
    await slack.clicks(HOST, board, ids.PUBLISH)
    await quarter.ticks()
    return quarter


def in_direct(quarter: Quarter, person: str) -> list[Message]:
    return quarter.slack.world.messages[quarter.slack.direct(person).id]


def files(quarter: Quarter, person: str) -> list[File]:
    sent = [one for message in in_direct(quarter, person) for one in message.files]
    return [quarter.slack.world.files[one] for one in sent]


async def asks(quarter: Quarter, person: str, *ways: str) -> None:
    slack = quarter.slack
    await slack.clicks(person, await slack.in_channel("Agenda for"), ids.HAND_ON)
    assert await send(slack, person, files=list(ways)) == {}
    await quarter.ticks()


@pytest.mark.parametrize("person", [MEMBER, HOST, ELSEWHERE])
async def test_everybody_copies_the_agenda_from_the_message_that_tells_it(
    published: Quarter, person: str
) -> None:
    slack = published.slack
    await slack.clicks(person, await slack.in_channel("Agenda for"), ids.HAND_ON)
    form = opened(slack, person)
    assert filled(form, "to_copy:1").startswith("Sister Peace Initiatives\nAgenda for Thu, Jan 21\n\nWhen: ")
    assert f"What {CANARY} needs 🎉" in filled(form, "to_copy:1")


async def test_a_file_comes_in_a_direct_message(published: Quarter) -> None:
    await asks(published, ELSEWHERE, "page", "spreadsheet", "markdown")
    assert shown(opened(published.slack, ELSEWHERE)) == "✓ The files come to you in direct messages."
    assert sorted(file.name.rpartition(".")[2] for file in files(published, ELSEWHERE)) == [
        "csv",
        "md",
        "pdf",
    ]
    [page] = [file for file in files(published, ELSEWHERE) if file.name.endswith(".pdf")]
    assert page.name.startswith("agenda-2027-01-21-")
    with pikepdf.open(BytesIO(page.content or b"")) as document:
        assert "/StructTreeRoot" in document.Root


async def test_who_has_it_already_hears_so_and_gets_no_second_one(published: Quarter) -> None:
    await asks(published, MEMBER, "page")
    await asks(published, MEMBER, "page")
    assert shown(opened(published.slack, MEMBER)) == "✓ You have this file already, in your direct messages."
    assert len(files(published, MEMBER)) == 1


async def test_what_can_not_be_printed_comes_as_words(
    published: Quarter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "TYPESETTING", printing.TYPESETTING.with_name("no_such_program.py"))
    await asks(published, MEMBER, "page")
    [file] = files(published, MEMBER)
    assert file.name.endswith(".txt")
    assert CANARY in (file.content or b"").decode()
    assert "I could not print it, so here are the words." in shown(in_direct(published, MEMBER)[-1])


async def test_whoever_gets_boxes_for_letters_is_told(published: Quarter) -> None:
    """In the place, of which it tells too."""
    with published.database.transaction(1) as session:
        session.query(Meeting).update({"office": NO_FONT_HAS})
    await asks(published, MEMBER, "page")
    assert "Some letters stand in it as boxes." in shown(in_direct(published, MEMBER)[-1])


async def test_where_words_were_removed_no_file_has_them_any_more(published: Quarter) -> None:
    slack = published.slack
    await asks(published, MEMBER, "page", "markdown")
    assert len(files(published, MEMBER)) == 2
    board = await slack.types(HOST, SHARED, "/agenda curate")
    await slack.clicks(HOST, board, ids.ARRANGE, selected="1:place:1")
    await slack.clicks(HOST, opened(slack, HOST), ids.REMOVE)
    assert await slack.submits(HOST) == {}
    await published.ticks()

    assert files(published, MEMBER) == []
    assert not any(CANARY.encode() in (file.content or b"") for file in slack.world.files.values())
    said = [shown(one) for one in in_direct(published, MEMBER)]
    assert said.count("The words that stood here were removed.") == 2

"""The folder with fonts that whoever runs the bot has named is that from which it prints."""

from pathlib import Path

import pytest

from bot.seen.documents import Of, Way
from storage import outbox
from storage.database import Database
from storage.meetings import Meeting
from storage.post_kinds import PostKind
from tests.clock import FrozenClock
from tests.handlers.documents.fonts import NO_FONT_HAS, a_font
from tests.handlers.steps import on_sqlite, shown
from tests.story import OURS, Story, bot_in

pytestmark = on_sqlite

HOST = "U0CURATOR"


def owe_draft(database: Database, clock: FrozenClock) -> None:
    """Of an agenda for a place whose name has a letter that no font has."""
    with database.transaction(OURS) as session:
        meeting = session.query(Meeting).one()
        meeting.office = NO_FONT_HAS
        about = {
            "of": Of.DRAFT,
            "way": Way.PAGE,
            "meeting": meeting.id,
            "state": "",
            "day": "",
            "place": HOST,
        }
        key = PostKind.DOCUMENT.key(**about)
        outbox.owe(session, PostKind.DOCUMENT, key, subject_id=meeting.id, place=HOST, due=clock())


@pytest.mark.parametrize("has_font", [False, True])
async def test_a_bot_prints_with_the_fonts_of_its_folder(
    empty_slack: Story, clock: FrozenClock, owing: Database, tmp_path: Path, *, has_font: bool
) -> None:
    owe_draft(owing, clock)
    if has_font:
        a_font(tmp_path / "rare.ttf", NO_FONT_HAS)
    url = owing.engine.url.render_as_string(hide_password=False)
    async with bot_in(empty_slack, clock, url, fonts_folder=tmp_path) as at_work:
        await at_work.comes_to_rest()
    [message] = empty_slack.world.messages[empty_slack.direct(HOST).id]
    assert ("as boxes" in shown(message)) is not has_font

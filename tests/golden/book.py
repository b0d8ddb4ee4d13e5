"""The golden book: each chapter is told to a new bot in a new small Slack, and gives one page."""

from collections.abc import Awaitable, Callable
from difflib import unified_diff
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from handlers.blocks.surfaces import MESSAGE
from storage.database import Database
from tests.clock import FrozenClock
from tests.golden.chapters import (
    about_me,
    afterwards,
    asking,
    bringing,
    calendar_entries,
    cancelling,
    capabilities,
    channels,
    deciding,
    freshness,
    handing_on,
    hosting,
    in_the_room,
    joining,
    late_words,
    leaving,
    legal_holds,
    live,
    looking_back,
    meetings,
    people,
    placing,
    publishing,
    quiet,
    removing,
    separate_talks,
    setting_up,
    the_day,
    tips,
    undelivered,
)
from tests.golden.paper import parts
from tests.golden.teller import Teller, telling
from tests.handlers.renderings import RENDERINGS
from tests.story import PLAN, Story, set_up

PAGES = Path(__file__).parent / "pages"
DRAWN = "drawn"
LONG, BEGINNING = 300, 60


class Chapter(NamedTuple):
    tell: Callable[[Teller], Awaitable[None]]
    is_set_up: bool = True
    plan: str = PLAN


CHAPTERS = {
    "about me": Chapter(about_me.tell, plan=about_me.WITH_TWO_ADMINS),
    "afterwards": Chapter(afterwards.tell, plan=cancelling.WITH_TWO),
    "asking": Chapter(asking.tell, plan=cancelling.WITH_TWO),
    "bringing": Chapter(bringing.tell),
    "calendar entries": Chapter(calendar_entries.tell, plan=cancelling.WITH_TWO),
    "capabilities": Chapter(capabilities.tell),
    "cancelling": Chapter(cancelling.tell, plan=cancelling.WITH_TWO),
    "channels": Chapter(channels.tell),
    "deciding": Chapter(deciding.tell),
    "joining": Chapter(joining.tell),
    "freshness": Chapter(freshness.tell, plan=cancelling.WITH_TWO),
    "hosting": Chapter(hosting.tell, plan=hosting.WITH_AN_ADMIN),
    "handing on": Chapter(handing_on.tell),
    "legal holds": Chapter(legal_holds.tell, plan=legal_holds.WITH_TWO_ADMINS),
    "live": Chapter(live.tell, plan=cancelling.WITH_TWO),
    "in the room": Chapter(in_the_room.tell, plan=cancelling.WITH_TWO),
    "late words": Chapter(late_words.tell),
    "leaving": Chapter(leaving.tell),
    "looking back": Chapter(looking_back.tell, plan=cancelling.WITH_TWO),
    "meetings": Chapter(meetings.tell),
    "people": Chapter(people.tell),
    "placing": Chapter(placing.tell),
    "publishing": Chapter(publishing.tell),
    "quiet": Chapter(quiet.tell, plan=quiet.QUIET),
    "removing": Chapter(removing.tell),
    "separate talks": Chapter(separate_talks.tell),
    "setting up": Chapter(setting_up.tell, is_set_up=False),
    "the day": Chapter(the_day.tell),
    "tips": Chapter(tips.tell),
    "undelivered": Chapter(undelivered.tell),
}


async def told(name: str, slack: Story, clock: FrozenClock, database: Database) -> str:
    """The chapter, told anew; `slack` has no bot yet, and `database` nothing in it."""
    chapter = CHAPTERS[name]
    if chapter.is_set_up:
        set_up(database, clock, chapter.plan)
    async with telling(slack, clock, database) as teller:
        await teller.begins("The bot starts")
        await chapter.tell(teller)
        teller.ends()
    return teller.page


def drawn() -> str:
    """Every rendering, with the longest and strangest content; what is very long by its beginning and its digest."""
    pages = []
    for name, rendering in RENDERINGS.items():
        body = {"view": rendering} if isinstance(rendering, dict) else MESSAGE.shows(rendering)
        pages += [f"# {name}", "", *parts(_shortened(body)), ""]
    return "\n".join(pages)


def _shortened(thing: Any) -> Any:
    if isinstance(thing, list):
        return [_shortened(one) for one in thing]
    if isinstance(thing, dict):
        return {name: _shortened(value) for name, value in thing.items()}
    if not isinstance(thing, str) or len(thing) <= LONG:
        return thing
    digest = sha256(thing.encode()).hexdigest()[:16]
    return f"{thing[:BEGINNING]}… ({len(thing)} characters, {digest})"


def page(name: str) -> Path:
    return PAGES / f"{name.replace(' ', '_')}.txt"


def written(name: str) -> str:
    return page(name).read_text(encoding="utf-8")


def in_the_margins(what: str) -> set[str]:
    """What the last lines of the chapters say that was `heard` in them, or `posted`."""
    begun = f"{what}: "
    lines = [line for name in CHAPTERS for line in written(name).splitlines()]
    return {line.removeprefix(begun) for line in lines if line.startswith(begun)}


def difference(before: str, now: str) -> str:
    """What a person reads to see what changed on screen; nothing where nothing did."""
    return "\n".join(unified_diff(before.splitlines(), now.splitlines(), "written", "now", lineterm="", n=6))

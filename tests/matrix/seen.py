"""What became of something sent: which rows changed, and in which words the person was told."""

import re
from typing import Any

from handlers.blocks.spoken import spoken_text
from playground.slack import Message
from playground.slack.world import World
from storage.database import Base
from tests.builders import NOON

NOTHING_WAS_DONE = re.compile("Nothing was (changed|added)|so nothing was published|I do not know you yet")
FAILED = {"failed": True}
"""In place of an answer: Slack is to try again."""
THEIRS = 1
"""The id of the other consortium, which was there first."""

Json = dict[str, Any]
Rows = dict[str, list[tuple[Any, ...]]]


def became(before: Rows, after: Rows, words: str, answer: Json) -> str:
    """In the words of the table; in others where the table could not allow it."""
    if "went wrong" in words or answer == FAILED:
        return "broke"
    if _of_others(after) != _of_others(before):
        return "changed what is another's"
    if _only_asks_about_a_channel(before, after) and not words:
        return "asks again"
    if _acts(before, after):
        return "looks again" if _only_looks_again(before, after) and not words else "acts"
    is_said, is_corrected = bool(NOTHING_WAS_DONE.search(words)), "errors" in answer
    if is_said or is_corrected:
        refused = "refused" if is_said else "corrected"
        return refused if after == before else f"{refused}, but not without a trace"
    return "shows" if words else "silent"


def words_to(person: str, world: World, card: Message, answer: Json) -> str:
    """All that this person was shown; nobody else may have been shown anything."""
    messages = [one for there in world.messages.values() for one in there if one is not card or one.text]
    readers = {one.only_for for one in messages} | {who for who, forms in world.forms.items() if forms}
    assert readers | set(world.homes) <= {person}, "somebody else was told"
    assert answer.get("response_type", "ephemeral") == "ephemeral", "everybody was told"
    views = [view.content for view in (*world.forms[person], *world.homes.values())]
    views += [answer["view"]] if "view" in answer else []
    said = [one.text for one in messages] + [_spoken(view) for view in views]
    return "\n".join([*said, *answer.get("errors", {}).values(), answer.get("text", "")]).strip()


def _spoken(view: Json) -> str:
    """With the title: a form may be nothing but fields."""
    title = view.get("title", {}).get("text", "")
    return f"{title}\n{spoken_text(view['blocks'], limit=40_000)}"


def _acts(before: Rows, after: Rows) -> bool:
    """That something was heard, or somebody was met, is no deed."""
    changed = {table for table in after if after[table] != before[table]} - {"input"}
    return bool(changed - {"person"} if _only_met(before, after) else changed)


def _only_met(before: Rows, after: Rows) -> bool:
    """Whether of people there is only a new one, who is nothing yet."""
    gone, new = _difference(before, after)
    return not gone and all(not one["is_admin"] and one["collaborative_id"] is None for one in new)


def _only_looks_again(before: Rows, after: Rows) -> bool:
    """Whether all that changed is that we take for old what we know of one person."""
    [gone, new] = _difference(before, after)
    rest = {table: rows for table, rows in after.items() if table != "person"}
    is_only_people = rest == {table: rows for table, rows in before.items() if table != "person"}
    was = gone[0] if len(gone) == 1 else {}
    return is_only_people and new in ([was | {"named_at": None, "asked_at": None}], [was | {"left_at": NOON}])


def _only_asks_about_a_channel(before: Rows, after: Rows) -> bool:
    """A channel is to be asked about, and people of other workspaces whether they are still in it. Nobody is let in by that."""
    changed = {table for table in after if after[table] != before[table]}
    _gone, new = _difference(before, after)
    return "channel" in changed <= {"channel", "person"} and all(one["doubted_at"] for one in new)


def _difference(before: Rows, after: Rows) -> tuple[list[Json], list[Json]]:
    """The people as they were who are not so any more, and as they are who were not so."""
    columns = Base.metadata.tables["person"].columns.keys()
    was, now = before["person"], after["person"]
    gone, new = [row for row in was if row not in now], [row for row in now if row not in was]
    return [dict(zip(columns, row, strict=True)) for row in gone], [
        dict(zip(columns, row, strict=True)) for row in new
    ]


def _of_others(rows: Rows) -> Rows:
    """All but heartbeats have an owner."""
    theirs = {}
    for name, found in rows.items():
        owner = (
            Base.metadata.tables[name].columns.keys().index("id" if name == "consortium" else "consortium_id")
        )
        theirs[name] = [row for row in found if row[owner] == THEIRS]
    return theirs

"""Draws the life of a post by walking the machine. `python -m tests.storage.life_drawn` prints it for docs/post-life.md."""

import re
import sys
from collections import defaultdict
from functools import cache
from itertools import permutations

from storage.happenings import Happening, Tried
from storage.post_facts import TRIES_IN_ORDER, Life, PostState
from storage.post_life import after
from storage.post_tries import FAILURES
from tests.builders import NOON
from tests.storage.lives import HAPPENINGS, walked

CANNOT = "error"
STAYS = "stays"
UNCHANGED = ""
Steps = dict[str, dict[PostState, set[str]]]


def words(happening: Happening) -> str:
    """What happens, in words: the name of its class, or of what became of a try."""
    return _spaced(type(happening.outcome if isinstance(happening, Tried) else happening).__name__)


def _spaced(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r" \1", name).lower()


@cache
def steps() -> Steps:
    """By what happens, and by the state before: all states in which it may end, `STAYS` where only facts change."""
    found: Steps = defaultdict(lambda: defaultdict(set))
    for happening in HAPPENINGS:
        for life in walked():
            found[words(happening)][life.state] |= _step(life, happening)
    return found


def _step(life: Life, happening: Happening) -> set[str]:
    try:
        later = after(life, happening, NOON)
    except LookupError:
        return set()
    if later == life:
        return {UNCHANGED}
    return {STAYS if later.state == life.state else later.state.value}


def diagram() -> str:
    """The arrows, in Mermaid's words."""
    names = [f'    state "{state.value}" as {_node(state)}' for state in PostState if " " in state.value]
    arrows = [f"    {_node(start)} --> {_node(end)} : {told}" for (start, end), told in _arrows().items()]
    return "\n".join(["stateDiagram-v2", *names, f"    [*] --> {_node(PostState.DUE)} : owed", *arrows])


def _arrows() -> dict[tuple[PostState, PostState], str]:
    """What leads from one state to another."""
    known = steps()
    labels = {
        (start, end): ", ".join(told for told, by_state in known.items() if end.value in by_state[start])
        for start, end in permutations(PostState, 2)
    }
    return {arrow: told for arrow, told in labels.items() if told}


def _node(state: PostState) -> str:
    return state.value.replace(" ", "_")


def table() -> str:
    """A row for everything that can happen, a column for each state."""
    header = ["", *(state.value for state in PostState)]
    rows = [[told, *(_cell(by_state[state]) for state in PostState)] for told, by_state in steps().items()]
    return "\n".join(map(_line, [header, ["---"] * len(header), *rows]))


def failures() -> str:
    """A row for each way in which a try can fail, from the machine's own table."""
    header = ["", "others pass it", "meanwhile", "tries", "at last"]
    rows = [
        [
            _spaced(outcome.__name__),
            f"after {TRIES_IN_ORDER}" if row.own else "",
            row.meanwhile,
            str(row.tries) if row.may_be_for_good else "for ever",
            row.at_last,
        ]
        for outcome, row in FAILURES.items()
    ]
    return "\n".join(map(_line, [header, ["---"] * len(header), *rows]))


def _cell(ends: set[str]) -> str:
    """Where it may end, the states first; it may also leave some as they are."""
    if not ends:
        return CANNOT
    return ", ".join(end for end in (*PostState, STAYS) if end in ends)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.stdout.write(f"{diagram()}\n\n{table()}\n\n{failures()}\n")

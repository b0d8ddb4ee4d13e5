"""The rooms of the code and who asks whom, drawn from the imports: `python -m tests.picture` writes it into the README."""

from collections.abc import Iterable
from pathlib import Path

import grimp

README = Path(__file__).parent.parent / "README.md"
HOUSES = ("program", "handlers", "bot", "storage", "playground")
DRAWN_AS_ONE = {"playground"}
NOT_DRAWN = ("storage.migrations", "bot.__main__")
"""What Alembic and what operators begin with: nobody imports them."""
LOOSE = {"program": "the wiring", "bot": "the verbs", "storage": "the record", "playground": "playground/"}
"""What stands loose in a house."""
BEGIN, END = "```mermaid\nflowchart TB\n", "```\n"

Arrow = tuple[str, str]
"""Who asks, and who is asked."""


def imports() -> grimp.ImportGraph:
    """Who imports whom, without the modules that nobody imports and which begin somewhere else."""
    graph = grimp.build_graph(*HOUSES)
    for module in sorted(graph.modules):
        if f"{module}.".startswith(tuple(f"{one}." for one in NOT_DRAWN)):
            graph.remove_module(module)
    return graph


def room_of(module: str, graph: grimp.ImportGraph) -> str:
    """A folder in a house, or the house itself for what stands in it loose. The loose modules of handlers are rooms of their own."""
    house, *inner = module.split(".")
    if not inner or house in DRAWN_AS_ONE:
        return house
    room = f"{house}.{inner[0]}"
    return room if house == "handlers" or graph.find_children(room) else house


def rooms(graph: grimp.ImportGraph) -> list[str]:
    found = {room_of(module, graph) for module in graph.modules}
    return sorted(found - {"handlers"}, key=lambda room: (HOUSES.index(room.split(".")[0]), room))


def arrows(graph: grimp.ImportGraph) -> set[Arrow]:
    """Between rooms, and none that says what others say already."""
    asked = {
        (room_of(module, graph), room_of(imported, graph))
        for module in graph.modules
        for imported in graph.find_modules_directly_imported_by(module)
    }
    return shortest(into_the_rooms({(asks, other) for asks, other in asked if asks != other}))


def into_the_rooms(drawn: set[Arrow]) -> set[Arrow]:
    """Where a house and a room in it ask each other, the arrow into the room stays: the house is made of its rooms.

    What a room asks of its house are the few modules that rooms and verbs stand on; the contracts in pyproject name them.
    """
    return {(a, b) for a, b in drawn if not (a.startswith(f"{b}.") and (b, a) in drawn)}


def shortest(drawn: set[Arrow]) -> set[Arrow]:
    """Without the arrows that lead where a longer way leads too. ValueError where rooms ask each other in a circle."""
    leads = closure(drawn)
    if circle := sorted(a for a, b in leads if a == b):
        raise ValueError(f"These rooms ask each other in a circle: {', '.join(circle)}")
    via = {(a, c) for a, b in drawn for b_, c in leads if b == b_}
    return drawn - via


def closure(drawn: Iterable[Arrow]) -> set[Arrow]:
    leads = set(drawn)
    while more := {(a, d) for a, b in leads for c, d in leads if b == c} - leads:
        leads |= more
    return leads


def picture(graph: grimp.ImportGraph) -> str:
    """As Mermaid reads it: a frame for a house, a box for a room."""
    lines = [line for house in HOUSES for line in _house(house, rooms(graph))]
    lines += [f"{_name(asks)} --> {_name(asked)}" for asks, asked in sorted(arrows(graph))]
    return BEGIN + "".join(f"    {line}\n" for line in lines) + END


def _house(house: str, every_room: list[str]) -> list[str]:
    boxes = [f'{_name(room)}["{_label(room)}"]' for room in every_room if room.split(".")[0] == house]
    if len(boxes) == 1:
        return boxes
    return [f'subgraph house_{house}["{house}/"]', *(f"    {box}" for box in boxes), "end"]


def _name(room: str) -> str:
    return room.replace(".", "_")


def _label(room: str) -> str:
    return LOOSE.get(room) or room.rsplit(".", 1)[-1]


def picture_in(text: str) -> str:
    """The picture that stands in the text; ValueError where there is none, or more than one."""
    _, inside = text.split(BEGIN)
    return BEGIN + inside.split(END, 1)[0] + END


def write() -> None:
    text = README.read_text(encoding="utf-8")
    README.write_text(text.replace(picture_in(text), picture(imports())), encoding="utf-8")


if __name__ == "__main__":
    write()

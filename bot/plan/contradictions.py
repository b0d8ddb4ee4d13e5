"""What in a plan contradicts itself: twins, hosts that are no members, members of two collaboratives."""

from collections.abc import Iterator

from bot.errors import AnyOf, Words
from bot.plan.faults import TITLES, Fault, Tables, entries
from bot.reading.suggestions import close_to
from bot.reading.text import as_a_name


def contradictions(tables: Tables) -> list[Fault]:
    """The values that fit their place and contradict another."""
    return [*_twins(tables), *_strange_hosts(tables), *_torn(tables)]


def _twins(tables: Tables) -> Iterator[Fault]:
    said = {
        "collaborative": Words("Another collaborative above has the same name."),
        "meeting": Words("Another meeting above is on the same day."),
    }
    for table, key in TITLES.items():
        seen: set[str] = set()
        for number, entry in entries(tables, table):
            value = _alike(entry.get(key))
            if value and value in seen:
                yield Fault((table, number, key), said[table])
            seen.add(value)


def _strange_hosts(tables: Tables) -> Iterator[Fault]:
    names = [
        entry["name"].strip()
        for _n, entry in entries(tables, "collaborative")
        if isinstance(entry.get("name"), str)
    ]
    for number, entry in entries(tables, "meeting"):
        host = entry.get("host")
        if isinstance(host, str) and host.strip() and host.strip() not in names:
            yield Fault(("meeting", number, "host"), _no_host(host, names))


def _no_host(host: str, names: list[str]) -> Words:
    near = close_to(host, names)
    if near:
        return Words(
            "No collaborative of this file is called “{host}”. Did you mean {suggestions}?",
            host=host,
            suggestions=AnyOf(tuple(near)),
        )
    return Words("No collaborative of this file is called “{host}”.", host=host)


def _torn(tables: Tables) -> Iterator[Fault]:
    """Members of two collaboratives: the bot asks people which one they are with."""
    home: dict[str, int] = {}
    for number, entry in entries(tables, "collaborative"):
        members = entry.get("members")
        for place, member in enumerate(members if isinstance(members, list) else ()):
            if isinstance(member, str) and home.setdefault(member.strip(), number) != number:
                said = Words("{person} is a member of another collaborative above.", person=member)
                yield Fault(("collaborative", number, "members", place), said)


def _alike(value: object) -> str:
    return as_a_name(str(value or ""))

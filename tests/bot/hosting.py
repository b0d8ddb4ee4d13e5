"""What a host does: puts items on the agenda, looks at the board, and publishes."""

from collections.abc import Iterable

from bot import board, publishing
from bot.decisions import add_to_agenda, hold
from bot.meetings import arrange
from bot.people import Actor
from bot.seen.agenda import AgendaSeen
from bot.seen.items import ItemSeen
from storage.items import Item
from storage.meetings import Meeting, Publication, last_publications
from tests.builders import Scene, an_arrangement

OVER = "2027-01-21 12:00"
"""The end of the meeting of January."""


def curator(scene: Scene) -> Actor:
    return scene.actor("U0CURATOR")


def on_agenda(scene: Scene, *titles: str, told: bool = True) -> list[Item]:
    items = [scene.propose(title, minutes=10) for title in titles]
    for item in items:
        add_to_agenda(scene.session, curator(scene), item.id, scene.now)
        if told:
            scene.tell(item)
    return items


def held(scene: Scene, title: str = "Held") -> Item:
    return hold(scene.session, curator(scene), scene.propose(title).id, scene.now)


def board_of(scene: Scene) -> AgendaSeen:
    return board.board(scene.session, curator(scene), scene.meeting.id, scene.now)


def publish(scene: Scene) -> AgendaSeen:
    return publishing.publish(scene.session, curator(scene), scene.meeting.id, scene.now)


def publications(scene: Scene) -> list[Publication]:
    """The newest, and the one before it."""
    return last_publications(scene.session, scene.meeting)


def meeting_held(scene: Scene, *titles: str, at: str = OVER) -> tuple[Meeting, list[Item]]:
    """The meeting of January, with these on its agenda, and the one of April after it."""
    meeting, items = scene.meeting, on_agenda(scene, *titles)
    host_of_april = scene.collaborative("Bayview")
    there = an_arrangement(day=meeting.day.replace(month=4, day=15), office=host_of_april.office)
    arrange(scene.session, scene.consortium, host_of_april, there, scene.now)
    scene.clock.strikes(at)
    return meeting, items


def titles(items: Iterable[ItemSeen]) -> list[str]:
    return [item.title for item in items]

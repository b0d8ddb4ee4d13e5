"""Joining: two items go together, both keep their authors, and both authors are told."""

from bot.decisions import add_to_agenda
from bot.joining import join
from bot.own_items import own_page
from bot.seen.items import ItemSeen
from storage.items import Item
from storage.post_kinds import PostKind
from tests.bot.hosting import board_of, curator, titles
from tests.builders import Scene


def joined(scene: Scene, item: Item, other: Item, title: str | None = None) -> Item:
    return join(
        scene.session,
        curator(scene),
        item.id,
        scene.now,
        other_id=other.id,
        title=title,
        meeting_id=scene.meeting.id,
    )


def two(scene: Scene) -> tuple[Item, Item]:
    """Of a member, and of a curator of another collaborative."""
    return scene.propose("Bus routes", minutes=10), scene.propose("Night buses", by="U0SAM", minutes=20)


def own(scene: Scene, person: str) -> ItemSeen:
    return own_page(scene.session, scene.actor(person), scene.now).items.shown[0].item


def test_two_that_wait_go_together_and_are_decided_at_once(scene: Scene) -> None:
    routes, buses = two(scene)
    assert joined(scene, buses, routes, "Buses") is routes
    [seen] = board_of(scene).waiting.shown
    assert (seen.title, titles(seen.joined)) == ("Bus routes", ["Night buses"])

    add_to_agenda(scene.session, curator(scene), routes.id, scene.now)
    board = board_of(scene)
    [seen] = board.on_agenda.shown
    assert (seen.title, titles(seen.joined), board.planned.minutes) == ("Buses", ["Night buses"], 10)
    assert [post.place for post in scene.posts(PostKind.OUTCOME)] == ["U0MEMBER", "U0SAM"]

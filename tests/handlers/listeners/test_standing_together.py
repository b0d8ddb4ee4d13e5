"""Posts that stand together in one message live apart: none costs another its words, its buttons or its time."""

from collections.abc import AsyncIterator
from datetime import timedelta
from random import Random

import pytest
from aiohttp import web

from bot.questions import ask
from handlers.blocks.ids import BOARD, HOLD, STATUS, TAKE, UNDO
from playground.slack import App, Refused, ServerError
from playground.slack.app import SCOPES
from playground.slack.faults import Answering, Disliked, Fault, RateLimited
from storage.consortia import every_consortium
from storage.database import Database
from storage.items import Item, ItemState
from storage.post_facts import TRIES_IN_ORDER, PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import across_consortia
from tests.bot.hosting import curator
from tests.builders import Scene
from tests.clock import FrozenClock
from tests.handlers.listeners.test_quiet import QUIET, brings, messages, time_passes
from tests.handlers.quarter import CURATORS, Quarter
from tests.handlers.steps import on_sqlite, shown
from tests.long_forms import shortened
from tests.story import OURS, SHARED, Story, bot_in

pytestmark = [on_sqlite, pytest.mark.slow]

NOTHING: dict[str, Fault] = {}
NO_EDITS: dict[str, Fault] = {"chat.update": ServerError(503)}


@pytest.fixture
async def quiet(quarter: Quarter) -> Quarter:
    await quarter.plans(QUIET, curators=CURATORS)
    return quarter


@pytest.fixture
async def blindfolded(clock: FrozenClock, founded: str, database: Database) -> AsyncIterator[Quarter]:
    """A quarter in which the bot may not look whether its messages are there."""
    slack = Story(clock, app=App(scopes=frozenset(one for one in SCOPES if "history" not in one)))
    await slack.start()
    async with bot_in(slack, clock, database.engine.url.render_as_string(hide_password=False)) as running:
        quarter = Quarter(slack, database, clock, running)
        await quarter.ticks()
        await quarter.plans(QUIET)
        yield quarter
    await slack.stop()


def items_asked_about(quarter: Quarter, place: str) -> list[int]:
    return [post.subject_id for post in quarter.posts(PostKind.CARD) if post.place == place]


async def minutes_pass(quarter: Quarter, minutes: int, times: int) -> None:
    for _ in range(times):
        quarter.clock.passes(minutes=minutes)
        await quarter.ticks()


async def test_changes_of_one_message_become_one_edit(quiet: Quarter) -> None:
    await brings(quiet, *(f"Item {number}" for number in range(8)))
    before = quiet.calls("chat.update")
    await quiet.plans(QUIET.replace('starts = "10:00"', 'starts = "11:00"'), curators=CURATORS)
    of_the_doors = 1
    assert quiet.calls("chat.update") - before == 1 + of_the_doors


async def test_what_changes_while_it_is_shown_along_is_edited_once_more(quiet: Quarter) -> None:
    await brings(quiet, "Rents", "Food")
    [message] = quiet.cards(CURATORS)
    first, second = items_asked_about(quiet, CURATORS)
    for item in (first, second):
        await quiet.slack.clicks("U0CURATOR", message, TAKE, value=f"{item}:1")
    await quiet.ticks()
    [message] = quiet.slack.world.messages[CURATORS]
    assert str(message.blocks).count(UNDO) == 2


async def test_what_has_no_room_for_its_words_is_another_message(quiet: Quarter) -> None:
    for number in range(6):
        await quiet.slack.types("U0MEMBER", SHARED, f"/agenda add Item {number}\n{'word ' * 580}end{number}.")
        await quiet.ticks()
    read = [shown(one) for one in quiet.cards(CURATORS)]
    assert len(read) > 1
    assert all(any(f"end{number}." in one for one in read) for number in range(6))


async def test_what_an_edit_leaves_no_room_for_stands_there_in_short(quiet: Quarter) -> None:
    with quiet.database.transaction(OURS) as session:
        scene = Scene.found(session, quiet.clock)
        items = [scene.propose(f"Item {number}").id for number in range(12)]
    await quiet.ticks()
    assert [str(one.blocks).count(TAKE) for one in quiet.cards(CURATORS)] == [12]
    with quiet.database.transaction(OURS) as session:
        for words in ("Which one?", "Since when?"):
            ask(session, curator(Scene.found(session, quiet.clock)), items[0], quiet.clock(), words=words)
    await minutes_pass(quiet, 1, 2)
    [full] = quiet.cards(CURATORS)
    assert "Since when?" in full.text
    assert "Item 11" in full.text
    whole = str(full.blocks).count(TAKE)
    assert 0 < whole < 12
    await quiet.slack.clicks("U0CURATOR", full, STATUS)
    assert BOARD in str(quiet.slack.seen_by("U0CURATOR", CURATORS)[-1].blocks)
    assert [one for one in quiet.posts(PostKind.CARD) if one.state != PostState.SENT] == []


async def test_whatever_is_undone_in_a_full_message_has_its_buttons(quiet: Quarter) -> None:
    for number in range(13):
        await brings(quiet, f"Item number {number}")
        newest = items_asked_about(quiet, CURATORS)[-1]
        await quiet.slack.clicks("U0CURATOR", quiet.cards(CURATORS)[-1], TAKE, value=f"{newest}:1")
        await quiet.ticks()
    for message in list(quiet.slack.world.messages[CURATORS]):
        for item in items_asked_about(quiet, CURATORS):
            if f"'{item}:1'" in str(message.blocks):
                await quiet.slack.clicks("U0CURATOR", message, UNDO, value=f"{item}:1")
                await quiet.ticks()
    assert sum(str(one.blocks).count(TAKE) for one in quiet.slack.world.messages[CURATORS]) == 13


@pytest.mark.parametrize("word", ["503", "disliked"])
async def test_where_edits_fail_and_posting_works_what_is_new_is_a_message_of_its_own(
    quiet: Quarter, word: str
) -> None:
    await brings(quiet, "Forbidden")
    disliked = Disliked("Forbidden", ServerError(403))
    weather = NO_EDITS if word == "503" else {"chat.update": disliked, "chat.postMessage": disliked}
    quiet.slack.weather_becomes(weather.get)
    await brings(quiet, "Food")
    await minutes_pass(quiet, 2, TRIES_IN_ORDER + 3)
    assert [one.text.split("\n")[0] for one in quiet.cards(CURATORS)] == ["Forbidden", "Food"]


async def test_what_had_trouble_is_shown_soon_after_an_edit_of_its_message_gets_through(
    quiet: Quarter,
) -> None:
    await brings(quiet, "Rents", "Food")
    [message] = quiet.cards(CURATORS)
    first, second = items_asked_about(quiet, CURATORS)
    quiet.slack.weather_becomes(NO_EDITS.get)
    await quiet.slack.clicks("U0CURATOR", message, TAKE, value=f"{second}:1")
    await minutes_pass(quiet, 6, 7)
    quiet.slack.weather_becomes(NOTHING.get)
    await quiet.slack.clicks("U0CURATOR", message, HOLD, value=f"{first}:1")
    await minutes_pass(quiet, 2, 2)  # so long an edit of before may still be stored
    [message] = quiet.slack.world.messages[CURATORS]
    assert str(message.blocks).count(UNDO) == 2


@pytest.mark.parametrize("is_stored", [False, True])
async def test_nobody_is_asked_whether_something_joined_a_message_and_it_stands_there(
    blindfolded: Quarter, *, is_stored: bool
) -> None:
    await brings(blindfolded, "Rents")
    blindfolded.slack.next_answer("chat.update", ServerError(503, stored=is_stored))
    await brings(blindfolded, "Food")
    await minutes_pass(blindfolded, 2, 2)
    for host in ("U0CURATOR", "U0DEPUTY"):
        [message] = messages(blindfolded, host)
        assert str(message.blocks).count(TAKE) == 2
    first = items_asked_about(blindfolded, "U0CURATOR")[0]
    await blindfolded.slack.clicks("U0CURATOR", messages(blindfolded)[0], TAKE, value=f"{first}:1")
    await time_passes(blindfolded)
    assert "Food" in messages(blindfolded)[0].text


async def test_what_joined_and_was_never_written_down_is_shown_again(quiet: Quarter) -> None:
    """Whoever sent it was killed, and the others were shown without it before anybody looked."""
    await brings(quiet, "Rents", "Food")
    [message] = quiet.cards(CURATORS)
    first, _second = items_asked_about(quiet, CURATORS)
    with quiet.database.transaction() as session, across_consortia(session):
        joined = (
            session.query(Post).filter_by(kind=PostKind.CARD, place=CURATORS).order_by(Post.id.desc()).first()
        )
        assert joined is not None
        joined.state, joined.ts, joined.channel_id, joined.sent_at = PostState.SENDING, None, None, None
        joined.shown_version, joined.lease_until = 0, quiet.clock()
    await quiet.slack.clicks("U0CURATOR", message, TAKE, value=f"{first}:1")
    await minutes_pass(quiet, 2, 6)
    [message] = quiet.slack.world.messages[CURATORS]
    assert "Food" in message.text


async def test_an_edit_that_arrives_late_puts_nothing_old_over_what_others_were_shown(quiet: Quarter) -> None:
    await brings(quiet, "Rents", "Food")
    [message] = quiet.cards(CURATORS)
    first, second = items_asked_about(quiet, CURATORS)
    late: list[Answering] = []

    async def is_late(answering: Answering, _request: web.Request) -> web.Response:
        late.append(answering)
        return web.Response(status=503)

    quiet.slack.weather_becomes({"chat.update": is_late}.get)
    await quiet.slack.clicks("U0CURATOR", message, TAKE, value=f"{first}:1")
    await minutes_pass(quiet, 2, TRIES_IN_ORDER)
    quiet.slack.weather_becomes(NOTHING.get)
    await quiet.slack.clicks("U0CURATOR", message, HOLD, value=f"{second}:1")
    await quiet.ticks()
    quiet.clock.passes(seconds=40)
    await quiet.ticks()
    late[-1]()
    await minutes_pass(quiet, 2, 6)
    [message] = quiet.slack.world.messages[CURATORS]
    assert str(message.blocks).count(UNDO) == 2


async def test_after_a_restore_a_bot_that_may_not_look_holds_up_nobody(blindfolded: Quarter) -> None:
    await brings(blindfolded, "Rents")
    with blindfolded.database.transaction() as session:
        [ours] = every_consortium(session)
        ours.gap_since, ours.gap_until = blindfolded.clock(), blindfolded.clock() + timedelta(minutes=1)
    await minutes_pass(blindfolded, 5, 1)
    [first] = items_asked_about(blindfolded, "U0CURATOR")
    await blindfolded.slack.clicks("U0CURATOR", messages(blindfolded)[0], TAKE, value=f"{first}:1")
    await minutes_pass(blindfolded, 2, 3)
    await brings(blindfolded, "Food")
    await minutes_pass(blindfolded, 2, 3)
    assert any("Food" in one.text for one in messages(blindfolded))


REFUSALS = ["edit_window_closed", "cant_update_message", "msg_too_long", "invalid_blocks"]


@pytest.mark.parametrize("word", REFUSALS)
async def test_what_joined_unnoticed_and_is_refused_then_stands_there_once(quiet: Quarter, word: str) -> None:
    await brings(quiet, "Rents")
    quiet.slack.next_answer("chat.update", ServerError(503, stored=True))
    await brings(quiet, "Food")
    quiet.slack.weather_becomes({"chat.update": Refused(word)}.get)
    await minutes_pass(quiet, 2, 8)
    quiet.slack.weather_becomes(NOTHING.get)
    await minutes_pass(quiet, 10, 8)
    text = "\n".join(one.text for one in quiet.slack.world.messages[CURATORS])
    assert text.count("Food") == 1


@pytest.mark.parametrize("seed", shortened(range(6), range(2)))
async def test_by_chance_each_item_that_waits_can_be_pressed_once(quiet: Quarter, seed: int) -> None:
    chance, brought = Random(seed), 0

    def weather(method: str) -> Fault | None:
        if (
            method not in ("chat.update", "chat.postMessage", "conversations.history")
            or chance.random() < 0.55
        ):
            return None
        faults: list[Fault] = [ServerError(503), RateLimited(20), Refused("internal_error")]
        if method != "conversations.history":
            faults += [ServerError(503, stored=True), ServerError(502, stored=True)]
        return chance.choice(faults)

    quiet.slack.weather_becomes(weather)
    for _ in range(22):
        if chance.random() < 0.45:
            brought += 1
            await quiet.slack.types("U0MEMBER", SHARED, f"/agenda add Item{brought}x")
        elif choices := to_be_pressed(quiet):
            message, what, value = chance.choice(choices)
            await quiet.slack.clicks("U0CURATOR", message, what, value=value)
        await minutes_pass(quiet, chance.choice([0, 1, 2, 7]), 1)
    quiet.slack.weather_becomes(NOTHING.get)
    await minutes_pass(quiet, 10, 26)
    with quiet.database.transaction() as session, across_consortia(session):
        waiting = [
            f"{one.id}:{one.meeting_id}" for one in session.query(Item) if one.state == ItemState.WAITING
        ]
    offered = [value for _, what, value in to_be_pressed(quiet) if what == TAKE]
    assert sorted(offered) == sorted(waiting)
    text = "\n".join(one.text for one in quiet.slack.world.messages[CURATORS])
    assert [text.count(f"Item{number}x") for number in range(1, brought + 1)] == [1] * brought


def to_be_pressed(quarter: Quarter) -> list[tuple[object, str, str]]:
    found = []
    for message in quarter.slack.world.messages[CURATORS]:
        for block in message.blocks:
            elements = [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]
            found += [
                (message, one["action_id"], one["value"])
                for one in elements
                if one.get("action_id") in (TAKE, HOLD, UNDO)
            ]
    return found

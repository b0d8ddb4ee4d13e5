"""Messages that did not get through: what admins are told, what the host is asked, and what becomes of an answer."""

from copy import deepcopy
from datetime import timedelta

from bot.cards import redraw_cards
from bot.undelivered import ask_whether_it_is_there, tell_admins, tell_admins_of_files
from storage import outbox
from storage.consortia import Places, consortium_at
from storage.items import lock_item
from storage.people import Who
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post, post_by_key
from tests.golden.teller import Teller
from tests.story import OURS, SHARED

WORDS = (
    "not_in_channel",
    "missed",
    "is_archived",
    "missing_scope",
    "user_disabled",
    "AttributeError",
)
WITHOUT_FILE = (
    "storage_limit_reached",
    "file_uploads_disabled",
    "FileNotShared",
    "TimeoutError",
)
TRIED_ON = (("restricted_action", 0), ("HTTP 403", 5), ("TimeoutError", 5))
"""With how often it failed by itself: five times, and others pass it."""
HOST = "U0CURATOR"


async def tell(teller: Teller) -> None:
    await teller.types("U0MEMBER", "add Budget cuts (15 min)")
    for kind in PostKind:
        await _is_lost(teller, kind, f"C0-{kind}", "invalid_blocks")
    for error in WORDS:
        await _is_lost(teller, PostKind.AGENDA, SHARED, error)
    for error, hindrances in TRIED_ON:
        await _is_lost(teller, PostKind.AGENDA, SHARED, error, state=PostState.DUE, hindrances=hindrances)
    for error in WITHOUT_FILE:
        await _goes_without_its_file(teller, error)
    await _is_lost(teller, PostKind.CARD, "C0CURATORS", "not_in_channel")
    await _is_lost(teller, PostKind.OUTCOME, "U0SAM", "user_disabled")
    await _is_lost(teller, PostKind.OUTCOME, "U0SAM", "channel_not_found")
    await _is_asked_for(teller, PostKind.CARD, HOST)
    await _answered(teller, "post.it_is_there", "post.again")
    await _is_asked_for(teller, PostKind.STANDING, SHARED)
    await _leaves_and_is_back(teller, Who("T0SISTER", "U0DEPUTY"))
    await _answered(teller, "post.again", "post.it_is_there")
    await _known_by_now(teller)
    await _not_reached(teller)


async def _is_lost(
    teller: Teller,
    kind: PostKind,
    place: str,
    error: str,
    *,
    state: PostState = PostState.FAILED,
    hindrances: int = 0,
) -> None:
    with teller.database.transaction(OURS) as session:
        consortium_at(session, OURS, Places.STAY)
        key = f"lost:{kind}:{place}:{error}"
        outbox.owe(session, kind, key, subject_id=7777, place=place, due=teller.clock())
        lost = post_by_key(session, key)
        lost.state, lost.error, lost.hindrances = state, error, hindrances
        lost.due_at += (
            timedelta(days=365) if state == PostState.DUE else timedelta()
        )  # the bot leaves it alone
        tell_admins(session, lost, teller.clock())
    await teller.comes_to_light(f"a post of kind {kind} for {place} is lost: {error}")


async def _goes_without_its_file(teller: Teller, error: str) -> None:
    with teller.database.transaction(OURS) as session:
        consortium_at(session, OURS, Places.STAY)
        kind, place, key = PostKind.CALENDAR_FILE, "U0SAM", f"alone:{error}"
        outbox.owe(session, kind, key, subject_id=7777, place=place, due=teller.clock())
        post = post_by_key(session, key)
        post.state, post.error = PostState.SENT, error
        tell_admins_of_files(session, post, teller.clock())
    await teller.comes_to_light(f"words for {place} went without their file: {error}")


async def _is_asked_for(teller: Teller, kind: PostKind, place: str) -> None:
    with teller.database.transaction(OURS) as session:
        consortium_at(session, OURS, Places.STAY)
        lost = session.query(Post).filter_by(kind=kind, place=place, error=None).first()
        lost.state, lost.fence, lost.may_be_there = PostState.UNKNOWN, lost.fence + 1, True
        ask_whether_it_is_there(session, lost, teller.clock())
    await teller.comes_to_light(f"of a post of kind {kind} for {place} nobody knows whether it is there")


async def _leaves_and_is_back(teller: Teller, who: Who) -> None:
    await teller.slack.leaves(who.user_id, SHARED)
    await teller.comes_to_light("of the two who were asked, one leaves the shared channel")
    await teller.slack.joins(who.user_id, SHARED)
    await teller.comes_to_light("who had left the shared channel is back")


async def _answered(teller: Teller, first: str, second: str) -> None:
    question = deepcopy(teller.direct(HOST, "Did this message arrive?"))
    deputys = deepcopy(teller.direct("U0DEPUTY", "Did this message arrive?"))
    [value] = {
        one["value"] for block in question.blocks for one in block.get("elements", []) if "value" in one
    }
    await teller.forges("U0MEMBER", first, value)
    await teller.clicks(HOST, question, first)
    await teller.clicks("U0DEPUTY", deputys, second)
    await teller.forges(HOST, second, "9999")


async def _known_by_now(teller: Teller) -> None:
    with teller.database.transaction(OURS) as session:
        sent = session.query(Post).filter_by(kind=PostKind.CARD, place="U0DEPUTY").first()
        sent_id = sent.id
    await teller.forges(HOST, "post.again", str(sent_id))


async def _not_reached(teller: Teller) -> None:
    """The proposer can't be told what was decided."""
    await teller.forges(HOST, "item.take", "1")
    await teller.minutes_pass(5)
    with teller.database.transaction(OURS) as session:
        [outcome] = session.query(Post).filter_by(kind=PostKind.OUTCOME, subject_id=1)
        outcome.state, outcome.error = PostState.FAILED, "user_disabled"
        redraw_cards(session, lock_item(session, 1))
    await teller.comes_to_light("Slack turns out not to have taken the outcome")

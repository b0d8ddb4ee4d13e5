"""Bringing items, as people do it in Slack."""

import pytest
from sqlalchemy import select

from bot.reading.text import set_apart
from handlers.blocks.ids import ADD, ADD_AGAIN, EDIT, LEAVE_OUT, MINE, TAKE, WITHDRAW
from storage.database import Database
from storage.items import Item
from tests.clock import FrozenClock
from tests.handlers.steps import (
    at_rest,
    everything,
    filled,
    next_meeting_is_proposed,
    on_sqlite,
    opened,
    send,
    shown,
    standing,
    wakes_delivery,
)
from tests.story import OURS, SHARED, Story


async def test_one_line_is_answered_privately_with_where_it_lands(slack: Story) -> None:
    receipt = await slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts and how we respond (15 min)")

    assert receipt.only_for == "U0MEMBER"
    assert "Budget cuts and how we respond · 15 min" in receipt.text
    assert (
        "Thursday, January 21, 2027, 10:00 AM \N{EN DASH} 12:00 PM\n1 Main St, San Francisco" in receipt.text
    )
    assert (
        "CCSJ will read it and answer you by Thursday, January 14, 2027. It is not on the agenda yet."
        in receipt.text
    )
    assert "[Edit] [Withdraw]" in receipt.text


@on_sqlite
async def test_a_pasted_list_is_several_items(slack: Story) -> None:
    pasted = "/agenda add • Intake lines (5 min)\n• Night patrol\n  with the youth workers\n• Grants [Alan]"
    receipt = await slack.types("U0MEMBER", SHARED, pasted)

    assert "We got 3 items" in receipt.text
    mine = await slack.clicks("U0MEMBER", receipt, MINE)
    assert "Intake lines · 5 min" in mine.text
    card = await slack.in_direct("U0CURATOR", "Night patrol")
    assert "with the youth workers" in card.text
    assert "Alan via Priya Nair" in (await slack.in_direct("U0CURATOR", "Grants")).text


@on_sqlite
@pytest.mark.parametrize(
    "typed", ["● Rent\n● Food (10 min)", "a) Rent\nb) Food 10min", ":one: Rent\n:two: Food [10 min]"]
)
async def test_a_list_with_any_mark_is_several_items(slack: Story, typed: str) -> None:
    receipt = await slack.types("U0MEMBER", SHARED, f"/agenda add {typed}")
    assert "We got 2 items.\n• Rent\n• Food · 10 min\n" in receipt.text


@on_sqlite
async def test_a_receipt_shows_what_became_details_and_how_to_bring_several(slack: Story) -> None:
    receipt = await slack.types("U0MEMBER", SHARED, "/agenda add Rent\nFood\nBus passes")
    assert "✓ We got it.\n• Rent\nFood\nBus passes\nThese lines are the details of one item." in receipt.text
    listed = await slack.types("U0MEMBER", SHARED, "/agenda add - Rent\nand why\nand how\n- Food\nand what")
    assert "• Rent · 2 lines of details\n• Food · 1 line of details\n" in listed.text
    plain = await slack.types("U0MEMBER", SHARED, "/agenda add Rent")
    assert "details" not in plain.text


@on_sqlite
async def test_somebody_new_is_shown_the_same(slack: Story) -> None:
    question = await slack.types("U0NEW", SHARED, "/agenda add Rent\nFood for under 30 minutes")
    assert "• Rent\nFood for under 30 minutes\nThese lines are the details of one item." in question.text
    asked = await slack.types("U0NEW", SHARED, "/agenda add Visits under 30 minutes")
    assert "I left “30 minutes” in the title." in asked.text


@on_sqlite
@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("Rent [alan]", "Is this on behalf of “alan”? If not, please edit it."),
        ("[Alan] Rent", "Is this on behalf of “Alan”? If not, please edit it."),
        (
            "Visits (15-20 min)",
            "I left “15-20 min” in the title. If it is how long this takes, please edit it.",
        ),
        ("- Rent [alan]\n- Food", "Is this on behalf of “alan”? If not, please edit it."),
    ],
)
async def test_a_receipt_asks_where_it_is_in_doubt(slack: Story, typed: str, question: str) -> None:
    receipt = await slack.types("U0MEMBER", SHARED, f"/agenda add {typed}")
    assert f"\n{question}\n" in receipt.text
    sure = await slack.types("U0MEMBER", SHARED, "/agenda add Rent [Alan] (15 min)")
    assert "edit it" not in sure.text


@on_sqlite
async def test_whom_it_is_for_is_mended_in_its_form(slack: Story) -> None:
    receipt = await slack.types("U0MEMBER", SHARED, "/agenda add Rent [the budget]")
    card = await slack.in_direct("U0CURATOR", "Rent")
    assert "From the budget via Priya Nair" in card.text
    await slack.clicks("U0MEMBER", receipt, EDIT)
    assert filled(opened(slack, "U0MEMBER"), "on_behalf_of") == "the budget"
    assert await send(slack, "U0MEMBER", on_behalf_of="Alan") == {}
    assert "• Rent · on behalf of Alan" in shown(opened(slack, "U0MEMBER"))
    await slack.in_direct("U0CURATOR", "From Alan via Priya Nair")
    await slack.clicks("U0MEMBER", receipt, EDIT)
    assert await send(slack, "U0MEMBER", on_behalf_of=None) == {}
    await slack.in_direct("U0CURATOR", "From Priya Nair")


@on_sqlite
@pytest.mark.parametrize("sign", ["\u200b", "\u3164", "\u2800", "\ufe0f\u200d", "\U000e0041"])
async def test_what_shows_nothing_is_nothing(
    slack: Story, database: Database, clock: FrozenClock, sign: str
) -> None:
    before = await everything(database, clock)
    await slack.types("U0MEMBER", SHARED, f"/agenda add {sign}")
    assert (await send(slack, "U0MEMBER", title=sign))["title"] == "An item needs a title."
    await slack.closes("U0MEMBER")
    await slack.types("U0MEMBER", SHARED, f"/agenda tip {sign}")
    assert (await send(slack, "U0MEMBER", topic="General", text=sign))[
        "text"
    ] == "What would you like to share?"
    await slack.closes("U0MEMBER")
    refused = await slack.types("U0MEMBER", SHARED, f"/agenda tip referrals: {sign}")
    assert "What would you like to share?" in refused.text
    assert await everything(database, clock) == before


@on_sqlite
async def test_twenty_one_items_at_once_are_refused_and_given_back(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    before = await everything(database, clock)
    pasted = "\n".join(f"• item {number}" for number in range(21))
    refusal = await slack.types("U0MEMBER", SHARED, f"/agenda add {pasted}")

    assert "up to 20" in refusal.text
    assert "• item 20" in refusal.text
    assert await everything(database, clock) == before


@on_sqlite
async def test_a_bare_add_opens_a_form_which_becomes_the_receipt(slack: Story) -> None:
    assert await slack.types("U0MEMBER", SHARED, "/agenda add") is None
    sent = await send(
        slack,
        "U0MEMBER",
        title="Youth program",
        wish="advice",
        minutes=20,
        details="What worked last summer?",
        links="https://example.org/report",
        lead="Alan",
    )

    assert sent == {}
    receipt = shown(opened(slack, "U0MEMBER"))
    assert "Youth program · 20 min" in receipt
    assert "answer you by" in receipt
    card = (await slack.in_direct("U0CURATOR", "Youth program")).text
    for words in ("What worked last summer?", "https://example.org/report", "Led by Alan", "Ask for advice"):
        assert words in card


@on_sqlite
async def test_an_edit_begins_with_what_is_there_and_reaches_the_hosts_card(slack: Story) -> None:
    receipt = await slack.types("U0MEMBER", SHARED, "/agenda add Budget (15 min)")
    card = await slack.in_direct("U0CURATOR", "Budget")
    await slack.clicks("U0MEMBER", receipt, EDIT)
    form = opened(slack, "U0MEMBER")
    assert (filled(form, "title"), filled(form, "minutes")) == ("Budget", "15")

    assert await send(slack, "U0MEMBER", title="Budget cuts", minutes=25) == {}

    saved = shown(opened(slack, "U0MEMBER"))
    assert "✓ Saved\n• Budget cuts · 25 min" in saved
    assert "answer you by" in saved
    await slack.until(lambda: "Budget cuts · 25 min" in card.text)


@on_sqlite
async def test_an_edit_of_what_is_on_the_agenda_promises_no_decision(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    receipt = await slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", "Budget"), TAKE)
    clock.passes(minutes=5)
    await wakes_delivery(slack)
    await at_rest(database, clock)
    await slack.clicks("U0MEMBER", receipt, EDIT)
    assert await send(slack, "U0MEMBER", title="Budget cuts") == {}
    saved = shown(opened(slack, "U0MEMBER"))
    assert "This item is on the agenda for Thu, Jan 21." in saved
    assert "answer you by" not in saved


@on_sqlite
async def test_withdrawing_is_asked_about_first(slack: Story) -> None:
    receipt = await slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    [edit, withdraw] = receipt.blocks[-1]["elements"]
    assert "confirm" not in edit
    assert withdraw["confirm"]["title"]["text"] == "Withdraw this item?"


@on_sqlite
async def test_the_receipt_says_that_a_date_is_not_confirmed_yet(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    clock.strikes("2027-01-22 09:00")
    await next_meeting_is_proposed(slack, database, clock)
    receipt = await slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    assert "Bayview has yet to confirm this date." in receipt.text


@on_sqlite
async def test_what_was_not_taken_is_brought_again_in_its_own_words(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    long = "word " * 1000 + "end."
    await slack.types("U0MEMBER", SHARED, f"/agenda add Budget [Alan] (15 min)\n{long}")
    await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", "Budget"), LEAVE_OUT)
    assert await send(slack, "U0CURATOR", reason="too full") == {}
    clock.passes(minutes=5)
    await wakes_delivery(slack)
    told = await slack.in_direct("U0MEMBER", "It is not on the agenda for")
    assert "It then goes to the host of the next meeting" in told.text

    await slack.clicks("U0MEMBER", told, ADD_AGAIN)
    form = opened(slack, "U0MEMBER")
    assert (filled(form, "title"), filled(form, "minutes")) == ("Budget", "15")
    assert await send(slack, "U0MEMBER", title="Budget, with figures") == {}
    assert "✓ We got it.\n• Budget, with figures · 15 min" in shown(opened(slack, "U0MEMBER"))
    with database.transaction(OURS) as session:
        again = session.scalars(select(Item).order_by(Item.id.desc())).first()
        assert (again.details, again.on_behalf_of) == (long, "Alan")


@on_sqlite
async def test_an_edit_keeps_the_details_that_its_form_could_not_show(
    slack: Story, database: Database
) -> None:
    long = "word " * 1000 + "end."
    receipt = await slack.types("U0MEMBER", SHARED, f"/agenda add Budget\n{long}")
    await slack.clicks("U0MEMBER", receipt, EDIT)
    assert len(filled(opened(slack, "U0MEMBER"), "details")) <= 3000

    assert await send(slack, "U0MEMBER", title="Budget cuts") == {}
    assert _details(database) == long

    await slack.clicks("U0MEMBER", receipt, EDIT)
    assert await send(slack, "U0MEMBER", details="Short now.") == {}
    assert _details(database) == "Short now."


@on_sqlite
@pytest.mark.parametrize("lists_own_items", [False, True], ids=["the receipt", "the list of one's own"])
async def test_an_item_is_withdrawn_from(slack: Story, *, lists_own_items: bool) -> None:
    where = await slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    card = await slack.in_direct("U0CURATOR", "Budget")
    if lists_own_items:
        where = await slack.types("U0MEMBER", SHARED, "/agenda mine")

    await slack.clicks("U0MEMBER", where, WITHDRAW)

    assert "Withdrawn" in where.text
    await slack.until(lambda: "Priya Nair has withdrawn this item" in card.text)
    assert "[Add to agenda]" not in card.text


@on_sqlite
async def test_what_is_withdrawn_from_a_list_leaves_the_rest_of_that_page(slack: Story) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add " + "\n".join(f"- Item {n}" for n in range(1, 17)))
    mine = await slack.types("U0MEMBER", SHARED, "/agenda mine")
    await slack.clicks("U0MEMBER", mine, MINE)  # the second page takes the place of the first
    assert ("Item 2" in mine.text, "Item 3" in mine.text) == (True, False)
    await slack.clicks("U0MEMBER", mine, WITHDRAW, value="2:1")
    assert "Withdrawn:\n• Item 2" in mine.text
    assert ("Item 1 ·" in mine.text, "Item 3" in mine.text) == (True, False)
    await slack.clicks("U0MEMBER", mine, WITHDRAW, value="1:1")
    assert "Item 16" in mine.text, "of a page that is not there any more, the last"


@on_sqlite
async def test_hosts_hear_of_what_leaves_their_agenda_in_a_message_of_its_own(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    receipt = await slack.types("U0MEMBER", SHARED, "/agenda add • Budget\n• Parking")
    await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", "Budget"), TAKE)
    mine = await slack.clicks("U0MEMBER", receipt, MINE)
    for item in ("1", "2"):
        await slack.clicks("U0MEMBER", mine, WITHDRAW, value=f"{item}:0")
    await at_rest(database, clock)
    for curator in ("U0CURATOR", "U0DEPUTY"):
        told = await slack.in_direct(curator, "Priya Nair has withdrawn an item that was on the agenda")
        assert "Budget" in told.text
        assert not any(
            "withdrawn an item" in one.text and "Parking" in one.text
            for one in slack.world.messages[slack.direct(curator).id]
        )


@on_sqlite
async def test_everything_works_inside_forms_as_deep_as_slack_stacks_them(slack: Story) -> None:
    await slack.clicks("U0KOFI", await standing(slack), ADD)
    assert await send(slack, "U0KOFI", title="Parking") == {}
    for title in ("Parking lots", "Parking at night", "Parking by day", "Parking, finally"):
        await slack.clicks("U0KOFI", opened(slack, "U0KOFI"), EDIT)
        assert await send(slack, "U0KOFI", title=title) == {}
        assert title in shown(opened(slack, "U0KOFI"))

    await slack.clicks("U0KOFI", opened(slack, "U0KOFI"), WITHDRAW)
    assert "Withdrawn" in shown(opened(slack, "U0KOFI"))
    await slack.clicks("U0KOFI", opened(slack, "U0KOFI"), MINE)
    assert "You have nothing on the list yet" in shown(opened(slack, "U0KOFI"))


@on_sqlite
async def test_only_its_author_changes_an_item(slack: Story, database: Database, clock: FrozenClock) -> None:
    theirs = await slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    mine = await slack.types("U0SAM", SHARED, "/agenda add Parking")
    before = await everything(database, clock)
    for action in (EDIT, WITHDRAW):
        _pretend(mine, action, theirs)
        refusal = await slack.clicks("U0SAM", mine, action)
        assert "Only the person who added an item can change it" in refusal.text
    assert await everything(database, clock) == before


@on_sqlite
async def test_an_item_withdrawn_meanwhile_is_not_edited(slack: Story) -> None:
    receipt = await slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await slack.clicks("U0MEMBER", receipt, EDIT)
    mine = await slack.types("U0MEMBER", SHARED, "/agenda mine")
    await slack.clicks("U0MEMBER", mine, WITHDRAW)

    assert "withdrawn this item already" in (await send(slack, "U0MEMBER", title="Cuts"))["title"]
    assert filled(opened(slack, "U0MEMBER"), "title") == "Cuts"


async def test_the_same_command_delivered_twice_is_one_item(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    before = await everything(database, clock)
    answers = [await slack.again(), await slack.again(resigned=True)]

    assert all("counts once" in answer.payload["text"] for answer in answers)
    assert await everything(database, clock) == before


async def test_the_same_form_delivered_twice_is_one_item(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    await slack.clicks("U0MEMBER", await standing(slack), ADD)
    await send(slack, "U0MEMBER", title="Budget")
    before = await everything(database, clock)
    answer = await slack.again(resigned=True)

    assert "counts once" in answer.payload["errors"]["title"]
    assert await everything(database, clock) == before


@on_sqlite
@pytest.mark.parametrize("typed", ["/agenda add (15 min)", "/agenda add [Alan]", "/agenda add -"])
async def test_a_line_without_a_title_is_given_back_with_an_example(
    slack: Story, database: Database, clock: FrozenClock, typed: str
) -> None:
    before = await everything(database, clock)
    refusal = await slack.types("U0MEMBER", SHARED, typed)

    assert "Try: /agenda add Budget cuts" in refusal.text
    assert typed in refusal.text
    assert await everything(database, clock) == before


@on_sqlite
async def test_a_title_of_spaces_is_named_at_its_field_and_the_form_stays_filled(slack: Story) -> None:
    await slack.clicks("U0MEMBER", await standing(slack), ADD)
    refused = await send(slack, "U0MEMBER", title="   \u200f ", details="all that I typed")

    assert refused == {"title": "An item needs a title."}
    assert filled(opened(slack, "U0MEMBER"), "details") == "all that I typed"


AWKWARD = [
    "the payload of payload=1 and payload",
    "Research & <development>, 1 < 2 &amp; so on",
    "<!channel> <!here> <@U0ADMIN> <https://example.org|lie>",
    "\u202ehidden\u202c *bold* _under_ ~no~ `code` :tada:",
    "👩🏽‍🚒🎉 é e\u0301 שלום",
    "https://example.org/?a=1&b=2 mailto:x@example.org",
]


@on_sqlite
@pytest.mark.parametrize("title", AWKWARD)
async def test_words_are_kept_exactly_and_shown_harmlessly(slack: Story, title: str) -> None:
    receipt = await slack.types("U0MEMBER", SHARED, f"/agenda add {_as_slack_sends(title)}")
    card = await slack.in_direct("U0CURATOR", _as_slack_sends(title))

    for message in (receipt, card):
        runs = [run for block in message.blocks for run in _runs(block)]
        assert set_apart(title) in "".join(run.get("text") or f":{run['name']}:" for run in runs)
        assert {run["type"] for run in runs} <= {"text", "emoji"}
        assert _as_slack_sends(title) in message.text
    await slack.clicks("U0MEMBER", receipt, EDIT)
    assert filled(opened(slack, "U0MEMBER"), "title") == title


@on_sqlite
async def test_a_title_of_three_thousand_characters_is_cut_visibly_and_stands_whole_in_the_details(
    slack: Story, database: Database
) -> None:
    title = "a very long title " * 166
    receipt = await slack.types("U0MEMBER", SHARED, f"/agenda add {title}")

    assert "…" in receipt.text
    assert _details(database) == title.strip()


def _as_slack_sends(text: str) -> str:
    """docs.slack.dev/messaging/formatting-message-text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _runs(part: object) -> list[dict]:
    """The runs of words in rich text."""
    if isinstance(part, list):
        return [run for one in part for run in _runs(one)]
    if not isinstance(part, dict):
        return []
    if part.get("type") in ("text", "link", "user", "broadcast", "usergroup", "channel", "emoji"):
        return [part]
    return _runs(part.get("elements", []))


def _pretend(mine: object, action: str, theirs: object) -> None:
    """The same button with somebody else's item in it, as a forged payload would have it."""
    value = {
        element["action_id"]: element["value"]
        for block in theirs.blocks
        for element in block.get("elements", [])
        if block["type"] == "actions"
    }[action]
    for block in mine.blocks:
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            if element["action_id"] == action:
                element["value"] = value


def _details(database: Database) -> str | None:
    with database.transaction(OURS) as session:
        return session.scalar(select(Item.details))

"""Items: brought by a line, a list or a form; said better, taken back; and what can't be brought."""

from copy import deepcopy
from functools import partial

from tests.golden.teller import Teller


async def tell(teller: Teller) -> None:
    await teller.types("U0MEMBER", "")
    await teller.types("U0MEMBER", "list")
    await teller.types("U0MEMBER", "mine")
    await _by_a_line(teller)
    await _as_it_is_pasted(teller)
    await _by_a_form(teller)
    await _what_can_not_be(teller)
    await _from_elsewhere(teller)
    await _by_somebody_new(teller)
    await _said_better_and_taken_back(teller)
    await _late(teller)
    await _with_everything(teller)


async def _by_a_line(teller: Teller) -> None:
    await teller.types("U0MEMBER", "add Budget cuts and how we respond (15 min)")
    await teller.types("U0MEMBER", "add Grant reports [Alan] (1 hr 30 min)")
    await teller.types("U0SAM", "add - Parking (5 min)\n- Night patrol\n  with the youth workers")
    await teller.clicks("U0MEMBER", await teller.types("U0MEMBER", "list"), "item.read")
    await teller.slack.closes("U0MEMBER")
    await teller.forges("U0MEMBER", "item.read", "1")
    await teller.slack.closes("U0MEMBER")


async def _as_it_is_pasted(teller: Teller) -> None:
    """Lists from documents, lengths and names as people write them; and what is shown or asked where it may be meant otherwise."""
    await teller.types("U0MEMBER", "add ● Rent\n● Food (10 min)")
    await teller.types("U0MEMBER", "add :one: Rent\n:two: Food 10min\nfor the weekend\nand the holidays")
    await teller.types("U0MEMBER", "add 90. Geburtstag von Frau Muster, half an hour")
    await teller.types("U0MEMBER", "add Rent increase\n15 min\nWe got a letter.\nWhat now?")
    await teller.types("U0MEMBER", "add [Alan] Bus passes 15 min")
    await teller.types("U0MEMBER", "add Rent increase [draft]")
    await teller.types("U0MEMBER", "add Visits (15-20 min) [the youth team]")
    await teller.types("U0MEMBER", "add :tada: Party at 10:30:45 :wave::skin-tone-3:")


async def _by_a_form(teller: Teller) -> None:
    await teller.types("U0MEMBER", "add")
    await teller.sends("U0MEMBER", title="Rents")
    said = teller.shared("The agenda of")
    for shortcut, message in (("item.bring", None), ("item.bring_message", said)):
        use = partial(teller.slack.uses_shortcut, "U0SAM", shortcut, message)
        await teller.happens(f"Sam Whitfield uses the shortcut {shortcut}", use)
        await teller.slack.closes("U0SAM")
    await teller.clicks("U0MEMBER", teller.shared("The agenda of"), "item.add")
    await teller.sends(
        "U0MEMBER",
        title="A shared intake form",
        wish="decide",
        minutes="20",
        details="Four forms ask the same things.\nOne could do.",
        links="https://example.org/intake",
        lead="Rosa Lind",
    )
    await teller.slack.closes("U0MEMBER", everything=True)
    listed = await teller.types("U0SAM", "list")
    [menu] = [one for block in listed.blocks for one in block.get("elements", ()) if "options" in one]
    await teller.clicks("U0SAM", listed, "item.read", selected=menu["options"][-1]["value"])
    await teller.slack.closes("U0SAM")


async def _what_can_not_be(teller: Teller) -> None:
    await teller.types("U0MEMBER", "add (15 min)")
    await teller.types("U0MEMBER", "add -")
    await teller.types("U0MEMBER", "add Budget (12 hours)")
    await teller.types("U0MEMBER", "add " + "\n".join(f"- Item {number}" for number in range(21)))
    await teller.types("U0MEMBER", "add")
    await teller.tampers("U0MEMBER", title=" \u200e")
    await teller.tampers("U0MEMBER", title="x" * 201)
    await teller.tampers("U0MEMBER", title="Rents", minutes="481")
    await teller.tampers("U0MEMBER", title="Rents", wish="a pony")
    await teller.slack.closes("U0MEMBER")
    for action in ("item.edit", "item.withdraw", "item.add_again"):
        await teller.forges("U0SAM", action, "1")
        await teller.forges("U0MEMBER", action, "9999")
        await teller.forges("U0MEMBER", action, "twelve")


async def _from_elsewhere(teller: Teller) -> None:
    await teller.clicks("U0KOFI", teller.shared("The agenda of"), "item.add")
    await teller.sends("U0KOFI", title="Language lines", minutes="10")
    await teller.clicks("U0KOFI", teller.shared("The agenda of"), "item.mine")
    await teller.clicks("U0KOFI", teller.shared("The agenda of"), "agenda.list")


async def _by_somebody_new(teller: Teller) -> None:
    question = await teller.types("U0NEW", "add Legal clinic on Mondays (10 min)")
    await teller.slack.closes("U0NEW")
    await teller.types("U0NEW", "mine")
    await teller.types("U0NEW", "add - Child care\n- Rides")
    await teller.slack.closes("U0NEW")
    await teller.clicks("U0NEW", question, "membership.join")
    await teller.tampers("U0NEW", collaborative="9999")
    await teller.sends("U0NEW", collaborative="4")
    await teller.clicks("U0NEW", question, "membership.join")
    await teller.tampers("U0NEW", collaborative="2")
    await teller.sends("U0NEW", collaborative="4")
    await teller.types("U0NEW", "mine")


async def _said_better_and_taken_back(teller: Teller) -> None:
    mine = await teller.types("U0MEMBER", "mine")
    await teller.clicks("U0MEMBER", mine, "item.edit", value="1")
    await teller.tampers("U0MEMBER", title="")
    await teller.sends("U0MEMBER", title="Budget cuts", minutes="30", details="With figures")
    await teller.clicks("U0MEMBER", mine, "item.edit", value="1")
    stale = deepcopy(mine)
    await teller.clicks("U0MEMBER", mine, "item.withdraw", value="1:0")
    await teller.sends("U0MEMBER", title="Too late")
    await teller.clicks("U0MEMBER", stale, "item.edit", value="1")
    await teller.clicks("U0MEMBER", stale, "item.withdraw", value="1:0")
    await teller.forges("U0CURATOR", "item.take", "1")
    await teller.types("U0MEMBER", "mine")
    await teller.types("U0CURATOR", "list")


async def _late(teller: Teller) -> None:
    await teller.time_comes("2027-01-14 12:00")
    await teller.types("U0MEMBER", "")
    await teller.time_comes("2027-01-16 12:00")
    await teller.types("U0MEMBER", "add Something urgent")
    await teller.types("U0SAM", "add - Water\n- Power")
    await teller.types("U0CURATOR", "")


async def _with_everything(teller: Teller) -> None:
    """Words that Slack would read as marks, in every field."""
    await teller.types("U0MEMBER", "add *Bold* <@U0SAM> & <https://example.org|link> `code` :tada:")
    await teller.clicks("U0SAM", teller.shared("The agenda of"), "item.add")
    await teller.sends("U0SAM", title="<!channel> again", details="a < b & c > d", lead="_Someone_")
    await teller.types("U0ADMIN", "add From an admin")
    await teller.types("U0SAM", "add " + "\n".join(f"- Item {number}" for number in range(20)))
    mine = await teller.types("U0SAM", "mine")
    await teller.clicks("U0SAM", mine, "item.mine", value="page:1")
    await teller.types("U0SAM", "list")
    await teller.time_comes("2027-01-18 09:00")

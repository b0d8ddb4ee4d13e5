"""Who is let in, and words that mean nothing: help, Home, strangers, accounts that were closed, trouble at Slack's."""

from playground.slack import Refused, ServerError
from storage.people import Person
from storage.tenancy import across_consortia
from tests.golden.teller import Teller
from tests.handlers.steps import standing
from tests.story import SHARED


async def tell(teller: Teller) -> None:
    await _help(teller)
    await _home(teller)
    await _strangers(teller)
    await _closed_accounts(teller)
    await _trouble(teller)


async def _help(teller: Teller) -> None:
    await teller.types("U0MEMBER", "help")
    for typed in ("lsit", "addd Two things", "Budget cuts next year", "ad Budget", "xyzzy", "add Rents"):
        await teller.types("U0MEMBER", typed)
    status = await teller.types("U0MEMBER", "")
    helped = await teller.clicks("U0MEMBER", status, "help.show")
    await teller.clicks("U0MEMBER", helped, "agenda.status")
    await teller.clicks("U0MEMBER", status, "digest.preview")
    await teller.clicks("U0KOFI", await standing(teller.slack), "help.show")


async def _home(teller: Teller) -> None:
    for person in ("U0MEMBER", "U0CURATOR", "U0ADMIN", "U0NEW"):
        await teller.opens_home(person)
    home = await teller.opens_home("U0CURATOR")
    for action in ("agenda.list", "item.mine", "agenda.board", "help.show", "digest.preview", "tip.find"):
        await teller.clicks("U0CURATOR", home, action)
        await teller.slack.closes("U0CURATOR", everything=True)
    await teller.clicks("U0CURATOR", home, "item.add")
    await teller.sends("U0CURATOR", title="From Home")
    await teller.slack.closes("U0CURATOR", everything=True)
    await teller.clicks("U0CURATOR", home, "agenda.board")
    await teller.clicks("U0CURATOR", teller.form("U0CURATOR"), "item.take", block_id="board:2")
    await teller.slack.closes("U0CURATOR", everything=True)


async def _strangers(teller: Teller) -> None:
    await teller.types("U0OUTSIDE", "", "C0OTHER")
    await teller.types("U0OUTSIDE", "add Budget", "C0OTHER")
    await teller.opens_home("U0OUTSIDE")
    await teller.types("U0NEW", "", "C0OTHER")
    await teller.happens(
        "Priya Nair leaves the shared channel", lambda: teller.slack.leaves("U0MEMBER", SHARED)
    )
    await teller.types("U0MEMBER", "list", "C0OTHER")
    await teller.happens("Priya Nair joins it again", lambda: teller.slack.joins("U0MEMBER", SHARED))
    await teller.types("U0MEMBER", "list", "C0OTHER")
    channel = teller.slack.world.channels[SHARED]
    channel.members.remove(teller.slack.app.user_id)
    teller.slack.next_answer("conversations.members", Refused("not_in_channel"))
    await teller.types("U0OUTSIDE", "add Budget", "C0OTHER")
    for word in ("internal_error", "missing_scope"):
        teller.slack.next_answer("conversations.members", Refused(word))
        await teller.types("U0OUTSIDE", "add Budget", "C0OTHER")
    channel.members.append(teller.slack.app.user_id)


async def _closed_accounts(teller: Teller) -> None:
    await teller.happens("Sam Whitfield is deactivated", lambda: teller.slack.deactivates("U0SAM"))
    await teller.forges("U0SAM", "agenda.list", "all")
    await teller.happens("Sam Whitfield is reactivated", lambda: teller.slack.reactivates("U0SAM"))
    await teller.types("U0SAM", "mine")
    with teller.database.transaction() as session, across_consortia(session):
        session.query(Person).filter_by(user_id="U0SAM").one().is_bot = True
    await teller.types("U0SAM", "list")
    teller.slack.add_person("U0LATE", "T0SISTER", "Lata Comer")
    channel = teller.slack.world.channels[SHARED]
    channel.members.append("U0LATE")
    for fault in (Refused("user_not_found"), Refused("internal_error")):
        teller.slack.next_answer("users.info", fault)
        await teller.types("U0LATE", "list")
    wires, late = teller.slack._wires, teller.slack.world.people["U0LATE"]
    typed = wires.payloads.command(late, channel, "/agenda", "list")
    late.team_id = "T0OTHER"
    await wires.deliveries.deliver(typed)
    await teller.tells("somebody types /agenda list under the name of Lata Comer, of another workspace")


async def _trouble(teller: Teller) -> None:
    teller.slack.next_answer("views.open", Refused("expired_trigger_id"))
    await teller.types("U0MEMBER", "add")
    teller.slack.next_answer("views.publish", ServerError(500))
    await teller.opens_home("U0MEMBER")
    with teller.database.transaction() as session:
        session.connection().exec_driver_sql("ALTER TABLE tip RENAME TO lost")
    await teller.types("U0MEMBER", "tip General: Breathe")
    await teller.types("U0MEMBER", "tips")

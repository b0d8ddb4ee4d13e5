"""What Slack has not granted: admins hear so once, it is not offered, and whoever presses what stands there hears what there is instead."""

from copy import deepcopy

from playground.slack import Refused
from tests.golden.teller import Teller

HOST, AUTHOR, SAM = "U0CURATOR", "U0MEMBER", "U0SAM"


async def tell(teller: Teller) -> None:
    await teller.types(AUTHOR, "add Bus routes\nWhich lines?")
    await teller.forges(SAM, "me_too.say", "1")
    await teller.forges(HOST, "item.take", "1:1")
    await teller.forges(HOST, "agenda.publish", "1")
    await teller.types(AUTHOR, "add Rents")
    await teller.forges(SAM, "me_too.say", "2")
    await teller.forges(HOST, "agenda.arrange", "2:separately:1", kind="overflow")
    await teller.sends(HOST)
    await teller.time_comes("2026-11-30 09:00")
    above = teller.shared("We talk about this separately")
    await _refused_where_slack_tells_no_scopes(teller)
    of_before = deepcopy(above)
    await _some_are_missing(teller)
    await teller.clicks(SAM, of_before, "separate.group")
    await teller.clicks(SAM, teller.shared("Agenda for"), "calendar.file")
    await _words_alone(teller)


async def _refused_where_slack_tells_no_scopes(teller: Teller) -> None:
    await teller.clicks(SAM, teller.shared("We talk about this separately"), "separate.group")
    teller.slack.next_answer("conversations.open", Refused("missing_scope"))
    await teller.sends(SAM)
    await teller.slack.closes(SAM, everything=True)


async def _some_are_missing(teller: Teller) -> None:
    teller.slack.app.scopes -= {"mpim:write", "files:write"}
    await teller.opens_home(SAM)
    await teller.minutes_pass(1)
    await teller.minutes_pass(1)


async def _words_alone(teller: Teller) -> None:
    await teller.clicks(SAM, teller.shared("Agenda for"), "document.hand_on")
    await teller.sends(SAM)
    await teller.slack.closes(SAM, everything=True)

"""A quarter by the clock: digests, calls, the meeting, the next one proposed, confirmed and moved."""

from copy import deepcopy

from tests.golden.teller import Teller

HOST = "U0CURATOR"


async def tell(teller: Teller) -> None:
    await _weeks_before(teller)
    await _the_call(teller)
    await _reminders(teller)
    await _moved(teller)
    await _calls_and_digests(teller)
    await _the_next(teller)
    await _confirmed(teller)
    await _what_can_not_be(teller)
    await _a_long_silence(teller)
    await _moved_after_the_reminder(teller)


async def _weeks_before(teller: Teller) -> None:
    await teller.types("U0MEMBER", "digest")
    await teller.types("U0MEMBER", "add Budget cuts (15 min)")
    await teller.types("U0MEMBER", "add Rents")
    await teller.types("U0SAM", "add Parking (10 min)")
    await teller.types("U0SAM", "tip referrals: Ask for the intake line first")
    await teller.types("U0MEMBER", "digest")
    await teller.time_comes("2026-11-30 09:00")
    await teller.minutes_pass(5)
    await teller.types("U0SAM", "tip referrals: Write the date on it")
    await teller.types("U0SAM", "tip General: Bring snacks")
    await teller.types("U0SAM", "add - One\n- Two\n- Three")
    await _not_taken(teller, "4", "5")
    await teller.time_comes("2026-12-07 09:00")


async def _the_call(teller: Teller) -> None:
    await teller.time_comes("2026-12-24 10:00")
    await teller.forges(HOST, "item.take", "1")
    await teller.forges(HOST, "item.hold", "2")
    await teller.minutes_pass(5)
    await _not_taken(teller, "6")


async def _not_taken(teller: Teller, *items: str) -> None:
    for item in items:
        await teller.forges(HOST, "item.leave_out", item)
        await teller.sends(HOST, reason="not ours")
    await teller.minutes_pass(5)


async def _reminders(teller: Teller) -> None:
    await teller.types("U0MEMBER", "remind me")
    await teller.types("U0MEMBER", "remind")
    await teller.types("U0MEMBER", "remind Sam")
    listed = await teller.clicks("U0KOFI", teller.shared("The agenda of"), "agenda.list")
    await teller.clicks("U0KOFI", listed, "meeting.remind")


async def _moved(teller: Teller) -> None:
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "meeting.change")
    await teller.sends(HOST, day="2027-01-28", starts="09:30", minutes="90", office="The library")


async def _calls_and_digests(teller: Teller) -> None:
    await teller.time_comes("2026-12-28 09:00")
    await teller.time_comes("2027-01-04 10:30")
    await teller.time_comes("2027-01-14 18:00")
    await teller.time_comes("2027-01-21 10:00")
    await teller.time_comes("2027-01-27 10:00")
    await teller.types("U0SAM", "remind me")
    await teller.types("U0MEMBER", "")
    await teller.time_comes("2027-01-28 10:00")
    await teller.types("U0SAM", "remind me")
    await teller.time_comes("2027-01-28 12:00")
    await teller.types("U0SAM", "remind me")


async def _the_next(teller: Teller) -> None:
    await teller.time_comes("2027-01-29 09:00")
    await teller.types("U0MEMBER", "")
    await teller.types("U0MEMBER", "hosts")
    await teller.types("U0MEMBER", "list")
    await teller.types("U0RUTH", "curate")
    await teller.types("U0MEMBER", "mine")


async def _confirmed(teller: Teller) -> None:
    question = deepcopy(teller.direct("U0RUTH", "hosts the next meeting"))
    await teller.clicks(HOST, _shown(teller, HOST, question), "meeting.confirm")
    await teller.clicks("U0RUTH", question, "meeting.change")
    await teller.slack.closes("U0RUTH")
    await teller.clicks("U0RUTH", question, "meeting.confirm")
    await teller.clicks("U0RUTH", question, "meeting.confirm")
    await teller.clicks("U0RUTH", teller.direct("U0RUTH", "Rents"), "item.take")
    await teller.clicks("U0RUTH", question, "meeting.change")
    await teller.sends("U0RUTH", day="2027-05-06", office="")
    await teller.sends("U0RUTH", day="2027-05-06", office="2 Third St, upstairs")


async def _what_can_not_be(teller: Teller) -> None:
    question = teller.direct("U0RUTH", "hosts on")
    await teller.clicks("U0RUTH", question, "meeting.change")
    await teller.tampers("U0RUTH", day="2027-01-28")
    await teller.tampers("U0RUTH", day="2020-01-01")
    await teller.tampers("U0RUTH", day="2027-02-30")
    await teller.tampers("U0RUTH", day="someday")
    await teller.tampers("U0RUTH", day="9999-01-01")
    await teller.tampers("U0RUTH", starts="noon")
    await teller.tampers("U0RUTH", minutes="5")
    await teller.tampers("U0RUTH", office=" ")
    await teller.tampers("U0RUTH", about="9999")
    await teller.tampers("U0RUTH", about="1")
    await teller.slack.closes("U0RUTH")
    for action in ("meeting.confirm", "meeting.change"):
        await teller.forges("U0RUTH", action, "9999")
        await teller.forges(HOST, action, "2")


async def _a_long_silence(teller: Teller) -> None:
    """What was due while nobody's clock struck. Before it, everybody was told what was decided."""
    await teller.minutes_pass(6)
    await teller.time_comes("2027-05-05 15:00")
    await teller.time_comes("2027-05-10 09:30")
    await teller.time_comes("2027-05-20 09:00")


async def _moved_after_the_reminder(teller: Teller) -> None:
    """Mission hosts, of whom nobody is a curator."""
    await teller.types("U0MEMBER", "remind me")
    await teller.time_comes("2027-08-04 10:00")
    board = await teller.types("U0ADMIN", "curate")
    await teller.clicks("U0ADMIN", board, "meeting.change")
    await teller.sends("U0ADMIN", day="2027-08-12")
    await teller.minutes_pass(1)
    await teller.types("U0MEMBER", "remind me")


def _shown(teller: Teller, person: str, message):
    """The same message, where somebody else can click in it."""
    copy = deepcopy(message)
    copy.channel, copy.only_for = teller.slack.direct(person).id, person
    return copy

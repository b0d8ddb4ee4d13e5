"""Words that show who somebody is are removed: by the host from a card, by an admin who reads, and of what is long over."""

from tests.golden.teller import Teller
from tests.story import SHARED

HOST, ADMIN = "U0CURATOR", "U0ADMIN"


async def tell(teller: Teller) -> None:
    await teller.types("U0MEMBER", "add Night patrol (10 min)")
    await teller.types("U0MEMBER", "add")
    await teller.sends("U0MEMBER", title="What N. needs", details="N. asked us.", lead="N.")
    await teller.slack.closes("U0MEMBER", everything=True)
    await _from_a_card(teller)
    await _by_who_reads(teller)
    await _what_can_not_be(teller)
    await _of_somebody_who_left(teller)
    await _of_what_was_shared(teller)
    await _of_what_is_over(teller)


async def _from_a_card(teller: Teller) -> None:
    await teller.clicks(HOST, teller.direct(HOST, "What N. needs"), "agenda.arrange", selected="2:remove")
    await teller.tampers(HOST, about=f"2:{'0' * 16}")
    await teller.sends(HOST)
    await teller.slack.closes(HOST, everything=True)
    told = teller.direct("U0MEMBER", "could show who somebody is")
    await teller.clicks("U0MEMBER", told, "item.edit")
    await teller.sends("U0MEMBER", title="What a neighbor needs", details="M. asked us.")
    await teller.slack.closes("U0MEMBER", everything=True)


async def _by_who_reads(teller: Teller) -> None:
    for person in ("U0SAM", ADMIN):
        listed = await teller.types(person, "list")
        await teller.clicks(person, listed, "item.read")
    await teller.slack.closes("U0SAM", everything=True)
    await teller.clicks(ADMIN, teller.form(ADMIN), "item.remove")
    await teller.sends(ADMIN)
    await teller.slack.closes(ADMIN, everything=True)


async def _what_can_not_be(teller: Teller) -> None:
    await teller.forges("U0SAM", "item.remove", "2")
    await teller.forges(HOST, "item.remove", "9999")
    await teller.forges(HOST, "item.remove", "2")
    await teller.sends(HOST)
    await teller.slack.closes(HOST, everything=True)


async def _of_somebody_who_left(teller: Teller) -> None:
    """They hear neither of a decision nor of words that were removed."""
    await teller.types("U0SAM", "add Rents")
    await teller.clicks(HOST, teller.direct(HOST, "Rents"), "item.take")
    await teller.happens("Sam Whitfield leaves the channel", lambda: teller.slack.leaves("U0SAM", SHARED))
    await teller.minutes_pass(6)
    await teller.forges(HOST, "item.remove", "3")
    await teller.sends(HOST)
    await teller.slack.closes(HOST, everything=True)
    await teller.happens("Sam Whitfield is back", lambda: teller.slack.joins("U0SAM", SHARED))


async def _of_what_is_over(teller: Teller) -> None:
    """A call has nothing to say after its meeting, and is emptied."""
    await teller.clicks(HOST, teller.direct(HOST, "Night patrol"), "item.take")
    await teller.minutes_pass(6)
    await teller.time_comes("2027-01-14 10:00")
    await teller.time_comes("2027-01-22 11:00")
    await teller.forges(HOST, "item.remove", "1")
    await teller.sends(HOST)


async def _of_what_was_shared(teller: Teller) -> None:
    await teller.types("U0MEMBER", "tip referrals: N. knows whom to call")
    await teller.types("U0SAM", "tips referrals")
    found = await teller.types(ADMIN, "tips referrals")
    await teller.clicks(ADMIN, found, "tip.remove")
    await teller.clicks(ADMIN, found, "tip.remove")
    await teller.forges("U0SAM", "tip.remove", "1")
    await teller.forges(ADMIN, "tip.remove", "9999")

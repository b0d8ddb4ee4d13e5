"""Everything about me: read, sent as files, and erased; by somebody new, by who has left, and by the only admin."""

from playground.slack import Refused
from tests.golden.teller import Teller
from tests.story import PLAN, SHARED

HOST, MEMBER, SAM, NEW, ADMIN, ELSEWHERE = "U0CURATOR", "U0MEMBER", "U0SAM", "U0NEW", "U0ADMIN", "U0KOFI"
WITH_TWO_ADMINS = PLAN.replace('admins = ["U0ADMIN"]', 'admins = ["U0ADMIN", "U0SAM"]')
SURE = ["yes"]


async def tell(teller: Teller) -> None:
    await _somebody_new(teller)
    await _who_did_much(teller)
    await _the_files(teller)
    await _erased(teller)
    await _who_has_left(teller)
    await _while_a_hold_lasts(teller)
    await _two_admins(teller)
    await _without_files(teller)


async def _somebody_new(teller: Teller) -> None:
    await teller.opens_home(NEW)
    await teller.types(NEW, "me please")
    await teller.slack.closes(NEW, everything=True)
    await teller.forges(ELSEWHERE, "about_me.show", "all")
    await teller.slack.closes(ELSEWHERE, everything=True)


async def _who_did_much(teller: Teller) -> None:
    for title in ("Budget cuts (15 min)", "Rents"):
        await teller.types(MEMBER, f"add {title}")
    await teller.types(SAM, "add Night buses")
    await teller.types(MEMBER, "tip referrals: Ask for the intake line first")
    await teller.forges(MEMBER, "me_too.say", "3")
    await teller.forges(MEMBER, "coming.yes", "1")
    await teller.forges(MEMBER, "duty.take", "1:food")
    await teller.forges(HOST, "item.take", "1")
    await teller.minutes_pass(6)
    await teller.forges(HOST, "agenda.publish", "1")
    await teller.types(HOST, "me")
    await teller.slack.closes(HOST, everything=True)
    home = await teller.opens_home(MEMBER)
    await teller.clicks(MEMBER, home, "about_me.show")


async def _the_files(teller: Teller) -> None:
    await teller.tampers(MEMBER, files=[])
    await teller.sends(MEMBER)
    await teller.forges(MEMBER, "about_me.show", "all")
    await teller.sends(MEMBER)
    await teller.forges(MEMBER, "about_me.show", "all")
    await teller.sends(MEMBER, files=["words"])
    await teller.types(SAM, "me")
    teller.slack.next_answer("files.getUploadURLExternal", Refused("file_uploads_disabled"))
    await teller.sends(SAM, files=["data"])
    await teller.slack.closes(SAM, everything=True)


async def _erased(teller: Teller) -> None:
    await teller.types(MEMBER, "me")
    await teller.clicks(MEMBER, teller.form(MEMBER), "about_me.erase")
    await teller.tampers(MEMBER, sure=[])
    await teller.forges(HOST, "item.take", "2")
    await teller.minutes_pass(6)
    await teller.sends(MEMBER, sure=SURE)
    await teller.slack.closes(MEMBER, everything=True)
    await teller.types(MEMBER, "me")
    await teller.clicks(MEMBER, teller.form(MEMBER), "about_me.erase")
    await teller.sends(MEMBER, sure=SURE)
    await teller.slack.closes(MEMBER, everything=True)
    await teller.opens_home(MEMBER)
    await teller.types(MEMBER, "me")
    await teller.slack.closes(MEMBER, everything=True)


async def _who_has_left(teller: Teller) -> None:
    await teller.happens("Rosa leaves the shared channel", lambda: teller.slack.leaves(HOST, SHARED))
    home = await teller.opens_home(HOST)
    await teller.clicks(HOST, home, "about_me.show")
    await teller.sends(HOST, files=["words"])
    await teller.slack.closes(HOST, everything=True)
    await teller.clicks(HOST, await teller.opens_home(HOST), "about_me.show")
    await teller.clicks(HOST, teller.form(HOST), "about_me.erase")
    await teller.sends(HOST, sure=SURE)
    await teller.slack.closes(HOST, everything=True)
    await teller.opens_home(HOST)


async def _while_a_hold_lasts(teller: Teller) -> None:
    await teller.forges(ADMIN, "setup.hold", "")
    await teller.sends(ADMIN, hold_reason="Records request", until="2026-12-01")
    await teller.slack.closes(ADMIN, everything=True)
    await teller.forges(NEW, "about_me.erase", "all")
    await teller.sends(NEW, sure=SURE)
    await teller.types(NEW, "me")
    await teller.clicks(NEW, teller.form(NEW), "about_me.keep_after_all")
    await teller.forges(NEW, "about_me.keep_after_all", "all")
    await teller.slack.closes(NEW, everything=True)
    await teller.time_comes("2026-12-02 09:00")


async def _two_admins(teller: Teller) -> None:
    """Both would erase all of it, and one of them stays."""
    for person in (ADMIN, SAM):
        await teller.forges(person, "about_me.erase", "all")
    await teller.sends(SAM, sure=SURE)
    await teller.sends(ADMIN, sure=SURE)
    await teller.slack.closes(ADMIN, everything=True)
    await teller.forges(ADMIN, "about_me.erase", "all")


async def _without_files(teller: Teller) -> None:
    """They were there when the form was opened."""
    await teller.types(ADMIN, "me")
    await teller.sends(ADMIN, files=["words"])
    await teller.types(NEW, "me")
    teller.slack.app.scopes -= {"files:write"}
    await teller.opens_home(NEW)
    await teller.minutes_pass(1)
    await teller.sends(NEW)
    await teller.slack.closes(NEW, everything=True)
    await teller.types(NEW, "me")

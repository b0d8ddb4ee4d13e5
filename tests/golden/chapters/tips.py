"""Tips: shared by a line or a form, filed under another topic, found again."""

from tests.golden.teller import Teller
from tests.story import SHARED


async def tell(teller: Teller) -> None:
    await teller.types("U0MEMBER", "tips")
    kept = await teller.types("U0MEMBER", "tip referrals: Ask for the intake line first")
    await teller.clicks("U0MEMBER", kept, "tip.file_under", selected="1:General")
    await teller.forges("U0MEMBER", "tip.file_under", "1:No such topic", kind="static_select")
    await teller.forges("U0SAM", "tip.file_under", "1:General", kind="static_select")
    await teller.forges("U0MEMBER", "tip.file_under", "9999:General", kind="static_select")
    await teller.types("U0SAM", "tip Bring snacks & <water>\nand cups")
    await teller.types("U0SAM", "tip :")
    await teller.types("U0SAM", "tip General:")
    found = await teller.types("U0SAM", "tips intake")
    await teller.types("U0SAM", "tips “intake”, line")
    await teller.types("U0SAM", "tips …")
    await teller.types("U0SAM", "tips no such thing")
    await teller.types("U0SAM", "tip referrals: \u200b")
    await teller.types("U0SAM", "tips " + " ".join(f"w{number}" for number in range(31)))
    for number in range(15):
        await teller.slack.types("U0SAM", SHARED, f"/agenda tip General: Snack {number}")
    await teller.tells("Sam Whitfield shares fifteen tips more")
    await teller.types("U0SAM", "tips snack")
    await teller.clicks("U0SAM", found, "tip.share")
    await teller.tampers("U0SAM", topic="General", text=" ")
    await teller.tampers("U0SAM", topic="", text="Bring snacks")
    await teller.tampers("U0SAM", topic="Astrology", text="Bring snacks")
    await teller.sends("U0SAM", topic="General", text="Write the date on it")
    await teller.clicks("U0SAM", found, "tip.search")
    await teller.tampers("U0SAM", words=" ")
    await teller.sends("U0SAM", words="snacks")
    await teller.slack.closes("U0SAM", everything=True)
    status = await teller.types("U0SAM", "")
    await teller.clicks("U0SAM", status, "tip.find")

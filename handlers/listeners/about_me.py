"""Everything about me: what is kept about whoever asks, as a file, and erased."""

from bot import about_me
from bot.errors import UserError
from bot.seen.about_me import Way
from handlers.blocks import about_me as draw
from handlers.blocks.removal import neutral
from handlers.hearing import forms
from handlers.hearing.turn import Turn


async def on_about_me(turn: Turn) -> None:
    seen = await turn.look(about_me.about_me, turn.now)
    if seen.has_files:
        await turn.open(draw.about_me_form(seen))
    else:
        await turn.open_message(draw.about_me(seen))


async def on_about_me_form_sent(turn: Turn) -> None:
    wanted = {Way(way) for way in forms.ticked(turn.heard.answers, draw.FILES, list(Way))}
    if not wanted:
        raise UserError("Please choose one of the list.", field=draw.FILES)
    await turn.answer(draw.asked_for_files(await turn.do(about_me.ask_for_files, wanted, turn.now)))


async def on_erase_clicked(turn: Turn) -> None:
    seen = await turn.look(about_me.what_i_erase, turn.now)
    if seen.is_last_keeper:
        await turn.open_message(draw.name_another_first())
    else:
        await turn.open(draw.erase_form(seen))


async def on_erase_form_sent(turn: Turn) -> None:
    if forms.ticked(turn.heard.answers, draw.SURE, [draw.YES]) != {draw.YES}:
        raise UserError("Please tick this first, if you are sure.", field=draw.SURE)
    read = turn.heard.value.partition(":")[2]
    hold = await turn.do(about_me.erase_myself, read, neutral(), turn.now)
    await turn.answer_in_place(draw.waits(hold) if hold else draw.erased())


async def on_keep_after_all_clicked(turn: Turn) -> None:
    await turn.do(about_me.keep_after_all, turn.now)
    await turn.answer_in_place(draw.kept_after_all())

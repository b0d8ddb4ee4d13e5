"""The agenda: how things stand, the list, the host's board, and publishing."""

from bot import answers, board, publishing, where_things_stand
from handlers.blocks import agenda as draw
from handlers.blocks.asked import TO_ASK
from handlers.blocks.board import TO_PLACE, answers_sent
from handlers.blocks.board import board as draw_board
from handlers.blocks.decisions import SEPARATELY, TO_REMOVE
from handlers.blocks.joining import TO_JOIN
from handlers.blocks.resting import TO_READ
from handlers.blocks.resting import resting as draw_resting
from handlers.hearing.payloads import leading_number
from handlers.hearing.turn import Turn
from handlers.listeners.decisions import on_separately_chosen
from handlers.listeners.items import on_read_clicked
from handlers.listeners.joining import on_join_chosen
from handlers.listeners.placing import on_place_chosen
from handlers.listeners.questions import on_ask_chosen
from handlers.listeners.removal import on_remove_clicked

ELSEWHERE = {
    SEPARATELY: on_separately_chosen,
    TO_ASK: on_ask_chosen,
    TO_JOIN: on_join_chosen,
    TO_PLACE: on_place_chosen,
    TO_READ: on_read_clicked,
    TO_REMOVE: on_remove_clicked,
}
"""What else the menu of an item offers, beside moving it."""


async def on_status(turn: Turn) -> None:
    await turn.answer(draw.status(await turn.look(where_things_stand.status, turn.now)))


async def on_list(turn: Turn) -> None:
    stands = await turn.look(where_things_stand.listing, turn.now, turn.heard.page or 0)
    await turn.answer_page(draw.items_list(stands))


async def on_curate(turn: Turn) -> None:
    await turn.answer(draw_board(await turn.look(board.next_board, turn.now)))


async def on_board_clicked(turn: Turn) -> None:
    stands = await turn.look(board.board, turn.subject, turn.now, turn.heard.page or 0)
    await turn.answer_page(draw_board(stands))


async def on_resting_clicked(turn: Turn) -> None:
    stands = await turn.look(board.resting, turn.subject, turn.now, turn.heard.page or 0)
    await turn.answer_page(draw_resting(stands))


async def on_arranged(turn: Turn) -> None:
    way, _colon, meeting = turn.heard.value.partition(":")[2].partition(":")
    if way in ELSEWHERE:
        await ELSEWHERE[way](turn)
        return
    made_for = leading_number(meeting)
    await turn.answer_in_place(
        draw_board(await turn.do(board.arrange, turn.subject, way, turn.now, made_for))
    )


async def on_publish_clicked(turn: Turn) -> None:
    await turn.answer_in_place(draw_board(await turn.do(publishing.publish, turn.subject, turn.now)))


async def on_send_answers_clicked(turn: Turn) -> None:
    await turn.answer_in_place(answers_sent(await turn.do(answers.send_now, turn.subject, turn.now)))

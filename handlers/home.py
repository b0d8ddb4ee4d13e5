"""The Home tab: where things stand, and the doors."""

from bot.errors import UserError
from handlers.agenda import status
from handlers.blocks.help import refused
from handlers.turn import Turn


async def on_home_opened(turn: Turn) -> None:
    if turn.heard.value != "home":
        return
    try:
        message = await turn.look(status, turn.now)
    except UserError as error:
        message = refused(error.text)
    view = {"type": "home", "blocks": message.blocks}
    await turn.client.views_publish(user_id=turn.heard.who.user_id, view=view)

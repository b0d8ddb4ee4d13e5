"""The Home tab: where things stand, and the doors."""

from handlers.agenda import status
from handlers.turn import Turn


async def on_home_opened(turn: Turn) -> None:
    if turn.heard.value != "home":
        return
    message = await turn.look(status, turn.now)
    view = {"type": "home", "blocks": message.blocks}
    await turn.client.views_publish(user_id=turn.heard.who.user_id, view=view)

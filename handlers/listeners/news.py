"""What Slack says of people. It is not believed: it only makes the bot ask anew, at the next tick or before they act."""

from bot.participation import has_left, look_again
from handlers.hearing.turn import Turn


async def on_person_changed(turn: Turn) -> None:
    """Deactivated, reactivated, renamed, or only a new picture: Slack says it in one way."""
    team, who = turn.installed_team, turn.heard.who
    await turn.services.database.run(lambda session: look_again(session, team, who))


async def on_person_left(turn: Turn) -> None:
    """They may have been taken out of the shared channel, and come back any time."""
    team, heard, now = turn.installed_team, turn.heard, turn.now
    await turn.services.database.run(
        lambda session: has_left(session, team, heard.who, heard.channel_id, now)
    )

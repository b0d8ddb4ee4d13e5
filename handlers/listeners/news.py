"""What Slack says of people and channels. It only makes the bot ask anew, at the next tick or before somebody acts; but a new id is followed, as nobody else could tell it."""

from collections.abc import Callable

from bot import channels
from bot.participation import has_left, look_again
from handlers.hearing.turn import Turn
from storage.consortia import Places, enter_consortium_of
from storage.inbox import hear
from storage.tenancy import Session


async def on_person_changed(turn: Turn) -> None:
    """Deactivated, reactivated, renamed, or only a new picture: Slack says it in one way."""
    team, who = turn.installed_team, turn.heard.who
    await turn.services.database.run(lambda session: look_again(session, team, who))


async def on_person_left(turn: Turn) -> None:
    """They may have been taken out of the shared channel, and come back any time."""
    team, heard, now = turn.installed_team, turn.heard, turn.now
    await _once(turn, lambda session: has_left(session, team, heard.who, heard.channel_id, now))
    turn.services.outbox_changed.set()  # others may decide now


async def on_person_joined(turn: Turn) -> None:
    """Maybe they come back, or it is the bot."""
    team, heard = turn.installed_team, turn.heard
    await turn.services.database.run(
        lambda session: channels.was_joined(session, team, heard.channel_id or "", heard.who)
    )


async def on_channel_changed(turn: Turn) -> None:
    """Archived or brought back, deleted, or the bot was taken out of it."""
    team, channel_id = turn.installed_team, turn.heard.channel_id or ""
    await turn.services.database.run(lambda session: channels.look_again(session, team, channel_id))


async def on_channel_got_new_id(turn: Turn) -> None:
    """When it is shared with other workspaces."""
    team, old, new, now = turn.installed_team, turn.heard.channel_id or "", turn.heard.value, turn.now
    await _once(turn, lambda session: channels.has_new_id(session, team, old, new, now))
    turn.services.outbox_changed.set()


async def on_channel_unshared(turn: Turn) -> None:
    """A workspace was disconnected from it, and its people with it."""
    team, channel_id, now = turn.installed_team, turn.heard.channel_id or "", turn.now
    await _once(turn, lambda session: channels.was_unshared(session, team, channel_id, now))


async def _once(turn: Turn, note: Callable[[Session], None]) -> None:
    """What happened to the shared channel at a moment happens no second time where Slack tells it again."""
    team, heard, now = turn.installed_team, turn.heard, turn.now

    def unit(session: Session) -> None:
        ours = enter_consortium_of(session, team, Places.CHANGE)
        is_shared = ours is not None and ours.channel_id == heard.channel_id
        if not is_shared or hear(session, heard.key, None, now):
            note(session)

    await turn.services.database.run(unit)

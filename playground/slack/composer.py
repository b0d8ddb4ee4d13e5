"""What a person types into a channel: a command for the app, or words for everybody."""

from playground.slack.errors import NotAnswered, SlackError
from playground.slack.wires import Wires
from playground.slack.world import Channel, Message, Person

INVITE = "/invite"
"""Slack's own command, here for the app alone."""
JOINED = "member_joined_channel"
"""What the app is told then (docs.slack.dev/reference/events/member_joined_channel)."""


async def types(wires: Wires, person: Person, channel: Channel, text: str) -> Message | None:
    if text.startswith("/"):
        command, _, rest = text.partition(" ")
        return await _runs(wires, person, channel, command, rest.strip())
    await says(wires, person, channel, text)
    return None


async def says(wires: Wires, person: Person, channel: Channel, text: str) -> Message:
    message = wires.world.add(Message(channel.id, wires.world.next_ts(), person.id, text))
    kind = "group" if channel.is_private else "channel"
    if channel.is_direct:
        kind = "im" if channel.is_im else "mpim"
    subscription = f"message.{kind}" if channel.is_direct else f"message.{kind}s"
    if wires.app.user_id in channel.members and subscription in wires.app.events:
        event = {
            "type": "message",
            "channel": channel.id,
            "channel_type": kind,
            "user": person.id,
            "text": text,
        }
        event |= {
            "ts": message.ts,
            "event_ts": message.ts,
            "team": person.team_id,
            "user_team": person.team_id,
        }
        await wires.deliveries.happened(wires.payloads.event(event, channel))
    return message


async def _invites_app(wires: Wires, person: Person, channel: Channel) -> Message | None:
    app = wires.app
    if channel.is_direct or person.team_id != app.team_id:
        return wires.slackbot_says(person, channel.id, f"{app.name} can't be invited here.")
    if app.user_id in channel.members:
        return wires.slackbot_says(person, channel.id, f"{app.name} is already in this channel.")
    channel.members.append(app.user_id)
    wires.world.changed(channel.id)
    wires.world.add(Message(channel.id, wires.world.next_ts(), app.user_id, "joined the channel."))
    if JOINED in app.events:
        event = {"type": JOINED, "user": app.user_id, "channel": channel.id, "team": app.team_id}
        event |= {"channel_type": "G" if channel.is_private else "C", "inviter": person.id}
        await wires.deliveries.happened(wires.payloads.event(event, channel))
    return None


async def _runs(wires: Wires, person: Person, channel: Channel, command: str, text: str) -> Message | None:
    app = wires.app
    if command == INVITE and text.removeprefix("@").casefold() == app.name.casefold():
        return await _invites_app(wires, person, channel)
    if command not in app.commands or person.team_id != app.team_id:
        unknown = (
            f'{command} is not a valid command. In Slack, messages that start with "/" are taken as commands.'
        )
        return wires.slackbot_says(person, channel.id, unknown)
    already = len(wires.world.messages[channel.id])
    try:
        answer = await wires.deliveries.deliver(wires.payloads.command(person, channel, command, text))
        if answer.get("text") or answer.get("blocks"):
            wires.installation.response_urls.say(channel.id, person.id, answer)
    except NotAnswered as silence:
        return wires.slackbot_says(person, channel.id, f'{command} failed with the error "{silence}"')
    except SlackError:
        return wires.slackbot_says(
            person, channel.id, f'{command} failed with the error "invalid_command_response"'
        )
    return wires.private_since(person, channel.id, already)

"""conversations.*: which places there are, who is in them, what was said (docs.slack.dev/reference/methods)."""

from playground.slack.arguments import Arguments
from playground.slack.errors import SlackError
from playground.slack.installation import Installation
from playground.slack.messages import as_json
from playground.slack.paging import page
from playground.slack.world import Channel, Json, Message, Person

MOST_IN_A_GROUP = 8
_FAMILY = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


def open_(slack: Installation, arguments: Arguments) -> Json:
    if "channel" in arguments:
        channel, known = slack.own_channel(arguments.text("channel")), True
    else:
        people = _people(slack, arguments.names("users"))
        channel, known = slack.open_group(people) if len(people) > 1 else slack.open_direct(people[0].id)
    shown = _as_json(slack, channel) if arguments.flag("return_im") else {"id": channel.id}
    return {"channel": shown} | ({"no_op": True, "already_open": True} if known else {})


def _people(slack: Installation, users: list[str]) -> list[Person]:
    """Up to eight beside the app."""
    users = list(dict.fromkeys(users))
    if not users:
        raise SlackError("users_list_not_supplied")
    slack.app.needs("mpim:write" if len(users) > 1 else "im:write")
    if len(users) > MOST_IN_A_GROUP:
        raise SlackError("too_many_users")
    people = [slack.person(user) for user in users]
    if any(person.deleted for person in people):
        raise SlackError("user_disabled")
    return people


def info(slack: Installation, arguments: Arguments) -> Json:
    channel = slack.channel(arguments.text("channel"))
    slack.app.needs(f"{_family(channel)}:read")
    shown = _as_json(slack, channel)
    if arguments.flag("include_num_members"):
        shown["num_members"] = len(channel.members)
    return {"channel": shown}


def members(slack: Installation, arguments: Arguments) -> Json:
    channel = slack.channel(arguments.text("channel"))
    slack.app.needs(f"{_family(channel)}:read")
    gone = {person.id for person in slack.world.people.values() if person.deleted}
    found, cursor = page([one for one in channel.members if one not in gone], arguments)
    return {"members": found, "response_metadata": {"next_cursor": cursor}}


def list_(slack: Installation, arguments: Arguments) -> Json:
    kinds = arguments.names("types") or ["public_channel"]
    if any(kind not in _FAMILY for kind in kinds):
        raise SlackError("invalid_types")
    families = {_FAMILY[kind] for kind in kinds}
    for family in sorted(families):
        slack.app.needs(f"{family}:read")
    known = [channel for channel in slack.world.channels.values() if _listed(slack, channel, families)]
    if arguments.flag("exclude_archived"):
        known = [channel for channel in known if not channel.is_archived]
    found, cursor = page(known, arguments)
    return {
        "channels": [_as_json(slack, channel) for channel in found],
        "response_metadata": {"next_cursor": cursor},
    }


def history(slack: Installation, arguments: Arguments) -> Json:
    channel = _readable(slack, arguments)
    said = [message for message in slack.world.messages[channel.id] if not message.is_reply]
    newest_first = sorted(_between(said, arguments), key=_when, reverse=True)
    return _pages(slack, newest_first, arguments)


def replies(slack: Installation, arguments: Arguments) -> Json:
    channel, thread = _readable(slack, arguments), arguments.text("ts")
    said = [
        message for message in slack.world.messages[channel.id] if thread in (message.ts, message.thread_ts)
    ]
    if not any(message.ts == thread and message.only_for is None for message in said):
        raise SlackError("thread_not_found")
    return _pages(slack, sorted(_between(said, arguments), key=_when), arguments)


def _readable(slack: Installation, arguments: Arguments) -> Channel:
    channel = slack.own_channel(arguments.text("channel"))
    slack.app.needs(f"{_family(channel)}:history")
    return channel


def _between(said: list[Message], arguments: Arguments) -> list[Message]:
    """Ephemeral messages are in no history. The bounds themselves count only with `inclusive`."""
    try:
        oldest, latest = (
            float(arguments.text(bound, default)) for bound, default in (("oldest", "0"), ("latest", "inf"))
        )
    except ValueError as unreadable:
        raise SlackError("invalid_ts_latest") from unreadable
    inclusive = arguments.flag("inclusive")
    return [
        message
        for message in said
        if message.only_for is None
        and (oldest < _when(message) < latest or (inclusive and _when(message) in (oldest, latest)))
    ]


def _when(message: Message) -> float:
    return float(message.ts)


def _pages(slack: Installation, said: list[Message], arguments: Arguments) -> Json:
    found, cursor = page(said, arguments)
    everything = arguments.flag("include_all_metadata")
    return {
        "messages": [as_json(message, slack.app, slack.world, with_metadata=everything) for message in found],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


def _listed(slack: Installation, channel: Channel, families: set[str]) -> bool:
    mine = slack.app.user_id in channel.members
    known = mine or not (channel.is_private or channel.is_direct)
    return known and slack.app.team_id in channel.teams and _family(channel) in families


def _family(channel: Channel) -> str:
    if channel.is_direct:
        return "im" if channel.is_im else "mpim"
    return "groups" if channel.is_private else "channels"


def _as_json(slack: Installation, channel: Channel) -> Json:
    """docs.slack.dev/reference/objects/conversation-object."""
    shown: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_channel": not channel.is_direct,
        "is_group": False,
        "is_im": channel.is_im,
        "is_mpim": channel.is_mpim,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "context_team_id": slack.app.team_id,
    }
    if channel.is_im:
        return shown | {"user": next(one for one in channel.members if one != slack.app.user_id)}
    return shown | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_general": False,
        "is_member": slack.app.user_id in channel.members,
        "conversation_host_id": channel.teams[0],
        "shared_team_ids": channel.teams,
        "connected_team_ids": [team for team in channel.teams if team != slack.app.team_id],
    }

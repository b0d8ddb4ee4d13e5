"""What stands in Slack's deliveries: commands, clicks, submitted forms, events."""

import secrets

from playground.slack import views
from playground.slack.delivery import Delivery
from playground.slack.installation import Installation
from playground.slack.messages import as_json
from playground.slack.world import Channel, Json, Message, Person, View


class Payloads:
    def __init__(self, installation: Installation) -> None:
        self._slack = installation
        self._world = installation.world
        self._app = installation.app

    def command(self, person: Person, channel: Channel, command: str, text: str) -> Delivery:
        """docs.slack.dev/interactivity/implementing-slash-commands."""
        payload = {
            "token": self._app.verification_token,
            "team_id": person.team_id,
            "team_domain": self._world.workspaces[person.team_id].domain,
            "channel_id": channel.id,
            "channel_name": _channel_name(channel),
            "user_id": person.id,
            "user_name": person.name,
            "command": command,
            "text": text,
            "api_app_id": self._app.id,
            "is_enterprise_install": "false",
            "response_url": self._slack.response_urls.issue(channel.id, person.id),
            "trigger_id": self._slack.triggers.issue(person.id),
        }
        return Delivery("slash_commands", payload)

    def click_in_message(self, person: Person, message: Message, action: Json) -> Delivery:
        """docs.slack.dev/reference/interaction-payloads/block_actions-payload; `team` is the app's workspace."""
        channel = self._world.channels[message.channel]
        private = message.only_for is not None
        container = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": private,
        }
        payload = self._interaction("block_actions", person, self._app.team_id) | {
            "container": container,
            "channel": {"id": channel.id, "name": _channel_name(channel)},
            "message": as_json(message, self._app, self._world),
            "state": {"values": message.entries.get(person.id, {})},
            "response_url": self._slack.response_urls.issue(channel.id, person.id, message),
            "actions": [action],
        }
        if private:
            del payload["message"]  # of an ephemeral message Slack gives the container only
        return Delivery("interactive", payload)

    def click_in_view(self, person: Person, view: View, action: Json) -> Delivery:
        payload = self._of_view("block_actions", person, view) | {
            "container": {"type": "view", "view_id": view.id},
            "actions": [action],
        }
        return Delivery("interactive", payload)

    def shortcut(self, person: Person, callback_id: str, message: Message | None) -> Delivery:
        """docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload. A global one is of no channel, and has no response_url."""
        if message is None:
            payload = self._interaction("shortcut", person, person.team_id)
            return Delivery(
                "interactive", payload | {"callback_id": callback_id, "action_ts": self._world.next_ts()}
            )
        channel = self._world.channels[message.channel]
        payload = self._interaction("message_action", person, person.team_id) | {
            "callback_id": callback_id,
            "action_ts": self._world.next_ts(),
            "channel": {"id": channel.id, "name": _channel_name(channel)},
            "message_ts": message.ts,
            "message": as_json(message, self._app, self._world),
            "response_url": self._slack.response_urls.issue(channel.id, person.id, message),
        }
        return Delivery("interactive", payload)

    def submission(self, person: Person, view: View) -> Delivery:
        """docs.slack.dev/reference/interaction-payloads/view-interactions-payload."""
        return Delivery("interactive", self._of_view("view_submission", person, view) | {"response_urls": []})

    def closed(self, person: Person, view: View, *, cleared: bool) -> Delivery:
        payload = self._of_view("view_closed", person, view) | {"is_cleared": cleared}
        del payload["trigger_id"]
        return Delivery("interactive", payload)

    def event(self, event: Json, channel: Channel | None = None) -> Delivery:
        """docs.slack.dev/apis/events-api: the same event keeps its event_id however often it is told."""
        authorization = {
            "enterprise_id": None,
            "team_id": self._app.team_id,
            "user_id": self._app.user_id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        payload = {
            "token": self._app.verification_token,
            "team_id": self._app.team_id,
            "context_team_id": self._app.team_id,
            "context_enterprise_id": None,
            "api_app_id": self._app.id,
            "event": {"event_ts": self._world.next_ts()} | event,
            "type": "event_callback",
            "event_id": self._world.new_id("Ev"),
            "event_time": int(self._world.clock()),
            "authorizations": [authorization],
            "is_ext_shared_channel": channel.is_ext_shared if channel else False,
            "event_context": secrets.token_urlsafe(16),
        }
        return Delivery("events_api", payload)

    def _of_view(self, kind: str, person: Person, view: View) -> Json:
        """`team` is the person's own workspace; where the app is installed stands in the view."""
        shown = views.as_json(view, self._app, person.team_id)
        return self._interaction(kind, person, person.team_id) | {"view": shown}

    def _interaction(self, kind: str, person: Person, team_id: str) -> Json:
        return {
            "type": kind,
            "user": {
                "id": person.id,
                "username": person.name,
                "name": person.name,
                "team_id": person.team_id,
            },
            "team": {"id": team_id, "domain": self._world.workspaces[team_id].domain},
            "api_app_id": self._app.id,
            "token": self._app.verification_token,
            "trigger_id": self._slack.triggers.issue(person.id),
            "enterprise": None,
            "is_enterprise_install": False,
        }


def _channel_name(channel: Channel) -> str:
    if channel.is_im:
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name

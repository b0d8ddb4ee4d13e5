"""What a call of the Web API works on: the world, the app, its trigger ids, response_urls, files and WebSockets."""

from collections.abc import Sequence

from playground.slack.app import App
from playground.slack.errors import SlackError
from playground.slack.files import Files
from playground.slack.response_urls import ResponseUrls
from playground.slack.sockets import Sockets
from playground.slack.triggers import Triggers
from playground.slack.world import Channel, Message, Person, World


class Installation:
    def __init__(self, world: World, app: App) -> None:
        self.world = world
        self.app = app
        self.sockets = Sockets(app.id)
        self.triggers = Triggers(world.clock)
        self.response_urls = ResponseUrls(world, app.user_id, world.clock)
        self.files = Files(world, app)

    @property
    def url(self) -> str:
        return f"https://{self.world.workspaces[self.app.team_id].domain}.slack.com/"

    def channel(self, channel_id: str) -> Channel:
        """The channel, if the app may know of it."""
        channel = self.world.channels.get(channel_id)
        if channel is None or self.app.team_id not in channel.teams:
            raise SlackError("channel_not_found")
        if self.app.user_id not in channel.members and (channel.is_private or channel.is_direct):
            raise SlackError("channel_not_found")
        return channel

    def own_channel(self, channel_id: str) -> Channel:
        """The channel, if the app is in it."""
        channel = self.channel(channel_id)
        if self.app.user_id not in channel.members:
            raise SlackError("not_in_channel")
        return channel

    def person(self, user_id: str) -> Person:
        """The person, if the app may know of them: of its own workspace, or together in a shared channel."""
        person = self.world.people.get(user_id)
        if person is None or not (person.team_id == self.app.team_id or self._shares_a_channel_with(user_id)):
            raise SlackError("user_not_found")
        return person

    def _shares_a_channel_with(self, user_id: str) -> bool:
        return any(
            {user_id, self.app.user_id} <= set(channel.members) for channel in self.world.channels.values()
        )

    def message(self, channel: Channel, ts: str) -> Message:
        message = self.world.message(channel.id, ts)
        if message is None or message.only_for:
            raise SlackError("message_not_found")
        return message

    def open_direct(self, user_id: str) -> tuple[Channel, bool]:
        """The direct-message channel of the app and this person, and whether it was open already."""
        known = self.world.direct(self.app.user_id, self.person(user_id).id)
        if known:
            return known, True
        teams = [self.app.team_id, self.person(user_id).team_id]
        opened = Channel(
            self.world.new_id("D"),
            "",
            list(dict.fromkeys(teams)),
            [self.app.user_id, user_id],
            is_private=True,
        )
        opened.is_im, opened.created = True, int(self.world.clock())
        self.world.channels[opened.id] = opened
        self.world.changed(opened.id)
        return opened, False

    def open_group(self, people: Sequence[Person]) -> tuple[Channel, bool]:
        """The group message of the app and these people, and whether it was open already: the same people have the same one."""
        self._must_share_a_channel(people)
        members = [self.app.user_id, *(person.id for person in people)]
        known = self.world.group(members)
        if known:
            return known, True
        names = [self.world.people[one].name for one in members]
        teams = dict.fromkeys([self.app.team_id, *(person.team_id for person in people)])
        opened = Channel(self.world.new_id("G"), f"mpdm-{'--'.join(names)}-1", list(teams), members)
        opened.is_private = opened.is_mpim = True
        opened.created = int(self.world.clock())
        self.world.channels[opened.id] = opened
        self.world.changed(opened.id)
        return opened, False

    def _must_share_a_channel(self, people: Sequence[Person]) -> None:
        """Where one of them is of another workspace, all have to be in one channel together."""
        ids = {self.app.user_id, *(person.id for person in people)}
        channels = [one for one in self.world.channels.values() if not one.is_direct]
        is_external = any(person.team_id != self.app.team_id for person in people)
        if is_external and not any(ids <= set(channel.members) for channel in channels):
            raise SlackError("invalid_user_combination")

"""What people do in the small Slack and what they see of it, each returning once the app has answered."""

import secrets
from typing import Any

from playground.slack import clicker, composer, form_filler, views
from playground.slack.delivery import Answer, Delivery
from playground.slack.methods import users
from playground.slack.wires import Wires
from playground.slack.world import Channel, Json, Message, Person, View


class Hands:
    """A person and a channel may be given by their ids."""

    def __init__(self, wires: Wires) -> None:
        self._wires = wires

    async def types(self, person: Person | str, channel: Channel | str, text: str) -> Message | None:
        """The message that the app answered privately, or Slack's own if there is no such command."""
        who = self._wires.acting(person)
        return await composer.types(self._wires, who, self._wires.place(who, channel), text)

    async def clicks(
        self,
        person: Person | str,
        where: Message | View,
        action_id: str,
        value: str | None = None,
        selected: Any = None,
        block_id: str | None = None,
    ) -> Message | None:
        """Press a button, or pick `selected` in a menu or picker; returns the app's private answer in the channel."""
        who, target = self._wires.acting(person), clicker.Target(action_id, value, block_id)
        if isinstance(where, Message):
            return await clicker.clicks_in_message(self._wires, who, where, target, selected)
        await clicker.clicks_in_view(self._wires, who, where, target, selected)
        return None

    async def uses_shortcut(
        self, person: Person | str, callback_id: str, message: Message | None = None
    ) -> None:
        """Only people of the workspace in which the app is installed have its shortcuts."""
        who = self._wires.acting(person)
        if who.team_id != self._wires.app.team_id:
            raise PermissionError(f"{who.id} is of a workspace without the app")
        await clicker.uses_shortcut(self._wires, who, callback_id, message)

    async def fills(self, person: Person | str, block_id: str, action_id: str, value: Any) -> None:
        """Enter something into an input of the form on top: text, an option's value or a list of them, a date ..."""
        await form_filler.fills(self._wires, self._wires.acting(person), block_id, action_id, value)

    async def submits(self, person: Person | str) -> dict[str, str]:
        """{} when the form was taken, else the error under each input by block_id."""
        return await form_filler.submits(self._wires, self._wires.acting(person))

    async def closes(self, person: Person | str, *, everything: bool = False) -> None:
        await form_filler.closes(self._wires, self._wires.acting(person), everything=everything)

    async def opens_home(self, person: Person | str) -> View | None:
        """The app's Home tab; people of a workspace without the app have none."""
        who = self._wires.acting(person)
        if who.team_id != self._wires.app.team_id:
            return None
        opened: Json = {
            "type": "app_home_opened",
            "user": who.id,
            "channel": self.direct(who).id,
            "tab": "home",
        }
        home = self._wires.world.homes.get(who.id)
        if home is not None:  # docs.slack.dev/reference/events/app_home_opened
            opened["view"] = views.as_json(home, self._wires.app, who.team_id)
        await self.happens(opened)
        return self._wires.world.homes.get(who.id)

    async def joins(self, person: Person | str, channel: Channel | str) -> None:
        who = self._wires.acting(person)
        place = channel if isinstance(channel, Channel) else self._wires.world.channels[channel]
        place.members.append(who.id)
        self._wires.world.changed(place.id)
        joined = {"type": "member_joined_channel", "user": who.id, "channel": place.id, "team": who.team_id}
        await self.happens(joined | {"channel_type": "G" if place.is_private else "C"}, place)

    async def leaves(self, person: Person | str, channel: Channel | str) -> None:
        who = self._wires.acting(person)
        place = channel if isinstance(channel, Channel) else self._wires.world.channels[channel]
        place.members.remove(who.id)
        self._wires.world.changed(place.id)
        left = {"type": "member_left_channel", "user": who.id, "channel": place.id, "team": who.team_id}
        await self.happens(left | {"channel_type": "G" if place.is_private else "C"}, place)

    # What happens to a channel (docs.slack.dev/reference/events). Private ones say `group` where others say `channel`.

    async def archives(self, channel: Channel | str) -> None:
        place = self._channel(channel)
        place.is_archived = True
        await self._happens_to(place, "archive", user=self._somebody_in(place))

    async def unarchives(self, channel: Channel | str) -> None:
        place = self._channel(channel)
        place.is_archived = False
        await self._happens_to(place, "unarchive", user=self._somebody_in(place))

    async def renames(self, channel: Channel | str, name: str) -> None:
        place = self._channel(channel)
        place.name = name
        self._wires.world.changed(place.id)
        renamed = {"id": place.id, "name": name, "name_normalized": name, "created": place.created}
        await self.happens({"type": f"{_family(place)}_rename", "channel": renamed}, place)

    async def deletes(self, channel: Channel | str) -> None:
        place = self._channel(channel)
        del self._wires.world.channels[place.id]
        await self._happens_to(place, "deleted")

    async def removes_app(self, channel: Channel | str) -> None:
        """Somebody takes the app out of it."""
        place = self._channel(channel)
        place.members.remove(self._wires.app.user_id)
        await self._happens_to(place, "left", actor_id=self._somebody_in(place))

    async def makes_private(self, channel: Channel | str) -> None:
        """It keeps its id, and no event of its own says so."""
        place = self._channel(channel)
        place.is_private = True
        self._wires.world.changed(place.id)

    async def shares(self, channel: Channel | str, team_id: str) -> None:
        """With another workspace. A private channel gets a new id by it, and the old one is of nothing any more."""
        place = self._channel(channel)
        if place.is_private and not place.is_ext_shared:
            await self._gets_new_id(place)
        place.teams.append(team_id)
        shared = {"type": "channel_shared", "connected_team_id": team_id, "channel": place.id}
        await self.happens(shared, place)

    async def _gets_new_id(self, place: Channel) -> None:
        old, new = place.id, self._wires.world.new_id("C")
        self._wires.world.give_new_id(place, new)
        changed = {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": new}
        await self.happens(changed, place)

    async def unshares(self, channel: Channel | str, team_id: str) -> None:
        """The other workspace is disconnected, and its people are out of the channel."""
        place = self._channel(channel)
        place.teams.remove(team_id)
        of = self._wires.world.people
        place.members[:] = [one for one in place.members if of[one].team_id != team_id]
        self._wires.world.changed(place.id)
        unshared = {
            "type": "channel_unshared",
            "previously_connected_team_id": team_id,
            "channel": place.id,
            "is_ext_shared": place.is_ext_shared,
        }
        await self.happens(unshared, place)

    async def _happens_to(self, place: Channel, what: str, **more: str) -> None:
        self._wires.world.changed(place.id)
        await self.happens({"type": f"{_family(place)}_{what}", "channel": place.id} | more, place)

    def _somebody_in(self, place: Channel) -> str:
        return next(one for one in place.members if one != self._wires.app.user_id)

    def _channel(self, channel: Channel | str) -> Channel:
        return channel if isinstance(channel, Channel) else self._wires.world.channels[channel]

    def form(self, person: Person | str) -> View | None:
        """The form that lies on top, if any is open."""
        return self._wires.world.form(self._wires.person(person).id)

    def seen_by(self, person: Person | str, channel: Channel | str) -> list[Message]:
        who = self._wires.person(person)
        return self._wires.world.seen_by(who.id, self._wires.place(who, channel).id)

    def direct(self, person: Person | str) -> Channel:
        """The direct messages of this person and the app."""
        return self._wires.installation.open_direct(self._wires.person(person).id)[0]

    # What happens without anybody's hand.

    async def deactivates(self, person: Person | str) -> None:
        """An admin of their workspace does (docs.slack.dev/reference/events/user_change)."""
        await self._is_active(self._wires.person(person), active=False)

    async def reactivates(self, person: Person | str) -> None:
        await self._is_active(self._wires.person(person), active=True)

    async def _is_active(self, who: Person, *, active: bool) -> None:
        who.deleted = not active
        self._wires.world.changed(who.id)
        user = users.as_json(self._wires.installation, who)
        await self.happens({"type": "user_change", "user": user, "cache_ts": int(self._wires.world.clock())})

    async def verifies_request_url(self) -> bool:
        """Whether the app gives the challenge back, which Slack asks before it sends anything to a request URL."""
        challenge = secrets.token_urlsafe(24)
        asked = {
            "type": "url_verification",
            "token": self._wires.app.verification_token,
            "challenge": challenge,
        }
        answer = await self._wires.deliveries.deliver(Delivery("events_api", asked))
        return challenge in (answer.get("challenge"), answer.get("text"))

    async def happens(self, event: Json, channel: Channel | None = None) -> None:
        """Tell the app any event, if it subscribed to its type."""
        if event["type"] in self._wires.app.events:
            await self._wires.deliveries.happened(self._wires.payloads.event(event, channel))

    async def again(self, *, resigned: bool = False) -> Answer:
        """Deliver the last delivery a second time: byte for byte, or with a new timestamp and signature."""
        return await self._wires.deliveries.again(resigned=resigned)


def _family(channel: Channel) -> str:
    return "group" if channel.is_private else "channel"

"""What people's hands need: the installation they act on and the wire to the app."""

from dataclasses import dataclass

from playground.slack.app import App
from playground.slack.deliveries import Deliveries
from playground.slack.installation import Installation
from playground.slack.payloads import Payloads
from playground.slack.world import SLACKBOT, Channel, Message, Person, World


@dataclass(frozen=True)
class Wires:
    installation: Installation
    deliveries: Deliveries
    payloads: Payloads

    @property
    def app(self) -> App:
        return self.installation.app

    @property
    def world(self) -> World:
        return self.installation.world

    def person(self, person: Person | str) -> Person:
        return person if isinstance(person, Person) else self.world.people[person]

    def acting(self, person: Person | str) -> Person:
        """The person, to do something: Slack's client lets nobody in who was deactivated."""
        who = self.person(person)
        if who.deleted:
            raise PermissionError(f"{who.id} was deactivated")
        return who

    def place(self, person: Person, channel: Channel | str) -> Channel:
        """The channel, for somebody who is in it."""
        place = channel if isinstance(channel, Channel) else self.world.channels[channel]
        if person.id not in place.members:
            raise PermissionError(f"{person.id} is not in {place.id}")
        return place

    def slackbot_says(self, person: Person, channel: str, text: str) -> Message:
        """Slack's own word to one person, as when a command fails."""
        return self.world.add(Message(channel, self.world.next_ts(), SLACKBOT, text, only_for=person.id))

    def private_since(self, person: Person, channel: str, already: int) -> Message | None:
        """The newest private message of the app among those after the first `already`."""
        since = self.world.messages[channel][already:]
        mine = [message for message in since if message.only_for == person.id]
        return mine[-1] if mine else None

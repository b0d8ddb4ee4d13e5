"""What a person presses or picks in a message, a form or a Home tab, outside of inputs that wait for Submit."""

from typing import Any, NamedTuple

from playground.slack import entries
from playground.slack.block_kit import elements_of
from playground.slack.errors import NotAnswered
from playground.slack.wires import Wires
from playground.slack.world import Entries, Json, Message, Person, View

TROUBLE = "We had some trouble connecting. Try again?"
_ECHOED = ("text", "value", "style", "placeholder", "confirm")
"""What Slack repeats of the element in the action it reports."""


class Target(NamedTuple):
    """Which element: its value tells it from others of its action_id, its block_id does so always."""

    action_id: str
    value: str | None = None
    block_id: str | None = None


async def clicks_in_message(
    wires: Wires, person: Person, message: Message, target: Target, selected: Any
) -> Message | None:
    if message.only_for not in (None, person.id):
        raise PermissionError(f"{person.id} does not see this message")
    wires.place(person, message.channel)
    block, element = found(message.blocks, target)
    if person.id not in message.entries:
        message.entries[person.id] = entries.initial(message.blocks)
    action = acted(wires, message.entries[person.id], block, element, selected)
    already = len(wires.world.messages[message.channel])
    try:
        await wires.deliveries.deliver(wires.payloads.click_in_message(person, message, action))
    except NotAnswered as silence:
        name = wires.app.name
        return wires.slackbot_says(person, message.channel, f'{name} failed with the error "{silence}"')
    return wires.private_since(person, message.channel, already)


async def uses_shortcut(wires: Wires, person: Person, callback_id: str, message: Message | None) -> None:
    """One from the menu of a message, or from Slack's own. Slackbot says if it failed."""
    try:
        await wires.deliveries.deliver(wires.payloads.shortcut(person, callback_id, message))
    except NotAnswered as silence:
        if message is not None:
            wires.slackbot_says(
                person, message.channel, f'{wires.app.name} failed with the error "{silence}"'
            )


async def clicks_in_view(wires: Wires, person: Person, view: View, target: Target, selected: Any) -> None:
    if view.person != person.id or wires.world.view(view.id) is not view:
        raise PermissionError(f"{person.id} does not see this view")
    block, element = found(view.blocks, target)
    action = acted(wires, view.entries, block, element, selected)
    await report(wires, person, view, action)


async def report(wires: Wires, person: Person, view: View, action: Json) -> None:
    """Tell the app of an action in a view; the person sees when that failed."""
    view.errors.pop("", None)
    try:
        await wires.deliveries.deliver(wires.payloads.click_in_view(person, view, action))
    except NotAnswered:
        view.errors[""] = TROUBLE
    wires.world.changed(person.id)


def found(blocks: list[Json], target: Target) -> tuple[Json, Json]:
    """The element that is meant, with the block it stands in."""
    for block in blocks:
        for element in elements_of(block):
            here = Target(element["action_id"], element.get("value"), block["block_id"])
            if all(asked in (None, there) for asked, there in zip(target, here, strict=True)):
                return block, element
    raise LookupError(f"nothing here is {target}")


def acted(wires: Wires, state: Entries, block: Json, element: Json, selected: Any) -> Json:
    """The action as Slack reports it; what was picked is kept in the state too."""
    action: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": wires.world.next_ts(),
    }
    action |= {name: element[name] for name in _ECHOED if name in element}
    if element["type"] == "overflow":
        return action | {"selected_option": entries.chosen_option(element, selected)}
    if entries.keeps_state(element):
        entry = entries.entered(element, selected)
        state.setdefault(block["block_id"], {})[element["action_id"]] = entry
        return action | entry
    return action

"""What a person does with an open form: fill its inputs, submit it, close it."""

from typing import Any

from playground.slack import clicker, entries, views
from playground.slack.errors import NotAnswered, SlackError
from playground.slack.wires import Wires
from playground.slack.world import Json, Person, View


async def fills(wires: Wires, person: Person, block_id: str, action_id: str, value: Any) -> None:
    view = open_form(wires, person)
    block, element = _input(view, block_id, action_id)
    view.errors.pop(block_id, None)
    action = clicker.acted(wires, view.entries, block, element, value)
    if block.get("dispatch_action"):
        await clicker.report(wires, person, view, action)
    wires.world.changed(person.id)


async def submits(wires: Wires, person: Person) -> dict[str, str]:
    """What stands in red under the inputs afterwards; {} when the app took the form."""
    view = open_form(wires, person)
    if "submit" not in view.content:
        raise LookupError("this form has nothing to submit")
    view.errors = entries.refused_by_the_client(view.blocks, view.entries)
    if not view.errors:
        try:
            answer = await wires.deliveries.deliver(wires.payloads.submission(person, view))
            _follow(wires, view, answer)
        except (NotAnswered, SlackError):
            view.errors = {"": clicker.TROUBLE}
    wires.world.changed(person.id)
    return view.errors


async def closes(wires: Wires, person: Person, *, everything: bool) -> None:
    """Close the form on top, or the whole stack; the app hears of forms with `notify_on_close`."""
    stack = wires.world.forms[person.id]
    everything = everything or bool(open_form(wires, person).content.get("clear_on_close"))
    closing = list(reversed(stack)) if everything else [stack[-1]]
    for view in closing:
        _take_off(stack, view)
        wires.world.changed(person.id)
        if view.content.get("notify_on_close"):
            await wires.deliveries.deliver(wires.payloads.closed(person, view, cleared=everything))


def open_form(wires: Wires, person: Person) -> View:
    view = wires.world.form(person.id)
    if view is None:
        raise LookupError(f"no form is open for {person.id}")
    return view


def _input(view: View, block_id: str, action_id: str) -> tuple[Json, Json]:
    for block in view.blocks:
        element = block.get("element", {})
        if (block["type"], block["block_id"], element.get("action_id")) == ("input", block_id, action_id):
            return block, element
    raise LookupError(f"no input {action_id!r} stands in a block {block_id!r}")


def _follow(wires: Wires, view: View, answer: Json) -> None:
    """Do what the answer says (docs.slack.dev/surfaces/modals#response_actions)."""
    person, stack = view.person, wires.world.forms[view.person]
    match answer.get("response_action"):
        case None:
            _take_off(stack, view)
        case "clear":
            stack.clear()
        case "errors":
            view.errors = _errors(view, answer.get("errors"))
        case "update":
            views.replace(wires.world, view, views.checked(answer.get("view"), "modal"))
        case "push":
            views.push_form(wires.world, person, views.checked(answer.get("view"), "modal"))
        case unknown:
            raise SlackError(f"unknown response_action {unknown}")


def _take_off(stack: list[View], view: View) -> None:
    """The app may have put another form in its place meanwhile."""
    stack[:] = [other for other in stack if other is not view]


def _errors(view: View, given: object) -> dict[str, str]:
    """Only inputs can have an error; Slack shows none of an answer that names anything else."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(given, dict) or not given or not set(given) <= inputs:
        raise SlackError("invalid_arguments")
    return {block_id: str(words) for block_id, words in given.items()}

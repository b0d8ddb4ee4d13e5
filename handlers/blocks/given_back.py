"""What was typed and chosen in a form that can't be shown again, so that nothing is lost with it."""

from collections.abc import Iterator
from typing import Any

from handlers.blocks.kit import Element, bold, mention


def given_back(form: dict[str, Any]) -> list[Element | str]:
    """Of a form that was sent in, each field that holds something: its label, and what it holds."""
    labels = {block["block_id"]: block["label"]["text"] for block in _inputs(form)}
    said: list[Element | str] = []
    for field, by_action in form.get("state", {}).get("values", {}).items():
        held = [piece for answer in by_action.values() for piece in _held(answer)]
        if held:
            said += ["\n"] if said else []
            said += [bold(labels[field]), "\n"] if field in labels else []
            said += held
    return said


def _inputs(form: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (block for block in form.get("blocks") or () if block.get("type") == "input")


def _held(answer: dict[str, Any]) -> list[Element | str]:
    """As Slack says it of each kind of field (docs.slack.dev/reference/block-kit/block-elements)."""
    match answer:
        case (
            {"value": str(words)}
            | {"selected_option": {"text": {"text": str(words)}}}
            | {"selected_date": str(words)}
            | {"selected_time": str(words)}
        ):
            return [words] if words else []
        case {"selected_options": [*options]}:
            return ["\n".join(option["text"]["text"] for option in options)] if options else []
        case {"selected_user": str(person)}:
            return [mention(person)]
        case {"selected_users": [*people]}:
            return [piece for one in people for piece in (mention(one), " ")]
        case {"selected_conversation": str(channel)}:
            return [{"type": "channel", "channel_id": channel}]
    return []

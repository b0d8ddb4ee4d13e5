"""What was typed and chosen in a form that can't be shown again is given back, each with its label."""

from typing import Any

import pytest

from handlers.blocks.given_back import given_back
from handlers.blocks.kit import quote, rich
from handlers.hearing.fields import ANSWERS
from playground.slack.messages import checked_blocks

OPTION = {"text": {"type": "plain_text", "text": "Not reached"}, "value": "not reached"}
HELD: dict[str, tuple[dict[str, Any], Any, str]] = {
    "plain_text_input": ({"value": "Ask the board"}, {"value": None}, "Ask the board"),
    "number_input": ({"value": "12"}, {"value": None}, "12"),
    "static_select": ({"selected_option": OPTION}, {"selected_option": None}, "Not reached"),
    "multi_static_select": ({"selected_options": [OPTION]}, {"selected_options": []}, "Not reached"),
    "checkboxes": ({"selected_options": [OPTION] * 2}, {"selected_options": []}, "Not reached\nNot reached"),
    "users_select": ({"selected_user": "U0SAM"}, {"selected_user": None}, "U0SAM"),
    "multi_users_select": ({"selected_users": ["U0SAM", "U0RUTH"]}, {"selected_users": []}, "U0SAM U0RUTH "),
    "conversations_select": ({"selected_conversation": "C0NEW"}, {"selected_conversation": None}, "C0NEW"),
    "datepicker": ({"selected_date": "2027-02-05"}, {"selected_date": None}, "2027-02-05"),
    "timepicker": ({"selected_time": "10:00"}, {"selected_time": None}, "10:00"),
}
"""Of each kind of field, what Slack says of one that is filled in, and of one that is not, and what is given back."""


def sent(*answers: dict[str, Any]) -> dict[str, Any]:
    blocks = [
        {"type": "input", "block_id": f"b{n}", "label": {"type": "plain_text", "text": f"Label {n}"}}
        for n in range(len(answers))
    ]
    values = {f"b{n}": {f"b{n}": answer} for n, answer in enumerate(answers)}
    return {"blocks": [{"type": "divider"}, *blocks], "state": {"values": values}}


def read(form: dict[str, Any]) -> str:
    pieces = quote(*given_back(form))["elements"]
    return "".join(
        next(one[key] for key in ("text", "user_id", "channel_id") if key in one) for one in pieces
    )


@pytest.mark.parametrize("kind", HELD)
def test_every_kind_of_field_is_given_back_with_its_label(kind: str) -> None:
    filled, empty, said = ({"type": kind} | one if isinstance(one, dict) else one for one in HELD[kind])
    assert read(sent(filled)) == f"Label 0\n{said}"
    assert read(sent(empty)) == ""
    assert read(sent(filled, empty, filled)) == f"Label 0\n{said}\nLabel 2\n{said}"
    checked_blocks([rich(quote(*given_back(sent(filled))))])


def test_each_kind_that_is_read_is_tried() -> None:
    assert set(HELD) >= set(ANSWERS)

"""Slack gives every block and every element an id where the app gave none."""

import copy
import secrets
from collections.abc import Iterator
from typing import Any

_WITHOUT_ACTION = {"image", "plain_text", "mrkdwn"}


def with_ids(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A copy in which each block has a block_id and each interactive element an action_id."""
    copied = copy.deepcopy(blocks)
    for block in copied:
        block.setdefault("block_id", secrets.token_urlsafe(4)[:5])
        for element in elements_of(block):
            element.setdefault("action_id", secrets.token_urlsafe(4)[:5])
    return copied


def elements_of(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The elements of a block that a person can use."""
    if block["type"] not in {"section", "actions", "input"}:
        return
    for element in (block.get("accessory"), block.get("element"), *block.get("elements", ())):
        if element and element["type"] not in _WITHOUT_ACTION:
            yield element

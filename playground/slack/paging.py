"""Lists in pages: `limit` and `cursor` in, `next_cursor` out (docs.slack.dev/apis/web-api/pagination)."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from playground.slack.arguments import Arguments
from playground.slack.errors import SlackError

T = TypeVar("T")


def page(everything: Sequence[T], arguments: Arguments, default: int = 100) -> tuple[list[T], str]:
    """This page, and the cursor of the next one: empty after the last."""
    start = _read(arguments.text("cursor", ""))
    end = start + arguments.number("limit", default, most=999)
    return list(everything[start:end]), _written(end) if end < len(everything) else ""


def _written(offset: int) -> str:
    return base64.b64encode(f"offset:{offset}".encode()).decode()


def _read(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("offset:"))
    except (binascii.Error, ValueError) as unreadable:
        raise SlackError("invalid_cursor") from unreadable

"""The fields into which people type: how much each takes, for the form that asks and for the reading of its answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.plan.values import LONGEST_NAME, LONGEST_OFFICE
from bot.reading import names
from bot.reading.item_lines import LONGEST_TITLE
from bot.tips import LONGEST_SEARCH, LONGEST_TIP
from handlers.blocks.kit import Block, input_block, text_input
from handlers.blocks.limits import INPUT_TEXT


@dataclass(frozen=True)
class Field:
    longest: int
    is_multiline: bool = False


FIELDS: Mapping[str, Field] = {
    "title": Field(LONGEST_TITLE),
    "details": Field(INPUT_TEXT, is_multiline=True),
    "links": Field(INPUT_TEXT, is_multiline=True),
    "lead": Field(200),
    "on_behalf_of": Field(names.LONGEST_NAME),
    "note": Field(1000, is_multiline=True),
    "text": Field(LONGEST_TIP, is_multiline=True),
    "words": Field(LONGEST_SEARCH),
    "name": Field(LONGEST_NAME),
    "office": Field(LONGEST_OFFICE),
    "timezone": Field(64),
    "call_days": Field(100),
}
"""By the id of its block, under which its answer comes back."""


def text_field(
    field: str, label: str, known: str | None = None, *, optional: bool = False, hint: str = ""
) -> Block:
    takes = FIELDS[field]
    typed = text_input(known, limit=takes.longest, multiline=takes.is_multiline)
    return input_block(field, label, typed, optional=optional, hint=hint)

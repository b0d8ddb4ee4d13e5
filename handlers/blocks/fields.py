"""The fields into which people type: how much each takes, for the form that asks and for the reading of its answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.plan.values import LONGEST_NAME, LONGEST_OFFICE, LONGEST_WORD
from bot.reading import names
from bot.reading.item_lines import LONGEST_TITLE
from bot.tips import LONGEST_SEARCH, LONGEST_TIP
from handlers.blocks.kit import Block, input_block, text_input
from handlers.blocks.limits import INPUT_TEXT
from handlers.words import _


@dataclass(frozen=True)
class Field:
    """`is_of_settings`: it holds a name, a place or numbers of the consortium's. In all others people write what they like, and so about whom they like."""

    longest: int
    is_multiline: bool = False
    is_of_settings: bool = False


FIELDS: Mapping[str, Field] = {
    "title": Field(LONGEST_TITLE),
    "details": Field(INPUT_TEXT, is_multiline=True),
    "links": Field(INPUT_TEXT, is_multiline=True),
    "lead": Field(200),
    "on_behalf_of": Field(names.LONGEST_NAME),
    "note": Field(1000, is_multiline=True),
    "outcome": Field(300),
    "question": Field(500, is_multiline=True),
    "answer": Field(1000, is_multiline=True),
    "what": Field(300),
    "hold_reason": Field(500, is_multiline=True),
    "staff": Field(300, is_multiline=True),
    "arrival": Field(500, is_multiline=True),
    "nearby": Field(300),
    "more": Field(500, is_multiline=True),
    "who_is_new": Field(500, is_multiline=True),
    "text": Field(LONGEST_TIP, is_multiline=True),
    "words": Field(LONGEST_SEARCH),
    "name": Field(LONGEST_NAME, is_of_settings=True),
    "office": Field(LONGEST_OFFICE, is_of_settings=True),
    "called_one": Field(LONGEST_WORD, is_of_settings=True),
    "called_many": Field(LONGEST_WORD, is_of_settings=True),
    "timezone": Field(64, is_of_settings=True),
    "heading": Field(75),
    "order": Field(INPUT_TEXT, is_of_settings=True),
    "call_days": Field(INPUT_TEXT, is_of_settings=True),  # each day of a year has room in it
}
"""By the id of its block, under which its answer comes back."""


def text_field(
    field: str, label: str, known: str | None = None, *, optional: bool = False, hint: str = ""
) -> Block:
    takes = FIELDS[field]
    typed = text_input(known, limit=takes.longest, multiline=takes.is_multiline)
    hints = [hint, "" if takes.is_of_settings else no_clients()]
    return input_block(field, label, typed, optional=optional, hint=" ".join(filter(None, hints)))


def no_clients() -> str:
    """Beside every box into which people write: a name in an agenda can end in a court file."""
    return _(
        "Please do not write the name of a client, a young person or a family. "
        "Do not write anything that shows who they are."
    )

"""The blocks, and which elements may stand in which (docs.slack.dev/reference/block-kit/blocks)."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from playground.slack.block_kit import entries, menus
from playground.slack.block_kit.data import DataTable, DataVisualization
from playground.slack.block_kit.model import Address, Id, Model, problem
from playground.slack.block_kit.rich_text import RichText
from playground.slack.block_kit.text import Any2000, Any3000, Mrkdwn, Plain150, Plain2000, PlainText

_Menus = (
    menus.StaticSelect
    | menus.MultiStaticSelect
    | menus.UsersSelect
    | menus.MultiUsersSelect
    | menus.ConversationsSelect
    | menus.ChannelsSelect
)
_Pickers = entries.DatePicker | entries.TimePicker | menus.RadioButtons | menus.Checkboxes

Accessory = Annotated[
    entries.Button | entries.Image | menus.Overflow | _Menus | _Pickers, Field(discriminator="type")
]
Action = Annotated[
    entries.Button | menus.Overflow | _Menus | _Pickers | entries.DateTimePicker, Field(discriminator="type")
]
Entry = Annotated[
    _Menus
    | _Pickers
    | entries.DateTimePicker
    | entries.PlainTextInput
    | entries.NumberInput
    | entries.UrlTextInput
    | entries.EmailTextInput
    | entries.RichTextInput,
    Field(discriminator="type"),
]


class Section(Model):
    type: Literal["section"]
    block_id: Id | None = None
    text: Any3000 | None = None
    fields: list[Any2000] | None = Field(None, min_length=1, max_length=10)
    accessory: Accessory | None = None
    expand: bool | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.text is None and self.fields is None:
            raise problem("missing required field: text")
        return self


class Header(Model):
    type: Literal["header"]
    block_id: Id | None = None
    text: Plain150


class Divider(Model):
    type: Literal["divider"]
    block_id: Id | None = None


class ImageBlock(Model):
    type: Literal["image"]
    block_id: Id | None = None
    image_url: Address
    alt_text: str = Field(min_length=1, max_length=2000)
    title: Plain2000 | None = None


class Context(Model):
    type: Literal["context"]
    block_id: Id | None = None
    elements: list[Annotated[entries.Image | PlainText | Mrkdwn, Field(discriminator="type")]] = Field(
        min_length=1, max_length=10
    )


class Actions(Model):
    type: Literal["actions"]
    block_id: Id | None = None
    elements: list[Action] = Field(min_length=1, max_length=25)


class Input(Model):
    type: Literal["input"]
    block_id: Id | None = None
    label: Plain2000
    element: Entry
    hint: Plain2000 | None = None
    optional: bool | None = None
    dispatch_action: bool | None = None


class Markdown(Model):
    type: Literal["markdown"]
    block_id: Id | None = None
    text: str = Field(min_length=1, max_length=12_000)


_Everywhere = Section | Header | Divider | ImageBlock | Context | Actions | Input | RichText
ViewBlock = Annotated[_Everywhere, Field(discriminator="type")]
HomeBlock = Annotated[_Everywhere | DataTable, Field(discriminator="type")]
MessageBlock = Annotated[_Everywhere | Markdown | DataTable | DataVisualization, Field(discriminator="type")]

"""The rich_text block and its parts (docs.slack.dev/reference/block-kit/blocks/rich-text-block)."""

from typing import Annotated, Literal

from pydantic import Field

from playground.slack.block_kit.model import Address, Id, Model


class Style(Model):
    bold: bool | None = None
    italic: bool | None = None
    strike: bool | None = None
    underline: bool | None = None
    highlight: bool | None = None
    client_highlight: bool | None = None
    unlink: bool | None = None


class TextStyle(Style):
    code: bool | None = None


class Text(Model):
    type: Literal["text"]
    text: str = Field(min_length=1)
    style: TextStyle | None = None


class Link(Model):
    type: Literal["link"]
    url: Address
    text: str | None = None
    unsafe: bool | None = None
    style: TextStyle | None = None


class User(Model):
    type: Literal["user"]
    user_id: Id
    style: Style | None = None


class UserGroup(Model):
    type: Literal["usergroup"]
    usergroup_id: Id
    style: Style | None = None


class ChannelName(Model):
    type: Literal["channel"]
    channel_id: Id
    style: Style | None = None


class Emoji(Model):
    type: Literal["emoji"]
    name: str = Field(min_length=1)
    unicode: str | None = None
    style: Style | None = None


class Broadcast(Model):
    type: Literal["broadcast"]
    range: Literal["here", "channel", "everyone"]


class Date(Model):
    type: Literal["date"]
    timestamp: int
    format: str = Field(min_length=1)
    url: Address | None = None
    fallback: str | None = None


class Color(Model):
    type: Literal["color"]
    value: str = Field(pattern="^#[0-9A-Fa-f]{6}$")


Inline = Annotated[
    Text | Link | User | UserGroup | ChannelName | Emoji | Broadcast | Date | Color,
    Field(discriminator="type"),
]


class Section(Model):
    type: Literal["rich_text_section"]
    elements: list[Inline]


class ListOfSections(Model):
    type: Literal["rich_text_list"]
    style: Literal["bullet", "ordered"]
    elements: list[Section]
    indent: int | None = Field(None, ge=0, le=8)
    offset: int | None = Field(None, ge=0)
    border: Literal[0, 1] | None = None


class Quote(Model):
    type: Literal["rich_text_quote"]
    elements: list[Inline]
    border: Literal[0, 1] | None = None


class Preformatted(Model):
    type: Literal["rich_text_preformatted"]
    elements: list[Annotated[Text | Link, Field(discriminator="type")]]
    border: Literal[0, 1] | None = None
    language: str | None = None


class RichText(Model):
    type: Literal["rich_text"]
    block_id: Id | None = None
    elements: list[
        Annotated[Section | ListOfSections | Quote | Preformatted, Field(discriminator="type")]
    ] = Field(min_length=1)

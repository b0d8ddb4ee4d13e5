"""Composition objects: texts, options, confirmation dialogs (docs.slack.dev/reference/block-kit/composition-objects)."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from playground.slack.block_kit.model import Address, Model, too_long


class PlainText(Model):
    type: Literal["plain_text"]
    text: str = Field(min_length=1)
    emoji: bool | None = None


class Mrkdwn(Model):
    type: Literal["mrkdwn"]
    text: str = Field(min_length=1)
    verbatim: bool | None = None


def at_most(most: int) -> AfterValidator:
    def fits(text: PlainText | Mrkdwn) -> PlainText | Mrkdwn:
        if len(text.text) > most:
            raise too_long(most, "/text")
        return text

    return AfterValidator(fits)


AnyText = Annotated[PlainText | Mrkdwn, Field(discriminator="type")]
Plain24 = Annotated[PlainText, at_most(24)]
Plain30 = Annotated[PlainText, at_most(30)]
Plain75 = Annotated[PlainText, at_most(75)]
Plain100 = Annotated[PlainText, at_most(100)]
Plain150 = Annotated[PlainText, at_most(150)]
Plain2000 = Annotated[PlainText, at_most(2000)]
Any75 = Annotated[AnyText, at_most(75)]
Any300 = Annotated[AnyText, at_most(300)]
Any2000 = Annotated[AnyText, at_most(2000)]
Any3000 = Annotated[AnyText, at_most(3000)]

OptionValue = Annotated[str, Field(min_length=1, max_length=150)]


class Option(Model):
    """A line of a select menu."""

    text: Plain75
    value: OptionValue
    description: Plain75 | None = None


class OverflowOption(Option):
    url: Address | None = None


class TickOption(Model):
    """A line of checkboxes or radio buttons: the only options whose texts may be mrkdwn."""

    text: Any75
    value: OptionValue
    description: Any75 | None = None


class OptionGroup(Model):
    label: Plain75
    options: list[Option] = Field(min_length=1, max_length=100)


class Confirm(Model):
    title: Plain100
    text: Any300
    confirm: Plain30
    deny: Plain30
    style: Literal["primary", "danger"] | None = None


class DispatchActionConfig(Model):
    trigger_actions_on: list[Literal["on_enter_pressed", "on_character_entered"]] = Field(
        min_length=1, max_length=2
    )


class ConversationFilter(Model):
    include: list[Literal["im", "mpim", "private", "public"]] | None = Field(None, min_length=1)
    exclude_external_shared_channels: bool | None = None
    exclude_bot_users: bool | None = None

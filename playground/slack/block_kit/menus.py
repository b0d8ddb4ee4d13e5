"""Elements in which a person picks from a list (docs.slack.dev/reference/block-kit/block-elements)."""

from collections.abc import Sequence
from typing import Literal, Self

from pydantic import Field, model_validator

from playground.slack.block_kit.model import Id, Model, one_of, problem
from playground.slack.block_kit.text import (
    Confirm,
    ConversationFilter,
    Option,
    OptionGroup,
    OverflowOption,
    Plain150,
    TickOption,
)


class Menu(Model):
    action_id: Id | None = None
    placeholder: Plain150 | None = None
    confirm: Confirm | None = None
    focus_on_load: bool | None = None


class _OwnOptions(Menu):
    options: list[Option] | None = Field(None, min_length=1, max_length=100)
    option_groups: list[OptionGroup] | None = Field(None, min_length=1, max_length=100)

    @model_validator(mode="after")
    def _has_options_or_groups(self) -> Self:
        one_of(self, "options", "option_groups")
        return self

    def _all_options(self) -> list[Option]:
        return self.options or [option for group in self.option_groups or [] for option in group.options]


class StaticSelect(_OwnOptions):
    type: Literal["static_select"]
    initial_option: Option | None = None

    @model_validator(mode="after")
    def _starts_with_one_of_its_options(self) -> Self:
        _starts_within(
            [self.initial_option] if self.initial_option else [], self._all_options(), "initial_option"
        )
        return self


class MultiStaticSelect(_OwnOptions):
    type: Literal["multi_static_select"]
    initial_options: list[Option] | None = Field(None, min_length=1)
    max_selected_items: int | None = Field(None, ge=1)

    @model_validator(mode="after")
    def _starts_with_some_of_its_options(self) -> Self:
        _starts_within(self.initial_options or [], self._all_options(), "initial_options")
        return self


class UsersSelect(Menu):
    type: Literal["users_select"]
    initial_user: Id | None = None


class MultiUsersSelect(Menu):
    type: Literal["multi_users_select"]
    initial_users: list[Id] | None = None
    max_selected_items: int | None = Field(None, ge=1)


class ConversationsSelect(Menu):
    type: Literal["conversations_select"]
    initial_conversation: Id | None = None
    default_to_current_conversation: bool | None = None
    filter: ConversationFilter | None = None


class ChannelsSelect(Menu):
    type: Literal["channels_select"]
    initial_channel: Id | None = None


class Overflow(Model):
    type: Literal["overflow"]
    action_id: Id | None = None
    options: list[OverflowOption] = Field(min_length=1, max_length=5)
    confirm: Confirm | None = None


class _Ticks(Model):
    action_id: Id | None = None
    options: list[TickOption] = Field(min_length=1, max_length=10)
    confirm: Confirm | None = None
    focus_on_load: bool | None = None


class RadioButtons(_Ticks):
    type: Literal["radio_buttons"]
    initial_option: TickOption | None = None

    @model_validator(mode="after")
    def _starts_with_one_of_its_options(self) -> Self:
        _starts_within([self.initial_option] if self.initial_option else [], self.options, "initial_option")
        return self


class Checkboxes(_Ticks):
    type: Literal["checkboxes"]
    initial_options: list[TickOption] | None = Field(None, min_length=1)

    @model_validator(mode="after")
    def _starts_with_some_of_its_options(self) -> Self:
        _starts_within(self.initial_options or [], self.options, "initial_options")
        return self


def _starts_within(initial: Sequence[Model], options: Sequence[Model], field: str) -> None:
    if any(option not in options for option in initial):
        raise problem("initial option not found among options", f"/{field}")

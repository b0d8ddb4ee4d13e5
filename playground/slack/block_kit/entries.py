"""Elements that a person presses or writes into (docs.slack.dev/reference/block-kit/block-elements)."""

from datetime import date, time
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, model_validator

from playground.slack.block_kit.model import Address, Id, Model, problem
from playground.slack.block_kit.rich_text import RichText
from playground.slack.block_kit.text import Confirm, DispatchActionConfig, Plain75, Plain150


class Button(Model):
    type: Literal["button"]
    text: Plain75
    action_id: Id | None = None
    value: str | None = Field(None, max_length=2000)
    url: Address | None = None
    style: Literal["primary", "danger"] | None = None
    confirm: Confirm | None = None
    accessibility_label: str | None = Field(None, min_length=1, max_length=75)


class Image(Model):
    type: Literal["image"]
    image_url: Address
    alt_text: str = Field(min_length=1, max_length=2000)


def _is_day(value: str) -> str:
    try:
        written = date.fromisoformat(value).isoformat()
    except ValueError:
        written = ""
    if written != value:
        raise problem("must be a date in the format YYYY-MM-DD")
    return value


def _is_time(value: str) -> str:
    try:
        written = time.fromisoformat(value).strftime("%H:%M")
    except ValueError:
        written = ""
    if written != value:
        raise problem("must be a time in the format HH:mm")
    return value


def _is_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise problem("must be a time zone in the IANA format") from unknown
    return value


class Picker(Model):
    action_id: Id | None = None
    confirm: Confirm | None = None
    focus_on_load: bool | None = None


class DatePicker(Picker):
    type: Literal["datepicker"]
    placeholder: Plain150 | None = None
    initial_date: Annotated[str, AfterValidator(_is_day)] | None = None


class TimePicker(Picker):
    type: Literal["timepicker"]
    placeholder: Plain150 | None = None
    initial_time: Annotated[str, AfterValidator(_is_time)] | None = None
    timezone: Annotated[str, AfterValidator(_is_zone)] | None = None


class DateTimePicker(Picker):
    type: Literal["datetimepicker"]
    initial_date_time: int | None = Field(None, ge=1_000_000_000, le=9_999_999_999)


class Written(Model):
    action_id: Id | None = None
    placeholder: Plain150 | None = None
    dispatch_action_config: DispatchActionConfig | None = None
    focus_on_load: bool | None = None


class PlainTextInput(Written):
    type: Literal["plain_text_input"]
    initial_value: str | None = Field(None, max_length=3000)
    multiline: bool | None = None
    min_length: int | None = Field(None, ge=0, le=3000)
    max_length: int | None = Field(None, ge=1, le=3000)

    @model_validator(mode="after")
    def _has_room(self) -> Self:
        if (self.min_length or 0) > (self.max_length or 3000):
            raise problem("must be less than max_length", "/min_length")
        if self.initial_value and len(self.initial_value) > (self.max_length or 3000):
            raise problem(f"must be less than {(self.max_length or 3000) + 1} characters", "/initial_value")
        return self


class NumberInput(Written):
    type: Literal["number_input"]
    is_decimal_allowed: bool
    initial_value: str | None = None
    min_value: str | None = None
    max_value: str | None = None


class UrlTextInput(Written):
    type: Literal["url_text_input"]
    initial_value: str | None = None


class EmailTextInput(Written):
    type: Literal["email_text_input"]
    initial_value: str | None = None


class RichTextInput(Written):
    type: Literal["rich_text_input"]
    initial_value: RichText | None = None

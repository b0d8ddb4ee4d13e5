"""What a person's deed looks like when Slack tells of it, by Slack's documents and not by the code that reads it."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

Id = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,40}$")]
Filled = Annotated[str, Field(min_length=1)]


class Shape(BaseModel):
    """Slack adds keys as it likes."""

    model_config = ConfigDict(strict=True, extra="allow")


class Command(Shape):
    """docs.slack.dev/interactivity/implementing-slash-commands."""

    command: Literal["/agenda"]
    team_id: Id
    user_id: Id
    trigger_id: Filled


class User(Shape):
    id: Id


class Act(Shape):
    action_id: Filled
    action_ts: Filled


def _the_first(actions: object) -> object:
    """Slack tells of one at a time."""
    return actions[:1] if isinstance(actions, list) else actions


class Click(Shape):
    """docs.slack.dev/reference/interaction-payloads/block_actions-payload."""

    type: Literal["block_actions"]
    user: User
    trigger_id: Filled
    actions: Annotated[list[Act], BeforeValidator(_the_first)] = Field(min_length=1)


class Shortcut(Shape):
    """docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload."""

    type: Literal["shortcut", "message_action"]
    user: User
    callback_id: Filled
    trigger_id: Filled


class State(Shape):
    values: dict[str, dict[str, dict[str, Any]]]


class Form(Shape):
    id: Filled
    hash: Filled
    callback_id: Filled
    state: State


class Submission(Shape):
    """docs.slack.dev/reference/interaction-payloads/view-interactions-payload."""

    type: Literal["view_submission"]
    user: User
    view: Form


class Happened(Shape):
    type: Literal["app_home_opened", "user_change", "member_joined_channel", "member_left_channel"]
    user: Id | User


class HappenedToAChannel(Shape):
    type: Annotated[str, StringConstraints(pattern=r"^(channel|group)_[a-z]+$")]
    channel: Id


class GotANewId(Shape):
    type: Literal["channel_id_changed"]
    old_channel_id: Id
    new_channel_id: Id


class Event(Shape):
    """docs.slack.dev/apis/events-api."""

    event_id: Filled
    event: Happened | HappenedToAChannel | GotANewId


def could_be_said(payload: dict[str, Any]) -> bool:
    """Whether somebody may have done this, and so something may come of it."""
    return any(_fits(shape, payload) for shape in (Command, Click, Shortcut, Submission, Event))


def _fits(shape: type[Shape], payload: dict[str, Any]) -> bool:
    try:
        shape.model_validate(payload)
    except ValidationError:
        return False
    return True

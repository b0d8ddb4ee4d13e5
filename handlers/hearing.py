"""What was heard: Slack's payloads of every kind, read into one shape."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.typed import unescape
from storage.people import Who

Kind = Literal["command", "action", "view", "event"]
Body = dict[str, Any]
LONGEST_ID = 9
"""Digits of an id: more would be none of ours, and more than the database's integers hold."""


@dataclass(frozen=True)
class Heard:
    """One thing a person did. `who` is their own workspace and user id, never the installation's workspace.

    `key` is what Slack repeats when it delivers the same thing again. `subject` is the id of what it is about; it comes
    from outside and says nothing of who may touch it.
    """

    kind: Kind
    id: str
    who: Who
    called: str | None
    key: str
    channel_id: str | None = None
    subject: int | None = None
    value: str = ""
    text: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    trigger_id: str = ""
    block_id: str = ""
    view: Body | None = None


def command(body: Body) -> Heard:
    """A slash command (docs.slack.dev/interactivity/implementing-slash-commands). Its first word says which of ours."""
    typed = unescape(body.get("text") or "")
    first, *rest = typed.split(maxsplit=1) or [""]
    return Heard(
        kind="command",
        id=first.casefold(),
        who=Who(body["team_id"], body["user_id"]),
        called=body.get("user_name"),
        key=f"command:{body['trigger_id']}",
        channel_id=body.get("channel_id"),
        text=rest[0] if rest else "",
        value=typed,
        trigger_id=body["trigger_id"],
    )


def action(body: Body) -> Heard:
    """A click or a choice (docs.slack.dev/reference/interaction-payloads/block_actions-payload)."""
    act, container = body["actions"][0], body.get("container") or {}
    value = _chosen(act)
    user = body["user"]
    place = container.get("message_ts") or container.get("view_id") or (body.get("view") or {}).get("id")
    return Heard(
        kind="action",
        id=act["action_id"],
        who=_who(body),
        called=user.get("name") or user.get("username"),
        key=f"action:{user['id']}:{place}:{act['action_id']}:{value}:{act.get('action_ts')}",
        channel_id=(body.get("channel") or {}).get("id") or container.get("channel_id"),
        subject=_leading_number(value),
        value=value,
        trigger_id=body.get("trigger_id", ""),
        block_id=act.get("block_id", ""),
        view=body.get("view"),
    )


def view(body: Body) -> Heard:
    """A form sent in (docs.slack.dev/reference/interaction-payloads/view-interactions-payload)."""
    sent, user = body["view"], body["user"]
    about = sent.get("private_metadata") or ""
    return Heard(
        kind="view",
        id=sent["callback_id"],
        who=_who(body),
        called=user.get("name") or user.get("username"),
        key=f"view:{sent['id']}:{sent.get('hash')}",
        subject=_leading_number(about),
        value=about,
        answers=_answers(sent),
        trigger_id=body.get("trigger_id", ""),
        view=sent,
    )


def event(body: Body) -> Heard:
    """An event (docs.slack.dev/apis/events-api). Some do not say whose workspace the person is of: then the outer one."""
    told = body["event"]
    user = told.get("user") or ""
    team = told.get("user_team") or told.get("source_team") or told.get("team") or body.get("team_id", "")
    return Heard(
        kind="event",
        id=told["type"],
        who=Who(team, user if isinstance(user, str) else user.get("id", "")),
        called=None,
        key=f"event:{body['event_id']}",
        channel_id=told.get("channel") if isinstance(told.get("channel"), str) else None,
        value=told.get("tab", ""),
    )


def _who(body: Body) -> Who:
    user = body["user"]
    return Who(user.get("team_id") or (body.get("team") or {}).get("id") or "", user["id"])


def _chosen(act: Body) -> str:
    chosen = act["selected_option"] or {} if "selected_option" in act else act
    return str(chosen.get("value") or "")


def _leading_number(value: str) -> int | None:
    """Ours are an id, or an id and what else is needed: "12", "12:3", "12:later". Anything else is about nothing."""
    number = value.split(":", 1)[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) <= LONGEST_ID else None


def _answers(sent: Body) -> dict[str, Any]:
    """Each field's answer under its block's id; an empty one is None."""
    return {
        block_id: _answer(state)
        for block_id, by_action in sent["state"]["values"].items()
        for state in by_action.values()
    }


def _answer(state: Body) -> Any:
    return ANSWERS.get(state["type"], _typed)(state)


def _typed(state: Body) -> Any:
    return state.get("value") or None


ANSWERS: dict[str, Callable[[Body], Any]] = {
    "static_select": lambda state: (state.get("selected_option") or {}).get("value"),
    "multi_users_select": lambda state: state.get("selected_users") or [],
    "conversations_select": lambda state: state.get("selected_conversation"),
    "datepicker": lambda state: state.get("selected_date"),
    "timepicker": lambda state: state.get("selected_time"),
}

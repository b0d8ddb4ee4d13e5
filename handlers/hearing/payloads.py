"""What was heard: Slack's payloads of every kind, read into one shape."""

from dataclasses import field
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, StringConstraints, ValidationError
from pydantic.dataclasses import dataclass

from bot.reading.patterns import pattern
from bot.reading.text import unescape, visible
from handlers.blocks.ids import MORE
from handlers.hearing.fields import answers, filled_in
from storage.people import Who

Kind = Literal["command", "action", "view", "shortcut", "event"]
Body = dict[str, Any]
_TEAM = pattern(r"\A[A-Z0-9]{0,40}")
_CHANNEL = pattern(r"\A[A-Z0-9]{2,40}")
_USER = pattern(r"\A[A-Z0-9]{1,40}")
ODD_SHAPE = (AttributeError, LookupError, TypeError, ValidationError)
"""What reading a payload raises whose shape is none that Slack documents, in Bolt's code and in ours."""
LONGEST_ID = 9
"""Digits of an id: more would be none of ours, and more than the database's integers hold."""
CHANNEL_CHANGES = (
    "channel_archive",
    "channel_deleted",
    "channel_left",
    "channel_unarchive",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_unarchive",
)
"""Events after which Slack is asked how the channel stands (docs.slack.dev/reference/events). Those of private channels say `group`."""
OF_CHANNELS = frozenset({*CHANNEL_CHANGES, "channel_id_changed", "channel_shared", "channel_unshared"})
SLACK_ITSELF = Who("", "USLACK")
"""Who says what no person does. Nobody's id is so short."""
LONGEST_KEY = 500
"""Characters: Slack's parts and ours have far fewer, and Postgres keeps no more than 2704 bytes in an index."""


def _in_slacks_form(who: Who) -> Who:
    if not (_TEAM.fullmatch(who.team_id) and _USER.fullmatch(who.user_id)):
        raise ValueError("nobody in Slack is called so")
    return who


def _as_forms_answer(answers: dict[str, Any]) -> dict[str, Any]:
    for answer in answers.values():
        parts = answer if isinstance(answer, list) else [answer or ""]
        if not all(isinstance(part, str) for part in parts):
            raise ValueError("no field answers so")
    return answers


def _that_can_be_answered(view: Body) -> Body:
    ids = (view["id"], view.get("previous_view_id") or "", view.get("root_view_id") or "")
    if not (ids[0] and all(isinstance(one, str) for one in ids)):
        raise ValueError("no view is known by this")
    return view


Speaker = Annotated[Who, AfterValidator(_in_slacks_form)]
Answers = Annotated[dict[str, Any], AfterValidator(_as_forms_answer)]
Shown = Annotated[Body, AfterValidator(_that_can_be_answered)]
Name = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
"""What is kept, and so must be what both databases keep."""


@dataclass(frozen=True)
class Heard:
    """One thing a person did. `who` is their own workspace and user id, never the installation's workspace; where Slack
    leaves the workspace out, it is empty, and Slack has to be asked.

    `filled_in` is what each field of a form held when it was opened, by the block's id.

    `key` is what Slack repeats when it delivers the same thing again. `subject` is the id of what it is about; it comes
    from outside and says nothing of who may touch it.
    """

    kind: Kind
    id: str
    who: Speaker
    called: Name | None
    key: Name
    channel_id: Name | None = None
    subject: int | None = None
    value: str = ""
    text: str = ""
    answers: Answers = field(default_factory=dict)
    filled_in: Answers = field(default_factory=dict)
    trigger_id: str = ""
    response_url: str = ""
    block_id: str = ""
    view: Shown | None = None
    is_ephemeral: bool = False

    @property
    def page(self) -> int | None:
        """The page of a long list that a click turned to."""
        return leading_number(self.value.partition(":")[2]) if self.kind == "action" else None


def command(body: Body) -> Heard:
    """A slash command (docs.slack.dev/interactivity/implementing-slash-commands). Its first word says which of ours.

    Where nothing is to be seen, nothing was typed.
    """
    typed = _seen(unescape(body.get("text") or ""))
    first, *rest = typed.split(maxsplit=1) or [""]
    return Heard(
        kind="command",
        id=first.casefold(),
        who=Who(body["team_id"], body["user_id"]),
        called=body.get("user_name"),
        key=_key("command", body["trigger_id"]),
        channel_id=body.get("channel_id"),
        text=_seen(rest[0]) if rest else "",
        value=typed,
        trigger_id=body["trigger_id"],
        response_url=body.get("response_url") or "",
    )


def action(body: Body) -> Heard:
    """A click or a choice (docs.slack.dev/reference/interaction-payloads/block_actions-payload)."""
    act, container = body["actions"][0], body.get("container") or {}
    action_id, value = _pressed(act)
    user = body["user"]
    place = (
        container.get("message_ts") or container.get("view_id") or (body.get("view") or {}).get("id") or ""
    )
    return Heard(
        kind="action",
        id=action_id,
        who=Who(user.get("team_id") or "", user["id"]),  # `team` is the app's workspace here, not theirs
        called=user.get("name") or user.get("username"),
        key=_key("action", user["id"], place, action_id, act["action_ts"], value or "-"),
        channel_id=(body.get("channel") or {}).get("id") or container.get("channel_id"),
        subject=leading_number(value),
        value=value,
        trigger_id=_given(body["trigger_id"]),
        response_url=body.get("response_url") or "",
        block_id=act.get("block_id", ""),
        view=body.get("view"),
        is_ephemeral=container.get("is_ephemeral") is True,
    )


def shortcut(body: Body) -> Heard:
    """One from Slack's menus, or from those of a message (docs.slack.dev/interactivity/implementing-shortcuts): its `text`, and its `ts` as the value."""
    user, message = body["user"], body.get("message") or {}
    return Heard(
        kind="shortcut",
        id=body["callback_id"],
        who=Who(user.get("team_id") or "", user["id"]),
        called=user.get("name") or user.get("username"),
        key=_key("shortcut", body["trigger_id"]),
        channel_id=(body.get("channel") or {}).get("id"),
        text=_seen(message.get("text") or ""),
        value=message.get("ts") or "",
        trigger_id=body["trigger_id"],
        response_url=body.get("response_url") or "",
    )


def view(body: Body) -> Heard:
    """A form sent in (docs.slack.dev/reference/interaction-payloads/view-interactions-payload)."""
    sent, user = body["view"], body["user"]
    about = sent.get("private_metadata") or ""
    return Heard(
        kind="view",
        id=sent["callback_id"],
        who=Who(user.get("team_id") or body["team"]["id"], user["id"]),
        called=user.get("name") or user.get("username"),
        key=_key("view", sent["id"], sent["hash"]),
        subject=leading_number(about),
        value=about,
        answers=answers(sent),
        filled_in=filled_in(sent),
        trigger_id=body.get("trigger_id", ""),
        view=sent,
    )


def event(body: Body) -> Heard:
    """An event (docs.slack.dev/apis/events-api). Some do not say whose workspace the person is of: then the outer one."""
    told = body["event"]
    if told["type"] in OF_CHANNELS:
        return _of_channel(body)
    user = told.get("user") or ""
    person = user if isinstance(user, dict) else {"id": user, "team_id": told.get("user_team")}
    team = person.get("team_id") or told.get("source_team") or told.get("team") or body.get("team_id", "")
    return Heard(
        kind="event",
        id=told["type"],
        who=Who(team, person.get("id") or ""),
        called=None,
        key=_key("event", body["event_id"]),
        channel_id=told.get("channel") if isinstance(told.get("channel"), str) else None,
        value=told.get("tab", ""),
        view=told.get("view"),
    )


def _seen(text: str) -> str:
    return text if visible(text) else ""


def _of_channel(body: Body) -> Heard:
    """What happened to a channel; who did it is nothing to us, and Slack does not always say."""
    told = body["event"]
    return Heard(
        kind="event",
        id=told["type"],
        who=SLACK_ITSELF,
        called=None,
        key=_key("event", body["event_id"]),
        channel_id=_in_channels_form(told.get("channel") or told["old_channel_id"]),
        value=_in_channels_form(told["new_channel_id"]) if told["type"] == "channel_id_changed" else "",
    )


def _in_channels_form(channel_id: str) -> str:
    if not _CHANNEL.fullmatch(channel_id):
        raise LookupError("no channel in Slack is called so")
    return channel_id


def _key(*parts: str) -> str:
    """A key of all the parts. Without one of them, two different things could have the same key."""
    key = ":".join(map(_given, parts))
    if len(key) > LONGEST_KEY:
        raise LookupError("nothing of Slack's is known by so much")
    return key


def _given(part: str) -> str:
    if not part:
        raise LookupError("Slack leaves out what it always says")
    return part


def _pressed(act: Body) -> tuple[str, str]:
    """The id and the value of a button, or of the one that a choice stands for."""
    action_id, value = act["action_id"], _chosen(act)
    if action_id != MORE:
        return action_id, value
    door, _space, of = value.partition(" ")
    return door, of


def _chosen(act: Body) -> str:
    chosen = act["selected_option"] or {} if "selected_option" in act else act
    return str(chosen.get("value") or "")


def leading_number(value: str) -> int | None:
    """Ours are an id, or an id and what else is needed: "12", "12:3", "12:later". Anything else is about nothing."""
    number = value.split(":", 1)[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) <= LONGEST_ID else None

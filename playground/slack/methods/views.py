"""views.*: forms and Home tabs (docs.slack.dev/reference/methods/views.open, docs.slack.dev/surfaces/modals)."""

from playground.slack import views
from playground.slack.arguments import Arguments
from playground.slack.errors import SlackError, invalid, missing_argument
from playground.slack.installation import Installation
from playground.slack.world import Json, View


def open_(slack: Installation, arguments: Arguments) -> Json:
    content = _content(slack, arguments, "modal")
    person = _clicked(slack, arguments)
    return _shown(slack, views.open_form(slack.world, person, content))


def push(slack: Installation, arguments: Arguments) -> Json:
    content = _content(slack, arguments, "modal")
    person = _clicked(slack, arguments)
    return _shown(slack, views.push_form(slack.world, person, content))


def update(slack: Installation, arguments: Arguments) -> Json:
    view = _addressed(slack, arguments)
    content = _content(slack, arguments, view.type, except_view=view)
    _check_hash(view, arguments)
    return _shown(slack, views.replace(slack.world, view, content))


def publish(slack: Installation, arguments: Arguments) -> Json:
    person = slack.person(arguments.text("user_id"))
    if person.team_id != slack.app.team_id:
        raise SlackError("user_not_found")
    known = slack.world.homes.get(person.id)
    content = _content(slack, arguments, "home", except_view=known)
    if known:
        _check_hash(known, arguments)
        return _shown(slack, views.replace(slack.world, known, content))
    return _shown(slack, views.first_home(slack.world, person.id, content))


def _content(slack: Installation, arguments: Arguments, kind: str, except_view: View | None = None) -> Json:
    if "view" not in arguments:
        raise missing_argument("view")
    content = views.checked(arguments.structure("view", "invalid_arguments"), kind)
    external_id = content.get("external_id")
    taken = views.by_external_id(slack.world, external_id) if external_id else None
    if taken and taken is not except_view:
        raise SlackError("duplicate_external_id")
    return content


def _clicked(slack: Installation, arguments: Arguments) -> str:
    return slack.triggers.exchange(arguments.text("trigger_id"))


def _addressed(slack: Installation, arguments: Arguments) -> View:
    if "view_id" not in arguments and "external_id" not in arguments:
        raise invalid("invalid_arguments", ["missing required field: view_id [json-pointer:/view_id]"])
    if "view_id" in arguments:
        view = slack.world.view(arguments.text("view_id"))
    else:
        view = views.by_external_id(slack.world, arguments.text("external_id"))
    if view is None:
        raise SlackError("not_found")
    return view


def _check_hash(view: View, arguments: Arguments) -> None:
    if "hash" in arguments and arguments.text("hash") != view.hash:
        raise SlackError("hash_conflict")


def _shown(slack: Installation, view: View) -> Json:
    return {"view": views.as_json(view, slack.app, slack.app.team_id)}

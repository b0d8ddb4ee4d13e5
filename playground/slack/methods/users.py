"""users.*: who somebody is, as far as the app's workspace may know (docs.slack.dev/reference/methods/users.info)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from playground.slack.arguments import Arguments
from playground.slack.installation import Installation
from playground.slack.paging import page
from playground.slack.world import Json, Person

ORGANIZATION = "E0PEACE"


def info(slack: Installation, arguments: Arguments) -> Json:
    person = slack.person(arguments.text("user"))
    return {"user": as_json(slack, person, with_locale=arguments.flag("include_locale"))}


def list_(slack: Installation, arguments: Arguments) -> Json:
    own = [person for person in slack.world.people.values() if person.team_id == slack.app.team_id]
    found, cursor = page(own, arguments)
    with_locale = arguments.flag("include_locale")
    members = [as_json(slack, person, with_locale=with_locale) for person in found]
    return {"members": members, "response_metadata": {"next_cursor": cursor}}


def as_json(slack: Installation, person: Person, *, with_locale: bool = False) -> Json:
    """docs.slack.dev/reference/objects/user-object; of people elsewhere Slack keeps back locale and email."""
    own = person.team_id == slack.app.team_id
    shown: Json = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "real_name": person.real_name,
        "deleted": person.deleted,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "profile": _profile(slack, person, own=own),
    }
    if person.organization:
        shown["enterprise_user"] = _in_the_organization(person)
    if not own:
        return shown | {"is_stranger": False}
    zone = datetime.fromtimestamp(slack.world.clock(), UTC).astimezone(ZoneInfo(person.tz))
    offset = zone.utcoffset()
    shown |= {
        "tz": person.tz,
        "tz_label": zone.tzname(),
        "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
        "is_admin": person.is_admin,
        "is_owner": False,
        "is_restricted": person.is_restricted or person.is_ultra_restricted,
        "is_ultra_restricted": person.is_ultra_restricted,
    }
    return shown | ({"locale": person.locale} if with_locale else {})


def _in_the_organization(person: Person) -> Json:
    return {
        "id": person.id,
        "enterprise_id": ORGANIZATION,
        "enterprise_name": "Sister Peace Initiatives",
        "is_admin": False,
        "is_owner": False,
        "teams": list(person.organization),
    }


def _profile(slack: Installation, person: Person, *, own: bool) -> Json:
    profile: Json = {"real_name": person.real_name, "display_name": person.name, "team": person.team_id}
    if own and person.email and "users:read.email" in slack.app.scopes:
        profile["email"] = person.email
    return profile

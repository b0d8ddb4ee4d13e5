"""auth.test, api.test, team.info: who am I, are you there, where am I (docs.slack.dev/reference/methods)."""

from playground.slack.arguments import Arguments
from playground.slack.errors import SlackError
from playground.slack.installation import Installation
from playground.slack.world import Json


def test(slack: Installation, _: Arguments) -> Json:
    return {
        "url": slack.url,
        "team": slack.world.workspaces[slack.app.team_id].name,
        "team_id": slack.app.team_id,
        "user": slack.world.people[slack.app.user_id].name,
        "user_id": slack.app.user_id,
        "bot_id": slack.app.bot_id,
        "is_enterprise_install": False,
    }


def api_test(_: Installation, arguments: Arguments) -> Json:
    if "error" in arguments:
        raise SlackError(arguments.text("error"), args=arguments.given)
    return {"args": arguments.given}


def team_info(slack: Installation, _: Arguments) -> Json:
    workspace = slack.world.workspaces[slack.app.team_id]
    return {"team": {"id": workspace.id, "name": workspace.name, "domain": workspace.domain}}

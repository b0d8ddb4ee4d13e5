"""The scopes that app.manifest.yml asks for, and what is lost without each."""

from slack_sdk.web.async_slack_response import AsyncSlackResponse

NEEDED = {
    "channels:read": "it can't see who is in a public shared channel",
    "chat:write": "it can't write cards, calls, digests and agendas",
    "commands": "nobody can type /agenda",
    "groups:read": "it can't see who is in a private shared channel",
    "im:write": "it can't write to people directly",
    "mpim:write": "it can't open a group message where people ask for one",
    "users:read": "it can't know what people are called",
}
FOR_LOOKING = {
    "channels:history": "public channels",
    "groups:history": "private channels",
    "im:history": "direct messages",
}
"""Where the bot may look whether a message arrived when Slack did not say so."""
FOR_FILES = ("files:read", "files:write")
"""With both it sends files: what it can't look for it could not send but blind."""
OPTIONAL = tuple(sorted((*FOR_LOOKING, *FOR_FILES)))


def granted(answer: AsyncSlackResponse) -> frozenset[str] | None:
    """What was granted, as Slack says it beside every answer (docs.slack.dev/authentication/installing-with-oauth)."""
    told = answer.headers.get("x-oauth-scopes")
    return None if told is None else frozenset(scope.strip() for scope in told.split(","))

"""The scopes that app.manifest.yml asks for, and what is lost without each."""

NEEDED = {
    "channels:read": "it can't see who is in a public shared channel",
    "chat:write": "it can't write cards, calls, digests and agendas",
    "commands": "nobody can type /agenda",
    "groups:read": "it can't see who is in a private shared channel",
    "im:write": "it can't write to people directly",
    "mpim:write": "it can't open a group message where people ask for one",
    "users:read": "it can't know what people are called",
}
OPTIONAL = {
    "channels:history": "public channels",
    "groups:history": "private channels",
    "im:history": "direct messages",
}
"""Where the bot may look whether a message arrived when Slack did not say so."""

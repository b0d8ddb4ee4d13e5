"""How much of app.manifest.yml is installed, as far as a bot can see: the scopes that were granted, and what was heard."""

from collections.abc import Collection

from handlers.slack.scopes import NEEDED, OPTIONAL
from program.doctor.slack_probe import Told
from program.version import VERSION

CALLED = {
    "command": "commands",
    "action": "buttons",
    "view": "forms",
    "event": "events",
}
"""What changes something when it is heard, by the word with which its key begins."""
COMPARE = "No bot can read its manifest: compare “App Manifest” at api.slack.com/apps with app.manifest.yml."


def manifest_as_seen(told: Told, heard: Collection[str] | None) -> str | None:
    """`heard` is nothing where the database does not say it. Of a Slack that does not know us nothing can be said."""
    if told.failure or told.refusal or not told.team:
        return None
    said = [_granted(told.scopes), *([_heard(heard)] if heard is not None else []), COMPARE]
    return f"Manifest: {' '.join(said)}"


def _granted(scopes: Collection[str] | None) -> str:
    if scopes is None:
        return "Slack does not say which scopes it has granted."
    asked = [*NEEDED, *OPTIONAL]
    missing = [scope for scope in asked if scope not in scopes]
    more = sorted(set(scopes) - set(asked))
    said = (
        f"Of {len(asked)} scopes that version {VERSION} asks for, {len(asked) - len(missing)} are granted."
        if missing
        else f"All scopes that version {VERSION} asks for are granted."
    )
    return f"{said} It does not need {', '.join(more)}." if more else said


def _heard(heard: Collection[str]) -> str:
    """What somebody did by it is written down for two years, and an event for a week. What only shows something leaves no trace."""
    those = [word for kind, word in CALLED.items() if kind in heard]
    never = [word for kind, word in CALLED.items() if kind not in heard]
    said = (
        f"Something was changed by {', '.join(those)}"
        if those
        else "Nothing was changed yet by what it heard"
    )
    lately = f", and lately by no {' and no '.join(never)}" if those and never else ""
    return f"{said}{lately}: what only shows something is not written down."

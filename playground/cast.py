"""Who plays in the playground: two workspaces, a shared channel, and the people of four collaboratives."""

import tomllib
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from playground.slack.app import Command, Shortcut
from playground.slack.server import Slack

TEMPLATE = Path(__file__).with_name("consortium.toml")
MANIFEST = Path(__file__).parents[1] / "app.manifest.yml"
FACTS: dict[str, Any] = tomllib.loads(TEMPLATE.read_text(encoding="utf-8"))
TIMEZONE = ZoneInfo(FACTS["consortium"]["timezone"])
HOURS = [time.fromisoformat(FACTS[what]["at"]) for what in ("calls", "digest")]
"""At which the bot says what is due on a day."""
FIRST_CALL = max(FACTS["calls"]["days_before"])
THURSDAY = 4
HOME, OTHER = "T0SISTER", "T0OTHER"
WORKSPACES = {HOME: "Sister Peace", OTHER: "Bayview Neighbors"}
SHARED, GENERAL = "C0SHARED", "C0GENERAL"
SHARED_NAME = "quarterly-agenda"

PEOPLE = {
    "U0DEVON": "Devon Brooks",
    "U0LINH": "Linh Tran",
    "U0ANA": "Ana Reyes",
    "U0MARISOL": "Marisol Vega",
    "U0THEO": "Theo Lindqvist",
    "U0PRIYA": "Priya Nair",
    "U0SAM": "Sam Whitfield",
    "U0GRACE": "Grace Kimura",
    "U0RUTH": "Ruth Adeyemi",
    "U0KOFI": "Kofi Mensah",
    "U0ADMIN": "Joan Castell",
    "U0NEW": "Noor Haddad",
}
"""The first one is who one is at first: somebody with something to say, who does not decide."""
ADMIN = "U0ADMIN"
"""Who runs the workspace in Slack."""
ELSEWHERE = {"U0RUTH", "U0KOFI"}
"""They work in the other workspace, which does not have the app."""


def gather(slack: Slack) -> None:
    """Everybody takes their place in the small Slack; nobody has said anything yet."""
    slack.app.commands, slack.app.shortcuts = commands(), shortcuts()
    slack.add_workspace(HOME, WORKSPACES[HOME], installed=True)
    slack.add_workspace(OTHER, WORKSPACES[OTHER])
    for person, name in PEOPLE.items():
        slack.add_person(person, OTHER if person in ELSEWHERE else HOME, name, is_admin=person == ADMIN)
    at_home = [person for person in PEOPLE if person not in ELSEWHERE]
    slack.add_channel(SHARED, SHARED_NAME, [HOME, OTHER], [*PEOPLE, slack.app.user_id])
    slack.add_channel(GENERAL, "general", [HOME], at_home)
    for person in at_home:
        slack.direct(person)


def commands() -> dict[str, Command]:
    """As Slack is told of them by the app's manifest."""
    return {
        one["command"]: Command(one["usage_hint"], one["description"])
        for one in _features()["slash_commands"]
    }


def shortcuts() -> list[Shortcut]:
    """The same."""
    return [Shortcut(one["callback_id"], one["name"], one["type"]) for one in _features()["shortcuts"]]


def _features() -> dict[str, Any]:
    features: dict[str, Any] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))["features"]
    return features


def meeting_day(today: date) -> date:
    """The first Thursday for which the first call is yet to come."""
    ahead = (today + timedelta(days=FIRST_CALL + 1 + days) for days in range(7))
    return next(day for day in ahead if day.isoweekday() == THURSDAY)


def consortium(today: date) -> str:
    """What the bot is set up with, as TOML."""
    return TEMPLATE.read_text(encoding="utf-8").replace("{meeting}", meeting_day(today).isoformat())


def as_in_a_file() -> dict[str, str]:
    """The workspace, the shared channel and all people, as the file of a consortium names them, and what each is called."""
    places = {f'team = "{HOME}"': WORKSPACES[HOME], f'channel = "{SHARED}"': SHARED_NAME}
    people = {f'"{_written(person)}"': f"{name}, {_workplace(person)}" for person, name in PEOPLE.items()}
    return places | people


def _written(person: str) -> str:
    return f"{OTHER}/{person}" if person in ELSEWHERE else person


def _workplace(person: str) -> str:
    if person == ADMIN:
        return f"runs the Slack of {WORKSPACES[HOME]}"
    return f"works at {WORKSPACES[OTHER if person in ELSEWHERE else HOME]}"


def roles(*, is_set_up: bool = True) -> dict[str, str]:
    """What each person is in the consortium, in a few words."""
    if not is_set_up:
        others = [person for person in PEOPLE if person != ADMIN]
        return {person: _workplace(person) for person in (ADMIN, *others)}
    known = {_user(one): "admin" for one in FACTS["consortium"]["admins"]}
    for collaborative in FACTS["collaborative"]:
        name = collaborative["name"]
        known |= {_user(one): f"curator of {name}" for one in collaborative["curators"]}
        known |= {_user(one): name for one in collaborative["members"]}
    return {person: known.get(person, "new here") for person in PEOPLE}


def _user(written: str) -> str:
    """A user of another workspace is written T0OTHER/U0RUTH."""
    return written.rpartition("/")[2]

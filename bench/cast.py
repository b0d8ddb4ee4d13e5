"""Who types: a hundred people of four collaboratives, and two curators who get a card for every item."""

from datetime import date, timedelta

from playground.slack import App, Slack

TEAM, CHANNEL = "T0BENCH", "C0BENCH"
CROWD = tuple(f"U0TYPIST{number:02}" for number in range(100))
TYPISTS = CROWD[:20]
"""As many as are busy at once."""
CURATORS = ("U0CURATOR1", "U0CURATOR2")
ADMIN = "U0ADMIN"
COLLABORATIVES = 4
TIMEZONE = "America/Los_Angeles"


def gather() -> Slack:
    """A small Slack of its own with everybody in it, for one app."""
    slack = Slack(app=App())
    slack.add_workspace(TEAM, "Bench", installed=True)
    for user_id in (*CROWD, *CURATORS, ADMIN):
        slack.add_person(user_id, TEAM, user_id.title(), is_admin=user_id == ADMIN)
    slack.add_channel(CHANNEL, "agenda", [TEAM], list(slack.world.people))
    return slack


def consortium(today: date, *, in_days: int = 60, starts: str = "10:00", timezone: str = TIMEZONE) -> str:
    """What the bot is set up with, as TOML: the first collaborative hosts, in two months if nobody says otherwise."""
    collaboratives = "".join(_collaborative(number) for number in range(COLLABORATIVES))
    return f"""
[consortium]
name = "Bench"
team = "{TEAM}"
channel = "{CHANNEL}"
timezone = "{timezone}"
admins = ["{ADMIN}"]
[decisions]
told_after_minutes = 5
[messages]
quiet = false
{collaboratives}
[[meeting]]
date = "{today + timedelta(days=in_days)}"
starts = "{starts}"
minutes = 120
host = "Collaborative 0"
"""


def _collaborative(number: int) -> str:
    curators = list(CURATORS) if number == 0 else []
    return f"""
[[collaborative]]
name = "Collaborative {number}"
office = "{number + 1} Main St"
curators = {curators}
members = {list(CROWD[number::COLLABORATIVES])}
"""

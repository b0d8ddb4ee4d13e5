"""A person's, an app's or Slack's own picture: initials on a colour of their own."""

from nicegui import ui

from playground.page.html import words
from playground.slack.world import Person

COLOURS = ("#4a154b", "#1264a3", "#007a5a", "#b3541e", "#7c3085", "#2c6e7f", "#8d3b72", "#5b6b1f")


def avatar(person: Person | None) -> ui.element:
    if person is None or person.is_bot:
        return words("🗓️" if person else "🤖", "div", "avatar app", aria_hidden="true")
    picture = words(initials(person.real_name), "div", "avatar", aria_hidden="true")
    return picture.style(f"background: {COLOURS[sum(map(ord, person.id)) % len(COLOURS)]}")


def initials(name: str) -> str:
    return "".join(part[0] for part in name.split()[:2]).upper()

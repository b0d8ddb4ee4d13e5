"""Charts and tables, simply: each figure of a chart as a bar with its number beside it, so it can be read aloud as it stands."""

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup
from nicegui import ui

from playground.page.html import box, words
from playground.page.rich_text import rich_text
from playground.page.surface import Surface
from playground.slack.world import Json


class Measured(NamedTuple):
    """A figure of a chart: what it is of, its value, and the number of its colour."""

    label: str
    value: float
    colour: int


def draw_chart(block: Json, _: Surface) -> None:
    groups = dict(_groups(block["chart"]))
    longest = max((one.value for group in groups.values() for one in group), default=0)
    with box("figure", "chart"):
        words(block["title"], "figcaption")
        for label, group in groups.items():
            if label:
                words(label, "div", "category")
            for one in group:
                _draw_bar(one, longest)


def _groups(chart: Json) -> Iterator[tuple[str, list[Measured]]]:
    """By category; a pie has none."""
    if chart["type"] == "pie":
        yield "", [Measured(one["label"], one["value"], at) for at, one in enumerate(chart["segments"])]
        return
    for category in chart["axis_config"]["categories"]:
        yield (
            category,
            [
                Measured(series["name"], point["value"], at)
                for at, series in enumerate(chart["series"])
                for point in series["data"]
                if point["label"] == category
            ],
        )


def _draw_bar(one: Measured, longest: float) -> None:
    with box("div", "measure"):
        words(one.label, css="measured")
        with box("span", "track"):
            _filled(box("span", f"filled colour-{one.colour}"), one.value / longest if longest else 0)
        words(f"{one.value:g}", css="value")


def _filled(bar: ui.element, part: float) -> None:
    bar.style(f"width: {100 * part:.0f}%")


def draw_table(block: Json, surface: Surface) -> None:
    head, *body = block["rows"]
    names_row = block.get("row_header_column_index", 0)
    with box("div", "scrolls", tabindex=0), box("table", "data"):
        words(block["caption"], "caption")
        with box("thead"), box("tr"):
            for cell in head:
                words(_cell(cell, surface), "th", scope="col")
        with box("tbody"):
            for row in body:
                with box("tr"):
                    for at, cell in enumerate(row):
                        is_name = at == names_row
                        words(
                            _cell(cell, surface), "th" if is_name else "td", scope="row" if is_name else None
                        )


def _cell(cell: Json, surface: Surface) -> Markup | str:
    if cell["type"] == "rich_text":
        return rich_text(cell, surface.reader)
    return str(cell.get("text") or f"{cell['value']:g}")

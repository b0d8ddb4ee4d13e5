"""Slack's own charts and tables of figures. Messages alone hold both, and some workspaces refuse them, so the same is also said in words."""

from collections.abc import Mapping, Sequence

from bot.reading.text import cut
from handlers.blocks import limits
from handlers.blocks.kit import Block, Element


def bar_chart(title: str, categories: Sequence[str], series: Mapping[str, Sequence[int]]) -> Block:
    """`series`: by its name, a figure for each category."""
    labels = [cut(category, limits.CHART_LABEL) for category in categories]
    return {
        "type": "data_visualization",
        "title": cut(title, limits.CHART_TITLE),
        "chart": {
            "type": "bar",
            "series": [_series(name, labels, figures) for name, figures in series.items()],
            "axis_config": {"categories": labels},
        },
    }


def _series(name: str, labels: Sequence[str], figures: Sequence[int]) -> Element:
    points = [{"label": label, "value": figure} for label, figure in zip(labels, figures, strict=True)]
    return {"name": cut(name, limits.CHART_LABEL), "data": points}


def data_table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str | int]]) -> Block:
    """The first cell of a row names it."""
    return {
        "type": "data_table",
        "caption": caption,
        "rows": [[_cell(one) for one in row] for row in (head, *rows)],
    }


def _cell(what: str | int) -> Element:
    if isinstance(what, str):
        return {"type": "raw_text", "text": what}
    return {"type": "raw_number", "value": what, "text": str(what)}

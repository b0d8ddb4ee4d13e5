"""Blocks that show figures: charts (docs.slack.dev/reference/block-kit/blocks/data-visualization-block) and tables (…/data-table-block)."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from playground.slack.block_kit.model import Id, Model, problem, too_long
from playground.slack.block_kit.rich_text import RichText

MOST_CHARTS = 2
"""In one message. Slack does not document it, and refuses a third."""
LONGEST_TABLE = 20_000
"""Characters of all cells together."""

Label = Annotated[str, Field(min_length=1, max_length=20)]
AxisName = Annotated[str, Field(min_length=1, max_length=50)]
Figure = int | float


class Point(Model):
    label: Label
    value: Figure


class Segment(Model):
    label: Label
    value: Figure = Field(gt=0)


class Pie(Model):
    type: Literal["pie"]
    segments: list[Segment] = Field(min_length=1, max_length=6)


class Series(Model):
    name: Label
    data: list[Point] = Field(min_length=1, max_length=20)


class AxisConfig(Model):
    categories: list[Label] = Field(min_length=1, max_length=20)
    x_label: AxisName | None = None
    y_label: AxisName | None = None


class Plot(Model):
    type: Literal["bar", "line", "area"]
    series: list[Series] = Field(min_length=1, max_length=6)
    axis_config: AxisConfig

    @model_validator(mode="after")
    def _each_series_has_each_category(self) -> Self:
        names = [one.name for one in self.series]
        if len(set(names)) < len(names):
            raise problem("series names must be unique", "/series")
        for index, one in enumerate(self.series):
            if sorted(point.label for point in one.data) != sorted(self.axis_config.categories):
                raise problem("data labels must match the categories", f"/series/{index}/data")
        return self


class DataVisualization(Model):
    type: Literal["data_visualization"]
    block_id: Id | None = None
    title: AxisName
    chart: Annotated[Pie | Plot, Field(discriminator="type")]


class RawText(Model):
    type: Literal["raw_text"]
    text: str = Field(min_length=1)


class RawNumber(Model):
    type: Literal["raw_number"]
    value: Figure
    text: str | None = Field(None, min_length=1)


Cell = Annotated[RawText | RawNumber | RichText, Field(discriminator="type")]


class DataTable(Model):
    type: Literal["data_table"]
    block_id: Id | None = None
    caption: str = Field(min_length=1)
    rows: list[Annotated[list[Cell], Field(min_length=1, max_length=20)]] = Field(
        min_length=2, max_length=101
    )
    page_size: int | None = Field(None, ge=1, le=100)
    row_header_column_index: int | None = Field(None, ge=0)

    @model_validator(mode="after")
    def _is_a_table(self) -> Self:
        head, *body = self.rows
        if any(isinstance(cell, RichText) for cell in head):
            raise problem("header cells must not be rich_text", "/rows/0")
        for index, row in enumerate(body, start=1):
            if len(row) != len(head):
                raise problem("all rows must have the same number of cells", f"/rows/{index}")
        if sum(map(len, self._texts())) > LONGEST_TABLE:
            raise too_long(LONGEST_TABLE, "/rows")
        return self

    def _texts(self) -> Iterator[str]:
        for row in self.rows:
            yield from (cell.text or "" for cell in row if not isinstance(cell, RichText))

"""Where blocks stand: a message, a modal, a Home tab, and what is true of all their blocks together."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from playground.slack.block_kit.blocks import Actions, HomeBlock, Input, MessageBlock, Section, ViewBlock
from playground.slack.block_kit.data import MOST_CHARTS, DataVisualization
from playground.slack.block_kit.model import Id, Model, problem
from playground.slack.block_kit.text import Plain24

Blocks = list[ViewBlock] | list[HomeBlock] | list[MessageBlock]


class MessageSurface(Model):
    blocks: list[MessageBlock] = Field(max_length=50)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        _ids_are_unique(self.blocks)
        _has_few_charts(self.blocks)
        return self


class _View(Model):
    private_metadata: str | None = Field(None, max_length=3000)
    callback_id: str | None = Field(None, max_length=255)
    external_id: Id | None = None


class Modal(_View):
    type: Literal["modal"]
    title: Plain24
    submit: Plain24 | None = None
    close: Plain24 | None = None
    clear_on_close: bool | None = None
    notify_on_close: bool | None = None
    blocks: list[ViewBlock] = Field(min_length=1, max_length=100)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        _ids_are_unique(self.blocks)
        _takes_focus_once(self.blocks)
        inputs = [index for index, block in enumerate(self.blocks) if block.type == "input"]
        if inputs and self.submit is None:
            raise problem(
                "must define `submit` to use an `input` block in modals", f"/blocks/{inputs[0]}/input"
            )
        return self


class Home(_View):
    type: Literal["home"]
    blocks: list[HomeBlock] = Field(max_length=100)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        _ids_are_unique(self.blocks)
        _takes_focus_once(self.blocks)
        return self


def elements(block: Model) -> Iterator[tuple[str, Model]]:
    """The elements that a person can use in this block, each with where it stands."""
    if isinstance(block, Section) and block.accessory is not None:
        yield "/accessory", block.accessory
    if isinstance(block, Input):
        yield "/element", block.element
    if isinstance(block, Actions):
        yield from ((f"/elements/{index}", element) for index, element in enumerate(block.elements))


def _ids_are_unique(all_blocks: Blocks) -> None:
    seen: set[str] = set()
    for index, block in enumerate(all_blocks):
        if block.block_id in seen:
            raise problem(f'`block_id` "{block.block_id}" already exists', f"/blocks/{index}/block_id")
        seen |= {block.block_id} if block.block_id else set()
        _action_ids_are_unique(index, block)


def _action_ids_are_unique(index: int, block: Model) -> None:
    seen: set[str] = set()
    for at, element in elements(block):
        action_id = getattr(element, "action_id", None)
        if action_id in seen:
            raise problem(f'`action_id` "{action_id}" already exists', f"/blocks/{index}{at}/action_id")
        seen |= {action_id} if action_id else set()


def _has_few_charts(blocks: list[MessageBlock]) -> None:
    charts = [index for index, block in enumerate(blocks) if isinstance(block, DataVisualization)]
    if len(charts) > MOST_CHARTS:
        raise problem(
            f"no more than {MOST_CHARTS} data_visualization blocks allowed", f"/blocks/{charts[MOST_CHARTS]}"
        )


def _takes_focus_once(all_blocks: Blocks) -> None:
    focused = [
        f"/blocks/{index}{at}/focus_on_load"
        for index, block in enumerate(all_blocks)
        for at, element in elements(block)
        if getattr(element, "focus_on_load", None)
    ]
    if len(focused) > 1:
        raise problem("only one element may have `focus_on_load` set to true", focused[1])

"""Block Kit as Slack accepts it, with Slack's words for what it refuses."""

from playground.slack.block_kit.ids import elements_of, with_ids
from playground.slack.block_kit.problems import problems_of_blocks, problems_of_view

__all__ = ["elements_of", "problems_of_blocks", "problems_of_view", "with_ids"]

"""Whose Home shows what, as far as this process has put it there."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

MOST = 10_000
"""People. Of more, those whose Home was drawn last; Slack tells when any of the others opens theirs."""


@dataclass
class Homes:
    """By user id, the mark of what their Home shows."""

    _marks: OrderedDict[str, str] = field(default_factory=OrderedDict)

    def note(self, user_id: str, mark: str) -> None:
        self._marks[user_id] = mark
        self._marks.move_to_end(user_id)
        if len(self._marks) > MOST:
            self._marks.popitem(last=False)

    def as_drawn(self, user_id: str) -> dict[str, Any] | None:
        """What is known of their Home; None if it was never drawn here, or long ago."""
        mark = self._marks.get(user_id)
        return {"id": user_id, "private_metadata": mark} if mark else None

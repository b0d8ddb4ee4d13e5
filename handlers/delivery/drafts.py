"""What a post has to say, made ready to be sent: alone or among others, with a file or with a chart."""

from collections.abc import Sequence
from functools import partial

from handlers.blocks.surfaces import MESSAGE, Shown
from handlers.delivery.kinds import CLEARED, KINDS, draw_with_chart
from handlers.delivery.saying import Beside, Part, Saying, drawn, has_room_for
from handlers.delivery.sending import Draft, Joining
from handlers.delivery.uploads import Made
from storage.outcomes import Outcome


def made_ready(saying: Saying, instead: Outcome | None) -> Draft:
    message, others = drawn(saying.parts)
    joining, file, with_chart = _joining(saying.beside), _file(saying.parts), _with_chart(saying.parts)
    return Draft(MESSAGE.shows(message), others, instead, joining, saying.known, file, with_chart)


def _file(parts: Sequence[Part]) -> Made | None:
    """Made only if it comes to that: it may take long."""
    made = KINDS[parts[0].kind].file if len(parts) == 1 and parts[0].seen is not CLEARED else None
    return partial(made, parts[0].seen) if made else None


def _with_chart(parts: Sequence[Part]) -> Shown | None:
    message = draw_with_chart(parts[0].kind, parts[0].seen) if len(parts) == 1 else None
    return MESSAGE.shows(message) if message else None


def _joining(beside: Beside | None) -> Joining | None:
    """The message of others that it may join, if there is room in it."""
    if beside is None or not has_room_for(beside.parts):
        return None
    message, others = drawn(beside.parts)
    return Joining(beside.channel_id, beside.ts, MESSAGE.shows(message), beside.references, others)

"""What somebody wrote in Slack, as an item would be called after it."""

from bot.reading.patterns import Found, pattern
from bot.reading.text import cut, unescape, visible

_REFERENCE = pattern(r"<([^<>|]{1,3000})(?:\|([^<>]{0,3000}))?>")
_STYLE = pattern(r"[*_~`]")


def title_of(message: str, limit: int) -> str:
    """Its first line that says anything, without links' addresses, calls and styles (docs.slack.dev/messaging/formatting-message-text)."""
    plain = (
        _STYLE.sub("", unescape(_REFERENCE.sub(_as_read, line))).strip() for line in message.splitlines()
    )
    return cut(next(filter(visible, plain), ""), limit)


def _as_read(reference: Found[str]) -> str:
    """A call of a person, a channel or a group by its name, if Slack tells it; a link by what it is called."""
    target, label = reference[1], reference[2]
    if label:
        return label
    return "" if target[0] in "@#!" else target

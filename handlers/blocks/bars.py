"""Bars of text: how much of something is taken, to be seen and not to be read aloud."""

BAR_FULL, BAR_EMPTY, BAR_CELLS = "▓", "░", 10


def bar_of(part: int, whole: int) -> str:
    """Full where there is nothing to be taken, or too much is."""
    full = min(BAR_CELLS, round(BAR_CELLS * part / whole)) if whole else BAR_CELLS
    return BAR_FULL * full + BAR_EMPTY * (BAR_CELLS - full)


def is_bar(text: str) -> bool:
    return set(text) <= {BAR_FULL, BAR_EMPTY}

"""The names that may have been meant by one that is not known."""

from collections.abc import Iterable
from difflib import get_close_matches


def close_to(name: str, known: Iterable[str], likeness: float = 0.6) -> list[str]:
    """Up to three known names that look like the given one, the closest first; capitals make no difference.

    `likeness` is how alike they must be at least, from 0 to 1.
    """
    by_look = {candidate.casefold(): candidate for candidate in known}
    return [by_look[look] for look in get_close_matches(name.casefold(), by_look, cutoff=likeness)]

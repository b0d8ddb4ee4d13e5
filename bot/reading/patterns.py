"""Where every regular expression over what people say is made, so that a test can read them all.

What can be read in many ways takes time in the square of its length, and everybody waits for it. The test therefore
refuses an expression in which two repeats can share the same letters, also with the search for its beginning: one that
begins with a repeat says with \\A that it begins where the text does.
"""

import re
from typing import AnyStr

Found = re.Match
Pattern = re.Pattern

made: list[Pattern[str] | Pattern[bytes]] = []


def pattern(written: AnyStr) -> Pattern[AnyStr]:
    """The expression, made once, when its module is loaded."""
    compiled = re.compile(written)
    made.append(compiled)
    return compiled

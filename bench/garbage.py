"""The clearing away of what is not used any more, held back while a clock runs."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left_lying() -> Iterator[None]:
    """The small Slack remembers more and more; its looking through all of it is nobody's answering time."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()

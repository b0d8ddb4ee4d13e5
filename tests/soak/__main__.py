"""python -m tests.soak [STEP ...]: the long forms of the proofs, one after the other, with what they showed."""

import os
import platform
import sys
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module

SEEDS = (1, 2, 3)
STEPS = {
    "kills": SEEDS,
    "kills.apart": (1,),
    "kills.files": (1,),
    "kills.controls": (1,),
    "turns": (1,),
    "hardships": (1,),
    "front_door": (1,),
    "renderers": (1,),
    "proofs": (1,),
}
"""A module here, or a function in one, and the seeds with which it is called. It raises where a promise was broken."""


def main(*wanted: str) -> int:
    sys.stdout.write(
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f}\n"
    )
    began, broken = time.monotonic(), []
    for step in wanted or STEPS:
        for seed in STEPS[step]:
            if not _is_kept(_function(step), seed):
                broken.append(f"{step} {seed}")
            sys.stdout.flush()
    sys.stdout.write(
        f"{(time.monotonic() - began) / 60:.0f} minutes; broken: {', '.join(broken) or 'nothing'}\n"
    )
    return bool(broken)


def _function(step: str) -> Callable[[int], None]:
    module, _, name = step.partition(".")
    function: Callable[[int], None] = getattr(import_module(f"tests.soak.{module}"), name or "main")
    return function


def _is_kept(step: Callable[[int], None], seed: int) -> bool:
    """One broken promise is no reason not to try the others."""
    try:
        step(seed)
    except Exception:  # noqa: BLE001 - whatever it is, it is told
        traceback.print_exc()
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

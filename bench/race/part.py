"""python -m bench race."""

import argparse
from contextlib import ExitStack

from bench import databases
from bench.databases import Engine
from bench.race import javascript
from bench.race.contestants import EngineName
from bench.race.report import markdown
from bench.race.rounds import Course, race


async def measured(given: argparse.Namespace, stack: ExitStack) -> int:
    folder = stack.enter_context(databases.folder_on_disk())
    engines: dict[EngineName, Engine] = {"SQLite": databases.sqlite(folder)}
    if given.postgres:
        engines["Postgres"] = stack.enter_context(databases.postgres(databases.disk()))
    left_out = [line for line in [javascript.why_left_out()] if line]
    print("\n".join([*(engine.about for engine in engines.values()), *left_out]), flush=True)
    course = Course(given.rounds, given.requests, lambda line: print(f"  {line}", flush=True))
    results = await race(engines, folder, course, javascript=not left_out)
    print(f"\n{markdown(results, left_out)}\n")
    return 0

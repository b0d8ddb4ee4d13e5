"""What a figure depends on: the machine, and what everything stands on."""

import os
import platform
from importlib.metadata import version
from pathlib import Path


def machine() -> str:
    packages = [f"{name} {version(name)}" for name in ("slack-bolt", "SQLAlchemy", "uvicorn")]
    facts = [
        f"{os.cpu_count()} cores ({_processor()})",
        platform.platform(),
        f"Python {platform.python_version()}",
    ]
    return ", ".join(facts) + "\n" + ", ".join(packages)


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())

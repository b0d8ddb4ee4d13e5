"""The pooler of the tests is strict: what a session keeps is not there in the next transaction."""

import psycopg
import pytest

from tests.pooler import pooling
from tests.servers import PostgresServer


def dsn(url: str) -> str:
    return url.replace("postgresql+psycopg", "postgresql")


def test_each_transaction_has_another_session(postgres: PostgresServer) -> None:
    with (
        pooling(postgres.url("postgres")) as (url, _),
        psycopg.connect(dsn(url), prepare_threshold=None) as client,
    ):
        sessions = set()
        for _ in range(8):
            with client.transaction():
                mine = {client.execute("SELECT pg_backend_pid()").fetchone() for _ in range(3)}
            assert len(mine) == 1
            sessions |= mine
    assert len(sessions) == 4


def test_what_was_prepared_is_not_there_in_the_next(postgres: PostgresServer) -> None:
    with (
        pooling(postgres.url("postgres")) as (url, _),
        psycopg.connect(dsn(url), prepare_threshold=0, autocommit=True) as client,
        pytest.raises(psycopg.errors.InvalidSqlStatementName),
    ):
        client.execute("SELECT 1")


@pytest.mark.parametrize("given", [{"options": "-c statement_timeout=1s"}, {"options": "-c search_path=a"}])
def test_a_start_up_parameter_that_nobody_keeps_is_refused(
    postgres: PostgresServer, given: dict[str, str]
) -> None:
    with pooling(postgres.url("postgres")) as (url, pooler):
        with pytest.raises(psycopg.OperationalError, match="unsupported startup parameter: options"):
            psycopg.connect(dsn(url), **given)  # type: ignore[arg-type]
        assert pooler.refused == 1

"""Every contestant as a process of its own: what it answers, what it keeps, and what is noticed when it does not."""

import subprocess
import sys
from dataclasses import replace

import psutil
import pytest

from bench import databases
from bench.databases import ITEMS
from bench.race import javascript
from bench.race.contestants import AS_USUAL, BOTS, FLOORS, IN_GROUPS, SLOWER_FLOOR
from bench.race.lines import Answer
from bench.race.load import Heard, at_once, so_many_a_second
from bench.race.servers import LATE, cpu_seconds, running
from bench.wrong_answer import WrongAnswer

pytestmark = pytest.mark.slow

LEAN = [*FLOORS.values(), SLOWER_FLOOR]
IN_JAVASCRIPT = [*AS_USUAL.values(), *IN_GROUPS.values()]
needs_node = pytest.mark.skipif(
    bool(javascript.missing()) or not javascript.is_installed(),
    reason="Bolt JS is tried only where `make bench` has installed it",
)
WITHOUT_CARDS = [
    *(pytest.param(one, id=one.full_name) for one in LEAN),
    *(pytest.param(one, id=one.full_name, marks=needs_node) for one in IN_JAVASCRIPT),
]


@pytest.fixture(scope="session")
def _installed():
    if not javascript.missing():
        assert javascript.why_left_out() == ""


@pytest.fixture
def engines(tmp_path, postgres):
    return {"SQLite": databases.sqlite(tmp_path), "Postgres": databases.on_server(postgres)}


@pytest.fixture
async def server(request, engines, tmp_path):
    if request.param in IN_JAVASCRIPT:
        request.getfixturevalue("_installed")
    async with running(request.param, engines[request.param.engine], tmp_path) as server:
        yield server


@pytest.mark.parametrize("server", WITHOUT_CARDS, indirect=True)
async def test_every_answer_is_right_and_every_row_is_kept(server):
    heard = await at_once(server.port, server.requests(30), 10)
    heard += await so_many_a_second(server.port, server.requests(10), 200)
    assert len(server.checked(heard)) == 40
    server.count_rows()
    assert server.cpu > 0
    assert server.memory().resident > 1


@pytest.mark.parametrize("server", WITHOUT_CARDS, indirect=True)
async def test_nobody_takes_what_slack_has_not_signed(server):
    forged = [
        replace(request, wire=request.wire.replace(b"Budget", b"Bridge")) for request in server.requests(1)
    ]
    (heard,) = await at_once(server.port, forged, 1)
    assert heard.answer.status == 401
    with pytest.raises(WrongAnswer):
        server.checked([heard])


@pytest.mark.parametrize("server", [pytest.param(FLOORS["SQLite"], id="floor")], indirect=True)
async def test_a_row_that_is_missing_is_noticed(server):
    server.checked(await at_once(server.port, server.requests(3)[:2], 1))
    with pytest.raises(WrongAnswer, match="is 2 for 3 items"):
        server.count_rows()


@pytest.mark.parametrize("server", [pytest.param(BOTS["SQLite"], id="bot")], indirect=True)
async def test_the_bot_gives_receipts_and_sends_its_cards_and_what_is_none_is_noticed(server):
    server.slack.limit_posting(on=True)
    heard = await at_once(server.port, server.requests(3), 3)
    server.slack.limit_posting(on=False)
    assert all(0 < ms < LATE for ms in server.checked(heard))
    await server.settled()
    server.count_rows()
    assert server._engine.count_in(server._url, ITEMS) == 3
    with pytest.raises(WrongAnswer):
        server.checked([replace(heard[0], title="Something else")])
    assert server.checked([Heard("Anything", Answer(200, ""), 1.0)]) == [LATE]
    server.slack.later_answers.append({"blocks": [{"text": "Anything else"}]})
    with pytest.raises(WrongAnswer, match="no receipt for Anything"):
        await server.settled()
    server.slack.later_answers.append({"blocks": [{"text": "Anything: Withdraw"}]})
    await server.answered()
    server.requests(1)
    assert not server._every_card_is_there()


def test_an_empty_answer_of_one_that_answers_at_once_is_wrong():
    assert not FLOORS["SQLite"].is_right("Budget", "")


def test_the_clock_of_another_process_goes_as_the_system_counts():
    works = "import time\nwhile time.process_time() < 0.3: pass\nprint(flush=True); input()"
    with subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", works], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        child.stdout.readline()
        process = psutil.Process(child.pid)
        counted = sum(process.cpu_times()[:2])
        assert cpu_seconds(process) >= 0.3
        assert cpu_seconds(process) == pytest.approx(counted, abs=0.05)


def test_a_server_on_disk_waits_for_the_disk():
    with databases.postgres(databases.disk()) as engine:
        assert "fsync on" in engine.about


def test_without_node_one_line_says_who_is_left_out(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert javascript.why_left_out() == "Bolt JS is left out: there is no node and no npm here."

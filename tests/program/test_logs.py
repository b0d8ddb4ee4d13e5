"""The log: what it tells, and that no way through it lets a person's words or a secret out."""

import asyncio
import gc
import io
import json
import logging
import sys
import threading
import warnings

import pytest
import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from program import logs
from program.logs import start_logging
from storage import sqlite
from storage.database import connect
from storage.troubles import FULL, DatabaseTrouble

CANARY = "canary-2b90"
COMMAND = {"command": "/agenda", "text": f"add {CANARY}", "team_id": "T1", "user_id": "U1"}


class Written(io.StringIO):
    def __init__(self, *, is_terminal: bool = False) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal

    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.getvalue().splitlines()]


@pytest.fixture
def start(monkeypatch):
    """Start logging into a buffer, and give back afterwards everything that belongs to the process."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers.clear()
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    for name in (
        "uvicorn",
        "uvicorn.access",
        "uvicorn.error",
    ):  # a page of the playground may have set them up
        monkeypatch.setattr(logging.getLogger(name), "handlers", [])
        monkeypatch.setattr(logging.getLogger(name), "propagate", True)
        logging.getLogger(name).setLevel(logging.NOTSET)

    def started(level: str = "DEBUG", *, is_terminal: bool = False) -> Written:
        start_logging(level, written := Written(is_terminal=is_terminal))
        return written

    yield started
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()
    root.handlers[:] = before
    root.setLevel(level)


@pytest.fixture
def written(start):
    return start()


@pytest.fixture
def log(written):
    return structlog.get_logger("handlers.listeners.items")


def fail_with(*errors: Exception) -> None:
    if len(errors) == 1:
        raise errors[0]
    try:
        fail_with(*errors[1:])
    except Exception:  # noqa: BLE001  (whatever it is)
        raise errors[0]  # noqa: B904  (the context is what is tested)


def test_a_line_tells_what_happened_where_and_when(log, written):
    log.warning("request refused", reason="stale", status=401)
    [line] = written.lines()
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "level": "warning",
        "logger": "handlers.listeners.items",
        "event": "request refused",
        "reason": "stale",
        "status": 401,
    }


def test_only_allowed_fields_are_written(log, written):
    log.bind(text=CANARY).info(
        "an item was added", body={"text": CANARY}, title=CANARY, positional_args=(CANARY,)
    )
    assert set(written.lines()[0]) == {"timestamp", "level", "logger", "event"}


def test_an_allowed_field_holds_no_object(log, written):
    log.info("failed", error=ValueError(CANARY), reason={"text": CANARY}, post=b"canary-2b90", status=None)
    line = written.lines()[0]
    assert (line["error"], line["reason"], line["post"], line["status"]) == (
        "ValueError",
        "dict",
        "bytes",
        None,
    )


def test_a_value_is_cut(log, written):
    log.info("long", reason="x" * 1000)
    assert len(written.lines()[0]["reason"]) == 200


@pytest.mark.parametrize(
    "token", ["xoxb-12-34-aB9", "xapp-1-A0-9-ff", "xoxp-1", "xoxe.xoxb-1-Mi0", "xoxe-1-My", "xoxs-1-2"]
)
def test_a_token_is_replaced_wherever_it_stands(log, written, token):
    log.info(event := f"started with {token}", reason=event)
    line = written.lines()[0]
    assert (line["event"], line["reason"]) == ("started with [token]", "started with [token]")


def test_the_level_is_kept(start):
    written = start("WARNING")
    structlog.get_logger("bot").info("quiet")
    logging.getLogger("uvicorn.error").info("quiet")
    structlog.get_logger("bot").warning("loud")
    assert [line["event"] for line in written.lines()] == ["loud"]


def test_ours_may_speak_at_debug(log, written):
    log.debug("looked")
    assert written.lines()[0]["event"] == "looked"


@pytest.mark.parametrize(
    ("name", "loudest"),
    [
        ("slack_sdk.web.async_base_client", logging.DEBUG),
        ("slack_bolt.AsyncApp", logging.DEBUG),
        ("app.py:AsyncApp", logging.DEBUG),
        ("aiohttp.client", logging.DEBUG),
        ("slack_bolt.AsyncRequestVerification", logging.INFO),
        ("slack_bolt.RequestVerification", logging.INFO),
        ("sqlalchemy.engine.Engine", logging.INFO),
        ("uvicorn.access", logging.INFO),
        ("apscheduler.executors.default", logging.INFO),
    ],
)
def test_libraries_are_not_heard_where_they_print_what_they_carry(written, monkeypatch, name, loudest):
    logger = logging.getLogger(name)
    monkeypatch.setattr(logger, "level", logging.DEBUG)  # Bolt copies levels to its loggers
    logger.log(loudest, "Invalid")
    logger.log(loudest + 10, "Invalid")
    assert [line["event"] for line in written.lines()] == ["Invalid"]


@pytest.mark.parametrize(
    ("message", "args", "event"),
    [
        (f"Failed to run listener function (error: {CANARY})", (), "Failed to run listener function"),
        (f"Failed to retrieve WSS URL: {CANARY}", (), "Failed to retrieve WSS URL"),
        (f"Task exception was never retrieved\nfuture: {CANARY}", (), "Task exception was never retrieved"),
        ("Could not read %s", (CANARY,), "Could not read"),
        (f'Said "{CANARY}"', (), "Said"),
        (ValueError(CANARY), (), "ValueError"),
    ],
)
def test_of_a_librarys_message_only_the_fixed_words_stay(written, message, args, event):
    logging.getLogger("slack_bolt.AsyncApp").error(message, *args)
    [line] = written.lines()
    assert line["event"] == event
    assert line["where"].startswith("program/test_logs.py:")
    assert CANARY not in written.getvalue()


def test_uvicorn_speaks_plainly(written):
    logging.getLogger("uvicorn.error").info("Uvicorn running on %s://%s:%d", "http", "127.0.0.1", 3000)
    assert written.lines()[0]["event"] == "Uvicorn running on http://127.0.0.1:3000"


def test_an_exception_is_told_by_type_and_frames(log, written):
    try:
        fail_with(ValueError(CANARY), LookupError(CANARY))
    except ValueError:
        log.exception("a turn failed", job="tick")
    first, second = written.lines()[0]["exceptions"]
    assert (first["type"], second["type"]) == ("ValueError", "LookupError")
    assert first["frames"][-1].startswith("program/test_logs.py:")
    assert first["frames"][-1].endswith(":fail_with")
    assert CANARY not in written.getvalue()


def test_the_members_of_a_group_are_told(log, written):
    log.error("failed", exc_info=ExceptionGroup(CANARY, [ValueError(CANARY), KeyError(CANARY)]))
    assert [each["type"] for each in written.lines()[0]["exceptions"]] == [
        "ExceptionGroup",
        "ValueError",
        "KeyError",
    ]
    assert CANARY not in written.getvalue()


@pytest.mark.parametrize("tasks", [0, 1, 2], ids=["alone", "of one task", "of two tasks"])
def test_the_trouble_of_the_database_is_told_in_its_own_words(log, written, tasks):
    trouble = DatabaseTrouble(*FULL)
    error = ExceptionGroup(CANARY, [ExceptionGroup(CANARY, [trouble] * tasks)]) if tasks else trouble
    log.error("failed", exc_info=error)
    (line,) = written.lines()
    assert (line["reason"], line.get("exceptions")) == (FULL[0], None)


def test_a_trouble_of_the_database_hides_no_other_failure(log, written):
    log.error("failed", exc_info=ExceptionGroup(CANARY, [DatabaseTrouble(*FULL), ValueError(CANARY)]))
    (line,) = written.lines()
    assert [each["type"] for each in line["exceptions"]] == [
        "ExceptionGroup",
        "DatabaseTrouble",
        "ValueError",
    ]
    assert "reason" not in line


def test_a_long_chain_is_cut(log, written):
    try:
        fail_with(*(ValueError(number) for number in range(50)))
    except ValueError:
        log.exception("failed")
    assert len(written.lines()[0]["exceptions"]) == 10


def test_of_many_frames_the_innermost_are_told(log, written):
    def fall(depth: int) -> None:
        return fall(depth - 1) if depth else fail_with(ValueError(CANARY))

    try:
        fall(100)
    except ValueError:
        log.exception("failed")
    frames = written.lines()[0]["exceptions"][0]["frames"]
    assert (len(frames), frames[-1].rpartition(":")[2]) == (30, "fail_with")


def test_the_parameters_of_a_statement_stay_out(log, written):
    with connect("sqlite://").begin() as connection:
        connection.execute(text("CREATE TABLE item (title TEXT PRIMARY KEY)"))
        insert = text("INSERT INTO item VALUES (:title)")
        connection.execute(insert, {"title": CANARY})
        with pytest.raises(IntegrityError, match=CANARY) as failure:
            connection.execute(insert, {"title": CANARY})
    log.error("failed", exc_info=failure.value)
    types = [each["type"] for each in written.lines()[0]["exceptions"]]
    assert types[:2] == [IntegrityError.__name__, sqlite.library.IntegrityError.__name__]
    assert CANARY not in written.getvalue()


@pytest.mark.parametrize(
    ("floor_falls", "cut_falls", "is_told"),
    [(False, False, False), (True, False, False), (False, True, False), (True, True, True)],
)
async def test_two_fences_stand_between_the_log_and_what_the_sdk_sends(
    written, empty_slack, monkeypatch, floor_falls, cut_falls, is_told
):
    if floor_falls:
        monkeypatch.setattr(logs, "FLOOR", logging.DEBUG)
    if cut_falls:
        monkeypatch.setattr(logs, "_fixed_words", str)
    client = AsyncWebClient("xoxb-1", base_url=empty_slack.api_url, retry_handlers=[])
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await client.chat_postMessage(channel="C1", text=CANARY)
    assert ("Sending a request" in written.getvalue()) == floor_falls
    assert (CANARY in written.getvalue()) == is_told


async def test_of_a_refusal_of_slacks_its_word_is_told(empty_slack, log, start):
    client = AsyncWebClient("xoxb-1", base_url=empty_slack.api_url, retry_handlers=[])
    for is_terminal in (False, True):
        written = start(is_terminal=is_terminal)
        try:
            await client.chat_postMessage(channel="C1", text=CANARY)
        except SlackApiError:
            log.exception("failed")
        assert (
            "SlackApiError (invalid_auth):" if is_terminal else '"error": "invalid_auth"'
        ) in written.getvalue()
        assert CANARY not in written.getvalue()


async def test_bolt_says_nothing_of_what_it_carries(written):
    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_user_id="B1")

    app = AsyncApp(authorize=authorize, signing_secret=CANARY, process_before_response=True)

    @app.command("/agenda")
    async def _(command):
        raise ValueError(command["text"])

    for body, mode in (
        (COMMAND, "socket_mode"),  # fails
        ({**COMMAND, "command": f"/{CANARY}"}, "socket_mode"),  # nobody listens
        (f"text={CANARY}", "http"),  # is not signed
    ):
        await app.async_dispatch(AsyncBoltRequest(body=body, mode=mode))
    assert [line["event"] for line in written.lines()] == [
        "Failed to run listener function",
        "Unhandled request",
    ]
    assert CANARY not in written.getvalue()


async def test_a_task_that_nobody_waited_for_tells_no_words(written):
    async def fail() -> None:
        fail_with(ValueError(CANARY))

    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    del task
    gc.collect()
    [line] = written.lines()
    assert (line["logger"], line["exceptions"][0]["type"]) == ("asyncio", "ValueError")
    assert CANARY not in written.getvalue()


def test_a_warning_tells_no_words(start):
    with warnings.catch_warnings():  # pytest's own, from before, would keep it
        warnings.simplefilter("always")
        written = start()
        warnings.warn(CANARY, stacklevel=1)
        logging.captureWarnings(capture=False)
    assert written.lines()[0]["logger"] == "py.warnings"
    assert CANARY not in written.getvalue()


def test_a_crash_tells_no_words(written, capfd):
    error = ValueError(CANARY)
    sys.excepthook(ValueError, error, None)
    thread = threading.Thread(target=fail_with, args=(error,))
    thread.start()
    thread.join()
    assert [(line["event"], line["exceptions"][0]["type"]) for line in written.lines()] == [
        ("crashed", "ValueError"),
        ("crashed", "ValueError"),
    ]
    assert CANARY not in written.getvalue() + "".join(capfd.readouterr())


def test_a_line_that_cannot_be_written_tells_no_words(written, capfd, monkeypatch):
    root = logging.getLogger()
    ours = [handler for handler in root.handlers if getattr(handler, "stream", None) is written]
    monkeypatch.setattr(root, "handlers", ours)  # pytest's own handler would raise
    logging.getLogger("uvicorn.error").error("%d", CANARY)
    assert written.lines()[0]["event"] == "a log line could not be written"
    assert CANARY not in written.getvalue() + "".join(capfd.readouterr())


def test_at_a_terminal_a_person_reads_lines_and_still_nobodys_words(start):
    written = start(is_terminal=True)
    log = structlog.get_logger("program.app")
    log.info("the bot is running", mode="socket", port=3000)
    try:
        fail_with(ValueError(CANARY))
    except ValueError:
        log.exception("a job failed", job="call for items", words=CANARY, error="xoxb-1-2-secret")
    said = written.getvalue()
    assert "[info     ] the bot is running [program.app] mode=socket port=3000\n" in said
    assert "[error    ] a job failed [program.app]" in said
    assert "    ValueError: " in said
    assert "test_logs.py" in said
    assert not any(secret in said for secret in (CANARY, "xoxb-1-2-secret"))

"""The log: a line for what happened, in which no person's words and no secret can stand."""

import json
import logging
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import PurePath
from traceback import walk_tb
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict

from handlers.slack.outcomes import said_by_slack
from storage.troubles import DatabaseTrouble

FIELDS = (
    *("timestamp", "level", "logger", "event", "where"),
    *("reason", "kind", "policy", "post", "job", "method", "error", "status", "seconds", "attempt", "count"),
    *("mode", "host", "port", "revision", "exceptions"),
)
LONGEST = 200  # characters of a value
MOST = 10  # exceptions of one failure
DEEPEST = 30  # frames of an exception

FLOOR = logging.INFO  # of libraries: at DEBUG they print what they send and what they are sent
# Below these levels nobody is heard; ours are the only ones that may speak at DEBUG, where Slack's print bodies.
FLOORS = {
    "program": logging.DEBUG,
    "bot": logging.DEBUG,
    "handlers": logging.DEBUG,
    "storage": logging.DEBUG,
    "alembic": logging.WARNING,  # two lines a health check at INFO
    "slack_bolt.RequestVerification": logging.WARNING,  # prints the whole body at INFO
    "slack_bolt.AsyncRequestVerification": logging.WARNING,
    "sqlalchemy": logging.WARNING,  # prints parameters at INFO
    "uvicorn.access": logging.WARNING,
    "apscheduler": logging.WARNING,  # two lines a tick at INFO
}
# Bolt looks into the environment itself, and says at each start that it need not have.
NO_NEWS = ("As you gave `client` as well, `token` will be unused.",)
PLAIN_SPEAKERS = ("uvicorn", "alembic", "apscheduler")  # they say nothing that came from a person

_TOKEN = re.compile(r"\b(?:xox[a-z]|xapp)(?:\.xox[a-z])?-[\w-]+")
_VARIABLE = re.compile(r"[^\w ./-]")


def start_logging(level: str, stream: TextIO | None = None) -> None:
    """Write what is logged by us and by the libraries, to standard error if nothing else is given: as JSON, or at a terminal for people."""
    stream = stream or sys.stderr
    handler = _LineHandler(stream)
    handler.addFilter(_is_heard)
    handler.setFormatter(
        ProcessorFormatter(
            processors=[
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper("iso"),
                _fixed_words_of_libraries,
                _exceptions_without_words,
                _allowed_fields,
                _for_people if stream.isatty() else structlog.processors.JSONRenderer(),
                _without_tokens,
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    sys.excepthook = _log_crash
    threading.excepthook = lambda crash: _log_crash(crash.exc_type, crash.exc_value, crash.exc_traceback)


class _LineHandler(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  (its name in logging)
        """Say that a line is lost, where logging itself would print the line's arguments."""
        with suppress(OSError, ValueError):  # standard error is closed: nobody is left to tell
            line = {"level": "error", "logger": record.name, "event": "a log line could not be written"}
            self.stream.write(json.dumps(line) + "\n")


def _is_heard(record: logging.LogRecord) -> bool:
    floors = [floor for family, floor in FLOORS.items() if _belongs(record.name, family)]
    return record.levelno >= max(floors, default=FLOOR) and record.msg not in NO_NEWS


def _belongs(name: str, *families: str) -> bool:
    return any(name == family or name.startswith(f"{family}.") for family in families)


def _fixed_words_of_libraries(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Keep of a library's message what stands before its first variable part, and where it was said.

    Libraries put bodies, values and the texts of exceptions behind a bracket, a colon or a quotation mark.
    """
    record: logging.LogRecord = event["_record"]
    if not event["_from_structlog"]:
        if not _belongs(record.name, *PLAIN_SPEAKERS):
            event["event"] = _fixed_words(record.msg)
        event["where"] = _place(record.pathname, record.lineno, record.funcName)
    return event


def _fixed_words(message: object) -> str:
    return _VARIABLE.split(message)[0].strip() if isinstance(message, str) else type(message).__qualname__


def _place(path: str, line: int, function: str | None) -> str:
    return f"{'/'.join(PurePath(path).parts[-2:])}:{line}:{function}"


def _exceptions_without_words(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Tell of exceptions their types and frames, and of Slack's refusals its word: their texts may hold a person's words, or a whole statement."""
    error = event.pop("exc_info", None)
    error = sys.exc_info()[1] if error is True else error
    error = error[1] if isinstance(error, tuple) else error
    trouble = _trouble_of_all(error)
    if trouble is not None:  # frames would tell nothing more
        event["reason"] = trouble.says
    elif isinstance(error, BaseException):
        event["exceptions"] = [_told(each) for each in islice(_family(error), MOST)]
    return event


def _trouble_of_all(error: object) -> DatabaseTrouble | None:
    """The database's trouble, also where several tasks of a group met it; None where any met something else."""
    if not isinstance(error, BaseExceptionGroup):
        return error if isinstance(error, DatabaseTrouble) else None
    troubles = [_trouble_of_all(member) for member in error.exceptions]
    return None if None in troubles else troubles[0]


def _family(error: BaseException) -> Iterator[BaseException]:
    yield error
    if isinstance(error, BaseExceptionGroup):
        for member in error.exceptions:
            yield from _family(member)
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause:
        yield from _family(cause)


def _told(error: BaseException) -> dict[str, Any]:
    frames = [
        _place(frame.f_code.co_filename, line, frame.f_code.co_name)
        for frame, line in walk_tb(error.__traceback__)
    ]
    word = said_by_slack(error)
    return {
        "type": type(error).__qualname__,
        **({"error": word} if word else {}),
        "frames": frames[-DEEPEST:],
    }


def _allowed_fields(_logger: Any, _method: str, event: EventDict) -> EventDict:
    return {name: _plain(name, event[name]) for name in FIELDS if name in event}


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return value[:LONGEST]
    simple = value is None or isinstance(value, bool | int | float) or name == "exceptions"
    return value if simple else type(value).__qualname__


def _for_people(_logger: Any, _method: str, event: EventDict) -> str:
    """A line that begins with when, how bad and what; what else is known stands behind it, and frames in lines of their own."""
    exceptions = event.pop("exceptions", [])
    said = structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)(_logger, _method, event)
    return "\n".join([said, *map(_in_a_line, exceptions)])


def _in_a_line(one: dict[str, Any]) -> str:
    word = f" ({one['error']})" if "error" in one else ""
    return f"    {one['type']}{word}: {' < '.join(reversed(one['frames']))}"


def _without_tokens(_logger: Any, _method: str, line: Any) -> str:
    return _TOKEN.sub("[token]", line)


def _log_crash(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if isinstance(error, Exception):
        structlog.get_logger("program").critical("crashed", exc_info=error)
    elif error:  # an interruption, which the default tells well
        sys.__excepthook__(kind, error, trace)

"""The log: one JSON object a line, ours and every library's. Knows no request and no dispute.

An exception's message may quote what somebody typed, and a database's the row that it refused: of an exception its
kinds, its codes and its places are told, never its words; of a library's line the words that are the same each time.
"""

import json
import logging
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import Any

import structlog

SPEAKING = ("alembic.runtime.migration", "waitress.queue")
"""Loggers of libraries that never quote a request: their lines are told as they are."""
SPEAKING_BELOW_WARNING = ("gunicorn.error",)
CODES = ("sqlstate", "sqlite_errorname", "errno")
_writing = threading.Lock()


class Lines:
    """Writes whole lines to standard output, as it is at that moment; the one way for all that is logged."""

    def msg(self, message: str) -> None:
        """Write a line."""
        with _writing:
            sys.stdout.write(f"{message}\n")
            sys.stdout.flush()

    debug = info = warning = error = critical = exception = msg


class Foreign(logging.Handler):
    """Writes what libraries log as lines of ours."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        told: dict[str, Any] = {"level": record.levelname.lower(), "logger": record.name, "event": _words(record)}
        if record.exc_info and record.exc_info[1] is not None:
            told["traceback"] = traceback_of(record.exc_info[1])
        write(told)


def log_lines() -> None:
    """Let our own lines be JSON."""
    structlog.configure(
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.add_log_level,
            _exception,
            _line,
        ],
        logger_factory=lambda *_: Lines(),
    )


def log_everything() -> Callable[[], None]:
    """Let everything that a process says be JSON: libraries, warnings, what nobody caught in any thread.

    Gives what takes it back.
    """
    log_lines()
    root = logging.getLogger()
    before = root.handlers[:], root.level, warnings.showwarning, sys.excepthook, threading.excepthook
    root.handlers[:] = [Foreign()]
    root.setLevel(logging.WARNING)  # the process engine tells each step of each task
    for name in SPEAKING:
        logging.getLogger(name).setLevel(logging.INFO)
    warnings.showwarning = _warned
    sys.excepthook = lambda _kind, error, _places: uncaught(error, "main")
    threading.excepthook = lambda given: uncaught(given.exc_value, given.thread.name if given.thread else "")
    unraisable, sys.unraisablehook = sys.unraisablehook, lambda given: uncaught(given.exc_value, "")

    def undo() -> None:
        root.handlers[:], level, warnings.showwarning, sys.excepthook, threading.excepthook = before
        root.setLevel(level)
        sys.unraisablehook = unraisable

    return undo


def write(told: Mapping[str, Any]) -> None:
    """Write a line of somebody else's."""
    Lines().msg(_line(None, "", {**told, "timestamp": datetime.now(UTC).isoformat().replace("+00:00", "Z")}))


def uncaught(error: BaseException | None, thread: str) -> None:
    """Tell of an exception that nobody caught."""
    if error is not None:
        write({"level": "critical", "event": "uncaught", "thread": thread, "traceback": traceback_of(error)})


def traceback_of(error: BaseException) -> list[dict[str, Any]]:
    """Give an exception and those that led to it, the last first: kinds, codes of a database, places. No words."""
    return [
        {
            "kind": f"{type(each).__module__}.{type(each).__qualname__}",
            **{name: code for name in CODES if isinstance(code := getattr(each, name, None), (str, int))},
            "at": list(_places(each.__traceback__)),
        }
        for each in _chain(error)
    ]


def _chain(error: BaseException) -> Iterator[BaseException]:
    met: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in met:
        met.add(id(found))
        yield found
        found = found.__cause__ or found.__context__


def _places(found: TracebackType | None) -> Iterator[str]:
    for frame, line in walk_tb(found):
        code = frame.f_code
        yield f"{'/'.join(Path(code.co_filename).parts[-3:])}:{line} {code.co_name}"


def _words(record: logging.LogRecord) -> str:
    """What a library's line says: all of it where it never quotes a request, otherwise what is the same each time."""
    quiet = record.levelno < logging.WARNING and record.name.startswith(SPEAKING_BELOW_WARNING)
    if quiet or record.name.startswith(SPEAKING):
        return record.getMessage()
    if record.args:
        return str(record.msg)
    return f"{record.module}.{record.funcName}:{record.lineno}"


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: object = None,  # noqa: ARG001 - the standard library's signature
    line: str | None = None,  # noqa: ARG001
) -> None:
    kind = type(message).__name__ if isinstance(message, Warning) else category.__name__
    place = f"{'/'.join(Path(filename).parts[-3:])}:{lineno}"
    write({"level": "warning", "logger": "py.warnings", "event": kind, "at": place})


def _exception(_logger: Any, _method: str, told: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    given = told.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    if error is not None:
        told["traceback"] = traceback_of(error)
    return told


def _line(_logger: Any, _method: str, told: Mapping[str, Any]) -> str:
    return json.dumps(dict(told), ensure_ascii=True, default=lambda value: type(value).__name__)

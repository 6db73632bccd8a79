"""The log: every line JSON whoever says it, and no words that may quote what somebody typed."""

import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from engine.machine import log_everything
from engine.machine.log import traceback_of

MARKER = "zq7marker"


class RefusedError(Exception):
    """A database's error, with its code."""

    sqlstate = "23505"


@pytest.fixture(autouse=True)
def logged() -> Iterator[None]:
    """Everything goes to the log while a test runs."""
    undo = log_everything()
    yield
    undo()
    structlog.reset_defaults()


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Any:
    """What was said until now, each line read as JSON; the marker stands in none."""

    def read() -> list[dict[str, Any]]:
        told = capsys.readouterr()
        assert MARKER not in told.out + told.err
        assert not told.err
        return [json.loads(line) for line in told.out.splitlines()]

    return read


def fail() -> None:
    """Fail twice, one failure from the other, each with words that quote."""
    held = MARKER
    try:
        int(held)
    except ValueError as error:
        raise RefusedError(f"Failing row contains ({held})") from error


def test_an_error_is_told_by_its_kinds_codes_and_places(said: Any) -> None:
    """Those that led to it as well; neither their words nor what stood in variables."""
    try:
        fail()
    except RefusedError as error:
        structlog.get_logger().error("failed", exc_info=error)
        logging.getLogger("waitress").exception("Exception while serving %s", f"/find?case={MARKER}")
    for line in said():
        assert [each["kind"] for each in line["traceback"]] == ["test_log.RefusedError", "builtins.ValueError"]
        assert line["traceback"][0]["sqlstate"] == "23505"
        assert any(place.endswith(" fail") for place in line["traceback"][0]["at"])


def test_a_librarys_line_is_told_without_what_was_put_into_it(said: Any) -> None:
    """Put in by the logger or before it; a database's migrations and a full queue are told whole."""
    logging.getLogger("some.library").warning("could not read %r of %d", MARKER, 3)
    logging.getLogger("some.library").error(f"could not read {MARKER}")  # noqa: G004 - as libraries do
    logging.getLogger("gunicorn.error").warning("Invalid request from ip=%s: %s", "192.0.2.1", MARKER)
    logging.getLogger("waitress.queue").warning("Task queue depth is %d", 7)
    logging.getLogger("spiff.task").info("each step of each task")
    told = said()
    assert [line["event"] for line in told][:1] == ["could not read %r of %d"]
    assert told[1]["event"].startswith("test_log.")
    assert told[3]["event"] == "Task queue depth is 7"
    assert len(told) == 4


def test_warnings_and_what_nobody_caught_in_any_thread_are_lines_too(said: Any) -> None:
    """Of a warning its kind and place."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning(UserWarning(MARKER), UserWarning, "/x/engine/y.py", 7)
    thread = threading.Thread(target=fail, name="worker")
    thread.start()
    thread.join()
    try:
        fail()
    except RefusedError:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    told = said()
    assert (told[0]["event"], told[0]["at"]) == ("UserWarning", "x/engine/y.py:7")
    assert [(line["event"], line["thread"]) for line in told[1:]] == [("uncaught", "worker"), ("uncaught", "main")]


def test_lines_of_many_threads_do_not_run_into_each_other(said: Any) -> None:
    """Each is written whole."""

    def speak(n: int) -> None:
        for _ in range(50):
            structlog.get_logger().info("x" * 500, n=n)
            logging.getLogger("waitress.queue").info("y" * 500)

    threads = [threading.Thread(target=speak, args=(n,)) for n in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(said()) == 8 * 50 * 2


def test_a_chain_that_bites_its_tail_ends() -> None:
    """An exception may be the cause of its own cause."""
    one, other = ValueError("1"), KeyError("2")
    one.__cause__, other.__cause__ = other, one
    assert [each["kind"] for each in traceback_of(one)] == ["builtins.ValueError", "builtins.KeyError"]

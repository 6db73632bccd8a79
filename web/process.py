"""How a process that stays begins, speaks and ends: signals, waiting for its database, lines for whoever listens."""

import contextlib
import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from types import FrameType
from typing import TypeVar

import click
import structlog

from engine import ConcordError, Interrupted, impatient, log_everything, patiently

START_PATIENCE = 60  # seconds
MOMENT = 2.0  # seconds
Opened = TypeVar("Opened")
log = structlog.get_logger()


@contextlib.contextmanager
def staying() -> Iterator[threading.Event]:
    """What runs until it is told to stop, by SIGTERM or from the keyboard; all that it says is JSON, a line each."""
    unlogged, umask = log_everything(), os.umask(0o077)
    stop = threading.Event()

    def ended(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001 - signal's signature
        stop.set()

    before = {each: signal.signal(each, ended) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    except Interrupted:
        log.info("stopped")
    except ConcordError as error:
        log.critical("ended", why=str(error))
        sys.exit(1)
    else:
        log.info("stopped")
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
        os.umask(umask)
        unlogged()


def opened(opening: Callable[[], Opened], stop: threading.Event, settings: Mapping[str, str]) -> Opened:
    """Open the database, waiting for one that is not there yet for START_PATIENCE seconds."""
    given = settings.get("START_PATIENCE", "")
    patience = int(given) if given.isdecimal() and len(given) < 9 else START_PATIENCE

    def tell(why: str, pause: float) -> None:
        log.warning("waiting for the database", why=why, seconds=pause)

    def hurried() -> Opened:
        with impatient(MOMENT):  # a lock that is held is told of while it is
            return opening()

    return patiently(hurried, patience, tell=tell, rest=stop.wait)


def say(words: str) -> None:
    """Tell whoever sits at the terminal; where nobody does, a line of the log."""
    if sys.stdout.isatty():
        click.echo(words)
    else:
        log.info(words)


def in_lines(doing: Callable[[], None]) -> None:
    """Do what talks to people; where nobody sits at the terminal, what it says becomes lines of the log."""
    if sys.stdout.isatty():
        doing()
        return
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            doing()
    finally:
        for line in filter(str.strip, said.getvalue().splitlines()):
            if line.startswith("{"):
                click.echo(line)  # a line of the log already
            else:
                log.info(line.strip())

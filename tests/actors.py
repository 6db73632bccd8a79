"""Processes on one database, to be killed: a worker that sweeps, a client that completes tasks.

Each is forked from one that has imported everything already: what is killed is a process of its own all the same. The
clock stood at an instant when the computer's stood at another, and goes so many times as fast, in every process alike.
"""

import json
import os
import random
import signal
import sys
import time
import traceback
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event

from town import Town, command

from engine import Concord, ConcordError, open_concord, sweep
from engine.application import StoreUnavailable

OPEN = 6
PAUSE = 0.02


@dataclass(frozen=True, kw_only=True)
class RunningClock:
    """A clock that runs, faster than the computer's or beside it."""

    base: datetime
    started: float
    rate: float

    def now(self) -> datetime:
        """Give the present instant in UTC."""
        return self.base + timedelta(seconds=(time.time() - self.started) * self.rate)


def work(concord: Concord, stop: Event) -> None:
    """Sweep until told to stop; then print how much fired. A database that fails is tried again."""
    fired = aside = 0
    print("ready", flush=True)  # noqa: T201 - its parent reads it
    while not stop.is_set() and os.getppid() == parent():
        try:
            done = sweep(concord)
            fired += done.fired
            aside += len(done.set_aside)
        except StoreUnavailable:
            pass
        stop.wait(PAUSE)
    print(json.dumps({"fired": fired, "aside": aside}), flush=True)  # noqa: T201 - its parent reads it


class Client:
    """Completes task after task, and writes down each command before it is sent and after it is acknowledged."""

    def __init__(self, concord: Concord, log: Path) -> None:
        self.concord = concord
        self.town = Town(concord)
        self.dice = random.Random()  # noqa: S311 - any order will do
        self.log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(self, *words: str) -> None:
        """Write a line so that it outlives a kill, and tell the parent."""
        os.write(self.log, (" ".join(words) + "\n").encode())
        os.fsync(self.log)
        print(*words, flush=True)  # noqa: T201 - its parent reads it

    def turn(self) -> None:
        """Complete a task of an open dispute, or raise another dispute where few are open."""
        with self.concord.store.begin(write=False) as tx:
            refs = [each.ref for each in tx.disputes.open_about("birmingham", ["CASE-1"])]
        once = f"{os.getpid()}-{command()}"
        if len(refs) < OPEN:
            self.note("BEFORE", once, "raise", "-")
            protective = self.concord.clock.now() + timedelta(hours=self.dice.choice((3, 9, 60)))
            ref = self.town.raises(children=2, risk=self.dice.random() < 0.5, protective=protective, command_id=once)
            self.note("AFTER", once, ref, "Raised")
            return
        ref = self.dice.choice(refs)
        dispute = self.town.dispute(ref)
        task = self.dice.choice(dispute.tasks)
        self.note("BEFORE", once, ref, task.key)
        try:
            self.town.completes(self.town.who(dispute, task), ref, task.key, command_id=once)
        except AssertionError:
            self.note("REFUSED", once, ref, task.key)
        else:
            self.note("AFTER", once, ref, task.key)

    def run(self) -> None:
        """Go on until killed; a refusal is an answer, a database that fails is tried again with another command."""
        while os.getppid() == parent():
            try:
                self.turn()
            except StoreUnavailable:
                self.note("UNAVAILABLE")
                Event().wait(PAUSE)
            except ConcordError as error:
                self.note("REFUSED", type(error).__name__)


class Lines:
    """What an actor prints, line by line to whoever started it."""

    def __init__(self, to: Connection) -> None:
        self.to = to
        self.begun = ""

    def write(self, text: str) -> int:
        """Send each line when it is whole."""
        *whole, self.begun = (self.begun + text).split("\n")
        for line in whole:
            self.to.send(line)
        return len(text)

    def flush(self) -> None:
        """Nothing is kept back."""


@cache
def parent() -> int:
    """Whose child this was when it began: an actor whose parent is gone ends."""
    return os.getppid()


def act(to: Connection, role: str, url: str, clock: RunningClock, *rest: str) -> None:
    """Open the database with the clock, and act."""
    parent()
    sys.stdout = Lines(to)  # type: ignore[assignment]
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    try:
        concord = open_concord(url, clock)
        if role == "client":
            Client(concord, Path(rest[0])).run()
        else:
            work(concord, stop)
    except BaseException:
        to.send(f"ENDED {traceback.format_exc()[-3_000:]}")
        raise

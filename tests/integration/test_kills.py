"""Whatever is killed at whatever moment: what was acknowledged is there, once, and nothing is stuck."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import postgresql as server
import pytest
from actors import RunningClock
from sqlalchemy import select
from stage_hands import Hand
from town import MONDAY, closed

from engine import Concord, open_concord, sweep, verify
from engine.dispute import Entry, check_chain
from engine.store import Database
from engine.store.tables import disputes

FAST = 400.0
MOST_SWEEPS = 500
Done = tuple[str, str]


class Stage:
    """A worker and a client on one database, a clock that runs fast, and somebody who kills."""

    def __init__(self, url: str, folder: Path, seed: int) -> None:
        self.url = url
        self.log = folder / "client.log"
        self.clock = RunningClock(base=MONDAY, started=time.time(), rate=FAST)
        self.dice = random.Random(seed)  # noqa: S311 - any moment will do, and the same ones again
        self.hands: dict[str, Hand] = {}
        self.journals: dict[str, list[Entry]] = {}
        self.counted: dict[str, tuple[Counter[Done], Counter[tuple[str, str, str]]]] = {}
        self.known: set[str] = set()
        self.concord: Concord = open_concord(url, self.clock)

    def on(self) -> None:
        """Start who is not there."""
        for role in ("worker", "client"):
            if role not in self.hands:
                self.hands[role] = Hand(role, self.url, self.clock, str(self.log))

    def kill(self, *roles: str, postgresql: server.PostgreSQL | None = None) -> None:
        """After some acknowledged commands, at a random moment of the next, kill some, perhaps the server first."""
        for _ in range(self.dice.randint(2, 6)):
            self.hands["client"].hear("AFTER")
        self.hands["client"].hear("BEFORE")
        moment = time.perf_counter() + self.dice.uniform(0, 0.04)
        while time.perf_counter() < moment:
            pass
        if isinstance(postgresql, server.OwnPostgreSQL):
            postgresql.kill()
        for role in roles:
            self.hands.pop(role).kill()
        if isinstance(postgresql, server.OwnPostgreSQL):
            postgresql.start_again()

    def logged(self) -> tuple[set[str], dict[str, Done]]:
        """The commands that the client began, and those acknowledged, each with the dispute and task it was for."""
        told = [line.split() for line in self.log.read_text().splitlines()]
        done = {words[1]: (words[2], words[3]) for words in told if words[0] == "AFTER"}
        return {words[1] for words in told if words[0] == "BEFORE"}, done

    def kept(self, sent: set[str]) -> set[str]:
        """The commands that the database says were carried out; once they were, they are asked for in the end again."""
        with self.concord.store.begin(write=False) as tx:
            self.known |= {once for once in sent - self.known if tx.commands.done(once) is not None}
        return self.known

    def rows(self) -> dict[str, Any]:
        """Where each dispute stands by its own row; its state stays packed."""
        assert isinstance(self.concord.store, Database)
        c = disputes.c
        with self.concord.store.engine.connect() as connection:
            return {row.ref: row for row in connection.execute(select(c.ref, c.last_hash, c.next_due, c.set_aside))}

    def read(self, ref: str, last: str) -> None:
        """Read a dispute's journal where it has gone on, check its chain, and count what was done in it."""
        if ref in self.journals and self.journals[ref][-1].hash == last:
            return
        with self.concord.store.begin(write=False) as tx:
            last, entries = tx.disputes.get(ref).last_hash, tx.journal.entries(ref)
        self.journals[ref] = entries
        check_chain(entries)
        assert entries[-1].hash == last, "The dispute is not where its journal ends"
        acted = Counter((ref, e.data.get("task", e.kind)) for e in entries if e.kind in {"TaskCompleted", "Raised"})
        fired = Counter((ref, e.data["key"], e.data["due"]) for e in entries if e.kind == "TimerFired")
        assert set(acted.values()) <= {1}, "Something was done twice"
        assert set(fired.values()) <= {1}, "A timer fired twice"
        self.counted[ref] = acted, fired

    def check(self) -> int:
        """Look after a kill, while who was not killed goes on; gives how many commands were acknowledged so far."""
        at = self.clock.now()
        sent, done = self.logged()
        before = set(self.kept(sent))
        assert set(done) <= before, "An acknowledged command is lost"
        for _ in range(MOST_SWEEPS):  # a sweep passes over what somebody alive is working on just then
            sweep(self.concord)
            rows = self.rows()
            stuck = [row.ref for row in rows.values() if row.next_due is not None and row.next_due <= at]
            if not stuck:
                break
        assert not stuck, "Something is stuck"
        assert not [row.ref for row in rows.values() if row.set_aside], "A kill is no dispute's fault"
        for row in rows.values():
            self.read(row.ref, row.last_hash)
        acted = {each for counts, _ in self.counted.values() for each in counts}
        assert acted >= set(done.values()), "An acknowledged command is not in the journal"
        assert len(before) <= len(acted) <= len(self.kept(self.logged()[0])), "Journal and commands do not agree"
        return len(done)

    def end(self) -> None:
        """Nobody acts any more: all that was ever acknowledged is there, and every journal gives what stands there."""
        for role in list(self.hands):
            self.hands.pop(role).kill()
        self.known.clear()
        self.check()
        assert [verdict.fault for verdict in verify(self.concord) if verdict.fault] == []

    def off(self) -> None:
        """Everybody goes."""
        for hand in self.hands.values():
            hand.kill()
        closed(self.concord)


@pytest.fixture
def stage(database_url: str, tmp_path: Path) -> Iterator[Stage]:
    """A stage on a fresh database; a failure shows its seed."""
    seed = time.time_ns()
    print(f"seed {seed}")  # noqa: T201 - shown where the test fails
    opened = Stage(database_url, tmp_path, seed)
    yield opened
    opened.off()


def play(stage: Stage, request: pytest.FixtureRequest, rounds: int) -> None:
    """So many kills: of the client, the worker, both; and on PostgreSQL of the server too."""
    running = request.getfixturevalue("postgresql") if "postgresql" in stage.url else None
    for number in range(rounds):
        stage.on()
        victims = [("client",), ("worker",), ("client", "worker")][number % 3]
        if number % 10 == 3:
            stage.kill(*(victims if running is None else ()), postgresql=running)
        else:
            stage.kill(*victims)
        assert stage.check() >= 2 * (number + 1)
    stage.end()


def test_fifty_kills_lose_nothing_and_repeat_nothing(stage: Stage, request: pytest.FixtureRequest) -> None:
    """Decisions 1, 2, 4; R2."""
    play(stage, request, 50)


@pytest.mark.soak
def test_five_hundred_kills_lose_nothing_and_repeat_nothing(stage: Stage, request: pytest.FixtureRequest) -> None:
    """Decisions 1, 2, 4; R2."""
    play(stage, request, 500)

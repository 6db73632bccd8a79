"""Whatever is killed at whatever moment: what was acknowledged is there, once, and nothing is stuck."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import postgresql as server
import pytest
from actors import RunningClock
from stage_hands import Hand
from town import MONDAY, Town, closed

from engine import Concord, open_concord, sweep
from engine.journal import Entry

FAST = 400.0

MOST_SWEEPS = 500


class Stage:
    """A worker and a client on one database, a clock that runs fast, and somebody who kills."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.log = folder / "client.log"
        self.clock = RunningClock(base=MONDAY, started=time.time(), rate=FAST)
        self.dice = random.Random()  # noqa: S311 - any moment will do
        self.hands: dict[str, Hand] = {}
        self.verified: dict[str, list[Entry]] = {}
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

    def logged(self, word: str) -> dict[str, tuple[str, str]]:
        """The commands of which the client wrote so, each with the dispute and the task that it was for."""
        told = [line.split() for line in self.log.read_text().splitlines()]
        return {words[1]: (words[2], words[3]) for words in told if words[0] == word}

    def kept(self) -> set[str]:
        """The commands that the database says were carried out."""
        sent = self.logged("BEFORE")
        with self.concord.store.begin(write=False) as tx:
            return {once for once in sent if tx.command(once) is not None}

    def journal(self, ref: str) -> list[Entry]:
        """The verified journal of a dispute; one that was verified and has not gone on since is not verified again."""
        with self.concord.store.begin(write=False) as tx:
            last = tx.dispute(ref).last_hash
        if ref not in self.verified or self.verified[ref][-1].hash != last:
            self.verified[ref] = Town(self.concord).verify(ref)
        return self.verified[ref]

    def check(self) -> int:
        """Look after a kill, while who was not killed goes on; gives how many commands were acknowledged so far."""
        at = self.clock.now()
        done, before = self.logged("AFTER"), self.kept()
        assert set(done) <= before, "An acknowledged command is lost"
        for _ in range(MOST_SWEEPS):  # a sweep passes over what somebody alive is working on just then
            sweep(self.concord)
            with self.concord.store.begin(write=False) as tx:
                summaries = tx.summaries("birmingham")
            stuck = [s.ref for s in summaries if s.next_due is not None and s.next_due <= at]
            if not stuck:
                break
        assert not stuck, "Something is stuck"
        assert not [s.ref for s in summaries if s.set_aside], "A kill is no dispute's fault"
        journal = [entry for summary in summaries for entry in self.journal(summary.ref)]
        acted = Counter((e.ref, e.data.get("task", e.kind)) for e in journal if e.kind in {"TaskCompleted", "Raised"})
        fired = Counter((e.ref, e.data["key"], e.data["due"]) for e in journal if e.kind == "TimerFired")
        assert set(acted.values()) <= {1}, "Something was done twice"
        assert set(fired.values()) <= {1}, "A timer fired twice"
        assert acted.keys() >= set(done.values()), "An acknowledged command is not in the journal"
        assert len(before) <= len(acted) <= len(self.kept()), "Journal and commands do not agree"
        return len(done)

    def off(self) -> None:
        """Everybody goes."""
        for hand in self.hands.values():
            hand.kill()
        closed(self.concord)


@pytest.fixture
def stage(database_url: str, tmp_path: Path) -> Iterator[Stage]:
    """A stage on a fresh database."""
    opened = Stage(database_url, tmp_path)
    yield opened
    opened.off()


def play(stage: Stage, request: pytest.FixtureRequest, rounds: int) -> None:
    """So many kills: of the client, the worker, both; and on PostgreSQL of the server too."""
    running = request.getfixturevalue("postgresql") if "postgresql" in stage.url else None
    for number in range(rounds):
        stage.on()
        victims = [("client",), ("worker",), ("client", "worker")][number % 3]
        if number % 5 == 3:
            stage.kill(*(victims if running is None else ()), postgresql=running)
        else:
            stage.kill(*victims)
        assert stage.check() >= 2 * (number + 1)


def test_ten_kills_lose_nothing_and_repeat_nothing(stage: Stage, request: pytest.FixtureRequest) -> None:
    """Decisions 1, 2, 4; R2."""
    play(stage, request, 10)


@pytest.mark.soak
def test_a_hundred_kills_lose_nothing_and_repeat_nothing(stage: Stage, request: pytest.FixtureRequest) -> None:
    """Decisions 1, 2, 4; R2."""
    play(stage, request, 100)

"""A worker: turn after turn, whatever a turn meets. Nothing that fails ends it, no step keeps another from its time.

It says in a row of the database that it works, so that anybody can see whether timers fire (readings/health).
"""

import os
import secrets
import socket
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from engine.application import Concord, DatabaseUnfit, StoreUnavailable, still_fits
from engine.calendar import ahead
from engine.commands.access_log import seal_looks
from engine.commands.firing import PATIENCE, deliver, fire
from engine.commands.patrol import Patrol
from engine.machine import PROGRAM

PAUSE = 1.0
BEAT = 10.0
"""So many seconds pass between two signs of life; `queries/health` waits for several of them."""
MINUTE, HOUR = 60.0, 3600.0
Tell = Callable[[str, str, Mapping[str, Any]], None]
"""Where a worker says what it met: the level, what it was, and its particulars."""


@dataclass(kw_only=True)
class Chore:
    """What a worker does beside firing, every so many seconds; where it fails, it is tried again a minute later."""

    name: str
    every: float
    do: Callable[[], object]
    next: float = 0.0


@dataclass(kw_only=True)
class Worker:
    """One worker of as many as wanted; `moment` is a clock of seconds that only its own rests are measured by."""

    concord: Concord
    tell: Tell
    moment: Callable[[], float]
    chores: Sequence[Chore] = ()
    id: str = field(default_factory=lambda: f"{socket.gethostname()[:60]}-{os.getpid()}-{secrets.token_hex(4)}")
    strikes: Counter[str] = field(default_factory=Counter)
    told: dict[tuple[str, ...], float] = field(default_factory=dict)
    beaten: float | None = None
    unfit: DatabaseUnfit | None = None

    def __post_init__(self) -> None:
        """It looks after the disputes itself: what can't be read is found before it is due."""
        patrol = Patrol(self.concord, self._aside)
        self.chores = [*self.chores, Chore(name="patrol", every=MINUTE, do=patrol.round)]

    def run(self, stop: Event) -> None:
        """Turn after turn until told to stop, or until the database is no longer one that this process may work on."""
        while not stop.is_set():
            if not self._fits():
                stop.set()
                return
            if not self.turn(stop.is_set):
                stop.wait(PAUSE)
        self.end()

    def _fits(self) -> bool:
        """Whether the database is still of the kind and of the release that this process has opened."""
        try:
            still_fits(self.concord)
        except DatabaseUnfit as unfit:
            self.unfit = unfit
            self.tell("critical", "stopped", {"why": str(unfit)})
            return False
        except StoreUnavailable:
            return True  # the turn says so
        return True

    def end(self) -> None:
        """Take leave: who has ended is not waited for."""
        self._step("leaving", self._leave)

    def turn(self, halt: Callable[[], bool] = lambda: False) -> bool:
        """One turn; gives whether there is more to fire at once. It raises nothing.

        Told to `halt`, it does so between two disputes and before the next chore.
        """
        fired, more = self._step("firing timers", lambda: self._fire(halt)) or (None, False)
        self._step("delivering notices", lambda: deliver(self.concord, self._unread))
        self._step("sealing who looked", lambda: seal_looks(self.concord))
        if fired is not None:
            self._step("saying that it works", lambda: self._beat(fired=fired > 0))
        for chore in self.chores:
            if not halt() and self.moment() >= chore.next:
                chore.next = self.moment() + MINUTE
                if self._step(chore.name, lambda chore=chore: (chore.do(),)) is not None:  # type: ignore[misc]
                    chore.next = self.moment() + chore.every
        return more

    def _step(self, what: str, do: Callable[[], Any]) -> Any:
        """Take one step; none where it fails, which is told and ends nothing."""
        try:
            return do()
        except StoreUnavailable as error:
            self._once("warning", "database unavailable, trying again", step=what, why=str(error))
        except Exception as error:  # noqa: BLE001 - a worker that ends fires nothing for anybody
            self._once("error", "worker step failed", step=what, why=f"{type(error).__name__}: {error}", error=error)
        return None

    def _fire(self, halt: Callable[[], bool]) -> tuple[int, bool]:
        done = fire(self.concord, self._aside, self.strikes, halt=halt)
        if done.fired:
            self.tell("info", "swept", {"fired": done.fired, "disputes": done.disputes})
        return done.fired, done.more

    def _beat(self, *, fired: bool) -> None:
        """Say that it works, not in every turn: it is a row that is written."""
        if not fired and self.beaten is not None and self.moment() < self.beaten + BEAT:
            return
        with self.concord.store.begin(patience=PATIENCE) as tx:
            tx.workers.beat(self.id, PROGRAM, ahead(self.concord.clock), fired=fired)
        self.beaten = self.moment()

    def _leave(self) -> None:
        with self.concord.store.begin(patience=PATIENCE) as tx:
            tx.workers.gone(self.id)

    def _aside(self, ref: str, why: str) -> None:
        self._once("error", "dispute set aside", ref=ref, why=why)

    def _unread(self, _ref: str, why: str) -> None:
        self._once("error", "notice not delivered", why=why)

    def _once(self, level: str, event: str, *, error: Exception | None = None, **about: str) -> None:
        """Say it, but the same thing no more than once an hour: what goes on for days must not drown the rest."""
        key = (event, *about.values())
        if self.told.get(key, float("-inf")) + HOUR > self.moment():
            return
        self.told = {known: at for known, at in self.told.items() if at + HOUR > self.moment()} | {key: self.moment()}
        self.tell(level, event, about if error is None else {**about, "exc_info": error})

"""A limit as it ran: when it was set and moved, and whether it was kept, missed or fell away. Knows no journal."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

RUNNING, KEPT, MISSED, LAPSED, FIRED = "running", "kept", "missed", "lapsed", "fired"
STAGE, TASK, PROTECTIVE, WAIT = "stage", "task", "protective", "wait"


@dataclass(frozen=True, kw_only=True)
class Timer:
    """One limit of a stage, a task or a protective timescale, from the day it was set (T12).

    `key` is the timer's or the task's; `at_once` marks what is due as it opens (T6). `missed` is when that was noticed:
    by its timer, or by its being done late. `ended` is when what it was for was over, in time or not; `fired` marks a
    timer that nothing was to be done before, such as a pause. `stage` is the one that it is of, or after which it was
    to be done; `basis` and `calendar` what its instant was computed from, `moved_by` the entries that moved it.
    """

    key: str
    element: str
    what: str
    opened: datetime
    due: datetime
    child: int | None = None
    at_once: bool = False
    moved: tuple[tuple[datetime, datetime], ...] = ()
    missed: datetime | None = None
    ended: datetime | None = None
    undone: bool = False
    fired: bool = False
    stage: str | None = None
    moved_by: tuple[int, ...] = ()
    basis: Mapping[str, Any] = field(default_factory=dict, compare=False)
    calendar: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def outcome(self) -> str:
        """How it stands: running, kept, missed (done late or not at all), lapsed (what it was for fell away), fired."""
        if self.missed:
            return MISSED
        if self.fired:
            return FIRED
        if self.ended is None:
            return RUNNING
        return LAPSED if self.undone else KEPT

    @property
    def by(self) -> timedelta | None:
        """How long before it was due it was kept (negative: how long after, where it is over and was missed)."""
        return None if self.ended is None or self.undone else self.due - self.ended

    def move(self, at: datetime, due: datetime, by: int = 0, basis: Mapping[str, Any] | None = None) -> "Timer":
        """It is due at another instant from `at` on, by an entry."""
        moved = (*self.moved, (at, self.due))
        told = self.basis if basis is None else basis
        return replace(self, due=due, moved=moved, moved_by=(*self.moved_by, by), basis=told)

    def miss(self, at: datetime) -> "Timer":
        """It was not kept."""
        return self if self.missed else replace(self, missed=at)

    def fire(self, at: datetime) -> "Timer":
        """Its timer fired: that was to be before something was done, or it was a pause that is over now."""
        return replace(self, ended=at, fired=True) if self.what == WAIT else self.miss(at)

    def end(self, at: datetime, *, done: bool) -> "Timer":
        """What it was for is over: done, or ended before it was."""
        late = done and at > self.due and not self.at_once
        return replace(self.miss(at) if late else self, ended=at, undone=not done)

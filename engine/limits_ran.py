"""A limit as it ran: when it was set and moved, and whether it was kept, missed or fell away. Knows no journal."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

RUNNING, KEPT, MISSED, LAPSED, FIRED = "running", "kept", "missed", "lapsed", "fired"
STAGE, TASK, PROTECTIVE, WAIT = "stage", "task", "protective", "wait"


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One limit of a stage, a task or a protective timescale, from the day it was set (T12).

    `key` is the timer's or the task's; `at_once` marks what is due as it opens (T6). `missed` is when that was noticed:
    by its timer, or by its being done late. `ended` is when what it was for was over, in time or not; `fired` marks a
    timer that nothing was to be done before, such as a pause.
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

    def move(self, at: datetime, due: datetime) -> "Limit":
        """It is due at another instant from `at` on."""
        return replace(self, due=due, moved=(*self.moved, (at, self.due)))

    def miss(self, at: datetime) -> "Limit":
        """It was not kept."""
        return self if self.missed else replace(self, missed=at)

    def fire(self, at: datetime) -> "Limit":
        """Its timer fired: that was to be before something was done, or it was a pause that is over now."""
        return replace(self, ended=at, fired=True) if self.what == WAIT else self.miss(at)

    def end(self, at: datetime, *, done: bool) -> "Limit":
        """What it was for is over: done, or ended before it was."""
        late = done and at > self.due and not self.at_once
        return replace(self.miss(at) if late else self, ended=at, undone=not done)

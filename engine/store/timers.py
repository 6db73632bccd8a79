"""What is due, and who fires it."""

from collections.abc import Collection
from datetime import datetime, timedelta

from engine.application import (
    WorkerRecord,
)
from engine.store import due
from engine.store.part import Part


class Timers(Part):
    """What is due, and who fires it."""

    def claim(self, now: datetime, besides: Collection[str] = ()) -> str | None:
        """A dispute with something due by now, the soonest, locked; none that another worker has, or that is named."""
        return due.claim(self.connection, now, besides)

    def any_due(self, now: datetime) -> bool:
        """Whether anything is due; takes no lock."""
        return due.any_due(self.connection, now)

    def set_aside(self, ref: str, why: str | None) -> bool:
        """Set a dispute aside from the sweep, visibly, or take it back; false where somebody has it locked just now."""
        self._touch("disputes", ref)
        return due.set_aside(self.connection, ref, why)

    def put_aside(self) -> dict[str, str]:
        """Every dispute that is set aside, with why."""
        return due.put_aside(self.connection)

    def next_due(self) -> datetime | None:
        """The next instant at which anything fires."""
        return due.next_due(self.connection)

    def now(self) -> datetime:
        """The present instant by the database's own clock."""
        return due.now(self.connection)

    def following(self, ref: str, most: int) -> list[str]:
        """The references after one, in order, of disputes that are not set aside."""
        return due.following(self.connection, ref, most)


class Workers(Part):
    """The workers and their heartbeat."""

    def beat(self, worker: str, program: str, ahead: timedelta, *, fired: bool) -> None:
        """Note that a worker works, and how late the timers are, by the database's clock and what it is ahead by."""
        due.beat(self.connection, worker, program, ahead, fired=fired)

    def lag(self, ahead: timedelta) -> timedelta:
        """How long the oldest timer has been due and is not fired; nothing where none is due."""
        return due.lag(self.connection, ahead)

    def gone(self, worker: str) -> None:
        """Forget a worker that has ended."""
        due.gone(self.connection, worker)

    def known(self) -> list[WorkerRecord]:
        """The workers that are known, whoever turned last first."""
        return due.workers(self.connection)

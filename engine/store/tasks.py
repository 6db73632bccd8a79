"""Tasks as rows, in step with the disputes."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from engine.application import (
    BegunRecord,
    DraftRecord,
    TaskRecord,
)
from engine.store import proving, unsent
from engine.store import statements as said
from engine.store import tables as t
from engine.store.part import Part


class Tasks(Part):
    """Tasks as rows, in step with the disputes."""

    def of(self, ref: str) -> list[TaskRecord]:
        """All tasks of a dispute, ended ones too."""
        with proving.readable("tasks", ref):
            return [_task(r) for r in self.connection.execute(said.TASKS, {"of": ref})]


class Drafts(Part):
    """What was typed and not sent."""

    def keep(self, draft: DraftRecord) -> None:
        """Keep what somebody typed for a task, in place of what they typed for it before."""
        unsent.keep(self.connection, draft)

    def of(self, ref: str) -> list[DraftRecord]:
        """What was typed in a dispute and not sent, by whomever; the latest first."""
        return unsent.kept(self.connection, ref)

    def drop(self, ref: str, key: str, person: str, side: str) -> None:
        """Forget what somebody typed for a task: they have sent it."""
        unsent.drop(self.connection, ref, key, person, side)

    def begin(self, begun: BegunRecord) -> None:
        """Keep what somebody has begun to raise, in place of what they had begun before."""
        unsent.begin(self.connection, begun)

    def begun(self, person: str) -> BegunRecord | None:
        """What somebody has begun to raise and not sent."""
        return unsent.begun(self.connection, person)

    def forget_begun(self, person: str) -> None:
        """Forget what somebody had begun to raise."""
        unsent.forget_begun(self.connection, t.begun.c.person == person)

    def forget_begun_before(self, at: datetime) -> int:
        """Forget what anybody had begun to raise before an instant; gives how many there were."""
        return unsent.forget_begun(self.connection, t.begun.c.at < at)


def _task(row: Row[Any]) -> TaskRecord:
    return proving.of_its_kind(TaskRecord, row)

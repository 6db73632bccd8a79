"""What the use cases need of the store: disputes, numbers, tasks, drafts, notices. Knows no database."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from engine.application.records import (
    BegunRecord,
    DisputeRecord,
    DraftRecord,
    FoundRows,
    NoticeRecord,
    Query,
    Summary,
    TaskRecord,
)
from engine.application.worklist_rows import WorklistPage, WorklistPlace, WorklistQuery
from engine.pathway import Prefix


class Disputes(Protocol):
    """Disputes as rows: locked, read, stored, listed and searched."""

    def get(self, ref: str, *, lock: bool = False) -> DisputeRecord:
        """The dispute; raises DisputeUnknown. Locked, no one else changes it until this transaction ends."""
        ...

    def add(self, record: DisputeRecord) -> None:
        """Store a new dispute."""
        ...

    def save(self, record: DisputeRecord, before: DisputeRecord) -> None:
        """Store a new state in place of the one read before; raises DisputeMovedOn where that is no longer there."""
        ...

    def lock(self, ref: str) -> None:
        """Lock a dispute without reading what stands in its row; raises DisputeUnknown."""
        ...

    def references(self) -> list[str]:
        """The references of all disputes."""
        ...

    def several(self, refs: Sequence[str]) -> dict[str, DisputeRecord]:
        """Disputes by their references; where a row can't be read, the others."""
        ...

    def open_about(self, partnership: str, case_references: Sequence[str]) -> list[Summary]:
        """Open disputes about any of these cases."""
        ...

    def find(self, query: Query, offset: int = 0, most: int | None = None) -> FoundRows:
        """The disputes that are wanted, latest first, and how many there are; all of them where `most` is none."""
        ...

    def noted(self, refs: Sequence[str]) -> dict[str, list[tuple[int, str, int]]]:
        """The corrections and contradictions of disputes: number, kind, and the number of what it speaks of."""
        ...


class Worklists(Protocol):
    """What is open, as somebody's day asks for it."""

    def places(self, partnership: str, agency: str) -> list[WorklistPlace]:
        """The places at which anything is open that an agency's people do, but for what the dispute is asked about."""
        ...

    def apart(self, partnership: str, agency: str | None) -> list[str]:
        """The disputes in which more decides whose something is; of all agencies where none is named."""
        ...

    def page(self, query: WorklistQuery, offset: int, most: int) -> WorklistPage:
        """A page of the disputes in which something is somebody's to do, what weighs most and is due soonest first."""
        ...

    def running(self, partnership: str, agency: str | None) -> int:
        """How many disputes of a partnership run, or of those that an agency is a side of."""
        ...

    def about(self, partnership: str, agency: str | None, text: str, offset: int, most: int) -> tuple[list[str], int]:
        """The latest running disputes about a child or of a reference that hold these words, and how many there are."""
        ...

    def others(self, query: WorklistQuery, agency: str | None, most: int) -> list[str]:
        """The latest of those in which nothing is somebody's to do."""
        ...

    def follow(self, person: str, ref: str, *, on: bool) -> None:
        """Note that somebody follows a dispute, or no longer."""
        ...

    def follows(self, person: str, ref: str) -> bool:
        """Whether somebody follows a dispute."""
        ...

    def unfilled(self) -> list[str]:
        """The disputes that run, where nothing at all stands here: the tables come from before there were worklists."""
        ...

    def fill(self, record: DisputeRecord) -> None:
        """Put there what is open in a dispute."""
        ...


class Numbers(Protocol):
    """References: prefixes of partnerships, and the numbers that were given."""

    def next(self, partnership: str, year: int) -> int:
        """The next number of a dispute of a partnership in a year."""
        ...

    def given(self) -> dict[tuple[str, int], int]:
        """The last number that was given to a dispute, by partnership and year."""
        ...

    def prefixes(self) -> list[Prefix]:
        """The prefixes that partnerships have taken, in the order in which they did; raises RowUnreadable."""
        ...

    def add_prefix(self, prefix: str, partnership: str, at: datetime) -> bool:
        """Take a prefix; false where somebody has it."""
        ...

    def partnerships_of(self, refs: Sequence[str] | None = None) -> dict[str, str]:
        """The partnership of each dispute by its own row, of some or of all."""
        ...

    def first_uses(self) -> list[tuple[str, str, datetime]]:
        """Each prefix with a partnership whose disputes carry it, and when the first of them was raised."""
        ...


class Tasks(Protocol):
    """Tasks as rows, in step with the disputes."""

    def of(self, ref: str) -> list[TaskRecord]:
        """All tasks of a dispute, done ones too."""
        ...


class Drafts(Protocol):
    """What was typed and not sent."""

    def keep(self, draft: DraftRecord) -> None:
        """Keep what somebody typed for a task, in place of what they typed for it before."""
        ...

    def of(self, ref: str) -> list[DraftRecord]:
        """What was typed in a dispute and not sent, by whomever; the latest first."""
        ...

    def drop(self, ref: str, key: str, person: str, side: str) -> None:
        """Forget what somebody typed for a task: they have sent it."""
        ...

    def begin(self, begun: BegunRecord) -> None:
        """Keep what somebody has begun to raise, in place of what they had begun before."""
        ...

    def begun(self, person: str) -> BegunRecord | None:
        """What somebody has begun to raise and not sent."""
        ...

    def forget_begun(self, person: str) -> None:
        """Forget what somebody had begun to raise."""
        ...

    def forget_begun_before(self, at: datetime) -> int:
        """Forget what anybody had begun to raise before an instant; gives how many there were."""
        ...


class Notices(Protocol):
    """Notices that were queued, and delivering them."""

    def queue(self, ref: str, at: datetime, notices: Iterable[tuple[str, str]]) -> None:
        """Queue notices, each (to, message)."""
        ...

    def of(self, ref: str) -> list[NoticeRecord]:
        """The notices of a dispute."""
        ...

    def recent(self, partnership: str, most: int) -> list[NoticeRecord]:
        """The latest notices of a partnership, latest first."""
        ...

    def undelivered(self) -> bool:
        """Whether a notice waits to be delivered; takes no lock."""
        ...

    def deliver(self, at: datetime, most: int) -> tuple[list[NoticeRecord], list[int]]:
        """Take up to `most` undelivered notices, marked delivered; with the numbers of those that can't be read."""
        ...

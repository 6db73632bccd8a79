"""What the use cases need of the store: disputes, numbers, tasks, drafts, notices. Knows no database."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from engine.application.records import DisputeRecord, DraftRecord, FoundRows, NoticeRecord, Query, Summary, TaskRecord
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

    def of_partnership(self, partnership: str) -> list[Summary]:
        """The disputes of a partnership, latest first."""
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

    def with_open(self, partnership: str) -> list[str]:
        """The references of a partnership's disputes in which a task is open, what is due soonest first."""
        ...

    def open(self, partnership: str) -> list[tuple[TaskRecord, Summary]]:
        """The open tasks of a partnership with their disputes."""
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

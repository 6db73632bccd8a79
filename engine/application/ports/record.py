"""What the use cases need of the store: journal, integrity, checkpoints, changes, looks. Knows no database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from engine.application.records import ChangeRecord, DisputeRecord, Ended, Look, Misfit
from engine.audit import End, Sealed, TableDigest
from engine.dispute import Actor, Entry, Text


class Journal(Protocol):
    """Journals and what was typed beside them."""

    def append(self, entries: Sequence[Entry], texts: Sequence[tuple[int, Text]]) -> None:
        """Append entries to the journal and the texts beside it."""
        ...

    def entries(self, ref: str) -> list[Entry]:
        """The journal of a dispute."""
        ...

    def texts(self, ref: str) -> dict[tuple[int, str], Text]:
        """What was typed, by entry and name."""
        ...

    def typed(self, refs: Sequence[str], name: str) -> dict[str, str]:
        """What was typed first under a name in each of these disputes; nothing of one where it has been erased."""
        ...

    def ending(self, ref: str) -> tuple[Any, Any]:
        """The number and hash of the journal's last entry as the dispute's own row has them, whatever stands there."""
        ...

    def erase(self, ref: str, keep: Sequence[int] = ()) -> int:
        """Delete what was typed in a dispute but for these entries, drafts too; gives how many texts went."""
        ...

    def erasable(self, partnership: str, closed_before: datetime, most: int) -> list[str]:
        """References of disputes that closed before an instant and hold something that was typed, oldest first."""
        ...


class Integrity(Protocol):
    """What stands around the journals, against what must stand there."""

    def stored(self, ref: str) -> dict[str, Any]:
        """What stands in the tables around a dispute's journal, by place; raises RowUnreadable."""
        ...

    def derived(self, record: DisputeRecord) -> dict[str, Any]:
        """What must stand there where the record's state is the one that its journal gives."""
        ...

    def differences(
        self, record: DisputeRecord, ended: Mapping[str, Ended], entries: Sequence[Entry]
    ) -> list[tuple[str, Any, Any]]:
        """Each place around a journal at which something else stands than this state gives.

        `ended` are the tasks that ended: how each may have stood last, and whether a row of it must be there.
        """
        ...

    def mend(self, record: DisputeRecord, ended: Mapping[str, Ended], entries: Sequence[Entry]) -> None:
        """Put what this state gives around a journal, and take the dispute back from “set aside”."""
        ...

    def task_row(self, task: Mapping[str, Any], partnership: str) -> dict[str, Any]:
        """What must stand in the row of a task."""
        ...

    def misspelled(self, ref: str) -> list[Misfit]:
        """The values of a dispute's own rows that are not spelled as they are written."""
        ...

    def misfits(self) -> list[Misfit]:
        """What stands beside the disputes and is not what chains, recorded changes and seals give."""
        ...

    def strays(self) -> Mapping[str, Sequence[str]]:
        """References that stand in tables of a dispute's own while there is no such dispute, with those tables."""
        ...

    def ends(self) -> list[End]:
        """Where each journal ends, by reference."""
        ...

    def around(self, until: datetime) -> dict[str, TableDigest]:
        """How many rows the tables beside the journals had up to an instant, and a digest of them."""
        ...


class Checkpoints(Protocol):
    """Signed checkpoints."""

    def all(self) -> list[Sealed]:
        """The stored checkpoints, in order."""
        ...

    def newest(self) -> Sealed | None:
        """The last checkpoint that was stored."""
        ...

    def add(self, checkpoint: Sealed) -> bool:
        """Store a checkpoint; false where another one of its number was stored at the same moment."""
        ...


class Changes(Protocol):
    """Changes of live data, each recorded with the rows that it left."""

    def record(self, at: datetime, actor: Actor, kind: str, data: Mapping[str, Any]) -> None:
        """Record a change of live data."""
        ...

    def latest(self, partnership: str, most: int) -> list[ChangeRecord]:
        """The latest changes of a partnership's live data, latest first."""
        ...

    def of_kind(self, kind: str) -> list[ChangeRecord]:
        """All acts of a kind, in order."""
        ...

    def acted(self, actor_id: str) -> bool:
        """Whether somebody of that id has ever changed live data."""
        ...

    def settle(self) -> None:
        """Record what was changed beside the journals and no act tells of; the last thing before a commit."""
        ...


class Looks(Protocol):
    """Who looked at what."""

    def note(self, look: Look) -> None:
        """Note that somebody looked."""
        ...

    def looked(self, person: str, ref: str, what: str, since: datetime) -> bool:
        """Whether a person has looked at this since an instant."""
        ...

    def seal(self, at: datetime) -> int:
        """Seal who looked since; gives how many looks that were."""
        ...

    def unsealed(self) -> tuple[int, datetime | None]:
        """How many looks no seal covers yet, and when the first of them was."""
        ...

    def of(self, ref: str) -> list[Look]:
        """Who looked at a dispute, latest first."""
        ...

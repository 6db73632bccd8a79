"""What the use cases need of a store; engine/store implements it. Knows no database."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from engine.application.attempts import Tried
from engine.audit import End, Sealed, TableDigest
from engine.dispute import Actor, Agency, Entry, Person, Task, Text
from engine.errors import ConcordError
from engine.pathway import Prefix


class DisputeUnknown(ConcordError):
    """There is no dispute {ref}."""


class DisputeMovedOn(ConcordError):
    """Someone else changed dispute {ref} at the same moment. Look at it again, then repeat what you did if needed."""


class CommandRepeated(ConcordError):
    """The command {command_id} was carried out a moment ago."""


class StoreUnavailable(ConcordError):
    """The database can't be reached, or is too busy. Nothing was changed; try again. ({why})"""


class StoreBusy(StoreUnavailable):
    """Somebody else is writing for longer than usual. Nothing was changed; try again in a few seconds. ({why})"""


class StoreMisnamed(StoreUnavailable):
    """The database can't be opened: {why}."""


class ValueUnkeepable(ConcordError):
    """Something that was sent can't be kept: it is too long, or holds what is no text. Nothing was changed."""


class PersonUnknown(ConcordError):
    """There is no person {person}."""


UNREADABLE = "(can't be read)"
"""What is shown of a value that is none of its column's kind."""


class RowUnreadable(ConcordError):
    """What the table {table} holds of {ref} was altered: it can't be read."""


class TextUnreadable(RowUnreadable):
    """What is held of {ref} was altered: a text in it can't be read."""


class JournalElsewhere(ConcordError):
    """The journal of {ref} does not end where the table disputes says. Nothing was written; it must be repaired."""


class PathwayUnpublished(ConcordError):
    """The pathway {pathway} has not been published."""


@dataclass(frozen=True, kw_only=True)
class DisputeRecord:
    """A dispute as stored: its state, and the columns by which it is found."""

    ref: str
    partnership: str
    pathway: str
    version: str
    revision: int
    state: Mapping[str, Any]
    last_seq: int
    last_hash: str
    set_aside: str | None = None
    missed: bool = False


@dataclass(frozen=True, kw_only=True)
class Summary:
    """A line of a list of disputes."""

    ref: str
    partnership: str
    pathway: str
    raising: str
    receiving: str
    stage: str | None
    raised_at: datetime
    next_due: datetime | None
    closed_at: datetime | None
    end: str | None
    set_aside: str | None
    cases: tuple[str, ...] = ()
    standing: str = ""


@dataclass(frozen=True, kw_only=True)
class TaskRecord:
    """A task as stored."""

    ref: str
    key: str
    element: str
    tier: str
    side: str
    role: str | None
    opened_at: datetime
    due: datetime | None
    overdue: bool
    status: str
    child: int | None
    claimed_by: str | None


@dataclass(frozen=True, kw_only=True)
class DraftRecord:
    """What a person typed for a task, on a side, and has not sent; `at` is unknown of one that was kept long ago."""

    ref: str
    key: str
    person: str
    side: str
    at: datetime | None
    draft: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class NoticeRecord:
    """A notice that was queued."""

    id: int
    ref: str
    at: datetime
    to: str
    message: str
    delivered_at: datetime | None


Ended = tuple[Sequence[Task], bool]
"""How a task that ended may have stood in its row last, and whether there must be one."""


@dataclass(frozen=True, kw_only=True)
class WorkerRecord:
    """A worker as it last said of itself, by the database's clock; `lag` in seconds, `program` with its version."""

    id: str
    started: datetime
    turned: datetime
    fired: datetime | None
    lag: int
    program: str


@dataclass(frozen=True, kw_only=True)
class AbsenceRecord:
    """An absence as stored: from the first to the last day."""

    id: int
    person: str
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class ChangeRecord:
    """A change of live data: when, by whom, and what."""

    id: int
    at: datetime
    actor: Mapping[str, str]
    kind: str
    data: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Misfit:
    """A row that is not what covers it gives: its table, which row and, where one can tell, column, and why."""

    table: str
    row: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Query:
    """Which disputes are looked for; nothing is asked where a value is empty. `until` is the first instant beyond."""

    partnership: str
    only_agency: str | None = None
    reference: str = ""
    case: str = ""
    agency: str = ""
    pathways: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    end: str = ""
    missed: bool = False
    risk: bool = False
    version: str = ""
    raised_from: datetime | None = None
    raised_until: datetime | None = None
    ended_from: datetime | None = None
    ended_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class FoundRow:
    """A dispute that was looked for: the deepest stage it `reached`, whether a deadline was `missed`, risk reported."""

    ref: str
    pathway: str
    version: str
    raising: str
    receiving: str
    reached: str | None
    raised_at: datetime
    closed_at: datetime | None
    ended_at: datetime | None
    end: str | None
    end_stage: str | None
    missed: bool
    risk: bool
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FoundRows:
    """How many disputes there are, and some or all of them, latest first."""

    count: int
    lines: tuple[FoundRow, ...]


@dataclass(frozen=True, kw_only=True)
class Look:
    """That somebody looked: at which dispute (none for a list), at what of it, and when."""

    ref: str
    person: str
    name: str
    agency: str
    what: str
    at: datetime


class Transaction(Protocol):
    """One transaction: everything written in it is committed together or not at all.

    `unreadable` are the disputes that its lists went past since something of them can't be read.
    """

    unreadable: list[str]

    def command(self, command_id: str) -> Mapping[str, Any] | None:
        """What a command that was carried out before gave, or none."""
        ...

    def remember(self, command_id: str, ref: str, at: datetime, result: Mapping[str, Any]) -> None:
        """Note that a command was carried out; raises CommandRepeated where another did so meanwhile."""
        ...

    def dispute(self, ref: str, *, lock: bool = False) -> DisputeRecord:
        """The dispute; raises DisputeUnknown. Locked, no one else changes it until this transaction ends."""
        ...

    def add_dispute(self, record: DisputeRecord) -> None:
        """Store a new dispute."""
        ...

    def save_dispute(self, record: DisputeRecord, before: DisputeRecord) -> None:
        """Store a new state in place of the one read before; raises DisputeMovedOn where that is no longer there."""
        ...

    def next_number(self, partnership: str, year: int) -> int:
        """The next number of a dispute of a partnership in a year."""
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

    def append(self, entries: Sequence[Entry], texts: Sequence[tuple[int, Text]]) -> None:
        """Append entries to the journal and the texts beside it."""
        ...

    def entries(self, ref: str) -> list[Entry]:
        """The journal of a dispute."""
        ...

    def texts(self, ref: str) -> dict[tuple[int, str], Text]:
        """What was typed, by entry and name."""
        ...

    def stored(self, ref: str) -> dict[str, Any]:
        """What stands in the tables around a dispute's journal, by place; raises RowUnreadable."""
        ...

    def derived(self, record: DisputeRecord) -> dict[str, Any]:
        """What must stand there where the record's state is the one that its journal gives."""
        ...

    def lock(self, ref: str) -> None:
        """Lock a dispute without reading what stands in its row; raises DisputeUnknown."""
        ...

    def ending(self, ref: str) -> tuple[Any, Any]:
        """The number and hash of the journal's last entry as the dispute's own row has them, whatever stands there."""
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

    def numbers(self) -> dict[tuple[str, int], int]:
        """The last number that was given to a dispute, by partnership and year."""
        ...

    def ends(self) -> list[End]:
        """Where each journal ends, by reference."""
        ...

    def settle(self) -> None:
        """Record what was changed beside the journals and no act tells of; the last thing before a commit."""
        ...

    def around(self, until: datetime) -> dict[str, TableDigest]:
        """How many rows the tables beside the journals had up to an instant, and a digest of them."""
        ...

    def checkpoints(self) -> list[Sealed]:
        """The stored checkpoints, in order."""
        ...

    def newest_checkpoint(self) -> Sealed | None:
        """The last checkpoint that was stored."""
        ...

    def add_checkpoint(self, checkpoint: Sealed) -> bool:
        """Store a checkpoint; false where another one of its number was stored at the same moment."""
        ...

    def erase(self, ref: str, keep: Sequence[int] = ()) -> int:
        """Delete what was typed in a dispute but for these entries, drafts too; gives how many texts went."""
        ...

    def erasable(self, partnership: str, closed_before: datetime, most: int) -> list[str]:
        """References of disputes that closed before an instant and hold something that was typed, oldest first."""
        ...

    def queue_notices(self, ref: str, at: datetime, notices: Iterable[tuple[str, str]]) -> None:
        """Queue notices, each (to, message)."""
        ...

    def notices(self, ref: str) -> list[NoticeRecord]:
        """The notices of a dispute."""
        ...

    def recent_notices(self, partnership: str, most: int) -> list[NoticeRecord]:
        """The latest notices of a partnership, latest first."""
        ...

    def undelivered(self) -> bool:
        """Whether a notice waits to be delivered; takes no lock."""
        ...

    def deliver(self, at: datetime, most: int) -> tuple[list[NoticeRecord], list[int]]:
        """Take up to `most` undelivered notices, marked delivered; with the numbers of those that can't be read."""
        ...

    def tasks(self, ref: str) -> list[TaskRecord]:
        """All tasks of a dispute, done ones too."""
        ...

    def with_open_tasks(self, partnership: str) -> list[str]:
        """The references of a partnership's disputes in which a task is open, what is due soonest first."""
        ...

    def open_tasks(self, partnership: str) -> list[tuple[TaskRecord, Summary]]:
        """The open tasks of a partnership with their disputes."""
        ...

    def keep_draft(self, draft: DraftRecord) -> None:
        """Keep what somebody typed for a task, in place of what they typed for it before."""
        ...

    def drafts(self, ref: str) -> list[DraftRecord]:
        """What was typed in a dispute and not sent, by whomever; the latest first."""
        ...

    def drop_draft(self, ref: str, key: str, person: str, side: str) -> None:
        """Forget what somebody typed for a task: they have sent it."""
        ...

    def claim_due(self, now: datetime, besides: Collection[str] = ()) -> str | None:
        """A dispute with something due by now, the soonest, locked; none that another worker has, or that is named."""
        ...

    def any_due(self, now: datetime) -> bool:
        """Whether anything is due; takes no lock."""
        ...

    def set_aside(self, ref: str, why: str | None) -> bool:
        """Set a dispute aside from the sweep, visibly, or take it back; false where somebody has it locked just now."""
        ...

    def put_aside(self) -> Mapping[str, str]:
        """Every dispute that is set aside, with why."""
        ...

    def next_due(self) -> datetime | None:
        """The next instant at which anything fires."""
        ...

    def now(self) -> datetime:
        """The present instant by the database's own clock."""
        ...

    def following(self, ref: str, most: int) -> list[str]:
        """The references after one, in order, of disputes that are not set aside."""
        ...

    def beat(self, worker: str, program: str, ahead: timedelta, *, fired: bool) -> None:
        """Note that a worker works, and how late the timers are, by the database's clock and what it is ahead by.

        Those that have said nothing for long are forgotten.
        """
        ...

    def lag(self, ahead: timedelta) -> timedelta:
        """How long the oldest timer has been due and is not fired; nothing where none is due."""
        ...

    def gone(self, worker: str) -> None:
        """Forget a worker that has ended."""
        ...

    def workers(self) -> list[WorkerRecord]:
        """The workers that are known, whoever turned last first."""
        ...

    def references(self) -> list[str]:
        """The references of all disputes."""
        ...

    def summaries(self, partnership: str) -> list[Summary]:
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

    def look(self, look: Look) -> None:
        """Note that somebody looked."""
        ...

    def looked(self, person: str, ref: str, what: str, since: datetime) -> bool:
        """Whether a person has looked at this since an instant."""
        ...

    def seal_looks(self, at: datetime) -> int:
        """Seal who looked since; gives how many looks that were."""
        ...

    def unsealed(self) -> tuple[int, datetime | None]:
        """How many looks no seal covers yet, and when the first of them was."""
        ...

    def looks(self, ref: str) -> list[Look]:
        """Who looked at a dispute, latest first."""
        ...

    def add_version(
        self, version: str, partnership: str, pathway: str, at: datetime, files: Mapping[str, bytes], reader: int
    ) -> bool:
        """Store a published version with the number of its reader; false where it is current already."""
        ...

    def reader(self, version: str) -> int:
        """The number of the reader that a version was published under."""
        ...

    def files(self, version: str) -> dict[str, bytes]:
        """The files of a version."""
        ...

    def proof(self, version: str, prover: int) -> str | None:
        """What a prover found of a version, as it was kept."""
        ...

    def keep_proof(self, version: str, prover: int, result: str) -> None:
        """Keep what a prover found of a version."""
        ...

    def unproven(self, version: str) -> str:
        """Why a version was published without its proof; nothing where it was not."""
        ...

    def mark_unproven(self, version: str, at: datetime, reason: str) -> bool:
        """Note that a version is published without its proof, and why; false where that is noted already."""
        ...

    def versions(self) -> list[str]:
        """All versions that were ever published."""
        ...

    def current_version(self, pathway: str) -> str:
        """The version of a pathway that new disputes run on; raises PathwayUnpublished."""
        ...

    def pathways(self, partnership: str) -> list[str]:
        """The published pathways of a partnership: the main one first."""
        ...

    def partnerships(self) -> list[str]:
        """Those that have published a pathway."""
        ...

    def people(self, partnership: str) -> list[Person]:
        """The people of a partnership."""
        ...

    def person(self, person_id: str) -> Person:
        """One person; raises PersonUnknown."""
        ...

    def agency(self, agency_id: str) -> Agency | None:
        """One agency, of whatever partnership."""
        ...

    def agencies(self, partnership: str) -> list[Agency]:
        """The agencies of a partnership."""
        ...

    def add_agency(self, agency: Agency, *, replace: bool = True) -> bool:
        """Add an agency, or replace one of the same partnership; false where another one has its id."""
        ...

    def add_person(self, person: Person, password_hash: str | None = None, *, replace: bool = True) -> bool:
        """Add a person, or replace one of the same partnership; false where another one has their id."""
        ...

    def password_hash(self, person_id: str) -> str | None:
        """The person's password hash, for sign-in."""
        ...

    def signed_in(self, person_id: str) -> tuple[Person, str | None, int]:
        """One person with their password's hash and how often their sessions were ended; raises PersonUnknown."""
        ...

    def end_sessions(self, person_id: str) -> None:
        """End a person's sessions."""
        ...

    def attempts(self, keys: Sequence[str], at: datetime) -> dict[str, Tried]:
        """How often each of these, given in order, was tried in vain; locked against others who try."""
        ...

    def note_attempt(self, key: str, tried: Tried) -> None:
        """Keep how often something was tried in vain."""
        ...

    def take_back_attempt(self, key: str) -> None:
        """Take back a try that was counted and was not in vain."""
        ...

    def forget_attempts(self, keys: Sequence[str]) -> None:
        """Forget what was tried in vain."""
        ...

    def forget_attempts_before(self, at: datetime) -> None:
        """Forget what was last tried before an instant."""
        ...

    def add_absence(self, person_id: str, first: date, last: date) -> None:
        """Note that a person is absent from the first to the last day."""
        ...

    def absent(self, day: date) -> dict[str, date]:
        """Who is absent on a day, and until when."""
        ...

    def remove_absences(self, person_id: str, day: date) -> None:
        """A person is back: absences that cover the day end."""
        ...

    def absences(self, partnership: str, day: date) -> list[AbsenceRecord]:
        """The absences in a partnership that end on a day or later, soonest first."""
        ...

    def end_absence(self, absence: int, last: date | None) -> None:
        """Move an absence's last day, or take the absence away."""
        ...

    def closures(self, partnership: str) -> list[date]:
        """The extra closure days (T2)."""
        ...

    def closure_reasons(self, partnership: str) -> list[tuple[date, str]]:
        """The extra closure days with their reasons, by day."""
        ...

    def add_closure(self, partnership: str, day: date, reason: str) -> None:
        """Add an extra closure day."""
        ...

    def record_change(self, at: datetime, actor: Actor, kind: str, data: Mapping[str, Any]) -> None:
        """Record a change of live data."""
        ...

    def changes(self, partnership: str, most: int) -> list[ChangeRecord]:
        """The latest changes of a partnership's live data, latest first."""
        ...

    def changes_of(self, kind: str) -> list[ChangeRecord]:
        """All acts of a kind, in order."""
        ...

    def has_passwords(self) -> bool:
        """Whether anybody has a password."""
        ...

    def acted(self, actor_id: str) -> bool:
        """Whether somebody of that id has ever changed live data."""
        ...

    def schema(self) -> tuple[str, ...]:
        """The heads of the migrations that the tables are at; none where there are no tables."""
        ...

    def setting(self, name: str) -> str | None:
        """A setting of the installation."""
        ...

    def set_setting(self, name: str, value: str) -> None:
        """Change a setting of the installation."""
        ...


class Store(Protocol):
    """Where everything is kept."""

    def begin(self, *, write: bool = True, patience: float | None = None) -> AbstractContextManager[Transaction]:
        """A transaction: committed when the block ends, rolled back when it raises. May raise StoreUnavailable.

        With `patience` it waits for no lock longer than so many seconds.
        """
        ...

    def current(self) -> bool:
        """Whether the tables are those of this version of Concord."""
        ...

    @property
    def head(self) -> tuple[str, ...]:
        """The heads of the migrations that this release's code is for."""
        ...

    def forget(self) -> None:
        """See to it that what was deleted stands nowhere beside the tables either, as far as can be done at once."""
        ...

"""What is kept, as the use cases read it, and what can be wrong with it. Knows no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.application.worklist_rows import WorklistRow
from engine.dispute import Covered, Person, Task
from engine.errors import ConcordError


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
    worklist: tuple[WorklistRow, ...] = ()
    """Its open tasks as worklists ask for them: what a use case stores with it, never read back with it."""


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
    """An absence as stored: from the first to the last day; who was asked to cover, and whether they `accepted`."""

    id: int
    person: str
    first: date
    last: date
    cover: str | None = None
    accepted: bool = False


@dataclass(frozen=True, kw_only=True)
class BegunRecord:
    """What somebody has begun to raise and not sent: what was typed or chosen, by the name of its field."""

    person: str
    at: datetime
    typed: Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class AwayRecord:
    """Who is absent on a day and until when; and, by who covers, whom they cover."""

    until: Mapping[str, date]
    covered: Mapping[str, Sequence[Covered]]


@dataclass(frozen=True, kw_only=True)
class SignedInRecord:
    """Somebody with their password's hash, how often their sessions were ended, and whom they cover."""

    person: Person
    password_hash: str | None
    ended: int
    covered: tuple[Covered, ...]


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
    raised_by: str = ""
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

"""The nouns of a dispute, as frozen values; knows nothing of how they are stored, shown or run."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import msgspec

RAISING, RECEIVING, BOTH, PARTNERSHIP = "raising", "receiving", "both", "partnership"
REPORTER = "reporter"
"""In a diagram: the side whose report of risk it is, as the task opens; no task of a dispute is of that side (S3)."""


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who did something, as they were when they did it (R1)."""

    id: str
    name: str
    agency: str
    role: str


CLOCK = Actor(id="clock", name="Timer", agency="", role="timer")
OPERATOR = Actor(id="operator", name="Operator of this installation", agency="", role="operator")


@dataclass(frozen=True, kw_only=True)
class Party:
    """One side of the dispute: an agency."""

    side: str
    agency: str
    name: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Child:
    """A child concerned, by case reference and initials alone (R4)."""

    case_reference: str
    initials: str


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """Whose decision is disputed (W): a person or a team of the receiving agency, by the name it had then.

    Neither where nobody knows, or what was written is in no directory. `away`: nobody of it was there then.
    """

    person: str = ""
    team: str = ""
    name: str = ""
    away: bool = False

    @property
    def known(self) -> bool:
        """Whether it is anybody whose worklist it can be on."""
        return bool(self.person or self.team)


@dataclass(frozen=True, kw_only=True)
class Task:
    """A user task open for a tier and a side."""

    key: str
    element: str
    tier: str
    side: str
    role: str | None
    opened: datetime
    due: datetime | None = None
    child: int | None = None
    group: str | None = None
    stage: str | None = None
    overdue: bool = False
    claimed_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A stored instant that a timer of the diagram or a task waits for, with what it was computed from (T12)."""

    key: str
    element: str
    kind: str
    due: datetime
    host: str | None = None
    basis: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A stage as this dispute went through it."""

    stage: str
    key: str
    entered: datetime
    deadline: datetime | None = None
    agreed_days: int | None = None
    left: datetime | None = None
    how: str | None = None


@dataclass(frozen=True, kw_only=True)
class Referral:
    """One run of the risk branch (S3).

    It belongs to the `side` whose person reported; none only in a state that was stored before that was kept.
    `answered_by` are those on whose word it would be closed without a call.
    """

    key: str
    opened: datetime
    by: str
    children: tuple[int, ...]
    closed: datetime | None = None
    side: str | None = None
    answered_by: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Ending:
    """How the dispute ended (C1), and at which stage."""

    how: str
    element: str
    stage: str | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """One disagreement running on one version: all that its journal's inputs have made of it, but the workflow.

    `leaver` is who asked to withdraw it, or said that it is not pursued, as long as that waits to be countersigned.
    `object_until` is how long whoever raised it may object to that; none where nobody has asked, or they did it.
    `protective_by` is the side that set the protective timescale; none where that was not kept yet.
    `first_part` is when the first part of the running stage ended, where it has parts. `calm` are the sides that have
    reported a risk and recorded since why it is no longer believed, where each has to (HAR-R1).
    `hastened` says that the time which protects the child is too short for each stage, so that it goes to the last.
    `addressee` is whose decision it is about; none where that was not asked.
    """

    ref: str
    raised: datetime
    counted_from: datetime
    parties: tuple[Party, ...]
    children: tuple[Child, ...]
    calendar: Mapping[str, Any]
    raised_by: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    protective: datetime | None = None
    protective_by: str | None = None
    protective_passed: bool = False
    risk_believed: bool = False
    agreed_at: datetime | None = None
    met_at: datetime | None = None
    resolved_stage: str | None = None
    visits: tuple[Visit, ...] = ()
    tasks: tuple[Task, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    referrals: tuple[Referral, ...] = ()
    reported: tuple[tuple[int, ...], ...] = ()
    acted: tuple[tuple[str, str], ...] = ()
    barred: tuple[tuple[str, str], ...] = ()
    ending: Ending | None = None
    closed: datetime | None = None
    taken_up_from: str | None = None
    links: tuple[str, ...] = ()
    held: bool = False
    over: Ending | None = None
    leaver: str | None = None
    object_until: datetime | None = None
    first_part: datetime | None = None
    hastened: bool = False
    calm: tuple[str, ...] = ()
    addressee: Addressee | None = None

    @property
    def visit(self) -> Visit | None:
        """The stage that is running, or none."""
        return next((v for v in reversed(self.visits) if v.left is None), None)

    def task(self, key: str) -> Task | None:
        """The open task of that key, or none."""
        return next((t for t in self.tasks if t.key == key), None)

    def referral(self, key: str | None) -> Referral | None:
        """The report of risk of that key, or none."""
        return next((r for r in self.referrals if r.key == key), None)

    def party(self, side: str) -> Party | None:
        """The agency on that side."""
        return next((p for p in self.parties if p.side == side), None)

    def side_of(self, agency: str) -> str | None:
        """The side on which an agency stands."""
        return next((p.side for p in self.parties if p.agency == agency), None)

    @property
    def next_due(self) -> datetime | None:
        """The next instant at which something fires by itself."""
        return min((d.due for d in self.deadlines), default=None)


def element_of(key: str) -> str:
    """The element of a task or timer, by its key: the element and its turn in one run."""
    return key.rsplit(".", 1)[0]


def to_json(value: Any) -> Any:
    """A value of this module as plain JSON types; instants as ISO text."""
    return msgspec.to_builtins(value)


def dispute_from_json(stored: Any) -> Dispute:
    """The dispute that to_json made; one that an earlier Concord made has what has come since at its default."""
    return replace(msgspec.convert(stored, Dispute))  # msgspec sets no default on the instance, and writes none

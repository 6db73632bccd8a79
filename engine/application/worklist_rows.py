"""The open tasks of a dispute as worklists are asked for them: for whom each is, how much it weighs, by when.

Kept beside the dispute in the same commit, so that nobody's day is put together by reading every dispute of theirs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from engine.course import AT_RISK
from engine.dispute import (
    ANYBODY,
    BOTH,
    RECEIVING,
    Dispute,
    Task,
    is_addressed,
    is_asked_apart,
    is_staged,
    place_of,
)
from engine.pathway import RESOLUTION_SAID, SENIOR, STANDS_IN, WITHDRAWAL_ASKED, Pathway

ANSWERED = frozenset({RESOLUTION_SAID, WITHDRAWAL_ASKED})
NO_AGENCY = ""
"""What is the partnership's own."""


class Weight(IntEnum):
    """What a task is, the weightiest first: a report of risk, an answer to somebody's word, what decides, and the rest.

    The rest is questions about risk, which the timers ask, and what is filed.
    """

    REPORT = 0
    ANSWER = 1
    DECIDE = 2
    ASK = 3
    FILE = 4


def weight_of(pathway: Pathway, dispute: Dispute, task: Task) -> Weight:
    """What a task is."""
    return Weight.REPORT if dispute.referral(task.group) is not None else weight_of_element(pathway, task.element)


def weight_of_element(pathway: Pathway, element: str) -> Weight:
    """What a task of an element is where it is no report's: in the main flow, and after somebody's word, it decides."""
    begun = pathway.begun_by(element)
    if begun <= ANSWERED:
        return Weight.ANSWER if begun else Weight.DECIDE
    return Weight.ASK if pathway.asks(element, AT_RISK) else Weight.FILE


@dataclass(frozen=True, kw_only=True)
class WorklistRow:
    """An open task on the worklists of one agency; `agency` is empty for the partnership's own people.

    `tier`, `role` (or nothing) and `staged` say for whom it is there; `whose` is the person or team that it is
    addressed to, for whom alone; `apart` says that more than that decides, so that the dispute has to be asked;
    `stands_in` who answers it as well once it is overdue; `place` is that in the diagram.
    """

    key: str
    agency: str
    tier: str
    role: str
    staged: bool
    whose: str
    apart: bool
    stands_in: str
    weight: int
    due: datetime | None
    overdue: bool
    place: int


@dataclass(frozen=True)
class WorklistPlace:
    """At what something is open: a version's tier, or a role (or nothing); `staged` at a stage of the sides."""

    version: str
    tier: str
    role: str
    staged: bool


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """What of a worklist is wanted.

    Where a child's initials, a reference or the name of who raised it or has taken something on hold these words, where
    an agency is a side, what is in a stage, where anything is overdue, where its owner has taken something on, or their
    team has or is addressed, what they have raised, and what they follow.
    """

    text: str = ""
    agency: str = ""
    stage: str = ""
    overdue: bool = False
    taken_on: bool = False
    team: bool = False
    raised: bool = False
    followed: bool = False

    @property
    def narrows(self) -> bool:
        """Whether less than everything is wanted."""
        return self != EVERYTHING


EVERYTHING = Narrowing()


@dataclass(frozen=True, kw_only=True)
class WorklistQuery:
    """Whose worklist: of their agency what is at these places, or addressed to them; what the disputes said.

    Those were `asked`: (ref, key).
    """

    person: str
    team: str
    partnership: str
    agency: str
    places: tuple[WorklistPlace, ...]
    addressed_by: tuple[str, ...]
    asked: tuple[tuple[str, str], ...]
    stands_in_for_seniors: bool
    stands_in_for_office: bool
    narrowing: Narrowing = EVERYTHING


@dataclass(frozen=True, kw_only=True)
class WorklistPage:
    """The disputes of a page, in order, and how many there are in all, with risk and with anything overdue."""

    refs: tuple[str, ...] = ()
    count: int = 0
    at_risk: int = 0
    overdue: int = 0


def worklist_rows(pathway: Pathway, dispute: Dispute) -> tuple[WorklistRow, ...]:
    """Every open task of a dispute, once for each agency on whose worklists it is."""
    return tuple(
        WorklistRow(
            key=task.key,
            agency=agency,
            tier=task.tier,
            role=task.role or "",
            staged=is_staged(task),
            whose=_whose(pathway, dispute, task, agency),
            apart=is_asked_apart(dispute, task, pathway),
            stands_in=_stands_in(pathway, task),
            weight=weight_of(pathway, dispute, task).value,
            due=task.due,
            overdue=task.overdue,
            place=pathway.diagram.order[task.element],
        )
        for task in dispute.tasks
        for agency in _agencies(dispute, task)
    )


def _whose(pathway: Pathway, dispute: Dispute, task: Task, agency: str) -> str:
    """To whom of an agency a task is addressed: of the receiving one alone (W)."""
    addressed = dispute.side_of(agency) == RECEIVING and is_addressed(dispute, task, pathway)
    return place_of(dispute.addressee) if addressed else ANYBODY


def _stands_in(pathway: Pathway, task: Task) -> str:
    who = pathway.diagram.elements[task.element].properties.get(STANDS_IN, "")
    return "" if who == SENIOR and task.side == BOTH else who  # seniors stand in for their own side alone


def _agencies(dispute: Dispute, task: Task) -> Iterator[str]:
    """The agencies whose task it is; a report of risk is of the agency that made it, whoever it is drawn for (S3)."""
    report = dispute.referral(task.group)
    side = report.side if report is not None else task.side
    parties = [party.agency for party in dispute.parties if side in {party.side, BOTH}]
    yield from parties or [NO_AGENCY]

"""A task as a line of a list, and as the person who does it sees it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from engine.application import (
    Glance,
    Weight,
    Work,
    weight_of,
)
from engine.dispute import (
    PARTNERSHIP,
    RAISING,
    RECEIVING,
    Child,
    Dispute,
    Party,
    Person,
    Task,
    acting,
    calendar_of,
    is_addressed,
    may_do,
    sides_of,
    who_may,
)
from engine.pathway import STAGE_ENDED, Pathway
from engine.replay import TimeLeft, p_title, pathway_title, time_left

ALERTS = frozenset({"task_due", "task_alert"})


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """A line of a task list; `holder` says with whom it is, where somebody has taken it on or was handed it.

    `left_by` is the id of the stage that left it to do, `after` says it in words; both empty where none did.
    """

    ref: str
    key: str
    title: str
    side: str
    tier: str
    acting: str
    due: datetime | None
    overdue: bool
    urgent: bool
    stage: str | None
    child: Child | None
    mine: bool
    claimed_by: str | None
    holder: str
    with_whom: str
    time_left: TimeLeft | None = None
    left_by: str = ""
    after: str = ""
    order: int = 0
    weight: Weight = Weight.FILE

    @property
    def filed(self) -> bool:
        """Whether it only says what was done, and decides nothing."""
        return self.weight == Weight.FILE


def task_line(
    work: Work | Glance, person: Person, task: Task, names: Mapping[str, str], people: Sequence[Person]
) -> TaskLine:
    """A task as a line of a list; `people` are the partnership's, with who is absent today."""
    pathway = work.version.pathway
    dispute = work.dispute
    element = pathway.diagram.elements[task.element]
    stage = next((v for v in dispute.visits if v.stage == task.stage), None)
    other = dispute.party(RECEIVING if RAISING in sides_of(person, dispute) else RAISING)
    own = dispute.party(task.side if task.side in {RAISING, RECEIVING} else dispute.side_of(person.agency) or RAISING)
    report = dispute.referral(task.group)
    left_by = _left_by(pathway, dispute, task)
    return TaskLine(
        ref=work.record.ref,
        key=task.key,
        title=element.name,
        side=(report.side if report else None) or task.side,
        tier=p_title(pathway, task.tier),
        acting=holding_title(dispute, task, pathway, people) if report else acting_title(pathway, dispute, task, own),
        due=task.due,
        overdue=task.overdue,
        urgent=report is not None,
        stage=pathway_title(pathway, stage.stage) if stage else None,
        child=dispute.children[task.child] if task.child is not None and task.child < len(dispute.children) else None,
        mine=may_do(person, dispute, task, pathway, people),
        claimed_by=names.get(task.claimed_by, task.claimed_by) if task.claimed_by else None,
        holder=_holder(person, task, names),
        with_whom=other.name if other and task.side != PARTNERSHIP else "",
        time_left=time_left(task.due, work.at, calendar_of(dispute), at_once=_at_once(task)),
        left_by=left_by,
        after=f"after {pathway_title(pathway, left_by)}" if left_by else "",
        order=pathway.diagram.order[task.element],
        weight=weight_of(pathway, dispute, task),
    )


def _holder(person: Person, task: Task, names: Mapping[str, str]) -> str:
    if task.claimed_by is None:
        return ""
    return "with you" if task.claimed_by == person.id else f"with {names.get(task.claimed_by, task.claimed_by)}"


def _at_once(task: Task) -> bool:
    """Whether it was due as it came up, and nobody has been alerted since."""
    return task.due is not None and task.due <= task.opened and not task.overdue


def _left_by(pathway: Pathway, dispute: Dispute, task: Task) -> str:
    """The stage that left this to do; empty where none did, or two ended at the same instant."""
    asked = STAGE_ENDED in pathway.begun_by(task.element)
    ended = [v.stage for v in dispute.visits if asked and v.left == task.opened]
    return ended[0] if len(ended) == 1 else ""


def acting_title(pathway: Pathway, dispute: Dispute, task: Task, party: Party | None) -> str:
    """Who acts, in words."""
    if party is not None and party.side == RECEIVING and dispute.addressee and is_addressed(dispute, task, pathway):
        return dispute.addressee.name
    if task.role:
        return task.role.replace("_", " ")
    if task.tier == "any" or party is None:
        return "anyone acting in it"
    if task.side == PARTNERSHIP:
        return p_title(pathway, task.tier)
    return acting(pathway.tables, task.tier, party.kind)[1]


def holding_title(dispute: Dispute, task: Task, pathway: Pathway, people: Sequence[Person]) -> str:
    """Those who hold a report of risk, by name (S3)."""
    return ", ".join(p.name for p in who_may(dispute, task, pathway, people)) or "the business manager"


def in_order(lines: Iterable[TaskLine]) -> list[TaskLine]:
    """Tasks in the order in which to do them: by their weight, then by what is due soonest."""
    return sorted(lines, key=_first_to_do)


def _first_to_do(line: TaskLine) -> tuple[Weight, bool, datetime, int]:
    return line.weight, line.due is None, line.due or datetime.max.replace(tzinfo=UTC), line.order

"""My tasks, and one task as the person who does it sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from engine.application import (
    Concord,
    Glance,
    NotYours,
    Readable,
    Work,
    asked_about,
    glance,
    guarded,
    open_task,
    opened,
    people_now,
    readable,
)
from engine.dispute import (
    BOTH,
    PARTNERSHIP,
    RAISING,
    RECEIVING,
    Child,
    Dispute,
    Held,
    Kind,
    Party,
    Person,
    Task,
    acting,
    attempt_of,
    calendar_of,
    contact,
    element_of,
    holders,
    may_do,
    may_see,
    sides_of,
    who_may,
)
from engine.forms import Form, Option
from engine.pathway import STAGE_ENDED, Clause, Duty, Element, Pathway
from engine.queries.danger import RiskAdvice, advice
from engine.queries.unsent import Draft, drafts_of, unsent_for
from engine.replay import Line, StageLine, TimeLeft, lines_of, p_title, pathway_title, stages_of, time_left

ALERTS = frozenset({"task_due", "task_alert"})


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """A line of a task list."""

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
    with_whom: str
    time_left: TimeLeft | None = None
    after: str = ""
    order: int = 0


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
    return TaskLine(
        ref=work.record.ref,
        key=task.key,
        title=element.name,
        side=(report.side if report else None) or task.side,
        tier=p_title(pathway, task.tier),
        acting=holding_title(dispute, task, pathway, people) if report else acting_title(pathway, task, own),
        due=task.due,
        overdue=task.overdue,
        urgent=report is not None,
        stage=pathway_title(pathway, stage.stage) if stage else None,
        child=dispute.children[task.child] if task.child is not None and task.child < len(dispute.children) else None,
        mine=may_do(person, dispute, task, pathway, people),
        claimed_by=names.get(task.claimed_by, task.claimed_by) if task.claimed_by else None,
        with_whom=other.name if other and task.side != PARTNERSHIP else "",
        time_left=time_left(task.due, work.at, calendar_of(dispute)),
        after=_after(pathway, dispute, task),
        order=pathway.diagram.order[task.element],
    )


def _after(pathway: Pathway, dispute: Dispute, task: Task) -> str:
    """The stage that left this to do, in words; empty where none did, or two ended at the same instant."""
    asked = STAGE_ENDED in pathway.begun_by(task.element)
    ended = [v.stage for v in dispute.visits if asked and v.left == task.opened]
    return f"after {pathway_title(pathway, ended[0])}" if len(ended) == 1 else ""


def acting_title(pathway: Pathway, task: Task, party: Party | None) -> str:
    """Who acts, in words."""
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


def my_tasks(concord: Concord, person: Person) -> Readable[TaskLine]:
    """The open tasks that are this person's to do: referrals first, then by what is due soonest."""
    with concord.store.begin(write=False) as tx:
        people = people_now(tx, person.partnership, concord.clock.now())
        names = {p.id: p.name for p in people}

        def lines(ref: str) -> list[TaskLine]:
            work = glance(concord, tx, ref)
            if not may_see(person, work.dispute, work.record.partnership):
                return []
            return [task_line(work, person, task, names, people) for task in work.dispute.tasks]

        refs = tx.tasks.with_open(person.partnership)
        found = [line for ref in refs for line in guarded(tx, ref, lambda ref=ref: lines(ref)) or ()]  # type: ignore[misc]
        return readable(tx, sorted((line for line in found if line.mine), key=_first_to_do))


def _first_to_do(line: TaskLine) -> tuple[bool, bool, datetime, int]:
    return not line.urgent, line.due is None, line.due or datetime.max.replace(tzinfo=UTC), line.order


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a side answered before, as it stands on a later task's page; without `line` it has not been given."""

    title: str
    agency: str
    line: Line | None


def shown_beside(work: Work, element: Element) -> tuple[Shown, ...]:
    """What is shown side by side on a task's page: each side's last answers, or that there are none (BRO-4.4)."""
    pathway, ref = work.version.pathway, work.record.ref
    leaves = work.dispute.leaver is not None and pathway.asks(element.id, "countersigned")
    if not element.shows and not leaves:
        return ()
    lines = lines_of(pathway, work.tx.journal.entries(ref), work.tx.journal.texts(ref))
    given = {line.element: line for line in lines if line.kind == Kind.TASK_COMPLETED}
    found = []
    if leaves:
        party = work.dispute.party(element.properties.get("side", ""))
        found.append(Shown(title="Why it is to end", agency=party.name if party else "", line=_leaving(pathway, lines)))
    for asked in pathway.diagram.shown_on(element):
        party = work.dispute.party(asked.properties.get("side", ""))
        found.append(Shown(title=asked.name, agency=party.name if party else "", line=given.get(asked.id)))
    return tuple(found)


def _leaving(pathway: Pathway, lines: Sequence[Line]) -> Line | None:
    """The last words by which somebody withdrew the dispute, or said that it is not pursued (C1, E4b)."""
    said = [
        line
        for line in lines
        if line.kind == Kind.WITHDRAWN
        or (line.kind == Kind.TASK_COMPLETED and line.element and pathway.asks(line.element, "persists"))
    ]
    return said[-1] if said else None


@dataclass(frozen=True, kw_only=True)
class AskedHere:
    """A duty that a task answers; `set_here` says that the partnership has set its limit, and not the protocol."""

    duty: Duty
    set_here: bool


def asked_here(pathway: Pathway, element: Element) -> tuple[AskedHere, ...]:
    """What the protocol asks by a task, and which shared rules it keeps; nothing where there is no register."""
    due = element.properties.get("due", "")
    return tuple(AskedHere(duty=duty, set_here=duty.set_here(due)) for duty in pathway.duties_of(element.id))


@dataclass(frozen=True, kw_only=True)
class TaskPage:
    """A task as the person who does it sees it."""

    ref: str
    line: TaskLine
    words: str
    clauses: tuple[Clause, ...]
    duties: tuple[AskedHere, ...]
    form: Form | None
    choices: Mapping[str, list[Option]]
    contact: Held | None
    draft: Mapping[str, Any]
    drafted_at: datetime | None
    typed: tuple[Draft, ...]
    tried: tuple[Line, ...]
    alerted_at: datetime | None
    may_complete: bool
    links: str | None
    shown: tuple[Shown, ...]
    others: tuple[Person, ...]
    colleagues: tuple[Person, ...]
    dispute: Dispute
    stage: StageLine | None
    risk: RiskAdvice
    now: datetime
    unproven: str = ""


def task_page(concord: Concord, person: Person, ref: str, key: str) -> TaskPage:
    """An open task; raises TaskGone with what happened where it is not open."""
    with concord.store.begin(write=False) as tx:
        work = opened(concord, tx, person, ref)
        task = open_task(work, key)
        pathway, dispute = work.version.pathway, work.dispute
        element = pathway.diagram.elements[task.element]
        people = work.people
        names = {p.id: p.name for p in people}
        line = task_line(work, person, task, names, people)
        unsent = [draft for draft in unsent_for(work, person) if draft.key == key]
        own = next((draft for draft in unsent if draft.person == person.id), None)
        other = dispute.party(RECEIVING if dispute.side_of(person.agency) == RAISING else RAISING)
        tier = task.tier if task.tier != "any" else pathway.diagram.tiers[0].key
        stages = stages_of(pathway, dispute, work.at)
        known = next((o.data for o in work.course.run.open() if o.key == key), {})
        return TaskPage(
            ref=ref,
            unproven=pathway.unproven,
            line=line,
            words=element.words,
            clauses=element.clauses,
            duties=asked_here(pathway, element),
            form=pathway.form_of(task.element),
            choices=asked_about(work, pathway.form_of(task.element))[0],
            contact=contact(pathway, dispute, task.element, work.at, known),
            draft=own.draft if own else {},
            drafted_at=own.at if own else None,
            tried=tried_before(work, task),
            alerted_at=min((d.due for d in dispute.deadlines if d.host == key and d.kind in ALERTS), default=None),
            typed=tuple(drafts_of(pathway, [draft for draft in unsent if draft is not own], names)),
            may_complete=line.mine,
            links=element.properties.get("links"),
            shown=shown_beside(work, element),
            dispute=dispute,
            others=tuple(holders(people, pathway.tables, tier, other.agency))
            if other and task.side in {BOTH, RAISING, RECEIVING}
            else (),
            colleagues=tuple(
                p
                for p in who_may(dispute, task, pathway, people)
                if p.id != person.id and p.agency == person.agency and p.absent_until is None
            ),
            stage=next((s for s in stages if dispute.visit and s.id == dispute.visit.stage), None),
            risk=advice(pathway, work.at),
            now=work.at,
        )


def tried_before(work: Work, task: Task) -> tuple[Line, ...]:
    """The attempts at a task so far, where its form knows any (S4)."""
    pathway, ref = work.version.pathway, work.record.ref
    if attempt_of(pathway.form_of(task.element)) is None:
        return ()
    entries = [e for e in work.tx.journal.entries(ref) if e.kind == Kind.TASK_ATTEMPTED and e.data["task"] == task.key]
    return tuple(lines_of(pathway, entries, work.tx.journal.texts(ref)))


def task_form(concord: Concord, person: Person, ref: str, key: str) -> Form | None:
    """Give the form of a task, still open or not: what was typed for it is read either way (E1)."""
    with concord.store.begin(write=False) as tx:
        work = glance(concord, tx, ref)
        if not may_see(person, work.dispute, work.record.partnership):
            raise NotYours(ref=ref)
        element = element_of(key)
        return work.version.pathway.form_of(element) if element in work.version.pathway.diagram.elements else None

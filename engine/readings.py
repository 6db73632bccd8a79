"""What a page shows: my tasks, a dispute, a task, the path so far, whom to call. Reads only, a transaction each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from engine import working_days as days
from engine.access import may_do, may_see, sides_of
from engine.commands.tasks import asked_about, open_task
from engine.commands.work import NotYours, Work, people_now
from engine.concord import Concord
from engine.course import EARLY, SAID, WITHDRAWN, Version
from engine.deadlines import calendar_of
from engine.diagram import Clause
from engine.directory import Agency, Person, acting, holders
from engine.dispute import BOTH, PARTNERSHIP, RAISING, RECEIVING, Child, Dispute, Party, Task, dispute_from_json
from engine.forms import Form, Option
from engine.journal import Entry, Text
from engine.pathway import Pathway
from engine.records import DisputeRecord, NoticeRecord, Summary, TaskRecord, Transaction
from engine.wording import ENDS, WAYS, p_title, sentence


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Whom to call, as set in the pathway; `local` where the protocol gives no number."""

    name: str
    telephone: str
    note: str


@dataclass(frozen=True, kw_only=True)
class RiskAdvice:
    """Immediate danger first, then the front door for this hour of this day (S5, S6)."""

    immediate: str
    now: Contact
    other: Contact
    in_hours: bool


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
    time_left: str = ""


@dataclass(frozen=True, kw_only=True)
class StageLine:
    """A stage and how far the dispute has come in it: waiting, running, or done and how."""

    id: str
    title: str
    tier: str
    state: str
    entered: datetime | None
    deadline: datetime | None
    left: datetime | None
    how: str | None
    time_left: str = ""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What was typed for a task that ended before it was sent (E1), by field label."""

    title: str
    by: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """An entry of the journal in words; `texts` is what was typed, by field label."""

    seq: int
    at: str
    who: str
    agency: str
    words: str
    element: str | None
    role: str
    clauses: tuple[Clause, ...]
    texts: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class PathStep:
    """One step of the path: the token passed `element`, coming from `source` over `flow`."""

    n: int
    seq: int
    at: str
    element: str
    source: str | None
    flow: str | None
    text: str
    who: str


@dataclass(frozen=True, kw_only=True)
class DisputePage:
    """A dispute as its people see it."""

    ref: str
    title: str
    pathway: str
    version: str
    dispute: Dispute
    status: str
    stages: tuple[StageLine, ...]
    tasks: tuple[TaskLine, ...]
    drafts: tuple[TaskRecord, ...]
    lines: tuple[Line, ...]
    notices: tuple[NoticeRecord, ...]
    risk: RiskAdvice
    can: frozenset[str]
    set_aside: str | None
    highlights: Mapping[str, str]
    now: datetime
    unheld: tuple[str, ...]
    names: Mapping[str, str]
    interrupted: tuple[Draft, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TaskPage:
    """A task as the person who does it sees it."""

    ref: str
    line: TaskLine
    words: str
    clauses: tuple[Clause, ...]
    form: Form | None
    choices: Mapping[str, list[Option]]
    draft: Mapping[str, Any]
    drafted_by: str | None
    may_complete: bool
    others: tuple[Person, ...]
    colleagues: tuple[Person, ...]
    dispute: Dispute
    stage: StageLine | None
    risk: RiskAdvice
    now: datetime


@dataclass(frozen=True, kw_only=True)
class RaisePage:
    """What is needed to raise a dispute."""

    pathway: str
    title: str
    protocol: str
    form: Form
    agencies: tuple[Agency, ...]
    risk: RiskAdvice
    now: datetime


@dataclass(frozen=True, kw_only=True)
class _Glance:
    """A dispute as a list shows it: its workflow stays packed."""

    version: Version
    record: DisputeRecord
    dispute: Dispute
    at: datetime


def _glance(concord: Concord, tx: Transaction, ref: str) -> _Glance:
    record = tx.dispute(ref)
    dispute = dispute_from_json(record.state["dispute"])
    return _Glance(version=concord.version(tx, record.version), record=record, dispute=dispute, at=concord.clock.now())


def _opened(concord: Concord, tx: Transaction, person: Person, ref: str) -> Work:
    work = Work(concord, tx, tx.dispute(ref), concord.clock.now())
    if not may_see(person, work.dispute, work.record.partnership):
        raise NotYours(ref=ref)
    return work


def advice(pathway: Pathway, at: datetime) -> RiskAdvice:
    """Whom to call now: 999 first, then the front door or the out-of-hours number (S5, S6)."""
    door, night = (_contact(pathway.settings.get(name, {})) for name in ("front_door", "out_of_hours"))
    hours = days.in_working_hours(at, days.calendar_for(at))
    immediate = str(pathway.settings.get("partnership", {}).get("immediate_danger", "999"))
    return RiskAdvice(immediate=immediate, now=door if hours else night, other=night if hours else door, in_hours=hours)


def _contact(settings: Mapping[str, Any]) -> Contact:
    return Contact(
        name=str(settings.get("name", "")),
        telephone=str(settings.get("telephone", "")),
        note=str(settings.get("note", "")),
    )


def _line(work: Work | _Glance, person: Person, task: Task, names: Mapping[str, str]) -> TaskLine:
    pathway = work.version.pathway
    dispute = work.dispute
    element = pathway.diagram.elements[task.element]
    stage = next((v for v in dispute.visits if v.stage == task.stage), None)
    other = dispute.party(RECEIVING if RAISING in sides_of(person, dispute) else RAISING)
    own = dispute.party(task.side if task.side in {RAISING, RECEIVING} else dispute.side_of(person.agency) or RAISING)
    return TaskLine(
        ref=work.record.ref,
        key=task.key,
        title=element.name,
        side=task.side,
        tier=p_title(pathway, task.tier),
        acting=_acting(pathway, task, own),
        due=task.due,
        overdue=task.overdue,
        urgent=bool(task.group and task.group.startswith("Risk")),
        stage=pathway_title(pathway, stage.stage) if stage else None,
        child=dispute.children[task.child] if task.child is not None and task.child < len(dispute.children) else None,
        mine=may_do(person, dispute, task, pathway.tables),
        claimed_by=names.get(task.claimed_by, task.claimed_by) if task.claimed_by else None,
        with_whom=other.name if other else "",
        time_left=time_left(task.due, work.at, calendar_of(dispute)),
    )


def _acting(pathway: Pathway, task: Task, party: Party | None) -> str:
    if task.role:
        return task.role.replace("_", " ")
    if task.tier == "any" or party is None:
        return "anyone acting in it"
    if task.side == PARTNERSHIP:
        return p_title(pathway, task.tier)
    return acting(pathway.tables, task.tier, party.kind)[1]


def time_left(due: datetime | None, at: datetime, calendar: days.Calendar) -> str:
    """How long there is until an instant, in words and working days; empty for none."""
    if due is None:
        return ""
    local, today = due.astimezone(days.LONDON), at.astimezone(days.LONDON).date()
    near = {today: "today", today + timedelta(days=1): "tomorrow", today - timedelta(days=1): "yesterday"}
    day = near.get(local.date(), local.strftime("%A %-d %B"))
    if due <= at:
        return f"overdue since {day} {local:%H:%M}"
    count = days.working_days_used(at, due, calendar)
    left = f"{count} working days left, " if local.date() not in near and count > 1 else ""
    return f"{left}due {day} {local:%H:%M}"


def pathway_title(pathway: Pathway, stage: str | None) -> str:
    """A stage's title."""
    found = pathway.stage(stage or "")
    return found.title if found else ""


def my_tasks(concord: Concord, person: Person) -> list[TaskLine]:
    """The open tasks that are this person's to do: referrals first, then by what is due soonest."""
    with concord.store.begin(write=False) as tx:
        names = {p.id: p.name for p in tx.people(person.partnership)}
        lines = []
        for ref in dict.fromkeys(summary.ref for _, summary in tx.open_tasks(person.partnership)):
            work = _glance(concord, tx, ref)
            if may_see(person, work.dispute, work.record.partnership):
                lines += [_line(work, person, task, names) for task in work.dispute.tasks]
    mine = [line for line in lines if line.mine]
    return sorted(
        mine,
        key=lambda line: (
            not line.urgent,
            line.due is None,
            line.due or datetime.max.replace(tzinfo=UTC),
            line.key,
        ),
    )


def disputes(concord: Concord, person: Person) -> list[Summary]:
    """The disputes that a person may see, latest first."""
    with concord.store.begin(write=False) as tx:
        found = []
        for summary in tx.summaries(person.partnership):
            work = _glance(concord, tx, summary.ref)
            if may_see(person, work.dispute, work.record.partnership):
                found.append(replace(summary, standing=status(work.version.pathway, work.dispute)))
        return found


def dispute_page(concord: Concord, person: Person, ref: str) -> DisputePage:
    """Everything about one dispute; raises DisputeUnknown or NotYours."""
    with concord.store.begin(write=False) as tx:
        work = _opened(concord, tx, person, ref)
        pathway, dispute = work.version.pathway, work.dispute
        names = {p.id: p.name for p in tx.people(person.partnership)}
        lines = tuple(_lines(pathway, tx.entries(ref), tx.texts(ref)))
        stages = tuple(_stages(pathway, dispute, work.at))
        return DisputePage(
            ref=ref,
            title=f"{dispute.parties[0].name} and {dispute.parties[1].name}",
            pathway=pathway.title,
            version=work.record.version,
            dispute=dispute,
            status=status(pathway, dispute),
            stages=stages,
            tasks=tuple(_line(work, person, t, names) for t in dispute.tasks),
            drafts=tuple(t for t in tx.tasks(ref) if t.status != "open" and t.draft),
            lines=lines,
            notices=tuple(tx.notices(ref)),
            risk=advice(pathway, work.at),
            can=_can(work, person),
            set_aside=work.record.set_aside,
            highlights=highlights(pathway, dispute, tx.entries(ref)),
            now=work.at,
            unheld=_unheld(work),
            names=names,
            interrupted=tuple(_drafts(pathway, tx.tasks(ref), names)),
        )


def _unheld(work: Work) -> tuple[str, ...]:
    pathway, dispute = work.version.pathway, work.dispute
    people = people_now(work.tx, work.record.partnership, work.at)
    running = next((n for n, s in enumerate(pathway.stages) if dispute.visit and s.id == dispute.visit.stage), None)
    if running is None:
        return ()
    found = []
    for stage in pathway.stages[running : running + 2]:
        for party in dispute.parties if stage.kind == "ordinary" else ():
            held = holders(people, pathway.tables, stage.tier, party.agency)
            found += [] if held else [f"{party.name}: nobody holds {p_title(pathway, stage.tier)}"]
    return tuple(found)


def _can(work: Work, person: Person) -> frozenset[str]:
    dispute, run, sides = work.dispute, work.course.run, sides_of(person, work.dispute)
    can = set()
    if not dispute.closed:
        can.add("report_risk")
        can.add("correct")
    if dispute.ending is None and dispute.closed is None:
        can.add("protective")
        if run.hears(EARLY) and sides & {RAISING, RECEIVING, PARTNERSHIP}:
            can.add("escalate")
        if run.hears(WITHDRAWN) and RAISING in sides:
            can.add("withdraw")
        if run.hears(SAID) and dispute.visit is not None and sides & {RAISING, RECEIVING}:
            can.add("say_resolved")
        if sides & {RAISING, PARTNERSHIP}:
            can.add("recalculate")
    if dispute.closed and dispute.ending and dispute.ending.how == "resolved" and RAISING in sides:
        can.add("take_up_again")
    return frozenset(can)


def status(pathway: Pathway, dispute: Dispute) -> str:
    """Where the dispute stands, in a sentence."""
    if dispute.closed and dispute.ending:
        at = f" at {pathway_title(pathway, dispute.ending.stage)}" if dispute.ending.stage else ""
        return f"Closed: {ENDS.get(dispute.ending.how, dispute.ending.how).lower()}{at}"
    if dispute.ending:
        return f"{ENDS.get(dispute.ending.how, dispute.ending.how)}; what is still to be done is listed below"
    if (visit := dispute.visit) is not None:
        return pathway_title(pathway, visit.stage)
    waiting = next((t for t in dispute.tasks if t.group is None), None)
    return f"Waiting for: {pathway.diagram.elements[waiting.element].name}" if waiting else "Between stages"


def _stages(pathway: Pathway, dispute: Dispute, at: datetime) -> list[StageLine]:
    found = []
    for stage in pathway.stages:
        visit = next((v for v in reversed(dispute.visits) if v.stage == stage.id), None)
        state = "waiting" if visit is None else "running" if visit.left is None else "done"
        found.append(
            StageLine(
                id=stage.id,
                title=stage.title,
                tier=p_title(pathway, stage.tier),
                state=state,
                entered=visit.entered if visit else None,
                deadline=visit.deadline if visit else None,
                left=visit.left if visit else None,
                how=WAYS.get(visit.how or "", visit.how) if visit and visit.how else None,
                time_left=time_left(visit.deadline, at, calendar_of(dispute)) if visit and state == "running" else "",
            )
        )
    return found


def highlights(pathway: Pathway, dispute: Dispute, entries: list[Entry]) -> dict[str, str]:
    """Each element's state on the diagram: done, interrupted, running, waiting, overdue."""
    found: dict[str, str] = {}
    for entry in entries:
        if entry.kind == "PathTaken":
            found |= {element: "done" for _, element in entry.data["path"]}
        elif entry.kind == "TaskInterrupted" and entry.element:
            found[entry.element] = "interrupted"
        elif entry.kind == "StageLeft" and entry.element:
            found[entry.element] = "done" if entry.data["how"] in {"completed", "resolved"} else "interrupted"
    found |= {v.stage: "running" for v in dispute.visits if v.left is None}
    found |= {t.element: "overdue" if t.overdue else "waiting" for t in dispute.tasks}
    return {k: v for k, v in found.items() if k in pathway.diagram.elements}


def _lines(pathway: Pathway, entries: list[Entry], texts: Mapping[tuple[int, str], Text]) -> list[Line]:
    lines = []
    for entry in entries:
        words = sentence(entry, pathway)
        if words is None:
            continue
        element = pathway.diagram.elements.get(entry.element or "")
        form = pathway.form_of(element.id) if element and entry.kind in {"TaskCompleted", "Raised"} else None
        lines.append(
            Line(
                seq=entry.seq,
                at=entry.at,
                who=entry.actor["name"],
                agency=entry.actor["agency"],
                words=words,
                element=entry.element,
                role=entry.role,
                kind=entry.kind,
                clauses=element.clauses if element else (),
                texts=tuple(
                    (_label(form, name), texts[entry.seq, name].text if (entry.seq, name) in texts else "(erased)")
                    for name in entry.texts
                ),
                answers=tuple(_answers(form, entry.data.get("answers", {}))),
            )
        )
    return lines


def _drafts(pathway: Pathway, tasks: list[TaskRecord], names: Mapping[str, str]) -> list[Draft]:
    return [
        Draft(
            title=pathway.diagram.elements[task.element].name,
            by=names.get(task.draft_by or "", task.draft_by or ""),
            answers=tuple(_answers(pathway.form_of(task.element), {k: v for k, v in task.draft.items() if v})),
        )
        for task in tasks
        if task.status != "open" and any(task.draft.values())
    ]


def _label(form: Form | None, name: str) -> str:
    field = form.field_named(name) if form else None
    return field.label if field else name.replace("_", " ").capitalize()


def _answers(form: Form | None, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = []
    for name, value in answers.items():
        field = form.field_named(name) if form else None
        labels = {o.value: o.label for o in field.options} if field else {}
        chosen = value if isinstance(value, list) else [value]
        spoken = [("Yes" if v else "No") if isinstance(v, bool) else labels.get(str(v), str(v)) for v in chosen]
        found.append((_label(form, name), ", ".join(spoken)))
    return found


def path(concord: Concord, person: Person, ref: str) -> list[PathStep]:
    """The path so far, step by step."""
    with concord.store.begin(write=False) as tx:
        work = _opened(concord, tx, person, ref)
        return path_steps(work.version.pathway, tx.entries(ref))


def path_steps(pathway: Pathway, entries: list[Entry]) -> list[PathStep]:
    """Every element that the token passed or opened, in order, with the flow it came by."""
    steps: list[PathStep] = []
    for entry in entries:
        taken = entry.data["path"] if entry.kind == "PathTaken" else []
        if entry.kind in {"StageEntered", "TaskOpened"}:
            taken = [[None, entry.element]]
        for source, element in taken:
            named = pathway.diagram.elements[element]
            told = sentence(entry, pathway) if entry.kind != "PathTaken" else None
            came = source or _passed_before(pathway, steps, element)
            steps.append(
                PathStep(
                    n=len(steps) + 1,
                    seq=entry.seq,
                    at=entry.at,
                    element=element,
                    source=came,
                    flow=pathway.diagram.flow_between.get((came, element)) if came else None,
                    text=told or named.name or KINDS.get(named.kind, named.kind),
                    who=entry.actor["name"],
                )
            )
    return steps


def _passed_before(pathway: Pathway, steps: list[PathStep], element: str) -> str | None:
    """Give the element passed last that a flow leads from: whence a stage or a task was reached."""
    joined = pathway.diagram.flow_between
    return next((step.element for step in reversed(steps) if (step.element, element) in joined), None)


KINDS = {
    "startEvent": "Begins",
    "endEvent": "Ends",
    "exclusiveGateway": "Which way?",
    "parallelGateway": "Side by side",
    "intermediateThrowEvent": "Signal",
}


def diagram_of(concord: Concord, person: Person, ref: str) -> bytes:
    """The diagram of the version that the dispute runs on."""
    with concord.store.begin(write=False) as tx:
        work = _opened(concord, tx, person, ref)
        files = work.version.pathway.files
        return files[next(name for name in files if name.endswith(".bpmn"))]


def task_page(concord: Concord, person: Person, ref: str, key: str) -> TaskPage:
    """An open task; raises TaskGone with what happened where it is not open."""
    with concord.store.begin(write=False) as tx:
        work = _opened(concord, tx, person, ref)
        task = open_task(work, key)
        pathway, dispute = work.version.pathway, work.dispute
        element = pathway.diagram.elements[task.element]
        names = {p.id: p.name for p in tx.people(person.partnership)}
        line = _line(work, person, task, names)
        stored = next((t for t in tx.tasks(ref) if t.key == key), None)
        people = people_now(tx, work.record.partnership, work.at)
        other = dispute.party(RECEIVING if dispute.side_of(person.agency) == RAISING else RAISING)
        tier = task.tier if task.tier != "any" else pathway.diagram.tiers[0].key
        stages = _stages(pathway, dispute, work.at)
        return TaskPage(
            ref=ref,
            line=line,
            words=element.words,
            clauses=element.clauses,
            form=pathway.form_of(task.element),
            choices=asked_about(work)[0],
            draft=stored.draft if stored else {},
            drafted_by=names.get(stored.draft_by or "") if stored else None,
            may_complete=line.mine,
            dispute=dispute,
            others=tuple(holders(people, pathway.tables, tier, other.agency))
            if other and task.side in {BOTH, RAISING, RECEIVING}
            else (),
            colleagues=tuple(
                p
                for p in people
                if p.id != person.id
                and p.agency == person.agency
                and p.absent_until is None
                and may_do(p, dispute, replace(task, claimed_by=None), pathway.tables)
            ),
            stage=next((s for s in stages if dispute.visit and s.id == dispute.visit.stage), None),
            risk=advice(pathway, work.at),
            now=work.at,
        )


def raise_page(concord: Concord, person: Person) -> RaisePage:
    """What is needed to raise a dispute in a person's partnership."""
    with concord.store.begin(write=False) as tx:
        pathway = concord.version(tx, tx.current_version(person.partnership)).pathway
        form = pathway.form_of(pathway.start.id)
        if form is None:
            raise NotYours(ref=pathway.name)
        at = concord.clock.now()
        return RaisePage(
            pathway=pathway.name,
            title=pathway.title,
            protocol=str(pathway.settings.get("partnership", {}).get("protocol", "")),
            form=form,
            agencies=tuple(
                a for a in tx.agencies(person.partnership) if a.id != person.agency and a.kind != "partnership"
            ),
            risk=advice(pathway, at),
            now=at,
        )


def open_about(concord: Concord, person: Person, case_references: list[str]) -> list[Summary]:
    """Open disputes about the same case references, so that one is not raised twice."""
    with concord.store.begin(write=False) as tx:
        return tx.open_about(person.partnership, case_references)


def sign_in_people(concord: Concord) -> list[Person]:
    """Everybody, for the demonstration's sign-in page."""
    with concord.store.begin(write=False) as tx:
        return [p for partnership in tx.partnerships() for p in tx.people(partnership)]


def person_named(concord: Concord, person_id: str) -> Person:
    """One person; raises PersonUnknown."""
    with concord.store.begin(write=False) as tx:
        return tx.person(person_id)


def task_form(concord: Concord, person: Person, ref: str, key: str) -> Form | None:
    """Give the form of a task, still open or not: what was typed for it is read either way (E1)."""
    with concord.store.begin(write=False) as tx:
        work = _opened(concord, tx, person, ref)
        element = key.rsplit(".", 1)[0]
        return work.version.pathway.form_of(element) if element in work.version.pathway.diagram.elements else None


@dataclass(frozen=True, kw_only=True)
class ClockChoices:
    """To where the clock of a demonstration can be moved on."""

    now: datetime
    next_due: datetime | None
    next_working_day: datetime


def clock_choices(concord: Concord) -> ClockChoices:
    """Give the present instant, the next at which something fires, and this time of day on the next working day."""
    with concord.store.begin(write=False) as tx:
        soonest = tx.next_due()
    now = concord.clock.now()
    local = now.astimezone(days.LONDON)
    ends = days.end_of_working_day(now, 1, days.calendar_for(now)).astimezone(days.LONDON)
    return ClockChoices(
        now=now, next_due=soonest, next_working_day=datetime.combine(ends.date(), local.timetz()).astimezone(UTC)
    )

"""What one event makes of a dispute: the one place where its state changes. Pure; runs no diagram, knows no store.

Live work, re-execution, simulation, the replay and the exports all come to their state by `evolve`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.calendar import working_days as days
from engine.dispute import (
    BOTH,
    EFFECT,
    INPUT,
    Actor,
    Deadline,
    Dispute,
    Ending,
    Input,
    Kind,
    Referral,
    Task,
    Visit,
    answered,
    deadlines,
    dispute_from_json,
    reporting_side,
    to_json,
)
from engine.pathway import Pathway

PROTECTIVE = "protective"
WHOLE_DIAGRAM = frozenset({"deadline", "reminder"})
"""The timers that a diagram draws; the others are a task's own, or the protective timescale."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened in a turn: the input itself, or what it brought about.

    `data` is all that it says, also what a journal leaves unsaid since it follows from what stands before.
    """

    role: str
    kind: str
    at: datetime
    actor: Actor
    element: str | None
    data: Mapping[str, Any]


def evolve(pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    """The dispute after an event; one of a kind that changes nothing of it leaves it as it is."""
    handler = HANDLERS.get((event.role, event.kind))
    return handler(pathway, dispute, event) if handler else dispute


def raised(ref: str, event: Event | Input) -> Dispute:
    """The dispute as it is when it was raised, before the diagram has run a step."""
    data, answers = event.data, event.data["answers"]
    counted = answers.get("disagreement_at")
    at = min(days.london(str(counted)), event.at) if counted else event.at
    stored = {
        "ref": ref,
        "raised": to_json(event.at),
        "counted_from": to_json(at),
        "parties": data["parties"],
        "children": data["children"],
        "calendar": data["calendar"],
        "raised_by": event.actor.id,
        "answers": answers,
        "risk_believed": bool(data.get("risk")),
        "reported": [list(range(len(data["children"])))] if data.get("risk") else [],
        "taken_up_from": data.get("taken_up_from"),
        "links": [data["linked_to"]] if data.get("linked_to") else [],
    }
    dispute = dispute_from_json(stored)
    until = data.get("protective")
    return _protected(dispute, datetime.fromisoformat(until)) if until else dispute


def _protected(dispute: Dispute, until: datetime) -> Dispute:
    own = Deadline(key=PROTECTIVE, element=PROTECTIVE, kind=PROTECTIVE, due=until)
    kept = tuple(d for d in dispute.deadlines if d.kind != PROTECTIVE)
    return replace(dispute, protective=until, protective_passed=False, deadlines=(*kept, own))


# What people and timers did


def _timer_fired(pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    """It waits no more; a task's alert is set again for the next working morning (E4)."""
    key, what = event.data["key"], event.data["what"]
    timer = next((d for d in dispute.deadlines if d.key == key), None)
    waiting = tuple(d for d in dispute.deadlines if d.key != key)
    passed = dispute.protective_passed or what == PROTECTIVE
    dispute = replace(dispute, deadlines=waiting, protective_passed=passed)
    task = dispute.task(timer.host or "") if timer else None
    if timer is None or task is None or what not in {"task_due", "task_alert"}:
        return dispute
    watched = pathway.diagram.elements[task.element].properties.get("alert")
    if not watched and not timer.basis.get("limits", {}).get("immediately"):
        return dispute
    morning = deadlines.next_working_morning(dispute, event.at)
    again = replace(timer, key=f"{task.key}/task_alert", kind="task_alert", due=morning)
    return replace(dispute, deadlines=(*waiting, again))


def _task_completed(pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    """It is done, and tells of an agreement, a meeting or a timescale; whoever did it has acted at its tier."""
    answers = event.data.get("answers") or {}
    if answers.get("confirmed") in {True, "yes"}:
        dispute = _agreed(dispute, answers, event.at)
    if met := answers.get("panel_met_at"):
        dispute = replace(dispute, met_at=min(days.london(str(met)), event.at))
    task = dispute.task(str(event.data["task"]))
    if task is None:
        return dispute
    acted = (event.actor.id, task.tier)
    if task.stage is not None and acted not in dispute.acted:
        dispute = replace(dispute, acted=(*dispute.acted, acted))
    agreed, visit = answers.get("agreed_working_days"), dispute.visit
    if agreed is not None and visit is not None and task.stage == visit.stage:
        dispute = _visited(dispute, visit.key, agreed_days=int(agreed))
    return _task_over(answered(dispute, task.group, task.element, event.actor.id, pathway), task.key)


def _agreed(dispute: Dispute, answers: Mapping[str, Any], entered: datetime) -> Dispute:
    """When it was agreed, and so at which stage it was resolved, however late it was entered (E6)."""
    at = min(days.london(str(answers["agreed_at"])) if answers.get("agreed_at") else entered, entered)
    before = [v for v in dispute.visits if v.entered <= at]
    running = [v for v in before if v.left is None or at < v.left]
    last = (running or before or list(dispute.visits[:1]))[-1:]
    return replace(dispute, agreed_at=at, resolved_stage=last[0].stage if last else None)


def _protective_set(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    return _protected(dispute, datetime.fromisoformat(event.data["until"]))


def _risk_reported(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    concerned = tuple(event.data["children"])
    return replace(dispute, reported=(*dispute.reported, concerned), risk_believed=True)


def _risk_over(_pathway: Pathway, dispute: Dispute, _event: Event) -> Dispute:
    return replace(dispute, risk_believed=False)


def _calendar_noted(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    return replace(dispute, calendar=dict(event.data["calendar"]))


def _claimed(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    return _task(dispute, str(event.data["task"]), claimed_by=event.data["to"])


def _barred(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    pair = (str(event.data["person"]), str(event.data["tier"]))
    return replace(dispute, barred=(*dispute.barred, pair))


def _held(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    return replace(dispute, held=event.kind == Kind.HOLD_PLACED)


# What followed


def _task_opened(pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    """A task is to be done; its own timers wait from now on (E3, E4)."""
    data, element = event.data, str(event.element)
    stage, known = pathway.stage_of(element), pathway.diagram.elements.get(element)
    due = datetime.fromisoformat(data["due"]) if data.get("due") else None
    task = Task(
        key=data["task"],
        element=element,
        tier=data.get("tier", ""),
        side=data.get("side", BOTH),
        role=known.properties.get("role") if known else None,
        opened=event.at,
        due=due,
        child=data.get("child"),
        group=data.get("group"),
        stage=stage.id if stage else None,
    )
    dispute = replace(dispute, tasks=(*dispute.tasks, task))
    basis = data.get("basis") or {}
    if due is None or not basis:
        return dispute
    own = {**basis, "opened": to_json(event.at)}
    timers = [
        Deadline(key=f"{task.key}/{kind}", element=element, kind=kind, due=instant, host=task.key, basis=own)
        for kind, instant in deadlines.own_timers(dispute, basis, event.at, due)
    ]
    return replace(dispute, deadlines=(*dispute.deadlines, *timers))


def _task_overdue(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    return _task(dispute, str(event.data["task"]), overdue=True)


def _task_interrupted(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    return _task_over(dispute, str(event.data["task"]))


def _task_due_moved(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    return _task(dispute, str(event.data["task"]), due=datetime.fromisoformat(event.data["due"]))


def _stage_entered(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    visit = Visit(stage=event.data["stage"], key=event.data["key"], entered=event.at)
    return replace(dispute, visits=(*dispute.visits, visit))


def _stage_left(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    """A stage ended, and the timers on its edge with it."""
    stage = event.data["stage"]
    visit = next((v for v in dispute.visits if v.stage == stage and v.left is None), None)
    if visit is None:
        return dispute
    kept = tuple(d for d in dispute.deadlines if d.host != visit.key)
    return replace(_visited(dispute, visit.key, left=event.at, how=event.data.get("how")), deadlines=kept)


def _referral_opened(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    """A run of the risk branch began; it belongs to the side of whoever reported (S3)."""
    children = tuple(event.data.get("children", ()))
    opened = Referral(
        key=event.data["referral"],
        opened=event.at,
        by=event.actor.id,
        side=reporting_side(event.actor, dispute),
        children=children,
    )
    unreported = len(dispute.referrals) >= len(dispute.reported)  # the diagram itself began it
    reported = (*dispute.reported, children) if unreported else dispute.reported
    return replace(dispute, referrals=(*dispute.referrals, opened), reported=reported, risk_believed=True)


def _referral_closed(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    key = event.data["referral"]
    closed = tuple(replace(r, closed=event.at) if r.key == key else r for r in dispute.referrals)
    return replace(dispute, referrals=closed)


def _deadline_set(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    """A timer of the diagram waits from now on."""
    data, due = event.data, datetime.fromisoformat(event.data["due"])
    host = data.get("host")
    timer = Deadline(
        key=data["key"],
        element=str(event.element),
        kind=data["what"],
        due=due,
        host=host,
        basis=data.get("basis") or {},
    )
    dispute = replace(dispute, deadlines=(*dispute.deadlines, timer))
    return _visited(dispute, host, deadline=due) if timer.kind == "deadline" else dispute


def _deadline_moved(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    """A timer fires at another instant, or at the same for another reason."""
    key, due = str(event.data["key"]), datetime.fromisoformat(event.data["due"])
    timer = next((d for d in dispute.deadlines if d.key == key), None)
    if timer is None:
        return dispute
    moved = replace(timer, due=due, basis=event.data.get("basis", timer.basis))
    dispute = replace(dispute, deadlines=tuple(moved if d.key == key else d for d in dispute.deadlines))
    if timer.kind == "deadline":
        return _visited(dispute, timer.host, deadline=due)
    return _task(dispute, timer.host or "", due=due) if timer.kind == "task_due" else dispute


def _link_made(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    return replace(dispute, links=(*dispute.links, str(event.data["to"])))


def _end_reached(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    return replace(dispute, ending=_ending(event))


def _ended(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    """It ended: what is open leads to that end alone, and a protective timescale was kept (T10)."""
    running = tuple(d for d in dispute.deadlines if d.kind != PROTECTIVE)
    return replace(dispute, over=_ending(event), deadlines=running)


def _closed(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    return replace(dispute, closed=event.at, deadlines=(), tasks=())


def _ending(event: Event) -> Ending:
    data = event.data
    return Ending(how=data["end"], element=event.element or "", stage=data.get("stage"), at=event.at)


def _task(dispute: Dispute, key: str, **values: Any) -> Dispute:
    return replace(dispute, tasks=tuple(replace(t, **values) if t.key == key else t for t in dispute.tasks))


def _visited(dispute: Dispute, key: str | None, **values: Any) -> Dispute:
    return replace(dispute, visits=tuple(replace(v, **values) if v.key == key else v for v in dispute.visits))


def _task_over(dispute: Dispute, key: str) -> Dispute:
    """A task is open no more, and its timers wait no more."""
    tasks = tuple(t for t in dispute.tasks if t.key != key)
    return replace(dispute, tasks=tasks, deadlines=tuple(d for d in dispute.deadlines if d.host != key))


HANDLERS: Mapping[tuple[str, str], Callable[[Pathway, Dispute, Event], Dispute]] = {
    (INPUT, Kind.TIMER_FIRED): _timer_fired,
    (INPUT, Kind.TASK_COMPLETED): _task_completed,
    (INPUT, Kind.PROTECTIVE_TIMESCALE_SET): _protective_set,
    (INPUT, Kind.RISK_REPORTED): _risk_reported,
    (INPUT, Kind.RISK_OVER): _risk_over,
    (INPUT, Kind.CALENDAR_NOTED): _calendar_noted,
    (INPUT, Kind.TASK_CLAIMED): _claimed,
    (INPUT, Kind.TASK_HANDED_ON): _claimed,
    (INPUT, Kind.PERSON_BARRED): _barred,
    (INPUT, Kind.HOLD_PLACED): _held,
    (INPUT, Kind.HOLD_LIFTED): _held,
    (EFFECT, Kind.TASK_OPENED): _task_opened,
    (EFFECT, Kind.TASK_OVERDUE): _task_overdue,
    (EFFECT, Kind.TASK_INTERRUPTED): _task_interrupted,
    (EFFECT, Kind.TASK_DUE_MOVED): _task_due_moved,
    (EFFECT, Kind.STAGE_ENTERED): _stage_entered,
    (EFFECT, Kind.STAGE_LEFT): _stage_left,
    (EFFECT, Kind.REFERRAL_OPENED): _referral_opened,
    (EFFECT, Kind.REFERRAL_CLOSED): _referral_closed,
    (EFFECT, Kind.DEADLINE_SET): _deadline_set,
    (EFFECT, Kind.DEADLINE_MOVED): _deadline_moved,
    (EFFECT, Kind.DEADLINE_KEPT): _deadline_moved,
    (EFFECT, Kind.LINK_MADE): _link_made,
    (EFFECT, Kind.END_REACHED): _end_reached,
    (EFFECT, Kind.DISPUTE_ENDED): _ended,
    (EFFECT, Kind.DISPUTE_CLOSED): _closed,
}

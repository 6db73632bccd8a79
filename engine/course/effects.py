"""What that which followed makes of a dispute. Pure; runs no diagram."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from engine.course.acknowledging import awaited, still_awaited
from engine.course.changing import with_task, with_visit, without_task
from engine.course.event import PROTECTIVE, Event, Evolving
from engine.dispute import (
    BOTH,
    Deadline,
    Dispute,
    Ending,
    Kind,
    Referral,
    Task,
    Visit,
    deadlines,
    reporting_side,
    to_json,
)
from engine.pathway import Pathway


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
    return with_task(dispute, str(event.data["task"]), overdue=True)


def _task_interrupted(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    return without_task(dispute, str(event.data["task"]))


def _task_due_moved(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    return with_task(dispute, str(event.data["task"]), due=datetime.fromisoformat(event.data["due"]))


def _stage_entered(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    visit = Visit(stage=event.data["stage"], key=event.data["key"], entered=event.at)
    return replace(dispute, visits=(*dispute.visits, visit), first_part=None)


def _stage_left(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    """A stage ended, and the timers on its edge with it."""
    stage = event.data["stage"]
    visit = next((v for v in dispute.visits if v.stage == stage and v.left is None), None)
    if visit is None:
        return dispute
    kept = tuple(d for d in dispute.deadlines if d.host != visit.key)
    return replace(with_visit(dispute, visit.key, left=event.at, how=event.data.get("how")), deadlines=kept)


def _stages_passed_over(_pathway: Pathway, dispute: Dispute, _event: Event) -> Dispute:
    return replace(dispute, hastened=True)


def _part_left(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    """A part of a stage is over, and its own limit waits no more."""
    part = event.data["part"]
    waiting = tuple(d for d in dispute.deadlines if d.host != part)
    return replace(dispute, deadlines=waiting, first_part=dispute.first_part or event.at)


def _referral_opened(pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    """A run of the risk branch began; it belongs to the side of whoever reported (S3)."""
    children = tuple(event.data.get("children", ()))
    opened = Referral(
        key=event.data["referral"],
        opened=event.at,
        by=event.actor.id,
        side=reporting_side(event.actor, dispute, pathway.offices),
        children=children,
    )
    unreported = len(dispute.referrals) >= len(dispute.reported)  # the diagram itself began it
    reported = (*dispute.reported, children) if unreported else dispute.reported
    calm = tuple(side for side in dispute.calm if side != opened.side)
    return replace(dispute, referrals=(*dispute.referrals, opened), reported=reported, risk_believed=True, calm=calm)


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
    if timer.kind != "deadline":
        return dispute
    dispute = with_visit(dispute, host, deadline=due)
    return awaited(dispute, event.at) if dispute.visits and host == dispute.visits[0].key else dispute


def _deadline_moved(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    """A timer fires at another instant, or at the same for another reason."""
    key, due = str(event.data["key"]), datetime.fromisoformat(event.data["due"])
    timer = next((d for d in dispute.deadlines if d.key == key), None)
    if timer is None:
        return dispute
    moved = replace(timer, due=due, basis=event.data.get("basis", timer.basis))
    dispute = replace(dispute, deadlines=tuple(moved if d.key == key else d for d in dispute.deadlines))
    if timer.kind == "deadline":
        return still_awaited(with_visit(dispute, timer.host, deadline=due), event.at)
    return with_task(dispute, timer.host or "", due=due) if timer.kind == "task_due" else dispute


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


EFFECTS: Mapping[str, Evolving] = {
    Kind.TASK_OPENED: _task_opened,
    Kind.TASK_OVERDUE: _task_overdue,
    Kind.TASK_INTERRUPTED: _task_interrupted,
    Kind.TASK_DUE_MOVED: _task_due_moved,
    Kind.STAGE_ENTERED: _stage_entered,
    Kind.STAGE_LEFT: _stage_left,
    Kind.PART_LEFT: _part_left,
    Kind.STAGES_PASSED_OVER: _stages_passed_over,
    Kind.REFERRAL_OPENED: _referral_opened,
    Kind.REFERRAL_CLOSED: _referral_closed,
    Kind.DEADLINE_SET: _deadline_set,
    Kind.DEADLINE_MOVED: _deadline_moved,
    Kind.DEADLINE_KEPT: _deadline_moved,
    Kind.LINK_MADE: _link_made,
    Kind.END_REACHED: _end_reached,
    Kind.DISPUTE_ENDED: _ended,
    Kind.DISPUTE_CLOSED: _closed,
}

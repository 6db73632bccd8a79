"""What that which people and timers did makes of a dispute. Pure; runs no diagram."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from engine.calendar import working_days as days
from engine.course.acknowledging import awaited, heard_from
from engine.course.changing import with_task, with_visit, without_task
from engine.course.event import PROTECTIVE, Event, Evolving
from engine.course.known import said_by
from engine.dispute import (
    RAISING,
    RECEIVING,
    Addressee,
    Deadline,
    Dispute,
    Input,
    Kind,
    answered,
    deadlines,
    dispute_from_json,
    is_addressed,
    reporting_side,
    to_json,
)
from engine.pathway import SAID_BY, Pathway

TO_THE_MINUTE = "to_the_minute"
"""What an input holds that dates an agreement as people do: to the minute, and not to the instant."""
MINUTE = timedelta(minutes=1) - timedelta.resolution


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
        "addressee": data.get("addressee"),
    }
    dispute = dispute_from_json(stored)
    until = data.get("protective")
    return _protected(dispute, datetime.fromisoformat(until), RAISING) if until else dispute


def _protected(dispute: Dispute, until: datetime, by: str) -> Dispute:
    own = Deadline(key=PROTECTIVE, element=PROTECTIVE, kind=PROTECTIVE, due=until)
    kept = tuple(d for d in dispute.deadlines if d.kind != PROTECTIVE)
    return replace(
        dispute, protective=until, protective_by=by, protective_passed=False, hastened=False, deadlines=(*kept, own)
    )


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


def _resolution_said(pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    """What the raising side says itself needs no second word, where the diagram tells who said it (E5)."""
    if SAID_BY not in pathway.facts_read or said_by(dispute, event) != RAISING:
        return dispute
    answers = event.data.get("answers") or {}
    return _agreed(dispute, {"agreed_at": answers.get("discussed_at")}, event)


def _task_completed(pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    """It is done, and tells of an agreement, a meeting or a timescale; whoever did it has acted at its tier."""
    answers = event.data.get("answers") or {}
    dispute = heard_from(dispute, event)
    if answers.get("confirmed") in {True, "yes"}:
        dispute = _agreed(dispute, answers, event)
    if answers.get("result") == "agreed":
        dispute = _resolution_said(pathway, dispute, event)
    if answers.get("persists") == "no" and pathway.waits_to_end:
        dispute = _left_by(dispute, event)
    if "countersigned" in answers:
        kept = dispute.object_until if answers["countersigned"] == "yes" else None
        dispute = replace(dispute, leaver=None, object_until=kept)
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
        dispute = with_visit(dispute, visit.key, agreed_days=int(agreed))
    return without_task(answered(dispute, task.group, task.element, event.actor.id, pathway), task.key)


def _recorded_undone(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    return without_task(dispute, str(event.data["task"]))


def _agreed(dispute: Dispute, answers: Mapping[str, Any], event: Event) -> Dispute:
    """When it was agreed, and so at which stage it was resolved, however late it was entered (E6).

    A form gives minutes: what was agreed in the minute in which a stage began was agreed in that stage. Entries that do
    not say so are from before that was seen.
    """
    at = min(days.london(str(answers["agreed_at"])) if answers.get("agreed_at") else event.at, event.at)
    until = min(at + MINUTE, event.at) if event.data.get(TO_THE_MINUTE) else at
    before = [v for v in dispute.visits if v.entered <= until]
    running = [v for v in before if v.left is None or until < v.left]
    last = (running or before or list(dispute.visits[:1]))[-1:]
    return replace(dispute, agreed_at=at, resolved_stage=last[0].stage if last else None)


def _withdrawn(pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    """Somebody else countersigns it, or refuses to (C1)."""
    return _left_by(dispute, event) if pathway.waits_to_end else dispute


def _left_by(dispute: Dispute, event: Event) -> Dispute:
    """Somebody asks for its end; whoever raised it may object until then, where that was another (C1)."""
    until = event.data.get("object_until")
    return replace(dispute, leaver=event.actor.id, object_until=datetime.fromisoformat(str(until)) if until else None)


def _objected(_pathway: Pathway, dispute: Dispute, _event: Event) -> Dispute:
    return replace(dispute, object_until=None)


def _protective_set(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    return _protected(dispute, datetime.fromisoformat(event.data["until"]), said_by(dispute, event))


def _protective_undone(_pathway: Pathway, dispute: Dispute, _event: Event) -> Dispute:
    running = tuple(d for d in dispute.deadlines if d.kind != PROTECTIVE)
    return replace(
        dispute, protective=None, protective_by=None, protective_passed=False, hastened=False, deadlines=running
    )


def _risk_reported(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    concerned = tuple(event.data["children"])
    return replace(dispute, reported=(*dispute.reported, concerned), risk_believed=True)


def _risk_over(pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    """It is no longer believed; where each side that reported has to say so, once all have (HAR-R1)."""
    if pathway.moves_up_after is None:
        return replace(dispute, risk_believed=False)
    said = event.data.get("sides") or [reporting_side(event.actor, dispute, pathway.offices)]
    calm = tuple(dict.fromkeys((*dispute.calm, *said)))
    return replace(dispute, calm=calm, risk_believed=any(r.side not in calm for r in dispute.referrals))


def _calendar_noted(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    return replace(dispute, calendar=dict(event.data["calendar"]))


def _claimed(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    return with_task(heard_from(dispute, event), str(event.data["task"]), claimed_by=event.data["to"])


def _readdressed(pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    """It is addressed to others; whoever had taken on what is theirs now has it no more (W)."""
    dispute = replace(dispute, addressee=Addressee(**event.data["addressee"]))
    for task in dispute.tasks:
        if task.side == RECEIVING and is_addressed(dispute, task, pathway):
            dispute = with_task(dispute, task.key, claimed_by=None)
    return awaited(dispute, event.at)


def _barred(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    pair = (str(event.data["person"]), str(event.data["tier"]))
    return replace(dispute, barred=(*dispute.barred, pair))


def _held(_pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    return replace(dispute, held=event.kind == Kind.HOLD_PLACED)


INPUTS: Mapping[str, Evolving] = {
    Kind.TIMER_FIRED: _timer_fired,
    Kind.TASK_COMPLETED: _task_completed,
    Kind.RECORDED_UNDONE: _recorded_undone,
    Kind.RESOLUTION_SAID: _resolution_said,
    Kind.WITHDRAWN: _withdrawn,
    Kind.PROTECTIVE_TIMESCALE_SET: _protective_set,
    Kind.PROTECTIVE_TIMESCALE_UNDONE: _protective_undone,
    Kind.OBJECTED: _objected,
    Kind.RISK_REPORTED: _risk_reported,
    Kind.RISK_OVER: _risk_over,
    Kind.CALENDAR_NOTED: _calendar_noted,
    Kind.TASK_CLAIMED: _claimed,
    Kind.TASK_HANDED_ON: _claimed,
    Kind.PERSON_BARRED: _barred,
    Kind.ADDRESSED: _readdressed,
    Kind.HOLD_PLACED: _held,
    Kind.HOLD_LIFTED: _held,
}

"""When what runs is due: a limit as it is set, and all limits computed anew. Pure; reads no clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.calendar import working_days as days
from engine.course.event import WHOLE
from engine.dispute import Deadline, Kind, Visit, deadlines, to_json
from engine.pathway import ORDINARY

if TYPE_CHECKING:
    from engine.course.unfolding import Unfolding

REASONED = frozenset({"risk", "protective", "own", "shared", "over"})
"""What a deadline's instant was computed from beside its own limit; a timer that moves is told anew."""


def limit_of(turn: Unfolding, text: str, visit: Visit | None, timer: Deadline | None = None) -> deadlines.Limit:
    """The limit of a stage or a pause as its expression says it, under what holds for the dispute now (T3 to T11)."""
    if visit is None:
        return deadlines.own_limit(text, turn.dispute, turn.at, None)
    own = deadlines.own_limit(text, turn.dispute, visit.entered, visit.entered)
    if visit.agreed_days is not None:
        own = deadlines.agreed(own, turn.dispute, visit.entered, visit.agreed_days)
    # Time that was shared out is shared out again only when a protective timescale is set: else it would grow.
    again = turn.given.kind == Kind.PROTECTIVE_TIMESCALE_SET
    shared = turn.at if again else _instant(timer, "shared") or turn.at
    limit = deadlines.protected(own, turn.dispute, shared, _weights(turn, visit.stage))
    stage = turn.pathway.stage(visit.stage)
    if turn.pathway.moves_up_under_risk and turn.dispute.risk_believed and stage and stage.kind == ORDINARY:
        limit = deadlines.hurried(limit, turn.dispute, _instant(timer, "risk") or turn.at)
    return limit


def inner(turn: Unfolding, text: str, visit: Visit) -> deadlines.Limit:
    """The limit of a part of a running stage: never past the stage's own deadline (E4a)."""
    own = deadlines.own_limit(text, turn.dispute, turn.at, visit.entered)
    return replace(own, due=min(own.due, visit.deadline or own.due))


def ahead(turn: Unfolding, limit: deadlines.Limit) -> deadlines.Limit:
    """A limit that is not set into the past: one whose time is over already is due now, and says what it was.

    So from format 2 on. Before, a stage could end at an instant at which nobody knew that it would.
    """
    if turn.given.v == 1 or limit.due >= turn.at:
        return limit
    return deadlines.Limit(due=turn.at, basis={**limit.basis, "over": to_json(limit.due)})


def _weights(turn: Unfolding, stage: str) -> list[float]:
    """The durations of this and the remaining ordinary stages (T10)."""
    stages = [s for s in turn.pathway.stages if s.kind == ORDINARY]
    place = next((n for n, s in enumerate(stages) if s.id == stage), None)
    own = turn.pathway.stage(stage)
    return [s.weight for s in stages[place:]] if place is not None else [own.weight if own else 1.0]


def recalculate(turn: Unfolding, *, sooner: bool = False) -> None:
    """Compute running deadlines and reminders anew: under a new protective timescale or calendar (T10, T12).

    With `sooner` no stage's deadline moves later: a protective timescale was set or shortened.
    """
    for visit in [v for v in turn.dispute.visits if v.left is None]:
        timer = next((d for d in turn.dispute.deadlines if d.host == visit.key and d.kind == "deadline"), None)
        if timer is None:
            continue
        element = turn.pathway.diagram.elements[timer.element]
        limit = ahead(turn, limit_of(turn, element.timer or "", visit, timer))
        limit = replace(limit, due=min(limit.due, timer.due)) if sooner else limit
        _move(turn, timer, limit)
        for reminder in [d for d in turn.dispute.deadlines if d.host == visit.key and d.kind == "reminder"]:
            again = days.reminder(visit.entered, limit.due, deadlines.calendar_of(turn.dispute))
            _move(turn, reminder, deadlines.Limit(due=max(again, turn.at), basis=reminder.basis))
        if turn.given.v >= WHOLE:
            _parts_within(turn, visit, limit.due)
        _tasks_within(turn, visit, limit.due)


def _parts_within(turn: Unfolding, visit: Visit, latest: datetime) -> None:
    """The limits of parts of a stage, and of what in it does not wait for ever."""
    for timer in [d for d in turn.dispute.deadlines if d.element in turn.pathway.limits_within]:
        stage = turn.pathway.stage_of(timer.element)
        if stage is None or stage.id != visit.stage:
            continue
        text = turn.pathway.diagram.elements[timer.element].timer or ""
        own = deadlines.own_limit(text, turn.dispute, _instant(timer, "opened") or turn.at, visit.entered)
        _move(turn, timer, ahead(turn, replace(own, due=min(own.due, latest))))


def _tasks_within(turn: Unfolding, visit: Visit, latest: datetime) -> None:
    for task in [t for t in turn.dispute.tasks if t.stage == visit.stage and t.due is not None]:
        waiting = [d for d in turn.dispute.deadlines if d.host == task.key and d.kind == "task_due"]
        if turn.given.v > 1 and not waiting:
            continue  # it was due at once, or has been missed: when it was due is on the record
        text = turn.pathway.diagram.elements[task.element].properties["due"]
        own = deadlines.own_limit(text, turn.dispute, task.opened, visit.entered)
        due = ahead(turn, replace(own, due=min(own.due, latest))).due
        if due == task.due:
            continue
        if not waiting:
            turn.tell(Kind.TASK_DUE_MOVED, task.element, task=task.key, due=due)
        for timer in waiting:
            _move(turn, timer, deadlines.Limit(due=due, basis=timer.basis))
        for timer in [d for d in turn.dispute.deadlines if d.host == task.key and d.kind == "task_reminder"]:
            if turn.given.v > 1:  # before, the reminder came when it would have come, if need be after the deadline
                again = days.reminder(task.opened, due, deadlines.calendar_of(turn.dispute))
                _move(turn, timer, deadlines.Limit(due=max(again, turn.at), basis=timer.basis))


def _move(turn: Unfolding, timer: Deadline, limit: deadlines.Limit) -> None:
    """Move a timer, and keep what its instant was computed from now; told also where it stays.

    In format 1 one that stayed forgot why, and computed anew from what it had been told before.
    """
    basis = {k: v for k, v in timer.basis.items() if k not in REASONED} | dict(limit.basis)
    if timer.due == limit.due and (basis == timer.basis or turn.given.v == 1):
        return
    if turn.given.v == 1:
        turn.tell(Kind.DEADLINE_MOVED, timer.element, {"basis": basis}, key=timer.key, was=timer.due, due=limit.due)
    elif timer.due == limit.due:
        turn.tell(Kind.DEADLINE_KEPT, timer.element, key=timer.key, due=limit.due, basis=basis)
    else:
        turn.tell(Kind.DEADLINE_MOVED, timer.element, key=timer.key, was=timer.due, due=limit.due, basis=basis)


def _instant(timer: Deadline | None, name: str) -> datetime | None:
    """An instant that a timer was computed from."""
    told = timer.basis.get(name) if timer else None
    return datetime.fromisoformat(told) if told else None

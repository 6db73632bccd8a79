"""When what runs is due: a limit as it is set, and all limits computed anew. Pure; reads no clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.calendar import working_days as days
from engine.course.event import WHOLE, WORKED
from engine.dispute import Deadline, Kind, Visit, comes_by, deadlines, to_json
from engine.pathway import ORDINARY, Stage, arguments

if TYPE_CHECKING:
    from engine.course.unfolding import Unfolding

REASONED = frozenset({"risk", "risk_working_hours", "protective", "own", "shared", "over", "passed"})
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
    worked = turn.given.v >= WORKED
    limit = deadlines.protected(own, turn.dispute, shared, _weights(turn, visit.stage), worked=worked)
    stage = turn.pathway.stage(visit.stage)
    if turn.pathway.moves_up_under_risk and turn.dispute.risk_believed and stage:
        return _under_risk(turn, limit, stage, _instant(timer, "risk") or turn.at)
    return limit


def _under_risk(turn: Unfolding, limit: deadlines.Limit, stage: Stage, since: datetime) -> deadlines.Limit:
    """A stage's limit while a child is believed to be at risk; `since` that, or since the stage began (HAR-R1)."""
    hours = turn.pathway.moves_up_after
    if hours is not None and stage.kind == ORDINARY:
        return deadlines.moved_up(limit, turn.dispute, since, hours)
    if hours is not None or stage.kind == ORDINARY:
        return deadlines.hurried(limit, turn.dispute, since)
    return limit


def inner(turn: Unfolding, text: str, visit: Visit) -> deadlines.Limit:
    """The limit of a part of a running stage: never past the stage's own deadline (E4a).

    But for a part that begins when the deadline of a stage has passed that no timer ends: from format 5 on it has its
    own time.
    """
    own = deadlines.own_limit(text, turn.dispute, turn.at, visit.entered)
    return _not_past(turn, own, visit.deadline, turn.at)


def _not_past(turn: Unfolding, own: deadlines.Limit, latest: datetime | None, opened: datetime) -> deadlines.Limit:
    if latest is None or (latest <= opened and turn.given.v >= WORKED):
        return own
    return replace(own, due=min(own.due, latest))


def pass_over(turn: Unfolding, visit: Visit, limit: deadlines.Limit) -> None:
    """Tell, once, that it goes straight to the last ordinary stage, to every tier on the way and out of hours (T10).

    The clock then takes each stage on as it begins, so that what its beginning and its end owe is done.
    """
    if not limit.basis.get("passed") or turn.dispute.hastened:
        return
    ordinary = turn.pathway.ordinary_stages
    here = next(n for n, stage in enumerate(ordinary) if stage.id == visit.stage)
    last, tiers = ordinary[-1], dict.fromkeys(stage.tier for stage in ordinary[here + 1 :])
    until = limit.basis["protective"]
    turn.tell(Kind.STAGES_PASSED_OVER, visit.stage, stage=visit.stage, to=last.id, until=until)
    told = ",".join([*tiers, "out_of_hours"])
    turn.notify(f"Too little time for each stage: it goes straight to {last.title}", told, None)


def ahead(turn: Unfolding, limit: deadlines.Limit) -> deadlines.Limit:
    """A limit that is not set into the past: one whose time is over already is due now, and says what it was.

    So from format 2 on. Before, a stage could end at an instant at which nobody knew that it would.
    """
    if turn.given.v == 1 or limit.due >= turn.at:
        return limit
    return deadlines.Limit(due=turn.at, basis={**limit.basis, "over": to_json(limit.due)})


def _weights(turn: Unfolding, stage: str) -> list[float]:
    """The durations of this and the remaining ordinary stages that the dispute comes by (T10)."""
    stages = [s for s in turn.pathway.ordinary_stages if s.id == stage or comes_by(turn.dispute, s)]
    place = next((n for n, s in enumerate(stages) if s.id == stage), None)
    own = turn.pathway.stage(stage)
    return [s.weight for s in stages[place:]] if place is not None else [own.weight if own else 1.0]


def recalculate(turn: Unfolding, *, sooner: bool = False) -> None:
    """Compute running deadlines and reminders anew: under a new protective timescale or calendar (T10, T12).

    With `sooner` no stage's deadline moves later: a protective timescale was set or shortened.
    """
    for visit in [v for v in turn.dispute.visits if v.left is None]:
        timer = _deadline_of(turn, visit)
        if timer is None:
            continue
        element = turn.pathway.diagram.elements[timer.element]
        limit = ahead(turn, limit_of(turn, element.timer or "", visit, timer))
        limit = replace(limit, due=min(limit.due, timer.due)) if sooner else limit
        _move(turn, timer, limit)
        pass_over(turn, visit, limit)
        if not limit.basis.get("passed"):
            _remind_anew(turn, visit, visit.entered, limit.due)
        if turn.given.v >= WHOLE:
            _parts_within(turn, visit, limit.due)
        _tasks_within(turn, visit, limit.due)


def _deadline_of(turn: Unfolding, visit: Visit) -> Deadline | None:
    """The timer on whose firing a running stage ends."""
    return next((d for d in turn.dispute.deadlines if d.host == visit.key and d.kind == "deadline"), None)


def _remind_anew(turn: Unfolding, visit: Visit, since: datetime, due: datetime) -> None:
    """Move what reminds of a stage's deadline to where it belongs between two instants, never into the past."""
    for reminder in [d for d in turn.dispute.deadlines if d.host == visit.key and d.kind == "reminder"]:
        again = days.reminder(since, due, deadlines.calendar_of(turn.dispute))
        _move(turn, reminder, deadlines.Limit(due=max(again, turn.at), basis=reminder.basis))


def counted_from_first_part(turn: Unfolding, part: str) -> Visit | None:
    """Count a stage's deadline anew from the end of its first part, where it says so; gives the stage (WOL-1.3).

    Nothing else moves: what else runs was computed from other instants.
    """
    stage, first = turn.pathway.stage_of(part), turn.dispute.first_part
    text = turn.pathway.diagram.elements[stage.deadline].timer or "" if stage and stage.deadline else ""
    if first != turn.at or "after_first_part" not in (arguments(text, "deadline") or {}):
        return None
    visit = next((v for v in turn.dispute.visits if stage and v.stage == stage.id and v.left is None), None)
    timer = _deadline_of(turn, visit) if visit else None
    if visit is None or timer is None:
        return None
    limit = ahead(turn, limit_of(turn, text, visit, timer))
    _move(turn, timer, limit)
    _tasks_within(turn, visit, limit.due, only="first_part")
    _remind_anew(turn, visit, turn.at, limit.due)
    return next(v for v in turn.dispute.visits if v.key == visit.key)


def _parts_within(turn: Unfolding, visit: Visit, latest: datetime) -> None:
    """The limits of parts of a stage, and of what in it does not wait for ever."""
    for timer in [d for d in turn.dispute.deadlines if d.element in turn.pathway.limits_within]:
        stage = turn.pathway.stage_of(timer.element)
        if stage is None or stage.id != visit.stage:
            continue
        text = turn.pathway.diagram.elements[timer.element].timer or ""
        opened = _instant(timer, "opened") or turn.at
        own = deadlines.own_limit(text, turn.dispute, opened, visit.entered)
        _move(turn, timer, ahead(turn, _not_past(turn, own, latest, opened)))


def limit_of_task(
    turn: Unfolding, text: str, opened: datetime, visit: Visit | None, latest: datetime | None
) -> deadlines.Limit:
    """The limit of a task: never past its stage's, and that one until the first part is over from which it counts."""
    own = deadlines.own_limit(text, turn.dispute, opened, visit.entered if visit else None)
    if visit is None or latest is None:
        return own
    ending = {turn.pathway.stage_of(element) for element in turn.pathway.ending_first_part}
    waits = turn.dispute.first_part is None and turn.pathway.stage(visit.stage) in ending
    counts = own.basis["limits"].get("from") == "first_part"
    return replace(own, due=latest if waits and counts else min(own.due, latest))


def _tasks_within(turn: Unfolding, visit: Visit, latest: datetime, only: str = "") -> None:
    for task in [t for t in turn.dispute.tasks if t.stage == visit.stage and t.due is not None]:
        waiting = [d for d in turn.dispute.deadlines if d.host == task.key and d.kind == "task_due"]
        if turn.given.v > 1 and not waiting:
            continue  # it was due at once, or has been missed: when it was due is on the record
        text = turn.pathway.diagram.elements[task.element].properties["due"]
        own = limit_of_task(turn, text, task.opened, visit, latest)
        if only and own.basis["limits"].get("from") != only:
            continue
        due = ahead(turn, own).due
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

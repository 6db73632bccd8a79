"""What ended in a turn, and what is said of it: tasks, parts, stages, referrals. Pure; runs no diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.course import cut_off
from engine.course.event import WHOLE, WORKED
from engine.course.executor import TASK, Change, Open
from engine.course.recalculating import counted_from_first_part
from engine.dispute import RAISING, Effect, Kind
from engine.pathway import RESOLUTION_SAID, RESOLVED, WITHDRAWN, Stage

if TYPE_CHECKING:
    from engine.course.unfolding import Unfolding

DONE = "completed"
LATE = "raised late"


def left(turn: Unfolding, open_: Open, change: Change, *, interrupted: bool) -> None:
    """Tell what something's end means; a task that was done is told by the input that did it."""
    pathway, element = turn.pathway, open_.element
    stage = pathway.stage(element)
    if open_.kind == TASK and interrupted:
        why = {"why": _by(turn, change, element)} if turn.given.v >= WHOLE else {}
        turn.add(Effect(kind=Kind.TASK_INTERRUPTED, element=element, data={"task": open_.key} | why))
    elif element in pathway.ending_first_part:
        _part(turn, open_, change, DONE)
    elif element in pathway.parts and turn.given.v >= WHOLE:
        _part(turn, open_, change, _by(turn, change, element) if interrupted else DONE)
    elif stage is not None:
        _stage(turn, stage, cut_off.way_out(pathway.diagram, element, change) if interrupted else DONE)
    elif element in pathway.risk_branches:
        turn.tell(Kind.REFERRAL_CLOSED, element, referral=open_.key)
        if turn.given.v > 1 and turn.given.element in pathway.countersigned:
            turn.notify("A report of risk was closed without a referral", "raising,receiving", None)


def passes(turn: Unfolding) -> bool:
    """Whether the clock passes a stage over for which there never was time (T10)."""
    return bool(turn.given.data.get("passed"))


def _by(turn: Unfolding, change: Change, element: str) -> str:
    return cut_off.PASSED if passes(turn) else cut_off.by(turn.pathway.diagram, change, element)


def _part(turn: Unfolding, open_: Open, change: Change, how: str) -> None:
    """A part of a stage is over; what counts from the end of the first is due anew, unless the stage is over too."""
    turn.tell(Kind.PART_LEFT, open_.element, part=open_.key, how=how)
    stage = turn.pathway.stage_of(open_.element)
    if stage is not None and any(o.element == stage.id for o in (*change.ended, *change.interrupted)):
        return
    if (visit := counted_from_first_part(turn, open_.element)) and visit.deadline:
        turn.cumulative(visit, visit.deadline, LATE)


def _stage(turn: Unfolding, stage: Stage, how: str) -> None:
    """A stage is over; where an agreement was reported and is not confirmed, it says so (E5).

    To the side that has to confirm it, and to the tier that goes on.
    """
    waits = any(RESOLUTION_SAID in turn.pathway.begun_by(task.element) for task in turn.dispute.tasks)
    if turn.given.v < WORKED or not waits or how in {RESOLVED, WITHDRAWN}:
        turn.tell(Kind.STAGE_LEFT, stage.id, stage=stage.id, how=how)
        return
    turn.tell(Kind.STAGE_LEFT, stage.id, stage=stage.id, how=how, unconfirmed=True)
    later = turn.pathway.stages[turn.pathway.stages.index(stage) + 1 :]
    to = ",".join([RAISING, *(each.tier for each in later[:1])])
    turn.notify(f"{stage.title}: an agreement was reported and is not confirmed", to, stage.id)

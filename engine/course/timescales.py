"""A timescale that is agreed for the running stage in place of its own (HAR, introduction; BAR-S2). Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from engine.calendar import working_days as days
from engine.course.recalculating import recalculate
from engine.course.refusals import NotNow
from engine.course.unfolding import Unfolding
from engine.dispute import PARTNERSHIP, RAISING, Dispute, Effect, Input, Task, Visit, deadlines
from engine.pathway import Pathway


def timescale_agreed(
    pathway: Pathway, dispute: Dispute, task: Task, answers: Mapping[str, Any], given: Input
) -> list[Effect]:
    """What the timescale that was agreed for the running stage moves; raises NotNow.

    The task that says so is open yet: its own time is moved too.
    """
    agreed, visit = answers.get("agreed_working_days"), dispute.visit
    if agreed is None or visit is None or task.stage != visit.stage:
        return []
    due = days.end_of_working_day(visit.entered, int(agreed), deadlines.calendar_of(dispute))
    latest = _own_deadline(pathway, dispute, visit)
    lengthens = latest is not None and due > latest
    if lengthens and given.data.get("side") not in {RAISING, PARTNERSHIP}:
        raise NotNow(why="only the raising side or the partnership may agree to a longer timescale for this stage.")
    if due <= given.at:
        raise NotNow(why="the timescale that you give has already ended. Agree on a longer one.")
    agreeing = Unfolding(pathway, dispute, given)
    agreeing.take()
    agreeing.dispute = replace(agreeing.dispute, tasks=dispute.tasks, deadlines=dispute.deadlines)
    recalculate(agreeing)
    return agreeing.effects


def _own_deadline(pathway: Pathway, dispute: Dispute, visit: Visit) -> datetime | None:
    """When a stage ends; while risk hurries it, when it would end otherwise: to agree to less is open to anyone."""
    stage = pathway.stage(visit.stage)
    if pathway.moves_up_after is None or not dispute.risk_believed or stage is None:
        return visit.deadline
    text = pathway.diagram.elements[stage.deadline].timer or ""
    own = deadlines.own_limit(text, dispute, visit.entered, visit.entered)
    if visit.agreed_days is not None:
        own = deadlines.agreed(own, dispute, visit.entered, visit.agreed_days)
    return max(own.due, visit.deadline or own.due)

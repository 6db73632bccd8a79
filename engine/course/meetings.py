"""A meeting that is dated too late for the stage, or the part of it, that it belongs to (BIR-1.3). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.calendar import working_days as days
from engine.dispute import Kind, Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.course.unfolding import Unfolding


def mark(turn: Unfolding, task: Task, answers: Mapping[str, Any]) -> None:
    """Flag a meeting that is dated after the deadline of its stage, or of the part of it in which it is arranged."""
    visit, meeting, parts = turn.dispute.visit, answers.get("meeting_at"), turn.pathway.parts
    within = task.group if turn.pathway.diagram.elements[task.element].parent in parts else None
    timers = (d.due for d in turn.dispute.deadlines if within and (d.host, d.kind) == (within, "deadline"))
    part = next(timers, None)
    latest = part or (visit.deadline if visit else None)
    if not meeting or visit is None or latest is None or days.london(str(meeting)) <= latest:
        return
    what = "part" if part else "stage"
    turn.tell(Kind.MEETING_AFTER_DEADLINE, task.element, meeting_at=days.london(str(meeting)), deadline=latest)
    turn.notify(f"A meeting is dated after the {what}'s deadline", "raising,receiving,business_manager", task.element)

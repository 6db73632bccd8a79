"""To whom a task's notices speak, in the words of a diagram. Pure; knows no people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.dispute import BOTH, PARTNERSHIP, Task
from engine.pathway import OVERSEER

if TYPE_CHECKING:
    from engine.course.unfolding import Unfolding


def holders_of(turn: Unfolding, task: Task) -> str:
    """Whose task it is, as a notice says it; a report's tasks are the reporter's side's (S3)."""
    side = reporters_of(turn, task) or task.side
    return side if side != BOTH else "raising,receiving"


def leads_of(turn: Unfolding, task: Task) -> str:
    """The safeguarding lead and their deputy: of both sides, of a report's task the reporter's (S3)."""
    side = reporters_of(turn, task)
    if side == PARTNERSHIP:
        return OVERSEER
    return f"{side}:safeguarding_lead,{side}:deputy" if side else "safeguarding_lead,deputy"


def reporters_of(turn: Unfolding, task: Task) -> str | None:
    """The side that a task of a report belongs to; none of another task, nor of what was recorded before (1)."""
    referral = turn.dispute.referral(task.group) if turn.given.v > 1 else None
    return referral.side if referral else None

"""What holds a dispute open and may be recorded as not done, so that it can close (C2). Pure."""

from datetime import datetime

from engine.calendar import working_days as days
from engine.course.known import AT_RISK, asked_about_risk
from engine.dispute import BOTH, Dispute, Task, deadlines
from engine.pathway import Pathway

AFTER = 5
"""Working days after its time was over."""


def recordable(pathway: Pathway, dispute: Dispute, at: datetime) -> list[Task]:
    """The open tasks of duties that may lapse whose time was over five working days ago (C2).

    Of the question about risk not the last one that is open while the other side's is: neither has answered it.
    """
    calendar = deadlines.calendar_of(dispute)
    asked = asked_about_risk(pathway, dispute)
    unanswered = len(asked) > 1 or BOTH in asked
    return [
        task
        for task in dispute.tasks
        if task.due is not None
        and any(duty.lapses for duty in pathway.duties_of(task.element))
        and days.end_of_working_day(task.due, AFTER, calendar) <= at
        and not (unanswered and pathway.asks(task.element, AT_RISK))
    ]

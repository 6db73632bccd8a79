"""What is said beside the course of a dispute, and whom it is told to: it moves nothing in the diagram. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.course import acknowledging
from engine.dispute import RAISER, Kind
from engine.pathway import OVERSEER

if TYPE_CHECKING:
    from engine.course.decider import Course
    from engine.course.unfolding import Unfolding
    from engine.dispute import Input


def noted(_course: Course, turn: Unfolding, _given: Input) -> None:
    """Something that concerns nobody's next step: a calendar, a correction, that text was erased."""
    turn.take()


def linked(_course: Course, turn: Unfolding, given: Input) -> None:
    """Another dispute is linked to this one (HAR-C6)."""
    turn.take()
    turn.tell(Kind.LINK_MADE, given.element, to=str(given.data["to"]))


def tier_unheld(_course: Course, turn: Unfolding, given: Input) -> None:
    """A tier that nobody holds is told to the business manager (E8)."""
    turn.take()
    turn.notify(f"Nobody holds the next tier for the {given.data['side']} side", OVERSEER, given.element)


def readdressed(_course: Course, turn: Unfolding, _given: Input) -> None:
    """It is addressed to others of the receiving agency, who are told (W)."""
    turn.take()
    acknowledging.tell(turn)


def barred(_course: Course, turn: Unfolding, given: Input) -> None:
    """Somebody must not do the tasks of a tier (W)."""
    turn.take()
    acknowledging.barred(turn, str(given.data["person"]))


def tell_raiser(turn: Unfolding) -> None:
    """Whoever raised it is told first that another asks to end it, and may object; or reports an agreement (C1, E5)."""
    if turn.given.data.get("object_until"):
        turn.notify("What you raised is to end. You may object within one working day", RAISER, None)
    if turn.given.data.get("tells_raiser"):
        turn.notify("An agreement is reported in what you raised: read what was agreed", RAISER, None)


def objected(_course: Course, turn: Unfolding, _given: Input) -> None:
    """Whoever raised it objects to its end: the business manager is told, and the lead who countersigns (C1)."""
    turn.take()
    whom = "business_manager,raising:safeguarding_lead,raising:deputy"
    turn.notify("Whoever raised it objects to its end", whom, None)


def bar_objected(_course: Course, turn: Unfolding, given: Input) -> None:
    """Who was barred objects to that: the business manager is told (W)."""
    turn.take()
    turn.notify(f"{given.actor.name} objects to being barred", OVERSEER, None)

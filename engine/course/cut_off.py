"""What ended before it was done, by what, and who is told of it (E4a). Pure; runs no diagram."""

from dataclasses import dataclass

from engine.course.executor import TASK, Change
from engine.dispute import Dispute
from engine.pathway import OVERSEER, Diagram, Pathway

PASSED = "passed"
"""What ends the tasks of a stage that is passed over for want of time (T10): nobody has missed them."""


@dataclass(frozen=True, kw_only=True)
class Undone:
    """What was not done when its time was over, in words, and whom that is told."""

    message: str
    to: str


def way_out(diagram: Diagram, stage: str, change: Change) -> str:
    """How a stage was left before it was gone through: by which event on its edge."""
    return _out_by(diagram, change, {stage})


def by(diagram: Diagram, change: Change, element: str) -> str:
    """By what something was ended before it was done: the event that the path goes out by, on an edge around it."""
    around, at = set[str](), element
    while at in diagram.elements:
        around.add(at)
        at = diagram.elements[at].parent
    return _out_by(diagram, change, around)


def _out_by(diagram: Diagram, change: Change, hosts: set[str]) -> str:
    """What the first event says that the path goes out by on the edge of one of these."""
    passed = (diagram.elements[step.element] for step in change.path)
    out = next((e for e in passed if e.attached_to in hosts and e.interrupting), None)
    if out is None:
        return "interrupted"
    return "deadline" if out.timer else out.signal or "interrupted"


def undone(pathway: Pathway, dispute: Dispute, change: Change) -> Undone | None:
    """What had to be done and was not when a timer ended it: told the tier that goes on, and whoever watches it."""
    elements = pathway.diagram.elements
    tasks = [elements[o.element] for o in change.interrupted if o.kind == TASK]
    cut = [e for e in tasks if by(pathway.diagram, change, e.id) == "deadline"]
    names = [e.name for e in cut if any(not duty.may for duty in pathway.duties_of(e.id))]
    if not names:
        return None
    entered = [pathway.stage(o.element) for o in change.opened]
    running = pathway.stage(dispute.visit.stage) if dispute.visit else None
    stage = next((stage for stage in entered if stage), running)
    watching = [e.properties["alert"] for e in cut if "alert" in e.properties]
    on = [stage.tier, *([] if stage in entered else ["next_tier"])] if stage else []  # a part's end is told further up
    to = dict.fromkeys([*on, *watching])
    message = f"Not done in time, and recorded so: {'; '.join(dict.fromkeys(names))}"
    return Undone(message=message, to=",".join(to) or OVERSEER)

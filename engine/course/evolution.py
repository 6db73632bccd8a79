"""What one event makes of a dispute: the one place where its state changes. Pure; runs no diagram, knows no store.

Live work, re-execution, simulation, the replay and the exports all come to their state by `evolve`.
"""

from engine.course.effects import EFFECTS
from engine.course.event import Event
from engine.course.inputs import INPUTS
from engine.dispute import INPUT, Dispute
from engine.pathway import Pathway


def evolve(pathway: Pathway, dispute: Dispute, event: Event) -> Dispute:
    """The dispute after an event; one of a kind that changes nothing of it leaves it as it is."""
    handler = (INPUTS if event.role == INPUT else EFFECTS).get(event.kind)
    return handler(pathway, dispute, event) if handler else dispute

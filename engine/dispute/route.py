"""Which stages a dispute comes by, and which of them follows: by the drawing and its route, never by a list's order."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine import feel
from engine.dispute.contacts import kinds
from engine.dispute.model import Dispute
from engine.pathway import Flow, Pathway, Stage


def comes_by(dispute: Dispute, stage: Stage) -> bool:
    """Whether a stage is on the dispute's route, by what was answered and the kinds of its agencies."""
    if not stage.route:
        return True
    expression, known = feel.parse(stage.route), _known(dispute)
    return expression.holds({name: known.get(name) for name in expression.names})


def next_stage(pathway: Pathway, dispute: Dispute, stage: str | None = None) -> Stage | None:
    """The stage to which the deadline of one leads, of the running one if none is named; none where it ends there.

    Nor where something decides which it is that nobody has answered yet.
    """
    here = stage or (dispute.visit.stage if dispute.visit else "")
    known, elements = _known(dispute), pathway.diagram.elements
    waiting = [e.id for e in elements.values() if e.attached_to == here and e.timer and e.interrupting]
    seen, found = set(waiting), set[str]()
    while waiting:
        for flow in _ways(pathway, waiting.pop(), known):
            if flow.target not in seen:
                seen.add(flow.target)
                (found.add if pathway.stage(flow.target) else waiting.append)(flow.target)
    return pathway.stage(found.pop()) if len(found) == 1 else None


def _known(dispute: Dispute) -> Mapping[str, Any]:
    return {**dispute.answers, **kinds(dispute)}


def _ways(pathway: Pathway, element: str, known: Mapping[str, Any]) -> Iterable[Flow]:
    """The flows on which it may go on: the one whose condition holds; else those that can not be told, and the default.

    Conditions exclude each other (D9).
    """
    flows = pathway.diagram.outgoing.get(element, ())
    told = {flow.id: _holds(flow.condition, known) for flow in flows if flow.condition is not None}
    if any(told.values()):
        return (flow for flow in flows if told.get(flow.id))
    return (flow for flow in flows if told.get(flow.id) is not False)


def _holds(condition: str | None, known: Mapping[str, Any]) -> bool | None:
    """Whether a condition holds; none where it reads what is not known."""
    expression = feel.parse(condition or "true")
    return expression.holds(known) if expression.names <= known.keys() else None

"""The branch that a report of risk starts, as it is drawn: what it asks, and what closes it. Knows no dispute."""

from collections.abc import Iterable, Mapping

from engine.pathway.diagram import Diagram
from engine.pathway.signals import RISK_REPORTED


def branches(diagram: Diagram) -> frozenset[str]:
    """The subprocesses that a report of risk starts (S3)."""
    return frozenset(
        e.parent
        for e in diagram.elements.values()
        if e.kind == "startEvent" and e.signal == RISK_REPORTED and e.parent in diagram.elements
    )


def countersigned(diagram: Diagram) -> dict[str, frozenset[str]]:
    """The tasks that close a report without a call, each with the tasks whose answers it countersigns (S4).

    Such a task is kept to a role, and no way from the report leads to it but through somebody's answer.
    """
    after = _leads_to(diagram)
    tasks = {e.id for e in diagram.elements.values() if e.kind == "userTask"}
    found = {}
    for branch in branches(diagram):
        starts = [e.id for e in diagram.elements.values() if e.kind == "startEvent" and e.parent == branch]
        asked_of = _reached(starts, after) & tasks
        at_once = _reached(starts, {k: v for k, v in after.items() if k not in tasks})
        for task in asked_of - at_once:
            if diagram.elements[task].properties.get("role"):
                found[task] = frozenset(e for e in asked_of - {task} if task in _reached([e], after))
    return found


def _reached(starts: Iterable[str], after: Mapping[str, Iterable[str]]) -> set[str]:
    """What follows these elements, themselves left out where no circle leads back."""
    found: set[str] = set()
    ahead = [following for start in starts for following in after.get(start, ())]
    while ahead:
        here = ahead.pop()
        if here not in found:
            found.add(here)
            ahead += after.get(here, ())
    return found


def _leads_to(diagram: Diagram) -> dict[str, list[str]]:
    """What comes next after each element: into a subprocess at its start, out of it from its end."""
    after: dict[str, list[str]] = {}
    for flow in diagram.flows:
        after.setdefault(flow.source, []).append(flow.target)
    inner = {e.id for e in diagram.elements.values() if e.kind == "subProcess" and not e.triggered}
    for e in diagram.elements.values():
        if e.kind == "endEvent" and e.parent in inner:
            after[e.id] = [flow.target for flow in diagram.flows if flow.source == e.parent]
    for each in inner:
        after[each] = [e.id for e in diagram.elements.values() if e.kind == "startEvent" and e.parent == each]
    for e in diagram.elements.values():
        if e.attached_to is not None:
            after.setdefault(e.attached_to, []).append(e.id)
    return after

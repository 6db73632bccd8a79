"""Whether every element is on a way from a start to an end, and where the main flow ends; knows no forms."""

from collections.abc import Iterator

from engine.pathway.diagram import Element
from engine.pathway.properties import ENDS
from engine.pathway.rules.drawing import Drawing, Finding, called


def starts(drawing: Drawing) -> Iterator[Finding]:
    """Require one start of the process and of each subprocess: plain, or for an event subprocess a signal."""
    for scope in drawing.scopes:
        found = list(drawing.starts(scope))
        if len(found) != 1:
            message = f"{scope} has {len(found)} start events. It must have exactly one."
            yield Finding(rule="flow", element=scope, message=message)
        triggered = scope in drawing.elements and drawing.elements[scope].triggered
        for start in found:
            if triggered and start.definitions != ("signalEventDefinition",):
                message = f"{called(start)} must be a signal start, non-interrupting: it starts an event subprocess."
                yield Finding(rule="flow", element=start.id, message=message)
            elif not triggered and start.definitions:
                begins = f"{called(start)} must be a plain start event: nothing else would begin it"
                message = f"{begins}. Change it, or make {scope} an event subprocess."
                yield Finding(rule="flow", element=start.id, message=message)


def flows(drawing: Drawing) -> Iterator[Finding]:
    """Flows stay inside their process or subprocess and go from what has a way out to what has a way in."""
    for flow in drawing.pathway.diagram.flows:
        source, target = drawing.elements[flow.source], drawing.elements[flow.target]
        if source.parent != target.parent:
            message = f"The flow {flow.id} crosses the edge of a subprocess. End it inside, or use a boundary event."
            yield Finding(rule="flow", element=flow.id, message=message)
        if source.kind == "endEvent" or source.triggered:
            message = f"The flow {flow.id} leads on from {source.id}, which has no way out. Remove it."
            yield Finding(rule="flow", element=flow.id, message=message)
        if target.kind in {"startEvent", "boundaryEvent"} or target.triggered:
            message = f"The flow {flow.id} leads into {target.id}, which has no way in. Remove it."
            yield Finding(rule="flow", element=flow.id, message=message)


def ways(drawing: Drawing) -> Iterator[Finding]:
    """Every element is reached from a start, has one way on, or a gateway's several, and can come to an end."""
    reached = drawing.reach(start.id for scope in drawing.scopes for start in drawing.starts(scope))
    ending = drawing.leading_to(e.id for e in drawing.elements.values() if e.kind == "endEvent")
    for element in drawing.elements.values():
        if element.triggered or _signalled(drawing, element):
            continue
        if element.id not in reached:
            message = f"{called(element)} is reached by no flow. Join it to the flow, or remove it."
            yield Finding(rule="flow", element=element.id, message=message)
        elif element.kind != "endEvent" and not drawing.outgoing[element.id]:
            message = f"{called(element)} has no way on. Draw a flow from it, or an end event."
            yield Finding(rule="flow", element=element.id, message=message)
        elif element.id not in ending:
            message = f"From {called(element)} no end is ever reached. Draw a way out of the circle."
            yield Finding(rule="flow", element=element.id, message=message)
        if len({flow.target for flow in drawing.outgoing[element.id]}) > 1 and not element.kind.endswith("Gateway"):
            message = f"{called(element)} has several ways on, but only a gateway parts ways. Draw one after it."
            yield Finding(rule="flow", element=element.id, message=message)


def circles(drawing: Drawing) -> Iterator[Finding]:
    """Every circle holds a choice: without one each round begins the next, and none is the last."""
    left = {e.id for e in drawing.elements.values() if e.kind != "exclusiveGateway" or len(drawing.outgoing[e.id]) < 2}
    while gone := {here for here in left if not any(flow.target in left for flow in drawing.outgoing[here])}:
        left -= gone
    while gone := {here for here in left if not any(flow.source in left for flow in drawing.incoming[here])}:
        left -= gone
    for element in (drawing.elements[here] for here in sorted(left)):
        if element.kind.endswith("Gateway") and any(f.target not in left for f in drawing.outgoing[element.id]):
            message = f"{called(element)} leads back to itself without a choice, so it would go round for ever. "
            yield Finding(
                rule="flow", element=element.id, message=message + "Put an exclusive gateway on the way back."
            )


def _signalled(drawing: Drawing, element: Element) -> bool:
    """Whether it only lacks that it is an event subprocess, which is a finding of its own."""
    return not drawing.incoming[element.id] and any(start.signal for start in drawing.starts(element.id))


def ends(drawing: Drawing) -> Iterator[Finding]:
    """Every end of the main flow says how the dispute ended; the end of a notice's branch does not."""
    process = drawing.pathway.diagram.process
    main = drawing.reach((start.id for start in drawing.starts(process)), only_interrupting=True)
    for element in drawing.elements.values():
        said = element.properties.get("end")
        if said is not None and said not in ENDS:
            message = f"{called(element)} ends as “{said}”. It must be one of {', '.join(ENDS)}."
            yield Finding(rule="end", element=element.id, message=message)
        is_main = element.kind == "endEvent" and element.parent == process and element.id in main
        if is_main and said is None:
            message = f"{called(element)} ends the dispute without saying how. Give it the property end."
            yield Finding(rule="end", element=element.id, message=message)
        elif said is not None and not is_main and (element.id in main or not _lost(drawing, element)):
            message = f"{called(element)} is no end of the main flow. Remove its property end."
            yield Finding(rule="end", element=element.id, message=message)
        if element.kind == "boundaryEvent" and not element.interrupting:
            yield from _second_token(drawing, element, main)


def _lost(drawing: Drawing, element: Element) -> bool:
    """Whether nothing reaches it, which is a finding of its own."""
    return element.parent == drawing.pathway.diagram.process and not drawing.incoming[element.id]


def _second_token(drawing: Drawing, event: Element, main: set[str]) -> Iterator[Finding]:
    joined = sorted(
        flow.target for i in drawing.reach([event.id]) for flow in drawing.outgoing[i] if flow.target in main
    )
    if joined and drawing.elements[event.id].parent == drawing.pathway.diagram.process:
        message = f"{called(event)} interrupts nothing, but its way joins the main flow at {joined[0]}. End it apart."
        yield Finding(rule="flow", element=event.id, message=message)

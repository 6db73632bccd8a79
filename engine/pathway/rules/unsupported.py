"""What may be drawn by BPMN and would not run as it is drawn (D11), and ids that are taken (D8). Knows no stages."""

import re
from collections.abc import Iterator

from engine.pathway.rules.drawing import Drawing, Finding, called

GATEWAYS = frozenset({"exclusiveGateway", "inclusiveGateway"})
_TAKEN = {"start", "end", "root"}
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def refused(drawing: Drawing) -> Iterator[Finding]:
    """Find each construct that would not run as it is drawn, with its reason."""
    yield from _interrupting(drawing)
    yield from _undefined(drawing)
    for flow in drawing.pathway.diagram.flows:
        if flow.condition is not None and drawing.elements[flow.source].kind not in GATEWAYS | {"parallelGateway"}:
            source = called(drawing.elements[flow.source])
            message = f"The flow {flow.id} out of {source} has a condition. Put an exclusive gateway between."
            yield Finding(rule="D11", element=flow.id, message=message)


def _interrupting(drawing: Drawing) -> Iterator[Finding]:
    for element in drawing.elements.values():
        parent = drawing.elements.get(element.parent)
        if element.kind == "startEvent" and element.interrupting and parent is not None and parent.triggered:
            message = (
                f"The start of {called(parent)} is interrupting. That is ignored when it runs, so the drawing would be "
                "wrong: make it non-interrupting."
            )
            yield Finding(rule="D11", element=element.id, message=message)


def _undefined(drawing: Drawing) -> Iterator[Finding]:
    """An event waits for one thing: of nothing the process engine makes nothing, and of several the first is read."""
    for element in drawing.elements.values():
        if len(element.definitions) > 1:
            message = f"{called(element)} stands for several events at once. Draw one for each."
            yield Finding(rule="D11", element=element.id, message=message)
        elif element.kind in {"boundaryEvent", "intermediateCatchEvent"} and not element.definitions:
            message = f"{called(element)} waits for nothing. Make it a timer or a signal."
            yield Finding(rule="D11", element=element.id, message=message)


def ids(drawing: Drawing) -> Iterator[Finding]:
    """Find ids that are taken, or that can't stand in an address."""
    named = [*drawing.elements, *(flow.id for flow in drawing.pathway.diagram.flows), drawing.pathway.diagram.process]
    for identity in dict.fromkeys(named):
        if identity.lower() in _TAKEN:
            message = f"The id {identity} is one that the engine uses itself. Rename it, e.g. Raised."
            yield Finding(rule="D11", element=identity, message=message)
        elif not _PLAIN.fullmatch(identity):
            message = (
                f"The id “{identity}” must be letters, digits, _ and - only; a dot is the engine's own. Rename it."
            )
            yield Finding(rule="D11" if "." in identity else "D8", element=identity, message=message)

"""The XML that SpiffWorkflow is given: written from the typed diagram, so that it meets nothing that was not read.

SpiffWorkflow goes on first to the shape that is drawn highest; here each element's place is written as its height.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from lxml import etree

from engine.pathway import BPMN, DC, DI, SPIFF, Diagram, Element, Flow

SPACES = {"bpmn": BPMN[1:-1], "bpmndi": DI[1:-1], "dc": DC[1:-1], "spiffworkflow": SPIFF[1:-1]}

Carried = tuple[str | None, str | None, str | None]


def written(diagram: Diagram) -> bytes:
    """A diagram as BPMN that holds what runs of it, and nothing else."""
    root = etree.Element(f"{BPMN}definitions", nsmap=SPACES)
    signals = {_carried(e): f"Signal_{n}" for n, e in enumerate(diagram.elements.values()) if e.signal is not None}
    messages: dict[str | None, str] = {
        e.message: f"Message_{n}" for n, e in enumerate(diagram.elements.values()) if e.message is not None
    }
    process = _child(root, "process", id=diagram.process, name=diagram.title, isExecutable="true")
    scopes = {diagram.process: process}
    flows = _by_scope(diagram)
    for scope in [diagram.process, *(e.id for e in diagram.elements.values() if e.kind == "subProcess")]:
        for element in (e for e in diagram.elements.values() if e.parent == scope):
            scopes[element.id] = _element(scopes[scope], element, signals, messages)
        for flow in flows[scope]:
            _flow(scopes[scope], flow)
    for (name, payload, variable), identity in signals.items():
        signal = _child(root, "signal", id=identity, name=name)
        if payload is not None or variable is not None:
            extensions = _child(signal, "extensionElements")
            for tag, text in (("payloadExpression", payload), ("variableName", variable)):
                if text is not None:
                    etree.SubElement(extensions, f"{SPIFF}{tag}").text = text
    for message, identity in messages.items():
        _child(root, "message", id=identity, name=message)
    _places(root, diagram)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _carried(element: Element) -> Carried:
    return element.signal, element.payload, element.variable


def _by_scope(diagram: Diagram) -> Mapping[str, Sequence[Flow]]:
    found: dict[str, list[Flow]] = defaultdict(list)
    for flow in diagram.flows:
        found[diagram.elements[flow.source].parent].append(flow)
    return found


def _child(parent: etree._Element, tag: str, **attributes: str | None) -> etree._Element:
    given = {name: value for name, value in attributes.items() if value is not None}
    return etree.SubElement(parent, f"{BPMN}{tag}", given)


def _element(
    scope: etree._Element, element: Element, signals: Mapping[Carried, str], messages: Mapping[str | None, str]
) -> etree._Element:
    message = messages.get(element.message)
    node = _child(
        scope,
        element.kind,
        id=element.id,
        name=element.name or None,
        attachedToRef=element.attached_to,
        default=element.default,
        cancelActivity=_false(element, "boundaryEvent"),
        isInterrupting=_false(element, "startEvent"),
        triggeredByEvent="true" if element.triggered else None,
        messageRef=message if element.kind == "sendTask" else None,
    )
    for number, kind in enumerate(element.definitions):
        refers = {"signalEventDefinition": signals.get(_carried(element)), "messageEventDefinition": message}
        given = {"signalRef" if kind.startswith("signal") else "messageRef": refers.get(kind)} if kind in refers else {}
        definition = _child(node, kind, id=f"{element.id}_definition_{number}", **given)
        if kind == "timerEventDefinition" and element.timer is not None:
            _child(definition, "timeDate").text = element.timer
    if element.cardinality is not None:
        repeated = _child(node, "multiInstanceLoopCharacteristics", isSequential="true" if element.sequential else None)
        _child(repeated, "loopCardinality").text = element.cardinality
    return node


def _false(element: Element, kind: str) -> str | None:
    return "false" if element.kind == kind and not element.interrupting else None


def _flow(scope: etree._Element, flow: Flow) -> None:
    node = _child(
        scope, "sequenceFlow", id=flow.id, name=flow.name or None, sourceRef=flow.source, targetRef=flow.target
    )
    if flow.condition is not None:
        _child(node, "conditionExpression").text = flow.condition


def _places(root: etree._Element, diagram: Diagram) -> None:
    plane = etree.SubElement(etree.SubElement(root, f"{DI}BPMNDiagram"), f"{DI}BPMNPlane", bpmnElement=diagram.process)
    for element in diagram.elements.values():
        shape = etree.SubElement(plane, f"{DI}BPMNShape", bpmnElement=element.id)
        etree.SubElement(shape, f"{DC}Bounds", x="0", y=repr(element.place), width="0", height="0")

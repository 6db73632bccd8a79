"""What may not be drawn at all (D11), since it is ignored, run wrong or is code; and ids (D8). Knows no stages."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from engine.diagram import BPMN, DI, SPIFF
from engine.rules_drawing import Drawing, Finding

_CODE = "holds or calls code, and no code runs from a diagram. Use a user task, an expression or a decision table"
REFUSED = {
    "scriptTask": _CODE,
    "serviceTask": _CODE,
    "script": _CODE,
    "import": "brings in another file. Draw everything in this one",
    "businessRuleTask": "would evaluate its table as Python. Put the table beside the diagram; Concord reads it itself",
    "callActivity": "calls another diagram. Draw a subprocess here",
    "transaction": "is a transaction, which nothing here can undo. Use a plain subprocess",
    "adHocSubProcess": "is ad hoc: its order isn't kept and its end isn't seen. Use a subprocess with flows",
    "manualTask": "is a manual task, which nobody is shown. Use a user task",
    "receiveTask": "waits for a message, and none is ever received. Use a signal",
    "task": "is a plain task, which nobody is asked to do. Use a user task or a send task",
    "complexGateway": "is a complex gateway, which is not run. Use exclusive and parallel gateways",
    "eventBasedGateway": "is an event-based gateway, which is not offered. Put the events on a stage's edge",
    "terminateEventDefinition": "is a terminate end, which would kill open referrals. Use a plain end",
    "compensateEventDefinition": "is a compensation, which is ignored. Draw what is to happen",
    "linkEventDefinition": "is a link, whose throw leads nowhere. Draw the flow",
    "errorEventDefinition": "is an error event, which nothing raises. Use a signal",
    "escalationEventDefinition": "is BPMN's escalation event, which nothing raises. Use the signal escalated_early",
    "conditionalEventDefinition": "is a conditional event, which nothing watches. Use a signal or a gateway",
    "cancelEventDefinition": "is a cancel event, which belongs to transactions. Use a signal",
    "timeDuration": "counts on the wall clock without a calendar. Use timeDate with deadline(…) or reminder()",
    "timeCycle": "repeats on the wall clock. Use timeDate; what is overdue is alerted again anyway",
    "loopDataInputRef": "is lost when the diagram is saved in the modeller. Use a loop cardinality",
    "loopDataOutputRef": "is lost when the diagram is saved in the modeller. Use a loop cardinality",
    "standardLoopCharacteristics": "repeats until a condition of Python holds. Draw the flow back",
    "completionCondition": "ends a repetition early, past records that must be kept. Take it out",
}
_TAKEN = {"start", "end", "root"}
_PLAIN_EXTENSIONS = {"properties", "property", "payloadExpression", "variableName"}
_EXECUTABLE = re.compile(
    r"script|listener|delegate|taskdefinition|connector|call|execut|expression|class|topic", re.IGNORECASE
)
_TYPES = (
    "Activity|Gateway|Event|Flow|Lane|Participant|Process|Collaboration|Task|UserTask|SendTask|ManualTask|SubProcess|"
    "(?:Start|End|Boundary|IntermediateThrow|IntermediateCatch)Event|(?:Exclusive|Parallel|Inclusive)Gateway"
)
_NOT_CHOSEN = re.compile(rf"(?:{_TYPES})_[a-z]*\d[0-9a-z]*")
_READABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def refused(drawing: Drawing) -> Iterator[Finding]:
    """Find each construct that is not to be used, with its reason."""
    for node in drawing.root.iter():
        if not isinstance(node.tag, str):
            continue
        name = etree.QName(node).localname
        if node.tag.startswith(BPMN) and name in REFUSED:
            yield Finding(rule="D11", element=_owner(node, drawing), message=f"{_named(node)} {REFUSED[name]}.")
        elif node.tag.startswith(SPIFF) and name not in _PLAIN_EXTENSIONS:
            message = f"The extension {name} is not known here and could run code. Take it out."
            yield Finding(rule="D11", element=_owner(node, drawing), message=message)
        elif _foreign(node.tag) and _EXECUTABLE.search(name) and _extends(node):
            message = f"The extension {name} of another tool holds or calls code. Take it out."
            yield Finding(rule="D11", element=_owner(node, drawing), message=message)
        yield from _attributes(node, drawing)
    yield from _interrupting(drawing)
    yield from _signal_ends(drawing)
    yield from _conditional(drawing)


def _signal_ends(drawing: Drawing) -> Iterator[Finding]:
    for element in drawing.elements.values():
        if element.kind == "endEvent" and "signalEventDefinition" in element.definitions:
            message = f"{element.id} throws its signal at an end, where nothing hears it. Throw it before a plain end."
            yield Finding(rule="D11", element=element.id, message=message)


def _attributes(node: etree._Element, drawing: Drawing) -> Iterator[Finding]:
    for attribute in map(str, node.attrib):
        if _foreign(attribute) and _EXECUTABLE.search(etree.QName(attribute).localname):
            message = f"The attribute {etree.QName(attribute).localname} of another tool calls code. Take it out."
            yield Finding(rule="D11", element=_owner(node, drawing), message=message)


def _foreign(tag: str) -> bool:
    return tag.startswith("{") and not tag.startswith(
        (BPMN, SPIFF, DI, "{http://www.omg.org/", "{http://www.w3.org/", "{http://bpmn.io/")
    )


def _extends(node: etree._Element) -> bool:
    return any(parent.tag == f"{BPMN}extensionElements" for parent in node.iterancestors())


def _owner(node: etree._Element, drawing: Drawing) -> str | None:
    at: etree._Element | None = node
    while at is not None and at.get("id") not in drawing.elements:
        at = at.getparent()
    return at.get("id") if at is not None else node.get("id")


def _named(node: etree._Element) -> str:
    return node.get("id") or etree.QName(node).localname


def _interrupting(drawing: Drawing) -> Iterator[Finding]:
    for element in drawing.elements.values():
        parent = drawing.elements.get(element.parent)
        if element.kind == "startEvent" and element.interrupting and parent is not None and parent.triggered:
            message = (
                f"The start of {parent.id} is interrupting. That is ignored when it runs, so the drawing would be "
                "wrong: make it non-interrupting."
            )
            yield Finding(rule="D11", element=element.id, message=message)


def _conditional(drawing: Drawing) -> Iterator[Finding]:
    gateways = {"exclusiveGateway", "inclusiveGateway"}
    for flow in drawing.pathway.diagram.flows:
        if flow.condition is not None and drawing.elements[flow.source].kind not in gateways:
            message = f"The flow {flow.id} out of {flow.source} has a condition. Put an exclusive gateway between."
            yield Finding(rule="D11", element=flow.id, message=message)
    for element in drawing.elements.values():
        if element.kind not in gateways and drawing.nodes[element.id].get("default"):
            message = f"{element.id} has a default flow, but only a gateway chooses. Take it out."
            yield Finding(rule="D11", element=element.id, message=message)


def ids(drawing: Drawing) -> Iterator[Finding]:
    """Find ids that are taken, unreadable or used twice."""
    counted = Counter(node.get("id") for node in drawing.root.iter() if node.get("id"))
    for identity, times in counted.items():
        if times > 1:
            message = f"{times} things are called {identity}. Give each an id of its own."
            yield Finding(rule="D8", element=identity, message=message)
    named = [*drawing.elements, *(flow.id for flow in drawing.pathway.diagram.flows), drawing.pathway.diagram.process]
    for identity in dict.fromkeys(named):
        if identity.lower() in _TAKEN:
            message = f"The id {identity} is one that the engine uses itself. Rename it, e.g. Raised."
            yield Finding(rule="D11", element=identity, message=message)
        elif not _READABLE.fullmatch(identity):
            message = (
                f"The id “{identity}” must be letters, digits, _ and - only; a dot is the engine's own. Rename it."
            )
            yield Finding(rule="D11" if "." in identity else "D8", element=identity, message=message)
    for identity in drawing.elements:
        if _NOT_CHOSEN.fullmatch(identity):
            message = f"The id {identity} says nothing. Give it one that people can read, e.g. Stage2_Discuss."
            yield Finding(rule="D8", element=identity, message=message)

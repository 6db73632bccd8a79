"""Reader 1: what was published under it is read so for as long as a dispute runs on it. Checks nothing."""

import re
from collections.abc import Mapping
from contextlib import suppress

from lxml import etree

from engine.pathway.bpmn.xml import BPMN, DC, DI, NODES, SPIFF, DiagramUnreadable, parse_xml, spoken_of
from engine.pathway.diagram import Diagram, Element, Flow, Tier


def read_diagram(data: bytes, file: str) -> Diagram:
    """Read the one executable process of a diagram; raises DiagramUnreadable saying what is wrong."""
    root = parse_xml(data, file)
    if root.tag != f"{BPMN}definitions":
        raise DiagramUnreadable(file=file, why="it holds no bpmn:definitions.")
    processes = [p for p in root.iter(f"{BPMN}process") if p.get("isExecutable") == "true"]
    if len(processes) != 1:
        raise DiagramUnreadable(
            file=file, why=f"it has {len(processes)} executable processes; a pathway is exactly one."
        )
    process = processes[0]
    tiers, lane_of = _lanes(process)
    tops = _tops(root)
    elements: dict[str, Element] = {}
    for node in process.iter():
        if isinstance(node.tag, str) and etree.QName(node).localname in NODES and node.tag.startswith(BPMN):
            element = _element(node, root, lane_of, file, tops)
            if element.id in elements:
                raise DiagramUnreadable(file=file, why=f"two elements are called {element.id}.")
            elements[element.id] = element
    if not any(e.kind == "startEvent" and e.parent == process.get("id") for e in elements.values()):
        raise DiagramUnreadable(file=file, why="its process has no start event.")
    flows = tuple(_flow(node) for node in process.iter(f"{BPMN}sequenceFlow"))
    for flow in flows:
        if flow.source not in elements or flow.target not in elements:
            raise DiagramUnreadable(file=file, why=f"the flow {flow.id} does not join two elements.")
    return Diagram(
        process=process.get("id", ""),
        title=process.get("name") or process.get("id") or "",
        elements=elements,
        flows=flows,
        tiers=tiers,
        expressions=_expressions(process, root, flows),
    )


def _lanes(process: etree._Element) -> tuple[tuple[Tier, ...], dict[str, str]]:
    tiers, lane_of = [], {}
    for lane in process.iter(f"{BPMN}lane"):
        key = (lane.get("id") or "").removeprefix("Tier_")
        tiers.append(Tier(key=key, title=lane.get("name") or key))
        for ref in lane.findall(f"{BPMN}flowNodeRef"):
            lane_of[(ref.text or "").strip()] = key
    return tuple(tiers), lane_of


def _tops(root: etree._Element) -> dict[str, float]:
    """The upper edge of each shape: a version read by reader 1 goes on first to where is drawn highest."""
    found = {}
    for shape in root.iter(f"{DI}BPMNShape"):
        bounds = shape.find(f".//{DC}Bounds")
        with suppress(ValueError):
            if bounds is not None and (owner := shape.get("bpmnElement")) is not None:
                found[owner] = float(bounds.get("y", "0"))
    return found


def _element(
    node: etree._Element, root: etree._Element, lane_of: Mapping[str, str], file: str, tops: Mapping[str, float]
) -> Element:
    identity = node.get("id")
    if not identity:
        raise DiagramUnreadable(file=file, why=f"a {etree.QName(node).localname} has no id.")
    parent = node.getparent()
    words, clauses = spoken_of(node.findtext(f"{BPMN}documentation") or "")
    timer = node.find(f"{BPMN}timerEventDefinition/{BPMN}timeDate")
    repeated = node.find(f"{BPMN}multiInstanceLoopCharacteristics")
    signal = _definition(node, root, "signal")
    return Element(
        id=identity,
        kind=etree.QName(node).localname,
        name=" ".join((node.get("name") or "").split()),
        words=words,
        clauses=clauses,
        properties=_properties(node),
        parent=(parent.get("id") or "") if parent is not None else "",
        tier=_tier(node, lane_of),
        attached_to=node.get("attachedToRef"),
        interrupting=node.get("cancelActivity", "true") == "true" and node.get("isInterrupting", "true") == "true",
        timer=(timer.text or "").strip() if timer is not None else None,
        signal=signal.get("name") if signal is not None else None,
        message=_referred(node, root, "message"),
        definitions=tuple(
            etree.QName(child).localname
            for child in node
            if isinstance(child.tag, str) and child.tag.endswith("EventDefinition")
        ),
        triggered=node.get("triggeredByEvent") == "true",
        repeated=repeated is not None,
        cardinality=node.findtext(f"{BPMN}multiInstanceLoopCharacteristics/{BPMN}loopCardinality"),
        sequential=repeated is not None and repeated.get("isSequential") == "true",
        default=node.get("default"),
        payload=_extension(signal, "payloadExpression"),
        variable=_extension(signal, "variableName"),
        place=tops.get(identity, 0.0),
    )


def _tier(node: etree._Element | None, lane_of: Mapping[str, str]) -> str | None:
    while node is not None:
        if (found := lane_of.get(node.get("id") or "")) is not None:
            return found
        if host := node.get("attachedToRef"):
            return lane_of.get(host)
        node = node.getparent()
    return None


def _extension(node: etree._Element | None, name: str) -> str | None:
    return node.findtext(f"{BPMN}extensionElements/{SPIFF}{name}") if node is not None else None


def _referred(node: etree._Element, root: etree._Element, what: str) -> str | None:
    named = _definition(node, root, what)
    return named.get("name") if named is not None else None


def _definition(node: etree._Element, root: etree._Element, what: str) -> etree._Element | None:
    """The signal or message that an element refers to."""
    definition = node.find(f"{BPMN}{what}EventDefinition")
    ref = node.get("messageRef") if what == "message" and definition is None else None
    if definition is not None:
        ref = definition.get(f"{what}Ref")
    if ref is None or not re.fullmatch(r"[\w.-]+", ref):
        return None
    return root.find(f"{BPMN}{what}[@id='{ref}']")


def _properties(node: etree._Element) -> dict[str, str]:
    found = node.iterfind(f"{BPMN}extensionElements/{SPIFF}properties/{SPIFF}property")
    return {p.get("name") or "": p.get("value") or "" for p in found}


def _flow(node: etree._Element) -> Flow:
    condition = node.findtext(f"{BPMN}conditionExpression")
    return Flow(
        id=node.get("id") or "",
        name=" ".join((node.get("name") or "").split()),
        source=node.get("sourceRef") or "",
        target=node.get("targetRef") or "",
        condition=condition.strip() if condition else None,
    )


def _expressions(process: etree._Element, root: etree._Element, flows: tuple[Flow, ...]) -> tuple[str, ...]:
    found = [flow.condition for flow in flows if flow.condition]
    found += [node.text.strip() for node in process.iter(f"{BPMN}loopCardinality") if node.text]
    found += [node.text.strip() for node in root.iter(f"{SPIFF}payloadExpression") if node.text]
    return tuple(found)

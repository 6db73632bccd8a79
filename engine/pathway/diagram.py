"""The elements of a BPMN diagram as they stand in its file, read safely; knows nothing of running it."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from engine.errors import ConcordError

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
SPIFF = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"
MAXIMUM_BYTES = 2_000_000
MAXIMUM_DEPTH = 60
NODES = {
    "startEvent",
    "endEvent",
    "boundaryEvent",
    "intermediateCatchEvent",
    "intermediateThrowEvent",
    "userTask",
    "sendTask",
    "task",
    "manualTask",
    "scriptTask",
    "serviceTask",
    "receiveTask",
    "businessRuleTask",
    "exclusiveGateway",
    "parallelGateway",
    "inclusiveGateway",
    "eventBasedGateway",
    "complexGateway",
    "subProcess",
    "transaction",
    "adHocSubProcess",
    "callActivity",
}


class DiagramUnreadable(ConcordError):
    """{file} is not a diagram that can be used: {why}"""


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A clause that an element answers to, e.g. BIR-3.2; `local` marks what the protocol leaves open."""

    id: str
    local: bool = False


@dataclass(frozen=True, kw_only=True)
class Element:
    """A flow node of the diagram.

    `payload` is what its signal carries, by the name of `variable`. Of the ways on from an element, that to the lowest
    `place` comes first, whatever it is drawn like.
    """

    id: str
    kind: str
    name: str
    words: str
    clauses: tuple[Clause, ...]
    properties: Mapping[str, str]
    parent: str
    tier: str | None
    attached_to: str | None
    interrupting: bool
    timer: str | None
    signal: str | None
    message: str | None
    definitions: tuple[str, ...]
    triggered: bool
    repeated: bool
    cardinality: str | None
    sequential: bool
    default: str | None
    payload: str | None
    variable: str | None
    place: float

    @property
    def local(self) -> bool:
        """Whether any of it is set locally rather than by the protocol."""
        return any(clause.local for clause in self.clauses)

    @property
    def reminds(self) -> bool:
        """Whether it is a timer that reminds of a stage's deadline, and is none itself (E3)."""
        return (self.timer or "").replace(" ", "") == "reminder()"

    @property
    def shows(self) -> tuple[str, ...]:
        """What stands on this task's page, side by side (BRO-4.4): see `Diagram.shown_on`."""
        return tuple(name.strip() for name in self.properties.get("shows", "").split(",") if name.strip())


@dataclass(frozen=True, kw_only=True)
class Flow:
    """A sequence flow."""

    id: str
    name: str
    source: str
    target: str
    condition: str | None


@dataclass(frozen=True, kw_only=True)
class Tier:
    """A level of management: a lane of the diagram."""

    key: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Lane:
    """A lane as it is drawn: its tier, and the ids of what stands in it."""

    id: str
    tier: str
    holds: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Pool:
    """A pool, its name, and the process in it."""

    id: str
    process: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Where something is drawn, and whether what is in it is shown."""

    left: float
    top: float
    right: float
    bottom: float
    expanded: bool


@dataclass(frozen=True, kw_only=True)
class Diagram:
    """The elements and flows of one process, its lanes from top to bottom, and where all of it is drawn.

    `edges` are the points of each line, by the id of what it draws. Reader 1 reads no lanes, pools, shapes or edges.
    """

    process: str
    title: str
    elements: Mapping[str, Element]
    flows: tuple[Flow, ...]
    tiers: tuple[Tier, ...]
    expressions: tuple[str, ...]
    lanes: tuple[Lane, ...] = ()
    pools: tuple[Pool, ...] = ()
    shapes: Mapping[str, Shape] = field(default_factory=dict)
    edges: Mapping[str, tuple[tuple[float, ...], ...]] = field(default_factory=dict)

    @cached_property
    def flow_between(self) -> Mapping[tuple[str, str], str]:
        """The id of the flow that joins two elements."""
        return {(flow.source, flow.target): flow.id for flow in self.flows}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each element in the diagram's file: what decides where nothing else does."""
        return {identity: place for place, identity in enumerate(self.elements)}

    @cached_property
    def branches(self) -> Mapping[str, str | None]:
        """The event subprocess that each element stands in; none for what is of the main flow."""
        return {identity: self._branch(identity) for identity in self.elements}

    def shown_on(self, element: Element) -> tuple[Element, ...]:
        """The user tasks whose answers stand on another's page: what they are shown as is named there, or their id."""
        tasks = [e for e in self.elements.values() if e.kind == "userTask"]
        return tuple(e for name in element.shows for e in tasks if name in {e.id, e.properties.get("shown_as")})

    def _branch(self, identity: str | None) -> str | None:
        while identity is not None and identity in self.elements:
            here = self.elements[identity]
            if here.triggered:
                return here.id
            identity = here.attached_to or here.parent
        return None


def parse_xml(data: bytes, file: str) -> etree._Element:
    """Parse a diagram safely: no DOCTYPE, no entities, no network; bounded in size and depth."""
    if len(data) > MAXIMUM_BYTES:
        raise DiagramUnreadable(file=file, why=f"it is larger than {MAXIMUM_BYTES:,} bytes.")
    if b"<!DOCTYPE" in data[:100_000] or b"<!ENTITY" in data:
        raise DiagramUnreadable(file=file, why="it has a DOCTYPE. Remove it: a diagram needs none.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DiagramUnreadable(file=file, why=f"it is not well-formed XML ({error.msg}).") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DiagramUnreadable(file=file, why="it has a DOCTYPE. Remove it: a diagram needs none.")
    _bounded(root, file)
    return root


def _bounded(root: etree._Element, file: str) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > MAXIMUM_DEPTH:
            raise DiagramUnreadable(file=file, why=f"it is nested more than {MAXIMUM_DEPTH} levels deep.")
        level = [child for node in level for child in node]


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


def spoken_of(documentation: str) -> tuple[str, tuple[Clause, ...]]:
    """The words of a documentation, and the clauses that it begins with: “BIR-3.2, E1 [local]: The manager …”."""
    text = " ".join(documentation.split())
    head, colon, rest = text.partition(":")
    clauses = []
    for part in head.split(",") if colon else []:
        match = re.fullmatch(r"\s*([A-Z]+(?:-[A-Z]?[\dA-Za-z.]+)?\d*[a-z]?)\s*(\[local\])?\s*", part)
        if match is None:
            return text, ()
        clauses.append(Clause(id=match[1], local=match[2] is not None))
    return (rest.strip() if colon else text), tuple(clauses)


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

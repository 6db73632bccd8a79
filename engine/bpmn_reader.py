"""Reads a diagram once, strictly: into the typed model, with a finding for whatever it does not read. Runs nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from engine import bpmn_grammar as grammar
from engine.bpmn_screening import EXPRESSIONS, at, called_at, local, screened, spaced
from engine.bpmn_shapes import shapes_of
from engine.diagram import (
    BPMN,
    SPIFF,
    Diagram,
    DiagramUnreadable,
    Element,
    Flow,
    Lane,
    Pool,
    Tier,
    parse_xml,
    spoken_of,
)
from engine.finding import Finding

MOST_NODES = 2_000
TRUE, FALSE = {"true", "1"}, {"false", "0"}


@dataclass(frozen=True, kw_only=True)
class Read:
    """What was read of a diagram: the model, where there is enough of it, and what is to be mended."""

    diagram: Diagram | None
    findings: tuple[Finding, ...]


def read_strictly(data: bytes, file: str) -> Read:
    """Read the one process of a diagram; whatever stands in the way is a finding, and nothing is passed over."""
    try:
        return _Reader(parse_xml(data, file), file).read()
    except DiagramUnreadable as error:
        return Read(diagram=None, findings=(Finding(rule="parse", element=None, message=str(error)),))


def strictly(data: bytes, file: str) -> Diagram:
    """The diagram of a version that was published; raises DiagramUnreadable."""
    read = read_strictly(data, file)
    if read.diagram is None:
        raise DiagramUnreadable(file=file, why=" ".join(finding.message for finding in read.findings))
    return read.diagram


def text_of(node: etree._Element) -> str:
    """All the text of an element, whatever comments stand in it."""
    return str(node.xpath("string()")).strip()


class _Reader:
    """Reads one file; gathers findings as it goes."""

    def __init__(self, root: etree._Element, file: str) -> None:
        self.root = root
        self.file = file
        self.findings: list[Finding] = []
        self.elements: dict[str, Element] = {}
        self.flows: list[Flow] = []
        self.lane_of: dict[str, str] = {}
        self.named: dict[str, dict[str, etree._Element]] = {"signal": {}, "message": {}}

    def wrong(self, rule: str, node: etree._Element, message: str) -> None:
        """Note a finding."""
        self.findings.append(at(rule, node, message))

    def read(self) -> Read:
        """Read the whole file."""
        if self.root.tag != f"{BPMN}definitions":
            raise DiagramUnreadable(file=self.file, why="it holds no bpmn:definitions.")
        self.findings += screened(self.root)
        for node in self._children(self.root):
            if local(node) in self.named:
                self.named[local(node)][node.get("id", "")] = node
        process = self._process()
        tiers, lanes = self._lanes(process)
        self._inside(process)
        if len(self.elements) > MOST_NODES:
            why = f"it has {len(self.elements):,} elements; at most {MOST_NODES:,} are read."
            raise DiagramUnreadable(file=self.file, why=why)
        if not any(e.kind == "startEvent" and e.parent == process.get("id") for e in self.elements.values()):
            raise DiagramUnreadable(file=self.file, why="its process has no start event.")
        shapes, edges = shapes_of(self.root)
        diagram = Diagram(
            process=process.get("id", ""),
            title=spaced(process.get("name")) or process.get("id", ""),
            elements=self.elements,
            flows=tuple(flow for flow in self.flows if self._joins(flow)),
            tiers=tiers,
            expressions=tuple(self._expressions()),
            lanes=lanes,
            pools=tuple(self._pools()),
            shapes=shapes,
            edges=edges,
        )
        return Read(diagram=diagram, findings=tuple(self.findings))

    def _children(self, node: etree._Element) -> Iterator[etree._Element]:
        return (child for child in node if isinstance(child.tag, str) and child.tag.startswith(BPMN))

    def _process(self) -> etree._Element:
        """The one process that runs: it says that it is executable."""
        found = [node for node in self._children(self.root) if local(node) == "process"]
        runs = [process for process in found if self.truth(process, "isExecutable", default=False)]
        if len(runs) != 1:
            why = f"it has {len(runs)} executable processes; a pathway is exactly one."
            raise DiagramUnreadable(file=self.file, why=why)
        for process in found:
            if process is not runs[0]:
                message = f"There is a second process, {process.get('id')}. A pathway is one process: take it out."
                self.wrong("D1", process, message)
        return runs[0]

    def truth(self, node: etree._Element, name: str, *, default: bool) -> bool:
        """A truth value as XML spells it."""
        given = (node.get(name) or "").strip()
        if given and given not in TRUE | FALSE:
            self.wrong("parse", node, f"{called_at(node)}: {name} is “{given}”. It must be true or false.")
        return given in TRUE if given else default

    def _lanes(self, process: etree._Element) -> tuple[tuple[Tier, ...], tuple[Lane, ...]]:
        tiers, lanes = [], []
        for lane in process.iterfind(f"{BPMN}laneSet/{BPMN}lane"):
            key = self._properties(lane).get("tier") or (lane.get("id") or "").removeprefix("Tier_")
            holds = tuple(_reference(text_of(ref)) for ref in lane.findall(f"{BPMN}flowNodeRef"))
            tiers.append(Tier(key=key, title=spaced(lane.get("name")) or key))
            lanes.append(Lane(id=lane.get("id") or "", tier=key, holds=holds))
            self.lane_of |= dict.fromkeys(holds, key)
        return tuple(tiers), tuple(lanes)

    def _inside(self, process: etree._Element) -> None:
        """Every flow node and sequence flow, in the order of the file."""
        waiting = [iter(list(self._children(process)))]
        while waiting:
            node = next(waiting[-1], None)
            if node is None:
                waiting.pop()
            elif local(node) in grammar.FLOWING:
                self._node(node)
                if local(node) == "subProcess":
                    waiting.append(iter(list(self._children(node))))
            elif local(node) == "sequenceFlow":
                self._flow(node)

    def _node(self, node: etree._Element) -> None:
        identity = node.get("id")
        if not identity:
            raise DiagramUnreadable(file=self.file, why=f"a {local(node)} has no id.")
        if identity in self.elements:
            return  # told as an id that is there twice
        parent = node.getparent()
        words, clauses = spoken_of(self._documentation(node))
        signal = self._named(node, "signal")
        timer, cardinality = (self._expression(node, path) for path in (TIME, CARDINALITY))
        repeated = node.find(f"{BPMN}multiInstanceLoopCharacteristics")
        message = self._named(node, "message")
        element = Element(
            id=identity,
            kind=local(node),
            name=spaced(node.get("name")),
            words=words,
            clauses=clauses,
            properties=self._properties(node),
            parent=(parent.get("id") or "") if parent is not None else "",
            tier=None,
            attached_to=_reference(node.get("attachedToRef")) or None,
            interrupting=self.truth(node, "cancelActivity", default=True)
            and self.truth(node, "isInterrupting", default=True),
            timer=timer,
            signal=signal.get("name") if signal is not None else None,
            message=message.get("name") if message is not None else None,
            definitions=tuple(
                local(child) for child in self._children(node) if local(child).endswith("EventDefinition")
            ),
            triggered=self.truth(node, "triggeredByEvent", default=False),
            repeated=repeated is not None,
            cardinality=cardinality,
            sequential=repeated is not None and self.truth(repeated, "isSequential", default=False),
            default=_reference(node.get("default")) or None,
            payload=self._carried(signal, "payloadExpression"),
            variable=self._carried(signal, "variableName"),
            place=float(len(self.elements)),
        )
        self.elements[identity] = replace(element, tier=self._tier(element))

    def _documentation(self, node: etree._Element) -> str:
        """What is said of an element; of two documentations one would be lost."""
        found = node.findall(f"{BPMN}documentation")
        if len(found) > 1:
            self.wrong("clause", node, f"{called_at(node)} has {len(found)} documentations. Put them together in one.")
        return text_of(found[0]) if found else ""

    def _tier(self, element: Element) -> str | None:
        """The lane in which an element stands, or in which stands what it is in or on."""
        at: Element | None = element
        while at is not None:
            if at.id in self.lane_of:
                return self.lane_of[at.id]
            if at.attached_to:
                return self.lane_of.get(at.attached_to) or self._tier_around(at)
            at = self.elements.get(at.parent)
        return None

    def _tier_around(self, edge: Element) -> str | None:
        around = self.elements.get(edge.parent)
        return self._tier(around) if around else None

    def _flow(self, node: etree._Element) -> None:
        self.flows.append(
            Flow(
                id=node.get("id") or "",
                name=spaced(node.get("name")),
                source=_reference(node.get("sourceRef")),
                target=_reference(node.get("targetRef")),
                condition=self._expression(node, f"{BPMN}conditionExpression"),
            )
        )

    def _joins(self, flow: Flow) -> bool:
        if flow.source in self.elements and flow.target in self.elements:
            return True
        message = f"The flow {flow.id} does not join two elements. Draw it again, or take it out."
        self.findings.append(Finding(rule="flow", element=flow.id, message=message))
        return False

    def _expression(self, node: etree._Element, path: str) -> str | None:
        """An expression's text, all of it; what stands inside it in tags, or in a second one, is refused."""
        found = node.findall(path)
        if not found:
            return None
        if len(found) > 1:
            self.wrong("expression", node, f"{called_at(node)} has {len(found)} expressions in one place. Keep one.")
        text = text_of(found[0])
        if not text:
            what = EXPRESSIONS[local(found[0])]
            self.wrong("expression", node, f"The {what} of {called_at(node)} is empty. Write it, or remove it.")
        return text or None

    def _named(self, node: etree._Element, what: str) -> etree._Element | None:
        """The signal or message to which an element refers."""
        definition = node.find(f"{BPMN}{what}EventDefinition")
        given = definition if definition is not None else node
        ref = _reference(given.get(f"{what}Ref"))
        return self.named[what].get(ref) if ref else None

    def _carried(self, signal: etree._Element | None, name: str) -> str | None:
        found = signal.find(f"{BPMN}extensionElements/{SPIFF}{name}") if signal is not None else None
        return text_of(found) or None if found is not None else None

    def _properties(self, node: etree._Element) -> dict[str, str]:
        found: dict[str, str] = {}
        for each in node.iterfind(f"{BPMN}extensionElements/{SPIFF}properties/{SPIFF}property"):
            name = (each.get("name") or "").strip()
            if name in found:
                self.wrong("D6", node, f"{called_at(node)} has the property “{name}” twice. Keep one.")
            found[name] = each.get("value") or ""
        return found

    def _pools(self) -> Iterator[Pool]:
        """The pools that hold a process: one without stands for people outside, and only decorates."""
        for node in self.root.iterfind(f"{BPMN}collaboration/{BPMN}participant"):
            if process := _reference(node.get("processRef")):
                yield Pool(id=node.get("id") or "", process=process, name=spaced(node.get("name")))

    def _expressions(self) -> Iterator[str]:
        yield from (flow.condition for flow in self.flows if flow.condition)
        yield from (element.cardinality for element in self.elements.values() if element.cardinality)
        carried = (self._carried(signal, "payloadExpression") for signal in self.named["signal"].values())
        yield from (text for text in carried if text)


TIME = f"{BPMN}timerEventDefinition/{BPMN}timeDate"
CARDINALITY = f"{BPMN}multiInstanceLoopCharacteristics/{BPMN}loopCardinality"


def _reference(text: str | None) -> str:
    """The id to which a reference points, without the prefix that XML allows before it."""
    return (text or "").strip().rpartition(":")[2]

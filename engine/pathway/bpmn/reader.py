"""Reads a diagram once, strictly: into the typed model, with a finding for whatever it does not read. Runs nothing.

Long, since it is one pass over one file, which alone knows what was read of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from engine import bounds
from engine.pathway.bpmn import grammar
from engine.pathway.bpmn.bounds import oversized
from engine.pathway.bpmn.screening import EXPRESSIONS, at, called_at, local, screened, spaced
from engine.pathway.bpmn.shapes import shapes_of
from engine.pathway.bpmn.xml import BPMN, SPELLINGS, SPIFF, DiagramUnreadable, parse_xml, spoken_of
from engine.pathway.diagram import Clause, Diagram, Element, Flow, Lane, Pool, Tier, named
from engine.pathway.finding import Finding
from engine.pathway.properties import DUTIES, FURTHER
from engine.pathway.signals import CARRIES

FLOWS, SIGNALS = "flows", "signals"
TRUE, FALSE = {"true", "1"}, {"false", "0"}


@dataclass(frozen=True, kw_only=True)
class Read:
    """What was read of a diagram: the model, where there is enough of it, and what is to be mended.

    `lacking` says of what something is missing, FLOWS or SIGNALS: whatever else is missed for that only follows.
    """

    diagram: Diagram | None
    findings: tuple[Finding, ...]
    lacking: frozenset[str] = frozenset()


def read_strictly(data: bytes, file: str, spellings: Sequence[str] = SPELLINGS) -> Read:
    """Read the one process of a diagram; whatever stands in the way is a finding, and nothing is passed over.

    Its properties may be written under any of these namespaces, and mean the same.
    """
    try:
        return _Reader(parse_xml(data, file), file, spellings).read()
    except DiagramUnreadable as error:
        return Read(diagram=None, findings=(Finding(rule="parse", element=None, message=str(error)),))


def strictly(data: bytes, file: str, spellings: Sequence[str]) -> Diagram:
    """The diagram of a version that was published; raises DiagramUnreadable."""
    read = read_strictly(data, file, spellings)
    if read.diagram is None:
        raise DiagramUnreadable(file=file, why=" ".join(finding.message for finding in read.findings))
    return read.diagram


def text_of(node: etree._Element) -> str:
    """All the text of an element, whatever comments stand in it."""
    return str(node.xpath("string()")).strip()


class _Reader:
    """Reads one file; gathers findings as it goes."""

    def __init__(self, root: etree._Element, file: str, spellings: Sequence[str]) -> None:
        self.root = root
        self.file = file
        self.spellings = spellings
        self.findings: list[Finding] = []
        self.elements: dict[str, Element] = {}
        self.flows: list[Flow] = []
        self.lane_of: dict[str, str] = {}
        self.named: dict[str, dict[str, etree._Element]] = {"signal": {}, "message": {}}
        self.missed: dict[tuple[str, str], list[str]] = {}

    def wrong(self, rule: str, node: etree._Element, message: str) -> None:
        """Note a finding."""
        self.findings.append(at(rule, node, message))

    def read(self) -> Read:
        """Read the whole file."""
        if self.root.tag != f"{BPMN}definitions":
            raise DiagramUnreadable(file=self.file, why="it holds no bpmn:definitions.")
        if why := oversized(self.root):
            raise DiagramUnreadable(file=self.file, why=why)
        self.findings += screened(self.root)
        for node in self._children(self.root):
            if local(node) in self.named:
                self.named[local(node)][node.get("id", "")] = node
        process = self._process()
        tiers, lanes = self._lanes(process)
        self._inside(process)
        if not any(e.kind == "startEvent" and e.parent == process.get("id") for e in self.elements.values()):
            raise DiagramUnreadable(file=self.file, why="its process has no start event.")
        self._attached()
        flows = tuple(flow for flow in self.flows if self._joins(flow))
        self._missed()
        shapes, edges = shapes_of(self.root)
        diagram = Diagram(
            process=process.get("id", ""),
            title=self._name(process) or process.get("id", ""),
            elements=self.elements,
            flows=flows,
            tiers=tiers,
            expressions=tuple(self._expressions()),
            lanes=lanes,
            pools=tuple(self._pools()),
            shapes=shapes,
            edges=edges,
        )
        return Read(diagram=diagram, findings=tuple(self.findings), lacking=self._lacking())

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
        given = node.get(name, "true" if default else "false").strip()
        if given not in TRUE | FALSE:
            self.wrong("parse", node, f"{called_at(node)}: {name} is “{given}”. It must be true or false.")
        return given in TRUE if given else default

    def _bounded(self, node: etree._Element, what: str, text: str, most: int) -> str:
        """A text as far as it is read; that there is more of it is a finding (D13)."""
        if len(text) <= most:
            return text
        has = f"The {what} of {called_at(node)} has {len(text):,} characters; at most {most:,} are read."
        self.wrong("D13", node, f"{has} Shorten it ({PANEL.get(what, PROPERTIES)}).")
        return bounds.shortened(text)

    def _name(self, node: etree._Element) -> str:
        return self._bounded(node, "name", spaced(node.get("name")), bounds.LONGEST_NAME)

    def _called(self, named: etree._Element | None) -> str | None:
        """The name of a signal or message, as far as it is read."""
        return (
            None
            if named is None or named.get("name") is None
            else self._bounded(named, "name", named.get("name", ""), bounds.LONGEST_NAME)
        )

    def _clause(self, node: etree._Element, clause: Clause) -> Clause:
        return replace(clause, id=self._bounded(node, "clause", clause.id, bounds.LONGEST_CLAUSE))

    def _lanes(self, process: etree._Element) -> tuple[tuple[Tier, ...], tuple[Lane, ...]]:
        tiers, lanes = [], []
        for lane in process.iterfind(f"{BPMN}laneSet/{BPMN}lane"):
            tier = self._properties(lane).get("tier")
            if tier is None:
                message = "says no tier. Give it the property tier, in small letters, e.g. practitioners"
                self.wrong("D1", lane, f"The lane {lane.get('id')} {message} ({PROPERTIES}).")
            key = tier or (lane.get("id") or "").removeprefix("Tier_")
            holds = tuple(_reference(text_of(ref)) for ref in lane.findall(f"{BPMN}flowNodeRef"))
            tiers.append(Tier(key=key, title=self._name(lane) or key))
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
        spoken = self._documentation(node)
        words, clauses = spoken_of(self._bounded(node, "documentation", spoken, bounds.LONGEST_WORDS))
        signal = self._named(node, "signal")
        timer, cardinality = (self._expression(node, path) for path in (TIME, CARDINALITY))
        repeated = node.find(f"{BPMN}multiInstanceLoopCharacteristics")
        message = self._named(node, "message")
        properties = self._properties(node)
        if DUTIES in properties:
            words, clauses = " ".join(spoken.split()), tuple(Clause(id=each) for each in named(properties[DUTIES]))
        element = Element(
            id=identity,
            kind=local(node),
            name=self._name(node),
            words=words,
            clauses=tuple(self._clause(node, clause) for clause in clauses),
            properties=properties,
            parent=(parent.get("id") or "") if parent is not None else "",
            tier=None,
            attached_to=_reference(node.get("attachedToRef")) or None,
            interrupting=self.truth(node, "cancelActivity", default=True)
            and self.truth(node, "isInterrupting", default=True),
            timer=timer,
            signal=self._called(signal),
            message=self._called(message),
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
                name=self._name(node),
                source=_reference(node.get("sourceRef")),
                target=_reference(node.get("targetRef")),
                condition=self._expression(node, f"{BPMN}conditionExpression"),
            )
        )

    def _joins(self, flow: Flow) -> bool:
        gone = [end for end in (flow.source, flow.target) if end not in self.elements]
        for end in gone:
            self.missed.setdefault(("flow", end), []).append(flow.id)
        return not gone

    def _attached(self) -> None:
        """An edge event without what it stands on is no event of this drawing, nor are its flows."""
        for element in list(self.elements.values()):
            if element.kind == "boundaryEvent" and element.attached_to not in self.elements:
                name = f"{element.id} (“{element.name}”)" if element.name else element.id
                message = f"{name} is attached to nothing. Put it on the edge of a stage or task."
                self.missed[("edge", element.id)] = []
                self.findings.append(Finding(rule="flow", element=element.id, message=message))

    def _missed(self) -> None:
        """One finding for each thing that is named and not there, whatever names it."""
        refused = {finding.element for finding in self.findings}
        for (what, name), users in self.missed.items():
            named, by = bounds.shortened(name), bounds.first_of(users)
            if what == "flow" and name not in refused:
                end = f"at “{named}”, which is not there" if name else "nowhere"
                joins = (
                    "do not join two elements: they begin or end"
                    if len(users) > 1
                    else "does not join two elements: it begins or ends"
                )
                message = f"{by} {joins} {end}. Draw what is missing again, or take the flow out."
                self.findings.append(Finding(rule="flow", element=users[0], message=message))
            elif what in self.named:
                names = "name" if len(users) > 1 else "names"
                message = f"{by} {names} the {what} “{named}”, which is not there. Choose one ({PANEL[what]})."
                self.findings.append(
                    Finding(rule="D7" if what == "message" else "signal", element=users[0], message=message)
                )

    def _lacking(self) -> frozenset[str]:
        kinds = {kind for kind, _ in self.missed}
        return frozenset({FLOWS} if kinds & {"flow", "edge"} else ()) | frozenset(
            {SIGNALS} if "signal" in kinds else ()
        )

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
        if ref and ref not in self.named[what]:
            self.missed.setdefault((what, ref), []).append(node.get("id") or "")
        return self.named[what].get(ref) if ref else None

    def _carried(self, signal: etree._Element | None, name: str) -> str | None:
        """What is typed on a signal, or what one of that name carries all the same."""
        found = signal.findall(f"{BPMN}extensionElements/{SPIFF}{name}") if signal is not None else []
        if len(found) > 1 and signal is not None:
            self.wrong("signal", signal, f"{called_at(signal)} says its {name} {len(found)} times. Keep one.")
        return (text_of(found[0]) if found else "") or CARRIES.get(self._called(signal) or "")

    def _properties(self, node: etree._Element) -> dict[str, str]:
        found: dict[str, str] = {}
        written = (f"{BPMN}extensionElements/{space}properties/{space}property" for space in self.spellings)
        for each in (each for path in written for each in node.iterfind(path)):
            if not each.get("value") and not each.tag.startswith(SPIFF):
                continue  # so Camunda's editors write what was left open
            name = bounds.shortened((each.get("name") or "").strip())
            if name in found:
                self.wrong("D6", node, f"{called_at(node)} has the property “{name}” twice. Keep one ({PROPERTIES}).")
            found[name] = self._bounded(node, f"property {name}", each.get("value") or "", bounds.LONGEST_VALUE)
            if len(found) > bounds.MOST_PROPERTIES:
                has = f"{called_at(node)} has more than {bounds.MOST_PROPERTIES} properties"
                self.wrong("D13", node, f"{has}, which are not read. Take them out ({PROPERTIES}).")
                return {}
        if further := [found.pop(name) for name in FURTHER if name in found]:
            found[DUTIES] = ", ".join([*filter(None, [found.get(DUTIES)]), *further])
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


PROPERTIES = "Extension properties"
PANEL = {
    "name": "General, Name",
    "documentation": "Documentation",
    "clause": "Documentation",
    "signal": "Signal, Global signal reference",
    "message": "Message, Global message reference",
}
"""Where in the modeller's panel a text is mended."""
TIME = f"{BPMN}timerEventDefinition/{BPMN}timeDate"
CARDINALITY = f"{BPMN}multiInstanceLoopCharacteristics/{BPMN}loopCardinality"


def _reference(text: str | None) -> str:
    """The id to which a reference points, without the prefix that XML allows before it."""
    return (text or "").strip().rpartition(":")[2]

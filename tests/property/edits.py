"""Random edits of a diagram's file, as modellers, merges and text editors make them; some must change nothing."""

import copy
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SPACES = {
    "bpmn": BPMN,
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "spiff": "http://spiffworkflow.org/bpmn/schema/1.0/core",
}
NODES = (
    "startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent", "userTask",
    "sendTask", "exclusiveGateway", "parallelGateway", "inclusiveGateway", "subProcess",
)  # fmt: skip
OTHERS = ("task", "manualTask", "serviceTask", "scriptTask", "receiveTask", "callActivity", "eventBasedGateway",
          "complexGateway", "transaction", "adHocSubProcess", "businessRuleTask", "dataObject", "group")  # fmt: skip
EVENTS = ("signal", "message", "timer", "terminate", "error", "escalation", "conditional", "link", "compensate")
REFERENCES = (
    "sourceRef",
    "targetRef",
    "attachedToRef",
    "default",
    "signalRef",
    "messageRef",
    "processRef",
    "bpmnElement",
)
FLAGS = ("cancelActivity", "isInterrupting", "triggeredByEvent", "isExecutable", "isSequential", "parallelMultiple",
         "isForCompensation", "isExpanded")  # fmt: skip
SPELLED = (
    "New_1",
    "Start",
    "end",
    "a.b",
    "1st",
    "__proto__",
    "constructor",
    "Ünï",
    "assessors",
    "x y",
    "",
    "A" * 3_000,
    "Signal_risk_reported",
)
NAMED = (
    "Talk",
    "",
    " ",
    "“Talk” & <listen>",
    "a\nb\tc",
    "\u202eback",
    "👪",
    "x" * 5_000,
    "{{ 7 * 7 }}",
    "-",
    "24 hours",
)
NUMBERS = ("NaN", "inf", "1e400", "", "-5", "0", "x", "12,5", "  40 ", "1e2")


@dataclass
class Sheet:
    """A diagram under the pencil: what was touched of it, and whether that must change nothing that runs."""

    root: etree._Element
    dice: random.Random
    touched: set[str] = field(default_factory=set)
    harmless: bool = False
    data: bytes = b""

    def every(self, path: str) -> list[etree._Element]:
        """All that a path finds."""
        return list(self.root.xpath(path, namespaces=SPACES))

    def any(self, path: str) -> etree._Element:
        """One of what a path finds, noted as touched."""
        found: etree._Element = self.dice.choice(self.every(path))
        self.touched.add(local(found))
        return found

    def node(self, *kinds: str) -> etree._Element:
        """A flow node of one of these kinds, or of any."""
        return self.any(" | ".join(f"//bpmn:{kind}" for kind in kinds or NODES))

    def flows(self, end: str, identity: str) -> list[etree._Element]:
        """The flows that begin or end at an element."""
        return self.every(f"//bpmn:sequenceFlow[@{end}={quoted(identity)}]")

    def forget(self, identity: str) -> None:
        """Take out all that draws or names what is gone."""
        for node in self.every(f"//*[@bpmnElement={quoted(identity)}]"):
            taken_out(node)
        for node in self.every("//bpmn:flowNodeRef | //bpmn:incoming | //bpmn:outgoing"):
            if (node.text or "").strip() == identity:
                taken_out(node)


Edit = Callable[[Sheet], None]


def local(node: etree._Element) -> str:
    """A tag without its namespace."""
    return str(etree.QName(node).localname) if isinstance(node.tag, str) else "comment"


def quoted(text: str) -> str:
    """A text as XPath writes it."""
    return "'" + text.replace("'", "") + "'"


def taken_out(node: etree._Element) -> None:
    """Take an element out of its parent."""
    if (parent := node.getparent()) is not None:
        parent.remove(node)


def shifted(sheet: Sheet) -> None:
    """A shape is dragged a little; of a lane or a stage it may matter where it is."""
    shape = sheet.any("//bpmndi:BPMNShape[dc:Bounds]")
    bounds = shape.find("dc:Bounds", SPACES)
    for axis in "xy":
        bounds.set(axis, str(float(bounds.get(axis)) + sheet.dice.randint(-90, 90)))
    drawn = sheet.every(f"//*[@id={quoted(shape.get('bpmnElement'))}]")
    sheet.harmless = bool(drawn) and local(drawn[0]) not in {"lane", "subProcess", "participant"}


def swapped(sheet: Sheet) -> None:
    """Two shapes change places: what was drawn first is drawn last."""
    one, other = (sheet.any("//bpmndi:BPMNShape/dc:Bounds") for _ in "12")
    before, after = dict(one.attrib), dict(other.attrib)
    one.attrib.update(after)
    other.attrib.update(before)


def reordered(sheet: Sheet) -> None:
    """An element comes elsewhere among its siblings in the file."""
    node = sheet.any("//bpmn:process//*[@id] | //bpmn:lane | //bpmn:signal | //bpmn:flowNodeRef")
    parent = node.getparent()
    parent.remove(node)
    parent.insert(sheet.dice.randint(0, len(parent)), node)


def relaned(sheet: Sheet) -> None:
    """An element is named by another lane."""
    ref = sheet.any("//bpmn:flowNodeRef")
    sheet.any("//bpmn:lane").append(ref)


def misplaced(sheet: Sheet) -> None:
    """A coordinate is no number, or a strange one."""
    node = sheet.any("//dc:Bounds | //di:waypoint")
    node.set(sheet.dice.choice(list(node.attrib)), sheet.dice.choice(NUMBERS))


def moved_inside(sheet: Sheet) -> None:
    """An element of the file comes to stand in another subprocess, its flows left where they are."""
    node = sheet.node()
    homes = [home for home in sheet.every("//bpmn:subProcess | //bpmn:process") if node not in home.iterancestors()]
    homes = [home for home in homes if home is not node]
    sheet.dice.choice(homes).append(node)


def anything_gone(sheet: Sheet) -> None:
    """Any element of the file is lost with all that is in it."""
    taken_out(sheet.any("//*[parent::*]"))


def attribute_gone(sheet: Sheet) -> None:
    """Any attribute is lost."""
    node = sheet.any("//*[@*]")
    name = sheet.dice.choice(list(node.attrib))
    sheet.touched.add(f"@{local_name(name)}")
    del node.attrib[name]


def local_name(name: str) -> str:
    """An attribute's name without its namespace."""
    return name.rpartition("}")[2]


def node_gone(sheet: Sheet) -> None:
    """An element is deleted as a modeller deletes it: with its flows, its edge events, its shape."""
    gone(sheet, sheet.node())


def gone(sheet: Sheet, node: etree._Element) -> None:
    """Delete an element with all that hangs on it."""
    for identity in [str(n.get("id")) for n in node.iter() if isinstance(n.tag, str) and n.get("id")]:
        for flow in [*sheet.flows("sourceRef", identity), *sheet.flows("targetRef", identity)]:
            taken_out(flow)
            sheet.forget(str(flow.get("id")))
        for edge in sheet.every(f"//bpmn:boundaryEvent[@attachedToRef={quoted(identity)}]"):
            gone(sheet, edge)
        sheet.forget(identity)
    taken_out(node)


def healed(sheet: Sheet) -> None:
    """An element between two others is deleted, and the flow is drawn past it."""
    node = sheet.node("userTask", "intermediateThrowEvent", "sendTask", "exclusiveGateway", "parallelGateway")
    identity = str(node.get("id"))
    onward = sheet.flows("sourceRef", identity)
    for flow in sheet.flows("targetRef", identity) if len(onward) == 1 else ():
        flow.set("targetRef", onward[0].get("targetRef"))
    gone(sheet, node)


def property_gone(sheet: Sheet) -> None:
    """A property, a documentation or a definition is taken out."""
    taken_out(
        sheet.any("//spiff:property | //bpmn:documentation | //bpmn:timerEventDefinition | //bpmn:conditionExpression")
    )


def drawing_gone(sheet: Sheet) -> None:
    """A shape, a line or a point of it is lost, or a reference that modellers keep beside the flows."""
    taken_out(
        sheet.any("//bpmndi:BPMNShape | //bpmndi:BPMNEdge | //di:waypoint | //bpmndi:BPMNLabel | //bpmn:incoming")
    )


def twice(sheet: Sheet) -> None:
    """Any element of the file is there twice, as after a merge."""
    node = sheet.any("//*[parent::*]")
    node.addnext(copy.deepcopy(node))


def pasted(sheet: Sheet) -> None:
    """An element is copied and pasted: with ids of its own, and not joined to anything."""
    node = sheet.node()
    node.addnext(fresh(sheet, node))


def fresh(sheet: Sheet, node: etree._Element) -> etree._Element:
    """A copy with its own ids, drawn below, in the same lane, and joined to nothing outside it."""
    again = copy.deepcopy(node)
    ids = [str(n.get("id")) for n in again.iter() if isinstance(n.tag, str) and n.get("id")]
    for inner in (n for n in again.iter() if isinstance(n.tag, str)):
        for name, value in inner.attrib.items():
            if value in ids:
                inner.set(name, f"{value}_copy")
        if (inner.text or "").strip() in ids:
            inner.text = f"{(inner.text or '').strip()}_copy"
    for joined in [*again.findall("bpmn:incoming", SPACES), *again.findall("bpmn:outgoing", SPACES)]:
        again.remove(joined)
    for identity in ids:
        for named in sheet.every(f"//*[@bpmnElement={quoted(identity)}]"):
            shape = copy.deepcopy(named)
            shape.set("bpmnElement", f"{identity}_copy")
            shape.set("id", f"{shape.get('id')}_copy")
            named.addnext(shape)
        for ref in sheet.every("//bpmn:flowNodeRef"):
            if (ref.text or "").strip() == identity:
                ref.addnext(element("flowNodeRef", f"{identity}_copy"))
    return again


def element(tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    """A new element of BPMN."""
    made = etree.Element(f"{{{BPMN}}}{tag}", attributes)
    made.text = text
    return made


def in_series(sheet: Sheet) -> None:
    """An element is doubled on its way: done, and done again."""
    node = sheet.node("userTask", "intermediateThrowEvent", "sendTask", "parallelGateway", "subProcess")
    identity = str(node.get("id"))
    onward = sheet.flows("sourceRef", identity)
    node.addnext(fresh(sheet, node))
    if onward:
        drawn_on(sheet, onward[0], identity, f"{identity}_copy")


def drawn_on(sheet: Sheet, onward: etree._Element, before: str, after: str) -> None:
    """Put an element between another and where it led."""
    onward.set("sourceRef", after)
    onward.addnext(element("sequenceFlow", id=f"{before}_again", sourceRef=before, targetRef=after))
    for line in sheet.every(f"//bpmndi:BPMNEdge[@bpmnElement={quoted(str(onward.get('id')))}]"):
        again = copy.deepcopy(line)
        again.set("bpmnElement", f"{before}_again")
        again.set("id", f"{before}_again_di")
        line.addnext(again)


def edge_twice(sheet: Sheet) -> None:
    """An event on an edge is there twice with what it leads to, each with its own id."""
    node = sheet.node("boundaryEvent", "endEvent")
    again = fresh(sheet, node)
    node.addnext(again)
    for end in ("sourceRef", "targetRef"):
        for flow in sheet.flows(end, str(node.get("id"))):
            other = fresh(sheet, flow)
            other.set(end, str(again.get("id")))
            flow.addnext(other)


def retagged(sheet: Sheet) -> None:
    """An element becomes another: what a modeller's spanner does, and what it cannot do."""
    node = sheet.node()
    node.tag = f"{{{BPMN}}}{sheet.dice.choice(NODES if sheet.dice.random() < 0.7 else OTHERS)}"


def gateway_retagged(sheet: Sheet) -> None:
    """A gateway becomes one of another kind."""
    node = sheet.node("exclusiveGateway", "parallelGateway")
    node.tag = f"{{{BPMN}}}{sheet.dice.choice(('exclusive', 'parallel', 'inclusive'))}Gateway"


def event_retagged(sheet: Sheet) -> None:
    """An event waits for, or says, something of another kind."""
    node = sheet.any("//bpmn:signalEventDefinition | //bpmn:timerEventDefinition | //bpmn:messageEventDefinition")
    node.tag = f"{{{BPMN}}}{sheet.dice.choice(EVENTS)}EventDefinition"


def flipped(sheet: Sheet) -> None:
    """A truth value is turned round, or is none."""
    node = sheet.any("//bpmn:*[@id] | //bpmn:boundaryEvent | //bpmndi:BPMNShape[@isExpanded]")
    given = [name for name in node.attrib if name in FLAGS]
    name = sheet.dice.choice(given if local(node) == "BPMNShape" else [*given, sheet.dice.choice(FLAGS)])
    sheet.touched.add(f"@{name}")
    turned = "false" if node.get(name, "false") == "true" else "true"
    node.set(name, sheet.dice.choice((turned, turned, "1", "0", "maybe", "")))


def reworded(sheet: Sheet) -> None:
    """An expression says something else, or nothing that can be read."""
    node = sheet.any(
        "//bpmn:conditionExpression | //bpmn:timeDate | //bpmn:loopCardinality | //spiff:payloadExpression"
    )
    said = node.text or ""
    digits = "".join(str(sheet.dice.randint(1, 9)) if letter.isdigit() else letter for letter in said)
    turned = (said.replace("=", "!="), f"not({said})", f"{said} and true", said[:-1], said.upper(), "1 = 1")
    node.text = sheet.dice.choice((digits, *turned))


def revalued(sheet: Sheet) -> None:
    """A property has another's value, or one of its own name's elsewhere."""
    node = sheet.any("//spiff:property")
    alike = sheet.every(f"//spiff:property[@name={quoted(str(node.get('name')))}]")
    other = sheet.dice.choice(alike if sheet.dice.random() < 0.8 else sheet.every("//spiff:property"))
    node.set("value", other.get("value"))


def rejoined(sheet: Sheet) -> None:
    """A flow leads from or to another element of the same scope."""
    flow = sheet.any("//bpmn:sequenceFlow")
    end = sheet.dice.choice(("sourceRef", "targetRef"))
    near = [n for n in flow.getparent() if local(n) in NODES]
    flow.set(end, sheet.dice.choice(near).get("id"))


def referred(sheet: Sheet) -> None:
    """Any reference points to something else of the file, of its own kind or of any."""
    name = sheet.dice.choice(REFERENCES)
    node = sheet.any(f"//*[@{name}]") if sheet.every(f"//*[@{name}]") else sheet.any("//bpmn:sequenceFlow")
    alike = [str(n.get(name)) for n in sheet.every(f"//*[@{name}]")]
    ids = [str(n.get("id")) for n in sheet.every("//*[@id]")]
    node.set(name, sheet.dice.choice(alike if alike and sheet.dice.random() < 0.7 else ids))


def unlisted(sheet: Sheet) -> None:
    """What stands in `incoming` or `outgoing` is another flow: BPMN keeps there what the flows say already."""
    node = sheet.any("//bpmn:incoming | //bpmn:outgoing")
    node.text = sheet.dice.choice(sheet.every("//bpmn:sequenceFlow")).get("id")
    sheet.harmless = True


def rehung(sheet: Sheet) -> None:
    """An event hangs on another task or stage of the same scope."""
    event = sheet.any("//bpmn:boundaryEvent")
    near = [n for n in event.getparent() if local(n) in {"userTask", "subProcess"}]
    event.set("attachedToRef", sheet.dice.choice(near).get("id"))


def called_otherwise(sheet: Sheet) -> None:
    """An element has another id, and all that refers to it follows."""
    node = sheet.any("//bpmn:*[@id]")
    renamed(sheet, str(node.get("id")), sheet.dice.choice(SPELLED))


def plainly_called(sheet: Sheet) -> None:
    """A flow, or a definition, has another id that says nothing."""
    node = sheet.any("//bpmn:sequenceFlow | //bpmn:signal | //bpmn:message | //bpmn:signalEventDefinition")
    renamed(sheet, str(node.get("id")), f"{local(node)}_{sheet.dice.randrange(10**6)}")
    sheet.harmless = local(node) != "sequenceFlow"


def renamed(sheet: Sheet, old: str, new: str) -> None:
    """Every attribute and text that is the old id becomes the new one."""
    for node in sheet.every("//*"):
        for name, value in node.attrib.items():
            if value == old:
                node.set(name, new)
        if (node.text or "").strip() == old:
            node.text = new


def half_renamed(sheet: Sheet) -> None:
    """An element has another id, and what refers to it was forgotten."""
    sheet.any("//bpmn:*[@id]").set("id", sheet.dice.choice(SPELLED))


def titled(sheet: Sheet) -> None:
    """An element has another name for people."""
    sheet.any("//bpmn:*[@name]").set("name", sheet.dice.choice(NAMED))


def documented(sheet: Sheet) -> None:
    """A documentation says something else."""
    node = sheet.any("//bpmn:documentation")
    head = (node.text or "").partition(":")[0]
    node.text = f"{head}: {sheet.dice.choice(NAMED)}" if sheet.dice.random() < 0.7 else sheet.dice.choice(NAMED)


CHANGES: Mapping[str, tuple[Edit, ...]] = {
    "move": (shifted, shifted, swapped, reordered, relaned, misplaced, moved_inside),
    "delete": (anything_gone, attribute_gone, node_gone, healed, healed, property_gone, drawing_gone),
    "duplicate": (twice, pasted, in_series, in_series, edge_twice),
    "retype": (retagged, gateway_retagged, event_retagged, flipped, reworded, revalued),
    "reconnect": (rejoined, rejoined, referred, unlisted, rehung),
    "rename": (called_otherwise, plainly_called, half_renamed, titled, documented),
}
"""The kinds of edits that may change what a diagram means."""

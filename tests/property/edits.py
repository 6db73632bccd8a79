"""Edits of what is drawn: moved, deleted, doubled, as modellers and merges do it; some must change nothing."""

import copy
from collections.abc import Mapping

from lxml import etree
from sheet import SPACES, Edit, Sheet, element, local, local_name, quoted, taken_out

NUMBERS = ("NaN", "inf", "1e400", "", "-5", "0", "x", "12,5", "  40 ", "1e2")


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


DRAWN: Mapping[str, tuple[Edit, ...]] = {
    "move": (shifted, shifted, swapped, reordered, relaned, misplaced, moved_inside),
    "delete": (anything_gone, attribute_gone, node_gone, healed, healed, property_gone, drawing_gone),
    "duplicate": (twice, pasted, in_series, in_series, edge_twice),
}
"""The kinds of edits of what is drawn; they may change what a diagram means."""

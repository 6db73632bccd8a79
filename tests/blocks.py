"""Writes `bpmn/building-blocks-camunda-8.bpmn` and `-7.bpmn`: what is more than one element, to be copied from.

Taken from Birmingham's diagram, without its clauses: its own names for them are the partnership's that copies them.
"""

import re
from pathlib import Path

from lxml import etree
from respelling import CAMUNDAS, SPIFF, respelled

ROOT = Path(__file__).parents[1]
MODEL, DI, DC = (
    "{http://www.omg.org/spec/BPMN/20100524/MODEL}",
    "{http://www.omg.org/spec/BPMN/20100524/DI}",
    "{http://www.omg.org/spec/DD/20100524/DC}",
)
DDI = "{http://www.omg.org/spec/DD/20100524/DI}"
STAGE = "Stage2"
BLOCKS = {
    "Raised": "Where it begins, and the form by which it is raised.",
    STAGE: "A stage, with its deadline, what reminds of it, and its ways out. Copy what stands on its edge with it.",
    "Begun": "Each: two tasks that open in one step, one for either side, begun by a signal of your own.",
    "Details": "What else is known, asked after raising.",
    "Risk": "Risk of significant harm: the referral, whatever else runs.",
    "StageEnd": "What each stage leaves to do: the question about risk, and the record, of each side.",
    "Resolution": "An agreement that was said, and is confirmed or not.",
    "Afterwards": "The closing: what is owed once it is resolved.",
    "Protective": "The time that protects the child has passed.",
    "Withdrawal": "A withdrawal, countersigned or refused.",
}
OWN = re.compile(r"[A-Z]{3}-[A-Z0-9.]+")
LEFT, GAP, NOTE, COLUMN, DEEP = 490, 80, 260, 1200, 1900
"""Where the boxes begin, how far they stand apart, how wide what is said of them is; a column's width and depth."""
FAR, BESIDE, HALF = 300, 150, 18
"""What is too far away to be copied with it, how near it is put instead, and half of an event."""


def made() -> str:
    """The diagram, its properties under SpiffWorkflow's name."""
    source = etree.parse(ROOT / "bpmn" / "birmingham" / "escalation.bpmn").getroot()
    process = source.find(f"{MODEL}process")
    assert process is not None
    for node in list(process):
        if not _kept(process, node):
            process.remove(node)
    for collaboration in source.findall(f"{MODEL}collaboration"):
        source.remove(collaboration)
    process.set("id", "building_blocks")
    process.set("name", "Building blocks")
    for node in process.iter():
        _general(node)
    _place(source, process)
    there = {node.get("signalRef") or node.get("messageRef") for node in process.iter()}
    for named in [*source.findall(f"{MODEL}signal"), *source.findall(f"{MODEL}message")]:
        if named.get("id") not in there:
            source.remove(named)
    etree.indent(source, "  ")
    return etree.tostring(source, encoding="unicode")


def _kept(process: etree._Element, node: etree._Element) -> bool:
    """Whether it is a block, stands on the edge of one, or comes next on the way out of it."""
    if node.get("id") in BLOCKS or node.get("attachedToRef") in BLOCKS:
        return True
    beside = [each for each in process if each.get("attachedToRef") == STAGE or each.get("id") == STAGE]
    flows = [each for each in process if each.tag == f"{MODEL}sequenceFlow"]
    out = [flow for flow in flows if flow.get("sourceRef") in {each.get("id") for each in beside}]
    return node in out or node.get("id") in {flow.get("targetRef") for flow in out}


def _general(node: etree._Element) -> None:
    """Take out what is Birmingham's own: its clauses, its name for the stage, what leads there and on from it."""
    if node.tag == f"{{{SPIFF}}}property" and node.get("name") == "duties":
        shared = [each.strip() for each in (node.get("value") or "").split(",") if not OWN.fullmatch(each.strip())]
        node.set("value", ", ".join(shared) or "R1")
    if node.get("id") == STAGE:
        node.set("name", "Stage 2: who acts")
    if node.tag in {f"{MODEL}incoming", f"{MODEL}outgoing"} and node.getroottree().getroot() is not None:
        parent, known = node.getparent(), node.getparent().getparent()
        if not any(flow.get("id") == node.text for flow in known.findall(f"{MODEL}sequenceFlow")):
            parent.remove(node)


def _place(source: etree._Element, process: etree._Element) -> None:
    """Put the blocks one below the other, each with what it is beside it."""
    plane = source.find(f".//{DI}BPMNPlane")
    plane.set("bpmnElement", "building_blocks")
    own = {node.get("id"): block for block in BLOCKS for node in _of(process, block)}
    drawn = list(plane)
    for shape in drawn:
        if shape.get("bpmnElement") not in own:
            plane.remove(shape)
    _nearer(process, plane)
    below, column = 80.0, 0
    for block, words in BLOCKS.items():
        mine = [shape for shape in plane if own.get(shape.get("bpmnElement")) == block]
        points = [(float(at.get("x")), float(at.get("y"))) for shape in mine for at in _points(shape)]
        high = max(float(b.get("y")) + float(b.get("height")) for s in mine for b in s.iter(f"{DC}Bounds"))
        top = min(y for _, y in points)
        if below + high - top > DEEP:
            below, column = 80.0, column + COLUMN
        dx, dy = LEFT + column - min(x for x, _ in points), below - top
        for at in [at for shape in mine for at in _points(shape)]:
            at.set("x", f"{float(at.get('x')) + dx:.0f}")
            at.set("y", f"{float(at.get('y')) + dy:.0f}")
        _said(process, plane, block, words, (150 + column, below))
        below = high + dy + GAP


def _nearer(process: etree._Element, plane: etree._Element) -> None:
    """Draw what a way out of the stage leads to beside that: in Birmingham's diagram it is far away, for all stages."""
    drawn = {shape.get("bpmnElement"): shape for shape in plane}
    flows = [each for each in process if each.tag == f"{MODEL}sequenceFlow"]
    edges = {each.get("id") for each in process if each.get("attachedToRef") == STAGE}
    for flow in [each for each in flows if each.get("sourceRef") in edges]:
        out, to = (drawn[flow.get(end)].find(f"{DC}Bounds") for end in ("sourceRef", "targetRef"))
        across = float(to.get("x")) - float(out.get("x"))
        if abs(across) < FAR:
            continue
        x, y = float(out.get("x")) + (BESIDE if across > 0 else -BESIDE), float(out.get("y"))
        to.set("x", f"{x:.0f}")
        to.set("y", f"{y:.0f}")
        label = drawn[flow.get("targetRef")].find(f"{DI}BPMNLabel/{DC}Bounds")
        if label is not None:
            label.set("x", f"{x + HALF - float(label.get('width')) / 2:.0f}")
            label.set("y", f"{y + 2 * HALF + 4:.0f}")
        ends = (float(out.get("x")) + 2 * HALF, x) if across > 0 else (float(out.get("x")), x + 2 * HALF)
        line = drawn[flow.get("id")]
        for point in line.findall(f"{DDI}waypoint"):
            line.remove(point)
        for at in ends:
            etree.SubElement(line, f"{DDI}waypoint", x=f"{at:.0f}", y=f"{y + HALF:.0f}")


def _of(process: etree._Element, block: str) -> list[etree._Element]:
    """A block with everything in it, and of the stage what stands on its edge and next to it."""
    box = next(node for node in process if node.get("id") == block)
    beside = [node for node in process if node.get("id") not in BLOCKS] if block == STAGE else []
    return [node for each in (box, *beside) for node in each.iter() if node.get("id")]


def _points(shape: etree._Element) -> list[etree._Element]:
    return [*shape.iter(f"{DC}Bounds"), *shape.iter(f"{DDI}waypoint")]


def _said(process: etree._Element, plane: etree._Element, block: str, words: str, at: tuple[float, float]) -> None:
    note = etree.SubElement(process, f"{MODEL}textAnnotation", id=f"{block}_Note")
    etree.SubElement(note, f"{MODEL}text").text = words
    shape = etree.SubElement(plane, f"{DI}BPMNShape", id=f"{block}_Note_di", bpmnElement=f"{block}_Note")
    etree.SubElement(shape, f"{DC}Bounds", x=f"{at[0]:.0f}", y=f"{at[1]:.0f}", width=str(NOTE), height="90")


def files() -> dict[str, str]:
    """Each file's name, and what stands in it."""
    head, text = '<?xml version="1.0" encoding="UTF-8"?>\n', made()
    numbers = zip(CAMUNDAS, (8, 7), strict=True)
    return {
        f"building-blocks-camunda-{number}.bpmn": f"{head}{respelled(text, prefix)}\n" for prefix, number in numbers
    }


if __name__ == "__main__":
    for name, text in files().items():
        (ROOT / "bpmn" / name).write_text(text)

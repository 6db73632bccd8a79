"""How it is decided in the end: the shipped diagram hears both sides and may meet them; here without one, or both."""

from lxml import etree

from engine.pathway.bpmn import BPMN, DI
from engine.pathway.starter.description import Final
from engine.pathway.starter.nodes import DDI, PROPERTY, SOURCE, TARGET, remove
from engine.pathway.starter.surroundings import FINAL

HEARING = frozenset({f"{FINAL}_Hear", f"{FINAL}_HearOver"})
MEETING = frozenset({f"{FINAL}_Consider", f"{FINAL}_MeetingWanted", f"{FINAL}_Meeting"})
CONSIDER, DECIDE = f"{FINAL}_Consider", f"{FINAL}_Decide"
ARRIVES = {CONSIDER: (2037, 1476), DECIDE: (2419, 1476)}
"""The last point of a line that leads to one of them, in the shipped diagram."""


def simplify(root: etree._Element, final: Final) -> None:
    """Take out what is not done before the decision; what led there leads on to what comes next."""
    gone = (frozenset() if final.hears else HEARING) | (frozenset() if final.meets else MEETING)
    if not gone:
        return
    after = CONSIDER if final.meets else DECIDE
    lines = {str(line.get("bpmnElement")): line for line in root.iter(f"{DI}BPMNEdge")}
    for flow in list(root.iter(f"{BPMN}sequenceFlow")):
        source, target = str(flow.get(SOURCE)), str(flow.get(TARGET))
        if source in gone:
            remove(flow)
        elif target in gone:
            _lead_on(flow, lines[str(flow.get("id"))], f"{source}_to_{after}", after)
    for node in [each for each in root.iter() if each.get("id") in gone]:
        remove(node)
    for told in [each for each in root.iter(PROPERTY) if each.get("name") == "shows" and not final.hears]:
        remove(told)


def _lead_on(flow: etree._Element, line: etree._Element, key: str, after: str) -> None:
    flow.set(TARGET, after)
    flow.set("id", key)
    line.set("bpmnElement", key)
    line.set("id", f"{key}_di")
    remove(line.findall(f"{DDI}waypoint")[-1])
    x, y = ARRIVES[after]
    etree.SubElement(line, f"{DDI}waypoint", {"x": str(x), "y": str(y)})

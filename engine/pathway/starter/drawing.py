"""A diagram made from a description: stages copied from those of a shipped one, laid out as a staircase."""

import re
import tomllib
from pathlib import Path

from lxml import etree

from engine.pathway.bpmn import BPMN, DC, DI
from engine.pathway.starter import surroundings
from engine.pathway.starter.deciding import simplify
from engine.pathway.starter.description import Description
from engine.pathway.starter.nodes import (
    DDI,
    PROPERTIES,
    PROPERTY,
    SOURCE,
    TARGET,
    bounds,
    first,
    flows_of,
    move,
    remove,
)
from engine.pathway.starter.patterns import ANY, LAST, LEFT, LOWEST, TOP, Placed, placed
from engine.pathway.starter.stages import StageCopy

WITHDRAWN, RESOLVED, PERSISTS = 289, 2789, 2092
"""The columns in which lines go up to an end, and down to the question whether concerns persist."""
ONTO_RESOLVED, ONTO_WITHDRAWN = (192, 228), (649, 685)
"""Where lines reach the two ends in the shipped diagram: from above, and from below."""
ASKED, BEGUN = 1278, 213
"""The height of the question whether concerns persist, and of what comes before the first stage."""
EDGE, EVENT = 5, 36
"""How far from a lane's edge lines go, and how big an event is."""
OUT, AGREED, OVER, PAST = 30, 28, 212, 44
"""How far right in a stage a withdrawal stands, how far down what resolves it, how far right and below it its end."""
OF_STAGES = re.compile(r"Stage[1-4](_|$)")
FIRST_LANES = ("practitioners", "safeguarding_leads")
"""The lanes of the shipped diagram in which there is more than a stage, beside that of its last."""
SECOND, THIRD = 520, 732
"""Where two more lanes of it begin: those of its second and third stage."""
DEEP = 427
"""How high the lane for any time is."""


def drawn(frame: bytes, given: Description, process: str) -> bytes:
    """The diagram of a description; what surrounds its stages is the shipped diagram's, the frame."""
    return _Sheet(etree.fromstring(frame), given).made(process)


class _Sheet:
    """The shipped diagram while it becomes the new one."""

    def __init__(self, root: etree._Element, given: Description) -> None:
        surroundings.renumber(root)
        simplify(root, given.final)
        self.root, self.given = root, given
        self.process, self.plane = first(root, f"{BPMN}process"), first(root, f"{DI}BPMNPlane")
        self.stages = placed(given.stage)
        self.nodes = {str(node.get("id")): node for node in self.process if node.get("id")}
        self.drawn = {str(each.get("bpmnElement")): each for each in self.plane}

    def made(self, process: str) -> bytes:
        """Copy the stages, take out those that were copied, move the rest, and join the two."""
        words = tomllib.loads(Path(__file__).with_name("frame.toml").read_text("utf-8"))
        tiers = tuple(stage.tier for stage in self.given.stage)
        copies = [StageCopy(to, tiers, self.given.reference, words["stage"]) for to in self.stages]
        nodes = [node for copy in copies for node in copy.nodes(self.nodes)]
        shapes = [shape for copy in copies for shape in copy.shapes(self.nodes, self.drawn)]
        self._take_out_and_move()
        surroundings.speak(self.root, self.given, words)
        self.process.extend(nodes)
        self.plane.extend(shapes)
        self._join()
        self._lay_lanes()
        self._put_in_order()
        surroundings.tidy(self.root)
        surroundings.name(self.root, self.given, process)
        etree.indent(self.root, "  ")
        return etree.tostring(self.root, xml_declaration=True, encoding="UTF-8")

    def _take_out_and_move(self) -> None:
        """Take the shipped stages out, and move the rest to where it stands now."""
        for key, node in self.nodes.items():
            if any(OF_STAGES.match(str(end)) for end in (key, node.get(SOURCE, ""), node.get(TARGET, ""))):
                self.process.remove(node)
        there = {str(node.get("id")) for node in self.process.iter() if node.get("id")}
        for key, shape in self.drawn.items():
            if key in there:
                move(shape, lambda x: x, self._lower)
            elif key != "Pool":
                self.plane.remove(shape)

    def _lower(self, y: float) -> float:
        """Where something of the shipped diagram stands now: what its lane has moved by."""
        if y < SECOND:
            return y
        if y < THIRD:
            return y + self.stages[1].top - SECOND
        if y < LOWEST:
            return min(y + self.stages[-1].top - LAST, self.stages[-1].bottom - EDGE)
        return y + self.stages[-1].bottom - LOWEST

    def _join(self) -> None:
        """Draw what leads from the surroundings to the first stage, and from each onward and out."""
        begins = self.stages[0]
        middle = begins.begins + begins.pattern.high // 2
        self._flow("Raised_Begun", begins.key, [(520, BEGUN), (542, BEGUN), (542, middle), (LEFT, middle)])
        for each, after in zip(self.stages, (*self.stages[1:], None), strict=True):
            low, across, is_first = each.bottom - EDGE, each.left + OUT, each is begins
            rises = int(self._lower(ONTO_WITHDRAWN[not is_first]))
            leaves = [(across, each.ends + EVENT // 2), (across, low), (WITHDRAWN, low), (WITHDRAWN, rises)]
            self._flow(f"{each.key}_Withdrawn", "Withdrawn_StageEnded", leaves)
            agreed = each.begins + AGREED
            up = [(each.right + EVENT // 2, agreed), (RESOLVED, agreed), (RESOLVED, ONTO_RESOLVED[not is_first])]
            self._flow(f"{each.key}_Resolved", "Resolved_StageEnded", up)
            self._onward(each, after)

    def _onward(self, each: Placed, after: Placed | None) -> None:
        """From a stage that is over to the next, or to the question whether concerns persist."""
        down, over = each.left + OVER, each.ends + PAST
        if after is not None:
            self._flow(f"{each.key}_Over", after.key, [(down, over), (down, after.begins)])
            return
        asked, low = int(self._lower(ASKED)), each.bottom - 2 * EDGE - 1
        way = [(down, over), (down, low), (PERSISTS, low), (PERSISTS, asked), (PERSISTS + 14, asked)]
        self._flow(f"{each.key}_Over", f"{surroundings.FINAL}_ConcernsPersist", way)

    def _flow(self, source: str, target: str, way: list[tuple[int, int]]) -> None:
        """A sequence flow and its line."""
        key = f"{source}_to_{target}"
        etree.SubElement(self.process, f"{BPMN}sequenceFlow", {"id": key, SOURCE: source, TARGET: target})
        line = etree.SubElement(self.plane, f"{DI}BPMNEdge", {"id": f"{key}_di", "bpmnElement": key})
        for x, y in way:
            etree.SubElement(line, f"{DDI}waypoint", {"x": str(x), "y": str(y)})

    def _lay_lanes(self) -> None:
        """A lane for each tier, from top to bottom, with what stands in it."""
        lanes = first(self.process, f"{BPMN}laneSet")
        there = {str(node.get("id")) for node in self.process}
        stays = {
            str(lane.get("id")).removeprefix("Tier_"): [
                str(ref.text) for ref in lane if ref.text in there and not OF_STAGES.match(str(ref.text))
            ]
            for lane in lanes
        }
        for old in [*lanes, *(each for each in self.plane if str(each.get("bpmnElement")).startswith("Tier_"))]:
            remove(old)
        for each in self.stages:
            refs = self._of_stage(each)
            refs += stays[FIRST_LANES[each.number - 1]] if each.number <= len(FIRST_LANES) else []
            refs += stays["delegated_partners"] if each is self.stages[-1] else []
            self._lane(lanes, (each.stage.tier, each.stage.called), (each.top, each.bottom), refs)
        final, bottom = self.given.final, self.stages[-1].bottom
        lowest = bottom + ANY - LOWEST
        self._lane(lanes, (final.tier, final.called), (bottom, lowest), stays["co_chairs"])
        self._lane(lanes, ("any", "At any time"), (lowest, lowest + DEEP), stays["any"])
        bounds(self.drawn["Pool"]).set("height", str(lowest + DEEP - TOP))

    def _of_stage(self, each: Placed) -> list[str]:
        """The ids of what stands in a stage's lane because of the stage."""
        nodes = (str(node.get("id")) for node in self.process if node.tag != f"{BPMN}sequenceFlow")
        return [key for key in nodes if key == each.key or key.startswith(f"{each.key}_")]

    def _lane(self, lanes: etree._Element, tier: tuple[str, str], within: tuple[int, int], refs: list[str]) -> None:
        key, called, (top, bottom) = f"Tier_{tier[0]}", tier[1], within
        lane = etree.SubElement(lanes, f"{BPMN}lane", {"id": key, "name": called})
        around = etree.SubElement(etree.SubElement(lane, f"{BPMN}extensionElements"), PROPERTIES)
        etree.SubElement(around, PROPERTY, {"name": "tier", "value": tier[0]})
        for ref in refs:
            etree.SubElement(lane, f"{BPMN}flowNodeRef").text = ref
        shape = etree.Element(f"{DI}BPMNShape", {"id": f"{key}_di", "bpmnElement": key, "isHorizontal": "true"})
        pool = bounds(self.drawn["Pool"])
        left, wide = int(pool.get("x") or 0) + 30, int(pool.get("width") or 0) - 30
        at = {"x": str(left), "y": str(top), "width": str(wide), "height": str(bottom - top)}
        etree.SubElement(shape, f"{DC}Bounds", at)
        self.plane.insert(1, shape)

    def _put_in_order(self) -> None:
        """Nodes before flows, each with what comes and what goes, as editors save it."""
        before = (f"{BPMN}documentation", f"{BPMN}extensionElements")
        ways = ((f"{BPMN}incoming", TARGET), (f"{BPMN}outgoing", SOURCE))
        for box in [self.process, *self.process.iter(f"{BPMN}subProcess")]:
            flows = flows_of(box)
            box.extend(flows)  # moves them to the end
            for node in [each for each in box if each not in flows]:
                for old in [each for each in node if each.tag in {tag for tag, _ in ways}]:
                    node.remove(old)
                found = [(tag, flow) for tag, end in ways for flow in flows if flow.get(end) == node.get("id")]
                for at, (tag, flow) in enumerate(found, sum(each.tag in before for each in node)):
                    node.insert(at, etree.Element(tag))
                    node[at].text = flow.get("id")

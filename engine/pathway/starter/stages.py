"""A stage of a new diagram: the copy of one of the shipped diagram's, that says what the description says of it."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from lxml import etree

from engine.pathway.bpmn import BPMN
from engine.pathway.starter.description import EACH_REVIEWS
from engine.pathway.starter.nodes import (
    PROPERTY,
    SOURCE,
    TARGET,
    Nodes,
    bounds,
    element_of,
    mapped,
    move,
    remove,
)
from engine.pathway.starter.patterns import Placed

FIRST_PART = ("TakeToLead", "LeadsGoOn", "First", "Fork", "Join", "Escalate")
"""What in the ids of a pattern stands for what is done before the talk."""
DEADLINES = {"Stage2": "2 working days", "Stage4": "4 working days"}
OWN_LIMITS = {"Stage2": "1 working day, set locally", "Stage4": "2 working days"}
SIDES = {"EscalateRaising": "raising", "EscalateReceiving": "receiving"}


class StageCopy:
    """One stage, copied from the shipped diagram; `tiers` are those of all stages, `words` what is said of it."""

    def __init__(self, to: Placed, tiers: tuple[str, ...], reference: str, words: Mapping[str, Any]) -> None:
        self.to, self.stage, self.pattern = to, to.stage, to.pattern
        self.tiers, self.reference, self.words = tiers, reference, words
        self.before = to.stage.before_limit or to.stage.limit
        self.last = to.number == len(tiers)

    def nodes(self, known: Nodes) -> Iterator[etree._Element]:
        """The stage, what stands on its edge and comes next to it, and the flows between them."""
        for node in [known[key] for key in known if self._concerns(key, known[key])]:
            copy = deepcopy(node)
            self._thin(copy)
            self._rewrite(copy)
            yield copy

    def shapes(self, known: Nodes, drawn: Nodes) -> Iterator[etree._Element]:
        """Their shapes and lines, where the new stage stands."""
        stage = self.pattern.stage
        inner = {str(each.get("id")) for each in known[stage].iter() if each.get("id")} - {stage}
        for key in (*(key for key in known if self._concerns(key, known[key])), *sorted(inner)):
            if key in drawn and not self.pattern.leaves_out(key):
                yield self._shape(key, drawn[key], closer=key in inner or key == f"{stage}_Resolved")

    def _concerns(self, key: str, node: etree._Element) -> bool:
        stage = self.pattern.stage
        ends = (str(node.get(SOURCE, "")), str(node.get(TARGET, "")))
        beside = key in {stage, f"{stage}_Reminded", f"{stage}_Over"} or node.get("attachedToRef") == stage
        return beside or all(end.startswith(stage) for end in ends)

    def _thin(self, copy: etree._Element) -> None:
        """Take out what is not copied; what led there leads to what comes next."""
        for node in list(copy):
            if self.pattern.leaves_out(str(node.get("id"))):
                copy.remove(node)
            elif node.get(TARGET) in self.pattern.without:
                node.set(TARGET, self.pattern.instead)
                node.set("id", f"{node.get(SOURCE)}_to_{self.pattern.instead}")
        if self.stage.before == EACH_REVIEWS:  # whoever acts there reads: no tier of their own
            for node in [each for each in copy.iter(PROPERTY) if each.get("name") == "tier"]:
                remove(node)

    def _shape(self, key: str, known: etree._Element, *, closer: bool) -> etree._Element:
        pattern, to, shape = self.pattern, self.to, deepcopy(known)
        dx, dy = to.left - pattern.left, to.begins - pattern.top
        near = pattern.closer if closer else 0
        move(shape, lambda x: x + dx - (near if x > pattern.cut else 0), lambda y: y + dy)
        if key == pattern.stage:
            bounds(shape).set("width", str(pattern.wide - pattern.closer))
        shape.set("bpmnElement", to.renamed(key))
        shape.set("id", f"{to.renamed(key)}_di")
        return shape

    def _rewrite(self, copy: etree._Element) -> None:
        """Say of everything in it what the description says."""
        names = self._names()
        for node in copy.iter():
            name = node.get("name")
            for attribute, value in node.attrib.items():
                if attribute != "name":
                    node.set(attribute, str(value).replace(self.pattern.stage, self.to.key))
            of = element_of(node).removeprefix(self.to.key).removeprefix("_")
            if name in names:
                node.set("name", names[name])
            if node.tag == PROPERTY:
                self._property(node, of)
            elif node.tag == f"{BPMN}documentation":
                node.text = self._told(str(node.text), of)
            elif node.tag == f"{BPMN}timeDate" and "reminder" not in str(node.text):
                node.text = f"deadline({self._limit(of)})"
            elif of in SIDES and node.get("id"):
                does = "Review case file" if self.stage.before == EACH_REVIEWS else "Take it up"
                node.set("name", f"{does} ({SIDES[of]} side)")
        if copy.get("id") == self.to.key:
            copy.set("name", f"Stage {self.to.number}: {self.stage.title}")

    def _is_first(self, of: str) -> bool:
        return any(part in of for part in FIRST_PART)

    def _limit(self, of: str) -> str:
        """The arguments of a timer: what ends the first part is counted from the stage's beginning."""
        return f'{self.before.said}, from: "stage"' if self._is_first(of) else self.stage.limit.said

    def _names(self) -> dict[str, str]:
        """What the pattern calls something, and what the new stage does."""
        old, reviews = self.pattern.stage, self.stage.before == EACH_REVIEWS
        return {
            OWN_LIMITS[old]: self.before.words,
            DEADLINES[old]: self.stage.limit.words,
            "Take it to own lead or manager": "Take it up in own agency",
            "Leads try to resolve it": "Talk, and try to resolve it",
            "Meet for a final resolution": "Talk, and try to resolve it",
            "Each takes it to their partner": "Each reads" if reviews else "Each takes it up",
            "Taken up": "Read" if reviews else "Taken up",
            f"Stage {old.removeprefix('Stage')} over": f"Stage {self.to.number} over",
        }

    def _property(self, node: etree._Element, of: str) -> None:
        """A property as the description has it."""
        number, is_first = self.to.number, self._is_first(of)
        limit = self.before if is_first else self.stage.limit
        said = {"stage": str(number), "due": f'due({limit.said}, from: "stage")'}
        if is_first:
            said["form"] = "review-case-file" if self.stage.before == EACH_REVIEWS else "take-up"
        if number > 1:
            said["tier"] = self.tiers[number - 2]
        name, value = str(node.get("name")), str(node.get("value"))
        if name == "duties":
            said["duties"] = mapped(value, self._duties(is_first=is_first))
        node.set("value", said.get(name, value))

    def _duties(self, *, is_first: bool) -> dict[str, str]:
        """The pattern's duties, each with the new register's that stands in its place."""
        number = self.to.number
        talk, before, onward = (f"{self.reference}-{row}" for row in (f"{number}.1", f"{number}.2", f"{number + 1}.1"))
        return {
            "BIR-2.1": before if is_first else talk, "BIR-4.1": before, "BIR-4.2": before if is_first else talk,
            "BIR-3.1": onward, "BIR-5.1": onward, "BIR-2.3": "", "BIR-4.3": "", "T13": "", "E4": "",
        }  # fmt: skip

    def _told(self, text: str, of: str) -> str:
        """What is said of something: in words of its own, or the pattern's with the stage's number."""
        number = self.to.number
        following = "the question whether concerns persist" if self.last else f"stage {number + 1}"
        if of in self.words:
            told = {"limit": self.stage.limit.words, "before": self.before.words, "next": following, "number": number}
            return str(self.words[of]).format(**told)
        return text.replace(f"stage {self.pattern.stage.removeprefix('Stage')}", f"stage {number}")

"""A diagram's file under the pencil: what edits find in it, take out and put in. Knows no edit."""

import random
from collections.abc import Callable
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


def element(tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    """A new element of BPMN."""
    made = etree.Element(f"{{{BPMN}}}{tag}", attributes)
    made.text = text
    return made


def local_name(name: str) -> str:
    """An attribute's name without its namespace."""
    return name.rpartition("}")[2]

"""What is asked of, and done to, the nodes of a diagram's XML."""

from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from engine.pathway.bpmn import BPMN, DC, SPIFF

DDI = "{http://www.omg.org/spec/DD/20100524/DI}"
PROPERTY, PROPERTIES = f"{SPIFF}property", f"{SPIFF}properties"
SOURCE, TARGET = "sourceRef", "targetRef"
Nodes = Mapping[str, etree._Element]  # noqa: SLF001 - lxml has no other name for it


def first(root: etree._Element, tag: str) -> etree._Element:
    """The first of these."""
    return next(root.iter(tag))


def bounds(shape: etree._Element) -> etree._Element:
    """Where a shape is."""
    return first(shape, f"{DC}Bounds")


def elements(root: etree._Element) -> Iterator[etree._Element]:
    """Every node but comments."""
    return (node for node in root.iter() if isinstance(node.tag, str))


def element_of(node: etree._Element) -> str:
    """The id of the element of the diagram that something belongs to."""
    at: etree._Element | None = node
    while at is not None and (not at.get("id") or str(at.tag).endswith("EventDefinition")):
        at = at.getparent()
    return str(at.get("id")) if at is not None else ""


def move(shape: etree._Element, across: Callable[[float], float], down: Callable[[float], float]) -> None:
    """Move a shape with its label, or a line."""
    for at in (*shape.iter(f"{DC}Bounds"), *shape.iter(f"{DDI}waypoint")):
        at.set("x", f"{across(float(at.get('x') or 0)):.0f}")
        at.set("y", f"{down(float(at.get('y') or 0)):.0f}")


def remove(node: etree._Element) -> None:
    """Take a node out of where it is."""
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def mapped(listed: str, known: Mapping[str, str], mark: str = ", ") -> str:
    """A list with some of it called otherwise, or left out; each once."""
    names = (name.strip() for name in listed.split(","))
    return mark.join(dict.fromkeys(part for name in names for part in known.get(name, name).split(",") if part))


def flows_of(box: etree._Element) -> list[etree._Element]:
    """The sequence flows of a process or subprocess."""
    return [each for each in box if each.tag == f"{BPMN}sequenceFlow"]

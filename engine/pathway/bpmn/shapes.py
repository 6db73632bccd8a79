"""Where each element is drawn: BPMN's diagram interchange, read into plain values. Knows no process."""

import math
from collections.abc import Mapping

from lxml import etree

from engine.pathway.bpmn.xml import DC, DI
from engine.pathway.diagram import Shape

DD = "{http://www.omg.org/spec/DD/20100524/DI}"


Line = tuple[tuple[float, ...], ...]


def shapes_of(root: etree._Element) -> tuple[Mapping[str, Shape], Mapping[str, Line]]:
    """Each shape and line by what it draws; one that has no readable place is none."""
    shapes, edges = {}, {}
    for shape in root.iter(f"{DI}BPMNShape"):
        bounds = shape.find(f"{DC}Bounds")
        places = _numbers(bounds, "x", "y", "width", "height") if bounds is not None else None
        if places is not None and places[2] > 0 and places[3] > 0:
            left, top, width, height = places
            expanded = shape.get("isExpanded", "true").strip() in {"true", "1"}
            shapes[_drawn(shape)] = Shape(
                left=left, top=top, right=left + width, bottom=top + height, expanded=expanded
            )
    for edge in root.iter(f"{DI}BPMNEdge"):
        found = [_numbers(point, "x", "y") for point in edge.findall(f"{DD}waypoint")]
        points = tuple(point for point in found if point is not None)
        if 1 < len(points) == len(found):
            edges[_drawn(edge)] = points
    return shapes, edges


def _drawn(node: etree._Element) -> str:
    return (node.get("bpmnElement") or "").strip().rpartition(":")[2]


def _numbers(node: etree._Element, *names: str) -> tuple[float, ...] | None:
    try:
        found = tuple(float(node.get(name) or "") for name in names)
    except ValueError:
        return None
    return found if all(map(math.isfinite, found)) else None

"""The ends to which each task of a diagram may lead. Knows no dispute."""

from collections.abc import Mapping, Sequence

from engine.pathway.diagram import Diagram, Element

STAGE = "a stage"
"""Stands among the ends ahead where a stage may begin."""


def ends_ahead(diagram: Diagram) -> Mapping[str, frozenset[str]]:
    """The ends to which each user task of a diagram may lead, and whether a stage may begin on the way."""
    out = {source: [flow.target for flow in flows] for source, flows in diagram.outgoing.items()}
    for element in diagram.elements.values():
        if element.attached_to is not None:
            out.setdefault(element.attached_to, []).append(element.id)
    return {e.id: _reached(diagram, out, e.id) for e in diagram.elements.values() if e.kind == "userTask"}


def _reached(diagram: Diagram, out: Mapping[str, Sequence[str]], start: str) -> frozenset[str]:
    found, seen, waiting = set[str](), {start}, [start]
    while waiting:
        here = diagram.elements[waiting.pop()]
        if here.id != start and "stage" in here.properties:
            found.add(STAGE)
            continue
        if how := here.properties.get("end"):
            found.add(how)
        following = [*out.get(here.id, ()), *_around(diagram, here)]
        waiting += [each for each in following if each not in seen and each in diagram.elements]
        seen.update(following)
    return frozenset(found)


def _around(diagram: Diagram, element: Element) -> tuple[str, ...]:
    """What is around an end inside of something: it goes on from there."""
    around = diagram.elements.get(element.parent)
    inside = element.kind == "endEvent" and around is not None and not around.triggered
    return (element.parent,) if inside else ()

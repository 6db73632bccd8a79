"""The way of a token over a diagram: by which flows it came from one element to another. Knows no dispute."""

from collections.abc import Iterable

from engine.pathway.diagram import Diagram


def way(diagram: Diagram, source: str, element: str) -> tuple[str, ...] | None:
    """The flows from one element to another: none of them where it only moved in or out of what is around or under it.

    None where there is no such way. A boundary event is reached from what it stands on, and what a subprocess begins
    with by way of the subprocess.
    """
    if source == element:
        return ()
    if direct := diagram.flow_between.get((source, element)):
        return (direct,)
    here = diagram.elements.get(element)
    if here is None:
        return None
    if here.attached_to is not None:
        return () if _inside(diagram, source, here.attached_to) else None
    if here.parent in diagram.elements and not diagram.elements[here.parent].triggered and _begins(diagram, element):
        return () if source == here.parent else way(diagram, source, here.parent)
    return None


def came_from(diagram: Diagram, passed: Iterable[str], element: str) -> tuple[str | None, tuple[str, ...]]:
    """Where a token came from, of the elements passed, latest first, and by which flows; none where nothing leads."""
    for source in passed:
        flows = way(diagram, source, element)
        if flows is not None and source != element:
            return source, flows
    return None, ()


def _begins(diagram: Diagram, element: str) -> bool:
    """Whether nothing in its subprocess leads to an element, so that it is what the subprocess begins with."""
    return not any(flow.target == element for flow in diagram.flows)


def _inside(diagram: Diagram, element: str | None, around: str) -> bool:
    """Whether an element is, or stands within, another."""
    while element is not None and element in diagram.elements:
        if element == around:
            return True
        here = diagram.elements[element]
        element = here.attached_to or here.parent
    return False

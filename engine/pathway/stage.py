"""A stage of a protocol, as it is drawn: a subprocess with its number, its tier and its deadline. Knows no pathway."""

from dataclasses import dataclass

from engine.pathway.diagram import Diagram, Element
from engine.pathway.duties import arguments

ORDINARY = "ordinary"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A stage of the protocol: an expanded subprocess in one tier's lane, with its deadline (T9).

    `route` is a condition: the disputes that come by it. Empty where all do.
    """

    id: str
    number: str
    title: str
    tier: str
    kind: str
    deadline: str
    working_days: int | None
    hours: int | None
    cumulative: int | None
    route: str = ""

    @property
    def weight(self) -> float:
        """The stage's duration in working days, for sharing out a protective timescale (T10)."""
        return float(self.working_days or (self.hours or 24) / 24)


def stage_of(element: Element, diagram: Diagram) -> Stage:
    """The stage that an element with a number is."""
    edge = ((e.id, arguments(e.timer, "deadline")) for e in diagram.elements.values() if e.attached_to == element.id)
    timer, limits = next(((timer, given) for timer, given in edge if given is not None), ("", {}))

    def whole(name: str) -> int | None:
        value = limits.get(name)
        return None if value is None else int(value)

    return Stage(
        id=element.id,
        number=element.properties["stage"],
        title=element.name,
        tier=element.tier or "",
        kind=element.properties.get("kind", ORDINARY),
        deadline=timer,
        working_days=whole("working_days"),
        hours=whole("hours"),
        cumulative=whole("cumulative"),
        route=element.properties.get("route", ""),
    )

"""The elements of a BPMN diagram as they stand in its file, read safely; knows nothing of running it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A clause that an element answers to, e.g. BIR-3.2; `local` marks what the protocol leaves open."""

    id: str
    local: bool = False


@dataclass(frozen=True, kw_only=True)
class Element:
    """A flow node of the diagram.

    `payload` is what its signal carries, by the name of `variable`. Of the ways on from an element, that to the lowest
    `place` comes first, whatever it is drawn like.
    """

    id: str
    kind: str
    name: str
    words: str
    clauses: tuple[Clause, ...]
    properties: Mapping[str, str]
    parent: str
    tier: str | None
    attached_to: str | None
    interrupting: bool
    timer: str | None
    signal: str | None
    message: str | None
    definitions: tuple[str, ...]
    triggered: bool
    repeated: bool
    cardinality: str | None
    sequential: bool
    default: str | None
    payload: str | None
    variable: str | None
    place: float

    @property
    def local(self) -> bool:
        """Whether any of it is set locally rather than by the protocol."""
        return any(clause.local for clause in self.clauses)

    @property
    def reminds(self) -> bool:
        """Whether it is a timer that reminds of a stage's deadline, and is none itself (E3)."""
        return (self.timer or "").replace(" ", "") == "reminder()"

    @property
    def shows(self) -> tuple[str, ...]:
        """What stands on this task's page, side by side (BRO-4.4): see `Diagram.shown_on`."""
        return tuple(named(self.properties.get("shows", "")))


def named(text: str) -> list[str]:
    """The names in a property that lists some, parted by commas."""
    return [name.strip() for name in text.split(",") if name.strip()]


@dataclass(frozen=True, kw_only=True)
class Flow:
    """A sequence flow."""

    id: str
    name: str
    source: str
    target: str
    condition: str | None


@dataclass(frozen=True, kw_only=True)
class Tier:
    """A level of management: a lane of the diagram."""

    key: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Lane:
    """A lane as it is drawn: its tier, and the ids of what stands in it."""

    id: str
    tier: str
    holds: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Pool:
    """A pool, its name, and the process in it."""

    id: str
    process: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Where something is drawn, and whether what is in it is shown."""

    left: float
    top: float
    right: float
    bottom: float
    expanded: bool


@dataclass(frozen=True, kw_only=True)
class Diagram:
    """The elements and flows of one process, its lanes from top to bottom, and where all of it is drawn.

    `edges` are the points of each line, by the id of what it draws. Reader 1 reads no lanes, pools, shapes or edges.
    """

    process: str
    title: str
    elements: Mapping[str, Element]
    flows: tuple[Flow, ...]
    tiers: tuple[Tier, ...]
    expressions: tuple[str, ...]
    lanes: tuple[Lane, ...] = ()
    pools: tuple[Pool, ...] = ()
    shapes: Mapping[str, Shape] = field(default_factory=dict)
    edges: Mapping[str, tuple[tuple[float, ...], ...]] = field(default_factory=dict)

    @cached_property
    def flow_between(self) -> Mapping[tuple[str, str], str]:
        """The id of the flow that joins two elements."""
        return {(flow.source, flow.target): flow.id for flow in self.flows}

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[Flow, ...]]:
        """The flows out of each element, in the order of the file."""
        found: dict[str, list[Flow]] = {}
        for flow in self.flows:
            found.setdefault(flow.source, []).append(flow)
        return {source: tuple(flows) for source, flows in found.items()}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each element in the diagram's file: what decides where nothing else does."""
        return {identity: place for place, identity in enumerate(self.elements)}

    @cached_property
    def branches(self) -> Mapping[str, str | None]:
        """The event subprocess that each element stands in; none for what is of the main flow."""
        return {identity: self._branch(identity) for identity in self.elements}

    def shown_on(self, element: Element) -> tuple[Element, ...]:
        """The user tasks whose answers stand on another's page: what they are shown as is named there, or their id."""
        tasks = [e for e in self.elements.values() if e.kind == "userTask"]
        return tuple(e for name in element.shows for e in tasks if name in {e.id, e.properties.get("shown_as")})

    def _branch(self, identity: str | None) -> str | None:
        while identity is not None and identity in self.elements:
            here = self.elements[identity]
            if here.triggered:
                return here.id
            identity = here.attached_to or here.parent
        return None

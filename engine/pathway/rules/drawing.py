"""A drawing under examination: its elements, flows and shapes side by side, and what is found. Knows no rule."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.bounds import shortened
from engine.pathway.definition import Pathway
from engine.pathway.diagram import Element, Flow
from engine.pathway.finding import PUBLICATION, USE, Finding
from engine.pathway.stage import ORDINARY

__all__ = ["PUBLICATION", "USE", "Drawing", "Finding", "called"]


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A pathway with what the rules ask of its diagram again and again."""

    pathway: Pathway

    @property
    def elements(self) -> Mapping[str, Element]:
        """The flow nodes by id."""
        return self.pathway.diagram.elements

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[Flow, ...]]:
        """The flows out of each element."""
        return self._grouped([(flow.source, flow) for flow in self.pathway.diagram.flows])

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Flow, ...]]:
        """The flows into each element."""
        return self._grouped([(flow.target, flow) for flow in self.pathway.diagram.flows])

    def _grouped(self, pairs: Iterable[tuple[str, Flow]]) -> Mapping[str, tuple[Flow, ...]]:
        found: dict[str, tuple[Flow, ...]] = dict.fromkeys(self.elements, ())
        for identity, flow in pairs:
            found[identity] = (*found[identity], flow)
        return found

    @cached_property
    def stages(self) -> tuple[Element, ...]:
        """The stages, however badly drawn."""
        return tuple(element for element in self.elements.values() if "stage" in element.properties)

    @cached_property
    def stage_ids(self) -> frozenset[str]:
        """The ids of the stages."""
        return frozenset(stage.id for stage in self.stages)

    @cached_property
    def scopes(self) -> tuple[str, ...]:
        """The process and every subprocess that is drawn out."""
        inside = [element.id for element in self.elements.values() if element.kind == "subProcess"]
        return (self.pathway.diagram.process, *inside)

    @cached_property
    def event_subprocesses(self) -> Mapping[str, tuple[Element, ...]]:
        """The event subprocesses of the process itself, and their start events."""
        return {
            element.id: tuple(self.starts(element.id))
            for element in self.elements.values()
            if element.triggered and element.parent == self.pathway.diagram.process
        }

    @cached_property
    def edges(self) -> Mapping[str, tuple[Element, ...]]:
        """The boundary events of each element that has some."""
        found: dict[str, tuple[Element, ...]] = {}
        for element in self.elements.values():
            if element.attached_to:
                found[element.attached_to] = (*found.get(element.attached_to, ()), element)
        return found

    @cached_property
    def roles_named(self) -> frozenset[str]:
        """The roles that the decision tables answer with."""
        rows = [row.outputs for table in self.pathway.tables.values() for row in table.rows]
        given = [str(outputs["role"]) for outputs in rows if "role" in outputs]
        return frozenset(role.strip() for names in given for role in names.split(","))

    @cached_property
    def missing_forms(self) -> Mapping[str, tuple[Element, ...]]:
        """The forms that elements name and that are not there, with who names them."""
        found: dict[str, tuple[Element, ...]] = {}
        for element in self.elements.values():
            if (name := element.properties.get("form")) is not None and name not in self.pathway.forms:
                found[name] = (*found.get(name, ()), element)
        return found

    def is_ordinary(self, stage: Element) -> bool:
        """Whether a stage is one that the timer alone leads to and from."""
        return stage.properties.get("kind", ORDINARY) == ORDINARY

    def starts(self, scope: str) -> Iterator[Element]:
        """Give the start events of the process or of a subprocess."""
        return (e for e in self.elements.values() if e.parent == scope and e.kind == "startEvent")

    def edge(self, host: str) -> tuple[Element, ...]:
        """Give the boundary events of an element."""
        return self.edges.get(host, ())

    def throws(self, identity: str, signal: str) -> bool:
        """Whether an element sends that signal."""
        element = self.elements[identity]
        return element.signal == signal and element.kind in {"intermediateThrowEvent", "endEvent"}

    def reach(
        self, seeds: Iterable[str], *, beyond: frozenset[str] = frozenset(), only_interrupting: bool = False
    ) -> set[str]:
        """Every element on some way from the seeds, edges included; nothing behind an element of `beyond`."""
        waiting, found = list(seeds), set[str]()
        while waiting:
            here = waiting.pop()
            if here in found:
                continue
            found.add(here)
            if here in beyond:
                continue
            waiting += [flow.target for flow in self.outgoing[here]]
            waiting += [event.id for event in self.edge(here) if event.interrupting or not only_interrupting]
        return found

    def leading_to(self, ends: Iterable[str]) -> set[str]:
        """Give every element from which some way leads to one of the ends."""
        waiting, found = list(ends), set[str]()
        while waiting:
            here = waiting.pop()
            if here not in found:
                found.add(here)
                waiting += [flow.source for flow in self.incoming[here]]
                host = self.elements[here].attached_to
                waiting += [host] if host and host in self.elements else []
        return found


def called(element: Element) -> str:
    """How to call an element in a message."""
    return f"{element.id} (“{shortened(element.name)}”)" if element.name else element.id

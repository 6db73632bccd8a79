"""The steps of a turn: what the token passed, and what that brought about. Knows no state."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.dispute import Entry, Kind
from engine.pathway import Element, Pathway, way

OF_A_STEP = {Kind.NOTICE_QUEUED, Kind.END_REACHED}


@dataclass(frozen=True, kw_only=True)
class Passing:
    """The token passed an element; `told` is what that brought about."""

    entry: Entry
    source: str | None
    element: str
    told: tuple[Entry, ...] = ()
    out: str = ""


class Passings:
    """The steps of one pathway's turns."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.elements = pathway.diagram.elements
        self.flow_names = {flow.id: flow.name for flow in pathway.diagram.flows}

    def of(self, effects: Sequence[Entry]) -> tuple[list[Passing], list[Entry]]:
        """The steps of a turn, each with what was told as it was passed, and the other effects in their order."""
        path = next((e for e in effects if e.kind == Kind.PATH_TAKEN), None)
        others = [e for e in effects if e is not path]
        if path is None:
            return [], others
        taken = [(source, element) for source, element in path.data.get("path", ()) if element in self.elements]
        opened = [e.element for e in others if e.kind == Kind.TASK_OPENED and e.element]
        steps = []
        for place, (source, element) in enumerate(taken):
            told: list[Entry] = []
            for entry in [e for e in others if e.kind in OF_A_STEP and e.element == element and e.seq > path.seq]:
                if all(t.kind != entry.kind for t in told):
                    told.append(entry)
                    others.remove(entry)
            if told or not self._silent(self.elements[element]):
                out = self._out(element, [*(passed for _, passed in taken[place + 1 :]), *opened])
                steps.append(Passing(entry=path, source=source, element=element, told=tuple(told), out=out))
        return steps, others

    def _silent(self, element: Element) -> bool:
        """What ends with an entry of its own needs no step: a stage and a referral that were gone through."""
        ended = element.kind == "subProcess"
        return ended and (self.pathway.stage(element.id) is not None or self.pathway.in_risk_branch(element.id))

    def _out(self, gateway: str, following: Sequence[str]) -> str:
        """The name of the flow on which the token left a gateway, where one is named."""
        if not self.elements[gateway].kind.endswith("Gateway"):
            return ""
        ways = (way(self.pathway.diagram, gateway, element) for element in following if element != gateway)
        return next((self.flow_names.get(flows[0], "") for flows in ways if flows), "")

    def begun(self, given: Entry, steps: list[Passing]) -> Passing | None:
        """The event of the diagram that an input without an element of its own is: a start or a way out of a stage."""
        if given.element is not None or not steps:
            return None
        kind = self.elements[steps[0].element].kind
        return steps[0] if kind in {"boundaryEvent", "startEvent"} and not steps[0].told else None

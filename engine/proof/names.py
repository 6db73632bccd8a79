"""Which answers may still be read from a place on, and which answers to try there. Runs no diagram."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

from engine import feel
from engine.forms import Field
from engine.pathway import Element, Pathway

MOST_ANSWERS = 64
KIND_NAMES = ("receiving_kind", "raising_kind")


@dataclass(frozen=True, kw_only=True)
class Fork:
    """A gateway whose ways are gone at the same time; for each, the names that it answers and that are read after."""

    element: str
    answered: tuple[frozenset[str], ...]


@dataclass(frozen=True, kw_only=True)
class Names:
    """The names that expressions of one pathway read, by where they are read."""

    pathway: Pathway

    @cached_property
    def always(self) -> frozenset[str]:
        """What signals carry, wherever they are thrown."""
        diagram = self.pathway.diagram
        flows = Counter(flow.condition for flow in diagram.flows if flow.condition)
        loops = Counter(e.cardinality.strip() for e in diagram.elements.values() if e.cardinality)
        return _read(Counter(diagram.expressions) - flows - loops)

    @cached_property
    def live(self) -> Mapping[str, frozenset[str]]:
        """For each element, the names that may be read after a token has come to it and before they are answered again.

        The least solution of: what it reads, and what is live where it leads, less what its own form answers.
        """
        found = dict.fromkeys(self.pathway.diagram.elements, self.always)
        growing = True
        while growing:
            growing = False
            for element in self.pathway.diagram.elements.values():
                now = self._before(element, found)
                growing |= now != found[element.id]
                found[element.id] = now
        return found

    def after(self, identity: str, live: Mapping[str, frozenset[str]] | None = None) -> frozenset[str]:
        """The names that may be read once an element is done."""
        elements, known = self.pathway.diagram.elements, self.live if live is None else live
        found = self.always.union(*(known[target] for target in self._targets.get(identity, ())))
        above = elements.get(elements[identity].parent)
        if elements[identity].kind == "endEvent" and above is not None and not above.triggered:
            found |= self.after(above.id, known)
        return found

    def _before(self, element: Element, live: Mapping[str, frozenset[str]]) -> frozenset[str]:
        elements = self.pathway.diagram.elements
        found = self.after(element.id, live) - self._surely_answered(element)
        found |= _read(f.condition for f in self.pathway.diagram.flows if f.source == element.id and f.condition)
        found |= _read([element.cardinality] if element.cardinality else [])
        for other in elements.values():
            begins = other.parent == element.id and other.kind == "startEvent"
            if begins or other.attached_to == element.id:
                found |= live[other.id]
        return found

    @cached_property
    def forks(self) -> tuple["Fork", ...]:
        """Where ways part that are gone at the same time."""
        return tuple(
            self._fork(element.id)
            for element in self.pathway.diagram.elements.values()
            if element.kind in {"parallelGateway", "inclusiveGateway"} and len(self._targets.get(element.id, ())) > 1
        )

    @cached_property
    def carried(self) -> frozenset[str]:
        """The names that a branch answers and that are read behind its join: what waits at a join is not open."""
        return frozenset(name for fork in self.forks for branch in fork.answered for name in branch)

    def _fork(self, identity: str) -> "Fork":
        reach = [self._reach(target, identity) for target in self._targets[identity]]
        common = set.intersection(*reach)
        read = frozenset[str]().union(*(self.live[element] for element in common))
        return Fork(element=identity, answered=tuple(self._answered(branch - common) & read for branch in reach))

    def _reach(self, seed: str, fork: str) -> set[str]:
        found, ahead = set[str](), [seed]
        while ahead:
            here = ahead.pop()
            if here not in found and here != fork:
                found.add(here)
                ahead += self._targets.get(here, ())
                elements = self.pathway.diagram.elements.values()
                ahead += [e.id for e in elements if here in (e.attached_to, e.parent)]
        return found

    def _answered(self, elements: Iterable[str]) -> frozenset[str]:
        forms = (self.pathway.form_of(element) for element in elements)
        return frozenset(name for form in forms if form for name in form.closed_names)

    @cached_property
    def _targets(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for flow in self.pathway.diagram.flows:
            found[flow.source] = (*found.get(flow.source, ()), flow.target)
        return found

    def _surely_answered(self, element: Element) -> frozenset[str]:
        """The names that its form never leaves as they were: an answer that is left out leaves the one before it."""
        form = self.pathway.form_of(element.id) if element.kind == "userTask" else None
        fields = form.inputs if form else ()
        return frozenset(f.key for f in fields if f.type == "checkbox" or (f.required and f.hide is None))

    def answers(self, identity: str, known: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Every combination of answers that expressions from there on tell apart.

        What is left unanswered is null, or what was answered to that name before: the engine writes no nulls.
        """
        return [
            {k: v for k, v in chosen.items() if v is not None or k not in known}
            for chosen in self._combinations(identity)
        ]

    def too_many(self, identity: str) -> bool:
        """Whether there are more combinations than are tried."""
        return prod(len(self._values(f)) for f in self._fields(identity)) > MOST_ANSWERS

    def starts(self) -> Iterator[dict[str, Any]]:
        """Every way of raising that the diagram tells apart: answers, kinds of agency, risk."""
        form, read = self.pathway.form_of(self.pathway.start.id), self.after(self.pathway.start.id) | self._beside
        fields = [f for f in (form.inputs if form else ()) if f.closed and f.key in read - set(KIND_NAMES)]
        values = {f.key: self._values(f) for f in fields} | {"risk": [False, True]}
        values |= {kind: self._constants(kind) for kind in KIND_NAMES if kind in self.pathway.names_read}
        for chosen in product(*values.values()):
            yield dict(zip(values, chosen, strict=True))

    @cached_property
    def _beside(self) -> frozenset[str]:
        """The names that gateways of event subprocesses read: what was answered as it was raised is known there too."""
        diagram = self.pathway.diagram
        return frozenset[str]().union(*(self.read_in(branch) for branch in {*diagram.branches.values()} - {None}))

    def read_in(self, branch: str | None) -> frozenset[str]:
        """The names that gateways of an event subprocess read."""
        diagram = self.pathway.diagram
        inside = (f for f in diagram.flows if f.condition and diagram.branches.get(f.source) == branch)
        return _read(flow.condition for flow in inside)

    def starts_for(self, branch: str) -> Iterator[dict[str, Any]]:
        """The ways of raising that gateways of an event subprocess tell apart; none where none do."""
        form, found = self.pathway.form_of(self.pathway.start.id), dict[str, dict[str, Any]]()
        asked = self.read_in(branch) & (form.closed_names if form else frozenset())
        for answers in self.starts() if asked else ():
            found.setdefault(repr([answers.get(name) for name in sorted(asked)]), answers)
        yield from found.values()

    def start_data(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """What a run starts with: all that its form could have answered, null where it did not."""
        form = self.pathway.form_of(self.pathway.start.id)
        own = {"children": 1, "risk": False} | dict.fromkeys(KIND_NAMES, "other")
        given = dict.fromkeys(form.closed_names if form else ()) | own | dict(answers)
        return {name: value for name, value in given.items() if name in self.pathway.names_read}

    def _fields(self, identity: str) -> list[Field]:
        form, read = self.pathway.form_of(identity), self.after(identity)
        return [f for f in form.inputs if f.closed and f.key in read] if form else []

    def _combinations(self, identity: str) -> Iterator[dict[str, Any]]:
        fields = self._fields(identity)
        for count, chosen in enumerate(product(*(self._values(f) for f in fields))):
            if count >= MOST_ANSWERS:
                return
            yield {f.key: value for f, value in zip(fields, chosen, strict=True)}

    def _values(self, field: Field) -> list[Any]:
        options: list[Any] = [option.value for option in field.options]
        if field.type == "checkbox":
            return [True, False]
        if field.type == "checklist":
            values = [*([option] for option in options), options, []]
        else:
            values = options or self._constants(field.key)
        return values if field.required and field.hide is None else [*values, None]

    def _constants(self, name: str) -> list[Any]:
        """The values that conditions compare a name with, and those beside them."""
        read = [feel.parse(text) for text in self.pathway.diagram.expressions]
        found = [c for parsed in read if name in parsed.names for c in parsed.constants]
        numbers = [n for n in found if n is not None and not isinstance(n, str | bool)]
        beside = [n + step for n in numbers for step in (-1, 0, 1)]
        texts = [c for c in found if isinstance(c, str)]
        return list(dict.fromkeys([*beside, *texts, *([] if numbers else ["other"])]))


def _read(texts: Iterable[str | None]) -> frozenset[str]:
    return frozenset(name for text in texts if text for name in feel.parse(text).names)

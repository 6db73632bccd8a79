"""The choices of a diagram: conditions, what they read and whether they exclude each other (D9). Runs no diagram."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations, product
from math import prod
from typing import Any

from engine import feel
from engine.bounds import MOST_COMPARED, first_of, shortened
from engine.feel import Expression, FeelError
from engine.pathway.definition import ENGINE_NAMES
from engine.pathway.diagram import Element, Flow
from engine.pathway.facts import FACTS
from engine.pathway.rules.answers_tried import enumerated, values_of
from engine.pathway.rules.drawing import Drawing, Finding, called

MOST_TIMES = 20  # as many as there are children in a dispute at the most
MOST_COMBINATIONS = 2_000
MOST_WAYS = 30


def gateways(drawing: Drawing) -> Iterator[Finding]:
    """D9: a gateway that chooses has one default flow, a condition on each other one, and never two that hold."""
    budget = _Budget()
    for element in drawing.elements.values():
        flows = drawing.outgoing[element.id]
        if element.kind in {"exclusiveGateway", "inclusiveGateway"}:
            yield from _default(drawing, element, flows)
            if element.kind == "exclusiveGateway":
                yield from _compared(drawing, element, flows, budget)
        elif element.kind == "parallelGateway":
            for flow in flows:
                if flow.condition is not None:
                    message = f"The flow {flow.id} out of the parallel gateway {element.id} has a condition. Remove it."
                    yield Finding(rule="D9", element=flow.id, message=message)


def _default(drawing: Drawing, gateway: Element, flows: Sequence[Flow]) -> Iterator[Finding]:
    default = gateway.default
    if len(flows) < 2:
        for flow in flows:
            if flow.condition is not None:
                message = f"{called(gateway)} has one way on only, with a condition: where it fails, nothing goes on."
                yield Finding(rule="D9", element=gateway.id, message=message)
        if len(flows) == len(drawing.incoming[gateway.id]) == 1 and flows[0].condition is None:
            message = f"{called(gateway)} has one way in and one way on: nothing to choose. Draw another, or remove it."
            yield Finding(rule="D9", element=gateway.id, message=message)
        return
    if default not in {flow.id for flow in flows}:
        plain = [flow.id for flow in flows if flow.condition is None]
        which = plain[0] if len(plain) == 1 else "one of its flows"
        message = f"{called(gateway)} has no default flow. Make {which} the default."
        yield Finding(rule="D9", element=gateway.id, message=message)
        default = plain[0] if len(plain) == 1 else default
    for flow in flows:
        if flow.id == default and flow.condition is not None:
            message = f"The default flow {flow.id} has a condition, which is never looked at. Remove it."
            yield Finding(rule="D9", element=flow.id, message=message)
        elif flow.id != default and flow.condition is None:
            message = (
                f"The flow {flow.id} out of {called(gateway)} has no condition. Write one, or make it the default."
            )
            yield Finding(rule="D9", element=flow.id, message=message)


def pairs(drawing: Drawing) -> Iterator[Finding]:
    """D9: no two flows join the same pair of elements."""
    seen: dict[tuple[str, str], str] = {}
    for flow in drawing.pathway.diagram.flows:
        first = seen.setdefault((flow.source, flow.target), flow.id)
        if first != flow.id or flow.source == flow.target:
            message = f"{flow.id} joins {flow.source} and {flow.target} a second time, or in a circle. Keep one flow."
            yield Finding(rule="D9", element=flow.id, message=message)


def expressions(drawing: Drawing) -> Iterator[Finding]:
    """Every condition, cardinality and payload can be read, and reads closed answers only."""
    yield from _unasked(drawing)
    for flow in drawing.pathway.diagram.flows:
        if flow.condition is not None:
            what = f"The condition of {_of_flow(flow)} (Condition, Condition expression)"
            yield from _expression(drawing, flow.id, what, flow.condition)
    for element in drawing.elements.values():
        yield from _repetition(drawing, element)
        if "route" in element.properties:
            what = f"The route of {called(element)} (Extension properties, route)"
            yield from _expression(drawing, element.id, what, element.properties["route"])
    carried = {element.payload: element for element in drawing.elements.values() if element.payload}
    for payload, element in carried.items():
        yield from _expression(drawing, element.id, f"What the signal of {called(element)} carries", payload)


def _of_flow(flow: Flow) -> str:
    return f"the flow {flow.id} (“{shortened(flow.name)}”)" if flow.name else f"the flow {flow.id}"


def _repetition(drawing: Drawing, element: Element) -> Iterator[Finding]:
    times = element.cardinality
    if element.repeated and not times:
        message = f"{called(element)} is repeated without a loop cardinality. Say how often, e.g. children."
        yield Finding(rule="D11", element=element.id, message=message)
    elif times and re.fullmatch(r"[-+\d.eE]+", times):
        if not (re.fullmatch(r"\d{1,2}", times) and 1 <= int(times) <= MOST_TIMES):
            message = f"{called(element)} is repeated {shortened(times)} times: at most {MOST_TIMES} are run."
            mend = "Say children, or a smaller number (Multi-instance, Loop cardinality)."
            yield Finding(rule="D11", element=element.id, message=f"{message} {mend}")
    elif times:
        what = f"The loop cardinality of {called(element)} (Multi-instance)"
        wrong = list(_expression(drawing, element.id, what, times))
        yield from wrong
        if not wrong and times != "children" and feel.parse(times).names <= drawing.pathway.closed_names:
            # What is no number, or too large a one, shows only when it is run.
            message = f"{called(element)} is repeated “{times}” times. Say children, or a number up to {MOST_TIMES}."
            yield Finding(rule="D11", element=element.id, message=message)


def _expression(drawing: Drawing, identity: str, what: str, text: str) -> Iterator[Finding]:
    try:
        expression = feel.parse(text)
    except FeelError as wrong:
        yield Finding(rule="expression", element=identity, message=f"{what}: {wrong}. Correct it.")
        return
    for function in sorted(expression.functions):
        message = f"{what} calls {function}(…), which is not to be had here. Use comparisons, and, or, not, in."
        yield Finding(rule="expression", element=identity, message=message)
    forms = drawing.pathway.forms.values()
    written = {name for form in forms for name in form.text_names}
    for name in sorted(expression.names - ENGINE_NAMES):
        if name in written:
            message = f"{what} reads “{name}”, which is free text that may be erased. Read a choice instead."
            yield Finding(rule="expression", element=identity, message=message)


def _unasked(drawing: Drawing) -> Iterator[Finding]:
    """What no form asks is one finding for each name, whatever reads it; where a form is missing, it may ask it."""
    if drawing.missing_forms:
        return
    written = {name for form in drawing.pathway.forms.values() for name in form.text_names}
    readers: dict[str, list[str]] = {}
    for identity, text in _texts(drawing):
        with suppress(FeelError):
            for name in feel.parse(text).names - ENGINE_NAMES - written - drawing.pathway.closed_names:
                readers.setdefault(name, []).append(identity)
    for name, found in sorted(readers.items()):
        read = f"{first_of(found)} {'read' if len(found) > 1 else 'reads'} “{shortened(name)}”"
        message = f"{read}, which no form of this pathway asks. Correct the name or add the field."
        yield Finding(rule="expression", element=found[0], message=message)


def facts(drawing: Drawing) -> Iterator[Finding]:
    """What Concord knows as a signal is heard is asked where the signal begins something, and nowhere else."""
    for flow in drawing.pathway.diagram.flows:
        if drawing.pathway.diagram.branches.get(flow.source) is not None or not flow.condition:
            continue
        with suppress(FeelError):
            for name in sorted(feel.parse(flow.condition).names & FACTS.keys()):
                message = (
                    f"{flow.id} reads “{name}”, which is known only as a signal is heard. Read it in the event "
                    "subprocess that the signal begins."
                )
                yield Finding(rule="expression", element=flow.id, message=message)


def _texts(drawing: Drawing) -> Iterator[tuple[str, str]]:
    """The expressions that read answers, each with the element or flow that it is of."""
    yield from ((flow.id, flow.condition) for flow in drawing.pathway.diagram.flows if flow.condition is not None)
    for element in drawing.elements.values():
        times = element.cardinality
        if times and not re.fullmatch(r"[-+\d.eE]+", times):
            yield element.id, times
        if element.payload:
            yield element.id, element.payload
        if "route" in element.properties:
            yield element.id, element.properties["route"]


@dataclass
class _Budget:
    """How much has been compared: what would take for ever is refused, once."""

    spent: int = 0

    def spend(self, size: int, *texts: str) -> None:
        self.spent += size * sum(map(len, texts))
        if size > MOST_COMBINATIONS or self.spent > MOST_COMPARED:
            raise _TooManyError


class _TooManyError(Exception):
    """The answers that conditions read together have more combinations than are compared."""


def _compared(drawing: Drawing, gateway: Element, flows: Sequence[Flow], budget: _Budget) -> Iterator[Finding]:
    if budget.spent > MOST_COMPARED:
        return  # told at the gateway before
    try:
        yield from _disjoint(drawing, gateway, flows, budget)
    except _TooManyError:
        message = (
            f"The conditions out of {called(gateway)} read more answers together than can be compared. Let each read "
            "fewer, or choose in two gateways, one after the other."
        )
        yield Finding(rule="D9", element=gateway.id, message=message)


def _disjoint(drawing: Drawing, gateway: Element, flows: Sequence[Flow], budget: _Budget) -> Iterator[Finding]:
    default = gateway.default
    if len(flows) > MOST_WAYS:
        message = f"{called(gateway)} has {len(flows)} ways on, more than the {MOST_WAYS} that are checked. Split it."
        yield Finding(rule="D9", element=gateway.id, message=message)
        return
    read = [(flow, parsed) for flow in flows if flow.id != default and (parsed := _parsed(drawing, flow))]
    constants = [constant for _, parsed in read for constant in parsed.constants]
    for flow, parsed in read:
        if all(enumerated(drawing, name) for name in parsed.names) and _never(drawing, parsed, constants, budget):
            message = f"The condition of {flow.id} can never be true. Compare with a value that the form offers."
            yield Finding(rule="expression", element=flow.id, message=message)
    for (one, first), (other, second) in combinations(read, 2):
        if (witness := _both(drawing, first, second, constants, budget)) is not None:
            where = " and ".join(f"{name} is {_words(value)}" for name, value in sorted(witness.items())) or "always"
            message = (
                f"{one.id} and {other.id} out of {called(gateway)} both hold ({where}). Make them exclude each other."
            )
            yield Finding(rule="D9", element=gateway.id, message=message)


def _parsed(drawing: Drawing, flow: Flow) -> Expression | None:
    if flow.condition is None:
        return None
    try:
        parsed = feel.parse(flow.condition)
    except FeelError:
        return None
    known = drawing.pathway.closed_names
    return parsed if parsed.names <= known and not parsed.functions else None


def _never(drawing: Drawing, parsed: Expression, constants: Sequence[Any], budget: _Budget) -> bool:
    return not any(_holds(parsed, values) for values in _combinations(drawing, constants, budget, parsed))


def _both(
    drawing: Drawing, first: Expression, second: Expression, constants: Sequence[Any], budget: _Budget
) -> Mapping[str, Any] | None:
    together = _combinations(drawing, constants, budget, first, second)
    return next((values for values in together if _holds(first, values) and _holds(second, values)), None)


def _holds(expression: Expression, values: Mapping[str, Any]) -> bool:
    try:
        return expression.holds(values)
    except FeelError:
        return False


def _combinations(
    drawing: Drawing, constants: Sequence[Any], budget: _Budget, *read: Expression
) -> Iterator[Mapping[str, Any]]:
    ordered = sorted({name for expression in read for name in expression.names})
    domains = [[*values_of(drawing, name, constants), None] for name in ordered]
    budget.spend(prod(map(len, domains)), *(expression.text for expression in read))
    return (dict(zip(ordered, values, strict=True)) for values in product(*domains))


def _words(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "unanswered" if value is None else ("yes" if value else "no")
    return f"“{value}”"

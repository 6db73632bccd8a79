"""Every end says truly what happened: it is come to by that, and by nothing else (E4b, E5, C1). Walks nothing."""

from collections.abc import Iterable, Iterator

from engine.dispute import PARTNERSHIP, RAISING, RECEIVING
from engine.pathway import WITHDRAWN, Element, Pathway

CATCHES = {"resolved": "resolved", "withdrawn": WITHDRAWN}
DECISION = "decision"
ASKED = {"not_pursued": ("persists", "countersigned")}


def misnamed(pathway: Pathway) -> Iterator[tuple[str, str]]:
    """The ends that are come to on a way without what they say, each with what is wrong."""
    elements = pathway.diagram.elements.values()
    for end in (e for e in elements if e.properties.get("end")):
        how = end.properties["end"]
        for without, what in _needed(pathway, how):
            if end.id in reachable(pathway, without):
                yield end.id, f"“{end.name}” ends it as “{how}” on a way without {what}."
    for signal, how in {v: k for k, v in CATCHES.items()}.items():
        heard = [e.id for e in elements if e.signal == signal and e.attached_to and e.interrupting]
        for end in (e for e in elements if e.properties.get("end")):
            if end.id in reachable(pathway, frozenset(), heard) and end.properties["end"] != how:
                yield end.id, f"After it was {how} it ends as “{end.properties['end']}”."


def _needed(pathway: Pathway, how: str) -> Iterator[tuple[frozenset[str], str]]:
    """The elements one of which every way to an end of that kind goes by, and what they are."""
    elements = pathway.diagram.elements.values()
    tasks = [e for e in elements if e.kind == "userTask"]
    if how in CATCHES:
        yield frozenset(e.id for e in elements if _hears(e, CATCHES[how])), f"its having been {how}"
    for name in ASKED.get(how, ()):
        yield frozenset(t.id for t in tasks if pathway.asks(t.id, name)), f"the answer “{name}”"
    if how == "decided":
        yield frozenset(t.id for t in tasks if _decides(pathway, t)), "the decision of whoever the register names"


def _decides(pathway: Pathway, task: Element) -> bool:
    """Whether a task records the decision of the partnership, or of the one side that the register names for it."""
    form, side = pathway.form_of(task.id), task.properties.get("side")
    if form is None or not any(field.key == DECISION for field in form.inputs):
        return False
    named = [duty.who for duty in pathway.duties_of(task.id) if DECISION in duty.records]
    return side == PARTNERSHIP or (side in {RAISING, RECEIVING} and (side,) in named)


def _hears(element: Element, signal: str) -> bool:
    return element.signal == signal and element.attached_to is not None


def reachable(pathway: Pathway, without: frozenset[str], seeds: Iterable[str] | None = None) -> set[str]:
    """What a token of the main flow can come to without these elements, in and out of what is drawn inside."""
    diagram = pathway.diagram
    ahead = [pathway.start.id] if seeds is None else list(seeds)
    found: set[str] = set()
    while ahead:
        here = ahead.pop()
        if here in found or here in without:
            continue
        found.add(here)
        if diagram.elements[here].kind != "subProcess":  # what is drawn out is left by an end of its own, or its edge
            ahead += [flow.target for flow in diagram.flows if flow.source == here]
        ahead += [e.id for e in diagram.elements.values() if e.attached_to == here]
        ahead += [e.id for e in diagram.elements.values() if e.parent == here and e.kind == "startEvent"]
        around = diagram.elements.get(diagram.elements[here].parent)
        if diagram.elements[here].kind == "endEvent" and around is not None and not around.triggered:
            ahead += [flow.target for flow in diagram.flows if flow.source == around.id]
    return found

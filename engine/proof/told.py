"""What Concord tells at once waits for nobody's task: neither the notice nor what begins its branch (BRO-2.2)."""

from collections.abc import Iterator

from engine.pathway import CONCORD, SENT, Duty, Element, Pathway
from engine.proof.ends import reachable

THROWS = frozenset({"intermediateThrowEvent", "endEvent"})


def told_late(pathway: Pathway) -> Iterator[tuple[str, str]]:
    """The notices of a duty of Concord's that is immediate, which wait for somebody all the same."""
    for duty in pathway.register.duties:
        if CONCORD not in duty.who or not _immediate(duty):
            continue
        for notice in (e for e in pathway.diagram.elements.values() if e.message and duty in pathway.duties_of(e.id)):
            if not _at_once(pathway, notice, frozenset()):
                yield (
                    notice.id,
                    f"“{notice.name}” waits for somebody's task, and {duty.id} says that it is told at once.",
                )


def _immediate(duty: Duty) -> bool:
    return any(limit.immediately for limit in (duty.limit, *duty.set_locally) if limit)


def _at_once(pathway: Pathway, element: Element, seen: frozenset[str]) -> bool:
    """Whether some way leads to it by itself as its stage begins, or as its branch does, which something begins so."""
    elements = pathway.diagram.elements
    branch, stage = pathway.diagram.branches.get(element.id), pathway.stage_of(element.id)
    scope = branch or (stage.id if stage else pathway.diagram.process)
    waits = frozenset(e.id for e in elements.values() if e.kind == "userTask" or e.attached_to)
    starts = [e.id for e in elements.values() if e.kind == "startEvent" and e.parent == scope]
    if element.id in seen or element.id not in reachable(pathway, waits, starts):
        return False
    signals = pathway.begun_by(element.id)
    thrown = [e for e in elements.values() if e.kind in THROWS and e.signal in signals]
    return not signals or bool(signals & SENT) or any(_at_once(pathway, e, seen | {element.id}) for e in thrown)

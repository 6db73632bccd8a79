"""What a frame says, and what kind of moment it is on the way of a dispute. Knows no state."""

from engine.dispute import ENDED, TOLD, About, Entry, Kind, meaning_of
from engine.pathway import Element, Pathway
from engine.replay.wording import sentence

UNNAMED = {
    "exclusiveGateway": "Which way?",
    "parallelGateway": "From here on, side by side",
    "intermediateThrowEvent": "Signal",
    "endEvent": "Ends",
    "startEvent": "Begins",
}


def entry_words(entry: Entry, pathway: Pathway, about: About) -> str:
    """An entry as a sentence; one of a kind, or with data, that this version does not know says just that."""
    try:
        told = sentence(entry, pathway, about)
    except (KeyError, IndexError, TypeError, ValueError):
        told = None
    if told is None:
        return f"An entry of the kind {entry.kind}, which this version of Concord has no words for"
    of = _what_it_limits(pathway, entry.element or "") if entry.kind == Kind.DEADLINE_SET else ""
    return f"{of}: {told[:1].lower()}{told[1:]}" if of else told


def _what_it_limits(pathway: Pathway, timer: str) -> str:
    """What a timer stands on the edge of, as people call it: a stage, or a part or a task within one."""
    stage, element = pathway.stage_of(timer), pathway.diagram.elements.get(timer)
    host = pathway.diagram.elements.get(element.attached_to or "") if element else None
    if host is None or (stage is not None and host.id == stage.id):
        return stage.title if stage else ""
    return f"“{host.name}”"


def step_words(element: Element, around: Element | None, out: str, *, joins: bool = False) -> str:
    """A step that no entry tells of, in words: by what was passed, and the way `out` that was taken.

    `joins`: several ways come together there.
    """
    if element.kind == "parallelGateway" and not element.name and joins:
        return "What ran side by side is done"
    named, where = element.name or UNNAMED.get(element.kind, element.kind), around.name if around else ""
    if element.kind == "startEvent" and where:
        return f"“{where}” begins: {named.lower()}" if element.name else f"Into “{where}”"
    said = {
        "endEvent": f"End of a branch: {named.lower()}" if where else f"End: {named}",
        "boundaryEvent": f"Out of “{where}”: {named.lower()}",
        "intermediateThrowEvent": f"Signal: {named.lower()}",
        "subProcess": f"“{named}” is done",
    }
    plain = f"{named} {out}" if out and named.endswith("?") else f"{named}: {out}" if out else named
    return said.get(element.kind, plain)


def mark_of(entry: Entry) -> str:
    """What an entry is on the way of a dispute: a stage, an escalation, a missed deadline, risk, an end; or nothing."""
    if entry.kind == Kind.END_REACHED and entry.v < TOLD:
        return ENDED
    meaning = meaning_of(entry.kind)
    return meaning.marked(entry.data) if meaning else ""

"""The path so far, step by step, and the diagram on which it was taken."""

from dataclasses import dataclass

from engine.concord import Concord
from engine.directory import Person
from engine.journal import Entry
from engine.pathway import Pathway
from engine.readings.looking import opened
from engine.wording import sentence


@dataclass(frozen=True, kw_only=True)
class PathStep:
    """One step of the path: the token passed `element`, coming from `source` over `flow`."""

    n: int
    seq: int
    at: str
    element: str
    source: str | None
    flow: str | None
    text: str
    who: str


KINDS = {
    "startEvent": "Begins",
    "endEvent": "Ends",
    "exclusiveGateway": "Which way?",
    "parallelGateway": "Side by side",
    "intermediateThrowEvent": "Signal",
}


def path(concord: Concord, person: Person, ref: str) -> list[PathStep]:
    """The path so far, step by step."""
    with concord.store.begin(write=False) as tx:
        work = opened(concord, tx, person, ref)
        return path_steps(work.version.pathway, tx.entries(ref))


def path_steps(pathway: Pathway, entries: list[Entry]) -> list[PathStep]:
    """Every element that the token passed or opened, in order, with the flow it came by."""
    steps: list[PathStep] = []
    for entry in entries:
        taken = entry.data["path"] if entry.kind == "PathTaken" else []
        if entry.kind in {"StageEntered", "TaskOpened"}:
            taken = [[None, entry.element]]
        for source, element in taken:
            named = pathway.diagram.elements[element]
            told = sentence(entry, pathway) if entry.kind != "PathTaken" else None
            came = source or passed_before(pathway, steps, element)
            steps.append(
                PathStep(
                    n=len(steps) + 1,
                    seq=entry.seq,
                    at=entry.at,
                    element=element,
                    source=came,
                    flow=pathway.diagram.flow_between.get((came, element)) if came else None,
                    text=told or named.name or KINDS.get(named.kind, named.kind),
                    who=entry.actor["name"],
                )
            )
    return steps


def passed_before(pathway: Pathway, steps: list[PathStep], element: str) -> str | None:
    """Give the element passed last that a flow leads from: whence a stage or a task was reached."""
    joined = pathway.diagram.flow_between
    return next((step.element for step in reversed(steps) if (step.element, element) in joined), None)


def diagram_of(concord: Concord, person: Person, ref: str) -> bytes:
    """The diagram of the version that the dispute runs on."""
    with concord.store.begin(write=False) as tx:
        work = opened(concord, tx, person, ref)
        files = work.version.pathway.files
        return files[next(name for name in files if name.endswith(".bpmn"))]

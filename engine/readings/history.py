"""What happened, from the journal, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.diagram import Clause
from engine.entered import chosen, typed
from engine.journal import Entry, Text
from engine.pathway import Pathway
from engine.wording import sentence


@dataclass(frozen=True, kw_only=True)
class Line:
    """An entry of the journal in words; `texts` is what was typed, by field label."""

    seq: int
    at: str
    who: str
    agency: str
    words: str
    element: str | None
    role: str
    clauses: tuple[Clause, ...]
    texts: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]
    kind: str = ""


def lines_of(pathway: Pathway, entries: list[Entry], texts: Mapping[tuple[int, str], Text]) -> list[Line]:
    """The journal in words, entry by entry."""
    lines = []
    for entry in entries:
        words = sentence(entry, pathway)
        if words is None:
            continue
        element = pathway.diagram.elements.get(entry.element or "")
        lines.append(
            Line(
                seq=entry.seq,
                at=entry.at,
                who=entry.actor["name"],
                agency=entry.actor["agency"],
                words=words,
                element=entry.element,
                role=entry.role,
                kind=entry.kind,
                clauses=element.clauses if element else (),
                texts=typed(entry, pathway, texts),
                answers=chosen(entry, pathway),
            )
        )
    return lines

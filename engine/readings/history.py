"""What happened, from the journal, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.diagram import Clause
from engine.forms import Form
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
        form = pathway.form_of(element.id) if element and entry.kind in {"TaskCompleted", "Raised"} else None
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
                texts=tuple(
                    (label(form, name), texts[entry.seq, name].text if (entry.seq, name) in texts else "(erased)")
                    for name in entry.texts
                ),
                answers=tuple(answers_of(form, entry.data.get("answers", {}))),
            )
        )
    return lines


def label(form: Form | None, name: str) -> str:
    """A field's label."""
    field = form.field_named(name) if form else None
    return field.label if field else name.replace("_", " ").capitalize()


def answers_of(form: Form | None, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Closed answers by label, in words."""
    found = []
    for name, value in answers.items():
        field = form.field_named(name) if form else None
        labels = {o.value: o.label for o in field.options} if field else {}
        chosen = value if isinstance(value, list) else [value]
        spoken = [("Yes" if v else "No") if isinstance(v, bool) else labels.get(str(v), str(v)) for v in chosen]
        found.append((label(form, name), ", ".join(spoken)))
    return found

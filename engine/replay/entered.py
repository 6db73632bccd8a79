"""What was entered with an entry of a journal, by the labels of its form, in words. Knows no store and no web."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.calendar import working_days as days
from engine.dispute import Entry, Kind, Text
from engine.errors import ConcordError
from engine.forms import Field, Form
from engine.pathway import Pathway
from engine.replay.wording import when

ERASED = "(erased)"
BEFORE = "before it was raised"
Entered = tuple[tuple[str, str], ...]


def form_of(entry: Entry, pathway: Pathway) -> Form | None:
    """The form that an entry was filled in on, or none."""
    known = (
        entry.kind in {Kind.TASK_COMPLETED, Kind.TASK_ATTEMPTED, Kind.RAISED}
        and entry.element in pathway.diagram.elements
    )
    return pathway.form_of(str(entry.element)) if known else None


def chosen(entry: Entry, pathway: Pathway, raised: datetime | None = None) -> Entered:
    """What was chosen, by label; a time before the dispute was `raised` is marked as such (S4)."""
    answers = entry.data.get("answers")
    since = raised if entry.kind != Kind.RAISED else None
    return tuple(answers_of(form_of(entry, pathway), answers, since)) if isinstance(answers, Mapping) else ()


def typed(entry: Entry, pathway: Pathway, texts: Mapping[tuple[int, str], Text]) -> Entered:
    """What was typed, by label; a word in its place where it has been erased."""
    form = form_of(entry, pathway)
    return tuple(
        (label(form, name), texts[entry.seq, name].text if (entry.seq, name) in texts else ERASED)
        for name in entry.texts
    )


def label(form: Form | None, name: str) -> str:
    """A field's label."""
    field = form.field_named(name) if form else None
    return field.label if field else name.replace("_", " ").capitalize()


def answers_of(form: Form | None, answers: Mapping[str, Any], raised: datetime | None = None) -> list[tuple[str, str]]:
    """Closed answers by label, in words."""
    found = []
    for name, value in answers.items():
        field = form.field_named(name) if form else None
        found.append((label(form, name), spoken_answer(field, value, raised)))
    return found


def spoken_answer(field: Field | None, value: Any, raised: datetime | None = None) -> str:
    """One closed answer in words."""
    given = value if isinstance(value, list) else [value]
    return ", ".join(_spoken(field, one, raised) for one in given)


def _spoken(field: Field | None, value: Any, raised: datetime | None) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    labels = {option.value: option.label for option in field.options} if field else {}
    if field is not None and field.type == "datetime" and isinstance(value, str):
        try:
            at = days.london(value)
        except ConcordError:
            return value
        if field.subtype == "date":
            early = raised is not None and at.astimezone(days.LONDON).date() < raised.astimezone(days.LONDON).date()
        else:
            early = raised is not None and at < raised.replace(second=0, microsecond=0)  # a form gives minutes
        said = when(at).split(" at ")[0] if field.subtype == "date" else when(at)
        return f"{said} ({BEFORE})" if early else said
    return labels.get(str(value), str(value))

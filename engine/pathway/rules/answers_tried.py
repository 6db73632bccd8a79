"""Which answers to a question are tried to see whether conditions exclude each other. Knows no rule."""

from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import Any

from engine.forms import Field
from engine.pathway.facts import FACTS
from engine.pathway.rules.drawing import Drawing

_OTHER = "\ufffeother"


_MOST_TICKS = 6


def _fields(drawing: Drawing, name: str) -> list[Field]:
    found = (form.field_named(name) for form in drawing.pathway.forms.values())
    return [field for field in found if field is not None and field.closed]


def enumerated(drawing: Drawing, name: str) -> bool:
    """Whether every answer to a question can be tried."""
    fields = _fields(drawing, name)
    return all(
        field.type in {"radio", "select", "checkbox", "checklist"} and not field.options_from for field in fields
    )


def values_of(drawing: Drawing, name: str, constants: Sequence[Any]) -> list[Any]:
    """Values that stand for all that the conditions tell apart."""
    numbers = [c for c in constants if c is not None and not isinstance(c, bool | str)]
    if name == "risk":
        return [True, False]
    if name == "children":
        return sorted({max(1, int(n) + step) for n in [1, *numbers] for step in (-1, 0, 1)})
    if name == "stage":
        return sorted(drawing.stage_ids)
    if name in {"receiving_kind", "raising_kind"}:
        return list(drawing.pathway.offices.of_sides)
    if name in FACTS:
        return list(FACTS[name])
    found: list[Any] = []
    for field in _fields(drawing, name):
        found += [value for value in _of(field, constants, numbers) if value not in found]
    return found


def _of(field: Field, constants: Sequence[Any], numbers: Sequence[Any]) -> list[Any]:
    options = [option.value for option in field.options]
    texts = sorted({constant for constant in constants if isinstance(constant, str)})
    if field.type == "checkbox":
        return [True, False]
    if field.type == "number":
        near = sorted({n + step for n in numbers or [0] for step in (-1, 0, 1)})
        near += [(low + high) / 2 for low, high in pairwise(near)]
        low, high = field.min, field.max
        return [n for n in near if (low is None or n >= low) and (high is None or n <= high)]
    if field.type == "checklist":
        sizes = range(len(options) + 1) if len(options) <= _MOST_TICKS else (0, 1, 2, len(options))
        return [list(chosen) for size in sizes for chosen in combinations(options or texts, size)]
    if field.type == "datetime":
        return ["", *(value for text in texts for value in (text, text + "\ufffe"))]
    return options or [*texts, _OTHER]

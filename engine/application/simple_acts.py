"""What is done at any time with nothing but a reason: the kind of entry, and what it holds beside that."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.application.choices import objecting, reporting
from engine.application.permitted import Right
from engine.application.work import Work
from engine.dispute import Kind, Person

_SIMPLE: Mapping[Right, Kind] = {
    Right.SAY_RESOLVED: Kind.RESOLUTION_SAID,
    Right.ESCALATE: Kind.ESCALATED_EARLY,
    Right.WITHDRAW: Kind.WITHDRAWN,
    Right.OBJECT: Kind.OBJECTED,
    Right.OBJECT_TO_BAR: Kind.BAR_OBJECTED,
    Right.UNDO_PROTECTIVE: Kind.PROTECTIVE_TIMESCALE_UNDONE,
    Right.RECALCULATE: Kind.DEADLINES_RECALCULATED,
}
_BESIDE: Mapping[Right, Callable[[Work, Person], Mapping[str, Any]]] = {
    Right.WITHDRAW: objecting,
    Right.SAY_RESOLVED: reporting,
}


def simple_kind(right: Right) -> Kind:
    """The kind of input by which it is done."""
    return _SIMPLE[right]


def simple_data(work: Work, by: Person, right: Right) -> dict[str, Any]:
    """What that input holds: whom it tells before anybody."""
    return dict(_BESIDE[right](work, by)) if right in _BESIDE else {}

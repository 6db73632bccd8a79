"""Deadlines as they ran, and which of them were missed: the one list that every page and export shows. No store."""

from collections.abc import Iterable, Sequence

from engine.course import folded
from engine.dispute import INPUT, Entry, Kind
from engine.pathway import Pathway
from engine.replay.timers import MISSED, Timer, Timers, recorded_undone

MISSES = frozenset({Kind.TASK_OVERDUE, Kind.PROTECTIVE_TIMESCALE_PASSED})


def limits_of(pathway: Pathway, entries: Sequence[Entry]) -> tuple[Timer, ...]:
    """Every limit of a dispute as it ran until its last entry; none where the journal does not begin as it must."""
    timers = Timers(pathway)
    for entry, event, before, after in folded(pathway, entries):
        timers.see(entry.seq, event, before, after)
    return timers.ran


def missed_of(limits: Iterable[Timer]) -> list[Timer]:
    """Those of them that were missed, in the order in which they were due."""
    return sorted((x for x in limits if x.outcome == MISSED), key=lambda x: (x.missed or x.due, x.due))


def missed_any(pathway: Pathway, entries: Iterable[Entry]) -> bool:
    """Whether any of these entries says that a deadline was missed: of a stage, a task, or a protective timescale."""
    return any(_missed(pathway, entry) for entry in entries)


def _missed(pathway: Pathway, entry: Entry) -> bool:
    if entry.kind == Kind.TIMER_FIRED and entry.role == INPUT and entry.data.get("what") == "deadline":
        if entry.data.get("passed"):
            return False
        element = pathway.diagram.elements.get(entry.element or "")
        return (
            element is not None and element.attached_to is not None and pathway.stage(element.attached_to) is not None
        )
    if entry.kind == Kind.TASK_INTERRUPTED:
        return recorded_undone(pathway, str(entry.element), entry.data)
    return entry.kind in MISSES

"""When a dispute ended, and how: where nothing is open but what leads to one and the same end. Knows no store.

It ended when it was withdrawn and countersigned, confirmed as resolved, decided, screened out or referred on; it is
closed when nothing is left to file. Everything that shows an end asks here: pages, columns, exports.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from engine.dispute.events import Kind
from engine.dispute.journal import Entry
from engine.dispute.model import Dispute, Ending
from engine.pathway import STAGE, Diagram

TOLD = 2
"""From this format on a dispute's end is told as it comes about, and not when all that follows from it is done."""
LATE = frozenset({"withdrawn"})
"""Ends that are none before they are reached: whoever countersigns may refuse."""


def ended(dispute: Dispute) -> Ending | None:
    """How, where and when a dispute ended, or none: it runs. Before ends were told, as it came to its drawn end."""
    return dispute.over or dispute.ending


def ended_told(entries: Iterable[Entry]) -> Ending | None:
    """The same from a journal alone."""
    found = {entry.kind: entry for entry in entries if entry.kind in {Kind.DISPUTE_ENDED, Kind.END_REACHED}}
    last = found.get(Kind.DISPUTE_ENDED) or found.get(Kind.END_REACHED)
    if last is None:
        return None
    stage = last.data.get("stage")
    return Ending(how=last.data["end"], element=last.element or "", stage=stage, at=datetime.fromisoformat(last.at))


def closed_told(entries: Sequence[Entry]) -> datetime | None:
    """When a journal says that nothing was left to do."""
    return next((datetime.fromisoformat(entry.at) for entry in entries if entry.kind == Kind.DISPUTE_CLOSED), None)


def outlook(ahead: Mapping[str, frozenset[str]], diagram: Diagram, dispute: Dispute) -> str | None:
    """The end to which all that is open leads, or none where several do, a stage runs, or it may begin again."""
    if dispute.ending is not None:
        return dispute.ending.how
    at = {task.element for task in dispute.tasks if diagram.branches.get(task.element) is None}
    if dispute.visit is not None or not at:
        return None
    found = frozenset[str]().union(*(ahead.get(element, frozenset({STAGE})) for element in at))
    return next(iter(found)) if len(found) == 1 and not found & {STAGE, *LATE} else None

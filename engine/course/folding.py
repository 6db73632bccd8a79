"""A journal folded into its dispute, entry after entry, without running its diagram. Knows no store and no web.

An entry leaves unsaid what follows from what stands before. That is added here and nowhere else, so that its event is
whole; what a format 1 journal leaves unsaid of a whole turn is added when the turn is over.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from engine.course.event import WHOLE, Event
from engine.course.evolution import evolve
from engine.course.inputs import raised
from engine.dispute import EFFECT, INPUT, Actor, Dispute, Entry, Kind, Visit, deadlines
from engine.errors import ConcordError
from engine.pathway import Pathway

RECALCULATE = frozenset({Kind.DEADLINES_RECALCULATED, Kind.PROTECTIVE_TIMESCALE_SET, Kind.RISK_OVER})
NOTHING: Mapping[str, Any] = {}


class Folding:
    """One dispute as its journal tells it; `dispute` is as it was after the event told last.

    `referral` and `child` are those of which this turn is, as far as it is of one.
    """

    def __init__(self, pathway: Pathway, first: Entry) -> None:
        self.pathway = pathway
        self.dispute: Dispute = raised(first.ref, event_of(first))
        self.referral: str | None = None
        self._within: dict[str, str | None] = {}
        self._runs: Counter[str] = Counter()
        self.child: int | None = None
        self._given = first

    def tell(self, entry: Entry) -> Event:
        """Go on by one entry; gives its event, whole."""
        if entry.role == INPUT:
            self.finish_turn()
            self._given, self.referral, self.child, self._within = entry, None, None, {}
        event = event_of(entry, self._unsaid(entry))
        self._of_this_turn(event)
        self.dispute = evolve(self.pathway, self.dispute, event)
        return event

    def finish_turn(self) -> None:
        """All entries of an input have been told: in format 1 overdue tasks took a new time without a word of it."""
        if self._given.v > 1:
            return
        again = self._given.kind in RECALCULATE or "agreed_working_days" in (self._given.data.get("answers") or {})
        if again or (self.pathway.moves_up_under_risk and self.dispute.risk_believed):
            waiting = {d.element for d in self.dispute.deadlines if d.kind == "deadline"}
            for visit in self.dispute.visits:
                stage = self.pathway.stage(visit.stage)
                if visit.left is None and stage and stage.deadline in waiting:
                    self._tasks_within(visit)

    def _unsaid(self, entry: Entry) -> Mapping[str, Any]:
        """What an entry leaves unsaid: to which report a task belongs, on whose edge a timer stands."""
        if entry.role != EFFECT or entry.v >= WHOLE:
            return NOTHING
        if entry.kind == Kind.TASK_OPENED:
            return {"group": self._run_of(str(entry.element))}
        if entry.kind == Kind.DEADLINE_SET:
            return {"host": self._host(str(entry.element), entry.data["key"])}
        return NOTHING

    def _of_this_turn(self, event: Event) -> None:
        """Of which report and child the turn is, by whose task was done or rang, or by the report that began."""
        if event.kind == Kind.REFERRAL_OPENED:
            self.referral = self.referral or event.data["referral"]
        if event.kind == Kind.PATH_TAKEN:
            elements = self.pathway.diagram.elements
            passed = [elements[element] for _source, element in event.data["path"] if element in elements]
            begun = [e.parent for e in passed if e.kind == "startEvent" and e.parent in elements]
            self._runs.update(begun)
            self._within |= {parent: f"{parent}.{self._runs[parent]}" for parent in begun}
        key = event.data.get("task") if event.kind == Kind.TASK_COMPLETED else None
        if event.kind == Kind.TIMER_FIRED:
            key = next((d.host for d in self.dispute.deadlines if d.key == event.data.get("key")), None)
        task = self.dispute.task(str(key)) if key else None
        if task is not None:
            self._within[self.pathway.diagram.elements[task.element].parent] = task.group
            self.child = task.child
            if self.dispute.referral(task.group):
                self.referral = task.group

    def _run_of(self, element: str) -> str | None:
        """The run of a subprocess in which a task opens: that of the task before it, or the one that began last."""
        if self.pathway.in_risk_branch(element):
            return self.referral
        known = self.pathway.diagram.elements.get(element)
        parent = known.parent if known else ""
        visits = [v.key for v in self.dispute.visits if v.stage == parent and v.left is None]
        if visits or not self._runs[parent]:
            return visits[-1] if visits else None
        return self._within.get(parent) or f"{parent}.{self._runs[parent]}"

    def _tasks_within(self, visit: Visit) -> None:
        timed = {d.host for d in self.dispute.deadlines if d.kind == "task_due"}
        for task in self.dispute.tasks:
            if task.stage == visit.stage and task.due and visit.deadline and task.key not in timed:
                text = self.pathway.diagram.elements[task.element].properties.get("due", "")
                try:
                    own = deadlines.own_limit(text, self.dispute, task.opened, visit.entered)
                except ConcordError:
                    continue
                moved = {"task": task.key, "due": min(own.due, visit.deadline).isoformat()}
                self.dispute = evolve(self.pathway, self.dispute, event_of(self._given, moved, Kind.TASK_DUE_MOVED))

    def _host(self, element: str, key: str) -> str | None:
        """What a timer stands on the edge of: the turn of the one is the turn of the other."""
        found = self.pathway.diagram.elements.get(element)
        if found is None or found.attached_to is None:
            return None
        if self.pathway.stage(found.attached_to):
            running = [v.key for v in self.dispute.visits if v.stage == found.attached_to and v.left is None]
            return running[-1] if running else None
        return f"{found.attached_to}.{key.rpartition('.')[2]}"


def folded(pathway: Pathway, entries: Sequence[Entry]) -> Iterator[tuple[Entry, Event, Dispute, Dispute]]:
    """A journal event by event, with the dispute before and after it; nothing where it does not begin as it must."""
    if not entries or entries[0].kind != Kind.RAISED:
        return
    folding = Folding(pathway, entries[0])
    yield entries[0], event_of(entries[0]), folding.dispute, folding.dispute
    for entry in entries[1:]:
        before = folding.dispute
        event = folding.tell(entry)
        yield entry, event, before, folding.dispute


def fold(pathway: Pathway, entries: Sequence[Entry]) -> Dispute | None:
    """The dispute that a journal tells of, as its last entry leaves it; none where it does not begin as it must."""
    if not entries or entries[0].kind != Kind.RAISED:
        return None
    folding = Folding(pathway, entries[0])
    for entry in entries[1:]:
        folding.tell(entry)
    folding.finish_turn()
    return folding.dispute


def event_of(entry: Entry, unsaid: Mapping[str, Any] = NOTHING, kind: str = "") -> Event:
    """The event that an entry tells of; of another `kind` where it is one that the turn left unsaid."""
    return Event(
        role=EFFECT if kind else entry.role,
        kind=kind or entry.kind,
        at=datetime.fromisoformat(entry.at),
        actor=Actor(**entry.actor),
        element=entry.element,
        data={**entry.data, **unsaid},
    )

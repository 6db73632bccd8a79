"""Limits as they ran: when each was set and moved, and whether it was kept, missed or fell away. Knows no store."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from engine.course import Event
from engine.dispute import EFFECT, INPUT, Dispute, Kind
from engine.pathway import Pathway

RUNNING, KEPT, MISSED, LAPSED, FIRED = "running", "kept", "missed", "lapsed", "fired"
STAGE, TASK, PROTECTIVE, WAIT = "stage", "task", "protective", "wait"


@dataclass(frozen=True, kw_only=True)
class Timer:
    """One limit of a stage, a task or a protective timescale, from the day it was set (T12).

    `key` is the timer's or the task's; `at_once` marks what is due as it opens (T6). `missed` is when that was noticed:
    by its timer, or by its being done late. `ended` is when what it was for was over, in time or not; `fired` marks a
    timer that nothing was to be done before, such as a pause. `stage` is the one that it is of, or after which it was
    to be done; `visit` the passage through it; `basis` and `calendar` what its instant was
    computed from, `moved_by` the entries that moved it.
    """

    key: str
    element: str
    what: str
    opened: datetime
    due: datetime
    child: int | None = None
    at_once: bool = False
    moved: tuple[tuple[datetime, datetime], ...] = ()
    missed: datetime | None = None
    ended: datetime | None = None
    undone: bool = False
    fired: bool = False
    stage: str | None = None
    moved_by: tuple[int, ...] = ()
    visit: str | None = None
    basis: Mapping[str, Any] = field(default_factory=dict, compare=False)
    calendar: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def outcome(self) -> str:
        """How it stands: running, kept, missed (done late or not at all), lapsed (what it was for fell away), fired."""
        if self.missed:
            return MISSED
        if self.fired:
            return FIRED
        if self.ended is None:
            return RUNNING
        return LAPSED if self.undone else KEPT

    @property
    def by(self) -> timedelta | None:
        """How long before it was due it was kept (negative: how long after, where it is over and was missed)."""
        return None if self.ended is None or self.undone else self.due - self.ended

    def move(self, at: datetime, due: datetime, by: int = 0, basis: Mapping[str, Any] | None = None) -> "Timer":
        """It is due at another instant from `at` on, by an entry."""
        moved = (*self.moved, (at, self.due))
        told = self.basis if basis is None else basis
        return replace(self, due=due, moved=moved, moved_by=(*self.moved_by, by), basis=told)

    def miss(self, at: datetime) -> "Timer":
        """It was not kept."""
        return self if self.missed else replace(self, missed=at)

    def fire(self, at: datetime) -> "Timer":
        """Its timer fired: that was to be before something was done, or it was a pause that is over now."""
        return replace(self, ended=at, fired=True) if self.what == WAIT else self.miss(at)

    def end(self, at: datetime, *, done: bool) -> "Timer":
        """What it was for is over: done, or ended before it was."""
        late = done and at > self.due and not self.at_once
        return replace(self.miss(at) if late else self, ended=at, undone=not done)


class Timers:
    """Every limit of a dispute as it ran until the event seen last."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.ran: tuple[Timer, ...] = ()

    def see(self, seq: int, event: Event, before: Dispute, after: Dispute) -> None:
        """Go on by one event of entry `seq`."""
        watch = WATCHES.get((event.role, event.kind))
        if watch is not None:
            watch(self, seq, event, before, after)

    def _begin(self, timer: Timer) -> None:
        self.ran = (*self.ran, timer)

    def _running(self, key: str, change: Callable[[Timer], Timer]) -> None:
        self.ran = tuple(change(x) if x.key == key and x.ended is None else x for x in self.ran)

    def raised(self, seq: int, event: Event, _before: Dispute, after: Dispute) -> None:
        """A dispute was raised, perhaps with a protective timescale (T10)."""
        if after.protective:
            self._protected(seq, event.at, after.protective)

    def protective_set(self, seq: int, event: Event, _before: Dispute, _after: Dispute) -> None:
        """A protective timescale was set or changed (T10)."""
        until = datetime.fromisoformat(event.data["until"])
        if not any(x.what == PROTECTIVE and x.missed is None for x in self.ran):
            self._protected(seq, event.at, until)
        else:
            self._running(PROTECTIVE, lambda x: x if x.missed else x.move(event.at, until, seq))

    def protective_undone(self, _seq: int, event: Event, _before: Dispute, _after: Dispute) -> None:
        """A protective timescale was taken back (T10)."""
        self._running(PROTECTIVE, lambda x: x.end(event.at, done=False))

    def _protected(self, seq: int, at: datetime, until: datetime) -> None:
        set_by = {"set_by": seq}
        self._begin(Timer(key=PROTECTIVE, element="", what=PROTECTIVE, opened=at, due=until, basis=set_by))

    def fired(self, _seq: int, event: Event, _before: Dispute, _after: Dispute) -> None:
        """A timer of the diagram fired, or the protective timescale passed."""
        if event.data.get("passed"):  # there never was time for it: it is no miss of anybody's
            self._running(str(event.data.get("key")), lambda x: x.end(event.at, done=False))
        elif event.data.get("what") in {"deadline", PROTECTIVE}:
            self._running(str(event.data.get("key")), lambda x: x.fire(event.at))

    def task_opened(self, _seq: int, event: Event, before: Dispute, after: Dispute) -> None:
        """A task is to be done by then."""
        task, basis = after.task(event.data["task"]), event.data.get("basis") or {}
        if task is None or task.due is None or not basis:
            return
        self._begin(
            Timer(
                key=task.key,
                element=task.element,
                what=TASK,
                opened=event.at,
                due=task.due,
                child=task.child,
                at_once=bool(basis.get("limits", {}).get("immediately")),
                stage=task.stage or _just_left(before, event.at),
                basis=basis,
                calendar=after.calendar,
            )
        )

    def task_overdue(self, _seq: int, event: Event, _before: Dispute, _after: Dispute) -> None:
        """A task is overdue."""
        self._running(str(event.data.get("task")), lambda x: x.miss(event.at))

    def task_over(self, _seq: int, event: Event, before: Dispute, _after: Dispute) -> None:
        """A task was done, or ended before it was; what waited on its edge waits no more."""
        task = before.task(str(event.data.get("task")))
        if task is None:
            return
        self._fell_away(before, task.key, event.at)
        if recorded_undone(self.pathway, task.element, event.data):
            self._running(task.key, lambda x: x.miss(event.at))
        done = event.kind == Kind.TASK_COMPLETED
        self._running(task.key, lambda x: x.end(event.at, done=done))

    def stage_left(self, _seq: int, event: Event, before: Dispute, after: Dispute) -> None:
        """A stage ended: its limit was kept where it was gone through or resolved."""
        done = event.data.get("how") in {"completed", "resolved"}
        for visit in [old for old, new in zip(before.visits, after.visits, strict=True) if old != new]:
            mine = {d.key for d in before.deadlines if d.host == visit.key} | {
                x.key for x in self.ran if x.what == STAGE and x.missed and x.visit == visit.key
            }
            for key in mine:
                self._running(key, lambda x: x.end(event.at, done=done))

    def deadline_set(self, _seq: int, event: Event, _before: Dispute, after: Dispute) -> None:
        """A timer of the diagram waits: the limit of a stage, or a pause."""
        timer = after.deadlines[-1]
        if timer.kind != "deadline":
            return
        visit = next((v for v in after.visits if v.key == timer.host), None)
        self._begin(
            Timer(
                key=timer.key,
                element=timer.element,
                what=STAGE if visit else WAIT,
                opened=event.at,
                due=timer.due,
                stage=visit.stage if visit else None,
                visit=visit.key if visit else None,
                basis=timer.basis,
                calendar=after.calendar,
            )
        )

    def deadline_moved(self, seq: int, event: Event, before: Dispute, after: Dispute) -> None:
        """A limit is due at another instant, under the calendar that was told last."""
        timer = next((d for d in before.deadlines if d.key == event.data["key"]), None)
        if timer is None or timer.kind not in {"deadline", "task_due"}:
            return
        key = timer.key if timer.kind == "deadline" else timer.host or ""
        due = datetime.fromisoformat(event.data["due"])
        moved = event.data.get("basis")
        self._running(key, lambda x: replace(x.move(event.at, due, seq, moved), calendar=after.calendar))

    def ended(self, _seq: int, event: Event, _before: Dispute, _after: Dispute) -> None:
        """The dispute ended: a protective timescale was kept (T10)."""
        self._running(PROTECTIVE, lambda x: x.end(event.at, done=True))

    def closed(self, _seq: int, event: Event, _before: Dispute, _after: Dispute) -> None:
        """Nothing is open any more."""
        self.ran = tuple(x.end(event.at, done=x.what == PROTECTIVE) if x.ended is None else x for x in self.ran)

    def _fell_away(self, before: Dispute, host: str, at: datetime) -> None:
        for timer in before.deadlines:
            if timer.host == host:
                self._running(timer.key, lambda x: x.end(at, done=False))


def recorded_undone(pathway: Pathway, element: str, data: Mapping[str, Any]) -> bool:
    """Whether a task that had to be done was ended by a timer, and so is on record as not done (E4a)."""
    return data.get("why") == "deadline" and any(not duty.may for duty in pathway.duties_of(element))


def _just_left(dispute: Dispute, at: datetime) -> str | None:
    """The stage that left something to do: the one that ended as it opened."""
    left = [visit.stage for visit in dispute.visits if visit.left == at]
    return left[0] if len(left) == 1 else None


WATCHES: Mapping[tuple[str, str], Callable[[Timers, int, Event, Dispute, Dispute], None]] = {
    (INPUT, Kind.RAISED): Timers.raised,
    (INPUT, Kind.PROTECTIVE_TIMESCALE_SET): Timers.protective_set,
    (INPUT, Kind.PROTECTIVE_TIMESCALE_UNDONE): Timers.protective_undone,
    (INPUT, Kind.TIMER_FIRED): Timers.fired,
    (INPUT, Kind.TASK_COMPLETED): Timers.task_over,
    (INPUT, Kind.RECORDED_UNDONE): Timers.task_over,
    (EFFECT, Kind.TASK_OPENED): Timers.task_opened,
    (EFFECT, Kind.TASK_OVERDUE): Timers.task_overdue,
    (EFFECT, Kind.TASK_INTERRUPTED): Timers.task_over,
    (EFFECT, Kind.STAGE_LEFT): Timers.stage_left,
    (EFFECT, Kind.DEADLINE_SET): Timers.deadline_set,
    (EFFECT, Kind.DEADLINE_MOVED): Timers.deadline_moved,
    (EFFECT, Kind.DISPUTE_ENDED): Timers.ended,
    (EFFECT, Kind.DISPUTE_CLOSED): Timers.closed,
}

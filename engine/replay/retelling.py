"""The dispute as its journal tells it, entry after entry, without running its diagram. Knows no store and no web.

The journal tells what opened, moved and ended. What it leaves to be concluded is concluded here: the own timers of a
task, the referral a task belongs to. An entry of a kind that is not known here changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from engine.calendar import working_days as days
from engine.course import input_of, raised
from engine.dispute import (
    BOTH,
    EFFECT,
    INPUT,
    Actor,
    Deadline,
    Dispute,
    Ending,
    Entry,
    Referral,
    Task,
    Visit,
    answered,
    deadlines,
    ended_told,
    reporting_side,
)
from engine.errors import ConcordError
from engine.pathway import Pathway
from engine.replay.timers import PROTECTIVE, STAGE, TASK, WAIT, Timer

RECALCULATE = {"DeadlinesRecalculated", "ProtectiveTimescaleSet", "RiskOver"}
DIAGRAM_TIMERS = {"deadline", "reminder"}


class Retelling:
    """One dispute, told again; `dispute` and `limits` are as they were after the entry told last."""

    def __init__(self, pathway: Pathway, first: Entry) -> None:
        self.pathway = pathway
        self.dispute: Dispute = raised(first.ref, input_of(first))
        self.limits: tuple[Timer, ...] = ()
        self.referral: str | None = None
        self.child: int | None = None
        self._given = first
        self._branches: dict[str, str | None] = {}
        if self.dispute.protective:
            at, until = self.dispute.raised, self.dispute.protective
            set_by = {"set_by": first.seq}
            self._begin(Timer(key=PROTECTIVE, element="", what=PROTECTIVE, opened=at, due=until, basis=set_by))

    def tell(self, entry: Entry) -> None:
        """Go on by one entry."""
        if entry.role == INPUT:
            self._given, self.referral, self.child = entry, None, None
        handler = HANDLERS.get((entry.role, entry.kind))
        if handler is not None:
            handler(self, entry, datetime.fromisoformat(entry.at))

    def finish_turn(self) -> None:
        """All effects of an input have been told: conclude what it did to the time of tasks that are overdue."""
        again = self._given.kind in RECALCULATE or "agreed_working_days" in (self._given.data.get("answers") or {})
        if self._given.v > 1:
            return  # each time that moves is told
        if again or (self.pathway.moves_up_under_risk and self.dispute.risk_believed):
            waiting = {(d.element, d.key) for d in self.dispute.deadlines if d.kind == "deadline"}
            for visit in self.dispute.visits:
                stage = self.pathway.stage(visit.stage)
                if visit.left is None and stage and any(element == stage.deadline for element, _ in waiting):
                    self._tasks_within(visit)

    def change(self, **values: object) -> None:
        """Replace values of the dispute."""
        self.dispute = replace(self.dispute, **values)  # type: ignore[arg-type]

    def _begin(self, limit: Timer) -> None:
        self.limits = (*self.limits, limit)

    def _limit(self, key: str, change: Callable[[Timer], Timer]) -> None:
        """Change the limit of that key that still runs."""
        self.limits = tuple(change(x) if x.key == key and x.ended is None else x for x in self.limits)

    def _drop_timers(self, host: str, at: datetime) -> None:
        for timer in [d for d in self.dispute.deadlines if d.host == host]:
            self._limit(timer.key, lambda limit: limit.end(at, done=False))
        self.change(deadlines=tuple(d for d in self.dispute.deadlines if d.host != host))

    def _task_over(self, key: str, at: datetime, *, done: bool) -> None:
        task = self.dispute.task(key)
        if task is None:
            return
        self.referral, self.child = task.group or self.referral, task.child if done else self.child
        self.change(tasks=tuple(t for t in self.dispute.tasks if t.key != key))
        self._drop_timers(key, at)
        self._limit(key, lambda limit: limit.end(at, done=done))

    def _tasks_within(self, visit: Visit) -> None:
        """Overdue tasks whose timer has fired take the new time without a word of the journal."""
        timed = {d.host for d in self.dispute.deadlines if d.kind == "task_due"}
        for task in self.dispute.tasks:
            if task.stage == visit.stage and task.due and visit.deadline and task.key not in timed:
                text = self.pathway.diagram.elements[task.element].properties.get("due", "")
                try:
                    own = deadlines.own_limit(text, self.dispute, task.opened, visit.entered)
                except ConcordError:
                    continue
                self._due(task.key, min(own.due, visit.deadline))

    def _due(self, key: str, due: datetime) -> None:
        self.change(tasks=tuple(replace(t, due=due) if t.key == key else t for t in self.dispute.tasks))

    # What people and timers did

    def task_completed(self, entry: Entry, at: datetime) -> None:
        """A task was completed: with what it tells about the agreement, a meeting, a timescale."""
        answers = entry.data.get("answers") or {}
        if answers.get("confirmed") in {True, "yes"}:
            agreed = days.london(str(answers["agreed_at"])) if answers.get("agreed_at") else at
            self.change(agreed_at=min(agreed, at))
        if met := answers.get("panel_met_at"):
            self.change(met_at=min(days.london(str(met)), at))
        task = self.dispute.task(str(entry.data.get("task")))
        if task is not None:
            self.dispute = answered(self.dispute, task.group, task.element, entry.actor["id"], self.pathway)
        self._task_over(str(entry.data.get("task")), at, done=True)

    def timer_fired(self, entry: Entry, at: datetime) -> None:
        """A timer fired; one of a task may be set again (E4)."""
        key, what = str(entry.data.get("key")), entry.data.get("what")
        timer = next((d for d in self.dispute.deadlines if d.key == key), None)
        self.change(deadlines=tuple(d for d in self.dispute.deadlines if d.key != key))
        if what in {"deadline", PROTECTIVE}:
            self._limit(key, lambda limit: limit.fire(at))
        if what == PROTECTIVE:
            self.change(protective_passed=True)
        task = self.dispute.task(timer.host or "") if timer else None
        if task is None or timer is None:
            return
        self.referral, self.child = task.group, task.child
        watched = self.pathway.diagram.elements[task.element].properties.get("alert")
        if what in {"task_due", "task_alert"} and (watched or timer.basis.get("limits", {}).get("immediately")):
            again = deadlines.next_working_morning(self.dispute, at)
            alert = replace(timer, key=f"{task.key}/task_alert", kind="task_alert", due=again)
            self.change(deadlines=(*self.dispute.deadlines, alert))

    def protective_set(self, entry: Entry, at: datetime) -> None:
        """A protective timescale was set or changed (T10)."""
        until = datetime.fromisoformat(entry.data["until"])
        kept = tuple(d for d in self.dispute.deadlines if d.kind != PROTECTIVE)
        own = Deadline(key=PROTECTIVE, element=PROTECTIVE, kind=PROTECTIVE, due=until)
        self.change(protective=until, protective_passed=False, deadlines=(*kept, own))
        if any(x.what == PROTECTIVE and x.missed is None for x in self.limits):
            self._limit(PROTECTIVE, lambda limit: limit.move(at, until, entry.seq) if limit.missed is None else limit)
        else:
            set_by = {"set_by": entry.seq}
            self._begin(Timer(key=PROTECTIVE, element="", what=PROTECTIVE, opened=at, due=until, basis=set_by))

    def risk_reported(self, _entry: Entry, _at: datetime) -> None:
        """Risk is believed from now on."""
        self.change(risk_believed=True)

    def risk_over(self, _entry: Entry, _at: datetime) -> None:
        """Risk is no longer believed (HAR-R1)."""
        self.change(risk_believed=False)

    def calendar_noted(self, entry: Entry, _at: datetime) -> None:
        """The working calendar was told anew (T12)."""
        self.change(calendar=dict(entry.data["calendar"]))

    def claimed(self, entry: Entry, _at: datetime) -> None:
        """A task was taken on or handed on."""
        key, to = entry.data.get("task"), entry.data.get("to")
        self.change(tasks=tuple(replace(t, claimed_by=to) if t.key == key else t for t in self.dispute.tasks))

    # What followed

    def task_opened(self, entry: Entry, at: datetime) -> None:
        """A task is to be done; its own timers wait from now on."""
        data, element = entry.data, str(entry.element)
        stage = self.pathway.stage_of(element)
        known = self.pathway.diagram.elements.get(element)
        due = _instant(data.get("due"))
        task = Task(
            key=data["task"], element=element, tier=data.get("tier", ""), side=data.get("side", BOTH), due=due,
            role=known.properties.get("role") if known else None, opened=at, child=data.get("child"),
            group=self.referral if self.in_referral(element) else None, stage=stage.id if stage else None,
        )  # fmt: skip
        self.change(tasks=(*self.dispute.tasks, task))
        basis = data.get("basis") or {}
        if due is None or not basis:
            return
        timers = [
            Deadline(key=f"{task.key}/{kind}", element=element, kind=kind, due=instant, host=task.key, basis=basis)
            for kind, instant in deadlines.own_timers(self.dispute, basis, at, due)
        ]
        self.change(deadlines=(*self.dispute.deadlines, *timers))
        at_once = bool(basis.get("limits", {}).get("immediately"))
        self._begin(
            Timer(
                key=task.key,
                element=element,
                what=TASK,
                opened=at,
                due=due,
                child=task.child,
                at_once=at_once,
                stage=task.stage or self._after(at),
                basis=basis,
                calendar=self.dispute.calendar,
            )
        )

    def task_overdue(self, entry: Entry, at: datetime) -> None:
        """A task is overdue."""
        key = str(entry.data.get("task"))
        self.change(tasks=tuple(replace(t, overdue=True) if t.key == key else t for t in self.dispute.tasks))
        self._limit(key, lambda limit: limit.miss(at))

    def task_interrupted(self, entry: Entry, at: datetime) -> None:
        """A task was ended before it was done."""
        keep = self.referral, self.child
        self._task_over(str(entry.data.get("task")), at, done=False)
        self.referral, self.child = keep

    def stage_entered(self, entry: Entry, at: datetime) -> None:
        """A stage began."""
        stage = entry.data["stage"]
        self.change(visits=(*self.dispute.visits, Visit(stage=stage, key=entry.data["key"], entered=at)))

    def stage_left(self, entry: Entry, at: datetime) -> None:
        """A stage ended, and the timers on its edge with it."""
        visit = next((v for v in self.dispute.visits if v.stage == entry.data["stage"] and v.left is None), None)
        if visit is None:
            return
        how = entry.data.get("how")
        for timer in [d for d in self.dispute.deadlines if d.host == visit.key]:
            self._limit(timer.key, lambda limit: limit.end(at, done=how in {"completed", "resolved"}))
        for limit in [
            x for x in self.limits if x.what == STAGE and x.missed and self._host(x.element, x.key) == visit.key
        ]:
            self._limit(limit.key, lambda limit: limit.end(at, done=how in {"completed", "resolved"}))
        self._drop_timers(visit.key, at)
        left = replace(visit, left=at, how=how)
        self.change(visits=tuple(left if v.key == visit.key else v for v in self.dispute.visits))

    def referral_opened(self, entry: Entry, at: datetime) -> None:
        """A run of the risk branch began (S3)."""
        key, children = entry.data["referral"], tuple(entry.data.get("children", ()))
        side = reporting_side(Actor(**entry.actor), self.dispute)
        opened = Referral(key=key, opened=at, by=entry.actor["id"], side=side, children=children)
        self.change(referrals=(*self.dispute.referrals, opened), risk_believed=True)
        self.referral = self.referral or key

    def referral_closed(self, entry: Entry, at: datetime) -> None:
        """A run of the risk branch ended."""
        key = entry.data["referral"]
        self.change(referrals=tuple(replace(r, closed=at) if r.key == key else r for r in self.dispute.referrals))

    def deadline_set(self, entry: Entry, at: datetime) -> None:
        """A timer of the diagram waits from now on."""
        data, element = entry.data, str(entry.element)
        due, host = datetime.fromisoformat(data["due"]), self._host(element, data["key"])
        timer = Deadline(
            key=data["key"], element=element, kind=data["what"], due=due, host=host, basis=data.get("basis") or {}
        )
        self.change(deadlines=(*self.dispute.deadlines, timer))
        if timer.kind != "deadline":
            return
        visit = next((v for v in self.dispute.visits if v.key == host), None)
        self._begin(
            Timer(
                key=timer.key,
                element=element,
                what=STAGE if visit else WAIT,
                opened=at,
                due=due,
                stage=visit.stage if visit else None,
                basis=timer.basis,
                calendar=self.dispute.calendar,
            )
        )
        if visit is not None:
            self._stage_due(visit.key, due)

    def deadline_moved(self, entry: Entry, at: datetime) -> None:
        """A timer fires at another instant."""
        key, due = str(entry.data["key"]), datetime.fromisoformat(entry.data["due"])
        timer = next((d for d in self.dispute.deadlines if d.key == key), None)
        self.change(deadlines=tuple(replace(d, due=due) if d.key == key else d for d in self.dispute.deadlines))
        if timer is None:
            return
        if timer.kind == "deadline":
            self._stage_due(timer.host, due)
            self._limit(key, lambda limit: self._moved(limit, entry, at, due))
        elif timer.kind == "task_due" and timer.host:
            self._due(timer.host, due)
            self._limit(timer.host, lambda limit: self._moved(limit, entry, at, due))

    def _moved(self, limit: Timer, entry: Entry, at: datetime, due: datetime) -> Timer:
        """A limit as an entry moved it, under the calendar that was told last."""
        return replace(limit.move(at, due, entry.seq, entry.data.get("basis")), calendar=self.dispute.calendar)

    def _after(self, at: datetime) -> str | None:
        """The stage that left something to do: the one that ended as it opened."""
        left = [visit.stage for visit in self.dispute.visits if visit.left == at]
        return left[0] if len(left) == 1 else None

    def _stage_due(self, visit: str | None, due: datetime) -> None:
        self.change(visits=tuple(replace(v, deadline=due) if v.key == visit else v for v in self.dispute.visits))

    def end_reached(self, entry: Entry, at: datetime) -> None:
        """The main flow came to one of its ends (C1)."""
        data = entry.data
        self.change(ending=Ending(how=data["end"], element=str(entry.element), stage=data.get("stage"), at=at))

    def ended(self, entry: Entry, at: datetime) -> None:
        """It ended: what is open leads to that end alone, and a protective timescale was kept (T10)."""
        self._limit(PROTECTIVE, lambda limit: limit.end(at, done=True))
        running = tuple(d for d in self.dispute.deadlines if d.kind != PROTECTIVE)
        self.change(over=ended_told([entry]), deadlines=running)

    def dispute_closed(self, _entry: Entry, at: datetime) -> None:
        """Nothing is open any more."""
        self.limits = tuple(x.end(at, done=x.what == PROTECTIVE) if x.ended is None else x for x in self.limits)
        self.change(closed=at, deadlines=(), tasks=())

    def _host(self, element: str, key: str) -> str | None:
        """What a timer stands on the edge of: the turn of the one is the turn of the other."""
        found = self.pathway.diagram.elements.get(element)
        if found is None or found.attached_to is None:
            return None
        if self.pathway.stage(found.attached_to):
            running = [v.key for v in self.dispute.visits if v.stage == found.attached_to and v.left is None]
            return running[-1] if running else None
        return f"{found.attached_to}.{key.rpartition('.')[2]}"

    def in_referral(self, element: str) -> bool:
        """Whether an element stands in the risk branch."""
        return self.branch(element) in self.pathway.risk_branches

    def branch(self, element: str) -> str | None:
        """The event subprocess that an element stands in, or none: it is of the main flow."""
        if element not in self._branches:
            self._branches[element] = self._branch_of(element)
        return self._branches[element]

    def _branch_of(self, element: str | None) -> str | None:
        elements = self.pathway.diagram.elements
        while element is not None and element in elements:
            here = elements[element]
            if here.triggered:
                return here.id
            element = here.attached_to or here.parent
        return None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


HANDLERS: Mapping[tuple[str, str], Callable[[Retelling, Entry, datetime], None]] = {
    (INPUT, "TaskCompleted"): Retelling.task_completed,
    (INPUT, "TimerFired"): Retelling.timer_fired,
    (INPUT, "ProtectiveTimescaleSet"): Retelling.protective_set,
    (INPUT, "RiskReported"): Retelling.risk_reported,
    (INPUT, "RiskOver"): Retelling.risk_over,
    (INPUT, "CalendarNoted"): Retelling.calendar_noted,
    (INPUT, "TaskClaimed"): Retelling.claimed,
    (INPUT, "TaskHandedOn"): Retelling.claimed,
    (EFFECT, "TaskOpened"): Retelling.task_opened,
    (EFFECT, "TaskOverdue"): Retelling.task_overdue,
    (EFFECT, "TaskInterrupted"): Retelling.task_interrupted,
    (EFFECT, "StageEntered"): Retelling.stage_entered,
    (EFFECT, "StageLeft"): Retelling.stage_left,
    (EFFECT, "ReferralOpened"): Retelling.referral_opened,
    (EFFECT, "ReferralClosed"): Retelling.referral_closed,
    (EFFECT, "DeadlineSet"): Retelling.deadline_set,
    (EFFECT, "DeadlineMoved"): Retelling.deadline_moved,
    (EFFECT, "EndReached"): Retelling.end_reached,
    (EFFECT, "DisputeEnded"): Retelling.ended,
    (EFFECT, "DisputeClosed"): Retelling.dispute_closed,
}

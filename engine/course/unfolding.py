"""What a change of the running diagram means for the dispute: stages, tasks, deadlines, notices, its end. Pure."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from engine.calendar import working_days as days
from engine.course import assigned, cut_off
from engine.course.addressing import holders_of, leads_of, reporters_of
from engine.course.event import WHOLE, Event
from engine.course.evolution import evolve
from engine.course.executor import TASK, Change, Open
from engine.course.leaving import LATE, left, passes
from engine.course.recalculating import (
    ahead,
    inner,
    limit_of,
    limit_of_task,
    pass_over,
    recalculate,
)
from engine.dispute import (
    BOTH,
    EFFECT,
    INPUT,
    TOLD,
    Deadline,
    Dispute,
    Effect,
    Input,
    Kind,
    Task,
    Visit,
    deadlines,
    outlook,
    to_json,
)
from engine.pathway import OVERSEER, Element, Pathway

NOTHING: Mapping[str, Any] = MappingProxyType({})
UNWRITTEN = frozenset({Kind.TASK_DUE_MOVED})
"""What comes about without a word of the journal; so it was in format 1 alone."""
NAMED = 2
"""From this format on a report of risk tells both sides' safeguarding leads and those who oversee, at once (S3)."""
MEANT = 3
"""From this format on nothing hangs on how an id is spelled."""
RISK_TOLD = "safeguarding_lead,partnership"


class Unfolding:
    """One turn: an input taken, and what it brings about, in the order in which it comes about.

    Each event is folded as soon as it is told, so that the next is decided on the dispute after it.
    """

    def __init__(self, pathway: Pathway, dispute: Dispute, given: Input) -> None:
        self.pathway = pathway
        self.before = dispute
        self.dispute = dispute
        self.given = given
        self.at = given.at
        self.effects: list[Effect] = []

    @property
    def written(self) -> list[Effect]:
        """What of it a journal keeps."""
        return [effect for effect in self.effects if effect.kind not in UNWRITTEN]

    def take(self) -> None:
        """The input itself has happened."""
        self._fold(INPUT, self.given)

    def add(self, effect: Effect) -> None:
        """Something has come about."""
        self.effects.append(effect)
        self._fold(EFFECT, effect)

    def _fold(self, role: str, what: Input | Effect) -> None:
        more = what.unsaid if isinstance(what, Effect) else {}
        event = Event(
            role=role,
            kind=what.kind,
            at=self.at,
            actor=self.given.actor,
            element=what.element,
            data={**what.data, **more},
        )
        self.dispute = evolve(self.pathway, self.dispute, event)

    def tell(self, kind: str, element: str | None, unsaid: Mapping[str, Any] = NOTHING, **data: Any) -> None:
        """Something has come about; `unsaid` is what journals left unsaid of it before format 4."""
        if self.given.v >= WHOLE:
            data, unsaid = {**data, **unsaid}, NOTHING
        self.add(Effect(kind=kind, element=element, data=to_json(data), unsaid=to_json(dict(unsaid))))

    def notify(self, message: str, to: str, element: str | None) -> None:
        """Queue a notice."""
        self.tell(Kind.NOTICE_QUEUED, element, message=message, to=to)

    def follow(self, change: Change, *, ended: bool) -> None:
        """Follow the path of the diagram, then close what ended and open what began; `ended`: nothing runs any more."""
        if change.path:
            self.tell(Kind.PATH_TAKEN, None, path=[[step.source, step.element] for step in change.path])
        for step in change.path:
            self._passed(step.element)
        for open_ in change.ended:
            left(self, open_, change, interrupted=False)
        for open_ in change.interrupted:
            left(self, open_, change, interrupted=True)
        for open_ in sorted(change.opened, key=self._stages_then_timers):
            self._opened(open_)
        undone = cut_off.undone(self.pathway, self.dispute, change) if self.given.v >= WHOLE else None
        if undone and not passes(self):
            self.notify(undone.message, undone.to, None)
        if self.pathway.moves_up_under_risk and self.dispute.risk_believed:
            recalculate(self)
        self._over()
        if ended:
            self._closed()

    def _stages_then_timers(self, open_: Open) -> tuple[int, bool]:
        """Stages open first, then their deadlines, what reminds of these, the limits within them, and then tasks."""
        if open_.kind == "timer":
            element = self.pathway.diagram.elements[open_.element]
            spelled = "reminder" in open_.element.lower()  # before, that was how one was known
            # A limit within a stage is never past the stage's, so set after it.
            within = self.given.v >= WHOLE and open_.element in self.pathway.limits_within
            return 2 if within else 1, element.reminds if self.given.v >= MEANT else spelled
        return (3, False) if open_.kind == TASK else (0, False)

    def _over(self) -> None:
        """Tell that the dispute ended, in the turn in which all that is open came to lead to one end.

        One that had come so far before ends were told is told by its drawn end alone.
        """
        if self.given.v < TOLD:
            return
        was, how = (
            outlook(self.pathway.ends_ahead, self.pathway.diagram, each) for each in (self.before, self.dispute)
        )
        known = self.dispute.over.how if self.dispute.over else was
        if how is None or how == known:
            return
        stage, ending = self._end_stage(how), self.dispute.ending
        self.tell(Kind.DISPUTE_ENDED, ending.element if ending else None, end=how, stage=stage)

    def _end_stage(self, how: str) -> str | None:
        stage = self.dispute.resolved_stage if how == "resolved" else None
        return stage or (self.dispute.visits[-1].stage if self.dispute.visits else None)

    def _passed(self, identity: str) -> None:
        element = self.pathway.diagram.elements[identity]
        if element.message or element.kind == "sendTask":
            self.notify(element.name, element.properties.get("to", BOTH), identity)
        if how := element.properties.get("end"):
            self.tell(Kind.END_REACHED, identity, end=how, stage=self._end_stage(how))

    def _opened(self, open_: Open) -> None:
        if open_.kind == "timer":
            self._timer(open_)
        elif open_.kind == TASK:
            self._task(open_)
        elif (stage := self.pathway.stage(open_.element)) is not None:
            self.tell(Kind.STAGE_ENTERED, stage.id, stage=stage.id, tier=stage.tier, key=open_.key)
        elif open_.element in self.pathway.risk_branches:
            everyone = tuple(range(len(self.dispute.children)))
            number = len(self.dispute.referrals)
            concerned = self.dispute.reported[number] if number < len(self.dispute.reported) else everyone
            self.tell(Kind.REFERRAL_OPENED, open_.element, referral=open_.key, children=concerned)
            if self.given.v >= NAMED:
                whom = ", ".join(self.dispute.children[n].initials for n in concerned)
                self.notify(f"Risk of significant harm reported for {whom}", RISK_TOLD, None)

    def _timer(self, open_: Open) -> None:
        element = self.pathway.diagram.elements[open_.element]
        if element.reminds:
            stage_deadline = next(
                (d for d in self.dispute.deadlines if d.host == open_.host and d.kind == "deadline"), None
            )
            if stage_deadline is None:
                return
            due = days.reminder(self.at, stage_deadline.due, deadlines.calendar_of(self.dispute))
            if stage_deadline.basis.get("passed") and self.dispute.protective:
                due = self.dispute.protective  # it falls away with its stage, at once
            self._set(open_, "reminder", due, {"opened": to_json(self.at), "of": stage_deadline.key})
            return
        visit = next((v for v in self.dispute.visits if v.key == open_.host), None)
        within = self._visit_around(element) if visit is None and self.given.v >= WHOLE else None
        limit = inner(self, element.timer or "", within) if within else limit_of(self, element.timer or "", visit)
        limit = ahead(self, limit)
        basis = {**limit.basis, "opened": to_json(self.at)}
        self._set(open_, "deadline", limit.due, basis)
        if visit is not None:
            pass_over(self, visit, limit)
            self.cumulative(visit, limit.due)

    def _visit_around(self, element: Element) -> Visit | None:
        """The running stage in which something stands that is none itself."""
        stage = self.pathway.stage_of(element.id)
        return next(
            (v for v in reversed(self.dispute.visits) if stage and v.stage == stage.id and v.left is None), None
        )

    def _set(self, open_: Open, what: str, due: datetime, basis: Mapping[str, Any]) -> None:
        host = {"host": open_.host}
        self.tell(Kind.DEADLINE_SET, open_.element, host, key=open_.key, what=what, due=due, basis=basis)

    def cumulative(self, visit: Visit, due: datetime, known: str = "") -> None:
        """Flag, with why, that a stage would end after the cumulative maximum (T13)."""
        stage = self.pathway.stage(visit.stage)
        used = deadlines.used(self.dispute, due)
        if stage is None or stage.cumulative is None or used <= stage.cumulative:
            return
        late = LATE if self.dispute.counted_from < self.dispute.raised else ""
        why = known or late or "a timer was fired late, or time was lost before"
        self.tell(
            Kind.CUMULATIVE_EXCEEDED, visit.stage, stage=visit.stage, used=used, maximum=stage.cumulative, why=why
        )
        self.notify(f"{stage.title}: the cumulative maximum will be passed ({why})", OVERSEER, visit.stage)

    def _task(self, open_: Open) -> None:
        element = self.pathway.diagram.elements[open_.element]
        visit = self._visit_around(element)
        due = None
        basis: Mapping[str, Any] = {}
        if text := element.properties.get("due"):
            limit = limit_of_task(self, text, self.at, visit, visit.deadline if visit else None)
            due, basis = limit.due, limit.basis
        self.tell(
            Kind.TASK_OPENED,
            open_.element,
            {"group": open_.within},
            task=open_.key,
            tier=assigned.tier(self.pathway, open_),
            side=assigned.side(self.pathway, self.dispute, open_),
            due=due,
            child=assigned.child(self.dispute, open_),
            basis=basis,
        )

    def alert(self, deadline: Deadline) -> None:
        """A task's own timer: a reminder, or word that it is overdue and to whom (T6, T9, E4)."""
        task = self.dispute.task(deadline.host or "")
        if task is None:
            return
        element = self.pathway.diagram.elements[task.element]
        holders = holders_of(self, task)
        if deadline.kind == "task_reminder":
            self.notify(f"Reminder: {element.name}", holders, task.element)
            return
        if not task.overdue:
            self.tell(Kind.TASK_OVERDUE, task.element, task=task.key, due=task.due)
        urgent = bool(deadline.basis.get("limits", {}).get("immediately"))
        to = f"{leads_of(self, task)},out_of_hours" if urgent else holders
        watcher = element.properties.get("alert")
        self.notify(f"Overdue: {element.name}", ",".join([to, watcher] if watcher else [to]), task.element)

    def tried(self, task: Task) -> None:
        """Somebody tried a task and reached nobody: of a report, its leads are told; no clock is touched (S4)."""
        if reporters_of(self, task) is not None:
            name = self.pathway.diagram.elements[task.element].name
            self.notify(f"Nobody was reached yet: {name}", leads_of(self, task), task.element)

    def _closed(self) -> None:
        ending = self.dispute.ending
        self.tell(
            Kind.DISPUTE_CLOSED,
            ending.element if ending else None,
            end=ending.how if ending else None,
            stage=ending.stage if ending else None,
        )

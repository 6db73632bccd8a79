"""The course of a dispute: applies inputs, one after the other, and tells their effects. Pure: no clock, store or web.

Live work, simulation, timelines and re-execution all go through here, so they can't disagree.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.calendar import working_days as days
from engine.course.executor import Executor, Run
from engine.course.unfolding import Unfolding
from engine.dispute import (
    ATTEMPTED,
    CLOCK,
    PARTNERSHIP,
    RAISING,
    Deadline,
    Dispute,
    Effect,
    Input,
    Task,
    answered,
    contact,
    deadlines,
    dispute_from_json,
    kind_of,
    kinds,
    to_json,
)
from engine.errors import ConcordError
from engine.pathway import ESCALATED_EARLY, PROTECTIVE_PASSED, RESOLUTION_SAID, RISK_REPORTED, WITHDRAWN, Pathway


class TaskGone(ConcordError):
    """This task is no longer open: {what}."""


class NotNow(ConcordError):
    """This can't be done at this point of the dispute: {why}"""


class InputUnknown(ConcordError):
    """The journal holds an input of the kind {kind}, which this version of Concord does not know."""


@dataclass(frozen=True, kw_only=True)
class Version:
    """A pathway and what runs it: parsed once, shared by all its disputes."""

    pathway: Pathway
    executor: Executor


class Course:
    """One dispute on its version, with its running workflow."""

    def __init__(self, version: Version, dispute: Dispute, run: Run) -> None:
        self.version = version
        self.dispute = dispute
        self.run = run

    @classmethod
    def begin(cls, version: Version, ref: str, given: Input) -> tuple["Course", list[Effect]]:
        """Start a dispute from its `Raised` input."""
        dispute = raised(ref, given)
        answers = dict(given.data["answers"])
        own = {**kinds(dispute), "children": len(dispute.children), "risk": bool(given.data.get("risk"))}
        read = version.pathway.names_read
        run, change = version.executor.start({k: v for k, v in (answers | own).items() if k in read})
        course = cls(version, dispute, run)
        start = Effect(
            kind="DisputeRaised", element=version.pathway.start.id, data={"version": version.pathway.version}
        )
        effects = [start]
        if given.data.get("risk"):
            course.dispute = replace(course.dispute, reported=(tuple(range(len(dispute.children))),))
        return course, effects + course._unfold(change, given)

    @classmethod
    def load(cls, version: Version, stored: Mapping[str, Any]) -> "Course":
        """A course as it was saved."""
        return cls(version, dispute_from_json(stored["dispute"]), version.executor.load(dict(stored["run"])))

    def state(self) -> dict[str, Any]:
        """The course as JSON; a cache of what its journal's inputs give."""
        return {"dispute": to_json(self.dispute), "run": self.run.state()}

    def due(self, at: datetime) -> Input | None:
        """The next timer that is due by `at`, as the input that fires it: by instant, then by element (decision 3)."""
        ready = sorted((d for d in self.dispute.deadlines if d.due <= at), key=lambda d: (d.due, d.element, d.key))
        if not ready:
            return None
        first = ready[0]
        return Input(
            kind="TimerFired",
            at=at,
            actor=CLOCK,
            element=first.element,
            data={"key": first.key, "what": first.kind, "due": to_json(first.due)},
        )

    def apply(self, given: Input) -> list[Effect]:
        """Apply one input; raises a ConcordError and changes nothing where it can't be applied."""
        handler = HANDLERS.get(given.kind)
        if handler is None:
            raise InputUnknown(kind=given.kind)
        return handler(self, given)

    def _unfold(self, change: Any, given: Input) -> list[Effect]:
        unfolding = Unfolding(self.version.pathway, self.dispute, given, ended=self.run.completed)
        self.dispute, effects = unfolding.of(change)
        return effects

    def timer_fired(self, given: Input) -> list[Effect]:
        """A timer fires: one of the diagram, of a task, or the protective timescale."""
        key = given.data["key"]
        deadline = next((d for d in self.dispute.deadlines if d.key == key), None)
        if deadline is None:
            raise NotNow(why=f"the timer {key} does not wait.")
        self.dispute = replace(self.dispute, deadlines=tuple(d for d in self.dispute.deadlines if d.key != key))
        if deadline.kind in {"deadline", "reminder"}:
            return self._unfold(self.run.fire(key), given)
        if deadline.kind == "protective":
            return self._protective_passed(given)
        return self._alerted(deadline, given)

    def _alerted(self, deadline: Deadline, given: Input) -> list[Effect]:
        unfolding = Unfolding(self.version.pathway, self.dispute, given, ended=False)
        self.dispute, effects = unfolding.alert(deadline)
        return effects

    def _protective_passed(self, given: Input) -> list[Effect]:
        self.dispute = replace(self.dispute, protective_passed=True)
        effects = [
            Effect(kind="ProtectiveTimescalePassed", data={"until": given.data["due"]}),
            notice("Protective timescale has passed", "next_tier,business_manager", None),
        ]
        if self.run.hears(PROTECTIVE_PASSED):
            effects += self._unfold(self.run.signal(PROTECTIVE_PASSED), given)
        return effects

    def task_completed(self, given: Input) -> list[Effect]:
        """A task is completed with its answers."""
        key = given.data["task"]
        task = self.dispute.task(key)
        if task is None:
            raise TaskGone(what=f"{key} has been completed or was interrupted")
        answers = dict(given.data["answers"])
        if given.v > 1 and kind_of(self.version.pathway.form_of(task.element), answers) == ATTEMPTED:
            raise NotNow(why="this answer is an attempt. It is recorded as one, and leaves the task open.")
        before = self.dispute
        effects = [*self._marks(task.element, answers), *self._contacted(task, given)]
        if given.data.get("linked"):
            effects += self.linked(replace(given, data={"to": given.data["linked"]}))
        if answers.get("confirmed") in {True, "yes"}:
            self._agree(answers, given)
        if met := answers.get("panel_met_at"):
            self.dispute = replace(self.dispute, met_at=min(days.london(str(met)), given.at))
        actor = (given.actor.id, task.tier)
        again = any(person == given.actor.id and tier not in {task.tier, "any"} for person, tier in self.dispute.acted)
        if again and task.stage is not None and task.tier != "any":
            effects.append(
                Effect(kind="SamePersonActs", element=task.element, data={"person": given.actor.id, "tier": task.tier})
            )
        if task.stage is not None and actor not in self.dispute.acted:
            self.dispute = replace(self.dispute, acted=(*self.dispute.acted, actor))
        self.dispute = answered(self.dispute, task.group, task.element, given.actor.id, self.version.pathway)
        read = self.version.pathway.names_read
        form = self.version.pathway.form_of(task.element)
        asked = (
            form.closed_names if form else frozenset()
        )  # what was asked and not answered is null, not what it was before
        try:
            effects += self._timescale_agreed(task, answers, given)
            names = sorted(name for name in asked | answers.keys() if name in read)
            return effects + self._unfold(self.run.complete(key, {name: answers.get(name) for name in names}), given)
        except ConcordError:
            self.dispute = before
            raise

    def attempted(self, given: Input) -> list[Effect]:
        """A task was tried, and nobody reached: it stays open, and its clock goes on (S4)."""
        task = self.dispute.task(given.data["task"])
        if task is None:
            raise TaskGone(what=f"{given.data['task']} has been completed or was interrupted")
        unfolding = Unfolding(self.version.pathway, self.dispute, given, ended=False)
        return unfolding.tried(task)

    def _contacted(self, task: Task, given: Input) -> list[Effect]:
        """Record whom the contact table named when the contact was made (BAR-2.0)."""
        if "contacts" not in self.version.pathway.diagram.elements[task.element].properties:
            return []
        known = next((o.data for o in self.run.open() if o.key == task.key), {})
        held = contact(self.version.pathway, self.dispute, task.element, given.at, known)
        return [Effect(kind="ContactHeld", element=task.element, data=to_json(held))] if held else []

    def _timescale_agreed(self, task: Task, answers: Mapping[str, Any], given: Input) -> list[Effect]:
        """Move the running stage's deadline to the timescale that was agreed for it (HAR, introduction)."""
        agreed = answers.get("agreed_working_days")
        visit = self.dispute.visit
        if agreed is None or visit is None or task.stage != visit.stage:
            return []
        due = days.end_of_working_day(visit.entered, int(agreed), deadlines.calendar_of(self.dispute))
        lengthens = visit.deadline is not None and due > visit.deadline
        if lengthens and given.data.get("side") not in {RAISING, PARTNERSHIP}:
            raise NotNow(why="only the raising side or the partnership may agree to a longer timescale for this stage.")
        if due <= given.at:
            raise NotNow(why="the timescale that you give has already ended. Agree on a longer one.")
        self.dispute = replace(
            self.dispute,
            visits=tuple(replace(v, agreed_days=int(agreed)) if v.key == visit.key else v for v in self.dispute.visits),
        )
        return self._moved(given)

    def _marks(self, element: str, answers: Mapping[str, Any]) -> list[Effect]:
        """Flag a meeting that is dated after its stage's deadline (BIR-1.3)."""
        visit = self.dispute.visit
        meeting = answers.get("meeting_at")
        if not meeting or visit is None or visit.deadline is None or days.london(str(meeting)) <= visit.deadline:
            return []
        return [
            Effect(
                kind="MeetingAfterDeadline",
                element=element,
                data={"meeting_at": to_json(days.london(str(meeting))), "deadline": to_json(visit.deadline)},
            ),
            notice("A meeting is dated after the stage's deadline", "raising,receiving,business_manager", element),
        ]

    def _agree(self, answers: Mapping[str, Any], given: Input) -> None:
        """Keep when it was agreed, and so at which stage it was resolved, however late it was entered (E6)."""
        at = days.london(str(answers["agreed_at"])) if answers.get("agreed_at") else given.at
        at = min(at, given.at)
        running = [v for v in self.dispute.visits if v.entered <= at and (v.left is None or at < v.left)]
        last = (running or [v for v in self.dispute.visits if v.entered <= at] or list(self.dispute.visits[:1]))[-1:]
        self.dispute = replace(self.dispute, agreed_at=at, resolved_stage=last[0].stage if last else None)

    def _signalled(self, name: str, given: Input, why: str, payload: Any = None) -> list[Effect]:
        if not self.run.hears(name):
            raise NotNow(why=why)
        return self._unfold(self.run.signal(name, payload), given)

    def escalated_early(self, given: Input) -> list[Effect]:
        """The running stage is escalated before its deadline (E2)."""
        return self._signalled(ESCALATED_EARLY, given, "no stage is running that could be escalated.")

    def withdrawn(self, given: Input) -> list[Effect]:
        """The raising side withdraws (C1)."""
        return self._signalled(WITHDRAWN, given, "no stage is running that could be withdrawn from.")

    def resolution_said(self, given: Input) -> list[Effect]:
        """A side says that it is resolved (E5)."""
        if self.dispute.visit is None and not any(t.element.endswith("ConcernsPersist") for t in self.dispute.tasks):
            raise NotNow(why="no stage is running that could be resolved.")
        return self._signalled(RESOLUTION_SAID, given, "it has been closed.")

    def risk_reported(self, given: Input) -> list[Effect]:
        """Risk of significant harm is reported (S3)."""
        if self.run.completed:
            raise NotNow(why="the dispute is closed. Call the number shown, or 999, and raise a new one if you must.")
        concerned = tuple(given.data["children"])
        self.dispute = replace(self.dispute, reported=(*self.dispute.reported, concerned), risk_believed=True)
        return self._signalled(RISK_REPORTED, given, "the pathway has no risk branch.", payload=len(concerned))

    def protective_set(self, given: Input) -> list[Effect]:
        """A protective timescale is set or changed (T10)."""
        until = datetime.fromisoformat(given.data["until"])
        kept = tuple(d for d in self.dispute.deadlines if d.kind != "protective")
        own = Deadline(key="protective", element="protective", kind="protective", due=until)
        sooner = self.dispute.protective is None or until <= self.dispute.protective
        self.dispute = replace(self.dispute, protective=until, protective_passed=False, deadlines=(*kept, own))
        effects = [Effect(kind="ProtectiveTimescaleSet", data={"until": to_json(until)})]
        return effects + self._moved(given, sooner=sooner)

    def risk_over(self, given: Input) -> list[Effect]:
        """Somebody records that the risk is no longer believed: the stages have their own time again (HAR-R1)."""
        self.dispute = replace(self.dispute, risk_believed=False)
        return self._moved(given)

    def calendar_noted(self, given: Input) -> list[Effect]:
        """The working calendar has changed (T12)."""
        self.dispute = replace(self.dispute, calendar=dict(given.data["calendar"]))
        return []

    def recalculated(self, given: Input) -> list[Effect]:
        """Running deadlines are computed anew (T12)."""
        return self._moved(given)

    def _moved(self, given: Input, *, sooner: bool = False) -> list[Effect]:
        unfolding = Unfolding(self.version.pathway, self.dispute, given, ended=False)
        self.dispute, effects = unfolding.recalculated(sooner=sooner)
        return effects

    def claimed(self, given: Input) -> list[Effect]:
        """A task is taken on or handed on."""
        key = given.data["task"]
        if self.dispute.task(key) is None:
            raise TaskGone(what=f"{key} has been completed or was interrupted")
        self.dispute = replace(
            self.dispute,
            tasks=tuple(replace(t, claimed_by=given.data["to"]) if t.key == key else t for t in self.dispute.tasks),
        )
        return []

    def barred(self, given: Input) -> list[Effect]:
        """Somebody with a conflict of interest is barred from a tier's tasks (W)."""
        pair = (str(given.data["person"]), str(given.data["tier"]))
        self.dispute = replace(self.dispute, barred=(*self.dispute.barred, pair))
        return []

    def tier_unheld(self, given: Input) -> list[Effect]:
        """A tier that nobody holds is told to the business manager (E8)."""
        return [
            notice(f"Nobody holds the next tier for the {given.data['side']} side", "business_manager", given.element)
        ]

    def linked(self, given: Input) -> list[Effect]:
        """Another dispute is linked to this one (HAR-C6)."""
        other = str(given.data["to"])
        self.dispute = replace(self.dispute, links=(*self.dispute.links, other))
        return [Effect(kind="LinkMade", element=given.element, data={"to": other})]

    def hold_placed(self, _given: Input) -> list[Effect]:
        """A legal hold is put on: nothing that was typed is erased while it stands."""
        if self.dispute.held:
            raise NotNow(why="a legal hold stands already.")
        self.dispute = replace(self.dispute, held=True)
        return []

    def hold_lifted(self, _given: Input) -> list[Effect]:
        """A legal hold is taken off."""
        if not self.dispute.held:
            raise NotNow(why="no legal hold stands.")
        self.dispute = replace(self.dispute, held=False)
        return []

    def noted(self, _given: Input) -> list[Effect]:
        """A note beside the course: a correction, that the dispute was taken up again, or that text was erased."""
        return []


def notice(message: str, to: str, element: str | None) -> Effect:
    """A message to people, queued with the transaction."""
    return Effect(kind="NoticeQueued", element=element, data={"message": message, "to": to})


def raised(ref: str, given: Input) -> Dispute:
    """The dispute as it is before the diagram has run a step."""
    answers = given.data["answers"]
    counted = answers.get("disagreement_at")
    at = min(days.london(str(counted)), given.at) if counted else given.at
    protective = given.data.get("protective")
    until = datetime.fromisoformat(protective) if protective else None
    stored = {
        "ref": ref,
        "raised": to_json(given.at),
        "counted_from": to_json(at),
        "parties": given.data["parties"],
        "children": given.data["children"],
        "calendar": given.data["calendar"],
        "raised_by": given.actor.id,
        "answers": answers,
        "risk_believed": bool(given.data.get("risk")),
        "taken_up_from": given.data.get("taken_up_from"),
        "links": [given.data["linked_to"]] if given.data.get("linked_to") else [],
    }
    dispute = dispute_from_json(stored)
    if until is None:
        return dispute
    own = Deadline(key="protective", element="protective", kind="protective", due=until)
    return replace(dispute, protective=until, deadlines=(own,))


HANDLERS: dict[str, Callable[[Course, Input], list[Effect]]] = {
    "TimerFired": Course.timer_fired,
    "TaskCompleted": Course.task_completed,
    "TaskAttempted": Course.attempted,
    "EscalatedEarly": Course.escalated_early,
    "Withdrawn": Course.withdrawn,
    "ResolutionSaid": Course.resolution_said,
    "RiskReported": Course.risk_reported,
    "ProtectiveTimescaleSet": Course.protective_set,
    "CalendarNoted": Course.calendar_noted,
    "RiskOver": Course.risk_over,
    "PersonBarred": Course.barred,
    "DeadlinesRecalculated": Course.recalculated,
    "TaskClaimed": Course.claimed,
    "TaskHandedOn": Course.claimed,
    "TierUnheld": Course.tier_unheld,
    "Corrected": Course.noted,
    "Contradicted": Course.noted,
    "TakenUpAgain": Course.noted,
    "TextErased": Course.noted,
    "Repaired": Course.noted,
    "Linked": Course.linked,
    "NoticesAddressed": Course.noted,
    "ErasureAsked": Course.noted,
    "ErasureCalledOff": Course.noted,
    "HoldPlaced": Course.hold_placed,
    "HoldLifted": Course.hold_lifted,
}

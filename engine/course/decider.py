"""The course of a dispute: applies inputs, one after the other, and tells their effects. Pure: no clock, store or web.

Live work, simulation, timelines and re-execution all go through here, so they can't disagree.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from engine.course import acknowledging, beside, meetings
from engine.course.event import ACKNOWLEDGED, PROTECTIVE, WHOLE_DIAGRAM
from engine.course.executor import Change, Run
from engine.course.inputs import raised
from engine.course.known import known
from engine.course.readiness import refusal
from engine.course.recalculating import recalculate
from engine.course.refusals import InputUnknown, NotNow, TaskGone
from engine.course.timescales import timescale_agreed
from engine.course.unfolding import MEANT, Unfolding
from engine.course.version import Version
from engine.dispute import (
    CLOCK,
    Deadline,
    Dispute,
    Effect,
    Input,
    Kind,
    Task,
    contact,
    dispute_from_json,
    kind_of,
    kinds,
    to_json,
)
from engine.pathway import (
    ESCALATED_EARLY,
    OVERSEER,
    PROTECTIVE_PASSED,
    RESOLUTION_SAID,
    RISK_REPORTED,
    WITHDRAWAL_ASKED,
    WITHDRAWN,
)


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
        turn = Unfolding(version.pathway, dispute, given)
        turn.tell(Kind.DISPUTE_RAISED, version.pathway.start.id, version=version.pathway.version)
        turn.follow(change, ended=run.completed)
        acknowledging.tell(turn)
        return cls(version, turn.dispute, run), turn.written

    @classmethod
    def load(cls, version: Version, stored: Mapping[str, Any]) -> "Course":
        """A course as it was saved."""
        return cls(version, dispute_from_json(stored["dispute"]), version.executor.load(dict(stored["run"])))

    def state(self) -> dict[str, Any]:
        """The course as JSON; a cache of what its journal's inputs give."""
        return {"dispute": to_json(self.dispute), "run": self.run.state()}

    def due(self, at: datetime) -> Input | None:
        """The next timer that is due by `at`, as the input that fires it (decisions 3, 70)."""
        first = min((d for d in self.dispute.deadlines if d.due <= at), key=self._turn, default=None)
        if first is None:
            return None
        return Input(
            kind=Kind.TIMER_FIRED,
            at=at,
            actor=CLOCK,
            element=first.element,
            data={"key": first.key, "what": first.kind, "due": to_json(first.due)}
            | ({"passed": True} if first.basis.get("passed") else {}),
        )

    def _turn(self, timer: Deadline) -> tuple[datetime, bool, int, int]:
        """When it is a timer's turn: by instant; a stage's, a part's, then a task's own; in the diagram's order.

        But for a limit that says that it comes before its stage's.
        """
        pathway = self.version.pathway
        order, own = pathway.diagram.order, timer.kind not in WHOLE_DIAGRAM
        part = -1 if timer.element in pathway.limits_before else int(timer.element in pathway.limits_within)
        return timer.due, own, part, order.get(timer.element, len(order))

    def apply(self, given: Input) -> list[Effect]:
        """Apply one input; raises a ConcordError and changes nothing where it can't be applied."""
        handler = HANDLERS.get(given.kind)
        if handler is None:
            raise InputUnknown(kind=given.kind)
        turn = Unfolding(self.version.pathway, self.dispute, given)
        handler(self, turn, given)
        self.dispute = turn.dispute
        return turn.written

    def _knowing(self, turn: Unfolding) -> Run:
        """The run, told what its gateways may ask beside what was answered."""
        self.run.know(known(self.version.pathway, turn.dispute, turn.given))
        return self.run

    def _follow(self, turn: Unfolding, change: Change) -> None:
        turn.follow(change, ended=self.run.completed)

    def timer_fired(self, turn: Unfolding, given: Input) -> None:
        """A timer fires: one of the diagram, of a task, or the protective timescale."""
        key = given.data["key"]
        deadline = next((d for d in self.dispute.deadlines if d.key == key), None)
        if deadline is None:
            raise NotNow(why=f"the timer {key} does not wait.")
        turn.take()
        if deadline.kind in WHOLE_DIAGRAM:
            self._follow(turn, self._knowing(turn).fire(key))
        elif deadline.kind == PROTECTIVE:
            self._protective_passed(turn, given)
        elif deadline.kind == ACKNOWLEDGED:
            acknowledging.unanswered(turn)
        else:
            turn.alert(deadline)

    def _protective_passed(self, turn: Unfolding, given: Input) -> None:
        turn.tell(Kind.PROTECTIVE_TIMESCALE_PASSED, None, until=given.data["due"])
        turn.notify("Protective timescale has passed", f"next_tier,{OVERSEER}", None)
        if self.run.hears(PROTECTIVE_PASSED):
            self._follow(turn, self._knowing(turn).signal(PROTECTIVE_PASSED))

    def task_completed(self, turn: Unfolding, given: Input) -> None:
        """A task is completed with its answers."""
        task = self._open_task(given)
        answers, form = dict(given.data["answers"]), self.version.pathway.form_of(task.element)
        if given.v > 1 and kind_of(form, answers) == Kind.TASK_ATTEMPTED:
            raise NotNow(why="this answer is an attempt. It is recorded as one, and leaves the task open.")
        moved = timescale_agreed(self.version.pathway, self.dispute, task, answers, given)
        turn.take()
        beside.tell_raiser(turn)
        meetings.mark(turn, task, answers)
        self._contacted(turn, task, given)
        if given.data.get("linked"):
            turn.tell(Kind.LINK_MADE, given.element, to=str(given.data["linked"]))
        if self._acts_again(given.actor.id, task):
            turn.tell(Kind.SAME_PERSON_ACTS, task.element, person=given.actor.id, tier=task.tier)
        for effect in moved:
            turn.add(effect)
        self._completed(turn, task, answers)

    def recorded_undone(self, turn: Unfolding, given: Input) -> None:
        """A task is over without its answers: its branch goes on as if nothing had been said (C2)."""
        task = self._open_task(given)
        turn.take()
        self._completed(turn, task, {})

    def _open_task(self, given: Input) -> Task:
        task = self.dispute.task(given.data["task"])
        if task is None:
            raise TaskGone(what=f"{given.data['task']} has been completed or was interrupted")
        return task

    def _completed(self, turn: Unfolding, task: Task, answers: Mapping[str, Any]) -> None:
        """Go on from a task; what was asked and not answered is null, not what it was before."""
        form, read = self.version.pathway.form_of(task.element), self.version.pathway.names_read
        asked = form.closed_names if form else frozenset()
        names = sorted(name for name in asked | answers.keys() if name in read)
        self._follow(turn, self._knowing(turn).complete(task.key, {name: answers.get(name) for name in names}))

    def _acts_again(self, person: str, task: Task) -> bool:
        """Whether somebody acts at another tier than before (E8)."""
        before = any(who == person and tier not in {task.tier, "any"} for who, tier in self.dispute.acted)
        return before and task.stage is not None and task.tier != "any"

    def attempted(self, turn: Unfolding, given: Input) -> None:
        """A task was tried, and nobody reached: it stays open, and its clock goes on (S4)."""
        task = self._open_task(given)
        turn.take()
        turn.tried(task)

    def _contacted(self, turn: Unfolding, task: Task, given: Input) -> None:
        """Record whom the contact table named when the contact was made (BAR-2.0)."""
        if "contacts" not in self.version.pathway.diagram.elements[task.element].properties:
            return
        known = next((o.data for o in self.run.open() if o.key == task.key), {})
        held = contact(self.version.pathway, self.dispute, task.element, given.at, known)
        if held:
            turn.tell(Kind.CONTACT_HELD, task.element, **to_json(held))

    def ready(self, kind: str) -> None:
        """Raise NotNow, with the reason, where the dispute does not take an act of this kind now."""
        if why := refusal(kind, self.dispute, self.run):
            raise NotNow(why=why)

    def _signalled(self, turn: Unfolding, name: str, payload: Any = None) -> None:
        turn.take()
        beside.tell_raiser(turn)
        self._follow(turn, self._knowing(turn).signal(name, payload))

    def escalated_early(self, turn: Unfolding, given: Input) -> None:
        """The running stage is escalated before its deadline (E2)."""
        self.ready(given.kind)
        self._signalled(turn, ESCALATED_EARLY)

    def withdrawn(self, turn: Unfolding, given: Input) -> None:
        """The raising side withdraws (C1)."""
        self.ready(given.kind)
        self._signalled(turn, WITHDRAWAL_ASKED if self.run.hears(WITHDRAWAL_ASKED) else WITHDRAWN)

    def resolution_said(self, turn: Unfolding, given: Input) -> None:
        """A side says that it is resolved (E5)."""
        if given.v >= MEANT:  # before, it was taken while a task was open whose id ends in ConcernsPersist, too
            self.ready(given.kind)
        self._signalled(turn, RESOLUTION_SAID)

    def risk_reported(self, turn: Unfolding, given: Input) -> None:
        """Risk of significant harm is reported (S3)."""
        self.ready(given.kind)
        self._signalled(turn, RISK_REPORTED, payload=len(given.data["children"]))

    def protective_set(self, turn: Unfolding, given: Input) -> None:
        """A protective timescale is set or changed (T10)."""
        until, known = datetime.fromisoformat(given.data["until"]), self.dispute.protective
        turn.take()
        turn.tell(Kind.PROTECTIVE_TIMESCALE_SET, None, until=until)
        recalculate(turn, sooner=known is None or until <= known)

    def recalculated(self, turn: Unfolding, _given: Input) -> None:
        """Running deadlines are computed anew: somebody asks (T12), or a reason for haste is gone (HAR-R1, T10)."""
        turn.take()
        recalculate(turn)

    def claimed(self, turn: Unfolding, given: Input) -> None:
        """A task is taken on or handed on."""
        self._open_task(given)
        turn.take()

    def held_or_lifted(self, turn: Unfolding, given: Input) -> None:
        """A legal hold is put on, or taken off: nothing that was typed is erased while it stands."""
        self.ready(given.kind)
        turn.take()


NOTED = (
    Kind.CALENDAR_NOTED, Kind.CORRECTED, Kind.CONTRADICTED, Kind.TAKEN_UP_AGAIN, Kind.TEXT_ERASED,
    Kind.REPAIRED, Kind.NOTICES_ADDRESSED, Kind.ERASURE_ASKED, Kind.ERASURE_CALLED_OFF,
)  # fmt: skip
"""What stands beside the course: a calendar, a correction, that text was erased."""
HANDLERS: dict[str, Callable[[Course, Unfolding, Input], None]] = {
    Kind.TIMER_FIRED: Course.timer_fired,
    Kind.TASK_COMPLETED: Course.task_completed,
    Kind.TASK_ATTEMPTED: Course.attempted,
    Kind.RECORDED_UNDONE: Course.recorded_undone,
    Kind.ESCALATED_EARLY: Course.escalated_early,
    Kind.WITHDRAWN: Course.withdrawn,
    Kind.RESOLUTION_SAID: Course.resolution_said,
    Kind.RISK_REPORTED: Course.risk_reported,
    Kind.PROTECTIVE_TIMESCALE_SET: Course.protective_set,
    Kind.PROTECTIVE_TIMESCALE_UNDONE: Course.recalculated,
    Kind.RISK_OVER: Course.recalculated,
    Kind.DEADLINES_RECALCULATED: Course.recalculated,
    Kind.TASK_CLAIMED: Course.claimed,
    Kind.TASK_HANDED_ON: Course.claimed,
    Kind.TIER_UNHELD: beside.tier_unheld,
    Kind.LINKED: beside.linked,
    Kind.ADDRESSED: beside.readdressed,
    Kind.PERSON_BARRED: beside.barred,
    Kind.OBJECTED: beside.objected,
    Kind.BAR_OBJECTED: beside.bar_objected,
    Kind.HOLD_PLACED: Course.held_or_lifted,
    Kind.HOLD_LIFTED: Course.held_or_lifted,
    **dict.fromkeys(NOTED, beside.noted),
}

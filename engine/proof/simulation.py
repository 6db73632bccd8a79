"""A pathway run in memory on a clock of its own: scenarios, and the timeline of limits used in full. Stores nothing."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from engine import forms
from engine.calendar import working_days as days
from engine.course import Course, Version
from engine.dispute import (
    CLOCK,
    GENESIS,
    RAISING,
    RECEIVING,
    Actor,
    Effect,
    Entry,
    Input,
    Kind,
    Task,
    deadlines,
    kind_of,
    record,
    to_json,
)
from engine.errors import ConcordError
from engine.forms import split
from engine.pathway import RISK
from engine.proof.scenario import ScenarioWrong, read

FARTHEST = timedelta(days=800)


class NoSuchChild(ConcordError):
    """there is no child {number}: the first is 0, the last {last}."""


class NotOpen(ConcordError):
    """{task} is not open. Open tasks: {waiting}."""


class Simulation:
    """One dispute in memory; its journal is as a real one's."""

    def __init__(self, version: Version, at: datetime, start: Mapping[str, Any] | None = None) -> None:
        self.version = version
        self.at = at
        self.entries: list[Entry] = []
        given = self._raised(dict(start or {}))
        self.course, effects = Course.begin(version, "SIMULATED", given)
        self._write(given, effects)

    def _raised(self, start: dict[str, Any]) -> Input:
        pathway = self.version.pathway
        children = start.pop("children", 1)
        if isinstance(children, int):
            children = [{"case_reference": f"CASE-{n + 1}", "initials": "AB"} for n in range(children)]
        risk = start.pop("risk", False) in {True, "yes"}
        parties = [
            {"side": side, "agency": side, "name": f"{side.title()} agency", "kind": start.pop(f"{side}_kind", "other")}
            for side in (RAISING, RECEIVING)
        ]
        protective = start.pop("protective", None)
        closed, texts = split(pathway.form_of(pathway.start.id), start)
        data = {
            "answers": closed,
            "children": children,
            "risk": risk,
            "parties": parties,
            "protective": to_json(days.london(protective)) if protective else None,
            "calendar": self._calendar(),
        }
        return Input(
            kind=Kind.RAISED, at=self.at, actor=self._actor(RAISING), element=pathway.start.id, data=data, texts=texts
        )

    def _actor(self, side: str) -> Actor:
        return Actor(id=side, name=f"{side.title()} side", agency=side, role=side)

    def _write(self, given: Input, effects: list[Effect]) -> None:
        prev, seq = (self.entries[-1].hash, self.entries[-1].seq + 1) if self.entries else (GENESIS, 1)
        entries, _ = record("SIMULATED", prev, seq, given, effects)
        self.entries += entries

    def apply(self, given: Input) -> list[Effect]:
        """Apply one input and write it to the journal."""
        effects = self.course.apply(given)
        self._write(given, effects)
        return effects

    def move_to(self, at: datetime) -> None:
        """Let time pass: what is due fires, each at its own instant."""
        while (soonest := self.course.dispute.next_due) is not None and soonest <= at:
            self.at = max(self.at, soonest)
            self.fire_next()
        self.at = max(self.at, at)

    def fire_next(self) -> Input | None:
        """Fire the next timer at its own instant."""
        soonest = self.course.dispute.next_due
        if soonest is None:
            return None
        self.at = max(self.at, soonest)
        self._note_calendar()
        given = self.course.due(self.at)
        if given is not None:
            self.apply(given)
        return given

    def _calendar(self) -> dict[str, Any]:
        """The working calendar as of now, with the pathway's hours (T2)."""
        return self.version.pathway.calendar(self.at).to_json()

    def _note_calendar(self) -> None:
        current = self._calendar()
        if current != dict(self.course.dispute.calendar):
            self.apply(Input(kind=Kind.CALENDAR_NOTED, at=self.at, actor=CLOCK, data={"calendar": current}))

    def complete(self, element: str, side: str | None, answers: Mapping[str, Any], *, check: bool = True) -> None:
        """Complete the first open task of that element (or of that key)."""
        found = next((t for t in self.course.dispute.tasks if element in {t.element, t.key}), None)
        if found is None:
            waiting = ", ".join(t.key for t in self.course.dispute.tasks) or "none"
            raise NotOpen(task=element, waiting=waiting)
        self.complete_task(found, side, answers, check=check)

    def complete_task(self, task: Task, side: str | None, answers: Mapping[str, Any], *, check: bool = True) -> None:
        """Complete an open task."""
        form = self.version.pathway.form_of(task.element)
        values = forms.validate(form, answers, *self._asked_about(), now=self.at) if form and check else dict(answers)
        closed, texts = split(form, values)
        acting = side or (task.side if task.side != "both" else RAISING)
        self.apply(
            Input(
                kind=kind_of(form, closed),
                at=self.at,
                actor=self._actor(acting),
                element=task.element,
                data={"task": task.key, "side": acting, "answers": closed},
                texts=texts,
            )
        )

    def _asked_about(self) -> tuple[dict[str, list[forms.Option]], dict[str, Any]]:
        """The agencies that a form offers: both sides and an uninvolved one; and the names that its rules may read."""
        parties = self.course.dispute.parties
        agencies = [forms.Option(value=agency, label=agency) for agency in (*(p.agency for p in parties), "third")]
        known = {f"{p.side}_agency": p.agency for p in parties}
        return {"agencies": agencies}, known | {RISK: self.entries[0].data["risk"]}

    def step(self, step: Mapping[str, Any]) -> None:
        """One step of a scenario; what is due before it fires first."""
        self.move_to(days.london(str(step["at"])))
        kind = step.get("do")
        actor = self._actor(str(step.get("side") or RAISING))
        texts = {"reason": str(step["reason"])} if step.get("reason") else {}
        if kind == "complete":
            self.complete(
                str(step.get("task")), step.get("side"), step.get("answers") or {}, check=step.get("check", True)
            )
        elif kind == "report_risk":
            everyone = list(range(len(self.course.dispute.children)))
            for number in step.get("children", everyone):
                if number not in everyone:
                    raise NoSuchChild(number=number, last=everyone[-1])
            self.apply(
                Input(
                    kind=Kind.RISK_REPORTED,
                    at=self.at,
                    actor=actor,
                    data={"children": step.get("children", everyone)},
                    texts=texts,
                )
            )
        elif kind == "shorten":
            until = days.london(str(step.get("to")))
            self.apply(
                Input(
                    kind=Kind.PROTECTIVE_TIMESCALE_SET,
                    at=self.at,
                    actor=actor,
                    data={"until": to_json(until)},
                    texts=texts,
                )
            )
        elif kind in SIGNALS:
            self.apply(Input(kind=SIGNALS[kind], at=self.at, actor=actor, texts=texts))


SIGNALS = {
    "risk_over": Kind.RISK_OVER,
    "escalate": Kind.ESCALATED_EARLY,
    "withdraw": Kind.WITHDRAWN,
    "say_resolved": Kind.RESOLUTION_SAID,
}


def run_scenario(version: Version, scenario: Any) -> Simulation:
    """Run a scenario; raises ScenarioUnreadable, or ScenarioWrong with the number of the step that can't be done."""
    told = read(scenario)
    simulation = Simulation(version, told.raised, told.start)
    for number, step in enumerate(told.steps, 1):
        try:
            simulation.step(step)
        except ConcordError as error:
            raise ScenarioWrong(number=number, why=str(error)) from error
    return simulation


def timeline(version: Version, at: datetime, start: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What happens if every limit is used in full, exceptional steps taken at their last moment."""
    simulation = Simulation(version, at, start)
    end = at + FARTHEST
    while not simulation.course.run.completed and simulation.at < end:
        before = simulation.course.dispute
        given = simulation.fire_next()
        if given is None:
            break
        _last_moment(simulation, given)
        if simulation.course.dispute is before:
            break
        if _nothing_left(simulation):
            break
    dispute = simulation.course.dispute
    stages = [
        {
            "stage": v.stage,
            "tier": stage.tier,
            "entered": days.show(v.entered),
            "deadline": days.show(v.deadline) if v.deadline else None,
            "cumulative_working_days": deadlines.used(dispute, v.deadline) if v.deadline else None,
        }
        for v in dispute.visits
        if (stage := version.pathway.stage(v.stage))
    ]
    ended = days.show(dispute.closed) if dispute.closed else None
    return {"pathway": version.pathway.name, "raised": days.show(at), "stages": stages, "ended": ended}


def _last_moment(simulation: Simulation, given: Input) -> None:
    """At its limit, answer a task that no timer may answer (E4): concerns persist."""
    if given.data.get("what") != "task_due":
        return
    task = simulation.course.dispute.task(str(given.data["key"]).split("/")[0])
    if task is None or simulation.version.pathway.diagram.elements[task.element].properties.get("alert") is None:
        return
    exceptional = simulation.course.dispute.visit is None and task.group is None
    if exceptional and "persists" in simulation.version.pathway.names_read:
        simulation.complete_task(task, None, {"persists": "yes"}, check=False)


def _nothing_left(simulation: Simulation) -> bool:
    """Whether a stage that no timer ends is past its deadline, or the main flow has ended: only alerts are repeated."""
    dispute = simulation.course.dispute
    visit = dispute.visit
    if visit is None:
        return dispute.ending is not None
    return visit.deadline is not None and simulation.at > visit.deadline


def journal_lines(simulation: Simulation) -> Iterator[dict[str, Any]]:
    """The journal, an object a line."""
    for entry in simulation.entries:
        yield entry.to_json()

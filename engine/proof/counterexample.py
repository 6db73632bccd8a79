"""A way of the proof as a scenario that a simulation runs again, each timer at its own instant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.calendar import working_days as days
from engine.course import AT_RISK, Version
from engine.errors import ConcordError
from engine.pathway import PROTECTIVE_PASSED, RESOLUTION_SAID, RISK_REPORTED, WITHDRAWAL_ASKED
from engine.proof.simulation import Simulation
from engine.proof.walk import Way

RAISED = "2026-03-02T10:00"
PROTECTIVE = ("2026-07-01T11:59", "2026-07-01T12:00")
"""A minute before a protective timescale passes, and then: later than any ordinary stage lasts (T10)."""
Step = Mapping[str, Any]
TOLD: Mapping[str, Step] = {
    RISK_REPORTED: {"do": "report_risk"},
    RESOLUTION_SAID: {"do": "say_resolved", "side": "receiving"},
    WITHDRAWAL_ASKED: {"do": "withdraw", "reason": "tried by the proof"},
}
AGREED = "resolved"


@dataclass(kw_only=True)
class Scenarios:
    """How to bring about what a walk takes as given: the signals that begin event subprocesses or end a stage."""

    version: Version
    thrown: dict[str, Way] = field(default_factory=dict)
    confirmed: Way | None = None
    said_by: str = ""  # the side that says so on the way to that, where the diagram asks
    left: Way | None = None
    running: Way = ()
    start: Mapping[str, Any] = field(default_factory=dict)  # what is answered as a dispute is raised

    def of(self, way: Way, begun_by: str | None, said_by: str = "") -> Step | None:
        """The scenario; none where a signal on the way can't be brought about."""
        given: list[Step] = []
        if begun_by in {RESOLUTION_SAID, WITHDRAWAL_ASKED}:
            told = {**TOLD[begun_by]} | ({"side": said_by} if begun_by == RESOLUTION_SAID and said_by else {})
            given += [*_steps(self.running), told]
        elif begun_by is not None and begun_by in TOLD:
            given.append(TOLD[begun_by])
        elif begun_by == PROTECTIVE_PASSED:
            before, until = PROTECTIVE
            given += [
                {"do": "shorten", "to": until},
                {"do": "wait", "at": before},
                {"do": "answer"},
                {"do": "wait", "at": until},
            ]
        elif begun_by is not None and begun_by not in self.thrown:
            return None
        whole = (*self.thrown[begun_by], *way) if begun_by in self.thrown else way
        for action in whole:
            if action.step is not None:
                given.append({**action.step, "of": action.element})
                given += _steps(self.left or ()) if action.step["do"] == "withdraw" else ()
            elif self.confirmed is not None:
                side = {"side": self.said_by} if self.said_by else {}
                given += [{**TOLD[RESOLUTION_SAID], **side}, *_steps(self.confirmed)]
            else:
                return None
        return self._timed(given)

    def _timed(self, given: list[Step]) -> Step:
        start = next((dict(step["start"]) for step in given if "start" in step), dict(self.start))
        steps: list[Step] = []
        scenario = {"raised": RAISED, "start": start, "steps": steps}
        try:
            simulation = Simulation(self.version, days.london(RAISED), start)
        except ConcordError:
            return scenario
        for planned in given:
            for step in self._asked(simulation) if planned["do"] == "answer" else [planned]:
                if "start" in step:
                    continue
                steps.append(_at(simulation, step))
                try:
                    simulation.step(steps[-1])
                except ConcordError:
                    return scenario
        return scenario

    def _asked(self, simulation: Simulation) -> list[Step]:
        """Answer the questions about risk that are open, so that they can be asked anew (S2)."""
        open_ = [t.element for t in simulation.course.dispute.tasks if self.version.pathway.asks(t.element, AT_RISK)]
        return [{"do": "complete", "task": t, "answers": {AT_RISK: "no"}, "check": False} for t in open_]


def _steps(way: Way) -> list[Step]:
    return [{**action.step, "of": action.element} for action in way if action.step is not None]


def _at(simulation: Simulation, step: Step) -> Step:
    """The step at the instant when it happens: a timer's own, or that of the step before it."""
    waits = [d.due for d in simulation.course.dispute.deadlines if d.element == step.get("of") and d.kind != "task_due"]
    at = waits[0] if step["do"] == "wait" and waits else simulation.at
    return {"at": days.show(at), **{k: v for k, v in step.items() if k != "of"}}

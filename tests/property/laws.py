"""What must be true of a dispute after any input, whatever the input was."""

from datetime import datetime

from engine.course import Course, Version
from engine.dispute import Effect, Input, Task
from engine.pathway import PROTECTIVE_PASSED, RISK_REPORTED

TIMERS = {"deadline", "reminder"}


def hold(course: Course, given: Input, effects: list[Effect], before: tuple[Task, ...]) -> None:
    """What must be true of a dispute after any input."""
    dispute, run = course.dispute, course.run
    waiting = run.open()
    assert (dispute.closed is not None) == run.completed
    assert dispute.next_due == min((d.due for d in dispute.deadlines), default=None)
    assert {o.key for o in waiting if o.kind == "userTask"} == {t.key for t in dispute.tasks}
    assert {o.key for o in waiting if o.kind == "timer"} == {d.key for d in dispute.deadlines if d.kind in TIMERS}
    assert {o.key for o in waiting if course.version.pathway.stage(o.element)} == {
        v.key for v in dispute.visits if v.left is None
    }
    assert {o.key for o in waiting if o.element == "Risk"} == {r.key for r in dispute.referrals if r.closed is None}
    hosts = {t.key for t in dispute.tasks} | {o.key for o in waiting}
    assert {d.host for d in dispute.deadlines if d.kind != "protective"} <= hosts, "A deadline outlives what it is for"
    assert len({d.key for d in dispute.deadlines}) == len(dispute.deadlines)
    if dispute.closed is not None:
        assert not dispute.deadlines, "A deadline waits on a closed dispute"
        assert dispute.ending is not None
        settled = {e.data["task"] for e in effects if e.kind == "TaskInterrupted"} | {given.data.get("task")}
        assert {t.key for t in before} <= settled, "It closed over an open task"
        assert not any(e.kind == "TaskOpened" for e in effects)
        assert all(r.closed is not None for r in dispute.referrals)
    else:
        assert dispute.tasks, "It is open and nobody has anything to do"
        assert run.hears(RISK_REPORTED), "Risk can't be reported"
        assert run.hears(PROTECTIVE_PASSED)
    for effect in effects:
        moment(effect, given, course)


def moment(effect: Effect, given: Input, course: Course) -> None:
    """No deadline of a stage is set or moved into the past; every step of a path is one that is drawn."""
    if effect.kind == "DeadlineMoved" or (effect.kind == "DeadlineSet" and effect.data["what"] in TIMERS):
        assert datetime.fromisoformat(str(effect.data["due"])) >= given.at, (
            f"{effect.data['key']} is due before it was set"
        )
    if effect.kind == "PathTaken":
        for source, element in effect.data["path"]:
            assert drawn(course.version, source, element), f"No flow leads from {source} to {element}"


def drawn(version: Version, source: str | None, element: str) -> bool:
    """Whether the diagram has a way from one element to the next."""
    diagram = version.pathway.diagram
    here = diagram.elements[element]
    begins = here.kind == "startEvent"
    return source is None or (source, element) in diagram.flow_between or here.attached_to == source or begins

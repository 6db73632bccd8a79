"""SpiffWorkflow, tamed: specs that no run changes, timers without a clock, states that any process can load."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.composition import executor
from engine.course import Change, Endless, NotWaiting, Version
from engine.pathway import DiagramUnreadable, Pathway, read_folder, read_pathway
from engine.spiff import DiagramRun, compile_diagram
from engine.spiff.expressions import CodeInDiagram, Expressions
from engine.spiff.parser import united

BIRMINGHAM = Path(__file__).parents[2] / "bpmn" / "birmingham"
PATHWAY = read_folder(BIRMINGHAM, demo=True)
DISCUSS = {"result": "not_agreed"}


def fresh() -> Any:
    """An executor on specs of its own."""
    return executor(PATHWAY)


def begun(children: int = 1, *, risk: bool = False, on: Any = None) -> DiagramRun:
    """A run at stage 1."""
    run, _ = (on or fresh()).start({"children": children, "risk": risk})
    return run


def keys(run: DiagramRun, kind: str = "userTask") -> list[str]:
    """What is open."""
    return [o.key for o in run.open() if o.kind == kind]


def names(change: Change) -> list[str]:
    """The elements of a path."""
    return [step.element for step in change.path]


def test_a_run_begins_at_its_first_stage_with_its_timers_waiting() -> None:
    """T9: nothing has fired, and nothing looks at a clock, years in the past or not."""
    run = begun()
    assert [key for key in keys(run) if key.startswith("Stage")] == ["Stage1_Discuss.1"]
    assert sorted(keys(run, "timer")) == ["Stage1_Deadline.1", "Stage1_FirstOver.1", "Stage1_Reminder.1"]


def test_a_timer_fires_when_it_is_told_to_and_no_sooner() -> None:
    """Decision 3: completing a task fires none; the deadline interrupts the stage."""
    run = begun()
    change = run.complete("Stage1_Discuss.1", DISCUSS)
    assert "Stage1_Deadline" not in names(change)
    change = run.fire("Stage1_Deadline.1")
    assert names(change)[:2] == ["Stage1_Deadline", "Stage1_Over"]
    ended = {"Stage1", "Stage1_First", "Stage1_FirstOver", "Stage1_Meeting", "Stage1_Reminder"}
    assert {o.element for o in change.interrupted} == ended
    with pytest.raises(NotWaiting):
        run.fire("Stage1_Deadline.1")


def test_a_reminder_fires_once_and_the_stage_goes_on() -> None:
    """E3: a fired reminder does not come again."""
    run = begun()
    assert names(run.fire("Stage1_Reminder.1")) == ["Stage1_Reminder", "Stage1_Reminded"]
    assert "Stage1_Discuss.1" in keys(run)
    with pytest.raises(NotWaiting):
        run.fire("Stage1_Reminder.1")


def test_no_run_changes_the_specs_that_all_runs_share() -> None:
    """SpiffWorkflow connects a triggered event subprocess to the shared spec when it is triggered first."""
    shared = fresh()

    def shape() -> dict[tuple[str, str], tuple[list[str], list[str]]]:
        specs = (shared.specs.process, *shared.specs.subprocesses.values())
        return {(w.name, n): (list(s._inputs), list(s._outputs)) for w in specs for n, s in w.task_specs.items()}

    before = shape()
    run = begun(2, risk=True, on=shared)
    run.signal("risk_reported", 2)
    run.signal("resolution_said")
    run.signal("escalated_early")
    assert shape() == before


def test_risk_can_be_reported_again_while_a_referral_is_open() -> None:
    """S3: each with a task for each child that was named."""
    run = begun(3)
    run.signal("risk_reported", 3)
    run.signal("risk_reported", 1)
    assert [k for k in keys(run) if k.startswith("Risk_Refer")] == [f"Risk_Refer.{n}" for n in range(1, 5)]


def test_a_state_loads_in_another_process_with_its_open_referral_and_goes_on_alike() -> None:
    """Decision 1: on freshly parsed specs, also where instances are half done."""
    run = begun(2, risk=True)
    run.complete("Risk_Refer.1", {"outcome": ["mistake"]})
    stored = msgspec.json.decode(msgspec.json.encode(run.state()))
    other = fresh().load(stored)
    assert other.state() == stored
    steps = (
        lambda r: r.complete("Risk_Refer.2", {"outcome": ["referred"]}),
        lambda r: r.fire("Stage1_Deadline.1"),
        lambda r: r.complete("Risk_TellLead.1", {}),
    )
    for step in steps:
        assert step(other) == step(run)
    assert msgspec.json.encode(other.state()) == msgspec.json.encode(run.state())


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 1)])
def test_what_follows_several_instances_reads_what_any_of_them_ticked(order: tuple[int, ...]) -> None:
    """S4: one report of three made by mistake is closed by a lead, in whatever order they are done."""
    run = begun(3, risk=True)
    ticked = {1: ["referred"], 2: ["mistake"], 3: ["referred"]}
    for number in order:
        run.complete(f"Risk_Refer.{number}", {"outcome": ticked[number]})
    assert "Risk_CloseByLead.1" in keys(run)


def test_answers_of_instances_are_united() -> None:
    """Lists together and each value once, other answers from the last child's; what was known before is left."""
    before = {"children": 2, "outcome": ["old"]}
    given = [
        before | {"outcome": ["a", "b"], "way": "phone"},
        before | {"outcome": ["b", "c"]},
        before | {"way": "post"},
    ]
    assert united(before, given) == {"outcome": ["a", "b", "c"], "way": "post"}
    assert before["outcome"] == ["old"]


def test_nothing_is_heard_after_the_end() -> None:
    """A signal after completion would open a ghost."""
    run = begun()
    run.signal("withdrawn")
    while open_ := keys(run):
        run.complete(open_[0], {"at_risk": "no"})
    assert run.completed
    assert not run.hears("risk_reported")
    with pytest.raises(NotWaiting):
        run.signal("risk_reported", 1)


def test_main_flow_done_it_stays_open_for_what_outlives_it() -> None:
    """C2, D4: records, questions and referrals hold it open, and risk is heard."""
    run = begun(risk=True)
    run.signal("withdrawn")
    assert not run.completed
    assert run.hears("risk_reported")
    assert not run.hears("escalated_early")


@pytest.mark.parametrize("identity", ["Start", "End", "Root"])
def test_ids_that_spiffworkflow_uses_itself_are_refused(identity: str) -> None:
    """A start event called `Start` silently loses its flows."""
    main = "bpmn/birmingham/escalation.bpmn"
    data = PATHWAY.files[main].replace(b'"Afterwards_Debrief"', f'"{identity}"'.encode())
    data = data.replace(b">Afterwards_Debrief<", f">{identity}<".encode())
    files = {**PATHWAY.files, main: data}
    renamed = read_pathway_again(files)
    with pytest.raises(DiagramUnreadable, match="Rename it"):
        compile_diagram(renamed.diagram, renamed.names_read)


def read_pathway_again(files: dict[str, bytes]) -> Pathway:
    """Birmingham's pathway from changed files."""
    from engine.pathway import read_pathway  # noqa: PLC0415 - beside its only use

    return read_pathway(files, "birmingham", "escalation")


def test_nothing_of_a_diagram_is_run_as_python() -> None:
    """Decision 6."""
    expressions = Expressions(frozenset(), frozenset())
    with pytest.raises(CodeInDiagram):
        expressions.execute(None, "import os")
    with pytest.raises(CodeInDiagram):
        expressions.call_service(None, operation_name="x")


def test_a_version_is_shared_by_runs_that_go_on_side_by_side() -> None:
    """Decision 5: the same steps in turns on one version and alone on another give the same states."""
    shared = Version(pathway=PATHWAY, executor=fresh()).executor
    side_by_side = [begun(2, risk=True, on=shared) for _ in range(3)]
    for run in side_by_side:
        run.complete("Stage1_Discuss.1", {"result": "agreed"})
    for run in side_by_side:
        run.complete("Resolution_Confirm.1", {"confirmed": "yes"})
    alone = begun(2, risk=True)
    alone.complete("Stage1_Discuss.1", {"result": "agreed"})
    alone.complete("Resolution_Confirm.1", {"confirmed": "yes"})
    assert all(run.state() == alone.state() for run in side_by_side)


def test_a_diagram_that_goes_round_without_waiting_is_stopped() -> None:
    """A bundle from elsewhere is executed before anybody has checked its diagram: it must not keep the machine."""
    name = "bpmn/birmingham/escalation.bpmn"
    drawn = 'sourceRef="Stage1_AgreedAtOnce" targetRef="Stage1_Discuss"'
    files = dict(PATHWAY.files)
    assert drawn.encode() in files[name]
    files[name] = files[name].replace(drawn.encode(), b'sourceRef="Stage1_AgreedAtOnce" targetRef="Stage1_Discussed"')
    run, _ = executor(read_pathway(files, "birmingham", "escalation")).start({"children": 1, "risk": False})
    with pytest.raises(Endless, match="round at Stage1_"):
        run.complete("Stage1_Discuss.1", {"result": "agreed"})

"""A run's state as JSON, without its specs: positions instead of random ids, so that equal runs have equal states."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from SpiffWorkflow import task as spiff
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.spiff.joins import Join
from engine.spiff.workflow import Part, Workflow

IDS = ("merged",)
NUMBERS = count(1)  # ids of tasks, which no state holds: unlike random ones they are quick to make and to look up
spiff.uuid4 = NUMBERS.__next__


def dump(workflow: Workflow) -> dict[str, Any]:
    """The state of a workflow; completed subprocesses are left out, since nothing returns to them."""
    return {"tasks": _dump_tree(workflow), "done": workflow.completed}


def _tree(task: Any) -> Iterator[Any]:
    ahead = [task]
    while ahead:
        here = ahead.pop()
        yield here
        if here._children:  # noqa: SLF001 - what `children` reads, without a list for each
            siblings = here.workflow.tasks
            ahead.extend([siblings[child] for child in reversed(here._children)])  # noqa: SLF001


def _dump_tree(workflow: Any) -> list[dict[str, Any]]:
    top = workflow.top_workflow
    order = list(_tree(workflow.task_tree))
    position = {str(task.id): n for n, task in enumerate(order)}
    rows = []
    for task in order:
        parent = task.parent
        behind = parent.data if parent is not None else {}
        row: dict[str, Any] = {"s": task.task_spec.name, "t": task.state}
        if parent is not None:
            row["p"] = position[str(parent.id)]
        if changed := {k: v for k, v in task.data.items() if k not in behind or behind[k] != v}:
            row["d"] = changed
        if gone := sorted(behind.keys() - task.data.keys()):  # in no order that a process makes up
            row["x"] = gone
        if inner := {
            k: [position[i] for i in v if i in position] if k in IDS else v for k, v in task.internal_data.items()
        }:
            row["i"] = inner
        if task.triggered:
            row["g"] = 1
        subprocess = top.subprocesses.get(task.id)
        if subprocess is not None and not subprocess.completed:
            row["sub"] = _dump_tree(subprocess)
        rows.append(row)
    return rows


def load(state: dict[str, Any], spec: Any, subprocess_specs: Any, script_engine: Any) -> Workflow:
    """Put a dumped state onto freshly parsed or cached specs."""
    workflow = Workflow(spec, subprocess_specs, script_engine=script_engine, deserializing=True)
    _load_tree(state["tasks"], workflow)
    workflow.completed = state["done"]
    return workflow


def _load_tree(rows: list[dict[str, Any]], workflow: Any) -> None:
    tasks: list[Any] = []
    inner: list[tuple[Any, list[dict[str, Any]]]] = []
    for row in rows:
        parent = tasks[row["p"]] if "p" in row else None
        task = Task(workflow, workflow.spec.task_specs[row["s"]], parent, state=row["t"])
        data = dict(parent.data) if parent is not None else {}
        for name in row.get("x", ()):
            data.pop(name, None)
        task.data = data | row.get("d", {})
        task.internal_data = dict(row.get("i", {}))
        task.triggered = "g" in row
        task.last_state_change = 0.0
        tasks.append(task)
        if "sub" in row:
            inner.append((task, row["sub"]))
    for task in tasks:
        for name in IDS:
            if name in task.internal_data:
                task.internal_data[name] = [str(tasks[n].id) for n in task.internal_data[name]]
        if isinstance(task.task_spec, CatchingEvent) and task.has_state(TaskState.WAITING):
            workflow.top_workflow.event_manager.add_task(task)
    workflow.task_tree = tasks[0]
    top = workflow.top_workflow
    for task, sub in inner:
        subprocess = Part(top.subprocess_specs[task.task_spec.spec], task.id, top, deserializing=True)
        top.subprocesses[task.id] = subprocess
        _load_tree(sub, subprocess)
        subprocess.completed_event.connect(task.task_spec._on_subworkflow_completed, task)  # noqa: SLF001 - as SpiffWorkflow's loader does


def settle(workflow: Workflow) -> None:
    """Put what SpiffWorkflow keeps in order of history into the tree's order: a loaded run goes on as a live one."""
    order: list[Any] = []
    dropped = [key for key, sub in workflow.subprocesses.items() if sub.completed]
    for key in dropped:
        del workflow.subprocesses[key]

    forget_triggered(workflow, TaskState.COMPLETED)

    def walk(tree: Any) -> None:
        if _forget_rounds(tree, tasks := list(_tree(tree.task_tree))):
            tasks = list(_tree(tree.task_tree))
        for task in tasks:
            order.append(task.id)
            if task.id in workflow.subprocesses:
                walk(workflow.subprocesses[task.id])

    walk(workflow)
    rank = {key: n for n, key in enumerate(order)}
    events = workflow.event_manager.tasks
    waiting = sorted(
        ((k, t) for k, t in events.items() if k in rank and t.has_state(TaskState.WAITING)), key=lambda kt: rank[kt[0]]
    )
    workflow.event_manager.tasks = dict(waiting)
    known = {k: sub for k, sub in workflow.subprocesses.items() if k in rank}
    workflow.subprocesses = dict(sorted(known.items(), key=lambda ks: rank[ks[0]]))
    workflow.bpmn_events = []


def _forget_rounds(workflow: Any, tasks: list[Any]) -> bool:
    """Cut out the earlier rounds of a loop: nothing asks for them, and they would make every later step slower."""
    before = len(workflow.tasks)
    for task in [t for t in tasks if t.state == TaskState.COMPLETED and t.task_spec.manual]:
        round_, above = [], task.parent
        while above is not None and above.state == TaskState.COMPLETED and len(above.children) == 1:
            if isinstance(above.task_spec, Join):  # it counts what came and went
                break
            round_.append(above)
            if above.task_spec is task.task_spec:
                _put_in_place(task, above, round_)
                break
            above = above.parent
    return len(workflow.tasks) < before


def _put_in_place(task: Any, first: Any, round_: list[Any]) -> None:
    before = first.parent
    before.children = [task if child is first else child for child in before.children]
    task.parent = before
    for gone in round_:
        del gone.workflow.tasks[gone.id]


def forget_triggered(workflow: Workflow, states: int) -> None:
    """Drop event subprocesses in these states: each is a leaf beside the main flow, and any number may come."""
    root = workflow.task_tree
    over = {c.id for c in root.children if c.triggered and c.has_state(states) and not c.children}
    root.children = [c for c in root.children if c.id not in over]
    for gone in over:
        del workflow.tasks[gone]

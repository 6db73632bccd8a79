"""SpiffWorkflow's workflows, but for how they look for tasks in some state.

Its own iterator asks a filter of five questions about each task of the tree, and copies the list of what is ahead at
each of them. A turn looks some twenty times: half of the time of verifying went there. The order is the same.
"""

from collections.abc import Callable, Iterator
from typing import Any

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

FOLLOWED = ((TaskState.PREDICTED_MASK, TaskState.MAYBE), (TaskState.DEFINITE_MASK, TaskState.FUTURE))
"""Which state a task has at the least that is followed by one of the states; by any other only what is completed."""


def found(top: BpmnWorkflow, first: Any, state: int, name: str | None = None) -> list[Any]:
    """The tasks in a state or one of several, from a task on: what is in it first, then what follows it."""
    tasks, ahead, subprocesses = [], [first], top.subprocesses
    least = next((low for mask, low in FOLLOWED if state & mask), TaskState.COMPLETED)
    while ahead:
        task = ahead.pop()
        own = task._state  # noqa: SLF001 - what `state` and `children` read, without a call and a list for each
        if own & state and (name is None or task.task_spec.name == name):
            tasks.append(task)
        part = subprocesses.get(task.id) if subprocesses else None
        if task._children and (own >= least or part is not None):  # noqa: SLF001
            siblings = task.workflow.tasks
            ahead.extend([siblings[child] for child in reversed(task._children)])  # noqa: SLF001
        if part is not None:
            ahead.append(part.task_tree)
    return tasks


def within(first: Any, state: int) -> Iterator[Any]:
    """The tasks of one workflow in a state that can have followers, its subprocesses' not; each as it is come to."""
    ahead = [first]
    while ahead:
        task = ahead.pop()
        if task._children and task._state >= TaskState.FUTURE:  # noqa: SLF001
            siblings = task.workflow.tasks
            ahead.extend([siblings[child] for child in reversed(task._children)])  # noqa: SLF001
        if task._state & state:  # noqa: SLF001
            yield task


def idle(parts: list[Any]) -> bool:
    """Whether nothing is ready there that goes on by itself; what people do stays ready until they do it."""
    return not any(
        task._state == TaskState.READY and not task.task_spec.manual  # noqa: SLF001
        for part in parts
        for task in part.tasks.values()
    )


class Looking:
    """What both kinds of workflow look with."""

    top_workflow: Any
    task_tree: Any

    def update_waiting_tasks(self) -> None:
        """Update all tasks that wait, as SpiffWorkflow does whenever a task is completed."""
        for task in within(self.task_tree, TaskState.WAITING):
            task.task_spec._update(task)  # noqa: SLF001

    def get_next_task(self, first_task: Any = None, **asked: Any) -> Any:
        """Return the first task that matches, or none."""
        if asked.keys() == {"state", "spec_name"}:
            return next(iter(self.get_tasks(first_task, **asked)), None)
        return super().get_next_task(first_task, **asked)  # type: ignore[misc]

    def get_tasks(self, first_task: Any = None, **asked: Any) -> list[Any]:
        """Return the tasks that match; by their state and name in one walk."""
        if asked and asked.keys() <= {"state", "spec_name"}:
            state, name = asked.get("state", TaskState.ANY_MASK), asked.get("spec_name")
            return found(self.top_workflow, first_task or self.task_tree, state, name)
        return super().get_tasks(first_task, **asked)  # type: ignore[misc,no-any-return]

    def collect_log_extras(self, _: Any = None) -> dict[str, Any]:
        """Nothing: SpiffWorkflow lists all tasks for lines that nobody reads."""
        return {}


class Workflow(Looking, BpmnWorkflow):  # type: ignore[misc]
    """A run of a diagram."""

    def create_subprocess(self, my_task: Any, spec_name: str) -> "Part":
        """Begin a subprocess in a task of it."""
        part = Part(self.subprocess_specs[spec_name], parent_task_id=my_task.id, top_workflow=self)
        self.subprocesses[my_task.id] = part
        return part

    def _do_engine_steps(self, will_complete_task: Any = None, did_complete_task: Any = None) -> bool:
        """Run what is ready, the innermost first, as SpiffWorkflow does; looked for only where anything is ready."""
        active = self.get_active_subprocesses()
        for part in sorted(active, key=lambda each: each.depth, reverse=True):
            while self._run(part, will_complete_task, did_complete_task):
                pass
            if part.parent_task_id is not None:
                around = self.get_task_from_id(part.parent_task_id)
                around.task_spec._update(around)  # noqa: SLF001
        return self._run(self, will_complete_task, did_complete_task) > 0 or len(self.get_active_subprocesses()) > len(
            active
        )

    def _run(self, part: Any, before: Callable[[Any], None] | None, after: Callable[[Any], None] | None) -> int:
        if idle([part, *(each for each in self.subprocesses.values() if each is part or each.depth > part.depth)]):
            return 0
        tasks = [task for task in part.get_tasks(state=TaskState.READY) if not task.task_spec.manual]
        for task in tasks:
            if before is not None:
                before(task)
            task.run()
            if after is not None:
                after(task)
        return len(tasks)


class Part(Looking, BpmnSubWorkflow):  # type: ignore[misc]
    """A subprocess of a run."""

"""Where branches meet again: a parallel gateway goes on once for a token on each way into it, as BPMN has it.

SpiffWorkflow 3.2.0 asks whether each way was ever come by: on a loop it goes on at the first token of the second round,
and for a token too many it goes on again. What readers 1 and 2 read runs on as it ran.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import InclusiveGateway, ParallelGateway
from SpiffWorkflow.util.deep_merge import DeepMerge
from SpiffWorkflow.util.task import TaskState

GONE_ON = TaskState.READY | TaskState.STARTED | TaskState.COMPLETED


class Join(ParallelGateway):  # type: ignore[misc]
    """A parallel gateway that counts tokens; one too many stays, and holds the run open."""

    def _check_threshold_unstructured(self, my_task: Any) -> bool:
        came, gone_on = counted(self, my_task.workflow)
        return all(came[name] > gone_on for name in self._inputs)

    def _update_hook(self, my_task: Any) -> bool:
        came, gone_on = counted(self, my_task.workflow)
        goes_on = all(came[name] > gone_on for name in self._inputs)
        too_many = goes_on and any(times > gone_on + 1 for times in came.values())
        waiting = my_task.workflow.get_tasks(spec_name=self.name, state=TaskState.WAITING)
        for task in waiting if not too_many else ():
            if task is not my_task:  # one stands for all that wait
                task.cancel()
        if goes_on:
            my_task._inherit_data()  # noqa: SLF001 - SpiffWorkflow's own protocol for joins
        else:
            my_task._set_state(TaskState.WAITING)  # noqa: SLF001
        return goes_on

    def _run_hook(self, my_task: Any) -> bool:
        """Gather what the branches of this round answered; SpiffWorkflow gathers that of earlier rounds too."""
        several = len(self._inputs) > 1  # a fork alone gathers nothing
        tasks = my_task.workflow.get_tasks(spec_name=self.name) if several else []
        earlier = [task for task in tasks if my_task.is_descendant_of(task)]
        met = [
            task
            for task in tasks
            if task.has_state(TaskState.FINISHED_MASK)
            and task not in earlier
            and all(task.is_descendant_of(round_) for round_ in earlier)
        ]
        for task in sorted(met, key=lambda task: task.last_state_change):
            DeepMerge.merge(my_task.data, task.parent.data)
        my_task._inherit_data()  # noqa: SLF001
        return True


def counted(spec: Any, workflow: Any) -> tuple[Counter[str], int]:
    """How many tokens have come on each way into a join, and how often it has gone on."""
    tasks = workflow.get_tasks(spec_name=spec.name)
    came = Counter(task.parent.task_spec.name for task in tasks if task.parent.state == TaskState.COMPLETED)
    return came, sum(task.has_state(GONE_ON) for task in tasks)


def waiting(workflow: Any) -> Iterator[tuple[str, str]]:
    """The tokens that wait at joins: for each the join, and what they came from."""
    for tree in (workflow, *workflow.subprocesses.values()):
        for spec in tree.spec.task_specs.values():
            if isinstance(spec, (Join, InclusiveGateway)) and len(spec._inputs) > 1:  # noqa: SLF001 - names of specs
                yield from _left(spec, tree)


def _left(spec: Any, tree: Any) -> Iterator[tuple[str, str]]:
    came, gone_on = counted(spec, tree)
    if isinstance(spec, InclusiveGateway):  # it goes on with fewer than all, so all that came is told while one waits
        gone_on = 0 if tree.get_tasks(spec_name=spec.name, state=TaskState.WAITING) else sum(came.values())
    for name, times in came.items():
        yield from [(spec.bpmn_id, name)] * (times - gone_on)

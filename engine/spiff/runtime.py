"""One run of a diagram: what is open, and what happens when a task is completed, a timer fired, a signal sent."""

from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import MultiInstanceTask
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.spiff.specs.event_definitions import SignalEventDefinition
from SpiffWorkflow.util.task import TaskState

from engine.course import Change, Endless, NotWaiting, Open, Step
from engine.spiff import joins
from engine.spiff import state as states
from engine.spiff.expressions import Expressions
from engine.spiff.parser import DiagramTimer, Specs
from engine.spiff.workflow import Workflow

MOST_STEPS = 400  # of one input; the longest of what ships is under fifty
OPEN = TaskState.READY | TaskState.WAITING | TaskState.STARTED


class DiagramRun:
    """A running workflow; every change of it is a call of one of its methods and tells what it did."""

    def __init__(self, specs: Specs, workflow: Workflow, turns: dict[str, int]) -> None:
        self.specs = specs
        self.workflow = workflow
        self.turns = turns
        self._held: list[Any] | None = None  # what is live, until the next change
        self._settled = False

    @staticmethod
    def _expressions(specs: Specs) -> Expressions:
        stages = frozenset(e.id for e in specs.diagram.elements.values() if "stage" in e.properties)
        return Expressions(specs.names, stages)

    @classmethod
    def start(cls, specs: Specs, data: dict[str, Any]) -> tuple["DiagramRun", Change]:
        """Start a run with its start answers; they are read by the main flow and by every event subprocess."""
        workflow = Workflow(specs.process, specs.subprocesses, script_engine=cls._expressions(specs))
        workflow.task_tree.data.update(data)
        run = cls(specs, workflow, {})
        return run, run._drive(lambda: None)

    @classmethod
    def load(cls, specs: Specs, stored: dict[str, Any]) -> "DiagramRun":
        """A run as it was saved."""
        workflow = states.load(stored, specs.process, specs.subprocesses, cls._expressions(specs))
        return cls(specs, workflow, dict(stored["turns"]))

    def state(self) -> dict[str, Any]:
        """The run as JSON; equal for equal runs."""
        return states.dump(self.workflow) | {"turns": dict(sorted(self.turns.items()))}

    @property
    def completed(self) -> bool:
        """Whether nothing is open any more, event subprocesses included."""
        return bool(self.workflow.completed)

    def complete(self, key: str, answers: dict[str, Any]) -> Change:
        """Complete a user task; `answers` are the closed ones that expressions read."""
        task = self._task(key, "userTask")

        def act() -> None:
            task.data.update(answers)
            task.run()

        return self._drive(act)

    def fire(self, key: str) -> Change:
        """Fire a waiting timer."""
        task = self._task(key, "timer")

        def act() -> None:
            task._set_internal_data(event_fired=True)  # noqa: SLF001 - SpiffWorkflow's own protocol for events
            task.task_spec._update(task)  # noqa: SLF001

        return self._drive(act)

    def hears(self, name: str) -> bool:
        """Whether a signal of that name would be heard now; after the end of the main flow nothing is."""
        definition = SignalEventDefinition(name)
        if self.completed:
            return False
        waiting = any(t.task_spec.event_definition == definition for t in self.workflow.event_manager.tasks.values())
        starts = self.workflow.spec.start.trigger_specs
        return waiting or any(
            ts.event_definition == definition
            for n in starts
            for ts in self.workflow.subprocess_specs[n].bpmn_start_events
        )

    def signal(self, name: str, payload: Any = None) -> Change:
        """Send a signal from outside; raises NotWaiting where none hears it."""
        if not self.hears(name):
            raise NotWaiting(what=name)
        event = BpmnEvent(SignalEventDefinition(name), payload=payload)
        return self._drive(lambda: self.workflow.send_event(event))

    def know(self, facts: dict[str, bool | str]) -> None:
        """What gateways may ask from now on."""
        self.workflow.script_engine.facts = facts

    def forget_event_subprocesses(self) -> None:
        """Drop what runs beside the main flow; for the proof, which walks the main flow alone."""
        self._held = None
        states.forget_triggered(self.workflow, TaskState.ANY_MASK)
        states.settle(self.workflow)
        for task in self.workflow.get_tasks(spec_name=self.workflow.spec.end.name, state=TaskState.WAITING):
            task.task_spec._update(task)  # noqa: SLF001 - the end waited for what has just been dropped
        self.workflow.do_engine_steps()
        states.settle(self.workflow)
        self.workflow.is_completed()

    def open(self) -> tuple[Open, ...]:
        """All that is open now."""
        return tuple(self._opened(task) for task in self._live())

    def joining(self) -> tuple[tuple[str, str], ...]:
        """The tokens that wait at joins."""
        return tuple(sorted(joins.waiting(self.workflow)))

    def _task(self, key: str, kind: str) -> Any:
        for task in self._live():
            if task.internal_data["key"] == key and self._opened(task).kind == kind:
                return task
        raise NotWaiting(what=key)

    def _live(self) -> list[Any]:
        if self._held is None:
            self._held = self._found()
        return self._held

    def _found(self) -> list[Any]:
        found = []
        for task in self.workflow.get_tasks(state=OPEN):
            spec = task.task_spec
            if spec.bpmn_id not in self.specs.diagram.elements or isinstance(spec, MultiInstanceTask):
                continue
            waits = (
                isinstance(getattr(spec, "event_definition", None), DiagramTimer) and task.state == TaskState.WAITING
            )
            if waits or spec.manual or task.id in self.workflow.subprocesses:
                found.append(task)
        return found

    def _drive(self, act: Any) -> Change:
        if not self._settled:
            states.settle(self.workflow)
        before = {
            task.internal_data["key"]: (task, self._opened(task))
            for task in self._live()
            if "key" in task.internal_data
        }
        path: list[Step] = []

        def passed(task: Any) -> None:
            element = self._element(task)
            if element is not None:
                path.append(Step(element=element, source=self._source(task)))
            if len(path) > MOST_STEPS:
                raise Endless(element=element)

        manual = {id(task): task for task, open_ in before.values() if open_.kind == "userTask"}
        self._held, self._settled = None, False
        act()
        path += [
            Step(element=o.element, source=self._source(t))
            for t, o in before.values()
            if id(t) in manual and t.state == TaskState.COMPLETED
        ]
        self.workflow.do_engine_steps(did_complete_task=passed)
        live = self._live()
        opened = []
        for task in live:
            if "key" not in task.internal_data:
                element = task.task_spec.bpmn_id
                self.turns[element] = self.turns.get(element, 0) + 1
                task.internal_data["key"] = f"{element}.{self.turns[element]}"
                opened.append(self._opened(task))
        now = {task.internal_data["key"] for task in live}
        gone = [(task, open_) for key, (task, open_) in before.items() if key not in now]
        change = Change(
            path=tuple(path),
            opened=tuple(opened),
            ended=tuple(o for t, o in gone if t.state == TaskState.COMPLETED),
            interrupted=tuple(o for t, o in gone if t.state != TaskState.COMPLETED),
        )
        states.settle(self.workflow)
        self._settled = True
        self.workflow.is_completed()
        return change

    def _element(self, task: Any) -> str | None:
        spec = task.task_spec
        if spec.bpmn_id in self.specs.diagram.elements and not isinstance(spec, MultiInstanceTask):
            return str(spec.bpmn_id)
        return None

    def _source(self, task: Any) -> str | None:
        own = task.task_spec.bpmn_id
        above = task.parent
        while above is not None:
            name = above.task_spec.bpmn_id or above.task_spec.name.removesuffix(".BoundaryEventSplit")
            if name in self.specs.diagram.elements and name != own:
                return str(name)
            above = above.parent
        return None

    def _opened(self, task: Any) -> Open:
        spec = task.task_spec
        element = self.specs.diagram.elements[spec.bpmn_id]
        timer = isinstance(getattr(spec, "event_definition", None), DiagramTimer)
        owner = task.workflow.parent_task_id
        within = self.workflow.get_task_from_id(owner) if owner is not None else None
        host = None
        if timer and element.attached_to:
            host = next(
                (
                    c.internal_data.get("key")
                    for c in task.parent.children
                    if c.task_spec.bpmn_id == element.attached_to
                ),
                None,
            )
        index = task.internal_data.get("key_or_index", task.internal_data.get("item"))
        return Open(
            key=task.internal_data.get("key", ""),
            element=element.id,
            kind="timer" if timer else element.kind,
            host=host,
            within=within.internal_data.get("key") if within is not None else None,
            index=index,
            data=dict(task.data),
        )


class DiagramExecutor:
    """Starts and loads runs of one diagram's specs."""

    def __init__(self, specs: Specs) -> None:
        self.specs = specs

    def start(self, data: dict[str, Any]) -> tuple[DiagramRun, Change]:
        """Start a run with its start answers."""
        return DiagramRun.start(self.specs, data)

    def load(self, stored: dict[str, Any]) -> DiagramRun:
        """A run as it was saved."""
        return DiagramRun.load(self.specs, stored)

"""From a diagram's bytes to SpiffWorkflow's specs, mended where SpiffWorkflow 3.2.0 would run them wrong."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.control import BpmnStartTask
from SpiffWorkflow.bpmn.specs.defaults import ParallelGateway
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import MultiInstanceTask
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.spiff.specs.defaults import ParallelMultiInstanceTask
from SpiffWorkflow.util.task import TaskState

from engine.pathway import Diagram, DiagramUnreadable, parse_xml
from engine.spiff.joins import Join
from engine.spiff.writing import written

TAKEN = {"Start", "End", "Root"}


class DiagramTimer(TimerEventDefinition):  # type: ignore[misc]
    """A timer that never looks at a clock: it has fired when Concord has said so, and only then."""

    def has_fired(self, my_task: Any) -> bool:
        """Whether Concord has fired this timer."""
        return bool(my_task._get_internal_data("event_fired", False))  # noqa: SLF001 - SpiffWorkflow's own protocol for events


class Instances(ParallelMultiInstanceTask):  # type: ignore[misc]
    """A task done once for each child, all at the same time; what follows reads the answers of all of them.

    SpiffWorkflow merges them as they come in, cuts lists to the latest one's length, and changes earlier data in place.
    """

    def merge_child(self, workflow: Any, child: Any) -> None:  # noqa: ARG002 - SpiffWorkflow's signature
        """Hear that an instance is done; after the last one, give the loop the answers of all."""
        loop = child.parent
        loop.internal_data["merged"].append(str(child.id))
        if self.children_complete(loop):
            loop.data |= united(dict(loop.data), [instance.data for instance in self._instances(loop)])
            loop._set_state(TaskState.READY)  # noqa: SLF001 - SpiffWorkflow's own protocol for loops


def united(before: Mapping[str, Any], given: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Answers of several instances as one: what any has ticked, and of other answers that of the last child's."""
    found: dict[str, Any] = {}
    for answers in given:
        for name, value in answers.items():
            if name in before and value == before[name]:
                continue
            known = found.get(name)
            if isinstance(known, list) and isinstance(value, list):
                found[name] = [*known, *(v for v in value if v not in known)]
            else:
                found[name] = value
    return found


@dataclass(frozen=True, kw_only=True)
class Specs:
    """What SpiffWorkflow runs, and the diagram it was made from; parsed once per version and shared by all runs."""

    process: Any
    subprocesses: Mapping[str, Any]
    diagram: Diagram
    names: frozenset[str]


def compile_diagram(diagram: Diagram, names: frozenset[str], *, counting: bool = True) -> Specs:
    """The specs of a diagram; `names` are those that expressions may read, null until they are answered.

    Joins are `counting` tokens, but for what readers 1 and 2 read.
    """
    return compile_xml(written(diagram), diagram, names, counting=counting)


def compile_xml(data: bytes, diagram: Diagram, names: frozenset[str], *, counting: bool = True) -> Specs:
    """The specs that SpiffWorkflow makes of XML, mended."""
    for identity in diagram.elements:
        if identity in TAKEN or "." in identity:
            raise DiagramUnreadable(file=diagram.process, why=f"the id {identity} is taken. Rename it.")
    parser = SpiffBpmnParser()
    try:
        parser.add_bpmn_xml(parse_xml(data, diagram.process), filename=f"{diagram.process}.bpmn")
        process = parser.get_spec(diagram.process)
        subprocesses = parser.get_subprocess_specs(diagram.process)
    except (ValidationException, SpiffWorkflowException) as error:
        why = re.sub(r"<Element [^>]*>", "an element", str(error))  # its address in memory leads nowhere
        raise DiagramUnreadable(file=diagram.process, why=f"the process engine refuses it: {why}") from error
    for spec in (process, *subprocesses.values()):
        _mend(spec, counting=counting)
    return Specs(process=process, subprocesses=subprocesses, diagram=diagram, names=names)


def _mend(spec: Any, *, counting: bool) -> None:
    for task_spec in list(spec.task_specs.values()):
        definition = getattr(task_spec, "event_definition", None)
        if isinstance(definition, TimerEventDefinition):
            task_spec.event_definition = DiagramTimer(definition.name, definition.expression)
        if counting and isinstance(task_spec, ParallelGateway):
            task_spec.__class__ = Join
        # A loaded run must hear its instances finish although this process never created them.
        if isinstance(task_spec, MultiInstanceTask):
            if isinstance(task_spec, ParallelMultiInstanceTask):
                task_spec.__class__ = Instances
            child = spec.task_specs[task_spec.task_spec]
            if not child.completed_event.is_connected(task_spec.merge_child):
                child.completed_event.connect(task_spec.merge_child)
    start = spec.start
    # SpiffWorkflow does this at the first trigger, in the shared spec: later runs would differ from earlier ones.
    for name in start.trigger_specs if isinstance(start, BpmnStartTask) else ():
        triggered = spec.task_specs[name]
        if start not in triggered.inputs:
            triggered._inputs.append(start.name)  # noqa: SLF001 - `inputs` is made anew at each reading
        if spec.end not in triggered.outputs:
            triggered.connect(spec.end)

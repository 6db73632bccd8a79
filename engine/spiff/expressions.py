"""SpiffWorkflow's script engine, replaced by our expression language: nothing here evaluates Python."""

from decimal import Decimal
from typing import Any, Never

from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine

from engine import feel
from engine.errors import ConcordError


class CodeInDiagram(ConcordError):
    """The diagram holds code ({script}). Concord runs none: use an expression, a form or a decision table."""


class Expressions(PythonScriptEngine):  # type: ignore[misc]
    """Evaluates conditions, cardinalities and payloads; a name that was declared but not answered is null."""

    def __init__(self, names: frozenset[str], stages: frozenset[str]) -> None:
        self.names = names
        self.stages = stages
        self.facts: dict[str, bool | str] = {}

    def validate(self, expression: str) -> None:
        """Raise FeelError where it is no expression of ours."""
        feel.parse(expression)

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:  # noqa: ARG002 - SpiffWorkflow's signature
        """The expression's value among the task's data."""
        values = dict.fromkeys(self.names) | task.data | self.facts
        if values.get("stage") is None:
            values["stage"] = self.stage_behind(task)
        value = feel.parse(expression).evaluate(values, {})
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        return value

    def stage_behind(self, task: Any) -> str | None:
        """The stage whose end the task follows: the nearest stage among its ancestors."""
        while task is not None:
            name = task.task_spec.bpmn_id or task.task_spec.name.removesuffix(".BoundaryEventSplit")
            if name in self.stages:
                return str(name)
            task = task.parent
        return None

    def execute(self, task: Any, script: str, external_context: Any = None) -> Never:  # noqa: ARG002
        """Refuse: there are no scripts."""
        raise CodeInDiagram(script=script[:80])

    def call_service(self, task: Any, **kwargs: Any) -> Never:  # noqa: ARG002
        """Refuse: there are no services."""
        raise CodeInDiagram(script=str(kwargs)[:80])

"""The parts of a parsed FEEL expression and how each is evaluated; knows nothing of syntax, and runs no Python text."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from engine.errors import ConcordError
from engine.feel.values import (
    Range,
    all_of,
    any_of,
    arithmetic,
    compare,
    count,
    list_contains,
    negate,
    normalise,
    passes,
)

BUILTINS: Mapping[str, Callable[..., Any]] = {"list contains": list_contains, "count": count}
"""The functions that every expression has; others are handed in."""

_signature = lru_cache(maxsize=16)(inspect.signature)


class FeelError(ConcordError):
    """The expression “{text}” does not work: {wrong} (character {position})."""

    text: str
    wrong: str
    position: int


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What an expression is evaluated against; `subject` is the value that a unary test looks at."""

    text: str
    names: Mapping[str, Any]
    functions: Mapping[str, Callable[..., Any]]
    subject: Any = None


@dataclass(frozen=True, kw_only=True)
class Node:
    """A part of an expression; `position` counts characters from 1."""

    position: int

    def evaluate(self, scope: Scope) -> Any:
        """Give the part's value."""
        raise NotImplementedError

    def children(self) -> Iterator["Node"]:
        """Give the parts directly inside this one."""
        for field in fields(self):
            value = getattr(self, field.name)
            yield from (item for item in (value if isinstance(value, tuple) else (value,)) if isinstance(item, Node))


@dataclass(frozen=True, kw_only=True)
class Literal(Node):
    """A number, string, true, false or null."""

    value: Any

    def evaluate(self, scope: Scope) -> Any:  # noqa: ARG002  the same everywhere
        """Give the value as written."""
        return self.value


@dataclass(frozen=True, kw_only=True)
class Name(Node):
    """A name whose value the caller hands in."""

    name: str

    def evaluate(self, scope: Scope) -> Any:
        """Look the name up; what was never declared is an error, not null."""
        if self.name not in scope.names:
            raise FeelError(
                text=scope.text,
                wrong=f"there is no answer or value called {self.name}, an unknown name",
                position=self.position,
            )
        return normalise(scope.names[self.name])


@dataclass(frozen=True, kw_only=True)
class Subject(Node):
    """The value that a unary test looks at."""

    def evaluate(self, scope: Scope) -> Any:
        """Give the value under test."""
        return scope.subject


@dataclass(frozen=True, kw_only=True)
class Items(Node):
    """A list."""

    items: tuple[Node, ...]

    def evaluate(self, scope: Scope) -> Any:
        """Evaluate each item in order."""
        return [item.evaluate(scope) for item in self.items]


@dataclass(frozen=True, kw_only=True)
class Interval(Node):
    """A range between two ends."""

    low: Node
    high: Node
    low_included: bool
    high_included: bool

    def evaluate(self, scope: Scope) -> Any:
        """Give the range."""
        return Range(
            low=self.low.evaluate(scope),
            high=self.high.evaluate(scope),
            low_included=self.low_included,
            high_included=self.high_included,
        )


@dataclass(frozen=True, kw_only=True)
class Group(Node):
    """An expression in parentheses."""

    inner: Node

    def evaluate(self, scope: Scope) -> Any:
        """Evaluate what the parentheses hold."""
        return self.inner.evaluate(scope)


@dataclass(frozen=True, kw_only=True)
class Negative(Node):
    """A unary minus."""

    inner: Node

    def evaluate(self, scope: Scope) -> Any:
        """Subtract from nought."""
        return arithmetic("-", 0, self.inner.evaluate(scope))


@dataclass(frozen=True, kw_only=True)
class Negated(Node):
    """A `not(…)`."""

    inner: Node

    def evaluate(self, scope: Scope) -> Any:
        """Turn true and false round."""
        return negate(self.inner.evaluate(scope))


@dataclass(frozen=True, kw_only=True)
class All(Node):
    """Parts joined by `and`."""

    parts: tuple[Node, ...]

    def evaluate(self, scope: Scope) -> Any:
        """Evaluate all parts, so that a mistake in the last one shows too."""
        return all_of([part.evaluate(scope) for part in self.parts])


@dataclass(frozen=True, kw_only=True)
class Some(Node):
    """Parts joined by `or`."""

    parts: tuple[Node, ...]

    def evaluate(self, scope: Scope) -> Any:
        """Evaluate all parts, so that a mistake in the last one shows too."""
        return any_of([part.evaluate(scope) for part in self.parts])


@dataclass(frozen=True, kw_only=True)
class Comparison(Node):
    """Two values and `= != < <= > >=` between them."""

    left: Node
    operator: str
    right: Node

    def evaluate(self, scope: Scope) -> Any:
        """Compare the two."""
        return compare(self.operator, self.left.evaluate(scope), self.right.evaluate(scope))


@dataclass(frozen=True, kw_only=True)
class Within(Node):
    """A value and what it must be in: any one of the targets.

    A lone target that is null is a list that was not answered; among others, and in a cell, null is a value to meet.
    """

    value: Node
    targets: tuple[Node, ...]

    def evaluate(self, scope: Scope) -> Any:
        """Test the value against every target."""
        value = self.value.evaluate(scope)
        inner = Scope(text=scope.text, names=scope.names, functions=scope.functions, subject=value)
        if len(self.targets) == 1 and not isinstance(self.value, Subject):
            return self._passes(value, self.targets[0], inner, unknown=None)
        return any_of([self._passes(value, target, inner, unknown=value is None) for target in self.targets])

    @staticmethod
    def _passes(value: Any, target: Node, scope: Scope, *, unknown: bool | None) -> bool | None:
        found = target.evaluate(scope)
        if isinstance(target, Comparison) and isinstance(target.left, Subject):
            outcome: bool | None = found
            return outcome
        return unknown if found is None else passes(value, found)


@dataclass(frozen=True, kw_only=True)
class Arithmetic(Node):
    """Values with `+ -` or `* /` between them, taken from left to right."""

    first: Node
    operators: tuple[str, ...]
    others: tuple[Node, ...]

    def evaluate(self, scope: Scope) -> Any:
        """Calculate from left to right."""
        result = self.first.evaluate(scope)
        for operator, other in zip(self.operators, self.others, strict=True):
            result = arithmetic(operator, result, other.evaluate(scope))
        return result


@dataclass(frozen=True, kw_only=True)
class Conditional(Node):
    """An `if … then … else …`."""

    condition: Node
    then: Node
    otherwise: Node

    def evaluate(self, scope: Scope) -> Any:
        """Take the first branch where the condition is true, else (false or null) the second."""
        return (self.then if self.condition.evaluate(scope) is True else self.otherwise).evaluate(scope)


@dataclass(frozen=True, kw_only=True)
class Call(Node):
    """A function and its arguments; `parameters` names them, or is empty where they go by position."""

    function: str
    parameters: tuple[str, ...]
    arguments: tuple[Node, ...]

    def evaluate(self, scope: Scope) -> Any:
        """Call one of the functions handed in (or built in): nothing else can be reached."""
        function = scope.functions.get(self.function) or BUILTINS.get(self.function)
        if function is None:
            raise FeelError(text=scope.text, wrong=f"there is no function {self.function}", position=self.position)
        values = [argument.evaluate(scope) for argument in self.arguments]
        named = dict(zip(self.parameters, values, strict=True)) if self.parameters else {}
        positional = [] if self.parameters else values
        try:
            _signature(function).bind(*positional, **named)
        except TypeError as error:
            raise FeelError(
                text=scope.text, wrong=f"{self.function} cannot be called so: {error}", position=self.position
            ) from None
        return normalise(function(*positional, **named))

"""The one expression language of diagrams, tables and forms: a small subset of FEEL, parsed and interpreted.

An expression reaches the names and functions handed to it and nothing else; no text is ever run as Python.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from engine.feel.ast import BUILTINS, Call, Comparison, FeelError, Interval, Literal, Name, Node, Scope, Within
from engine.feel.grammar import read_expression, read_tests, walk
from engine.feel.values import normalise

__all__ = ["Expression", "FeelError", "UnaryTest", "parse", "parse_unary"]

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Expression:
    """A parsed expression; two are equal when their texts are.

    `functions` leaves the built-in ones out. `calls` holds, in the order of the text, the calls whose arguments are all
    literals: the function's name and its arguments, by parameter name or, where given by position, by "1", "2" ….
    `constants` holds every literal of the text, each once.
    """

    text: str
    names: frozenset[str] = field(compare=False)
    functions: frozenset[str] = field(compare=False)
    calls: tuple[tuple[str, Mapping[str, Any]], ...] = field(compare=False)
    constants: tuple[Any, ...] = field(compare=False)
    root: Node = field(compare=False, repr=False)

    def evaluate(self, names: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]] = _NOTHING) -> Any:
        """Give the value: None, bool, int, Decimal, str, list, a Range, or what a function returned.

        A name that `names` does not hold is a FeelError; hand in None for what is declared but not answered.
        A parameter such as `from` reaches a function by keyword, so a function that has one takes `**arguments`.
        """
        return self.root.evaluate(Scope(text=self.text, names=names, functions=functions))

    @property
    def literal(self) -> bool:
        """Whether it is a single number, string, true, false or null."""
        return isinstance(self.root, Literal)

    def holds(self, names: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]] = _NOTHING) -> bool:
        """Whether the value is true; false and null both do not hold."""
        return self.evaluate(names, functions) is True


@dataclass(frozen=True, kw_only=True)
class UnaryTest:
    """The condition in one input cell of a decision table; `anything` is the cell `-`."""

    text: str
    names: frozenset[str] = field(compare=False)
    constants: tuple[Any, ...] = field(compare=False)
    root: Node | None = field(compare=False, repr=False)

    @property
    def anything(self) -> bool:
        """Whether every value passes."""
        return self.root is None

    @property
    def ordered(self) -> bool:
        """Whether it compares by size: `< 5`, `[1..3]`."""
        return any(
            isinstance(part, Interval) or (isinstance(part, Comparison) and part.operator not in ("=", "!="))
            for part in _parts(self.root)
        )

    @property
    def enumeration(self) -> bool:
        """Whether it is a plain list of the values that pass."""
        return isinstance(self.root, Within) and all(isinstance(target, Literal) for target in self.root.targets)

    def matches(self, value: Any, names: Mapping[str, Any] = _NOTHING) -> bool:
        """Whether the value passes; what cannot be compared does not."""
        if self.root is None:
            return True
        scope = Scope(text=self.text, names=names, functions=_NOTHING, subject=normalise(value))
        return self.root.evaluate(scope) is True


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Parse an expression, with or without a leading `=`; FeelError says in plain words what is wrong, and where."""
    root = read_expression(text)
    found = _parts(root)
    calls = [part for part in found if isinstance(part, Call)]
    return Expression(
        text=text,
        names=_names(found),
        functions=frozenset(call.function for call in calls) - BUILTINS.keys(),
        calls=tuple((call.function, _literals(call)) for call in calls if _is_literal(call)),
        constants=_constants(found),
        root=root,
    )


@lru_cache(maxsize=4096)
def parse_unary(text: str) -> UnaryTest:
    """Parse an input cell: `-`, `"a", "b"`, `not("a")`, `< 5`, `[1..3]`, `null`."""
    root = read_tests(text)
    found = _parts(root)
    return UnaryTest(text=text, names=_names(found), constants=_constants(found), root=root)


def _parts(root: Node | None) -> list[Node]:
    return (
        [] if root is None else sorted((part for level in walk(root) for part in level), key=lambda part: part.position)
    )


def _names(found: list[Node]) -> frozenset[str]:
    return frozenset(part.name for part in found if isinstance(part, Name))


def _constants(found: list[Node]) -> tuple[Any, ...]:
    values = {(type(part.value), part.value): part.value for part in found if isinstance(part, Literal)}
    return tuple(values.values())


def _is_literal(call: Call) -> bool:
    return all(isinstance(argument, Literal) for argument in call.arguments)


def _literals(call: Call) -> Mapping[str, Any]:
    parameters = call.parameters or tuple(str(place) for place in range(1, len(call.arguments) + 1))
    values = [argument.value for argument in call.arguments if isinstance(argument, Literal)]
    return MappingProxyType(dict(zip(parameters, values, strict=True)))

"""A decision table as a value, and the row that answers; knows nothing of files and of what the answer is used for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.errors import ConcordError
from engine.feel import UnaryTest

MOST_KEPT = 1_000


class DecisionUnsupported(ConcordError):
    """The decision table {table} cannot be used: {place} {wrong}."""

    table: str
    place: str
    wrong: str


class DecisionInputMissing(ConcordError):
    """The decision table {table} was asked without {name}."""

    table: str
    name: str


class DecisionGap(ConcordError):
    """The decision table {table} has no row for {values}."""

    table: str
    values: dict[str, Any]


class DecisionOverlap(ConcordError):
    """The decision table {table} has more than one row for {values}: {rows}."""

    table: str
    values: dict[str, Any]
    rows: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Column:
    """An input: the name whose value it looks at, its kind (string, boolean, number, integer), its declared values."""

    name: str
    label: str
    kind: str
    declared: UnaryTest | None = None

    @property
    def values(self) -> tuple[Any, ...]:
        """The literals in the declaration: the values themselves, or the ends of a range of numbers."""
        return self.declared.constants if self.declared else ()

    @property
    def enumerated(self) -> bool:
        """Whether the declaration lists all values, rather than a range."""
        return self.declared is not None and self.declared.enumeration


@dataclass(frozen=True, kw_only=True)
class Output:
    """What the table answers."""

    name: str
    label: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """A rule of the table; `number` counts from 1, `tests` go by the inputs."""

    number: int
    id: str
    annotation: str
    tests: tuple[UnaryTest, ...]
    outputs: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class DecisionTable:
    """Inputs, outputs and rows; `hit_policy` is UNIQUE or FIRST."""

    id: str
    name: str
    hit_policy: str
    inputs: tuple[Column, ...]
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]

    def match(self, values: Mapping[str, Any]) -> Row:
        """Give the row that answers; DecisionGap where none does, DecisionOverlap where a UNIQUE table has several."""
        for column in self.inputs:
            if column.name not in values:
                raise DecisionInputMissing(table=self.id, name=column.name)
        asked = {column.name: values[column.name] for column in self.inputs}
        key = tuple(repr(value) for value in asked.values())
        row = self._matched[key] if key in self._matched else self._search(asked)
        if len(self._matched) < MOST_KEPT:
            self._matched[key] = row
        if row is None:
            raise DecisionGap(table=self.id, values=asked)
        return row

    @cached_property
    def _matched(self) -> dict[tuple[str, ...], Row | None]:
        """What was found before, or that nothing was: who acts at a tier is asked for each line of a page."""
        return {}

    def _search(self, asked: Mapping[str, Any]) -> Row | None:
        rows = [row for row in self.rows if self._answers(row, asked)]
        if len(rows) > 1 and self.hit_policy == "UNIQUE":
            raise DecisionOverlap(table=self.id, values=asked, rows=tuple(row.number for row in rows))
        return rows[0] if rows else None

    def decide(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Give the outputs of the row that answers, by name."""
        return dict(self.match(values).outputs)

    @staticmethod
    def _answers(row: Row, asked: Mapping[str, Any]) -> bool:
        return all(test.matches(value) for test, value in zip(row.tests, asked.values(), strict=True))

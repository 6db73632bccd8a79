"""Decision tables: which row answers some values, and whether exactly one always does; knows nothing of DMN files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from engine.bounds import MOST_SHOWN, first_of
from engine.dmn.reader import read_table
from engine.dmn.table import (
    Column,
    DecisionGap,
    DecisionInputMissing,
    DecisionOverlap,
    DecisionTable,
    DecisionUnsupported,
    Output,
    Row,
)

__all__ = [
    "Column",
    "DecisionGap",
    "DecisionInputMissing",
    "DecisionOverlap",
    "DecisionTable",
    "DecisionUnsupported",
    "Output",
    "Row",
    "TableFault",
    "gaps_and_overlaps",
    "read_table",
]

_MOST_LOOKS = 60_000
_MOST_FINDINGS = 200
_OTHER = "\ufffeother"


@dataclass(frozen=True, kw_only=True)
class TableFault:
    """A fault of a table; `kind` is gap, overlap, unreachable or undeclared.

    `values` gives, for a gap or an overlap, the values of each input that it concerns; an input left out may be any.
    """

    kind: str
    rows: tuple[int, ...]
    text: str
    values: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class _Case:
    """A value that stands for all that no row tells from it, and how to call them."""

    value: Any
    words: str


@dataclass(frozen=True, kw_only=True)
class _Leaf:
    """A block of cases, one tuple for each input decided so far, and the rows that answer it."""

    block: tuple[tuple[_Case, ...], ...]
    rows: tuple[Row, ...]


@dataclass
class _Budget:
    """How many cells have been compared: a table that would take for ever is refused."""

    spent: int = 0

    def spend(self, table: DecisionTable, cells: int) -> None:
        self.spent += cells
        if self.spent > _MOST_LOOKS:
            wrong = "has more combinations than are checked. Make it smaller, or two of it"
            raise DecisionUnsupported(table=table.id, place="the table", wrong=wrong)


def gaps_and_overlaps(table: DecisionTable) -> list[TableFault]:
    """Find every block of declared values that no row answers, or more than one; and rows that can never answer.

    Exact: strings by the declared values (without them, by those in the rows and “any other text”), booleans, and
    numbers by the points where a row's test changes and the stretches between.
    """
    findings = [finding for place, column in enumerate(table.inputs) for finding in _undeclared(table, place, column)]
    domains = [_domain(table, place, column) for place, column in enumerate(table.inputs)]
    reached: set[int] = set()
    for leaf in _leaves(table, domains, 0, (), table.rows, _Budget()):
        answering = leaf.rows[:1] if table.hit_policy == "FIRST" else leaf.rows
        reached.update(row.number for row in answering)
        if len(answering) != 1:
            findings.append(_finding(table, leaf, domains))
            if len(findings) >= _MOST_FINDINGS:
                return findings  # whoever mends these looks again
    for row in table.rows:
        if row.number not in reached:
            text = f"Row {row.number} can never answer"
            findings.append(TableFault(kind="unreachable", rows=(row.number,), text=text))
    return findings


def _leaves(
    table: DecisionTable,
    domains: Sequence[Sequence[_Case]],
    place: int,
    block: tuple[tuple[_Case, ...], ...],
    rows: tuple[Row, ...],
    budget: "_Budget",
) -> Iterator[_Leaf]:
    """Go through the inputs in order, keeping together the cases that the same rows answer."""
    if place == len(domains) or not rows:
        yield _Leaf(block=block, rows=rows)
        return
    groups: dict[tuple[int, ...], list[_Case]] = {}
    weight = sum(max(1, len(row.tests[place].constants) // 4) for row in rows)
    for case in domains[place]:
        budget.spend(table, weight)
        key = tuple(row.number for row in rows if row.tests[place].matches(case.value))
        groups.setdefault(key, []).append(case)
    for numbers, cases in groups.items():
        kept = tuple(row for row in rows if row.number in numbers)
        yield from _leaves(table, domains, place + 1, (*block, tuple(cases)), kept, budget)


def _finding(table: DecisionTable, leaf: _Leaf, domains: Sequence[Sequence[_Case]]) -> TableFault:
    parts, values = [], {}
    for column, cases, domain in zip(table.inputs, leaf.block, domains, strict=False):
        if len(cases) < len(domain):
            parts.append(f"{column.name} is {first_of([case.words for case in cases], ' or ')}")
            values[column.name] = tuple(case.value for case in cases)
    where = " and ".join(parts) or "the inputs are anything"
    rows = tuple(row.number for row in leaf.rows)
    if not rows:
        return TableFault(kind="gap", rows=(), text=f"No row answers where {where}", values=values)
    named = f"Rows {', '.join(map(str, rows[:-1]))} and {rows[-1]}"
    if len(rows) > MOST_SHOWN:
        named = f"Rows {first_of([str(row) for row in rows])}"
    both = "both" if len(rows) == 2 else "all"
    return TableFault(kind="overlap", rows=rows, text=f"{named} {both} answer where {where}", values=values)


def _undeclared(table: DecisionTable, place: int, column: Column) -> Iterator[TableFault]:
    if column.declared is None:
        return
    for row in table.rows:
        for value in row.tests[place].constants:
            if not column.declared.matches(value):
                text = f"Row {row.number} asks for {_words(value)}, which is not a declared value of {column.name}"
                yield TableFault(kind="undeclared", rows=(row.number,), text=text)


def _domain(table: DecisionTable, place: int, column: Column) -> list[_Case]:
    used = {constant for row in table.rows for constant in row.tests[place].constants if constant is not None}
    if column.enumerated:
        return [_Case(value=value, words=_words(value)) for value in column.values]
    if column.kind == "boolean":
        cases = [_Case(value=True, words="true"), _Case(value=False, words="false")]
    elif column.kind == "string":
        cases = [_Case(value=value, words=_words(value)) for value in sorted(used)]
        cases.append(_Case(value=_OTHER, words="any other text"))
    else:
        points = sorted(used | {value for value in column.values if value is not None})
        cases = _whole_numbers(points) if column.kind == "integer" else _numbers(points)
    return [case for case in (*cases, _Case(value=None, words="null")) if _expected(column, case.value)]


def _expected(column: Column, value: Any) -> bool:
    return value is not None if column.declared is None else column.declared.matches(value)


def _numbers(points: Sequence[Any]) -> list[_Case]:
    if not points:
        return [_Case(value=0, words="any number")]
    cases = [_Case(value=points[0] - 1, words=f"less than {points[0]}")]
    cases += [_Case(value=point, words=str(point)) for point in points]
    for low, high in pairwise(points):
        cases.append(_Case(value=(Decimal(low) + Decimal(high)) / 2, words=f"between {low} and {high}"))
    return [*cases, _Case(value=points[-1] + 1, words=f"more than {points[-1]}")]


def _whole_numbers(points: Sequence[Any]) -> list[_Case]:
    if not points:
        return [_Case(value=0, words="any number")]
    near = sorted({int(point) + step for point in points for step in (-1, 0, 1)})
    cases = [_Case(value=number, words=str(number)) for number in near[1:-1]]
    below, above = near[0], near[-1]
    return [_Case(value=below, words=f"{below} or less"), *cases, _Case(value=above, words=f"{above} or more")]


def _words(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return str(value).lower() if value is not None else "null"
    return f"“{value}”" if isinstance(value, str) else str(value)

"""Decision tables: reading DMN, the row that answers, and gaps and overlaps found exactly."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.dmn import DecisionGap, DecisionTable, DecisionUnsupported, gaps_and_overlaps, read_table
from engine.dmn.completeness import DecisionInputMissing, DecisionOverlap

SHIPPED = sorted((Path(__file__).parents[2] / "bpmn").rglob("*.dmn"))
TIERS = ("tier", "string", '"workers", "managers"')
KINDS = ("agency_kind", "string", '"health", "school", "police"')
WHO = [
    (['"workers"', "-"], ['"practitioner"', '"Worker"']),
    (['"managers"', '"school"'], ['"head_teacher"', '"Head teacher"']),
    (['"managers"', 'not("school")'], ['"line_manager"', '"Manager"']),
]


def cell(name: str, text: str) -> str:
    """Write one element that holds a text."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f"<{name}><text>{escaped}</text></{name}>"


def dmn(
    inputs: list[tuple[str, str, str]], rows: list[tuple[list[str], list[str]]], policy: str = "UNIQUE",
    outputs: tuple[tuple[str, str], ...] = (("role", "string"), ("title", "string")),
) -> bytes:  # fmt: skip
    """Write a table as Camunda Modeler does."""
    columns = "".join(
        f'<input id="i{n}" label="{name}"><inputExpression typeRef="{kind}"><text>{name}</text></inputExpression>'
        + (cell("inputValues", declared) if declared else "")
        + "</input>"
        for n, (name, kind, declared) in enumerate(inputs)
    )
    columns += "".join(f'<output id="o{n}" name="{name}" typeRef="{kind}"/>' for n, (name, kind) in enumerate(outputs))
    rules = "".join(
        f'<rule id="Row_{n}"><description>why {n}</description>'
        + "".join(cell("inputEntry", test) for test in tests)
        + "".join(cell("outputEntry", result) for result in results)
        + "</rule>"
        for n, (tests, results) in enumerate(rows, start=1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="DRD" namespace="n">'
        f'<decision id="who_acts" name="Who acts"><decisionTable id="t" hitPolicy="{policy}">{columns}{rules}'
        "</decisionTable></decision></definitions>"
    ).encode()


def one(kind: str, declared: str, *tests: str, policy: str = "UNIQUE") -> DecisionTable:
    """Read a table of one input `x` with these cells."""
    rows = [([test], [f'"{n}"']) for n, test in enumerate(tests)]
    return read_table(dmn([("x", kind, declared)], rows, policy, outputs=(("y", "string"),)))


TABLE = read_table(dmn([TIERS, KINDS], WHO))


def test_the_row_that_answers_gives_its_outputs_and_can_be_named() -> None:
    """Row number, rule id and annotation are what a record quotes."""
    assert TABLE.decide({"tier": "managers", "agency_kind": "school", "more": 1}) == {
        "role": "head_teacher",
        "title": "Head teacher",
    }
    row = TABLE.match({"tier": "managers", "agency_kind": "health"})
    assert (row.number, row.id, row.annotation) == (3, "Row_3", "why 3")
    assert (TABLE.id, TABLE.name, TABLE.hit_policy) == ("who_acts", "Who acts", "UNIQUE")
    assert [column.values for column in TABLE.inputs] == [("workers", "managers"), ("health", "school", "police")]


def test_no_row_and_two_rows_are_both_refused() -> None:
    """A UNIQUE table with two matches does not take the first without a word."""
    with pytest.raises(DecisionGap) as gap:
        TABLE.decide({"tier": "chair", "agency_kind": "school"})
    assert gap.value.values == {"tier": "chair", "agency_kind": "school"}
    with pytest.raises(DecisionOverlap) as overlap:
        one("number", "", "< 5", "> 3").decide({"x": 4})
    assert overlap.value.rows == (1, 2)
    with pytest.raises(DecisionInputMissing):
        TABLE.decide({"tier": "workers"})


def test_first_takes_the_first_row() -> None:
    """Where the table says FIRST, order decides."""
    table = one("number", "", "< 5", "-", policy="FIRST")
    assert [table.decide({"x": x})["y"] for x in (4, 5, None)] == ["0", "1", "1"]


def test_outputs_are_literals_of_their_kind() -> None:
    """Numbers, truth values, strings and nothing."""
    outputs = (("n", "number"), ("b", "boolean"), ("s", "string"), ("none", "string"))
    table = read_table(dmn([TIERS], [(["-"], ["-2.5", "true", '"a"', ""])], outputs=outputs))
    found = table.decide({"tier": "x"})
    assert [str(value) for value in found.values()] == ["-2.5", "True", "a", "None"]


def test_a_complete_and_disjoint_table_has_no_findings() -> None:
    """Strings, booleans, numbers and whole numbers."""
    assert gaps_and_overlaps(TABLE) == []
    assert gaps_and_overlaps(one("boolean", "", "true", "false")) == []
    assert gaps_and_overlaps(one("number", "", "< 5", "5", "> 5")) == []
    assert gaps_and_overlaps(one("integer", "", "<= 1", "[2..4]", "> 4")) == []
    assert gaps_and_overlaps(one("number", "[0..10]", "[0..5)", "[5..10]")) == []
    assert gaps_and_overlaps(one("string", "", '"a"', 'not("a")')) == []
    assert gaps_and_overlaps(one("string", '"a", null', '"a"', "null")) == []
    assert gaps_and_overlaps(one("integer", "", "-")) == []
    assert gaps_and_overlaps(one("number", "", "-")) == []


@pytest.mark.parametrize(
    ("table", "findings"),
    [
        (one("number", "", "< 5", "> 5"), [("gap", "No row answers where x is 5")]),
        (one("number", "", "<= 1", "[2..4]", "> 4"), [("gap", "No row answers where x is between 1 and 2")]),
        (one("number", "", "< 5", "> 3", "-10"), [
            ("overlap", "Rows 1 and 3 both answer where x is -10"),
            ("overlap", "Rows 1 and 2 both answer where x is between 3 and 5"),
        ]),
        (one("integer", "", "< 5", "> 5"), [("gap", "No row answers where x is 5")]),
        (one("integer", "[0..5]", "[1..4]"), [("gap", "No row answers where x is 0 or 5")]),
        (one("boolean", "", "true"), [("gap", "No row answers where x is false")]),
        (one("boolean", "true, false, null", "true", "false"), [("gap", "No row answers where x is null")]),
        (one("string", "", '"a"'), [("gap", "No row answers where x is any other text")]),
        (one("string", '"a", "b", "c"', '"a"'), [("gap", "No row answers where x is “b” or “c”")]),
        (one("string", '"a"', '"a"', '"b"'), [
            ("undeclared", "Row 2 asks for “b”, which is not a declared value of x"),
            ("unreachable", "Row 2 can never answer"),
        ]),
        (one("string", '"a"', "-", "-", "-"), [
            ("overlap", "Rows 1, 2 and 3 all answer where the inputs are anything"),
        ]),
        (one("string", "", "-", '"a"', policy="FIRST"), [("unreachable", "Row 2 can never answer")]),
        (read_table(dmn([TIERS, KINDS], [*WHO[:2], (['"managers"', '"health"'], WHO[2][1])])), [
            ("gap", "No row answers where tier is “managers” and agency_kind is “police”"),
        ]),
        (read_table(dmn([TIERS, KINDS], [*WHO, (["-", '"police"'], WHO[0][1])])), [
            ("overlap", "Rows 1 and 4 both answer where tier is “workers” and agency_kind is “police”"),
            ("overlap", "Rows 3 and 4 both answer where tier is “managers” and agency_kind is “police”"),
        ]),
    ],
)  # fmt: skip
def test_each_gap_and_overlap_is_said_in_words(table: DecisionTable, findings: list[tuple[str, str]]) -> None:
    """The missing or doubled case, with the values that show it."""
    assert [(finding.kind, finding.text) for finding in gaps_and_overlaps(table)] == findings


TESTS = st.lists(
    st.tuples(*[st.sampled_from(["-", '"a"', '"b"', 'not("a")', '"a", "b"', '"c"', "null"])] * 2), max_size=5
)


@settings(deadline=None)
@given(TESTS)
def test_the_findings_are_those_of_trying_every_value(tests: list[tuple[str, str]]) -> None:
    """Going through blocks of values finds what going through each value finds."""
    values = ("a", "b", "c")
    declared = '"a", "b", "c"'
    inputs = [("x", "string", declared), ("y", "string", declared)]
    table = read_table(dmn(inputs, [(list(row), ['"r"', '"t"']) for row in tests]))
    bad: set[tuple[str, Any, Any]] = set()
    for x, y in product(values, values):
        try:
            table.match({"x": x, "y": y})
        except DecisionGap:
            bad.add(("gap", x, y))
        except DecisionOverlap:
            bad.add(("overlap", x, y))
    found = {
        (finding.kind, x, y)
        for finding in gaps_and_overlaps(table)
        if finding.kind in ("gap", "overlap")
        for x, y in product(finding.values.get("x", values), finding.values.get("y", values))
    }
    assert found == bad


NUMBERS = st.sampled_from(["-", "< 2", "<= 2", "> 3", "[1..3]", "(1..3)", "2", "not(2)", "not(< 1, > 3)", "1, 3"])


@settings(deadline=None)
@given(st.lists(NUMBERS, min_size=1, max_size=4), st.sampled_from(["number", "integer"]))
def test_numbers_are_checked_at_and_between_their_breakpoints(tests: list[str], kind: str) -> None:
    """A table has a finding exactly where some number on a fine scale shows one."""
    table = one(kind, "", *tests)
    bad = set()
    for quarter in range(-8, 32, 4 if kind == "integer" else 1):
        try:
            table.match({"x": quarter / 4})
        except DecisionGap:
            bad.add("gap")
        except DecisionOverlap:
            bad.add("overlap")
    assert {finding.kind for finding in gaps_and_overlaps(table)} - {"unreachable"} == bad


def test_a_table_too_large_to_check_says_so() -> None:
    """Nothing is claimed that was not walked."""
    inputs = [(f"x{n}", "boolean", "") for n in range(18)]
    rows = [(["true" if n == m else "-" for m in range(18)], ['"r"', '"t"']) for n in range(18)]
    with pytest.raises(DecisionUnsupported, match="more combinations"):
        gaps_and_overlaps(read_table(dmn(inputs, [*rows, (["-"] * 18, ['"r"', '"t"'])], policy="FIRST")))


GOOD = dmn([TIERS, KINDS], WHO)


@pytest.mark.parametrize(
    ("xml", "wrong"),
    [
        (b"", "not readable XML"),
        (b"<a", "not readable XML"),
        (b"<a/>", "exactly one decision"),
        (GOOD + b" " * 1_100_000, "larger than"),
        (GOOD.replace(b"20191111", b"20180521"), "exactly one decision"),
        (GOOD.replace(b"<decision id", b"<decision id='a'/><decision id"), "exactly one decision"),
        (GOOD.replace(b"decisionTable", b"literalExpression"), "no decision table"),
        (GOOD.replace(b"<definitions", b"<!DOCTYPE definitions><definitions"), "document type"),
        (
            GOOD.replace(b"<definitions", b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><definitions')
            .replace(b"why 1", b"&e;"),
            "document type",
        ),
        (GOOD.replace(b"UNIQUE", b"COLLECT"), "hit policy COLLECT"),
        (GOOD.replace(b"UNIQUE", b"ANY"), "hit policy ANY"),
        (GOOD.replace(b"<text>tier</text>", b"<text>tier + 1</text>"), "must be one name"),
        (GOOD.replace(b"<text>tier</text>", b"<text>agency_kind</text>"), "name of its own"),
        (GOOD.replace(b"<text>tier</text>", b"<text>__import__('os')</text>"), "does not work"),
        (GOOD.replace(b'name="role"', b""), "has no name"),
        (GOOD.replace(b'typeRef="string"', b'typeRef="date"'), "type date"),
        (GOOD.replace(b"<inputExpression", b'<inputExpression expressionLanguage="python"'), "not written in FEEL"),
        (GOOD.replace(b"<inputEntry><text>-</text></inputEntry>", b""), "not one cell"),
        (dmn([TIERS], [(["workers"], ['"r"', '"t"'])]), "reads a name"),
        (dmn([TIERS], [(["1"], ['"r"', '"t"'])]), "the number 1 where a string belongs"),
        (dmn([TIERS], [(['< "a"'], ['"r"', '"t"'])]), "only numbers can be compared"),
        (dmn([TIERS], [(["a b"], ['"r"', '"t"'])]), "does not work"),
        (dmn([TIERS], [(["-"], ["role", '"t"'])]), "must be one string"),
        (dmn([TIERS], [(["-"], ["true", '"t"'])]), "the boolean True where a string belongs"),
        (dmn([("n", "integer", "")], [(["1.5"], ['"r"', '"t"'])]), "where a integer belongs"),
        (dmn([], [([], ['"r"', '"t"'])]), "must have inputs"),
    ],
)  # fmt: skip
def test_what_is_not_supported_is_refused_with_its_place(xml: bytes, wrong: str) -> None:
    """Nothing of a file is passed over, and nothing outside it is read."""
    with pytest.raises(DecisionUnsupported) as caught:
        read_table(xml)
    assert wrong in str(caught.value)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_shipped_table_is_complete_and_disjoint(path: Path) -> None:
    """All in bpmn/ answer once for every declared value."""
    assert gaps_and_overlaps(read_table(path.read_bytes())) == []

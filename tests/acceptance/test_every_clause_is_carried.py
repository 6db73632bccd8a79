"""Every clause has a test, every test needs what it says of its pathway, and every clause is named in the pathway."""

from functools import cache

import pytest
import test_barnet
import test_birmingham
import test_bromley
import test_bromley_told
import test_harrow
import test_harrow_linked
import test_shared_closing
import test_shared_each_side
import test_shared_escalating
import test_shared_risk
import test_shared_time
import test_wolverhampton
import test_wolverhampton_conference
from clauses import BARNET, BIRMINGHAM, BROMLEY, CLAUSES, FIVE, HARROW, REDRAWN, WOLVERHAMPTON, Clause
from mutations import Mutation
from play import Play

from engine.errors import ConcordError

MODULES = (
    test_barnet,
    test_birmingham,
    test_bromley,
    test_bromley_told,
    test_shared_closing,
    test_shared_each_side,
    test_shared_escalating,
    test_harrow,
    test_harrow_linked,
    test_shared_risk,
    test_shared_time,
    test_wolverhampton,
    test_wolverhampton_conference,
)
"""Imported so that their tests are registered."""
CASES = [(c, p, m) for c in CLAUSES for p in c.partnerships for m in c.mutations(p)]


BIR = (
    "BIR-0.1", "BIR-1.1", "BIR-1.2", "BIR-1.3", "BIR-1.4", "BIR-1.5", "BIR-1.6", "BIR-2.1", "BIR-2.2", "BIR-2.3",
    "BIR-3.1", "BIR-3.2", "BIR-3.3", "BIR-4.1", "BIR-4.2", "BIR-4.3", "BIR-5.1", "BIR-5.2", "BIR-5.3", "BIR-5.4",
    "BIR-6.1", "BIR-6.2", "BIR-R1", "BIR-R2",
)  # fmt: skip
WOL = (
    "WOL-0.1", "WOL-0.2", "WOL-0.2a", "WOL-0.3", "WOL-1.1", "WOL-1.2", "WOL-1.3", "WOL-1.4", "WOL-2.1", "WOL-2.2",
    "WOL-3.1", "WOL-3.2", "WOL-3.3", "WOL-4.1", "WOL-4.2", "WOL-4.3", "WOL-5.1", "WOL-5.2", "WOL-5.2a", "WOL-5.3",
    "WOL-7.1", "WOL-7.2", "WOL-7.2a", "WOL-8.1", "WOL-9.1", "WOL-R1", "WOL-R2", "WOL-R3",
)  # fmt: skip
HAR = (
    "HAR-1.1", "HAR-2.1", "HAR-2.2", "HAR-2.3", "HAR-2.4", "HAR-3.1", "HAR-4.1", "HAR-4.2", "HAR-5.0", "HAR-5.1",
    "HAR-5.2", "HAR-5.3", "HAR-5.4", "HAR-5.5", "HAR-6.1", "HAR-6.2", "HAR-7.1", "HAR-7.2", "HAR-7.3", "HAR-R1",
)  # fmt: skip
HAR_C = ("HAR-C1", "HAR-C2", "HAR-C3", "HAR-C4", "HAR-C5", "HAR-C6")
HAR_L = ("HAR-L1", "HAR-L2")
WOL_REQUEST = ("WOL-6.1", "WOL-6.1a")
BRO = (
    "BRO-0.1", "BRO-0.2", "BRO-1.1", "BRO-1.2", "BRO-2.1", "BRO-2.2", "BRO-2.3", "BRO-3.1", "BRO-3.2", "BRO-3.3",
    "BRO-3.4", "BRO-3.5", "BRO-4.1", "BRO-4.2", "BRO-4.3", "BRO-4.4", "BRO-4.5", "BRO-4.6", "BRO-R1",
)  # fmt: skip
BAR = (
    "BAR-0.1", "BAR-1.1", "BAR-2.0", "BAR-2.1", "BAR-3.1", "BAR-3.2", "BAR-3.3", "BAR-4.1", "BAR-4.2", "BAR-P1",
    "BAR-P2", "BAR-P2n", "BAR-P3", "BAR-S1", "BAR-S2", "BAR-S3", "BAR-F0", "BAR-F1", "BAR-F2", "BAR-F3", "BAR-F4",
    "BAR-H1", "BAR-H2", "BAR-R1", "BAR-R2",
)  # fmt: skip
DRAWN = (
    "T9", "T10", "T11", "T13", "E1", "E2", "E3", "E4", "E5", "E6", "S1", "S2", "S3", "S4", "S6", "R3", "R4", "R5",
    "W", "C1", "C2", "E4a", "E4b", "E5a",
)  # fmt: skip
"""Shared rules that are carried by what a pathway draws."""
COMPUTED = ("T1", "T2", "T3", "T4", "T5", "T6", "T12", "E7", "S5")
"""Shared rules that are carried by the engine, the settings or the forms' texts."""
ELSEWHERE = ("T7", "T8", "E8", "R1", "R2", "E5b", "E5c", "E5d", "E5e")
"""Rules of these partnerships' sheets that other tests show, and those that no protocol uses."""
CONFERENCE, REVIEW = "harrow/conference-dissent", "harrow/review-dissent"
REQUEST = "wolverhampton/conference-request"
OWN = {
    BIRMINGHAM: BIR,
    WOLVERHAMPTON: WOL,
    BROMLEY: BRO,
    BARNET: BAR,
    HARROW: HAR,
    CONFERENCE: HAR_C,
    REVIEW: HAR_L,
    REQUEST: WOL_REQUEST,
}
"""The rows of each pathway's own sheet."""
CORRECTED = {"E4a", "E4b", "E5a"}
"""Shared rules that only the pathways are drawn to that have been redrawn."""
UNUSED = {
    HARROW: {"T13", "E4b"},
    CONFERENCE: {"T13", "E1", "W"},
    REVIEW: {"T13", "E1", "W"},
    REQUEST: {"T13", "E1", "E2", "E4", "E4b", "T9", "T11"},
}
"""Shared rules that a pathway has no use for: no cumulative maximum, no timer that leads to another stage."""
INAPPLICABLE = {
    "T4": {
        BROMLEY: "its limits are set locally, and none is counted in whole days of 24 hours",
        HARROW: "its sheet gives no limits; timescales are agreed in working days",
        BARNET: "its sheet gives no limits; those set locally are working days",
    },
    "T13": {HARROW: "its sheet gives no cumulative maximum: every stage's timescale is agreed"},
    **{row: {other: "it is not redrawn yet" for other in FIVE if other not in REDRAWN} for row in CORRECTED},
    "E4b": {
        **{other: "it is not redrawn yet" for other in FIVE if other not in REDRAWN},
        HARROW: "it asks the raising side nowhere whether concerns persist; its dissents do (HAR-C4, HAR-L2)",
    },
}
"""Shared rules that a protocol has no occasion for, and why."""
ROWS = [row for rows in OWN.values() for row in rows]


@pytest.mark.parametrize("row", [*ROWS, *DRAWN, *COMPUTED])
def test_a_row_has_a_test(row: str) -> None:
    """Named after it, and run in the partnership that it is of, or in all that have an occasion for it."""
    found = [clause for clause in CLAUSES if row in clause.ids]
    name = row.replace("-", "_").replace(".", "_")
    assert any(clause.test.__name__.startswith(f"test_{name}_") for clause in found)
    of = {pathway for pathway, rows in OWN.items() if row in rows} or {*FIVE} - INAPPLICABLE.get(row, {}).keys()
    assert {partnership for clause in found for partnership in clause.partnerships} == of


@pytest.mark.parametrize("row", [*ROWS, *DRAWN])
def test_a_row_that_is_drawn_has_something_taken_out_for_it(row: str) -> None:
    """So that it is shown to be the pathway that carries it."""
    found = [clause for clause in CLAUSES if row in clause.ids]
    assert any(clause.mutations(partnership) for clause in found for partnership in clause.partnerships)


@pytest.mark.parametrize(("partnership", "rows"), OWN.items())
def test_every_row_is_named_in_the_pathway(partnership: str, rows: tuple[str, ...]) -> None:
    """By an element of the diagram; where it is about who acts or whom to call, by a table's row or the settings."""
    pathway = Play(partnership).pathway
    named = {clause.id for element in pathway.diagram.elements.values() for clause in element.clauses}
    noted = " ".join(row.annotation for table in pathway.tables.values() for row in table.rows)
    settings = pathway.files[f"bpmn/{pathway.partnership}/partnership.toml"].decode()
    noted += settings.partition("[clauses")[0]  # the list of clauses itself answers none
    used = [row for row in (*rows, *DRAWN) if row not in UNUSED.get(partnership, ())]
    assert not [row for row in used if row not in named and row not in noted]


@pytest.mark.parametrize(("partnership", "rows"), OWN.items())
def test_no_element_names_a_row_that_there_is_not(partnership: str, rows: tuple[str, ...]) -> None:
    """And every element names at least one."""
    sheet = rows[0].split("-")[0]
    known = {*(row for row in ROWS if row.startswith(sheet)), *DRAWN, *COMPUTED, *ELSEWHERE}
    for element in Play(partnership).pathway.diagram.elements.values():
        assert element.clauses, element.id
        assert not {clause.id for clause in element.clauses} - known, element.id


@cache
def holds(clause: Clause, partnership: str) -> bool:
    """Whether the clause's test passes on the pathway as it ships: where not, it proves nothing that it fails."""
    try:
        clause.test(Play(partnership))
    except (AssertionError, ConcordError, pytest.fail.Exception):
        return False
    return True


@pytest.mark.parametrize(
    ("clause", "partnership", "mutation"),
    CASES,
    ids=[f"{clause.ids[0]}-{partnership}-{mutation.name}" for clause, partnership, mutation in CASES],
)
def test_a_clauses_test_fails_without_what_carries_it(clause: Clause, partnership: str, mutation: Mutation) -> None:
    """The changed pathway is read and compiled all the same; then the clause's own test finds the change."""
    assert holds(clause, partnership), "its test fails on the pathway as it ships"
    changed = Play(partnership, mutation)
    with pytest.raises((AssertionError, ConcordError, pytest.fail.Exception)):
        clause.test(changed)

"""Which elements answer each clause, by the diagram's documentation, the settings' lists and the tests' decorators."""

import json
import runpy
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_pathway import DIAGRAM, SETTINGS, files

from engine.pathway import Pathway, listed, matrix, named, read_folder, read_pathway
from run import main

BPMN = Path(__file__).parents[2] / "bpmn"
FOUND = Path(__file__).parents[1] / "acceptance" / "found.py"
SHIPPED = [
    (folder.parent.name, folder.stem) for folder in sorted(BPMN.glob("*/*.bpmn")) if not folder.stem.startswith(".")
]
LISTS = (
    '[clauses]\nids = ["TST-10", "TST-2", "TST-1"]\nelsewhere = { "TST-3" = "the directory" }\n'
    '[clauses.side]\nids = ["TST-9"]\n'
)


def small(settings: str = "", name: str = "escalation", diagram: str = DIAGRAM) -> Pathway:
    """The small pathway with more settings."""
    made = files(diagram, settings=(SETTINGS + settings).encode())
    made[f"bpmn/testing/{name}.bpmn"] = diagram.encode()
    return read_pathway(made, "testing", name)


def test_a_row_for_each_clause_with_its_elements_and_what_is_local() -> None:
    """The documentation `TST-1, E1 [local]: …` answers both, and sets one point locally."""
    rows = {row.clause: row for row in matrix(small())}
    assert set(rows) == {"TST-1", "E1"}
    assert "Stage1" in [element.id for element in rows["TST-1"].elements]
    assert rows["TST-1"].local == ()
    assert rows["E1"].local == rows["E1"].elements
    assert not rows["TST-1"].listed


def test_the_protocols_own_clauses_come_first_and_by_number() -> None:
    """TST-2 before TST-10; shared rules after them; what nothing answers stands there too."""
    rows = matrix(small(LISTS))
    assert [row.clause for row in rows] == ["TST-1", "TST-2", "TST-3", "TST-10", "E1"]
    assert [row.clause for row in rows if not row.answered] == ["TST-2", "TST-10"]
    assert [row.clause for row in rows if row.elsewhere] == ["TST-3"]
    assert [row.listed for row in rows] == [True, True, True, True, False]


def test_a_side_pathway_has_a_list_of_its_own() -> None:
    """Every list of the partnership is known to each pathway; only its own is asked of it."""
    assert listed(small(LISTS)).own == ("TST-10", "TST-2", "TST-1")
    side = listed(small(LISTS, "side"))
    assert side.own == ("TST-9",)
    assert side.known == {"TST-1", "TST-2", "TST-3", "TST-9", "TST-10"}
    assert side.elsewhere == {}


@pytest.mark.parametrize("section", ["", "clauses = 1\n", '[clauses]\nids = "TST-1"\n', "[clauses]\nelsewhere = 3\n"])
def test_without_a_list_there_is_none(section: str) -> None:
    """Whatever else stands there is no list."""
    alone = files(settings=(section + SETTINGS).encode())
    assert listed(read_pathway(alone, "testing", "escalation")).own == ()


def test_elements_are_named_once() -> None:
    """A name that several elements bear stands once; those without a name are left out beside those with one."""
    rows = {row.clause: row for row in matrix(small(diagram=DIAGRAM.replace('name="Decided"', 'name="Stage1"')))}
    names = named(rows["TST-1"].elements)
    assert "Stage1 (at 2 places)" in names
    assert len(names) == len(set(names))
    bare = DIAGRAM.replace(' name="Decided"', "")
    element = next(e for e in matrix(small(diagram=bare))[0].elements if e.id == "Decided")
    assert named([element]) == ["Decided"]


def test_the_tests_of_a_clause_are_found_by_their_decorator(tmp_path: Path) -> None:
    """By name and without running anything; other decorators and computed ids are passed over."""
    (tmp_path / "test_x.py").write_text(
        '@clause("TST-1", "E1", takes=[x])\ndef test_one(play): ...\n\n'
        '@clause(*IDS)\n@other("TST-1")\ndef test_two(): ...\n'
    )
    acceptance_tests = runpy.run_path(str(FOUND))["acceptance_tests"]
    assert acceptance_tests(tmp_path) == {"TST-1": ["test_one"], "E1": ["test_one"]}
    assert acceptance_tests(tmp_path / "none") == {}


@pytest.mark.parametrize(("partnership", "name"), SHIPPED)
def test_every_listed_clause_of_what_ships_is_answered(partnership: str, name: str) -> None:
    """Each pathway that ships lists its protocol's clauses, and leaves none of them out."""
    rows = matrix(read_folder(BPMN / partnership, name))
    assert any(row.listed for row in rows)
    assert [row.clause for row in rows if not row.answered] == []


def test_check_prints_the_clauses() -> None:
    """`check --clauses` gives each clause with its elements and acceptance tests."""
    words = ["check", str(BPMN / "birmingham"), "--quick", "--clauses"]
    told = CliRunner().invoke(main, words).stdout
    assert "BIR-3.2: " in told
    assert "test_BIR_3_2_" in told
    report = json.loads(CliRunner().invoke(main, [*words, "--json"]).stdout)[0]
    row = next(row for row in report["clauses"] if row["clause"] == "BIR-3.2")
    assert row["listed"]
    assert row["elements"]
    assert row["tests"]

"""Diagrams of other tools: what they write around BPMN changes nothing in ours, and each as it is gives findings."""

import json
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from foreign import ForeignFile, foreign_files
from lxml import etree
from packages import NPM, PackageMissing, fetch, of
from transplanting import pieces_of, transplanted

from engine.pathway.bpmn.reader import read_strictly

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "bpmn" / "harrow" / "review-dissent.bpmn"
GENEROUS = 3 * 2  # seconds: three times the budget, since this machine is not the only one's
MOST_MEMORY = 300
RUNS_CODE = re.compile(r"The (?:extension|attribute) (\w+) of \S+(?: \(“.*?”\))? calls code\. Take it out\.")


def diagrams() -> tuple[ForeignFile, ...]:
    """The files that are diagrams."""
    return tuple(file for file in foreign_files() if not file.path.endswith((".dmn", ".form")))


@cache
def own() -> bytes:
    """The shipped pathway into which all is transplanted."""
    return SHIPPED.read_bytes()


def test_there_are_several_hundred_of_several_tools() -> None:
    """Else the tests below would hold of nothing."""
    counted = Counter(file.package for file in foreign_files())
    assert sum(counted.values()) >= 700
    assert len(counted) >= 10
    assert any(file.path.endswith(".dmn") for file in foreign_files())


@pytest.mark.parametrize("part", range(8))
def test_what_other_tools_write_around_bpmn_changes_nothing(part: int) -> None:
    """Every header, extension and decoration, into a shipped pathway; what would run code is refused by name."""
    before, pieces, refused = read_strictly(own(), "own.bpmn"), 0, Counter[str]()
    assert before.findings == ()
    for file in diagrams()[part::8]:
        root = parsed(file.data)
        found = pieces_of(root) if root is not None else ()
        if root is None or not len(found):
            continue
        pieces += len(found)
        after = read_strictly(transplanted(own(), found), "own.bpmn")
        assert after.diagram == before.diagram, file.name
        for finding in after.findings:
            code = RUNS_CODE.fullmatch(finding.message)
            assert code is not None, (file.name, finding)
            refused[code[1]] += 1
    assert pieces > 100, pieces
    sys.stdout.write(f"{pieces:,} pieces; refused as code: {dict(refused)}\n")


def test_what_cannot_be_fetched_fails_with_a_clear_message() -> None:
    """No registry, another file under the same number: the tests fail, none is passed over."""
    for version, why in (("0.3.1", "another file than was pinned"), ("0.0.0-none", "ended with status")):
        with pytest.raises(PackageMissing, match=f"dmn-js {version} could not be fetched from npm: .*{why}"):
            fetch(of(NPM, "dmn-js", version, "0" * 64))


def parsed(data: bytes) -> etree._Element | None:
    """The XML of a file, or none where it is none."""
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None


def test_each_as_it_is_gives_findings_within_the_budgets() -> None:
    """No traceback, no hang: a file of another tool is no pathway of ours, and it is said why."""
    program = [sys.executable, str(Path(__file__).with_name("foreign.py"))]
    done = subprocess.run(program, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    took = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["name"] for each in took] == [file.name for file in foreign_files()]
    assert [each["name"] for each in took if not each["said"]] == []
    assert [each["name"] for each in took if each["seconds"] > GENEROUS] == []
    assert max(each["memory"] for each in took) <= MOST_MEMORY
    assert not any("Element {" in line or "Traceback" in line for each in took for line in each["said"])

"""D13: reading and ruling any one file takes 2 s and 300 MB at the most, and says what is too much of it."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from click.testing import CliRunner

import run

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MOST_SECONDS, MOST_MEMORY = 2, 300
GENEROUS = 3  # this machine is not the only one's
MOST_TRIES = 3  # while other processes use the caches of the same processor
SAID = {
    "a settings key of 20,000 parts": "at most 1,000 are read",
    "a settings key of 50 parts": "a key of 51 parts; at most 9 are read",
    "a settings number of 900 digits": "a whole number from 1 to 100",
    "a documentation of a million words": "at most 5,000 are read",
    "a clause of 4,000 digits": "at most 30 are read",
    "names of 40,000 characters": "at most 200 are read. Shorten it (General, Name)",
    "a cardinality of 1e8": "at most 20 are run",
    "a table of 30 ranges": "at most 12 are read",
    "a table of 500 rows": "more combinations than are checked",
    "many combinations": "more answers together than can be compared",
    "20,000 properties": "more than 40 properties",
    "1,500 tasks that answer 70 of 600 duties": "at most 5,000 are read",
    "a form of 6,000 questions": "at most 200 are read",
    "an entity bomb": "DOCTYPE",
}
"""What is said of some of them, with the bound."""


def taken(*names: str) -> dict[str, dict[str, Any]]:
    """What these hostile files take, or all of them."""
    done = subprocess.run(
        [sys.executable, str(HERE / "hostile.py"), *names], cwd=ROOT, env={"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return {line["name"]: line for line in map(json.loads, done.stdout.splitlines())}


@cache
def measured() -> dict[str, dict[str, Any]]:
    """What each hostile file takes, once."""
    return taken()


def slow(took: dict[str, dict[str, Any]]) -> dict[str, float]:
    """The files that took too long, in seconds of processor time."""
    return {name: each["seconds"] for name, each in took.items() if each["seconds"] > GENEROUS * MOST_SECONDS}


def test_no_file_takes_longer_or_more_memory_than_its_budget() -> None:
    """Whatever is in it; one that ended its process is missing here."""
    from hostile import CASES  # noqa: PLC0415 - as the process that is measured imports it

    assert measured().keys() == CASES.keys()
    lingering = slow(measured())
    for _ in range(MOST_TRIES - 1):
        lingering = lingering and slow(taken(*lingering))
    large = {name: took["memory"] for name, took in measured().items() if took["memory"] > MOST_MEMORY}
    assert (lingering, large) == ({}, {})


def test_what_is_too_much_is_said_with_its_bound() -> None:
    """And no line of it is longer than can be read."""
    silent = {name: part for name, part in SAID.items() if not any(part in line for line in measured()[name]["said"])}
    assert silent == {}
    assert all(len(line) < 1_200 for took in measured().values() for line in took["said"])


def test_at_most_200_findings_are_printed_and_the_rest_is_counted(tmp_path: Path) -> None:
    """`run.py check`, in words and as JSON."""
    sys.path.insert(0, str(ROOT / "tests" / "unit"))
    from small_pathway import OVER, changed, drawn, files, node  # noqa: PLC0415 - of the unit tests

    many = changed(OVER, OVER + "".join(node("endEvent", f"Lone{number}") for number in range(300)))
    for path, data in files(drawn(many)).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    folder = str(tmp_path / "bpmn" / "testing")
    said = CliRunner().invoke(run.main, ["check", "--quick", folder])
    assert said.exit_code == 1
    assert said.output.splitlines()[-1].strip() == "and 101 more. Mend these first, and check again."
    assert len(said.output.splitlines()) == 1 + 200 + 1
    report = json.loads(CliRunner().invoke(run.main, ["check", "--quick", "--json", folder]).output)[0]
    assert (len(report["findings"]), report["more"]) == (200, 101)

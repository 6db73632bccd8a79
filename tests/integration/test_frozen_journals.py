"""Journals that were frozen once verify for ever: in every later version of this code, and of its libraries."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine import check_bundle
from engine.dispute.journal import FORMAT
from engine.exports import bundle

ROOT = Path(__file__).parents[2]
FROZEN = ROOT / "tests" / "frozen"
SUMS = dict(reversed(line.split("  ")) for line in (FROZEN / "SHA256SUMS").read_text().splitlines())
ALL = """
import sys
from pathlib import Path
import holidays
from engine import check_bundle
from engine.calendar.working_days import bank_holidays
assert not bank_holidays(2020, 2030), "the calendar of this process should know no bank holiday"
for file in sorted(Path(sys.argv[1]).glob("*.zip")):
    found = check_bundle(file.read_bytes(), [])
    assert not found.faults, (file.name, found.lines)
    print(file.name)
"""


def test_the_frozen_files_are_those_that_were_frozen() -> None:
    """First of all: none was changed, none is missing, none has come beside them unlisted."""
    assert len(SUMS) >= 20
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in FROZEN.glob("*.zip")}
    assert found == SUMS


def test_every_format_that_was_ever_written_is_among_them() -> None:
    """Whoever begins a new format freezes journals of the one that it ends first."""
    written = {entry.v for name in SUMS for entry in bundle.unpacked((FROZEN / name).read_bytes()).entries}
    assert written >= set(range(1, FORMAT))


@pytest.mark.parametrize("name", SUMS)
def test_a_frozen_journal_verifies(name: str) -> None:
    """Chain, typed text, checkpoint, and every effect executed again on the version that is in the bundle."""
    found = check_bundle((FROZEN / name).read_bytes(), [])
    assert not found.faults, found.lines


def test_a_library_that_knows_other_bank_holidays_breaks_no_old_record(tmp_path: Path) -> None:
    """T12: the calendar that was known then stands in the journal; here is a library that knows no holiday at all."""
    (tmp_path / "holidays.py").write_text("def country_holidays(*given, **named):\n    return {}\n")
    done = subprocess.run(
        [sys.executable, "-c", ALL, str(FROZEN)], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3_000:]
    assert done.stdout.split() == sorted(SUMS)

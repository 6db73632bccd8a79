"""What code, tests, diagrams, forms and pages refer to by a number or an id can be looked up in docs/."""

import re
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
_DECISION = re.compile(r"^\*\*(?:(\d+)\. )?(.+)\*\*$", re.MULTILINE)


def test_decisions_are_numbered_without_a_gap() -> None:
    """So that “decision 4” means one thing for ever; a new one takes the next number, at the end."""
    numbers = [int(number or 0) for number, _question in _DECISION.findall((DOCS / "decisions.md").read_text("utf-8"))]
    assert numbers[0] == 1
    wrong = [after for before, after in pairwise(numbers) if after != before + 1]
    assert not wrong, "Number each decision of docs/decisions.md: **41. The question?**, one more than the one before"

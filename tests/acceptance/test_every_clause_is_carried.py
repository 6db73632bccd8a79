"""Every clause has a test, every test needs what it says of its pathway, and every clause is named in the pathway."""

from functools import cache

import pytest
import test_birmingham
import test_common
import test_wolverhampton
from clauses import BIRMINGHAM, CLAUSES, Clause
from mutations import Mutation
from play import Play

from engine.errors import ConcordError

MODULES = (test_birmingham, test_common, test_wolverhampton)
CASES = [(c, p, m) for c in CLAUSES for p in c.partnerships for m in c.mutations(p)]


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

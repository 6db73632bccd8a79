"""What `check` accepts never fails later, and what it refuses never runs: over random edits of all that ships."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from edited import Bench, Edited, Life, base, edited, undrawn
from spellings import KINDS

from engine.proof import Examination
from engine.store import Database

SHIPPED = (
    "harrow/review-dissent", "wolverhampton/conference-request", "harrow/conference-dissent", "birmingham",
    "harrow/review-dissent", "wolverhampton/conference-request", "bromley", "wolverhampton",
    "harrow/conference-dissent", "harrow", "barnet",
)  # fmt: skip
"""All that ships; the small ones, whose proofs are quick, more often."""
SILENT = frozenset(
    {"incoming", "outgoing", "BPMNLabel", "Bounds", "extensionElements", "comment", "@id", "@type", "@bpmnElement",
     "@isHorizontal", "@isMarkerVisible", "signal", "message", "a default"}
)  # fmt: skip
"""What may be lost, doubled or said and mean the same: what flows say, labels, ids that nothing names, defaults."""
HEARD = {"delete", "duplicate", "retype", "reconnect"}


@dataclass
class Tally:
    """What became of the edits."""

    tried: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    closed: Counter[bool] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def benches() -> Iterator[Mapping[str, Bench]]:
    """Each pathway with people who live on its edited diagrams."""
    made = {name: Bench(base(name)) for name in dict.fromkeys(SHIPPED)}
    yield made
    for bench in made.values():
        assert isinstance(bench.concord.store, Database)
        bench.concord.store.close()


A_TENTH = [pytest.param(half * 100, 100, 2_026, id=f"a tenth, {half + 1} of 2") for half in range(2)]
ALL = [pytest.param(part * 500, 500, None, id=f"all, {part + 1} of 4", marks=pytest.mark.soak) for part in range(4)]


@pytest.mark.parametrize(("begin", "count", "seed"), [*A_TENTH, *ALL])
def test_what_is_accepted_never_fails_later_and_what_is_refused_never_runs(
    benches: Mapping[str, Bench], begin: int, count: int, seed: int | None
) -> None:
    """Check, publish, raise, complete, sweep, replay and verify never disagree; all that disagrees is told at once."""
    first = seed or time.time_ns()
    print(f"seeds from {first}")  # noqa: T201 - so that it can be run again
    tally = Tally()
    for number in range(begin, begin + count):
        kind = list(KINDS)[number % len(KINDS)]
        followed(benches[SHIPPED[number % len(SHIPPED)]], kind, first + number, tally)
    print(tally.tried, tally.accepted, tally.closed)  # noqa: T201 - how many were tried, and became what
    assert not tally.wrong, "\n".join(tally.wrong)
    assert min(tally.tried[kind] for kind in KINDS) >= count // 40
    assert tally.accepted.total() >= count * 0.3
    assert all(tally.accepted[kind] for kind in KINDS)
    assert tally.closed[True] > tally.closed[False]


def followed(bench: Bench, kind: str, seed: int, tally: Tally) -> None:
    """Follow one edit as far as it goes; whatever is wrong is noted with how to make it again."""
    edit = edited(bench.base, kind, seed)
    tally.tried[kind] += 1
    try:
        examination = bench.examined(edit)
        accepted = examination.sound and not examination.findings
        new = bench.published(edit, unproven=None if examination.ruled else "Whatever the rules say")
        assert accepted == (new is not None), "check and publish disagree"
        meant(bench, edit, kind, examination)
        if accepted:
            tally.accepted[kind] += 1
            lived(bench, seed, examination, tally)
    except Exception as error:  # noqa: BLE001 - whatever it is: that is what is looked for
        tally.wrong.append(f"{edit.told}: {type(error).__name__}: {str(error)[:500]}")


def meant(bench: Bench, edit: Edited, kind: str, examination: Examination) -> None:
    """What must not matter is accepted and means the same; what was lost or doubled and read is not passed over."""
    if edit.harmless:
        assert examination.pathway is not None, examination.findings
        assert not examination.findings, [finding.message for finding in examination.findings]
        same = undrawn(examination.pathway) == undrawn(bench.base.pathway)
        assert same, "it means something else"
    elif kind in HEARD and edit.changed and examination.pathway and not examination.findings:
        read = examination.pathway.meaning != bench.base.pathway.meaning
        assert read or edit.touched & SILENT, "it is passed over"


def lived(bench: Bench, seed: int, examination: Examination, tally: Tally) -> None:
    """A dispute is lived on it: whole where it means something else than what ships, else begun."""
    assert examination.pathway is not None
    life = Life(bench, seed)
    if undrawn(examination.pathway) == undrawn(bench.base.pathway):
        life.begun()
    else:
        tally.closed[life.lived()] += 1

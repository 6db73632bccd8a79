"""Laws over generated journeys: whatever people and clocks do, a dispute keeps them, and its journal gives it again."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from walkers import BPMN, journeys

from engine import version_from
from engine.course.reexecution import rebuild

ROOT = Path(__file__).parents[2]
CHUNKS = [
    ("birmingham", 72, 3),
    ("wolverhampton", 72, 2),
    ("wolverhampton/conference-request", 72, 1),
    ("harrow", 72, 2),
    ("harrow/conference-dissent", 72, 1),
    ("harrow/review-dissent", 72, 1),
    ("bromley", 72, 2),
    ("barnet", 72, 2),
]
VERSIONS = {pathway: version_from(BPMN, pathway) for pathway, _, _ in CHUNKS}


def walker(*arguments: str | Path, hashed: str = "random") -> str:
    """Run a walker in a process of its own, with a hash seed of its own; gives what it printed."""
    command = [sys.executable, str(Path(__file__).with_name("walkers.py")), *map(str, arguments)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": hashed},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-6_000:]
    return done.stdout


def chunks(base: int, share: int) -> Iterator[tuple[str, int, int]]:
    """Pathway, first seed and count of each chunk; or of a part of each."""
    for pathway, size, times in CHUNKS:
        for number in range(times):
            yield pathway, base + number * size, size // share


def walked_and_rebuilt(folder: Path, base: int, share: int = 1) -> dict[str, int]:
    """Walk every chunk in one new process and rebuild it in another, two at a time; gives the totals."""

    def one(chunk: tuple[str, int, int]) -> dict[str, int]:
        pathway, first, count = chunk
        file = folder / f"{pathway.replace('/', '-')}-{first}.jsonl"
        walker("walk", pathway, str(first), str(count), file)
        told: dict[str, int] = json.loads(walker("rebuild", pathway, file))
        file.unlink()
        return told | {"journeys": count}

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(one, chunks(base, share)))
    return {name: sum(t[name] for t in told) for name in told[0]}


def test_many_journeys_keep_the_laws_and_a_new_process_rebuilds_each_from_its_journal(tmp_path: Path) -> None:
    """R1, R2, C2, S1, S3, T12: and the state is a cache of what the journal's inputs give."""
    totals = walked_and_rebuilt(tmp_path, base=0, share=4)
    assert totals["journeys"] >= 250
    assert totals["inputs"] > 3_750
    assert totals["closed"] > 50
    assert totals["referrals"] > 250


def test_a_state_does_not_depend_on_how_a_process_hashes(tmp_path: Path) -> None:
    """Decision 1: an order that a process makes up would be another state, and verifying would raise a false alarm."""
    states = set()
    for hashed in ("1", "2", "3"):
        file = tmp_path / f"{hashed}.jsonl"
        walker("walk", "bromley", "17953918368132", "3", file, hashed=hashed)
        told = [json.loads(line)["state"] for line in file.read_text().splitlines()]
        states.add(json.dumps(told, sort_keys=True))
    assert len(states) == 1


@pytest.mark.soak
def test_journeys_that_nobody_has_walked_before_keep_the_laws(tmp_path: Path) -> None:
    """Seeds of the hour; the failure names the journey."""
    for turn in range(5):
        walked_and_rebuilt(tmp_path, base=int(time.time()) * 10_000 + turn * 2_000)


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32), pathway=st.sampled_from(sorted(VERSIONS)))
def test_any_journey_rebuilt_beside_the_running_ones_is_the_same(seed: int, pathway: str) -> None:
    """Decision 1: also on specs that other disputes have run on."""
    for journey in journeys(VERSIONS[pathway], seed, 2):
        assert rebuild(VERSIONS[pathway], journey.ref, journey.entries).state() == journey.course.state()

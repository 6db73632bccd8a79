"""Walks journeys, and rebuilds them from their journals, in new processes: those have freshly parsed specs."""

import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from journeys import Journey

from engine import pathways_in, version_from
from engine.course import Version, reexecute
from engine.dispute import Entry, check_chain

BPMN = Path(__file__).parents[2] / "bpmn"
PATHWAYS = sorted(
    folder.name if name == "escalation" else f"{folder.name}/{name}"
    for folder in BPMN.iterdir()
    for name in pathways_in(folder)
)
"""What ships, as commands name it."""
TOGETHER = 3


def journeys(version: Version, first: int, count: int) -> Iterator[Journey]:
    """Walk journeys of consecutive seeds, three at a time in turns, on the same specs."""
    for start in range(first, first + count, TOGETHER):
        seeds = range(start, min(start + TOGETHER, first + count))
        dice = random.Random(start)  # noqa: S311 - a seed makes a journey that can be gone again
        group = [Journey(version, f"J-{seed}", seed) for seed in seeds]
        left = {journey.ref: dice.randint(2, 28) for journey in group}
        while running := [journey for journey in group if journey.open and left[journey.ref] > 0]:
            journey = dice.choice(running)
            left[journey.ref] -= 1
            go(journey, journey.act)
        for journey in group:
            if dice.random() < 0.4:
                go(journey, journey.finish)
            yield journey


def go(journey: Journey, step: Callable[[], None]) -> None:
    """Take a step; where a law is broken, say after which inputs."""
    try:
        step()
    except Exception as error:
        inputs = [
            " ".join(
                str(word)
                for word in (e.at, e.kind, e.element, e.data.get("task", e.data.get("key")), e.data.get("answers"))
            )
            for e in journey.entries
            if e.role == "input"
        ]
        error.add_note("\n  ".join([f"{journey.ref}, after:", *inputs]))
        raise


def walk(pathway: str, first: int, count: int, file: Path) -> None:
    """Walk journeys and write each with its journal and its state."""
    version = version_from(BPMN, pathway)
    with file.open("wb") as out:
        for journey in journeys(version, first, count):
            told = {"ref": journey.ref, "entries": journey.entries, "state": journey.course.state()}
            out.write(msgspec.json.encode(told) + b"\n")


def rebuild(pathway: str, file: Path) -> None:
    """Rebuild each journey from its journal alone, compare every effect and the state, and print what that was."""
    version = version_from(BPMN, pathway)
    inputs = closed = referrals = 0
    for line in file.read_bytes().splitlines():
        told: dict[str, Any] = msgspec.json.decode(line)
        entries = msgspec.convert(told["entries"], list[Entry])
        check_chain(entries)
        course, difference = reexecute(version, told["ref"], entries)
        assert difference is None, f"{told['ref']}: {difference}"
        again = msgspec.json.decode(msgspec.json.encode(course.state()))
        assert again == told["state"], f"{told['ref']}: its inputs give another state"
        inputs += sum(entry.role == "input" for entry in entries)
        closed += course.dispute.closed is not None
        referrals += len(course.dispute.referrals)
    print(msgspec.json.encode({"inputs": inputs, "closed": closed, "referrals": referrals}).decode())  # noqa: T201 - its answer


if __name__ == "__main__":
    if sys.argv[1] == "walk":
        walk(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]))
    else:
        rebuild(sys.argv[2], Path(sys.argv[3]))

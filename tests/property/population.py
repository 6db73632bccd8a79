"""Three hundred generated disputes of all that ships, kept in a database as running and closed ones are."""

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from journeys import Journey
from walkers import go

import engine
from engine import Actor, Concord, SetClock
from engine.course import Course, Version
from engine.journal import GENESIS, Effect, Input, record
from engine.records import DisputeRecord, Transaction
from engine.replay import plain

ROOT = Path(__file__).parents[2]
BY = Actor(id="setup", name="Set-up", agency="", role="operator")
EACH = {
    "birmingham": 40, "wolverhampton": 44, "wolverhampton/conference-request": 32, "bromley": 40,
    "harrow": 40, "harrow/conference-dissent": 34, "harrow/review-dissent": 30, "barnet": 40,
}  # fmt: skip


MORE = {"harrow": (60,), "harrow/conference-dissent": (45,), "wolverhampton": (119,),
        "wolverhampton/conference-request": (247,)}  # fmt: skip
"""Seeds of ends that few journeys come to."""


class Lived(Journey):
    """A journey that is stored step by step, as the use cases store it; its laws are checked elsewhere."""

    def __init__(self, tx: Transaction, version: Version, ref: str, seed: int) -> None:
        self.tx = tx
        self.stored: DisputeRecord | None = None
        super().__init__(version, ref, seed)

    def check(self, given: Input, effects: list[Effect], before: object) -> None:
        """Nothing: test_journeys does."""

    def _write(self, given: Input, effects: list[Effect]) -> None:
        prev, seq = (self.entries[-1].hash, self.entries[-1].seq + 1) if self.entries else (GENESIS, 1)
        written, texts = record(self.ref, prev, seq, given, effects)
        self.entries += written
        before = self.stored
        self.stored = DisputeRecord(
            ref=self.ref, partnership=self.version.pathway.partnership, pathway=self.version.pathway.name,
            version=self.version.pathway.version, revision=written[-1].seq,
            state=plain(self.course.state()), last_seq=written[-1].seq, last_hash=written[-1].hash,
        )  # fmt: skip
        if before is None:
            self.tx.add_dispute(self.stored)
        else:
            self.tx.save_dispute(self.stored, before)
        self.tx.append(written, texts)
        told = [(e.data["to"], e.data["message"]) for e in effects if e.kind == "NoticeQueued"]
        self.tx.queue_notices(self.ref, given.at, told)


def live(tx: Transaction, version: Version, prefix: str, seeds: Iterable[int]) -> Iterator[Lived]:
    """Journeys of these seeds; many are brought to an end."""
    for seed in seeds:
        dice = random.Random(seed)  # noqa: S311 - a seed makes a journey that can be gone again
        journey = Lived(tx, version, f"{prefix}-2026-{seed + 1:04d}", seed)
        for _ in range(dice.randint(2, 10)):
            if journey.open:
                go(journey, journey.act)
        if dice.random() < 0.6:
            go(journey, journey.finish)
        yield journey


def populated(url: str) -> tuple[Concord, dict[str, Course]]:
    """A database with all that ships published and the disputes in it; and each dispute as it was lived."""
    concord = engine.open_concord(url, SetClock(engine.london("2028-01-10T10:00")))
    for folder in sorted(path for path in (ROOT / "bpmn").iterdir() if path.is_dir()):
        engine.publish_folder(concord, BY, folder, demo=True)
    courses = {}
    for name, count in EACH.items():
        with concord.store.begin() as tx:
            version = concord.version(tx, tx.current_version(name))
            for journey in live(tx, version, name.replace("/", "-").upper(), (*range(count), *MORE.get(name, ()))):
                courses[journey.ref] = journey.course
    return concord, courses

"""The figures of `run.py bench`: each a ratio or a rate in one run, on a database of its own. Knows no web."""

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from uuid import uuid4

from copies import crowd, multiply, size

from engine.calendar import SetClock
from engine.calendar import working_days as days
from engine.commands.directing import add_person
from engine.commands.firing import sweep
from engine.commands.publishing import publish_folder
from engine.commands.raising import raise_dispute
from engine.commands.tasks import complete_task
from engine.commands.verifying import verify
from engine.composition import open_concord
from engine.course import Course
from engine.demo import BUILDER, people
from engine.dispute import RECEIVING, Child, Input, Person
from engine.forms import filled
from engine.queries.dispute import dispute_page
from engine.queries.people import person_named
from engine.queries.raising import raise_page
from engine.queries.task_page import task_page
from engine.queries.worklist import worklist
from engine.store import Database

BEGIN = "2026-11-02T10:00"
ROUNDS = 60
SWEEPS = 400
ROUND_AND_ROUND = ("Resolution_Object", "Stage1_Discuss")
"""Said to be settled by the one side, denied by the other: what can be completed as often as one likes."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure: what was measured, and whether it is what it must be."""

    what: str
    value: float
    unit: str
    must: str
    good: bool


class Bench:
    """A fresh SQLite database with Birmingham on it, and disputes to measure."""

    def __init__(self, folder: Path, bpmn: Path) -> None:
        self.clock = SetClock(days.london(BEGIN))
        url = f"sqlite:///{folder / 'bench.db'}"
        self.concord = open_concord(url, self.clock)
        self.database = Database(url)
        publish_folder(self.concord, BUILDER, bpmn / "birmingham", demo=True)
        people(self.concord, "birmingham")
        self.person = person_named(self.concord, "birmingham-school-teacher")
        self.other = person_named(self.concord, "birmingham-council-worker")
        self.form = raise_page(self.concord, self.person).form

    def signs_in(self) -> Mapping[str, str]:
        """What the person who is measured signs in with."""
        password = uuid4().hex
        add_person(self.concord, BUILDER, self.person, password, replace=True)
        return {"person": self.person.id, "password": password}

    def raised(self, by: Person | None = None, receiving: str = "birmingham-council") -> str:
        """A new dispute, between school and council unless it is said otherwise."""
        answers = filled(self.form, self.clock.now(), {})
        child = Child(case_reference="BENCH-1", initials="AB")
        return raise_dispute(
            self.concord,
            by or self.person,
            uuid4().hex,
            pathway="birmingham",
            receiving=receiving,
            answers=answers,
            children=[child],
            risk=False,
        ).ref

    def next_task(self, ref: str, given: Mapping[str, Any]) -> tuple[Person, str, dict[str, Any]]:
        """An open task of a dispute, whose it is, and answers for it."""
        tasks = {task.element: task for task in dispute_page(self.concord, self.person, ref).dispute.tasks}
        task = next(tasks[element] for element in ROUND_AND_ROUND if element in tasks)
        by = self.other if task.side == RECEIVING else self.person
        page = task_page(self.concord, by, ref, task.key)
        return by, task.key, filled(page.form, self.clock.now(), given) if page.form else {}

    def complete(self, ref: str) -> float:
        """Complete the next task, leaving the discussion open; the seconds that it took."""
        by, key, answers = self.next_task(ref, {"result": "agreed", "was_agreed": "no"})
        begun = perf_counter()
        complete_task(self.concord, by, ref, key, uuid4().hex, answers)
        return perf_counter() - begun

    def floor(self, ref: str) -> float:
        """Load, one step and save of a dispute in memory: seconds."""
        by, key, answers = self.next_task(ref, {"result": "agreed"})
        with self.concord.store.begin(write=False) as tx:
            record = tx.disputes.get(ref)
            version = self.concord.version(tx, record.version)
        given = Input(
            kind="TaskCompleted",
            at=self.clock.now(),
            actor=by.actor,
            element=key.split(".")[0],
            data={"task": key, "side": "raising", "answers": {"result": answers.get("result")}},
        )

        def once() -> None:
            course = Course.load(version, record.state)
            course.apply(given)
            json.dumps(course.state())

        return timed(once, ROUNDS)

    def commit(self) -> float:
        """A commit of one small row: seconds."""

        def once() -> None:
            with self.concord.store.begin() as tx:
                tx.commands.remember(uuid4().hex, "", self.clock.now(), {})

        return timed(once, ROUNDS)


def timed(act: Callable[[], object], rounds: int) -> float:
    """The median time of an act, in seconds."""
    times = []
    for _ in range(rounds):
        begun = perf_counter()
        act()
        times.append(perf_counter() - begun)
    return median(times)


@contextmanager
def opened(bpmn: Path) -> Iterator[Bench]:
    """A bench on a database of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), bpmn)
        yield bench
        bench.database.close()


def measured(bench: Bench, many: int = 1_000_000) -> list[Figure]:
    """Measure everything that needs no web."""
    return [*completing(bench), *journals(bench), *directory(bench), *days_work(bench), *waiting(bench, many)]


def completing(bench: Bench) -> list[Figure]:
    """Completing a task, against the floor and against a long dispute."""
    refs = [bench.raised() for _ in range(ROUNDS)]
    for ref in refs[:5]:
        bench.complete(ref)
    floor, commit = bench.floor(bench.raised()), bench.commit()
    whole = median(bench.complete(ref) for ref in refs[5:])
    long = bench.raised()
    times = [bench.complete(long) for _ in range(110)]
    early, late = median(times[5:15]), median(times[95:105])
    return [
        Figure(what="floor: load, one step and save in memory", value=floor * 1000, unit="ms", must="", good=True),
        Figure(what="one commit", value=commit * 1000, unit="ms", must="", good=True),
        Figure(
            what="completing a task, without the commit, against the floor",
            value=(whole - commit) / floor,
            unit="×",
            must="at most 2",
            good=whole - commit <= 2 * floor,
        ),
        Figure(
            what="completing a task in a dispute of 100 tasks against one of 10",
            value=late / early,
            unit="×",
            must="at most 2",
            good=late <= 2 * early,
        ),
    ]


def journals(bench: Bench) -> list[Figure]:
    """Verifying journals, and what a dispute takes on disk against its journal as JSON."""
    before = size(bench.database)
    refs = [bench.raised() for _ in range(20)]
    for ref in refs:
        for _ in range(15):
            bench.complete(ref)
    with bench.concord.store.begin(write=False) as tx:
        journals_ = {ref: tx.journal.entries(ref) for ref in refs}
    grown = size(bench.database) - before
    plain = sum(len(json.dumps(entry.to_json())) for entries in journals_.values() for entry in entries)
    inputs = sum(entry.role == "input" for entries in journals_.values() for entry in entries)
    begun = perf_counter()
    faults = [verdict.fault for verdict in verify(bench.concord, refs) if verdict.fault]
    rate = inputs / (perf_counter() - begun)
    if faults:
        raise RuntimeError(faults[0])
    return [
        Figure(
            what="inputs verified: executed again and compared, chain and tables checked",
            value=rate,
            unit="a second",
            must="at least 400",
            good=rate >= 400,
        ),
        Figure(
            what="a dispute on disk against its journal as JSON",
            value=grown / plain,
            unit="×",
            must="at most 3",
            good=grown <= 3 * plain,
        ),
    ]


def days_work(bench: Bench) -> list[Figure]:
    """Somebody's worklist of twenty tasks, and the business manager's, among many disputes against a hundred."""
    worker = person_named(bench.concord, "birmingham-police-worker")
    manager = person_named(bench.concord, "birmingham-partnership-manager")
    for _ in range(20):
        bench.raised(by=worker, receiving="birmingham-health")
    others = bench.raised()
    everybody = {"of twenty tasks": worker, "of a business manager": manager}
    multiply(bench.database, others, 80)
    few = {name: timed(lambda who=who: worklist(bench.concord, who), ROUNDS) for name, who in everybody.items()}
    multiply(bench.database, others, 9_900)
    multiply(bench.database, others, 20_000, closed=True)
    many = {name: timed(lambda who=who: worklist(bench.concord, who), ROUNDS) for name, who in everybody.items()}
    return [
        Figure(
            what=f"a worklist {name} among 10,000 open and 20,000 closed disputes against 100",
            value=many[name] / few[name],
            unit="×",
            must="at most 1.5",
            good=many[name] <= 1.5 * few[name],
        )
        for name in everybody
    ]


def directory(bench: Bench) -> list[Figure]:
    """A dispute's page and somebody's worklist in a directory of ten thousand people against one of a few."""
    ref, other = bench.raised(), person_named(bench.concord, "birmingham-health-worker")
    asked = {
        "a dispute's page": lambda: dispute_page(bench.concord, bench.person, ref),
        "a worklist": lambda: worklist(bench.concord, bench.person),
    }
    few = {name: timed(ask, ROUNDS) for name, ask in asked.items()}
    crowd(bench.database, other.id, other.agency, 10_000, 100)
    many = {name: timed(ask, ROUNDS) for name, ask in asked.items()}
    return [
        Figure(
            what=f"{name} among 10,000 people of 100 agencies against 20",
            value=many[name] / few[name],
            unit="×",
            must="at most 1.5",
            good=many[name] <= 1.5 * few[name],
        )
        for name in asked
    ]


def waiting(bench: Bench, many: int) -> list[Figure]:
    """A sweep with nothing due, among many waiting disputes against a thousand."""
    one = bench.raised()
    multiply(bench.database, one, 1_000)
    timed(lambda: sweep(bench.concord), SWEEPS)  # the first ones are slower, whatever is there
    few = timed(lambda: sweep(bench.concord), SWEEPS)
    multiply(bench.database, one, many)
    timed(lambda: sweep(bench.concord), SWEEPS)
    lots = timed(lambda: sweep(bench.concord), SWEEPS)
    return [
        Figure(
            what=f"a sweep with {many:,} open disputes and none due against 1,000",
            value=lots / few,
            unit="×",
            must="at most 1.5",
            good=lots <= 1.5 * few,
        )
    ]

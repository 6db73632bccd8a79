"""What becomes of an edited diagram: examined, published, and where it is accepted, disputes that people live on it."""

import random
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import count
from pathlib import Path

from journeys import AGENCIES, OTHERS, answers
from lxml import etree
from sheet import Sheet
from spellings import KINDS, SPELLINGS

import engine
from engine import Agency, Child, Concord, Dispute, Person, SetClock
from engine.application import Right, Work, people_now
from engine.commands.linked_disputes import REFERENCE
from engine.commands.publishing import PathwayUnsound, publish_files
from engine.composition import proven
from engine.course import NotNow, fold
from engine.dispute import Actor, Task, who_may
from engine.pathway import Pathway, collect, read_pathway
from engine.proof import Examination, Proof, examine
from engine.replay import frames

BPMN = Path(__file__).parents[2] / "bpmn"
BY = Actor(id="setup", name="Set-up", agency="", role="operator")
MONDAY = engine.london("2026-03-02T10:00")
ROLES = (
    "practitioner", "safeguarding_lead", "line_manager", "head_teacher", "senior_manager", "delegated_partner",
    "director", "board_representative", "child_protection_chair", "independent_reviewing_officer",
)  # fmt: skip
OFFICE = ("business_manager", "chair", "co_chair")
PEOPLE = ("Ada", "Bola", "Cem")
NUMBERS = count(1)
LONGEST, LAST = 10, 60
"""So many random steps of a dispute; and so many tasks are done at the most until it is closed."""


@dataclass(frozen=True, kw_only=True)
class Base:
    """A shipped pathway: its files, what they mean, and its proof."""

    partnership: str
    name: str
    files: Mapping[str, bytes]
    pathway: Pathway
    proof: Proof

    @property
    def main(self) -> str:
        """The name of the diagram's file."""
        return f"bpmn/{self.partnership}/{self.name}.bpmn"

    def with_diagram(self, data: bytes) -> dict[str, bytes]:
        """Its files with another diagram."""
        return {**self.files, self.main: data}


@dataclass(frozen=True, kw_only=True)
class Edited:
    """A diagram after one random edit, and how to make it again."""

    told: str
    data: bytes
    touched: frozenset[str]
    harmless: bool
    changed: bool


def base(pathway: str) -> Base:
    """A pathway as it ships, proven."""
    partnership, _, side = pathway.partition("/")
    name = side or "escalation"
    files = collect(BPMN / partnership, name, demo=True)
    read = read_pathway(files, partnership, name)
    return Base(partnership=partnership, name=name, files=files, pathway=read, proof=proven(read))


def edited(on: Base, kind: str, seed: int) -> Edited:
    """One random edit of a kind; the same seed makes the same edit."""
    dice = random.Random(seed)  # noqa: S311 - a seed makes an edit that can be made again
    edit = dice.choice(KINDS[kind])
    sheet = Sheet(root=etree.fromstring(on.files[on.main]), dice=dice)
    before = etree.tostring(sheet.root, method="c14n")
    edit(sheet)
    return Edited(
        told=f"{on.pathway.name}, {kind}, {edit.__name__} of {', '.join(sorted(sheet.touched)) or 'it'}, seed {seed}",
        data=sheet.data or etree.tostring(sheet.root, xml_declaration=True, encoding="UTF-8"),
        touched=frozenset(sheet.touched),
        harmless=sheet.harmless or kind in SPELLINGS,
        changed=bool(sheet.data) or etree.tostring(sheet.root, method="c14n") != before,
    )


def undrawn(pathway: Pathway) -> tuple[object, ...]:
    """What a pathway means, wherever its shapes and lines lie."""
    return replace(pathway.diagram, shapes={}, edges={}), *pathway.meaning[1:]


class Bench:
    """A partnership with people in it, on a database in memory, to which edited diagrams of one pathway are published.

    A pathway that means what the shipped one means has its proof: a proof reads the model and nothing else.
    """

    def __init__(self, on: Base) -> None:
        self.base = on
        self.clock = SetClock(MONDAY)
        self.concord: Concord = engine.open_concord("sqlite://", self.clock)
        self.concord.prover = self.proof
        self.proofs = 0
        for key, name, kind in (*AGENCIES, *((other, other.title(), "health") for other in OTHERS)):
            self._agency(key, name, kind, ROLES)
        self._agency("office", "Partnership office", "partnership", OFFICE)

    def _agency(self, key: str, name: str, kind: str, roles: tuple[str, ...]) -> None:
        about = {"partnership": self.base.partnership, "name": name}
        engine.add_agency(self.concord, BY, Agency(id=key, kind=kind, **about))
        for person in PEOPLE:
            who = {"id": f"{key}-{person.lower()}", "name": f"{person} {name}", "partnership": self.base.partnership}
            told = {"agency": key, "agency_name": name, "agency_kind": kind}
            engine.add_person(self.concord, BY, Person(roles=roles, **who, **told))

    def proof(self, pathway: Pathway) -> Proof:
        """The proof of a pathway: the shipped one's where it means the same, else its own."""
        if undrawn(pathway) == undrawn(self.base.pathway):
            return self.base.proof
        self.proofs += 1
        return proven(pathway)

    def examined(self, edit: Edited) -> Examination:
        """What `check` says of it."""
        files = self.base.with_diagram(edit.data)
        return examine(files, self.base.partnership, self.base.name, self.concord.proof)

    def published(self, edit: Edited, *, unproven: str | None = None) -> bool | None:
        """Publish it: whether it is a new version; none where it is refused, and then all is as it was."""
        before = self._versions()
        files = self.base.with_diagram(edit.data)
        try:
            done = publish_files(self.concord, BY, files, self.base.partnership, self.base.name, unproven=unproven)
        except PathwayUnsound:
            assert self._versions() == before, "It is refused and there all the same"
            return None
        return done.new

    @cached_property
    def main_reference(self) -> str:
        """A dispute on the partnership's main pathway, for tasks by which another dispute is linked (HAR-C6)."""
        partnership = self.base.partnership
        publish_files(self.concord, BY, collect(BPMN / partnership, demo=True), partnership, "escalation")
        return Life(self, 0, partnership).ref

    def _versions(self) -> list[str]:
        with self.concord.store.begin(write=False) as tx:
            return tx.versions.all()


ACTS = (
    (Right.ESCALATE, engine.escalate), (Right.ESCALATE, engine.escalate),
    (Right.WITHDRAW, engine.withdraw), (Right.SAY_RESOLVED, engine.say_resolved),
)  # fmt: skip


class Life:
    """One dispute that people live on what is published now, by the use cases; nothing may fail."""

    def __init__(self, bench: Bench, seed: int, pathway: str | None = None) -> None:
        self.bench, self.concord = bench, bench.concord
        self.dice = random.Random(seed)  # noqa: S311 - a seed makes a life that can be lived again
        self.pathway = pathway or bench.base.pathway.name
        self.by = self._people()["school-ada"]
        self.ref = self._raised()

    def _command(self) -> str:
        return f"command-{next(NUMBERS)}"

    def _people(self) -> dict[str, Person]:
        with self.concord.store.begin(write=False) as tx:
            return {p.id: p for p in people_now(tx, self.bench.base.partnership, self.now)}

    @property
    def now(self) -> datetime:
        """What the clock says."""
        return self.concord.clock.now()

    def _raised(self) -> str:
        with self.concord.store.begin(write=False) as tx:
            read = self.concord.version(tx, tx.versions.current(self.pathway)).pathway
        form = read.form_of(read.start.id)
        self.risk = self.dice.random() < 0.25
        past = self.now - timedelta(days=3)
        given = answers(form, self.dice, self.now, past, risk=self.risk) if form else {}
        children = [Child(case_reference=f"C{n}", initials="AB") for n in range(self.dice.choice((1, 1, 2)))]
        return engine.raise_dispute(
            self.concord, self.by, self._command(), pathway=self.pathway, receiving="council", answers=given,
            children=children, risk=self.risk,
        ).ref  # fmt: skip

    def work(self) -> Work:
        """A look at the dispute."""
        with self.concord.store.begin(write=False) as tx:
            return Work(self.concord, tx, tx.disputes.get(self.ref), self.now)

    @property
    def dispute(self) -> Dispute:
        """The dispute as it stands."""
        return self.work().dispute

    def lived(self) -> bool:
        """Some random steps, then all that is open is done; its pages are opened; whether it was closed."""
        for _ in range(self.dice.randint(2, LONGEST)):
            self._step()
        for _ in range(LAST):
            if self.dispute.closed is None:
                self._completes()
        return self.begun()

    def begun(self) -> bool:
        """One more step where it is open; its pages are opened and its record is verified; whether it is closed."""
        self._step()
        engine.dispute_page(self.concord, self.by, self.ref)
        return self._told()

    def _step(self) -> None:
        if self.dispute.closed is not None:
            return
        ways = (self._completes, self._completes, self._completes, self._waits, self._waits, self._acts)
        self.dice.choice(ways)()

    def _completes(self) -> None:
        work = self.work()
        task = self.dice.choice(work.dispute.tasks)
        who = self._who(work, task)
        form = work.version.pathway.form_of(task.element)
        engine.task_page(self.concord, who, self.ref, task.key)
        since = min(work.dispute.raised + timedelta(minutes=1), self.now)
        given = answers(form, self.dice, self.now, since, risk=self.risk) if form else {}
        if REFERENCE in given:
            given[REFERENCE] = self.bench.main_reference
        with suppress(NotNow):  # a timescale that was agreed and is too long, or over
            engine.complete_task(self.concord, who, self.ref, task.key, self._command(), given)

    def _who(self, work: Work, task: Task) -> Person:
        found = who_may(work.dispute, task, work.version.pathway, list(self._people().values()))
        assert found, f"{task.key} is nobody's: side {task.side}, tier {task.tier}, role {task.role}"
        return self.dice.choice(found)

    def _waits(self) -> None:
        due = self.dispute.next_due
        self.bench.clock.set(max(self.now, due) if due else self.now + timedelta(days=1))
        done = engine.sweep(self.concord)
        assert (done.set_aside, done.passed) == ((), ()), done

    def _acts(self) -> None:
        """Report a risk, or do one of the things that are offered now; to escalate is the likeliest."""
        other, can = self._people()["council-bola"], engine.dispute_page(self.concord, self.by, self.ref).can
        offered = [act for right, act in ACTS if right in can]
        if self.dice.random() < 0.4:
            engine.report_risk(self.concord, other, self.ref, self._command(), what="Bruises.")
        elif offered:
            self.dice.choice(offered)(self.concord, self.by, self.ref, self._command(), "Because.")

    def _told(self) -> bool:
        """Its record verifies, and its replay ends where it stands."""
        work = self.work()
        verdicts = list(engine.verify(self.concord, [self.ref]))
        assert [v.fault for v in verdicts] == [None], verdicts
        engine.replay_page(self.concord, self.by, self.ref)
        with self.concord.store.begin(write=False) as tx:
            shown = frames(work.version.pathway, tx.journal.entries(self.ref), tx.journal.texts(self.ref))
            assert shown
            assert fold(work.version.pathway, tx.journal.entries(self.ref)) == work.dispute
        return work.dispute.closed is not None

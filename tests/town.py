"""A made-up town: its agencies and people, and what its people do in a test."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from engine import (
    Actor,
    Agency,
    Child,
    Concord,
    Dispute,
    Outcome,
    Person,
    SetClock,
    TaskLine,
    add_agency,
    add_person,
    collect,
    complete_task,
    raise_dispute,
    sweep,
    worklist,
)
from engine.application import NoticeRecord, Summary, TaskRecord, Work, asked_about, people_now
from engine.calendar import working_days as days
from engine.commands.publishing import publish_files
from engine.course import Course, reexecute
from engine.dispute import Entry, Task, check_chain, may_do
from engine.forms import Form
from engine.store import Database, tables

BPMN = Path(__file__).parents[1] / "bpmn"
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
OPERATOR = Actor(id="operator", name="Operator", agency="", role="operator")
KINDS = {
    "school": "school",
    "council": "local_authority",
    "police": "police",
    "health": "health",
    "office": "partnership",
}
ROLES = ("practitioner", "safeguarding_lead", "line_manager", "senior_manager", "delegated_partner")
HEAD = ("head_teacher", "senior_manager", "delegated_partner")
NUMBERS = count(1)
BEGUN = (
    "Begun_TellLeadRaising", "Begun_TellLeadReceiving", "Begun_ActionsRaising", "Begun_ActionsReceiving", "Details_Say",
)  # fmt: skip
"""What is owed from the raising on, whatever becomes of the stages."""
ASKED = ("StageEnd_RiskQuestionRaising", "StageEnd_RiskQuestionReceiving")
"""What is asked of each side once a stage has ended."""


def directory(partnership: str, prefix: str = "") -> list[Person]:
    """People of every role in every agency of a partnership: `school-head_teacher`, `business_manager`."""
    found = []
    for agency, kind in KINDS.items():
        roles = {role: (role,) for role in ROLES}
        if agency == "school":
            roles |= {"head_teacher": HEAD}
            del roles["senior_manager"], roles["delegated_partner"]
        if agency == "office":
            roles = {role: (role,) for role in ("business_manager", "co_chair")}
        for name, held in roles.items():
            key = prefix + (name if agency == "office" else f"{agency}-{name}")
            found.append(
                Person(
                    id=key,
                    partnership=partnership,
                    name=key.replace("-", " ").replace("_", " ").title(),
                    agency=prefix + agency,
                    agency_name=agency.title(),
                    agency_kind=kind,
                    roles=held,
                )
            )
    return found


def furnish(concord: Concord) -> None:
    """Publish Birmingham's pathway and move in; a second partnership, Solihull, has people and no pathway."""
    publish_files(concord, OPERATOR, collect(BPMN / "birmingham", demo=True), "birmingham", "escalation")
    for partnership, prefix in (("birmingham", ""), ("solihull", "solihull-")):
        for agency, kind in KINDS.items():
            add_agency(
                concord, OPERATOR, Agency(id=prefix + agency, partnership=partnership, name=agency.title(), kind=kind)
            )
        for person in directory(partnership, prefix):
            add_person(concord, OPERATOR, person)


def closed(concord: Concord) -> None:
    """Close a Concord's connections."""
    assert isinstance(concord.store, Database)
    concord.store.close()


def command() -> str:
    """A new command's id."""
    return f"command-{next(NUMBERS)}"


def wall(at: datetime) -> str:
    """An instant as a form gives it: London's wall time."""
    return at.astimezone(days.LONDON).replace(tzinfo=None).isoformat(timespec="minutes")


def filled(form: Form, at: datetime, given: Mapping[str, Any], *, risk: bool = False) -> dict[str, Any]:
    """Answers to a form: those given, and something valid for every other question that must be answered.

    `risk`: whether one was reported as the dispute was raised; then what was not asked at once is asked afterwards.
    """
    usual = {
        "outcome": ["referred"],
        "gap": "no",
        "meeting": "no",
        "lead_reached": "yes",
        "at_risk": "no",
        "hold_meeting": "no",
        "countersigned": "yes",
    }
    answers: dict[str, Any] = {}
    values: dict[str, Any] = {"risk": risk} | {f.key: False if f.type == "checkbox" else None for f in form.inputs}
    for field in form.inputs:
        if field.hide and field.hide.holds(values):
            continue
        if field.key in given:
            answers[field.key] = given[field.key]
        elif field.required:
            answers[field.key] = usual.get(field.key) or _something(field, at)
        values[field.key] = answers.get(field.key, values[field.key])
    return answers


def _something(field: Any, at: datetime) -> Any:
    match field.type:
        case "radio" | "select":
            return field.options[-1].value
        case "checklist":
            return [field.options[0].value]
        case "checkbox":
            return True
        case "number":
            return field.min or 1
        case "datetime":
            return at.date().isoformat() if field.subtype == "date" else wall(at)
    return "0121 496 0000" if field.pattern else "As it was said."


class Town:
    """Concord with its people and a clock in hand; what is done, is done now."""

    def __init__(self, concord: Concord) -> None:
        self.concord = concord
        with concord.store.begin(write=False) as tx:
            everyone = [*tx.directory.people("birmingham"), *tx.directory.people("solihull")]
        self.people = {person.id: person for person in everyone}

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    @property
    def now(self) -> datetime:
        """What the clock says."""
        return self.concord.clock.now()

    def move(self, text: str, *, sweeping: bool = True) -> None:
        """Move the clock to a time of day in London; the worker sweeps then, unless it stands still."""
        clock = self.concord.clock
        assert isinstance(clock, SetClock)
        clock.set(days.london(text))
        if sweeping:
            sweep(self.concord)

    def joins(self, key: str, like: str, **otherwise: Any) -> Person:
        """Somebody comes to an agency who holds what another there holds, but for what is said otherwise."""
        self.people[key] = replace(self[like], **{"id": key, "name": key.title(), **otherwise})
        add_person(self.concord, OPERATOR, self[key])
        return self[key]

    def raises(
        self,
        by: str = "school-practitioner",
        receiving: str = "council",
        *,
        children: int = 1,
        risk: bool = False,
        command_id: str | None = None,
        protective: datetime | None = None,
        decided: str | None = None,
        **answers: Any,
    ) -> str:
        """Raise a dispute; gives its reference."""
        with self.concord.store.begin(write=False) as tx:
            pathway = self.concord.version(tx, tx.versions.current("birmingham")).pathway
        form = pathway.form_of(pathway.start.id)
        assert form is not None
        named = [Child(case_reference=f"CASE-{n}", initials="AB") for n in range(1, children + 1)]
        return raise_dispute(
            self.concord,
            self[by],
            command_id or command(),
            pathway="birmingham",
            receiving=receiving,
            answers=filled(form.where({"risk": risk}), self.now, answers),
            children=named,
            risk=risk,
            protective=protective,
            decided=decided,
        ).ref

    def dispute(self, ref: str) -> Dispute:
        """The dispute as it stands."""
        return self.work(ref).dispute

    def worklist(self, name: str) -> list[TaskLine]:
        """What is somebody's to do."""
        return [line for card in worklist(self.concord, self[name]).cards for line in card.lines]

    def work(self, ref: str) -> Work:
        """A look at a dispute, as a use case has it."""
        with self.concord.store.begin(write=False) as tx:
            return Work(self.concord, tx, tx.disputes.get(ref), self.now)

    def task(self, ref: str, element: str) -> Task:
        """The first open task of an element."""
        found = next((t for t in self.dispute(ref).tasks if element in {t.element, t.key}), None)
        assert found is not None, f"{element} is not open: {[t.key for t in self.dispute(ref).tasks]}"
        return found

    def answers(self, ref: str, element: str, **given: Any) -> dict[str, Any]:
        """Valid answers to the form of an open task."""
        with self.concord.store.begin(write=False) as tx:
            work = Work(self.concord, tx, tx.disputes.get(ref), self.now)
            form = work.version.pathway.form_of(self.task(ref, element).element)
            return filled(form.where(asked_about(work, form)[1]), self.now, given) if form else {}

    def completes(self, by: str, ref: str, element: str, command_id: str | None = None, **given: Any) -> Outcome:
        """Complete the first open task of an element."""
        answers = self.answers(ref, element, **given)
        return complete_task(self.concord, self[by], ref, self.task(ref, element).key, command_id or command(), answers)

    def journal(self, ref: str) -> list[Entry]:
        """The journal."""
        with self.concord.store.begin(write=False) as tx:
            return tx.journal.entries(ref)

    def kinds(self, ref: str) -> list[str]:
        """The kinds of the journal's entries."""
        return [entry.kind for entry in self.journal(ref)]

    def entry(self, ref: str, kind: str) -> Entry:
        """The last entry of a kind."""
        return [entry for entry in self.journal(ref) if entry.kind == kind][-1]

    def notices(self, ref: str) -> list[NoticeRecord]:
        """The notices of a dispute."""
        with self.concord.store.begin(write=False) as tx:
            return tx.notices.of(ref)

    def tasks(self, ref: str) -> dict[str, TaskRecord]:
        """The stored tasks of a dispute by key, ended ones too."""
        with self.concord.store.begin(write=False) as tx:
            return {task.key: task for task in tx.tasks.of(ref)}

    def drafts(self, ref: str, key: str) -> dict[str, Any]:
        """What was typed for a task and not sent, by whom."""
        with self.concord.store.begin(write=False) as tx:
            return {draft.person: draft.draft for draft in tx.drafts.of(ref) if draft.key == key}

    def summary(self, ref: str) -> Summary:
        """The dispute's line in a list."""
        with self.concord.store.begin(write=False) as tx:
            [found] = tx.disputes.summaries(tables.disputes.c.ref == ref)  # type: ignore[attr-defined]
            return found

    def settles(self, ref: str, most: int = 60) -> None:
        """Complete all that is open, by whoever may, until the dispute is closed."""
        for _ in range(most):
            dispute = self.dispute(ref)
            if dispute.closed:
                return
            task = dispute.tasks[0]
            self.completes(self.who(dispute, task), ref, task.key)
        raise AssertionError(f"{ref} does not close: {[t.key for t in self.dispute(ref).tasks]}")

    def who(self, dispute: Dispute, task: Task) -> str:
        """Somebody whose task it is."""
        pathway, everyone = self.work(dispute.ref).version.pathway, self.everyone()
        return next(
            key
            for key, person in self.people.items()
            if may_do(person, dispute, task, pathway, everyone) and person.partnership == "birmingham"
        )

    def everyone(self, partnership: str = "birmingham") -> list[Person]:
        """The people of the partnership, with who is absent today."""
        with self.concord.store.begin(write=False) as tx:
            return people_now(tx, partnership, self.now)

    def verify(self, ref: str) -> list[Entry]:
        """Its chain is whole, and its journal gives the very state that is stored; gives the journal."""
        with self.concord.store.begin() as tx:
            record, entries = tx.disputes.get(ref, lock=True), tx.journal.entries(ref)
            version = self.concord.version(tx, record.version)
        check_chain(entries)
        assert (entries[-1].seq, entries[-1].hash) == (record.last_seq, record.last_hash)
        course, difference = reexecute(version, ref, entries)
        assert difference is None, f"{ref}: {difference}"
        assert course.state() == Course.load(version, record.state).state()
        return entries

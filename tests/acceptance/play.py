"""Plays a dispute on the real engine with a clock of its own; instants are London time, e.g. “Mon 2 Mar 2026 10:00”."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from mutations import Mutation

from engine import forms
from engine.calendar import working_days as days
from engine.composition import executor
from engine.course import Version
from engine.dispute import (
    CLOCK,
    RAISING,
    RECEIVING,
    Actor,
    Deadline,
    Dispute,
    Entry,
    Input,
    Person,
    Task,
    kind_of,
    may_do,
    to_json,
)
from engine.forms import split
from engine.pathway import Pathway, collect, read_pathway, usual_offices
from engine.pathway.bpmn.loosely import read_diagram
from engine.proof.simulation import Simulation

ROOT = Path(__file__).parents[2]
STYLE = "%a %-d %b %Y %H:%M"
USUAL: Mapping[str, Any] = {
    "result": "not_agreed", "confirmed": "yes", "persists": "yes", "gap": "no", "at_risk": "no", "meeting": "no",
    "hold_meeting": "no", "lead_reached": "yes", "outcome": ["referred"], "referral_way": "phone",
    "number_called": "01632 960100", "scope": "between_agencies", "reasons": ["course_of_action"], "lead_told": "yes",
    "risk_outside": "no", "way": "representations", "chair_meeting": "no", "debrief": "held", "chair_agency": "third",
    "was_agreed": "yes", "countersigned": "yes", "plan_now": "no", "looked_after_now": "no", "plan_since": "no",
    "looked_after_since": "no", "tier_left": "no",
}  # fmt: skip
START: Mapping[str, Mapping[str, Any]] = {"barnet": {"receiving_kind": "local_authority"}}
"""What is said when raising, where nothing else is: in Barnet the receiving agency decides how many lines there are."""
EVERY_ROLE = tuple(usual_offices().roles)
AGENCIES = [forms.Option(value=name, label=name) for name in (RAISING, RECEIVING, "third", "fourth", "fifth")]


def at(text: str) -> datetime:
    """The instant that a text like “Mon 2 Mar 2026 10:00” names; the weekday must be right."""
    read = datetime.strptime(text, "%a %d %b %Y %H:%M").replace(tzinfo=days.LONDON)
    assert read.strftime(STYLE) == text, f"{text} is a {read:%A}"
    return read.astimezone(UTC)


def told(instant: datetime | str | None) -> str | None:
    """An instant as these tests write it."""
    if instant is None:
        return None
    read = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
    return read.astimezone(days.LONDON).strftime(STYLE)


@cache
def shipped(partnership: str, *, demo: bool = False) -> Mapping[str, bytes]:
    """The files of a partnership's pathway as they ship, or with the demonstration's fictional numbers."""
    folder, name = place(partnership)
    return collect(ROOT / "bpmn" / folder, name, demo=demo)


def place(pathway: str) -> tuple[str, str]:
    """The folder and the diagram of a pathway: “harrow”, or a side pathway, “harrow/conference-dissent”."""
    folder, _, side = pathway.partition("/")
    return folder, side or "escalation"


def build(files: Mapping[str, bytes], partnership: str) -> Version:
    """A version from the bytes of its files."""
    pathway = read_pathway(files, *place(partnership))
    return Version(pathway=pathway, executor=executor(pathway))


@lru_cache(maxsize=8)
def version(partnership: str, *changes: Mutation) -> Version:
    """The shipped version, or the one with these changes; what did not change is not read again, to save time."""
    if not changes:
        return build(shipped(partnership), partnership)
    before = version(partnership, *changes[:-1])
    files = changes[-1].of(before.pathway.files)
    path = next(name for name in files if files[name] != before.pathway.files[name])
    kept = replace(before.pathway, files=files)
    if path.endswith(".form"):
        form = {Path(path).stem: forms.read_form(files[path], path)}
        return Version(pathway=replace(kept, forms={**kept.forms, **form}), executor=before.executor)
    if path.endswith(".bpmn"):
        redrawn = replace(kept, diagram=read_diagram(files[path], path))
        return Version(pathway=redrawn, executor=executor(redrawn))
    read = read_pathway(files, *place(partnership))
    return Version(pathway=read, executor=before.executor)


class Play:
    """Where a test begins: a partnership's pathway, on which disputes can be raised."""

    def __init__(self, partnership: str, *changes: Mutation) -> None:
        self.partnership = partnership
        self.changes = changes
        self.version = version(partnership, *changes)

    @property
    def pathway(self) -> Pathway:
        """The pathway that is played."""
        return self.version.pathway

    def files(self, *, demo: bool = False) -> Mapping[str, bytes]:
        """The files of the pathway that is played."""
        files = shipped(self.partnership, demo=demo)
        for change in self.changes:
            files = change.of(files)
        return files

    def changed(self, *changes: Mutation) -> "Play":
        """The same play on a pathway that a process owner has changed."""
        return Play(self.partnership, *self.changes, *changes)

    def form(self, element: str) -> forms.Form:
        """The form that an element shows."""
        assert element in self.pathway.diagram.elements, f"{element} is not in the diagram"
        form = self.pathway.form_of(element)
        assert form is not None, f"{element} has no form"
        return form

    def raised(self, when: str, **start: Any) -> "Played":
        """Raise a dispute; answers of the form by name, beside children, risk, protective and the kinds of agencies."""
        return Played(self.version, at(when), {**START.get(self.partnership, {}), **start})


OWN = ("children", "risk", "protective", "raising_kind", "receiving_kind")


def _offered(field: forms.Field, value: Any) -> bool:
    """Whether a question offers an answer, or anything may be answered."""
    offered = {option.value for option in field.options}
    return not offered or offered.issuperset(value if isinstance(value, list) else [value])


class Played:
    """One dispute as it goes; what is done is done at the time to which the clock was moved."""

    def __init__(self, version: Version, raised: datetime, start: Mapping[str, Any]) -> None:
        self.version = version
        self.pathway = version.pathway
        own = {k: v for k, v in start.items() if k in OWN}
        if "protective" in own:
            own["protective"] = at(own["protective"]).isoformat()
        form = self.pathway.form_of(self.pathway.start.id)
        given = {k: v for k, v in start.items() if k not in OWN}
        self.now = raised
        self.risk = bool(own.get("risk"))
        answers = self._filled(form, given)
        self.sim = Simulation(version, raised, {**forms.validate(form, answers, context={"risk": self.risk}), **own})
        self.closures: set[date] = set()

    # What people do.

    def at(self, when: str) -> "Played":
        """Let time pass until then: what is due fires, each at its own instant."""
        until = at(when)
        while (soonest := self.dispute.next_due) is not None and soonest <= until:
            self.now = max(self.now, soonest)
            self._note_calendar()
            given = self.sim.course.due(self.now)
            if given is not None:
                self.sim.apply(given)
        self.now = max(self.now, until)
        return self

    def down_until(self, when: str) -> "Played":
        """Let time pass with nothing fired, and everything that is due fired late, then."""
        self.now = at(when)
        self._note_calendar()
        while (given := self.sim.course.due(self.now)) is not None:
            self.sim.apply(given)
        return self

    def close(self, *on: str) -> "Played":
        """Make days the partnership's own closure days from now on (T2)."""
        self.closures |= {at(f"{day} 00:00").date() for day in on}
        self._note_calendar()
        return self

    def done(self, element: str, *, by: str | None = None, side: str | None = None, **answers: Any) -> "Played":
        """Complete the first open task of an element; required questions that are not named get a usual answer."""
        task = self.task(element)
        form = self.pathway.form_of(element)
        acting = side or (task.side if task.side in {RAISING, RECEIVING, "partnership"} else RAISING)
        given = self._filled(form, answers)
        context = {"raising_agency": RAISING, "receiving_agency": RECEIVING, "risk": self.risk}
        values = forms.validate(form, given, {"agencies": AGENCIES}, context)
        closed, texts = split(form, values)
        actor = self._actor(by or f"{acting} {task.tier}", acting)
        data = {"task": task.key, "side": acting, "answers": closed}
        kind = kind_of(form, closed)
        self.sim.apply(Input(kind=kind, at=self.now, actor=actor, element=element, data=data, texts=texts))
        return self

    def all_done(self, *elements: str, **answers: Any) -> "Played":
        """Complete every open task of these elements, one after the other."""
        for element in elements:
            while self.open(element):
                self.done(element, **answers)
        return self

    def report_risk(self, *children: int, side: str = RAISING) -> "Played":
        """Report risk of significant harm, for these children or for all."""
        concerned = list(children) or list(range(len(self.dispute.children)))
        return self._do("RiskReported", side, {"children": concerned}, {"what": "Bruises were seen"})

    def escalate(self, side: str = RAISING) -> "Played":
        """Escalate before the deadline, with a reason."""
        return self._do("EscalatedEarly", side, {}, {"reason": "There is no time to lose"})

    def risk_over(self, side: str = RAISING) -> "Played":
        """Record that the risk is no longer believed, with a reason."""
        return self._do("RiskOver", side, {}, {"reason": "The child is safe with a grandmother"})

    def withdraw(self) -> "Played":
        """Withdraw the dispute, with a reason."""
        return self._do("Withdrawn", RAISING, {}, {"reason": "It was a misunderstanding"})

    def say_resolved(self, side: str = RECEIVING) -> "Played":
        """Say that it is resolved."""
        return self._do("ResolutionSaid", side, {}, {"how": "We have agreed"})

    def protect(self, until: str, side: str = RAISING) -> "Played":
        """Set the instant by which the whole dispute must be resolved, with a reason."""
        return self._do(
            "ProtectiveTimescaleSet", side, {"until": to_json(at(until))}, {"reason": "The child goes home"}
        )

    def record_undone(self, element: str) -> "Played":
        """The business manager records the first open task of an element as not done (C2)."""
        task = self.task(element)
        texts = {"reason": "The agency was closed down", "told": "Its director"}
        data, actor = {"task": task.key}, self._actor("manager", "office")
        self.sim.apply(
            Input(kind="RecordedUndone", at=self.now, actor=actor, element=task.element, data=data, texts=texts)
        )
        return self

    def recalculate(self) -> "Played":
        """Compute running deadlines anew under the present calendar."""
        return self._do("DeadlinesRecalculated", RAISING, {}, {"reason": "A closure day was added"})

    def _do(self, kind: str, side: str, data: Mapping[str, Any], texts: Mapping[str, str]) -> "Played":
        self.sim.apply(Input(kind=kind, at=self.now, actor=self._actor(side, side), data=data, texts=texts))
        return self

    def _actor(self, who: str, side: str) -> Actor:
        return Actor(id=who, name=who.title(), agency=side, role="")

    def _note_calendar(self) -> None:
        current = days.calendar_for(self.now, self.closures).to_json()
        if current != dict(self.dispute.calendar):
            self.sim.apply(Input(kind="CalendarNoted", at=self.now, actor=CLOCK, data={"calendar": current}))

    def _filled(self, form: forms.Form | None, given: Mapping[str, Any]) -> dict[str, Any]:
        """What was given, with a usual answer to each required question that is asked and was not answered."""
        fields = form.inputs if form is not None else ()
        values: dict[str, Any] = dict.fromkeys(field.key for field in fields)
        for field in fields:
            if field.hide and field.hide.holds({"risk": self.risk, **values}):
                continue
            if field.key in given:
                values[field.key] = given[field.key]
            elif field.required:
                values[field.key] = self._usual(field)
        return {**{k: v for k, v in values.items() if v is not None}, **given}

    def _usual(self, field: forms.Field) -> Any:
        if field.key in USUAL and _offered(field, USUAL[field.key]):
            return USUAL[field.key]
        local = self.now.astimezone(days.LONDON)
        if field.type == "datetime":
            return local.date().isoformat() if field.subtype == "date" else local.strftime("%Y-%m-%dT%H:%M")
        if field.type == "checkbox":
            return True
        if field.options:
            return [field.options[0].value] if field.type == "checklist" else field.options[0].value
        return "1" if field.type == "number" else "Said in a test"

    def filled(self, element: str, **answers: Any) -> dict[str, Any]:
        """Answers to an element's form as they would be given, the usual ones where none are named."""
        return self._filled(self.pathway.form_of(element), answers)

    # What can be seen.

    @property
    def dispute(self) -> Dispute:
        """The dispute as it is now."""
        return self.sim.course.dispute

    @property
    def stage(self) -> str | None:
        """The stage that is running."""
        return self.dispute.visit.stage if self.dispute.visit else None

    @property
    def deadline(self) -> str | None:
        """When the running stage's deadline passes."""
        return told(self.dispute.visit.deadline) if self.dispute.visit else None

    def open(self, element: str) -> bool:
        """Whether a task of that element is open."""
        return any(t.element == element for t in self.dispute.tasks)

    def tasks(self, element: str) -> list[Task]:
        """The open tasks of an element."""
        return [t for t in self.dispute.tasks if t.element == element]

    def task(self, element: str) -> Task:
        """The first open task of an element."""
        found = self.tasks(element)
        assert found, f"{element} is not open, but {', '.join(t.key for t in self.dispute.tasks) or 'nothing'} is"
        return found[0]

    def due(self, element: str) -> str | None:
        """When the open task is due."""
        return told(self.task(element).due)

    def timers(self, kind: str, element: str | None = None) -> list[str | None]:
        """When the stored deadlines of a kind fire, soonest first."""
        found: Iterable[Deadline] = self.dispute.deadlines
        return [
            told(d.due) for d in sorted(found, key=lambda d: d.due) if d.kind == kind and element in {None, d.element}
        ]

    def effects(self, kind: str, element: str | None = None) -> list[Entry]:
        """The entries of a kind in the journal."""
        return [e for e in self.sim.entries if e.kind == kind and element in {None, e.element}]

    def effect(self, kind: str, element: str | None = None) -> Entry:
        """The last entry of a kind."""
        entries = self.effects(kind, element)
        assert entries, f"no {kind} of {element or 'any element'}"
        return entries[-1]

    def notices(self, element: str | None = None) -> list[tuple[str | None, frozenset[str]]]:
        """When notices were queued and to whom."""
        return [(told(e.at), frozenset(e.data["to"].split(","))) for e in self.effects("NoticeQueued", element)]

    def told(self, element: str) -> frozenset[str]:
        """To whom the last notice of an element went."""
        found = self.notices(element)
        assert found, f"{element} has told nobody"
        return found[-1][1]

    def left(self, stage: str) -> tuple[str | None, str | None]:
        """How and when a stage was left."""
        visits = [v for v in self.dispute.visits if v.stage == stage]
        assert visits, f"{stage} was never entered"
        return visits[-1].how, told(visits[-1].left)

    def completed(self, element: str) -> Entry:
        """The entry that completed a task of an element, the last one."""
        return self.effect("TaskCompleted", element)

    def may_do(self, element: str, agency: str, *roles: str, kind: str | None = None) -> bool:
        """Whether somebody with these roles in the agency of a side may do the open task."""
        party = self.dispute.party(agency)
        person = Person(
            id="someone", partnership=self.pathway.partnership, name="Someone", agency=agency, agency_name=agency,
            agency_kind=kind or (party.kind if party else "other"), roles=roles,
        )  # fmt: skip
        colleague = replace(person, id="colleague", roles=EVERY_ROLE)  # so that nobody acts in another's place (E8)
        return may_do(person, self.dispute, self.task(element), self.pathway, [person, colleague])


__all__ = ["Play", "Played", "at", "build", "shipped", "told", "version"]

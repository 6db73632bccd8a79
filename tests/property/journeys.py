"""Random journeys through a pathway: any possible next action, answers made from the forms, laws checked at each."""

import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from laws import hold

from engine import forms
from engine.calendar import working_days as days
from engine.course import Course, NotNow, Version
from engine.dispute import (
    CLOCK,
    GENESIS,
    RAISING,
    RECEIVING,
    Actor,
    Effect,
    Entry,
    Input,
    Task,
    kind_of,
    record,
    to_json,
)
from engine.forms import Field, Form, FormInvalid, Option, split

SIGNALS = (("escalated_early", "EscalatedEarly", 0.6), ("withdrawn", "Withdrawn", 0.15))
PERSON = ("ada", "bola", "cem", "dina")
AGENCIES = (("school", "Elm School", "school"), ("council", "City Council", "local_authority"))
OTHERS = ("nhs", "police")
CHOICES = {"agencies": [Option(value=key, label=key.title()) for key in (*(a[0] for a in AGENCIES), *OTHERS)]}
CONTEXT = {"raising_agency": AGENCIES[0][0], "receiving_agency": AGENCIES[1][0]}
FIRST, LAST = datetime(2026, 1, 5, 8, tzinfo=UTC), datetime(2027, 12, 20, 18, tzinfo=UTC)


def wall(at: datetime) -> str:
    """An instant as a form gives it: London's wall time, to the minute."""
    return at.astimezone(days.LONDON).replace(tzinfo=None, second=0, microsecond=0).isoformat(timespec="minutes")


def answer(field: Field, dice: random.Random, at: datetime, since: datetime) -> Any:  # noqa: PLR0911 - a line for each type
    """A valid answer to one question, asked at `at`."""
    offered = CHOICES[field.options_from] if field.options_from else field.options
    values = [option.value for option in offered]
    match field.type:
        case "radio" | "select":
            return dice.choice(values)
        case "checklist":
            return dice.sample(values, dice.randint(1, len(values)))
        case "checkbox":
            return field.required or dice.random() < 0.5
        case "number":
            return int(field.min if field.min is not None else 1)
        case "datetime" if field.subtype == "date":
            return (at.date() - timedelta(days=dice.randint(0, 3))).isoformat()
        case "datetime" if field.key == "agreed_at":
            return wall(since + (at - since) * dice.choice((0.0, 0.3, 0.7, 1.0)))
        case "datetime":
            return wall(at + timedelta(hours=dice.randint(-48, 0 if field.past else 200)))
    if field.pattern:
        return "0121 496 0000"
    return dice.choice(("Said so.", "Written down, “as it was”.", "x" * (field.max_length or 50)))


def answers(form: Form, dice: random.Random, at: datetime, since: datetime, *, risk: bool) -> dict[str, Any]:
    """Valid answers to a whole form: tried again where the form's rules across its questions refuse them."""
    known = {**CONTEXT, "risk": risk}
    for _ in range(100):
        with suppress(FormInvalid):
            return forms.validate(form, tried(form, dice, at, since, known), CHOICES, known, now=at)
    raise AssertionError(f"{form.name} takes no answers at all")


def tried(form: Form, dice: random.Random, at: datetime, since: datetime, known: Mapping[str, Any]) -> dict[str, Any]:
    """Valid answers to each question by itself; optional ones are sometimes left out."""
    given: dict[str, Any] = {}
    values = {field.key: False if field.type == "checkbox" else None for field in form.inputs}
    for field in form.inputs:
        if field.hide and field.hide.holds({**known, **values}):
            continue
        if field.required or dice.random() < 0.4:
            given[field.key] = values[field.key] = answer(field, dice, at, since)
    return given


class Journey:
    """One dispute on its way, with its journal; `act` takes one random step and checks the laws."""

    def __init__(self, version: Version, ref: str, seed: int) -> None:
        self.version = version
        self.ref = ref
        self.dice = random.Random(seed)  # noqa: S311 - a seed makes a journey that can be gone again
        self.at = FIRST + (LAST - FIRST) * self.dice.random()
        self.entries: list[Entry] = []
        self.closures: list[date] = []
        given = self._raised()
        self.course, effects = Course.begin(version, ref, given)
        self._write(given, effects)
        self.check(given, effects, ())

    def _raised(self) -> Input:
        dice, pathway = self.dice, self.version.pathway
        form = pathway.form_of(pathway.start.id)
        risk = dice.random() < 0.25
        values = answers(form, dice, self.at, self.at - timedelta(days=3), risk=risk) if form else {}
        closed, texts = split(form, values)
        parties = [
            {"side": side, "agency": key, "name": name, "kind": kind}
            for side, (key, name, kind) in zip((RAISING, RECEIVING), AGENCIES, strict=True)
        ]
        protective = to_json(self._soon()) if dice.random() < 0.15 else None
        children = [{"case_reference": f"C{n}", "initials": "AB"} for n in range(dice.choice((1, 1, 2, 3)))]
        data = {
            "answers": closed,
            "children": children,
            "risk": risk,
            "parties": parties,
            "calendar": days.calendar_for(self.at).to_json(),
            "protective": protective,
            "taken_up_from": None,
        }
        return Input(kind="Raised", at=self.at, actor=self._someone(), element=pathway.start.id, data=data, texts=texts)

    def _someone(self) -> Actor:
        name = self.dice.choice(PERSON)
        return Actor(id=name, name=name.title(), agency=self.dice.choice(AGENCIES)[0], role="practitioner")

    def _soon(self) -> datetime:
        return self.at + timedelta(minutes=self.dice.choice((1, 50, 600, 3_000, 9_000, 30_000)))

    @property
    def open(self) -> bool:
        """Whether it goes on."""
        return not self.course.run.completed

    def act(self) -> None:
        """One random step of those that are possible."""
        possible = self.possible()
        self.dice.choices([do for do, _ in possible], [weight for _, weight in possible])[0]()

    def finish(self, most: int = 120) -> None:
        """Complete what is open until the dispute is closed."""
        for _ in range(most):
            if not self.open:
                return
            self.complete(self.dice.choice(self.course.dispute.tasks))

    def possible(self) -> list[tuple[Callable[[], None], float]]:
        """Every action that could come next, each with its weight."""
        dispute, hears = self.course.dispute, self.course.run.hears
        steps: list[tuple[Callable[[], None], float]] = [
            (self.report_risk, 0.5),
            (self.set_protective, 0.4),
            (self.recalculate, 0.4),
            (self.wait, 0.5),
            (self.note, 0.2),
        ]
        steps += [(lambda task=task: self.complete(task), 8 / len(dispute.tasks)) for task in dispute.tasks]
        if dispute.tasks:
            steps.append((self.claim, 0.4))
        if dispute.risk_believed:
            steps.append((lambda: self.simply("RiskOver"), 0.2))
        if dispute.next_due is not None:
            steps += [(self.fire, 4), (self.fire_late, 0.5)]
        steps += [
            (lambda kind=kind: self.simply(kind), weight)
            for name, kind, weight in SIGNALS
            if hears(name) and not (kind == "Withdrawn" and self.course.dispute.leaver)
        ]
        if dispute.visit is not None:
            steps.append((lambda: self.simply("ResolutionSaid"), 0.7))
        return steps

    def apply(
        self,
        kind: str,
        *,
        actor: Actor | None = None,
        element: str | None = None,
        data: Mapping[str, Any] | None = None,
        texts: Mapping[str, str] | None = None,
    ) -> list[Effect]:
        """Apply one input, write it to the journal and check the laws."""
        return self.take(
            Input(
                kind=kind,
                at=self.at,
                actor=actor or self._someone(),
                element=element,
                data=dict(data or {}),
                texts=dict(texts or {}),
            )
        )

    def take(self, given: Input) -> list[Effect]:
        """Apply an input, write it to the journal and check the laws."""
        before = self.course.dispute.tasks
        effects = self.course.apply(given)
        self._write(given, effects)
        self.check(given, effects, before)
        return effects

    def _write(self, given: Input, effects: list[Effect]) -> None:
        prev, seq = (self.entries[-1].hash, self.entries[-1].seq + 1) if self.entries else (GENESIS, 1)
        written, _ = record(self.ref, prev, seq, given, effects)
        self.entries += written

    def complete(self, task: Task) -> None:
        """Complete an open task with valid answers."""
        form = self.version.pathway.form_of(task.element)
        assert form is not None, f"{task.element} has no form"
        risk = bool(self.entries[0].data["risk"])
        values = answers(form, self.dice, self.at, self.course.dispute.raised, risk=risk)
        closed, texts = split(form, values)
        side = task.side if task.side != "both" else self.dice.choice((RAISING, RECEIVING))
        before = self.course.state()
        try:
            data = {"task": task.key, "side": side, "answers": closed}
            self.apply(kind_of(form, closed), element=task.element, data=data, texts=texts)
        except NotNow:
            assert "agreed_working_days" in closed, "Only a timescale may be refused: too long, or over"
            assert self.course.state() == before, "A refusal changed something"

    def claim(self) -> None:
        """Claim a task, or hand it on."""
        task = self.dice.choice(self.course.dispute.tasks)
        kind, to = self.dice.choice((("TaskClaimed", "ada"), ("TaskHandedOn", "bola"), ("TaskHandedOn", None)))
        self.apply(kind, element=task.element, data={"task": task.key, "to": to})

    def fire(self) -> None:
        """Fire the next timer at its own instant."""
        soonest = self.course.dispute.next_due
        assert soonest is not None
        self.at = max(self.at, soonest)
        self._fire_one()

    def fire_late(self) -> None:
        """Let the worker stand still, then fire all that is due by then."""
        self.at += timedelta(days=self.dice.choice((1, 4, 9)))
        for _ in range(400):
            if not self._fire_one():
                return
        raise AssertionError("The timers that are due never come to an end")

    def _fire_one(self) -> bool:
        given = self.course.due(self.at)
        if given is not None:
            self.take(given)
        return given is not None

    def wait(self) -> None:
        """Let time pass up to the next timer."""
        soonest = self.course.dispute.next_due or self.at + timedelta(days=1)
        self.at += max(timedelta(), soonest - self.at) * self.dice.random()

    def simply(self, kind: str) -> None:
        """Escalate, withdraw, say that it is resolved."""
        self.apply(kind, texts={"reason": "Because."})

    def report_risk(self) -> None:
        """Report risk for some of the children."""
        everyone = range(len(self.course.dispute.children))
        self.apply(
            "RiskReported", data={"children": sorted(self.dice.sample(everyone, self.dice.randint(1, len(everyone))))}
        )

    def set_protective(self) -> None:
        """Set a protective timescale, or another one."""
        self.apply("ProtectiveTimescaleSet", data={"until": to_json(self._soon())})

    def recalculate(self) -> None:
        """Add a closure day soon, and recalculate."""
        self.closures.append(self.at.date() + timedelta(days=self.dice.randint(0, 6)))
        calendar = days.calendar_for(self.at, self.closures).to_json()
        self.apply("CalendarNoted", actor=CLOCK, data={"calendar": calendar})
        self.apply("DeadlinesRecalculated")

    def note(self) -> None:
        """Something that changes no course."""
        self.apply("Corrected", data={"corrects": 1}, texts={"correction": "Not so."})

    def check(self, given: Input, effects: list[Effect], before: tuple[Task, ...]) -> None:
        """The laws hold after every step; going on with the saved state or the live one makes no difference."""
        state = self.course.state()
        loaded = Course.load(self.version, msgspec.json.decode(msgspec.json.encode(state)))
        assert loaded.state() == state, "Saved and loaded again it is another dispute"
        hold(self.course, given, effects, before)
        if self.dice.random() < 0.5:
            self.course = loaded

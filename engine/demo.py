"""The demonstration: made-up agencies, people and disputes at every kind of point, and a clock that can be moved on."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from engine.application import DEMO_BUILDER, DEMO_CLOCK, DEMONSTRATION, Concord, people_now
from engine.calendar import SetClock
from engine.calendar import working_days as days
from engine.cast import Cast, CastUnreadable, cast_of
from engine.commands.directing import OfOffice, add_agency, add_person
from engine.commands.firing import step_until, sweep
from engine.commands.interventions import report_risk, say_resolved, withdraw
from engine.commands.publishing import publish_folder
from engine.commands.raising import raise_dispute
from engine.commands.tasks import complete_task
from engine.composition import open_concord
from engine.dispute import (
    Actor,
    Agency,
    Child,
    Dispute,
    KindUnknown,
    Person,
    RoleUnknown,
    Task,
    dispute_from_json,
    may_do,
)
from engine.forms import MADE_UP, filled
from engine.pathway import CAST, RESOLUTION_SAID, RISK_REPORTED, Pathway, partnerships_in
from engine.queries.dispute import dispute_page
from engine.queries.people import person_named
from engine.queries.raising import raise_page
from engine.queries.task_page import task_page

SETTING = DEMO_CLOCK
BUILDER = Actor(id=DEMO_BUILDER, name="Demonstration", agency="", role="operator")


class DemoClock:
    """The system's time, moved on by as much as somebody asked for; kept in the database."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def now(self) -> datetime:
        """The time of the demonstration."""
        return datetime.now(UTC) + self.offset

    def move(self, at: datetime) -> None:
        """Go on to an instant; never back."""
        self.offset = max(self.offset, at - datetime.now(UTC))


def open_demo(url: str, bpmn: Path) -> tuple[Concord, Callable[[datetime], None]]:
    """Open the demonstration's database, filling it where it is new; gives what moves its clock on for everybody."""
    clock = DemoClock()
    concord = open_concord(url, clock, kind=DEMONSTRATION)
    with concord.store.begin(write=False) as tx:
        kept = tx.settings.get(SETTING)
    if kept is None:
        fill(url, bpmn, clock.now())
    clock.offset = timedelta(seconds=float(kept or 0))

    def move(until: datetime) -> None:
        step_until(concord, max(until, clock.now()), clock.move)
        with concord.store.begin() as tx:
            tx.settings.set(SETTING, str(clock.offset.total_seconds()))

    return concord, move


def fill(url: str, bpmn: Path, now: datetime) -> None:
    """Publish what ships and live through some weeks of disputes that end at `now`."""
    concord = open_concord(url, SetClock(now - timedelta(days=60)), kind=DEMONSTRATION)
    for folder in partnerships_in(bpmn):
        publish_folder(concord, BUILDER, folder, demo=True)
        people(concord, folder.name, cast := cast_of(folder))
        Stories(concord, folder.name, now, cast).live()
    sweep(concord)
    with concord.store.begin() as tx:
        tx.settings.set(SETTING, "0")


def people(concord: Concord, partnership: str, cast: Cast | None = None) -> None:
    """The agencies and people of one partnership, the usual ones where no others are given; raises CastUnreadable."""
    for place, each in enumerate((cast or cast_of(Path())).agency, 2):
        agency = f"{partnership}-{each.id}"
        made = Agency(id=agency, partnership=partnership, name=each.name, kind=each.kind)
        with _told_whose(partnership, each.id):
            add_agency(concord, BUILDER, made, replace=True)  # what was begun and not finished is begun again
        for number, player in enumerate(each.people):
            person = Person(
                id=f"{agency}-{player.id}",
                partnership=partnership,
                name=player.name,
                agency=agency,
                agency_name=each.name,
                agency_kind=each.kind,
                roles=player.roles,
                telephone=f"01632 960{place}{number:02}",  # of those that are reserved for fiction
            )
            with _told_whose(partnership, f"{each.id}, {player.id}"):
                add_person(concord, BUILDER, person, replace=True)


@contextmanager
def _told_whose(partnership: str, who: str) -> Iterator[None]:
    """Say of whom a role or a kind is unknown, and in which file that stands."""
    try:
        yield
    except (KindUnknown, RoleUnknown, OfOffice) as error:
        raise CastUnreadable(file=f"{partnership}/{CAST}", why=f"{who}: {error}") from error


class Stories:
    """Disputes of one partnership, each brought to a different point on the way to `now`."""

    def __init__(self, concord: Concord, partnership: str, now: datetime, cast: Cast | None = None) -> None:
        self.concord, self.cast = concord, cast or cast_of(Path())
        self.clock = SetClock(now - timedelta(days=60))
        self.concord.clock = self.clock
        self.partnership = partnership
        self.now = now
        self.plan: list[tuple[datetime, Callable[[], None]]] = []
        self.refs: dict[str, str] = {}

    def live(self) -> None:
        """Let everything happen in the order of time, timers among it."""
        for name, worked_days_ago in (
            ("fresh", 2),
            ("risk", 1),
            ("second", 6),
            ("third", 9),
            ("fourth", 12),
            ("persist", 16),
            ("decided", 17),
            ("said", 3),
            ("closed", 8),
            ("withdrawn", 4),
        ):
            self.at(worked_days_ago, 10, partial(self.raised, name))
        self.at(2, 15, lambda: self.said("said"))
        self.at(7, 11, lambda: self.said("closed"))
        self.at(7, 14, lambda: self.finish("closed"))
        self.at(3, 12, lambda: self.withdrawn("withdrawn"))
        self.at(1, 11, lambda: self.persists("decided"))
        for worked_days_ago in range(14, 0, -1):
            self.at(worked_days_ago, 9, self.tidy)
        for at, act in sorted(self.plan, key=lambda planned: planned[0]):
            step_until(self.concord, at, self.clock.set)
            act()
        step_until(self.concord, self.now, self.clock.set)

    def at(self, worked_days_ago: int, hour: int, act: Callable[[], None]) -> None:
        """Plan something for an hour (London) of the n-th working day before now."""
        calendar = days.calendar_for(self.now)
        day = self.now.astimezone(days.LONDON).date()
        for _ in range(worked_days_ago):
            day -= timedelta(days=1)
            while not calendar.is_working_day(day):
                day -= timedelta(days=1)
        self.plan.append((days.london(f"{day.isoformat()}T{hour:02d}:00"), act))

    def person(self, who: str) -> Person:
        """One of the made-up people."""
        return person_named(self.concord, f"{self.partnership}-{who}")

    def raised(self, name: str) -> None:
        """Somebody of one agency disagrees with another."""
        by = self.person(self.cast.raises)
        form = raise_page(self.concord, by).form
        number, texts = 4100 + len(self.refs), self.cast.disputed
        disputed = texts[len(self.refs) % len(texts)]
        children = [Child(case_reference=f"DEMO-{number}", initials="AB")]
        if name in {"risk", "second"}:
            children.append(Child(case_reference=f"DEMO-{number}-2", initials="CB"))
        given = {"scope": "between_agencies", "disagreement_at": self.local(), "disagreement": f"{disputed} (Made up.)"}
        done = raise_dispute(
            self.concord,
            by,
            uuid4().hex,
            pathway=self.partnership,
            receiving=f"{self.partnership}-{self.cast.receives}",
            answers=filled(form, self.clock.now(), given),
            children=children,
            risk=name == "risk",
        )
        self.refs[name] = done.ref

    def local(self) -> str:
        """Now, as a form takes it."""
        return self.clock.now().astimezone(days.LONDON).strftime("%Y-%m-%dT%H:%M")

    def said(self, name: str) -> None:
        """The other agency says that it is resolved."""
        say_resolved(
            self.concord,
            self.person(self.cast.answers),
            self.refs[name],
            uuid4().hex,
            "We will keep the case open and visit. " + MADE_UP,
        )

    def withdrawn(self, name: str) -> None:
        """The agency that raised it withdraws."""
        withdraw(
            self.concord,
            self.person(self.cast.raises),
            self.refs[name],
            uuid4().hex,
            "The plan was changed meanwhile. " + MADE_UP,
        )

    def persists(self, name: str) -> None:
        """The side that raised it says that its concerns persist."""
        self.complete(name, asks_whether_concerns_persist, {"persists": "yes"})

    def finish(self, name: str) -> None:
        """Everything that is open is done, until the dispute is closed."""
        for _ in range(60):
            if self.dispute(name).closed:
                return
            self.complete(name, anything, {"confirmed": "yes", "agreed_at": self.local(), "at_risk": "no", "gap": "no"})

    def dispute(self, name: str) -> Dispute:
        """The dispute as it is."""
        return dispute_page(self.concord, self.person("partnership-manager"), self.refs[name]).dispute

    def tidy(self) -> None:
        """What outlives the stages is done: the records, and the questions of risk."""
        for name in {"third", "fourth", "persist", "decided"} & self.refs.keys():
            while self.complete(name, bookkeeping, {"at_risk": "no"}):
                pass

    def complete(self, name: str, wanted: Callable[[Task, Pathway], bool], given: Mapping[str, Any]) -> bool:
        """Complete the first such task, by somebody whose task it is; false where there is none."""
        ref = self.refs[name]
        with self.concord.store.begin(write=False) as tx:
            everyone = people_now(tx, self.partnership, self.clock.now())
            record = tx.disputes.get(ref)
            pathway = self.concord.version(tx, record.version).pathway
        dispute = dispute_from_json(record.state["dispute"])
        for task in (t for t in dispute.tasks if wanted(t, pathway)):
            person = next((p for p in everyone if may_do(p, dispute, task, pathway, everyone)), None)
            if person is not None:
                page = task_page(self.concord, person, ref, task.key)
                answers = filled(page.form, self.clock.now(), given) if page.form else {}
                complete_task(self.concord, person, ref, task.key, uuid4().hex, answers)
                return True
        return False


def anything(_task: Task, _pathway: Pathway) -> bool:
    """Whatever is open."""
    return True


def bookkeeping(task: Task, pathway: Pathway) -> bool:
    """What outlives the stages: the records, the questions of risk, what each agency owes from the raising on."""
    begun = pathway.begun_by(task.element)
    return bool(begun) and not begun & {RISK_REPORTED, RESOLUTION_SAID}


def asks_whether_concerns_persist(task: Task, pathway: Pathway) -> bool:
    """The question that leads to the exceptional stage."""
    form = pathway.form_of(task.element)
    return form is not None and any(field.key == "persists" for field in form.inputs)


__all__ = ["fill", "open_demo", "report_risk"]

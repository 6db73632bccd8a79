"""Three hundred generated disputes of all that ships, kept in a database as running and closed ones are."""

import random
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from journeys import Journey
from walkers import go

import engine
from engine import Actor, Agency, Concord, Person, SetClock
from engine.application import DisputeRecord, Transaction, worklist_rows
from engine.course import Course, Version, plain
from engine.dispute import GENESIS, Effect, Input, naming, record
from engine.replay import missed_any

ROOT = Path(__file__).parents[2]
BY = Actor(id="setup", name="Set-up", agency="", role="operator")
EACH = {
    "birmingham": 40, "wolverhampton": 44, "wolverhampton/conference-request": 32, "bromley": 40,
    "harrow": 40, "harrow/conference-dissent": 34, "harrow/review-dissent": 30, "barnet": 40,
}  # fmt: skip


SOUGHT = 400
"""At most so many more journeys look for the ends that none of those came to."""


AGENCIES = (("school", "Elm School", "school"), ("council", "City Council", "local_authority"))
OFFICE = "office"
HELD = {
    "school": (("Sam Senior", ("senior_manager",)), ("Lee Lead", ("safeguarding_lead", "head_teacher"))),
    "council": (
        ("Wim Worker", ("practitioner",)), ("Mo Manager", ("line_manager",)), ("Lu Lead", ("safeguarding_lead",)),
        ("Del Deputy", ("safeguarding_lead",)), ("Di Director", ("director", "senior_manager")),
    ),
    OFFICE: (("Bo Business", ("business_manager",)), ("Cy Chair", ("co_chair", "chair")), ("Au Auditor", ("auditor",))),
}  # fmt: skip
"""Who there is in each partnership: the school has one lead and no deputy, and nobody holds some of the tiers."""


def furnish(tx: Transaction, partnership: str) -> None:
    """Let people move in; the agencies are those of every journey."""
    for key, name, kind in (*AGENCIES, (OFFICE, "Partnership office", "partnership")):
        if tx.directory.agency(key) is None:
            tx.directory.add_agency(Agency(id=key, partnership=partnership, name=name, kind=kind))
        for person, roles in HELD[key]:
            about = {"agency": key, "agency_name": name, "agency_kind": kind}
            id_ = f"{partnership}-{person.split()[1].lower()}-{key}"
            tx.directory.add_person(Person(id=id_, partnership=partnership, name=person, roles=roles, **about))


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
            missed=missed_any(self.version.pathway, self.entries),
            worklist=worklist_rows(self.version.pathway, self.course.dispute),
        )  # fmt: skip
        if before is None:
            self.tx.disputes.add(self.stored)
        else:
            self.tx.disputes.save(self.stored, before)
        self.tx.journal.append(written, texts)
        told = [(e.data["to"], e.data["message"]) for e in effects if e.kind == "NoticeQueued"]
        self.tx.notices.queue(self.ref, given.at, told)
        people = self.tx.directory.people(self.version.pathway.partnership)
        named = naming(self.version.pathway, self.course.dispute, people, written, given.at)
        if named is not None:
            self._write(named, self.course.apply(named))


def annotate(journey: Lived, dice: random.Random) -> None:
    """Somebody corrects what they said, corrects that again, and somebody of the other side contradicts it."""
    said = [e for e in journey.entries if e.kind == "TaskCompleted" and e.data["answers"]]
    at = max(journey.at, datetime.fromisoformat(journey.entries[-1].at))
    for entry in dice.sample(said, min(len(said), 2)):
        name, value = min(entry.data["answers"].items(), key=str)
        data = {"corrects": entry.seq, "field": name, "value": value}
        own = Actor(**entry.actor)
        other = Actor(id="odd", name="Odd One", agency="elsewhere", role="practitioner")
        for kind, by, told, text in (
            ("Corrected", own, data, "correction"),
            ("Corrected", own, data | {"corrects": journey.entries[-1].seq + 1}, "correction"),
            ("Contradicted", other, {"contradicts": entry.seq}, "contradiction"),
        ):
            given = Input(
                kind=kind, at=at, actor=by, element=entry.element, data=told, texts={text: f"As {by.name} saw it."}
            )
            journey._write(given, journey.course.apply(given))


def live(tx: Transaction, version: Version, prefix: str, count: int, *, sought: int = SOUGHT) -> Iterator[Lived]:
    """Journeys of the first seeds, many brought to an end; then of the next ones, until each end that is drawn is."""
    drawn = {e.properties["end"] for e in version.pathway.diagram.elements.values() if "end" in e.properties}
    for seed in range(count + sought):
        if seed >= count and not drawn:
            return
        journey = Lived(tx, version, f"{prefix}-2026-{seed + 1:04d}", seed)
        lead(journey, random.Random(seed), to_an_end=seed >= count)  # noqa: S311 - a seed makes a journey that can be gone again
        if not journey.open and journey.course.dispute.ending:
            drawn.discard(journey.course.dispute.ending.how)
        yield journey
    assert not (sought and drawn), f"{prefix}: no journey came to {', '.join(sorted(drawn))}"


def lead(journey: Lived, dice: random.Random, *, to_an_end: bool) -> None:
    """A few random steps, then often on to an end; of those that seek one, some withdraw or say it is resolved."""
    for _ in range(dice.randint(2, 10)):
        if journey.open:
            go(journey, journey.act)
    if to_an_end and journey.open:
        dispute, way = journey.course.dispute, dice.choice(("Withdrawn", "ResolutionSaid", None))
        if way == "Withdrawn" and not dispute.leaver and journey.course.run.hears("withdrawn"):
            go(journey, lambda: journey.simply("Withdrawn"))
        if way == "ResolutionSaid" and dispute.visit is not None:
            go(journey, lambda: journey.simply("ResolutionSaid"))
    if to_an_end or dice.random() < 0.6:
        go(journey, journey.finish)
    if dice.random() < 0.5:
        annotate(journey, dice)


def published(url: str) -> Concord:
    """A database with all that ships published, years after the journeys."""
    concord = engine.open_concord(url, SetClock(engine.london("2028-01-10T10:00")))
    for folder in sorted(path for path in (ROOT / "bpmn").iterdir() if path.is_dir()):
        engine.publish_folder(concord, BY, folder, demo=True)
    return concord


def populated(url: str, share: float = 1) -> tuple[Concord, dict[str, Course]]:
    """A database with all that ships published and the disputes in it, or a share of them; and each as it was lived."""
    concord = published(url)
    courses = {}
    for name, count in EACH.items():
        with concord.store.begin() as tx:
            version = concord.version(tx, tx.versions.current(name))
            furnish(tx, version.pathway.partnership)
            sought = SOUGHT if share == 1 else 0
            some = max(1, round(count * share))
            for journey in live(tx, version, name.replace("/", "-").upper(), some, sought=sought):
                courses[journey.ref] = journey.course
    return concord, courses

"""Everybody's worklist, put together from rows, is what asking the core about every dispute gives."""

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from journeys import AGENCIES, PERSON
from population import BY, EACH, OFFICE, Lived, furnish, live, published

from engine import Concord, Person, worklist
from engine.application import Transaction, Weight, glance, people_now
from engine.commands import directing
from engine.dispute import Actor, Input, Kind, may_see
from engine.queries.tasks import TaskLine, in_order, task_line
from engine.store import Database

PARTNERSHIPS = sorted({name.partition("/")[0] for name in EACH})
MORE_ROLES = (
    ("practitioner",), ("practitioner", "safeguarding_lead"), ("line_manager",), ("director",), ("auditor",),
    ("independent_reviewing_officer", "child_protection_chair"), ("delegated_partner", "board_representative"),
)  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def concord(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Concord]:
    """Six disputes of each pathway on their way or at an end, people barred, and half of the people away."""
    name, url = None, f"sqlite:///{tmp_path / 'concord.db'}"
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
        url = server.at(name := server.create())
    made, dice = published(url), random.Random(2_026)  # noqa: S311 - the same each time
    for number, pathway in enumerate(EACH):
        partnership = pathway.partition("/")[0]
        with made.store.begin() as tx:
            version = made.version(tx, tx.versions.current(pathway))
            furnish(tx, partnership)
            settle(tx, partnership, dice)
            for journey in live(tx, version, f"P{number}", 6, sought=0):
                bar(journey, dice)
    today = made.clock.now().date()
    with made.store.begin(write=False) as tx:
        everybody = [
            p for partnership in {name.partition("/")[0] for name in EACH} for p in tx.directory.people(partnership)
        ]
    for person in dice.sample(everybody, len(everybody) // 2):
        directing.add_absence(made, BY, person.id, today, today + timedelta(days=3))
    yield made
    assert isinstance(made.store, Database)
    made.store.close()
    if name:
        server.drop(name)


def settle(tx: Transaction, partnership: str, dice: random.Random) -> None:
    """People of both sides with roles of all kinds; in Birmingham those who act in the journeys themselves."""
    names = PERSON if partnership == "birmingham" else tuple(f"{partnership}-{name}" for name in PERSON)
    for name in names:
        key, agency, kind = dice.choice(AGENCIES)
        about = {"agency": key, "agency_name": agency, "agency_kind": kind, "partnership": partnership}
        if name not in {p.id for p in tx.directory.people(partnership)}:
            tx.directory.add_person(Person(id=name, name=name.title(), roles=dice.choice(MORE_ROLES), **about))


def bar(journey: Lived, dice: random.Random) -> None:
    """In a third of them somebody is barred from the tasks of a tier (W)."""
    if not journey.open or dice.random() > 0.35:
        return
    tier = dice.choice(journey.version.pathway.diagram.tiers).key
    person = dice.choice((*PERSON, f"{journey.version.pathway.partnership}-lead-school"))
    by = Actor(id="bo", name="Bo Business", agency=OFFICE, role="business_manager")
    given = Input(
        kind=Kind.PERSON_BARRED, at=journey.at, actor=by, data={"person": person, "name": person, "tier": tier}
    )
    journey._write(given, journey.course.apply(given))


def asked_of_all(concord: Concord, person: Person) -> tuple[dict[str, list[TaskLine]], int]:
    """What is theirs to do by the core's word, dispute by dispute in their order, and how many others they may see."""
    found, seen = {}, 0
    with concord.store.begin(write=False) as tx:
        people = people_now(tx, person.partnership, concord.clock.now())
        for ref in tx.disputes.references():
            here = glance(concord, tx, ref)
            if here.dispute.closed or not may_see(person, here.dispute, here.record.partnership):
                continue
            seen += 1
            lines = in_order(task_line(here, person, task, {}, people) for task in here.dispute.tasks)
            if own := [line for line in lines if line.mine]:
                found[ref] = own
    order = sorted(found, key=lambda ref: (*first(found[ref][0]), ref))
    return {ref: found[ref] for ref in order}, seen


def first(line: TaskLine) -> tuple[object, ...]:
    """What comes first."""
    return line.weight, line.due is None, line.due.timestamp() if line.due else 0, line.order


def test_everybody_is_shown_what_the_core_says_is_theirs(concord: Concord) -> None:
    """W, E4, E8, S2, S3, C1: tiers nobody holds, people away or barred, reports of risk, countersignatures."""
    shown = 0
    for partnership in PARTNERSHIPS:
        with concord.store.begin(write=False) as tx:
            people = people_now(tx, partnership, concord.clock.now())
        for person in people:
            expected, seen = asked_of_all(concord, person)
            own = worklist(concord, person)
            refs, page = [], 1
            while page <= own.pages:
                refs += [card.ref for card in worklist(concord, person, page).cards]
                page += 1
            assert refs == list(expected), person
            cards = {card.ref: {line.key for line in card.lines} for card in own.cards}
            assert cards == {ref: {line.key for line in expected[ref]} for ref in cards}, person
            assert own.count == len(expected)
            assert own.at_risk == sum(lines[0].weight is Weight.REPORT for lines in expected.values())
            assert own.overdue == sum(any(line.overdue for line in lines) for lines in expected.values())
            assert own.other == seen - len(expected)
            shown += len(refs)
    assert shown > 100

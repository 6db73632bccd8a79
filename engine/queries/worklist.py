"""Somebody's day: a card for each dispute in which something is theirs to do, with the one next decision on it.

Read are the disputes of a page alone: whose each open task is stands in rows of its own, kept with every commit. Only
where more decides it than who acts where (a report of risk, a countersignature, a bar) is the dispute asked itself.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from engine.application import (
    DISAGREEMENT,
    EVERYTHING,
    NO_AGENCY,
    Concord,
    Glance,
    Narrowing,
    Transaction,
    WorklistPlace,
    WorklistQuery,
    glanced,
    guarded,
    people_of,
)
from engine.dispute import (
    RAISING,
    RECEIVING,
    Child,
    Person,
    Place,
    acts_at,
    may_see,
    next_stage,
    own_side,
    places_of,
    stands_in_for_office,
    stands_in_for_seniors,
    those_at,
)
from engine.errors import ConcordError
from engine.pathway import OWN_KIND
from engine.queries.tasks import TaskLine, in_order, task_line
from engine.replay import StageLine, stages_of, status

T = TypeVar("T")
PAGE = 20
MOST_OTHERS = 20


@dataclass(frozen=True, kw_only=True)
class Pile:
    """Tasks of one name: six records to place are one thing to do."""

    title: str
    lines: tuple[TaskLine, ...]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A running dispute in a line: whom it is about and between, and where it stands; `stopped` by a fault."""

    ref: str
    children: tuple[Child, ...]
    raising: str
    receiving: str
    status: str
    raised: datetime
    stopped: bool


@dataclass(frozen=True, kw_only=True)
class Card(Standing):
    """What somebody has to do in a dispute: next, and then; which stage it is in, of how many, and what follows it.

    `opposite` are those of the other side at the stage's tier; `disputed` is what was written as it was raised.
    """

    next: TaskLine
    then: tuple[Pile, ...]
    stage: StageLine | None
    number: int
    stages: int
    following: StageLine | None
    opposite: tuple[Person, ...]
    disputed: str

    @property
    def lines(self) -> tuple[TaskLine, ...]:
        """All that is to be done in it, the next one first."""
        return (self.next, *(line for pile in self.then for line in pile.lines))


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """A page of somebody's cards, and how many there are; what others have left undone of a report of risk (S3).

    `others` are the first of the running disputes in which nothing is theirs to do; `other` counts them. What is asked
    for may be narrowed, by one of the `agencies` or `stages` among others; then only the cards are.
    """

    cards: tuple[Card, ...] = ()
    count: int = 0
    at_risk: int = 0
    overdue: int = 0
    page: int = 1
    pages: int = 1
    narrowing: Narrowing = EVERYTHING
    agencies: Mapping[str, str] = field(default_factory=dict)
    stages: Mapping[str, str] = field(default_factory=dict)
    undone: tuple[TaskLine, ...] = ()
    others: tuple[Standing, ...] = ()
    other: int = 0
    unreadable: tuple[str, ...] = ()


def worklist(concord: Concord, person: Person, page: int = 1, narrowing: Narrowing = EVERYTHING) -> Worklist:
    """A page of what is this person's to do, a card a dispute: risk first, then what decides, then what is filed."""
    with concord.store.begin(write=False) as tx:
        at = concord.clock.now()
        asked = _asked(concord, tx, person, at)
        query = replace(_query(concord, tx, person, _people(tx, person, at), asked), narrowing=narrowing)
        page = max(page, 1)
        found = tx.worklists.page(query, (page - 1) * PAGE, PAGE)
        if page > 1 and not found.refs:
            page = max(1, math.ceil(tx.worklists.page(query, 0, 1).count / PAGE))
            found = tx.worklists.page(query, (page - 1) * PAGE, PAGE)
        side = None if person.oversees else person.agency
        running = 0 if narrowing.narrows else tx.worklists.running(person.partnership, side)
        wanted = running > found.count or narrowing.followed
        others = tx.worklists.others(query, side, MOST_OTHERS) if wanted else []
        known = {each.here.record.ref: each.here for each in asked}
        there = known | glanced(concord, tx, [ref for ref in (*found.refs, *others) if ref not in known])
        people = _people(tx, person, at, (there[ref] for ref in found.refs if ref in there))
        disputed = tx.journal.typed(found.refs, DISAGREEMENT)
        undone = in_order(line for each in asked for line in each.lines if _left_undone(line, person))
        return Worklist(
            cards=shown(tx, there, found.refs, lambda here: _card(here, person, people, disputed)),
            count=found.count,
            at_risk=found.at_risk,
            overdue=found.overdue,
            page=page,
            pages=max(1, math.ceil(found.count / PAGE)),
            narrowing=narrowing,
            agencies=_agencies(tx, person) if found.count or narrowing.narrows else {},
            stages=_stages(concord, tx, person) if found.count or narrowing.narrows else {},
            undone=tuple(undone),
            others=shown(tx, there, others, standing),
            other=len(others) if narrowing.followed else max(0, running - found.count),
            unreadable=tuple(dict.fromkeys(tx.unreadable)),
        )


def _people(tx: Transaction, person: Person, at: datetime, there: Iterable[Glance] = ()) -> list[Person]:
    """The people of somebody's own agency, of those of disputes, and the partnership's own, with who is absent."""
    agencies = {party.agency for here in there for party in here.dispute.parties}
    return people_of(tx, person.partnership, at, {person.agency, *agencies})


def _agencies(tx: Transaction, person: Person) -> dict[str, str]:
    """The agencies that can be on the other side, by name."""
    others = (a for a in tx.directory.agencies(person.partnership) if a.id != person.agency)
    return {a.id: a.name for a in others if a.kind != OWN_KIND}


def _stages(concord: Concord, tx: Transaction, person: Person) -> dict[str, str]:
    """The stages in which a dispute of the partnership can be, by title, in their order."""
    current = concord.published(tx, person.partnership).values()
    return {stage.id: stage.title for version in current for stage in version.pathway.stages}


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """A dispute that was asked whose its tasks are, since more than places decides it, and what it said."""

    here: Glance
    lines: tuple[TaskLine, ...]


def _asked(concord: Concord, tx: Transaction, person: Person, at: datetime) -> list[_Asked]:
    refs = tx.worklists.apart(person.partnership, None if person.of_partnership else person.agency)
    there = glanced(concord, tx, refs)
    people = _people(tx, person, at, there.values())
    names = {p.id: p.name for p in people}

    def said(here: Glance) -> _Asked | None:
        if not may_see(person, here.dispute, here.record.partnership):
            return None
        lines = tuple(task_line(here, person, task, names, people) for task in here.dispute.tasks)
        return _Asked(here=here, lines=lines)

    return list(shown(tx, there, refs, said))


def _query(
    concord: Concord, tx: Transaction, person: Person, people: Sequence[Person], asked: Sequence[_Asked]
) -> WorklistQuery:
    """Whose worklist it is: at which of the places at which anything is open they act."""
    agency = NO_AGENCY if person.of_partnership else person.agency

    def theirs(place: WorklistPlace) -> bool:
        at = Place(tier=place.tier, role=place.role or None, staged=place.staged)
        try:
            return acts_at(person, concord.version(tx, place.version).pathway, at, people)
        except (ConcordError, LookupError, TypeError, ValueError):  # a row that was spoilt: verifying names it
            return False

    return WorklistQuery(
        person=person.id,
        team=person.team,
        partnership=person.partnership,
        agency=agency,
        addressed_by=places_of(person),
        places=tuple(place for place in tx.worklists.places(person.partnership, agency) if theirs(place)),
        asked=tuple((line.ref, line.key) for each in asked for line in each.lines if line.mine),
        stands_in_for_seniors=stands_in_for_seniors(person, concord.offices(tx, person.partnership)),
        stands_in_for_office=stands_in_for_office(person),
    )


def shown(
    tx: Transaction, there: Mapping[str, Glance], refs: Iterable[str], show: Callable[[Glance], T | None]
) -> tuple[T, ...]:
    """Those of these disputes that can be shown, in their order."""
    some = (ref for ref in refs if ref in there)
    found = (guarded(tx, ref, lambda ref=ref: show(there[ref])) for ref in some)  # type: ignore[misc]
    return tuple(each for each in found if each is not None)


def standing(here: Glance) -> Standing:
    """A running dispute in a line."""
    pathway, dispute = here.version.pathway, here.dispute
    return Standing(
        ref=here.record.ref,
        children=dispute.children,
        raising=dispute.parties[0].name,
        receiving=dispute.parties[1].name,
        status=status(pathway, dispute),
        raised=dispute.raised,
        stopped=here.record.set_aside is not None,
    )


def _card(here: Glance, person: Person, people: Sequence[Person], disputed: Mapping[str, str]) -> Card:
    pathway, dispute = here.version.pathway, here.dispute
    names = {p.id: p.name for p in people}
    own = in_order(line for task in dispute.tasks if (line := task_line(here, person, task, names, people)).mine)
    stages = stages_of(pathway, dispute, here.at)
    number = next((n for n, s in enumerate(stages, 1) if dispute.visit and s.id == dispute.visit.stage), 0)
    facing = {RAISING: RECEIVING, RECEIVING: RAISING}.get(own_side(person, dispute) or "")
    other = dispute.party(facing) if facing else None
    running = pathway.stage(dispute.visit.stage) if dispute.visit else None
    after = next_stage(pathway, dispute)
    opposite = those_at(dispute, pathway, people, running.tier, other.agency) if running and other else []
    return Card(
        **vars(standing(here)),
        next=own[0],
        then=piled(own[1:]),
        stage=stages[number - 1] if number else None,
        number=number,
        stages=len(stages),
        following=next((s for s in stages if after and s.id == after.id), None),
        opposite=tuple(opposite),
        disputed=disputed.get(here.record.ref, ""),
    )


def _left_undone(line: TaskLine, person: Person) -> bool:
    """Whether it is a report of risk that others have left undone, which whoever is of the partnership must see."""
    return line.urgent and line.overdue and not line.mine and person.of_partnership


def piled(lines: Iterable[TaskLine]) -> tuple[Pile, ...]:
    """The same, those of one name in a pile."""
    ordered = in_order(lines)
    titles = dict.fromkeys(line.title for line in ordered)
    return tuple(Pile(title=title, lines=tuple(line for line in ordered if line.title == title)) for title in titles)

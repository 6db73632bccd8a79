"""The directory of a partnership: its agencies and people, who holds which tier, whom to call, and what was changed."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.application import AbsenceRecord, ChangeRecord, Concord, Transaction, people_now
from engine.calendar import working_days as days
from engine.dispute import PARTNERSHIP, RECEIVING, Agency, Person, acting, may_keep
from engine.errors import ConcordError
from engine.pathway import Offices, Pathway

LATEST = 15
STAGE, ANY = "stage", "any"


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """A person with the absences that are not over, each with whether it has begun."""

    person: Person
    absences: tuple[AbsenceRecord, ...]


@dataclass(frozen=True, kw_only=True)
class TierLine:
    """A tier of an agency: who acts there by the pathway's table, who of them is away; nobody where there is a gap.

    `one_side` marks a tier that is only asked of the side it was raised with, such as a conference's chair.
    """

    key: str
    tier: str
    title: str
    held_by: tuple[str, ...]
    away: tuple[str, ...]
    roles: tuple[str, ...]
    one_side: bool

    @property
    def gap(self) -> bool:
        """Whether nobody holds it today (E8)."""
        return not self.held_by


@dataclass(frozen=True, kw_only=True)
class AgencyLine:
    """An agency with its people and tiers."""

    agency: Agency
    people: tuple[PersonLine, ...]
    tiers: tuple[TierLine, ...]


@dataclass(frozen=True, kw_only=True)
class ContactLine:
    """Whom the settings name; `verify` marks a number that is kept as printed and still to be verified."""

    about: str
    name: str
    telephone: str
    email: str
    note: str
    verify: bool = False


@dataclass(frozen=True, kw_only=True)
class DirectoryPage:
    """What the directory shows, and whether the person may change it."""

    title: str
    today: date
    may_keep: bool
    agencies: tuple[AgencyLine, ...]
    contacts: tuple[ContactLine, ...]
    members: tuple[ContactLine, ...]
    closures: tuple[tuple[date, str], ...]
    changes: tuple[ChangeRecord, ...]
    published: bool
    offices: Offices

    @property
    def gaps(self) -> tuple[tuple[AgencyLine, TierLine], ...]:
        """Every tier that nobody holds."""
        return tuple((line, tier) for line in self.agencies for tier in line.tiers if tier.gap)

    def agency(self, agency_id: str) -> AgencyLine | None:
        """The line of an agency, or none."""
        return next((line for line in self.agencies if line.agency.id == agency_id), None)

    def person(self, person_id: str) -> PersonLine | None:
        """The line of a person, or none."""
        return next((each for line in self.agencies for each in line.people if each.person.id == person_id), None)


def directory_page(concord: Concord, person: Person) -> DirectoryPage:
    """The directory of a person's own partnership."""
    with concord.store.begin(write=False) as tx:
        at: datetime = concord.clock.now()
        today = at.astimezone(days.LONDON).date()
        pathways = [each.pathway for each in concord.published(tx, person.partnership).values()]
        main = pathways[0] if pathways else None
        return DirectoryPage(
            title=main.title if main else person.partnership.title(),
            today=today,
            may_keep=may_keep(person),
            agencies=tuple(_agencies(tx, person.partnership, pathways, at, today)),
            contacts=tuple(contacts_of(main)) if main else (),
            members=tuple(members_of(main)) if main else (),
            closures=tuple(tx.directory.closure_reasons(person.partnership)),
            changes=tuple(tx.changes.latest(person.partnership, LATEST)),
            published=bool(pathways),
            offices=concord.offices(tx, person.partnership),
        )


def _agencies(
    tx: Transaction, partnership: str, pathways: list[Pathway], at: datetime, today: date
) -> Iterator[AgencyLine]:
    people = people_now(tx, partnership, at)
    absences = tx.directory.absences(partnership, today)
    agencies = tx.directory.agencies(partnership)
    tiers = {a.id: list(tiers_of(pathways, a, [p for p in people if p.agency == a.id])) for a in agencies}
    held = {tier.key for own in tiers.values() for tier in own if tier.held_by or tier.away}
    for agency in agencies:
        yield AgencyLine(
            agency=agency,
            people=tuple(
                PersonLine(person=p, absences=tuple(a for a in absences if a.person == p.id))
                for p in people
                if p.agency == agency.id
            ),
            tiers=tuple(t for t in tiers[agency.id] if t.held_by or t.away or not (t.one_side and t.key in held)),
        )


def tiers_of(pathways: list[Pathway], agency: Agency, people: list[Person]) -> Iterator[TierLine]:
    """The tiers at which an agency has something to do, once each, in the order of the pathways' lanes."""
    seen = set()
    for pathway in pathways:
        asked = asked_tiers(pathway, of_partnership=agency.kind == PARTNERSHIP)
        for tier in pathway.diagram.tiers:
            if tier.key not in asked or tier.key in seen:
                continue
            seen.add(tier.key)
            try:
                roles, title = acting(pathway.tables, tier.key, agency.kind)
            except ConcordError:
                roles, title = (), ""
            sides = asked[tier.key]
            able = [p for p in people if set(roles) & set(p.roles)]
            yield TierLine(
                key=tier.key,
                tier=tier.title,
                title=title,
                roles=roles,
                one_side=sides == {RECEIVING},
                held_by=tuple(p.name for p in able if p.absent_until is None),
                away=tuple(p.name for p in able if p.absent_until is not None),
            )


def asked_tiers(pathway: Pathway, *, of_partnership: bool) -> dict[str, set[str]]:
    """The tiers that a user task asks of the partnership itself, or of the two sides, each with those sides.

    Tasks for a named role stand beside the tiers.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for task in pathway.diagram.elements.values():
        side = task.properties.get("side", "")
        if task.kind == "userTask" and "role" not in task.properties and (side == PARTNERSHIP) == of_partnership:
            tier = task.properties.get("tier") or task.tier or ANY
            for key in {stage.tier for stage in pathway.stages} if tier == STAGE else {tier}:
                found[key].add(side)
    return {key: sides for key, sides in found.items() if key != ANY}


def contacts_of(pathway: Pathway) -> Iterator[ContactLine]:
    """The front door, out of hours, and every other contact of the settings (S6)."""
    settings = pathway.settings
    for key in ("front_door", "out_of_hours", *(k for k in settings if k not in {"front_door", "out_of_hours"})):
        values = settings.get(key)
        if isinstance(values, Mapping) and "telephone" in values:
            yield _contact(key, values)
    for key, values in settings.get("contacts", {}).items():
        if isinstance(values, Mapping):
            yield _contact(key, values)


def members_of(pathway: Pathway) -> Iterator[ContactLine]:
    """The members' directory, kept in settings files beside partnership.toml."""
    folder = f"bpmn/{pathway.partnership}/"
    for name in sorted(pathway.files):
        if name.startswith(folder) and name.endswith(".toml") and name != f"{folder}partnership.toml":
            try:
                listed = tomllib.loads(pathway.files[name].decode()).get("contact", [])
            except (tomllib.TOMLDecodeError, UnicodeDecodeError):
                continue
            yield from (_contact("", each) for each in listed if isinstance(each, Mapping))


def _contact(key: str, values: Mapping[str, Any]) -> ContactLine:
    def text(*names: str) -> str:
        return next((str(values[name]) for name in names if values.get(name)), "")

    return ContactLine(
        about=text("role") or key.replace("_", " ").capitalize(),
        name=text("agency", "name"),
        telephone=text("telephone"),
        email=text("email"),
        note=text("note"),
        verify=values.get("verify") is True,
    )

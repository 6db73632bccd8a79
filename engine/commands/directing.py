"""Changes of live data by the operator: people, agencies, absences, closure days; each is recorded (decision 10)."""

from datetime import date

from engine.commands.signing_in import hashed
from engine.concord import Concord
from engine.directory import KINDS, ROLES, Agency, KindUnknown, Person, RoleUnknown
from engine.dispute import Actor
from engine.errors import ConcordError


class AbsenceBackwards(ConcordError):
    """The last day of an absence can't be before its first."""


def add_agency(concord: Concord, by: Actor, agency: Agency) -> None:
    """Add or change an agency; raises KindUnknown."""
    if agency.kind not in KINDS:
        raise KindUnknown(kind=agency.kind, known=", ".join(KINDS))
    with concord.store.begin() as tx:
        tx.add_agency(agency)
        tx.act(
            concord.clock.now(),
            by,
            "AgencyChanged",
            {"partnership": agency.partnership, "agency": agency.id, "name": agency.name, "kind": agency.kind},
        )


def add_person(concord: Concord, by: Actor, person: Person, password: str | None = None) -> None:
    """Add or change a person; raises RoleUnknown."""
    for role in person.roles:
        if role not in ROLES:
            raise RoleUnknown(role=role, known=", ".join(ROLES))
    with concord.store.begin() as tx:
        tx.add_person(person, hashed(password) if password else None)
        tx.act(
            concord.clock.now(),
            by,
            "PersonChanged",
            {
                "partnership": person.partnership,
                "person": person.id,
                "name": person.name,
                "agency": person.agency,
                "agency_name": person.agency_name,
                "roles": list(person.roles),
            },
        )


def add_absence(concord: Concord, by: Actor, person_id: str, first: date, last: date) -> None:
    """Note an absence: an absent person holds no tier (E8)."""
    if last < first:
        raise AbsenceBackwards
    with concord.store.begin() as tx:
        person = tx.person(person_id)
        tx.add_absence(person.id, first, last)
        tx.act(
            concord.clock.now(),
            by,
            "AbsenceNoted",
            {
                "partnership": person.partnership,
                "person": person_id,
                "name": person.name,
                "first": first,
                "last": last,
            },
        )


def add_closure(concord: Concord, by: Actor, partnership: str, day: date, reason: str) -> None:
    """Add an extra closure day; running deadlines stay until they are recalculated (T2, T12)."""
    with concord.store.begin() as tx:
        tx.add_closure(partnership, day, reason)
        tx.act(concord.clock.now(), by, "ClosureAdded", {"partnership": partnership, "day": day, "reason": reason})

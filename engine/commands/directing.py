"""Changes of live data by the operator: people, agencies, absences, closure days; each is recorded (decision 10)."""

import re
from dataclasses import replace as replaced
from datetime import date, datetime

from engine.application import Concord, PersonUnknown, Transaction
from engine.commands.signing_in import hashed
from engine.dispute import Actor, Agency, KindUnknown, Person, RoleUnknown
from engine.errors import ConcordError
from engine.pathway import OTHER_KIND, OWN_KIND, Offices

TELEPHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,24}( ?(ext\.?|x) ?[0-9]{1,6})?")


class TelephoneWrong(ConcordError):
    """“{telephone}” is no telephone number. Give one like 0121 496 0000, with an extension where there is one."""


class AbsenceBackwards(ConcordError):
    """The last day of an absence can't be before its first."""


class PersonTaken(ConcordError):
    """{person} is somebody already: {name}. Give another id, or say that they are to be replaced (--replace)."""


class AgencyTaken(ConcordError):
    """{agency} is an agency already: {name}, {kind}. Give another id, or say that it is to be replaced (--replace)."""


class Elsewhere(ConcordError):
    """{id} belongs to another partnership, {partnership}, and is not moved. Give another id."""


class AgencyMissing(ConcordError):
    """There is no agency {agency} in {partnership}. Give its name as well (--agency-name), and it is made."""


class OfOffice(ConcordError):
    """Who is {role} works for the partnership itself: their agency must be of the kind {kind} (--agency-kind)."""


def add_agency(concord: Concord, by: Actor, agency: Agency, *, replace: bool = False) -> None:
    """Add an agency, or change one where that is asked for; raises KindUnknown, AgencyTaken or Elsewhere."""
    with concord.store.begin() as tx:
        _known_kind(agency, concord.offices(tx, agency.partnership))
        _put_agency(tx, concord.clock.now(), by, agency, replace=replace)


def add_person(
    concord: Concord,
    by: Actor,
    person: Person,
    password: str | None = None,
    *,
    agency: Agency | None = None,
    replace: bool = False,
) -> None:
    """Add a person, or change one where that is asked for; with an agency, that one as well, or neither.

    Raises RoleUnknown, OfOffice, KindUnknown, PersonTaken, AgencyTaken, AgencyMissing or Elsewhere; then
    it changes nothing.
    """
    with concord.store.begin() as tx:
        at, offices = concord.clock.now(), concord.offices(tx, person.partnership)
        for role in person.roles:
            if role not in offices.roles:
                raise RoleUnknown(role=role, known=", ".join(offices.roles))
        if agency is not None:
            _known_kind(agency, offices)
            _put_agency(tx, at, by, agency, replace=replace)
        _put_person(tx, at, by, person, hashed(password) if password else None, offices, replace=replace)


def _known_kind(agency: Agency, offices: Offices) -> None:
    if agency.kind and agency.kind not in offices.kinds:
        raise KindUnknown(kind=agency.kind, known=", ".join(offices.kinds))


def _put_agency(tx: Transaction, at: datetime, by: Actor, agency: Agency, *, replace: bool) -> None:
    """Store an agency; one that is there already as it is given stays as it is. Without a kind it keeps its own."""
    before = tx.directory.agency(agency.id)
    if not agency.kind:
        agency = replaced(agency, kind=before.kind if before else OTHER_KIND)
    if before == agency:
        return
    if before is not None and before.partnership != agency.partnership:
        raise Elsewhere(id=agency.id, partnership=before.partnership)
    if (before is not None and not replace) or not tx.directory.add_agency(agency, replace=replace):
        raise AgencyTaken(agency=agency.id, name=before.name if before else "", kind=before.kind if before else "")
    told = {"partnership": agency.partnership, "agency": agency.id, "name": agency.name, "kind": agency.kind}
    tx.changes.record(at, by, "AgencyChanged", told)


def _put_person(
    tx: Transaction, at: datetime, by: Actor, person: Person, secret: str | None, offices: Offices, *, replace: bool
) -> None:
    agency = tx.directory.agency(person.agency)
    if agency is None:
        raise AgencyMissing(agency=person.agency, partnership=person.partnership)
    if agency.partnership != person.partnership:
        raise Elsewhere(id=agency.id, partnership=agency.partnership)
    if agency.kind != OWN_KIND and (of_office := [role for role in person.roles if role in offices.of_office]):
        raise OfOffice(role=offices.name(of_office[0]), kind=OWN_KIND)
    if person.telephone and not TELEPHONE.fullmatch(person.telephone):
        raise TelephoneWrong(telephone=person.telephone)
    before = _somebody(tx, person.id)
    if before is not None and before.partnership != person.partnership:
        raise Elsewhere(id=person.id, partnership=before.partnership)
    if (before is not None and not replace) or not tx.directory.add_person(person, secret, replace=replace):
        raise PersonTaken(person=person.id, name=before.name if before else "")
    tx.changes.record(
        at,
        by,
        "PersonChanged",
        {
            "partnership": person.partnership,
            "person": person.id,
            "name": person.name,
            "agency": person.agency,
            "agency_name": agency.name,
            "roles": list(person.roles),
        },
    )


def _somebody(tx: Transaction, person_id: str) -> Person | None:
    try:
        return tx.directory.person(person_id)
    except PersonUnknown:
        return None


def add_absence(concord: Concord, by: Actor, person_id: str, first: date, last: date) -> None:
    """Note an absence: an absent person holds no tier (E8)."""
    if last < first:
        raise AbsenceBackwards
    with concord.store.begin() as tx:
        person = tx.directory.person(person_id)
        tx.directory.add_absence(person.id, first, last)
        tx.changes.record(
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
        tx.directory.add_closure(partnership, day, reason)
        tx.changes.record(
            concord.clock.now(), by, "ClosureAdded", {"partnership": partnership, "day": day, "reason": reason}
        )

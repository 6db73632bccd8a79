"""Agencies, people, absences and closure days."""

import json
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.application import (
    AbsenceRecord,
    AwayRecord,
    PersonUnknown,
)
from engine.dispute import Agency, Covered, Person
from engine.store import statements as said
from engine.store import tables as t
from engine.store.part import Part


def covered_in(row: dict[str, Any]) -> Covered | None:
    """Take from a row whom somebody covers, where they cover anybody."""
    name, agency, roles = (row.pop(part) for part in ("covered", "covered_agency", "covered_roles"))
    return Covered(name=name, agency=agency, roles=tuple(msgspec.json.decode(roles))) if name else None


class Directory(Part):
    """Agencies, people, absences and closure days."""

    @cached_property
    def known(self) -> dict[str, list[Person]]:
        """The people that were read in this transaction, by partnership."""
        return {}

    @cached_property
    def by_agency(self) -> dict[str, list[Person]]:
        """The same by agency, where not all were asked for."""
        return {}

    @cached_property
    def offices(self) -> list[str]:
        """The partnership's own agencies, once they were read."""
        return []

    @cached_property
    def absent(self) -> dict[date, AwayRecord]:
        """Who is absent, by the days that were asked about."""
        return {}

    def _forget(self) -> None:
        for read in (self.known, self.by_agency, self.offices, self.absent):
            read.clear()

    def _people(self, wanted: Any, of: Any) -> list[Person]:
        rows = self.connection.execute(wanted, {"of": of})
        return [Person(**{**r._asdict(), "roles": tuple(msgspec.json.decode(r.roles))}) for r in rows]

    def people(self, partnership: str) -> list[Person]:
        """The people of a partnership; read once in a transaction."""
        if partnership not in self.known:
            self.known[partnership] = self._people(said.PEOPLE, partnership)
        return list(self.known[partnership])

    def concerned(self, partnership: str, agencies: Iterable[str]) -> list[Person]:
        """The people of these agencies and the partnership's own; each agency's are read once in a transaction."""
        if not self.offices:
            self.offices.extend(self.connection.execute(said.OFFICES, {"of": partnership}).scalars())
        wanted = {*agencies, *self.offices}
        if missing := sorted(wanted - self.by_agency.keys()):
            self.by_agency.update({agency: [] for agency in missing})
            for person in self._people(said.OF_AGENCIES, missing):
                if person.partnership == partnership:
                    self.by_agency[person.agency].append(person)
        found = [person for agency in wanted for person in self.by_agency[agency]]
        return sorted(found, key=lambda person: (person.agency_name, person.name))

    def holding(self, partnership: str, roles: Iterable[str]) -> list[Person]:
        """Those of any agency who hold one of these roles."""
        return self._people(said.holding(roles), partnership)

    def away(self, day: date) -> AwayRecord:
        """Who is absent on a day and until when, and who covers for whom; read once in a transaction."""
        if day not in self.absent:
            until: dict[str, date] = {}
            covered: dict[str, list[Covered]] = {}
            for row in self.connection.execute(said.AWAY, {"day": day}):
                until[row.person] = max(row.last, until.get(row.person, row.last))
                if row.accepted and row.cover and (told := covered_in(row._asdict())):
                    covered.setdefault(row.cover, []).append(told)
            self.absent[day] = AwayRecord(until=until, covered=covered)
        return self.absent[day]

    def person(self, person_id: str) -> Person:
        """One person."""
        found = self._people(said.PERSON, person_id)
        if not found:
            raise PersonUnknown(person=person_id)
        return found[0]

    def agency(self, agency_id: str) -> Agency | None:
        """One agency, of whatever partnership."""
        r = self._one(select(t.agencies).where(t.agencies.c.id == agency_id))
        return Agency(id=r.id, partnership=r.partnership, name=r.name, kind=r.kind) if r else None

    def agencies(self, partnership: str) -> list[Agency]:
        """The agencies of a partnership."""
        rows = self.connection.execute(
            select(t.agencies).where(t.agencies.c.partnership == partnership).order_by(t.agencies.c.name)
        )
        return [Agency(id=r.id, partnership=r.partnership, name=r.name, kind=r.kind) for r in rows]

    def add_agency(self, agency: Agency, *, replace: bool = True) -> bool:
        """Add an agency, or replace one of the same partnership; false where another one has its id."""
        self._forget()
        told = {"id": agency.id, "partnership": agency.partnership, "name": agency.name, "kind": agency.kind}
        return self._put(t.agencies, told, replace=replace)

    def add_person(self, person: Person, password_hash: str | None = None, *, replace: bool = True) -> bool:
        """Add a person, or replace one of the same partnership; false where another one has their id.

        Their password stays unless another one is given.
        """
        self._forget()
        told = {
            "id": person.id,
            "partnership": person.partnership,
            "agency": person.agency,
            "name": person.name,
            "email": person.email,
            "telephone": person.telephone,
            "team": person.team,
            "roles": json.dumps(list(person.roles)),
        }
        if password_hash:
            told["password_hash"] = password_hash
        return self._put(t.people, told, replace=replace)

    def _put(self, table: Any, row: dict[str, Any], *, replace: bool) -> bool:
        """Write a row of the directory; nobody of another partnership is written over, even at the same moment."""
        made = (sqlite if self.sqlite else postgresql).insert(table).values(row)
        if replace:
            changed = {name: made.excluded[name] for name in row if name not in {"id", "partnership"}}
            same = table.c.partnership == row["partnership"]
            made = made.on_conflict_do_update(index_elements=["id"], set_=changed, where=same)
        else:
            made = made.on_conflict_do_nothing(index_elements=["id"])
        if self.connection.execute(made.returning(table.c.id)).one_or_none() is None:
            return False
        self._touch(str(table.name), row["id"])
        return True

    def add_absence(self, person_id: str, first: date, last: date, cover: str | None = None) -> None:
        """Note that a person is absent from the first to the last day, and who is asked to cover."""
        self._forget()
        values = {"person": person_id, "first": first, "last": last, "cover": cover, "accepted": False}
        made = insert(t.absences).values(values).returning(t.absences.c.id)
        self._touch("absences", self.connection.execute(made).scalar_one())

    def remove_absences(self, person_id: str, day: date) -> None:
        """A person is back: absences that cover the day end."""
        self._forget()
        c = t.absences.c
        gone = delete(t.absences).where(c.person == person_id, c.first <= day, c.last >= day).returning(c.id)
        for absence in self.connection.execute(gone).scalars().all():
            self._touch("absences", absence)

    def absences(self, partnership: str, day: date) -> list[AbsenceRecord]:
        """The absences in a partnership that end on a day or later, soonest first."""
        c = t.absences.c
        rows = self.connection.execute(
            select(*c)
            .join_from(t.absences, t.people, c.person == t.people.c.id)
            .where(t.people.c.partnership == partnership, c.last >= day)
            .order_by(c.first, c.last, c.id)
        )
        return [AbsenceRecord(**r._asdict()) for r in rows]

    def asked_to_cover(self, person_id: str, day: date) -> list[AbsenceRecord]:
        """The absences that somebody was asked to cover and that are not over on a day, soonest first."""
        c = t.absences.c
        rows = self.connection.execute(
            select(*c).where(c.cover == person_id, c.last >= day).order_by(c.first, c.last, c.id)
        )
        return [AbsenceRecord(**r._asdict()) for r in rows]

    def answer_cover(self, absence: int, *, accepted: bool) -> None:
        """Whoever was asked to cover an absence does, or is asked no more."""
        self._forget()
        said_so = {"accepted": True} if accepted else {"accepted": False, "cover": None}
        self.connection.execute(update(t.absences).where(t.absences.c.id == absence).values(said_so))
        self._touch("absences", absence)

    def end_absence(self, absence: int, last: date | None) -> None:
        """Move an absence's last day, or take the absence away."""
        self._forget()
        own = t.absences.c.id == absence
        self.connection.execute(
            delete(t.absences).where(own) if last is None else update(t.absences).where(own).values(last=last)
        )
        self._touch("absences", absence)

    def closures(self, partnership: str) -> list[date]:
        """The extra closure days (T2)."""
        return list(
            self.connection.execute(select(t.closures.c.day).where(t.closures.c.partnership == partnership)).scalars()
        )

    def closure_reasons(self, partnership: str) -> list[tuple[date, str]]:
        """The extra closure days with their reasons, by day."""
        c = t.closures.c
        rows = self.connection.execute(select(c.day, c.reason).where(c.partnership == partnership).order_by(c.day))
        return [(r.day, r.reason) for r in rows]

    def add_closure(self, partnership: str, day: date, reason: str) -> None:
        """Add an extra closure day."""
        self._upsert(t.closures, ["partnership", "day"], [{"partnership": partnership, "day": day, "reason": reason}])
        self._touch("closures", partnership, day)

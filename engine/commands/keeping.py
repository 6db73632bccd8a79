"""The directory as the business manager keeps it for their partnership; each change is recorded (decision 10, E8)."""

import re
import secrets
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from engine.application import Concord, NotYours, PersonUnknown, Transaction
from engine.calendar import working_days as days
from engine.commands.directing import TELEPHONE, AgencyTaken, PersonTaken
from engine.dispute import Agency, Covered, Person, covering, listed, may_keep
from engine.forms import FormInvalid
from engine.pathway import OVERSEER, OWN_KIND, Offices

LONGEST_AWAY = timedelta(days=731)


class DirectoryNotYours(NotYours):
    """Only the business manager of a partnership can change its directory."""


class AbsenceOver(PersonUnknown):
    """This absence is over, or was ended meanwhile."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A change of the directory: what it concerned, and whether the same command had made it before."""

    id: str
    name: str
    repeated: bool = False


@dataclass(frozen=True, kw_only=True)
class _Keeping:
    """A change at hand: the transaction, who makes it, and when."""

    tx: Transaction
    by: Person
    at: datetime
    offices: Offices

    @property
    def today(self) -> date:
        return self.at.astimezone(days.LONDON).date()

    def act(self, kind: str, data: Mapping[str, Any]) -> None:
        self.tx.changes.record(self.at, self.by.actor, kind, {"partnership": self.by.partnership, **data})

    def person(self, person_id: str) -> Person:
        person = self.tx.directory.person(person_id)
        if person.partnership != self.by.partnership:
            raise PersonUnknown(person=person_id)
        return person


def _once(concord: Concord, by: Person, command_id: str, change: Callable[[_Keeping], Kept]) -> Kept:
    """Make a change once, in one transaction; raises DirectoryNotYours."""
    if not may_keep(by):
        raise DirectoryNotYours(ref="")
    return kept_once(
        concord,
        command_id,
        lambda tx, at: change(_Keeping(tx=tx, by=by, at=at, offices=concord.offices(tx, by.partnership))),
    )


def kept_once(concord: Concord, command_id: str, change: Callable[[Transaction, datetime], Kept]) -> Kept:
    """Make a change of the directory once, in one transaction, whoever may make it; sent again it gives the same."""
    with concord.store.begin() as tx:
        done = tx.commands.done(command_id)
        if done is not None:
            return Kept(id=str(done.get("id", "")), name=str(done.get("name", "")), repeated=True)
        at = concord.clock.now()
        kept = change(tx, at)
        tx.commands.remember(command_id, "", at, {"id": kept.id, "name": kept.name})
        return kept


@contextmanager
def _asked() -> Iterator[dict[str, str]]:
    """Gather what is to be put right, by field; raises FormInvalid where there is anything."""
    errors: dict[str, str] = {}
    yield errors
    if errors:
        raise FormInvalid(errors=errors)


def keep_agency(
    concord: Concord, by: Person, command_id: str, *, name: str, kind: str, agency: str | None = None
) -> Kept:
    """Add an agency to one's own partnership, or change one; raises FormInvalid or DirectoryNotYours."""

    def change(here: _Keeping) -> Kept:
        others = {each.id: each for each in here.tx.directory.agencies(by.partnership)}
        before = others.pop(agency, None) if agency else None
        crosses = before is not None and OWN_KIND in {before.kind, kind} and before.kind != kind
        with _asked() as wrong:
            if agency and before is None:
                wrong[""] = "There is no such agency in your partnership"
            if any(_same(name, each.name) for each in others.values()):
                wrong["name"] = "There is an agency of this name already"
            if kind not in here.offices.kinds:
                wrong["kind"] = "Choose a kind of agency from the list"
            elif crosses and any(p.agency == agency for p in here.tx.directory.people(by.partnership)):
                wrong["kind"] = "An agency with people in it can’t become the partnership’s office, or stop being it"
        after = Agency(
            id=before.id
            if before
            else _free(f"{by.partnership}-{name}", lambda key: here.tx.directory.agency(key) is not None),
            partnership=by.partnership,
            name=name,
            kind=kind,
        )
        if not here.tx.directory.add_agency(after, replace=before is not None):
            raise AgencyTaken(agency=after.id, name=name, kind=kind)
        told = {"agency": after.id, "name": name, "kind": kind}
        if before:
            here.act("AgencyChanged", {**told, "before": {"name": before.name, "kind": before.kind}})
        else:
            here.act("AgencyAdded", told)
        return Kept(id=after.id, name=name)

    return _once(concord, by, command_id, change)


def keep_person(
    concord: Concord,
    by: Person,
    command_id: str,
    *,
    name: str,
    agency: str,
    roles: tuple[str, ...],
    email: str = "",
    telephone: str = "",
    team: str = "",
    person: str | None = None,
) -> Kept:
    """Add a person to one's own partnership, or change one; raises FormInvalid, PersonUnknown, DirectoryNotYours."""

    def change(here: _Keeping) -> Kept:
        before, offices = here.person(person) if person else None, here.offices
        own = {each.id: each for each in here.tx.directory.agencies(by.partnership)}.get(agency)
        with _asked() as wrong:
            if own is None:
                wrong["agency"] = "Choose an agency of your partnership"
            elif own.kind == OWN_KIND and not set(roles) <= offices.of_office:
                wrong["roles"] = f"The partnership’s office has {_office_roles(offices)} only"
            elif own.kind != OWN_KIND and set(roles) & offices.of_office:
                wrong["roles"] = f"{_upper(_office_roles(offices))} belong to the partnership’s office"
            if not roles or not set(roles) <= offices.roles.keys():
                wrong["roles"] = "Choose at least one role from the list"
            if email and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
                wrong["email"] = "Enter an e-mail address like name@example.org"
            if telephone and not TELEPHONE.fullmatch(telephone):
                wrong["telephone"] = "Enter a telephone number like 0121 496 0000, with an extension where there is one"
            keepers = {each.id for each in here.tx.directory.people(by.partnership) if OVERSEER in each.roles}
            if before and keepers == {before.id} and OVERSEER not in roles:
                wrong["roles"] = "Give somebody else the role of business manager first: this is the only one"
        after = Person(
            id=before.id if before else _free(name, lambda key: _known(here.tx, key)),
            partnership=by.partnership,
            name=name,
            agency=agency,
            agency_name=own.name if own else "",
            agency_kind=own.kind if own else "",
            roles=tuple(role for role in offices.roles if role in roles),
            email=email,
            telephone=telephone,
            team=team,
        )
        if not here.tx.directory.add_person(after, replace=before is not None):
            raise PersonTaken(person=after.id, name=name)
        told = {"person": after.id, **_told(after)}
        here.act("PersonChanged" if before else "PersonAdded", told | ({"before": _told(before)} if before else {}))
        return Kept(id=after.id, name=name)

    return _once(concord, by, command_id, change)


def note_absence(
    concord: Concord, by: Person, command_id: str, person: str, first: date, last: date, cover: str | None = None
) -> Kept:
    """Note an absence in one's own partnership, and who is asked to cover it (E8).

    Raises FormInvalid, PersonUnknown or DirectoryNotYours.
    """

    def change(here: _Keeping) -> Kept:
        away = here.person(person)
        asked = here.person(cover) if cover else None
        with _asked() as wrong:
            if last < first:
                wrong["last"] = "The last day of an absence can’t be before its first"
            elif last < here.today:
                wrong["last"] = "The last day must be today or later"
            elif last - first > LONGEST_AWAY:
                wrong["last"] = "An absence can last two years at most"
            if asked and (why := _no_cover(here, away, asked, first, last)):
                wrong["cover"] = why
        here.tx.directory.add_absence(away.id, first, last, asked.id if asked else None)
        told = {"person": away.id, "name": away.name, "first": first, "last": last}
        here.act("AbsenceNoted", told | ({"cover": asked.id, "cover_name": asked.name} if asked else {}))
        return Kept(id=away.id, name=away.name)

    return _once(concord, by, command_id, change)


def end_absence(concord: Concord, by: Person, command_id: str, absence: int) -> Kept:
    """End an absence: from today on they act again, or never were to be away; raises PersonUnknown where it is over."""

    def change(here: _Keeping) -> Kept:
        found = next((a for a in here.tx.directory.absences(by.partnership, here.today) if a.id == absence), None)
        if found is None:
            raise AbsenceOver(person="")
        back = here.person(found.person)
        begun = found.first < here.today
        here.tx.directory.end_absence(absence, here.today - timedelta(days=1) if begun else None)
        told = {"person": back.id, "name": back.name, "first": found.first, "last": found.last}
        here.act("AbsenceEnded", told)
        return Kept(id=back.id, name=back.name)

    return _once(concord, by, command_id, change)


def close_day(concord: Concord, by: Person, command_id: str, day: date, reason: str) -> Kept:
    """Add an extra closure day to one's own partnership (T2); raises FormInvalid or DirectoryNotYours."""

    def change(here: _Keeping) -> Kept:
        with _asked() as wrong:
            if day in here.tx.directory.closures(by.partnership):
                wrong["day"] = "This day is a closure day already"
            elif abs(day - here.today) > LONGEST_AWAY:
                wrong["day"] = "The day must be within two years of today"
            elif not days.calendar_for(here.at).is_working_day(day):
                wrong["day"] = "This is no working day anyway: a weekend or a bank holiday"
        here.tx.directory.add_closure(by.partnership, day, reason)
        here.act("ClosureAdded", {"day": day, "reason": reason})
        return Kept(id=day.isoformat(), name=reason)

    return _once(concord, by, command_id, change)


def _no_cover(here: _Keeping, away: Person, asked: Person, first: date, last: date) -> str:
    """Why somebody can't cover for somebody else on these days; nothing where they can."""
    if asked.id == away.id or asked.agency != away.agency:
        return "Choose a colleague of the same agency"
    told = Covered(name=away.name, agency=away.agency, roles=away.roles)
    if not set(away.roles) <= set(covering(asked, [told]).roles):
        return f"{asked.name} does not belong to the partnership’s office, so they can’t act for it. Choose a colleague"
    known = here.tx.directory.absences(here.by.partnership, first)
    if any(each.person == asked.id and each.first <= last for each in known):
        return f"{asked.name} is away then too. Choose somebody else"
    return ""


def _told(person: Person) -> dict[str, Any]:
    return {
        "name": person.name, "agency": person.agency, "agency_name": person.agency_name, "roles": list(person.roles),
        "email": person.email, "telephone": person.telephone, "team": person.team,
    }  # fmt: skip


def _office_roles(offices: Offices) -> str:
    """The roles of the partnership's own office, as a list of words."""
    return listed([role.name for role in offices.roles.values() if role.office])


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _known(tx: Transaction, person_id: str) -> bool:
    try:
        return bool(tx.directory.person(person_id))
    except PersonUnknown:
        return False


def _free(name: str, taken: Callable[[str], bool]) -> str:
    """An id made of a name that nobody has yet, in any partnership."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80] or "new"
    tried = made
    while taken(tried):
        tried = f"{made}-{secrets.token_hex(2)}"
    return tried

"""Whom and what can be chosen where somebody does something beside the tasks. Changes nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.application.sides import SideWrong
from engine.application.work import Work
from engine.calendar import working_days as days
from engine.dispute import (
    RECEIVING,
    Addressee,
    Entry,
    Person,
    addressees,
    calendar_of,
    roles_at,
    sides_of,
    stands_in_for_office,
    stands_in_for_seniors,
    to_json,
)
from engine.errors import ConcordError


class TierUnknown(ConcordError):
    """The pathway has no tier {tier}."""


class LastHolder(ConcordError):
    """Nobody else who is there can act as {tier} for their agency in place of {name}. Give somebody that role first."""


def barring(work: Work, person: Person, answers: Mapping[str, Any]) -> dict[str, str]:
    """What an entry holds by which somebody is barred; raises SideWrong, TierUnknown or LastHolder."""
    barred = next((p for p in barrable(work, person) if p.id == answers["person"]), None)
    if barred is None:
        raise SideWrong(who="they themselves, a safeguarding lead or senior of their agency, or the business manager,")
    tier = str(answers["tier"])
    if tier not in _tiers(work):
        raise TierUnknown(tier=tier)
    here = _held(work).get((barred.agency, tier), {})
    if barred.id in here and _is_last(barred, here):
        raise LastHolder(name=barred.name, tier=_tiers(work)[tier])
    return {"person": barred.id, "name": barred.name, "tier": tier}


def barrable(work: Work, person: Person) -> list[Person]:
    """Those whom a person may bar from a tier's tasks, of all who act in it (W).

    The business manager anybody, a safeguarding lead or senior whoever is of their agency, everybody themselves.
    """
    acting = [p for p in work.people if sides_of(p, work.dispute)]
    if stands_in_for_office(person):
        return acting
    leads = stands_in_for_seniors(person, work.version.pathway.offices)
    return [p for p in acting if p.id == person.id or (leads and p.agency == person.agency and not p.of_partnership)]


def barrable_at(work: Work, person: Person) -> Iterator[tuple[Person, str, str]]:
    """Whom a person may bar from which tier they hold, with its title: not whoever is its last holder, nor twice."""
    held, tiers = _held(work), _tiers(work)
    for each in barrable(work, person):
        for tier, title in tiers.items():
            here = held.get((each.agency, tier), {})
            if each.id in here and not _is_last(each, here):
                yield each, tier, title


def _is_last(person: Person, held: Mapping[str, Person]) -> bool:
    """Whether nobody else who is there holds what somebody holds who is there (W)."""
    others = (other for other in held.values() if other.id != person.id)
    return person.absent_until is None and all(other.absent_until is not None for other in others)


def _held(work: Work) -> dict[tuple[str, str], dict[str, Person]]:
    """Who holds each tier and is not barred from it, by id, of each agency and tier."""
    tables, barred, tiers = work.version.pathway.tables, set(work.dispute.barred), _tiers(work)
    kinds = {p.agency_kind for p in work.people}
    acting = {(tier, kind): set(roles_at(tables, tier, kind)) for tier in tiers for kind in kinds}
    found: dict[tuple[str, str], dict[str, Person]] = {}
    for p in work.people:
        for tier in tiers:
            if not acting[tier, p.agency_kind].isdisjoint(p.roles) and (p.id, tier) not in barred:
                found.setdefault((p.agency, tier), {})[p.id] = p
    return found


def _tiers(work: Work) -> dict[str, str]:
    """The tiers from whose tasks somebody can be barred, by key, with their titles."""
    return {tier.key: tier.title for tier in work.version.pathway.diagram.tiers if tier.key != "any"}


def addressable(work: Work) -> dict[str, Addressee]:
    """To whom a dispute can be addressed: the people and teams of the receiving agency, by what they are called (W)."""
    return addressees(p for p in work.people if work.dispute.side_of(p.agency) == RECEIVING and not p.of_partnership)


def own_word(person: Person, entry: Entry) -> bool:
    """Whether a person's own agency said it: then they correct it; another's they contradict (R2)."""
    return bool(entry.actor["agency"] == person.agency)


def objecting(work: Work, by: Person) -> dict[str, str]:
    """What an entry holds by which somebody asks for its end: how long whoever raised it may object (C1).

    To the end of the next working day; nothing where they ask for it themselves, or where nobody countersigns it.
    """
    if not work.version.pathway.waits_to_end or by.id == work.dispute.raised_by:
        return {}
    return {"object_until": to_json(days.end_of_working_day(work.at, 1, calendar_of(work.dispute)))}


def reporting(work: Work, by: Person) -> dict[str, bool]:
    """What an entry holds by which somebody reports an agreement: whoever raised it is told before anybody (E5)."""
    return {} if by.id == work.dispute.raised_by else {"tells_raiser": True}

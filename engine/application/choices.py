"""Whom and what can be chosen where somebody does something beside the tasks. Changes nothing."""

from collections.abc import Mapping, Sequence
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
    if _is_last(work, barred, tier):
        raise LastHolder(name=barred.name, tier=_tiers(work)[tier])
    return {"person": barred.id, "name": barred.name, "tier": tier}


def barrable(work: Work, person: Person) -> list[Person]:
    """Those whom a person may bar from a tier's tasks, of all who act in it (W).

    The business manager anybody, a safeguarding lead or senior whoever is of their agency, everybody themselves.
    """
    acting = [p for p in work.people if sides_of(p, work.dispute)]
    if stands_in_for_office(person):
        return acting
    leads = stands_in_for_seniors(person)
    return [p for p in acting if p.id == person.id or (leads and p.agency == person.agency and not p.of_partnership)]


def barrable_at(work: Work, person: Person) -> list[tuple[Person, str, str]]:
    """Whom a person may bar from which tier they hold, with its title: not whoever is its last holder, nor twice."""
    held, tiers = _held(work), _tiers(work)
    return [
        (each, tier, title)
        for each in barrable(work, person)
        for tier, title in tiers.items()
        if each in (here := held.get((each.agency, tier), ())) and not _alone(each, here)
    ]


def _is_last(work: Work, person: Person, tier: str) -> bool:
    """Whether nobody else of their agency who is there holds that tier, and is not barred from it (W)."""
    here = _held(work).get((person.agency, tier), ())
    return person in here and _alone(person, here)


def _alone(person: Person, held: Sequence[Person]) -> bool:
    return person.absent_until is None and not any(p.id != person.id and p.absent_until is None for p in held)


def _held(work: Work) -> dict[tuple[str, str], list[Person]]:
    """Who holds each tier and is not barred from it, by their agency and the tier."""
    tables, barred = work.version.pathway.tables, set(work.dispute.barred)
    acting = {
        (tier, kind): set(roles_at(tables, tier, kind))
        for tier in _tiers(work)
        for kind in {p.agency_kind for p in work.people}
    }
    found: dict[tuple[str, str], list[Person]] = {}
    for p in work.people:
        for tier in _tiers(work):
            if not acting[tier, p.agency_kind].isdisjoint(p.roles) and (p.id, tier) not in barred:
                found.setdefault((p.agency, tier), []).append(p)
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

"""Whom and what can be chosen where somebody does something beside the tasks. Changes nothing."""

from collections.abc import Mapping
from typing import Any

from engine.application.permitted import TierUnknown
from engine.application.sides import SideWrong
from engine.application.work import Work
from engine.calendar import working_days as days
from engine.dispute import RECEIVING, Addressee, Entry, Person, addressees, calendar_of, sides_of, to_json


def barring(work: Work, person: Person, answers: Mapping[str, Any]) -> dict[str, str]:
    """What an entry holds by which somebody is barred; raises SideWrong or TierUnknown."""
    barred = next((p for p in barrable(work, person) if p.id == answers["person"]), None)
    if barred is None:
        raise SideWrong(who="somebody of the same agency, or the partnership,")
    if answers["tier"] not in barrable_from(work):
        raise TierUnknown(tier=answers["tier"])
    return {"person": barred.id, "name": barred.name, "tier": str(answers["tier"])}


def barrable(work: Work, person: Person) -> list[Person]:
    """Those whom a person may bar from a tier's tasks: who acts in it, of their own agency; the partnership all (W)."""
    acting = [p for p in work.people if sides_of(p, work.dispute)]
    return [p for p in acting if person.of_partnership or p.agency == person.agency]


def barrable_from(work: Work) -> dict[str, str]:
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

"""To whom a notice speaks: from the words of a diagram (`both`, `business_manager` …) to people. Pure."""

from collections.abc import Mapping

from engine.decisions import DecisionTable
from engine.directory import Person, holds
from engine.dispute import BOTH, PARTNERSHIP, RAISING, RECEIVING, Dispute

DEPUTY, NEXT_TIER, ALL = "deputy", "next_tier", "all"
OUTSIDE = frozenset({"child_protection_chair", "independent_reviewing_officer"})  # told whatever their agency (BRO-2.2)


def addressed(
    person: Person, dispute: Dispute, to: str, tables: Mapping[str, DecisionTable], next_tier: str | None
) -> bool:
    """Whether a notice to these recipients (comma separated) is for this person."""
    side = dispute.side_of(person.agency)
    return any(_one(person, side, name.strip(), tables, next_tier) for name in to.split(","))


def _one(
    person: Person, side: str | None, name: str, tables: Mapping[str, DecisionTable], next_tier: str | None
) -> bool:
    of_side, colon, role = name.partition(":")
    if colon:  # “raising:safeguarding_lead”: those of that side alone
        return side == of_side and _one(person, side, role, tables, next_tier)
    if name == PARTNERSHIP:
        return person.of_partnership
    if name in {BOTH, ALL}:
        return side in {RAISING, RECEIVING}
    if name in {RAISING, RECEIVING}:
        return side == name
    if name == NEXT_TIER:
        return side is not None and next_tier is not None and holds(person, tables, next_tier)
    if name == DEPUTY:  # whoever else leads on safeguarding in that agency
        name = "safeguarding_lead"
    return name in person.roles and (person.of_partnership or side is not None or name in OUTSIDE)

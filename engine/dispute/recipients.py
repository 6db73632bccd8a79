"""To whom a notice speaks: from the words of a diagram (`both`, `business_manager` …) to people. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from engine.calendar import working_days as days
from engine.dispute.addressee import is_addressee
from engine.dispute.directory import Person, holds, is_tier
from engine.dispute.events import Kind
from engine.dispute.journal import Entry, Input
from engine.dispute.model import BOTH, CLOCK, PARTNERSHIP, RAISING, RECEIVING, Dispute
from engine.dispute.route import next_stage
from engine.pathway import LEAD, ON_CALL, Offices, Pathway

DEPUTY, NEXT_TIER, ALL, ROUTE = "deputy", "next_tier", "all", "out_of_hours"
ADDRESSEE, RAISER = "addressee", "raiser"
ROLES = {DEPUTY: LEAD, ROUTE: ON_CALL}
"""A deputy is whoever else leads on safeguarding in that agency; the out-of-hours route has its person on call."""
OF_A_SIDE = frozenset({LEAD, DEPUTY, NEXT_TIER})
"""Roles that each of the two agencies has to hold: one agency's says nothing of the other's."""
UNNUMBERED = "the out-of-hours route, for which no number is set"


def addressed(person: Person, dispute: Dispute, to: str, pathway: Pathway, next_tier: str | None) -> bool:
    """Whether a notice to these recipients (comma separated) is for this person."""
    side, names = dispute.side_of(person.agency), [name.strip() for name in to.split(",")]
    if (ADDRESSEE in names and is_addressee(person, dispute)) or (RAISER in names and person.id == dispute.raised_by):
        return True
    return any(_one(person, side, name, pathway, next_tier) for name in names)


def heard_at(to: str, pathway: Pathway, at: datetime) -> str:
    """Of the recipients of a notice those who hear it at that hour: who is on call, out of hours alone (T6)."""
    if not days.in_working_hours(at, pathway.calendar(at)):
        return to
    return ",".join(name for name in to.split(",") if name.strip().rpartition(":")[2] != ROUTE)


def _one(person: Person, side: str | None, name: str, pathway: Pathway, next_tier: str | None) -> bool:
    of_side, colon, role = name.partition(":")
    if colon:  # “raising:safeguarding_lead”: those of that side alone
        return side == of_side and _one(person, side, role, pathway, next_tier)
    if name == PARTNERSHIP:
        return person.of_partnership
    if name in {BOTH, ALL, RAISING, RECEIVING}:
        return side in ({RAISING, RECEIVING} if name in {BOTH, ALL} else {name})
    if name == NEXT_TIER:
        return side is not None and next_tier is not None and holds(person, pathway.tables, next_tier)
    concerned = person.of_partnership or side is not None
    if is_tier(pathway.tables, name):
        return concerned and holds(person, pathway.tables, name)
    return ROLES.get(name, name) in person.roles and (concerned or name in pathway.offices.told_anywhere)


def beyond_its_agencies(to: Iterable[str], offices: Offices) -> bool:
    """Whether any of these notices speaks to somebody who is told whatever their agency (BRO-2.2)."""
    return any(name.strip().rpartition(":")[2] in offices.told_anywhere for words in to for name in words.split(","))


def next_tier_of(pathway: Pathway, dispute: Dispute) -> str | None:
    """The tier of the stage that follows the one that is running."""
    after = next_stage(pathway, dispute)
    return after.tier if after else None


def naming(
    pathway: Pathway, dispute: Dispute, people: Sequence[Person], entries: Iterable[Entry], at: datetime
) -> Input | None:
    """Give the entry that says to whom the notices among these entries go; none where there are none.

    The course knows no directory, so it queues notices to roles; who holds them is told here, as it is at that moment.
    """
    tier = next_tier_of(pathway, dispute)
    notices = [
        {"entry": entry.seq, **_named(pathway, dispute, people, str(entry.data["to"]), tier, at)}
        for entry in entries
        if entry.kind == Kind.NOTICE_QUEUED
    ]
    return Input(kind=Kind.NOTICES_ADDRESSED, at=at, actor=CLOCK, data={"notices": notices}) if notices else None


def _named(
    pathway: Pathway, dispute: Dispute, people: Sequence[Person], to: str, tier: str | None, at: datetime
) -> dict[str, Any]:
    names = [name.strip() for name in to.split(",") if name.strip()]
    heard = heard_at(to, pathway, at)
    reached = [p for p in people if addressed(p, dispute, heard, pathway, tier)]
    found: dict[str, Any] = {"people": [_told(p, names) for p in reached]}
    nobody = [pair for name in names for pair in _nobody(dispute, people, name, pathway, tier)]
    if nobody:
        found["nobody"] = nobody
    if any(name.rpartition(":")[2] == ROUTE for name in names):
        route = pathway.settings.get(ROUTE, {})
        number = f"{route.get('name', '')}, {route['telephone']}".strip(", ") if route.get("telephone") else ""
        found["ring"] = number or UNNUMBERED
    return found


def _told(person: Person, names: Sequence[str]) -> dict[str, str]:
    bare = [name.rpartition(":")[2] for name in names]
    wanted = {ROLES.get(name, name) for name in bare}
    role = next((role for role in person.roles if role in wanted), person.roles[0] if person.roles else "")
    told = {"id": person.id, "name": person.name, "agency": person.agency, "role": role}
    return told | ({"away": person.absent_until.isoformat()} if person.absent_until else {})


def _nobody(
    dispute: Dispute, people: Sequence[Person], name: str, pathway: Pathway, tier: str | None
) -> Iterable[tuple[str, str]]:
    """The roles of a name that nobody holds, each with the agency that lacks it."""
    of_side, _, role = name.rpartition(":")
    if role == ROUTE:
        return
    if role not in OF_A_SIDE:
        if not any(addressed(p, dispute, name, pathway, tier) for p in people):
            party = dispute.party(of_side or role)
            yield role, party.name if party else ""
        return
    if role == NEXT_TIER and tier is None:
        yield role, ""
        return
    for party in [party for party in dispute.parties if of_side in {"", party.side}]:
        held = [p for p in people if p.agency == party.agency and addressed(p, dispute, name, pathway, tier)]
        if len(held) < (2 if role == DEPUTY else 1):
            yield role, party.name

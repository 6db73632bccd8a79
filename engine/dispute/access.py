"""Who may see a dispute and who may act in it. Knows no store.

No part of re-execution: a rule that changes here holds at once for every version, those published long ago included.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.dispute.addressee import is_addressed, is_addressee
from engine.dispute.directory import Person, holds, roles_at
from engine.dispute.model import BOTH, PARTNERSHIP, RECEIVING, Dispute, Referral, Task
from engine.pathway import (
    AUDITOR,
    LEAD,
    OFFICE,
    OVERSEER,
    SENIOR,
    STANDS_IN,
    Offices,
    Pathway,
)


def may_see(person: Person, dispute: Dispute, partnership: str) -> bool:
    """The people of both sides, the partnership's own and its auditors; nobody of another partnership."""
    return person.partnership == partnership and (person.oversees or dispute.side_of(person.agency) is not None)


def sides_of(person: Person, dispute: Dispute) -> set[str]:
    """The sides for which a person may act."""
    if person.of_partnership:
        return {PARTNERSHIP}
    side = dispute.side_of(person.agency)
    return {side, BOTH} if side else set()


def own_side(person: Person, dispute: Dispute) -> str | None:
    """The one side that a person is on; none for who only looks."""
    return next(iter(sides_of(person, dispute) - {BOTH}), None)


def may_do(person: Person, dispute: Dispute, task: Task, pathway: Pathway, people: Iterable[Person]) -> bool:
    """Whether a task is this person's to do: their side, the role that acts at its tier, and not barred (W).

    What is addressed to a worker or a team of the receiving agency is theirs, of that agency, whatever their role.
    A report of risk is another matter: it belongs to whoever made it (S3, S4). `people` are the partnership's, with who
    is absent today. That somebody has taken a task on keeps nobody else from doing it: they may have fallen ill.
    """
    referral = dispute.referral(task.group)
    if referral is not None:
        holders = those_of_report(dispute, referral, task, pathway, people)
        return any(p.id == person.id and p.partnership == person.partnership for p in holders)
    if _leaves(dispute, task, pathway):
        return any(p.id == person.id for p in countersigners(dispute, task, people))
    if task.overdue and _stands_in(person, dispute, task, pathway):
        return True
    if task.side not in sides_of(person, dispute) or (person.id, task.tier) in dispute.barred:
        return False
    if own_side(person, dispute) == RECEIVING and is_addressed(dispute, task, pathway):
        return is_addressee(person, dispute)
    place = Place(tier=task.tier, role=task.role, staged=is_staged(task))
    barred = {by for by, tier in dispute.barred if tier == task.tier}
    return acts_at(person, pathway, place, [p for p in people if p.id not in barred])


@dataclass(frozen=True, kw_only=True)
class Place:
    """At what somebody acts: a tier, or a role beside the tiers; `staged` at a stage of the sides."""

    tier: str
    role: str | None
    staged: bool


def is_staged(task: Task) -> bool:
    """Whether a task is a side's at a stage: there the next tier acts where nobody holds the task's (E8)."""
    return task.stage is not None and task.side != PARTNERSHIP


def acts_at(person: Person, pathway: Pathway, place: Place, people: Iterable[Person]) -> bool:
    """Whether somebody acts at a place for their agency; `people` are those who could, with who is absent today."""
    if place.role is not None:
        return place.role in person.roles
    return holds(person, pathway.tables, place.tier) or (
        place.staged and _acts_in_place(person, pathway, place.tier, people)
    )


def _acts_in_place(person: Person, pathway: Pathway, tier: str, people: Iterable[Person]) -> bool:
    """Whether a tier is held by nobody of somebody's agency, and theirs is the next that anybody holds (E8).

    So at a stage alone: what stands beside the stages names its people otherwise. Who is away holds no tier; who is
    barred from the task's does not hold it. A table that does not say who acts at all is no absence of people.
    """
    tiers = [each.key for each in pathway.diagram.tiers]
    if tier not in tiers or not roles_at(pathway.tables, tier, person.agency_kind):
        return False
    above = tiers[tiers.index(tier) + 1 :]
    mine = next((n for n, each in enumerate(above) if holds(person, pathway.tables, each)), None)
    if mine is None:
        return False
    own = _here(p for p in people if p.agency == person.agency and p.partnership == person.partnership)
    nearer = [tier, *above[:mine]]
    return not any(holds(p, pathway.tables, each) for p in own for each in nearer)


def _stands_in(person: Person, dispute: Dispute, task: Task, pathway: Pathway) -> bool:
    """Whether somebody may answer what those whose task it was have left unanswered, as the diagram says (E4, S2)."""
    who = pathway.diagram.elements[task.element].properties.get(STANDS_IN)
    if who == OFFICE:
        return stands_in_for_office(person) and not _barred(person, dispute)
    asked = (
        who == SENIOR and dispute.side_of(person.agency) == task.side and (person.id, task.tier) not in dispute.barred
    )
    return asked and stands_in_for_seniors(person, pathway.offices)


def stands_in_for_office(person: Person) -> bool:
    """Whether somebody stands in where the diagram says `office`: the business manager."""
    return OVERSEER in person.roles


def stands_in_for_seniors(person: Person, offices: Offices) -> bool:
    """Whether somebody stands in for their agency where it says `seniors`: any senior or safeguarding lead of it."""
    return any(role in person.roles for role in (LEAD, *offices.seniors))


def is_asked_apart(dispute: Dispute, task: Task, pathway: Pathway) -> bool:
    """Whether more than place and standing in decides whose a task is: a report's, a countersignature, or a bar."""
    leaves = pathway.asks(task.element, "countersigned")
    return bool(dispute.barred) or leaves or dispute.referral(task.group) is not None


def who_may(dispute: Dispute, task: Task, pathway: Pathway, people: Sequence[Person]) -> list[Person]:
    """Everybody whose task it is."""
    referral = dispute.referral(task.group)
    if referral is not None:
        return those_of_report(dispute, referral, task, pathway, people)
    if _leaves(dispute, task, pathway):
        return countersigners(dispute, task, people)
    return [p for p in people if may_do(p, dispute, task, pathway, people)]


def those_of_report(
    dispute: Dispute, referral: Referral, task: Task, pathway: Pathway, people: Iterable[Person]
) -> list[Person]:
    """Those whose task of a report of risk it is: to close it without a call takes others than to call (S4)."""
    if task.element in pathway.countersigned:
        return closers(dispute, referral, people)
    return holders_of_report(dispute, referral, people, pathway.offices)


def holders_of_report(dispute: Dispute, referral: Referral, people: Iterable[Person], offices: Offices) -> list[Person]:
    """The practitioner who reported and the safeguarding leads of their agency, in no order: none waits (S3, BIR-R2).

    Where no other lead is there, the agency's next senior; where none is, the business manager, who holds the
    partnership's own reports too. Being absent widens who may, and takes it from nobody: people come back early.
    """
    everybody = list(people)
    own = _of_agency(dispute, referral, everybody)
    reporter = [p for p in own if p.id == referral.by]
    others = [p for p in own if p.id != referral.by]
    found = [*reporter, *(p for p in others if LEAD in p.roles)]
    if not _here(p for p in others if LEAD in p.roles):
        found += _next_senior(others, offices) or office(dispute, everybody, _chairing(referral, everybody))
    return list(dict.fromkeys(found))


def closers(dispute: Dispute, referral: Referral, people: Iterable[Person]) -> list[Person]:
    """Who may close a report without a call: a lead of its agency, else the business manager (S4).

    Not whoever reported, nor whoever answered that no call was needed, nor a party to the disagreement.
    """
    everybody = list(people)
    concerned = {referral.by, *referral.answered_by}
    return _uninvolved(dispute, _of_agency(dispute, referral, everybody), everybody, concerned, LEAD)


def _leaves(dispute: Dispute, task: Task, pathway: Pathway) -> bool:
    """Whether a task countersigns that the dispute is withdrawn or not pursued, by whoever said so (C1, E4b)."""
    return dispute.leaver is not None and pathway.asks(task.element, "countersigned")


def countersigners(dispute: Dispute, task: Task, people: Iterable[Person]) -> list[Person]:
    """Who may countersign: a lead of that side who neither asked for it nor is a party, else the business manager."""
    everybody = list(people)
    own = [p for p in everybody if dispute.side_of(p.agency) == task.side and not _barred(p, dispute)]
    return _uninvolved(dispute, own, everybody, {dispute.leaver or ""}, task.role or LEAD)


def _uninvolved(
    dispute: Dispute, own: list[Person], everybody: list[Person], concerned: set[str], role: str
) -> list[Person]:
    """Those of their own who hold a role, are no party and whose own word it is not; else the office (S4, C1)."""
    found = [p for p in own if role in p.roles and p.id not in concerned and not is_party(p, dispute)]
    return found if _here(found) else list(dict.fromkeys([*found, *_others_of_office(dispute, everybody, concerned)]))


def is_party(person: Person, dispute: Dispute) -> bool:
    """Whether somebody is a party to the disagreement: they raised it, or did a task of one of its stages."""
    return person.id == dispute.raised_by or any(person.id == acted for acted, _ in dispute.acted)


def may_read_unsent(person: Person, dispute: Dispute, *, by: str, side: str, tier: str) -> bool:
    """Whether somebody may read what a person typed for a task of a tier and has not sent (E1).

    Their own, and what a colleague of the same side typed: whoever changed sides left their words with the side that
    they were typed for. Nobody else: no other side, no auditor, nobody who is barred from that tier.
    """
    if side != own_side(person, dispute):
        return False
    looks_only = AUDITOR in person.roles and not person.of_partnership
    return by == person.id or not (looks_only or (person.id, tier) in dispute.barred)


def may_say_risk_over(person: Person, dispute: Dispute) -> bool:
    """Whether somebody may say for the dispute that no child is at risk: not over the head of who reported it (S3)."""
    sides = sides_of(person, dispute)
    return PARTNERSHIP in sides or (bool(sides) and all(r.side in sides for r in dispute.referrals))


def calming(person: Person, dispute: Dispute, people: Iterable[Person]) -> tuple[str, ...]:
    """The sides for which somebody may record why the risk that they reported is no longer believed (HAR-R1).

    Of each whoever reported, or a lead of theirs who is no party; where no such lead is there, the business manager.
    """
    everybody = list(people)
    sides = dict.fromkeys(r.side for r in dispute.referrals if r.side and r.side not in dispute.calm)
    return tuple(side for side in sides if any(p.id == person.id for p in _calmers(dispute, side, everybody)))


def _calmers(dispute: Dispute, side: str, everybody: list[Person]) -> list[Person]:
    reports = [r for r in dispute.referrals if r.side == side]
    reporters = [p for p in everybody for r in reports if p.id == r.by]
    own = [p for r in reports for p in _of_agency(dispute, r, everybody)]
    return [*reporters, *_uninvolved(dispute, own, everybody, set(), LEAD)]


def may_erase(person: Person) -> bool:
    """Whether somebody sees to what is kept of disputes: erasing, confirming it, legal holds."""
    return person.of_partnership


def may_keep(person: Person) -> bool:
    """Whether somebody may change the directory of their partnership."""
    return OVERSEER in person.roles


def office(dispute: Dispute, people: Iterable[Person], also: Iterable[Person] = ()) -> list[Person]:
    """The business managers of a partnership; its chairs where none is there, so that a duty is always somebody's."""
    own = [p for p in people if p.of_partnership]
    free = [p for p in own if not _barred(p, dispute)]
    managers = [p for p in free if OVERSEER in p.roles]
    return [*(managers if _here(managers) else free or own), *also]


def _others_of_office(dispute: Dispute, people: list[Person], concerned: set[str]) -> list[Person]:
    """The office without those whose own word it is, unless there is nobody else in the partnership's office."""
    return office(dispute, [p for p in people if p.id not in concerned]) or office(dispute, people)


def _chairing(referral: Referral, people: list[Person]) -> list[Person]:
    """The reporter, where they are the partnership's own."""
    return [p for p in people if p.id == referral.by and p.of_partnership and referral.side == PARTNERSHIP]


def _of_agency(dispute: Dispute, referral: Referral, people: Iterable[Person]) -> list[Person]:
    """The people of the reporter's agency who may have to do with a report: nobody who is barred from any tier (W)."""
    party = dispute.party(referral.side or "")
    own = [p for p in people if party and p.agency == party.agency and not p.of_partnership]
    return [p for p in own if not _barred(p, dispute)]


def _barred(person: Person, dispute: Dispute) -> bool:
    return any(person.id == barred for barred, _ in dispute.barred)


def _here(people: Iterable[Person]) -> list[Person]:
    return [p for p in people if p.absent_until is None]


def _next_senior(people: list[Person], offices: Offices) -> list[Person]:
    """Those present who hold the lowest role above a practitioner's that anybody present holds."""
    held = ([p for p in _here(people) if role in p.roles] for role in offices.seniors)
    return next((found for found in held if found), [])

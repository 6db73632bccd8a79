"""To whom of the receiving agency a dispute is addressed: the worker or team whose decision it is about (W). Pure."""

import re
from collections.abc import Iterable

from engine.dispute.directory import Person, holders
from engine.dispute.model import BOTH, RECEIVING, Addressee, Dispute, Task
from engine.pathway import Pathway

PERSON, TEAM, ANYBODY = "person:", "team:", ""
BESIDE_A_NAME = re.compile(r"[\s\d()+.,:;/-]*")
"""What may be written beside somebody's name: a telephone number."""


def addressee_of(words: str, people: Iterable[Person]) -> Addressee:
    """Whom of an agency's people, or which of their teams, somebody wrote down, perhaps with a telephone number.

    Nobody where two answer to that name, or none: whoever leads there says then who it is.
    """
    every = addressees(people).values()
    named = [each for each in every if each.person and _names(words, each.name)]
    found = named or [each for each in every if each.team and _names(words, each.name)]
    return found[0] if len(found) == 1 else Addressee()


def _names(words: str, name: str) -> bool:
    said, known = (" ".join(each.split()).casefold() for each in (words, name))
    before, found, after = said.partition(known)
    return bool(found) and all(BESIDE_A_NAME.fullmatch(each) for each in (before, after))


def place_of(addressee: Addressee | None) -> str:
    """On whose worklists something is that is addressed: a person's, a team's; empty where it is at no one's alone."""
    if addressee is None or not addressee.known:
        return ANYBODY
    return f"{PERSON}{addressee.person}" if addressee.person else f"{TEAM}{addressee.team}"


def places_of(person: Person) -> tuple[str, ...]:
    """What a person is addressed by: themselves, and their team."""
    return (f"{PERSON}{person.id}", *([f"{TEAM}{person.team}"] if person.team else []))


def addressees(people: Iterable[Person]) -> dict[str, Addressee]:
    """Whom of these people, and which of their teams, something can be addressed to, by what they are addressed by."""
    own = sorted(people, key=lambda p: p.name)
    there = {p.team for p in own if p.absent_until is None}
    every = [Addressee(team=team, name=team, away=team not in there) for team in sorted({p.team for p in own} - {""})]
    every += [Addressee(person=p.id, name=p.name, away=p.absent_until is not None) for p in own]
    return {place_of(each): each for each in every}


def is_addressed(dispute: Dispute, task: Task, pathway: Pathway) -> bool:
    """Whether a task is, of the receiving agency, those alone whose decision it is.

    So is the first stage's, and what opened beside it as it was raised, at its tier.
    """
    if not place_of(dispute.addressee) or task.side not in {RECEIVING, BOTH} or task.role is not None:
        return False
    first = pathway.stage(dispute.visits[0].stage) if dispute.visits else None
    if first is None or task.tier != first.tier:
        return False
    return task.stage == first.id or (task.stage is None and task.opened == dispute.raised)


def those_at(dispute: Dispute, pathway: Pathway, people: Iterable[Person], tier: str, agency: str) -> list[Person]:
    """Whom of an agency one speaks to at a tier: in the first stage those who decided, if they are known and there."""
    everybody = list(people)
    named = [p for p in everybody if p.agency == agency and p.absent_until is None and is_addressee(p, dispute)]
    first = dispute.visit is not None and dispute.visit == dispute.visits[0]
    return named if first and named else holders(everybody, pathway.tables, tier, agency)


def is_addressee(person: Person, dispute: Dispute) -> bool:
    """Whether a dispute is addressed to somebody or to their team."""
    mine = dispute.side_of(person.agency) == RECEIVING and not person.of_partnership
    return mine and place_of(dispute.addressee) in places_of(person)

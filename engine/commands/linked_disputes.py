"""Linking two disputes: a task of one that is done by raising another, and both say so (HAR-C6)."""

from dataclasses import replace

from engine.application import DisputeUnknown, Work
from engine.dispute import RAISING, Input, Kind, Person, Task
from engine.forms import FormInvalid
from engine.pathway import LINK_FIELDS, LINKS

REFERENCE, RAISED_AT = LINK_FIELDS
UNKNOWN = "There is no disagreement with this reference that your agency raised by the main pathway"


def linked(work: Work, task: Task, given: Input) -> tuple[Input, Work | None]:
    """The completion of a task with what it links to; raises FormInvalid where there is no such dispute."""
    pathway = work.version.pathway.diagram.elements[task.element].properties.get(LINKS)
    if pathway is None:
        return given, None
    other = _named(work, pathway, given.texts.get(REFERENCE, "").strip().upper())
    return replace(given, data={**given.data, "linked": other.record.ref}), other


def _named(work: Work, pathway: str, ref: str) -> Work:
    try:
        other = Work(work.concord, work.tx, work.tx.disputes.get(ref, lock=True), work.at)
    except DisputeUnknown as unknown:
        raise FormInvalid(errors={REFERENCE: UNKNOWN}) from unknown
    own, theirs = work.dispute.party(RAISING), other.dispute.party(RAISING)
    same = (own and own.agency) == (theirs and theirs.agency)
    if other.record.partnership != work.record.partnership or other.record.pathway != pathway or not same:
        raise FormInvalid(errors={REFERENCE: UNKNOWN})
    return other


def tell(other: Work, by: Person, ref: str) -> None:
    """Say in a dispute's own journal that another one is linked to it."""
    if ref not in other.dispute.links:
        other.fire_due()
        other.apply(Input(kind=Kind.LINKED, at=other.at, actor=by.actor, data={"to": ref}))
        other.save()

"""Raising a dispute: risk first, then what it is about, on the version that is current (S2, R4, T10)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from engine import forms
from engine.application import (
    DECIDED,
    CommandRepeated,
    Concord,
    DisputeRecord,
    Link,
    Outcome,
    ProtectiveInPast,
    Transaction,
    Work,
    calendar_json,
    digested,
    first_of,
    people_of,
    reference,
    same,
    worklist_rows,
)
from engine.calendar import working_days as days
from engine.commands.linked_disputes import RAISED_AT, REFERENCE, tell
from engine.commands.tasks import completion, drafted, sent
from engine.course import Course, Version
from engine.dispute import (
    GENESIS,
    RAISING,
    RECEIVING,
    Addressee,
    Child,
    Input,
    Kind,
    Party,
    Person,
    addressee_of,
    may_do,
    to_json,
)
from engine.errors import ConcordError
from engine.forms import cleaned, split
from engine.pathway import LINKS, OWN_KIND, RISK, Pathway

MOST_CHILDREN = 20
LONGEST_DECIDED = 200


class ChildrenMissing(ConcordError):
    """Name at least one child, by case reference and initials, and at most {most}."""


class ChildTwice(ConcordError):
    """You have entered the child {case} twice. Name each child once: a report of risk is made for each."""


class AgencyUnknown(ConcordError):
    """Choose the agency whose decision, action or inaction is disputed; it can't be your own."""


class RaisingNotOpen(ConcordError):
    """A dispute is raised by somebody of one of the partnership's agencies, for their agency."""


def opening(
    pathway: Pathway,
    by: Person,
    at: datetime,
    *,
    answers: Mapping[str, Any],
    children: Sequence[Child],
    risk: bool,
    parties: Sequence[Party],
    calendar: Mapping[str, Any],
    protective: datetime | None = None,
    taken_up_from: str | None = None,
    linked_to: str | None = None,
    addressee: Addressee | None = None,
    decided: str = "",
) -> Input:
    """The input that begins a dispute; raises FormInvalid, ChildrenMissing or ProtectiveInPast."""
    form = pathway.form_of(pathway.start.id)
    values = forms.validate(form, answers, context={RISK: risk}, now=at) if form else dict(answers)
    if not 1 <= len(children) <= MOST_CHILDREN or any(
        not cleaned(c.case_reference) or not cleaned(c.initials) for c in children
    ):
        raise ChildrenMissing(most=MOST_CHILDREN)
    if (twice := entered_twice([c.case_reference for c in children])) is not None:
        raise ChildTwice(case=children[twice].case_reference)
    if protective is not None and protective <= at:
        raise ProtectiveInPast
    closed, texts = split(form, values)
    data = {
        "answers": closed,
        "children": to_json(list(children)),
        "risk": risk,
        "parties": to_json(list(parties)),
        "calendar": dict(calendar),
        "protective": to_json(protective),
        "taken_up_from": taken_up_from,
    }
    if linked_to is not None:
        data["linked_to"] = linked_to
    if addressee is not None:
        data["addressee"] = to_json(addressee)
    if decided:
        texts = {**texts, DECIDED: decided}
    return Input(kind=Kind.RAISED, at=at, actor=by.actor, element=pathway.start.id, data=data, texts=texts)


def entered_twice(cases: Sequence[str]) -> int | None:
    """Which case reference stands there a second time, however it is written; none where each is another."""
    known = ["".join(case.split()).casefold() for case in cases]
    return next((n for n, case in enumerate(known) if case in known[:n]), None)


def raise_dispute(
    concord: Concord,
    by: Person,
    command_id: str,
    *,
    pathway: str,
    receiving: str,
    answers: Mapping[str, Any],
    children: Sequence[Child],
    risk: bool,
    protective: datetime | None = None,
    link: Link | None = None,
    decided: str | None = None,
    unsent: Mapping[str, Any] | None = None,
) -> Outcome:
    """Raise a dispute with another agency; a risk reported with it opens its referral at once (S2, S3).

    `decided` is who there did, as somebody wrote it: the first stage is addressed to that person or team of theirs, and
    where there is none their lead is asked whose it is (W). None where that was not asked.
    Raised from a task of another dispute, the two are linked, and that task is done (HAR-C6).
    What was typed before a risk came up, and is asked only afterwards, is `unsent`: a draft of the task that asks.
    """

    def act(tx: Transaction, at: datetime) -> str:
        version = concord.version(tx, tx.versions.current(pathway))
        if version.pathway.partnership != by.partnership:
            raise RaisingNotOpen
        first = first_of(concord, tx, by, link, at, lock=True) if link else None
        parties = parties_of(tx, by, receiving)
        given = opening(
            version.pathway,
            by,
            at,
            answers=answers,
            children=children,
            risk=risk,
            parties=parties,
            calendar=calendar_json(tx, by.partnership, at, version),
            protective=protective,
            linked_to=link.ref if link else None,
            addressee=_addressee(tx, by, receiving, decided, at),
            decided=cleaned(decided or "")[:LONGEST_DECIDED],
        )
        work = begun(concord, tx, version, by.partnership, given)
        work.save()
        if unsent:
            drafted(work, by, unsent)
        tx.drafts.forget_begun(by.id)
        if link and first:
            tell_first(first, by, link, version.pathway.name, work.record.ref)
        return work.record.ref

    said = [pathway, receiving, dict(answers), to_json(list(children)), risk, to_json(protective), decided]
    said += [dict(unsent)] if unsent else []
    return once(concord, command_id, act, said)


def _addressee(tx: Transaction, by: Person, receiving: str, decided: str | None, at: datetime) -> Addressee | None:
    if decided is None:
        return None
    people = people_of(tx, by.partnership, at, [receiving])
    return addressee_of(decided, (p for p in people if p.agency == receiving and not p.of_partnership))


def once(concord: Concord, command_id: str, act: Callable[[Transaction, datetime], str], said: Any = None) -> Outcome:
    """Carry out once what makes a new dispute; sent twice, even at the same moment, it gives the same reference.

    Raises SentOtherwise where the same command comes again with something else that was `said`.
    """
    try:
        with concord.store.begin() as tx:
            done = tx.commands.done(command_id)
            if done is not None:
                same(done, said)
                return Outcome(ref=str(done["ref"]), repeated=True)
            at = concord.clock.now()
            ref = act(tx, at)
            tx.commands.remember(command_id, ref, at, {"ref": ref} | digested(said))
            return Outcome(ref=ref)
    except CommandRepeated:
        with concord.store.begin(write=False) as tx:
            done = tx.commands.done(command_id) or {}
            same(done, said)
            return Outcome(ref=str(done["ref"]), repeated=True)


def begun(concord: Concord, tx: Transaction, version: Version, partnership: str, given: Input) -> Work:
    """A new dispute from the input that begins it, written but not yet saved as it stands."""
    ref = reference(tx, version.pathway, given.actor, given.at)
    course, effects = Course.begin(version, ref, given)
    record = DisputeRecord(
        ref=ref,
        partnership=partnership,
        pathway=version.pathway.name,
        version=version.pathway.version,
        revision=1,
        state=course.state(),
        last_seq=0,
        last_hash=GENESIS,
        worklist=worklist_rows(version.pathway, course.dispute),
    )
    tx.disputes.add(record)
    work = Work(concord, tx, record, given.at)
    work.course = course
    work.write(given, effects)
    work.tell_unheld(effects)
    return work


def parties_of(tx: Transaction, by: Person, receiving: str) -> tuple[Party, Party]:
    """The two sides; raises AgencyUnknown, RaisingNotOpen."""
    agencies = {a.id: a for a in tx.directory.agencies(by.partnership)}
    if by.oversees or by.agency not in agencies:
        raise RaisingNotOpen
    if receiving not in agencies or receiving == by.agency or agencies[receiving].kind == OWN_KIND:
        raise AgencyUnknown
    own, other = agencies[by.agency], agencies[receiving]
    return (
        Party(side=RAISING, agency=own.id, name=own.name, kind=own.kind),
        Party(side=RECEIVING, agency=other.id, name=other.name, kind=other.kind),
    )


def tell_first(old: Work, by: Person, link: Link, pathway: str, ref: str) -> None:
    """Say in the first dispute that `ref` was raised from it, and complete the task if it is still theirs to do.

    Only a task that is done by raising on this very pathway; what is due in the first dispute fires before.
    """
    old.fire_due()
    task = old.dispute.task(link.task)
    links = old.version.pathway.diagram.elements[task.element].properties.get(LINKS) if task else None
    if task is None or links != pathway or not may_do(by, old.dispute, task, old.version.pathway, old.people):
        tell(old, by, ref)
        return
    given = completion(old, by, task, _answers(ref, old.at))
    old.apply(replace(given, data={**given.data, "linked": ref}))
    sent(old, by, task.key)
    old.save()


def _answers(ref: str, at: datetime) -> Mapping[str, Any]:
    return {REFERENCE: ref, RAISED_AT: at.astimezone(days.LONDON).strftime("%Y-%m-%dT%H:%M")}

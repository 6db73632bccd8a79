"""What the parties can do at any time: report risk, say it is resolved, escalate, protect, withdraw, correct."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from engine.application import Concord, Outcome, Work, asked_about, perform
from engine.commands.raising import ProtectiveInPast
from engine.course import NotNow
from engine.dispute import (
    PARTNERSHIP,
    RAISING,
    RECEIVING,
    Dispute,
    Entry,
    Input,
    Kind,
    Person,
    ended,
    may_say_risk_over,
    sides_of,
    to_json,
)
from engine.errors import ConcordError
from engine.forms import Form, split, validate
from engine.replay import VALUE, EntryUnknown, correctable, field_of

MOST_REASON = 4_000
PARTIES = (RAISING, RECEIVING, PARTNERSHIP)


class ReasonMissing(ConcordError):
    """Give a reason, in at most 4,000 characters."""


class SideWrong(ConcordError):
    """Only {who} may do this."""


class ChildUnknown(ConcordError):
    """Choose at least one child of this dispute."""


class TierUnknown(ConcordError):
    """The pathway has no tier {tier}."""


class AnotherSaidIt(ConcordError):
    """Entry {seq} was said by another agency. You can contradict it: that stands beside it."""


class OwnWord(ConcordError):
    """Entry {seq} was said by your own agency. Correct it: that stands beside it."""


def reasoned(reason: str) -> str:
    """The reason, or ReasonMissing."""
    text = reason.strip()
    if not text or len(text) > MOST_REASON:
        raise ReasonMissing
    return text


def sided(by: Person, dispute: Dispute, only: tuple[str, ...] = PARTIES) -> None:
    """Raise SideWrong unless a person acts for one of these sides; who only looks, acts for none."""
    if not sides_of(by, dispute) & set(only):
        raise SideWrong(
            who=" or ".join(f"the {side} side" if side != PARTNERSHIP else "the partnership" for side in only)
        )


def report_risk(
    concord: Concord, by: Person, ref: str, command_id: str, children: Sequence[int] | None = None, what: str = ""
) -> Outcome:
    """Report risk of significant harm: starts the referral branch beside whatever runs (S1, S3)."""

    def act(work: Work) -> None:
        everyone = range(len(work.dispute.children))
        concerned = sorted(set(everyone if children is None else children))
        if not concerned or any(n not in everyone for n in concerned):
            raise ChildUnknown
        texts = {"what": what.strip()[:MOST_REASON]} if what.strip() else {}
        work.apply(
            Input(kind=Kind.RISK_REPORTED, at=work.at, actor=by.actor, data={"children": concerned}, texts=texts)
        )

    return perform(concord, by, ref, command_id, act)


def _simple(
    concord: Concord,
    by: Person,
    ref: str,
    command_id: str,
    kind: str,
    texts: Mapping[str, str],
    data: Mapping[str, Any] | None = None,
    only: tuple[str, ...] = PARTIES,
) -> Outcome:
    def act(work: Work) -> None:
        sided(by, work.dispute, only)
        visit = work.dispute.visit
        work.apply(
            Input(
                kind=kind,
                at=work.at,
                actor=by.actor,
                element=visit.stage if visit else None,
                data=dict(data or {}),
                texts=texts,
            )
        )

    return perform(concord, by, ref, command_id, act)


def say_resolved(concord: Concord, by: Person, ref: str, command_id: str, how: str) -> Outcome:
    """Say that the dispute is resolved; the raising side is asked to confirm it, and until then the clock runs (E5)."""
    return _simple(concord, by, ref, command_id, Kind.RESOLUTION_SAID, {"how": reasoned(how)})


def escalate(concord: Concord, by: Person, ref: str, command_id: str, reason: str) -> Outcome:
    """Move to the next stage before the deadline (E2)."""
    return _simple(concord, by, ref, command_id, Kind.ESCALATED_EARLY, {"reason": reasoned(reason)})


def withdraw(concord: Concord, by: Person, ref: str, command_id: str, reason: str) -> Outcome:
    """Withdraw the dispute; the raising side's safeguarding lead countersigns (C1)."""
    return _simple(concord, by, ref, command_id, Kind.WITHDRAWN, {"reason": reasoned(reason)}, only=(RAISING,))


def risk_over(concord: Concord, by: Person, ref: str, command_id: str, reason: str) -> Outcome:
    """Record that a child is no longer believed to be at risk; not over the head of who reported it (HAR-R1, S3)."""
    texts = {"reason": reasoned(reason)}

    def act(work: Work) -> None:
        sided(by, work.dispute)
        if not may_say_risk_over(by, work.dispute):
            raise SideWrong(who="the side that reported the risk, or the partnership,")
        visit = work.dispute.visit
        element = visit.stage if visit else None
        work.apply(Input(kind=Kind.RISK_OVER, at=work.at, actor=by.actor, element=element, texts=texts))

    return perform(concord, by, ref, command_id, act)


def bar(concord: Concord, by: Person, ref: str, command_id: str, person_id: str, tier: str, reason: str) -> Outcome:
    """Bar somebody of one's own agency (for the partnership: anybody) from a tier's tasks, for a conflict (W)."""

    def act(work: Work) -> None:
        sided(by, work.dispute)
        barred = work.tx.directory.person(person_id)
        if PARTNERSHIP not in sides_of(by, work.dispute) and barred.agency != by.agency:
            raise SideWrong(who="somebody of the same agency, or the partnership,")
        if tier not in {known.key for known in work.version.pathway.diagram.tiers}:
            raise TierUnknown(tier=tier)
        data = {"person": person_id, "name": barred.name, "tier": tier}
        work.apply(
            Input(kind=Kind.PERSON_BARRED, at=work.at, actor=by.actor, data=data, texts={"reason": reasoned(reason)})
        )

    return perform(concord, by, ref, command_id, act)


def set_protective(concord: Concord, by: Person, ref: str, command_id: str, until: datetime, reason: str) -> Outcome:
    """Set or shorten the protective timescale; only the raising side or the partnership may lengthen it (T10)."""

    def act(work: Work) -> None:
        sided(by, work.dispute)
        if until <= work.at:
            raise ProtectiveInPast
        if work.dispute.closed or ended(work.dispute):
            raise NotNow(why="the dispute has reached its end.")
        current = work.dispute.protective
        if current is not None and until > current:
            sided(by, work.dispute, (RAISING, PARTNERSHIP))
        work.apply(
            Input(
                kind=Kind.PROTECTIVE_TIMESCALE_SET,
                at=work.at,
                actor=by.actor,
                data={"until": to_json(until)},
                texts={"reason": reasoned(reason)},
            )
        )

    return perform(concord, by, ref, command_id, act)


def recalculate(concord: Concord, by: Person, ref: str, command_id: str, reason: str) -> Outcome:
    """Compute running deadlines anew under the present calendar (T12)."""
    return _simple(
        concord,
        by,
        ref,
        command_id,
        Kind.DEADLINES_RECALCULATED,
        {"reason": reasoned(reason)},
        only=(RAISING, PARTNERSHIP),
    )


def correct(
    concord: Concord,
    by: Person,
    ref: str,
    command_id: str,
    seq: int,
    text: str,
    field: str | None = None,
    value: Any = None,
) -> Outcome:
    """Add a correction that names the entry it corrects; the entry itself stays (R2).

    Of an answer (`field`) it carries the corrected value, checked as the form checks it. One corrects what one's own
    side said; raises EntryUnknown, AnotherSaidIt, or FormInvalid.
    """

    def act(work: Work) -> None:
        sided(by, work.dispute)
        entries = _said(work, seq)
        corrected = entries[seq]
        if corrected.actor["agency"] != by.agency:
            raise AnotherSaidIt(seq=seq)
        data: dict[str, Any] = {"corrects": seq}
        texts = {"correction": reasoned(text)}
        if field is not None:
            closed, typed = _corrected(work, entries, seq, field, value)
            data, texts = {**data, "field": field, **closed}, {**texts, **typed}
        _note(work, by, Kind.CORRECTED, corrected.element, data, texts)

    return perform(concord, by, ref, command_id, act)


def contradict(
    concord: Concord, by: Person, ref: str, command_id: str, seq: int, text: str, field: str | None = None
) -> Outcome:
    """Contradict what another side said; it stands beside what was said, and changes nothing of it (R2).

    Raises EntryUnknown, or OwnWord for what one's own side said.
    """

    def act(work: Work) -> None:
        sided(by, work.dispute)
        entries = _said(work, seq)
        if entries[seq].actor["agency"] == by.agency:
            raise OwnWord(seq=seq)
        if field is not None and field_of(entries, work.version.pathway, seq, field) is None:
            raise EntryUnknown(seq=seq)
        data = {"contradicts": seq, **({"field": field} if field is not None else {})}
        _note(work, by, Kind.CONTRADICTED, entries[seq].element, data, {"contradiction": reasoned(text)})

    return perform(concord, by, ref, command_id, act)


def _said(work: Work, seq: int) -> dict[int, Entry]:
    """The journal by number; raises EntryUnknown where nobody said that entry: an effect, or a timer's."""
    entries = {entry.seq: entry for entry in work.tx.journal.entries(work.record.ref)}
    if seq not in entries or not correctable(entries[seq]):
        raise EntryUnknown(seq=seq)
    return entries


def _corrected(
    work: Work, entries: Mapping[int, Entry], seq: int, name: str, value: Any
) -> tuple[dict[str, Any], dict[str, str]]:
    """The corrected answer, as closed data or as text."""
    field = field_of(entries, work.version.pathway, seq, name)
    if field is None:
        raise EntryUnknown(seq=seq)
    form = Form(id="correction", name="correction", fields=(replace(field, hide=None, required=True),))
    closed, typed = split(form, validate(form, {name: value}, *asked_about(work, form)))
    return ({VALUE: closed[name]} if name in closed else {}), ({VALUE: typed[name]} if name in typed else {})


def _note(
    work: Work, by: Person, kind: str, element: str | None, data: Mapping[str, Any], texts: Mapping[str, str]
) -> None:
    work.apply(Input(kind=kind, at=work.at, actor=by.actor, element=element, data=dict(data), texts=dict(texts)))

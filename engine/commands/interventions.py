"""What the parties can do at any time: report risk, say it is resolved, escalate, protect, withdraw, correct."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from engine.application import (
    Concord,
    Outcome,
    Right,
    Work,
    addressable,
    allow,
    allow_protective,
    asked_about,
    barring,
    own_word,
    perform,
    simple_data,
    simple_kind,
)
from engine.course import NotNow, recordable
from engine.dispute import (
    Entry,
    Input,
    Kind,
    Person,
    calming,
    to_json,
)
from engine.errors import ConcordError
from engine.forms import Form, cleaned, split, validate
from engine.replay import VALUE, EntryUnknown, correctable, field_of

MOST_REASON = 4_000


class ReasonMissing(ConcordError):
    """Give a reason, in at most 4,000 characters."""


class ChildUnknown(ConcordError):
    """Choose at least one child of this dispute."""


class AddresseeUnknown(ConcordError):
    """Choose a person or a team of the receiving agency."""


class AnotherSaidIt(ConcordError):
    """Entry {seq} was said by another agency. You can contradict it: that stands beside it."""


class OwnWord(ConcordError):
    """Entry {seq} was said by your own agency. Correct it: that stands beside it."""


def reasoned(reason: str) -> str:
    """The reason, or ReasonMissing."""
    text = cleaned(reason)
    if not text or len(text) > MOST_REASON:
        raise ReasonMissing
    return text


def report_risk(
    concord: Concord, by: Person, ref: str, command_id: str, children: Sequence[int] | None = None, what: str = ""
) -> Outcome:
    """Report risk of significant harm: starts the referral branch beside whatever runs (S1, S3)."""

    def act(work: Work) -> None:
        allow(work, by, Right.REPORT_RISK)
        everyone = range(len(work.dispute.children))
        concerned = sorted(set(everyone if children is None else children))
        if not concerned or any(n not in everyone for n in concerned):
            raise ChildUnknown
        told = cleaned(what)[:MOST_REASON]
        texts = {"what": told} if told else {}
        work.apply(
            Input(kind=Kind.RISK_REPORTED, at=work.at, actor=by.actor, data={"children": concerned}, texts=texts)
        )

    return perform(concord, by, ref, command_id, act, said=[list(children or []), what])


def _simple(
    concord: Concord,
    by: Person,
    ref: str,
    command_id: str,
    right: Right,
    texts: Mapping[str, str],
    seen: str | None = None,
) -> Outcome:
    kind = simple_kind(right)

    def act(work: Work) -> None:
        allow(work, by, right)
        visit = work.dispute.visit
        if visit and seen is not None and visit.key != seen:
            stage = work.version.pathway.stage(visit.stage)
            raise NotNow(why=f"it has moved on since you looked, to “{stage.title if stage else visit.stage}”.")
        _note(work, by, kind, visit.stage if visit else None, simple_data(work, by, right), texts)

    return perform(concord, by, ref, command_id, act, said=[kind, dict(texts)])


def say_resolved(concord: Concord, by: Person, ref: str, command_id: str, how: str) -> Outcome:
    """Say that the dispute is resolved; the raising side is asked to confirm it, and until then the clock runs (E5)."""
    return _simple(concord, by, ref, command_id, Right.SAY_RESOLVED, {"how": reasoned(how)})


def escalate(concord: Concord, by: Person, ref: str, command_id: str, reason: str, seen: str | None = None) -> Outcome:
    """Move to the next stage before the deadline (E2).

    `seen` is the visit of the stage that was looked at, by its key: where another runs by now, raises NotNow, so that
    two who escalate at the same time move it by one stage.
    """
    why = {"reason": reasoned(reason)}
    return _simple(concord, by, ref, command_id, Right.ESCALATE, why, seen)


def withdraw(concord: Concord, by: Person, ref: str, command_id: str, reason: str) -> Outcome:
    """Withdraw the dispute; the raising side's lead countersigns, and whoever raised it may object (C1)."""
    return _simple(concord, by, ref, command_id, Right.WITHDRAW, {"reason": reasoned(reason)})


def object_to_end(concord: Concord, by: Person, ref: str, command_id: str, reason: str) -> Outcome:
    """Object to its end, as whoever raised it, where another asks for it (C1)."""
    return _simple(concord, by, ref, command_id, Right.OBJECT, {"reason": reasoned(reason)})


def object_to_bar(concord: Concord, by: Person, ref: str, command_id: str, reason: str) -> Outcome:
    """Object to being barred; the business manager is told (W)."""
    return _simple(concord, by, ref, command_id, Right.OBJECT_TO_BAR, {"reason": reasoned(reason)})


def undo_protective(concord: Concord, by: Person, ref: str, command_id: str, reason: str) -> Outcome:
    """Take back a protective timescale that the receiving side has set: the stages have their own time again (T10)."""
    return _simple(concord, by, ref, command_id, Right.UNDO_PROTECTIVE, {"reason": reasoned(reason)})


def risk_over(concord: Concord, by: Person, ref: str, command_id: str, reason: str) -> Outcome:
    """Record why a child is no longer believed to be at risk; not over the head of who reported it (HAR-R1, S3)."""

    def act(work: Work) -> None:
        allow(work, by, Right.SAY_RISK_OVER)
        visit, texts = work.dispute.visit, {"reason": reasoned(reason)}
        each = work.version.pathway.moves_up_after is not None
        data = {"sides": list(calming(by, work.dispute, work.people))} if each else {}
        _note(work, by, Kind.RISK_OVER, visit.stage if visit else None, data, texts)

    return perform(concord, by, ref, command_id, act, said=reason)


def record_undone(
    concord: Concord, by: Person, ref: str, command_id: str, task: str, reason: str, told: str
) -> Outcome:
    """Record that something was not done, why, and who was told, so that the dispute can close (C2)."""

    def act(work: Work) -> None:
        allow(work, by, Right.RECORD_UNDONE)
        found = next((t for t in recordable(work.version.pathway, work.dispute, work.at) if t.key == task), None)
        if found is None:
            raise NotNow(why="this cannot be recorded as not done. Choose one that is offered.")
        texts = {"reason": reasoned(reason), "told": reasoned(told)}
        _note(work, by, Kind.RECORDED_UNDONE, found.element, {"task": found.key}, texts)

    return perform(concord, by, ref, command_id, act, said=[task, reason, told])


def recalculate(concord: Concord, by: Person, ref: str, command_id: str, reason: str) -> Outcome:
    """Compute running deadlines anew under the present calendar (T12)."""
    why = {"reason": reasoned(reason)}
    return _simple(concord, by, ref, command_id, Right.RECALCULATE, why)


def bar(concord: Concord, by: Person, ref: str, command_id: str, person_id: str, tier: str, reason: str) -> Outcome:
    """Bar somebody of one's own agency (for the partnership: anybody) from a tier's tasks, for a conflict (W)."""

    def act(work: Work) -> None:
        allow(work, by, Right.BAR)
        data = barring(work, by, {"person": person_id, "tier": tier})
        _note(work, by, Kind.PERSON_BARRED, None, data, {"reason": reasoned(reason)})

    return perform(concord, by, ref, command_id, act, said=[person_id, tier, reason])


def readdress(concord: Concord, by: Person, ref: str, command_id: str, to: str) -> Outcome:
    """Say which worker or team of the receiving agency decided: theirs is what the first stage asks of it (W)."""

    def act(work: Work) -> None:
        allow(work, by, Right.READDRESS)
        addressee = addressable(work).get(to)
        if addressee is None:
            raise AddresseeUnknown
        _note(work, by, Kind.ADDRESSED, None, {"addressee": to_json(addressee)}, {})

    return perform(concord, by, ref, command_id, act, said=to)


def set_protective(concord: Concord, by: Person, ref: str, command_id: str, until: datetime, reason: str) -> Outcome:
    """Set or shorten the protective timescale; only the raising side or the partnership may lengthen it (T10)."""

    def act(work: Work) -> None:
        allow_protective(work, by, until)
        data, texts = {"until": to_json(until)}, {"reason": reasoned(reason)}
        _note(work, by, Kind.PROTECTIVE_TIMESCALE_SET, None, data, texts)

    return perform(concord, by, ref, command_id, act, said=[to_json(until), reason])


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
        allow(work, by, Right.CORRECT)
        entries = _said(work, seq)
        corrected = entries[seq]
        if not own_word(by, corrected):
            raise AnotherSaidIt(seq=seq)
        data: dict[str, Any] = {"corrects": seq}
        texts = {"correction": reasoned(text)}
        if field is not None:
            closed, typed = _corrected(work, entries, seq, field, value)
            data, texts = {**data, "field": field, **closed}, {**texts, **typed}
        _note(work, by, Kind.CORRECTED, corrected.element, data, texts)

    return perform(concord, by, ref, command_id, act, said=[seq, text, field, value])


def contradict(
    concord: Concord, by: Person, ref: str, command_id: str, seq: int, text: str, field: str | None = None
) -> Outcome:
    """Contradict what another side said; it stands beside what was said, and changes nothing of it (R2).

    Raises EntryUnknown, or OwnWord for what one's own side said.
    """

    def act(work: Work) -> None:
        allow(work, by, Right.CONTRADICT)
        entries = _said(work, seq)
        if own_word(by, entries[seq]):
            raise OwnWord(seq=seq)
        if field is not None and field_of(entries, work.version.pathway, seq, field) is None:
            raise EntryUnknown(seq=seq)
        data = {"contradicts": seq, **({"field": field} if field is not None else {})}
        _note(work, by, Kind.CONTRADICTED, entries[seq].element, data, {"contradiction": reasoned(text)})

    return perform(concord, by, ref, command_id, act, said=[seq, text, field])


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
    closed, typed = split(form, validate(form, {name: value}, *asked_about(work, form), now=work.at))
    return ({VALUE: closed[name]} if name in closed else {}), ({VALUE: typed[name]} if name in typed else {})


def _note(
    work: Work, by: Person, kind: str, element: str | None, data: Mapping[str, Any], texts: Mapping[str, str]
) -> None:
    work.apply(Input(kind=kind, at=work.at, actor=by.actor, element=element, data=dict(data), texts=dict(texts)))

"""Erasing what people typed in a dispute: when its retention period is over, or before that by two people (decision 7).

One asks with a reason, another confirms a day later at the earliest; a legal hold keeps everything. The journal stays
whole: it covers salted digests of texts, and asking, confirming and holding are entries of their own.
"""

from collections.abc import Callable
from typing import Any

from engine.application import (
    Concord,
    Erasing,
    Outcome,
    Right,
    StoreUnavailable,
    Work,
    allow,
    closed_before,
    perform,
    retention,
)
from engine.commands.interventions import reasoned
from engine.dispute import (
    CLOCK,
    Actor,
    Input,
    Kind,
    Person,
    kept,
)
from engine.errors import ConcordError

BATCH = 20
HAND = "operator"
"""What an operator acts as; each is told from the next by the name that they give."""


class OperatorUnnamed(ConcordError):
    """Say who you are: --by and your name. It is kept with the dispute."""


def operator(name: str) -> Actor:
    """Whoever runs Concord, by the name that they give; raises OperatorUnnamed."""
    told = " ".join(name.split())
    if not told:
        raise OperatorUnnamed
    return Actor(id=f"{HAND}/{told.casefold()}"[:100], name=told[:200], agency="", role=HAND)


def erase(concord: Concord, by: Person, ref: str, command_id: str, reason: str) -> Outcome:
    """Erase what was typed in a dispute whose retention period is over, for a reason; before that raises TwoPeople."""
    done = _carried_out(concord, by, ref, command_id, Right.ERASE, lambda work: _over(work, by.actor, reason))
    concord.store.forget()
    return done


def ask_erasure(concord: Concord, by: Person, ref: str, command_id: str, reason: str) -> Outcome:
    """Ask for erasing what was typed in a closed dispute before its time; somebody else confirms it a day later."""
    return _carried_out(concord, by, ref, command_id, Right.ASK_ERASURE, lambda work: _ask(work, by.actor, reason))


def confirm_erasure(concord: Concord, by: Person, ref: str, command_id: str) -> Outcome:
    """Confirm an erasure that somebody else asked for at least a day ago, and erase."""
    done = _carried_out(concord, by, ref, command_id, Right.CONFIRM_ERASURE, lambda work: _confirm(work, by.actor))
    concord.store.forget()
    return done


def call_off_erasure(concord: Concord, by: Person, ref: str, command_id: str, reason: str) -> Outcome:
    """Call an erasure off that was asked for."""
    return _carried_out(
        concord, by, ref, command_id, Right.CALL_OFF_ERASURE, lambda work: _call_off(work, by.actor, reason)
    )


def place_hold(concord: Concord, by: Person, ref: str, command_id: str, reason: str) -> Outcome:
    """Put a legal hold on a dispute: nothing that was typed in it is erased while it stands."""
    return _carried_out(
        concord, by, ref, command_id, Right.HOLD, lambda work: _noted(work, by.actor, Kind.HOLD_PLACED, reason)
    )


def lift_hold(concord: Concord, by: Person, ref: str, command_id: str, reason: str) -> Outcome:
    """Take a legal hold off."""
    return _carried_out(
        concord, by, ref, command_id, Right.LIFT_HOLD, lambda work: _noted(work, by.actor, Kind.HOLD_LIFTED, reason)
    )


def _carried_out(
    concord: Concord, by: Person, ref: str, command_id: str, right: Right, act: Callable[[Work], object]
) -> Outcome:
    """Carry it out once; raises SideWrong where it is not this person's to do, or what else stands in the way."""

    def done(work: Work) -> None:
        allow(work, by, right)
        act(work)

    return perform(concord, by, ref, command_id, done)


def erase_by_operator(concord: Concord, name: str, ref: str, reason: str, *, confirm: bool = False) -> int | None:
    """The same from the command line, by operators who say who they are.

    Gives how many texts went; none where it was asked for, and another has to confirm it a day later.
    """
    actor = operator(name)
    with concord.store.begin() as tx:
        work = Work(concord, tx, tx.disputes.get(ref, lock=True), concord.clock.now())
        if confirm:
            count: int | None = _confirm(work, actor)["texts"]
        elif Erasing(work).until is None:
            count = _over(work, actor, reason)["texts"]
        else:
            count = None
            _ask(work, actor, reason)
        work.save()
    concord.store.forget()
    return count


def call_off_by_operator(concord: Concord, name: str, ref: str, reason: str) -> None:
    """Call an erasure off at the command line."""
    actor = operator(name)
    with concord.store.begin() as tx:
        work = Work(concord, tx, tx.disputes.get(ref, lock=True), concord.clock.now())
        _call_off(work, actor, reason)
        work.save()


def erase_due(
    concord: Concord,
    alert: Callable[[str, str], None] = lambda ref, why: None,  # noqa: ARG005 - says what is handed in
    most: int = BATCH,
) -> int:
    """Erase what was typed in disputes whose retention period is over, some at a time; gives in how many.

    Goes on past a dispute in which it fails, and tells of it; raises StoreUnavailable where the database fails.
    """
    now = concord.clock.now()
    with concord.store.begin(write=False) as tx:
        found = [
            (ref, years)
            for partnership in tx.versions.partnerships()
            if (years := retention(concord, tx, partnership)) is not None
            for ref in tx.journal.erasable(partnership, closed_before(now, years), most)
        ]
    count = 0
    for ref, years in found[:most]:
        try:
            with concord.store.begin() as tx:
                work = Work(concord, tx, tx.disputes.get(ref, lock=True), concord.clock.now())
                closed = work.dispute.closed
                if closed is None or closed >= closed_before(now, years) or work.dispute.held:
                    continue
                _erase(work, CLOCK, {"why": "retention", "years": years}, {})
                work.save()
                count += 1
        except StoreUnavailable:
            raise
        except (ConcordError, LookupError, TypeError, ValueError) as error:
            alert(ref, f"{type(error).__name__}: {error}")
    if count:
        concord.store.forget()
    return count


def _over(work: Work, actor: Actor, reason: str) -> dict[str, Any]:
    """Erase at once, as the time is over."""
    why = reasoned(reason)
    Erasing(work).at_once()
    return _erase(work, actor, {"why": "reason"}, {"reason": why})


def _ask(work: Work, actor: Actor, reason: str) -> None:
    why = reasoned(reason)
    Erasing(work).to_be_asked()
    _note(work, actor, Kind.ERASURE_ASKED, {}, {"reason": why})


def _confirm(work: Work, actor: Actor) -> dict[str, Any]:
    asked = Erasing(work).confirmed_by(actor)
    return _erase(work, actor, {"why": "confirmed", "asked": asked.seq, "asked_by": asked.name}, {})


def _call_off(work: Work, actor: Actor, reason: str) -> None:
    why = reasoned(reason)
    _note(work, actor, Kind.ERASURE_CALLED_OFF, {"asked": Erasing(work).waiting().seq}, {"reason": why})


def _noted(work: Work, actor: Actor, kind: str, reason: str) -> None:
    _note(work, actor, kind, {}, {"reason": reasoned(reason)})


def _erase(work: Work, actor: Actor, data: dict[str, Any], texts: dict[str, str]) -> dict[str, Any]:
    count = work.tx.journal.erase(work.record.ref, kept(work.tx.journal.entries(work.record.ref)))
    told = {**data, "texts": count}
    _note(work, actor, Kind.TEXT_ERASED, told, texts)
    return told


def _note(work: Work, actor: Actor, kind: str, data: dict[str, Any], texts: dict[str, str]) -> None:
    """Beside the course: it needs to know no calendar."""
    given = Input(kind=kind, at=work.at, actor=actor, data=data, texts=texts)
    work.write(given, work.course.apply(given))

"""Erasing what people typed in a dispute: when its retention period is over, or before that for a reason (decision 7).

The journal stays whole: it covers salted digests of texts, and the erasure is an entry of its own.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from engine import working_days as days
from engine.commands.acts import SideWrong, reasoned
from engine.commands.work import Outcome, Work, perform
from engine.concord import Concord
from engine.course import NotNow
from engine.directory import Person
from engine.dispute import CLOCK, Actor
from engine.errors import ConcordError
from engine.journal import Input
from engine.records import PathwayUnpublished, StoreUnavailable, Transaction
from engine.verdict import ERASED

BATCH = 20
MANAGER = "business_manager"


def may_erase(person: Person) -> bool:
    """Whether a person may erase what was typed in a dispute that they see."""
    return MANAGER in person.roles


def erase(concord: Concord, by: Person, ref: str, command_id: str, reason: str) -> Outcome:
    """Erase what was typed in a closed dispute, for a reason; raises SideWrong, ReasonMissing, NotNow."""

    def act(work: Work) -> None:
        if not may_erase(by):
            raise SideWrong(who="the business manager")
        _erase_for(work, by.actor, reason)

    done = perform(concord, by, ref, command_id, act)
    concord.store.forget()
    return done


def erase_by_operator(concord: Concord, actor: Actor, ref: str, reason: str) -> int:
    """The same from the command line; gives how many texts went."""
    with concord.store.begin() as tx:
        work = Work(concord, tx, tx.dispute(ref, lock=True), concord.clock.now())
        count = _erase_for(work, actor, reason)
        work.save()
    concord.store.forget()
    return count


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
            for partnership in tx.partnerships()
            if (years := retention(concord, tx, partnership)) is not None
            for ref in tx.erasable(partnership, closed_before(now, years), most)
        ]
    count = 0
    for ref, years in found[:most]:
        try:
            with concord.store.begin() as tx:
                work = Work(concord, tx, tx.dispute(ref, lock=True), concord.clock.now())
                closed = work.dispute.closed
                if closed is None or closed >= closed_before(now, years):
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


def retention(concord: Concord, tx: Transaction, partnership: str) -> int | None:
    """For how many years a partnership keeps what was typed, as its current pathway says; none where it has none."""
    try:
        return concord.version(tx, tx.current_version(partnership)).pathway.retention_years
    except PathwayUnpublished:
        return None


def closed_before(now: datetime, years: int) -> datetime:
    """The instant before which a dispute must have closed for its years to be over today, London's date."""
    today = now.astimezone(days.LONDON).date()
    leap = (today.month, today.day) == (2, 29)
    last = date(today.year - years, today.month, 28) if leap else today.replace(year=today.year - years)
    return datetime.combine(last + timedelta(days=1), time(), days.LONDON)


def _erase_for(work: Work, actor: Actor, reason: str) -> int:
    why = reasoned(reason)
    if work.dispute.closed is None:
        raise NotNow(why="the dispute is still open. What was typed in it can be erased once it is closed.")
    if not any(work.tx.texts(work.record.ref)) and not work.tx.drafts(work.record.ref):
        raise NotNow(why="nothing that was typed in it is left.")
    return _erase(work, actor, {"why": "reason"}, {"reason": why})


def _erase(work: Work, actor: Actor, data: dict[str, Any], texts: dict[str, str]) -> int:
    count = work.tx.erase(work.record.ref)
    given = Input(kind=ERASED, at=work.at, actor=actor, data={**data, "texts": count}, texts=texts)
    work.write(given, work.course.apply(given))  # beside the course: it needs to know no calendar
    return count

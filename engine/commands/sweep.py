"""The worker's turn: fire what is due, set aside what fails, deliver notices (decision 4)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from engine.commands.work import Work
from engine.concord import Concord
from engine.records import NoticeRecord, StoreUnavailable


@dataclass(frozen=True, kw_only=True)
class Swept:
    """What one turn did."""

    fired: int
    disputes: int
    set_aside: tuple[tuple[str, str], ...]
    notices: tuple[NoticeRecord, ...]


def sweep(concord: Concord, alert: Callable[[str, str], None] = lambda ref, why: None) -> Swept:  # noqa: ARG005 - says what is handed in
    """Fire everything that is due now, a dispute a transaction; goes on past a dispute whose firing fails.

    Raises StoreUnavailable where the database fails: that is no dispute's fault, and none is set aside for it.
    """
    fired = disputes = 0
    aside: list[tuple[str, str]] = []
    if _any_due(concord):
        while (done := _one(concord, aside)) is not None:
            fired += done
            disputes += 1
    for ref, why in aside:
        alert(ref, why)
    with concord.store.begin() as tx:
        sent = tx.deliver(concord.clock.now(), 500)
    return Swept(fired=fired, disputes=disputes, set_aside=tuple(aside), notices=tuple(sent))


def _one(concord: Concord, aside: list[tuple[str, str]]) -> int | None:
    """Fire what is due of one dispute and say how much that was; none where nothing is due any more."""
    ref = None
    try:
        with concord.store.begin() as tx:
            due = tx.claim_due(concord.clock.now(), 1)
            if not due:
                return None
            ref = due[0]
            work = Work(concord, tx, tx.dispute(ref, lock=True), concord.clock.now())
            count = work.fire_due()
            work.save()
            return count
    except StoreUnavailable:
        raise
    except Exception as error:
        if ref is None:
            raise
        why = f"{type(error).__name__}: {error}"
        aside.append((ref, why))
        with concord.store.begin() as tx:
            tx.set_aside(ref, why)
        return 0


def _any_due(concord: Concord) -> bool:
    """Whether anything is due: it takes no lock, so a worker with nothing to do costs nothing (decision 4)."""
    with concord.store.begin(write=False) as tx:
        soonest = tx.next_due()
    return soonest is not None and soonest <= concord.clock.now()


def step_until(concord: Concord, until: datetime, move: Callable[[datetime], None]) -> int:
    """Move a clock on to `until`, stopping at each instant at which something fires; gives how many fired."""
    fired = 0
    while True:
        with concord.store.begin(write=False) as tx:
            soonest = tx.next_due()
        if soonest is None or soonest > until:
            break
        move(max(soonest, concord.clock.now()))
        fired += sweep(concord).fired
    move(until)
    return fired

"""The worker's turn: fire what is due, set aside what fails, deliver notices (decision 4).

Whatever one dispute does, the others' timers fire: it is set aside, or passed over until the next turn and told of.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from engine.application import MOST_FIRED, Concord, NoticeRecord, StoreUnavailable, Transaction, Work
from engine.commands.access_log import seal_looks
from engine.errors import ConcordError

Alert = Callable[[str, str], None]
PATIENCE = 5.0
"""So many seconds a worker waits for a lock; whoever holds it longer is met again in the next turn."""
MOST_DISPUTES = 1_000
MOST_NOTICES = 500
STRIKES = 3
"""In so many turns the database may fail in one and the same dispute, while it works in the others."""


class NothingToFire(ConcordError):
    """The column next_due says that something of {ref} is due; by its state nothing is."""


@dataclass(frozen=True, kw_only=True)
class Swept:
    """What one turn did; `more` where it stopped before all was fired, `passed` what it could not set aside either."""

    fired: int
    disputes: int
    set_aside: tuple[tuple[str, str], ...]
    notices: tuple[NoticeRecord, ...] = ()
    passed: tuple[str, ...] = ()
    more: bool = False


@dataclass
class Turn:
    """One turn, and in `strikes` what a worker remembers from turn to turn: in which disputes the database failed."""

    alert: Alert
    most: int = MOST_FIRED
    strikes: Counter[str] = field(default_factory=Counter)
    fired: int = 0
    disputes: int = 0
    aside: list[tuple[str, str]] = field(default_factory=list)
    besides: set[str] = field(default_factory=set)
    more: bool = False


def _unheard(ref: str, why: str) -> None:
    """Nobody listens."""


def _never() -> bool:
    return False


def sweep(concord: Concord, alert: Alert = _unheard, strikes: Counter[str] | None = None) -> Swept:
    """Fire everything that is due now, then deliver notices and seal who looked; raises StoreUnavailable."""
    done = fire(concord, alert, strikes)
    sent = deliver(concord, alert)
    seal_looks(concord)
    return Swept(**{**vars(done), "notices": tuple(sent)})


def fire(
    concord: Concord,
    alert: Alert = _unheard,
    strikes: Counter[str] | None = None,
    most: int = MOST_FIRED,
    halt: Callable[[], bool] = _never,
) -> Swept:
    """Fire everything that is due now, a dispute a transaction; goes on past a dispute whose firing fails.

    At most so many of one dispute in a turn: the others' do not wait for it. Told to `halt` it does so between two
    disputes.

    Raises StoreUnavailable where the database fails: that is no dispute's fault, and none is set aside for it, unless
    it goes on failing in that one alone.
    """
    turn = Turn(alert=alert, most=most, strikes=Counter() if strikes is None else strikes)
    at = concord.clock.now()
    try:
        if _any_due(concord, at):
            while not halt() and _one(concord, turn, at):
                if turn.disputes + len(turn.besides) + len(turn.aside) >= MOST_DISPUTES:
                    turn.more = True
                    break
    except StoreUnavailable:
        turn.strikes.clear()
        raise
    return Swept(
        fired=turn.fired, disputes=turn.disputes, set_aside=tuple(turn.aside), passed=tuple(sorted(turn.besides)),
        more=turn.more,
    )  # fmt: skip


def _one(concord: Concord, turn: Turn, at: datetime) -> bool:
    """Fire what is due of one dispute; false where nothing is due any more."""
    ref = None
    try:
        with concord.store.begin(patience=PATIENCE) as tx:
            ref = tx.timers.claim(at, turn.besides)
            if ref is None or ref in turn.besides:  # the latter would be met again and again
                return False
            count, left = _fired(concord, tx, ref, turn.most)
    except StoreUnavailable as error:
        if ref is None:
            raise
        _struck(concord, turn, ref, error)
    except Exception as error:
        if ref is None:
            raise
        _fails(concord, turn, ref, f"{type(error).__name__}: {error}")
    else:
        turn.fired += count
        turn.disputes += 1
        turn.strikes.pop(ref, None)
        if left:
            turn.besides.add(ref)
            turn.more = True
            turn.alert(ref, f"{count} timers fired in one turn and more are due; they fire in the next.")
    return True


def _fired(concord: Concord, tx: Transaction, ref: str, most: int) -> tuple[int, bool]:
    """Fire what is due of a dispute that is locked; gives how much that was, and whether more is due."""
    work = Work(concord, tx, tx.disputes.get(ref, lock=True), concord.clock.now())
    count = work.fire_due(most)
    if not count:
        raise NothingToFire(ref=ref)
    work.save()
    soonest = work.dispute.next_due
    return count, soonest is not None and soonest <= work.at


def _struck(concord: Concord, turn: Turn, ref: str, error: StoreUnavailable) -> None:
    """The database failed in one dispute: it is passed over in this turn, and set aside where that goes on."""
    turn.strikes[ref] += 1
    if turn.strikes[ref] >= STRIKES:
        _fails(concord, turn, ref, f"In {STRIKES} turns: {error}")
    else:
        turn.besides.add(ref)


def _fails(concord: Concord, turn: Turn, ref: str, why: str) -> None:
    """Set a dispute aside; where that fails too, it is passed over in this turn and told of all the same."""
    try:
        with concord.store.begin(patience=PATIENCE) as tx:
            done = tx.timers.set_aside(ref, why)
        also = "" if done else "somebody is working on it"
    except Exception as error:  # noqa: BLE001 - likewise
        done, also = False, f"{type(error).__name__}: {error}"
    if done:
        turn.aside.append((ref, why))
        turn.strikes.pop(ref, None)
    else:
        turn.besides.add(ref)
    turn.alert(ref, why if done else f"{why} It could not be set aside either ({also}); it is tried again.")


def deliver(concord: Concord, alert: Alert = _unheard) -> list[NoticeRecord]:
    """Deliver the notices that are queued, some at a time; one that can't be read keeps no other back."""
    with concord.store.begin(write=False, patience=PATIENCE) as tx:
        if not tx.notices.undelivered():
            return []
    with concord.store.begin(patience=PATIENCE) as tx:
        sent, unreadable = tx.notices.deliver(concord.clock.now(), MOST_NOTICES)
    for number in unreadable:
        alert("", f"Notice {number} can't be read, and is not delivered.")
    return sent


def _any_due(concord: Concord, at: datetime) -> bool:
    """Whether anything is due: it takes no lock, so a worker with nothing to do costs nothing (decision 4)."""
    with concord.store.begin(write=False, patience=PATIENCE) as tx:
        return tx.timers.any_due(at)


def step_until(concord: Concord, until: datetime, move: Callable[[datetime], None]) -> int:
    """Move a clock on to `until`, stopping at each instant at which something fires; gives how many fired.

    What can be neither fired nor set aside keeps the clock back no longer than one turn.
    """
    fired, stuck = 0, None
    while True:
        with concord.store.begin(write=False) as tx:
            soonest = tx.timers.next_due()
        if soonest is None or soonest > until or soonest == stuck:
            break
        move(max(soonest, concord.clock.now()))
        done = sweep(concord)
        fired += done.fired
        stuck = None if done.fired or done.set_aside else soonest
    move(until)
    return fired

"""Looking through all disputes, some at a time, for what can't be read: before it is due, and where nothing is due.

A dispute whose rows were damaged would stop in silence: one without a next instant is never met by the sweep.
"""

from collections.abc import Callable

from engine.application import Concord, StoreUnavailable, Transaction
from engine.commands.firing import PATIENCE
from engine.course import Course
from engine.errors import ConcordError

SOME = 50


class NotAsItsState(ConcordError):
    """What stands in {place} is not what the state of {ref} gives."""


class Patrol:
    """One way through all disputes after the other; `alert` is told of each that is set aside."""

    def __init__(self, concord: Concord, alert: Callable[[str, str], None]) -> None:
        self.concord = concord
        self.alert = alert
        self.last = ""

    def round(self, some: int = SOME) -> int:
        """Look at some more; gives how many were set aside."""
        with self.concord.store.begin(write=False, patience=PATIENCE) as tx:
            refs = tx.timers.following(self.last, some)
        self.last = refs[-1] if len(refs) == some else ""
        return sum(self._looked(ref) for ref in refs)

    def _looked(self, ref: str) -> bool:
        with self.concord.store.begin(write=False, patience=PATIENCE) as tx:
            why = self._stands(tx, ref)
            damaged = self._journal(tx, ref) if why is None else None
        if damaged is not None:
            self.alert(ref, f"{damaged} Its timers go on; restore its journal from a backup.")
        if why is None:
            return False
        with self.concord.store.begin(patience=PATIENCE) as tx:
            if self._stands(tx, ref) is None or not tx.timers.set_aside(ref, why):
                return False  # somebody changed it meanwhile, or is just doing so
        self.alert(ref, why)
        return True

    def _stands(self, tx: Transaction, ref: str) -> str | None:
        """What can't be read around a journal, or keeps its timers from firing: all that repairing mends."""

        def read() -> None:
            record = tx.disputes.get(ref)
            course = Course.load(self.concord.version(tx, record.version), record.state)
            if tx.integrity.stored(ref)[NEXT] != course.dispute.next_due:
                raise NotAsItsState(place=NEXT, ref=ref)

        return _fault(read)

    def _journal(self, tx: Transaction, ref: str) -> str | None:
        """What can't be read of the journal itself. That is no reason to stop its clock: no timer reads it."""
        return _fault(lambda: (tx.journal.entries(ref), tx.journal.texts(ref)))


def _fault(read: Callable[[], object]) -> str | None:
    try:
        read()
    except StoreUnavailable:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this dispute's
        return f"{type(error).__name__}: {error}"
    return None


NEXT = "disputes, column next_due"

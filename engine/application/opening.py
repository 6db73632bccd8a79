"""A dispute as far as a list needs it, and one that a person may see opened whole."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from engine.application.context import Concord
from engine.application.numbering import owner_of
from engine.application.ports import Transaction
from engine.application.records import DisputeRecord, DisputeUnknown, StoreUnavailable
from engine.application.work import NotYours, Work
from engine.course import Version
from engine.dispute import Dispute, Person, dispute_from_json, may_see, reporters_told
from engine.errors import ConcordError

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Glance:
    """A dispute as a list shows it: its workflow stays packed."""

    version: Version
    record: DisputeRecord
    dispute: Dispute
    at: datetime


def glance(concord: Concord, tx: Transaction, ref: str) -> Glance:
    """A dispute without its workflow."""
    return _glance(concord, tx, tx.disputes.get(ref))


def glanced(concord: Concord, tx: Transaction, refs: Sequence[str]) -> dict[str, Glance]:
    """Disputes without their workflows, read together; those that can't be read are left out, and noted."""
    if not refs:
        return {}
    there = tx.disputes.several(refs)
    found = {ref: guarded(tx, ref, lambda ref=ref: _glance(concord, tx, there[ref])) for ref in there}  # type: ignore[misc]
    return {ref: here for ref, here in found.items() if here is not None}


def _glance(concord: Concord, tx: Transaction, record: DisputeRecord) -> Glance:
    dispute = dispute_from_json(record.state["dispute"])
    version = concord.version(tx, record.version)
    dispute = reporters_told(dispute, version.pathway, lambda: tx.journal.entries(record.ref))
    return Glance(version=version, record=record, dispute=dispute, at=concord.clock.now())


class DisputeUnreadable(ConcordError):
    """Dispute {ref} can't be shown: what is stored of it is damaged. Whoever runs Concord can repair it."""


class Readable(list[T]):
    """What could be shown of what was asked for, and in `unreadable` the references of what could not."""

    unreadable: tuple[str, ...] = ()


def readable(tx: Transaction, found: Iterable[T]) -> Readable[T]:
    """What was found, with the references of what this transaction could not read."""
    shown = Readable(found)
    shown.unreadable = tuple(dict.fromkeys(tx.unreadable))
    return shown


def guarded(tx: Transaction, ref: str, show: Callable[[], T]) -> T | None:
    """What `show` gives of one dispute; none where anything of it can't be read, which costs no other its place.

    The one place where a list goes on past a dispute: the transaction keeps which those were.
    """
    try:
        return None if ref in tx.unreadable else show()
    except (StoreUnavailable, DisputeUnknown):
        raise
    except Exception:  # noqa: BLE001 - whatever is wrong with one dispute, the others are shown
        tx.unreadable.append(ref)
        return None


def opened(concord: Concord, tx: Transaction, person: Person, ref: str) -> Work:
    """A dispute opened whole; raises DisputeUnknown or NotYours.

    Where it can't be read, and so nobody can say whose it is, those who oversee are told so: DisputeUnreadable.
    """
    work = guarded(tx, ref, lambda: Work(concord, tx, tx.disputes.get(ref), concord.clock.now()))
    if work is None:
        if person.oversees and owner_of(tx, ref) == person.partnership:
            raise DisputeUnreadable(ref=ref)
        raise NotYours(ref=ref)
    if not may_see(person, work.dispute, work.record.partnership):
        raise NotYours(ref=ref)
    return work

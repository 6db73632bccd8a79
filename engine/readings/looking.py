"""A dispute as far as a list needs it, and one that a person may see opened whole."""

from dataclasses import dataclass
from datetime import datetime

from engine.access import may_see
from engine.commands.work import NotYours, Work
from engine.concord import Concord
from engine.course import Version
from engine.directory import Person
from engine.dispute import Dispute, dispute_from_json
from engine.records import DisputeRecord, Transaction
from engine.reporters import reporters_told


@dataclass(frozen=True, kw_only=True)
class Glance:
    """A dispute as a list shows it: its workflow stays packed."""

    version: Version
    record: DisputeRecord
    dispute: Dispute
    at: datetime


def glance(concord: Concord, tx: Transaction, ref: str) -> Glance:
    """A dispute without its workflow."""
    record = tx.dispute(ref)
    dispute = dispute_from_json(record.state["dispute"])
    version = concord.version(tx, record.version)
    dispute = reporters_told(dispute, version.pathway, lambda: tx.entries(ref))
    return Glance(version=version, record=record, dispute=dispute, at=concord.clock.now())


def opened(concord: Concord, tx: Transaction, person: Person, ref: str) -> Work:
    """A dispute opened whole; raises DisputeUnknown or NotYours."""
    work = Work(concord, tx, tx.dispute(ref), concord.clock.now())
    if not may_see(person, work.dispute, work.record.partnership):
        raise NotYours(ref=ref)
    return work

"""From which dispute another one is raised (HAR-C6). Changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from engine.application.context import Concord
from engine.application.ports import Transaction
from engine.application.work import NotYours, Work
from engine.dispute import RAISING, Person, may_see


@dataclass(frozen=True, kw_only=True)
class Link:
    """From which dispute another one is raised, and by which of its tasks."""

    ref: str
    task: str


def first_of(concord: Concord, tx: Transaction, by: Person, link: Link, at: datetime, *, lock: bool = False) -> Work:
    """The dispute from which another is raised; raises NotYours but to the agency that raised it.

    A page only looks at it; whoever raises from it changes it and locks it.
    """
    old = Work(concord, tx, tx.disputes.get(link.ref, lock=lock), at)
    if not may_see(by, old.dispute, old.record.partnership) or old.dispute.side_of(by.agency) != RAISING:
        raise NotYours(ref=link.ref)
    return old

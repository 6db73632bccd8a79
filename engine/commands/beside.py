"""Raising a dispute from a task of another one, which is done by it (HAR-C6)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine import working_days as days
from engine.access import may_do, may_see
from engine.commands.linking import LINKS, RAISED_AT, REFERENCE, tell
from engine.commands.tasks import completion, sent
from engine.commands.work import NotYours, Work
from engine.concord import Concord
from engine.directory import Person
from engine.dispute import RAISING
from engine.records import Transaction


@dataclass(frozen=True, kw_only=True)
class Link:
    """From which dispute another one is raised, and by which of its tasks."""

    ref: str
    task: str


def first_of(concord: Concord, tx: Transaction, by: Person, link: Link, at: datetime, *, lock: bool = False) -> Work:
    """The dispute from which another is raised; raises NotYours but to the agency that raised it.

    A page only looks at it; whoever raises from it changes it and locks it.
    """
    old = Work(concord, tx, tx.dispute(link.ref, lock=lock), at)
    if not may_see(by, old.dispute, old.record.partnership) or old.dispute.side_of(by.agency) != RAISING:
        raise NotYours(ref=link.ref)
    return old


def tell_first(old: Work, by: Person, link: Link, pathway: str, ref: str) -> None:
    """Say in the first dispute that `ref` was raised from it, and complete the task if it is still theirs to do.

    Only a task that is done by raising on this very pathway; what is due in the first dispute fires before.
    """
    old.fire_due()
    task = old.dispute.task(link.task)
    links = old.version.pathway.diagram.elements[task.element].properties.get(LINKS) if task else None
    if task is None or links != pathway or not may_do(by, old.dispute, task, old.version.pathway, old.people):
        tell(old, by, ref)
        return
    given = completion(old, by, task, _answers(ref, old.at))
    old.apply(replace(given, data={**given.data, "linked": ref}))
    sent(old, by, task.key)
    old.save()


def _answers(ref: str, at: datetime) -> Mapping[str, Any]:
    return {REFERENCE: ref, RAISED_AT: at.astimezone(days.LONDON).strftime("%Y-%m-%dT%H:%M")}

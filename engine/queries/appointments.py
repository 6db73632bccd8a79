"""The dates of a dispute that concern somebody, for their own calendar: what ends, what is due, what is arranged.

A calendar is another system, with other readers: these name the dispute by its reference, and no child.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.application import Concord, Work, opened
from engine.calendar import london
from engine.dispute import Person, may_do
from engine.replay import form_of

NO_TIME = timedelta()
A_MEETING = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """An instant, what is then, and how long it takes; `key` stays the same when it is moved."""

    key: str
    title: str
    at: datetime
    takes: timedelta


def appointments(concord: Concord, person: Person, ref: str) -> tuple[Appointment, ...]:
    """Those that are still to come, soonest first; raises DisputeUnknown or NotYours."""
    with concord.store.begin(write=False) as tx:
        work = opened(concord, tx, person, ref)
        ahead = [each for each in (*_due(work, person), *_arranged(work)) if each.at > work.at]
        return tuple(sorted(ahead, key=lambda each: (each.at, each.key)))


def _due(work: Work, person: Person) -> Iterator[Appointment]:
    pathway, dispute = work.version.pathway, work.dispute
    visit = dispute.visit
    stage = pathway.stage(visit.stage) if visit else None
    if visit and stage and visit.deadline:
        yield Appointment(key=visit.key, title=f"{stage.title} ends", at=visit.deadline, takes=NO_TIME)
    if dispute.protective:
        yield Appointment(key="protective", title="Must be resolved", at=dispute.protective, takes=NO_TIME)
    for task in dispute.tasks:
        if task.due and may_do(person, dispute, task, pathway, work.people):
            title = f"Due: {pathway.diagram.elements[task.element].name}"
            yield Appointment(key=task.key, title=title, at=task.due, takes=NO_TIME)


def _arranged(work: Work) -> Iterator[Appointment]:
    """What was arranged on a form that asks when something will be; the latest word counts."""
    pathway, found = work.version.pathway, dict[str, Appointment]()
    for entry in work.tx.journal.entries(work.record.ref):
        form = form_of(entry, pathway)
        for field in form.inputs if form else ():
            given = dict(entry.data.get("answers") or {}).get(field.key)
            if field.type == "datetime" and field.subtype == "datetime" and not field.past and given:
                name = pathway.diagram.elements[str(entry.element)].name
                key = f"{entry.data.get('task') or entry.element}/{field.key}"
                found[key] = Appointment(key=key, title=name, at=london(str(given)), takes=A_MEETING)
    yield from found.values()

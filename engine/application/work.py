"""One use case on one dispute: what is due fires first, then the act itself, in one transaction."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

import msgspec

from engine.application.context import Concord
from engine.application.ports import Transaction
from engine.application.records import DisputeRecord
from engine.application.worklist_rows import worklist_rows
from engine.calendar import working_days as days
from engine.course import Course, Version
from engine.dispute import (
    CLOCK,
    RAISING,
    RECEIVING,
    Dispute,
    Effect,
    Input,
    Kind,
    Person,
    beyond_its_agencies,
    covering,
    holders,
    may_see,
    naming,
    next_stage,
    record,
    reporters_told,
)
from engine.errors import ConcordError
from engine.pathway import ORDINARY
from engine.replay import missed_any

MOST_FIRED = 500
"""So many timers of a dispute fire in one transaction: the alerts of a year in which nobody fired them are more."""


class TimersEndless(ConcordError):
    """The timers of dispute {ref} go round: after {count} of them it is as early as it was before."""


class SentOtherwise(ConcordError):
    """This was sent before with other answers, and those were recorded; what is below was not.

    Look at what was recorded, and correct it there, or say there what has changed.
    """


class NotYours(ConcordError):
    """Dispute {ref} belongs to other agencies. Ask the business manager if you should see it."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a use case did: the dispute's reference, and whether the same command had done it before.

    `attempt`: a task was tried, and is open still.
    """

    ref: str
    repeated: bool = False
    fired: int = 0
    attempt: bool = False


class Work:
    """A dispute while a use case works on it; nothing is stored before `save`."""

    def __init__(self, concord: Concord, tx: Transaction, record_: DisputeRecord, at: datetime) -> None:
        self.concord = concord
        self.tx = tx
        self.record = record_
        self.at = at
        self.version: Version = concord.version(tx, record_.version)
        self.course = Course.load(self.version, record_.state)
        told = reporters_told(self.course.dispute, self.version.pathway, lambda: tx.journal.entries(record_.ref))
        self.course.dispute = told
        self._before = told
        self.changed = False

    @property
    def dispute(self) -> Dispute:
        """The dispute as it is now."""
        return self.course.dispute

    @cached_property
    def people(self) -> list[Person]:
        """The people of both its agencies and the partnership's own, with who is absent today."""
        return people_of(self.tx, self.record.partnership, self.at, [p.agency for p in self.dispute.parties])

    @cached_property
    def names(self) -> dict[str, str]:
        """Their names by their ids."""
        return {person.id: person.name for person in self.people}

    @cached_property
    def calendar(self) -> dict[str, Any]:
        """The working calendar as of now: one for all that this transaction does."""
        return calendar_json(self.tx, self.record.partnership, self.at, self.version)

    def apply(self, given: Input) -> list[Effect]:
        """Apply an input and write it and its effects to the journal."""
        if given.kind != Kind.CALENDAR_NOTED:
            self.note_calendar()
        effects = self.course.apply(given)
        self.write(given, effects)
        self.tell_unheld(effects)
        return effects

    def write(self, given: Input, effects: list[Effect]) -> None:
        """Append an input and its effects to the journal, and queue their notices."""
        entries, texts = record(self.record.ref, self.record.last_hash, self.record.last_seq + 1, given, effects)
        self.tx.journal.append(entries, texts)
        missed = self.record.missed or missed_any(self.version.pathway, entries)
        self.record = replace(self.record, last_seq=entries[-1].seq, last_hash=entries[-1].hash, missed=missed)
        told = [(e.data["to"], e.data["message"]) for e in effects if e.kind == Kind.NOTICE_QUEUED]
        self.tx.notices.queue(self.record.ref, self.at, told)
        self.changed = True
        if told:
            people = self.hearers(to for to, _ in told)
            named = naming(self.version.pathway, self.dispute, people, entries, self.at)
            if named is not None:
                self.write(named, self.course.apply(named))

    def hearers(self, to: Iterable[str]) -> list[Person]:
        """Those among whom notices find their people: wider where one speaks to somebody whatever their agency."""
        offices = self.version.pathway.offices
        if not beyond_its_agencies(to, offices):
            return self.people
        known = {person.id for person in self.people}
        wherever = self.tx.directory.holding(self.record.partnership, offices.told_anywhere)
        return [*self.people, *present(self.tx, (p for p in wherever if p.id not in known), self.at)]

    def note_calendar(self) -> None:
        """Tell the dispute the working calendar where it has changed since it was told last (T12)."""
        if self.calendar != dict(self.dispute.calendar):
            self.apply(Input(kind=Kind.CALENDAR_NOTED, at=self.at, actor=CLOCK, data={"calendar": self.calendar}))

    def fire_due(self, most: int = MOST_FIRED) -> int:
        """Fire what is due by now, each as an input of its own; gives how many fired.

        At most so many, the rest is left to the next time; raises TimersEndless where time does not get on by them.
        """
        count, first = 0, self.dispute.next_due
        while count < most and (given := self.course.due(self.at)) is not None:
            self.apply(given)
            count += 1
        soonest = self.dispute.next_due
        if count == most and first is not None and soonest is not None and soonest <= first:
            raise TimersEndless(ref=self.record.ref, count=count)
        return count

    def save(self) -> None:
        """Store the dispute's new state."""
        if self.changed:
            pathway = self.version.pathway
            before = replace(self.record, worklist=worklist_rows(pathway, self._before))
            rows = worklist_rows(pathway, self.dispute)
            after = replace(self.record, revision=self.record.last_seq, state=self.course.state(), worklist=rows)
            self.tx.disputes.save(after, before)
            self.record, self._before = after, self.dispute

    def tell_unheld(self, effects: list[Effect]) -> None:
        """When a stage begins, tell the business manager where nobody holds the tier of the stage after it (E8)."""
        for effect in effects:
            if effect.kind != Kind.STAGE_ENTERED:
                continue
            for tier, side in self._unheld(str(effect.element)):
                self.apply(
                    Input(
                        kind=Kind.TIER_UNHELD,
                        at=self.at,
                        actor=CLOCK,
                        element=effect.element,
                        data={"tier": tier, "side": side},
                    )
                )

    def _unheld(self, stage: str) -> list[tuple[str, str]]:
        """The tier of the stage after this one where nobody holds it, with each side on which nobody does."""
        after = next_stage(self.version.pathway, self.dispute, stage)
        if after is None or after.kind != ORDINARY:
            return []
        return [
            (after.tier, party.side)
            for side in (RAISING, RECEIVING)
            if (party := self.dispute.party(side))
            and not holders(self.people, self.version.pathway.tables, after.tier, party.agency)
        ]


def people_now(tx: Transaction, partnership: str, at: datetime) -> list[Person]:
    """The people of a partnership, with who is absent today."""
    return present(tx, tx.directory.people(partnership), at)


def people_of(tx: Transaction, partnership: str, at: datetime, agencies: Iterable[str]) -> list[Person]:
    """The people of these agencies and the partnership's own, with who is absent today."""
    return present(tx, tx.directory.concerned(partnership, agencies), at)


def present(tx: Transaction, people: Iterable[Person], at: datetime) -> list[Person]:
    """The same people, with who is absent today, and whom they cover."""
    away = tx.directory.away(at.astimezone(days.LONDON).date())
    there = [replace(p, absent_until=away.until[p.id]) if p.id in away.until else p for p in people]
    return [covering(p, away.covered[p.id]) if p.id in away.covered else p for p in there]


def calendar_json(tx: Transaction, partnership: str, at: datetime, version: Version) -> dict[str, Any]:
    """The working calendar of a partnership as of now: bank holidays of England, its closure days and hours (T2)."""
    return version.pathway.calendar(at, tx.directory.closures(partnership)).to_json()


def digested(said: Any) -> dict[str, str]:
    """What a command keeps of what was said with it: a digest, so that what was typed stands in the record alone."""
    if said is None:
        return {}
    spelled = msgspec.json.encode(said, order="sorted", enc_hook=str)
    return {"said": hashlib.sha256(spelled).hexdigest()}


def same(done: Mapping[str, Any], said: Any) -> None:
    """Raise SentOtherwise where a command that was carried out had said something else."""
    before = done.get("said")
    if before is not None and said is not None and digested(said) != {"said": before}:
        raise SentOtherwise


def perform(
    concord: Concord,
    by: Person,
    ref: str,
    command_id: str,
    act: Callable[[Work], Mapping[str, Any] | None],
    said: Any = None,
) -> Outcome:
    """Carry out a use case once: a command that was carried out before is not repeated, what is due fires first.

    What fires is committed on its own, so that a refusal after it does not undo a deadline. `said` is what somebody
    typed and chose: raises SentOtherwise where the same command comes again with something else.
    """
    fired = 0
    while True:
        with concord.store.begin() as tx:
            # The clock is read once the lock is had: who waited must not write an earlier instant than who held it.
            record_ = tx.disputes.get(ref, lock=True)
            at = concord.clock.now()
            work = Work(concord, tx, record_, at)
            if not may_see(by, work.dispute, work.record.partnership):
                raise NotYours(ref=ref)
            if (done := tx.commands.done(command_id)) is not None:
                same(done, said)
                return Outcome(ref=ref, repeated=True, fired=fired, attempt=bool(done.get("attempt")))
            count = work.fire_due()
            if count:
                fired += count
                work.save()
                continue
            result = dict(act(work) or {})
            work.save()
            tx.commands.remember(command_id, ref, at, result | digested(said))
            return Outcome(ref=ref, fired=fired, attempt=bool(result.get("attempt")))

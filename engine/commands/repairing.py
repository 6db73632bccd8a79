"""Repairing a dispute: all that stands around its journal is made again from the journal and the pinned version.

The journal itself is never repaired. Where its chain, its end or its execution is not as it was written, nothing is
changed: what a repair would make of it nobody wrote.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.application import Concord, DisputeRecord, RowUnreadable, Transaction, worklist_rows
from engine.audit import witness
from engine.commands.interventions import reasoned
from engine.commands.verifying import Check
from engine.course import Course, Lives, Version, plain, reexecute
from engine.dispute import Actor, Entry, Input, Kind, check_chain, record, version_named
from engine.errors import ConcordError
from engine.replay import missed_any

HASH = re.compile("[0-9a-f]{64}")


class RepairRefused(ConcordError):
    """Dispute {ref} is not repaired, and nothing was changed: {why}"""


@dataclass(frozen=True)
class Difference:
    """One place around a journal that is not what the journal gives: what stood there, and what it gives."""

    place: str
    stood: Any
    gives: Any


@dataclass(frozen=True, kw_only=True)
class Repair:
    """What repairing a dispute found, why it had been set aside, and whether anything was written."""

    ref: str
    differences: tuple[Difference, ...]
    set_aside: str | None
    written: bool


def repair(concord: Concord, actor: Actor, ref: str, reason: str, *, preview: bool = False) -> Repair:
    """Make what stands around a journal anew from it, and take the dispute back from “set aside”, as an entry.

    All of it in one transaction, or nothing; with `preview` nothing in any case. Raises RepairRefused with the first
    entry that is not as it was written, and DisputeUnknown.
    """
    why = "" if preview else reasoned(reason)
    with concord.store.begin(write=not preview) as tx:
        tx.disputes.lock(ref)
        entries = _entries(tx, ref)
        lives = Lives()
        pinned, course = _rebuilt(concord, tx, ref, entries, lives)
        ended = {key: (list(life.last()), life.outlived) for key, life in lives.found.items() if life.over is not None}
        found = tuple(
            Difference(*each) for each in tx.integrity.differences(_record(pinned, course, entries), ended, entries)
        )
        aside = tx.timers.put_aside().get(ref)
        if preview or (not found and aside is None):
            return Repair(ref=ref, differences=found, set_aside=aside, written=False)
        data = {"places": [difference.place for difference in found]}
        note = Input(kind=Kind.REPAIRED, at=concord.clock.now(), actor=actor, data=data, texts={"reason": why})
        written, texts = record(ref, entries[-1].hash, entries[-1].seq + 1, note, course.apply(note))
        tx.journal.append(written, texts)
        tx.integrity.mend(_record(pinned, course, [*entries, *written]), ended, entries)
        return Repair(ref=ref, differences=found, set_aside=aside, written=True)


def _entries(tx: Transaction, ref: str) -> list[Entry]:
    try:
        entries = tx.journal.entries(ref)
    except RowUnreadable as unreadable:
        raise RepairRefused(ref=ref, why=str(unreadable)) from unreadable
    if not entries:
        raise RepairRefused(ref=ref, why="there is no journal to make it from.")
    return entries


def _rebuilt(
    concord: Concord, tx: Transaction, ref: str, entries: Sequence[Entry], lives: Lives
) -> tuple[Version, Course]:
    """The pinned version, and the course that the journal gives on it, its tasks' lives noted; raises RepairRefused."""
    try:
        check_chain(entries)
        named = str(version_named(entries, ""))
        checkpoints = witness(tx.checkpoints.all())
        wrong = _elsewhere(ref, entries) or _end(entries, *tx.journal.ending(ref)) or checkpoints.fault(ref, entries)
        wrong = wrong or Check(witness=checkpoints).version_fault(tx, named)
        if wrong is None:
            pinned = concord.version(tx, named)
            course, difference = reexecute(pinned, ref, entries, lives.see)
            if difference is None:
                return pinned, course
            wrong = f"entry {difference.seq} ({difference.kind}) is not what executing the journal again gives."
    except ConcordError as error:
        wrong = str(error)
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        wrong = f"it can't be executed again: {type(error).__name__}, {error}"
    raise RepairRefused(ref=ref, why=wrong)


def _elsewhere(ref: str, entries: Sequence[Entry]) -> str | None:
    """A journal that is another dispute's."""
    other = next((entry.ref for entry in entries if entry.ref != ref), None)
    return None if other is None else f"a journal of {other} stands in the place of its own."


def _end(entries: Sequence[Entry], seq: Any, last: Any) -> str | None:
    """What the dispute's own row says against the journal's end: one of its two columns may be spoilt, not both say no.

    A hash that is one, and another than the last entry's, may be of an entry that somebody cut off or wrote anew.
    """
    if last == entries[-1].hash:
        return None
    if isinstance(last, str) and HASH.fullmatch(last):
        return f"the hash of its last entry, {len(entries)}, is not the one that the table disputes holds."
    if isinstance(seq, int) and seq > len(entries):
        return f"entry {len(entries) + 1} is missing: the dispute's own last is {seq}."
    if isinstance(seq, int) and 0 < seq < len(entries):
        return f"entry {seq + 1} was inserted: the dispute's own last is {seq}."
    return None


def _record(pinned: Version, course: Course, entries: Sequence[Entry]) -> DisputeRecord:
    return DisputeRecord(
        ref=course.dispute.ref,
        partnership=pinned.pathway.partnership,
        pathway=pinned.pathway.name,
        version=pinned.pathway.version,
        revision=0,
        state=plain(course.state()),
        last_seq=entries[-1].seq,
        last_hash=entries[-1].hash,
        missed=missed_any(pinned.pathway, entries),
        worklist=worklist_rows(pinned.pathway, course.dispute),
    )


def put_aside(concord: Concord) -> Mapping[str, str]:
    """Every dispute that is set aside, with why."""
    with concord.store.begin(write=False) as tx:
        return tx.timers.put_aside()

"""Whether the tables around one journal hold what executing it again gives. Changes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from engine.application import (
    DisputeRecord,
    Misfit,
    Transaction,
    worklist_rows,
)
from engine.audit import Judged
from engine.course import Course, Lives, Version, exact, plain
from engine.dispute import Entry, Kind, reporters_told, to_json
from engine.errors import ConcordError
from engine.replay import missed_any


def around(
    tx: Transaction, record: DisputeRecord, pinned: Version, judged: Judged, entries: Sequence[Entry]
) -> Iterator[str]:
    """Compare the tables around the journal with what it gives: the first that differs is named."""
    state = plain(judged.course.state()) if judged.course else {}
    if exact(state) not in {exact(record.state), exact(_today(pinned, record.state, entries))}:
        yield f"The table disputes was altered for {record.ref}: the present state is not what its journal gives."
        return
    given = DisputeRecord(
        ref=record.ref,
        partnership=pinned.pathway.partnership,
        pathway=pinned.pathway.name,
        version=record.version,
        revision=entries[-1].seq,
        state=state,
        last_seq=entries[-1].seq,
        last_hash=entries[-1].hash,
        missed=missed_any(pinned.pathway, entries),
        worklist=worklist_rows(pinned.pathway, judged.course.dispute) if judged.course else (),
    )
    stored, derived = tx.integrity.stored(record.ref), tx.integrity.derived(given)
    yield from _ended(tx, record, stored.pop("tasks that are ended"), judged.lives)
    derived["notices"] = sorted(
        [datetime.fromisoformat(e.at), e.data["to"], e.data["message"]] for e in entries if e.kind == Kind.NOTICE_QUEUED
    )
    for place in sorted(stored.keys() | derived.keys()):
        if place not in derived:
            yield altered(place, record.ref, "the journal knows nothing of it")
        elif place not in stored:
            yield altered(place, record.ref, "it is missing")
        elif exact(stored[place]) != exact(derived[place]):
            yield altered(place, record.ref, "the journal gives something else")


def _today(pinned: Version, stored: Mapping[str, Any], entries: Sequence[Entry]) -> Any:
    """A state that an earlier Concord wrote, as this one writes it: a state is a cache, and its form may change."""
    try:
        course = Course.load(pinned, stored)
        course.dispute = reporters_told(course.dispute, pinned.pathway, lambda: entries)
        return plain(course.state())
    except (ConcordError, msgspec.MsgspecError, LookupError, TypeError, ValueError, AttributeError):
        return None


def _ended(
    tx: Transaction, record: DisputeRecord, rows: Mapping[str, Mapping[str, Any]], lives: Lives
) -> Iterator[str]:
    """Each task that is kept as ended stands as it stood when it ended; one that outlived its moment is kept."""
    for key, row in sorted(rows.items()):
        life = lives.found.get(key)
        if life is None or life.over is None:
            yield altered(f"tasks, row {key}", record.ref, "the journal knows nothing of it")
            continue
        stood = (tx.integrity.task_row(to_json(task), record.partnership) | {"status": "ended"} for task in life.last())
        if exact(row) not in set(map(exact, stood)):
            yield altered(f"tasks, row {key}", record.ref, "the journal gives something else")
    for key, life in sorted(lives.found.items()):
        if life.outlived and key not in rows:
            yield altered(f"tasks, row {key}", record.ref, "it is missing")


def misfit(found: Misfit) -> str:
    """A row that is not what it must be, in words."""
    return f"The table {found.table} was altered, row {found.row}: {found.why}."


def altered(place: str, ref: str, why: str) -> str:
    """A place around a dispute that holds something else, in words."""
    table, _, rest = place.partition(", ")
    return f"The table {table} was altered for {ref}{f', {rest}' if rest else ''}: {why}."

"""Verifying the record: each dispute's journal, every table around it, and the signed checkpoints over all of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from engine.application import (
    Concord,
    DisputeRecord,
    DisputeUnknown,
    Glance,
    Misfit,
    NotYours,
    PathwayUnpublished,
    RowUnreadable,
    TextUnreadable,
    Transaction,
    glance,
    misnumbered,
    owner_of,
)
from engine.audit import Judged, Sealed, Verdict, Witness, alone, fingerprint, judge, named, verdict_of, witness
from engine.course import Course, Lives, Version, exact, plain
from engine.dispute import Entry, Kind, Person, may_see, reporters_told, to_json
from engine.errors import ConcordError
from engine.pathway import version_of
from engine.replay import missed_any

__all__ = ["RECORD", "Check", "Checked", "Verdict", "verdict", "verifiable", "verify", "verify_as"]

RECORD = "the record as a whole"


@dataclass
class Check:
    """What one run of verifying knows already: what the checkpoints say, and which versions' files were looked at."""

    witness: Witness
    versions: dict[str, str | None] = field(default_factory=dict)

    def version_fault(self, tx: Transaction, version: str) -> str | None:
        """What is wrong with the stored files of a version."""
        if version not in self.versions:
            try:
                fits = version_of(tx.versions.files(version)) == version
                wrong = None if fits else f"The files of version {version[:12]} are not those that were published."
            except ConcordError as error:
                wrong = str(error)
            self.versions[version] = wrong
        return self.versions[version]


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What verifying one dispute gave, with the newest checkpoint: its number, its instant, its key's fingerprint."""

    verdict: Verdict
    at: datetime
    faults: tuple[str, ...]
    checkpoint: int | None
    checkpoint_at: str | None
    fingerprint: str | None


def verify(
    concord: Concord,
    refs: Sequence[str] | None = None,
    *,
    elsewhere: Sequence[Sealed] = (),
    known: Sequence[str] = (),
) -> Iterator[Verdict]:
    """Verify disputes, or all of them; nothing is changed.

    `elsewhere` are checkpoints that were kept elsewhere, `known` the public keys (hex) that are trusted; without any
    the checkpoints' own are taken. What is wrong beside the disputes comes last, as the record as a whole.
    """
    with concord.store.begin(write=False) as tx:
        wanted = (
            list(refs)
            if refs is not None
            else sorted({ref for ref in (*tx.disputes.references(), *tx.integrity.strays()) if isinstance(ref, str)})
        )
        check = Check(witness=witness(tx.checkpoints.all(), elsewhere, known))
    broken = False
    for ref in wanted:
        try:
            with concord.store.begin(write=False) as tx:
                found = verdict(concord, tx, ref, check)
        except TextUnreadable:
            check.witness.meet(ref, [])
            found = Verdict(ref=ref, entries=0, inputs=0, fault=str(TextUnreadable(ref=ref)))
        broken = broken or found.fault is not None
        yield found
    faults = list(check.witness.faults)
    if refs is None:
        with concord.store.begin(write=False) as tx:
            faults += _whole(tx, check, broken=broken)
    for fault in dict.fromkeys(faults):
        yield Verdict(ref=RECORD, entries=0, inputs=0, fault=fault)


def _whole(tx: Transaction, check: Check, *, broken: bool) -> Iterator[str]:
    """What is wrong beside the disputes; where a value is of another type, what can't be compared then is left out."""
    spelling = list(_misfits(tx))
    yield from spelling
    for asked in (_beside(tx, check.witness), _unused(tx, check), misnumbered(tx), check.witness.gone()):
        try:
            yield from asked
        except (TypeError, ValueError, AttributeError, LookupError):
            if not spelling and not broken:
                raise


def verify_as(concord: Concord, person: Person, ref: str) -> Checked:
    """Verify a dispute for somebody who may see it, against the newest checkpoint; raises DisputeUnknown, NotYours.

    Where what says who may see it is broken itself, only those who oversee the partnership do.
    """
    with concord.store.begin(write=False) as tx:
        _seen(concord, tx, person, ref)
        newest = tx.checkpoints.newest()
        found = alone(newest)
        told_ = verdict(concord, tx, ref, Check(witness=found))
        return Checked(
            verdict=told_,
            at=concord.clock.now(),
            faults=tuple(filter(None, [told_.fault, *found.faults])),
            checkpoint=found.newest.number if found.newest else None,
            checkpoint_at=found.newest.at if found.newest else None,
            fingerprint=fingerprint(newest.public_key) if newest else None,
        )


def verifiable(concord: Concord, person: Person, ref: str) -> bool:
    """Whether a dispute that somebody may verify is closed, as far as can be read; raises DisputeUnknown, NotYours.

    Reads no journal: a record that was altered so that no page can show it can still be verified.
    """
    with concord.store.begin(write=False) as tx:
        looked = _seen(concord, tx, person, ref)
        return looked is not None and looked.dispute.closed is not None


def _seen(concord: Concord, tx: Transaction, person: Person, ref: str) -> Glance | None:
    """A dispute that somebody may see, as far as it can be read; raises DisputeUnknown, NotYours."""
    try:
        looked = glance(concord, tx, ref)
    except (RowUnreadable, PathwayUnpublished, msgspec.ValidationError, KeyError, TypeError, ValueError):
        looked = None
    if looked is None:
        seen = person.oversees and owner_of(tx, ref) == person.partnership
    else:
        seen = may_see(person, looked.dispute, looked.record.partnership)
    if not seen:
        raise NotYours(ref=ref)
    return looked


def verdict(concord: Concord, tx: Transaction, ref: str, check: Check) -> Verdict:
    """Verify one dispute; raises DisputeUnknown."""
    entries: list[Entry] = []
    spelling = [_misfit(each) for each in tx.integrity.misspelled(ref)]
    try:
        entries = tx.journal.entries(ref)
        check.witness.meet(ref, entries)
        record = tx.disputes.get(ref)
        faults = _faults(concord, tx, record, entries, check)
    except TextUnreadable:
        raise
    except RowUnreadable as unreadable:
        check.witness.meet(ref, entries)
        faults = [str(unreadable)]
    except DisputeUnknown:
        tables = tx.integrity.strays().get(ref, ())
        if not entries and not tables:
            raise
        held = ", ".join(tables)
        faults = [f"Dispute {ref} is missing in the table disputes: other tables still hold rows of it ({held})."]
    except (TypeError, ValueError, AttributeError, LookupError):
        if not spelling:
            raise
        entries, faults = [], []
        check.witness.meet(ref, entries)
    return verdict_of(ref, entries, [*spelling, *faults], check.witness)


def _faults(concord: Concord, tx: Transaction, record: DisputeRecord, entries: list[Entry], check: Check) -> list[str]:
    ref = record.ref
    named_version = next((e.data.get("version") for e in entries[:2] if e.kind == Kind.DISPUTE_RAISED), record.version)
    wrong = check.version_fault(tx, str(named_version))
    if wrong is None and named_version != record.version:
        wrong = _altered("disputes, column version", ref, "the journal names another version")
    if wrong is not None:
        return [wrong]
    pinned = concord.version(tx, record.version)
    last = (record.last_seq, record.last_hash)
    judged = judge(ref, entries, tx.journal.texts(ref), pinned, last=last, witness=check.witness)
    faults = list(judged.faults)
    if judged.course is not None and not faults:
        faults += _around(tx, record, pinned, judged, entries)
    return faults


def _around(
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
    )
    stored, derived = tx.integrity.stored(record.ref), tx.integrity.derived(given)
    yield from _ended(tx, record, stored.pop("tasks that are ended"), judged.lives)
    derived["notices"] = sorted(
        [datetime.fromisoformat(e.at), e.data["to"], e.data["message"]] for e in entries if e.kind == Kind.NOTICE_QUEUED
    )
    for place in sorted(stored.keys() | derived.keys()):
        if place not in derived:
            yield _altered(place, record.ref, "the journal knows nothing of it")
        elif place not in stored:
            yield _altered(place, record.ref, "it is missing")
        elif exact(stored[place]) != exact(derived[place]):
            yield _altered(place, record.ref, "the journal gives something else")


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
            yield _altered(f"tasks, row {key}", record.ref, "the journal knows nothing of it")
            continue
        stood = (tx.integrity.task_row(to_json(task), record.partnership) | {"status": "ended"} for task in life.last())
        if exact(row) not in set(map(exact, stood)):
            yield _altered(f"tasks, row {key}", record.ref, "the journal gives something else")
    for key, life in sorted(lives.found.items()):
        if life.outlived and key not in rows:
            yield _altered(f"tasks, row {key}", record.ref, "it is missing")


def _misfit(found: Misfit) -> str:
    return f"The table {found.table} was altered, row {found.row}: {found.why}."


def _altered(place: str, ref: str, why: str) -> str:
    table, _, rest = place.partition(", ")
    return f"The table {table} was altered for {ref}{f', {rest}' if rest else ''}: {why}."


def _beside(tx: Transaction, found: Witness) -> Iterator[str]:
    """The tables beside the journals are as the newest checkpoint saw them, and as each that was kept elsewhere did.

    The newest alone would not do: who owns the database can add one of their own.
    """
    told_: set[str] = set()
    for body in filter(None, [found.newest, *(kept for kept in found.kept if kept != found.newest)]):
        try:
            now: Mapping[str, Any] = tx.integrity.around(datetime.fromisoformat(body.settled))
        except RowUnreadable as unreadable:
            yield str(unreadable)
            return
        for name, seen in sorted(body.beside.items()):
            if name in now and now[name] != seen and name not in told_:
                told_.add(name)
                yield (
                    f"The table {name} is not as {named(body)} saw it: of {seen.rows} rows one was altered, "
                    f"is missing or was inserted; there are {now[name].rows}."
                )


def _misfits(tx: Transaction) -> Iterator[str]:
    """What chains, recorded changes and seals say against the tables beside the journals."""
    try:
        yield from map(_misfit, tx.integrity.misfits())
    except RowUnreadable as unreadable:
        yield str(unreadable)


def _unused(tx: Transaction, check: Check) -> Iterator[str]:
    """The files of versions on which no dispute runs: new ones may, and people read them."""
    for version in tx.versions.all():
        if version not in check.versions and (fault := check.version_fault(tx, version)):
            yield fault

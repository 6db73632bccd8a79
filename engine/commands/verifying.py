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
    NotYours,
    PathwayUnpublished,
    RowUnreadable,
    TextUnreadable,
    Transaction,
    glance,
    misnumbered,
    owner_of,
)
from engine.audit import Sealed, Verdict, Witness, alone, fingerprint, judge, named, verdict_of, witness
from engine.commands.tables_verified import altered, around, misfit
from engine.dispute import ChainBroken, Entry, Person, check_chain, may_see, version_named
from engine.errors import ConcordError
from engine.pathway import version_of

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
    spelling = [misfit(each) for each in tx.integrity.misspelled(ref)]
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
    named_version = version_named(entries, record.version)
    wrong = check.version_fault(tx, str(named_version))
    if wrong is None and named_version != record.version:
        wrong = altered("disputes, column version", ref, "the journal names another version")
    if wrong is not None:
        return [*_altered_there(entries), wrong]
    pinned = concord.version(tx, record.version)
    last = (record.last_seq, record.last_hash)
    judged = judge(ref, entries, tx.journal.texts(ref), pinned, last=last, witness=check.witness)
    faults = list(judged.faults)
    if judged.course is not None and not faults:
        faults += around(tx, record, pinned, judged, entries)
    return faults


def _altered_there(entries: list[Entry]) -> Iterator[str]:
    """What is wrong with the chain of a journal that names no version, or another: that may be why."""
    try:
        check_chain(entries)
    except ChainBroken as broken:
        yield str(broken)


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
        yield from map(misfit, tx.integrity.misfits())
    except RowUnreadable as unreadable:
        yield str(unreadable)


def _unused(tx: Transaction, check: Check) -> Iterator[str]:
    """The files of versions on which no dispute runs: new ones may, and people read them."""
    for version in tx.versions.all():
        if version not in check.versions and (fault := check.version_fault(tx, version)):
            yield fault

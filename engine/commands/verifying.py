"""Verifying the record: each chain, each typed text, and every effect executed again against the pinned version."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.concord import Concord
from engine.errors import ConcordError
from engine.journal import ChainBroken, Entry, Text, check_chain
from engine.records import Transaction
from engine.replay import plain, reexecute


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What verifying one dispute gave; `fault` names the first entry that is wrong, and in what way."""

    ref: str
    entries: int
    inputs: int
    fault: str | None = None


def verify(concord: Concord, refs: Sequence[str] | None = None) -> Iterator[Verdict]:
    """Verify disputes, or all of them; nothing is changed."""
    with concord.store.begin(write=False) as tx:
        wanted = list(refs) if refs is not None else tx.references()
    for ref in wanted:
        with concord.store.begin(write=False) as tx:
            yield verdict(concord, tx, ref)


def verdict(concord: Concord, tx: Transaction, ref: str) -> Verdict:
    """Verify one dispute; raises DisputeUnknown."""
    record = tx.dispute(ref)
    entries = tx.entries(ref)
    inputs = sum(entry.role == "input" for entry in entries)
    fault = _chain(entries) or _texts(entries, tx.texts(ref))
    if fault is None and (len(entries), entries[-1].hash if entries else None) != (record.last_seq, record.last_hash):
        fault = (
            f"The journal ends at entry {len(entries)}, the dispute's own last is {record.last_seq}: it was cut off."
        )
    if fault is None:
        fault = _again(concord, tx, record.version, ref, entries, dict(record.state))
    return Verdict(ref=ref, entries=len(entries), inputs=inputs, fault=fault)


def _chain(entries: list[Entry]) -> str | None:
    try:
        check_chain(entries)
    except ChainBroken as broken:
        return str(broken)
    return None


def _texts(entries: list[Entry], texts: dict[tuple[int, str], Text]) -> str | None:
    """What was typed is as it was typed, or erased; nothing stands there that no entry knows."""
    known = {(entry.seq, name): digest for entry in entries for name, digest in entry.texts.items()}
    for place, text in sorted(texts.items()):
        if known.get(place) != text.digest:
            return f"What was typed in entry {place[0]} ({place[1]}) was altered."
    return None


def _again(
    concord: Concord, tx: Transaction, version: str, ref: str, entries: list[Entry], state: dict[str, object]
) -> str | None:
    """Execute the journal again: every effect, and the state that the dispute has now."""
    try:
        pinned = concord.version(tx, version)
        if pinned.pathway.version != version:
            return f"The files of version {version[:12]} are not those that were published."
        course, difference = reexecute(pinned, ref, entries)
    except ConcordError as error:
        return f"It can't be executed again: {error}"
    if difference is not None:
        return f"Entry {difference.seq} ({difference.kind}) is not what executing the journal again gives."
    if plain(course.state()) != state:
        return "The dispute's present state is not what its journal gives."
    return None

"""The append-only record of a dispute: entries, and the hash chain over them. Knows no database and no workflow."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import msgspec
import rfc8785

from engine.dispute.events import Kind
from engine.dispute.model import Actor, to_json
from engine.errors import ConcordError

FORMAT = 5
"""The format in which entries are written now; what an input of an older one brings about stays as it was."""
GENESIS = "0" * 64
INPUT, EFFECT = "input", "effect"


ALTERED, MISSING, REORDERED, INSERTED, CUT = "altered", "missing", "reordered", "inserted", "cut off at the end"


class ChainBroken(ConcordError):
    """Entry {seq} of {ref} is not as it was written, {way}: {why}."""


@dataclass(frozen=True, kw_only=True)
class Input:
    """Something that a person or a timer did; re-executing the inputs gives the dispute again.

    `v` is the format that it was written in: rules that have changed since are chosen by it, one input at a time.
    """

    kind: str
    at: datetime
    actor: Actor
    element: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    v: int = FORMAT


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Something that an input brought about; `unsaid` follows from what stands before, and is not written."""

    kind: str
    element: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    unsaid: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Text:
    """What a person typed, kept beside the chain so that it can be erased; the chain covers its salted digest."""

    name: str
    salt: str
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 of salt and text."""
        return hashlib.sha256(f"{self.salt}\n{self.text}".encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a journal. `at` is UTC; `hash` covers everything else of it, the previous entry's hash included."""

    v: int
    ref: str
    seq: int
    at: str
    role: str
    kind: str
    element: str | None
    actor: Mapping[str, str]
    data: Mapping[str, Any]
    texts: Mapping[str, str]
    prev: str
    hash: str

    def content(self) -> dict[str, Any]:
        """What the hash covers."""
        return {
            "v": self.v,
            "ref": self.ref,
            "seq": self.seq,
            "at": self.at,
            "role": self.role,
            "kind": self.kind,
            "element": self.element,
            "actor": dict(self.actor),
            "data": dict(self.data),
            "texts": dict(self.texts),
            "prev": self.prev,
        }

    def to_json(self) -> dict[str, Any]:
        """The entry as one JSON object."""
        return self.content() | {"hash": self.hash}


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of an entry's content."""
    return hashlib.sha256(rfc8785.dumps(dict(content))).hexdigest()


def record(
    ref: str, prev: str, seq: int, given: Input, effects: Iterable[Effect]
) -> tuple[list[Entry], list[tuple[int, Text]]]:
    """Write an input and its effects after entry `seq - 1`, whose hash is `prev`; gives entries and texts."""
    texts = [Text(name=name, salt=secrets.token_hex(16), text=text) for name, text in sorted(given.texts.items())]
    actor = to_json(given.actor)
    entries = [
        _entry(
            (ref, given.v),
            prev,
            seq,
            given.at,
            actor,
            (INPUT, given.kind, given.element, given.data),
            {t.name: t.digest for t in texts},
        )
    ]
    for effect in effects:
        last = entries[-1]
        entries.append(
            _entry(
                (ref, given.v),
                last.hash,
                last.seq + 1,
                given.at,
                actor,
                (EFFECT, effect.kind, effect.element, effect.data),
                {},
            )
        )
    return entries, [(seq, text) for text in texts]


def _entry(
    of: tuple[str, int],
    prev: str,
    seq: int,
    at: datetime,
    actor: Mapping[str, str],
    what: tuple[str, str, str | None, Mapping[str, Any]],
    texts: Mapping[str, str],
) -> Entry:
    (ref, v), (role, kind, element, data) = of, what
    content = {
        "v": v,
        "ref": ref,
        "seq": seq,
        "at": to_json(at),
        "role": role,
        "kind": kind,
        "element": element,
        "actor": actor,
        "data": to_json(dict(data)),
        "texts": texts,
        "prev": prev,
    }
    return Entry(**content, hash=digest(content))


def turns(entries: Iterable[Entry]) -> Iterator[tuple[Entry, list[Entry]]]:
    """Each input with the effects that follow it."""
    given: Entry | None = None
    effects: list[Entry] = []
    for entry in entries:
        if entry.role != INPUT:
            effects.append(entry)
            continue
        if given is not None:
            yield given, effects
        given, effects = entry, []
    if given is not None:
        yield given, effects


def version_named(entries: Sequence[Entry], otherwise: str | None = None) -> Any:
    """What a journal names as the version that it runs on; another value where no entry is there that names one."""
    return next((entry.data.get("version") for entry in entries[:2] if entry.kind == Kind.DISPUTE_RAISED), otherwise)


def check_chain(entries: Iterable[Entry], last: int | None = None) -> None:
    """Raise ChainBroken at the first entry that is altered, missing, reordered or inserted.

    `last` is the number of the last entry where it is known from elsewhere: what stands after it was inserted.
    """
    rows = list(entries)
    prev, seq = GENESIS, 1
    for place, entry in enumerate(rows):
        if entry.seq != seq or entry.prev != prev or not sealed(entry) or (last is not None and seq > last):
            at, way, why = _broken(rows, place, prev, seq, last)
            raise ChainBroken(ref=entry.ref, seq=at, way=way, why=why)
        prev, seq = entry.hash, seq + 1


def sealed(entry: Entry, **other: Any) -> bool:
    """Whether an entry's hash fits its content, or fits it with another value in the fields that are named.

    Sorted JSON is the canonical form for nearly all entries and made much faster; where it isn't, that is made.
    """
    content = entry.content() | other
    try:
        quick = hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()
        return quick == entry.hash or digest(content) == entry.hash
    except (rfc8785.CanonicalizationError, TypeError):
        return False


def _broken(rows: Sequence[Entry], place: int, prev: str, seq: int, last: int | None) -> tuple[int, str, str]:
    """What is wrong where the chain breaks: the number of the first wrong entry, in what way, and how one sees it."""
    entry = rows[place]
    if last is not None and seq > last:
        return seq, INSERTED, f"the dispute knows of {last} entries"
    own = next((row for row in rows[place:] if row.prev == prev and sealed(row, seq=seq)), None)
    if own is not None:
        return _displaced(rows, place, seq, own)
    if entry.seq != seq:
        if _copied(rows, place):
            return seq, INSERTED, f"number {entry.seq} stands in its place, a copy of an entry before it"
        return seq, MISSING, f"number {entry.seq} stands in its place"
    return _unlinked(rows, place, seq) if sealed(entry) else _altered(rows, place, prev, seq)


def _unlinked(rows: Sequence[Entry], place: int, seq: int) -> tuple[int, str, str]:
    """An entry that fits its own seal and does not follow from the one before it."""
    if place and place + 1 < len(rows) and rows[place + 1].prev == rows[place].hash:
        return seq - 1, ALTERED, f"it was sealed anew, and entry {seq} does not follow from it"
    return seq, ALTERED, "it does not follow from the entry before it"


def _displaced(rows: Sequence[Entry], place: int, seq: int, own: Entry) -> tuple[int, str, str]:
    """The entry that was written as number `seq` is there, but not where or as it should be."""
    entry = rows[place]
    if own is entry:
        return seq, ALTERED, f"its number was changed to {entry.seq}"
    another = not _copied(rows, place) and any(sealed(entry, seq=other) for other in range(1, len(rows) + 2))
    if entry.seq != seq or another:
        return seq, REORDERED, f"it stands {f'at number {own.seq}' if own.seq != seq else f'after {entry.seq}'}"
    return seq, INSERTED, f"the entry that was written as number {seq} stands at {own.seq}"


def _copied(rows: Sequence[Entry], place: int) -> bool:
    """Whether an entry is a copy of one before it."""
    return any(rows[place].hash == row.hash for row in rows[:place])


def _altered(rows: Sequence[Entry], place: int, prev: str, seq: int) -> tuple[int, str, str]:
    """An entry that stands where it should and does not fit its own seal."""
    entry = rows[place]
    if entry.prev != prev and any(sealed(entry, seq=seq + many) for many in range(1, len(rows) + 2)):
        return seq, MISSING, "those after it were numbered anew"
    if _copied(rows, place):
        return seq, INSERTED, "it is a copy of an entry before it"
    if sealed(entry, prev=prev):
        return seq, ALTERED, "its link to the entry before it was changed"
    if place + 1 < len(rows) and sealed(replace(entry, hash=rows[place + 1].prev)):
        return seq, ALTERED, "its hash was changed"
    return seq, ALTERED, "its content was changed"

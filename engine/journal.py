"""The append-only record of a dispute: entries, and the hash chain over them. Knows no database and no workflow."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import rfc8785

from engine.dispute import Actor, to_json
from engine.errors import ConcordError

FORMAT = 1
GENESIS = "0" * 64
INPUT, EFFECT = "input", "effect"


class ChainBroken(ConcordError):
    """Entry {seq} of {ref} is not as it was written: {why}."""


@dataclass(frozen=True, kw_only=True)
class Input:
    """Something that a person or a timer did; re-executing the inputs gives the dispute again."""

    kind: str
    at: datetime
    actor: Actor
    element: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Something that an input brought about."""

    kind: str
    element: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


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
            ref,
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
                ref, last.hash, last.seq + 1, given.at, actor, (EFFECT, effect.kind, effect.element, effect.data), {}
            )
        )
    return entries, [(seq, text) for text in texts]


def _entry(
    ref: str,
    prev: str,
    seq: int,
    at: datetime,
    actor: Mapping[str, str],
    what: tuple[str, str, str | None, Mapping[str, Any]],
    texts: Mapping[str, str],
) -> Entry:
    role, kind, element, data = what
    content = {
        "v": FORMAT,
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


def check_chain(entries: Iterable[Entry]) -> None:
    """Raise ChainBroken at the first entry that is altered, missing, reordered or inserted."""
    prev, seq = GENESIS, 1
    for entry in entries:
        if entry.seq != seq:
            raise ChainBroken(ref=entry.ref, seq=seq, why=f"number {entry.seq} stands in its place")
        if entry.prev != prev:
            raise ChainBroken(ref=entry.ref, seq=seq, why="it does not follow from the entry before it")
        if digest(entry.content()) != entry.hash:
            raise ChainBroken(ref=entry.ref, seq=seq, why="its content was altered")
        prev, seq = entry.hash, seq + 1

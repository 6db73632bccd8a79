"""Seals over rows that are written without waiting for each other: who looked, and notices that were delivered.

The worker seals what has come since; nobody who looks queues behind a chain. A seal names its rows by number, so one
that is committed late is in the next seal.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, and_, insert, or_, select

from engine.application import Misfit
from engine.store import tables as t
from engine.store.recording import SEALS, head, link, moved

LOOKS, NOTICES = "looks", "notices"
COLUMNS = {
    LOOKS: ("id", "ref", "person", "name", "agency", "what", "at"),
    NOTICES: ("id", "ref", "at", "to", "message", "delivered_at"),
}
RECENT = 20
"""Rows with a smaller number than the last one of this many seals ago are not waited for: they were put in."""
MOST, MANY = 10_000, 500
Span = tuple[int, int]


def seal(connection: Connection, kind: str, at: datetime, ids: Sequence[int]) -> None:
    """Seal these rows as they stand."""
    spans = spans_of(ids)
    last = head(connection, SEALS)
    text, digest = msgspec.json.encode(spans).decode(), _digest(connection, kind, spans)
    content = (last.number + 1, kind, at, text, digest, last.hash)
    hash_ = link(content)
    names = ("number", "kind", "at", "ids", "digest", "prev")
    connection.execute(insert(t.seals).values(dict(zip(names, content, strict=True)) | {"hash": hash_}))
    moved(connection, SEALS, last.number + 1, hash_)


def seal_looks(connection: Connection, at: datetime) -> int:
    """Seal who has looked since; gives how many looks that were."""
    ids = waiting(connection)[:MOST]
    if ids:
        seal(connection, LOOKS, at, ids)
    return len(ids)


def waiting(connection: Connection) -> list[int]:
    """The numbers of the looks that no seal covers yet, in order."""
    c = t.seals.c
    recent = connection.execute(select(c.ids).where(c.kind == LOOKS).order_by(c.number.desc()).limit(RECENT)).scalars()
    spans = sorted(span for text in recent for span in _spans(text))
    high = max((last for _, last in spans), default=0)
    gaps = [n for (_, a), (b, _) in pairwise(spans) for n in range(a + 1, min(b, a + MOST))]
    i = t.looks.c.id
    asked: ColumnElement[bool] = or_(i > high, i.in_(gaps[:MOST])) if gaps else i > high
    return list(connection.execute(select(i).where(asked).order_by(i)).scalars())


def spans_of(ids: Iterable[int]) -> list[Span]:
    """Numbers as spans, each from its first to its last."""
    found: list[Span] = []
    for number in sorted(ids):
        if found and found[-1][1] + 1 == number:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _spans(text: str) -> list[Span]:
    return msgspec.json.decode(text, type=list[Span])


def _digest(connection: Connection, kind: str, spans: Sequence[Span]) -> str:
    table: Table = t.metadata.tables[kind]
    digest = hashlib.sha256()
    for start in range(0, len(spans), RECENT):
        some = or_(*(table.c.id.between(first, last) for first, last in spans[start : start + RECENT]))
        rows = connection.execute(select(*(table.c[name] for name in COLUMNS[kind])).where(some).order_by(table.c.id))
        for row in rows:
            digest.update(msgspec.json.encode(list(row)) + b"\n")
    return digest.hexdigest()


def misfits(connection: Connection) -> Iterator[Misfit]:
    """What is sealed and not as it was sealed, and what stands there that a seal should cover and none does."""
    covered: dict[str, list[int]] = {LOOKS: [], NOTICES: []}
    spans: dict[str, list[Span]] = {LOOKS: [], NOTICES: []}
    for row in connection.execute(select(t.seals).order_by(t.seals.c.number)).all():
        spans[row.kind] += _spans(row.ids)
        if _digest(connection, row.kind, _spans(row.ids)) != row.digest:
            why = f"of the rows that seal {row.number} of {row.at:%Y-%m-%d %H:%M} UTC covers one was altered or is gone"
            yield Misfit(table=row.kind, row=f"rows {row.ids}"[:80], why=why)
    late = set(waiting(connection))
    yield from _doubled(connection, late)
    for kind, found in spans.items():
        found.sort()
        covered[kind] = [first for first, _ in found]
        table: Table = t.metadata.tables[kind]
        due = table.c.delivered_at.is_not(None) if kind == NOTICES else table.c.id == table.c.id
        for number in connection.execute(select(table.c.id).where(due).order_by(table.c.id)).scalars():
            if not _within(number, found, covered[kind]) and (kind == NOTICES or number not in late):
                yield Misfit(table=kind, row=str(number), why="no seal knows of it")


def _doubled(connection: Connection, late: Iterable[int]) -> Iterator[Misfit]:
    """Looks that no seal covers yet and that stand there already: the same person, thing and instant."""
    one, other = t.looks.alias(), t.looks.alias()
    same = [one.c[name] == other.c[name] for name in COLUMNS[LOOKS] if name != "id"]
    ids = sorted(late)
    for start in range(0, len(ids), MANY):
        asked = select(one.c.id).distinct().join_from(one, other, and_(one.c.id != other.c.id, *same))
        for number in connection.execute(asked.where(one.c.id.in_(ids[start : start + MANY]))).scalars():
            yield Misfit(table=LOOKS, row=str(number), why="the very same look stands there already")


def _within(number: Any, spans: Sequence[Span], firsts: Sequence[int]) -> bool:
    place = bisect_right(firsts, number) - 1
    return place >= 0 and spans[place][0] <= number <= spans[place][1]

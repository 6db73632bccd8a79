"""Re-execution: a journal's inputs, applied again to the pinned version, give the dispute again. Knows no store."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from engine.course.decider import Course
from engine.course.version import Version
from engine.dispute import INPUT, Actor, Effect, Entry, Input, Kind, turns
from engine.errors import ConcordError


class JournalEmpty(ConcordError):
    """The journal of {ref} does not begin with its raising, so there is nothing to execute again."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """The first entry that executing the journal again does not give: what was written, and what came out."""

    seq: int
    kind: str
    written: Any
    again: Any


def input_of(entry: Entry) -> Input:
    """The input that an entry wrote down. What was typed is not among it: no course reads it (decision 7)."""
    return Input(
        kind=entry.kind,
        at=datetime.fromisoformat(entry.at),
        actor=msgspec.convert(dict(entry.actor), Actor),
        element=entry.element,
        data=dict(entry.data),
        v=entry.v,
    )


def rebuild(version: Version, ref: str, entries: Iterable[Entry]) -> Course:
    """The course that the journal's inputs give; raises JournalEmpty, and what applying an input raises."""
    course: Course | None = None
    for entry in entries:
        if entry.role == INPUT:
            course, _ = _apply(version, ref, course, entry)
    if course is None:
        raise JournalEmpty(ref=ref)
    return course


def reexecute(
    version: Version, ref: str, entries: Iterable[Entry], seen: Callable[[Entry, Course], None] | None = None
) -> tuple[Course, Difference | None]:
    """Execute a journal again and compare every effect; gives the course and the first entry that differs, or none.

    `seen` is told the course after each input.
    """
    course: Course | None = None
    first: Difference | None = None
    for given, effects in turns(entries):
        try:
            course, again = _apply(version, ref, course, given)
        except ConcordError as error:
            if course is None:
                raise
            return course, Difference(seq=given.seq, kind=given.kind, written=given.to_json(), again=str(error))
        first = first or _compared(given, effects, again)
        if seen is not None:
            seen(given, course)
    if course is None:
        raise JournalEmpty(ref=ref)
    return course, first


def _apply(version: Version, ref: str, course: Course | None, entry: Entry) -> tuple[Course, list[Effect]]:
    given = input_of(entry)
    if course is not None:
        return course, course.apply(given)
    if given.kind != Kind.RAISED:
        raise JournalEmpty(ref=ref)
    return Course.begin(version, ref, given)


def _compared(given: Entry, written: Sequence[Entry], again: Sequence[Effect]) -> Difference | None:
    was, now = (
        [{"kind": e.kind, "element": e.element, "data": e.data} for e in effects] for effects in (written, again)
    )
    if exact(was) == exact(now):
        return None
    for place in range(max(len(was), len(now))):
        old, new = (rows[place] if place < len(rows) else None for rows in (was, now))
        if exact(old) != exact(new):
            return Difference(seq=given.seq + 1 + place, kind=str((old or new or {})["kind"]), written=old, again=new)
    return None


def exact(data: Any) -> bytes:
    """A value as bytes that are equal where the values are, their types too: True is not 1, and 1 is not 1.0."""
    return msgspec.json.encode(data, order="sorted")


def plain(data: Any) -> Any:
    """A value as it stands when it is stored: lists, no tuples."""
    return msgspec.json.decode(msgspec.json.encode(data))

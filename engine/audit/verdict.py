"""What verifying a dispute's journal gives: chain, typed text, checkpoints and re-execution. Knows no store."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.audit.witness import Witness, named
from engine.course import Course, Lives, Version, reexecute
from engine.dispute import ALL_WENT, CUT, INPUT, INSERTED, REASONED, ChainBroken, Entry, Kind, Text, check_chain
from engine.errors import ConcordError

SALT = re.compile("[0-9a-f]{32}")
"""Of this length always: else a text's first lines could be moved into its salt, and the digest would still fit."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What verifying one dispute gave.

    `fault` names the first entry that is wrong, and in what way, and whatever else was found; `erased` the entries that
    erased what was typed, each with the number of texts; `checkpoint` the newest one that knows the dispute and
    `covered` how many of its entries that covers.
    """

    ref: str
    entries: int
    inputs: int
    fault: str | None = None
    erased: tuple[tuple[int, int], ...] = ()
    checkpoint: str | None = None
    covered: int = 0


@dataclass(frozen=True, kw_only=True)
class Judged:
    """The faults of a journal, and the course that it gives where it could be executed again, with its tasks' lives."""

    faults: tuple[str, ...]
    course: Course | None = None
    lives: Lives = field(default_factory=Lives)


def judge(
    ref: str,
    entries: Sequence[Entry],
    texts: Mapping[tuple[int, str], Text],
    version: Version,
    *,
    last: tuple[int, str] | None = None,
    witness: Witness | None = None,
) -> Judged:
    """Check a journal; `last` is the number and hash of its last entry as the dispute's row says them."""
    ended = last[0] if last and isinstance(last[0], int) else None
    try:
        check_chain(entries, ended)
    except ChainBroken as broken:
        return Judged(faults=(str(broken),))
    if ended is not None and len(entries) < ended:
        missing = len(entries) + 1
        return Judged(faults=(f"Entry {missing} of {ref} is missing, {CUT}: the dispute's own last is {ended}.",))
    faults = [*_whole_numbers(ref, entries), *_typed(ref, entries, texts)]
    if last and entries and (entries[-1].seq, entries[-1].hash) != last:
        faults.append(f"What the table disputes holds of {ref} was altered: the hash of its last entry is another.")
    if witness and (told := witness.fault(ref, entries)):
        faults.append(told)
    lives = Lives()
    course, told = _again(ref, entries, version, lives)
    return Judged(faults=(*faults, *([told] if told else [])), course=course, lives=lives)


def _whole_numbers(ref: str, entries: Sequence[Entry]) -> Iterable[str]:
    """A whole number that was entered is written as one: 1.0 has the hash of 1, as RFC 8785 writes both alike."""
    for entry in entries:
        if entry.role == INPUT and any(_pointed(value) for value in entry.data.values()):
            yield f"Entry {entry.seq} of {ref} was altered: a whole number in it is written with a point."
            return


def _pointed(value: Any) -> bool:
    if isinstance(value, float):
        return value.is_integer()
    if isinstance(value, dict):
        return any(_pointed(each) for each in value.values())
    return isinstance(value, list) and any(_pointed(each) for each in value)


def _again(ref: str, entries: Sequence[Entry], version: Version, lives: Lives) -> tuple[Course | None, str | None]:
    """Execute the journal again and compare every effect."""
    if any(entry.ref != ref for entry in entries):
        return None, f"A journal of {entries[0].ref} stands in the place of that of {ref}."
    try:
        course, difference = reexecute(version, ref, entries, lives.see)
    except ConcordError as error:
        return None, f"It can't be executed again: {error}"
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        return None, f"It can't be executed again: {type(error).__name__}, {error}"
    if difference is None:
        return course, None
    return course, (
        f"Entry {difference.seq} ({difference.kind}) of {ref} has a different outcome: "
        "it is not what executing the journal again gives."
    )


def erasures(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that erased what was typed before them."""
    return [entry for entry in entries if entry.role == INPUT and entry.kind == Kind.TEXT_ERASED]


def _typed(ref: str, entries: Sequence[Entry], texts: Mapping[tuple[int, str], Text]) -> Iterable[str]:
    """What was typed is as it was typed, or erased by an entry that says so; nothing stands there that no entry knows.

    The first fault is enough: one text that was altered, that is missing, or that should not be there.
    """
    erased = erasures(entries)
    reasons = {entry.seq for entry in entries if entry.role == INPUT and entry.kind in REASONED}
    known = {(entry.seq, name): digest for entry in entries for name, digest in entry.texts.items()}
    for seq, name in sorted(known.keys() | texts.keys()):
        by = next((e.seq for e in erased if e.seq > seq and (e.v <= ALL_WENT or seq not in reasons)), None)
        text, where = texts.get((seq, name)), f"What was typed in entry {seq} ({name}) of {ref}"
        if (seq, name) not in known:
            yield f"{where} was {INSERTED}: no entry knows of it."
        elif by is not None and text is not None:
            yield f"{where} stands there again, though entry {by} erased it."
        elif by is None and text is None:
            yield f"{where} is missing, and no entry says that it was erased."
        elif text is not None and not (SALT.fullmatch(text.salt) and text.digest == known[seq, name]):
            yield f"{where} was altered."
        else:
            continue
        return


def verdict_of(ref: str, entries: Sequence[Entry], faults: Sequence[str], witness: Witness | None = None) -> Verdict:
    """The verdict on a dispute."""
    covering = witness.covering(ref, entries) if witness else None
    return Verdict(
        ref=ref,
        entries=len(entries),
        inputs=sum(entry.role == INPUT for entry in entries),
        fault=" ".join(dict.fromkeys(faults)) or None,
        erased=tuple((entry.seq, int(_texts_of(entry))) for entry in erasures(entries)) if not faults else (),
        checkpoint=named(covering[0]) if covering else None,
        covered=covering[1] if covering else 0,
    )


def _texts_of(entry: Entry) -> Any:
    count = entry.data.get("texts")
    return count if isinstance(count, int) else 0

"""Numbering disputes: a partnership takes its prefix once, and every number that was given is there."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from engine.application.ports import Transaction
from engine.application.records import RowUnreadable
from engine.dispute import Actor
from engine.pathway import Pathway, PrefixTaken, candidates, numbered, owner, written

TAKEN = "ReferencePrefixTaken"


def reference(tx: Transaction, pathway: Pathway, by: Actor, at: datetime) -> str:
    """The next reference of a partnership, e.g. BIR-2026-0001; raises PrefixTaken."""
    prefix = take_prefix(tx, pathway, by, at)
    return written(prefix, at.year, tx.numbers.next(pathway.partnership, at.year))


def take_prefix(tx: Transaction, pathway: Pathway, by: Actor, at: datetime) -> str:
    """The prefix of a partnership's new disputes: the one that is set, else its own, else a free one, from now its own.

    Raises PrefixTaken where the one that is set is another partnership's.
    """
    partnership, wanted = pathway.partnership, pathway.reference_prefix
    held = {each.prefix: each.partnership for each in tx.numbers.prefixes()}
    own = [prefix for prefix, holder in held.items() if holder == partnership]
    if wanted in own or (own and not wanted):
        return wanted or own[-1]
    for prefix in [wanted] if wanted else candidates(partnership):
        if prefix not in held and tx.numbers.add_prefix(prefix, partnership, at):
            tx.changes.record(at, by, TAKEN, {"partnership": partnership, "prefix": prefix})
            return prefix
        held = {
            each.prefix: each.partnership for each in tx.numbers.prefixes()
        }  # another process may have taken it just now
        if held.get(prefix) == partnership:
            return prefix
    raise PrefixTaken(prefix=wanted, holder=held.get(wanted, ""))


def owner_of(tx: Transaction, ref: str) -> str | None:
    """The partnership whose dispute this is, by the tables; none where no table knows it."""
    named = tx.numbers.partnerships_of([ref]).get(ref)
    try:
        held = {each.prefix: each.partnership for each in tx.numbers.prefixes()}
        return owner(ref, named, held, tx.numbers.given())
    except RowUnreadable:
        return named


def misnumbered(tx: Transaction) -> Iterator[str]:
    """Every number that was given to a dispute is there, none that was not given is, and prefixes are as taken."""
    try:
        yield from _missing(tx)
        yield from _prefixes(tx)
    except RowUnreadable as unreadable:
        yield str(unreadable)


def _missing(tx: Transaction) -> Iterator[str]:
    given, held = tx.numbers.given(), {each.prefix: each.partnership for each in tx.numbers.prefixes()}
    own = tx.numbers.partnerships_of()
    there: dict[tuple[str, int], dict[int, str]] = {}
    for ref in sorted({*own, *tx.integrity.strays()}):
        if (parts := numbered(ref)) and (of := owner(ref, own.get(ref), held, given) or held.get(parts.prefix)):
            there.setdefault((of, parts.year), {})[parts.number] = ref
    for (partnership, year), last in sorted(given.items()):
        kept = there.get((partnership, year), {})
        prefixes = [prefix for prefix, holder in held.items() if holder == partnership] or [partnership]
        for number in range(1, last + 1):
            if number not in kept:
                named = " or ".join(written(prefix, year, number) for prefix in _near(prefixes, kept, number))
                yield f"Dispute {named} is missing altogether: its number was given."
    for series, kept in sorted(there.items()):
        if given.get(series, 0) < max(kept):
            yield f"The table numbers was altered: {kept[max(kept)]} is there, but its number was never given."


def _near(prefixes: list[str], kept: dict[int, str], number: int) -> Iterable[str]:
    """The prefixes that a missing number can have had: that of the numbers before and after it, where they agree."""
    sides = [max((n for n in kept if n < number), default=None), min((n for n in kept if n > number), default=None)]
    found = {parts.prefix for n in sides if n is not None and (parts := numbered(kept[n]))}
    return found if len(found) == 1 and None not in sides else prefixes


def _prefixes(tx: Transaction) -> Iterator[str]:
    """Each prefix was taken by a recorded act, or by the first dispute that an earlier Concord numbered with it."""
    kept = {each.prefix: (each.partnership, each.at) for each in tx.numbers.prefixes()}
    acted = {str(act.data["prefix"]): (act.data["partnership"], act.at) for act in tx.changes.of_kind(TAKEN)}
    used = {(prefix, partnership): at for prefix, partnership, at in tx.numbers.first_uses()}
    for prefix, (partnership, at) in kept.items():
        if (partnership, at) not in (acted.get(prefix), (partnership, used.get((prefix, partnership)))):
            yield f"The table prefixes was altered: nothing says that {partnership} took {prefix} then."
    for prefix, of in acted.items():
        if prefix not in kept:
            yield f"The table prefixes was altered: {prefix}, which {of[0]} took, is missing."
    for prefix, partnership in sorted(used):
        if prefix not in kept and prefix not in acted:
            yield f"The table prefixes was altered: {prefix} of {partnership} is missing."

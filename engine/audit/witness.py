"""What checkpoints say of each dispute, and against a journal that is verified. Knows no database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from engine.audit.checkpoints import Body, CheckpointUnreadable, Sealed, place, signature_fault
from engine.dispute import ALTERED, CUT, GENESIS, INSERTED, REORDERED, Entry


@dataclass
class Witness:
    """What checkpoints say of each dispute, gathered once for all that is verified against them."""

    faults: list[str] = field(default_factory=list)
    newest: Body | None = None
    kept: list[Body] = field(default_factory=list)
    seen: dict[str, dict[tuple[int, str], Body]] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    strangers: set[str] = field(default_factory=set)

    def add(self, body: Body) -> None:
        """Take what a checkpoint says into account."""
        if self.newest is None or body.number >= self.newest.number:
            self.newest = body
        for leaf in body.leaves:
            self.seen.setdefault(leaf.dispute, {})[leaf.seq, leaf.digest] = body

    def meet(self, ref: str, entries: Sequence[Entry]) -> None:
        """Take note that a dispute is there, known or a stranger, whatever is wrong with it."""
        name = place(ref, 1, entries[0].hash) if entries else ""
        if name in self.seen:
            self.met.add(name)
        elif not entries or self._older(entries[0]):
            self.strangers.add(ref)

    def fault(self, ref: str, entries: Sequence[Entry]) -> str | None:
        """What the checkpoints say against a journal whose chain holds: where it differs first, and how."""
        if not entries or self.newest is None:
            return None
        name = place(ref, 1, entries[0].hash)
        if name not in self.seen:
            return self._unknown(ref, entries[0])
        fits = 0
        for (seq, digest), body in sorted(self.seen[name].items(), key=lambda item: (item[0][0], item[1].number)):
            told = f"{named(body)} saw entry {seq}"
            if seq > len(entries):
                return f"Entry {len(entries) + 1} of {ref} is missing, {CUT}: {told}, the journal ends before it."
            if place(ref, seq, entries[seq - 1].hash) != digest:
                span = f"Entry {seq}" if seq == fits + 1 else f"One of the entries {fits + 1} to {seq}"
                return f"{span} of {ref} was {ALTERED} and the chain sealed anew: {told} with another hash."
            fits = max(fits, seq)
        return None

    def _older(self, first: Entry) -> bool:
        """Whether an entry was written before the newest checkpoint, which should know it then."""
        try:
            settled = datetime.fromisoformat(self.newest.settled) if self.newest else None
            return settled is not None and datetime.fromisoformat(first.at) <= settled
        except (ValueError, TypeError):
            return True

    def _unknown(self, ref: str, first: Entry) -> str | None:
        if self.newest is None or not self._older(first):
            return None
        return (
            f"Entry 1 of {ref} was {ALTERED} and the chain sealed anew, or the whole dispute was {INSERTED}: "
            f"{named(self.newest)} was made after it was raised, and does not know it."
        )

    def covering(self, ref: str, entries: Sequence[Entry]) -> tuple[Body, int] | None:
        """The newest checkpoint that knows a dispute, and how many of its entries it covers."""
        known = self.seen.get(place(ref, 1, entries[0].hash), {}) if entries else {}
        found = [(body, seq) for (seq, _), body in known.items()]
        return max(found, key=lambda each: (each[0].number, each[1]), default=None)

    def gone(self) -> list[str]:
        """What the checkpoints knew and verifying every dispute has not met.

        A dispute whose first entry was altered is a stranger, and would be missed as well: each is told once.
        """
        lost = sorted(self.seen.keys() - self.met)
        if len(lost) <= len(self.strangers):
            return []
        told = []
        for name in lost:
            (seq, _), body = max(self.seen[name].items(), key=lambda item: (item[1].number, item[0]))
            told.append(
                f"A dispute is missing altogether: {named(body)} saw {seq} entries of it (named there {name[:16]}…)."
            )
        return told


def named(body: Body) -> str:
    """A checkpoint in words."""
    return f"checkpoint {body.number} of {body.at[:16].replace('T', ' ')} UTC"


def alone(checkpoint: Sealed | None, known: Sequence[str] = ()) -> Witness:
    """What one checkpoint by itself says, its signature checked."""
    found = Witness()
    if checkpoint is not None:
        _heard(found, checkpoint, known)
    return found


def witness(stored: Sequence[Sealed], elsewhere: Sequence[Sealed] = (), known: Sequence[str] = ()) -> Witness:
    """Check the stored checkpoints and those kept elsewhere, and gather what they say; what is altered is not heard."""
    found = Witness()
    before: Sealed | None = None
    for checkpoint in stored:
        expected = before.number + 1 if before else 1
        if checkpoint.number != expected:
            found.faults.append(f"Checkpoint {expected} is missing: number {checkpoint.number} stands in its place.")
        body = _heard(found, checkpoint, known)
        if body and body.number != checkpoint.number:
            found.faults.append(f"Checkpoint {body.number} is {REORDERED}: it stands at number {checkpoint.number}.")
        follows = before.digest if before else GENESIS
        if body and checkpoint.number == expected and body.previous != follows:
            found.faults.append(f"Checkpoint {checkpoint.number} does not follow from the one before it.")
        before = checkpoint
    kept = {each.number: each for each in stored}
    for checkpoint in elsewhere:
        body = _heard(found, checkpoint, known)
        found.kept += [body] if body else []
        if checkpoint.number not in kept:
            found.faults.append(f"Checkpoint {checkpoint.number}, kept elsewhere, is missing in the database.")
        elif kept[checkpoint.number].body != checkpoint.body:
            found.faults.append(f"Checkpoint {checkpoint.number} is not the one that was kept elsewhere.")
    return found


def _heard(found: Witness, checkpoint: Sealed, known: Sequence[str]) -> Body | None:
    fault = signature_fault(checkpoint, known)
    if fault is None:
        try:
            body = checkpoint.read()
        except CheckpointUnreadable as error:
            fault = str(error)
        else:
            found.add(body)
            return body
    found.faults.append(fault)
    return None

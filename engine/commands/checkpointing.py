"""Making signed checkpoints: one when asked, and one a day by the worker that has been given a key."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from engine import working_days as days
from engine.checkpoints import SETTLED, Sealed, fingerprint, private_key, seal
from engine.concord import Concord
from engine.errors import ConcordError
from engine.witness import alone, named


class CheckpointRaced(ConcordError):
    """Somebody else made a checkpoint at the same moment. Make another one if you need your own."""


def make_checkpoint(concord: Concord, key: Path) -> Sealed:
    """Sign where every journal stands, and store it; raises KeyUnreadable, CheckpointRaced."""
    signing = private_key(key)
    with concord.store.begin() as tx:
        at = concord.clock.now()
        before = next(reversed(tx.checkpoints()), None)
        made = seal(signing, at, before, tx.ends(), tx.beside(at - SETTLED))
        if not tx.add_checkpoint(made):
            raise CheckpointRaced
    return made


def checkpoint_of_the_day(concord: Concord, key: Path) -> Sealed | None:
    """Make a checkpoint unless there is one of today, London's date, already.

    One that a wrong clock dated in the future keeps nobody from making the next.
    """
    with concord.store.begin(write=False) as tx:
        newest = tx.newest_checkpoint()
    today = concord.clock.now().astimezone(days.LONDON).date()
    body = alone(newest).newest  # none where the newest was altered: another one is made then
    if body and datetime.fromisoformat(body.at).astimezone(days.LONDON).date() == today:
        return None
    try:
        return make_checkpoint(concord, key)
    except CheckpointRaced:
        return None


def checkpoint_lines(concord: Concord, known: Sequence[str]) -> list[str]:
    """What there is to know about the newest checkpoint, in words."""
    with concord.store.begin(write=False) as tx:
        newest = tx.newest_checkpoint()
    if newest is None:
        return ["There is no checkpoint: nobody could tell if the end of a journal were cut off."]
    body = alone(newest).newest
    if body is None:
        return [f"Checkpoint {newest.number}, the last one, was altered."]
    trusted = "with a key that you gave" if newest.public_key in known else "with the key that it names itself"
    return [
        f"Last: {named(body)}, signed {trusted}",
        f"Fingerprint of its key: {fingerprint(newest.public_key)}",
    ]

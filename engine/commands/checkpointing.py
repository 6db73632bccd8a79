"""Making signed checkpoints: one when asked, and one a day by the worker that has been given a key."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.application import Concord, Transaction
from engine.audit import SETTLED, Sealed, alone, fingerprint, named, private_key, seal
from engine.calendar import working_days as days
from engine.errors import ConcordError


class CheckpointRaced(ConcordError):
    """Somebody else made a checkpoint at the same moment. Make another one if you need your own."""


def make_checkpoint(concord: Concord, key: Path) -> Sealed:
    """Sign where every journal stands, and store it; raises KeyUnreadable, CheckpointRaced."""
    signing = private_key(key)
    with concord.store.begin() as tx:
        return _made(tx, signing, concord.clock.now(), tx.checkpoints.newest())


def checkpoint_of_the_day(concord: Concord, key: Path) -> Sealed | None:
    """Make a checkpoint unless there is one of today, London's date, already.

    One that a wrong clock dated in the future keeps nobody from making the next. Asked without a lock first, and again
    with it: another worker may have made it meanwhile.
    """
    with concord.store.begin(write=False) as tx:
        if _of_day(tx.checkpoints.newest(), concord.clock.now()):
            return None
    signing = private_key(key)
    try:
        with concord.store.begin() as tx:
            at, newest = concord.clock.now(), tx.checkpoints.newest()
            return None if _of_day(newest, at) else _made(tx, signing, at, newest)
    except CheckpointRaced:
        return None


def _of_day(checkpoint: Sealed | None, at: datetime) -> bool:
    """Whether a checkpoint was made on a day; one that was altered was not: another one is made then."""
    body = alone(checkpoint).newest
    return body is not None and _day(datetime.fromisoformat(body.at)) == _day(at)


def _day(at: datetime) -> date:
    return at.astimezone(days.LONDON).date()


def _made(tx: Transaction, signing: Ed25519PrivateKey, at: datetime, before: Sealed | None) -> Sealed:
    made = seal(signing, at, before, tx.integrity.ends(), tx.integrity.around(at - SETTLED))
    if not tx.checkpoints.add(made):
        raise CheckpointRaced
    return made


def checkpoint_lines(concord: Concord, known: Sequence[str]) -> list[str]:
    """What there is to know about the newest checkpoint, in words, and how many looks no seal covers yet."""
    with concord.store.begin(write=False) as tx:
        newest = tx.checkpoints.newest()
        count, since = tx.looks.unsealed()
    told = f"Not yet sealed: {count} looks, the first of {since:%Y-%m-%d %H:%M} UTC." if since else ""
    return [*_about(newest, known), *([told] if told else [])]


def _about(newest: Sealed | None, known: Sequence[str]) -> list[str]:
    if newest is None:
        return ["There is no checkpoint: nobody can tell whether the end of a journal was cut off."]
    body = alone(newest).newest
    if body is None:
        return [f"Checkpoint {newest.number}, the last one, was altered."]
    trusted = "with a key that you gave" if newest.public_key in known else "with the key that it names itself"
    return [
        f"Last: {named(body)}, signed {trusted}",
        f"Fingerprint of its key: {fingerprint(newest.public_key)}",
    ]

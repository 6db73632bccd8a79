"""Signing in with a password, and what ends everybody's sessions of a person: signing out, and a new password."""

import hashlib
import json
import math
import secrets
from dataclasses import dataclass
from datetime import datetime

from engine.application import ADDRESS, FORGOTTEN, FREE, HERE, PERSON, Concord, Transaction, Tried, attempts
from engine.calendar import working_days as days
from engine.dispute import Actor, Person, covering
from engine.errors import ConcordError


class PasswordWrong(ConcordError):
    """Your name and password do not match. Try again, or ask the business manager."""

    person: str = ""


class TriedTooOften(ConcordError):
    """Too many wrong passwords. Try again in {wait}, at {when}."""

    seconds: int


class PasswordMissing(ConcordError):
    """A password can't be empty."""


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A person with the mark of their sessions: it changes when those end, on every device."""

    person: Person
    mark: str


def sign_in(concord: Concord, person_id: str, password: str, address: str = "") -> Person:
    """The person, where the password is theirs; raises PasswordWrong or TriedTooOften.

    Counted before it is known whether it was wrong, so that many tries at once are no more than as many in a row.
    The same work for somebody who does not exist.
    """
    at, keys = concord.clock.now(), attempts.keys(person_id, address)
    with concord.store.begin() as tx:
        counted = _count(tx, keys, at)
        stored = tx.sessions.password_hash(person_id)
    if not password_fits(stored, password):
        raise PasswordWrong(person=person_id if stored else "")
    with concord.store.begin() as tx:
        tx.sessions.forget_attempts([keys[HERE], keys[PERSON]])
        if counted:
            tx.sessions.take_back_attempt(keys[ADDRESS])
        return tx.directory.person(person_id)


def _count(tx: Transaction, keys: dict[str, str], at: datetime) -> bool:
    """Count a try; whether it counts for the person and the address as well. Raises TriedTooOften."""
    tried = tx.sessions.attempts(sorted(keys.values()), at)
    waits = [until for what, key in keys.items() if (until := attempts.waits_until(what, tried[key], at))]
    if waits:
        raise _too_often(max(waits), at)
    here = attempts.standing(tried[keys[HERE]], at)
    further = here < FREE[HERE]
    for what, key in keys.items():
        if what == HERE or further:
            tx.sessions.note_attempt(key, Tried(count=attempts.standing(tried[key], at) + 1, last=at))
    tx.sessions.forget_attempts_before(at - FORGOTTEN)
    return further


def _too_often(until: datetime, at: datetime) -> TriedTooOften:
    seconds = math.ceil((until - at).total_seconds())
    minutes = math.ceil(seconds / 60)
    wait = f"{minutes} minutes" if minutes > 1 else f"{seconds} seconds"
    when = until.astimezone(days.LONDON).strftime("%H:%M:%S" if minutes == 1 else "%H:%M")
    return TriedTooOften(wait=wait, when=when, seconds=seconds)


def signed_in(concord: Concord, person_id: str) -> SignedIn:
    """A person with the mark that their sessions must have now; one statement. Raises PersonUnknown.

    The mark is made of what they may do and of their password: a new password, another agency, other roles end it.
    """
    today = concord.clock.now().astimezone(days.LONDON).date()
    with concord.store.begin(write=False) as tx:
        found = tx.sessions.signed_in(person_id, today)
    person = found.person
    own = [person.partnership, person.agency, person.agency_kind, sorted(person.roles)]
    told = [*own, found.password_hash, found.ended]
    return SignedIn(
        person=covering(person, found.covered), mark=hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]
    )


def sign_out(concord: Concord, person_id: str) -> None:
    """End every session of a person, on every device."""
    with concord.store.begin() as tx:
        tx.sessions.end(person_id)


def change_password(concord: Concord, by: Actor, person_id: str, password: str) -> Person:
    """Give a person another password, which ends their sessions and lets them try at once; raises PersonUnknown."""
    if not password.strip():
        raise PasswordMissing
    at = concord.clock.now()
    with concord.store.begin() as tx:
        person = tx.directory.person(person_id)
        tx.directory.add_person(person, hashed(password))
        tx.sessions.forget_attempts([attempts.keys(person_id, "")[PERSON]])
        told = {"partnership": person.partnership, "person": person.id, "name": person.name}
        tx.changes.record(at, by, "PasswordChanged", told)
        return person


def hashed(password: str) -> str:
    """A salted scrypt hash of a password."""
    salt = secrets.token_bytes(16)
    return f"scrypt${salt.hex()}${hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1).hex()}"


def password_fits(stored: str | None, password: str) -> bool:
    """Whether a password is the one that was hashed; takes as long where there is none."""
    scheme, salt, wanted = (stored or f"scrypt${'00' * 16}$-").split("$")
    given = hashlib.scrypt(password.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1).hex()
    return scheme == "scrypt" and secrets.compare_digest(given, wanted)

"""Passwords, sessions and what was tried in vain."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from sqlalchemy import select

from engine.application import (
    PersonUnknown,
    SignedInRecord,
    Tried,
)
from engine.dispute import Person
from engine.store import signing
from engine.store import tables as t
from engine.store.directory import covered_in
from engine.store.part import Part


class Sessions(Part):
    """Passwords, sessions and what was tried in vain."""

    def password_hash(self, person_id: str) -> str | None:
        """The person's password hash, for sign-in."""
        row = self._one(select(t.people.c.password_hash).where(t.people.c.id == person_id))
        return row.password_hash if row else None

    def signed_in(self, person_id: str, day: date) -> SignedInRecord:
        """One person, and whom they cover that day."""
        rows = signing.signed_in(self.connection, person_id, day)
        if not rows:
            raise PersonUnknown(person=person_id)
        covered = tuple(each for each in map(covered_in, rows) if each)
        told, roles = rows[0], msgspec.json.decode(rows[0].pop("roles"))
        stored, ended = told.pop("password_hash"), int(told.pop("ended"))
        return SignedInRecord(
            person=Person(**told, roles=tuple(roles)), password_hash=stored, ended=ended, covered=covered
        )

    def end(self, person_id: str) -> None:
        """End a person's sessions."""
        signing.end_sessions(self.connection, person_id)

    def attempts(self, keys: Sequence[str], at: datetime) -> dict[str, Tried]:
        """How often each of these, given in order, was tried in vain; locked against others who try."""
        return signing.attempts(self.connection, keys, at)

    def note_attempt(self, key: str, tried: Tried) -> None:
        """Keep how often something was tried in vain."""
        signing.note(self.connection, key, tried)

    def take_back_attempt(self, key: str) -> None:
        """Take back a try that was counted and was not in vain."""
        signing.take_back(self.connection, key)

    def forget_attempts(self, keys: Sequence[str]) -> None:
        """Forget what was tried in vain."""
        signing.forget(self.connection, keys)

    def forget_attempts_before(self, at: datetime) -> None:
        """Forget what was last tried before an instant."""
        signing.forget_before(self.connection, at)

    def has_passwords(self) -> bool:
        """Whether anybody has a password."""
        return self._one(select(t.people.c.id).where(t.people.c.password_hash.is_not(None)).limit(1)) is not None

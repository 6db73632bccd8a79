"""What the use cases need of the store: directory, sessions, settings. Knows no database."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from engine.application.attempts import Tried
from engine.application.records import AbsenceRecord, AwayRecord, SignedInRecord
from engine.dispute import Agency, Person


class Directory(Protocol):
    """Agencies, people, absences and closure days."""

    def people(self, partnership: str) -> list[Person]:
        """The people of a partnership."""
        ...

    def concerned(self, partnership: str, agencies: Iterable[str]) -> list[Person]:
        """The people of these agencies and the partnership's own."""
        ...

    def holding(self, partnership: str, roles: Iterable[str]) -> list[Person]:
        """Those of any agency who hold one of these roles."""
        ...

    def away(self, day: date) -> AwayRecord:
        """Who is absent on a day and until when, and who covers for whom."""
        ...

    def person(self, person_id: str) -> Person:
        """One person; raises PersonUnknown."""
        ...

    def agency(self, agency_id: str) -> Agency | None:
        """One agency, of whatever partnership."""
        ...

    def agencies(self, partnership: str) -> list[Agency]:
        """The agencies of a partnership."""
        ...

    def add_agency(self, agency: Agency, *, replace: bool = True) -> bool:
        """Add an agency, or replace one of the same partnership; false where another one has its id."""
        ...

    def add_person(self, person: Person, password_hash: str | None = None, *, replace: bool = True) -> bool:
        """Add a person, or replace one of the same partnership; false where another one has their id."""
        ...

    def add_absence(self, person_id: str, first: date, last: date, cover: str | None = None) -> None:
        """Note that a person is absent from the first to the last day, and who is asked to cover."""
        ...

    def remove_absences(self, person_id: str, day: date) -> None:
        """A person is back: absences that cover the day end."""
        ...

    def absences(self, partnership: str, day: date) -> list[AbsenceRecord]:
        """The absences in a partnership that end on a day or later, soonest first."""
        ...

    def asked_to_cover(self, person_id: str, day: date) -> list[AbsenceRecord]:
        """The absences that somebody was asked to cover and that are not over on a day, soonest first."""
        ...

    def answer_cover(self, absence: int, *, accepted: bool) -> None:
        """Whoever was asked to cover an absence does, or is asked no more."""
        ...

    def end_absence(self, absence: int, last: date | None) -> None:
        """Move an absence's last day, or take the absence away."""
        ...

    def closures(self, partnership: str) -> list[date]:
        """The extra closure days (T2)."""
        ...

    def closure_reasons(self, partnership: str) -> list[tuple[date, str]]:
        """The extra closure days with their reasons, by day."""
        ...

    def add_closure(self, partnership: str, day: date, reason: str) -> None:
        """Add an extra closure day."""
        ...


class Sessions(Protocol):
    """Passwords, sessions and what was tried in vain."""

    def password_hash(self, person_id: str) -> str | None:
        """The person's password hash, for sign-in."""
        ...

    def signed_in(self, person_id: str, day: date) -> SignedInRecord:
        """One person, and whom they cover that day; raises PersonUnknown."""
        ...

    def end(self, person_id: str) -> None:
        """End a person's sessions."""
        ...

    def attempts(self, keys: Sequence[str], at: datetime) -> dict[str, Tried]:
        """How often each of these, given in order, was tried in vain; locked against others who try."""
        ...

    def note_attempt(self, key: str, tried: Tried) -> None:
        """Keep how often something was tried in vain."""
        ...

    def take_back_attempt(self, key: str) -> None:
        """Take back a try that was counted and was not in vain."""
        ...

    def forget_attempts(self, keys: Sequence[str]) -> None:
        """Forget what was tried in vain."""
        ...

    def forget_attempts_before(self, at: datetime) -> None:
        """Forget what was last tried before an instant."""
        ...

    def has_passwords(self) -> bool:
        """Whether anybody has a password."""
        ...


class Settings(Protocol):
    """Settings of the installation, and which tables it has."""

    def get(self, name: str) -> str | None:
        """A setting of the installation."""
        ...

    def set(self, name: str, value: str) -> None:
        """Change a setting of the installation."""
        ...

    def schema(self) -> tuple[str, ...]:
        """The heads of the migrations that the tables are at; none where there are no tables."""
        ...

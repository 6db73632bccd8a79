"""The people who sign in, and the choices of a demonstration's clock."""

from dataclasses import dataclass
from datetime import UTC, datetime

from engine.application import Concord
from engine.calendar import working_days as days
from engine.dispute import Person
from engine.pathway import Offices


def sign_in_people(concord: Concord) -> list[Person]:
    """Everybody, for the demonstration's sign-in page."""
    with concord.store.begin(write=False) as tx:
        return [p for partnership in tx.versions.partnerships() for p in tx.directory.people(partnership)]


def offices_everywhere(concord: Concord) -> dict[str, Offices]:
    """The roles and kinds of agencies of each partnership, for the pages of a demonstration that show them all."""
    with concord.store.begin(write=False) as tx:
        return {partnership: concord.offices(tx, partnership) for partnership in tx.versions.partnerships()}


def person_named(concord: Concord, person_id: str) -> Person:
    """One person; raises PersonUnknown."""
    with concord.store.begin(write=False) as tx:
        return tx.directory.person(person_id)


@dataclass(frozen=True, kw_only=True)
class ClockChoices:
    """To where the clock of a demonstration can be moved on."""

    now: datetime
    next_due: datetime | None
    next_working_day: datetime


def clock_choices(concord: Concord) -> ClockChoices:
    """Give the present instant, the next at which something fires, and this time of day on the next working day."""
    with concord.store.begin(write=False) as tx:
        soonest = tx.timers.next_due()
    now = concord.clock.now()
    local = now.astimezone(days.LONDON)
    ends = days.end_of_working_day(now, 1, days.calendar_for(now)).astimezone(days.LONDON)
    return ClockChoices(
        now=now, next_due=soonest, next_working_day=datetime.combine(ends.date(), local.timetz()).astimezone(UTC)
    )

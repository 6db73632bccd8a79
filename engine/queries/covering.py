"""For whom somebody covers, or was asked to."""

from dataclasses import dataclass

from engine.application import AbsenceRecord, Concord
from engine.calendar import working_days as days
from engine.dispute import Person


@dataclass(frozen=True, kw_only=True)
class CoverLine:
    """An absence that somebody covers or was asked to cover; `now` once it has begun."""

    absence: AbsenceRecord
    away: Person
    now: bool


def asked_to_cover(concord: Concord, person: Person) -> tuple[CoverLine, ...]:
    """The absences that this person covers or was asked to cover, soonest first; those that are over are not."""
    with concord.store.begin(write=False) as tx:
        today = concord.clock.now().astimezone(days.LONDON).date()
        return tuple(
            CoverLine(absence=each, away=tx.directory.person(each.person), now=each.first <= today)
            for each in tx.directory.asked_to_cover(person.id, today)
        )

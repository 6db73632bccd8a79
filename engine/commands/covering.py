"""Covering for a colleague who is away: whoever was asked says whether they do; until then nobody covers (E8)."""

from datetime import date, datetime

from engine.application import AbsenceRecord, Concord, PersonUnknown, Transaction
from engine.calendar import working_days as days
from engine.commands.keeping import Kept, kept_once
from engine.dispute import Person


class CoverOver(PersonUnknown):
    """You are not asked to cover this absence, or it was ended meanwhile."""


def answer_cover(concord: Concord, by: Person, command_id: str, absence: int, *, accepted: bool) -> Kept:
    """Say whether one covers for a colleague, or no longer does; raises CoverOver. Gives whose absence it is."""

    def change(tx: Transaction, at: datetime) -> Kept:
        found = _asked(tx, by, absence, at.astimezone(days.LONDON).date())
        away = tx.directory.person(found.person)
        if found.accepted != accepted or not accepted:
            tx.directory.answer_cover(absence, accepted=accepted)
            told = {"person": away.id, "name": away.name, "cover": by.id, "cover_name": by.name}
            more = {"partnership": by.partnership, "first": found.first, "last": found.last}
            tx.changes.record(at, by.actor, "CoverAccepted" if accepted else "CoverRefused", told | more)
        return Kept(id=away.id, name=away.name)

    return kept_once(concord, command_id, change)


def _asked(tx: Transaction, by: Person, absence: int, today: date) -> AbsenceRecord:
    found = next((each for each in tx.directory.asked_to_cover(by.id, today) if each.id == absence), None)
    if found is None:
        raise CoverOver(person=by.id)
    return found

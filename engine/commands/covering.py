"""Covering for a colleague who is away: whoever was asked says whether they do; until then nobody covers (E8)."""

from datetime import date

from engine.application import AbsenceRecord, Concord, PersonUnknown, Transaction
from engine.calendar import working_days as days
from engine.commands.keeping import Kept
from engine.dispute import Person


class CoverOver(PersonUnknown):
    """You are not asked to cover this absence, or it was ended meanwhile."""


def answer_cover(concord: Concord, by: Person, command_id: str, absence: int, *, accepted: bool) -> Kept:
    """Say whether one covers for a colleague, or no longer does; raises CoverOver. Gives whose absence it is."""
    with concord.store.begin() as tx:
        done = tx.commands.done(command_id)
        if done is not None:
            return Kept(id=str(done.get("id", "")), name=str(done.get("name", "")), repeated=True)
        at = concord.clock.now()
        found = _asked(tx, by, absence, at.astimezone(days.LONDON).date())
        away = tx.directory.person(found.person)
        if found.accepted != accepted or not accepted:
            tx.directory.answer_cover(absence, accepted=accepted)
            told = {"person": away.id, "name": away.name, "cover": by.id, "cover_name": by.name}
            more = {"partnership": by.partnership, "first": found.first, "last": found.last}
            tx.changes.record(at, by.actor, "CoverAccepted" if accepted else "CoverRefused", told | more)
        tx.commands.remember(command_id, "", at, {"id": away.id, "name": away.name})
        return Kept(id=away.id, name=away.name)


def _asked(tx: Transaction, by: Person, absence: int, today: date) -> AbsenceRecord:
    found = next((each for each in tx.directory.asked_to_cover(by.id, today) if each.id == absence), None)
    if found is None:
        raise CoverOver(person=by.id)
    return found

"""The record of looking: who opened which dispute, and what of it, when; and who tried to and was refused."""

from collections.abc import Sequence
from datetime import timedelta

from engine.application import Concord, DisputeUnknown, Look, RowUnreadable, StoreUnavailable
from engine.dispute import Person, dispute_from_json, may_see

OPERATOR = "the operator of Concord"
ONE_LOOK = timedelta(minutes=15)
"""So long the same person at the same thing is looking once [local]."""
REFUSED = "refused "
"""What a try that was refused begins with."""
PATIENCE = 2.0
"""So many seconds whoever looks waits for somebody who writes; what could not be noted by then is noted next."""


def note_look(concord: Concord, person: Person, ref: str, what: str, *, patience: float = PATIENCE) -> None:
    """Note that somebody looked at a dispute's page, its replay, an export …; a list has no reference.

    Most looks are noted already: reading that first keeps them off the database's one write lock. Nobody queues
    behind whoever holds it: a look that can't be written within a moment is kept and written with the next.
    """
    at = concord.clock.now()
    with concord.store.begin(write=False) as tx:
        known = tx.looks.looked(person.id, ref, what, at - ONE_LOOK) or concord.waits_to_be_noted(
            person.id, ref, what, at - ONE_LOOK
        )
    look = Look(ref=ref, person=person.id, name=person.name, agency=person.agency_name, what=what, at=at)
    write_looks(concord, [] if known else [look], patience)


def note_refused(concord: Concord, person: Person, ref: str, what: str, *, told_why: bool = True) -> None:
    """Note that somebody tried to open something of a dispute and was refused; nothing where there is no such dispute.

    `told_why` is false where it was said that there is nothing: that is a refusal to whoever may not see it alone.
    """
    with concord.store.begin(write=False) as tx:
        try:
            record = tx.disputes.get(ref)
            seen = may_see(person, dispute_from_json(record.state["dispute"]), record.partnership)
        except DisputeUnknown:
            return
        except (RowUnreadable, LookupError, TypeError, ValueError):
            seen = False
    if told_why or not seen:
        note_look(concord, person, ref, f"{REFUSED}{what}")


def write_looks(concord: Concord, looks: Sequence[Look], patience: float = PATIENCE) -> None:
    """Write these looks and those that wait to be noted; where the database is held, all of them wait."""
    wanted = [*concord.take_looks(), *looks]
    if not wanted:
        return
    try:
        with concord.store.begin(patience=patience) as tx:
            for look in wanted:
                tx.looks.note(look)
    except StoreUnavailable:
        concord.keep_looks(wanted)


def note_operator(concord: Concord, ref: str, what: str) -> None:
    """Note that whoever runs Concord took something at the command line, where nobody signs in."""
    with concord.store.begin() as tx:
        tx.looks.note(Look(ref=ref, person="operator", name=OPERATOR, agency="", what=what, at=concord.clock.now()))


def seal_looks(concord: Concord) -> int:
    """Seal who has looked since the last seal; gives how many looks that were. Takes no lock where there are none."""
    with concord.store.begin(write=False, patience=PATIENCE) as tx:
        if not tx.looks.unsealed()[0]:
            return 0
    with concord.store.begin(patience=PATIENCE) as tx:
        return tx.looks.seal(concord.clock.now())

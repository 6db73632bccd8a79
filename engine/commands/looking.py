"""The record of looking: who opened which dispute, and what of it, when."""

from datetime import timedelta

from engine.concord import Concord
from engine.directory import Person
from engine.records import Look

OPERATOR = "the operator of Concord"
ONE_LOOK = timedelta(minutes=15)
"""So long the same person at the same thing is looking once [local]."""


def note_look(concord: Concord, person: Person, ref: str, what: str) -> None:
    """Note that somebody looked at a dispute's page, its replay, an export …; a list has no reference.

    Most looks are noted already: reading that first keeps them off the database's one write lock.
    """
    at = concord.clock.now()
    with concord.store.begin(write=False) as tx:
        if tx.looked(person.id, ref, what, at - ONE_LOOK):
            return
    look = Look(ref=ref, person=person.id, name=person.name, agency=person.agency_name, what=what, at=at)
    with concord.store.begin() as tx:
        tx.look(look)


def note_operator(concord: Concord, ref: str, what: str) -> None:
    """Note that whoever runs Concord took something at the command line, where nobody signs in."""
    with concord.store.begin() as tx:
        tx.look(Look(ref=ref, person="operator", name=OPERATOR, agency="", what=what, at=concord.clock.now()))

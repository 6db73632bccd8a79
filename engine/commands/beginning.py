"""Beginning to raise a dispute and coming back to it: nobody else reads it, and it is no record of anything."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from engine.application import BegunRecord, Concord
from engine.commands.tasks import not_too_long
from engine.dispute import Person

KEPT = timedelta(days=30)


def keep_begun(concord: Concord, by: Person, typed: Mapping[str, Sequence[str]]) -> None:
    """Keep what somebody has typed to raise a dispute, until they raise it, for thirty days at the most.

    Raises DraftTooLong.
    """
    not_too_long(text for texts in typed.values() for text in texts)
    with concord.store.begin() as tx:
        tx.drafts.begin(BegunRecord(person=by.id, at=concord.clock.now(), typed=typed))


def throw_away_begun(concord: Concord, by: Person) -> None:
    """Forget what somebody had begun to raise: they do not want it any more."""
    with concord.store.begin() as tx:
        tx.drafts.forget_begun(by.id)


def forget_begun(concord: Concord) -> int:
    """Forget what was begun more than thirty days ago, by whomever; gives how many there were."""
    with concord.store.begin() as tx:
        return tx.drafts.forget_begun_before(concord.clock.now() - KEPT)

"""Following a dispute: it is on one's list of those, whatever one has to do in it. Nobody else sees it."""

from engine.application import Concord, opened
from engine.dispute import Person


def follow(concord: Concord, by: Person, ref: str, *, on: bool = True) -> None:
    """Follow a dispute, or no longer, as often as one likes; raises DisputeUnknown or NotYours."""
    with concord.store.begin() as tx:
        opened(concord, tx, by, ref)
        tx.worklists.follow(by.id, ref, on=on)

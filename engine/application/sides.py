"""For whom of a dispute's sides somebody acts. Knows no store."""

from engine.dispute import PARTNERSHIP, RAISING, RECEIVING, Dispute, Person, sides_of
from engine.errors import ConcordError

PARTIES = (RAISING, RECEIVING, PARTNERSHIP)


class SideWrong(ConcordError):
    """Only {who} may do this."""


def sided(by: Person, dispute: Dispute, only: tuple[str, ...] = PARTIES) -> None:
    """Raise SideWrong unless a person acts for one of these sides; who only looks, acts for none."""
    if not sides_of(by, dispute) & set(only):
        raise SideWrong(
            who=" or ".join(f"the {side} side" if side != PARTNERSHIP else "the partnership" for side in only)
        )

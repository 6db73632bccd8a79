"""What a database is, a demonstration or a real one: written when it is made, and asked whenever it is opened."""

from engine.application.context import Concord
from engine.application.ports import Transaction
from engine.errors import ConcordError

REAL, DEMONSTRATION = "real", "demonstration"
KIND, DEMO_CLOCK, DEMO_BUILDER = "kind", "demo_clock_offset_seconds", "demo"


class DatabaseUnfit(ConcordError):
    """This process and its database do not fit each other."""


class IsDemonstration(DatabaseUnfit):
    """This database is a demonstration: everybody in it is made up, and anybody signs in as anybody.

    Open it by `serve --demo`, or name another database in DATABASE_URL for real work.
    """


class IsReal(DatabaseUnfit):
    """This database is a real one, and a demonstration would add made-up disputes to it and let anybody in.

    Open it by `serve`. For the demonstration leave DATABASE_URL out, or name another database there.
    """


class SchemaMovedOn(DatabaseUnfit):
    """The tables of this database are those of another release of Concord ({found}, not {wanted}). Start that one."""


def refuse_unfit(found: str | None, wanted: str | None) -> None:
    """Refuse a database of the other kind; raises IsReal or IsDemonstration. One of no kind yet fits either."""
    if None not in (found, wanted) and found != wanted:
        raise IsReal if found == REAL else IsDemonstration


def kind_of(tx: Transaction) -> str | None:
    """What a database is: as it is marked; one of before by who is in it; none where nobody has made it anything yet.

    Of before: real where somebody has a password, a demonstration where the demonstration's builder was at work.
    """
    marked = tx.settings.get(KIND)
    if marked in {REAL, DEMONSTRATION}:
        return marked
    if tx.sessions.has_passwords():
        return REAL
    if tx.settings.get(DEMO_CLOCK) is not None or tx.changes.acted(DEMO_BUILDER):
        return DEMONSTRATION
    return None


def still_fits(concord: Concord) -> None:
    """Look whether a database is still what a process that runs on has opened; raises DatabaseUnfit where it is not.

    Two short statements: to be asked once in a while, not on every page.
    """
    with concord.store.begin(write=False) as tx:
        if (found := tx.settings.schema()) != concord.store.head:
            raise SchemaMovedOn(found=", ".join(found) or "none", wanted=", ".join(concord.store.head))
        refuse_unfit(tx.settings.get(KIND), concord.kind)

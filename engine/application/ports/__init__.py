"""What the use cases need of a store; engine/store implements it: one protocol for each noun. Knows no database."""

from contextlib import AbstractContextManager
from typing import Protocol

from engine.application.ports.disputes import Disputes, Drafts, Notices, Numbers, Tasks, Worklists
from engine.application.ports.people import Directory, Sessions, Settings
from engine.application.ports.record import Changes, Checkpoints, Integrity, Journal, Looks
from engine.application.ports.running import Commands, Timers, Versions, Workers


class Transaction(Protocol):
    """One transaction: everything written in it is committed together or not at all.

    `unreadable` are the disputes that its lists went past since something of them can't be read.
    """

    unreadable: list[str]

    @property
    def commands(self) -> Commands:
        """Commands that were carried out, so that none is carried out twice."""
        ...

    @property
    def disputes(self) -> Disputes:
        """Disputes as rows: locked, read, stored, listed and searched."""
        ...

    @property
    def worklists(self) -> Worklists:
        """What is open, as somebody's day asks for it."""
        ...

    @property
    def numbers(self) -> Numbers:
        """References: prefixes of partnerships, and the numbers that were given."""
        ...

    @property
    def journal(self) -> Journal:
        """Journals and what was typed beside them."""
        ...

    @property
    def integrity(self) -> Integrity:
        """What stands around the journals, against what must stand there."""
        ...

    @property
    def checkpoints(self) -> Checkpoints:
        """Signed checkpoints."""
        ...

    @property
    def notices(self) -> Notices:
        """Notices that were queued, and delivering them."""
        ...

    @property
    def tasks(self) -> Tasks:
        """Tasks as rows, in step with the disputes."""
        ...

    @property
    def drafts(self) -> Drafts:
        """What was typed and not sent."""
        ...

    @property
    def timers(self) -> Timers:
        """What is due, and who fires it."""
        ...

    @property
    def workers(self) -> Workers:
        """The workers and their heartbeat."""
        ...

    @property
    def looks(self) -> Looks:
        """Who looked at what."""
        ...

    @property
    def versions(self) -> Versions:
        """Published versions, their files and their proofs."""
        ...

    @property
    def directory(self) -> Directory:
        """Agencies, people, absences and closure days."""
        ...

    @property
    def sessions(self) -> Sessions:
        """Passwords, sessions and what was tried in vain."""
        ...

    @property
    def changes(self) -> Changes:
        """Changes of live data, each recorded with the rows that it left."""
        ...

    @property
    def settings(self) -> Settings:
        """Settings of the installation, and which tables it has."""
        ...


class Store(Protocol):
    """Where everything is kept."""

    def begin(self, *, write: bool = True, patience: float | None = None) -> AbstractContextManager[Transaction]:
        """A transaction: committed when the block ends, rolled back when it raises. May raise StoreUnavailable.

        With `patience` it waits for no lock longer than so many seconds.
        """
        ...

    def current(self) -> bool:
        """Whether the tables are those of this version of Concord."""
        ...

    @property
    def head(self) -> tuple[str, ...]:
        """The heads of the migrations that this release's code is for."""
        ...

    def forget(self) -> None:
        """See to it that what was deleted stands nowhere beside the tables either, as far as can be done at once."""
        ...

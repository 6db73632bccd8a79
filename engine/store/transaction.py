"""One transaction on the tables: each noun's statements, by the noun."""

from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from engine.store.access_log import Looks
from engine.store.changes import Changes
from engine.store.commands import Commands
from engine.store.directory import Directory
from engine.store.disputes import Disputes
from engine.store.integrity import Integrity
from engine.store.journal import Checkpoints, Journal
from engine.store.notices import Notices
from engine.store.numbers import Numbers
from engine.store.sessions import Sessions
from engine.store.settings import Settings
from engine.store.tasks import Drafts, Tasks
from engine.store.timers import Timers, Workers
from engine.store.versions import Versions
from engine.store.worklists import Worklists


class SqlTransaction:
    """The statements of one transaction; nothing here commits.

    `touched` are the rows beside the journals that were changed and that no change records yet, `unreadable` the
    references of disputes of which something could not be read.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.sqlite = connection.dialect.name == "sqlite"
        self.unreadable: list[str] = []
        self.touched: dict[tuple[str, tuple[Any, ...]], None] = {}

    @cached_property
    def commands(self) -> Commands:
        """Commands that were carried out, so that none is carried out twice."""
        return Commands(self)

    @cached_property
    def disputes(self) -> Disputes:
        """Disputes as rows: locked, read, stored, listed and searched."""
        return Disputes(self)

    @cached_property
    def worklists(self) -> Worklists:
        """What is open, as somebody's day asks for it."""
        return Worklists(self)

    @cached_property
    def numbers(self) -> Numbers:
        """References: prefixes of partnerships, and the numbers that were given."""
        return Numbers(self)

    @cached_property
    def journal(self) -> Journal:
        """Journals and what was typed beside them."""
        return Journal(self)

    @cached_property
    def integrity(self) -> Integrity:
        """What stands around the journals, against what must stand there."""
        return Integrity(self)

    @cached_property
    def checkpoints(self) -> Checkpoints:
        """Signed checkpoints."""
        return Checkpoints(self)

    @cached_property
    def notices(self) -> Notices:
        """Notices that were queued, and delivering them."""
        return Notices(self)

    @cached_property
    def tasks(self) -> Tasks:
        """Tasks as rows, in step with the disputes."""
        return Tasks(self)

    @cached_property
    def drafts(self) -> Drafts:
        """What was typed and not sent."""
        return Drafts(self)

    @cached_property
    def timers(self) -> Timers:
        """What is due, and who fires it."""
        return Timers(self)

    @cached_property
    def workers(self) -> Workers:
        """The workers and their heartbeat."""
        return Workers(self)

    @cached_property
    def looks(self) -> Looks:
        """Who looked at what."""
        return Looks(self)

    @cached_property
    def versions(self) -> Versions:
        """Published versions, their files and their proofs."""
        return Versions(self)

    @cached_property
    def directory(self) -> Directory:
        """Agencies, people, absences and closure days."""
        return Directory(self)

    @cached_property
    def sessions(self) -> Sessions:
        """Passwords, sessions and what was tried in vain."""
        return Sessions(self)

    @cached_property
    def changes(self) -> Changes:
        """Changes of live data, each recorded with the rows that it left."""
        return Changes(self)

    @cached_property
    def settings(self) -> Settings:
        """Settings of the installation, and which tables it has."""
        return Settings(self)

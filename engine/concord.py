"""What every use case is handed: the store, the clock and the versions that have been parsed."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Lock

from engine.clock import Clock
from engine.course import Version
from engine.execution import Executor
from engine.pathway import Pathway, read_pathway
from engine.records import Look, Store, Transaction


class Concord:
    """Store, clock and parsed versions; made once by run.py, shared by all requests."""

    def __init__(self, *, store: Store, clock: Clock, compiler: Callable[[Pathway], Executor]) -> None:
        self.store = store
        self.clock = clock
        self.compiler = compiler
        self._versions: dict[str, Version] = {}
        self._lock = Lock()
        self._looks: list[Look] = []  # that the database was too busy to take

    def version(self, tx: Transaction, digest: str) -> Version:
        """A version by its hash, parsed once and kept."""
        with self._lock:
            if digest not in self._versions:
                files = tx.files(digest)
                main = Path(next(name for name in files if name.endswith(".bpmn")))
                self._versions[digest] = self.compiled(read_pathway(files, main.parent.name, main.stem))
            return self._versions[digest]

    def compiled(self, pathway: Pathway) -> Version:
        """A pathway ready to run."""
        return Version(pathway=pathway, executor=self.compiler(pathway))

    def keep_looks(self, looks: Sequence[Look]) -> None:
        """Keep looks that could not be written just now."""
        with self._lock:
            self._looks = [*looks, *self._looks]

    def take_looks(self) -> list[Look]:
        """Take the looks that wait to be written."""
        with self._lock:
            taken, self._looks = self._looks, []
        return taken

    def waits_to_be_noted(self, person: str, ref: str, what: str, since: datetime) -> bool:
        """Whether such a look waits to be written."""
        with self._lock:
            return any((x.person, x.ref, x.what) == (person, ref, what) and x.at > since for x in self._looks)

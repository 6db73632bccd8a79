"""What every use case is handed: the store, the clock and the versions that have been parsed."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from engine.clock import Clock
from engine.course import Version
from engine.execution import Executor
from engine.pathway import Pathway, read_pathway
from engine.records import Store, Transaction


class Concord:
    """Store, clock and parsed versions; made once by run.py, shared by all requests."""

    def __init__(self, *, store: Store, clock: Clock, compiler: Callable[[Pathway], Executor]) -> None:
        self.store = store
        self.clock = clock
        self.compiler = compiler
        self._versions: dict[str, Version] = {}
        self._lock = Lock()

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

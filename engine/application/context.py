"""What every use case is handed: the store, the clock and the versions that have been parsed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import reduce
from pathlib import Path
from threading import Lock

from engine.application.ports import Store, Transaction
from engine.application.records import Look
from engine.calendar import Clock
from engine.course import Executor, Version
from engine.pathway import Offices, Pathway, read_pathway, usual_offices
from engine.proof import Proof
from engine.proof import result as proof_result


class Concord:
    """Store, clock and parsed versions; made once by run.py, shared by all requests."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        compiler: Callable[[Pathway], Executor],
        prover: Callable[[Pathway], Proof],
        kind: str | None = None,
    ) -> None:
        self.store = store
        self.clock = clock
        self.compiler = compiler
        self.prover = prover
        self.kind = kind
        self._versions: dict[str, Version] = {}
        self._lock = Lock()
        self._looks: list[Look] = []  # that the database was too busy to take

    def version(self, tx: Transaction, digest: str) -> Version:
        """A version by its hash, parsed once and kept."""
        with self._lock:
            if digest not in self._versions:
                files = tx.versions.files(digest)
                main = Path(next(name for name in files if name.endswith(".bpmn")))
                read = read_pathway(files, main.parent.name, main.stem, reader=tx.versions.reader(digest))
                self._versions[digest] = self.compiled(replace(read, unproven=_unproven(tx, digest)))
            return self._versions[digest]

    def published(self, tx: Transaction, partnership: str) -> dict[str, Version]:
        """The current version of each pathway of a partnership, on which new disputes run: the main one first."""
        return {name: self.version(tx, digest) for name, digest in tx.versions.pathways(partnership).items()}

    def offices(self, tx: Transaction, partnership: str) -> Offices:
        """The roles and kinds of agencies of a partnership: of what it has published, the usual ones before that."""
        listed = [version.pathway.offices for version in self.published(tx, partnership).values()]
        return reduce(Offices.joined, listed) if listed else usual_offices()

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

    def proof(self, pathway: Pathway) -> Proof:
        """The proof of a pathway: the one that is known under its version and the prover's number, else a new one."""
        with self.store.begin(write=False) as tx:
            known = _known(tx, pathway.version)
        if known is not None:
            return known
        made = self.prover(pathway)
        with self.store.begin() as tx:
            tx.versions.keep_proof(pathway.version, proof_result.PROVER, proof_result.kept(made))
        return made


def _known(tx: Transaction, version: str) -> Proof | None:
    text = tx.versions.proof(version, proof_result.PROVER)
    return proof_result.read(text) if text is not None else None


def _unproven(tx: Transaction, version: str) -> str:
    """Why a version was published without a proof; nothing where this prover has found since that it holds."""
    reason = tx.versions.unproven(version)
    known = _known(tx, version) if reason else None
    return "" if known is not None and not known.broken else reason

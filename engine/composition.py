"""Puts the engine together: store, clock and SpiffWorkflow behind one object. The only module that knows all three."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from engine.application import KIND, REAL, Concord, kind_of, refuse_unfit
from engine.calendar import Clock, SystemClock
from engine.commands.filling import fill_worklists
from engine.course import Executor, Version
from engine.errors import ConcordError
from engine.exports import bundle
from engine.exports.bundle_check import BundleVerdict, checked, fits
from engine.pathway import Pathway, read_folder, read_pathway
from engine.proof import Proof, prove, shipped
from engine.spiff import DiagramExecutor, compile_diagram
from engine.store import Database, grants

__all__ = ["check_bundle", "executable", "executor", "grants", "open_concord", "proven", "proven_once", "version_from"]


def executor(pathway: Pathway) -> Executor:
    """What runs a pathway."""
    names = pathway.closed_names | pathway.names_read
    return DiagramExecutor(compile_diagram(pathway.diagram, names, counting=pathway.reader > 2))


def proven(pathway: Pathway) -> Proof:
    """Prove a pathway, on an executor that knows no name but those that were answered: none may be read too early."""
    strict = DiagramExecutor(compile_diagram(pathway.diagram, frozenset({"stage"})))
    return prove(Version(pathway=pathway, executor=strict))


@cache
def _known() -> dict[str, Proof]:
    """Proofs by version: those of what ships, and what this process has proven since."""
    return shipped()


def proven_once(pathway: Pathway) -> Proof:
    """The same, once for a version: its files are all that a proof depends on."""
    known = _known()
    if pathway.version not in known:
        known[pathway.version] = proven(pathway)
    return known[pathway.version]


def open_concord(url: str, clock: Clock | None = None, *, kind: str | None = REAL) -> Concord:
    """Open a database (an SQLAlchemy URL) and bring its tables up to date; it is from now on of that kind.

    Raises IsReal or IsDemonstration where it is the other, and leaves it as it is. For what only reads, `kind` is
    none: either will do.
    """
    store = Database(url)
    try:
        with store.begin(write=False) as tx:
            if tx.settings.schema():
                refuse_unfit(kind_of(tx), kind)
        store.migrate()
        if kind is not None:
            _mark(store, kind)
    except ConcordError:
        store.close()
        raise
    concord = Concord(store=store, clock=clock or SystemClock(), compiler=executor, prover=proven_once, kind=kind)
    fill_worklists(concord)
    return concord


def _mark(store: Database, kind: str) -> None:
    """Write down what a database is where that is not done yet."""
    with store.begin(write=False) as tx:
        marked = tx.settings.get(KIND) is not None
    if not marked:
        with store.begin() as tx:
            refuse_unfit(kind_of(tx), kind)
            tx.settings.set(KIND, kind)


def check_bundle(data: bytes, known: Sequence[str] = ()) -> BundleVerdict:
    """Check a bundle with no database; raises BundleUnreadable. Its files are a stranger's until they are checked."""
    found = bundle.unpacked(data)
    if wrong := fits(found):
        return BundleVerdict(ref=found.manifest.ref, faults=(wrong,), lines=(f"{found.manifest.ref}: {wrong}",))
    try:
        main = Path(next(name for name in found.files if name.endswith(".bpmn")))
        pathway = read_pathway(found.files, main.parent.name, main.stem, reader=found.manifest.reader)
        version = Version(pathway=pathway, executor=executor(pathway))
        return checked(found, version, known)
    except Exception as error:
        why = f"its pathway can't be executed ({type(error).__name__}: {error})"
        raise bundle.BundleUnreadable(why=why) from error


def version_from(bpmn: Path, pathway: str) -> Version:
    """A pathway as it stands in its folder (`birmingham`, `harrow/conference-dissent`), ready to run in memory."""
    partnership, _, name = pathway.partition("/")
    return executable(read_folder(bpmn / partnership, name or "escalation", demo=True))


def executable(pathway: Pathway) -> Version:
    """A pathway that was read, ready to run in memory."""
    return Version(pathway=pathway, executor=executor(pathway))

"""Puts the engine together: store, clock and SpiffWorkflow behind one object. The only module that knows all three."""

from pathlib import Path

from engine.clock import Clock, SystemClock
from engine.concord import Concord
from engine.course import Version
from engine.execution import Executor
from engine.pathway import Pathway, read_folder
from engine.proof import Proof, prove
from engine.spiff import DiagramExecutor, compile_diagram
from engine.store import Database


def executor(pathway: Pathway) -> Executor:
    """What runs a pathway."""
    main = next(name for name in pathway.files if name.endswith(".bpmn"))
    return DiagramExecutor(
        compile_diagram(pathway.files[main], pathway.diagram, pathway.closed_names | pathway.names_read)
    )


def proven(pathway: Pathway) -> Proof:
    """Prove a pathway, on an executor that knows no name but those that were answered: none may be read too early."""
    main = next(name for name in pathway.files if name.endswith(".bpmn"))
    strict = DiagramExecutor(compile_diagram(pathway.files[main], pathway.diagram, frozenset({"stage"})))
    return prove(Version(pathway=pathway, executor=strict))


def open_concord(url: str, clock: Clock | None = None) -> Concord:
    """Open a database (an SQLAlchemy URL) and bring its tables up to date."""
    store = Database(url)
    store.migrate()
    return Concord(store=store, clock=clock or SystemClock(), compiler=executor)


def version_from(bpmn: Path, pathway: str) -> Version:
    """A pathway as it stands in its folder (`birmingham`, `harrow/conference-dissent`), ready to run in memory."""
    partnership, _, name = pathway.partition("/")
    read = read_folder(bpmn / partnership, name or "escalation", demo=True)
    return Version(pathway=read, executor=executor(read))

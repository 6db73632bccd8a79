"""How the pathways of a partnership answer each clause of their protocol."""

from dataclasses import dataclass

from engine.application import Concord
from engine.dispute import Person
from engine.errors import ConcordError
from engine.pathway import Coverage, matrix


class DocumentMissing(ConcordError):
    """No published document is kept beside this version."""


@dataclass(frozen=True, kw_only=True)
class ClauseMatrix:
    """One pathway's clauses, as it is published now, and the name of the published document beside it, if any."""

    pathway: str
    title: str
    protocol: str
    version: str
    document: str
    rows: tuple[Coverage, ...]


def clause_matrices(concord: Concord, person: Person) -> list[ClauseMatrix]:
    """The clauses of each pathway of a person's own partnership: the main one first."""
    with concord.store.begin(write=False) as tx:
        pathways = [each.pathway for each in concord.published(tx, person.partnership).values()]
        documents = tx.versions.documents(pathway.version for pathway in pathways)
    return [
        ClauseMatrix(
            pathway=pathway.name,
            title=pathway.diagram.title,
            protocol=str(pathway.settings.get("partnership", {}).get("protocol", "")),
            version=pathway.version,
            document=documents.get(pathway.version, ""),
            rows=tuple(matrix(pathway)),
        )
        for pathway in pathways
    ]


def document_of(concord: Concord, person: Person, version: str) -> tuple[str, bytes]:
    """The published document beside a version of a person's own partnership, by its name; raises DocumentMissing."""
    with concord.store.begin(write=False) as tx:
        found = tx.versions.document(person.partnership, version)
    if found is None:
        raise DocumentMissing
    return found

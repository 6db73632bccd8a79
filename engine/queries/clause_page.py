"""How the pathways of a partnership answer each clause of their protocol."""

from dataclasses import dataclass

from engine.application import Concord
from engine.dispute import Person
from engine.pathway import Coverage, matrix


@dataclass(frozen=True, kw_only=True)
class ClauseMatrix:
    """One pathway's clauses, as it is published now."""

    pathway: str
    title: str
    protocol: str
    version: str
    rows: tuple[Coverage, ...]


def clause_matrices(concord: Concord, person: Person) -> list[ClauseMatrix]:
    """The clauses of each pathway of a person's own partnership: the main one first."""
    with concord.store.begin(write=False) as tx:
        pathways = [each.pathway for each in concord.published(tx, person.partnership).values()]
    return [
        ClauseMatrix(
            pathway=pathway.name,
            title=pathway.diagram.title,
            protocol=str(pathway.settings.get("partnership", {}).get("protocol", "")),
            version=pathway.version,
            rows=tuple(matrix(pathway)),
        )
        for pathway in pathways
    ]

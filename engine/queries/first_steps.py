"""What an installation still lacks before its first pathway is published and its first person signs in (S6).

Reads the pathways' files and the database; publishes nothing, and proves nothing: publishing does.
"""

from dataclasses import dataclass
from pathlib import Path

from engine.application import Concord
from engine.pathway import partnerships_in, pathways_in
from engine.proof import examine_folder


@dataclass(frozen=True, kw_only=True)
class Begun:
    """The partnerships with a published pathway, and whether anybody can sign in."""

    published: tuple[str, ...]
    people: bool

    @property
    def whole(self) -> bool:
        """Whether nothing is left to do at the command line."""
        return bool(self.published) and self.people


@dataclass(frozen=True, kw_only=True)
class Unpublished:
    """A partnership's folder, its title, and what stands in the way of publishing its pathways, with the remedy."""

    partnership: str
    title: str
    lacks: tuple[str, ...]


def begun(concord: Concord) -> Begun:
    """How far an installation has come."""
    with concord.store.begin(write=False) as tx:
        return Begun(published=tuple(tx.versions.partnerships()), people=tx.sessions.has_passwords())


def unpublished(pathways: Path) -> tuple[Unpublished, ...]:
    """Each partnership whose pathways could be published, as its files are now."""
    return tuple(_lacking(folder) for folder in partnerships_in(pathways))


def _lacking(folder: Path) -> Unpublished:
    found = [examine_folder(folder, name, None) for name in pathways_in(folder)]
    titles = [each.pathway.title for each in found if each.pathway is not None]
    said = dict.fromkeys(finding.message for each in found for finding in each.findings)  # side pathways say it again
    return Unpublished(partnership=folder.name, title=next(iter(titles), folder.name.title()), lacks=tuple(said))

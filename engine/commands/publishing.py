"""Publishing a pathway: its files are stored as a version, immutable, that new disputes run on (decision 10, S6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.commands.numbering import take_prefix
from engine.concord import Concord
from engine.dispute import Actor
from engine.errors import ConcordError
from engine.pathway import collect
from engine.rules import Finding, check_files


class PathwayUnsound(ConcordError):
    """{pathway} can't be published: {findings}"""


@dataclass(frozen=True, kw_only=True)
class Published:
    """A pathway that was published; `new` is false where that very version was current already."""

    pathway: str
    version: str
    new: bool


def pathways_in(folder: Path) -> list[str]:
    """The names of a partnership's pathways: escalation first, then its side pathways."""
    names = sorted(path.stem for path in folder.glob("*.bpmn"))
    return sorted(names, key=lambda name: name != "escalation")


def publish_files(concord: Concord, by: Actor, files: Mapping[str, bytes], partnership: str, name: str) -> Published:
    """Check a pathway and publish it; raises PathwayUnsound with all that stands in the way, and changes nothing."""
    pathway, findings = check_files(files, partnership, name)
    if pathway is None or findings:
        raise PathwayUnsound(
            pathway=partnership if name == "escalation" else f"{partnership}/{name}", findings=told(findings)
        )
    concord.compiled(pathway)
    with concord.store.begin() as tx:
        at = concord.clock.now()
        take_prefix(tx, pathway, by, at)
        new = tx.add_version(pathway.version, partnership, pathway.name, at, files)
        if new:
            tx.act(at, by, "PathwayPublished", {"pathway": pathway.name, "version": pathway.version})
    return Published(pathway=pathway.name, version=pathway.version, new=new)


def publish_folder(concord: Concord, by: Actor, folder: Path, *, demo: bool = False) -> list[Published]:
    """Publish every pathway of a partnership's folder."""
    return [
        publish_files(concord, by, collect(folder, name, demo=demo), folder.name, name) for name in pathways_in(folder)
    ]


def told(findings: list[Finding]) -> str:
    """Findings as lines of text."""
    return "".join(f"\n  {f.rule} {f.element or ''}: {f.message}" for f in findings)

"""Publishing a partnership's pathways: rules and proof hold for all of them, or none is published (S6, decision 13)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.application import Concord, Transaction, take_prefix
from engine.dispute import Actor
from engine.errors import ConcordError
from engine.pathway import Pathway, pathways_in, read_pathway
from engine.proof import Examination, examine, examine_folder, lines

MOST_REASON = 1_000


class PathwayUnsound(ConcordError):
    """{pathway} can't be published: {findings}"""

    def __init__(self, examinations: Sequence[Examination]) -> None:
        self.reports: list[dict[str, Any]] = [each.report() for each in examinations]
        wrong = [each for each in self.reports if each["findings"]]
        super().__init__(
            pathway=", ".join(each["pathway"] for each in wrong),
            findings="".join(f"\n{line}" for each in wrong for line in lines(each)),
        )


class NothingToPublish(ConcordError):
    """{folder} holds no .bpmn file. Name the folder of a partnership, e.g. bpmn/birmingham."""


class ReasonWanting(ConcordError):
    """Say why it is published without its proof, in at most {most} characters: everybody on it will read the reason."""


@dataclass(frozen=True, kw_only=True)
class Published:
    """A pathway that was published; `new` is false where that very version was current already."""

    pathway: str
    version: str
    new: bool
    unproven: bool = False


def publish_files(
    concord: Concord, by: Actor, files: Mapping[str, bytes], partnership: str, name: str, *, unproven: str | None = None
) -> Published:
    """Publish one pathway from its files, as `publish_folder` does."""
    return _publish(concord, by, [examine(files, partnership, name, concord.proof)], unproven)[0]


def publish_folder(
    concord: Concord,
    by: Actor,
    folder: Path,
    *,
    demo: bool = False,
    unproven: str | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> list[Published]:
    """Publish every pathway of a partnership's folder, or none; raises PathwayUnsound with all that stands in the way.

    `unproven` is the reason for publishing what its proof refuses; nothing goes round the rules. `tell` is told the
    name of each pathway before it is examined.
    """
    names = pathways_in(folder)
    if not names:
        raise NothingToPublish(folder=folder)
    examinations = []
    for name in names:
        tell(name)
        examinations.append(examine_folder(folder, name, concord.proof, demo=demo))
    return _publish(concord, by, examinations, unproven)


def _publish(concord: Concord, by: Actor, examinations: Sequence[Examination], unproven: str | None) -> list[Published]:
    reason = None if unproven is None else unproven.strip()
    if reason is not None and not 0 < len(reason) <= MOST_REASON:
        raise ReasonWanting(most=MOST_REASON)
    if any(each.findings or not (each.sound or (reason and each.ruled)) for each in examinations):
        raise PathwayUnsound(examinations)
    for each in examinations:
        if each.pathway is not None:
            concord.compiled(each.pathway)
    with concord.store.begin() as tx:
        at = concord.clock.now()
        return [_published(tx, by, at, each, reason) for each in examinations]


def _published(tx: Transaction, by: Actor, at: datetime, found: Examination, reason: str | None) -> Published:
    pathway = found.pathway
    if pathway is None:
        raise PathwayUnsound([found])
    take_prefix(tx, pathway, by, at)
    if found.sound and (current := _current(tx, pathway)) is not None:
        return Published(pathway=pathway.name, version=current, new=False)
    files, reader = pathway.files, pathway.reader
    new = tx.versions.add(pathway.version, pathway.partnership, pathway.name, at, files, reader)
    told = {"pathway": pathway.name, "version": pathway.version}
    if not found.sound and reason:
        marked = tx.versions.mark_unproven(pathway.version, at, reason)
        told |= {"unproven": reason} if new or marked else {}
        new = new or marked
    if new:
        tx.changes.record(at, by, "PathwayPublished", told)
    return Published(pathway=pathway.name, version=pathway.version, new=new, unproven=not found.sound)


def _current(tx: Transaction, pathway: Pathway) -> str | None:
    """The current version, where it says the same: a file that a modeller has only formatted anew makes no new one."""
    try:
        version = tx.versions.current(pathway.name)
        place = Path(next(name for name in pathway.files if name.endswith(".bpmn")))
        known = read_pathway(tx.versions.files(version), pathway.partnership, place.stem)
    except ConcordError:  # there is none yet, or one that could not be published today
        return None
    return version if known.meaning == pathway.meaning else None

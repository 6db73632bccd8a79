"""What the protocol asks, and what became of it in one dispute."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from engine.application import Asking, Concord, opened
from engine.dispute import Entry, Kind, Person
from engine.pathway import CONCORD, Duty, Pathway
from engine.replay import KEPT, LAPSED, Timer, limits_of

OUTCOMES = UNDONE, OVERDUE, OPEN, LATE, DONE, FELL_AWAY = (
    "not done", "overdue", "open", "done late", "done", "fell away",
)  # fmt: skip
"""What can have become of a task; what is worst first."""


@dataclass(frozen=True, kw_only=True)
class DutyKept:
    """A duty and what became of it: `worst` of its tasks, and in words; both empty where it was not come to."""

    duty: Duty
    worst: str
    words: str


@dataclass(frozen=True, kw_only=True)
class DutiesPage:
    """What the protocol asks, duty by duty, in one dispute."""

    ref: str
    title: str
    protocol: str
    closed: bool
    version: str
    document: str
    duties: tuple[DutyKept, ...]


def duties_page(concord: Concord, person: Person, ref: str) -> DutiesPage:
    """What became of each duty; raises DisputeUnknown or NotYours. None where its version has no register."""
    with concord.store.begin(write=False) as tx:
        work = opened(concord, tx, person, ref)
        pathway, entries = work.version.pathway, Asking(work, person).entries
        dispute, parties = work.dispute, work.dispute.parties
        document = tx.versions.documents([pathway.version]).get(pathway.version, "")
    limits = [limit for limit in limits_of(pathway, entries) if not limit.fired]
    passed = _passed(entries)
    return DutiesPage(
        ref=ref,
        title=f"{parties[0].name} and {parties[1].name}",
        protocol=str(pathway.settings.get("partnership", {}).get("protocol", "")),
        closed=dispute.closed is not None,
        version=pathway.version,
        document=document,
        duties=tuple(_kept(pathway, duty, limits, passed) for duty in pathway.register.duties if duty.who),
    )


def _passed(entries: Iterable[Entry]) -> frozenset[str]:
    """The elements that the path of a dispute came by."""
    paths = (entry.data["path"] for entry in entries if entry.kind == Kind.PATH_TAKEN)
    return frozenset(element for path in paths for _source, element in path)


def _kept(pathway: Pathway, duty: Duty, limits: Iterable[Timer], passed: frozenset[str]) -> DutyKept:
    carriers = {e.id for e in pathway.diagram.elements.values() if any(c.id == duty.id for c in e.clauses)}
    tasks = {each for each in carriers if pathway.diagram.elements[each].kind == "userTask"}
    found = Counter(outcome(limit) for limit in limits if limit.element in tasks)
    if CONCORD in duty.who and not found and carriers & passed:
        return DutyKept(duty=duty, worst=DONE, words="done by Concord")
    told = [f"{each}{f' {found[each]} times' if found[each] > 1 else ''}" for each in OUTCOMES if found[each]]
    return DutyKept(duty=duty, worst=next((each for each in OUTCOMES if found[each]), ""), words="; ".join(told))


def outcome(limit: Timer) -> str:
    """What became of a task."""
    if limit.ended is None:
        return OVERDUE if limit.missed else OPEN
    if limit.outcome == KEPT:
        return DONE
    if limit.outcome == LAPSED:
        return FELL_AWAY
    return UNDONE if limit.undone else LATE

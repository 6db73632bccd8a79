"""Finding disputes by what is known of them, and who looked at one; each person finds what they may see."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.application import Concord, FoundRow, Look, Query, Transaction, guarded, opened, readable
from engine.calendar import working_days as days
from engine.course import Version
from engine.dispute import Person
from engine.errors import ConcordError
from engine.exports.event_log import event_log
from engine.forms import Option
from engine.pathway import OWN_KIND
from engine.replay import ENDS

PAGE = 50
MOST_TRACES = 5000
STILL = {"open": "Still open", "to_file": "Ended, still to be filed"}


class TooMany(ConcordError):
    """{count:,} disagreements are too many for one event log: at most {most:,}. Ask for fewer, a year at a time."""


class OverseersOnly(ConcordError):
    """This is open to the partnership's own people and its auditors only."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What disputes somebody looks for; days are London's, both in it. `stage` is "pathway:stage", reached at least."""

    reference: str = ""
    case: str = ""
    agency: str = ""
    pathway: str = ""
    stage: str = ""
    end: str = ""
    mine: bool = False
    missed: bool = False
    risk: bool = False
    version: str = ""
    raised_from: date | None = None
    raised_to: date | None = None
    ended_from: date | None = None
    ended_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class FoundLine:
    """A dispute that was found, in words: `reached` is the last stage it came to, `end` is empty while it runs.

    `ended` is when it ended, `closed` when nothing was left to file; `notes` are its corrections and contradictions.
    """

    ref: str
    pathway: str
    version: str
    raising: str
    receiving: str
    cases: tuple[str, ...]
    raised: datetime
    reached: str
    end: str
    ended: datetime | None
    closed: datetime | None
    missed: bool
    risk: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Found:
    """A page of what was found, and how many there are."""

    count: int
    page: int
    size: int
    lines: tuple[FoundLine, ...]
    unreadable: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are; one where nothing was found."""
        return max(1, math.ceil(self.count / self.size))


def find(concord: Concord, person: Person, wanted: Wanted, page: int = 1, size: int = PAGE) -> Found:
    """A page of the disputes that a person may see and looks for, latest first; every one of them for page 0."""
    with concord.store.begin(write=False) as tx:
        query = _query(concord, tx, person, wanted)
        offset, most = (max(page - 1, 0) * size, size) if page else (0, None)
        found = tx.disputes.find(query, offset, most)
        notes = {} if page else tx.disputes.noted([row.ref for row in found.lines])
        lines = (
            guarded(tx, row.ref, lambda row=row: _line(concord.version(tx, row.version), row, notes.get(row.ref, ())))  # type: ignore[misc]
            for row in found.lines
        )
        shown = readable(tx, [line for line in lines if line is not None])
        return Found(count=found.count, page=page, size=size, lines=tuple(shown), unreadable=shown.unreadable)


def find_log(concord: Concord, person: Person, wanted: Wanted, most: int = MOST_TRACES) -> bytes:
    """All of them as one event log (XES), for those who oversee; raises OverseersOnly or TooMany."""
    if not person.oversees:
        raise OverseersOnly
    with concord.store.begin(write=False) as tx:
        found = tx.disputes.find(_query(concord, tx, person, wanted), 0, most)
        if found.count > most:
            raise TooMany(count=found.count, most=most)
        return event_log(concord, tx, [row.ref for row in found.lines])


def find_choices(concord: Concord, person: Person) -> Mapping[str, list[Option]]:
    """What can be chosen from: agencies, pathways, their stages, and ends."""
    with concord.store.begin(write=False) as tx:
        current = concord.published(tx, person.partnership)
        several = len(current) > 1
        agencies = [a for a in tx.directory.agencies(person.partnership) if a.kind != OWN_KIND]
    stages = [
        Option(value=f"{name}:{s.id}", label=f"{s.title} ({v.pathway.diagram.title})" if several else s.title)
        for name, v in current.items()
        for s in v.pathway.stages
    ]
    return {
        "agencies": [Option(value=a.id, label=a.name) for a in agencies],
        "pathways": [Option(value=name, label=v.pathway.diagram.title) for name, v in current.items()],
        "stages": stages,
        "ends": [Option(value=key, label=title) for key, title in {**STILL, **ENDS}.items()],
    }


def looks_at(concord: Concord, person: Person, ref: str) -> list[Look]:
    """Who looked at a dispute, latest first, for those who oversee; raises OverseersOnly for others of its sides."""
    with concord.store.begin(write=False) as tx:
        opened(concord, tx, person, ref)
        if not person.oversees:
            raise OverseersOnly
        return tx.looks.of(ref)


def _query(concord: Concord, tx: Transaction, person: Person, wanted: Wanted) -> Query:
    pathway, _, stage = wanted.stage.partition(":")
    if stage:
        known = [s.id for s in concord.published(tx, person.partnership)[pathway].pathway.stages]
        stages = tuple(known[known.index(stage) :])
    return Query(
        partnership=person.partnership,
        only_agency=None if person.oversees else person.agency,
        raised_by=person.id if wanted.mine else "",
        reference=wanted.reference,
        case=wanted.case,
        agency=wanted.agency,
        pathways=tuple(name for name in (wanted.pathway, pathway) if name),
        stages=stages if stage else (),
        end=wanted.end,
        missed=wanted.missed,
        risk=wanted.risk,
        version=wanted.version,
        raised_from=_begin(wanted.raised_from),
        raised_until=_end(wanted.raised_to),
        ended_from=_begin(wanted.ended_from),
        ended_until=_end(wanted.ended_to),
    )


def _begin(day: date | None) -> datetime | None:
    return days.london(day.isoformat()) if day else None


def _end(day: date | None) -> datetime | None:
    return days.london((day + timedelta(days=1)).isoformat()) if day else None


def _line(version: Version, row: FoundRow, notes: Sequence[tuple[int, str, int]]) -> FoundLine:
    reached = version.pathway.stage(row.reached or "")
    return FoundLine(
        ref=row.ref,
        pathway=version.pathway.diagram.title,
        version=row.version,
        raising=row.raising,
        receiving=row.receiving,
        cases=row.cases,
        raised=row.raised_at,
        reached=reached.title if reached else row.reached or "",
        end=ENDS.get(row.end, row.end) if row.end else "",
        ended=row.ended_at,
        closed=row.closed_at,
        missed=row.missed,
        risk=row.risk,
        notes=tuple(f"entry {of} {kind.lower()} by entry {seq}" for seq, kind, of in notes),
    )

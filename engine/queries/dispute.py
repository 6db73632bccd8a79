"""A dispute as its people see it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from engine.application import (
    Asking,
    Concord,
    DraftRecord,
    NoticeRecord,
    Right,
    Weight,
    Work,
    decided_in,
    disputed_in,
    keepers_only,
    open_task,
    opened,
    refusals,
    weight_of,
)
from engine.dispute import (
    Dispute,
    Entry,
    Kind,
    Person,
    Standing,
    hold,
    holders,
    next_stage,
    pending,
    who_may,
)
from engine.pathway import ORDINARY, Pathway
from engine.queries.danger import RiskAdvice, advice
from engine.queries.paperwork import to_file
from engine.queries.task_page import TaskPage, shown_to
from engine.queries.tasks import TaskLine, in_order, task_line
from engine.queries.unsent import Draft, drafts_of, unsent_for
from engine.replay import (
    LimitLine,
    Line,
    StageLine,
    end_words,
    lines_of,
    missed_lines,
    p_title,
    stages_of,
    status,
)


@dataclass(frozen=True, kw_only=True)
class NoticeLine:
    """A notice in words: whom it went to, what it said, and whether it was delivered."""

    seq: int
    at: datetime
    words: str
    delivered: bool


@dataclass(frozen=True, kw_only=True)
class DisputePage:
    """A dispute as its people see it."""

    ref: str
    title: str
    pathway: str
    version: str
    dispute: Dispute
    status: str
    ended: str
    stages: tuple[StageLine, ...]
    tasks: tuple[TaskLine, ...]
    drafts: tuple[DraftRecord, ...]
    lines: tuple[Line, ...]
    notices: tuple[NoticeLine, ...]
    risk: RiskAdvice
    can: frozenset[Right]
    refused: Mapping[Right, str]
    set_aside: str | None
    highlights: Mapping[str, str]
    now: datetime
    unheld: tuple[str, ...]
    names: Mapping[str, str]
    interrupted: tuple[Draft, ...] = ()
    unproven: str = ""
    missed: tuple[LimitLine, ...] = ()
    erasure: Standing | None = None
    hold: Standing | None = None
    kept_until: date | None = None
    next: TaskPage | None = None
    disputed: str = ""
    decided: str = ""
    awaited: tuple[str, ...] = ()
    paperwork: int = 0
    followed: bool = False


def dispute_page(concord: Concord, person: Person, ref: str) -> DisputePage:
    """Everything about one dispute; raises DisputeUnknown or NotYours."""
    with concord.store.begin(write=False) as tx:
        work = opened(concord, tx, person, ref)
        pathway, dispute = work.version.pathway, work.dispute
        names = work.names
        asked = Asking(work, person)
        entries, texts = asked.entries, asked.texts
        late = [d for d in unsent_for(work, person) if dispute.task(d.key) is None]
        lines = tuple(lines_of(pathway, entries, texts, names))
        stages = tuple(stages_of(pathway, dispute, work.at))
        refused = refusals(asked)
        tasks = tuple(task_line(work, person, t, names, work.people) for t in dispute.tasks)
        first = next((line for line in in_order(tasks) if line.mine), None)
        return DisputePage(
            ref=ref,
            title=f"{dispute.parties[0].name} and {dispute.parties[1].name}",
            pathway=pathway.title,
            version=work.record.version,
            unproven=pathway.unproven,
            dispute=dispute,
            status=status(pathway, dispute),
            ended=end_words(dispute),
            stages=stages,
            tasks=tasks,
            next=shown_to(work, person, open_task(work, first.key), lines, entries, texts) if first else None,
            lines=lines,
            notices=tuple(_notices(lines, tx.notices.of(ref))),
            risk=advice(pathway, work.at),
            can=frozenset(Right) - refused.keys(),
            refused={right: str(error) for right, error in refused.items()},
            set_aside=work.record.set_aside,
            drafts=tuple(late),
            highlights=highlights(pathway, dispute, entries),
            now=work.at,
            unheld=unheld_tiers(work),
            names=names,
            interrupted=tuple(drafts_of(pathway, late, names)),
            missed=missed_lines(
                pathway, dispute, entries, work.at, dict(tx.directory.closure_reasons(work.record.partnership))
            ),
            erasure=pending(entries, texts),
            hold=hold(entries, texts),
            kept_until=asked.until,
            disputed=disputed_in(texts),
            decided=decided_in(texts),
            paperwork=len(to_file(work, tasks)),
            followed=tx.worklists.follows(person.id, ref),
            awaited=() if first and first.weight <= Weight.DECIDE else _awaited(work),
        )


def _awaited(work: Work) -> tuple[str, ...]:
    """Those present whose answer or decision it waits for now, by name and agency."""
    pathway, dispute = work.version.pathway, work.dispute
    deciding = [task for task in dispute.tasks if weight_of(pathway, dispute, task) <= Weight.DECIDE]
    acting = [p for task in deciding for p in who_may(dispute, task, pathway, work.people) if p.absent_until is None]
    return tuple(dict.fromkeys(f"{p.name} ({p.agency_name})" for p in acting))


def record_page(concord: Concord, person: Person, ref: str) -> DisputePage:
    """The same for those who see to what is kept of it; raises SideWrong for anybody else who may see it."""
    page = dispute_page(concord, person, ref)
    keepers_only(person)
    return page


def _notices(lines: Sequence[Line], kept: Sequence[NoticeRecord]) -> Iterable[NoticeLine]:
    """Each notice that the journal tells, with whether it was delivered: rows stand in the order of the entries."""
    for line, row in zip_longest([line for line in lines if line.kind == Kind.NOTICE_QUEUED], kept):
        if line is not None:
            delivered = row is not None and row.delivered_at is not None
            yield NoticeLine(seq=line.seq, at=datetime.fromisoformat(line.at), words=line.words, delivered=delivered)


def unheld_tiers(work: Work) -> tuple[str, ...]:
    """Tiers of the running and the next stage that nobody holds, in words (E8)."""
    pathway, dispute = work.version.pathway, work.dispute
    running = pathway.stage(dispute.visit.stage) if dispute.visit else None
    found = []
    for stage in filter(None, (running, next_stage(pathway, dispute))):
        for party in dispute.parties if stage.kind == ORDINARY else ():
            held = holders(work.people, pathway.tables, stage.tier, party.agency)
            found += [] if held else [f"{party.name}: nobody holds {p_title(pathway, stage.tier)}"]
    return tuple(found)


def highlights(pathway: Pathway, dispute: Dispute, entries: list[Entry]) -> dict[str, str]:
    """Each element's state on the diagram: done, interrupted, running, waiting, overdue."""
    found: dict[str, str] = {}
    for entry in entries:
        if entry.kind == Kind.PATH_TAKEN:
            found |= {element: "done" for _, element in entry.data["path"]}
        elif entry.kind == Kind.TASK_INTERRUPTED and entry.element:
            found[entry.element] = "interrupted"
        elif entry.kind == Kind.STAGE_LEFT and entry.element:
            found[entry.element] = "done" if entry.data["how"] in {"completed", "resolved"} else "interrupted"
    found |= {v.stage: "running" for v in dispute.visits if v.left is None}
    late = {t.element for t in dispute.tasks if t.overdue}  # one of several, for a child or an earlier stage, is enough
    found |= {t.element: "overdue" if t.element in late else "waiting" for t in dispute.tasks}
    return {k: v for k, v in found.items() if k in pathway.diagram.elements}

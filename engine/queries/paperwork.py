"""What is somebody's to file and to answer in one dispute, as one page; of tasks that ask the same, one form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from engine.application import Concord, Weight, Work, open_task, opened
from engine.dispute import Child, Person, element_of, ended
from engine.pathway import LINKS
from engine.queries.danger import RiskAdvice, advice
from engine.queries.task_page import TaskPage, shown_to
from engine.queries.tasks import TaskLine, in_order, task_line
from engine.replay import lines_of, status


@dataclass(frozen=True, kw_only=True)
class PaperworkPage:
    """The tasks, one of each kind, with those that ask the same; `count` of all of them."""

    ref: str
    status: str
    children: tuple[Child, ...]
    sections: tuple[TaskPage, ...]
    count: int
    risk: RiskAdvice
    now: datetime
    unproven: str = ""


def paperwork_page(concord: Concord, person: Person, ref: str) -> PaperworkPage:
    """All that is this person's to file and to answer, and decides nothing of the stage that runs; none for others."""
    with concord.store.begin(write=False) as tx:
        work = opened(concord, tx, person, ref)
        pathway = work.version.pathway
        entries, texts = tx.journal.entries(ref), tx.journal.texts(ref)
        lines = lines_of(pathway, entries, texts)
        wanted = to_file(work, (task_line(work, person, task, work.names, work.people) for task in work.dispute.tasks))
        firsts = {element_of(line.key): line.key for line in reversed(wanted)}
        sections = [
            shown_to(work, person, open_task(work, key), lines, entries, texts) for key in reversed(firsts.values())
        ]
        return PaperworkPage(
            ref=ref,
            status=status(pathway, work.dispute),
            children=work.dispute.children,
            sections=tuple(sections),
            count=len(wanted),
            risk=advice(pathway, work.at),
            now=work.at,
            unproven=pathway.unproven,
        )


def to_file(work: Work, lines: Iterable[TaskLine]) -> list[TaskLine]:
    """Of somebody's task lines those that can be completed together: once the dispute has ended, all that is left.

    Never a report of risk, which is called first; nor what is done by raising another dispute.
    """
    kinds = {Weight.ASK, Weight.FILE} | ({Weight.DECIDE, Weight.ANSWER} if ended(work.dispute) else set())
    elements = work.version.pathway.diagram.elements
    return [
        line
        for line in in_order(lines)
        if line.mine and line.weight in kinds and LINKS not in elements[element_of(line.key)].properties
    ]

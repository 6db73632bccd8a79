"""A task as the person who does it sees it: what is asked, what it is about, by when, and what happens otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.application import (
    Concord,
    NotYours,
    Story,
    Work,
    alike,
    asked_about,
    glance,
    open_task,
    opened,
    story_of,
)
from engine.dispute import (
    BOTH,
    RAISING,
    RECEIVING,
    Dispute,
    Entry,
    Held,
    Kind,
    Person,
    Task,
    Text,
    attempt_of,
    contact,
    element_of,
    holders,
    may_see,
    next_stage,
    those_at,
    who_may,
)
from engine.forms import Form, Option
from engine.pathway import LINKS, ORDINARY, Clause, Duty, Element, Pathway
from engine.queries.danger import RiskAdvice, advice
from engine.queries.tasks import TaskLine, in_order, task_line
from engine.queries.unsent import Draft, drafts_of, unsent_for
from engine.replay import Line, StageLine, computed, limits_of, lines_of, stages_of

ALERTS = frozenset({"task_due", "task_alert"})


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a side answered before, as it stands on a later task's page; without `line` it has not been given."""

    title: str
    agency: str
    line: Line | None


def shown_beside(work: Work, element: Element, lines: Sequence[Line]) -> tuple[Shown, ...]:
    """What is shown side by side on a task's page: each side's last answers, or that there are none (BRO-4.4)."""
    pathway = work.version.pathway
    leaves = work.dispute.leaver is not None and pathway.asks(element.id, "countersigned")
    if not element.shows and not leaves:
        return ()
    given = {line.element: line for line in lines if line.kind == Kind.TASK_COMPLETED}
    found = []
    if leaves:
        party = work.dispute.party(element.properties.get("side", ""))
        asked_for = _leaving(pathway, lines)
        found.append(Shown(title="Why it is to end", agency=party.name if party else "", line=asked_for))
        against = [line for line in lines if line.kind == Kind.OBJECTED and asked_for and line.seq > asked_for.seq]
        if against or work.dispute.object_until is not None:
            title = "Whether whoever raised it objects"
            found.append(Shown(title=title, agency=party.name if party else "", line=against[-1] if against else None))
    for asked in pathway.diagram.shown_on(element):
        party = work.dispute.party(asked.properties.get("side", ""))
        found.append(Shown(title=asked.name, agency=party.name if party else "", line=given.get(asked.id)))
    return tuple(found)


def _leaving(pathway: Pathway, lines: Sequence[Line]) -> Line | None:
    """The last words by which somebody withdrew the dispute, or said that it is not pursued (C1, E4b)."""
    said = [
        line
        for line in lines
        if line.kind == Kind.WITHDRAWN
        or (line.kind == Kind.TASK_COMPLETED and line.element and pathway.asks(line.element, "persists"))
    ]
    return said[-1] if said else None


@dataclass(frozen=True, kw_only=True)
class AskedHere:
    """A duty that a task answers; `set_here` says that the partnership has set its limit, and not the protocol."""

    duty: Duty
    set_here: bool


def asked_here(pathway: Pathway, element: Element) -> tuple[AskedHere, ...]:
    """What the protocol asks by a task, and which shared rules it keeps; nothing where there is no register."""
    due = element.properties.get("due", "")
    return tuple(AskedHere(duty=duty, set_here=duty.set_here(due)) for duty in pathway.duties_of(element.id))


@dataclass(frozen=True, kw_only=True)
class Following:
    """The stage to which it goes unless it is settled before, and who acts there, by agency."""

    stage: StageLine
    people: tuple[tuple[str, tuple[Person, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class Background:
    """What somebody needs who takes a task over: the story so far, and what its due instant was worked out from."""

    story: Story
    counted: str
    following: Following | None


@dataclass(frozen=True, kw_only=True)
class TaskPage:
    """A task as the person who does it sees it; without its background where a page tells that otherwise.

    `also` are those that are this person's too and ask the same, so that one answer may do for them. `begins` is what
    was said before and is to be completed here, where nothing is kept in `draft`.
    """

    ref: str
    line: TaskLine
    words: str
    clauses: tuple[Clause, ...]
    duties: tuple[AskedHere, ...]
    form: Form | None
    choices: Mapping[str, list[Option]]
    contact: Held | None
    begins: Mapping[str, Any]
    draft: Mapping[str, Any]
    drafted_at: datetime | None
    typed: tuple[Draft, ...]
    tried: tuple[Line, ...]
    asks_whether_reached: bool
    alerted_at: datetime | None
    may_complete: bool
    links: str | None
    shown: tuple[Shown, ...]
    others: tuple[Person, ...]
    own_tier: tuple[Person, ...]
    colleagues: tuple[Person, ...]
    dispute: Dispute
    stage: StageLine | None
    risk: RiskAdvice
    now: datetime
    also: tuple[TaskLine, ...] = ()
    unproven: str = ""
    background: Background | None = None


def task_page(concord: Concord, person: Person, ref: str, key: str) -> TaskPage:
    """An open task; raises TaskGone with what happened where it is not open."""
    with concord.store.begin(write=False) as tx:
        work = opened(concord, tx, person, ref)
        task, pathway = open_task(work, key), work.version.pathway
        entries, texts = work.tx.journal.entries(ref), work.tx.journal.texts(ref)
        lines = lines_of(pathway, entries, texts)
        story = story_of(pathway, work.dispute, lines, texts, work.at)
        background = Background(story=story, counted=_counted(work, task, entries), following=_following(work))
        return replace(shown_to(work, person, task, lines, entries, texts), background=background)


def shown_to(
    work: Work,
    person: Person,
    task: Task,
    lines: Sequence[Line],
    entries: Sequence[Entry],
    texts: Mapping[tuple[int, str], Text],
) -> TaskPage:
    """A task of a dispute as somebody sees it, with its journal: in words (`lines`), and as it was written."""
    pathway, dispute, people = work.version.pathway, work.dispute, work.people
    element = pathway.diagram.elements[task.element]
    names = work.names
    line = task_line(work, person, task, names, people)
    unsent = [draft for draft in unsent_for(work, person) if draft.key == task.key]
    own = next((draft for draft in unsent if draft.person == person.id), None)
    other = dispute.party(RECEIVING if dispute.side_of(person.agency) == RAISING else RAISING)
    tier = task.tier if task.tier != "any" else pathway.diagram.tiers[0].key
    stages = stages_of(pathway, dispute, work.at)
    lines_alike = in_order(task_line(work, person, other, names, people) for other in alike(work, task))
    known = next((o.data for o in work.course.run.open() if o.key == task.key), {})
    form = pathway.form_of(task.element)
    choices, known_of_form = asked_about(work, form)
    return TaskPage(
        ref=work.record.ref,
        unproven=pathway.unproven,
        line=line,
        words=element.words,
        clauses=element.clauses,
        duties=asked_here(pathway, element),
        form=form.where(known_of_form) if form else None,
        begins=_begins(form, entries, texts),
        choices=choices,
        contact=contact(pathway, dispute, task.element, work.at, known),
        draft=own.draft if own else {},
        drafted_at=own.at if own else None,
        tried=tuple(line for line in lines if line.kind == Kind.TASK_ATTEMPTED and line.task == task.key),
        asks_whether_reached=attempt_of(form) is not None,
        alerted_at=min((d.due for d in dispute.deadlines if d.host == task.key and d.kind in ALERTS), default=None),
        typed=tuple(drafts_of(pathway, [draft for draft in unsent if draft is not own], names)),
        may_complete=line.mine,
        links=element.properties.get(LINKS),
        also=tuple(other for other in lines_alike if other.mine),
        shown=shown_beside(work, element, lines),
        dispute=dispute,
        others=tuple(those_at(dispute, pathway, people, tier, other.agency))
        if other and task.side in {BOTH, RAISING, RECEIVING}
        else (),
        own_tier=_own_tier(work, person, task),
        colleagues=tuple(
            p
            for p in who_may(dispute, task, pathway, people)
            if p.id != person.id and p.agency == person.agency and p.absent_until is None
        ),
        stage=next((s for s in stages if dispute.visit and s.id == dispute.visit.stage), None),
        risk=advice(pathway, work.at),
        now=work.at,
    )


def _begins(form: Form | None, entries: Sequence[Entry], texts: Mapping[tuple[int, str], Text]) -> dict[str, Any]:
    """With what the questions of a form begin: the latest of the earlier answers that each names (E5)."""
    asked = [field for field in (form.inputs if form else ()) if field.begins]
    wanted = {name for field in asked for name in field.begins}
    if not wanted:
        return {}
    said = [(e.seq, name, value) for e in entries for name, value in dict(e.data.get("answers") or {}).items()]
    said += [(seq, name, text.text) for (seq, name), text in texts.items()]
    latest = sorted((each for each in said if each[1] in wanted and each[2]), key=_number)
    return {
        field.key: value
        for field in asked
        for _, name, value in latest
        if name in field.begins and (not field.options or value in {option.value for option in field.options})
    }


def _number(said: tuple[int, str, Any]) -> int:
    return said[0]


def _counted(work: Work, task: Task, entries: Sequence[Entry]) -> str:
    """What the due instant of a task was worked out from, in words; nothing where it has none."""
    if task.due is None:
        return ""
    ran = limits_of(work.version.pathway, entries)
    limit = next((x for x in reversed(ran) if x.key == task.key and x.due == task.due), None)
    return computed(limit, dict(work.tx.directory.closure_reasons(work.record.partnership))) if limit else ""


def _following(work: Work) -> Following | None:
    """The stage to which the deadline of the one that is running leads."""
    pathway, dispute = work.version.pathway, work.dispute
    stage = next_stage(pathway, dispute)
    stages = stages_of(pathway, dispute, work.at)
    after = next((each for each in stages if stage and each.id == stage.id), None)
    if after is None or stage is None:
        return None
    parties = dispute.parties if stage.kind == ORDINARY else ()
    acting = [(each.name, tuple(holders(work.people, pathway.tables, stage.tier, each.agency))) for each in parties]
    return Following(stage=after, people=tuple((name, people) for name, people in acting if people))


def _own_tier(work: Work, person: Person, task: Task) -> tuple[Person, ...]:
    """The others of somebody's agency who act at the stage that a task is in: to whom it is handed up, or with whom."""
    pathway, side = work.version.pathway, work.dispute.side_of(person.agency)
    stage = pathway.stage(task.stage or "") if side else None
    own = holders(work.people, pathway.tables, stage.tier, person.agency) if stage else []
    return tuple(each for each in own if each.id != person.id)


def task_form(concord: Concord, person: Person, ref: str, key: str) -> Form | None:
    """Give the form of a task, still open or not: what was typed for it is read either way (E1)."""
    return task_asked(concord, person, ref, key)[1]


def task_asked(concord: Concord, person: Person, ref: str, key: str) -> tuple[str, Form | None]:
    """Give what a task is called and its form, still open or not."""
    with concord.store.begin(write=False) as tx:
        work = glance(concord, tx, ref)
        if not may_see(person, work.dispute, work.record.partnership):
            raise NotYours(ref=ref)
        pathway, element = work.version.pathway, element_of(key)
        known = pathway.diagram.elements.get(element)
        return (known.name, pathway.form_of(element)) if known else ("", None)

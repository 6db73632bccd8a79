"""What an act would change, before anybody carries it out: tried in memory by the same course, and forgotten (T10)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.application import (
    Concord,
    Right,
    Work,
    allow,
    allow_protective,
    barring,
    opened,
    simple_data,
    simple_kind,
)
from engine.course import Course
from engine.dispute import (
    About,
    Dispute,
    Input,
    Kind,
    Person,
    Task,
    Visit,
    naming,
    record,
    to_json,
    who_may,
)
from engine.replay import status

MOST_TIMERS = 500


@dataclass(frozen=True, kw_only=True)
class StageAhead:
    """An ordinary stage and when it ends if nobody acts: as it is, and as it would be; `passed` straight over."""

    title: str
    is_now: datetime | None
    would_be: datetime | None
    passed: bool = False


@dataclass(frozen=True, kw_only=True)
class TaskAhead:
    """A task that would be new, or go to other people, or be due at another time; `people` are those present."""

    title: str
    people: tuple[str, ...]
    due: datetime | None


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """What would be otherwise at once: where it stands, what is to be done by whom, what is cut off, who is told.

    `stage` is what the running one would be, `ends` when, and `ended` when the one that runs now ends; a protective
    timescale shows the ordinary `stages` instead, as they go by if nobody acts.
    """

    status: str = ""
    stage: str = ""
    ends: datetime | None = None
    ended: datetime | None = None
    moved: bool = False
    begun: tuple[TaskAhead, ...] = ()
    changed: tuple[TaskAhead, ...] = ()
    over: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    stages: tuple[StageAhead, ...] | None = None


def ahead(concord: Concord, person: Person, ref: str, right: Right, answers: Mapping[str, Any]) -> Ahead:
    """What an act would change now; raises what carrying it out would raise, but for what is typed with it."""
    with concord.store.begin(write=False) as tx:
        was, now = (opened(concord, tx, person, ref) for _ in range(2))
        allow(now, person, right)
        given = _given(now, person, right, answers)
        effects = now.course.apply(given)
        entries, _ = record(ref, now.record.last_hash, now.record.last_seq + 1, given, effects)
        people = now.hearers(str(e.data["to"]) for e in entries if e.kind == Kind.NOTICE_QUEUED)
        named = naming(now.version.pathway, now.dispute, people, entries, now.at)
        told = About(record(ref, entries[-1].hash, entries[-1].seq + 1, named, ())[0]).told if named else {}
        before, after = was.dispute, now.dispute
        tasks = {task.key: task for task in before.tasks}
        return Ahead(
            status=status(now.version.pathway, after),
            stage=_title(now, after.visit),
            ends=_end(after.visit),
            ended=_end(before.visit),
            moved=_place(before) != _place(after),
            begun=tuple(_task(now, task) for task in after.tasks if task.key not in tasks),
            changed=tuple(
                _task(now, t) for t in after.tasks if t.key in tasks and _otherwise(was, tasks[t.key], now, t)
            ),
            over=_titles(now, [task for task in before.tasks if after.task(task.key) is None]),
            told=tuple(dict.fromkeys(each.words for found in told.values() for each in found.people)),
        )


def _given(work: Work, person: Person, right: Right, answers: Mapping[str, Any]) -> Input:
    if right == Right.BAR:
        return Input(kind=Kind.PERSON_BARRED, at=work.at, actor=person.actor, data=barring(work, person, answers))
    visit = work.dispute.visit
    element = visit.stage if visit else None
    data = simple_data(work, person, right)
    return Input(kind=simple_kind(right), at=work.at, actor=person.actor, element=element, data=data)


def _place(dispute: Dispute) -> tuple[str, datetime] | None:
    return (dispute.visit.stage, dispute.visit.entered) if dispute.visit else None


def _title(work: Work, visit: Visit | None) -> str:
    stage = work.version.pathway.stage(visit.stage) if visit else None
    return stage.title if stage else ""


def _task(work: Work, task: Task) -> TaskAhead:
    return TaskAhead(title=_titles(work, [task])[0], people=_people(work, task), due=task.due)


def _titles(work: Work, tasks: Iterable[Task]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(work.version.pathway.diagram.elements[task.element].name for task in tasks))


def _people(work: Work, task: Task) -> tuple[str, ...]:
    holding = who_may(work.dispute, task, work.version.pathway, work.people)
    return tuple(p.name for p in holding if p.absent_until is None)


def _otherwise(was: Work, before: Task, now: Work, after: Task) -> bool:
    return before.due != after.due or _people(was, before) != _people(now, after)


def protective_ahead(concord: Concord, person: Person, ref: str, until: datetime) -> Ahead:
    """Each ordinary stage from the running one on, none where none runs; raises what setting the time would raise."""
    with concord.store.begin(write=False) as tx:
        was, now = (opened(concord, tx, person, ref) for _ in range(2))
        allow_protective(now, person, until)
        given = {"until": to_json(until)}
        now.course.apply(Input(kind=Kind.PROTECTIVE_TIMESCALE_SET, at=now.at, actor=person.actor, data=given))
        before, after = _stages(was.course), _stages(now.course)
        stages = (
            StageAhead(
                title=stage.title,
                is_now=_end(before.get(stage.id)),
                would_be=_end(after.get(stage.id)),
                passed=_passed(after.get(stage.id), now.at),
            )
            for stage in was.version.pathway.ordinary_stages
            if stage.id in before or stage.id in after
        )
        return Ahead(stages=tuple(stages))


def _end(visit: Visit | None) -> datetime | None:
    return visit.deadline if visit else None


def _passed(visit: Visit | None, at: datetime) -> bool:
    """Whether a stage would be over as it begins, or at once (T10)."""
    return visit is not None and visit.deadline is not None and visit.deadline <= max(visit.entered, at)


def _stages(course: Course) -> dict[str, Visit]:
    """The stages from the running one on, up to the last ordinary one, as they go by if nobody acts."""
    begun = course.dispute.visit
    if begun is None:
        return {}
    left_by_themselves = {stage.id for stage in course.version.pathway.ordinary_stages[:-1]}
    for _ in range(MOST_TIMERS):
        visit, due = course.dispute.visit, course.dispute.next_due
        fired = course.due(due) if visit and visit.stage in left_by_themselves and due else None
        if fired is None:
            break
        course.apply(fired)
    return {visit.stage: visit for visit in course.dispute.visits if visit.entered >= begun.entered}

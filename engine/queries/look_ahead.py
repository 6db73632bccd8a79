"""What a protective timescale would change, before anybody sets it: tried in memory, and forgotten (T10)."""

from dataclasses import dataclass
from datetime import datetime

from engine.application import Concord, allow_protective, opened
from engine.course import Course
from engine.dispute import Input, Kind, Person, Visit, to_json

MOST_TIMERS = 500


@dataclass(frozen=True, kw_only=True)
class StageAhead:
    """An ordinary stage and when it ends if nobody acts: as it is, and as it would be; `passed` straight over."""

    title: str
    is_now: datetime | None
    would_be: datetime | None
    passed: bool = False


def protective_ahead(concord: Concord, person: Person, ref: str, until: datetime) -> tuple[StageAhead, ...]:
    """Each ordinary stage from the running one on, none where none runs; raises what setting the time would raise."""
    with concord.store.begin(write=False) as tx:
        was, now = (opened(concord, tx, person, ref) for _ in range(2))
        allow_protective(now, person, until)
        given = {"until": to_json(until)}
        now.course.apply(Input(kind=Kind.PROTECTIVE_TIMESCALE_SET, at=now.at, actor=person.actor, data=given))
        before, after = _stages(was.course), _stages(now.course)
        return tuple(
            StageAhead(
                title=stage.title,
                is_now=_end(before.get(stage.id)),
                would_be=_end(after.get(stage.id)),
                passed=_passed(after.get(stage.id), now.at),
            )
            for stage in was.version.pathway.ordinary_stages
            if stage.id in before or stage.id in after
        )


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

"""What entries of format 1 leave unsaid is added as they are folded: the fold gives what the live dispute was."""

from datetime import date, timedelta

import pytest
from town import BPMN, MONDAY

from engine import version_from
from engine.calendar import working_days as days
from engine.course import fold, plain
from engine.dispute import CLOCK, Input, Kind
from engine.proof.simulation import Simulation

VERSION = version_from(BPMN, "birmingham")
TALK = "Stage1_Discuss.1"
TRAINING = frozenset({date(2026, 3, 3)})


def recalculated(v: int) -> Simulation:
    """A talk is overdue, and then the day on which it was due is found to have been closed."""
    dispute = Simulation(VERSION, MONDAY)
    while not dispute.course.dispute.task(TALK).overdue:  # type: ignore[union-attr]
        dispute.fire_next()
    at = dispute.at + timedelta(hours=1)
    calendar = days.calendar_for(at, TRAINING).to_json()
    dispute.apply(Input(kind=Kind.CALENDAR_NOTED, at=at, actor=CLOCK, data={"calendar": calendar}, v=v))
    dispute.apply(Input(kind=Kind.DEADLINES_RECALCULATED, at=at, actor=CLOCK, data={}, v=v))
    return dispute


@pytest.mark.parametrize(("v", "due"), [(1, "2026-03-04T17:00:00+00:00"), (2, "2026-03-03T17:00:00+00:00")])
def test_t12_an_overdue_task_took_a_new_time_in_format_1_alone(v: int, due: str) -> None:
    """T12: without a word of the journal then; from format 2 on when it was due is on the record, and stays."""
    dispute = recalculated(v)
    task = dispute.course.dispute.task(TALK)
    assert task is not None
    assert task.due is not None
    assert (task.due.isoformat(), task.overdue) == (due, True)


@pytest.mark.parametrize("v", [1, 2])
def test_the_fold_of_a_journal_gives_the_live_tasks(v: int) -> None:
    """Decision 71: the tasks, when each is due and whether it was missed, in either format, from the entries alone."""
    dispute = recalculated(v)
    told = fold(VERSION.pathway, dispute.entries)
    assert told is not None
    assert plain(told.tasks) == plain(dispute.course.dispute.tasks)
    assert plain(told.visits) == plain(dispute.course.dispute.visits)


@pytest.mark.parametrize(("v", "moved"), [(3, []), (4, ["2026-03-05T17:00:00Z"])])
def test_t12_the_limit_of_a_part_moves_with_its_stages_from_format_4_on(v: int, moved: list[str]) -> None:
    """T12: what an older entry brought about stays as it was, whatever its diagram draws."""
    dispute = Simulation(VERSION, MONDAY)
    at = dispute.at + timedelta(hours=1)
    calendar = days.calendar_for(at, TRAINING).to_json()
    for kind, data in ((Kind.CALENDAR_NOTED, {"calendar": calendar}), (Kind.DEADLINES_RECALCULATED, {})):
        dispute.apply(Input(kind=kind, at=at, actor=CLOCK, data=data, v=v))
    told = [e for e in dispute.entries if (e.kind, e.element) == (Kind.DEADLINE_MOVED, "Stage1_FirstOver")]
    assert [entry.data["due"] for entry in told] == moved

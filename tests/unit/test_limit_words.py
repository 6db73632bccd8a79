"""Deadlines in words: how they stand at a moment, and what became of them."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from engine import london, run_scenario, version_from
from engine.dispute import calendar_of
from engine.replay import Timer, limit_line
from engine.replay.timers import PROTECTIVE, STAGE, TASK, WAIT

VERSION = version_from(Path(__file__).parents[2] / "bpmn", "birmingham")
DISPUTE = run_scenario(VERSION, {"raised": "2026-11-02T10:00", "start": {"children": 2}}).course.dispute


def at(text: str) -> datetime:
    """A London time of November 2026."""
    return london(f"2026-11-{text}")


def words(limit: Timer, now: str = "05T10:00") -> tuple[str, str]:
    """Its name and how it stands."""
    line = limit_line(VERSION.pathway, DISPUTE, limit, at(now), calendar_of(DISPUTE))
    return line.name, line.words


def task(**given: Any) -> Timer:
    """A discussion that is due on Tuesday at 17:00."""
    return Timer(key="T.1", element="Stage1_Discuss", what=TASK, opened=at("02T10:00"), due=at("03T17:00"), **given)


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (task(), "due tomorrow 17:00"),
        (task().end(at("03T15:00"), done=True), "kept, 2 hours of working time before it was due"),
        (task().end(at("03T17:00"), done=True), "kept, at the last moment"),
        (task().end(at("04T11:00"), done=True), "missed by 2 hours of working time, then done"),
        (
            task().miss(at("03T17:00")).end(at("04T11:00"), done=False),
            "missed by 2 hours of working time, and never done",
        ),
        (task().end(at("03T15:00"), done=False), "fell away: what it was for ended before"),
    ],
)
def test_a_tasks_deadline_says_what_became_of_it(limit: Timer, said: str) -> None:
    """T9: kept, missed or fallen away, and by how much."""
    assert words(limit, "02T10:00") == ("“Discuss the difference”", said)


def test_one_that_is_missed_and_not_done_grows() -> None:
    """Its time goes on running, told as working time."""
    missed = task().miss(at("03T17:00"))
    assert words(missed, "03T17:00")[1] == "missed: its time has run out"
    assert words(missed, "05T10:00")[1] == "missed so far by 1 working day 1 hour"
    assert words(missed, "03T20:00")[1] == "missed so far by 3 hours, out of hours"


def test_what_is_due_at_once_is_not_late_before_it_is_overdue() -> None:
    """T6: open for so long, or done within so long."""
    limit = Timer(
        key="R.1", element="Risk_Refer", what=TASK, opened=at("02T10:00"), due=at("02T10:00"), child=1, at_once=True
    )
    assert words(limit, "02T10:20") == (
        "“Call CASS and record the referral” – AB (CASE-2)",
        "due at once, open for 20 minutes",
    )
    assert words(limit.end(at("02T10:40"), done=True))[1] == "done within 40 minutes"
    assert words(limit, "02T10:00")[1] == "due at once"
    assert words(limit.miss(at("02T11:00")), "04T10:00")[1] == "missed so far by 2 days"


def test_a_stages_deadline_is_named_by_its_stage() -> None:
    """E1: the timer moved the dispute on; late where the worker stood still."""
    limit = Timer(key="D.1", element="Stage1_Deadline", what=STAGE, opened=at("02T10:00"), due=at("09T17:00"))
    passed = limit.miss(at("09T17:00")).end(at("09T17:00"), done=False)
    assert words(passed) == ("Stage 1: practitioners talk", "ran out: the timer moved it on")
    late = limit.miss(at("10T10:00")).end(at("10T10:00"), done=False)
    assert words(late)[1] == "ran out: the timer moved it on, 1 hour of working time late"


def test_a_stage_that_its_timer_does_not_end_is_done_late() -> None:
    """E1: the last stages are only alerted about."""
    limit = Timer(key="D.1", element="Stage5_Deadline", what=STAGE, opened=at("02T10:00"), due=at("09T17:00"))
    late = limit.miss(at("09T17:00")).end(at("10T12:00"), done=True)
    assert words(late) == ("Stage 5, exceptional: the Co-Chairs decide", "missed by 3 hours of working time, then done")


def test_a_pause_is_over_when_its_timer_fires() -> None:
    """Nothing was to be done before it, so nothing was missed."""
    pause = Timer(key="P.1", element="Stage1_Discuss", what=WAIT, opened=at("02T10:00"), due=at("03T17:00"))
    assert words(pause.fire(at("03T17:00")))[1] == "fired when it was due"
    assert words(pause.fire(at("04T10:00")))[1] == "fired 1 hour of working time late"


def test_a_move_is_told_with_what_was_before() -> None:
    """T12."""
    moved = Timer(key=PROTECTIVE, element="", what=PROTECTIVE, opened=at("02T10:00"), due=at("09T12:00"))
    line = limit_line(
        VERSION.pathway, DISPUTE, moved.move(at("03T09:00"), at("06T12:00")), at("03T10:00"), calendar_of(DISPUTE)
    )
    assert line.name == "Protective timescale"
    assert line.moves == ("moved on Tuesday 3 November 2026 at 09:00, before it was Monday 9 November 2026 at 12:00",)

"""What the time expressions of a diagram mean."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.calendar import london
from engine.calendar import working_days as days
from engine.dispute import Child, Dispute
from engine.dispute.deadlines import LimitUnknown, own_limit, protected, start_of, used

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
ENTERED = MONDAY + timedelta(hours=1)
OPENED = MONDAY + timedelta(hours=2)
DISPUTE = Dispute(
    ref="BIR-1",
    raised=MONDAY,
    counted_from=MONDAY - timedelta(days=3),
    parties=(),
    children=(Child(case_reference="C", initials="AB"),),
    calendar=days.calendar_for(MONDAY).to_json(),
    raised_by="ada",
)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("deadline(working_days: 5, cumulative: 5)", "2026-03-09T17:00"),
        ("deadline(hours: 24)", "2026-03-03T12:00"),
        ('deadline(hours: 24, from: "stage")', "2026-03-03T11:00"),
        ("due(months: 3)", "2026-06-02T17:00"),
        ("due(immediately: true)", "2026-03-02T12:00"),
        ("due(same_working_day: true)", "2026-03-02T17:00"),
        ('due(working_days: 1, from: "disagreement")', "2026-03-02T17:00"),
        ('due(working_days: 2, from: "raised")', "2026-03-04T17:00"),
    ],
)
def test_a_limit_counts_from_where_it_says(text: str, due: str) -> None:
    """T3, T4, T5, T6, T8, T11: and keeps what it was computed from (T12)."""
    limit = own_limit(text, DISPUTE, OPENED, ENTERED)
    assert limit.due == london(due)
    assert limit.basis["expression"] == text


def test_written_confirmation_counts_from_the_agreement() -> None:
    """T11: outside the stage's own limit; before there is one, from the task's opening."""
    text = 'due(working_days: 2, from: "agreement")'
    agreed = replace(DISPUTE, agreed_at=london("2026-03-05T18:00"))
    assert own_limit(text, agreed, OPENED, ENTERED).due == london("2026-03-09T17:00")
    assert own_limit(text, DISPUTE, OPENED, ENTERED).due == london("2026-03-04T17:00")


def test_a_limit_may_last_at_least_so_long_from_raising() -> None:
    """Where a protocol gives the later of two."""
    text = "deadline(hours: 1, at_least: 3)"
    assert own_limit(text, DISPUTE, OPENED, ENTERED).due == london("2026-03-05T17:00")


@pytest.mark.parametrize("text", ["due()", "5", 'due(working_days: 1, from: "birth")', "due(cumulative: 3)"])
def test_what_is_no_limit_is_refused(text: str) -> None:
    """The message says what to write."""
    with pytest.raises(LimitUnknown):
        own_limit(text, DISPUTE, OPENED, ENTERED)


def test_without_a_stage_a_limit_from_the_stage_counts_from_the_task() -> None:
    """A task outside every stage."""
    assert start_of(DISPUTE, "stage", OPENED, None) == OPENED


def test_a_protective_timescale_gives_a_share_and_never_more_than_the_stages_own() -> None:
    """T10: working time in proportion to what remains; of entries before format 5, elapsed time."""
    own = own_limit("deadline(working_days: 5)", DISPUTE, MONDAY, MONDAY)
    soon = replace(DISPUTE, protective=MONDAY + timedelta(hours=14))
    before = protected(own, soon, MONDAY, [5.0, 2.0, 3.0, 4.0], worked=False)
    assert before.due == MONDAY + timedelta(hours=5)
    days_away = replace(DISPUTE, protective=london("2026-03-05T14:00"))
    limit = protected(own, days_away, london("2026-03-02T10:00"), [5.0, 2.0, 3.0, 4.0], worked=True)
    assert limit.due == london("2026-03-03T12:00")
    assert london(limit.basis["own"]) == own.due
    far = replace(DISPUTE, protective=MONDAY + timedelta(days=90))
    assert protected(own, far, MONDAY, [5.0, 2.0, 3.0, 4.0], worked=True).due == own.due
    assert protected(own, DISPUTE, MONDAY, [5.0], worked=True) is own


def test_a_protective_timescale_that_has_passed_leaves_the_same_working_day() -> None:
    """T10, T5: outside working hours an hour."""
    own = own_limit("deadline(working_days: 5)", DISPUTE, MONDAY, MONDAY)
    passed = replace(DISPUTE, protective=MONDAY)
    assert protected(own, passed, MONDAY, [5.0], worked=True).due == london("2026-03-02T17:00")
    late = london("2026-03-02T20:00")
    assert protected(own, passed, late, [5.0], worked=True).due == late + timedelta(hours=1)


def test_working_days_used_count_from_the_disagreement() -> None:
    """T13."""
    assert used(DISPUTE, london("2026-03-09T17:00")) == 6
    assert used(replace(DISPUTE, counted_from=MONDAY), london("2026-03-09T17:00")) == 5

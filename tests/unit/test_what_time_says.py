"""What calendar and clock say for people: a length by an office's own day, and a refusal that names what was given."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from engine.calendar import ClockTurnedBack, SetClock, SystemClock, WallTimeMissing, ahead, london, span
from engine.calendar import working_days as days

FRIDAY = london("2026-11-06T08:30")
OFFICE = replace(days.calendar_for(FRIDAY), opens=time(8, 30), closes=time(17, 15))


def test_t2_a_working_day_is_as_long_as_the_office_is_open_to_the_minute() -> None:
    """T2: an office that is open from 8:30 to 17:15 has worked one day then, and not eight hours."""
    passed = span(FRIDAY, london("2026-11-06T17:15"), OFFICE)
    assert (passed.day, passed.worked, passed.short) == (
        timedelta(hours=8, minutes=45),
        "1 working day",
        "1 working day",
    )


def test_t2_a_time_that_did_not_pass_still_knows_the_office_s_day() -> None:
    """T2: nothing passed, by the same calendar."""
    assert span(FRIDAY, FRIDAY, OFFICE) == span(FRIDAY, london("2026-11-06T08:00"), OFFICE)
    assert span(FRIDAY, FRIDAY, OFFICE).day == timedelta(hours=8, minutes=45)


def test_a_whole_minute_is_told_and_less_is_not() -> None:
    """What is shorter than a minute is no waiting."""
    assert span(FRIDAY, FRIDAY + timedelta(minutes=1), OFFICE)
    assert not span(FRIDAY, FRIDAY + timedelta(seconds=59), OFFICE)


def test_t1_a_clock_that_is_turned_back_says_from_when_to_when() -> None:
    """T1: whoever moves a demonstration's clock reads why it stayed."""
    clock = SetClock(FRIDAY)
    with pytest.raises(ClockTurnedBack) as refused:
        clock.set(FRIDAY - timedelta(hours=1))
    assert (refused.value.now, refused.value.at) == (FRIDAY, FRIDAY - timedelta(hours=1))
    assert clock.now() == datetime(2026, 11, 6, 8, 30, tzinfo=UTC)


def test_t1_a_time_that_summer_time_skips_is_named() -> None:
    """T1: the hour that the clocks leave out in March does not exist in London."""
    with pytest.raises(WallTimeMissing, match="2026-03-29T01:30"):
        london("2026-03-29T01:30")


def test_t10_weights_by_which_nothing_can_be_shared_are_named() -> None:
    """T10: a stage without a duration gets no share, so the pathway is wrong."""
    with pytest.raises(days.WeightsInvalid) as refused:
        days.share_protective(FRIDAY, FRIDAY + timedelta(days=1), [1.0, 0.0])
    assert refused.value.weights == [1.0, 0.0]


def test_t1_only_a_clock_that_was_moved_goes_ahead() -> None:
    """T1: a demonstration's goes ahead by what it was moved, the computer's own not at all, whatever it shows."""
    assert ahead(SystemClock()) == timedelta()
    moved = ahead(SetClock(datetime.now(UTC) + timedelta(days=3)))
    assert timedelta(days=2, hours=23) < moved <= timedelta(days=3)

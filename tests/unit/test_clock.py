"""The clocks: one that runs, and one that stands until it is moved."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.calendar import Clock, ClockTurnedBack, SetClock, SystemClock, london, show
from engine.calendar.working_days import InstantNaive
from engine.errors import ConcordError

NAIVE = datetime(2026, 12, 23, 10)  # noqa: DTZ001 -- what is refused


def test_t1_the_system_s_clock_gives_the_present_in_utc() -> None:
    """T1: an aware instant, between a reading before and one after."""
    clock: Clock = SystemClock()
    before = datetime.now(UTC)
    now = clock.now()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC


def test_a_set_clock_stands_until_it_is_moved() -> None:
    """Readings are equal until the clock is set or advanced."""
    set_clock = SetClock(london("2026-12-23T10:00"))
    clock: Clock = set_clock
    assert clock.now() == clock.now() == london("2026-12-23T10:00")
    set_clock.set(london("2026-12-24T10:00"))
    set_clock.advance(timedelta(minutes=30))
    assert clock.now() == london("2026-12-24T10:30")


def test_t4_a_set_clock_advances_by_elapsed_time() -> None:
    """T4: a day on from the evening before the clocks go forward is an hour later by the wall."""
    clock = SetClock(london("2026-03-28T10:00"))
    clock.advance(timedelta(hours=24))
    assert show(clock.now()) == "2026-03-29T11:00:00+01:00"
    assert clock.now().tzinfo is UTC


def test_a_set_clock_never_goes_back() -> None:
    """An earlier instant is refused and the clock stays where it was; the same instant is no step back."""
    clock = SetClock(london("2026-12-23T10:00"))
    clock.set(clock.now())
    with pytest.raises(ClockTurnedBack, match="cannot go back"):
        clock.set(london("2026-12-23T09:59"))
    with pytest.raises(ClockTurnedBack):
        clock.advance(timedelta(seconds=-1))
    assert clock.now() == london("2026-12-23T10:00")
    assert issubclass(ClockTurnedBack, ConcordError)


def test_t1_a_set_clock_refuses_an_instant_without_a_time_zone() -> None:
    """T1: neither to start with nor to be set to."""
    with pytest.raises(InstantNaive):
        SetClock(NAIVE)
    with pytest.raises(InstantNaive):
        SetClock(london("2026-12-23T10:00")).set(NAIVE)

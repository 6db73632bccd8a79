"""The part of the day that a contact table sees, at its boundary minutes."""

import pytest

from engine.calendar import working_days as days
from engine.dispute.contacts import hours


@pytest.mark.parametrize(
    ("at", "part"),
    [
        ("2026-03-02T06:59", "night"),
        ("2026-03-02T07:00", "day"),
        ("2026-03-02T08:59", "day"),
        ("2026-03-02T09:00", "office"),
        ("2026-03-02T16:59", "office"),
        ("2026-03-02T17:00", "day"),
        ("2026-03-02T20:59", "day"),
        ("2026-03-02T21:00", "night"),
        ("2026-03-07T12:00", "day"),
        ("2026-04-03T12:00", "day"),
        ("2026-03-29T07:00", "day"),
        ("2026-10-25T06:59", "night"),
    ],
)
def test_boundary_minutes_weekends_bank_holidays_and_both_clock_changes(at: str, part: str) -> None:
    """07:00 is day, 21:00 is night, 09:00 is office hours, 17:00 is out of hours (Barnet's table, set locally)."""
    instant = days.london(at)
    assert hours(instant, days.calendar_for(instant)) == part

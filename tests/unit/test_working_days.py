"""Limits by hand from the official calendar of 2021 to 2028, and laws that hold on any day (T1-T10, E3)."""

import json
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import Calendar, InstantUnreadable, WallTimeMissing, calendar_for, london, show
from engine.calendar.working_days import (
    LONDON,
    CountInvalid,
    HoursInvalid,
    InstantNaive,
    WeightsInvalid,
    after_hours,
    bank_holidays,
    end_of_working_day,
    in_working_hours,
    reminder,
    same_working_day,
    share_protective,
    within_months,
    working_days_used,
    working_time,
)
from engine.errors import ConcordError

ENGLAND = Calendar(bank_holidays=bank_holidays(2021, 2029))
NAIVE = datetime(2026, 12, 23, 10)  # noqa: DTZ001 -- what is refused
MICROSECOND = timedelta(microseconds=1)

instants = st.datetimes(
    min_value=datetime(2022, 1, 1),  # noqa: DTZ001 -- hypothesis wants its bounds naive
    max_value=datetime(2027, 12, 31),  # noqa: DTZ001 -- the same
    timezones=st.just(UTC),
)
counts = st.integers(min_value=1, max_value=25)
spans = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=60))
weights = st.lists(st.sampled_from([0.5, 1, 2, 3, 5, 7, 10]), min_size=1, max_size=6)
calendars = st.builds(
    Calendar,
    bank_holidays=st.just(ENGLAND.bank_holidays),
    closures=st.frozensets(st.dates(min_value=date(2022, 1, 1), max_value=date(2027, 12, 31)), max_size=20),
    opens=st.sampled_from([time(8), time(8, 30), time(9)]),
    closes=st.sampled_from([time(16), time(16, 30), time(17), time(17, 30)]),
)


@pytest.mark.parametrize(
    ("at", "n", "ends"),
    [
        ("2026-06-19T10:00", 1, "2026-06-22T17:00:00+01:00"),  # raised on a Friday
        ("2026-06-20T11:00", 1, "2026-06-22T17:00:00+01:00"),  # raised on a Saturday
        ("2026-06-21T23:59", 1, "2026-06-22T17:00:00+01:00"),  # raised on a Sunday, late
        ("2026-06-22T00:00", 1, "2026-06-23T17:00:00+01:00"),  # raised a minute later, on the Monday
        ("2026-06-18T23:30+00:00", 1, "2026-06-22T17:00:00+01:00"),  # already Friday in London's summer
        ("2026-06-15T10:00", 5, "2026-06-22T17:00:00+01:00"),  # one working week (T7)
        ("2026-03-27T10:00", 1, "2026-03-30T17:00:00+01:00"),  # clocks forward on 2026-03-29
        ("2026-10-23T10:00", 1, "2026-10-26T17:00:00+00:00"),  # clocks back on 2026-10-25
        ("2027-03-25T10:00", 1, "2027-03-30T17:00:00+01:00"),  # clocks forward on 2027-03-28, Easter Sunday
        ("2027-10-29T10:00", 1, "2027-11-01T17:00:00+00:00"),  # clocks back on 2027-10-31
        ("2026-12-23T10:00", 1, "2026-12-24T17:00:00+00:00"),
        ("2026-12-23T10:00", 2, "2026-12-29T17:00:00+00:00"),  # 12-28 stands in for Boxing Day
        ("2026-12-23T10:00", 5, "2027-01-04T17:00:00+00:00"),
        ("2027-01-04T17:00", 2, "2027-01-06T17:00:00+00:00"),
        ("2027-01-06T17:00", 3, "2027-01-11T17:00:00+00:00"),
        ("2027-01-11T17:00", 4, "2027-01-15T17:00:00+00:00"),
        ("2027-01-15T17:00", 7, "2027-01-26T17:00:00+00:00"),
        ("2021-12-31T10:00", 1, "2022-01-04T17:00:00+00:00"),  # New Year's Day on a Saturday
        ("2022-12-23T10:00", 1, "2022-12-28T17:00:00+00:00"),  # Christmas Day on a Sunday
        ("2022-12-30T10:00", 1, "2023-01-03T17:00:00+00:00"),  # New Year's Day on a Sunday
        ("2024-12-24T10:00", 1, "2024-12-27T17:00:00+00:00"),
        ("2027-12-24T10:00", 1, "2027-12-29T17:00:00+00:00"),  # both days of Christmas at the weekend
        ("2024-03-28T10:00", 1, "2024-04-02T17:00:00+01:00"),  # Easter
        ("2025-04-17T10:00", 1, "2025-04-22T17:00:00+01:00"),
        ("2026-04-02T10:00", 1, "2026-04-07T17:00:00+01:00"),
        ("2022-06-01T10:00", 1, "2022-06-06T17:00:00+01:00"),  # the Jubilee's two days
        ("2022-09-16T10:00", 1, "2022-09-20T17:00:00+01:00"),  # the State Funeral
        ("2023-05-05T10:00", 1, "2023-05-09T17:00:00+01:00"),  # the Coronation
        ("2023-04-27T10:00", 6, "2023-05-09T17:00:00+01:00"),  # two bank holidays in six days
    ],
)
def test_t3_a_limit_ends_at_the_close_of_its_last_working_day(at: str, n: int, ends: str) -> None:
    """T3: the day of the moment does not count, and neither do weekends and bank holidays (T2)."""
    assert show(end_of_working_day(london(at), n, ENGLAND)) == ends
    assert working_days_used(london(at), london(ends), ENGLAND) == n


def test_t2_bank_holidays_are_those_of_the_official_list() -> None:
    """T2: every weekday of the government's own list, and nothing else, in each year that it has whole."""
    listed = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    official = {holiday["date"] for holiday in listed}
    years = sorted({day.year for day in official})
    assert {2022, 2023, 2024, 2025, 2026, 2027} <= set(years)
    assert bank_holidays(years[0], years[-1]) == official


def test_t2_days_that_came_once_are_bank_holidays() -> None:
    """T2: the Jubilee, the State Funeral and the Coronation; the weekday that stands in for a weekend."""
    once = {date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8), date(2026, 12, 28)}
    assert once <= bank_holidays(2022, 2026)
    assert bank_holidays(2024, 2023) == frozenset()


def test_t2_a_calendar_spans_the_london_years_around_its_instant() -> None:
    """T2: from the year before to the second after, by London's year: New Year's Eve 23:30 UTC is no other year."""
    calendar = calendar_for(london("2026-12-31T23:30"), [date(2027, 1, 4)], time(8), time(16))
    assert {day.year for day in calendar.bank_holidays} == {2025, 2026, 2027, 2028}
    assert calendar == calendar_for(london("2026-01-01T00:00"), [date(2027, 1, 4)], time(8), time(16))
    assert (list(calendar.closures), calendar.opens, calendar.closes) == ([date(2027, 1, 4)], time(8), time(16))


def test_t2_a_closure_lengthens_a_limit_but_not_a_protective_one() -> None:
    """T2: closure days count as no working day, unless the limit protects a child."""
    closed = Calendar(bank_holidays=ENGLAND.bank_holidays, closures=frozenset({date(2026, 6, 22)}), closes=time(16))
    friday = london("2026-06-19T10:00")
    assert show(end_of_working_day(friday, 1, closed)) == "2026-06-23T16:00:00+01:00"
    assert show(end_of_working_day(friday, 1, closed.protective())) == "2026-06-22T16:00:00+01:00"


def test_t12_a_calendar_is_the_same_after_a_record() -> None:
    """T12: what a deadline was computed from can be written beside it and read back."""
    calendar = calendar_for(london("2026-06-19T10:00"), [date(2026, 8, 3), date(2026, 7, 1)], time(8, 30))
    record = calendar.to_json()
    assert Calendar.from_json(json.loads(json.dumps(record))) == calendar
    assert record["closures"] == ["2026-07-01", "2026-08-03"]
    assert record["bank_holidays"] == sorted(record["bank_holidays"])
    assert (record["opens"], record["closes"]) == ("08:30:00", "17:00:00")


@pytest.mark.parametrize(
    ("at", "hours", "ends"),
    [
        ("2026-12-24T16:00", 24, "2026-12-25T16:00:00+00:00"),
        ("2026-03-28T10:00", 24, "2026-03-29T11:00:00+01:00"),
        ("2026-10-24T10:00", 24, "2026-10-25T09:00:00+00:00"),
        ("2027-03-27T10:00", 24, "2027-03-28T11:00:00+01:00"),
        ("2027-10-30T10:00", 24, "2027-10-31T09:00:00+00:00"),
        ("2026-06-19T10:00", 0.5, "2026-06-19T10:30:00+01:00"),
    ],
)
def test_t4_hours_elapse_whatever_the_day_and_the_clocks(at: str, hours: float, ends: str) -> None:
    """T4: twenty-four hours are that many, also at Christmas and when the clocks change."""
    assert show(after_hours(london(at), hours)) == ends


@pytest.mark.parametrize(
    ("at", "open_then", "ends"),
    [
        ("2026-12-23T10:00", True, "2026-12-23T17:00:00+00:00"),
        ("2026-12-23T09:00", True, "2026-12-23T17:00:00+00:00"),
        ("2026-12-23T16:59:59", True, "2026-12-23T17:00:00+00:00"),
        ("2026-12-23T17:00", False, "2026-12-23T18:00:00+00:00"),  # the very end of hours
        ("2026-12-23T08:59", False, "2026-12-23T09:59:00+00:00"),
        ("2026-12-23T23:30", False, "2026-12-24T00:30:00+00:00"),
        ("2026-12-25T10:00", False, "2026-12-25T11:00:00+00:00"),  # Christmas Day
        ("2026-06-20T10:00", False, "2026-06-20T11:00:00+01:00"),  # a Saturday
        ("2026-03-29T00:30", False, "2026-03-29T02:30:00+01:00"),  # an hour before the clocks go forward
        ("2026-10-25T01:30", False, "2026-10-25T01:30:00+00:00"),  # the hour that comes twice
        ("2026-06-19T08:30+00:00", True, "2026-06-19T17:00:00+01:00"),  # half past nine in London
    ],
)
def test_t5_the_same_working_day_ends_at_its_close_or_in_an_hour(at: str, open_then: bool, ends: str) -> None:
    """T5: the end of hours that day; outside them one hour from now."""
    assert in_working_hours(london(at), ENGLAND) is open_then
    assert show(same_working_day(london(at), ENGLAND)) == ends


@pytest.mark.parametrize(
    ("at", "months", "ends"),
    [
        ("2025-01-31T10:00", 1, "2025-02-28T17:00:00+00:00"),
        ("2024-01-31T10:00", 1, "2024-02-29T17:00:00+00:00"),  # a leap year
        ("2026-01-31T10:00", 1, "2026-02-27T17:00:00+00:00"),  # 02-28 is a Saturday
        ("2025-12-10T10:00", 3, "2026-03-10T17:00:00+00:00"),
        ("2026-01-06T10:00", 3, "2026-04-02T17:00:00+01:00"),  # back over Easter
        ("2026-09-25T10:00", 3, "2026-12-24T17:00:00+00:00"),  # back from Christmas Day
        ("2026-09-28T10:00", 3, "2026-12-24T17:00:00+00:00"),  # back from the substitute day
        ("2026-10-01T10:00", 3, "2026-12-31T17:00:00+00:00"),  # back from New Year's Day
        ("2026-05-31T23:30+00:00", 3, "2026-09-01T17:00:00+01:00"),  # already June in London
        ("2025-06-15T10:00", 12, "2026-06-15T17:00:00+01:00"),
    ],
)
def test_t8_months_are_the_calendar_s_and_move_back_to_a_working_day(at: str, months: int, ends: str) -> None:
    """T8: the same day of a later month or its last, at the close of hours, moved back where nobody works."""
    assert show(within_months(london(at), months, ENGLAND)) == ends


@pytest.mark.parametrize(
    ("start", "end", "used"),
    [
        ("2026-12-23T10:00", "2026-12-23T10:00", 0),
        ("2026-12-23T10:00", "2026-12-22T10:00", 0),
        ("2026-12-23T10:00", "2026-12-23T10:01", 1),
        ("2026-12-23T10:00", "2026-12-24T17:00:01", 2),
        ("2026-12-23T10:00", "2026-12-26T12:00", 2),
        ("2026-12-23T10:00", "2027-01-26T17:00", 21),  # 5 + 2 + 3 + 4 + 7
    ],
)
def test_t13_working_days_used_are_counted_from_raising(start: str, end: str, used: int) -> None:
    """T13: the cumulative working days that an instant stands for; a second after the close is one more."""
    assert working_days_used(london(start), london(end), ENGLAND) == used


@pytest.mark.parametrize(
    ("entered", "deadline", "reminded"),
    [
        ("2026-12-23T10:00", "2027-01-04T17:00", "2026-12-31T17:00:00+00:00"),
        ("2026-06-15T10:00", "2026-06-17T17:00", "2026-06-16T17:00:00+01:00"),  # two working days
        ("2026-10-21T10:00", "2026-10-26T17:00", "2026-10-23T17:00:00+01:00"),  # the clocks change between
        ("2026-06-15T10:00", "2026-06-16T17:00", "2026-06-16T01:30:00+01:00"),  # one working day: half of 31 hours
        ("2026-06-16T18:00", "2026-06-17T18:00", "2026-06-17T06:00:00+01:00"),  # twenty-four hours
        ("2026-06-15T10:00", "2026-06-17T16:00", "2026-06-16T13:00:00+01:00"),  # an hour short of two days
        ("2026-10-23T10:00", "2026-10-26T17:00", "2026-10-25T01:00:00+00:00"),  # half of 80 hours, not of 79
        ("2026-06-15T10:00", "2026-06-15T10:00", "2026-06-15T10:00:00+01:00"),
        ("2026-06-15T10:00", "2026-06-14T10:00", "2026-06-15T10:00:00+01:00"),  # the timescale had passed
    ],
)
def test_e3_a_reminder_comes_a_working_day_before_or_at_half_time(entered: str, deadline: str, reminded: str) -> None:
    """E3: one working day before, at the same time of day; half time in a stage shorter than two working days."""
    assert show(reminder(london(entered), london(deadline), ENGLAND)) == reminded


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-10-23T16:00", "2026-10-26T10:00", 2),
        ("2026-06-15T00:00", "2026-06-22T00:00", 40),
        ("2026-12-23T10:00", "2027-01-04T17:00", 47),
        ("2026-12-25T09:00", "2026-12-28T17:00", 0),
        ("2026-06-15T18:00", "2026-06-15T19:00", 0),
        ("2026-06-15T12:00", "2026-06-15T10:00", 0),
    ],
)
def test_working_time_is_what_falls_in_hours(start: str, end: str, hours: int) -> None:
    """T2: nights, weekends and bank holidays add nothing; nor does an end before its start."""
    assert working_time(london(start), london(end), ENGLAND) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("now", "until", "shares", "ends"),
    [
        ("2026-06-15T10:00", "2026-06-16T10:00", [5, 2, 3], "2026-06-15T22:00:00+01:00"),
        ("2026-06-15T10:00", "2026-06-16T10:00", [3], "2026-06-16T10:00:00+01:00"),
        ("2026-10-24T12:00", "2026-10-25T12:00", [1, 4], "2026-10-24T17:00:00+01:00"),  # a day of 25 hours
        ("2026-06-15T10:00", "2026-06-15T10:00", [5, 2], "2026-06-15T10:00:00+01:00"),
        ("2026-06-15T10:00", "2026-06-12T10:00", [5, 2], "2026-06-15T10:00:00+01:00"),
    ],
)
def test_t10_the_time_left_is_shared_by_weight(now: str, until: str, shares: list[float], ends: str) -> None:
    """T10: the current stage gets its part of the elapsed time left; with none left, it ends now."""
    assert show(share_protective(london(now), london(until), shares)) == ends


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-12-23T10:00", datetime(2026, 12, 23, 10, tzinfo=UTC)),
        (" 2026-06-19 10:00 ", datetime(2026, 6, 19, 9, tzinfo=UTC)),
        ("2026-06-19", datetime(2026, 6, 18, 23, tzinfo=UTC)),
        ("2026-06-19T10:00Z", datetime(2026, 6, 19, 10, tzinfo=UTC)),
        ("2026-06-19T10:00:00+02:00", datetime(2026, 6, 19, 8, tzinfo=UTC)),
        ("2026-10-25T01:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # the first of two
        ("2027-10-31T01:30", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        ("2026-03-29T02:00", datetime(2026, 3, 29, 1, tzinfo=UTC)),  # the first moment of summer time
    ],
)
def test_t1_text_without_an_offset_is_london_s_wall_time(text: str, instant: datetime) -> None:
    """T1: wall time is London's; what is kept is UTC."""
    assert london(text) == instant
    assert london(text).tzinfo is UTC


@pytest.mark.parametrize("text", ["2026-03-29T01:00", "2026-03-29T01:59:59", "2027-03-28T01:30"])
def test_t1_a_wall_time_that_never_comes_is_refused(text: str) -> None:
    """T1: the hour that the clocks leave out in spring is no moment at all."""
    with pytest.raises(WallTimeMissing, match="never happens in London"):
        london(text)


@pytest.mark.parametrize("text", ["", "soon", "10:00", "2026-02-30T10:00", "23/12/2026", "0001-01-01T00:00+01:00"])
def test_t1_text_that_is_no_date_is_refused(text: str) -> None:
    """T1: a clear refusal, which shows how to write it."""
    with pytest.raises(InstantUnreadable, match="write it like 2026-12-23T10:00"):
        london(text)


def test_t1_an_instant_without_a_time_zone_is_refused_everywhere() -> None:
    """T1: no function guesses where a naive time was meant."""
    aware = london("2026-12-23T10:00")
    refused = [
        lambda: calendar_for(NAIVE),
        lambda: end_of_working_day(NAIVE, 1, ENGLAND),
        lambda: after_hours(NAIVE, 1),
        lambda: same_working_day(NAIVE, ENGLAND),
        lambda: in_working_hours(NAIVE, ENGLAND),
        lambda: within_months(NAIVE, 1, ENGLAND),
        lambda: working_days_used(NAIVE, aware, ENGLAND),
        lambda: working_days_used(aware, NAIVE, ENGLAND),
        lambda: reminder(NAIVE, aware, ENGLAND),
        lambda: reminder(aware, NAIVE, ENGLAND),
        lambda: working_time(NAIVE, aware, ENGLAND),
        lambda: working_time(aware, NAIVE, ENGLAND),
        lambda: share_protective(NAIVE, aware, [1]),
        lambda: share_protective(aware, NAIVE, [1]),
        lambda: show(NAIVE),
    ]
    for call in refused:
        with pytest.raises(InstantNaive, match="has no time zone"):
            call()


def test_what_cannot_be_counted_is_refused() -> None:
    """T3, T4, T8, T10: no limit of nothing, below nothing or beyond every calendar; no hours that close first."""
    at = london("2026-12-23T10:00")
    for count in (0, -1, 10_001):
        with pytest.raises(CountInvalid):
            end_of_working_day(at, count, ENGLAND)
        with pytest.raises(CountInvalid):
            within_months(at, count, ENGLAND)
    for hours in (-1, float("nan"), float("inf")):
        with pytest.raises(CountInvalid):
            after_hours(at, hours)
    for shares in ([], [1, 0], [-1, 2], [1, float("nan")], [float("inf")]):
        with pytest.raises(WeightsInvalid):
            share_protective(at, at + timedelta(days=1), shares)
    for opens, closes in ((time(17), time(9)), (time(9), time(9)), (time(9, tzinfo=UTC), time(17))):
        with pytest.raises(HoursInvalid):
            Calendar(bank_holidays=frozenset(), opens=opens, closes=closes)
    for refusal in (CountInvalid, WeightsInvalid, HoursInvalid, InstantNaive, InstantUnreadable, WallTimeMissing):
        assert issubclass(refusal, ConcordError)


@given(at=instants, n=counts, calendar=calendars)
def test_law_a_limit_closes_a_later_working_day(at: datetime, n: int, calendar: Calendar) -> None:
    """T3: always later, always the close of a working day, in UTC, and with n working days after the day of raising."""
    end = end_of_working_day(at, n, calendar)
    local, first = end.astimezone(LONDON), at.astimezone(LONDON).date()
    passed = [first + timedelta(days=i) for i in range(1, (local.date() - first).days + 1)]
    assert end > at
    assert (end.tzinfo, local.time()) == (UTC, calendar.closes)
    assert sum(map(calendar.is_working_day, passed)) == n
    assert calendar.is_working_day(passed[-1])


@given(at=instants, later=spans, n=counts, calendar=calendars)
def test_law_more_days_or_a_later_start_never_end_sooner(
    at: datetime, later: timedelta, n: int, calendar: Calendar
) -> None:
    """T2, T3: strictly later by the number of days, never sooner by the start, never sooner by a closure."""
    end = end_of_working_day(at, n, calendar)
    assert end < end_of_working_day(at, n + 1, calendar)
    assert end <= end_of_working_day(at + later, n, calendar)
    assert end_of_working_day(at, n, calendar.protective()) <= end


@given(at=instants, n=counts, later=spans, calendar=calendars)
def test_law_working_days_used_inverts_the_limit(at: datetime, n: int, later: timedelta, calendar: Calendar) -> None:
    """T13: a limit used in full counts as itself, a moment more as one more, and no smaller count would do."""
    end = end_of_working_day(at, n, calendar)
    assert working_days_used(at, end, calendar) == n
    assert working_days_used(at, end + MICROSECOND, calendar) == n + 1
    used = working_days_used(at, at + later, calendar)
    assert (used == 0) == (not later)
    assert used < 1 or at + later <= end_of_working_day(at, used, calendar)
    assert used < 2 or at + later > end_of_working_day(at, used - 1, calendar)


@given(at=instants, calendar=calendars, months=st.integers(min_value=1, max_value=12))
def test_law_months_end_at_a_close_not_after_their_day(at: datetime, calendar: Calendar, months: int) -> None:
    """T8: the close of a working day, and monotone in the number of months."""
    local = within_months(at, months, calendar).astimezone(LONDON)
    start = at.astimezone(LONDON)
    assert calendar.is_working_day(local.date())
    assert local.time() == calendar.closes
    assert (local.year * 12 + local.month) - (start.year * 12 + start.month) <= months
    assert within_months(at, months, calendar) <= within_months(at, months + 1, calendar)


@given(at=instants, calendar=calendars)
def test_law_the_same_working_day_is_at_hand(at: datetime, calendar: Calendar) -> None:
    """T5: always later than now, never beyond the day's hours, exactly an hour away outside them."""
    end = same_working_day(at, calendar)
    if in_working_hours(at, calendar):
        assert at < end
        assert end.astimezone(LONDON).date() == at.astimezone(LONDON).date()
    else:
        assert end - at == timedelta(hours=1)


@given(entered=instants, span=spans, calendar=calendars)
def test_law_a_reminder_falls_inside_the_stage(entered: datetime, span: timedelta, calendar: Calendar) -> None:
    """E3: never before the stage was entered, never after its deadline, and strictly between where there is room."""
    reminded = reminder(entered, entered + span, calendar)
    assert entered <= reminded <= entered + span
    assert span < 2 * MICROSECOND or entered < reminded < entered + span


@given(start=instants, first=spans, second=spans, calendar=calendars)
def test_law_working_time_adds_up(start: datetime, first: timedelta, second: timedelta, calendar: Calendar) -> None:
    """T2: cutting a span in two loses nothing, and working time is never more than what elapsed."""
    whole = working_time(start, start + first + second, calendar)
    parts = working_time(start, start + first, calendar), working_time(start + first, start + first + second, calendar)
    assert whole == sum(parts, timedelta())
    assert timedelta() <= whole <= first + second


@given(now=instants, left=spans, shares=weights, lasts=counts, calendar=calendars)
def test_law_sharing_never_passes_the_timescale_or_the_stage_s_own_limit(
    now: datetime, left: timedelta, shares: list[float], lasts: int, calendar: Calendar
) -> None:
    """T10: the earlier of share and own deadline passes neither, and a shorter timescale never gives a later share."""
    until, own = now + left, end_of_working_day(now, lasts, calendar.protective())
    share = share_protective(now, until, shares)
    ends = min(share, own)
    assert now <= ends <= own
    assert ends <= until
    assert share_protective(now, now + left / 2, shares) <= share


@given(now=instants, left=spans, shares=weights)
def test_law_stages_that_use_their_share_in_full_end_with_the_timescale(
    now: datetime, left: timedelta, shares: list[float]
) -> None:
    """T10: sharing again at each stage keeps the first split, in order, and the last stage ends when the time does."""
    until, at, ends = now + left, now, []
    for current in range(len(shares)):
        at = share_protective(at, until, shares[current:])
        ends.append(at)
    assert ends[-1] == until
    assert all(one <= next_one for one, next_one in pairwise(ends))
    for current, end in enumerate(ends, start=1):
        assert abs(end - (now + left * (sum(shares[:current]) / sum(shares)))) <= len(shares) * MICROSECOND


@given(at=instants)
def test_law_what_is_shown_can_be_read_again(at: datetime) -> None:
    """T1: shown with its offset, an instant is the same to the second, also in the hour that comes twice."""
    assert london(show(at)) == at.replace(microsecond=0)
    assert end_of_working_day(at.astimezone(LONDON), 1, ENGLAND) == end_of_working_day(at, 1, ENGLAND)


@given(calendar=calendars)
def test_law_a_calendar_survives_its_record(calendar: Calendar) -> None:
    """T12: any calendar is read back as it was written."""
    assert Calendar.from_json(calendar.to_json()) == calendar

"""Works out limits in Europe/London and England's working days (T1-T10); knows no database, no web and no clock.

Every instant, in and out, is timezone-aware; what comes out is UTC. Days, hours and months are those of London.
"""

import calendar as months_of
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, Self
from zoneinfo import ZoneInfo

import holidays

from engine.errors import ConcordError

LONDON = ZoneInfo("Europe/London")
OPENS = time(9)
CLOSES = time(17)
MOST = 10_000
"""No limit counts more days, hours or months than this: a slip of the pen is refused before it runs out of calendar."""

LEAST_SHARE = timedelta(hours=2)
"""Of working time: what a stage needs at the least in order to be of any use (T10) [local]."""

_DAY = timedelta(days=1)


class InstantNaive(ConcordError):
    """{at} has no time zone, so it is not an instant."""


class InstantUnreadable(ConcordError):
    """{text!r} is no date and time: write it like 2026-12-23T10:00."""


class WallTimeMissing(ConcordError):
    """{text} never happens in London: the clocks go forward over that hour."""


class HoursInvalid(ConcordError):
    """Working hours must open before they close, in London's wall time: {opens} to {closes}."""


class CountInvalid(ConcordError):
    """A limit of {count} cannot be counted: it must be between {least} and {most}."""


class WeightsInvalid(ConcordError):
    """Time can only be shared by durations that are above zero: {weights}."""


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The days and hours that a limit is counted in (T2): kept beside each deadline, as what it was computed from."""

    bank_holidays: frozenset[date]
    closures: frozenset[date] = field(default_factory=frozenset)
    opens: time = OPENS
    closes: time = CLOSES

    def __post_init__(self) -> None:
        if self.opens.tzinfo or self.closes.tzinfo or self.opens >= self.closes:
            raise HoursInvalid(opens=self.opens, closes=self.closes)

    def is_working_day(self, day: date) -> bool:
        """Say whether a London day is one of Monday to Friday, no bank holiday and no closure (T2)."""
        return day.weekday() < 5 and day not in self.bank_holidays and day not in self.closures

    def protective(self) -> Self:
        """Leave the closures out: they never lengthen anything about risk or a protective timescale (T2)."""
        return replace(self, closures=frozenset())

    def to_json(self) -> dict[str, Any]:
        """Write it for a record: sorted ISO dates, and times of day."""
        return {
            "bank_holidays": sorted(day.isoformat() for day in self.bank_holidays),
            "closures": sorted(day.isoformat() for day in self.closures),
            "opens": self.opens.isoformat(),
            "closes": self.closes.isoformat(),
        }

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(
            bank_holidays=frozenset(map(date.fromisoformat, record["bank_holidays"])),
            closures=frozenset(map(date.fromisoformat, record["closures"])),
            opens=time.fromisoformat(record["opens"]),
            closes=time.fromisoformat(record["closes"]),
        )


@cache
def bank_holidays(first_year: int, last_year: int) -> frozenset[date]:
    """Give England's bank holidays that fall on weekdays, both years included, with substitute and one-off days."""
    england = holidays.country_holidays("GB", subdiv="ENG", years=range(first_year, last_year + 1))
    return frozenset(day for day in england if day.weekday() < 5 and first_year <= day.year <= last_year)


@cache
def holiday_names(year: int) -> Mapping[date, str]:
    """Give the names of England's bank holidays of a year."""
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year).items())


def calendar_for(at: datetime, closures: Iterable[date] = (), opens: time = OPENS, closes: time = CLOSES) -> Calendar:
    """Give the calendar for what is counted from an instant: the London year before it to the second after it."""
    year = _local(at).year
    return Calendar(
        bank_holidays=bank_holidays(year - 1, year + 2), closures=frozenset(closures), opens=opens, closes=closes
    )


def end_of_working_day(at: datetime, n: int, calendar: Calendar) -> datetime:
    """End at the close of hours on the n-th working day after the London day of an instant, n from 1 (T3)."""
    _countable(n)
    day = _local(at).date()
    for _ in range(n):
        day = _next_working_day(day, calendar)
    return _wall(day, calendar.closes)


def after_hours(at: datetime, hours: float) -> datetime:
    """End after that many elapsed hours, whatever the day and across changes of the clocks (T4)."""
    _countable(hours, least=0)
    return utc(at) + timedelta(hours=hours)


def same_working_day(at: datetime, calendar: Calendar) -> datetime:
    """End at the close of hours that day; outside hours, one hour from now (T5)."""
    if in_working_hours(at, calendar):
        return _wall(_local(at).date(), calendar.closes)
    return after_hours(at, 1)


def in_working_hours(at: datetime, calendar: Calendar) -> bool:
    """Say whether an instant is in working hours; the moment of closing no longer is (T2, T5)."""
    local = _local(at)
    return calendar.is_working_day(local.date()) and calendar.opens <= local.time() < calendar.closes


def within_months(at: datetime, months: int, calendar: Calendar) -> datetime:
    """End at the close of hours that many calendar months on, or on the last working day before (T8)."""
    _countable(months)
    start = _local(at).date()
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    day = date(year, month, min(start.day, months_of.monthrange(year, month)[1]))
    if not calendar.is_working_day(day):
        day = _previous_working_day(day, calendar)
    return _wall(day, calendar.closes)


def working_days_used(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Count the working days that a limit from `start` needs in order to reach `end`; none if it is not later (T13)."""
    start, end = utc(start), utc(end)
    day, used = _local(start).date(), 0
    if end <= start:
        return 0
    while used == 0 or _wall(day, calendar.closes) < end:
        day, used = _next_working_day(day, calendar), used + 1
    return used


def reminder(entered: datetime, deadline: datetime, calendar: Calendar) -> datetime:
    """Remind one working day before the deadline, at its time of day; at half of a stage of less than two days (E3).

    A stage is shorter than two working days when its deadline comes before the end of the second one by T3. Never
    before the stage was entered, even where the deadline is.
    """
    entered, deadline = utc(entered), utc(deadline)
    if deadline < end_of_working_day(entered, 2, calendar):
        return max(entered, entered + (deadline - entered) / 2)
    local = _local(deadline)
    return _wall(_previous_working_day(local.date(), calendar), local.time())


def working_time(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """Add up the working hours between two instants; none if the end is not later."""
    start, end = utc(start), utc(end)
    total = timedelta()
    day, last = _local(start).date(), _local(end).date()
    while day <= last:
        if calendar.is_working_day(day):
            opened, closed = max(start, _wall(day, calendar.opens)), min(end, _wall(day, calendar.closes))
            total += max(timedelta(), closed - opened)
        day += _DAY
    return total


def share_protective(entered_or_now: datetime, until: datetime, weights: Sequence[float]) -> datetime:
    """End the current stage so that it and the remaining ones share the time left by their weights (T10).

    `weights[0]` is the current stage's. What is shared is elapsed time, nights and weekends included [local]: a child
    is not safer out of hours. With no time left the answer is now. The caller takes the earlier of this and the
    stage's own deadline.
    """
    parts = _parts(weights)
    now, until = utc(entered_or_now), utc(until)
    return now + max(timedelta(), until - now) * parts[0]


def _parts(weights: Sequence[float]) -> list[float]:
    """What part of the whole each weight is; raises WeightsInvalid."""
    total = sum(weights)
    if not weights or min(weights) <= 0 or not math.isfinite(total):
        raise WeightsInvalid(weights=list(weights))
    return [weight / total for weight in weights]


def after_working_time(start: datetime, amount: timedelta, calendar: Calendar) -> datetime:
    """End when that much of the working hours has passed since an instant; at once where there is nothing to pass."""
    at = utc(start)
    day = _local(at).date()
    for _ in range(MOST):
        if amount <= timedelta():
            return at
        if calendar.is_working_day(day) and (closed := _wall(day, calendar.closes)) > at:
            opened = max(at, _wall(day, calendar.opens))
            if closed - opened >= amount:
                return opened + amount
            amount -= closed - opened
            at = closed
        day += _DAY
    raise CountInvalid(count=amount, least=0, most=MOST)


def share_working(now: datetime, until: datetime, weights: Sequence[float], calendar: Calendar) -> datetime | None:
    """End the current stage so that it and the remaining ones share the working time left by their weights (T10).

    `weights[0]` is the current stage's; the last one lasts until the instant itself. None where a share of it would be
    under two working hours [local]: nobody could act in that, and the time is the last stage's whole.
    """
    parts = _parts(weights)
    if len(parts) == 1:
        return max(utc(now), utc(until))
    left = working_time(now, until, calendar)
    return None if left * min(parts) < LEAST_SHARE else after_working_time(now, left * parts[0], calendar)


def london(text: str) -> datetime:
    """Read ISO text as an instant: London's wall time where it has no offset, midnight where it has no time (T1).

    The hour that comes twice in autumn is the first of the two; the one left out in spring is refused.
    """
    try:
        read = datetime.fromisoformat(text.strip())
        instant = (read if read.tzinfo else read.replace(tzinfo=LONDON)).astimezone(UTC)
        back = instant.astimezone(LONDON)
    except (ValueError, OverflowError):
        raise InstantUnreadable(text=text) from None
    if not read.tzinfo and back.replace(tzinfo=None) != read:
        raise WallTimeMissing(text=text)
    return instant


def show(at: datetime) -> str:
    """Write an instant as ISO text with London's offset, to the second (T1)."""
    return _local(at).isoformat(timespec="seconds")


def utc(at: datetime) -> datetime:
    """Give the same instant in UTC, where arithmetic is of elapsed time; refuse one without a time zone (T1)."""
    if at.utcoffset() is None:
        raise InstantNaive(at=at)
    return at.astimezone(UTC)


def _local(at: datetime) -> datetime:
    return utc(at).astimezone(LONDON)


def _wall(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=LONDON).astimezone(UTC)


def _next_working_day(day: date, calendar: Calendar) -> date:
    day += _DAY
    while not calendar.is_working_day(day):
        day += _DAY
    return day


def _previous_working_day(day: date, calendar: Calendar) -> date:
    day -= _DAY
    while not calendar.is_working_day(day):
        day -= _DAY
    return day


def _countable(count: float, least: int = 1) -> None:
    if not least <= count <= MOST:
        raise CountInvalid(count=count, least=least, most=MOST)

"""For how long what was typed is kept, as the current pathway of a partnership says (decision 7). Erases nothing."""

from datetime import date, datetime, time, timedelta

from engine.application.context import Concord
from engine.application.ports import Transaction
from engine.application.records import PathwayUnpublished
from engine.calendar import working_days as days


def retention(concord: Concord, tx: Transaction, partnership: str) -> int | None:
    """For how many years a partnership keeps what was typed, as its current pathway says; none where it has none."""
    try:
        return concord.version(tx, tx.versions.current(partnership)).pathway.retention_years
    except PathwayUnpublished:
        return None


def closed_before(now: datetime, years: int) -> datetime:
    """The instant before which a dispute must have closed for its years to be over today, London's date."""
    today = now.astimezone(days.LONDON).date()
    leap = (today.month, today.day) == (2, 29)
    last = date(today.year - years, today.month, 28) if leap else today.replace(year=today.year - years)
    return datetime.combine(last + timedelta(days=1), time(), days.LONDON)


def kept_until(concord: Concord, tx: Transaction, partnership: str, closed: datetime | None) -> date | None:
    """The last day on which what was typed is kept, London's date; none once that is over, or nothing says how long."""
    years = retention(concord, tx, partnership)
    if closed is None or years is None:
        return date.max
    if closed < closed_before(concord.clock.now(), years):
        return None
    day = closed.astimezone(days.LONDON).date()
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)

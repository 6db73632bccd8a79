"""Whether limits used in full keep each stage's cumulative maximum on every day of two years (T13). Pure dates."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from engine import feel
from engine.calendar import working_days as days
from engine.pathway import Pathway, Stage

FIRST, DAYS, HOURS = datetime(2026, 1, 1, 10, tzinfo=UTC), 730, (0, 10)


def moments() -> list[datetime]:
    """Every day of 2026 and 2027, in and out of working hours."""
    return [FIRST + timedelta(days=n, hours=h) for n in range(DAYS) for h in HOURS]


def broken_limits(pathway: Pathway, timed: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    """Each stage whose limits, used in full, end after its maximum, and the first moment of raising that shows it."""
    found: dict[str, str] = {}
    opens, closes = pathway.hours
    calendar = days.Calendar(bank_holidays=days.bank_holidays(2025, 2029), opens=opens, closes=closes)
    for order in orders(pathway, timed):
        limits = [(stage, _limit(pathway, stage)) for stage in order]
        for raised in moments():
            for stage, message in _late(raised, limits, calendar):
                found.setdefault(stage, message)
            if len(found) == len(pathway.stages):
                break
    yield from found.items()


def orders(pathway: Pathway, timed: Mapping[str, set[str]]) -> list[tuple[Stage, ...]]:
    """The ordinary stages by their numbers, and as timers alone lead from each to the next."""
    found = [pathway.ordinary_stages] if pathway.ordinary_stages else []
    entered = set().union(*timed.values()) if timed else set()
    ahead: list[tuple[Stage, ...]] = [(s,) for s in pathway.stages if s.id in timed and s.id not in entered]
    while ahead:
        order = ahead.pop()
        onward = [s for s in pathway.stages if s.id in timed.get(order[-1].id, ()) and s not in order]
        ahead += [(*order, stage) for stage in onward]
        if not onward and not any(order == longer[: len(order)] for longer in found):
            found.append(order)
    return found


def _limit(pathway: Pathway, stage: Stage) -> Mapping[str, Any]:
    text = pathway.diagram.elements[stage.deadline].timer if stage.deadline else None
    calls = feel.parse(text).calls if text else ()
    return next((given for name, given in calls if name == "deadline"), {})


def _late(
    raised: datetime, limits: Sequence[tuple[Stage, Mapping[str, Any]]], calendar: days.Calendar
) -> Iterator[tuple[str, str]]:
    at = raised
    for stage, limit in limits:
        if not limit:
            continue
        start = raised if limit.get("from") in {"raised", "disagreement"} else at
        due = _ends(start, limit, calendar)
        if at_least := limit.get("at_least"):
            due = max(due, days.end_of_working_day(raised, int(at_least), calendar))
        at = max(at, due)
        used = days.working_days_used(raised, at, calendar)
        if stage.cumulative is not None and used > stage.cumulative:
            yield stage.id, f"Raised {days.show(raised)}, it ends on working day {used}; at most {stage.cumulative}."


def _ends(start: datetime, limit: Mapping[str, Any], calendar: days.Calendar) -> datetime:
    if "working_days" in limit:
        return days.end_of_working_day(start, int(limit["working_days"]), calendar)
    if "months" in limit:
        return days.within_months(start, int(limit["months"]), calendar)
    return days.after_hours(start, int(limit.get("hours", 0)))

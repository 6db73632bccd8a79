"""What the time expressions of a diagram mean: from what opens to the instant it is due. Reads no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine import feel
from engine.calendar import working_days as days
from engine.dispute.model import Dispute, to_json
from engine.errors import ConcordError

REMIND_AFTER = timedelta(minutes=30)
ALERT_AFTER = timedelta(minutes=60)


class LimitUnknown(ConcordError):
    """The limit {text} cannot be computed: {why}"""


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A computed deadline: the instant, and what it was computed from (T12)."""

    due: datetime
    basis: Mapping[str, Any]


def calendar_of(dispute: Dispute) -> days.Calendar:
    """The working calendar that the dispute was told last (T2, T12)."""
    return days.Calendar.from_json(dict(dispute.calendar))


def start_of(dispute: Dispute, name: str, opened: datetime, stage_entered: datetime | None) -> datetime:
    """The moment from which a limit counts."""
    moments = {
        "task": opened,
        "stage": stage_entered or opened,
        "agreement": dispute.agreed_at or opened,
        "meeting": dispute.met_at or opened,
        "raised": dispute.raised,
        "first_part": dispute.first_part or opened,
        "disagreement": dispute.counted_from,
    }
    if name not in moments:
        raise LimitUnknown(text=name, why=f"it counts from one of {', '.join(moments)}.")
    return moments[name]


def own_limit(text: str, dispute: Dispute, opened: datetime, stage_entered: datetime | None) -> Limit:
    """Evaluate `deadline(…)` or `due(…)` without regard to a protective timescale (T3–T9, T11)."""
    calendar = calendar_of(dispute)

    def limit(**given: Any) -> Limit:
        start = start_of(dispute, given.get("from", "task"), opened, stage_entered)
        due = _counted(text, given, start, calendar)
        if at_least := given.get("at_least"):
            due = max(due, days.end_of_working_day(dispute.raised, int(at_least), calendar))
        if (after := given.get("after_first_part")) and dispute.first_part:
            due = days.end_of_working_day(dispute.first_part, int(after), calendar)
        limits = {k: (v if isinstance(v, str | bool) else int(v)) for k, v in given.items()}
        return Limit(due=due, basis={"expression": text, "from": to_json(start), "limits": limits})

    found = feel.parse(text).evaluate({}, {"deadline": limit, "due": limit})
    if not isinstance(found, Limit):
        raise LimitUnknown(text=text, why="it must be deadline(…) or due(…).")
    return found


def _counted(text: str, given: Mapping[str, Any], start: datetime, calendar: days.Calendar) -> datetime:
    if given.get("immediately"):
        return start
    if given.get("same_working_day"):
        return days.same_working_day(start, calendar.protective())
    if "hours" in given:
        return days.after_hours(start, int(given["hours"]))
    if "months" in given:
        return days.within_months(start, int(given["months"]), calendar)
    if "working_days" in given:
        return days.end_of_working_day(start, int(given["working_days"]), calendar)
    raise LimitUnknown(text=text, why="say working_days, hours, months, same_working_day or immediately.")


def protected(own: Limit, dispute: Dispute, at: datetime, weights: list[float], *, worked: bool) -> Limit:
    """The limit under the protective timescale (T10): its share of the time left at `at`, never more than its own.

    Shared are working hours; elapsed ones where it is not `worked`, as before format 5. Where there is too little for
    each stage, all but the last are over at once, and say so: their basis is `passed`.
    """
    until = dispute.protective
    if until is None:
        return own
    calendar, passed = calendar_of(dispute).protective(), False
    if until <= at:
        due = days.same_working_day(at, calendar)
    elif not worked:
        due = days.share_protective(at, until, weights or [1.0])
    else:
        straight_on = dispute.hastened and len(weights) > 1
        share = None if straight_on else days.share_working(at, until, weights or [1.0], calendar)
        due, passed = share or at, share is None
    basis = {**own.basis, "own": to_json(own.due), "protective": to_json(until), "shared": to_json(at)}
    return Limit(due=min(own.due, due), basis=basis | ({"passed": True} if passed else {}))


def agreed(own: Limit, dispute: Dispute, entered: datetime, working_days: int) -> Limit:
    """The timescale that was agreed for a stage in place of the diagram's own (HAR, introduction)."""
    due = days.end_of_working_day(entered, working_days, calendar_of(dispute))
    return Limit(due=due, basis={**own.basis, "agreed_working_days": working_days})


def hurried(limit: Limit, dispute: Dispute, since: datetime) -> Limit:
    """The same working day, while a child is believed to be at risk (HAR-R1, T5)."""
    due = days.same_working_day(since, calendar_of(dispute).protective())
    return Limit(due=min(limit.due, due), basis={**limit.basis, "risk": to_json(since)})


def moved_up(limit: Limit, dispute: Dispute, since: datetime, working_hours: int) -> Limit:
    """So many working hours after a stage began, or risk was reported in it, so that nobody is passed over (HAR-R1)."""
    due = days.after_working_time(since, timedelta(hours=working_hours), calendar_of(dispute).protective())
    basis = {**limit.basis, "risk": to_json(since), "risk_working_hours": working_hours}
    return Limit(due=min(limit.due, due), basis=basis)


def used(dispute: Dispute, due: datetime) -> int:
    """Cumulative working days from raising (or the disagreement) to an instant (T13)."""
    return days.working_days_used(dispute.counted_from, due, calendar_of(dispute))


def own_timers(dispute: Dispute, basis: Mapping[str, Any], at: datetime, due: datetime) -> list[tuple[str, datetime]]:
    """A task's own timers as it opens: kind and instant (E3, E4)."""
    if basis["limits"].get("immediately"):
        return [("task_reminder", at + REMIND_AFTER), ("task_alert", at + ALERT_AFTER)]
    reminder = [("task_reminder", days.reminder(at, due, calendar_of(dispute)))] if due > at else []
    return [*reminder, ("task_due", due)]


def half_time(dispute: Dispute, start: datetime, end: datetime) -> datetime:
    """Half of the working hours between two instants are over; of the time itself where nothing of it is worked."""
    calendar = calendar_of(dispute)
    worked = days.working_time(start, end, calendar)
    return days.after_working_time(start, worked / 2, calendar) if worked else start + (end - start) / 2


def next_working_morning(dispute: Dispute, at: datetime) -> datetime:
    """Start of the next working day, for an alert that is repeated (E4)."""
    calendar = calendar_of(dispute)
    evening = days.end_of_working_day(at, 1, calendar)
    local = evening.astimezone(days.LONDON)
    return local.replace(hour=calendar.opens.hour, minute=calendar.opens.minute).astimezone(evening.tzinfo)

"""Deadlines as they ran, in words: due, moved, kept or missed, and by how much."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from engine.calendar import Span, span
from engine.calendar import working_days as days
from engine.dispute import Dispute, Entry, calendar_of
from engine.pathway import Pathway
from engine.replay.missing import limits_of, missed_of
from engine.replay.status import pathway_title, time_left
from engine.replay.timers import FIRED, KEPT, LAPSED, MISSED, PROTECTIVE, RUNNING, STAGE, Timer
from engine.replay.wording import when


@dataclass(frozen=True, kw_only=True)
class LimitLine:
    """A deadline in words: what it is for, when it was set and is due, each move, and how it stands or ended.

    `stage` is the one that it is of or was left by, where its name does not say so; `computed` what its instant was
    worked out from.
    """

    name: str
    opened: datetime
    due: datetime
    moves: tuple[str, ...]
    outcome: str
    words: str
    stage: str = ""
    child: str = ""
    computed: str = ""


def limit_line(
    pathway: Pathway,
    dispute: Dispute,
    limit: Timer,
    at: datetime,
    calendar: days.Calendar,
    closures: Mapping[date, str] | None = None,
) -> LimitLine:
    """A deadline in words, as it stood at an instant; `closures` are the names of closure days."""
    name, stage = _name(pathway, dispute, limit), pathway_title(pathway, limit.stage)
    return LimitLine(
        name=name,
        opened=limit.opened,
        due=limit.due,
        moves=tuple(_moves(limit)),
        outcome=limit.outcome,
        words=WORDS[limit.outcome](limit, at, calendar),
        stage=stage if stage not in name else "",
        child=_child(dispute, limit),
        computed=computed(limit, closures or {}),
    )


def missed_lines(
    pathway: Pathway,
    dispute: Dispute,
    entries: Sequence[Entry],
    at: datetime,
    closures: Mapping[date, str] | None = None,
) -> tuple[LimitLine, ...]:
    """Every deadline that was missed, in words: the same on every page and in every export."""
    calendar = calendar_of(dispute)
    return tuple(
        limit_line(pathway, dispute, limit, at, calendar, closures) for limit in missed_of(limits_of(pathway, entries))
    )


def _moves(limit: Timer) -> Iterable[str]:
    for place, (moved, was) in enumerate(limit.moved):
        by = limit.moved_by[place] if place < len(limit.moved_by) else 0
        yield f"moved{f' by entry {by}' if by else ''} on {when(moved)}, before it was {when(was)}"


def _child(dispute: Dispute, limit: Timer) -> str:
    if limit.child is None or limit.child >= len(dispute.children):
        return ""
    child = dispute.children[limit.child]
    return f"{child.initials} ({child.case_reference})"


def computed(limit: Timer, closures: Mapping[date, str]) -> str:
    """What the instant of a deadline was worked out from, in words: how long from when, and what did not count."""
    basis, limits = limit.basis, limit.basis.get("limits", {})
    if "set_by" in basis:
        return f"set by entry {basis['set_by']}"
    told = []
    if start := basis.get("from"):
        told.append(f"{_length(limits)} from {when(start)}")
    if agreed := basis.get("agreed_working_days"):
        told.append(f"{agreed} working days were agreed for this stage")
    if (own := basis.get("own")) and "protective" in basis:
        told.append(f"its own time would have run until {when(own)}")
        shared = f", time shared out on {when(basis['shared'])}" if basis.get("shared") else ""
        told.append(f"under the time that protects the child, {when(basis['protective'])}{shared}")
    if basis.get("passed"):
        told.append("too little for each stage, so that it goes straight to the last one")
    if risk := basis.get("risk"):
        hours = basis.get("risk_working_hours")
        told.append(
            f"{hours} working hours, as risk was believed, from {when(risk)}"
            if hours
            else f"the same working day, as risk was believed from {when(risk)}"
        )
    if skipped := _skipped(limit, closures) if "working_days" in limits else []:
        told.append(f"not counted: {', '.join(skipped)}")
    return "; ".join(told)


def _length(limits: Mapping[str, Any]) -> str:
    """How long a limit is, in words."""
    if limits.get("immediately"):
        return "at once,"
    if limits.get("same_working_day"):
        return "the same working day,"
    for name, one in (("working_days", "working day"), ("hours", "hour"), ("months", "month")):
        if name in limits:
            return f"{limits[name]} {one}{'' if limits[name] == 1 else 's'}"
    return "counted"


def _skipped(limit: Timer, closures: Mapping[date, str]) -> list[str]:
    """The bank holidays and closure days between, by name."""
    if not limit.calendar or "from" not in limit.basis:
        return []
    calendar = days.Calendar.from_json(dict(limit.calendar))
    day = datetime.fromisoformat(limit.basis["from"]).astimezone(days.LONDON).date()
    last, found = limit.due.astimezone(days.LONDON).date(), []
    while day < last:
        day += timedelta(days=1)
        if day.weekday() < 5 and day in calendar.bank_holidays:
            found.append(f"{day:%-d %B %Y} ({days.holiday_names(day.year).get(day, 'bank holiday')})")
        elif day.weekday() < 5 and day in calendar.closures:
            found.append(f"{day:%-d %B %Y} (closed: {closures.get(day, 'closure day')})")
    return found


def _name(pathway: Pathway, dispute: Dispute, limit: Timer) -> str:
    if limit.what == PROTECTIVE:
        return "Protective timescale"
    element = pathway.diagram.elements.get(limit.element)
    stage = pathway.stage_of(limit.element) if limit.what == STAGE else None
    name = stage.title if stage else f"“{element.name or element.id}”" if element else limit.element
    child = _child(dispute, limit)
    return f"{name} – {child}" if child else name


def _running(limit: Timer, at: datetime, calendar: days.Calendar) -> str:
    if limit.at_once:
        open_for = span(limit.opened, at, calendar)
        return f"due at once, open for {open_for.waited}" if open_for else "due at once"
    left = time_left(limit.due, at, calendar)
    return left.words if left else ""


def _missed(limit: Timer, at: datetime, calendar: days.Calendar) -> str:
    if limit.ended is None:
        over = span(limit.due, at, calendar)
        return f"missed so far by {_over(limit, over)}" if over else "missed: its time has run out"
    if limit.what == STAGE and limit.undone and limit.ended == limit.missed:
        late = span(limit.due, limit.missed or limit.due, calendar)
        return "ran out: the timer moved it on" + (f", {late.short} late" if late else "")
    over = span(limit.due, limit.ended, calendar)
    by = f" by {_over(limit, over)}" if over else ""
    return f"missed{by}, and never done" if limit.undone else f"missed{by}, then done"


def _over(limit: Timer, over: Span) -> str:
    """What is due at once waits for no working hours (T6): all that passed is told."""
    return over.waited if limit.at_once else over.short


def _kept(limit: Timer, _at: datetime, calendar: days.Calendar) -> str:
    ended = limit.ended or limit.due
    if limit.at_once:
        return f"done within {span(limit.opened, ended, calendar).waited}"
    early = span(ended, limit.due, calendar)
    return f"kept, {early.short} before it was due" if early else "kept, at the last moment"


def _lapsed(_limit: Timer, _at: datetime, _calendar: days.Calendar) -> str:
    return "fell away: what it was for ended before"


def _fired(limit: Timer, _at: datetime, calendar: days.Calendar) -> str:
    late = span(limit.due, limit.ended or limit.due, calendar)
    return f"fired {late.short} late" if late else "fired when it was due"


WORDS = {RUNNING: _running, MISSED: _missed, KEPT: _kept, LAPSED: _lapsed, FIRED: _fired}

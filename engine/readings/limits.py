"""Deadlines as they ran, in words: due, moved, kept or missed, and by how much."""

from dataclasses import dataclass
from datetime import datetime

from engine import working_days as days
from engine.dispute import Dispute
from engine.durations import Span, span
from engine.limits_ran import FIRED, KEPT, LAPSED, MISSED, PROTECTIVE, RUNNING, STAGE, Limit
from engine.pathway import Pathway
from engine.readings.standing import time_left
from engine.wording import when


@dataclass(frozen=True, kw_only=True)
class LimitLine:
    """A deadline in words: what it is for, when it was set and is due, each move, and how it stands or ended."""

    name: str
    opened: datetime
    due: datetime
    moves: tuple[str, ...]
    outcome: str
    words: str


def limit_line(pathway: Pathway, dispute: Dispute, limit: Limit, at: datetime, calendar: days.Calendar) -> LimitLine:
    """A deadline in words, as it stood at an instant."""
    return LimitLine(
        name=_name(pathway, dispute, limit),
        opened=limit.opened,
        due=limit.due,
        moves=tuple(f"moved on {when(moved)}, before it was {when(was)}" for moved, was in limit.moved),
        outcome=limit.outcome,
        words=WORDS[limit.outcome](limit, at, calendar),
    )


def _name(pathway: Pathway, dispute: Dispute, limit: Limit) -> str:
    if limit.what == PROTECTIVE:
        return "Protective timescale"
    element = pathway.diagram.elements.get(limit.element)
    stage = pathway.stage_of(limit.element) if limit.what == STAGE else None
    name = stage.title if stage else f"“{element.name or element.id}”" if element else limit.element
    if limit.child is None or limit.child >= len(dispute.children):
        return name
    child = dispute.children[limit.child]
    return f"{name} – {child.initials} ({child.case_reference})"


def _running(limit: Limit, at: datetime, calendar: days.Calendar) -> str:
    if limit.at_once:
        open_for = span(limit.opened, at, calendar)
        return f"due at once, open for {open_for.waited}" if open_for else "due at once"
    return time_left(limit.due, at, calendar)


def _missed(limit: Limit, at: datetime, calendar: days.Calendar) -> str:
    if limit.ended is None:
        over = span(limit.due, at, calendar)
        return f"missed so far by {_over(limit, over)}" if over else "missed: its time has run out"
    if limit.what == STAGE and limit.undone and limit.ended == limit.missed:
        late = span(limit.due, limit.missed or limit.due, calendar)
        return "ran out: the timer moved it on" + (f", {late.short} late" if late else "")
    over = span(limit.due, limit.ended, calendar)
    by = f" by {_over(limit, over)}" if over else ""
    return f"missed{by}, and never done" if limit.undone else f"missed{by}, then done"


def _over(limit: Limit, over: Span) -> str:
    """What is due at once waits for no working hours (T6): all that passed is told."""
    return over.waited if limit.at_once else over.short


def _kept(limit: Limit, _at: datetime, calendar: days.Calendar) -> str:
    ended = limit.ended or limit.due
    if limit.at_once:
        return f"done within {span(limit.opened, ended, calendar).waited}"
    early = span(ended, limit.due, calendar)
    return f"kept, {early.short} before it was due" if early else "kept, at the last moment"


def _lapsed(_limit: Limit, _at: datetime, _calendar: days.Calendar) -> str:
    return "fell away: what it was for ended before"


def _fired(limit: Limit, _at: datetime, calendar: days.Calendar) -> str:
    late = span(limit.due, limit.ended or limit.due, calendar)
    return f"fired {late.short} late" if late else "fired when it was due"


WORDS = {RUNNING: _running, MISSED: _missed, KEPT: _kept, LAPSED: _lapsed, FIRED: _fired}

"""Whether those to whom a dispute is addressed have taken it up by half of its first stage (W). Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.course.event import ACKNOWLEDGED, Event
from engine.dispute import ADDRESSEE, RECEIVING, Deadline, Dispute, deadlines

if TYPE_CHECKING:
    from datetime import datetime

    from engine.course.unfolding import Unfolding

LEADS = "receiving:safeguarding_lead,receiving:deputy"
READDRESS = "Say whose it is"


def awaited(dispute: Dispute, since: datetime) -> Dispute:
    """Wait until half of what is left of the first stage is over, where the dispute is addressed to anybody."""
    visit, quiet = dispute.visit, taken_up(dispute)
    if dispute.addressee is None or not dispute.addressee.known or visit is None or visit != dispute.visits[0]:
        return quiet
    if visit.deadline is None or visit.deadline <= since:
        return quiet
    half = deadlines.half_time(dispute, since, visit.deadline)
    own = Deadline(key=ACKNOWLEDGED, element=visit.stage, kind=ACKNOWLEDGED, due=half, host=visit.key)
    return replace(quiet, deadlines=(*quiet.deadlines, own))


def still_awaited(dispute: Dispute, at: datetime) -> Dispute:
    """The stage ends at another time: where it is still waited for, half of what is left counts from now."""
    return awaited(dispute, at) if any(d.kind == ACKNOWLEDGED for d in dispute.deadlines) else dispute


def taken_up(dispute: Dispute) -> Dispute:
    """It is taken up, or addressed to nobody: nothing is waited for."""
    return replace(dispute, deadlines=tuple(d for d in dispute.deadlines if d.kind != ACKNOWLEDGED))


def heard_from(dispute: Dispute, event: Event) -> Dispute:
    """Somebody of the receiving agency took on or did what is to be done in the first stage: that takes it up."""
    task = dispute.task(str(event.data["task"]))
    first = task is not None and bool(dispute.visits) and task.stage == dispute.visits[0].stage
    return taken_up(dispute) if first and dispute.side_of(event.actor.agency) == RECEIVING else dispute


def tell(turn: Unfolding) -> None:
    """Tell those to whom a dispute is addressed; their leads, where it is to nobody, or to nobody who is there."""
    addressee = turn.dispute.addressee
    if addressee is None:
        return
    if addressee.known:
        turn.notify("You, or your team, are named as who decided: it is yours to answer", ADDRESSEE, None)
    if not addressee.known:
        turn.notify(f"Nobody is named who decided. {READDRESS}", LEADS, None)
    elif addressee.away:
        turn.notify(f"Those who decided are away. {READDRESS}", LEADS, None)


def unanswered(turn: Unfolding) -> None:
    """Half of the first stage is over, and those to whom it is addressed have not taken it up: their leads are told."""
    turn.notify(f"Half the time is over, and nobody has taken it up. {READDRESS}", LEADS, None)


def barred(turn: Unfolding, person: str) -> None:
    """Somebody must not act: where it is addressed to them, their leads are told to readdress it."""
    addressee, visit = turn.dispute.addressee, turn.dispute.visit
    if addressee and addressee.person == person and visit and visit == turn.dispute.visits[0]:
        turn.notify(f"Who decided must not act in it. {READDRESS}", LEADS, None)

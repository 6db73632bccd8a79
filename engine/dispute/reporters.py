"""To which side a report of risk belongs, and on whose word it would be closed: of the input, or of the journal (S3).

Knows no directory: who may do what about a report is decided in `access`.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from engine.dispute.events import Kind
from engine.dispute.journal import EFFECT, INPUT, Entry
from engine.dispute.model import PARTNERSHIP, Actor, Dispute
from engine.pathway import Offices, Pathway


def reporting_side(actor: Actor, dispute: Dispute, offices: Offices) -> str:
    """The side whose report it is: the reporter's agency's; the partnership's where they are its own, or look only."""
    side = None if actor.role in offices.of_office else dispute.side_of(actor.agency)
    return side or PARTNERSHIP


def answered(dispute: Dispute, referral: str | None, element: str, person: str, pathway: Pathway) -> Dispute:
    """The dispute where somebody has answered a task of a report that is countersigned later (S4)."""
    if not any(element in before for before in pathway.countersigned.values()):
        return dispute
    return replace(
        dispute,
        referrals=tuple(
            replace(r, answered_by=(*r.answered_by, person)) if r.key == referral and person not in r.answered_by else r
            for r in dispute.referrals
        ),
    )


def reporters_told(dispute: Dispute, pathway: Pathway, entries: Callable[[], Iterable[Entry]]) -> Dispute:
    """The dispute with what a state lacks that was stored before it was kept whose a report is; the journal knows."""
    if all(r.side is not None for r in dispute.referrals):  # of none, too: then no journal is read
        return dispute
    sides: dict[str, str] = {}
    turn: str | None = None  # the report that this input opened, or whose task it completed
    report_of: dict[str, str | None] = {}
    done: list[tuple[str | None, str, str]] = []
    for entry in entries():
        if entry.role == INPUT:
            turn = report_of.get(str(entry.data.get("task"))) if entry.kind == Kind.TASK_COMPLETED else None
            if entry.kind == Kind.TASK_COMPLETED and turn:
                done.append((turn, str(entry.element), entry.actor["id"]))
        elif (entry.role, entry.kind) == (EFFECT, Kind.REFERRAL_OPENED):
            turn = entry.data["referral"]
            sides[entry.data["referral"]] = reporting_side(Actor(**entry.actor), dispute, pathway.offices)
        elif entry.kind == Kind.TASK_OPENED and pathway.in_risk_branch(entry.element):
            report_of[entry.data["task"]] = turn
    told = replace(
        dispute, referrals=tuple(replace(r, side=sides.get(r.key), answered_by=()) for r in dispute.referrals)
    )
    for referral, element, person in done:
        told = answered(told, referral, element, person, pathway)
    return told

"""What a person may do in a dispute beside its tasks: decided here, once, and asked by pages and by use cases.

Whether this point of the dispute takes an act at all, its course says (`engine/course/readiness.py`). Who may is a
matter of today's directory and no part of re-execution. Changes nothing.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum

from engine.application.choices import barrable_at
from engine.application.erasable import Erasing, keepers_only
from engine.application.sides import PARTIES, SideWrong, sided
from engine.application.work import Work
from engine.course import NotNow, recordable
from engine.dispute import (
    PARTNERSHIP,
    RAISING,
    RECEIVING,
    Kind,
    Person,
    calming,
    ended,
    is_addressed,
    is_addressee,
    may_say_risk_over,
    stands_in_for_office,
    stands_in_for_seniors,
)
from engine.errors import ConcordError
from engine.pathway import OVERSEER


class Right(StrEnum):
    """Each thing that somebody may do in a dispute beside its tasks."""

    REPORT_RISK = "report_risk"
    SAY_RESOLVED = "say_resolved"
    ESCALATE = "escalate"
    WITHDRAW = "withdraw"
    OBJECT = "object"
    OBJECT_TO_BAR = "object_to_bar"
    PROTECT = "protective"
    LENGTHEN = "lengthen"
    UNDO_PROTECTIVE = "undo_protective"
    BAR = "bar"
    READDRESS = "readdress"
    RECALCULATE = "recalculate"
    SAY_RISK_OVER = "risk_over"
    CORRECT = "correct"
    CONTRADICT = "contradict"
    TAKE_UP_AGAIN = "take_up_again"
    RECORD_UNDONE = "record_undone"
    HOLD = "hold"
    LIFT_HOLD = "lift_hold"
    ERASE = "erase"
    ASK_ERASURE = "ask_erasure"
    CONFIRM_ERASURE = "confirm_erasure"
    CALL_OFF_ERASURE = "call_off_erasure"


class ProtectiveInPast(ConcordError):
    """The protective timescale must be later than now."""


class TakenUpBefore(ConcordError):
    """Dispute {ref} has been taken up again before, as {new}. Look there."""


def refusals(asked: "Asking") -> dict[Right, ConcordError]:
    """What a person who may see a dispute may not do in it now, each with what `allow` raises; the rest they may."""
    return {right: error for right in Right if (error := _refused(asked, right)) is not None}


def allow(work: Work, person: Person, right: Right) -> None:
    """Raise SideWrong, NotNow or what else stands in the way where a person may not do this now."""
    _RULES[right](Asking(work, person))


def allow_protective(work: Work, person: Person, until: datetime) -> None:
    """Raise what stands in the way of setting this protective timescale: it is over, or later than one's own to set."""
    allow(work, person, Right.PROTECT)
    if until <= work.at:
        raise ProtectiveInPast
    if (current := work.dispute.protective) is not None and until > current:
        allow(work, person, Right.LENGTHEN)


class Asking(Erasing):
    """Somebody who asks what they may do in a dispute; of its journal is read what a rule needs, once."""

    def __init__(self, work: Work, person: Person) -> None:
        super().__init__(work)
        self.person = person

    def sided(self, *only: str) -> None:
        """Raise SideWrong unless the person acts for one of these sides."""
        sided(self.person, self.work.dispute, only)

    def running(self) -> None:
        """Raise NotNow once the dispute has ended, whatever is still to be filed."""
        if ended(self.work.dispute):
            raise NotNow(why="the dispute has reached its end.")

    def open(self) -> None:
        """Raise NotNow once nothing is left to do in the dispute."""
        if self.work.dispute.closed:
            raise NotNow(why="the dispute is closed.")


def _refused(asked: Asking, right: Right) -> ConcordError | None:
    try:
        _RULES[right](asked)
    except ConcordError as error:
        return error
    return None


def _report_risk(asked: Asking) -> None:
    """Anybody who can see it, auditors too (S1)."""
    asked.work.course.ready(Kind.RISK_REPORTED)


def _say_resolved(asked: Asking) -> None:
    """A side's word, not the partnership's (E5)."""
    asked.sided(RAISING, RECEIVING)
    asked.work.course.ready(Kind.RESOLUTION_SAID)


def _escalate(asked: Asking) -> None:
    asked.sided(*PARTIES)
    asked.work.course.ready(Kind.ESCALATED_EARLY)


def _withdraw(asked: Asking) -> None:
    asked.sided(RAISING)
    asked.work.course.ready(Kind.WITHDRAWN)


def _protect(asked: Asking) -> None:
    """Once the time that was set has passed, whatever is set is later (T10)."""
    asked.sided(*PARTIES)
    asked.running()
    if (until := asked.work.dispute.protective) is not None and until <= asked.work.at:
        _lengthen(asked)


def _lengthen(asked: Asking) -> None:
    """Not the side whose decision is disputed (T10)."""
    asked.sided(RAISING, PARTNERSHIP)
    asked.running()


def _undo_protective(asked: Asking) -> None:
    """The raising side, of one that the receiving side has set (T10)."""
    asked.sided(RAISING)
    asked.running()
    if asked.work.dispute.protective is None or asked.work.dispute.protective_by != RECEIVING:
        raise NotNow(why="the receiving side has set no time that protects the child. Set a later one yourself.")


def _object(asked: Asking) -> None:
    """Whoever raised it, where somebody else asks for its end; also if that is countersigned meanwhile (C1)."""
    dispute = asked.work.dispute
    if asked.person.id != dispute.raised_by:
        raise SideWrong(who="whoever raised it")
    if dispute.object_until is None or dispute.object_until < asked.work.at:
        raise NotNow(why="nobody else has asked for its end within the last working day.")


def _object_to_bar(asked: Asking) -> None:
    """Whoever is barred, from whatever tier (W)."""
    if not any(barred == asked.person.id for barred, _ in asked.work.dispute.barred):
        raise SideWrong(who="whoever is barred")
    asked.open()


def _bar(asked: Asking) -> None:
    """As long as anything is to be done: what is left to file can be in conflict, too (W)."""
    asked.sided(*PARTIES)
    asked.open()
    if next(barrable_at(asked.work, asked.person), None) is None:
        raise NotNow(why="there is nobody whom you could bar: a tier keeps the last who holds it.")


def _readdress(asked: Asking) -> None:
    """Whoever it is addressed to, a lead or senior of theirs, the business manager; while any of it is theirs (W)."""
    person, dispute = asked.person, asked.work.dispute
    theirs = dispute.side_of(person.agency) == RECEIVING and not person.oversees
    leads = theirs and (
        stands_in_for_seniors(person, asked.work.version.pathway.offices) or is_addressee(person, dispute)
    )
    if not leads and not stands_in_for_office(person):
        raise SideWrong(who="a lead or senior of the receiving side, or whoever it is addressed to,")
    asked.running()
    first = dispute.visit is not None and dispute.visit == dispute.visits[0] and not dispute.taken_up_from
    if not first and not any(is_addressed(dispute, task, asked.work.version.pathway) for task in dispute.tasks):
        raise NotNow(why="those who decided have nothing to do in it after the first stage.")


def _recalculate(asked: Asking) -> None:
    """As long as anything is to be done: what is left to file has deadlines, too (T12)."""
    asked.sided(RAISING, PARTNERSHIP)
    asked.open()


def _say_risk_over(asked: Asking) -> None:
    """Where belief in a risk moves stages up; not over the head of who reported it (HAR-R1, S3)."""
    asked.sided(*PARTIES)
    pathway, dispute = asked.work.version.pathway, asked.work.dispute
    each = pathway.moves_up_after is not None
    sides = calming(asked.person, dispute, asked.work.people) if each else ()
    if each and dispute.risk_believed and not sides:
        raise SideWrong(who="whoever reported the risk, or a lead of theirs who is no party,")
    if not each and not may_say_risk_over(asked.person, dispute):
        raise SideWrong(who="the side that reported the risk, or the partnership,")
    asked.running()
    if not (pathway.moves_up_under_risk and dispute.risk_believed):
        raise NotNow(why="no stage is moved up because a child is believed to be at risk.")
    if any(r.side in sides and r.closed is None for r in dispute.referrals):
        raise NotNow(why="what the front door answered to the report is not recorded yet. Record it first.")


def _correct(asked: Asking) -> None:
    """Whether or not it is closed (R2)."""
    asked.sided(*PARTIES)


def _record_undone(asked: Asking) -> None:
    """The business manager, of what has been overdue for long and may lapse (C2)."""
    if OVERSEER not in asked.person.roles or not asked.person.of_partnership:
        raise SideWrong(who="the business manager")
    if not recordable(asked.work.version.pathway, asked.work.dispute, asked.work.at):
        raise NotNow(why="nothing that may be recorded as not done has been overdue for five working days.")


def _take_up_again(asked: Asking) -> None:
    asked.sided(RAISING)
    dispute = asked.work.dispute
    if dispute.closed is None or dispute.ending is None or dispute.ending.how != "resolved":
        raise NotNow(why="only a dispute that was resolved and is closed can be taken up again.")
    before = next((e for e in asked.entries if e.kind == Kind.TAKEN_UP_AGAIN), None)
    if before is not None:
        raise TakenUpBefore(ref=dispute.ref, new=before.data["as"])


def _keeping(rule: Callable[[Asking], object]) -> Callable[[Asking], None]:
    """What only the partnership's own people do with what is kept of a dispute."""

    def kept(asked: Asking) -> None:
        keepers_only(asked.person)
        rule(asked)

    return kept


_RULES: Mapping[Right, Callable[[Asking], None]] = {
    Right.REPORT_RISK: _report_risk,
    Right.SAY_RESOLVED: _say_resolved,
    Right.ESCALATE: _escalate,
    Right.WITHDRAW: _withdraw,
    Right.OBJECT: _object,
    Right.OBJECT_TO_BAR: _object_to_bar,
    Right.PROTECT: _protect,
    Right.LENGTHEN: _lengthen,
    Right.UNDO_PROTECTIVE: _undo_protective,
    Right.BAR: _bar,
    Right.READDRESS: _readdress,
    Right.RECALCULATE: _recalculate,
    Right.SAY_RISK_OVER: _say_risk_over,
    Right.CORRECT: _correct,
    Right.CONTRADICT: _correct,
    Right.TAKE_UP_AGAIN: _take_up_again,
    Right.RECORD_UNDONE: _record_undone,
    Right.HOLD: _keeping(lambda asked: asked.work.course.ready(Kind.HOLD_PLACED)),
    Right.LIFT_HOLD: _keeping(lambda asked: asked.work.course.ready(Kind.HOLD_LIFTED)),
    Right.ERASE: _keeping(Asking.at_once),
    Right.ASK_ERASURE: _keeping(Asking.to_be_asked),
    Right.CONFIRM_ERASURE: _keeping(lambda asked: asked.confirmed_by(asked.person.actor)),
    Right.CALL_OFF_ERASURE: _keeping(lambda asked: asked.waiting()),
}

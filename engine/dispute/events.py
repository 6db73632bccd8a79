"""What can happen in a dispute: each kind of event, declared once, with its data and what it means for people.

An input is what a person or a timer did, an effect what that brought about. What an event makes of the dispute is said
in `engine/course/evolution.py`. Knows no store and no page.
"""

from enum import StrEnum
from typing import Any, Self

from engine.dispute.meaning import ENDED, ESCALATION, MISSED, RISK, STAGE_BEGAN, Meaning
from engine.pathway import ESCALATED_EARLY as EARLY


class Kind(StrEnum):
    """A kind of event, under the name by which journals know it."""

    meaning: Meaning

    def __new__(cls, name: str, meaning: Meaning) -> Self:
        """A name with what it means."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.meaning = meaning
        return member

    # What people and timers do

    RAISED = (
        "Raised",
        Meaning(
            says="Raised by {raising} with {receiving}{risk}",
            data={
                "answers": dict,
                "children": list,
                "risk": bool,
                "parties": list,
                "calendar": dict,
                "protective": str | None,
                "taken_up_from": str | None,
            },
            may={"linked_to": str | None, "addressee": dict},
            mark=RISK,
            where={"risk": frozenset({True})},
            activity="Raised",
        ),
    )
    TASK_COMPLETED = (
        "TaskCompleted",
        Meaning(
            says="“{name}” completed for the {side} side",
            data={"task": str, "side": str, "answers": dict},
            may={"linked": str, "object_until": str, "tells_raiser": bool},
        ),
    )  # fmt: skip
    TASK_ATTEMPTED = (
        "TaskAttempted",
        Meaning(
            says="“{name}” was tried for the {side} side: nobody was reached, and it is still to be done",
            data={"task": str, "side": str, "answers": dict},
        ),
    )
    TASK_CLAIMED = "TaskClaimed", Meaning(says="“{name}” taken on", data={"task": str, "to": str}, quick=True)
    TASK_HANDED_ON = (
        "TaskHandedOn",
        Meaning(says="“{name}” handed on {on_to}", data={"task": str, "to": str | None}, may={"name": str}, quick=True),
    )
    RECORDED_UNDONE = "RecordedUndone", Meaning(says="“{name}” recorded as not done", data={"task": str}, mark=MISSED)
    TIMER_FIRED = (
        "TimerFired",
        Meaning(
            says="{timer} (due {due})", data={"key": str, "what": str, "due": str}, may={"passed": bool},
            mark=MISSED, where={"what": frozenset({"deadline", "protective"})},
        ),
    )  # fmt: skip
    RISK_REPORTED = (
        "RiskReported",
        Meaning(
            says="Risk of significant harm reported for {children}", data={"children": list}, mark=RISK,
            activity="Risk of significant harm reported",
        ),
    )  # fmt: skip
    RISK_OVER = (
        "RiskOver",
        Meaning(says="Risk of significant harm is no longer believed", activity="Risk of significant harm over"),
    )
    RESOLUTION_SAID = (
        "ResolutionSaid",
        Meaning(
            says="Said to be resolved; the {other_word} side is asked", may={"tells_raiser": bool},
            activity="Said to be resolved",
        ),
    )  # fmt: skip
    ESCALATED_EARLY = (
        "EscalatedEarly",
        Meaning(says="Escalated before the deadline", may={"taken_up": bool}, activity="Escalated early"),
    )
    WITHDRAWN = (
        "Withdrawn",
        Meaning(
            says="{withdrawal}; the raising side's safeguarding lead is asked to countersign", activity="Withdrawn",
            may={"object_until": str},
        ),
    )  # fmt: skip
    OBJECTED = "Objected", Meaning(says="Whoever raised it objects to its end", activity="Objected")
    BAR_OBJECTED = "BarObjected", Meaning(says="Who was barred objects to it", activity="Bar objected to")
    PROTECTIVE_TIMESCALE_SET = (
        "ProtectiveTimescaleSet",
        Meaning(
            says="Protective timescale set: to be resolved by {until}", data={"until": str},
            activity="Protective timescale set",
        ),
    )  # fmt: skip
    PROTECTIVE_TIMESCALE_UNDONE = (
        "ProtectiveTimescaleUndone",
        Meaning(says="The protective timescale was taken back", activity="Protective timescale undone"),
    )
    DEADLINES_RECALCULATED = (
        "DeadlinesRecalculated",
        Meaning(says="Deadlines recalculated under the present calendar", activity="Deadlines recalculated"),
    )
    PERSON_BARRED = (
        "PersonBarred",
        Meaning(
            says="{person} was barred from the tasks of {tier}: a conflict of interest",
            data={"person": str, "tier": str}, may={"name": str},
        ),
    )  # fmt: skip
    ADDRESSED = "Addressed", Meaning(says="Addressed to {addressee}", data={"addressee": dict}, activity="Addressed")
    CALENDAR_NOTED = "CalendarNoted", Meaning(says="Working calendar noted", data={"calendar": dict}, framed=False)
    TIER_UNHELD = "TierUnheld", Meaning(says="Nobody at {whose} holds the tier {tier}", data={"tier": str, "side": str})
    NOTICES_ADDRESSED = "NoticesAddressed", Meaning(data={"notices": list})
    LINKED = "Linked", Meaning(data={"to": str})
    CORRECTED = (
        "Corrected",
        Meaning(
            says="Correction of entry {corrects}", data={"corrects": int}, may={"field": str, "value": Any},
            activity="Corrected",
        ),
    )  # fmt: skip
    CONTRADICTED = (
        "Contradicted",
        Meaning(
            says="Entry {contradicts} is contradicted",
            data={"contradicts": int},
            may={"field": str},
            activity="Contradicted",
        ),
    )
    TAKEN_UP_AGAIN = "TakenUpAgain", Meaning(says="Taken up again as {as}", data={"as": str}, activity="Taken up again")
    REPAIRED = (
        "Repaired",
        Meaning(
            says="What stands around the record was made again from it by whoever runs Concord", data={"places": list}
        ),
    )
    ERASURE_ASKED = (
        "ErasureAsked",
        Meaning(says="Asked to erase what was typed; somebody else can confirm it a day later"),
    )
    ERASURE_CALLED_OFF = (
        "ErasureCalledOff",
        Meaning(says="The erasure that entry {asked} asked for was called off", data={"asked": int}),
    )
    TEXT_ERASED = (
        "TextErased",
        Meaning(
            says="What was typed up to here was erased (texts: {texts}){erased_why}",
            data={"why": str, "texts": int},
            may={"years": int, "asked": int, "asked_by": str},
        ),
    )
    HOLD_PLACED = (
        "HoldPlaced",
        Meaning(says="A legal hold was put on: nothing that was typed is erased while it stands"),
    )
    HOLD_LIFTED = "HoldLifted", Meaning(says="The legal hold was taken off")

    # What that brings about

    DISPUTE_RAISED = "DisputeRaised", Meaning(data={"version": str})
    PATH_TAKEN = "PathTaken", Meaning(data={"path": list})
    STAGE_ENTERED = (
        "StageEntered",
        Meaning(says="{stage} began", data={"stage": str, "tier": str, "key": str}, mark=STAGE_BEGAN, loud=True),
    )
    STAGE_LEFT = (
        "StageLeft",
        Meaning(
            says="{stage} ended: {way}{unconfirmed}",
            data={"stage": str, "how": str},
            may={"unconfirmed": bool},
            mark=ESCALATION,
            where={"how": frozenset({"deadline", EARLY})},
            loud=True,
            quick=True,
        ),
    )
    TASK_OPENED = (
        "TaskOpened",
        Meaning(
            says="To do: “{name}”{by_due}",
            data={"task": str, "tier": str, "side": str, "due": str | None, "child": int | None, "basis": dict},
            may={"group": str | None},
        ),
    )
    TASK_INTERRUPTED = (
        "TaskInterrupted",
        Meaning(says="“{name}” was ended before it was done{why_ended}", data={"task": str}, may={"why": str}),
    )
    PART_LEFT = "PartLeft", Meaning(says="“{name}” ended: {way}", data={"part": str, "how": str}, quick=True)
    TASK_OVERDUE = (
        "TaskOverdue",
        Meaning(says="“{name}” is overdue", data={"task": str, "due": str}, mark=MISSED, loud=True),
    )
    TASK_DUE_MOVED = "TaskDueMoved", Meaning(data={"task": str, "due": str})
    DEADLINE_SET = (
        "DeadlineSet",
        Meaning(
            says="{what} set for {due}",
            data={"key": str, "what": str, "due": str, "basis": dict},
            may={"host": str | None},
            quick=True,
        ),
    )
    DEADLINE_MOVED = (
        "DeadlineMoved",
        Meaning(
            says="“{name}” moved from {was} to {due}",
            data={"key": str, "was": str, "due": str},
            may={"basis": dict},
            loud=True,
        ),
    )
    DEADLINE_KEPT = (
        "DeadlineKept",
        Meaning(says="“{name}” stays at {due}", data={"key": str, "due": str, "basis": dict}),
    )
    NOTICE_QUEUED = "NoticeQueued", Meaning(says="{told}", data={"message": str, "to": str}, quick=True)
    REFERRAL_OPENED = (
        "ReferralOpened",
        Meaning(says="Referral opened for {children}", data={"referral": str, "children": list}, mark=RISK, loud=True),
    )
    REFERRAL_CLOSED = "ReferralClosed", Meaning(says="Referral closed", data={"referral": str}, loud=True)
    CONTACT_HELD = (
        "ContactHeld",
        Meaning(says="Contact: {contact}", data={"table": str, "row": int, "contact": str, "note": str}, quick=True),
    )
    LINK_MADE = "LinkMade", Meaning(says="Linked to {to}", data={"to": str})
    CUMULATIVE_EXCEEDED = (
        "CumulativeExceeded",
        Meaning(
            says="{stage} will end on working day {used}; the maximum is {maximum}: {why}",
            data={"stage": str, "used": int, "maximum": int, "why": str},
            loud=True,
        ),
    )
    MEETING_AFTER_DEADLINE = (
        "MeetingAfterDeadline",
        Meaning(
            says="The meeting is dated {meeting_at}, after the deadline {deadline_words}",
            data={"meeting_at": str, "deadline": str},
            loud=True,
        ),
    )
    SAME_PERSON_ACTS = (
        "SamePersonActs",
        Meaning(says="The same person acts at a further stage", data={"person": str, "tier": str}, loud=True),
    )
    PROTECTIVE_TIMESCALE_PASSED = (
        "ProtectiveTimescalePassed",
        Meaning(
            says="The protective timescale has passed: later stages are due the same working day",
            data={"until": str},
            loud=True,
        ),
    )
    STAGES_PASSED_OVER = (
        "StagesPassedOver",
        Meaning(says="Too little time: {to_stage} is next", data={"stage": str, "to": str, "until": str}, loud=True),
    )
    END_REACHED = "EndReached", Meaning(says="{end}{at_stage}", data={"end": str, "stage": str | None}, loud=True)
    DISPUTE_ENDED = (
        "DisputeEnded",
        Meaning(
            says="The disagreement ended: {end}{at_stage}",
            data={"end": str, "stage": str | None}, mark=ENDED, loud=True,
        ),
    )  # fmt: skip
    DISPUTE_CLOSED = (
        "DisputeClosed",
        Meaning(says="Nothing is left to file: closed", data={"end": str | None, "stage": str | None}, loud=True),
    )


def meaning_of(kind: str) -> Meaning | None:
    """What a kind of event means; none of one that this version of Concord does not know."""
    try:
        return Kind(kind).meaning  # type: ignore[call-arg]
    except ValueError:
        return None

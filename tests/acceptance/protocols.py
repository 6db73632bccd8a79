"""What the five protocols' own sheets say where the rules that all share are tested: names, days and instants.

Everything is raised on Monday 2 March 2026 at 10:00 unless it says otherwise. An instant is what the sheet's limits
give, worked out by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from clauses import BARNET, BIRMINGHAM, BROMLEY, HARROW, WOLVERHAMPTON
from play import Play, Played

DAY_0 = "Mon 2 Mar 2026 10:00"
RECORDS = ("StageEnd_RecordRaising", "StageEnd_RecordReceiving")
EACH = ("raising", "receiving")
CONFIRMED = ("Resolved_Confirmation", "Resolved_InformWorker")
"""What follows a resolution before the debrief and the question about gaps in policy."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One protocol: its stages and tasks by name, and what its limits come to."""

    # The ordinary stages, the first task of the first two, and what is asked or opened once they are over.
    stages: tuple[str, ...]
    first: str
    take: str
    after: str
    then: str | None = None
    """The stage to which the last ordinary one's timer leads; none where a question comes first."""
    # The last stage: what is completed to come to it and in it, and the question that no timer answers.
    to_last: tuple[str, ...]
    last: str | None
    deciding: tuple[str, ...]
    question: str
    to_question: tuple[str, ...] = ()
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    closing: tuple[str, ...]
    outcome: tuple[str, str | None]
    resolved_last: tuple[str, str | None]
    # Time.
    first_limit: str
    summer: str
    """Raised on Friday 27 March 2026, 10:00."""
    holidays: Mapping[str, str]
    weekend: str
    """Raised on Friday 6 March, 10:00, or on the Saturday."""
    ends: tuple[str, ...]
    """When the ordinary stages end if every limit is used in full."""
    reminded: tuple[str, ...]
    closed: tuple[str, str]
    """A closed day while stage 2 runs, and when that ends instead."""
    early: tuple[str, str, str]
    """Escalated early then: when stage 2 ends, when its first task is due."""
    again: str
    """When stage 2 ends that was entered on Monday at 10:00."""
    shared: tuple[str, ...]
    """The ends of the stages that share twice as many working hours, from 10:00 on Monday, as they have days."""
    halfway: str
    """Half of the first one's share."""
    moved: tuple[str, str, str]
    """A protective timescale set at noon, the end of stage 1 and its reminder by it."""
    sooner: tuple[str, str]
    """One set after it that is sooner, and the end of stage 1 by that."""
    recalculated: tuple[str, str, str]
    """Noted then that this day is closed: when stage 1 ends once it is recalculated."""
    late: tuple[str, str, int, int] = ("", "", 0, 0)
    """Down until then: when stage 2 ends, the days used by then and the maximum."""
    agreed_late: tuple[str, str]
    """Agreed an hour before stage 1 ended: as a form writes it, and when the confirmation is due."""
    under_risk: str
    """When stage 1 ends after risk was reported on Tuesday at 11:00."""
    asked_side: str = "raising"
    """The side that is asked what no timer takes: the raising one, or the partnership where its row names that."""
    unanswered: tuple[str, ...]
    """When the business manager hears that the question is not answered."""
    undecided: tuple[str, ...] = ()
    """When the business manager hears that the last stage's decision is overdue."""
    # Who, what, and whose number.
    decisions: tuple[str, ...]
    plan_asked: Mapping[str, str]
    """Where a stage asks again for the child's plan."""
    for_both: tuple[str, str, str, str]
    """A stage, a task of both sides in it, a role of a health agency that does it, and one that doesn't."""
    talk: tuple[str, tuple[str, ...], str]
    """A stage, what comes first in it, and the talk that names the other side."""
    has_front_door: bool
    # What is asked about risk as a stage ends and once a protective timescale has passed; what is owed afterwards.
    asked: tuple[str, ...] = ("StageEnd_RiskQuestion",)
    """Of both sides at once, or of each, the raising side first."""
    asked_protective: tuple[str, ...] = ("Protective_RiskQuestion",)
    withdrawal_waits: bool = False
    """Whether the stage and its clock go on until a withdrawal is countersigned, or refused (C1)."""
    asked_once: bool = False
    """Whether no further question opens for a side while one is open (S2)."""
    afterwards: tuple[str, str] = ("Resolved_Debrief", "Resolved_PolicyGap")
    """The offer of a debrief, and the question about gaps in policy."""
    gap_told: str = "Resolved_GapTold"
    gap_by: tuple[str, ...] = ()
    """What is done between its being said and its being told."""
    first_talk: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By the side that writes it up: what is done up to the first talk, and that."""
    beside: tuple[str, ...] = ()
    """What else runs beside the main flow and holds the dispute open when that has ended."""
    limited: tuple[str, str, str, str, str] = ("", "", "", "", "")
    """Raised then, as far as that stage: a task with a limit before its stage's, when it is reminded, and due."""
    in_24_hours: tuple[str, ...] = ()
    """What is due within 24 hours of stage 3's beginning."""

    @property
    def aside(self) -> tuple[str, ...]:
        """What a stage's end leaves to do."""
        return (*self.asked, *RECORDS)

    @property
    def resolved(self) -> tuple[str, ...]:
        """What follows a resolution, in its order."""
        return (*CONFIRMED, *self.afterwards)


FOUR = ("Stage1", "Stage2", "Stage3", "Stage4")
MEASURED: Mapping[str, Any] = {
    "stages": FOUR,
    "first_limit": "deadline(working_days: 5",
    "summer": "Tue 7 Apr 2026 17:00",
    "holidays": {"Wed 23 Dec 2026 10:00": "Mon 4 Jan 2027 17:00", "Thu 2 Apr 2026 10:00": "Mon 13 Apr 2026 17:00"},
    "weekend": "Fri 13 Mar 2026 17:00",
    "ends": ("Mon 9 Mar 2026 17:00", "Wed 11 Mar 2026 17:00", "Mon 16 Mar 2026 17:00", "Fri 20 Mar 2026 17:00"),
    "reminded": ("Fri 6 Mar 2026 17:00", "Tue 10 Mar 2026 17:00", "Fri 13 Mar 2026 17:00", "Thu 19 Mar 2026 17:00"),
    "closed": ("Wed 11 Mar 2026", "Thu 12 Mar 2026 17:00"),
    "early": ("Wed 4 Mar 2026 11:00", "Fri 6 Mar 2026 17:00", "Thu 5 Mar 2026 17:00"),
    "again": "Wed 4 Mar 2026 17:00",
    "shared": ("Tue 3 Mar 2026 12:00", "Tue 3 Mar 2026 16:00", "Wed 4 Mar 2026 14:00", "Thu 5 Mar 2026 14:00"),
    "halfway": "Mon 2 Mar 2026 23:00",
    "moved": ("Thu 5 Mar 2026 16:00", "Tue 3 Mar 2026 14:00", "Tue 3 Mar 2026 00:00"),
    "sooner": ("Thu 5 Mar 2026 09:00", "Tue 3 Mar 2026 11:30"),
    "recalculated": ("Tue 3 Mar 2026 12:00", "Thu 5 Mar 2026", "Tue 10 Mar 2026 17:00"),
    "late": ("Wed 11 Mar 2026 10:00", "Fri 13 Mar 2026 17:00", 9, 7),
    "agreed_late": ("2026-03-09T16:00", "Wed 11 Mar 2026 17:00"),
    "under_risk": "Mon 9 Mar 2026 17:00",
    "unanswered": (
        "Tue 24 Mar 2026 17:00", "Wed 25 Mar 2026 09:00", "Thu 26 Mar 2026 09:00", "Fri 27 Mar 2026 09:00",
        "Mon 30 Mar 2026 09:00",
    ),
    "undecided": ("Mon 9 Mar 2026 17:00", "Tue 10 Mar 2026 09:00", "Wed 11 Mar 2026 09:00"),
}  # fmt: skip
"""Birmingham's and Wolverhampton's stages have the same limits: 5, 2, 3 and 4 working days."""
SINGLE_DAYS: Mapping[str, Any] = {
    "first_limit": "deadline(working_days: 1",
    "summer": "Mon 30 Mar 2026 17:00",
    "holidays": {"Thu 24 Dec 2026 10:00": "Tue 29 Dec 2026 17:00", "Thu 2 Apr 2026 10:00": "Tue 7 Apr 2026 17:00"},
    "weekend": "Mon 9 Mar 2026 17:00",
    "halfway": "Mon 2 Mar 2026 11:00",
    "moved": ("Wed 4 Mar 2026 11:00", "Mon 2 Mar 2026 15:00", "Mon 2 Mar 2026 12:30"),
    "sooner": ("Tue 3 Mar 2026 14:00", "Mon 2 Mar 2026 14:00"),
    "recalculated": ("Mon 2 Mar 2026 12:00", "Tue 3 Mar 2026", "Wed 4 Mar 2026 17:00"),
    "agreed_late": ("2026-03-03T16:00", "Thu 5 Mar 2026 17:00"),
    "under_risk": "Tue 3 Mar 2026 17:00",
    "unanswered": ("Wed 11 Mar 2026 17:00", "Thu 12 Mar 2026 09:00", "Fri 13 Mar 2026 09:00", "Mon 16 Mar 2026 09:00"),
    "has_front_door": False,
}
"""Bromley's and Barnet's stage 1 is one working day, and all ordinary stages together five."""
SHEETS: Mapping[str, Sheet] = {
    BIRMINGHAM: Sheet(
        **MEASURED,
        first="Stage1_Discuss", take="Stage2_TakeToLead", after="Stage5_ConcernsPersist",
        to_last=("Stage5_ConcernsPersist",), last="Stage5", question="Stage5_ConcernsPersist",
        deciding=(
            "Stage5_RepresentationRaising", "Stage5_RepresentationReceiving", "Stage5_Consider", "Stage5_Decide",
        ),
        outcome=("decided", "Stage5"), resolved_last=("resolved", "Stage5"),
        closing=("Afterwards_Debrief", "Afterwards_PolicyGap"),
        decisions=(
            "Stage1_Discuss", "Stage1_TalkAgain", "Stage2_Resolve", "Stage3_Discuss", "Stage3_ReferRaising",
            "Stage3_ReferReceiving", "Stage3_Meet", "Stage4_EscalateRaising", "Stage4_EscalateReceiving",
            "Stage4_Write", "Stage4_Meet", "Stage5_ConcernsPersist", "NotPursued_Countersign",
            "Stage5_RepresentationRaising", "Stage5_RepresentationReceiving", "Stage5_Decide", "Resolution_Confirm",
            "Withdrawal_Countersign",
        ),
        plan_asked={"Stage2": "Stage2_TakeToLead", "Stage3": "Stage3_ReferRaising", "Stage4": "Stage4_EscalateRaising"},
        for_both=("Stage3", "Stage3_Discuss", "senior_manager", "line_manager"),
        talk=("Stage3", ("Stage3_Discuss", "Stage3_ReferRaising", "Stage3_ReferReceiving"), "Stage3_Meet"),
        has_front_door=True,
        asked=("StageEnd_RiskQuestionRaising", "StageEnd_RiskQuestionReceiving"),
        asked_protective=("Protective_RiskQuestionRaising", "Protective_RiskQuestionReceiving"),
        asked_once=True, withdrawal_waits=True,
        afterwards=("Afterwards_Debrief", "Afterwards_PolicyGap"), gap_told="Afterwards_GapTold",
        beside=(
            "Begun_TellLeadReceiving", "Begun_ActionsRaising", "Begun_ActionsReceiving", "Afterwards_Debrief",
            "Afterwards_PolicyGap",
        ),
        in_24_hours=("Stage3_Discuss", "Stage3_ReferRaising", "Stage3_ReferReceiving"),
        first_talk={"raising": ("Stage1_Discuss",), "receiving": ("Stage1_Discuss",)},
        limited=(DAY_0, "Stage1", "Stage1_Discuss", "Tue 3 Mar 2026 01:30", "Tue 3 Mar 2026 17:00"),
    ),
    WOLVERHAMPTON: Sheet(
        **MEASURED,
        first="Stage1_Raise", take="Stage2_TakeToManagerRaising", after="Exceptional_ConcernsPersist",
        to_last=("Exceptional_ConcernsPersist",), last="Exceptional", question="Exceptional_ConcernsPersist",
        deciding=(
            "Exceptional_ChooseWay", "Exceptional_RepresentationRaising", "Exceptional_RepresentationReceiving",
            "Exceptional_Consider", "Exceptional_Decide",
        ),
        outcome=("decided", "Exceptional"), resolved_last=("resolved", "Exceptional"),
        decisions=(
            "ScreenedOut_Lead", "Stage1_Review", "Stage1_Discuss", "Stage2_Resolve", "Stage3_ReferRaising",
            "Stage3_ReferReceiving", "Stage3_Talk", "Stage4_Escalate", "Stage4_Write", "Stage4_Meet",
            "Exceptional_ConcernsPersist", "NotPursued_Countersign", "Exceptional_RepresentationRaising",
            "Exceptional_RepresentationReceiving", "Exceptional_UninvolvedChair", "Exceptional_Decide",
            "Resolution_Confirm", "Withdrawal_Countersign",
        ),
        plan_asked={
            "Stage2": "Stage2_TakeToManagerRaising", "Stage3": "Stage3_ReferRaising", "Stage4": "Stage4_Escalate",
        },
        for_both=("Stage3", "Stage3_Talk", "senior_manager", "line_manager"),
        talk=("Stage3", ("Stage3_ReferRaising", "Stage3_ReferReceiving"), "Stage3_Talk"),
        has_front_door=True,
        asked=("StageEnd_RiskQuestionRaising", "StageEnd_RiskQuestionReceiving"),
        asked_protective=("Protective_RiskQuestionRaising", "Protective_RiskQuestionReceiving"),
        asked_once=True, withdrawal_waits=True,
        afterwards=("Afterwards_Debrief", "Afterwards_PolicyGapRaising"), gap_told="Afterwards_GapToldRaising",
        gap_by=("Afterwards_InformChairRaising",),
        closing=("Afterwards_Debrief", "Afterwards_PolicyGapRaising", "Afterwards_PolicyGapReceiving"),
        beside=(
            "Begun_TellLeadReceiving", "Afterwards_Debrief", "Afterwards_PolicyGapRaising",
            "Afterwards_PolicyGapReceiving",
        ),
        in_24_hours=("Stage3_ReferRaising", "Stage3_ReferReceiving"),
        first_talk={"receiving": ("Stage1_Review", "Stage1_Discuss")},
        limited=(DAY_0, "Stage1", "Stage1_Raise", "Tue 3 Mar 2026 17:00", "Wed 4 Mar 2026 17:00"),
    ),
    BROMLEY: Sheet(
        **SINGLE_DAYS,
        stages=("Stage1", "Stage2", "Stage3", "Board"), first="Stage1_Discuss", take="Stage2_TakeUp",
        after="Stage4_ConcernsPersist", to_last=("Stage4_ConcernsPersist",), last="Stage4",
        question="Stage4_ConcernsPersist", deciding=("Stage4_Choose", "Stage4_Direct"),
        closing=("Settled_Record", "Settled_InformWorker", "Afterwards_Debrief", "Afterwards_PolicyGap"),
        outcome=("decided", "Stage4"), resolved_last=("resolved", "Stage4"),
        ends=("Tue 3 Mar 2026 17:00", "Thu 5 Mar 2026 17:00", "Fri 6 Mar 2026 17:00", "Mon 9 Mar 2026 17:00"),
        reminded=("Tue 3 Mar 2026 01:30", "Wed 4 Mar 2026 17:00", "Fri 6 Mar 2026 05:00", "Sun 8 Mar 2026 05:00"),
        closed=("Wed 4 Mar 2026", "Fri 6 Mar 2026 17:00"),
        early=("Tue 3 Mar 2026 11:00", "Thu 5 Mar 2026 17:00", "Wed 4 Mar 2026 17:00"),
        again="Wed 4 Mar 2026 17:00",
        shared=("Mon 2 Mar 2026 12:00", "Mon 2 Mar 2026 16:00", "Tue 3 Mar 2026 10:00", "Tue 3 Mar 2026 12:00"),
        late=("Thu 5 Mar 2026 10:00", "Mon 9 Mar 2026 17:00", 5, 3),
        undecided=("Mon 9 Mar 2026 17:00", "Tue 10 Mar 2026 09:00", "Wed 11 Mar 2026 09:00"),
        decisions=(
            "Stage1_Discuss", "Stage2_Discuss", "Stage3_ReportRaising", "Stage3_ReportReceiving", "Stage3_Discuss",
            "Board_EngageRaising", "Board_EngageReceiving", "Stage4_ConcernsPersist", "NotPursued_Countersign",
            "Stage4_Direct", "Panel_RepresentationRaising", "Panel_RepresentationReceiving", "Panel_Decide",
            "Resolution_Confirm", "Withdrawal_Countersign",
        ),
        plan_asked={},  # by tasks of their own, which outlive stage 2 (BRO-2.2): in test_bromley.py
        for_both=("Stage1", "Stage1_Discuss", "practitioner", "line_manager"),
        asked=("StageEnd_RiskQuestionRaising", "StageEnd_RiskQuestionReceiving"),
        asked_protective=("Protective_RiskQuestionRaising", "Protective_RiskQuestionReceiving"),
        asked_once=True, withdrawal_waits=True,
        afterwards=("Afterwards_Debrief", "Afterwards_PolicyGap"), gap_told="Afterwards_GapTold",
        beside=("Afterwards_Debrief", "Afterwards_PolicyGap"),
        talk=("Stage1", (), "Stage1_Discuss"),
    ),
    HARROW: Sheet(
        stages=FOUR, first="Stage1_Timescale", take="Stage2_Timescale", after="Stage5_Timescale", then="Stage5",
        to_last=(), last="Stage5", question="Agency_Finding",
        deciding=(
            "Stage5_Timescale", "Stage5_ChooseWay", "Stage5_Convene", "Stage5_RepresentationRaising",
            "Stage5_RepresentationReceiving", "Stage5_PanelDecides",
        ),
        to_question=(
            "Stage5_Timescale", "Stage5_ChooseWay", "Stage5_Convene", "Stage5_RepresentationRaising",
            "Stage5_RepresentationReceiving", "Stage5_PanelDecides",
        ),
        answers={
            "Stage1_Timescale": {"agreed_working_days": 3},
            "Stage5_Timescale": {"agreed_working_days": 5},
            "Stage5_ChooseWay": {"hssp_way": "panel"},
            "Stage5_Convene": {
                "panel_key_agencies": ["raising", "third", "fourth"], "panel_in_addition": ["receiving"],
            },
            "Agency_Finding": {"not_effective": "no"},
        },
        closing=(
            "Decided_Report", "Decided_Confirmation", "Decided_InformWorker", "Agency_Finding", "Afterwards_Debrief",
            "Afterwards_PolicyGap",
        ),
        outcome=("decided", "Stage5"), resolved_last=("resolved", "Stage5"),
        first_limit="deadline(working_days: 3",
        summer="Wed 1 Apr 2026 17:00",
        holidays={"Wed 23 Dec 2026 10:00": "Wed 30 Dec 2026 17:00", "Thu 2 Apr 2026 10:00": "Thu 9 Apr 2026 17:00"},
        weekend="Wed 11 Mar 2026 17:00",
        ends=("Thu 5 Mar 2026 17:00", "Tue 10 Mar 2026 17:00", "Tue 17 Mar 2026 17:00", "Tue 24 Mar 2026 17:00"),
        reminded=("Wed 4 Mar 2026 17:00", "Mon 9 Mar 2026 17:00", "Mon 16 Mar 2026 17:00", "Mon 23 Mar 2026 17:00"),
        closed=("Mon 9 Mar 2026", "Wed 11 Mar 2026 17:00"),
        early=("Wed 4 Mar 2026 11:00", "Mon 9 Mar 2026 17:00", "Thu 5 Mar 2026 17:00"),
        again="Thu 5 Mar 2026 17:00",
        shared=("Mon 2 Mar 2026 16:00", "Tue 3 Mar 2026 14:00", "Wed 4 Mar 2026 16:00", "Fri 6 Mar 2026 10:00"),
        halfway="Mon 2 Mar 2026 13:00",
        moved=("Fri 6 Mar 2026 12:00", "Tue 3 Mar 2026 10:00", "Mon 2 Mar 2026 22:00"),
        sooner=("Wed 4 Mar 2026 12:00", "Mon 2 Mar 2026 15:00"),
        recalculated=("Tue 3 Mar 2026 12:00", "Wed 4 Mar 2026", "Fri 6 Mar 2026 17:00"),
        agreed_late=("2026-03-05T16:00", "Mon 9 Mar 2026 17:00"),
        under_risk="Tue 3 Mar 2026 13:00",
        unanswered=("Tue 31 Mar 2026 17:00", "Wed 1 Apr 2026 09:00", "Thu 2 Apr 2026 09:00"),
        undecided=("Mon 9 Mar 2026 17:00", "Tue 10 Mar 2026 09:00", "Wed 11 Mar 2026 09:00"),
        decisions=(
            "Stage1_Discuss", "Stage2_ConsultRaising", "Stage2_ConsultReceiving", "Stage2_Resolve",
            "Stage3_ConsultRaising", "Stage3_ConsultReceiving", "Stage3_Resolve", "Stage4_ReferRaising",
            "Stage4_ReferReceiving", "Stage4_Resolve", "Guidance_Refer", "Stage5_Direct", "Stage5_PanelDecides",
            "Resolution_Confirm", "Withdrawal_Countersign",
        ),
        plan_asked={stage: f"{stage}_Timescale" for stage in FOUR},
        for_both=("Stage2", "Stage2_Timescale", "safeguarding_lead", "practitioner"),
        talk=("Stage1", ("Stage1_Timescale",), "Stage1_Discuss"),
        has_front_door=False,
        asked=("StageEnd_RiskQuestionRaising", "StageEnd_RiskQuestionReceiving"),
        asked_protective=("Protective_RiskQuestionRaising", "Protective_RiskQuestionReceiving"),
        asked_once=True, withdrawal_waits=True,
        afterwards=("Afterwards_Debrief", "Afterwards_PolicyGap"), gap_told="Afterwards_GapTold",
        beside=("Afterwards_Debrief", "Afterwards_PolicyGap"),
        first_talk=dict.fromkeys(EACH, ("Stage1_Timescale", "Stage1_Discuss")),
        asked_side="partnership",
    ),
    BARNET: Sheet(
        **SINGLE_DAYS,
        stages=("Stage1", "Stage2_Line1", "Stage2_Line2", "Stage2_Line3", "Stage3"),
        first="Stage1_Discuss", take="Stage2_Line1_Family", after="Stage3_ConcernsPersist",
        to_last=(), last=None, question="Stage3_ConcernsPersist", deciding=("Stage3_ConcernsPersist",),
        closing=("Afterwards_Debrief", "Afterwards_PolicyGap"),
        outcome=("referred_on", "Stage3"), resolved_last=("resolved", "Stage3"),
        ends=(
            "Tue 3 Mar 2026 17:00", "Wed 4 Mar 2026 17:00", "Thu 5 Mar 2026 17:00", "Fri 6 Mar 2026 17:00",
            "Mon 9 Mar 2026 17:00",
        ),
        reminded=(
            "Tue 3 Mar 2026 01:30", "Wed 4 Mar 2026 05:00", "Thu 5 Mar 2026 05:00", "Fri 6 Mar 2026 05:00",
            "Sun 8 Mar 2026 05:00",
        ),
        closed=("Wed 4 Mar 2026", "Thu 5 Mar 2026 17:00"),
        early=("Tue 3 Mar 2026 11:00", "Wed 4 Mar 2026 17:00", "Wed 4 Mar 2026 17:00"),
        again="Tue 3 Mar 2026 17:00",
        shared=(
            "Mon 2 Mar 2026 12:00", "Mon 2 Mar 2026 14:00", "Mon 2 Mar 2026 16:00", "Tue 3 Mar 2026 10:00",
            "Tue 3 Mar 2026 12:00",
        ),
        late=("Thu 5 Mar 2026 10:00", "Fri 6 Mar 2026 17:00", 4, 2),
        decisions=(
            "Stage1_Discuss", "Stage2_Line1_Family", "Stage2_Line1_Discuss", "Stage2_Line2_Discuss",
            "Stage2_Line3_Discuss", "Stage2_School_Procedure", "Stage2_School_Discuss", "Stage2_Officer_Discuss",
            "Stage3_Director", "Stage3_Discuss", "Stage3_ConcernsPersist", "NotPursued_Countersign", "Forum_Case",
            "Resolution_Confirm", "Withdrawal_Countersign",
        ),
        plan_asked={
            "Stage2_Line1": "Stage2_Line1_Family", "Stage2_Line2": "Stage2_Line2_Family",
            "Stage2_Line3": "Stage2_Line3_Family", "Stage3": "Stage3_Director",
        },
        for_both=("Stage1", "Stage1_Discuss", "practitioner", "director"),
        talk=("Stage1", (), "Stage1_Discuss"),
        asked=("StageEnd_RiskQuestionRaising", "StageEnd_RiskQuestionReceiving"),
        asked_protective=("Protective_RiskQuestionRaising", "Protective_RiskQuestionReceiving"),
        asked_once=True, withdrawal_waits=True,
        afterwards=("Afterwards_Debrief", "Afterwards_PolicyGap"), gap_told="Afterwards_GapTold",
        beside=("Afterwards_Debrief", "Afterwards_PolicyGap"),
    ),
}  # fmt: skip


def sheet(play: Play) -> Sheet:
    """The sheet of the protocol that is played."""
    return SHEETS[play.partnership]


def reach(play: Play, stage: str, when: str = DAY_0, **start: object) -> Played:
    """A dispute that was escalated early, at once, as far as a stage."""
    dispute = play.raised(when, **start)
    while dispute.stage != stage:
        dispute.escalate()
    return dispute


def persisting(play: Play, when: str = DAY_0, **start: object) -> Played:
    """A dispute whose ordinary stages are over, at once."""
    return reach(play, sheet(play).stages[-1], when, **start).escalate()


def at_last(play: Play, when: str = DAY_0) -> Played:
    """A dispute before the last, exceptional stage's people."""
    return completed(persisting(play, when), play, *sheet(play).to_last)


def completed(dispute: Played, play: Play, *elements: str) -> Played:
    """Complete these tasks, each of which must be open, with the answers that lead on."""
    for element in elements:
        dispute.done(element, **sheet(play).answers.get(element, {}))
    return dispute


def agreed(dispute: Played, **answers: object) -> Played:
    """Said to be resolved and confirmed."""
    return dispute.say_resolved().done("Resolution_Confirm", confirmed="yes", **answers)


def withdrawn(dispute: Played) -> Played:
    """Withdrawn, and countersigned."""
    return dispute.withdraw().done("Withdrawal_Countersign")


def finish(dispute: Played, *but: str) -> Played:
    """Complete everything that is open, but for these elements."""
    while waiting := [task.element for task in dispute.dispute.tasks if task.element not in but]:
        dispute.done(waiting[0])
    return dispute


def ended(dispute: Played) -> tuple[str, str | None]:
    """How the dispute ended and at which stage."""
    ending = dispute.dispute.ending
    assert ending is not None, "it has not ended"
    return ending.how, ending.stage

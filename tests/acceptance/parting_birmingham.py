"""Birmingham's drawing and its register part company in one place each: the rule or the property that must catch it.

`check` is the fast rules, and the proof where they find nothing that forbids use; a property stands behind “proof:”.
"""

from mutations import limit, no_field, prop, swapped, without
from parting import Caught, Parted, ended_by_a_timer, said_of, together
from spoiling import attribute, condition, no_flow
from test_register import in_register

NOTICE = "Stage3_CopyBusinessManager"
NOTICE_BEHIND = together(
    "BIR-3.3 is told when the first part of stage 3 is over",
    swapped("Stage3_Begins", NOTICE, "Stage3_First"),
    swapped("Stage3_First", "Stage3_Meet", NOTICE),
    swapped("Stage3_FirstOver", "Stage3_Meet", NOTICE),
    swapped(NOTICE, "Stage3_First", "Stage3_Meet"),
)
ONE_AFTER_THE_OTHER = together(
    "BIR-1.4 is asked of the receiving side when the raising side has done it",
    no_flow("Begun_Fork", "Begun_ActionsReceiving"),
    swapped("Begun_ActionsRaising", "Begun_RaisingRecorded", "Begun_ActionsReceiving"),
    without("Begun_RaisingRecorded"),
)
ADVICE_WAITED_FOR = together(
    "a decision waits for whether there shall be a meeting, which is advice without a limit",
    prop("Stage5_Consider", "duties", "BIR-5.3"),
    prop("Stage5_Meeting", "duties", "BIR-5.3"),
)

BY_A_RULE: list[Caught] = [
    (prop("Begun_TellLeadRaising", "side", "both"), {"duty"}),
    (prop("Stage1_ReviewRaising", "side", "both"), {"duty"}),
    (prop("Stage4_Write", "side", "both"), {"duty"}),
    (prop("Resolution_Confirm", "side", "both"), {"duty"}),
    (prop("Risk_CloseByLead", "side", "both"), {"duty"}),
    (prop("Risk_CloseByLead", "side", "receiving"), {"duty"}),
    (in_register("BIR-5.2", 'who = ["each"]', 'who = ["both"]'), {"duty"}),
    (in_register("BIR-1.4", 'who = ["each"]', 'who = ["raising"]'), {"duty"}),
    (without("Stage1_TellManagerReceiving"), {"duty"}),
    (without("Begun_TellLeadReceiving"), {"duty"}),
    (limit("Stage1_ReviewRaising", "working_days: 2", "working_days: 4"), {"duty"}),
    (limit("Stage3_ReferReceiving", "hours: 24", "hours: 25"), {"duty"}),
    (limit("StageEnd_RiskQuestionRaising", "same_working_day: true", "working_days: 3"), {"duty"}),
    (in_register("BIR-3.1", "hours = 24", "hours = 25"), {"duty"}),
    (said_of("Stage3_FirstOver", "24 hours", "25 hours"), {"D12"}),
    (said_of("Stage5_HearOver", "2 working days", "3 working days"), {"D12"}),
    (said_of("Stage1_Deadline", "5 working days", "6 working days"), {"D12"}),
    (no_field("could-not-talk", "manager_told_at"), {"duty"}),
    (no_field("take-to-partner", "handed_summary"), {"duty"}),
    (limit("Stage4_Deadline", "cumulative: 14", "cumulative: 15"), {"duty"}),
    (in_register("BIR-4.2", "cumulative = 14", "cumulative = 15"), {"duty"}),
    (in_register("BIR-1.5", "cumulative = 5\n", ""), {"duty"}),
    (prop(NOTICE, "to", "both"), {"duty"}),
    (prop("Stage5_Referred", "to", "business_manager"), {"duty"}),
    (prop("NotPursued_Told", "to", "raising"), {"duty"}),
    (prop("Stage5_TellAll", "to", "raising,business_manager"), {"duty"}),
    (in_register("BIR-5.4", 'who = ["partnership"]', 'who = ["partnership"]\nmay = true'), {"duty"}),
    (in_register("BIR-5.2", 'tier = "delegated_partners"', 'tier = "senior_managers"'), {"duty"}),
]
BY_THE_PROOF: list[Caught] = [
    (without("Stage5_HearOver"), {"proof: silence"}),
    (attribute("Stage5_HearOver", "cancelActivity", "false"), {"proof: silence", "proof: branches"}),
    (ADVICE_WAITED_FOR, {"proof: silence"}),
    (prop("NotPursued", "end", "resolved"), {"proof: ends"}),
    (prop("Decided", "end", "resolved"), {"proof: ends"}),
    (swapped("Stage1_Deadline", "Stage1_Over", "Withdrawn_StageEnded"), {"proof: ends", "proof: deadline"}),
    (swapped("Stage5_PersistResolved", "Resolved_StageEnded", "Withdrawn_StageEnded"), {"proof: ends"}),
    (swapped("Stage1_Withdrawn", "Withdrawn_StageEnded", "Stage1_Over"), {"proof: ends"}),
    (swapped("Stage5_HearOver", "Stage5_Consider", "Stage5_TellAll"), {"proof: ends", "proof: silence"}),
    (NOTICE_BEHIND, {"proof: duty"}),
    (ended_by_a_timer("StageEnd_RiskQuestionRaising", "StageEnd_AskedRaising"), {"proof: duty"}),
    (ended_by_a_timer("Stage5_ConcernsPersist", "NotPursued_Countersign"), {"proof: duty"}),
    (ended_by_a_timer("Begun_ActionsRaising", "Begun_RaisingRecorded"), {"proof: duty"}),
    (in_register("BIR-1.1", '"goes on, recorded as not done"', '"stays open"'), {"proof: duty"}),
    (in_register("BIR-5.4", '"stays open"', '"goes on, recorded as not done"'), {"proof: silence"}),
    (ONE_AFTER_THE_OTHER, {"proof: each"}),
    (
        condition("StageEnd_OpenReceiving", "StageEnd_AskedReceiving", "receiving_side_asked = false"),
        {"proof: each", "proof: question"},
    ),
    (prop("StageEnd_RiskQuestionReceiving", "side", "raising"), {"proof: each", "proof: question"}),
]


THE_OTHERS_WORK = [
    without("Stage2_LeadsGoOn"),
    without("Stage3_FirstOver"),
    without("Stage4_FirstOver"),
    without("Stage4_MeetAllTheSame"),
    without("Resolution_NoObjection"),
    attribute("Resolution_NoObjection", "cancelActivity", "false"),
    swapped("Resolution_NoObjection", "Resolution_ResolvedUnopposed", "Resolution_Heard"),
    swapped("Stage4_MeetAllTheSame", "Stage4_Meet", "Stage4_NotAgreed"),
]
"""One side's silence keeps what the others have to do from ever being open, though the stage's own deadline goes on."""
WHO = [
    prop("Resolution_Object", "side", "raising"),
    prop("NotPursued_Countersign", "role", None),
    prop("Withdrawal_Countersign", "role", None),
    prop("Risk_CloseByLead", "role", None),
    without("Withdrawal_Countersign"),
]
"""Whom the register does not name: who may object, which office countersigns; and a duty that no task is left of."""
ANSWERS = [
    condition("Stage5_Persists", "Stage5_Referred", 'persists = "no"'),
    condition("NotPursued_Countersigned", "NotPursued_Told", 'countersigned = "no"'),
    condition("Resolution_By", "Resolution_Object", 'said_by = "receiving"'),
    condition("StageEnd_OpenReceiving", "StageEnd_AskedReceiving", "raising_side_asked = true"),
    condition("Begun_LeadTold", "Begun_RaisingTold", 'lead_told = "no"'),
    swapped("Stage5_MeetingWanted", "Stage5_Decide", "Stage5_TellAll"),
]
"""The way goes on as if another had been given, or by another fact; or an end is come to without what it says."""
TIMES = [
    together(
        "the 24 hours of BIR-3.1 are 48, and everything says so",
        limit("Stage3_FirstOver", "hours: 24", "hours: 48"),
        said_of("Stage3_FirstOver", "24 hours", "48 hours"),
        said_of("Stage3_FirstBegins", "24 hours", "48 hours"),
    ),
    limit("Resolution_Object", "working_days: 1", "working_days: 9"),
    in_register("BIR-1.4", "cumulative = 2", "cumulative = 3"),
]
"""Limits that stand on an edge, and not at a task; and one that no duty of a task names."""
MARKS = [
    in_register("BIR-5.2", 'local = "two working days for it, never past the decision\'s own limit"\n', ""),
    in_register(
        "BIR-2.1", 'or_else = "Only the raising agency\'s lead or manager acts, as the text names no other."\n', ""
    ),
]
"""A limit set locally that is not said to be; a reading without the other."""
RECORDS = [
    no_field("tell-lead", "lead_told_at"),
    prop("Stage5_ConcernsPersist", "alert", None),
    prop("StageEnd_RiskQuestionRaising", "alert", None),
]
"""A field that another form of the duty asks too; and who hears each working day that it stays open (E4, S2)."""
PARTED = Parted(
    pathway="birmingham",
    by_a_rule=tuple(BY_A_RULE),
    by_the_proof=tuple(BY_THE_PROOF),
    somehow=(*THE_OTHERS_WORK, *WHO, *ANSWERS, *TIMES, *MARKS, *RECORDS),
    least=14,
)

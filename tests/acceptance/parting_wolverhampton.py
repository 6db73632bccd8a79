"""Wolverhampton's drawings and registers part company in one place each: the rule or property that must catch it.

`check` is the fast rules, and the proof where they find nothing that forbids use; a property stands behind “proof:”.
"""

from mutations import Mutation, limit, no_field, prop, swapped, without
from parting import Caught, Parted, ended_by_a_timer, said_of, together
from play import place
from spoiling import attribute, condition, no_flow
from test_register import in_register as in_birminghams

MAIN, REQUEST = "wolverhampton", "wolverhampton/conference-request"
REGISTERS = {name: f"bpmn/{place(name)[0]}/{place(name)[1]}-duties.toml" for name in (MAIN, REQUEST)}


def in_register(identity: str, old: str, new: str, pathway: str = MAIN) -> Mutation:
    """Write something else in the entry of one duty."""
    return in_birminghams(identity, old, new, REGISTERS[pathway])


ONE_AFTER_THE_OTHER = together(
    "WOL-8.1 is asked of the receiving side when the raising side has done it",
    no_flow("Talk_Fork", "Talk_RecordReceiving"),
    swapped("Talk_RecordRaising", "Talk_RaisingRecorded", "Talk_RecordReceiving"),
    without("Talk_RaisingRecorded"),
)
WAITING_FOR_THE_RAISING_SIDE = together(
    "WOL-1.3 begins only once the raising side has raised it with the practitioner",
    no_flow("Stage1_Fork", "Stage1_Review"),
    swapped("Stage1_RaisedNoted", "Stage1_RaisedWith", "Stage1_Review"),
    without("Stage1_RaisedWith"),
)
BY_A_RULE: list[Caught] = [
    (prop("Stage1_Review", "side", "both"), {"duty"}),
    (prop("Stage2_TakeToManagerRaising", "side", "both"), {"duty"}),
    (prop("Stage4_Escalate", "side", "both"), {"duty"}),
    (prop("Mediation_Mediate", "side", "both"), {"duty"}),
    (prop("ScreenedOut_Lead", "side", "receiving"), {"duty"}),
    (prop("ScreenedOut_Lead", "role", None), {"duty"}),
    (without("Stage3_ReferReceiving"), {"duty"}),
    (without("Begun_TellLeadReceiving"), {"duty"}),
    (in_register("WOL-2.1", 'who = ["each", "both"]', 'who = ["both"]'), {"duty"}),
    (in_register("WOL-4.1", 'who = ["raising"]', 'who = ["each"]'), {"duty"}),
    (limit("Stage3_ReferRaising", "hours: 24", "hours: 25"), {"duty"}),
    (limit("Stage3_FirstOver", "hours: 24", "hours: 25"), {"duty", "D12"}),
    (said_of("Stage3_FirstOver", "24 hours", "25 hours"), {"D12"}),
    (said_of("Stage1_Deadline", "3 once", "4 days once"), {"D12"}),
    (limit("Stage1_Deadline", "after_first_part: 3", "after_first_part: 4"), {"D12"}),
    (limit("Stage1_Review", "working_days: 3", "working_days: 4"), {"duty", "D12"}),
    (limit("Stage1_Deadline", "cumulative: 5", "cumulative: 6"), {"duty"}),
    (in_register("WOL-1.3", "cumulative = 5\n", ""), {"duty"}),
    (in_register("WOL-1.1", 'from = "disagreement"', 'from = "raised"'), {"duty"}),
    (
        in_register("WOL-5.2", 'local = "two working days for it, never past the decision\'s own limit"\n', ""),
        {"duty"},
    ),
    (prop("Stage1_Raise", "first_part", "begins"), {"D6"}),
    (prop("Stage4_ChairTold", "to", "business_manager"), {"duty"}),
    (prop("Exceptional_Referred", "to", "chair"), {"duty"}),
    (prop("Mediation_Mediate", "alert", None), {"duty"}),
    (no_field("record-talk", "others_approval"), {"duty", "form"}),
    (no_field("lead-and-others", "others_involved"), {"duty"}),
    (in_register("WOL-4.3", 'or_else = "', 'told_else = "'), {"settings"}),
]
BY_THE_PROOF: list[Caught] = [
    (without("Stage2_FirstOver"), {"proof: silence"}),
    (without("Stage3_FirstOver"), {"proof: silence"}),
    (without("Stage4_MeetAllTheSame"), {"proof: silence"}),
    (without("Exceptional_HearOver"), {"proof: silence"}),
    (attribute("Exceptional_HearOver", "cancelActivity", "false"), {"proof: silence", "proof: branches"}),
    (WAITING_FOR_THE_RAISING_SIDE, {"proof: silence"}),
    (prop("NotPursued", "end", "resolved"), {"proof: ends"}),
    (prop("Decided", "end", "resolved"), {"proof: ends"}),
    (swapped("Exceptional_ReportOver", "Exceptional_Decide", "Exceptional_TellAll"), {"proof: ends"}),
    (ended_by_a_timer("ScreenedOut_Lead", "ScreenedOut"), {"proof: duty"}),
    (ended_by_a_timer("Talk_RecordRaising", "Talk_RaisingRecorded"), {"proof: duty"}),
    (ended_by_a_timer("StageEnd_RiskQuestionRaising", "StageEnd_AskedRaising"), {"proof: duty"}),
    (ended_by_a_timer("Exceptional_ConcernsPersist", "NotPursued_Countersign"), {"proof: duty"}),
    (in_register("WOL-1.1", '"goes on, recorded as not done"', '"stays open"'), {"proof: duty"}),
    (in_register("WOL-5.2a", '"stays open"', '"goes on, recorded as not done"'), {"proof: silence"}),
    (ONE_AFTER_THE_OTHER, {"proof: each"}),
]
OF_A_REQUEST: list[Caught] = [
    (prop("Stage1_Consider", "side", "both"), {"duty"}),
    (prop("Stage1_Respond", "alert", None), {"duty"}),
    (limit("Stage1_Respond", "working_days: 5", "working_days: 6"), {"duty", "D12"}),
    (in_register("WOL-6.1a", 'local = "five working days from the written request"\n', "", REQUEST), {"duty"}),
    (attribute("Stage1_Deadline", "cancelActivity", None), {"D5", "end"}),
    (prop("Decided", "end", "resolved"), {"proof: ends"}),
    (in_register("WOL-6.1a", 'who = ["receiving"]', 'who = ["raising", "receiving"]', REQUEST), {"duty"}),
    (in_register("WOL-6.1a", ', "decision", "answer_text"]', ', "answer_text"]', REQUEST), {"proof: ends"}),
]


ANSWERS = [
    condition("Exceptional_Persists", "Exceptional_Referred", 'persists = "no"'),
    condition("NotPursued_Countersigned", "NotPursued_Told", 'countersigned = "no"'),
    swapped("Stage1_Withdrawn", "Withdrawn_StageEnded", "Stage1_Over"),
    swapped("Exceptional_PersistResolved", "Resolved_StageEnded", "Withdrawn_StageEnded"),
    without("Screened_RiskQuestionReceiving"),
    without("Stage4_Mediation"),
    prop("Resolution_Object", "side", "raising"),
    prop("Withdrawal_Countersign", "role", None),
]
PARTED = Parted(
    pathway=MAIN,
    by_a_rule=tuple(BY_A_RULE),
    by_the_proof=tuple(BY_THE_PROOF),
    somehow=tuple(ANSWERS),
)
REQUESTED = Parted(pathway=REQUEST, by_a_rule=tuple(OF_A_REQUEST))

"""Bromley's drawing and its register part company in one place each: the rule or the property that must catch it.

`check` is the fast rules, and the proof where they find nothing that forbids use; a property stands behind “proof:”.
"""

import test_register
from mutations import Mutation, limit, no_field, prop, swapped, without
from parting import Caught, Parted, ended_by_a_timer, said_of, together
from spoiling import attribute, condition

OWN = "bpmn/bromley/escalation-duties.toml"


def in_register(identity: str, old: str, new: str) -> Mutation:
    """Write something else in the entry of one of Bromley's duties."""
    return test_register.in_register(identity, old, new, OWN)


NOTICE_BEHIND = together(
    "BRO-2.2 is told when somebody has seen to it",
    swapped("Plan_Known", "Plan_Told", "Plan_Tell"),
    swapped("Plan_Tell", "Plan_Done", "Plan_Told"),
    swapped("Plan_Told", "Plan_Tell", "Plan_Done"),
)
BEGUN_BEHIND = together(
    "BRO-2.2 is acted on when stage 2 has been taken up",
    swapped("Stage2_Begins", "Stage2_Concerned", "Stage2_TakeUp"),
    swapped("Stage2_TakeUp", "Stage2_Discuss", "Stage2_Concerned"),
    swapped("Stage2_Concerned", "Stage2_TakeUp", "Stage2_Discuss"),
)
REPORTS_IN_A_ROW = together(
    "BRO-3.1 is asked of the receiving side when the raising side has reported",
    swapped("Stage3_Fork", "Stage3_ReportReceiving", "Stage3_RaisingDone"),
    swapped("Stage3_PlanSince", "Stage3_LookedAfterSince", "Stage3_ReportReceiving"),
)

BY_A_RULE: list[Caught] = [
    # A side widened, an “each” made one, a side left out.
    (prop("Board_EngageRaising", "side", "both"), {"duty"}),
    (prop("Stage3_ReportReceiving", "side", "both"), {"duty"}),
    (prop("Plan_Tell", "side", "receiving"), {"duty"}),
    (prop("Risk_TellLead", "side", "both"), {"duty"}),
    (prop("Stage4_ConcernsPersist", "side", "both"), {"duty"}),
    (in_register("BRO-4.4", 'who = ["each"]', 'who = ["both"]'), {"duty"}),
    (without("Board_EngageReceiving"), {"duty"}),
    # A limit, or what is said of it, changed alone.
    (limit("Stage3_ReportRaising", "hours: 20", "hours: 24"), {"duty"}),
    (limit("Known_AskPlan", "working_days: 1", "working_days: 3"), {"duty", "D12"}),
    (limit("Risk_Refer", "immediately: true", "same_working_day: true"), {"duty"}),
    (limit("Board_Deadline", "cumulative: 5", "cumulative: 6"), {"duty", "D12"}),
    (in_register("BRO-3.3", "working_days = 1,", "working_days = 2,"), {"duty"}),
    (said_of("Stage3_FirstOver", "20 hours", "24 hours"), {"D12"}),
    (said_of("Stage2_Deadline", "2 working days", "3 working days"), {"D12"}),
    # A mark that it is set locally, a reading without the other, advice that tells somebody.
    (in_register("BRO-4.4", 'local = "two working days for it, within the five of the decision"\n', ""), {"duty"}),
    (in_register("BRO-3.1", 'or_else = "The two line managers talk again once they have reported."\n', ""), {"duty"}),
    (in_register("BRO-2.2", 'alerts = "business_manager"\n', 'alerts = "business_manager"\nmay = true\n'), {"duty"}),
    # Who hears, which office it is, what is recorded, who is alerted.
    (prop("Plan_Told", "to", "raising"), {"duty"}),
    (prop("Stage4_Referred", "to", "business_manager"), {"duty"}),
    (prop("NotPursued_Countersign", "role", None), {"duty"}),
    (no_field("board-members", "engaged_at"), {"duty"}),
    (no_field("concerns-persist", "emailed_at"), {"duty"}),
    (prop("LookedAfter_Tell", "alert", None), {"duty"}),
    # A lead of the other side allowed to close a report of risk.
    (prop("Risk_CloseByLead", "side", "receiving"), {"duty"}),
    (prop("Risk_CloseByLead", "role", None), {"duty"}),
    (prop("Stage2_Deadline", "before", "stage"), {"D6"}),
]
BY_THE_PROOF: list[Caught] = [
    # A representation or a report without its limit.
    (without("Panel_HearOver"), {"proof: silence"}),
    (without("Stage3_FirstOver"), {"proof: silence"}),
    (without("Stage2_GoOn"), {"proof: silence"}),
    # An end renamed, or come to by what it does not say.
    (prop("NotPursued", "end", "resolved"), {"proof: ends"}),
    (prop("Settled", "end", "resolved"), {"proof: ends"}),
    (swapped("Stage1_Withdrawn", "Withdrawn_StageEnded", "Stage1_Over"), {"proof: ends"}),
    # A notice moved behind a task, and what begins it.
    (NOTICE_BEHIND, {"proof: duty"}),
    (BEGUN_BEHIND, {"proof: duty"}),
    # A question that a timer closes.
    (ended_by_a_timer("Known_AskPlan", "Known_PlanKnown"), {"proof: duty"}),
    (ended_by_a_timer("StageEnd_RiskQuestionRaising", "StageEnd_AskedRaising"), {"proof: duty"}),
    (in_register("BRO-1.1", '"goes on, recorded as not done"', '"stays open"'), {"proof: duty"}),
    (
        condition("StageEnd_OpenReceiving", "StageEnd_AskedReceiving", "receiving_side_asked = false"),
        {"proof: each", "proof: question"},
    ),
]
ALSO_CAUGHT = [
    REPORTS_IN_A_ROW,
    attribute("Panel_HearOver", "cancelActivity", "false"),
    ended_by_a_timer("Plan_Tell", "Plan_Done"),
    ended_by_a_timer("Stage4_ConcernsPersist", "NotPursued_Countersign"),
    condition("Stage4_Persists", "Stage4_Referred", 'persists = "no"'),
    condition("NotPursued_Countersigned", "NotPursued_Told", 'countersigned = "no"'),
    without("Withdrawal_Countersign"),
    in_register("BRO-4.2", '"stays open"', '"goes on, recorded as not done"'),
]
PARTED = Parted(
    pathway="bromley",
    by_a_rule=tuple(BY_A_RULE),
    by_the_proof=tuple(BY_THE_PROOF),
    somehow=tuple(ALSO_CAUGHT),
    least=12,
)

"""Harrow's three pathways spoilt where no other is like them. Its stages have no maximum that days could break."""

import mutations as change
from mutations import prop, without
from spoiling import (
    CONFERENCE,
    HARROW,
    REVIEW,
    ByKind,
    Spoilt,
    case,
    condition,
    each,
    inverted,
    lane,
    no_flow,
    renamed,
    said,
    text,
    twice,
)

MAIN, CONFERENCE_ONLY, REVIEW_ONLY = (HARROW,), (CONFERENCE,), (REVIEW,)
SIDE = (CONFERENCE, REVIEW)

SPOILT: ByKind = {
    "a timer removed": [
        case(without("Stage5_Deadline"), "D3", where=MAIN),
        case(without("Stage2_Deadline"), "D3", where=CONFERENCE_ONLY),
    ],
    "its days changed": [
        case(change.limit("Stage3_Deadline", "working_days: 5", "working_days: 500"), "expression", where=MAIN),
        case(change.limit("Stage5_Deadline", "deadline(", "due("), "expression", where=MAIN),
        case(change.limit("Decided_Report", "months: 3", "month: 3"), "D6", "duty", where=MAIN),
    ],
    "a deadline interrupts what no timer may end": [
        case(change.interrupting("Stage5_Deadline"), "D5", "end", where=MAIN),
        case(change.interrupting("Stage2_Deadline"), "D5", "end", where=CONFERENCE_ONLY),
    ],
    "a flow dropped": [
        case(no_flow("Decided_Fork", "Decided_Report"), "flow", where=MAIN),
        case(no_flow("Stage5_Settled", "Stage5_Convene"), "flow", "D9", where=MAIN),
        case(no_flow("AtRisk_Believed", "AtRisk_Fork"), "flow", "D9", where=CONFERENCE_ONLY),
        case(no_flow("Note_Dissent", "Noted_Done"), "flow", where=CONFERENCE_ONLY),
        case(no_flow("Note_Concern", "Noted_Done"), "flow", where=REVIEW_ONLY),
        case(no_flow("Policy_Started", "Policy_Told"), "flow", "end", "D9", where=REVIEW_ONLY),
    ],
    "a branch beside cut": [
        case(without("Guidance"), "D6", "duty", "signal", where=MAIN),
        case(without("Stage4_HandedOn"), "signal", where=MAIN),
        case(without("AtRisk"), "duty", "signal", where=CONFERENCE_ONLY),
        case(without("Raised_AtRiskAsked"), "signal", where=CONFERENCE_ONLY),
    ],
    "a stage's record skipped": [
        case(without("Stage5_Over"), "D5", where=MAIN),
    ],
    "a condition inverted": [
        case(inverted("Stage2_Talked", "Stage2_Agreed"), "proof: answer", where=MAIN),
        case(inverted("Stage1_Tried", "Stage1_Agreed"), "proof: answer", where=SIDE),
    ],
    "a condition that can't hold": [
        case(condition("Guidance_IsLocal", "Guidance_BoardTold", '"regional" in guidance'), "expression", where=MAIN),
        case(condition("Stage2_Persists", "Stage2_Asked", 'further = "ombudsman"'), "proof: expression",
             "proof: reached", "proof: silence", where=CONFERENCE_ONLY),
        case(condition("Further", "ReferredOn", 'further = "appeal"'), "expression", where=CONFERENCE_ONLY),
        case(condition("Policy_Started", "Policy_Told", 'start_policy = "perhaps"'), "expression", where=REVIEW_ONLY),
    ],
    "a form field renamed": [
        case(renamed("guidance", "guidance", "advice"), "duty", "expression", where=MAIN),
        case(renamed("hssp-way", "hssp_way", "way"), "duty", "expression", where=MAIN),
        case(renamed("discuss-heads", "result", "came_of_it"), "proof: expression", "proof: reached", where=MAIN),
        case(renamed("wish-further", "further", "next"), "duty", "expression", where=CONFERENCE_ONLY),
        case(renamed("decision-puts-at-risk", "decision_risk", "danger"), "duty", "expression", where=CONFERENCE_ONLY),
        case(renamed("start-resolution-policy", "start_policy", "begun"), "duty", "expression", where=REVIEW_ONLY),
        case(renamed("review-settle", "result", "came_of_it"), "expression", where=REVIEW_ONLY),
    ],
    "a task removed": [
        case(without("Policy_Start"), "duty", where=REVIEW_ONLY),
        case(without("AtRisk_Question"), "duty", where=CONFERENCE_ONLY),
    ],
    "a lane renamed": [
        case(lane("hssp", "office"), "D6", "D7", "duty", where=MAIN),
        case(text("a tier renamed everywhere", "operations_managers", "managers"), "duty", where=MAIN),
        case(lane("chairs_manager", "manager"), "D7", "duty", where=CONFERENCE_ONLY),
        case(lane("practitioners", "workers"), "D6", "duty", where=CONFERENCE_ONLY),
        case(lane("practitioners", "workers"), "D6", where=REVIEW_ONLY),
        case(text("a tier renamed everywhere", "practitioners", "workers"), "proof: held", where=REVIEW_ONLY),
        case(lane("reviewing_officer", "officer"), "D7", "duty", where=REVIEW_ONLY),
    ],
    "somebody unknown": [
        case(prop("Agency_Explain", "side", "both"), "duty", where=MAIN),
        case(prop("Stage2_Panel", "side", "both"), "duty", where=CONFERENCE_ONLY),
        case(prop("Policy_Start", "side", "partnership"), "duty", where=REVIEW_ONLY),
    ],
    "a table row deleted": [
        case(change.no_row("who_acts", '"hssp"'), "table", where=MAIN),
        case(change.no_row("who_acts", '"review_panel"'), "table", where=CONFERENCE_ONLY),
        case(change.no_row("who_acts", '"reviewing_officer"'), "table", where=REVIEW_ONLY),
    ],
    "a table row doubled": [case(twice("who_acts", 5), "table", where=(*MAIN, *SIDE))],
}  # fmt: skip


@each(SPOILT)
def test_what_is_spoilt_is_caught(pathway: str, spoilt: Spoilt) -> None:
    """By its own rule or property, and nothing of another kind beside it."""
    assert said(spoilt, pathway) == spoilt.caught

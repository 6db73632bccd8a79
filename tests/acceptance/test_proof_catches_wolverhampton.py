"""Wolverhampton's two pathways spoilt where no other is like them."""

import mutations as change
from mutations import prop, swapped, without
from spoiling import (
    REQUEST,
    WOLVERHAMPTON,
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

MAIN, SIDE = (WOLVERHAMPTON,), (REQUEST,)

SPOILT: ByKind = {
    "a condition inverted": [
        case(inverted("Stage2_Talked", "Stage2_Agreed"), "proof: answer", where=MAIN),
    ],
    "a condition that can't hold": [
        case(condition("Exceptional_Way", "Exceptional_UninvolvedChair", 'way = "no"'), "expression", where=MAIN),
        case(condition("Stage1_Discussed", "Stage1_Agreed", 'persists = "yes"'), "proof: expression", "proof: reached",
             where=MAIN),
        case(condition("Decided_Agreed", "Decided_Convened", 'confirmed = "yes"'), "proof: expression",
             "proof: reached", where=SIDE),
        case(condition("Stage1_Supported", "Stage1_ConsiderSupported", 'request_agreed = "yes"'), "proof: expression",
             "proof: reached", where=SIDE),
    ],
    "a flow dropped": [
        case(no_flow("Raised_Scope", "ScreenedOut_Ask"), "flow", "end", where=MAIN),
        case(no_flow("Overdue_Respond", "Decided_Agreed"), "flow", where=SIDE),
        case(no_flow("Stage1_Supported", "Stage1_ConsiderSupported"), "flow", "D9", where=SIDE),
    ],
    "a form field renamed": [
        case(renamed("concerns-persist", "persists", "goes_on"), "expression", where=MAIN),
        case(renamed("raise", "scope", "about"), "expression", where=MAIN),
        case(renamed("request-in-writing", "supported", "backed"), "expression", where=SIDE),
        case(renamed("answer-overdue-request", "request_agreed", "agreed"), "proof: expression", where=SIDE),
    ],
    "a form changed": [
        case(change.no_field("discuss", "result"), "expression", where=MAIN),
        case(text("the result is typed", '"type": "radio"', '"type": "textfield"', "/discuss.form"), "form",
             where=MAIN),
        case(change.no_choice("concerns-persist", "persists", "yes"), "expression", where=MAIN),
    ],
    "a task removed": [
        case(without("StageEnd_RiskQuestion"), "proof: expression", "proof: reached", "proof: end", "proof: clause",
             where=MAIN),
        case(without("Overdue_Respond"), "proof: expression", "proof: reached", where=SIDE),
    ],
    "a stage's record skipped": [
        case(without("Answered_StageEnded"), "D5", where=SIDE),
        case(swapped("Contact_Withdrawn", "Withdrawn_StageEnded", "Withdrawal_Countersign"), "proof: question",
             where=SIDE),
    ],
    "a lane renamed": [
        case(lane("senior_managers", "heads"), "D6", where=MAIN),
        case(lane("chair", "head"), "proof: held", where=MAIN),
        case(text("a tier renamed everywhere", "senior_managers", "heads"), "proof: held", where=MAIN),
        case(lane("senior_managers", "managers"), "proof: held", where=SIDE),
        case(lane("safeguarding_manager", "manager"), "proof: held", where=SIDE),
    ],
    "somebody unknown": [
        case(text("a role misspelt", '"practitioner"', '"practicioner"', "/who_acts.dmn"), "proof: held", where=MAIN),
        case(prop("Overdue_Respond", "side", "partnership"), "proof: held", where=SIDE),
        case(prop("Contact_Manager", "contacts", "people"), "D6", where=SIDE),
    ],
    "a table row deleted": [
        case(change.no_row("who_acts", '"practitioners"'), "table", where=MAIN),
        case(change.no_row("safeguarding_manager", '"day"'), "table", where=SIDE),
    ],
    "a table row doubled": [case(twice("safeguarding_manager", 0), "table", where=SIDE)],
}  # fmt: skip


@each(SPOILT)
def test_what_is_spoilt_is_caught(pathway: str, spoilt: Spoilt) -> None:
    """By its own rule or property, and nothing of another kind beside it."""
    assert said(spoilt, pathway) == spoilt.caught

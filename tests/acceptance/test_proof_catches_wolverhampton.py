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
        case(inverted("Stage2_Outcome", "Stage2_Agreed"), "proof: answer", where=MAIN),
    ],
    "a condition that can't hold": [
        case(condition("Exceptional_Way", "Exceptional_UninvolvedChair", 'way = "no"'), "expression", where=MAIN),
        case(condition("Stage1_Outcome", "Stage1_Agreed", 'persists = "yes"'), "proof: expression", "proof: reached",
             where=MAIN),
        case(condition("Decided_Agreed", "Decided_Convened", 'confirmed = "yes"'), "proof: expression",
             "proof: reached", "proof: silence", where=SIDE),
        case(condition("Stage1_Supported", "Stage1_ConsiderSupported", 'request_agreed = "yes"'), "proof: expression",
             "proof: reached", "proof: silence", where=SIDE),
    ],
    "a flow dropped": [
        case(no_flow("Raised_Scope", "ScreenedOut_Asked"), "flow", "end", where=MAIN),
        case(no_flow("Answered_StageEnded", "Decided_Agreed"), "flow", "end", where=SIDE),
        case(no_flow("Stage1_Supported", "Stage1_ConsiderSupported"), "flow", "D9", where=SIDE),
    ],
    "a form field renamed": [
        case(renamed("concerns-persist", "persists", "goes_on"), "expression", where=MAIN, entered=True),
        case(renamed("raise", "scope", "about"), "expression", where=MAIN),
        case(renamed("request-in-writing", "supported", "backed"), "expression", where=SIDE, entered=True),
        case(renamed("screened-out", "reversed", "turned"), "expression", "duty", where=MAIN),
    ],
    "a form changed": [
        case(change.no_field("discuss", "result"), "expression", "form", where=MAIN),
        case(text("the result is typed", '"type": "radio"', '"type": "textfield"', "/discuss.form"), "form",
             where=MAIN, entered=True),
        case(change.no_choice("concerns-persist", "persists", "yes"), "expression", where=MAIN),
    ],
    "a task removed": [
        case(without("StageEnd_RiskQuestionReceiving"), "duty", where=MAIN),
        case(without("Stage1_Respond"), "duty", where=SIDE),
    ],
    "a stage's record skipped": [
        case(without("Answered_StageEnded"), "D5", where=SIDE),
        case(swapped("Contact_Withdrawn", "Withdrawn_StageEnded", "Withdrawn_Afterwards"), "proof: question",
             where=SIDE),
    ],
    "a reminder interrupts": [case(change.interrupting("Stage1_Reminder"), "D5", "end", where=SIDE)],
    "a lane renamed": [
        case(lane("senior_managers", "heads"), "D6", where=MAIN, entered=True),
        case(lane("chair", "head"), "D6", "duty", where=MAIN),
        case(text("a tier renamed everywhere", "senior_managers", "heads"), "proof: held", where=MAIN, entered=True),
        case(lane("senior_managers", "managers"), "D6", where=SIDE, entered=True),
        case(text("a tier renamed everywhere", "senior_managers", "heads"), "proof: held", where=SIDE, entered=True),
        case(lane("safeguarding_manager", "manager"), "proof: held", where=SIDE, entered=True),
    ],
    "somebody unknown": [
        case(text("a role misspelt", '"practitioner"', '"practicioner"', "/who_acts.dmn"), "proof: held", where=MAIN),
        case(prop("Stage1_Respond", "side", "partnership"), "proof: held", where=SIDE, entered=True),
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
    assert said(spoilt, pathway) == spoilt.said_of(pathway)

"""Barnet's pathway spoilt where no other is like it: its lines, its contacts, its ways out of each stage."""

import mutations as change
from mutations import prop, swapped, without
from spoiling import (
    BARNET,
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
    twice,
)

OWN = (BARNET,)

SPOILT: ByKind = {
    "a timer removed": [
        case(without("Stage2_Line2_Deadline"), "D3", where=OWN),
        case(without("Stage2_Line3_Reminder"), "D3", where=OWN),
    ],
    "its days changed": [
        case(change.limit("Stage2_Line1_Deadline", "working_days: 1", "working_days: 2"), "proof: timeline", where=OWN),
        case(change.limit("Stage2_Line3_Deadline", "cumulative: 4", "cumulative: 3"), "proof: timeline", where=OWN),
    ],
    "a deadline ends the dispute": [
        case(swapped("Stage3_Deadline", "Stage3_Over", "Stage3_WithdrawalOver"), "proof: deadline", "proof: ends",
             where=OWN),
    ],
    "a flow dropped": [
        case(no_flow("Stage2_HasLine2", "Stage2_Line2"), "flow", "end", where=OWN),
        case(no_flow("Stage1_OtherArea", "Stage1_Discuss"), "flow", where=OWN),
    ],
    "a branch beside cut": [
        case(without("Notify"), "duty", "signal", where=OWN),
        case(without("Withdrawal"), "duty", where=OWN),
        case(without("OtherArea"), "duty", "signal", where=OWN),
        case(without("Stage3_Reached"), "signal", where=OWN),
        case(without("Forum"), "duty", "signal", where=OWN),
    ],
    "a reminder interrupts": [case(change.interrupting("Stage2_Line1_Reminder"), "D3", "D5", "end", where=OWN)],
    "a stage's record skipped": [
        case(without("Stage2_Line1_Over"), "D5", where=OWN),
        case(without("Stage3_WithdrawalOver"), "D5", where=OWN),
        case(swapped("Stage2_Line2_Early", "Stage2_Line2_Over", "Stage2_Line3"), "D5", where=OWN),
        case(without("Stage3_PersistWithdrawalOver"), "proof: question", where=OWN),
    ],
    "a condition inverted": [
        case(inverted("Stage2_HasLine2", "Stage2_Line2"), "D9", where=OWN),
        case(inverted("Stage2_Line2_Discussed", "Stage2_Line2_Agreed"), "D9", where=OWN),
    ],
    "a condition that can't hold": [
        case(condition("Stage2_HasLine2", "Stage2_Line2", 'receiving_kind = "army"'), "expression", where=OWN),
        case(condition("OtherArea_Unresolved", "OtherArea_Liaise", 'result = "agreed"'), "proof: expression",
             "proof: reached", "proof: end", "proof: silence", where=OWN),
    ],
    "a form field renamed": [
        case(renamed("discuss", "result", "came_of_it"), "proof: expression", "proof: reached", where=OWN),
        case(renamed("other-authority", "liaison", "help"), "duty", "expression", where=OWN),
        case(renamed("raise", "contact_case", "case"), "expression", where=OWN),
    ],
    "a lane renamed": [
        case(lane("escalation_lines", "lines"), "D6", "duty", where=OWN),
        case(lane("senior_leaders", "leaders"), "duty", where=OWN),
    ],
    "somebody unknown": [
        case(prop("Stage1_Discuss", "contacts", "people"), "D6", where=OWN),
        case(prop("Stage2_Line1_Police", "tier", "lines"), "D6", where=OWN),
        case(prop("OtherArea_Liaise", "side", "both"), "duty", where=OWN),
    ],
    "a table row deleted": [
        case(change.no_row("contacts", '"1"', '"local_authority"', '"family_new"'), "table", where=OWN),
        case(change.no_row("contacts", '"2.2"', '"police"'), "table", where=OWN),
        case(change.no_row("who_acts", '"practitioners"'), "table", where=OWN),
    ],
    "a table row doubled": [
        case(twice("contacts", 0), "table", where=OWN),
        case(twice("contacts", 20), "table", where=OWN),
    ],
    "stages numbered otherwise than they are run": [
        case(prop("Stage2_Line1", "stage", "2.6"), "proof: timeline", where=OWN),
    ],
}  # fmt: skip


@each(SPOILT)
def test_what_is_spoilt_is_caught(pathway: str, spoilt: Spoilt) -> None:
    """By its own rule or property, and nothing of another kind beside it."""
    assert said(spoilt, pathway) == spoilt.caught

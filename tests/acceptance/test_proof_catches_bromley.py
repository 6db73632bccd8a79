"""Bromley's pathway spoilt where no other is like it."""

import mutations as change
from mutations import swapped, without
from spoiling import (
    BROMLEY,
    ByKind,
    Spoilt,
    attribute,
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

OWN = (BROMLEY,)

SPOILT: ByKind = {
    "a timer removed": [
        case(without("Board_Deadline"), "D3", where=OWN),
        case(without("Board_Reminder"), "D3", where=OWN),
        case(without("Panel_Deadline"), "D3", where=OWN),
    ],
    "its days changed": [
        case(change.limit("Stage3_Deadline", "cumulative: 4", "cumulative: 2"), "proof: timeline", where=OWN),
        case(change.limit("Board_Deadline", "cumulative: 5", "cumulative: 4"), "duty", where=OWN),
    ],
    "a deadline interrupts what no timer may end": [
        case(change.interrupting("Stage4_Deadline"), "D5", "end", where=OWN),
    ],
    "a flow dropped": [
        case(no_flow("Stage4_Way", "Stage4_Convene"), "D9", where=OWN),
        case(no_flow("Stage3_TierLeft", "Stage3_NextTier"), "flow", "D9", where=OWN),
        case(no_flow("Panel_Fork", "Panel_RepresentationReceiving"), "flow", where=OWN),
        case(no_flow("Stage3_Fork", "Stage3_ReportReceiving"), "flow", where=OWN),
    ],
    "a limit that ends nothing": [
        case(attribute("Panel_HearOver", "cancelActivity", "false"), "proof: silence", "proof: branches", where=OWN),
    ],
    "a stage's record skipped": [
        case(without("Panel_Over"), "D5", where=OWN),
        case(swapped("Board_Early", "Board_Over", "Stage4_ConcernsPersist"), "D5", where=OWN),
        case(swapped("Stage4_PersistResolved", "Resolved_StageEnded", "Resolved_Afterwards"), "proof: question",
             "proof: each", where=OWN),
    ],
    "a condition inverted": [
        case(inverted("Stage1_Discussed", "Stage1_Agreed"), "proof: answer", where=OWN),
    ],
    "a condition that can't hold": [
        case(condition("Stage4_ToPanel", "Panel", 'way = "maybe"'), "expression", where=OWN),
        case(condition("Stage3_TierLeft", "Stage3_NextTier", 'way = "panel"'), "proof: expression", "proof: reached",
             where=OWN),
    ],
    "a form field renamed": [
        case(renamed("tier-talk", "tier_left", "more"), "expression", "duty", where=OWN),
        case(renamed("choose-way", "way", "how"), "proof: expression", "proof: reached", "proof: silence", where=OWN),
    ],
    "a task removed": [
        case(without("Stage4_ConcernsPersist"), "D6", "duty", where=OWN),
    ],
    "a lane renamed": [
        case(lane("board_members", "members"), "duty", where=OWN),
        case(lane("line_managers", "managers"), "D6", "duty", where=OWN),
    ],
    "a table row deleted": [
        case(change.no_row("who_acts", '"chair"'), "table", where=OWN),
        case(change.no_row("who_acts", '"practitioners"'), "table", where=OWN),
    ],
    "a table row doubled": [case(twice("who_acts", 3), "table", where=OWN)],
}  # fmt: skip


@each(SPOILT)
def test_what_is_spoilt_is_caught(pathway: str, spoilt: Spoilt) -> None:
    """By its own rule or property, and nothing of another kind beside it."""
    assert said(spoilt, pathway) == spoilt.caught

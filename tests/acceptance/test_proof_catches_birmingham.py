"""Birmingham's pathway spoilt where no other is like it."""

import mutations as change
from mutations import prop, without
from spoiling import (
    BIRMINGHAM,
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
)

OWN = (BIRMINGHAM,)

SPOILT: ByKind = {
    "a timer removed": [
        case(without("Stage5_Deadline"), "D3", where=OWN),
        case(without("Stage2_Reminder"), "D3", where=OWN),
    ],
    "a condition inverted": [
        case(inverted("Stage2_Talked", "Stage2_Agreed"), "proof: answer", where=OWN),
        case(inverted("Stage1_Discussed", "Stage1_AgreedAtOnce"), "D9", where=OWN),
    ],
    "a condition that can't hold": [
        case(condition("Stage5_Persists", "Stage5_Referred", 'persist = "yes"'), "expression", where=OWN),
        case(condition("Stage5_MeetingWanted", "Stage5_Meeting", 'gap = "yes"'), "proof: expression", "proof: reached",
             where=OWN),
    ],
    "a flow dropped": [
        case(no_flow("Stage5_MeetingWanted", "Stage5_Meeting"), "flow", "D9", where=OWN),
        case(no_flow("Stage1_Fork", "Stage1_ReviewReceiving"), "flow", where=OWN),
    ],
    "a join removed": [case(without("Stage5_Join"), "proof: branches", where=OWN)],
    "a form field renamed": [
        case(renamed("discuss", "result", "came_of_it"), "expression", where=OWN),
        case(renamed("concerns-persist", "persists", "goes_on"), "expression", where=OWN),
    ],
    "a form changed": [
        case(change.no_field("discuss", "result"), "expression", where=OWN),
        case(text("the result is typed", '"type": "radio"', '"type": "textfield"', "/discuss.form"), "form", where=OWN),
        case(change.no_choice("concerns-persist", "persists", "yes"), "expression", where=OWN),
        case(prop("Stage1_Discuss", "form", "talk-it-over"), "form", where=OWN),
    ],
    "a lane renamed": [
        case(lane("senior_managers", "heads"), "D6", where=OWN),
        case(lane("co_chairs", "chairs"), "proof: held", where=OWN),
        case(text("a tier renamed everywhere", "senior_managers", "heads"), "proof: held", where=OWN),
    ],
    "somebody unknown": [
        case(text("a role misspelt", '"practitioner"', '"practicioner"', "/who_acts.dmn"), "proof: held", where=OWN),
        case(prop("Stage1_Discuss", "side", "everybody"), "D6", where=OWN),
    ],
    "a table row deleted": [case(change.no_row("who_acts", '"practitioners"'), "table", where=OWN)],
}  # fmt: skip


@each(SPOILT)
def test_what_is_spoilt_is_caught(pathway: str, spoilt: Spoilt) -> None:
    """By its own rule or property, and nothing of another kind beside it."""
    assert said(spoilt, pathway) == spoilt.caught

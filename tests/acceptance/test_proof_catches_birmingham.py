"""Birmingham's pathway spoilt where no other is like it."""

import mutations as change
from mutations import prop, swapped, without
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
REGISTER = "/escalation-duties.toml"
NOTHING = '[[duty]]\nid = "ZZZ-9.9"\nasks = "What nothing that is drawn answers."\n\n'
GOES_ON = "goes on, recorded as not done"


SPOILT: ByKind = {
    "a timer removed": [
        case(without("Stage5_Deadline"), "D3", where=OWN),
        case(without("Stage2_Reminder"), "D3", where=OWN),
        case(without("Stage1_ReviewsOver"), "proof: silence", where=OWN),
        case(without("Stage2_LeadsGoOn"), "proof: silence", where=OWN),
        case(without("Stage3_FirstOver"), "proof: silence", where=OWN),
        case(without("Stage4_FirstOver"), "proof: silence", where=OWN),
        case(without("Stage4_MeetAllTheSame"), "proof: silence", where=OWN),
        case(without("Stage5_HearOver"), "proof: silence", where=OWN),
        case(without("Resolution_NoObjection"), "proof: silence", where=OWN),
    ],
    "its days changed": [
        case(change.limit("Stage1_Meeting", "working_days: 2", "working_days: 3"), "duty", where=OWN),
    ],
    "a side left out": [
        case(without("StageEnd_RiskQuestionReceiving"), "proof: end", "proof: expression", "proof: reached",
             "proof: silence", where=OWN),
        case(without("Begun_ActionsReceiving"), "duty", where=OWN),
        case(without("Stage1_ReviewReceiving"), "duty", where=OWN),
        case(prop("Begun_ActionsReceiving", "side", "both"), "duty", where=OWN),
        case(condition("StageEnd_OpenRaising", "StageEnd_AskedRaising", "receiving_side_asked = true"),
             "proof: question", where=OWN),
    ],
    "an end that is none": [
        case(prop("NotPursued", "end", "resolved"), "proof: ends", where=OWN),
        case(prop("NotPursued", "end", "decided"), "proof: ends", where=OWN),
        case(swapped("NotPursued_Countersigned", "Stage5_ConcernsPersist", "Resolved_StageEnded"), "proof: answer",
             "proof: ends", where=OWN),
        case(swapped("Stage5_Persists", "NotPursued_Countersign", "NotPursued_Told"), "flow", where=OWN),
        case(without("NotPursued_Countersign"), "duty", where=OWN),
        case(without("Withdrawal_Countersign"), "duty", where=OWN),
    ],
    "nobody told": [
        case(without("NotPursued_Told"), "duty", where=OWN),
        case(without("Stage3_CopyBusinessManager"), "duty", where=OWN),
    ],
    "the register spoilt": [
        case(text("a duty that nothing answers", "[[duty]]", f"{NOTHING}[[duty]]", REGISTER, times=1), "duty",
             where=OWN),
        case(text("a duty that there is not", 'value="BIR-6.1"', 'value="ZZZ-9.9"'), "duty", where=OWN),
        case(text("no duty stays open", 'unanswered = "stays open"', f'unanswered = "{GOES_ON}"', REGISTER), "duty",
             where=OWN),
        case(text("a register broken off", "[[duty]]", "[[duty]", REGISTER, times=1), "settings", where=OWN),
    ],
    "a condition inverted": [
        case(inverted("Resolution_By", "Resolution_Object"), "proof: answer", where=OWN),
        case(inverted("NotPursued_Countersigned", "NotPursued_Told"), "proof: answer", where=OWN),
        case(inverted("Stage5_Persists", "Stage5_Referred"), "proof: answer", where=OWN),
        case(inverted("Withdrawal_Countersigned", "Withdrawal_Done"), "proof: answer", where=OWN),
        case(inverted("Begun_LeadTold", "Begun_RaisingTold"), "proof: each", where=OWN),
        case(inverted("Stage2_Talked", "Stage2_Agreed"), "proof: answer", where=OWN),
        case(inverted("Stage1_Discussed", "Stage1_AgreedAtOnce"), "D9", where=OWN),
    ],
    "a condition that can't hold": [
        case(condition("Stage5_Persists", "Stage5_Referred", 'persist = "yes"'), "expression", where=OWN),
        case(condition("Stage5_MeetingWanted", "Stage5_Meeting", 'gap = "yes"'), "proof: expression", "proof: reached",
             "proof: silence", where=OWN),
        case(condition("Resolution_By", "Resolution_Object", 'said_by = "nobody"'), "expression", where=OWN),
    ],
    "a flow dropped": [
        case(no_flow("Stage5_MeetingWanted", "Stage5_Meeting"), "flow", "D9", where=OWN),
        case(no_flow("Stage1_Fork", "Stage1_ReviewReceiving"), "flow", where=OWN),
        case(no_flow("Begun_Fork", "Begun_ActionsReceiving"), "flow", where=OWN),
    ],
    "a join removed": [
        case(without("Stage1_ManagersJoin"), "proof: branches", where=OWN),
    ],
    "a form field renamed": [
        case(renamed("discuss", "result", "came_of_it"), "expression", where=OWN),
        case(renamed("concerns-persist", "persists", "goes_on"), "expression", where=OWN, entered=True),
    ],
    "a form changed": [
        case(change.no_field("discuss", "result"), "expression", "form", where=OWN),
        case(text("the result is typed", '"type": "radio"', '"type": "textfield"', "/discuss.form"), "form", where=OWN,
             entered=True),
        case(change.no_choice("concerns-persist", "persists", "yes"), "expression", where=OWN),
        case(prop("Stage1_Discuss", "form", "talk-it-over"), "form", where=OWN, entered=True),
    ],
    "a lane renamed": [
        case(lane("senior_managers", "heads"), "D6", where=OWN, entered=True),
        case(lane("co_chairs", "chairs"), "proof: held", where=OWN, entered=True),
        case(text("a tier renamed everywhere", "senior_managers", "heads"), "proof: held", where=OWN, entered=True),
    ],
    "somebody unknown": [
        case(text("a role misspelt", '"practitioner"', '"practicioner"', "/who_acts.dmn"), "proof: held", where=OWN),
        case(prop("Stage1_Discuss", "side", "everybody"), "D6", where=OWN, entered=True),
    ],
    "a table row deleted": [case(change.no_row("who_acts", '"practitioners"'), "table", where=OWN)],
}  # fmt: skip


@each(SPOILT)
def test_what_is_spoilt_is_caught(pathway: str, spoilt: Spoilt) -> None:
    """By its own rule or property, and nothing of another kind beside it."""
    assert said(spoilt, pathway) == spoilt.said_of(pathway)

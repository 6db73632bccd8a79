"""What ships, spoilt in one place each: the rule or the property that must catch it, and nothing of another kind.

`check` is the fast rules, and the proof where they find nothing; a property's name stands behind “proof:”. Here is what
is tried on every pathway, or on all that have the element; what is one partnership's own is in the files beside this.
"""

import mutations as change
import pytest
import test_proof_catches_barnet as barnet
import test_proof_catches_birmingham as birmingham
import test_proof_catches_bromley as bromley
import test_proof_catches_harrow as harrow
import test_proof_catches_wolverhampton as wolverhampton
from mutations import prop, swapped, without
from play import place, shipped
from spoiling import (
    BARNET,
    BIRMINGHAM,
    BROMLEY,
    CONFERENCE,
    EVERY,
    HARROW,
    KINDS,
    REQUEST,
    REVIEW,
    SIDE,
    WOLVERHAMPTON,
    ByKind,
    Spoilt,
    attribute,
    carries,
    case,
    child,
    condition,
    each,
    inverted,
    kinds,
    no_flow,
    renamed,
    said,
    text,
    twice,
)

from engine.composition import executor, proven
from engine.course import Version
from engine.pathway import read_pathway
from engine.proof import run_scenario

NUMBERED = (BIRMINGHAM, WOLVERHAMPTON, HARROW)
"""Four ordinary stages, Stage1 to Stage4."""
MEASURED = (BIRMINGHAM, WOLVERHAMPTON)
"""The same stages with the same limits."""
STAGE_3 = (*NUMBERED, BROMLEY, BARNET)
QUICK = (*MEASURED, *SIDE)
"""The branches beside the main flow are drawn alike: not each of their faults is tried on the largest three as well."""
ENDED_BY_TIME = tuple(pathway for pathway in EVERY if pathway != REQUEST)
"""Where stage 1 ends by its deadline; the answer to a request for a conference is owed until it is given."""
OF_HARROW = (HARROW, CONFERENCE, REVIEW)
"""Where the protocol says neither who hears of a report nor what is recorded of it: only the proof asks for that."""
UNTOLD = tuple(pathway for pathway in EVERY if pathway not in OF_HARROW)
"""Where a report of risk tells no tier to come (HAR-R1)."""
ONE_GAP = tuple(pathway for pathway in EVERY if pathway not in {WOLVERHAMPTON, REQUEST})
"""Where both sides are asked for a gap in policy together; in Wolverhampton each side is (WOL-7.2)."""
ONE_WITHDRAWAL = tuple(pathway for pathway in EVERY if pathway != BARNET)
"""All withdrawals come to one task; in Barnet each stage has its own way out."""

SPOILT: ByKind = {
    "a timer removed": [
        case(without("Stage1_Deadline"), "D3"),
        case(without("Stage1_Reminder"), "D3", where=ENDED_BY_TIME),
        case(without("Stage3_Deadline"), "D3", where=STAGE_3),
        case(without("Stage3_Reminder"), "D3", where=STAGE_3),
    ],
    "its days changed": [
        case(change.limit("Stage1_Deadline", "deadline(", "deadline(hours: 1, "), "expression"),
        case(change.limit("Stage1_Deadline", "working_days: ", "days: "), "expression"),
        case(change.limit("Stage1_Deadline", "working_days: ", "working_days: 50"), "expression"),
        case(change.limit("Stage1_Reminder", "reminder()", "deadline(working_days: 1)"), "D3"),
        case(change.limit("Stage2_Deadline", "working_days: 2", "working_days: 3"), "proof: timeline",
             where=(*MEASURED, BROMLEY)),
        case(change.limit("Stage3_Deadline", "working_days: 3", "hours: 240"), "proof: timeline", where=MEASURED),
        case(change.limit("Stage4_Deadline", "cumulative: 14", "cumulative: 13"), "proof: timeline", where=MEASURED,
             entered=True),
        case(change.limit("Risk_Refer", "immediately: true", "working_days: 1"), "proof: risk", entered=True),
        case(change.limit("Risk_CloseByLead", "same_working_day: true", "working_days: 1"), "proof: risk", where=QUICK,
             entered=True),
        case(prop("Risk_TellLead", "due", "due(immediately: false)"), "D6", entered=True),
    ],
    "a flow dropped": [
        case(no_flow("Risk_Reported", "Risk_Fork"), "flow", where=UNTOLD),
        case(no_flow("Risk_Reported", "Risk_Told"), "flow", where=OF_HARROW),
        case(no_flow("Risk_Fork", "Risk_Refer"), "flow"),
        case(no_flow("StageEnd_Fork", "StageEnd_RecordReceiving"), "flow"),
        case(no_flow("StageEnd_AtRiskRaising", "StageEnd_RiskReportedRaising"), "flow", "D9"),
        case(no_flow("StageEnd_Fork", "StageEnd_OpenReceiving"), "flow"),
        case(no_flow("Resolution_Confirmed", "Resolution_Resolved"), "flow", "D9"),
        case(no_flow("Afterwards_Gap", "Afterwards_Said"), "D9", where=ONE_GAP),
        case(no_flow("Afterwards_GapRaising", "Afterwards_SaidRaising"), "D9", where=(WOLVERHAMPTON, REQUEST)),
        case(no_flow("Stage1_Over", "Stage2"), "flow", "end", where=(*MEASURED, BROMLEY, HARROW)),
    ],
    "the risk branch cut": [
        case(without("Risk"), "D4", entered=True),
        case(text("the risk signal is called otherwise", 'name="risk_reported"', 'name="risk_told"'), "D4"),
        case(carries("risk is told of no child", "risk_reported", "payloadExpression", "risk"), "D4"),
        case(without("Risk_TellLead"), "proof: risk", entered=True, unsaid=OF_HARROW),
        case(without("Risk_Refer"), "proof: expression", "proof: reached", where=QUICK, entered=True),
        case(without("Protective"), "proof: question"),
    ],
    "the risk branch interrupts": [case(attribute("Risk_Reported", "isInterrupting", None), "D11")],
    "a reminder interrupts": [
        case(change.interrupting("Stage1_Reminder"), "D3", "D5", "end", where=ENDED_BY_TIME),
        case(change.interrupting("Stage3_Reminder"), "D3", "D5", "end", where=STAGE_3),
    ],
    "a deadline ends nothing": [
        case(attribute("Stage1_Deadline", "cancelActivity", "false"), "D3", "flow", where=ENDED_BY_TIME),
    ],
    "a way out removed": [
        case(without("Stage1_Early"), "D3", where=ENDED_BY_TIME),
        case(without("Stage1_Withdrawn"), "D3", where=ENDED_BY_TIME),
        case(without("Stage1_Resolved"), "D3", where=ENDED_BY_TIME),
        case(without("Resolution"), "signal", entered=True),
        case(prop("Stage1", "kind", "special"), "D2"),
    ],
    "a stage's record skipped": [
        case(prop("StageEnd_RecordReceiving", "side", "raising"), "proof: record", entered=True),
        case(without("StageEnd_RecordRaising"), "proof: each", "proof: record",
             where=(*MEASURED, CONFERENCE, REVIEW)),
        case(without("Stage1_Over"), "D5", where=ENDED_BY_TIME),
        case(without("Resolved_StageEnded"), "D5"),
        case(swapped("Stage1_Resolved", "Resolved_StageEnded", "Resolved_Confirmation"), "D5",
             where=ENDED_BY_TIME),
        case(swapped("Stage1_Early", "Stage1_Over", "Stage2"), "D5", where=(*MEASURED, BROMLEY, HARROW)),
        case(carries("the stage is not carried", "stage_ended", "variableName", "of"), "D5"),
    ],
    "a condition inverted": [
        case(inverted("Raised_Risk", "Raised_RiskReported"), "proof: risk"),
        case(inverted("StageEnd_AtRiskRaising", "StageEnd_RiskReportedRaising"), "proof: answer", where=QUICK),
        case(inverted("StageEnd_AtRiskReceiving", "StageEnd_RiskReportedReceiving"), "proof: answer"),
        case(inverted("Protective_AtRiskReceiving", "Protective_RiskReportedReceiving"), "proof: answer", where=QUICK),
        case(inverted("StageEnd_OpenRaising", "StageEnd_AskedRaising"), "proof: each", "proof: question"),
        case(inverted("Resolution_Objected", "Resolution_ResolvedUnopposed"), "proof: answer"),
        case(inverted("Resolution_Confirmed", "Resolution_Resolved"), "proof: answer"),
    ],
    "a condition that can't hold": [
        case(condition("Resolution_Confirmed", "Resolution_Resolved", 'confirmed = "maybe"'), "expression"),
        case(attribute("Resolution_Confirmed", "default", None), "D9"),
    ],
    "a form field renamed": [
        case(renamed("risk-question", "at_risk", "danger"), "expression", entered=True),
        case(renamed("confirm-resolution", "confirmed", "confirms"), "expression"),
        case(renamed("risk-referral", "outcome", "came_of_it"), "expression", entered=True, unsaid=OF_HARROW),
        case(renamed("policy-gap", "gap", "hole"), "expression", entered=True, unsaid=OF_HARROW),
        case(renamed("risk-tell-lead", "lead_reached", "lead_found"), "proof: risk", entered=True, unsaid=OF_HARROW),
    ],
    "a form changed": [
        case(change.no_choice("confirm-resolution", "confirmed", "yes"), "expression"),
        case(text("risk is typed", '"type": "radio"', '"type": "textfield"', "/risk-question.form"), "form",
             entered=True),
        case(text("a form broken off", "}", "", "/debrief.form", times=1), "form", entered=True),
        case(prop("Resolution_Confirm", "form", "yes-or-no"), "form"),
        case(prop("Resolution_Confirm", "form", None), "D6"),
    ],
    "a table row deleted": [case(change.no_row("who_acts", '"any"'), "table")],
    "a table row doubled": [case(twice("who_acts", 0), "table")],
    "somebody unknown": [
        case(prop("Resolution_Confirm", "side", "everybody"), "D6", entered=True),
        case(prop("Withdrawal_Countersign", "role", "caretaker"), "D6", entered=True),
        case(prop("Stage1_Reminded", "to", None), "D7"),
    ],
    "an end, a word": [
        case(prop("Resolved", "end", "agreed"), "end"),
        case(prop("Withdrawn", "end", None), "end", where=ONE_WITHDRAWAL),
        case(child("Stage1_Reminded", "messageEventDefinition", becomes="terminateEventDefinition"), "D11"),
        case(child("Stage1", "documentation", becomes=None), "clause"),
        case(text("a document type", "<bpmn:definitions", "<!DOCTYPE x><bpmn:definitions", times=1), "parse"),
    ],
}  # fmt: skip
ALL: tuple[ByKind, ...] = (
    SPOILT, birmingham.SPOILT, wolverhampton.SPOILT, bromley.SPOILT, harrow.SPOILT, barnet.SPOILT,
)  # fmt: skip


@each(SPOILT)
def test_what_is_spoilt_is_caught(pathway: str, spoilt: Spoilt) -> None:
    """D1 to D11 and the proof: each fault by its own rule or property, and nothing of another kind beside it."""
    assert said(spoilt, pathway) == spoilt.said_of(pathway)


@each({kind: [s for by in ALL for s in by.get(kind, ()) if s.provable] for by in ALL for kind in by}, entered=True)
def test_what_the_register_says_too_is_caught_without_it(pathway: str, spoilt: Spoilt) -> None:
    """Whoever changes diagram and register alike meets the proof."""
    assert said(spoilt, pathway, registered=False) == spoilt.caught


@pytest.mark.parametrize("pathway", EVERY)
def test_what_is_not_spoilt_is_sound(pathway: str) -> None:
    """Nothing is said of what ships."""
    assert kinds(shipped(pathway), pathway) == set()


@pytest.mark.parametrize("pathway", EVERY)
def test_every_pathway_is_tried_on_enough_mutations(pathway: str) -> None:
    """At least 40, of each kind at least one; a dozen at least that no rule sees and only the proof can catch."""
    own = [(kind, s) for listed in ALL for kind, lines in listed.items() for s in lines if pathway in s.where]
    assert len(own) >= 40
    assert {kind for kind, _ in own} >= set(KINDS)
    assert sum(s.provable for _, s in own) >= 12
    assert len({s.mutation.name for _, s in own}) == len(own)


@pytest.mark.parametrize("pathway", [BIRMINGHAM, *SIDE])
def test_a_way_that_breaks_a_property_is_a_scenario_that_runs_again(pathway: str) -> None:
    """S4: a referral has a task that is not due at once, and the simulation shows it."""
    files = change.limit("Risk_Refer", "immediately: true", "working_days: 1").of(shipped(pathway))
    read = read_pathway(files, *place(pathway))
    found = next(b for b in proven(read).broken if b.element == "Risk_Refer")
    assert found.scenario is not None
    again = run_scenario(Version(pathway=read, executor=executor(read)), found.scenario)
    opened = [t for t in again.course.dispute.tasks if t.element == "Risk_Refer"]
    assert opened[0].due > again.at


@pytest.mark.parametrize("pathway", [BIRMINGHAM, *SIDE])
def test_a_way_after_a_protective_timescale_passed_begins_with_it(pathway: str) -> None:
    """T10, S2: its scenario sets one, lets it pass with no other question open, and answers what it asks."""
    files = inverted("Protective_AtRiskReceiving", "Protective_RiskReportedReceiving").of(shipped(pathway))
    read = read_pathway(files, *place(pathway))
    [found] = proven(read).broken
    assert found.scenario is not None
    first, *_, last = found.scenario["steps"]
    assert (first["do"], last["task"]) == ("shorten", "Protective_RiskQuestionReceiving")
    again = run_scenario(Version(pathway=read, executor=executor(read)), found.scenario)
    assert last["task"] not in {task.element for task in again.course.dispute.tasks}

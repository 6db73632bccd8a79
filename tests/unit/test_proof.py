"""The proof: small diagrams whose states are counted by hand, and one diagram for each property that it breaks."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from small_pathway import (
    DIAGRAM,
    FORM,
    LANES,
    MAIN,
    RESOLUTION,
    SETTINGS,
    STAGE,
    STAGE_END,
    edge,
    files,
    flow,
    lane,
    node,
    risen,
    signal,
    timer,
)
from small_pathway import RISK as REFERRED

from engine.composition import executor, proven
from engine.course import Version
from engine.pathway import Pathway, read_folder, read_pathway
from engine.proof import Proof, run_scenario, shipped
from engine.proof.prover import Broken

SHIPPED = Path(__file__).parents[2] / "bpmn"
WHO_ACTS = (SHIPPED / "birmingham" / "who_acts.dmn").read_bytes()
BODY = MAIN + REFERRED + STAGE_END + RESOLUTION
OPTIONAL = FORM.replace('"result"', '"choice"')
REQUIRED = OPTIONAL.replace('"key": "choice",', '"key": "choice", "validate": {"required": true},')
AT_RISK = REQUIRED.replace('"choice"', '"at_risk"').replace('"agreed"', '"yes"')
LEAD = REQUIRED.replace('"choice"', '"lead_reached"')
RISK = REFERRED.replace('name="form" value="discuss"', 'name="form" value="lead"')
PLAIN = json.dumps({"type": "default", "id": "plain", "schemaVersion": 18, "components": []})
AT_ONCE = "due(immediately: true)"
RECORDED = risen("StageEnd", "stage_ended", inside=(
    node("parallelGateway", "StageEnd_Fork") + flow("StageEnd_Begun", "StageEnd_Fork")
    + node("userTask", "Ask", form="at-risk", side="both", tier="any")
    + node("exclusiveGateway", "AtRisk", attributes=' default="AtRisk_to_Asked"')
    + node("intermediateThrowEvent", "Said", signal("risk_reported")) + node("endEvent", "Asked")
    + flow("StageEnd_Fork", "Ask") + flow("Ask", "AtRisk") + flow("AtRisk", "Said", 'at_risk = "yes"')
    + flow("AtRisk", "Asked") + flow("Said", "Asked")
    + "".join(
        node("userTask", f"Record_{side}", form="plain", side=side, tier="any") + node("endEvent", f"Kept_{side}")
        + flow("StageEnd_Fork", f"Record_{side}") + flow(f"Record_{side}", f"Kept_{side}")
        for side in ("raising", "receiving")
    )
))  # fmt: skip
RAISED = (
    node("startEvent", "Raised") + node("exclusiveGateway", "Risky", attributes=' default="Risky_to_Begun"')
    + node("intermediateThrowEvent", "Told", signal("risk_reported")) + node("exclusiveGateway", "Begun")
    + flow("Raised", "Risky") + flow("Risky", "Told", "risk = true") + flow("Risky", "Begun") + flow("Told", "Begun")
)  # fmt: skip
CONFIRMED = risen("Resolution", "resolution_said", inside=(
    node("userTask", "Confirm", form="plain", side="raising", tier="any")
    + node("intermediateThrowEvent", "Confirmed", signal("resolved")) + node("endEvent", "Resolution_Done")
    + flow("Resolution_Begun", "Confirm") + flow("Confirm", "Confirmed") + flow("Confirmed", "Resolution_Done")
))  # fmt: skip
DEBRIEFED = (
    MAIN.replace(flow("Stage1_Over", "Decided"), flow("Stage1_Over", "Debrief") + flow("Debrief", "Decided"))
    .replace(node("startEvent", "Raised"), RAISED).replace(flow("Raised", "Stage1"), flow("Begun", "Stage1"))
    + node("userTask", "Debrief", form="plain", side="both", tier="any")
)  # fmt: skip
PROTECTED = risen("Protective", "protective_passed", inside=(
    node("userTask", "Ask_Again", form="at-risk", side="both", tier="any") + node("endEvent", "Asked_Again")
    + flow("Protective_Begun", "Ask_Again") + flow("Ask_Again", "Asked_Again")
))  # fmt: skip
STAGED = DEBRIEFED + RISK + RECORDED + CONFIRMED + PROTECTED


def pathway(body: str, form: str = REQUIRED, settings: str = "") -> Pathway:
    """A pathway whose process holds that body."""
    whole = DIAGRAM.replace(BODY, body).replace(LANES, lane("Tier_practitioners"))
    settings = SETTINGS + settings
    given = files(whole, settings=settings.encode()) | {
        "bpmn/testing/who_acts.dmn": WHO_ACTS,
        "forms/shared/choose.form": form.encode(),
        "forms/shared/plain.form": PLAIN.encode(),
        "forms/shared/at-risk.form": AT_RISK.encode(),
        "forms/shared/lead.form": LEAD.encode(),
    }
    return read_pathway(given, "testing", "escalation")


def proof(body: str, form: str = REQUIRED, settings: str = "") -> Proof:
    """What the proof says of it."""
    return proven(pathway(body, form, settings))


def broken(body: str, **others: str) -> dict[tuple[str, str | None], Broken]:
    """What does not hold, by property and element."""
    return {(b.what, b.element): b for b in proof(body, **others).broken}


def task(identity: str, **named: str) -> str:
    """A task that asks for a result."""
    return node("userTask", identity, **{"form": "choose", "side": "both", "tier": "any", **named})


def line(*elements: str) -> str:
    """Flows from each to the next."""
    return "".join(flow(one, other) for one, other in pairwise(elements))


def changed(old: str, new: str, *, within: str = STAGED) -> str:
    """The staged diagram with one thing changed; the thing has to be there."""
    assert old in within, old
    return within.replace(old, new)


ENDED = node("endEvent", "Over", end="decided")
STRAIGHT = RAISED + task("A") + task("B") + ENDED + line("Begun", "A", "B", "Over")
LOOP = (
    RAISED + task("A") + ENDED + node("exclusiveGateway", "Again", attributes=' default="Again_to_Over"')
    + line("Begun", "A", "Again", "Over") + flow("Again", "A", 'choice = "agreed"')
)  # fmt: skip
PARALLEL = (
    RAISED + node("parallelGateway", "Fork") + task("A") + task("B") + node("exclusiveGateway", "Either")
    + node("boundaryEvent", "Late", timer("deadline(hours: 2)"), ' attachedToRef="A"')
    + node("parallelGateway", "Join") + ENDED
    + line("Begun", "Fork", "A", "Either", "Join", "Over") + line("Fork", "B", "Join") + flow("Late", "Either")
)  # fmt: skip


def test_a_straight_line_has_a_state_for_each_task_and_one_for_its_end() -> None:
    """Main: A open, B open, over; two steps. Risk: Risk_Refer open, over; one step. 3 + 2 states, 2 + 1 steps."""
    walked = proof(STRAIGHT + RISK)
    assert (walked.states, walked.steps, walked.broken) == (5, 3, ())


def test_a_loop_comes_back_to_its_state() -> None:
    """Main: A open, over. A's choice has three values: one leads back to A, two on; 3 steps. Risk: 2 states, 1 step."""
    walked = proof(LOOP + RISK)
    assert (walked.states, walked.steps, walked.broken) == (4, 4, ())


def test_an_answer_that_may_be_left_out_leaves_the_one_before_it() -> None:
    """Main: A open with nothing answered, A open with agreed, over: 3. From either A three values, or none: 8 steps."""
    walked = proof(LOOP + RISK, form=OPTIONAL)
    assert (walked.states, walked.steps, walked.broken) == (5, 9, ())


def test_parallel_branches_are_walked_in_every_order() -> None:
    """Main: A and B; A alone; B alone; over: 4. Steps: A, B, timer; A, timer; B: 6. Risk: 2 states, 1 step."""
    walked = proof(PARALLEL + RISK)
    assert (walked.states, walked.steps, walked.broken) == (6, 7, ())


def test_an_answer_of_a_branch_is_kept_while_it_waits_at_the_join() -> None:
    """Main: A and B; A done with agreed, with not_agreed, with could_not_talk; B done; over.

    A's choice is read behind the join, and only A's form asks it. Steps: A 3, B 1; B 3 × 1; A 3 = 10. Risk: 2, 1.
    """
    chooses = (
        PARALLEL.replace(flow("Join", "Over"), "") + node("endEvent", "Elsewhere", end="resolved")
        + node("exclusiveGateway", "Which", attributes=' default="Which_to_Over"')
        + line("Join", "Which", "Over") + flow("Which", "Elsewhere", 'choice = "agreed"')
    ).replace(task("B"), task("B", form="plain")).replace(node("boundaryEvent", "Late", timer("deadline(hours: 2)"),
        ' attachedToRef="A"'), "").replace(flow("Late", "Either"), "")  # fmt: skip
    walked = proof(chooses + RISK)
    assert (walked.states, walked.steps, walked.broken) == (8, 11, ())


def test_a_reminder_makes_no_new_states() -> None:
    """Main: Stage1_Discuss with nothing answered before, or agreed; Debrief; over: 4.

    Steps from either discussion: three results or none, deadline, reminder, early, withdrawn, resolved: 9; Debrief: 1.
    Beside it: Risk, Resolution and Protective 2 and 1 each; StageEnd with its question (3 answers) and two records,
    each open or done: 2 × 2 × 2 states; 4 × 3 + 4 + 4 steps.
    """
    walked = proof(STAGED)
    assert (walked.states, walked.steps, walked.broken) == (18, 42, ())


def test_deadlock_a_join_that_waits_for_a_way_not_taken() -> None:
    """In every state something can happen."""
    stuck = (
        RAISED + task("A") + node("exclusiveGateway", "Or", attributes=' default="Or_to_One"')
        + node("exclusiveGateway", "One") + node("exclusiveGateway", "Two") + node("parallelGateway", "Join") + ENDED
        + line("Begun", "A", "Or", "One", "Join", "Over") + flow("Or", "Two", 'choice = "agreed"') + flow("Two", "Join")
    )  # fmt: skip
    found = broken(stuck + RISK)
    assert found["deadlock", None].way[-1].startswith("“A” completed")
    assert {what for what, _ in found} == {"deadlock", "end", "reached"}


def test_end_a_circle_without_a_way_out() -> None:
    """From every state an end can be reached."""
    circle = changed(flow("Again", "A", 'choice = "agreed"'), flow("Again", "A"), within=LOOP)
    circle = circle.replace(flow("Again", "Over"), flow("Again", "Over", "choice = null and choice != null"))
    circle = circle.replace(' default="Again_to_Over"', ' default="Again_to_A"')
    assert set(broken(circle + RISK)) == {("end", None), ("reached", "Over")}


def test_reached_an_element_that_no_answer_leads_to() -> None:
    """Some way reaches every element."""
    never = changed('choice = "agreed"', 'choice = "agreed" and choice = "not_agreed"', within=LOOP)
    never = never.replace(flow("Again", "A", 'choice = "agreed" and choice = "not_agreed"'),
                          flow("Again", "B", 'choice = "agreed" and choice = "not_agreed"') + task("B")
                          + flow("B", "Over"))  # fmt: skip
    assert set(broken(never + RISK)) == {("reached", "B")}


@pytest.mark.parametrize(
    ("old", "new", "element"),
    [
        (edge("Stage1_Deadline", timer("deadline(working_days: 5, cumulative: 5)")), "", "Stage1"),
        (
            flow("Stage1_Over", "Debrief") + flow("Debrief", "Decided"),
            flow("Stage1_Over", "Decided"),
            "Stage1_Deadline",
        ),
    ],
    ids=["none", "leads to the end"],
)
def test_deadline_every_stage_has_one_that_leads_on(old: str, new: str, element: str) -> None:
    """T9, E1: a stage without a deadline, and one whose deadline closes the dispute with nobody to do anything."""
    body = changed(old, new)
    if not new:
        body = body.replace(flow("Stage1_Deadline", "Stage1_Over"), "")
    found = broken(body)
    assert ("deadline", element) in found
    assert {what for what, _ in found} <= {"deadline", "reached"}


def test_deadline_a_stage_that_its_deadline_does_not_end() -> None:
    """E1: it interrupts."""
    body = changed(
        'id="Stage1_Deadline" name="Stage1_Deadline"',
        'id="Stage1_Deadline" name="Stage1_Deadline" cancelActivity="false"',
    )
    assert ("deadline", "Stage1_Deadline") in broken(body)


def test_timeline_a_stage_that_takes_longer_than_its_maximum() -> None:
    """T13: six working days end on day six, whatever the day of raising."""
    found = broken(changed("deadline(working_days: 5", "deadline(working_days: 6"))
    assert set(found) == {("timeline", "Stage1")}
    assert "working day 6; at most 5" in found["timeline", "Stage1"].message


def test_timeline_follows_the_order_in_which_timers_lead_on() -> None:
    """T13: stage 2 is run before stage 1. By their numbers both keep their maximum; as they run, stage 1 does not."""
    second = STAGE.replace("Stage1", "Stage2").replace('name="stage" value="1"', 'name="stage" value="2"')
    one_day = timer("deadline(working_days: 1, cumulative: 6)")
    late = node("boundaryEvent", "Stage2_Deadline", one_day, ' attachedToRef="Stage2"')
    late += node("intermediateThrowEvent", "Stage2_Over", signal("stage_ended"))
    body = changed(flow("Begun", "Stage1"), second + late + flow("Begun", "Stage2") + flow("Stage2", "Stage2_Over")
                   + flow("Stage2_Deadline", "Stage2_Over") + flow("Stage2_Over", "Stage1"))  # fmt: skip
    assert set(broken(body)) == {("timeline", "Stage1")}


def test_risk_a_raising_with_a_child_at_risk_that_opens_no_referral() -> None:
    """S3: the way past the throw is taken where it must not be."""
    assert set(broken(changed("risk = true", "risk = false", within=STRAIGHT) + RISK)) == {("risk", None)}


def test_answer_one_that_has_not_the_consequence_that_everybody_expects() -> None:
    """E5: agreed asks for confirmation, and no other result does."""
    found = broken(changed('result = "agreed"', 'result != "agreed"'))
    assert set(found) == {("answer", "Stage1_Discuss")}


def test_risk_nobody_hears_it() -> None:
    """S3: without a risk branch it can't be reported in any state."""
    assert set(broken(STRAIGHT)) == {("risk", None)}


def test_risk_a_referral_that_is_due_another_day() -> None:
    """S4: at once, and the same day at the outside."""
    found = broken(STRAIGHT + RISK.replace(AT_ONCE, "due(working_days: 1)"))
    assert set(found) == {("risk", None), ("risk", "Risk_Refer")}


def test_risk_a_referral_that_tells_no_lead() -> None:
    """S4: who told the safeguarding lead is asked."""
    found = broken(STRAIGHT + REFERRED)
    assert set(found) == {("risk", None)}
    assert "lead was told" in found["risk", None].message


def test_risk_a_report_that_interrupts() -> None:
    """S3: the rest goes on as it was."""
    stop = edge("Stage1_Stop", signal("risk_reported")) + flow("Stage1_Stop", "Stage1_Over")
    found = broken(STAGED + stop)
    assert set(found) == {("risk", None), ("reached", "Stage1_Stop")}
    assert "changes what is open" in found["risk", None].message


def test_record_a_way_out_that_does_not_say_that_the_stage_has_ended() -> None:
    """R3: the early exit passes by."""
    found = broken(changed(flow("Stage1_Early", "Stage1_Over"), flow("Stage1_Early", "Debrief")))
    assert set(found) == {("record", "Stage1")}
    assert found["record", "Stage1"].way[-1] == "escalated early"


def test_record_a_stage_end_that_opens_nothing_for_one_side() -> None:
    """R3: each side puts its record on file."""
    found = broken(changed('name="side" value="receiving"', 'name="side" value="raising"'))
    assert set(found) == {("record", None)}


def test_question_a_stage_end_that_does_not_ask_about_risk() -> None:
    """S2: another form, which asks something else, is no risk question."""
    found = broken(changed('name="form" value="at-risk"', 'name="form" value="plain"'))
    assert {what for what, _ in found} == {"question", "expression", "reached", "end"}


@pytest.mark.parametrize(
    "body",
    [changed(PROTECTED, ""), changed(PROTECTED, PROTECTED.replace('value="at-risk"', 'value="plain"'))],
    ids=["nothing", "something else"],
)
def test_question_a_protective_timescale_that_passes_and_asks_nothing_about_risk(body: str) -> None:
    """T10: its passing is heard, and asks about risk."""
    found = broken(body)
    assert set(found) == {("question", None)}
    assert "protective timescale" in found["question", None].message


def test_question_a_withdrawal_between_stages_that_asks_nothing_about_risk() -> None:
    """S2: a withdrawal from a task that is in no stage asks too."""
    left = node("boundaryEvent", "Debrief_Withdrawn", signal("withdrawn"), ' attachedToRef="Debrief"')
    assert set(broken(STAGED + left + flow("Debrief_Withdrawn", "Decided"))) == {("question", "Debrief")}
    assert broken(STAGED + left + flow("Debrief_Withdrawn", "Stage1_Over")) == {}


def test_record_a_signal_end_event_which_spiffworkflow_never_throws() -> None:
    """R3: the diagram says that the stage ended, and nothing hears it."""
    body = STAGED.replace(flow("Stage1_Withdrawn", "Stage1_Over"), flow("Stage1_Withdrawn", "Gone"))
    found = broken(body + node("endEvent", "Gone", signal("stage_ended"), end="withdrawn"))
    assert set(found) == {("record", None), ("question", None)}


def test_expression_a_name_that_is_read_before_it_is_answered() -> None:
    """A gateway at the start reads what the first task will ask."""
    early = changed(
        line("Begun", "A", "Again", "Over"), line("Begun", "B", "Again", "Over") + flow("A", "Over"), within=LOOP
    )
    assert ("expression", "B") in broken(early + task("B", form="plain") + RISK)


def test_expression_a_name_that_is_read_at_the_raising() -> None:
    """No state is reached at all, and the reason is said."""
    found = broken(changed("risk = true", 'choice = "agreed"', within=STRAIGHT) + RISK)
    assert found["expression", "Raised"].message.startswith("Raised (")


def test_reminder_one_that_interrupts() -> None:
    """E3: a reminder reminds."""
    found = broken(changed(' cancelActivity="false"', ""))
    assert ("reminder", "Stage1_Reminder") in found
    assert found["reminder", "Stage1_Reminder"].way[-1] == "“Stage1_Reminder” fires"


def test_branches_two_that_answer_one_name() -> None:
    """SpiffWorkflow lets the branch that ends last win."""
    chooses = (
        PARALLEL.replace(flow("Join", "Over"), "") + node("endEvent", "Elsewhere", end="resolved")
        + node("exclusiveGateway", "Which", attributes=' default="Which_to_Over"')
        + line("Join", "Which", "Over") + flow("Which", "Elsewhere", 'choice = "agreed"')
    )  # fmt: skip
    assert ("branches", "Fork") in broken(chooses + RISK)


def test_branches_that_come_to_one_task_without_a_join() -> None:
    """The task would be there twice."""
    apart = PARALLEL.replace(node("parallelGateway", "Join"), node("exclusiveGateway", "Join"))
    found = broken(apart.replace(flow("Join", "Over"), flow("Join", "C") + task("C") + flow("C", "Over")) + RISK)
    assert set(found) == {("branches", "C")}


def test_what_opens_a_task_once_more_with_each_turn_is_told_and_not_walked_without_end() -> None:
    """There are states without end: an edit of a shipped diagram kept the proof busy for half an hour."""
    turns = (
        RAISED + task("A") + node("exclusiveGateway", "Or", attributes=' default="Or_to_Over"')
        + node("parallelGateway", "Fork") + task("B") + ENDED + line("Begun", "A", "Or", "Over")
        + flow("Or", "Fork", 'choice = "agreed"') + flow("Fork", "A") + line("Fork", "B", "Over")
    )  # fmt: skip
    found = broken(turns + RISK)
    assert "It is open 4 times at once" in found["walked", "B"].message
    assert ("branches", "B") in found
    assert proof(turns + RISK).states < 60


@pytest.mark.parametrize(
    ("tier", "side", "why"),
    [("directors", "both", "No row"), ("co_chairs", "raising", "Nobody"), ("practitioners", "partnership", "Nobody")],
)
def test_held_a_tier_that_nobody_can_hold(tier: str, side: str, why: str) -> None:
    """E8: a tier without a row, the partnership's own tier for an agency, an agency's tier for the partnership."""
    found = broken(STRAIGHT.replace(task("A"), task("A", tier=tier, side=side)) + RISK)
    assert set(found) == {("held", "A")}
    assert found["held", "A"].message.startswith(why)


def test_clause_one_that_nothing_answers_and_one_that_is_unknown() -> None:
    """What the settings list is what the elements name."""
    assert broken(STRAIGHT + RISK, settings='[clauses]\nids = ["TST-1"]\n') == {}
    found = broken(STRAIGHT + RISK, settings='[clauses]\nids = ["TST-2"]\n')
    assert ("clause", "TST-2") in found
    assert ("clause", "A") in found
    assert {what for what, _ in found} == {"clause"}


def test_closed_an_end_that_kills_what_is_open() -> None:
    """C2: a terminate end closes the dispute over an open referral."""
    body = STRAIGHT.replace(ENDED, node("endEvent", "Over", "<bpmn:terminateEventDefinition />", end="decided"))
    assert set(broken(body + RISK)) == {("closed", "Risk"), ("reached", "Risk_Done")}


def test_walked_a_form_with_too_many_combinations() -> None:
    """What was not walked is not claimed."""
    many = json.loads(REQUIRED)
    asked = [{**many["components"][0], "key": key, "id": key} for key in ("one", "two", "three", "four")]
    condition = " and ".join(f'{part["key"]} = "agreed"' for part in asked)
    body = LOOP.replace('choice = "agreed"', condition)
    assert set(broken(body + RISK, form=json.dumps({**many, "components": asked}))) == {("walked", "A")}


@pytest.mark.parametrize(
    ("body", "what", "element", "shown"),
    [
        (changed(flow("Stage1_Deadline", "Stage1_Over"), flow("Stage1_Deadline", "Debrief")), "record", "Stage1",
         ("TimerFired", "Stage1_Deadline")),
        (changed(flow("Stage1_Resolved", "Stage1_Over"), flow("Stage1_Resolved", "Debrief")), "record", "Stage1",
         ("TaskCompleted", "Confirm")),
        (changed(flow("Stage1_Early", "Stage1_Over"), flow("Stage1_Early", "Debrief")), "record", "Stage1",
         ("EscalatedEarly", None)),
    ],
    ids=["a timer", "an agreement", "an early escalation"],
)  # fmt: skip
def test_a_way_that_breaks_a_property_runs_again_as_a_scenario(
    body: str, what: str, element: str, shown: tuple[str, str | None]
) -> None:
    """What `simulate` does with it: the stage is left and no record is open."""
    read = pathway(body)
    found = next(b for b in proven(read).broken if (b.what, b.element) == (what, element))
    assert found.scenario is not None
    again = run_scenario(Version(pathway=read, executor=executor(read)), json.loads(json.dumps(found.scenario)))
    assert [(e.kind, e.element) for e in again.entries if e.role == "input"][-1] == shown
    assert any(e.kind == "StageLeft" for e in again.entries)
    assert not [t for t in again.course.dispute.tasks if t.element.startswith("Record_")]


@pytest.mark.parametrize("name", sorted(p.name for p in SHIPPED.iterdir() if (p / "escalation.bpmn").is_file()))
def test_what_ships_is_proven(name: str) -> None:
    """Every pathway of every partnership that ships; and so it was written down, for it and for the demonstration's."""
    known = shipped()
    for diagram in sorted((SHIPPED / name).glob("*.bpmn")):
        own, made_up = (read_folder(SHIPPED / name, diagram.stem, demo=demo) for demo in (False, True))
        walked = proven(own)
        assert walked.broken == ()
        assert walked.states > 20
        again = "Prove it anew: make proofs"
        assert known.get(own.version) == known.get(made_up.version) == walked, again


def test_nothing_else_is_known_as_proven() -> None:
    """Neither a pathway that has changed since, nor one that does not ship."""
    versions = {
        read_folder(diagram.parent, diagram.stem, demo=demo).version
        for diagram in SHIPPED.glob("*/*.bpmn")
        for demo in (False, True)
    }
    assert shipped().keys() == versions, "Prove it anew: make proofs"


@pytest.mark.parametrize("text", ['{"prover": 0, "proofs": {}}', "{", '{"prover": "4"}', None])
def test_what_another_prover_found_is_proven_anew(tmp_path: Path, text: str | None) -> None:
    """And so is all where the file can't be read."""
    file = tmp_path / "shipped.json"
    if text is not None:
        file.write_text(text)
    assert shipped(file) == {}

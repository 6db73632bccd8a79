"""Smallest examples of what random edits of the shipped diagrams have found: accepted once, and failed later."""

import re
from pathlib import Path

import pytest
from small_pathway import (
    DIAGRAM,
    MAIN_FILE,
    POOL,
    changed,
    drawn,
    examine,
    files,
    flow,
    found,
    found_by_change,
    node,
    signal,
)

from engine.composition import proven
from engine.pathway import collect, read_pathway
from engine.pathway.bpmn.reader import read_strictly
from engine.pathway.rules import check_files

WORDS_TWICE = "<bpmn:documentation>TST-1: One more.</bpmn:documentation>"


@pytest.mark.parametrize("times", ["not(children)", "meetings", "children = 1", '"twice"', "null"])
def test_a_task_is_repeated_for_each_child_or_a_number_that_is_written_out(times: str) -> None:
    """D11: an expression that gave no number stopped the process engine, in the proof or when the task was to open."""
    findings = found_by_change("loopCardinality>children<", f"loopCardinality>{times}<")
    assert [(f.rule, f.element) for f in findings] == [("D11", "Risk_Refer")]
    assert "Say children" in findings[0].message


def test_only_a_gateway_parts_ways() -> None:
    """A second flow out of a task was accepted, and the process engine refused the whole diagram at publication."""
    second = node("endEvent", "Stage1_Also") + flow("Stage1_Discuss", "Stage1_Also")
    findings = found_by_change(
        flow("Stage1_Discuss", "Stage1_Agreed"), second + flow("Stage1_Discuss", "Stage1_Agreed")
    )
    assert [(f.rule, f.element) for f in findings] == [("flow", "Stage1_Discuss")]
    assert "only a gateway parts ways" in findings[0].message


def test_an_event_on_an_edge_waits_for_one_thing() -> None:
    """D11: one that waits for nothing was accepted on an exceptional stage, and the process engine knows none."""
    late = node("boundaryEvent", "Late", attributes=' attachedToRef="Stage1_Discuss"') + flow(
        "Late", "Stage1_NotAgreed"
    )
    agreed = flow("Stage1_Discuss", "Stage1_Agreed")
    assert [(f.rule, f.element) for f in found_by_change(agreed, late + agreed)] == [("D11", "Late")]
    both = late.replace("</bpmn:boundaryEvent>", signal("resolved") + signal("withdrawn") + "</bpmn:boundaryEvent>")
    assert [(f.rule, f.element) for f in found_by_change(agreed, both + agreed)] == [("D11", "Late")]


def test_every_circle_holds_a_choice() -> None:
    """A fork that leads back begins a round in every round: the process engine looked ahead without end."""
    fork = node("parallelGateway", "Fork") + flow("Stage1_Discuss", "Fork") + flow("Fork", "Stage1_Discuss")
    findings = found_by_change(flow("Stage1_Discuss", "Stage1_Agreed"), fork + flow("Fork", "Stage1_Agreed"))
    assert [(f.rule, f.element) for f in findings] == [("flow", "Fork")]
    assert "without a choice" in findings[0].message


def test_what_ends_the_main_flow_as_it_begins_is_a_fault_of_the_proof() -> None:
    """A subprocess that confirms what is said by itself: the proof stopped, and said that a task was not waiting."""
    pathway, _ = examine(DIAGRAM)
    assert pathway is not None
    assert ("walked", "Resolution") in {(broken.what, broken.element) for broken in proven(pathway).broken}


def test_of_two_documentations_none_is_passed_over() -> None:
    """BPMN allows several; people read one, so the other would be dropped without a word."""
    begins = DIAGRAM.index("<bpmn:documentation>", DIAGRAM.index('<bpmn:userTask id="Stage1_Discuss"'))
    findings = found(DIAGRAM[:begins] + WORDS_TWICE + DIAGRAM[begins:])
    assert [(f.rule, f.element) for f in findings] == [("clause", "Stage1_Discuss")]


def test_a_pool_without_a_process_changes_no_meaning() -> None:
    """The family is drawn as a pool of their own: decoration, as long as it is not drawn otherwise."""
    outside = changed(POOL, f'{POOL}<bpmn:participant id="Family" name="The family" />')
    assert found(outside) == []
    assert read_strictly(drawn(outside).encode(), "a").diagram == read_strictly(drawn(DIAGRAM).encode(), "a").diagram


def test_a_line_that_is_drawn_otherwise_is_another_drawing() -> None:
    """People look at it: what was published with the old line said that it was current already."""
    before, _ = examine(DIAGRAM)
    bent = drawn(DIAGRAM).replace('<di:waypoint x="0" y="0" />', '<di:waypoint x="0" y="40" />', 1).encode()
    after = read_pathway({**files(), MAIN_FILE: bent}, "testing", "escalation")
    assert before is not None
    assert before.meaning != after.meaning


@pytest.mark.parametrize("kind", ["BPMNShape", "BPMNEdge"])
def test_what_is_drawn_twice_is_named(kind: str) -> None:
    """D12: the second was passed over, and an editor would show either."""
    whole = drawn(DIAGRAM)
    drawing = re.search(rf"<bpmndi:{kind} .*?</bpmndi:{kind}>", whole, re.DOTALL)
    assert drawing is not None
    assert [f.rule for f in read_strictly(whole.replace(drawing[0], drawing[0] * 2).encode(), "x").findings] == ["D12"]


def test_an_event_subprocess_that_is_folded_up_is_found() -> None:
    """D12: only stages were looked at, and an empty isExpanded was taken for true, unlike in any modeller."""
    folded = drawn(DIAGRAM).replace('bpmnElement="Risk">', 'bpmnElement="Risk" isExpanded="">')
    assert [(f.rule, f.element) for f in found(folded)] == [("D12", "Risk")]


def test_a_lane_says_its_tier_by_its_property() -> None:
    """D1, D8: without one it was taken from how its id is spelled."""
    findings = found_by_change('<spiffworkflow:property name="tier" value="any" />', "")
    assert [(f.rule, f.element) for f in findings] == [("D1", "Tier_any")]


def test_what_a_signal_carries_is_said_once() -> None:
    """Of two the first was read, and the other passed over."""
    once = "<spiffworkflow:payloadExpression>stage</spiffworkflow:payloadExpression>"
    assert [f.rule for f in found_by_change(once, once + once)] == ["signal"]


def test_a_limit_that_cannot_be_read_is_named_whatever_else_asks_for_the_stages() -> None:
    """A contact table asks in which stage its task stands: all findings but one that names nothing were lost."""
    folder = Path(__file__).parents[2] / "bpmn" / "barnet"
    files = collect(folder, demo=True)
    main = "bpmn/barnet/escalation.bpmn"
    broken = files[main].replace(b"deadline(working_days: 1", b"__import__('os').sleep(working_days: 1", 1)
    assert broken != files[main]
    _, findings = check_files({**files, main: broken}, "barnet", "escalation")
    assert [(f.rule, f.element) for f in findings if f.rule == "expression"] == [("expression", "Stage1_Deadline")]


@pytest.mark.parametrize("value", ["", " ", "maybe"])
def test_a_truth_value_that_is_none_is_a_finding_and_not_the_default(value: str) -> None:
    """`cancelActivity=""` was read as if nothing were said; which of the two was meant nobody knows."""
    vague = drawn(DIAGRAM).replace("<bpmn:boundaryEvent ", f'<bpmn:boundaryEvent cancelActivity="{value}" ', 1)
    assert vague.count(f'cancelActivity="{value}"') == 1
    (finding,) = read_strictly(vague.encode(), "x").findings
    assert "cancelActivity is" in finding.message
    assert "It must be true or false." in finding.message

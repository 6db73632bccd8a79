"""A diagram's elements as they stand in its file."""

import pytest
from small_pathway import DIAGRAM, OVER, WORDS, changed, signal

from engine.pathway import Clause, Diagram, DiagramUnreadable
from engine.pathway.bpmn.loosely import read_diagram


@pytest.fixture(scope="module")
def diagram() -> Diagram:
    """The small pathway's diagram."""
    return read_diagram(DIAGRAM.encode(), "escalation.bpmn")


def test_d1_lanes_become_tiers_from_top_to_bottom(diagram: Diagram) -> None:
    """D1: the key is the lane's id without Tier_."""
    assert [tier.key for tier in diagram.tiers] == ["practitioners", "any"]


def test_d2_what_stands_in_a_stage_has_the_stage_s_tier(diagram: Diagram) -> None:
    """D2: tasks inside and events on the edge have the lane of the stage."""
    tiers = {
        name: diagram.elements[name].tier for name in ("Stage1", "Stage1_Discuss", "Stage1_Deadline", "Risk_Refer")
    }
    assert tiers == {"Stage1": "practitioners", "Stage1_Discuss": "practitioners", "Stage1_Deadline": "practitioners",
                     "Risk_Refer": "any"}  # fmt: skip


def test_d3_the_edge_of_a_stage_is_read(diagram: Diagram) -> None:
    """D3: to what it is attached, whether it interrupts, what it waits for."""
    reminder, early = diagram.elements["Stage1_Reminder"], diagram.elements["Stage1_Early"]
    assert (reminder.attached_to, reminder.interrupting, reminder.timer) == ("Stage1", False, "reminder()")
    assert (early.interrupting, early.signal, early.timer) == (True, "escalated_early", None)
    assert early.definitions == ("signalEventDefinition",)


def test_d4_event_subprocesses_are_read(diagram: Diagram) -> None:
    """D4: triggered, with a start that interrupts nothing, and how often a task is repeated."""
    assert diagram.elements["Risk"].triggered
    assert not diagram.elements["Risk_Begun"].interrupting
    assert diagram.elements["Risk_Refer"].cardinality == "children"


def test_d6_properties_and_clauses_are_read(diagram: Diagram) -> None:
    """D6: what the task says of itself, and what it answers to."""
    task = diagram.elements["Stage1_Discuss"]
    assert task.properties["due"] == 'due(working_days: 1, from: "stage")'
    assert task.clauses == (Clause(id="TST-1"), Clause(id="E1", local=True))
    assert task.words == "What it does."
    assert task.local


@pytest.mark.parametrize("words", ["What it does.", "Mind this: it is odd.", "TST-1 E1: Two without a comma.", ""])
def test_d6_words_that_name_no_clauses_have_none(words: str) -> None:
    """D6: a colon alone makes no clauses."""
    other = changed(OVER, OVER.replace(WORDS, f"<bpmn:documentation>{words}</bpmn:documentation>"))
    assert read_diagram(other.encode(), "x").elements["Stage1_Over"].clauses == ()


def test_d7_a_notice_has_its_message(diagram: Diagram) -> None:
    """D7: the message's name, by its id."""
    assert diagram.elements["Stage1_Reminded"].message == "The deadline is near"


def test_a_reference_to_nothing_is_none() -> None:
    """A signal that isn't declared, or an id that could be part of a query, names nothing."""
    for ref in ("Gone", "x'] | //*[@id='Signal_resolved"):
        other = changed(signal("stage_ended"), f'<bpmn:signalEventDefinition signalRef="{ref}" />')
        assert read_diagram(other.encode(), "x").elements["Stage1_Over"].signal is None


def test_flows_and_expressions_are_read(diagram: Diagram) -> None:
    """The flow between two elements, and every expression but the timers'."""
    assert diagram.flow_between["Raised", "Stage1"] == "Raised_to_Stage1"
    assert diagram.expressions == ('result = "agreed"', "children", "children", "stage")


def test_why_a_diagram_cannot_be_read_is_said() -> None:
    """The file and the reason stand in the message."""
    with pytest.raises(DiagramUnreadable, match=r"here\.bpmn is not a diagram that can be used: it holds no bpmn"):
        read_diagram(b"<a/>", "here.bpmn")
    with pytest.raises(DiagramUnreadable, match="has no id"):
        read_diagram(changed('id="Stage1_Over"', "").encode(), "x")

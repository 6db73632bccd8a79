"""One fault of a drawing is one finding, which names the place where it is mended; what only follows is not said."""

import json
import re
from collections.abc import Callable

import pytest
from small_pathway import DIAGRAM, FORM, FORM_FILE, drawn, files

from engine.pathway.rules import check_files


def without(tag: str, identity: str) -> Callable[[str], str]:
    """The diagram without an element, as if it had been lost in an editor of text."""
    one = rf'<bpmn:{tag} id="{identity}"(?:[^>]*/>|.*?</bpmn:{tag}>)'
    return lambda text: re.sub(one, "", text, count=1, flags=re.DOTALL)


def told(old: str, new: str) -> Callable[[str], str]:
    """The diagram with one text in it changed everywhere."""
    return lambda text: text.replace(old, new)


FAULTS: dict[str, tuple[Callable[[str], str], str]] = {
    "a signal that is not there": (without("signal", "Signal_withdrawn"), "(Signal, Global signal reference)"),
    "the signal of each end": (without("signal", "Signal_stage_ended"), "Stage1_Over, StageEnd_Begun name the signal"),
    "the signal of risk": (without("signal", "Signal_risk_reported"), "Signal_risk_reported"),
    "a message that is not there": (without("message", "Message_near"), "(Message, Global message reference)"),
    "a flow into nothing": (told('targetRef="Stage1_Discuss"', 'targetRef="Gone"'), "at “Gone”, which is not there"),
    "a start that is lost": (without("startEvent", "Stage1_Begins"), "“Stage1_Begins”, which is not there"),
    "a deadline that is lost": (without("boundaryEvent", "Stage1_Deadline"), "“Stage1_Deadline”, which is not there"),
    "a plain task": (
        lambda t: re.sub(
            r'<bpmn:userTask( id="Stage1_Discuss".*?)</bpmn:userTask>', r"<bpmn:task\1</bpmn:task>", t, flags=re.DOTALL
        ),
        "Use a user task",
    ),
    "an edge event on nothing": (
        told(
            'id="Stage1_Early" name="Stage1_Early" attachedToRef="Stage1"',
            'id="Stage1_Early" name="Stage1_Early" attachedToRef="Gone"',
        ),
        "attached to nothing",
    ),
    "no default": (
        told(' default="Stage1_Agreed_to_Stage1_NotAgreed"', ""),
        "Make Stage1_Agreed_to_Stage1_NotAgreed the default",
    ),
    "a default that is not there": (
        told('default="Stage1_Agreed_to_Stage1_NotAgreed"', 'default="Gone"'),
        "the default",
    ),
    "no event subprocess": (lambda t: t.replace(' triggeredByEvent="true"', "", 1), "make Risk an event subprocess"),
    "a condition of nothing": (told('result = "agreed"', " "), "is empty"),
    "a condition that is none": (told('result = "agreed"', "result =="), "(Condition, Condition expression)"),
    "an answer that nobody gives": (told('result = "agreed"', 'outcome = "agreed"'), "reads “outcome”, which no form"),
    "a stage without its number": (
        told('<spiffworkflow:property name="stage" value="1" />', ""),
        "Give it the property",
    ),
    "a limit in words": (told("due(immediately: true)", "at once"), "Write it like due(working_days: 2)"),
    "a timer of nothing": (told("deadline(working_days: 5, cumulative: 5)", "PT5D"), "(Timer, Value)"),
    "a side that is none": (
        lambda t: t.replace('name="side" value="both"', 'name="side" value="all"', 1),
        "properties, side)",
    ),
    "a notice to a stranger": (told('name="to" value="both"', 'name="to" value="bothh"'), "Did you mean both?"),
    "a property that nobody knows": (lambda t: t.replace('name="due"', 'name="dew"', 1), "Did you mean due?"),
    "a lane that is lost": (without("lane", "Tier_practitioners"), "stand in no lane"),
    "a pool of another process": (told('processRef="testing"', 'processRef="Gone"'), "Pool holds Gone"),
}


@pytest.mark.parametrize(("fault", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_one_fault_is_one_finding_that_says_what_to_do(fault: Callable[[str], str], said: str) -> None:
    """Also where other rules would miss the same thing."""
    text = fault(DIAGRAM)
    assert text != DIAGRAM
    _, findings = check_files(files(text), "testing", "escalation")
    assert len(findings) == 1, findings
    assert said in findings[0].message
    assert "Element {" not in findings[0].message


def test_a_form_that_is_not_there_is_one_finding() -> None:
    """Whoever names it, and whatever reads its answers."""
    _, findings = check_files({k: v for k, v in files().items() if k != FORM_FILE}, "testing", "escalation")
    assert len(findings) == 1
    assert findings[0].message.startswith("Stage1_Discuss (“Stage1_Discuss”), Risk_Refer (“Risk_Refer”) name the form")


@pytest.mark.parametrize("broken", [b"{}", b"[", json.dumps(json.loads(FORM) | {"odd": 1}).encode()])
def test_a_form_that_cannot_be_read_is_one_finding_that_names_its_path_once(broken: bytes) -> None:
    """The path stands before the message where it is printed, and is not told three times."""
    _, findings = check_files(files(form=broken), "testing", "escalation")
    assert [(f.rule, f.element) for f in findings] == [("form", FORM_FILE)]
    assert FORM_FILE not in findings[0].message
    assert findings[0].message.startswith("The form discuss cannot be used: ")


def test_no_choice_is_offered_twice() -> None:
    """A lane `any` is not listed beside the word any."""
    task = 'name="side" value="both" /><spiffworkflow:property name="tier" value="any"'
    assert task in DIAGRAM
    odd = drawn(DIAGRAM).replace(task, task.replace('"any"', '"xyzzy"'), 1).encode()
    _, findings = check_files(files(odd), "testing", "escalation")
    assert [f.rule for f in findings] == ["D6"]
    assert findings[0].message.count("any") == 1

"""Diagrams made to do harm, or to run wrong: each is a clear finding, and raises nothing."""

import pytest
from small_pathway import (
    DIAGRAM,
    MAIN_FILE,
    OVER,
    SETTINGS_FILE,
    SPACES,
    TASK_WAITS,
    WORDS,
    changed,
    examine,
    files,
    flow,
    found,
    node,
    signal,
)

from engine.pathway.bpmn.xml import MAXIMUM_BYTES
from engine.pathway.rules import Finding, check_files

OVER_SIGNAL = signal("stage_ended")
AGREED = 'result = "agreed"'
DEADLINE = "deadline(working_days: 5, cumulative: 5)"
PLAIN_END = "<bpmn:messageEventDefinition"
DISCUSS = '<bpmn:userTask id="Stage1_Discuss"'


def refused(findings: list[Finding], rule: str, part: str) -> None:
    """Assert that there is such a finding, that it blocks use, and that it reads like a sentence."""
    said = [finding for finding in findings if finding.rule == rule and part in finding.message]
    assert said, findings
    assert said[0].blocks == "use"
    assert said[0].message.endswith((".", ")"))


def unreadable(diagram: str | bytes, part: str) -> None:
    """Assert that a diagram can't even be read, and that it is said why."""
    pathway, findings = examine(diagram)
    assert pathway is None
    refused(findings, "parse", part)
    assert len(findings) == 1


def nested(levels: int) -> str:
    """A diagram with that many subprocesses, one inside the other."""
    inside = "".join(f'<bpmn:subProcess id="Level{n}">' for n in range(levels)) + "</bpmn:subProcess>" * levels
    return changed("<bpmn:message ", f"{inside}<bpmn:message ")


@pytest.mark.parametrize(
    "doctype",
    ["<!DOCTYPE definitions>", '<!DOCTYPE definitions SYSTEM "http://example.org/evil.dtd">',
     '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
     '<!DOCTYPE d [<!ENTITY secret SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE d [<!ENTITY % p SYSTEM "x.dtd"> %p;]>'],
)  # fmt: skip
def test_a_document_type_is_refused_whatever_it_holds(doctype: str) -> None:
    """Entity bombs and external entities need one, so none is read."""
    unreadable(doctype + DIAGRAM, "DOCTYPE")
    unreadable(doctype + changed('name="The deadline is near"', 'name="&c;&secret;"'), "DOCTYPE")


def test_a_document_type_in_another_encoding_is_refused() -> None:
    """Looking for the word in the bytes alone would miss it."""
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY a "ha">]>' + DIAGRAM
    unreadable(text.encode("utf-16"), "DOCTYPE")


def test_a_document_type_far_down_is_refused() -> None:
    """Whatever stands before it."""
    unreadable("<!--" + "x" * 150_000 + "--><!DOCTYPE d>" + DIAGRAM, "DOCTYPE")


@pytest.mark.parametrize(
    ("data", "part"),
    [(b"", "XML"), (b"hello", "XML"), (b"\x00\x01\x02", "XML"), (b"PK\x03\x04zip", "XML"), (b"<a>", "XML"),
     (b"\xff\xfe<", "XML"), (b'<?xml version="1.0" encoding="no-such"?><a/>', "XML"), (b"<a/>", "bpmn:definitions"),
     (b"<html><body/></html>", "bpmn:definitions"), (DIAGRAM.encode()[:2000], "XML"),
     (b"<a>&undeclared;</a>", "XML"), (f"<bpmn:definitions {SPACES} />".encode(), "0 executable processes")],
)  # fmt: skip
def test_what_is_no_diagram_is_refused(data: bytes, part: str) -> None:
    """No XML, other XML, half a diagram."""
    unreadable(data, part)


def test_a_huge_file_is_refused_before_it_is_parsed() -> None:
    """Two million bytes are enough for any pathway."""
    unreadable(DIAGRAM.encode() + b" " * MAXIMUM_BYTES, "larger than")


@pytest.mark.parametrize("levels", [70, 300, 3_000])
def test_deep_nesting_is_refused(levels: int) -> None:
    """A deep tree would exhaust whatever walks it."""
    pathway, findings = examine(nested(levels))
    assert pathway is None
    assert [finding.rule for finding in findings] == ["parse"]


def test_two_processes_are_refused() -> None:
    """It would be unclear which one is the pathway."""
    unreadable(
        changed("<bpmn:message ", '<bpmn:process id="second" isExecutable="true" /><bpmn:message '), "2 executable"
    )


def test_a_process_without_a_start_is_refused() -> None:
    """Nothing would ever begin."""
    start = node("startEvent", "Raised")
    unreadable(changed(start, "").replace(flow("Raised", "Stage1"), ""), "no start event")


def test_two_elements_of_one_id_are_refused() -> None:
    """A record could not say which of them was meant."""
    refused(found(changed(OVER, OVER + OVER)), "D8", "2 things are called Stage1_Over")
    again = 'id="Raised_to_Stage1"'
    refused(found(changed(again, 'id="Stage1_Over_to_Decided"')), "D8", "2 things are called")


def test_a_flow_to_nowhere_is_refused() -> None:
    """What it joins has to be there."""
    refused(found(changed('targetRef="Decided"', 'targetRef="Gone"')), "flow", "does not join two elements")


CODE = ["__import__('os').system('true')", '__import__("os")', "().__class__.__bases__[0].__subclasses__()",
        "exec('1')", "lambda: 1", "[x for x in (1,)]", "result if 1 else 2", "open('/etc/passwd').read()",
        'result = "agreed"; import os', "{}", "'a'.format(1)", "9 ** 9 ** 9", "(" * 500 + "1" + ")" * 500,
        "result " + "or result " * 2_000]  # fmt: skip


@pytest.mark.parametrize("code", CODE)
def test_code_in_a_condition_is_refused(code: str) -> None:
    """Decision 6: a condition is an expression of ours, or a finding."""
    escaped = code.replace("&", "&amp;").replace("<", "&lt;")
    refused(found(changed(AGREED, escaped)), "expression", "")


@pytest.mark.parametrize("code", CODE)
def test_code_in_a_timer_is_refused(code: str) -> None:
    """Decision 6: so is what a timer waits for."""
    refused(found(changed(DEADLINE, code)), "expression", "Stage1_Deadline")


@pytest.mark.parametrize("code", ["__import__('os')", "os.system(1)", "exec(1)"])
def test_code_in_other_expressions_is_refused(code: str) -> None:
    """Decision 6: limits of tasks, repetitions and what signals carry."""
    refused(found(changed(TASK_WAITS, code)), "expression" if "'" in code or "." in code else "D6", "Stage1_Discuss")
    refused(found(changed("loopCardinality>children<", f"loopCardinality>{code}<")), "expression", "Risk_Refer")
    refused(found(changed("Expression>stage<", f"Expression>{code}<")), "expression", "StageEnd_Begun")


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("scriptTask", "code"), ("serviceTask", "code"), ("businessRuleTask", "as Python"),
     ("callActivity", "another diagram"),
     ("transaction", "transaction"), ("adHocSubProcess", "ad hoc"), ("manualTask", "user task"),
     ("receiveTask", "signal"),
     ("task", "user task"), ("complexGateway", "gateways"), ("eventBasedGateway", "edge")],
)  # fmt: skip
def test_d11_an_element_that_is_run_wrong_is_refused(kind: str, reason: str) -> None:
    """D11: each with its reason."""
    other = OVER.replace("intermediateThrowEvent", kind).replace(OVER_SIGNAL, "")
    findings = found(changed(OVER, other))
    refused(findings, "D11", reason)
    assert "Stage1_Over" in {finding.element for finding in findings if finding.rule == "D11"}


@pytest.mark.parametrize(
    ("definition", "reason"),
    [("terminate", "open referrals"), ("compensate", "ignored"), ("link", "leads nowhere"), ("error", "nothing raises"),
     ("escalation", "escalated_early"), ("conditional", "nothing watches"), ("cancel", "transactions")],
)  # fmt: skip
def test_d11_an_event_that_is_run_wrong_is_refused(definition: str, reason: str) -> None:
    """D11: terminate ends, compensation, links and what nothing raises."""
    refused(found(changed(OVER_SIGNAL, f"<bpmn:{definition}EventDefinition />")), "D11", reason)


@pytest.mark.parametrize("kind", ["timeDuration", "timeCycle"])
def test_d11_naive_timers_are_refused(kind: str) -> None:
    """D11: they know no working days and look at the wall clock."""
    date = f"<bpmn:timeDate>{DEADLINE}</bpmn:timeDate>"
    refused(found(changed(date, f"<bpmn:{kind}>PT1H</bpmn:{kind}>")), "D11", "wall clock")


@pytest.mark.parametrize(
    ("inside", "reason"),
    [("<bpmn:loopDataInputRef>x</bpmn:loopDataInputRef>", "lost when"),
     ("<bpmn:completionCondition>x</bpmn:completionCondition>", "early"),
     ("", "cardinality")],
)  # fmt: skip
def test_d11_a_repetition_is_by_cardinality(inside: str, reason: str) -> None:
    """D11: the modeller deletes a data input when it saves."""
    cardinality = "<bpmn:loopCardinality>children</bpmn:loopCardinality>"
    refused(found(changed(cardinality, inside)), "D11", reason)


def test_d11_a_loop_by_condition_is_refused() -> None:
    """D11: its condition would be Python."""
    task = node("userTask", "Risk_Refer", "<bpmn:multiInstance")
    start = task[: task.index("<bpmn:documentation>")]
    refused(found(changed(start, start + "<bpmn:standardLoopCharacteristics />")), "D11", "Python")


def test_d11_an_interrupting_event_subprocess_is_refused() -> None:
    """D11: isInterrupting is never read, so the drawing would lie."""
    refused(found(changed(' isInterrupting="false"', "")), "D11", "non-interrupting")
    refused(found(changed(' isInterrupting="false"', ' isInterrupting="true"')), "D11", "non-interrupting")


def test_d11_a_conditional_flow_out_of_a_task_is_refused() -> None:
    """D11: its condition is ignored."""
    plain = flow("Stage1_Discuss", "Stage1_Agreed")
    refused(found(changed(plain, flow("Stage1_Discuss", "Stage1_Agreed", AGREED))), "D11", "exclusive gateway")
    default = DISCUSS + ' default="Stage1_Discuss_to_Stage1_Agreed"'
    refused(found(changed(DISCUSS, default)), "D11", "only a gateway chooses")


@pytest.mark.parametrize(
    "extension",
    ["<spiffworkflow:preScript>import os</spiffworkflow:preScript>",
     "<spiffworkflow:postScript>x = 1</spiffworkflow:postScript>",
     "<spiffworkflow:serviceTaskOperator id='http/Get' />",
     "<spiffworkflow:calledDecisionId>x</spiffworkflow:calledDecisionId>",
     "<spiffworkflow:unitTests />", "<camunda:executionListener class='Evil' event='start' />",
     "<camunda:taskListener delegateExpression='${evil}' event='create' />",
     "<camunda:inputOutput><camunda:script scriptFormat='js'>1</camunda:script></camunda:inputOutput>",
     "<zeebe:taskDefinition xmlns:zeebe='http://camunda.org/schema/zeebe/1.0' type='evil' />"],
)  # fmt: skip
def test_d11_extensions_that_run_something_are_refused(extension: str) -> None:
    """Decision 6: pre-scripts, post-scripts, services, listeners and delegates of any tool."""
    over = OVER.replace(WORDS, f"{WORDS}<bpmn:extensionElements>{extension}</bpmn:extensionElements>")
    refused(found(changed(OVER, over)), "D11", "code")


def test_d11_attributes_that_run_something_are_refused() -> None:
    """Decision 6: a class named on a task is code too."""
    refused(found(changed(DISCUSS, DISCUSS + ' camunda:class="org.evil.Delegate"')), "D11", "calls code")


def test_colours_and_remarks_are_left_alone() -> None:
    """What only looks is nobody's harm."""
    drawn = changed(OVER, OVER + "<!-- a remark --><?a remark?>").replace(
        "</bpmn:definitions>",
        '<bpmndi:BPMNDiagram><bpmndi:BPMNShape bpmnElement="Stage1_Over" bioc:stroke="#123456">'
        '<dc:Bounds x="0" y="0" width="9" height="9" /></bpmndi:BPMNShape></bpmndi:BPMNDiagram>'
        "</bpmn:definitions>",
    )
    assert found(drawn) == []


@pytest.mark.parametrize("taken", ["Start", "End", "Root", "Stage1.EndJoin", "Over.BoundaryEventSplit"])
def test_d11_ids_that_the_engine_uses_itself_are_refused(taken: str) -> None:
    """D11: a start event called Start silently loses its flows."""
    refused(found(DIAGRAM.replace("Raised", taken)), "D11", taken)


@pytest.mark.parametrize("odd", ["Stage 1", "a[child]", "../../etc", "Ünter", "{why}", "' or 1=1"])
def test_ids_are_plain(odd: str) -> None:
    """D8: they stand in addresses, records and file names."""
    refused(found(DIAGRAM.replace("Raised", odd)), "D8" if "." not in odd else "D11", odd)


def test_a_file_by_another_tool_s_import_is_refused() -> None:
    """A diagram is one file."""
    importing = changed("<bpmn:message ", '<bpmn:import location="http://example.org/x.bpmn" /><bpmn:message ')
    refused(found(importing), "D11", "another file")


def test_many_elements_are_checked_in_bounded_time() -> None:
    """A large drawing is slow work for nobody: one of thousands of elements comes back with its findings."""
    many = "".join(node("endEvent", f"Lone{number}") for number in range(1_900))
    findings = found(changed(OVER, OVER + many))
    assert sum(finding.rule == "flow" for finding in findings) == 1_900
    stages = "".join(node("subProcess", f"Stage{number}", stage="1") for number in range(2, 1_500))
    assert len(found(changed(OVER, OVER + stages))) > 1_500


def test_d9_a_gateway_of_hundreds_of_ways_is_refused() -> None:
    """D9: comparing each with each would take for ever."""
    ways = "".join(
        node("endEvent", f"Way{number}") + flow("Stage1_Agreed", f"Way{number}", f"meetings = {number}")
        for number in range(1_500)
    )
    plain = flow("Stage1_Agreed", "Stage1_NotAgreed")
    refused(found(changed(plain, plain + ways)), "D9", "Split it")


@pytest.mark.parametrize(
    "settings", [b"front_door = 1", b"[[front_door]]\ntelephone = 1", b"partnership = 'x'", b"a = " + b"[" * 5_000]
)
def test_odd_settings_raise_nothing(settings: bytes) -> None:
    """Settings of any shape give findings at most."""
    _, findings = check_files(files() | {SETTINGS_FILE: settings}, "testing", "escalation")
    assert findings


@pytest.mark.parametrize("form", [b"", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"type": "default"}', b'{"a": NaN}'])
def test_odd_forms_raise_nothing(form: bytes) -> None:
    """Forms of any shape are refused as forms."""
    _, findings = check_files(files(form=form), "testing", "escalation")
    assert {finding.rule for finding in findings} == {"form"}


@pytest.mark.parametrize("step", range(0, len(DIAGRAM), 997))
def test_a_diagram_cut_anywhere_raises_nothing(step: int) -> None:
    """Half a file is a finding."""
    _, findings = check_files({MAIN_FILE: DIAGRAM.encode()[:step]}, "testing", "escalation")
    assert findings
    assert findings[0].rule == "parse"

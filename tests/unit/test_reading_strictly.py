"""A diagram is read by a list of what runs and what decorates: XML means what XML says, and nothing is passed over."""

import pytest
from small_pathway import DIAGRAM, OVER, changed, drawn, files, found, node

from engine.pathway import Diagram
from engine.pathway.bpmn.reader import read_strictly
from engine.pathway.rules import check_files

AGREED = 'result = "agreed"'
MODELER = 'xmlns:modeler="http://camunda.org/schema/modeler/1.0"'
TASK = '<bpmn:userTask id="Stage1_Discuss"'


def model(diagram: str | bytes) -> Diagram:
    """The model of a diagram that has no findings."""
    data = diagram if isinstance(diagram, bytes) else drawn(diagram).encode()
    read = read_strictly(data, "a.bpmn")
    assert read.findings == ()
    assert read.diagram is not None
    return read.diagram


def same(diagram: str | bytes) -> None:
    """Assert that a diagram means what the small one means, and that nothing is found in it."""
    assert model(diagram) == model(DIAGRAM)
    assert found(diagram) == []


DECORATIONS = {
    "data": '<bpmn:dataObject id="Data" /><bpmn:dataObjectReference id="File" dataObjectRef="Data" />',
    "store": '<bpmn:dataStoreReference id="Store" name="Case file" dataStoreRef="CaseFile" />',
    "annotation": '<bpmn:textAnnotation id="Note"><bpmn:text>So</bpmn:text></bpmn:textAnnotation>'
    '<bpmn:association id="Tie" sourceRef="Stage1" targetRef="Note" />',
    "group": '<bpmn:group id="Around" categoryValueRef="Kind" />',
}


@pytest.mark.parametrize("drawing", DECORATIONS.values(), ids=DECORATIONS.keys())
def test_what_decorates_is_left_alone_in_the_process_and_in_a_stage(drawing: str) -> None:
    """Data, stores, notes and groups, with what ties them to elements."""
    same(changed(OVER, OVER + drawing))
    same(changed('<bpmn:startEvent id="Stage1_Begins"', drawing + '<bpmn:startEvent id="Stage1_Begins"'))


def test_data_that_is_joined_to_a_task_is_left_alone() -> None:
    """A data output, a data input inside a stage, an input and output specification: none of them is run."""
    begins = DIAGRAM.index("<bpmn:documentation>", DIAGRAM.index(TASK))
    for joined in (
        '<bpmn:dataOutputAssociation id="Out"><bpmn:targetRef>File</bpmn:targetRef></bpmn:dataOutputAssociation>',
        '<bpmn:property id="P" name="__targetRef" /><bpmn:dataInputAssociation id="In" />',
        '<bpmn:ioSpecification id="Io"><bpmn:dataInput id="I" /><bpmn:inputSet /></bpmn:ioSpecification>',
    ):
        same(DIAGRAM[:begins] + joined + DIAGRAM[begins:])


@pytest.mark.parametrize(
    "header",
    [f'{MODELER} modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.6.0"',
     'exporter="Camunda Modeler" exporterVersion="5.40.0"', 'xmlns:x="urn:x" x:executeScript="no"',
     'expressionLanguage="http://www.w3.org/1999/XPath" typeLanguage="http://www.w3.org/2001/XMLSchema"'],
)  # fmt: skip
def test_headers_of_other_tools_are_left_alone(header: str) -> None:
    """Camunda Modeler writes its platform, whatever its attributes are called."""
    same(changed('id="All"', f'id="All" {header}'))


def test_a_truth_is_spelled_as_xml_spells_it() -> None:
    """1 and 0 are true and false, with spaces around; anything else is a finding, not a false."""
    same(changed('isExecutable="true"', 'isExecutable=" 1 "'))
    same(changed('triggeredByEvent="true"', 'triggeredByEvent="1"'))
    same(changed('isInterrupting="false"', 'isInterrupting="0"'))
    assert "must be true or false" in found(changed('isInterrupting="false"', 'isInterrupting="no"'))[0].message


def test_references_may_have_a_prefix_and_space_around_them() -> None:
    """A reference is a qualified name; its prefix says which file, and there is one."""
    same(changed('processRef="testing"', 'processRef="tns:testing"'))
    same(DIAGRAM.replace('signalRef="', 'signalRef="tns:').replace('messageRef="', 'messageRef=" '))
    same(changed('sourceRef="Raised"', 'sourceRef=" Raised "'))


def test_all_the_text_of_an_expression_counts_whatever_comments_are_in_it() -> None:
    """What stood after a comment used to be dropped without a word."""
    same(changed(AGREED, f"<!-- for now -->{AGREED}"))
    same(changed(AGREED, f"<![CDATA[{AGREED}]]>"))
    twice = found(changed(AGREED, f'{AGREED} <!-- for now --> and result = "never"'))
    assert any("can never be true" in finding.message for finding in twice)
    assert found(changed(AGREED, f"{AGREED} <b>or true</b>"))


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_any_encoding_that_xml_knows_is_read(encoding: str) -> None:
    """With the declaration that says so, or a byte order mark."""
    declared = "" if encoding == "utf-8-sig" else f'<?xml version="1.0" encoding="{encoding}"?>'
    same((declared + drawn(DIAGRAM).replace("“", "").replace("”", "").replace("…", "")).encode(encoding))


def test_attributes_come_in_any_order() -> None:
    """`value` before `name` is the same property."""
    same(DIAGRAM.replace('name="form" value="discuss"', 'value="discuss" name="form"'))


def test_moving_a_shape_changes_no_path() -> None:
    """The places of elements are the order of the file, whatever is drawn higher."""
    upside_down = drawn(DIAGRAM).replace('y="0"', 'y="900"', 1)
    assert {k: e.place for k, e in model(upside_down).elements.items()} == {
        k: e.place for k, e in model(DIAGRAM).elements.items()
    }


def test_what_is_on_no_list_is_refused_by_name() -> None:
    """An allow-list: BPMN that nobody thought of does not reach the engine."""
    for odd in ('<bpmn:choreographyTask id="Odd" />', '<bpmn:madeUp id="Odd" />'):
        findings = found(changed(OVER, OVER + odd))
        assert [(f.rule, f.element) for f in findings] == [("D11", "Odd")]
    assert "“colour”" in found(changed(TASK, f'{TASK} colour="red"'))[0].message
    assert "more than one token" in found(changed(TASK, f'{TASK} startQuantity="2"'))[0].message
    assert (
        "FEEL"
        in found(changed("<bpmn:conditionExpression>", '<bpmn:conditionExpression language="groovy">'))[0].message
    )


@pytest.mark.parametrize("times", ["1e8", "1000", "21", "0", "-1", "2.5"])
def test_a_number_of_repetitions_is_bounded(times: str) -> None:
    """A cardinality written out is at most the number of children that a dispute may have."""
    findings = found(changed("loopCardinality>children<", f"loopCardinality>{times}<"))
    assert [f.rule for f in findings] == ["D11"]
    assert "at most 20" in findings[0].message


def test_a_stage_is_not_repeated() -> None:
    """It would be entered as often, at once."""
    loop = "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>10</bpmn:loopCardinality>"
    begins = '<bpmn:startEvent id="Stage1_Begins"'
    findings = found(changed(begins, f"{loop}</bpmn:multiInstanceLoopCharacteristics>{begins}"))
    assert any("repeated as a whole" in finding.message for finding in findings)


def test_everything_that_flows_is_drawn() -> None:
    """D12: a page that draws nothing shows nobody anything; one shape or line that is missing is named."""
    bare = {"bpmn/testing/escalation.bpmn": DIAGRAM.encode()}
    _, findings = check_files({**files(), **bare}, "testing", "escalation")
    assert [f.message for f in findings if f.rule == "D12"] == [
        "Nothing of it is drawn: the file holds no shapes. Open it in the modeller, lay it out and save it."
    ]
    for name in ("Stage1_Over", "Raised_to_Stage1"):
        gone = drawn(DIAGRAM).replace(f'bpmnElement="{name}"', 'bpmnElement="Nobody"').encode()
        _, findings = check_files({**files(), "bpmn/testing/escalation.bpmn": gone}, "testing", "escalation")
        assert [(f.rule, f.element) for f in findings] == [("D12", name)]


def test_everything_that_people_read_is_named() -> None:
    """D12: an empty link in a worklist is nobody's task."""
    findings = found(changed(f'{TASK} name="Stage1_Discuss"', TASK))
    assert [(f.rule, f.element) for f in findings] == [("D12", "Stage1_Discuss")]


def test_two_stages_of_one_number_are_told() -> None:
    """D12: and a number that is none."""
    for number, part in (("1", "has the number of"), ("one", "must have a stage number"), ("0", "must have a stage")):
        second = node("subProcess", "Stage9", node("startEvent", "Begins") + node("endEvent", "Ends"), stage=number)
        assert any(part in finding.message for finding in found(changed(OVER, OVER + second)))

"""The smallest pathway that breaks no rule, as text: a test breaks just one thing in it."""

import json
import re

from engine.pathway import Pathway
from engine.pathway.bpmn.grammar import FLOWING
from engine.pathway.rules import Finding, check_files

SPACES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"'
)
WORDS = "<bpmn:documentation>TST-1, E1 [local]: What it does.</bpmn:documentation>"
TASK_WAITS = "due(working_days: 1, from: &quot;stage&quot;)"


def properties(**values: str) -> str:
    """Extension elements with those properties."""
    listed = "".join(f'<spiffworkflow:property name="{name}" value="{value}" />' for name, value in values.items())
    inside = f"<spiffworkflow:properties>{listed}</spiffworkflow:properties>"
    return f"<bpmn:extensionElements>{inside}</bpmn:extensionElements>"


def node(tag: str, identity: str, inside: str = "", attributes: str = "", **named: str) -> str:
    """One flow node with its documentation."""
    extensions = properties(**named) if named else ""
    return f'<bpmn:{tag} id="{identity}" name="{identity}"{attributes}>{WORDS}{extensions}{inside}</bpmn:{tag}>'


def signal(name: str) -> str:
    """The definition of a signal event."""
    return f'<bpmn:signalEventDefinition signalRef="Signal_{name}" />'


def timer(text: str) -> str:
    """The definition of a timer event."""
    return f"<bpmn:timerEventDefinition><bpmn:timeDate>{text}</bpmn:timeDate></bpmn:timerEventDefinition>"


def flow(source: str, target: str, condition: str = "") -> str:
    """A flow, with a condition where one is given."""
    inside = f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression>" if condition else ""
    return (
        f'<bpmn:sequenceFlow id="{source}_to_{target}" sourceRef="{source}" targetRef="{target}">'
        f"{inside}</bpmn:sequenceFlow>"
    )


def edge(identity: str, definition: str, attributes: str = "") -> str:
    """A boundary event of the stage."""
    return node("boundaryEvent", identity, definition, f' attachedToRef="Stage1"{attributes}')


def risen(identity: str, signal_name: str, *, inside: str) -> str:
    """An event subprocess that a signal starts."""
    start = node("startEvent", f"{identity}_Begun", signal(signal_name), ' isInterrupting="false"')
    return node("subProcess", identity, start + inside, ' triggeredByEvent="true"')


STAGE = node(
    "subProcess", "Stage1",
    node("startEvent", "Stage1_Begins")
    + node("userTask", "Stage1_Discuss", form="discuss", side="both", due=TASK_WAITS)
    + node("exclusiveGateway", "Stage1_Agreed", attributes=' default="Stage1_Agreed_to_Stage1_NotAgreed"')
    + node("intermediateThrowEvent", "Stage1_Said", signal("resolution_said"))
    + node("endEvent", "Stage1_NotAgreed")
    + flow("Stage1_Begins", "Stage1_Discuss") + flow("Stage1_Discuss", "Stage1_Agreed")
    + flow("Stage1_Agreed", "Stage1_Said", 'result = "agreed"') + flow("Stage1_Agreed", "Stage1_NotAgreed")
    + flow("Stage1_Said", "Stage1_Discuss"),
    stage="1", kind="ordinary",
)  # fmt: skip
DEADLINE = edge("Stage1_Deadline", timer("deadline(working_days: 5, cumulative: 5)"))
REMINDER = edge("Stage1_Reminder", timer("reminder()"), ' cancelActivity="false"')
EDGE = (
    DEADLINE + REMINDER + edge("Stage1_Early", signal("escalated_early"))
    + edge("Stage1_Withdrawn", signal("withdrawn")) + edge("Stage1_Resolved", signal("resolved"))
)  # fmt: skip
REMINDED = node("endEvent", "Stage1_Reminded", '<bpmn:messageEventDefinition messageRef="Message_near" />', to="both")
OVER = node("intermediateThrowEvent", "Stage1_Over", signal("stage_ended"))
MAIN = (
    node("startEvent", "Raised") + STAGE + EDGE + REMINDED + OVER + node("endEvent", "Decided", end="decided")
    + flow("Raised", "Stage1") + flow("Stage1", "Stage1_Over") + flow("Stage1_Deadline", "Stage1_Over")
    + flow("Stage1_Early", "Stage1_Over") + flow("Stage1_Withdrawn", "Stage1_Over")
    + flow("Stage1_Resolved", "Stage1_Over") + flow("Stage1_Reminder", "Stage1_Reminded")
    + flow("Stage1_Over", "Decided")
)  # fmt: skip
RISK = risen("Risk", "risk_reported", inside=(
    node("userTask", "Risk_Refer", "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>children"
         "</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>",
         form="discuss", side="both", tier="any", due="due(immediately: true)")
    + node("endEvent", "Risk_Done") + flow("Risk_Begun", "Risk_Refer") + flow("Risk_Refer", "Risk_Done")
))  # fmt: skip
STAGE_END = risen(
    "StageEnd", "stage_ended", inside=node("endEvent", "StageEnd_Done") + flow("StageEnd_Begun", "StageEnd_Done")
)
RESOLUTION = risen("Resolution", "resolution_said", inside=(
    node("intermediateThrowEvent", "Resolution_Told", signal("resolved")) + node("endEvent", "Resolution_Done")
    + flow("Resolution_Begun", "Resolution_Told") + flow("Resolution_Told", "Resolution_Done")
))  # fmt: skip
IN_LANE = ("Raised", "Stage1", "Stage1_Deadline", "Stage1_Reminder", "Stage1_Early", "Stage1_Withdrawn",
           "Stage1_Resolved",
           "Stage1_Reminded", "Stage1_Over", "Decided")  # fmt: skip


def lane(identity: str, *inside: str) -> str:
    """A lane and what stands in it."""
    refs = "".join(f"<bpmn:flowNodeRef>{name}</bpmn:flowNodeRef>" for name in inside)
    tier = properties(tier=identity.removeprefix("Tier_"))
    return f'<bpmn:lane id="{identity}" name="{identity}">{tier}{refs}</bpmn:lane>'


def carrying(name: str, value: str) -> str:
    """A signal that carries a value under its name."""
    inside = (
        f"<spiffworkflow:payloadExpression>{value}</spiffworkflow:payloadExpression>"
        f"<spiffworkflow:variableName>{value}</spiffworkflow:variableName>"
    )
    return (
        f'<bpmn:signal id="Signal_{name}" name="{name}"><bpmn:extensionElements>{inside}</bpmn:extensionElements>'
        "</bpmn:signal>"
    )


PLAIN_SIGNALS = "".join(
    f'<bpmn:signal id="Signal_{name}" name="{name}" />'
    for name in ("escalated_early", "withdrawn", "resolved", "resolution_said", "protective_passed")
)
POOL = '<bpmn:participant id="Pool" name="Test" processRef="testing" />'
LANES = lane("Tier_practitioners", *IN_LANE) + lane("Tier_any", "Risk", "StageEnd", "Resolution")
DIAGRAM = (
    f'<bpmn:definitions {SPACES} id="All" targetNamespace="urn:test">'
    f'<bpmn:collaboration id="Partnership">{POOL}</bpmn:collaboration>'
    f'<bpmn:process id="testing" isExecutable="true"><bpmn:laneSet id="Tiers">{LANES}</bpmn:laneSet>'
    f"{MAIN}{RISK}{STAGE_END}{RESOLUTION}</bpmn:process>"
    f"{carrying('risk_reported', 'children')}{carrying('stage_ended', 'stage')}{PLAIN_SIGNALS}"
    '<bpmn:message id="Message_near" name="The deadline is near" /></bpmn:definitions>'
)
FORM = json.dumps({
    "type": "default", "id": "discuss", "schemaVersion": 18,
    "components": [
        {"type": "radio", "key": "result", "label": "What came of it?", "id": "a",
         "values": [{"value": "agreed", "label": "Agreed"}, {"value": "not_agreed", "label": "Not agreed"},
                    {"value": "could_not_talk", "label": "Could not talk"}]},
        {"type": "number", "key": "meetings", "label": "How many meetings?", "id": "b"},
        {"type": "textarea", "key": "why", "label": "Why?", "id": "c"},
        {"type": "checklist", "key": "reasons", "label": "Which reasons?", "id": "d",
         "values": [{"value": "need", "label": "Need"}, {"value": "threshold", "label": "Threshold"}]},
        {"type": "datetime", "subtype": "date", "dateLabel": "On?", "key": "met_on", "label": "Met on?", "id": "e"},
    ],
})  # fmt: skip
SETTINGS = (
    '[partnership]\nname = "testing"\n[front_door]\ntelephone = "01632 960001"\n'
    '[out_of_hours]\ntelephone = "01632 960002"\n'
)
MAIN_FILE, FORM_FILE, SETTINGS_FILE = (
    "bpmn/testing/escalation.bpmn", "forms/shared/discuss.form", "bpmn/testing/partnership.toml"
)  # fmt: skip


def files(diagram: str | bytes = DIAGRAM, **others: bytes) -> dict[str, bytes]:
    """The pathway's files; `form` and `settings` stand for other contents of those."""
    return {
        MAIN_FILE: diagram if isinstance(diagram, bytes) else drawn(diagram).encode(),
        FORM_FILE: others.get("form", FORM.encode()),
        SETTINGS_FILE: others.get("settings", SETTINGS.encode()),
    }


def drawn(diagram: str) -> str:
    """The diagram with a shape for each element and lane, and a line for each flow, that it does not draw itself."""
    if "</bpmn:definitions>" not in diagram:
        return diagram
    itself = set(re.findall(r'<bpmndi:\w+ [^>]*?bpmnElement="([^"]*)"', diagram))
    named = [each for each in re.findall(r'<bpmn:(\w+) [^>]*?\bid="([^"]*)"', diagram) if each[1] not in itself]
    shapes = [
        f'<bpmndi:BPMNShape bpmnElement="{identity}"><dc:Bounds x="0" y="0" width="9" height="9" /></bpmndi:BPMNShape>'
        for tag, identity in named
        if tag == "lane" or tag in FLOWING
    ]
    point = '<di:waypoint x="0" y="0" />'
    lines = [
        f'<bpmndi:BPMNEdge bpmnElement="{identity}">{point}{point}</bpmndi:BPMNEdge>'
        for tag, identity in named
        if tag == "sequenceFlow"
    ]
    plane = f'<bpmndi:BPMNPlane bpmnElement="Partnership">{"".join(shapes + lines)}</bpmndi:BPMNPlane>'
    end = "</bpmn:definitions>"
    own = diagram.find("<bpmndi:BPMN")
    own = own if own >= 0 else diagram.rindex(end)
    head, tail = diagram[:own], diagram[own:]
    return f"{head}<bpmndi:BPMNDiagram>{plane}</bpmndi:BPMNDiagram>{tail}"


def changed(old: str, new: str) -> str:
    """The diagram with one thing changed; the thing has to be there."""
    assert old in DIAGRAM, old
    return DIAGRAM.replace(old, new)


def examine(diagram: str | bytes) -> tuple[Pathway | None, list[Finding]]:
    """Check the pathway of that diagram."""
    return check_files(files(diagram), "testing", "escalation")


def found(diagram: str | bytes) -> list[Finding]:
    """What is found in that diagram."""
    return examine(diagram)[1]


def found_by_change(old: str, new: str) -> list[Finding]:
    """What is found when one thing is changed."""
    return found(changed(old, new))

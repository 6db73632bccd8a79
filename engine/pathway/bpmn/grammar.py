"""What of BPMN is read: an allow-list of what runs and of what only decorates; whatever is on neither is refused.

A tag is followed by the attributes and the children that it may have. Decoration is left alone, with all that is in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

NODE = frozenset({"id", "name"})
BASE = frozenset({"documentation", "extensionElements"})
JOINED = frozenset({"incoming", "outgoing"})
DATA = frozenset(
    {"dataInputAssociation", "dataOutputAssociation", "ioSpecification", "property", "dataInput", "dataOutput",
     "inputSet", "outputSet"}
)  # fmt: skip
ARTIFACTS = frozenset({"textAnnotation", "association", "group"})
FLOWING = frozenset(
    {"startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent", "userTask",
     "sendTask", "exclusiveGateway", "parallelGateway", "inclusiveGateway", "subProcess"}
)  # fmt: skip
"""The flow nodes that run."""
INSIDE = FLOWING | ARTIFACTS | {"sequenceFlow", "dataObject", "dataObjectReference", "dataStoreReference"}
ACTIVITY = NODE | {"startQuantity", "completionQuantity", "isForCompensation"}
DECORATION = (
    ARTIFACTS
    | DATA
    | {"category", "dataObject", "dataObjectReference", "dataStoreReference", "dataStore", "itemDefinition",
       "messageFlow", "conversation", "conversationLink", "auditing", "monitoring", "relationship",
       "participantMultiplicity", "interfaceRef", "endPointRef"}
)  # fmt: skip
"""Drawn for people, or kept for other tools: ignored, with all that is in it."""


@dataclass(frozen=True, kw_only=True)
class Tag:
    """What a tag that runs may have: attributes that are read, attributes that only decorate, and children."""

    attributes: frozenset[str] = NODE
    ignored: frozenset[str] = frozenset()
    children: frozenset[str] = BASE


def _event(*attributes: str, definitions: frozenset[str]) -> Tag:
    return Tag(attributes=NODE | frozenset(attributes), children=BASE | JOINED | DATA | definitions)


SIGNAL, MESSAGE, TIMER = (frozenset({f"{kind}EventDefinition"}) for kind in ("signal", "message", "timer"))
RUNS: Mapping[str, Tag] = {
    "definitions": Tag(
        attributes=NODE | {"targetNamespace"},
        ignored=frozenset({"expressionLanguage", "typeLanguage", "exporter", "exporterVersion"}),
        children=BASE | {"collaboration", "process", "signal", "message"},
    ),
    "collaboration": Tag(ignored=frozenset({"isClosed"}), children=BASE | ARTIFACTS | {"participant"}),
    "participant": Tag(attributes=NODE | {"processRef"}),
    "process": Tag(
        attributes=NODE | {"isExecutable"},
        ignored=frozenset({"isClosed", "processType", "definitionalCollaborationRef"}),
        children=BASE | INSIDE | DATA | {"laneSet"},
    ),
    "laneSet": Tag(children=BASE | {"lane"}),
    "lane": Tag(ignored=frozenset({"partitionElementRef"}), children=BASE | {"flowNodeRef"}),
    "flowNodeRef": Tag(attributes=frozenset(), children=frozenset()),
    "incoming": Tag(attributes=frozenset(), children=frozenset()),
    "outgoing": Tag(attributes=frozenset(), children=frozenset()),
    "startEvent": _event("isInterrupting", "parallelMultiple", definitions=SIGNAL),
    "endEvent": _event(definitions=MESSAGE),
    "boundaryEvent": _event("attachedToRef", "cancelActivity", "parallelMultiple", definitions=SIGNAL | TIMER),
    "intermediateCatchEvent": _event("parallelMultiple", definitions=SIGNAL | TIMER),
    "intermediateThrowEvent": _event(definitions=SIGNAL | MESSAGE),
    "userTask": Tag(
        attributes=ACTIVITY,
        ignored=frozenset({"implementation"}),
        children=BASE | JOINED | DATA | {"multiInstanceLoopCharacteristics"},
    ),
    "sendTask": Tag(
        attributes=ACTIVITY | {"messageRef"},
        ignored=frozenset({"implementation", "operationRef"}),
        children=BASE | JOINED | DATA | MESSAGE,
    ),
    "exclusiveGateway": Tag(
        attributes=NODE | {"default"}, ignored=frozenset({"gatewayDirection"}), children=BASE | JOINED
    ),
    "inclusiveGateway": Tag(
        attributes=NODE | {"default"}, ignored=frozenset({"gatewayDirection"}), children=BASE | JOINED
    ),
    "parallelGateway": Tag(ignored=frozenset({"gatewayDirection"}), children=BASE | JOINED),
    "subProcess": Tag(attributes=ACTIVITY | {"triggeredByEvent"}, children=BASE | JOINED | DATA | INSIDE),
    "sequenceFlow": Tag(
        attributes=NODE | {"sourceRef", "targetRef"},
        ignored=frozenset({"isImmediate"}),
        children=BASE | {"conditionExpression"},
    ),
    "conditionExpression": Tag(
        attributes=frozenset({"id", "language"}),
        ignored=frozenset({"evaluatesToTypeRef"}),
        children=frozenset({"documentation"}),
    ),
    "timeDate": Tag(attributes=frozenset({"id", "language"}), ignored=frozenset({"evaluatesToTypeRef"})),
    "loopCardinality": Tag(attributes=frozenset({"id", "language"}), ignored=frozenset({"evaluatesToTypeRef"})),
    "multiInstanceLoopCharacteristics": Tag(
        attributes=frozenset({"id", "isSequential", "behavior"}), children=BASE | {"loopCardinality"}
    ),
    "signalEventDefinition": Tag(attributes=NODE | {"signalRef"}),
    "messageEventDefinition": Tag(attributes=NODE | {"messageRef"}, children=BASE | {"operationRef"}),
    "timerEventDefinition": Tag(children=BASE | {"timeDate"}),
    "signal": Tag(ignored=frozenset({"structureRef"})),
    "message": Tag(ignored=frozenset({"itemRef"})),
}
ONLY: Mapping[str, tuple[str, str]] = {
    "startQuantity": ("1", "takes more than one token to start"),
    "completionQuantity": ("1", "gives more than one token when it is done"),
    "isForCompensation": ("false", "is for compensation, which is ignored"),
    "parallelMultiple": ("false", "waits for several events at once"),
    "behavior": ("All", "throws events while it repeats"),
}
"""Attributes of which one value alone is read: any other would not be honoured."""

_CODE = "holds or calls code, and no code runs from a diagram. Use a user task, an expression or a decision table"
REFUSED: Mapping[str, str] = {
    "scriptTask": _CODE,
    "serviceTask": _CODE,
    "script": _CODE,
    "import": "brings in another file. Draw everything in this one",
    "businessRuleTask": "would evaluate its table as Python. Put the table beside the diagram; Concord reads it itself",
    "callActivity": "calls another diagram. Draw a subprocess here",
    "transaction": "is a transaction, which nothing here can undo. Use a plain subprocess",
    "adHocSubProcess": "is ad hoc: its order isn't kept and its end isn't seen. Use a subprocess with flows",
    "manualTask": "is a manual task, which nobody is shown. Use a user task",
    "receiveTask": "waits for a message, and none is ever received. Use a signal",
    "task": "is a plain task, which nobody is asked to do. Use a user task or a send task",
    "complexGateway": "is a complex gateway, which is not run. Use exclusive and parallel gateways",
    "eventBasedGateway": "is an event-based gateway, which is not offered. Put the events on a stage's edge",
    "terminateEventDefinition": "is a terminate end, which would kill open referrals. Use a plain end",
    "compensateEventDefinition": "is a compensation, which is ignored. Draw what is to happen",
    "linkEventDefinition": "is a link, whose throw leads nowhere. Draw the flow",
    "errorEventDefinition": "is an error event, which nothing raises. Use a signal",
    "escalationEventDefinition": "is BPMN's escalation event, which nothing raises. Use the signal escalated_early",
    "conditionalEventDefinition": "is a conditional event, which nothing watches. Use a signal or a gateway",
    "cancelEventDefinition": "is a cancel event, which belongs to transactions. Use a signal",
    "timeDuration": "counts on the wall clock without a calendar. Use timeDate with deadline(…) or reminder()",
    "timeCycle": "repeats on the wall clock. Use timeDate; what is overdue is alerted again anyway",
    "loopDataInputRef": "is lost when the diagram is saved in the modeller. Use a loop cardinality",
    "loopDataOutputRef": "is lost when the diagram is saved in the modeller. Use a loop cardinality",
    "standardLoopCharacteristics": "repeats until a condition of Python holds. Draw the flow back",
    "completionCondition": "ends a repetition early, past records that must be kept. Take it out",
    "childLaneSet": "holds lanes inside a lane. Draw the tiers side by side",
}
"""Why a construct is refused, where there is more to say than that it is not on the list."""
MISPLACED: Mapping[tuple[str, str], str] = {
    (
        "endEvent",
        "signalEventDefinition",
    ): "throws its signal at an end, where it is lost. Throw it before a plain end",
    ("startEvent", "timerEventDefinition"): "starts by a timer. A timer belongs on the edge of a stage or task",
    **{
        (kind, "messageEventDefinition"): "waits for a message, and none is ever received. Use a signal"
        for kind in ("startEvent", "boundaryEvent", "intermediateCatchEvent")
    },
    ("subProcess", "multiInstanceLoopCharacteristics"): "is repeated as a whole. Only a user task is: draw each round",
}
"""Why something that runs elsewhere does not run where it stands."""
ENGINES = ("camunda.org/schema", "flowable.org", "activiti.org", "jboss.org", "bpmn.io/schema/bpmn/engine")
"""Parts of the names under which other process engines extend BPMN; what any other tool adds is decoration."""
EXECUTES = frozenset(
    {"script", "executionListener", "executionListeners", "taskListener", "taskListeners", "eventListener", "connector",
     "taskDefinition", "class", "delegateExpression", "expression", "calledElement", "calledDecision", "decisionRef",
     "topic", "type"}
)  # fmt: skip
"""What those engines would run. Concord would not, and whoever drew it would wait in vain."""
EXTENSIONS = frozenset({"properties", "property", "payloadExpression", "variableName"})
"""What is read of SpiffWorkflow's extensions; any other of them is refused."""

"""Edits of what is said: elements of another kind, joined otherwise, called otherwise; some must change nothing."""

from collections.abc import Mapping

from sheet import BPMN, NODES, Edit, Sheet, local, quoted

OTHERS = ("task", "manualTask", "serviceTask", "scriptTask", "receiveTask", "callActivity", "eventBasedGateway",
          "complexGateway", "transaction", "adHocSubProcess", "businessRuleTask", "dataObject", "group")  # fmt: skip
EVENTS = ("signal", "message", "timer", "terminate", "error", "escalation", "conditional", "link", "compensate")
REFERENCES = (
    "sourceRef",
    "targetRef",
    "attachedToRef",
    "default",
    "signalRef",
    "messageRef",
    "processRef",
    "bpmnElement",
)
FLAGS = ("cancelActivity", "isInterrupting", "triggeredByEvent", "isExecutable", "isSequential", "parallelMultiple",
         "isForCompensation", "isExpanded")  # fmt: skip
SPELLED = (
    "New_1",
    "Start",
    "end",
    "a.b",
    "1st",
    "__proto__",
    "constructor",
    "Ünï",
    "assessors",
    "x y",
    "",
    "A" * 3_000,
    "Signal_risk_reported",
)
NAMED = (
    "Talk",
    "",
    " ",
    "“Talk” & <listen>",
    "a\nb\tc",
    "\u202eback",
    "👪",
    "x" * 5_000,
    "{{ 7 * 7 }}",
    "-",
    "24 hours",
)


def retagged(sheet: Sheet) -> None:
    """An element becomes another: what a modeller's spanner does, and what it cannot do."""
    node = sheet.node()
    node.tag = f"{{{BPMN}}}{sheet.dice.choice(NODES if sheet.dice.random() < 0.7 else OTHERS)}"


def gateway_retagged(sheet: Sheet) -> None:
    """A gateway becomes one of another kind."""
    node = sheet.node("exclusiveGateway", "parallelGateway")
    node.tag = f"{{{BPMN}}}{sheet.dice.choice(('exclusive', 'parallel', 'inclusive'))}Gateway"


def event_retagged(sheet: Sheet) -> None:
    """An event waits for, or says, something of another kind."""
    node = sheet.any("//bpmn:signalEventDefinition | //bpmn:timerEventDefinition | //bpmn:messageEventDefinition")
    node.tag = f"{{{BPMN}}}{sheet.dice.choice(EVENTS)}EventDefinition"


UNSAID_TRUE = {"cancelActivity", "isInterrupting"}
"""What is true where it is not said; of every other flag the opposite."""


def flipped(sheet: Sheet) -> None:
    """A truth value is turned round, or is none."""
    node = sheet.any("//bpmn:*[@id] | //bpmn:boundaryEvent | //bpmndi:BPMNShape[@isExpanded]")
    given = [name for name in node.attrib if name in FLAGS]
    name = sheet.dice.choice(given if local(node) == "BPMNShape" else [*given, sheet.dice.choice(FLAGS)])
    sheet.touched.add(f"@{name}")
    turned = "false" if node.get(name, "false") == "true" else "true"
    was, now = node.get(name), sheet.dice.choice((turned, turned, "1", "0", "maybe", ""))
    sheet.harmless = {was, now} in ({"true", "1"}, {"false", "0"})
    if was is None and now in (("true", "1") if name in UNSAID_TRUE else ("false", "0")):
        sheet.touched.add("a default")
    node.set(name, now)


def reworded(sheet: Sheet) -> None:
    """An expression says something else, or nothing that can be read."""
    node = sheet.any(
        "//bpmn:conditionExpression | //bpmn:timeDate | //bpmn:loopCardinality | //spiff:payloadExpression"
    )
    said = node.text or ""
    digits = "".join(str(sheet.dice.randint(1, 9)) if letter.isdigit() else letter for letter in said)
    turned = (said.replace("=", "!="), f"not({said})", f"{said} and true", said[:-1], said.upper(), "1 = 1")
    node.text = sheet.dice.choice((digits, *turned))


def revalued(sheet: Sheet) -> None:
    """A property has another's value, or one of its own name's elsewhere."""
    node = sheet.any("//spiff:property")
    alike = sheet.every(f"//spiff:property[@name={quoted(str(node.get('name')))}]")
    other = sheet.dice.choice(alike if sheet.dice.random() < 0.8 else sheet.every("//spiff:property"))
    node.set("value", other.get("value"))


def rejoined(sheet: Sheet) -> None:
    """A flow leads from or to another element of the same scope."""
    flow = sheet.any("//bpmn:sequenceFlow")
    end = sheet.dice.choice(("sourceRef", "targetRef"))
    near = [n for n in flow.getparent() if local(n) in NODES]
    flow.set(end, sheet.dice.choice(near).get("id"))


def referred(sheet: Sheet) -> None:
    """Any reference points to something else of the file, of its own kind or of any."""
    name = sheet.dice.choice(REFERENCES)
    node = sheet.any(f"//*[@{name}]") if sheet.every(f"//*[@{name}]") else sheet.any("//bpmn:sequenceFlow")
    alike = [str(n.get(name)) for n in sheet.every(f"//*[@{name}]")]
    ids = [str(n.get("id")) for n in sheet.every("//*[@id]")]
    node.set(name, sheet.dice.choice(alike if alike and sheet.dice.random() < 0.7 else ids))


def unlisted(sheet: Sheet) -> None:
    """What stands in `incoming` or `outgoing` is another flow: BPMN keeps there what the flows say already."""
    node = sheet.any("//bpmn:incoming | //bpmn:outgoing")
    node.text = sheet.dice.choice(sheet.every("//bpmn:sequenceFlow")).get("id")
    sheet.harmless = True


def rehung(sheet: Sheet) -> None:
    """An event hangs on another task or stage of the same scope."""
    event = sheet.any("//bpmn:boundaryEvent")
    near = [n for n in event.getparent() if local(n) in {"userTask", "subProcess"}]
    event.set("attachedToRef", sheet.dice.choice(near).get("id"))


def called_otherwise(sheet: Sheet) -> None:
    """An element has another id, and all that refers to it follows."""
    node = sheet.any("//bpmn:*[@id]")
    renamed(sheet, str(node.get("id")), sheet.dice.choice(SPELLED))


def plainly_called(sheet: Sheet) -> None:
    """A flow, or a definition, has another id that says nothing."""
    node = sheet.any("//bpmn:sequenceFlow | //bpmn:signal | //bpmn:message | //bpmn:signalEventDefinition")
    renamed(sheet, str(node.get("id")), f"{local(node)}_{sheet.dice.randrange(10**6)}")
    sheet.harmless = local(node) != "sequenceFlow"


def renamed(sheet: Sheet, old: str, new: str) -> None:
    """Every attribute and text that is the old id becomes the new one."""
    for node in sheet.every("//*"):
        for name, value in node.attrib.items():
            if value == old:
                node.set(name, new)
        if (node.text or "").strip() == old:
            node.text = new


def half_renamed(sheet: Sheet) -> None:
    """An element has another id, and what refers to it was forgotten."""
    sheet.any("//bpmn:*[@id]").set("id", sheet.dice.choice(SPELLED))


def titled(sheet: Sheet) -> None:
    """An element has another name for people."""
    sheet.any("//bpmn:*[@name]").set("name", sheet.dice.choice(NAMED))


def documented(sheet: Sheet) -> None:
    """A documentation says something else."""
    node = sheet.any("//bpmn:documentation")
    head = (node.text or "").partition(":")[0]
    node.text = f"{head}: {sheet.dice.choice(NAMED)}" if sheet.dice.random() < 0.7 else sheet.dice.choice(NAMED)


SAID: Mapping[str, tuple[Edit, ...]] = {
    "retype": (retagged, gateway_retagged, event_retagged, flipped, reworded, revalued),
    "reconnect": (rejoined, rejoined, referred, unlisted, rehung),
    "rename": (called_otherwise, plainly_called, half_renamed, titled, documented),
}
"""The kinds of edits of what is said; they may change what a diagram means."""

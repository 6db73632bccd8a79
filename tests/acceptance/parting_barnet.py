"""Barnet's drawing and its register part company in one place each: the rule or the property that must catch it."""

from lxml import etree
from mutations import BPMN, Mutation, limit, no_field, prop, swapped, without
from parting import Caught, Parted, ended_by_a_timer, said_of, together
from spoiling import condition, diagram
from test_register import in_register

OWN = "bpmn/barnet/escalation-duties.toml"


def registered(identity: str, old: str, new: str) -> Mutation:
    """Write something else in the entry of one duty of Barnet's."""
    return in_register(identity, old, new, OWN)


def serial(work: str) -> Mutation:
    """Let the talk of the first line wait for the contact: one after the other, and no longer beside each other."""

    def change(root: etree._Element) -> None:
        for flow in list(root.iter(f"{BPMN}sequenceFlow")):
            ends = (flow.get("sourceRef"), flow.get("targetRef"))
            if ends == ("Stage2_Line1_Fork", "Stage2_Line1_Discuss"):
                flow.set("sourceRef", "Stage2_Line1_Made")
            elif ends == ("Stage2_Line1_Made", "Stage2_Line1_Join"):
                _drop(root, flow)
        for flow in list(root.iter(f"{BPMN}sequenceFlow")):
            _say(root, flow)

    return diagram(work, change)


def _drop(root: etree._Element, flow: etree._Element) -> None:
    for edge in [e for e in root.iter() if e.get("bpmnElement") == flow.get("id")]:
        edge.getparent().remove(edge)
    flow.getparent().remove(flow)


def _say(root: etree._Element, _: etree._Element) -> None:
    """Let each element name the flows that begin and end at it."""
    flows = list(root.iter(f"{BPMN}sequenceFlow"))
    for element in ("Stage2_Line1_Fork", "Stage2_Line1_Made", "Stage2_Line1_Join", "Stage2_Line1_Discuss"):
        node = root.find(f".//{BPMN}process//*[@id='{element}']")
        for tag, end in (("incoming", "targetRef"), ("outgoing", "sourceRef")):
            for old in node.findall(f"{BPMN}{tag}"):
                node.remove(old)
            for flow in (f for f in flows if f.get(end) == element):
                said_ = etree.SubElement(node, f"{BPMN}{tag}")
                said_.text = flow.get("id")


BY_A_RULE: list[Caught] = [
    (prop("Stage2_Line1_Police", "side", "both"), {"duty"}),
    (prop("Stage2_Line2_Family", "side", "receiving"), {"duty"}),
    (prop("Notify_Partnership", "side", "both"), {"duty"}),
    (prop("Forum_Case", "side", "both"), {"duty"}),
    (prop("StageEnd_RecordReceiving", "side", "both"), {"duty"}),
    (registered("BAR-3.3", 'who = ["each"]', 'who = ["both"]'), {"duty"}),
    (registered("BAR-S2", 'who = ["raising", "both", "Concord"]', 'who = ["raising", "Concord"]'), {"duty"}),
    (limit("Stage2_Line3_Police", "working_days: 1", "working_days: 2"), {"duty", "D12"}),
    (limit("Stage2_School_Discuss", "working_days: 5", "working_days: 6"), {"duty", "D12"}),
    (registered("BAR-3.2", "working_days = 1", "working_days = 2"), {"duty"}),
    (registered("BAR-4.2", "working_days = 5", "working_days = 10"), {"duty"}),
    (said_of("Stage2_School_Deadline", "5 working days", "6 working days"), {"D12"}),
    (said_of("Stage2_School_GoOn", "1 working day", "2 working days"), {"D12"}),
    (prop("Stage2_School_GuideTold", "to", "business_manager"), {"duty"}),
    (prop("Stage3_Told", "to", "both"), {"duty"}),
    (prop("Notify_Partnership", "alert", None), {"duty"}),
    (prop("Forum_Case", "alert", None), {"duty"}),
    (prop("Risk_CloseByLead", "side", "receiving"), {"duty"}),
    (prop("Risk_CloseByLead", "role", None), {"duty"}),
    (prop("NotPursued_Countersign", "role", None), {"duty"}),
    (no_field("contact-family", "meeting_raised"), {"duty", "form"}),
    (no_field("forum-case", "forum_owner"), {"duty"}),
    (no_field("school-procedure", "agreed_working_days"), {"duty"}),
    (registered("BAR-S2", 'local = "five working days at most for the procedure, one of them for beginning it; '
                'and that passing the guide is told"\n', ""), {"duty"}),
    (registered("BAR-1.1", 'local = "one working day for it"\n', ""), {"duty"}),
    (without("Stage2_Line1_Others"), {"duty"}),
]  # fmt: skip
BY_THE_PROOF: list[Caught] = [
    (without("Stage2_School_GoOn"), {"proof: silence"}),
    (without("Resolution_NoObjection"), {"proof: silence"}),
    (serial("the talk of the first line waits for the contact"), {"proof: silence"}),
    (prop("ReferredOn", "end", "resolved"), {"proof: ends"}),
    (prop("NotPursued", "end", "resolved"), {"proof: ends"}),
    (prop("Stage2_Line2_WithdrawalEnded", "end", "resolved"), {"proof: ends"}),
    (swapped("Stage2_Officer_Resolved", "Resolved_StageEnded", "Stage2_Officer_WithdrawalOver"), {"proof: ends"}),
    (ended_by_a_timer("Stage3_ConcernsPersist", "NotPursued_Countersign"), {"proof: duty"}),
    (ended_by_a_timer("Notify_Partnership", "Notify_Done"), {"proof: duty"}),
    (ended_by_a_timer("Forum_Case", "Forum_Done"), {"proof: duty"}),
    (ended_by_a_timer("StageEnd_RiskQuestionReceiving", "StageEnd_AskedReceiving"), {"proof: duty"}),
    (registered("BAR-P1", '"goes on, recorded as not done"', '"stays open"'), {"proof: duty"}),
    (registered("BAR-2.0", '"goes on, recorded as not done"', '"stays open"'), {"proof: duty"}),
    (prop("StageEnd_RiskQuestionReceiving", "side", "raising"), {"proof: each", "proof: question"}),
]
ANSWERS = [
    condition("Stage3_Persists", "Stage3_ReferredOn", 'persists = "no"'),
    condition("NotPursued_Countersigned", "NotPursued_Told", 'countersigned = "no"'),
    condition("StageEnd_OpenReceiving", "StageEnd_AskedReceiving", "raising_side_asked = true"),
    together(
        "the notice of stage 3 is the second thing in it, behind the contact",
        swapped("Stage3_Begins", "Stage3_Told", "Stage3_Fork"),
        swapped("Stage3_Made", "Stage3_Join", "Stage3_Told"),
        swapped("Stage3_Told", "Stage3_Fork", "Stage3_Join"),
    ),
    prop("Resolution_Object", "side", "raising"),
]
"""The way goes on as if another had been given; a notice behind a task; the wrong side may object."""
PARTED = Parted(
    pathway="barnet",
    by_a_rule=tuple(BY_A_RULE),
    by_the_proof=tuple(BY_THE_PROOF),
    somehow=tuple(ANSWERS),
    least=12,
)

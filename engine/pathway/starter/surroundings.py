"""What surrounds the stages of a diagram: the shipped one's, with names, words and limits of the description's."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from engine.pathway.bpmn import BPMN
from engine.pathway.starter.description import Description, parts
from engine.pathway.starter.nodes import PROPERTY, element_of, elements, mapped, remove

FRAME = "birmingham"
"""The partnership whose diagram is copied from."""
FINAL = "Final"
HEARD, MET = "{number}.2", "{number}.3"
"""The rows of the register that are there only where both sides are heard, and those involved may be met."""
PART = re.compile(r"(?<=working_days: )[235](?=, )")
"""The working days of what is done in the last stage of the shipped diagram."""
REFERRED = "Message_referred_to_co_chairs"
HEARING_OVER, DEADLINE = f"{FINAL}_HearOver", f"{FINAL}_Deadline"


def renumber(root: etree._Element) -> None:
    """Let the last stage of the shipped diagram go by no number: there may be more stages than it had."""
    for node in root.iter():
        if node.text and "Stage5" in node.text:
            node.text = node.text.replace("Stage5", FINAL)
        for attribute, value in node.attrib.items():
            if attribute != "name":
                node.set(attribute, str(value).replace("Stage5", FINAL))


def tidy(root: etree._Element) -> None:
    """Take out the signals and messages that nothing is left for."""
    wanted = {str(node.get(ref)) for node in elements(root) for ref in ("signalRef", "messageRef")}
    for node in [*root.findall(f"{BPMN}signal"), *root.findall(f"{BPMN}message")]:
        if node.get("id") not in wanted:
            remove(node)


def name(root: etree._Element, given: Description, process: str) -> None:
    """Give the process and the pool their names."""
    own = {FRAME: process, f"Definitions_{FRAME}": f"Definitions_{process}", REFERRED: "Message_referred"}
    for node in root.iter():
        for attribute, value in node.attrib.items():
            if attribute != "name" and value in own:
                node.set(attribute, own[str(value)])
    root.set("targetNamespace", f"urn:concord:{process.replace('_', '-')}")
    next(root.iter(f"{BPMN}participant")).set("name", given.title)


def speak(root: etree._Element, given: Description, words: Mapping[str, Mapping[str, Any]]) -> None:
    """Say names, words, limits, duties, tiers and recipients as the description has them."""
    final, number = given.final, len(given.stage) + 1
    days = final.limit.working_days or 0
    hearing, reading = parts(days)
    told = {
        "final": final.called, "title": final.title, "number": number, "after": number + 1, "limit": final.limit.words,
        "beforehand": words["beforehand"][f"{final.hears}-{final.meets}".lower()],
        "hearing": f"{hearing} working day{'s' if hearing > 1 else ''}", "reading": f"{reading} working days",
    }  # fmt: skip
    left_out = {row for row, there in ((HEARD, final.hears), (MET, final.meets)) if not there}
    duties = {
        key: "" if row in left_out else f"{given.reference}-{row.format(**told)}"
        for key, row in words["duties"].items()
    } | {"T13": ""}
    tiers = {words["who"]["first"]: given.stage[0].tier, words["who"]["last"]: given.stage[-1].tier}
    limits = {"2": hearing, "3": reading, "5": days}
    timers = {
        HEARING_OVER: f'deadline(working_days: {hearing}, from: "stage")',
        DEADLINE: f"deadline(working_days: {days})",
    }
    values: Mapping[str, Callable[[str], str]] = {
        "duties": lambda value: mapped(value, duties),
        "tier": lambda value: tiers.get(value, value),
        "to": lambda value: mapped(value, {words["who"]["decides"]: ",".join(final.roles)}, ","),
        "stage": lambda _: str(number),
    }
    for node in elements(root):
        key, of, said = str(node.get("id")), element_of(node), str(node.get("name"))
        if key in words["name"]:
            node.set("name", str(words["name"][key]).format(**told))
        if node.tag == f"{BPMN}documentation" and of in words["documentation"]:
            node.text = str(words["documentation"][of]).format(**told)
        elif node.tag == f"{BPMN}timeDate" and of in timers:
            node.text = timers[of]
        elif node.tag == PROPERTY and said in values:
            node.set("value", values[said](str(node.get("value"))))
        elif node.tag == PROPERTY and said == "due" and of.startswith(f"{FINAL}_"):
            node.set("value", PART.sub(lambda found: str(limits[found[0]]), str(node.get("value"))))

"""The same diagram written otherwise: comments, encodings, other tools' extensions, decoration; none may matter."""

import re
from collections.abc import Mapping

from edits import DRAWN
from lxml import etree
from rewordings import SAID
from sheet import BPMN, NODES, SPACES, Edit, Sheet, element, local

TOOLS = {
    "zeebe": "http://camunda.org/schema/zeebe/1.0",
    "modeler": "http://camunda.org/schema/modeler/1.0",
    "camunda": "http://camunda.org/schema/1.0/bpmn",
    "flowable": "http://flowable.org/bpmn",
    "signavio": "http://www.signavio.com",
    "own": "urn:our:own",
    "color": "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
    "bioc": "http://bpmn.io/schema/bpmn/biocolor/1.0",
}
SAYS = ("assignee", "asyncBefore", "background-color", "executionPlatform", "fill", "exclusive", "processType", "id")
ENCODINGS = ("utf-16", "utf-16-le", "iso-8859-1", "us-ascii", "utf-8-sig", "utf-8", "utf-32")
DECORATIONS = (
    '<textAnnotation id="{0}"><text>Ask the office</text></textAnnotation>',
    '<group id="{0}" categoryValueRef="None_such" />',
    '<dataObject id="{0}" isCollection="true" /><dataObjectReference id="{0}_ref" dataObjectRef="{0}" name="File" />',
    '<dataStoreReference id="{0}" name="Files" dataStoreRef="None"><dataState name="kept" /></dataStoreReference>',
    '<textAnnotation id="{0}" /><association id="{0}_to" sourceRef="{1}" targetRef="{0}" associationDirection="One" />',
)
JOINED = (
    '<dataInputAssociation id="{0}"><sourceRef>{1}</sourceRef><targetRef>{0}_p</targetRef></dataInputAssociation>',
    '<dataOutputAssociation id="{0}"><targetRef>{1}</targetRef></dataOutputAssociation>',
    '<property id="{0}" name="__targetRef_placeholder" />',
    '<ioSpecification id="{0}"><dataInput id="{0}_in" /><inputSet /><outputSet /></ioSpecification>',
)


def remarked(sheet: Sheet) -> None:
    """A comment, or an instruction for some program, stands anywhere between elements or in a text."""
    node = sheet.any("//*")
    words = sheet.dice.choice((" to do: ask ", "<bpmn:userTask id='Old' />", "", " ]]> &amp; "))
    made = etree.Comment(words) if sheet.dice.random() < 0.8 else etree.ProcessingInstruction("editor", "fold")
    into(node, made, sheet.dice.randint(0, len(node)), sheet.dice.random())


def into(node: etree._Element, made: etree._Element, place: int, share: float) -> None:
    """Insert something that is no text: at the front of an element it parts the text that stands there."""
    text = node.text or ""
    node.insert(place, made)
    if place == 0 and text:
        cut = round(len(text) * share)
        node.text, made.tail = text[:cut], text[cut:]


def in_expressions(sheet: Sheet) -> None:
    """A comment stands in an expression, a reference, a documentation, in the middle of what is said."""
    texts = "//bpmn:conditionExpression | //bpmn:timeDate | //bpmn:loopCardinality | //bpmn:flowNodeRef"
    node = sheet.any(f"{texts} | //bpmn:documentation | //spiff:payloadExpression | //spiff:variableName")
    into(node, etree.Comment(" for now "), 0, sheet.dice.random())


def re_encoded(sheet: Sheet) -> None:
    """The same characters as other bytes."""
    encoding = sheet.dice.choice(ENCODINGS)
    if encoding in {"utf-8-sig", "utf-8", "utf-16-le"}:
        text = etree.tostring(sheet.root, encoding="unicode")
        sheet.data = text.encode(encoding) if encoding != "utf-16-le" else b"\xff\xfe" + text.encode(encoding)
    else:
        sheet.data = etree.tostring(sheet.root, encoding=encoding, xml_declaration=True)


def respelled(sheet: Sheet) -> None:
    """The same document in other characters: quotes, line ends, references, CDATA, attribute order, prefixes."""
    text = etree.tostring(sheet.root, encoding="unicode")
    ways = (
        text.replace("\n", "\r\n"),
        re.sub(r">\s+<", "><", text),
        re.sub(r'="([^"\']*)"', r"='\1'", text),
        re.sub(r'(<bpmn:\w+) (id="[^"]*") (\w+="[^"]*")', r"\1 \3 \2", text),
        re.sub(r"(<bpmn:conditionExpression[^>]*>)([^<&]*)<", r"\1<![CDATA[\2]]><", text),
        text.replace("&gt;", ">").replace("agreed", "&#97;greed"),
        text.replace("bpmn:", "semantic:")
        .replace("xmlns:bpmn=", "xmlns:semantic=")
        .replace("bpmndi:", "d:")
        .replace("xmlns:bpmndi=", "xmlns:d="),
        re.sub(r"(</?)bpmn:", r"\1", text).replace("xmlns:bpmn=", "xmlns="),
        text.replace(" />", "/>"),
        re.sub(r'="true"', '="1"', re.sub(r'="false"', '="0"', text)),
        re.sub(r'((?:source|target|signal|message|process|attachedTo)Ref)="', r'\1="\n ', text),
        re.sub(r"<bpmn:flowNodeRef>", "<bpmn:flowNodeRef>\n  ", text),
    )
    sheet.data = sheet.dice.choice(ways).encode()


def marked(sheet: Sheet) -> None:
    """Another tool's attribute on any element."""
    node = sheet.any("//bpmn:* | //bpmndi:* | //dc:Bounds")
    tool, name = sheet.dice.choice(list(TOOLS.values())), sheet.dice.choice(SAYS)
    node.set(f"{{{tool}}}{name}", sheet.dice.choice(("true", "#ffcc00", "", "${code}", "demo")))


def extended(sheet: Sheet) -> None:
    """Another tool's extension, with anything in it that is not a call of code."""
    node = sheet.any(" | ".join(f"//bpmn:{tag}" for tag in (*NODES, "process", "sequenceFlow", "lane", "signal")))
    home = node.find("bpmn:extensionElements", SPACES)
    if home is None:
        home = element("extensionElements")
        node.insert(1 if node.find("bpmn:documentation", SPACES) is not None else 0, home)
    tool = sheet.dice.choice(list(TOOLS.values()))
    made = etree.SubElement(
        home, f"{{{tool}}}{sheet.dice.choice(('properties', 'formDefinition', 'meta', 'ioMapping'))}"
    )
    inner = etree.SubElement(made, f"{{{tool}}}property", name="form", value="other", id=sheet.dice.choice(("a", "b")))
    inner.text = sheet.dice.choice((None, "raise", "due(working_days: 1)"))


def headed(sheet: Sheet) -> None:
    """Another tool's header on the file."""
    given = {
        "exporter": "Some Modeler", "exporterVersion": "5.40.0", "expressionLanguage": "http://www.w3.org/1999/XPath",
        f"{{{TOOLS['modeler']}}}executionPlatform": "Camunda Cloud",
        "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation": f"{BPMN} BPMN20.xsd",
    }  # fmt: skip
    name = sheet.dice.choice(list(given))
    sheet.root.set(name, given[name])


def coloured(sheet: Sheet) -> None:
    """A shape or a line has a colour, a label, a style."""
    node = sheet.any("//bpmndi:BPMNShape | //bpmndi:BPMNEdge")
    node.set(f"{{{TOOLS['bioc']}}}stroke", "#831311")
    node.set(f"{{{TOOLS['color']}}}border-color", "#831311")
    if node.find("bpmndi:BPMNLabel", SPACES) is None:
        etree.SubElement(node, f"{{{SPACES['bpmndi']}}}BPMNLabel")


def decorated(sheet: Sheet) -> None:
    """A note, a group, a data object beside the flow, in the process or in a subprocess."""
    home = sheet.any("//bpmn:process | //bpmn:subProcess")
    flow_nodes = [str(n.get("id")) for n in home if local(n) in NODES]
    put(home, sheet.dice.choice(DECORATIONS), f"Extra_{sheet.dice.randrange(10**6)}", sheet.dice.choice(flow_nodes))


def put(home: etree._Element, text: str, *names: str) -> None:
    """Add BPMN to an element, after what it says of itself."""
    holder = etree.fromstring(f'<all xmlns="{BPMN}">{text.format(*names)}</all>')
    first = next((n for n, child in enumerate(home) if local(child) not in {"documentation", "extensionElements"}), 0)
    for number, child in enumerate(list(holder)):
        home.insert(first + number, child)


def with_data(sheet: Sheet) -> None:
    """A task or an event reads and writes data objects, as drawn by a dotted line."""
    node = sheet.node("userTask", "boundaryEvent", "endEvent", "intermediateThrowEvent", "startEvent")
    put(node, sheet.dice.choice(JOINED), f"Extra_{sheet.dice.randrange(10**6)}", "Raised")


def with_pool(sheet: Sheet) -> None:
    """A pool without a process, and a message that flows to it."""
    home = sheet.any("//bpmn:collaboration")
    home.append(element("participant", id="Outside", name="The family"))
    task = sheet.any("//bpmn:userTask").get("id")
    home.append(element("messageFlow", id="To_family", sourceRef=str(task), targetRef="Outside"))


SPELLINGS: Mapping[str, tuple[Edit, ...]] = {
    "comment": (remarked, in_expressions),
    "re-encode": (re_encoded, respelled, respelled),
    "foreign extension": (marked, extended, headed),
    "decoration": (coloured, decorated, with_data, with_pool),
}
"""The kinds of edits that change nothing."""
KINDS: Mapping[str, tuple[Edit, ...]] = {**DRAWN, **SAID, **SPELLINGS}

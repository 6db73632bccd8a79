"""The XML of a diagram: its namespaces, and reading it safely. Knows no element."""

import re

from lxml import etree

from engine.errors import ConcordError
from engine.pathway.diagram import Clause

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"


DC = "{http://www.omg.org/spec/DD/20100524/DC}"


SPIFF = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"
ZEEBE, CAMUNDA = "{http://camunda.org/schema/zeebe/1.0}", "{http://camunda.org/schema/1.0/bpmn}"
SPELLINGS = (SPIFF, ZEEBE, CAMUNDA)
"""The extensions whose `properties` are Concord's: SpiffWorkflow's, and those that Camunda 8's and 7's panels show."""


MAXIMUM_BYTES = 2_000_000


MAXIMUM_DEPTH = 60


NODES = {
    "startEvent",
    "endEvent",
    "boundaryEvent",
    "intermediateCatchEvent",
    "intermediateThrowEvent",
    "userTask",
    "sendTask",
    "task",
    "manualTask",
    "scriptTask",
    "serviceTask",
    "receiveTask",
    "businessRuleTask",
    "exclusiveGateway",
    "parallelGateway",
    "inclusiveGateway",
    "eventBasedGateway",
    "complexGateway",
    "subProcess",
    "transaction",
    "adHocSubProcess",
    "callActivity",
}


class DiagramUnreadable(ConcordError):
    """{file} is not a diagram that can be used: {why}"""


def parse_xml(data: bytes, file: str) -> etree._Element:
    """Parse a diagram safely: no DOCTYPE, no entities, no network; bounded in size and depth."""
    if len(data) > MAXIMUM_BYTES:
        raise DiagramUnreadable(file=file, why=f"it is larger than {MAXIMUM_BYTES:,} bytes.")
    if b"<!DOCTYPE" in data[:100_000] or b"<!ENTITY" in data:
        raise DiagramUnreadable(file=file, why="it has a DOCTYPE. Remove it: a diagram needs none.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DiagramUnreadable(file=file, why=f"it is not well-formed XML ({error.msg}).") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DiagramUnreadable(file=file, why="it has a DOCTYPE. Remove it: a diagram needs none.")
    _bounded(root, file)
    return root


def _bounded(root: etree._Element, file: str) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > MAXIMUM_DEPTH:
            raise DiagramUnreadable(file=file, why=f"it is nested more than {MAXIMUM_DEPTH} levels deep.")
        level = [child for node in level for child in node]


def spoken_of(documentation: str) -> tuple[str, tuple[Clause, ...]]:
    """The words of a documentation, and the clauses that it begins with: “BIR-3.2, E1 [local]: The manager …”."""
    text = " ".join(documentation.split())
    head, colon, rest = text.partition(":")
    clauses = []
    for part in head.split(",") if colon else []:
        match = re.fullmatch(r"\s*([A-Z]+(?:-[A-Z]?[\dA-Za-z.]+)?\d*[a-z]?)\s*(\[local\])?\s*", part)
        if match is None:
            return text, ()
        clauses.append(Clause(id=match[1], local=match[2] is not None))
    return (rest.strip() if colon else text), tuple(clauses)

"""What other tools write around BPMN, taken out of their files and put into one of ours."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree
from respelling import CAMUNDAS

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
SPIFF = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"
READ = frozenset(f"{{{space}}}properties" for space in CAMUNDAS.values())
"""Properties under Camunda's names are Concord's: they are read, and no decoration."""
OWN = frozenset({"id", "name", "targetNamespace"})
DATA = ("dataInputAssociation", "dataOutputAssociation", "ioSpecification", "property")
DRAWN = ("textAnnotation", "association", "group", "dataObject", "dataObjectReference", "dataStoreReference")
BESIDE = ("messageFlow", "conversation", "participantMultiplicity", "textAnnotation", "association", "group")
ON_TOP = ("category", "dataStore", "itemDefinition", "relationship")
Node = etree._Element


@dataclass
class Pieces:
    """What is found in one file, by where it goes."""

    headers: dict[str, str] = field(default_factory=dict)
    extensions: list[Node] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    in_process: list[Node] = field(default_factory=list)
    in_collaboration: list[Node] = field(default_factory=list)
    in_definitions: list[Node] = field(default_factory=list)
    in_task: list[Node] = field(default_factory=list)
    on_shape: dict[str, str] = field(default_factory=dict)
    in_shape: list[Node] = field(default_factory=list)

    def __len__(self) -> int:
        """How many there are."""
        return sum(len(value) for value in vars(self).values())


def pieces_of(root: Node) -> Pieces:
    """What a diagram has beside what flows in it."""
    found = Pieces()
    if root.tag != f"{BPMN}definitions":
        return found
    found.headers = {name: value for name, value in root.attrib.items() if name not in OWN}
    for node in (each for each in root.iter() if isinstance(each.tag, str)):
        if node.tag.startswith(DI):
            found.on_shape |= {name: value for name, value in node.attrib.items() if name.startswith("{")}
            found.in_shape += [each for each in node if each.tag == f"{DI}BPMNLabel"]
        elif node.tag.startswith(BPMN) and node is not root:
            found.attributes |= {name: value for name, value in node.attrib.items() if name.startswith("{")}
    found.extensions = [
        node
        for node in root.iterfind(f".//{BPMN}extensionElements/*")
        if not node.tag.startswith(SPIFF) and node.tag not in READ
    ]
    found.in_process = [*_under(root, DRAWN, ("process", "subProcess"))]
    found.in_task = [*_under(root, DATA, ("userTask", "task", "serviceTask", "callActivity"))]
    empty = [node for node in root.iter(f"{BPMN}participant") if not node.get("processRef")]
    found.in_collaboration = [*_under(root, BESIDE, ("collaboration",)), *empty]
    found.in_definitions = [*_under(root, ON_TOP, ("definitions",))]
    return found


def _under(root: Node, tags: tuple[str, ...], parents: tuple[str, ...]) -> Iterator[Node]:
    wanted = {f"{BPMN}{parent}" for parent in parents}
    for node in root.iter(*(f"{BPMN}{tag}" for tag in tags)):
        parent = node.getparent()
        if parent is not None and parent.tag in wanted:
            yield node


def transplanted(data: bytes, pieces: Pieces) -> bytes:
    """One of our diagrams with all of it: at the top, in the process, in a stage, at a task and on its shape."""
    root = etree.fromstring(data)
    process, collaboration = root.find(f"{BPMN}process"), root.find(f"{BPMN}collaboration")
    task = root.find(f".//{BPMN}userTask")
    stage = next(node for node in root.iter(f"{BPMN}subProcess") if not node.get("triggeredByEvent"))
    shape = root.find(f".//{DI}BPMNShape[@bpmnElement='{task.get('id')}']")
    for name, value in pieces.headers.items():
        root.set(name, value)
    for node, given in ((task, pieces.attributes), (stage, pieces.attributes), (shape, pieces.on_shape)):
        for name, value in given.items():
            node.set(name, value)
    for node in (task, stage, root):
        _extend(node, pieces.extensions)
    for place, given in (
        (process, pieces.in_process), (stage, pieces.in_process), (collaboration, pieces.in_collaboration),
        (root, pieces.in_definitions), (task, pieces.in_task), (shape, pieces.in_shape),
    ):  # fmt: skip
        place.extend([_apart(node, f"{place.get('id')}_{number}") for number, node in enumerate(given)])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _extend(node: Node, extensions: list[Node]) -> None:
    holder = node.find(f"{BPMN}extensionElements")
    if holder is None:
        holder = etree.SubElement(node, f"{BPMN}extensionElements")
    holder.extend([deepcopy(extension) for extension in extensions])


def _apart(node: Node, before: str) -> Node:
    """A copy whose ids are no other's; what it holds for other tools keeps its own."""
    copied = deepcopy(node)
    for each in copied.iter():
        if isinstance(each.tag, str) and each.get("id"):
            each.set("id", f"Foreign_{before}_{each.get('id')}")
    return copied

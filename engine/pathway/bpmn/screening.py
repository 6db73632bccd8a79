"""Whether all that stands in a diagram's file is read, or only decorates; what is neither is refused by name.

Nothing is passed over: SpiffWorkflow is given what was read, so what nobody read would be drawn and never run.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from engine.bounds import shortened
from engine.pathway.bpmn import grammar
from engine.pathway.bpmn.xml import BPMN, DI, SPIFF
from engine.pathway.finding import Finding

EXTENSIONS = "extensionElements"
EXPRESSIONS: Mapping[str, str] = {
    "conditionExpression": "condition",
    "timeDate": "date of the timer",
    "loopCardinality": "loop cardinality",
}
"""The expressions, and what a modeller's panel calls them."""


def local(node: etree._Element) -> str:
    """A tag without its namespace."""
    return str(node.tag).rpartition("}")[2]


def spaced(text: str | None) -> str:
    """A text with its runs of white space, line breaks included, as one space each."""
    return " ".join((text or "").split())


def at(rule: str, node: etree._Element, message: str) -> Finding:
    """A finding at what stands in the file: at its id, else at that of what it stands in."""
    owner: etree._Element | None = node
    while owner is not None and not owner.get("id"):
        owner = owner.getparent()
    return Finding(rule=rule, element=owner.get("id") if owner is not None else None, message=message)


def called_at(node: etree._Element) -> str:
    """How to call what stands in the file: by its id and name, else by what it stands in."""
    name, owner = shortened(spaced(node.get("name"))), node
    while not owner.get("id") and (parent := owner.getparent()) is not None:
        owner = parent
    identity = owner.get("id") or local(owner)
    return f"{identity} (“{name}”)" if name and owner is node else identity


def screened(root: etree._Element) -> Iterator[Finding]:
    """What is not read of a file, and ids that are there twice."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield from _attributes(node)
        for child in (each for each in node if isinstance(each.tag, str)):
            if _runs(child, node):
                waiting += [child] if local(child) != "participant" or child.get("processRef") else []
            else:
                yield from _aside(child, node)
    drawn = Counter(node.get("bpmnElement") or "" for node in root.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge"))
    for identity, times in drawn.items():
        if identity and times > 1:
            message = f"{identity} is drawn {times} times. Draw it once."
            yield Finding(rule="D12", element=identity, message=message)
    counted = Counter(_ids(root))
    for identity, times in counted.items():
        if times > 1:
            message = f"{times} things are called {identity}. Give each an id of its own."
            yield Finding(rule="D8", element=identity, message=message)


def _ids(root: etree._Element) -> Iterator[str]:
    """The ids of BPMN; what other tools keep in extensions has ids of its own."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node.tag, str) and node.tag.startswith(BPMN) and local(node) != EXTENSIONS:
            waiting.extend(node)
            if identity := node.get("id"):
                yield identity


def _runs(child: etree._Element, node: etree._Element) -> bool:
    """Whether it is something that is read there, with its own attributes and children."""
    if not child.tag.startswith(BPMN) or local(child) in grammar.DECORATION | grammar.BASE:
        return False
    known = grammar.RUNS.get(local(node))
    return known is not None and local(child) in known.children


def _aside(child: etree._Element, node: etree._Element) -> Iterator[Finding]:
    """What is not read: left alone where it only decorates, refused where it would not be honoured."""
    name = local(child)
    if name == "documentation":
        return
    if local(node) in EXPRESSIONS:
        message = f"The {EXPRESSIONS[local(node)]} of {called_at(node)} holds the tag {name}. Write plain text."
        yield at("expression", node, message)
    elif name == EXTENSIONS:
        for extension in (each for each in child if isinstance(each.tag, str)):
            yield from _extension(extension, node)
    elif not child.tag.startswith(BPMN):
        yield from _extension(child, node)
    elif name not in grammar.DECORATION:
        yield at("D11", child, _refused(child, node))


def _refused(child: etree._Element, parent: etree._Element) -> str:
    name, where = local(child), local(parent)
    called = called_at(child) if child.get("id") else called_at(parent)
    if why := grammar.REFUSED.get(name):
        return f"{called} {why}."
    if why := grammar.MISPLACED.get((where, name)):
        return f"{called_at(parent)} {why}."
    if name in grammar.RUNS:
        return f"{called}: no {name} is read in a {where}. Move it, or take it out."
    return f"{called} is a {name}, which is not run here. Take it out."


def _attributes(node: etree._Element) -> Iterator[Finding]:
    known = grammar.RUNS.get(local(node), grammar.Tag())
    called = called_at(node)
    for name, value in ((str(name), str(value).strip()) for name, value in node.attrib.items()):
        if name.startswith("{"):
            space, _, plain = name[1:].partition("}")
            if _of_an_engine(space) and plain in grammar.EXECUTES:
                yield at("D11", node, f"The attribute {plain} of {called} calls code. Take it out.")
        elif name in known.ignored:
            continue
        elif name == "default" and name not in known.attributes:
            yield at("D11", node, f"{called} has a default flow, but only a gateway chooses. Take it out.")
        elif name not in known.attributes:
            yield at("D11", node, f"{called} has the attribute “{name}”, which is not read. Take it out.")
        elif name in grammar.ONLY and {"0": "false"}.get(value, value) != grammar.ONLY[name][0]:
            yield at("D11", node, f"{called} {grammar.ONLY[name][1]}, which is not run. Take that out.")
        elif name == "language" and "feel" not in value.lower():
            yield at("expression", node, f"The expression of {called} is written in {value}. Write it in FEEL.")


def _extension(node: etree._Element, owner: etree._Element) -> Iterator[Finding]:
    """An extension: what is read of SpiffWorkflow's, what another engine would run, or decoration."""
    names = [local(each) for each in node.iter() if isinstance(each.tag, str)]
    if node.tag.startswith(SPIFF):
        for name in sorted({*names} - grammar.EXTENSIONS):
            message = f"The extension {name} of {called_at(owner)} is not known here and could run code. Take it out."
            yield at("D11", owner, message)
    elif _of_an_engine(str(etree.QName(node).namespace or "")):
        for name in sorted({*names} & grammar.EXECUTES):
            yield at("D11", owner, f"The extension {name} of {called_at(owner)} calls code. Take it out.")


def _of_an_engine(space: str) -> bool:
    return any(engine in space for engine in grammar.ENGINES)

"""Spoils what ships in one place, and says what `check` makes of it: the rules first, the proof where they are content.

A property's name stands behind “proof:”. What is spoilt is listed by kind, so that one can see what was tried.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import mutations as change
import pytest
from lxml import etree
from mutations import BPMN, DMN, Files, Mutation
from play import place, shipped

from engine.composition import executor, proven
from engine.course import Version
from engine.pathway.rules import USE, check_files
from engine.proof import run_scenario

BIRMINGHAM, WOLVERHAMPTON, BROMLEY, HARROW, BARNET = "birmingham", "wolverhampton", "bromley", "harrow", "barnet"
CONFERENCE, REVIEW = "harrow/conference-dissent", "harrow/review-dissent"
REQUEST = "wolverhampton/conference-request"
MAIN = (BIRMINGHAM, WOLVERHAMPTON, BROMLEY, HARROW, BARNET)
SIDE = (REQUEST, CONFERENCE, REVIEW)
EVERY = (*MAIN, *SIDE)
REGISTER = "-duties.toml"
KINDS = (
    "a timer removed", "its days changed", "a flow dropped", "the risk branch cut", "the risk branch interrupts",
    "a reminder interrupts", "a stage's record skipped", "a condition inverted", "a form field renamed",
    "a lane renamed", "a table row deleted", "a table row doubled",
)  # fmt: skip
"""What is tried on every pathway; what is tried besides has a name of its own."""


@dataclass(frozen=True)
class Spoilt:
    """A mutation of what ships and what must be said of it, and of which pathways it is tried.

    `entered`: the register says otherwise, but for the pathways where this is `unsaid`. Then a rule catches it, and
    nothing is proven any more; `caught` is what is said where there is no register.
    """

    mutation: Mutation
    caught: frozenset[str]
    where: tuple[str, ...]
    entered: bool = False
    unsaid: tuple[str, ...] = ()

    def said_of(self, pathway: str) -> frozenset[str]:
        """What must be said of it in a pathway."""
        if not self.entered or pathway in self.unsaid:
            return self.caught
        return frozenset(name for name in self.caught if not name.startswith("proof:")) | {"duty"}

    @property
    def provable(self) -> bool:
        """Whether only the proof catches it, with the register or without."""
        return all(name.startswith("proof:") for name in self.caught)


ByKind = Mapping[str, Iterable[Spoilt]]


def case(
    mutation: Mutation,
    *caught: str,
    where: tuple[str, ...] = EVERY,
    entered: bool = False,
    unsaid: tuple[str, ...] = (),
) -> Spoilt:
    """One line of a list."""
    return Spoilt(mutation, frozenset(caught), where, entered, unsaid)


def kinds(files: Files, pathway: str) -> set[str]:
    """What `check` says: the rules broken, or, where there are none, the properties, whose scenarios run again.

    What only keeps it from being published is left out: missing numbers (S6), words that say another limit (D12).
    """
    read, findings = check_files(files, *place(pathway))
    found = {f.rule for f in findings if f.blocks == USE}
    if found or read is None:
        return found
    proof = proven(read)
    for broken in proof.broken:
        if broken.scenario is not None and broken.what != "expression":
            run_scenario(Version(pathway=read, executor=executor(read)), broken.scenario)
    return {f"proof: {broken.what}" for broken in proof.broken}


def said(spoilt: Spoilt, pathway: str, *, registered: bool = True) -> set[str]:
    """What is said of a pathway that is spoilt like this, with its register of duties or without."""
    files = spoilt.mutation.of(shipped(pathway))
    return kinds({path: files[path] for path in files if registered or not path.endswith(REGISTER)}, pathway)


def each(spoilt: ByKind, *, entered: bool = False) -> pytest.MarkDecorator:
    """Run a test once for each mutation and each pathway that it is tried on; only for what a register says too."""
    lines = [(kind, line) for kind, lines in spoilt.items() for line in lines if line.entered or not entered]
    return pytest.mark.parametrize(
        ("pathway", "spoilt"),
        [pytest.param(p, s, id=f"{p}, {kind}: {s.mutation.name}") for kind, s in lines for p in s.where],
    )


# What can be done to a pathway's files, beside what takes a clause's element out.


def text(name: str, old: str, new: str, ending: str = ".bpmn", times: int = -1) -> Mutation:
    """Replace a text in a file."""

    def apply(files: Files) -> dict[str, bytes]:
        path = next(path for path in files if path.endswith(ending))
        return {**files, path: files[path].replace(old.encode(), new.encode(), times)}

    return Mutation(name, apply)


def diagram(name: str, work: Callable[[etree._Element], None]) -> Mutation:
    """Change the diagram's XML."""

    def apply(files: Files) -> dict[str, bytes]:
        path = next(path for path in files if path.endswith(".bpmn"))
        root = etree.fromstring(files[path])
        before = etree.tostring(root)
        work(root)
        after = etree.tostring(root)
        return dict(files) if after == before else {**files, path: after}

    return Mutation(name, apply)


def no_flow(source: str, target: str) -> Mutation:
    """Drop the flow between two elements, and the default that it may be."""
    return diagram(f"{source} no longer leads to {target}", lambda root: _drop_flow(root, f"{source}_to_{target}"))


def _drop_flow(root: etree._Element, identity: str) -> None:
    for node in list(root.iter()):
        if node.get("default") == identity:
            del node.attrib["default"]
        named = node.tag in {f"{BPMN}incoming", f"{BPMN}outgoing"} and node.text == identity
        if node.get("id") == identity or named:
            node.getparent().remove(node)


def attribute(identity: str, name: str, value: str | None) -> Mutation:
    """Set an attribute of an element, or (none) take it away."""

    def work(root: etree._Element) -> None:
        node = root.find(f".//{BPMN}process//*[@id='{identity}']")
        node.attrib.pop(name, None)
        if value is not None:
            node.set(name, value)

    return diagram(f"{identity}: {name} becomes {value}", work)


def _condition(root: etree._Element, source: str, target: str) -> etree._Element:
    return root.find(f".//{BPMN}sequenceFlow[@id='{source}_to_{target}']/{BPMN}conditionExpression")


def condition(source: str, target: str, new: str) -> Mutation:
    """Write another condition on the flow between two elements."""

    def work(root: etree._Element) -> None:
        _condition(root, source, target).text = new

    return diagram(f"{source} leads to {target} if {new}", work)


def inverted(source: str, target: str) -> Mutation:
    """Let the flow between two elements be taken when it was not, and the other way round."""

    def work(root: etree._Element) -> None:
        found = _condition(root, source, target)
        found.text = f"not ({found.text})"

    return diagram(f"{source} leads to {target} if it did not", work)


def carries(name: str, signal: str, tag: str, what: str) -> Mutation:
    """Let a signal carry what nobody asks for."""
    drawn = f'<bpmn:signal id="Signal_{signal}" name="{signal}"'
    carried = f"<spiffworkflow:{tag}>{what}</spiffworkflow:{tag}>"
    extended = f"<bpmn:extensionElements>{carried}</bpmn:extensionElements></bpmn:signal>"
    return text(name, f"{drawn} />", f"{drawn}>{extended}")


def child(identity: str, tag: str, *, becomes: str | None) -> Mutation:
    """Take the first child of that kind out of an element, or put another in its place."""

    def work(root: etree._Element) -> None:
        node = root.find(f".//{BPMN}process//*[@id='{identity}']")
        found = node.find(f"{BPMN}{tag}")
        at = node.index(found)
        node.remove(found)
        if becomes is not None:
            node.insert(at, etree.Element(f"{BPMN}{becomes}"))

    return diagram(f"{identity} without {tag}", work)


def lane(old: str, new: str) -> Mutation:
    """Give a lane's tier another key, and nothing else."""

    def work(root: etree._Element) -> None:
        told = [p for lane in root.iter(f"{BPMN}lane") for p in lane.iter("{*}property") if p.get("value") == old]
        assert told
        for each in told:
            each.set("value", new)

    return diagram(f"the lane {old} is called {new}", work)


def renamed(stem: str, key: str, new: str) -> Mutation:
    """Rename a question of a form, there and where the form itself reads it."""

    def apply(files: Files) -> dict[str, bytes]:
        path = next(path for path in files if path.endswith(f"/{stem}.form"))
        form = json.loads(files[path])
        for component in form["components"]:
            if component.get("key") == key:
                component["key"] = new
            if reads := component.get("conditional"):
                reads["hide"] = re.sub(rf"\b{key}\b", new, reads["hide"])
        written = form.get("properties", {})
        form["properties"] = {name: re.sub(rf"\b{key}\b", new, rule) for name, rule in written.items()}
        after = json.dumps(form).encode()
        return dict(files) if json.loads(files[path]) == form else {**files, path: after}

    return Mutation(f"{stem}.form asks {new}, not {key}", apply)


def twice(table: str, row: int) -> Mutation:
    """Write a row of a decision table a second time."""

    def apply(files: Files) -> dict[str, bytes]:
        path = next(path for path in files if path.endswith(f"/{table}.dmn"))
        root = etree.fromstring(files[path])
        rule = list(root.iter(f"{DMN}rule"))[row]
        again = etree.fromstring(etree.tostring(rule).replace(b'id="', b'id="Again_'))
        rule.getparent().insert(rule.getparent().index(rule), again)
        return {**files, path: etree.tostring(root)}

    return Mutation(f"{table} with row {row} twice", apply)


without, limit, prop = change.without, change.limit, change.prop

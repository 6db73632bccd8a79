"""Takes one thing out of a pathway's files, as bytes, so that a clause's own test can show that it needed it."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
SPIFF = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"
DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
Files = Mapping[str, bytes]


class MutationVoidError(Exception):
    """A mutation found nothing to change: what it names is not in the pathway."""


@dataclass(frozen=True)
class Mutation:
    """A named change of a pathway's files."""

    name: str
    change: Callable[[Files], dict[str, bytes]]

    def of(self, files: Files) -> dict[str, bytes]:
        """The changed files; MutationVoidError where nothing has changed."""
        changed = self.change(files)
        if changed == dict(files):
            raise MutationVoidError(self.name)
        return changed


def _file(files: Files, ending: str) -> str:
    found = [name for name in files if name.endswith(ending)]
    if len(found) != 1:
        message = f"{ending}: {found}"
        raise MutationVoidError(message)
    return found[0]


def _diagram(name: str, change: Callable[[etree._Element], None]) -> Mutation:
    def apply(files: Files) -> dict[str, bytes]:
        path = _file(files, ".bpmn")
        root = etree.fromstring(files[path])
        before = etree.tostring(root)
        change(root)
        after = etree.tostring(root)
        return dict(files) if before == after else {**files, path: after}

    return Mutation(name, apply)


def _node(root: etree._Element, identity: str) -> etree._Element:
    found = root.find(f".//{BPMN}process//*[@id='{identity}']")
    if found is None:
        raise MutationVoidError(identity)
    return found


def _flows(root: etree._Element, end: str, identity: str | None) -> list[etree._Element]:
    return [flow for flow in root.iter(f"{BPMN}sequenceFlow") if flow.get(end) == identity]


def _refer(root: etree._Element, tag: str, text: str | None) -> list[etree._Element]:
    return [ref for ref in root.iter(f"{BPMN}{tag}") if ref.text == text]


def _drop(node: etree._Element) -> None:
    node.getparent().remove(node)


def _drop_flow(root: etree._Element, flow: etree._Element) -> None:
    for tag in ("incoming", "outgoing"):
        for ref in _refer(root, tag, flow.get("id")):
            _drop(ref)
    for node in root.iter():
        if node.get("default") == flow.get("id"):
            del node.attrib["default"]
    _drop(flow)


def _redirect(root: etree._Element, flow: etree._Element, target: str) -> None:
    for ref in _refer(root, "incoming", flow.get("id")):
        _drop(ref)
    flow.set("targetRef", target)
    ref = etree.SubElement(_node(root, target), f"{BPMN}incoming")
    ref.text = flow.get("id")
    place = _node(root, target)
    place.remove(ref)
    place.insert(len(place.findall(f"{BPMN}documentation")) + len(place.findall(f"{BPMN}extensionElements")), ref)


def _remove(root: etree._Element, identity: str) -> None:
    node = _node(root, identity)
    for edge in [e for e in root.iter(f"{BPMN}boundaryEvent") if e.get("attachedToRef") == identity]:
        _remove(root, edge.get("id"))
    outgoing = _flows(root, "sourceRef", identity)
    incoming = _flows(root, "targetRef", identity)
    onward = next((f for f in outgoing if f.get("id") == node.get("default")), outgoing[0] if outgoing else None)
    after = [f.get("targetRef") for f in outgoing]
    for flow in incoming:
        if onward is None:
            _drop_flow(root, flow)
        else:
            _redirect(root, flow, onward.get("targetRef"))
    for flow in outgoing:
        _drop_flow(root, flow)
    for ref in _refer(root, "flowNodeRef", identity):
        _drop(ref)
    _drop(node)
    for target in after:
        _remove_orphan(root, target)


def _remove_orphan(root: etree._Element, identity: str) -> None:
    node = root.find(f".//{BPMN}process//*[@id='{identity}']")
    if node is not None and not _flows(root, "targetRef", identity):
        _remove(root, identity)


def without(identity: str) -> Mutation:
    """Take a flow node out; what led to it leads on to what it led to, and what only it led to goes with it."""
    return _diagram(f"without {identity}", lambda root: _remove(root, identity))


def limit(identity: str, old: str, new: str) -> Mutation:
    """Change the text of a timer or of a task's due limit."""

    def change(root: etree._Element) -> None:
        node = _node(root, identity)
        timers = [(t, "text") for t in node.iter(f"{BPMN}timeDate")]
        dues = [p for p in node.findall(f"{BPMN}extensionElements//{SPIFF}property") if p.get("name") == "due"]
        for timer, _ in timers:
            timer.text = (timer.text or "").replace(old, new)
        for due in dues:
            due.set("value", due.get("value").replace(old, new))

    return _diagram(f"{identity}: {old} becomes {new}", change)


def prop(identity: str, name: str, value: str | None) -> Mutation:
    """Change a property of an element, or (none) take it away."""

    def change(root: etree._Element) -> None:
        places = _node(root, identity).findall(f"{BPMN}extensionElements/{SPIFF}properties")
        for found in [p for place in places for p in place if p.get("name") == name]:
            _drop(found)
        for place in places if value is not None else ():
            etree.SubElement(place, f"{SPIFF}property", name=name, value=value)

    return _diagram(f"{identity}: {name} becomes {value}", change)


def once(identity: str) -> Mutation:
    """Let a task that is done for each child be done once."""

    def change(root: etree._Element) -> None:
        for loop in _node(root, identity).findall(f"{BPMN}multiInstanceLoopCharacteristics"):
            _drop(loop)

    return _diagram(f"{identity} only once", change)


def interrupting(identity: str) -> Mutation:
    """Let a boundary event that leaves its stage running end it."""

    def change(root: etree._Element) -> None:
        _node(root, identity).attrib.pop("cancelActivity", None)

    return _diagram(f"{identity} interrupts", change)


def swapped(source: str, old: str, new: str) -> Mutation:
    """Lead a flow from `source` to another element than it leads to."""

    def change(root: etree._Element) -> None:
        for flow in _flows(root, "sourceRef", source):
            if flow.get("targetRef") == old:
                _redirect(root, flow, new)

    return _diagram(f"{source} to {new}, not {old}", change)


def _form(stem: str, name: str, change: Callable[[dict], None]) -> Mutation:
    def apply(files: Files) -> dict[str, bytes]:
        path = _file(files, f"/{stem}.form")
        before, form = json.loads(files[path]), json.loads(files[path])
        change(form)
        return dict(files) if form == before else {**files, path: json.dumps(form).encode()}

    return Mutation(f"{stem}.form {name}", apply)


def no_field(stem: str, key: str) -> Mutation:
    """Take a question out of a form."""

    def change(form: dict) -> None:
        form["components"] = [c for c in form["components"] if c.get("key") != key]

    return _form(stem, f"without {key}", change)


def optional(stem: str, key: str) -> Mutation:
    """Let a question be left unanswered."""

    def change(form: dict) -> None:
        for component in form["components"]:
            if component.get("key") == key:
                component.get("validate", {}).pop("required", None)

    return _form(stem, f"with {key} optional", change)


def no_choice(stem: str, key: str, value: str) -> Mutation:
    """Take one answer out of a question's choices."""

    def change(form: dict) -> None:
        for component in form["components"]:
            if component.get("key") == key:
                component["values"] = [v for v in component["values"] if v["value"] != value]

    return _form(stem, f"without {key} = {value}", change)


def no_texts(stem: str) -> Mutation:
    """Take the static texts out of a form."""

    def change(form: dict) -> None:
        form["components"] = [c for c in form["components"] if c["type"] != "text"]

    return _form(stem, "without its texts", change)


def no_words(stem: str, words: str) -> Mutation:
    """Take some words out of a form's labels, descriptions and texts."""

    def change(form: dict) -> None:
        for component in form["components"]:
            for part in ("label", "description", "text"):
                if part in component:
                    component[part] = component[part].replace(words, "…")

    return _form(stem, f"without the words {words}", change)


def no_rules(stem: str) -> Mutation:
    """Take the rules across fields out of a form."""

    def change(form: dict) -> None:
        form["properties"] = {k: v for k, v in form.get("properties", {}).items() if not k.startswith("rule_")}

    return _form(stem, "without its rules", change)


def no_row(table: str, *cells: str) -> Mutation:
    """Take the rows out of a decision table whose input cells read like this; a quoted word may be one of several."""

    def apply(files: Files) -> dict[str, bytes]:
        path = _file(files, f"/{table}.dmn")
        root = etree.fromstring(files[path])
        rules = list(root.iter(f"{DMN}rule"))
        for rule in rules:
            tests = [(t.findtext(f"{DMN}text") or "") for t in rule.findall(f"{DMN}inputEntry")]
            if all(cell in test for cell, test in zip(cells, tests, strict=False)):
                _drop(rule)
        gone = len(rules) - len(list(root.iter(f"{DMN}rule")))
        return {**files, path: etree.tostring(root)} if gone else dict(files)

    return Mutation(f"{table}.dmn without {', '.join(cells)}", apply)


def blank(section: str, key: str) -> Mutation:
    """Empty a setting of the partnership."""

    def apply(files: Files) -> dict[str, bytes]:
        path = _file(files, "/partnership.toml")
        lines, here = [], ""
        for line in files[path].decode().splitlines():
            heading = re.match(r"\s*\[([\w.]+)\]", line)
            here = heading[1] if heading else here
            lines.append(f'{key} = ""' if here == section and re.match(rf"{key}\s*=", line) else line)
        changed = ("\n".join(lines) + "\n").encode()
        return dict(files) if changed == files[path] else {**files, path: changed}

    return Mutation(f"partnership.toml with {section}.{key} blank", apply)


def no_contact(agency: str) -> Mutation:
    """Take an agency's entry out of the members' directory."""

    def apply(files: Files) -> dict[str, bytes]:
        path = _file(files, "/contacts.toml")
        parts = files[path].decode().split("[[contact]]")
        kept = [part for part in parts if f'agency = "{agency}"' not in part]
        return {**files, path: "[[contact]]".join(kept).encode()} if len(kept) < len(parts) else dict(files)

    return Mutation(f"{Path('contacts.toml')} without {agency}", apply)

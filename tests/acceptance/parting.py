"""Where a drawing and its register part company, and what is said of it.

`check` is the fast rules, and the proof where they find nothing that forbids use; a property stands behind “proof:”.
"""

from dataclasses import dataclass

from lxml import etree
from mutations import BPMN, Files, Mutation
from play import place, shipped
from spoiling import diagram

from engine.composition import proven
from engine.pathway.rules import USE, check_files

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
Caught = tuple[Mutation, set[str]]


def together(name: str, *changes: Mutation) -> Mutation:
    """Several changes as one."""

    def apply(files: Files) -> dict[str, bytes]:
        for one in changes:
            files = one.of(files)
        return dict(files)

    return Mutation(name, apply)


def said_of(element: str, old: str, new: str) -> Mutation:
    """Let the name and the documentation of an element say something else."""

    def work(root: etree._Element) -> None:
        node = root.find(f".//{BPMN}process//*[@id='{element}']")
        node.set("name", node.get("name", "").replace(old, new))
        for words in node.findall(f"{BPMN}documentation"):
            words.text = (words.text or "").replace(old, new)

    return diagram(f"{element} says {new}, not {old}", work)


def ended_by_a_timer(task: str, leads_to: str) -> Mutation:
    """Draw a timer on the edge of a task that ends it after a working day and goes on."""
    model, flow = "Resolution_NoObjection", f"{task}_TooLate_to_{leads_to}"

    def again(root: etree._Element, old: str, new: str, drawn: str) -> None:
        plane = next(root.iter(f"{DI}BPMNPlane"))
        shape = next(each for each in plane if each.get("bpmnElement") == old)
        copied = etree.fromstring(etree.tostring(shape))
        copied.set("bpmnElement", new)
        copied.set("id", drawn)
        plane.append(copied)

    def work(root: etree._Element) -> None:
        host, timer = (root.find(f".//{BPMN}process//*[@id='{each}']") for each in (task, model))
        event = etree.fromstring(etree.tostring(timer).replace(model.encode(), f"{task}_TooLate".encode()))
        event.set("attachedToRef", task)
        for out in event.findall(f"{BPMN}outgoing"):
            out.text = flow
        host.getparent().append(event)
        etree.SubElement(
            host.getparent(), f"{BPMN}sequenceFlow", id=flow, sourceRef=f"{task}_TooLate", targetRef=leads_to
        )
        target = root.find(f".//{BPMN}process//*[@id='{leads_to}']")
        first = target.find(f"{BPMN}incoming")
        first.addnext(etree.fromstring(etree.tostring(first).replace((first.text or "").encode(), flow.encode())))
        for ref in [each for each in root.iter(f"{BPMN}flowNodeRef") if each.text == task]:
            etree.SubElement(ref.getparent(), f"{BPMN}flowNodeRef").text = f"{task}_TooLate"
        again(root, model, f"{task}_TooLate", f"{task}_TooLate_shape")
        again(root, timer.findtext(f"{BPMN}outgoing"), flow, f"{task}_TooLate_edge")

    return diagram(f"{task} is ended by a timer", work)


def said(mutation: Mutation, name: str = "birmingham") -> set[str]:
    """All that is said of it, what only keeps it from being published among it; but for the number that is missing."""
    pathway, findings = check_files(mutation.of(shipped(name)), *place(name))
    found = {finding.rule for finding in findings if finding.rule != "S6"}
    if pathway is None or any(finding.blocks == USE for finding in findings):
        return found
    return found | {f"proof: {broken.what}" for broken in proven(pathway).broken}


@dataclass(frozen=True, kw_only=True)
class Parted:
    """A pathway whose drawing and register part company in one place each.

    What `by_a_rule` and `by_the_proof` hold is caught by what is named and by no other, `somehow` by whatever it is.
    There are so many of the named ones at the `least`.
    """

    pathway: str
    by_a_rule: tuple[Caught, ...] = ()
    by_the_proof: tuple[Caught, ...] = ()
    somehow: tuple[Mutation, ...] = ()
    least: int = 0

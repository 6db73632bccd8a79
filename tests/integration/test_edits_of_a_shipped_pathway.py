"""Small edits of a shipped pathway that once went wrong, each for its kind: the right answer of `check` to each."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import examine_folder

SHIPPED = Path(__file__).parents[2]
DISCUSS = '<bpmn:userTask id="Stage1_Discuss" name="Meet and discuss the case">'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of Birmingham's folder with its forms and the rules that all share beside it."""
    shutil.copytree(SHIPPED / "forms", tmp_path / "forms")
    copied = Path(shutil.copytree(SHIPPED / "bpmn" / "birmingham", tmp_path / "bpmn" / "birmingham"))
    shutil.copy(SHIPPED / "bpmn" / "shared-duties.toml", tmp_path / "bpmn")
    return copied


def edited(folder: Path, edit: Callable[[str], str], file: str = "escalation.bpmn") -> list[str]:
    """What is found of the pathway after an edit of one of its files, that it misses telephone numbers left out."""
    path = folder / file
    before = path.read_text("utf-8")
    after = edit(before)
    assert after != before, "The edit changes nothing"
    path.write_text(after, "utf-8")
    return [f.message for f in examine_folder(folder, "escalation", None).findings if f.rule != "S6"]


def put(before: str, new: str) -> Callable[[str], str]:
    """Put something before the first place where a text stands."""
    return lambda text: text.replace(before, new + before, 1)


def swap(old: str, new: str, times: int = 1) -> Callable[[str], str]:
    """Another text in its place."""
    return lambda text: text.replace(old, new, times)


FIRST_TASK = re.compile(r'(<bpmn:userTask id="Stage1_\w+" name="[^"]+">)')
DATA = '<bpmn:dataObject id="D" /><bpmn:dataObjectReference id="R" name="File" dataObjectRef="D" />'
JOINED = '<bpmn:dataOutputAssociation id="A"><bpmn:targetRef>R</bpmn:targetRef></bpmn:dataOutputAssociation>'
LAST = re.compile(r"</(?=bpmn:userTask>)")
PROPERTY = re.compile(r'<spiffworkflow:property name="([^"]*)" value="([^"]*)" />')
UNTOUCHED: dict[str, Callable[[str], str]] = {
    "a data object joined to a task": lambda t: FIRST_TASK.sub(
        lambda m: DATA + m[1],
        re.sub(r"(?s)(<bpmn:userTask id=\"Stage1_.*?)(</bpmn:userTask>)", rf"\1{JOINED}\2", t, count=1),
        count=1,
    ),
    "Camunda Modeler's own header": lambda t: t.replace(
        "<bpmn:definitions ",
        '<bpmn:definitions xmlns:modeler="http://camunda.org/schema/modeler/1.0" '
        'modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.6.0" ',
        1,
    ),
    "a property with its value before its name": lambda t: re.sub(
        r'<spiffworkflow:property name="([^"]*)" value="([^"]*)" />',
        r'<spiffworkflow:property value="\2" name="\1" />',
        t,
    ),
    "a collapsed pool of people outside, and what is said to them": lambda t: t.replace(
        "</bpmn:collaboration>",
        '<bpmn:participant id="Family" name="Child and family" />'
        '<bpmn:messageFlow id="Said" sourceRef="Stage1" targetRef="Family" /></bpmn:collaboration>',
        1,
    ),
    "one for true": swap('isExecutable="true"', 'isExecutable="1"'),
    "one for true at an event subprocess": swap('triggeredByEvent="true"', 'triggeredByEvent="1"', 99),
    "a comment before a text": put("children</bpmn:loopCardinality>", "<!-- all -->"),
}


@pytest.mark.parametrize("edit", UNTOUCHED.values(), ids=UNTOUCHED.keys())
def test_what_only_decorates_or_spells_otherwise_changes_nothing(folder: Path, edit: Callable[[str], str]) -> None:
    """What another tool writes, and XML's own ways to write the same."""
    assert edited(folder, edit) == []


STAGE_1 = '<spiffworkflow:property name="stage" value="1" />'
FOUND: dict[str, tuple[Callable[[str], str], str]] = {
    "nothing drawn": (lambda t: re.sub(r"(?s)<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>", "", t), "drawn"),
    "a condition goes on after a comment": (
        lambda t: re.sub(
            r'(<bpmn:conditionExpression[^>]*>result = "agreed")(</)',
            r'\1 <!-- for now --> and result = "never"\2', t, count=1,
        ),
        "never",
    ),
    "a task without a name": (
        lambda t: re.sub(r'(<bpmn:userTask id="Stage1_\w+") name="[^"]+"', r"\1", t, count=1), "name",
    ),
    "two stages of one number": (swap(STAGE_1.replace('"1"', '"2"'), STAGE_1), "the number of Stage1"),
    "a task repeated 100,000,000 times": (
        lambda t: re.sub(r"(<bpmn:loopCardinality[^>]*>)children<", r"\g<1>100000000<", t, count=1),
        "100000000",
    ),
    "a clause of 10,000 digits": (
        lambda t: re.sub(r'(name="duties" value=")BIR-1', r"\1BIR-" + "1" * 10_000, t, count=1), "at most 500",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "part"), FOUND.values(), ids=FOUND.keys())
def test_what_would_mislead_or_run_for_ever_is_found(folder: Path, edit: Callable[[str], str], part: str) -> None:
    """At once, with what is wrong."""
    found = edited(folder, edit)
    assert any(part in message for message in found), found


def test_settings_with_a_byte_order_mark_are_read(folder: Path) -> None:
    """Windows' editors write one."""
    assert edited(folder, lambda text: "\ufeff" + text, "partnership.toml") == []


def test_a_settings_key_of_many_parts_is_found(folder: Path) -> None:
    """Each part nests: it is bounded before it is read."""
    key = ".".join(["a"] * 20_000)
    assert edited(folder, lambda text: f"{text}\n[x]\n{key} = 1\n", "partnership.toml")

"""Properties may be written as Camunda 8, Camunda 7 or SpiffWorkflow write them, and mean the same (D6)."""

from pathlib import Path

import pytest
from respelling import CAMUNDAS, respelled

from engine.pathway import collect, pathways_in, read_pathway
from engine.pathway.bpmn.reader import read_strictly
from engine.pathway.definition import READER
from engine.pathway.rules import check_files

SHIPPED = Path(__file__).parents[2] / "bpmn"
FOLDERS = sorted(folder for folder in SHIPPED.iterdir() if folder.is_dir())
PATHWAYS = [(folder.name, name) for folder in FOLDERS for name in pathways_in(folder)]


def spelled(files: dict[str, bytes], main: str, prefix: str) -> dict[str, bytes]:
    """The files with the diagram's properties under another name."""
    return {**files, main: respelled(files[main].decode(), prefix).encode()}


@pytest.mark.parametrize("prefix", CAMUNDAS)
@pytest.mark.parametrize(("folder", "name"), PATHWAYS)
def test_a_shipped_pathway_means_the_same_under_each(folder: str, name: str, prefix: str) -> None:
    """The same pathway and the same findings, so the same timeline and proof: what follows sees nothing else."""
    files, main = dict(collect(SHIPPED / folder, name)), f"bpmn/{folder}/{name}.bpmn"
    again = spelled(files, main, prefix)
    assert again[main] != files[main]
    before, after = (read_pathway(each, folder, name) for each in (files, again))
    assert after.meaning == before.meaning
    assert after.version != before.version
    assert check_files(again, folder, name)[1] == check_files(files, folder, name)[1]


def test_one_property_under_two_names_is_asked_about() -> None:
    """Whichever were read, somebody would see the other."""
    main = "bpmn/birmingham/escalation.bpmn"
    text = collect(SHIPPED / "birmingham", "escalation")[main].decode()
    twice = f'<z:properties xmlns:z="{CAMUNDAS["zeebe"]}"><z:property name="side" value="raising" /></z:properties>'
    at = text.index("<spiffworkflow:properties>", text.index('<bpmn:userTask id="Stage1_Discuss"'))
    (finding,) = read_strictly((text[:at] + twice + text[at:]).encode(), main).findings
    assert (finding.rule, finding.element) == ("D6", "Stage1_Discuss")
    assert "“side” twice" in finding.message


def test_a_version_that_was_published_before_is_read_as_it_was() -> None:
    """Up to reader 3 what Camunda's editors had left in a diagram was decoration."""
    main = "bpmn/birmingham/escalation.bpmn"
    files = spelled(dict(collect(SHIPPED / "birmingham", "escalation")), main, "zeebe")
    before, now = (read_pathway(files, "birmingham", "escalation", reader=reader).diagram for reader in (3, READER))
    assert before.elements["Stage1_Discuss"].properties == {}
    assert now.elements["Stage1_Discuss"].properties["side"] == "both"


@pytest.mark.parametrize("prefix", CAMUNDAS)
def test_what_camundas_editors_leave_empty_is_not_there(prefix: str) -> None:
    """Camunda 7's writes every question of a template that nobody answered; SpiffWorkflow's empty value is one (D6)."""
    main = "bpmn/birmingham/escalation.bpmn"
    text = collect(SHIPPED / "birmingham", "escalation")[main].decode()
    at = text.index("<spiffworkflow:properties>", text.index('<bpmn:userTask id="Stage1_Discuss"')) + 26
    empty = text[:at] + '<spiffworkflow:property name="tier" value="" />' + text[at:]
    assert read_strictly(respelled(empty, prefix).encode(), main) == read_strictly(text.encode(), main)
    kept = read_strictly(empty.encode(), main).diagram
    assert kept is not None
    assert kept.elements["Stage1_Discuss"].properties["tier"] == ""


def test_further_duties_are_read_as_if_they_stood_in_the_first() -> None:
    """As lists offer them one at a time; they mean the same, and a register is held against them all (D6)."""
    main = "bpmn/birmingham/escalation.bpmn"
    files = dict(collect(SHIPPED / "birmingham", "escalation"))
    text = files[main].decode()
    one = '<spiffworkflow:property name="duties" value="BIR-1.1, R5" />'
    first, *more = (
        f'<spiffworkflow:property name="{name}" value="{value}" />'
        for name, value in (("duties", "BIR-1.1"), ("duties_2", "R5"))
    )
    assert one in text
    again = {**files, main: text.replace(one, "".join([first, *more])).encode()}
    before, after = (read_pathway(each, "birmingham", "escalation") for each in (files, again))
    assert after.meaning == before.meaning
    assert check_files(again, "birmingham", "escalation")[1] == check_files(files, "birmingham", "escalation")[1]
    alone = text.replace(one, more[0].replace("R5", "BIR-1.1, R5"))
    found = read_strictly(alone.encode(), main).diagram
    assert found is not None
    assert found.elements["Stage1_Discuss"].properties["duties"] == "BIR-1.1, R5"

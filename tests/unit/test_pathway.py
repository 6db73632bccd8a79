"""A pathway: read from its files, named by their bytes."""

from pathlib import Path

import pytest
from small_pathway import DIAGRAM, FORM, MAIN_FILE, SETTINGS, SETTINGS_FILE, changed, files

from engine.pathway import Pathway, PathwayUnreadable, collect, read_folder, read_pathway
from engine.pathway.definition import ENGINE_NAMES
from engine.pathway.files import PathwayNotFound


@pytest.fixture(scope="module")
def pathway() -> Pathway:
    """The small pathway."""
    return read_pathway(files(), "testing", "escalation")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small pathway as files, with a form of the partnership's own, an empty number and a demo that fills it."""
    place = tmp_path / "bpmn" / "testing"
    place.mkdir(parents=True)
    (place / "escalation.bpmn").write_text(DIAGRAM)
    (place / "partnership.toml").write_text('[out_of_hours]\nname = "Night team"\ntelephone = "" # ours\n')
    (place / "demo.toml").write_text('[out_of_hours]\nname = "No"\ntelephone = "01632 960002"\n')
    for where in ("shared", "testing"):
        (tmp_path / "forms" / where).mkdir(parents=True)
        (tmp_path / "forms" / where / "discuss.form").write_text(FORM.replace("Why?", f"Why, {where}?"))
        (tmp_path / "forms" / where / "unused.form").write_text("{")
    return place


def test_a_version_is_the_hash_of_names_and_bytes(pathway: Pathway) -> None:
    """The same files give the same version whatever their order; one byte gives another."""
    again = dict(reversed(files().items()))
    assert read_pathway(again, "testing", "escalation").version == pathway.version
    assert len(pathway.version) == 64
    spaced = files(DIAGRAM + "\n")
    assert read_pathway(spaced, "testing", "escalation").version != pathway.version
    moved = {path.replace("shared", "testing"): data for path, data in files().items()}
    assert read_pathway(moved, "testing", "escalation").version != pathway.version


def test_t9_a_stage_has_its_limits(pathway: Pathway) -> None:
    """T9: what its deadline says, and its weight in working days."""
    (stage,) = pathway.stages
    assert (stage.id, stage.tier, stage.kind, stage.deadline) == (
        "Stage1",
        "practitioners",
        "ordinary",
        "Stage1_Deadline",
    )
    assert (stage.working_days, stage.hours, stage.cumulative, stage.weight) == (5, None, 5, 5.0)
    hours = files(changed("deadline(working_days: 5, cumulative: 5)", "deadline(hours: 24)"))
    assert read_pathway(hours, "testing", "escalation").stages[0].weight == 1.0


@pytest.mark.parametrize(
    ("element", "stage"),
    [("Stage1", "Stage1"), ("Stage1_Discuss", "Stage1"), ("Stage1_Deadline", "Stage1"), ("Risk_Refer", None),
     ("Raised", None),     ("Gone", None)],
)  # fmt: skip
def test_an_element_belongs_to_the_stage_that_it_stands_in_or_on(
    pathway: Pathway, element: str, stage: str | None
) -> None:
    """Inside, on the edge, or in none."""
    found = pathway.stage_of(element)
    assert (found.id if found else None) == stage


def test_decision_6_expressions_may_read_closed_answers_only(pathway: Pathway) -> None:
    """Decision 6: choices, numbers and dates, and what the engine hands in."""
    assert pathway.closed_names == {"result", "meetings", "reasons", "met_on"} | ENGINE_NAMES
    assert pathway.names_read == {"result", "children", "risk", "stage"}


def test_a_task_has_its_form_and_the_process_its_start(pathway: Pathway) -> None:
    """By the names in the diagram."""
    form = pathway.form_of("Stage1_Discuss")
    assert form is not None
    assert form.id == "discuss"
    assert pathway.form_of("Raised") is None
    assert pathway.start.id == "Raised"


def test_a_pathway_is_named_by_its_partnership(pathway: Pathway) -> None:
    """The main one by the partnership alone, a side pathway by both."""
    assert pathway.name == "testing"
    side = {path.replace("escalation", "dissent"): data for path, data in files().items()}
    assert read_pathway(side, "testing", "dissent").name == "testing/dissent"


def test_files_are_collected_from_a_folder(folder: Path) -> None:
    """Diagram, settings, and the forms that the diagram names: the partnership's own before a shared one."""
    found = collect(folder)
    assert set(found) == {MAIN_FILE, SETTINGS_FILE, "forms/testing/discuss.form"}
    form = read_folder(folder).form_of("Stage1_Discuss")
    assert form is not None
    assert form.fields[2].label == "Why, testing?"


def test_s6_the_demo_fills_empty_numbers_only(folder: Path) -> None:
    """S6: fictional numbers where the source gives none, and nothing that was given is replaced."""
    assert read_folder(folder).settings["out_of_hours"]["telephone"] == ""
    night = read_folder(folder, demo=True).settings["out_of_hours"]
    assert (night["name"], night["telephone"]) == ("Night team", "01632 960002")
    assert read_folder(folder, demo=True).version != read_folder(folder).version


def test_a_pathway_that_is_not_there_is_said(folder: Path) -> None:
    """With how to name one."""
    with pytest.raises(PathwayNotFound, match="testing/dissent"):
        collect(folder, "dissent")


def test_settings_that_cannot_be_read_are_refused() -> None:
    """With the parser's words."""
    with pytest.raises(PathwayUnreadable, match=r"partnership\.toml"):
        read_pathway(files(settings=SETTINGS.encode() + b"[again"), "testing", "escalation")

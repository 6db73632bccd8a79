"""Element templates of a partnership's folder: what they offer is what its diagrams may say."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine import element_templates
from engine.pathway import collect, read_pathway
from engine.pathway.properties import PROPERTIES
from run import main

BPMN = Path(__file__).parents[2] / "bpmn"
FOLDERS = ("birmingham", "bromley", "harrow", "barnet", "wolverhampton")
OF_EVENTS = {"timeDate", "name"}


def offered(folder: str) -> dict[str, set[str]]:
    """What can be chosen for each property, in either editor: the two offer the same."""
    both = []
    for made in element_templates(BPMN / folder).values():
        found: dict[str, set[str]] = {}
        for template in json.loads(made):
            for asked in template["properties"]:
                chosen = {each["value"] for each in asked.get("choices", ())} - {""}
                found.setdefault(asked["binding"]["name"], set()).update(chosen)
        both.append({name: chosen for name, chosen in found.items() if name not in OF_EVENTS})
    assert both[0] == both[1]
    return both[0]


@pytest.mark.parametrize("folder", FOLDERS)
def test_D6_whatever_a_shipped_element_says_can_be_chosen(folder: str) -> None:
    """And each property that means something is asked for, of the kinds of elements that have templates."""
    choices = offered(folder)
    names = sorted(path.stem for path in (BPMN / folder).glob("*.bpmn"))
    for name in names:
        for element in read_pathway(collect(BPMN / folder, name), folder, name).diagram.elements.values():
            for said, value in element.properties.items():
                assert said in choices, (element.id, said)
                assert not choices[said] or value in choices[said], (element.id, said, value)
    assert choices.keys() >= PROPERTIES - {"contacts", "links"}
    assert ("contacts" in choices, "links" in choices) == (folder in {"barnet", "wolverhampton"}, len(names) > 1)


def test_D6_they_are_written_where_the_modeller_looks_for_them_and_change_nothing_else(tmp_path: Path) -> None:
    """Beside the diagrams; a pathway's files, and so its version, are what they were."""
    ran = CliRunner().invoke(main, ["copy", str(tmp_path / "own")])
    assert ran.exit_code == 0, ran.output
    folder = tmp_path / "own" / "bpmn" / "bromley"
    before = collect(folder)
    ran = CliRunner().invoke(main, ["templates", str(folder)])
    assert ran.exit_code == 0, ran.output
    written = sorted(path.relative_to(folder).as_posix() for path in (folder / ".camunda").rglob("*.json"))
    assert written == [f".camunda/element-templates/concord-camunda-{n}.json" for n in (7, 8)]
    assert collect(folder) == before
    assert json.loads((folder / written[0]).read_text())[0]["properties"][0]["binding"]["type"] == "camunda:property"


def test_D6_of_what_cannot_be_read_none_are_written(tmp_path: Path) -> None:
    """And it is said what is wrong there."""
    folder = tmp_path / "bpmn" / "nowhere"
    folder.mkdir(parents=True)
    ran = CliRunner().invoke(main, ["templates", str(folder)])
    assert ran.exit_code == 1
    assert "There is no pathway nowhere" in str(ran.exception)
    assert not list(folder.iterdir())

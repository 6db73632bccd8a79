"""What lies in a folder by mistake, or is formatted otherwise: a finding where it matters, and nothing where not."""

import json
import os
import shutil
import threading
from pathlib import Path

import pytest
from town import OPERATOR

from engine import Concord, collect, examine_folder, pathways_in, publish_folder
from engine.commands.publishing import PathwayUnsound

SHIPPED = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of Birmingham's folder with its forms and the rules that all share beside it."""
    shutil.copytree(SHIPPED / "forms", tmp_path / "forms")
    copied = Path(shutil.copytree(SHIPPED / "bpmn" / "birmingham", tmp_path / "bpmn" / "birmingham"))
    shutil.copy(SHIPPED / "bpmn" / "shared-duties.toml", tmp_path / "bpmn")
    return copied


def said(folder: Path, name: str = "escalation") -> list[str]:
    """What is found of a pathway that lies in a folder, its proof left out."""
    return [f"{f.rule}: {f.message}" for f in examine_folder(folder, name, None, demo=True).findings]


def test_a_backup_copy_is_no_second_pathway(folder: Path, concord: Concord) -> None:
    """It was published, and offered to practitioners."""
    shutil.copy(folder / "escalation.bpmn", folder / "escalation - Copy.bpmn")
    assert "escalation - Copy" in pathways_in(folder)
    found = said(folder, "escalation - Copy")
    assert "no plain name" in found[0]
    assert "both hold the process birmingham" in found[1]
    with pytest.raises(PathwayUnsound, match="no plain name"):
        publish_folder(concord, OPERATOR, folder, demo=True)


@pytest.mark.parametrize("ending", ["dmn", "toml", "bpmn"])
def test_what_is_no_file_is_named(folder: Path, ending: str) -> None:
    """A folder of that name, a pipe, a link to a device, a link to nothing: none is waited for."""
    strange = folder / f"x.{ending}"
    name = "x" if ending == "bpmn" else "escalation"
    for make, undo in (
        (strange.mkdir, strange.rmdir),
        (lambda: os.mkfifo(strange), strange.unlink),
        (lambda: strange.symlink_to("/dev/zero"), strange.unlink),
        (lambda: strange.symlink_to("nowhere"), strange.unlink),
    ):
        make()
        found: list[list[str]] = []
        asked = threading.Thread(target=lambda found=found: found.append(said(folder, name)), daemon=True)
        asked.start()
        asked.join(20)
        assert found, "It waits for what is no file"
        assert any(strange.name in line for line in found[0]), found
        undo()


def test_a_byte_order_mark_before_the_settings_is_read_over(folder: Path) -> None:
    """Editors write one."""
    settings = folder / "partnership.toml"
    settings.write_bytes(b"\xef\xbb\xbf" + settings.read_bytes())
    assert said(folder) == []


def test_a_form_is_found_whatever_the_order_of_attributes(folder: Path) -> None:
    """`value` before `name`: every form was in neither folder."""
    diagram = folder / "escalation.bpmn"
    before = collect(folder)
    text = diagram.read_text()
    for name in ("form", "side"):
        parts = text.split(f'<spiffworkflow:property name="{name}" value="')
        text = parts[0] + "".join(
            f'<spiffworkflow:property value="{part.split(chr(34), 1)[0]}" name="{name}"{part.split(chr(34), 1)[1]}'
            for part in parts[1:]
        )
    diagram.write_text(text)
    assert collect(folder).keys() == before.keys()
    assert said(folder) == []


def test_what_is_only_formatted_otherwise_makes_no_new_version(folder: Path, concord: Concord) -> None:
    """A form that form-js saved, a table that dmn-js saved, settings with a remark: already current."""
    first = publish_folder(concord, OPERATOR, folder, demo=True)
    for form in sorted((folder.parents[1] / "forms").glob("*/*.form")):
        form.write_text(json.dumps(json.loads(form.read_text()) | {"exporter": {"name": "form-js", "version": "1.23"}}))
    for table in folder.glob("*.dmn"):
        table.write_text(table.read_text().replace("\n", "\r\n    "))
    diagram = folder / "escalation.bpmn"
    diagram.write_text(diagram.read_text().replace("  <bpmn:", "\t<bpmn:"))
    (folder / "partnership.toml").write_text("# a remark\n" + (folder / "partnership.toml").read_text())
    again = publish_folder(concord, OPERATOR, folder, demo=True)
    assert [(each.version, each.new) for each in again] == [(each.version, False) for each in first]


def test_what_is_drawn_or_said_otherwise_makes_one(folder: Path, concord: Concord) -> None:
    """A shape that was moved is another drawing, and people look at it."""
    publish_folder(concord, OPERATOR, folder, demo=True)
    diagram = folder / "escalation.bpmn"
    before = diagram.read_text()
    at = before.index('bpmnElement="Stage1_Discuss"')
    x = before.index(' x="', at) + 4
    end = before.index('"', x)
    diagram.write_text(before[:x] + str(int(float(before[x:end])) + 1) + before[end:])
    assert [each.new for each in publish_folder(concord, OPERATOR, folder, demo=True)] == [True]


def test_a_version_is_read_by_the_reader_that_it_was_published_under(concord: Concord, folder: Path) -> None:
    """Decision 12: a version of before goes on as it was, whatever later readers make of its bytes."""
    files = collect(folder, demo=True)
    with concord.store.begin() as tx:
        tx.versions.add("1" * 64, "birmingham", "birmingham", concord.clock.now(), files, 1)
        tx.versions.add("2" * 64, "birmingham", "birmingham", concord.clock.now(), files, 2)
    with concord.store.begin(write=False) as tx:
        old, new = (concord.version(tx, digit * 64).pathway for digit in "12")
    assert (old.reader, new.reader) == (1, 2)
    assert old.diagram.shapes == {}
    assert new.diagram.shapes

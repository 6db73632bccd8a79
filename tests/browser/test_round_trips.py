"""Opened and saved in the editors that process owners use, what ships stays as it is, byte for byte (D10)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from editors import DIAGRAMS, FORMS, TABLES, opened, own_extensions
from respelling import CAMUNDAS, respelled

from engine.forms import read_form
from engine.pathway.bpmn.reader import read_strictly

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]


def shipped(pattern: str) -> list[Path]:
    """The files that ship, of one kind."""
    found = sorted(ROOT.glob(pattern))
    assert found
    return found


@pytest.mark.parametrize("known", [True, False], ids=["our properties known", "our properties unknown"])
@pytest.mark.parametrize("editor", DIAGRAMS)
def test_a_diagram_stays_as_it_is(chrome: Browser, editor: str, *, known: bool) -> None:
    """Whether the editor has been told of our properties or keeps them as somebody else's."""
    with opened(chrome, DIAGRAMS[editor]) as saved:
        for path in shipped("bpmn/*/*.bpmn"):
            text = path.read_text()
            assert saved(text, own_extensions() if known else {}) == text, path


@pytest.mark.parametrize("editor", DIAGRAMS)
@pytest.mark.parametrize("prefix", CAMUNDAS)
def test_properties_that_camundas_panels_show_come_back_and_mean_the_same(
    chrome: Browser, editor: str, prefix: str
) -> None:
    """Every shipped diagram, its properties written as Camunda 8's or 7's, opened and saved in each editor (D6)."""
    with opened(chrome, DIAGRAMS[editor]) as saved:
        for path in shipped("bpmn/*/*.bpmn"):
            after = read_strictly(saved(respelled(path.read_text(), prefix), {}).encode(), path.name)
            assert after == read_strictly(path.read_bytes(), path.name), path


@pytest.mark.parametrize("editor", TABLES)
def test_a_table_stays_as_it_is(chrome: Browser, editor: str) -> None:
    """In dmn-js, alone and as Camunda's modelers carry it."""
    with opened(chrome, TABLES[editor]) as saved:
        for path in shipped("bpmn/*/*.dmn"):
            text = path.read_text()
            assert saved(text, {}) == text, path


def test_an_editor_does_write_in_its_own_way(chrome: Browser) -> None:
    """What was formatted otherwise comes back as it ships: the tests above compare what an editor wrote."""
    for editor, pattern in ((DIAGRAMS["Camunda 8's"], "bpmn/*/*.bpmn"), (TABLES["dmn-js"], "bpmn/*/*.dmn")):
        with opened(chrome, editor) as saved:
            text = shipped(pattern)[0].read_text()
            assert saved(text.replace("\n", "\n\n  "), {}) == text


def test_a_form_means_what_it_meant(chrome: Browser) -> None:
    """The editor adds who saved it, which says nothing to anybody who is asked."""
    with opened(chrome, FORMS) as saved:
        for path in shipped("forms/*/*.form"):
            after = saved(path.read_text())
            assert read_form(after.encode(), path.stem, strict=True) == read_form(path.read_bytes(), path.stem), path
            assert json.loads(after)["components"] == json.loads(path.read_text())["components"], path

"""What is more than one element, to be copied from: as the editors of Camunda Modeler open and copy it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from blocks import BLOCKS, files
from editors import DIAGRAMS, PAGE, opened

from engine.pathway.bpmn.reader import read_strictly

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BPMN = Path(__file__).parents[2] / "bpmn"
EDITORS = {"building-blocks-camunda-8.bpmn": "Camunda 8's", "building-blocks-camunda-7.bpmn": "Camunda 7's"}
COPIED = """async ([name, from, into, block]) => {
  const one = new window[name]({ container: '#canvas' }), other = new window[name]({ container: '#panel' });
  await one.importXML(from);
  await other.importXML(into);
  const box = one.get('elementRegistry').get(block);
  const tree = one.get('copyPaste').copy([box, ...box.attachers]);
  other.get('clipboard').set(tree);
  const canvas = other.get('canvas');
  const root = canvas.getRootElement();
  const pool = (root.children || []).find(each => each.type === 'bpmn:Participant');
  const [pasted] = other.get('copyPaste').paste({ element: pool || root, point: { x: 1500, y: 6000 } });
  return { id: pasted.businessObject.id, saved: (await other.saveXML({ format: true })).xml };
}"""


def test_they_are_what_is_drawn_for_birmingham_now() -> None:
    """`python tests/blocks.py` writes them anew."""
    assert {name: (BPMN / name).read_text() for name in EDITORS} == files()


@pytest.mark.parametrize("name", EDITORS)
def test_they_open_and_are_saved_without_a_word(chrome: Browser, name: str) -> None:
    """And mean what they meant; none of it is Birmingham's own."""
    text = (BPMN / name).read_text()
    assert "BIR-" not in text
    with opened(chrome, DIAGRAMS[EDITORS[name]]) as saved:
        after, before = (read_strictly(xml.encode(), name).diagram for xml in (saved(text, {}), text))
    assert after == before
    assert after is not None
    assert {each for each in BLOCKS if after.elements[each].kind == "subProcess"} == BLOCKS.keys() - {"Raised"}


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("name", EDITORS)
def test_a_block_comes_over_whole_into_ones_own_diagram(chrome: Browser, name: str, block: str) -> None:
    """Every element of it, with all that it says; in the same editor, and into another's protocol."""
    text, own = (BPMN / name).read_text(), (BPMN / "bromley" / "escalation.bpmn").read_text()
    page = chrome.new_page()
    try:
        page.set_content(PAGE)
        page.add_script_tag(content=DIAGRAMS[EDITORS[name]].source())
        made: dict[str, Any] = page.evaluate(COPIED, [DIAGRAMS[EDITORS[name]].name, text, own, block])
    finally:
        page.close()
    there, here = (read_strictly(xml.encode(), name).diagram for xml in (made["saved"], text))
    assert there is not None
    assert here is not None

    def said(diagram: Any, box: str) -> list[tuple[str, ...]]:
        within = [e for e in diagram.elements.values() if box in {e.id, e.attached_to} or _inside(diagram, e, box)]
        return sorted((e.kind, e.name, e.timer or "", str(sorted(e.properties.items()))) for e in within)

    assert said(there, made["id"]) == said(here, block)


def _inside(diagram: Any, element: Any, box: str) -> bool:
    while element is not None and element.parent != diagram.process:
        if element.parent == box:
            return True
        element = diagram.elements.get(element.parent)
    return False

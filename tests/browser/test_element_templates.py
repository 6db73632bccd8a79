"""Element templates in the editors of Camunda Modeler: taken as they are, and what was there stays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from editors import DIAGRAMS, PAGE
from respelling import respelled

from engine import element_templates
from engine.pathway.bpmn.reader import read_strictly

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BPMN = Path(__file__).parents[2] / "bpmn"
EDITORS = {"zeebe": ("Camunda 8's", "concord-camunda-8.json"), "camunda": ("Camunda 7's", "concord-camunda-7.json")}
FOLDERS = ("birmingham", "bromley", "harrow", "barnet", "wolverhampton")
KEPT = ("task", "stage", "branch", "raised", "end", "done", "choice", "fork")
"""What can be given to an element that is there; the editor makes the event of a limit or a notice anew."""
OPENED = """async ([name, xml, templates, act]) => {
  const editor = new window[name]({ container: '#canvas' });
  const refused = [];
  editor.on('elementTemplates.errors', ({ errors }) => refused.push(...errors.map(error => error.message)));
  editor.get('elementTemplatesLoader').setTemplates(templates);
  const taken = editor.get('elementTemplates').getAll().map(each => each.id);
  refused.push(...templates.map(each => each.id).filter(each => !taken.includes(each)));
  await editor.importXML(xml);
  const told = eval(act)(editor, templates);
  const saved = (await editor.saveXML({ format: true })).xml;
  editor.destroy();
  return { refused, told, saved };
}"""
EACH = """(editor, templates) => {
  const known = editor.get('elementTemplates');
  const said = object => (object.extensionElements ? object.extensionElements.get('values') : [])
    .filter(each => each.$type.endsWith(':Properties'))
    .flatMap(each => each.get('properties') || each.get('values')).map(one => one.name);
  const given = {};
  for (const element of editor.get('elementRegistry').filter(each => each.type !== 'label')) {
    const object = element.businessObject, has = said(object);
    const fits = template => template.appliesTo.includes(object.$type)
      && !(object.eventDefinitions || []).length && !template.elementType
      && template.properties.every(each => each.optional || has.includes(each.binding.name));
    const template = templates.find(fits);
    if (!template) continue;
    known.applyTemplate(element, known.get(template.id));
    given[template.id] = (given[template.id] || 0) + 1;
  }
  return given;
}"""
NEW = """(editor, templates) => {
  const known = editor.get('elementTemplates'), modeling = editor.get('modeling');
  const beside = editor.get('elementRegistry').get('Stage1_Discuss');
  const given = {
    'concord.task': {
      form: 'discuss', side: 'raising', duties: 'BIR-1.1', duties_2: 'R5', due: 'due(working_days: 2)',
    },
    'concord.limit': { timeDate: 'deadline(working_days: 2)', duties: 'BIR-1.1' },
    'concord.notice': { name: 'It begins', to: 'both', duties: 'BIR-1.1' },
  };
  return Object.entries(given).map(([id, chosen], number) => {
    const filled = structuredClone(known.get(id));
    for (const each of filled.properties) each.value = chosen[each.binding.name] || each.value;
    const edge = filled.appliesTo[0] === 'bpmn:BoundaryEvent', x = beside.x + 50 + 200 * number;
    const what = { type: filled.appliesTo[0], eventDefinitionType: (filled.elementType || {}).eventDefinition };
    const made = edge ? modeling.createShape(what, { x: beside.x + 50, y: beside.y }, beside, { attach: true })
      : modeling.createShape(what, { x, y: beside.y + 140 }, beside.parent);
    return known.applyTemplate(made, filled).businessObject.id;
  });
}"""


def opened(chrome: Browser, prefix: str, path: Path, act: str) -> dict[str, Any]:
    """What an editor that has the templates of a diagram's folder makes of it by an act: what was told, and saved."""
    editor, file = EDITORS[prefix]
    made = next(made for place, made in element_templates(path.parent).items() if place.name == file)
    page = chrome.new_page()
    try:
        page.set_content(PAGE)
        page.add_script_tag(content=DIAGRAMS[editor].source())
        given = [DIAGRAMS[editor].name, respelled(path.read_text(), prefix), json.loads(made), act]
        found: dict[str, Any] = page.evaluate(OPENED, given)
        return found
    finally:
        page.close()


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_stands_on_an_element_stays_when_it_is_given_its_template(chrome: Browser, folder: str) -> None:
    """Every element of every shipped diagram, in Camunda 8's editor: all means what it meant (D6)."""
    given: set[str] = set()
    for path in sorted((BPMN / folder).glob("*.bpmn")):
        made = opened(chrome, "zeebe", path, EACH)
        assert made["refused"] == []
        given |= made["told"].keys()
        after, before = (read_strictly(xml, path.name) for xml in (made["saved"].encode(), path.read_bytes()))
        assert after == before, path
    assert given == {f"concord.{kind}" for kind in KEPT}


@pytest.mark.parametrize("prefix", EDITORS)
def test_what_is_chosen_is_what_the_element_says(chrome: Browser, prefix: str) -> None:
    """A new task, limit and notice beside those that are there; what was left open is not there."""
    made = opened(chrome, prefix, BPMN / "birmingham" / "escalation.bpmn", NEW)
    assert made["refused"] == []
    diagram = read_strictly(made["saved"].encode(), "escalation.bpmn").diagram
    assert diagram is not None
    task, limit, notice = (diagram.elements[each] for each in made["told"])
    asked = {"form": "discuss", "side": "raising", "duties": "BIR-1.1, R5", "due": "due(working_days: 2)"}
    assert task.properties == asked
    assert limit.properties == {"duties": "BIR-1.1"}
    assert notice.properties == {"to": "both", "duties": "BIR-1.1"}
    if prefix == "zeebe":  # Camunda 7's templates know no events: time and message are said in its own panel
        assert (limit.timer, notice.message) == ("deadline(working_days: 2)", "It begins")

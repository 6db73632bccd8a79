"""A stage cut and pasted, a task made another kind and one again: in Camunda's editors nothing of it is lost."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from editors import DIAGRAMS, opened
from respelling import respelled

from engine.calendar import working_days as days
from engine.composition import executable, proven
from engine.pathway.bpmn.reader import read_strictly
from engine.proof import examine_folder, timeline

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
RETYPED = """async ([name, xml, extensions]) => {
  const editor = new window[name]({ container: '#canvas', moddleExtensions: extensions });
  await editor.importXML(xml);
  const registry = editor.get('elementRegistry'), replacing = editor.get('bpmnReplace');
  for (const { id } of registry.filter(each => each.type === 'bpmn:UserTask')) {
    replacing.replaceElement(registry.get(id), { type: 'bpmn:ManualTask' });
    replacing.replaceElement(registry.get(id), { type: 'bpmn:UserTask' });
  }
  const saved = (await editor.saveXML({ format: true })).xml;
  editor.destroy();
  return saved;
}"""
CUT = """async ([name, xml, extensions, stage]) => {
  const editor = new window[name]({ container: '#canvas', moddleExtensions: extensions });
  await editor.importXML(xml);
  const registry = editor.get('elementRegistry'), modeling = editor.get('modeling');
  const clipboard = editor.get('copyPaste');
  const cut = registry.get(stage), { parent, x, y } = cut;
  const inside = new Set();
  const note = each => {
    inside.add(each.id);
    [ ...each.children ?? [], ...each.attachers ?? [] ].forEach(note);
  };
  note(cut);
  const outer = registry
    .filter(({ type }) => type === 'bpmn:SequenceFlow')
    .filter(({ source, target }) => inside.has(source.id) !== inside.has(target.id))
    .map(({ id, source, target, businessObject: { name } }) => ({ id, source: source.id, target: target.id, name }));
  clipboard.copy([ cut ]);
  modeling.removeElements(outer.map(({ id }) => registry.get(id)));
  modeling.removeElements([ cut ]);
  clipboard.paste({ element: parent, point: { x: x + cut.width / 2, y: y + cut.height / 2 } });
  const back = registry.get(stage);
  modeling.moveElements([ back ], { x: x - back.x, y: y - back.y }, parent);
  for (const { id, source, target, name } of outer) {
    const drawn = modeling.connect(registry.get(source), registry.get(target), { type: 'bpmn:SequenceFlow' });
    modeling.updateProperties(drawn, { id, ...name ? { name } : {} });
  }
  const saved = (await editor.saveXML({ format: true })).xml;
  editor.destroy();
  return saved;
}"""
"""Put back where it was, its outer flows drawn again."""
EDITORS = {"Camunda 8's": "zeebe", "Camunda 7's": "camunda"}
SHIPPED = sorted(path.relative_to(ROOT / "bpmn").with_suffix("").as_posix() for path in ROOT.glob("bpmn/*/*.bpmn"))
ALWAYS = {("Camunda 8's", "harrow/review-dissent"), ("Camunda 7's", "wolverhampton/conference-request")}
TRIED = [
    pytest.param(editor, name, id=f"{name} in {editor}", marks=[] if (editor, name) in ALWAYS else [pytest.mark.soak])
    for editor in EDITORS
    for name in SHIPPED
]


def meaning(text: str) -> dict[str, Any]:
    """What is read of a diagram, but for where and in which order it is drawn."""
    diagram = read_strictly(text.encode(), "diagram.bpmn").diagram
    return {
        "elements": {key: replace(each, place=0) for key, each in diagram.elements.items()},
        "flows": {(flow.id, flow.name, flow.source, flow.target, str(flow.condition)) for flow in diagram.flows},
        "lanes": {(lane.id, lane.tier, frozenset(lane.holds)) for lane in diagram.lanes},
    }


def judged(folder: Path, name: str) -> tuple[dict[str, Any], Any]:
    """What `check` says of a pathway, and its timeline from a Monday in March."""
    examination = examine_folder(folder, name, proven, demo=True)
    assert examination.pathway is not None
    report = {key: value for key, value in examination.report().items() if key != "version"}
    at = days.london("2026-03-02T10:00")
    return report, timeline(executable(examination.pathway), at)["stages"]


@pytest.mark.parametrize(("editor", "name"), TRIED)
@pytest.mark.parametrize("change", ["cut and pasted", "another kind and back"])
def test_it_means_what_it_meant(chrome: Browser, tmp_path: Path, editor: str, name: str, change: str) -> None:
    """D6: the same elements, findings, timeline and proof; its properties written as that editor's panels show them."""
    path = (ROOT / "bpmn" / name).with_suffix(".bpmn")
    path = path if path.exists() else ROOT / "bpmn" / name / "escalation.bpmn"
    text = respelled(path.read_text(), EDITORS[editor])
    stage = next(key for key, each in read_strictly(path.read_bytes(), path.name).diagram.elements.items()
                 if each.kind == "subProcess" and key.startswith("Stage"))  # fmt: skip
    script, more = (CUT, [stage]) if change == "cut and pasted" else (RETYPED, [])
    with opened(chrome, replace(DIAGRAMS[editor], script=script)) as saved:
        changed = saved(text, {}, *more)
    assert meaning(changed) == meaning(text)
    shutil.copytree(path.parent, tmp_path / "bpmn" / path.parent.name)
    shutil.copy(ROOT / "bpmn" / "shared-duties.toml", tmp_path / "bpmn")
    (tmp_path / "forms").symlink_to(ROOT / "forms")
    folder = tmp_path / "bpmn" / path.parent.name
    before = judged(folder, path.stem)
    (folder / path.name).write_text(changed)
    assert judged(folder, path.stem) == before

"""The editors in which process owners open diagrams, tables and forms, each in a page of its own: opened and saved."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from browser import FRONTEND
from packages import NPM, Package, of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

CAMUNDA = of(NPM, "camunda-bpmn-js", "5.35.0", "03ce9e897f8c24d0259c008643b9cd48908935f490f107b5cd5632d70c92e8d2")
DMN_JS = of(NPM, "dmn-js", "17.10.2", "8d4c200e2f756699c9ef5920c8ccdf801dfcb933af0a8f9dcf82ebf798bbf086")
CAMUNDA_DMN = of(NPM, "camunda-dmn-js", "3.8.3", "5f9f6a8645e72baa97852b8e6b18d0c5c5a15957ab7043a1a29ae4ff50309a95")
FORM_JS = of(NPM, "@bpmn-io/form-js", "1.23.0", "3093010d18c5fbaa152dfe72f20986dc43f922d56f6133b9ae676150bac57b56")
PAGE = '<div id="canvas" style="width: 1600px; height: 900px"></div><div id="panel"></div>'
XML = """async ([name, xml, extensions]) => {
  const editor = new window[name]({ container: '#canvas', moddleExtensions: extensions });
  const { warnings } = await editor.importXML(xml);
  if (warnings.length) throw new Error(warnings.map(warning => warning.message).join('; '));
  const saved = (await editor.saveXML({ format: true })).xml;
  editor.destroy();
  return saved;
}"""
FORM = """async ([name, schema]) => {
  const { FormEditor } = window[name];
  const editor = new FormEditor({ container: document.querySelector('#canvas') });
  await editor.importSchema(JSON.parse(schema));
  const saved = editor.saveSchema();
  editor.destroy();
  return JSON.stringify(saved);
}"""


@dataclass(frozen=True, kw_only=True)
class Editor:
    """An editor: its bundle, the name under which that offers it, and the script that opens and saves a file."""

    package: Package | None
    bundle: str
    name: str
    script: str = XML

    def source(self) -> str:
        """The bundle's text: from the front end's packages, or from one that only tests fetch."""
        if self.package is None:
            return (FRONTEND / "node_modules" / self.bundle).read_text()
        return members(self.package)[f"package/{self.bundle}"].decode()


@cache
def members(package: Package) -> dict[str, bytes]:
    """The files of a package."""
    return dict(package.members())


DIAGRAMS = {
    "bpmn-js": Editor(package=None, bundle="bpmn-js/dist/bpmn-modeler.production.min.js", name="BpmnJS"),
    "Camunda 7's": Editor(
        package=CAMUNDA, bundle="dist/camunda-platform-modeler.production.min.js", name="BpmnModeler"
    ),
    "Camunda 8's": Editor(package=CAMUNDA, bundle="dist/camunda-cloud-modeler.production.min.js", name="BpmnModeler"),
}
TABLES = {
    "dmn-js": Editor(package=DMN_JS, bundle="dist/dmn-modeler.production.min.js", name="DmnJS"),
    "Camunda 7's": Editor(
        package=CAMUNDA_DMN, bundle="dist/camunda-platform-modeler.production.min.js", name="DmnModeler"
    ),
    "Camunda 8's": Editor(
        package=CAMUNDA_DMN, bundle="dist/camunda-cloud-modeler.production.min.js", name="DmnModeler"
    ),
}
FORMS = Editor(package=FORM_JS, bundle="dist/form-editor.umd.js", name="FormEditor", script=FORM)


def own_extensions() -> dict[str, object]:
    """What tells an editor of the properties that are read here."""
    return {"spiffworkflow": json.loads((FRONTEND / "spiffworkflow-moddle.json").read_text())}


@contextmanager
def opened(chrome: Browser, editor: Editor) -> Iterator[Callable[..., str]]:
    """A page with the editor in it; what it gives opens a file there and returns what is saved, nothing changed."""
    page = chrome.new_page()
    try:
        page.set_content(PAGE)
        page.add_script_tag(content=editor.source())
        yield lambda *given: str(page.evaluate(editor.script, [editor.name, *given]))
    finally:
        page.close()

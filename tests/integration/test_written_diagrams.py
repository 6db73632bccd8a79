"""What SpiffWorkflow makes of the XML that Concord wrote is what it made of the file, for every version there is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.exports.bundle import unpacked
from engine.pathway.bpmn.loosely import read_diagram
from engine.spiff import Specs
from engine.spiff.parser import compile_xml
from engine.spiff.writing import written

ROOT = Path(__file__).parents[2]


def diagrams() -> Iterator[tuple[str, bytes]]:
    """Every diagram that ships, and each one of a frozen bundle."""
    seen = set()
    for file in sorted((ROOT / "bpmn").glob("*/*.bpmn")):
        yield f"{file.parent.name}/{file.stem}", file.read_bytes()
    for bundle in sorted((ROOT / "tests" / "frozen").glob("*.zip")):
        found = unpacked(bundle.read_bytes())
        for name, data in found.files.items():
            if name.endswith(".bpmn") and data not in seen:
                seen.add(data)
                yield f"{bundle.stem}:{name}", data


def told(specs: Specs) -> dict[str, Any]:
    """All that running reads: names, classes, inputs and outputs in order, conditions, events, triggers."""
    return {
        name: {
            "start": sorted(spec.start.trigger_specs),
            "begins": [each.name for each in spec.bpmn_start_events],
            "tasks": [(each.name, *_task(each)) for each in spec.task_specs.values()],
        }
        for name, spec in {"": specs.process, **specs.subprocesses}.items()
    }


def _task(spec: Any) -> tuple[Any, ...]:
    definition = getattr(spec, "event_definition", None)
    return (
        type(spec).__name__, spec.bpmn_id, spec.manual, list(spec._inputs), list(spec._outputs),
        [(str(getattr(c, "args", c)), name) for c, name in getattr(spec, "cond_task_specs", None) or []],
        getattr(spec, "default_task_spec", None), getattr(spec, "cancel_activity", None),
        (type(definition).__name__, *sorted(map(repr, vars(definition).items()))) if definition else None,
        getattr(spec, "cardinality", None), getattr(spec, "task_spec", None), getattr(spec, "spec", None),
    )  # fmt: skip


@pytest.mark.parametrize(("name", "data"), list(diagrams()), ids=lambda value: value if isinstance(value, str) else "")
def test_written_xml_makes_the_same_specs_as_the_file(name: str, data: bytes) -> None:
    """Decision 12: SpiffWorkflow gets only XML that Concord wrote, and every published version runs as it ran."""
    diagram = read_diagram(data, name)
    ours, theirs = (compile_xml(xml, diagram, frozenset()) for xml in (written(diagram), data))
    assert told(ours) == told(theirs)

"""Whether a pathway is sound: its drawing, forms, expressions and tables. Runs nothing; the proof does that."""

import tomllib
from collections.abc import Callable, Iterator, Mapping

from engine import rules_choices, rules_drawn, rules_flow, rules_refused, rules_settings, rules_stages, rules_tasks
from engine.bpmn_reader import read_strictly
from engine.decisions import gaps_and_overlaps, read_table
from engine.errors import ConcordError
from engine.forms import read_form
from engine.pathway import Pathway, read_pathway
from engine.rules_drawing import PUBLICATION, USE, Drawing, Finding

__all__ = ["PUBLICATION", "USE", "Finding", "check", "check_files"]

_RULES: tuple[Callable[[Drawing], Iterator[Finding]], ...] = (
    rules_refused.refused, rules_refused.ids, rules_drawn.drawn, rules_drawn.names,
    rules_stages.pool_and_lanes, rules_stages.stages_whole, rules_stages.edges, rules_stages.risk_and_stage_end,
    rules_tasks.tasks, rules_tasks.timers, rules_tasks.notices, rules_tasks.clauses, rules_tasks.signals,
    rules_choices.gateways, rules_choices.pairs, rules_choices.expressions,
    rules_flow.starts, rules_flow.flows, rules_flow.ways, rules_flow.circles, rules_flow.ends,
)  # fmt: skip


def check(pathway: Pathway) -> list[Finding]:
    """Check one pathway that was read strictly; each fault once, those of the drawing first."""
    drawing = Drawing(pathway=pathway)
    found = [finding for rule in _RULES for finding in rule(drawing)]
    return list(dict.fromkeys([*found, *_tables(pathway), *rules_settings.settings(pathway)]))


def check_files(files: Mapping[str, bytes], partnership: str, name: str) -> tuple[Pathway | None, list[Finding]]:
    """Read and check a pathway from its files; what can't be read is a finding, and then there is no pathway.

    The rest is checked all the same, so that everything there is to mend is said at once.
    """
    main = f"bpmn/{partnership}/{name}.bpmn"
    if main not in files:
        message = f"There is no {main}. A pathway is a diagram of that name."
        return None, [Finding(rule="parse", element=None, message=message)]
    unread = {path: finding for path in sorted(files) if path != main and (finding := _read(path, files[path]))}
    kept = {path: data for path, data in files.items() if path not in unread}
    read = read_strictly(files[main], main)
    if read.diagram is None:
        return None, [*read.findings, *unread.values()]
    try:
        pathway = read_pathway(kept, partnership, name, diagram=read.diagram)
        found = list(dict.fromkeys([*read.findings, *check(pathway)]))
    except ConcordError as error:
        return None, [Finding(rule="parse", element=None, message=str(error)), *unread.values()]
    if not unread:
        return pathway, found
    return None, [*unread.values(), *(finding for finding in found if not _follows(finding, pathway, unread))]


def _read(path: str, data: bytes) -> Finding | None:
    try:
        if path.endswith(".form"):
            read_form(data, path)
        elif path.endswith(".dmn"):
            read_table(data, strict=True)
        elif path.endswith(".toml"):
            tomllib.loads(data.decode())
    except (ConcordError, tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        rule = {"form": "form", "dmn": "table"}.get(path.rpartition(".")[2], "settings")
        why = str(error) if isinstance(error, ConcordError) else f"It can't be read: {error}. Correct it."
        return Finding(rule=rule, element=path, message=f"{path}: {why}")
    return None


def _follows(finding: Finding, pathway: Pathway, unread: Mapping[str, Finding]) -> bool:
    """Whether a finding only says again that a file could not be read."""
    if finding.rule == "form" and finding.element is not None and finding.element in pathway.diagram.elements:
        form = pathway.diagram.elements[finding.element].properties.get("form")
        return any(path.endswith(f"/{form}.form") for path in unread)
    if finding.rule == "S6":
        return any(path.endswith(".toml") for path in unread)
    return finding.rule == "expression" and "no form" in finding.message and any(p.endswith(".form") for p in unread)


def _tables(pathway: Pathway) -> Iterator[Finding]:
    for name, table in pathway.tables.items():
        try:
            found = gaps_and_overlaps(table)
        except ConcordError as error:
            yield Finding(rule="table", element=name, message=str(error))
            continue
        for fault in found:
            message = f"The decision table {name}: {fault.text}. Correct its rows."
            yield Finding(rule="table", element=name, message=message)

"""Whether a pathway is sound: its drawing, forms, expressions and tables. Runs nothing; the proof does that."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from engine.dmn import DecisionUnsupported, gaps_and_overlaps, read_table
from engine.errors import ConcordError
from engine.forms import FormUnsupported, read_form
from engine.pathway.bpmn.reader import FLOWS, SIGNALS, read_strictly
from engine.pathway.definition import Pathway
from engine.pathway.duties import REGISTER, RegisterUnreadable, read_register
from engine.pathway.reading import read_pathway
from engine.pathway.rules import drawn, duties, flows, gateways, settings, stages, tasks, unsupported, words
from engine.pathway.rules.drawing import PUBLICATION, USE, Drawing, Finding
from engine.pathway.settings_reader import SettingsUnreadable, read_settings

__all__ = ["PUBLICATION", "USE", "Finding", "check", "check_files"]

_RULES: tuple[Callable[[Drawing], Iterator[Finding]], ...] = (
    unsupported.refused, unsupported.ids, drawn.drawn, drawn.names, words.limit_words,
    stages.pool_and_lanes, stages.stages_whole, stages.edges, stages.risk_and_stage_end,
    tasks.tasks, tasks.timers, tasks.notices, tasks.clauses, tasks.signals, duties.register,
    gateways.gateways, gateways.pairs, gateways.expressions, gateways.facts,
    flows.starts, flows.flows, flows.ways, flows.circles, flows.ends,
)  # fmt: skip
_OF_SIGNALS = frozenset({stages.edges, stages.risk_and_stage_end, tasks.signals})
_NOT_ASKED: Mapping[str, frozenset[Callable[[Drawing], Iterator[Finding]]]] = {
    SIGNALS: _OF_SIGNALS,
    FLOWS: frozenset({stages.pool_and_lanes, flows.starts, flows.ways, flows.ends,
                      gateways.gateways, *_OF_SIGNALS}),
}  # fmt: skip
"""Rules that would only say in other words that a flow or a signal is missing, where one is."""


def check(pathway: Pathway, lacking: frozenset[str] = frozenset()) -> list[Finding]:
    """Check one pathway that was read strictly; each fault once, those of the drawing first.

    What the reader found `lacking` is told already, and the rules that would miss it again are not asked.
    """
    drawing = Drawing(pathway=pathway)
    passed_over = {rule for what in lacking for rule in _NOT_ASKED[what]}
    found = [finding for rule in _RULES if rule not in passed_over for finding in rule(drawing)]
    return list(dict.fromkeys([*found, *_tables(pathway), *settings.settings(pathway)]))


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
        told = {finding.element for finding in read.findings if finding.element}
        found = [*read.findings, *(each for each in check(pathway, read.lacking) if each.element not in told)]
        found = list(dict.fromkeys(found))
    except ConcordError as error:
        return None, [Finding(rule="parse", element=None, message=str(error)), *unread.values()]
    if not unread:
        return pathway, found
    return None, [*unread.values(), *(finding for finding in found if not _follows(finding, pathway, unread))]


def _read(path: str, data: bytes) -> Finding | None:
    """What is wrong with a file beside the diagram; it is named in the message once, as people call it."""
    name = Path(path).stem
    try:
        if path.endswith(".form"):
            read_form(data, name, strict=True)
        elif path.endswith(".dmn"):
            read_table(data, strict=True)
        elif path.endswith(REGISTER):
            read_register([(Path(path).name, data)])
        elif path.endswith(".toml"):
            read_settings(data, Path(path).name)
    except FormUnsupported as error:
        return Finding(rule="form", element=path, message=str(error))
    except DecisionUnsupported as error:
        message = f"The decision table {name} cannot be used: {error.place} {error.wrong}."
        return Finding(rule="table", element=path, message=message)
    except (SettingsUnreadable, RegisterUnreadable) as error:
        return Finding(rule="settings", element=path, message=str(error))
    return None


def _follows(finding: Finding, pathway: Pathway, unread: Mapping[str, Finding]) -> bool:
    """Whether a finding only says again that a file could not be read."""
    if finding.rule == "form" and finding.element is not None and finding.element in pathway.diagram.elements:
        form = pathway.diagram.elements[finding.element].properties.get("form")
        return any(path.endswith(f"/{form}.form") for path in unread)
    if finding.rule == "duty":
        return any(path.endswith(REGISTER) for path in unread)
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

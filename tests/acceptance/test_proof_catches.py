"""What ships, spoilt in one place each: the rule or the property that must catch it, and nothing of another kind.

`check` is the fast rules, and the proof where they find nothing; a property's name stands behind “proof:”.
"""

from collections.abc import Callable
from dataclasses import dataclass

import mutations as change
import pytest
from lxml import etree
from mutations import BPMN, DMN, Files, Mutation
from play import shipped

from engine.assembly import executor, proven
from engine.course import Version
from engine.pathway import read_pathway
from engine.rules import check_files
from engine.simulation import run_scenario

BOTH = ("birmingham", "wolverhampton")
BIRMINGHAM, WOLVERHAMPTON = BOTH[:1], BOTH[1:]


@dataclass(frozen=True)
class Spoilt:
    """A mutation of what ships and what must be said of it, where there is one for each partnership."""

    mutation: Mutation
    caught: frozenset[str]
    where: tuple[str, ...] = BOTH


def text(name: str, old: str, new: str, ending: str = "/escalation.bpmn", times: int = -1) -> Mutation:
    """Replace a text in a file."""

    def apply(files: Files) -> dict[str, bytes]:
        path = next(path for path in files if path.endswith(ending))
        return {**files, path: files[path].replace(old.encode(), new.encode(), times)}

    return Mutation(name, apply)


def diagram(name: str, work: Callable[[etree._Element], None]) -> Mutation:
    """Change the diagram's XML."""

    def apply(files: Files) -> dict[str, bytes]:
        path = next(path for path in files if path.endswith("/escalation.bpmn"))
        root = etree.fromstring(files[path])
        work(root)
        return {**files, path: etree.tostring(root)}

    return Mutation(name, apply)


def no_flow(identity: str) -> Mutation:
    """Drop a flow, and the default that it may be."""

    def work(root: etree._Element) -> None:
        for node in list(root.iter()):
            if node.get("default") == identity:
                del node.attrib["default"]
            named = node.tag in {f"{BPMN}incoming", f"{BPMN}outgoing"} and node.text == identity
            if node.get("id") == identity or named:
                node.getparent().remove(node)

    return diagram(f"no flow {identity}", work)


def attribute(identity: str, name: str, value: str | None) -> Mutation:
    """Set an attribute of an element, or (none) take it away."""

    def work(root: etree._Element) -> None:
        node = root.find(f".//{BPMN}process//*[@id='{identity}']")
        node.attrib.pop(name, None)
        if value is not None:
            node.set(name, value)

    return diagram(f"{identity}: {name} becomes {value}", work)


def condition(flow: str, new: str) -> Mutation:
    """Write another condition on a flow."""

    def work(root: etree._Element) -> None:
        root.find(f".//{BPMN}sequenceFlow[@id='{flow}']/{BPMN}conditionExpression").text = new

    return diagram(f"{flow} if {new}", work)


def child(identity: str, tag: str, *, becomes: str | None) -> Mutation:
    """Take the first child of that kind out of an element, or put another in its place."""

    def work(root: etree._Element) -> None:
        node = root.find(f".//{BPMN}process//*[@id='{identity}']")
        found = node.find(f"{BPMN}{tag}")
        place = node.index(found)
        node.remove(found)
        if becomes is not None:
            node.insert(place, etree.Element(f"{BPMN}{becomes}"))

    return diagram(f"{identity} without {tag}", work)


def twice(table: str, row: int) -> Mutation:
    """Write a row of a decision table a second time."""

    def apply(files: Files) -> dict[str, bytes]:
        path = next(path for path in files if path.endswith(f"/{table}.dmn"))
        root = etree.fromstring(files[path])
        rule = list(root.iter(f"{DMN}rule"))[row]
        again = etree.fromstring(etree.tostring(rule).replace(b'id="', b'id="Again_'))
        rule.getparent().insert(rule.getparent().index(rule), again)
        return {**files, path: etree.tostring(root)}

    return Mutation(f"{table} with row {row} twice", apply)


def case(mutation: Mutation, *caught: str, where: tuple[str, ...] = BOTH) -> Spoilt:
    """One line of the list."""
    return Spoilt(mutation, frozenset(caught), where)


SPOILT = [
    # Stages: their deadlines, reminders and ways out.
    case(change.without("Stage1_Deadline"), "D3"),
    case(change.without("Stage2_Reminder"), "D3"),
    case(change.interrupting("Stage3_Reminder"), "D3", "D5", "end"),
    case(change.without("Stage3_Early"), "D3"),
    case(change.without("Stage2_Withdrawn"), "D3"),
    case(change.without("Stage4_Resolved"), "D3"),
    case(attribute("Stage2_Deadline", "cancelActivity", "false"), "D3", "flow"),
    case(change.limit("Stage1_Reminder", "reminder()", "deadline(working_days: 1)"), "D3"),
    case(change.limit("Stage1_Deadline", "working_days: 5", "working_days: 6"), "expression"),
    case(change.limit("Stage2_Deadline", "working_days: 2", "days: 2"), "expression"),
    case(change.limit("Stage2_Deadline", "working_days: 2", "working_days: 3"), "proof: timeline"),
    case(change.limit("Stage3_Deadline", "working_days: 3", "hours: 240"), "proof: timeline"),
    case(change.limit("Stage4_Deadline", "cumulative: 14", "cumulative: 13"), "proof: timeline"),
    case(change.prop("Stage2", "kind", "special"), "D2"),
    case(change.without("Stage1_Over"), "D5"),
    case(change.swapped("Stage1_Early", "Stage1_Over", "Stage2"), "D5"),
    case(change.swapped("Stage2_Resolved", "Resolved_StageEnded", "Resolved_Confirmation"), "D5"),
    case(no_flow("Stage1_Over_to_Stage2"), "flow", "end"),
    # Risk: the branch, its signal, its limits, the questions that lead to it.
    case(change.without("Risk"), "D4"),
    case(no_flow("Risk_Reported_to_Risk_Fork"), "flow"),
    case(attribute("Risk_Reported", "isInterrupting", None), "D11"),
    case(text("risk signal renamed", 'name="risk_reported"', 'name="risk_told"'), "D4"),
    case(change.limit("Risk_Refer", "immediately: true", "working_days: 1"), "proof: risk"),
    case(change.limit("Risk_CloseByLead", "same_working_day: true", "working_days: 1"), "proof: risk"),
    case(change.prop("Risk_TellLead", "due", "due(immediately: false)"), "D6"),
    case(text("raised without risk", ">risk = true<", ">risk = false<"), "proof: risk"),
    case(condition("StageEnd_AtRisk_to_StageEnd_RiskReported", 'at_risk = "no"'), "proof: answer"),
    case(condition("Protective_AtRisk_to_Protective_RiskReported", 'at_risk != "yes"'), "proof: answer"),
    # Records: what outlives a stage.
    case(change.prop("StageEnd_RecordReceiving", "side", "raising"), "proof: record"),
    case(change.without("StageEnd_RecordRaising"), "proof: record"),
    case(change.without("StageEnd_RiskQuestion"), "proof: expression", "proof: reached", "proof: end",
         where=BIRMINGHAM),
    case(change.without("StageEnd_RiskQuestion"), "proof: expression", "proof: reached", "proof: end", "proof: clause",
         where=WOLVERHAMPTON),
    case(no_flow("StageEnd_Fork_to_StageEnd_RecordReceiving"), "flow"),
    case(text("stage not carried", "variableName>stage<", "variableName>of<"), "D5"),
    # Agreement.
    case(condition("Resolution_Confirmed_to_Resolution_Resolved", 'confirmed = "no"'), "proof: answer"),
    case(condition("Resolution_Confirmed_to_Resolution_Resolved", 'confirmed = "maybe"'), "expression"),
    # Expressions and forms.
    case(change.no_field("discuss", "result"), "expression"),
    case(text("result typed", '"type": "radio"', '"type": "textfield"', "/discuss.form"), "form"),
    case(text("form broken off", "}", "", "/debrief.form", times=1), "form"),
    case(change.no_choice("concerns-persist", "persists", "yes"), "expression"),
    case(condition("Stage5_Persists_to_Stage5_Referred", 'persist = "yes"'), "expression", where=BIRMINGHAM),
    case(text("a way nobody offers", 'way = "uninvolved_chair"', 'way = "no"'), "expression", where=WOLVERHAMPTON),
    case(condition("Stage1_Discussed_to_Stage1_Agreed", 'persists = "yes"'), "proof: expression", "proof: reached",
         where=WOLVERHAMPTON),
    case(attribute("Resolution_Confirmed", "default", None), "D9"),
    case(change.prop("Stage1_Discuss", "form", "talk-it-over"), "form"),
    case(change.prop("Stage1_Discuss", "form", None), "D6"),
    case(change.prop("Stage1_Discuss", "side", "everybody"), "D6"),
    # Who acts.
    case(text("a lane renamed, its name elsewhere not", "Tier_senior_managers", "Tier_heads"), "D6"),
    case(text("a tier renamed", "senior_managers", "heads"), "proof: held"),
    case(text("a lane renamed", "Tier_co_chairs", "Tier_chairs"), "proof: held", where=BIRMINGHAM),
    case(text("a lane renamed", "Tier_chair", "Tier_chairs"), "proof: held", where=WOLVERHAMPTON),
    case(change.no_row("who_acts", "practitioners"), "table"),
    case(twice("who_acts", 0), "table"),
    case(text("a role misspelt", '"practitioner"', '"practicioner"', "/who_acts.dmn"), "proof: held"),
    case(change.prop("Withdrawal_Countersign", "role", "caretaker"), "D6"),
    # Ends, notices, words.
    case(change.prop("Withdrawn", "end", None), "end"),
    case(child("Stage1_Reminded", "messageEventDefinition", becomes="terminateEventDefinition"), "D11"),
    case(change.prop("Stage1_Reminded", "to", None), "D7"),
    case(child("Stage3", "documentation", becomes=None), "clause"),
    case(text("a clause that nothing answers", "\nids = [\n", '\nids = [\n  "X-9",\n', "/partnership.toml", times=1),
         "proof: clause"),
    case(text("a document type", "<bpmn:definitions", "<!DOCTYPE x><bpmn:definitions", times=1), "parse"),
]  # fmt: skip


def kinds(files: Files, partnership: str) -> set[str]:
    """What `check` says: the rules broken, or, where there are none, the properties, whose scenarios run again."""
    pathway, findings = check_files(files, partnership, "escalation")
    found = {f.rule for f in findings if f.rule != "S6"}
    if found or pathway is None:
        return found
    proof = proven(pathway)
    for broken in proof.broken:
        if broken.scenario is not None and broken.what != "expression":
            run_scenario(Version(pathway=pathway, executor=executor(pathway)), broken.scenario)
    return {f"proof: {broken.what}" for broken in proof.broken}


@pytest.mark.parametrize(
    ("partnership", "spoilt"),
    [pytest.param(p, s, id=f"{p}: {s.mutation.name}") for s in SPOILT for p in s.where],
)
def test_what_is_spoilt_is_caught(partnership: str, spoilt: Spoilt) -> None:
    """D1 to D11 and the proof: each fault by its own rule or property, and nothing of another kind beside it."""
    assert kinds(spoilt.mutation.of(shipped(partnership)), partnership) == spoilt.caught


@pytest.mark.parametrize("partnership", BOTH)
def test_what_is_not_spoilt_is_sound(partnership: str) -> None:
    """Nothing is said of what ships."""
    assert kinds(shipped(partnership), partnership) == set()


def test_every_property_that_ships_is_tried_on_enough_mutations() -> None:
    """At least 40 mutations of each pathway, at least a dozen of which only the proof can catch."""
    for partnership in BOTH:
        own = [s for s in SPOILT if partnership in s.where]
        assert len(own) >= 40
        assert sum(any(name.startswith("proof:") for name in s.caught) for s in own) >= 12


@pytest.mark.parametrize("partnership", BOTH)
def test_a_way_that_breaks_a_property_is_a_scenario_that_runs_again(partnership: str) -> None:
    """S4: a referral has a task that is not due at once, and the simulation shows it."""
    files = change.limit("Risk_Refer", "immediately: true", "working_days: 1").of(shipped(partnership))
    pathway = read_pathway(files, partnership, "escalation")
    found = next(b for b in proven(pathway).broken if b.element == "Risk_Refer")
    assert found.scenario is not None
    again = run_scenario(Version(pathway=pathway, executor=executor(pathway)), found.scenario)
    opened = [t for t in again.course.dispute.tasks if t.element == "Risk_Refer"]
    assert opened[0].due > again.at

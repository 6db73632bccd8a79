"""The drawing rules: a small pathway that keeps them all, and one test for each that is broken."""

from pathlib import Path

import pytest
from small_pathway import (
    DEADLINE,
    DIAGRAM,
    FORM_FILE,
    OVER,
    POOL,
    REMINDER,
    RISK,
    SETTINGS,
    SETTINGS_FILE,
    STAGE_END,
    TASK_WAITS,
    WORDS,
    changed,
    edge,
    examine,
    files,
    flow,
    found,
    found_by_change,
    node,
    properties,
    signal,
    timer,
)

from engine.pathway import collect, read_pathway
from engine.pathway.rules import Finding, check_files
from engine.pathway.rules.checking import PUBLICATION, check

SHIPPED = Path(__file__).parents[2] / "bpmn"
DRAWN = sorted(SHIPPED.glob("*/*.bpmn"))
AGREED = flow("Stage1_Agreed", "Stage1_Said", 'result = "agreed"')


def rules(findings: list[Finding]) -> set[str]:
    """The rules that were broken."""
    return {finding.rule for finding in findings}


def only(findings: list[Finding], rule: str, element: str | None, part: str) -> None:
    """Assert that there is one finding, and what it says."""
    assert [(f.rule, f.element) for f in findings] == [(rule, element)], findings
    assert part in findings[0].message


def choosing(*conditions: str) -> str:
    """The diagram with these conditions on flows out of its gateway."""
    ways = [AGREED.replace('result = "agreed"', conditions[0])]
    for number, condition in enumerate(conditions[1:], start=2):
        end = f"Stage1_Way{number}"
        ways += [node("endEvent", end), flow("Stage1_Agreed", end, condition)]
    return changed(AGREED, "".join(ways))


def test_a_sound_pathway_has_no_findings() -> None:
    """The small pathway keeps every rule, and is given back for use."""
    pathway, findings = examine(DIAGRAM)
    assert findings == []
    assert pathway is not None
    assert check(pathway) == []


@pytest.mark.parametrize("diagram", DRAWN, ids=[f"{path.parent.name}/{path.stem}" for path in DRAWN])
def test_what_ships_has_nothing_that_blocks_use(diagram: Path) -> None:
    """Every shipped pathway keeps the rules; only missing numbers may keep it from being published."""
    pathway, findings = check_files(collect(diagram.parent, diagram.stem), diagram.parent.name, diagram.stem)
    assert pathway is not None
    assert [finding for finding in findings if finding.blocks == "use"] == []


def test_eight_pathways_ship() -> None:
    """Each partnership's own, and its side pathways."""
    assert [f"{path.parent.name}/{path.stem}" for path in DRAWN] == [
        "barnet/escalation",
        "birmingham/escalation",
        "bromley/escalation",
        "harrow/conference-dissent",
        "harrow/escalation",
        "harrow/review-dissent",
        "wolverhampton/conference-request",
        "wolverhampton/escalation",
    ]


def test_d1_there_is_one_pool() -> None:
    """D1: a second pool with a process is refused, and so is a process outside the pool; an empty one decorates."""
    second = '<bpmn:participant id="Other" processRef="testing" />'
    only(found_by_change(POOL, POOL + second), "D1", None, "2 pools")
    only(found_by_change(POOL, ""), "D1", None, "0 pools")
    family = '<bpmn:participant id="Family" name="Child and family" />'
    said = '<bpmn:messageFlow id="Said" sourceRef="Family" targetRef="Stage1_Discuss" />'
    assert found_by_change(POOL, POOL + family + said) == []


def test_d1_there_is_one_process() -> None:
    """D1: a second process that isn't executable is refused too."""
    only(found_by_change("<bpmn:message ", '<bpmn:process id="Aside" /><bpmn:message '), "D1", "Aside", "take it out")


def test_d1_lanes_are_tiers() -> None:
    """D1, D8: a lane says its tier by a property, whatever its id is."""
    assert found_by_change('<bpmn:lane id="Tier_any"', '<bpmn:lane id="Lane_0x1"') == []
    assert "D1" in rules(found_by_change(properties(tier="any"), ""))


def test_d1_everything_stands_in_one_lane() -> None:
    """D1: neither in none nor in two."""
    ref = "<bpmn:flowNodeRef>Decided</bpmn:flowNodeRef>"
    only(found_by_change(ref, ""), "D1", "Decided", "no lane")
    risk = "<bpmn:flowNodeRef>Risk</bpmn:flowNodeRef>"
    only(found_by_change(risk, risk + ref), "D1", "Decided", "2 lanes")


def test_d2_a_stage_stands_in_a_lane() -> None:
    """D2: a stage without a lane has no tier."""
    findings = found_by_change("<bpmn:flowNodeRef>Stage1</bpmn:flowNodeRef>", "")
    assert ("D2", "Stage1") in {(f.rule, f.element) for f in findings}


def test_d2_no_task_of_a_stage_stands_in_another_lane() -> None:
    """D2: SpiffWorkflow hands the stage's lane on; another one for a task inside would contradict it."""
    ref = "<bpmn:flowNodeRef>Risk</bpmn:flowNodeRef>"
    findings = found_by_change(ref, ref + "<bpmn:flowNodeRef>Stage1_Discuss</bpmn:flowNodeRef>")
    only(findings, "D2", "Stage1_Discuss", "whole in one lane")


def test_d2_a_stage_does_not_stick_out_of_its_lane() -> None:
    """D2: the shapes say so where they are drawn."""
    shapes = "".join(
        f'<bpmndi:BPMNShape bpmnElement="{name}"><dc:Bounds x="0" y="0" width="100" height="{height}" />'
        "</bpmndi:BPMNShape>"
        for name, height in (("Stage1", 90), ("Tier_practitioners", 80))
    )
    only(found_by_change("</bpmn:definitions>", shapes + "</bpmn:definitions>"), "D2", "Stage1", "sticks out")
    assert found_by_change("</bpmn:definitions>", shapes.replace("90", "70") + "</bpmn:definitions>") == []


def test_d3_a_stage_has_one_interrupting_deadline() -> None:
    """D3: none, two, or one that doesn't interrupt."""
    lasting = DEADLINE.replace("<bpmn:boundaryEvent ", '<bpmn:boundaryEvent cancelActivity="false" ')
    assert "D3" in rules(found_by_change(DEADLINE, lasting))
    second = edge("Stage1_Second", timer("deadline(hours: 24)")) + flow("Stage1_Second", "Stage1_Over")
    findings = found(changed(DEADLINE, DEADLINE + second))
    assert any(f.rule == "D3" and "it has 2" in f.message for f in findings)
    none = found(changed("deadline(working_days: 5, cumulative: 5)", "reminder()"))
    assert any(f.rule == "D3" and "it has 0" in f.message for f in none)


def test_d3_a_stage_has_one_reminder_that_does_not_interrupt() -> None:
    """D3: a reminder that interrupts would end the stage."""
    findings = found_by_change(REMINDER, REMINDER.replace(' cancelActivity="false"', ""))
    assert any(f.rule == "D3" and "non-interrupting timer" in f.message for f in findings)


@pytest.mark.parametrize("name", ["escalated_early", "withdrawn", "resolved"])
def test_d3_the_ways_out_of_a_stage_are_drawn_and_interrupt(name: str) -> None:
    """D3: each signal that ends a stage is heard on its edge."""
    event = {"escalated_early": "Stage1_Early", "withdrawn": "Stage1_Withdrawn", "resolved": "Stage1_Resolved"}[name]
    drawn = edge(event, signal(name))
    for broken in (edge(event, signal("risk_reported")), edge(event, signal(name), ' cancelActivity="false"')):
        findings = found_by_change(drawn, broken)
        assert any(f.rule == "D3" and f"“{name}”" in f.message for f in findings)


@pytest.mark.parametrize(
    "limit",
    ["deadline()", "deadline(5)", "deadline(working_days: 0)", "deadline(working_days: 5, hours: 3)",
     "deadline(working_days: 5, cumulative: 4)", "deadline(days: 5)", "deadline(working_days: 1.5)",
     "deadline(working_days: 9999)", "deadline(working_days: result)", "deadline(immediately: true)",
     'deadline(working_days: 1, from: "yesterday")', "deadline(working_days: due(hours: 1))", "reminder(hours: 1)",
     "5", "deadline(working_days: 5) + 1", "now()", "", "2026-01-01", "deadline(working_days: 5"],
)  # fmt: skip
def test_every_timer_waits_for_a_date_that_can_be_computed(limit: str) -> None:
    """T9: what can't be counted is refused, saying what to write."""
    findings = found_by_change("deadline(working_days: 5, cumulative: 5)", limit.replace('"', "&quot;"))
    assert ("expression", "Stage1_Deadline") in {(f.rule, f.element) for f in findings}


def test_d4_risk_is_an_event_subprocess() -> None:
    """D4: without it risk could not be reported."""
    without = changed(RISK, "").replace("<bpmn:flowNodeRef>Risk</bpmn:flowNodeRef>", "")
    only(found(without), "D4", None, "risk_reported")


def test_d5_the_end_of_a_stage_is_an_event_subprocess() -> None:
    """D5: without it records and the risk question would not outlive a stage."""
    without = changed(STAGE_END, "").replace("<bpmn:flowNodeRef>StageEnd</bpmn:flowNodeRef>", "")
    only(found(without), "D5", None, "stage_ended")


@pytest.mark.parametrize("out", ["Stage1", "Stage1_Deadline", "Stage1_Early", "Stage1_Withdrawn", "Stage1_Resolved"])
def test_d5_each_exit_says_that_the_stage_has_ended(out: str) -> None:
    """D5: a way that goes round the throw is found by the exit that it starts from."""
    only(found_by_change(flow(out, "Stage1_Over"), flow(out, "Decided")), "D5", out, "Decided")


def test_d5_the_signal_carries_the_stage() -> None:
    """D5: the records could not be told apart without it."""
    changed_ = DIAGRAM.replace(">stage<", ">risk<")
    only(found(changed_), "D5", "Stage1_Over", "carry “stage”")


def test_d6_a_user_task_names_a_form_that_is_there() -> None:
    """D6: no form, or one that is in no folder."""
    task = '<spiffworkflow:property name="form" value="discuss" /><spiffworkflow:property name="side" value="both" />'
    assert {f.message.split()[0] for f in found_by_change(task, task.split("/>", 1)[1])} == {
        "Stage1_Discuss",
        "Risk_Refer",
    }
    assert rules(found_by_change('value="discuss"', 'value="elsewhere"')) == {"form"}


def test_d6_a_user_task_names_a_known_side_tier_and_role() -> None:
    """D6: what nobody holds is refused."""
    due = f'<spiffworkflow:property name="due" value="{TASK_WAITS}" />'
    only(
        found_by_change(due, due.replace("due", "alert", 1).replace(TASK_WAITS, "nobody")),
        "D6",
        "Stage1_Discuss",
        "nobody",
    )
    only(
        found_by_change(due, due.replace("due", "tier", 1).replace(TASK_WAITS, "upper")),
        "D6",
        "Stage1_Discuss",
        "upper",
    )
    only(found_by_change(due, due.replace("due", "colour", 1)), "D6", "Stage1_Discuss", "colour")
    assert rules(found_by_change('name="side" value="both"', 'name="side" value="left"')) == {"D6"}


@pytest.mark.parametrize("due", ["due(weeks: 1)", "reminder()", "soon", "due(immediately: false)"])
def test_d6_a_task_s_limit_can_be_counted(due: str) -> None:
    """D6: due(…) with what it knows."""
    only(found_by_change(TASK_WAITS, due), "D6", "Stage1_Discuss", "limit")


def test_d6_the_documentation_begins_with_clauses() -> None:
    """D6: every element says what it answers to."""
    bare = OVER.replace(WORDS, "<bpmn:documentation>What it does.</bpmn:documentation>")
    only(found_by_change(OVER, bare), "clause", "Stage1_Over", "begins with them")


def test_d7_a_notice_has_a_message_and_an_addressee() -> None:
    """D7: a message that isn't there, or goes to nobody."""
    only(
        found_by_change('messageRef="Message_near"', 'messageRef="Gone"'),
        "D7",
        "Stage1_Reminded",
        "Global message reference",
    )
    to = '<spiffworkflow:property name="to" value="both" />'
    only(found_by_change(to, ""), "D7", "Stage1_Reminded", "goes to nobody")
    only(found_by_change(to, to.replace("both", "both,papers")), "D7", "Stage1_Reminded", "papers")


@pytest.mark.parametrize("identity", ["Event_0abc12x", "Activity_1x3f9qk", "StartEvent_1", "Gateway_12"])
def test_d8_ids_that_a_modeller_made_up_are_as_good_as_any(identity: str) -> None:
    """D8: no behaviour hangs on how an id is spelled."""
    assert found(DIAGRAM.replace("Stage1_Over", identity)) == []


def test_d9_a_gateway_has_one_default_flow() -> None:
    """D9: without one, an answer that no condition expects would stop the dispute."""
    findings = found_by_change(' default="Stage1_Agreed_to_Stage1_NotAgreed"', "")
    assert {f.rule for f in findings} == {"D9"}
    assert any("no default flow" in f.message for f in findings)


def test_d9_every_other_flow_has_a_condition() -> None:
    """D9: and the default has none."""
    only(
        found_by_change(AGREED, flow("Stage1_Agreed", "Stage1_Said")),
        "D9",
        "Stage1_Agreed_to_Stage1_Said",
        "no condition",
    )
    plain = flow("Stage1_Agreed", "Stage1_NotAgreed")
    findings = found_by_change(plain, flow("Stage1_Agreed", "Stage1_NotAgreed", "risk = true"))
    only(findings, "D9", "Stage1_Agreed_to_Stage1_NotAgreed", "never looked at")


def test_d9_a_gateway_chooses_or_joins() -> None:
    """D9: with one way in and one way on it does neither: a flow has been lost."""
    idle = node("exclusiveGateway", "Risk_Idle") + flow("Risk_Refer", "Risk_Idle") + flow("Risk_Idle", "Risk_Done")
    only(found_by_change(flow("Risk_Refer", "Risk_Done"), idle), "D9", "Risk_Idle", "nothing to choose")


def test_d9_no_two_flows_join_the_same_pair() -> None:
    """D9: a replay could not tell which was taken."""
    again = flow("Raised", "Stage1")
    findings = found_by_change(again, again + again.replace('id="Raised', 'id="Again'))
    only(findings, "D9", "Again_to_Stage1", "second time")


@pytest.mark.parametrize(
    "pair",
    [('result = "agreed"', 'result = "agreed"'), ('result = "agreed"', 'result != "not_agreed"'),
     ("meetings &gt; 2", "meetings &lt; 4"), ("meetings &gt;= 3", "meetings &lt;= 3"),
     ("risk = true", "not(risk = false)"),
     ('list contains(reasons, "need")', 'list contains(reasons, "threshold")'), ("children = 1", "children &lt; 3"),
     ('result in ("agreed", "not_agreed")', 'result = "agreed" and risk = true')],
)  # fmt: skip
def test_d9_conditions_of_a_gateway_exclude_each_other(pair: tuple[str, str]) -> None:
    """D9: a pair that both hold for some answers is found, and the answers are named."""
    only(found(choosing(*pair)), "D9", "Stage1_Agreed", "both hold (")


@pytest.mark.parametrize(
    "pair",
    [('result = "agreed"', 'result = "not_agreed"'), ("meetings &gt; 2", "meetings &lt;= 2"),
     ('risk = true and result = "agreed"', 'risk = false and result = "agreed"'),
     ('stage = "Stage1"', "stage = null"), ('met_on &lt; "2026-01-01"', 'met_on &gt;= "2026-01-01"')],
)  # fmt: skip
def test_d9_conditions_that_do_exclude_each_other_are_left_alone(pair: tuple[str, str]) -> None:
    """D9: nothing is found where there is nothing."""
    assert found(choosing(*pair)) == []


def test_a_condition_that_can_never_be_true_is_found() -> None:
    """A value that the form does not offer is most likely misspelt."""
    only(found(choosing('result = "agred"')), "expression", "Stage1_Agreed_to_Stage1_Said", "never be true")


def test_a_condition_reads_no_free_text() -> None:
    """Decision 6: erasing a text must change nothing."""
    only(found(choosing('why = "x"')), "expression", "Stage1_Agreed_to_Stage1_Said", "free text")


def test_a_condition_reads_declared_names_and_calls_no_functions() -> None:
    """Decision 6: what no form asks is unknown, and so is what isn't a function of ours."""
    only(found(choosing("unheard = 1")), "expression", "Stage1_Agreed_to_Stage1_Said", "no form")
    only(found(choosing("now() = 1")), "expression", "Stage1_Agreed_to_Stage1_Said", "now(…)")


def test_a_repetition_reads_a_declared_name() -> None:
    """A cardinality is an expression like any other."""
    only(
        found_by_change("<bpmn:loopCardinality>children", "<bpmn:loopCardinality>kids"),
        "expression",
        "Risk_Refer",
        "kids",
    )


def test_an_end_says_how_the_dispute_ended() -> None:
    """C1: a known way, on the main flow only."""
    end = '<spiffworkflow:property name="end" value="decided" />'
    only(found_by_change(end, ""), "end", "Decided", "without saying how")
    only(found_by_change(end, end.replace("decided", "lost")), "end", "Decided", "lost")
    only(
        found_by_change('name="to" value="both" />', f'name="to" value="both" />{end}'),
        "end",
        "Stage1_Reminded",
        "main flow",
    )


def test_a_reminder_does_not_join_the_main_flow() -> None:
    """It interrupts nothing, so the dispute would go on twice."""
    both = node("parallelGateway", "Both") + flow("Stage1_Reminder", "Both")
    joined = both + flow("Both", "Stage1_Reminded") + flow("Both", "Stage1_Over")
    in_lane = "<bpmn:flowNodeRef>Both</bpmn:flowNodeRef></bpmn:lane>"
    diagram = changed(flow("Stage1_Reminder", "Stage1_Reminded"), joined).replace("</bpmn:lane>", in_lane, 1)
    only(found(diagram), "flow", "Stage1_Reminder", "joins the main flow")


def test_what_is_not_on_a_way_is_found() -> None:
    """Unreachable, without a way on, or in a circle without a way out."""
    lone = "<bpmn:flowNodeRef>Lone</bpmn:flowNodeRef></bpmn:lane>"
    alone = DIAGRAM.replace("</bpmn:lane>", lone, 1).replace(OVER, OVER + node("endEvent", "Lone", end="decided"))
    only(found(alone), "flow", "Lone", "reached by no flow")
    stuck = found_by_change(flow("Risk_Refer", "Risk_Done"), "")
    assert ("flow", "Risk_Refer") in {(f.rule, f.element) for f in stuck if "no way on" in f.message}
    circle = found_by_change(flow("Risk_Refer", "Risk_Done"), flow("Risk_Refer", "Risk_Refer"))
    assert ("flow", "Risk_Refer") in {(f.rule, f.element) for f in circle if "no end" in f.message}


def test_a_flow_does_not_cross_a_stage_s_edge() -> None:
    """BPMN allows none, and SpiffWorkflow would lose it."""
    findings = found_by_change(flow("Stage1_Said", "Stage1_Discuss"), flow("Stage1_Said", "Stage1_Over"))
    assert any(f.rule == "flow" and "crosses" in f.message for f in findings)


def test_a_signal_that_nothing_sends_is_found() -> None:
    """A misspelt signal would wait for ever."""
    name = 'name="resolved"'
    findings = found(DIAGRAM.replace(f'<bpmn:signal id="Signal_resolved" {name}', '<bpmn:signal id="Signal_resolved"'))
    assert "signal" in rules(findings)


def test_a_signal_that_nothing_waits_for_is_found() -> None:
    """What it should begin would never begin."""
    shout = node("intermediateThrowEvent", "Risk_Shout", signal("protective_passed"))
    there = flow("Risk_Refer", "Risk_Shout") + flow("Risk_Shout", "Risk_Done")
    only(found_by_change(flow("Risk_Refer", "Risk_Done"), shout + there), "signal", "Risk_Shout", "nothing waits")


def test_s6_a_missing_number_blocks_publication_only() -> None:
    """S6: without the number the pathway may be tried out, not published."""
    only_front = files() | {
        SETTINGS_FILE: b'[front_door]\ntelephone = "01632 960001"\n[out_of_hours]\ntelephone = ""\n'
    }
    pathway, findings = check_files(only_front, "testing", "escalation")
    assert pathway is not None
    only(findings, "S6", "out_of_hours", "telephone")
    assert findings[0].blocks == PUBLICATION


def table(reads: str, *answered: str, gives: str = "role") -> bytes:
    """A decision table that reads a name of two values, with a row for each that is answered."""
    rows = "".join(
        f'<rule id="r{number}"><inputEntry id="c{number}"><text>"{value}"</text></inputEntry>'
        f'<outputEntry id="x{number}"><text>"chair"</text></outputEntry></rule>'
        for number, value in enumerate(answered)
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="x">'
        '<decision id="who_acts" name="Who acts"><decisionTable id="t" hitPolicy="UNIQUE"><input id="i">'
        f'<inputExpression id="e" typeRef="string"><text>{reads}</text></inputExpression>'
        '<inputValues id="v"><text>"one", "two"</text></inputValues></input>'
        f'<output id="o" name="{gives}" typeRef="string" />{rows}</decisionTable></decision></definitions>'
    ).encode()


def test_a_table_with_a_gap_is_found() -> None:
    """A decision table answers every declared value exactly once."""
    gap = files() | {"bpmn/testing/who_acts.dmn": table("tier", "one")}
    only(check_files(gap, "testing", "escalation")[1], "table", "who_acts", "“two”")
    pathway, findings = check_files(files() | {"bpmn/testing/who_acts.dmn": b"<no"}, "testing", "escalation")
    assert pathway is None
    only(findings, "table", "bpmn/testing/who_acts.dmn", "not readable")


def test_a_contact_table_reads_what_is_asked() -> None:
    """BAR-2.0: a name that no form asks would be null for ever, and the table's answer wrong."""
    named = changed('name="form" value="discuss"', 'name="contacts" value="people"/><spiffworkflow:property '
                    'name="form" value="discuss"')  # fmt: skip
    for reads, missed in (("result", False), ("hours", False), ("receiving_kind", False), ("weather", True)):
        given = files(named) | {"bpmn/testing/people.dmn": table(reads, "one", "two", gives="contact")}
        findings = check_files(given, "testing", "escalation")[1]
        assert {(f.rule, f.element) for f in findings} == ({("expression", "people")} if missed else set())


def test_a_form_that_cannot_be_read_is_said_once() -> None:
    """The rest is checked all the same, without repeating what follows from it."""
    pathway, findings = check_files(files(form=b"{"), "testing", "escalation")
    assert pathway is None
    only(findings, "form", FORM_FILE, "JSON")
    two = files(changed("<bpmn:flowNodeRef>Decided</bpmn:flowNodeRef>", ""), form=b"{")
    assert rules(check_files(two, "testing", "escalation")[1]) == {"form", "D1"}


def test_settings_that_cannot_be_read_are_a_finding() -> None:
    """A slip in partnership.toml is said with its line."""
    for settings in (b"[front_door", b"\xff\xfe"):
        pathway, findings = check_files(files(settings=settings), "testing", "escalation")
        assert pathway is None
        only(findings, "settings", SETTINGS_FILE, "partnership.toml")


def test_a_pathway_without_a_diagram_is_a_finding() -> None:
    """The file is named."""
    pathway, findings = check_files({}, "testing", "escalation")
    assert pathway is None
    only(findings, "parse", None, "bpmn/testing/escalation.bpmn")


def test_every_message_is_a_sentence_that_says_what_to_do() -> None:
    """Findings are read by people who draw: each ends like a sentence."""
    broken = found(
        DIAGRAM.replace("Stage1_Over", "Event_0abc12x").replace(' default="Stage1_Agreed_to_Stage1_NotAgreed"', "")
    )
    assert broken
    assert all(finding.message.endswith(".") for finding in broken)
    assert read_pathway(files(), "testing", "escalation").title == "Testing"


def test_d11_a_signal_thrown_at_an_end_is_never_heard() -> None:
    """SpiffWorkflow passes over it in silence; the finding says what to draw instead."""
    plain, thrown = node("endEvent", "Resolution_Done"), node("endEvent", "Resolution_Done", signal("resolved"))
    only(found_by_change(plain, thrown), "D11", "Resolution_Done", "Throw it before a plain end")


@pytest.mark.parametrize("years", ["0", "-1", "2.5", "true", '"25"', "101"])
def test_a_retention_period_that_is_no_number_of_years_is_found(years: str) -> None:
    """What people typed is kept for a whole number of years; where nothing is said, for 25."""
    settings = SETTINGS.encode() + b"[retention]\nyears = " + years.encode() + b"\n"
    pathway, findings = check_files(files(settings=settings), "testing", "escalation")
    only(findings, "settings", "retention", "whole number")
    assert pathway is not None


def test_a_retention_period_is_read_and_has_a_default() -> None:
    """[local], in partnership.toml."""
    for more, years in ((b"", 25), (b"[retention]\nyears = 7\n", 7)):
        pathway, findings = check_files(files(settings=SETTINGS.encode() + more), "testing", "escalation")
        assert pathway is not None
        assert (findings, pathway.retention_years) == ([], years)


def test_a_stage_says_which_disputes_come_by_it_in_an_expression_that_can_be_read() -> None:
    """T10: its property route reads closed answers, as a condition does."""
    stage = properties(stage="1", kind="ordinary")
    agreed = properties(stage="1", kind="ordinary", route="result = &quot;agreed&quot;")
    assert found_by_change(stage, agreed) == []
    for route, words in (("result =", "The route of Stage1"), ('why = "x"', "free text"), ('nobody = "x"', "no form")):
        found = found_by_change(stage, properties(stage="1", kind="ordinary", route=route.replace('"', "&quot;")))
        assert [finding.rule for finding in found] == ["expression"]
        assert words in found[0].message

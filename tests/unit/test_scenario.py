"""A scenario that can't be read is refused in a sentence, whatever is wrong with it; nothing of it runs."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from town import BPMN

from engine import run_scenario, version_from
from engine.errors import ConcordError
from engine.proof import ScenarioUnreadable, ScenarioWrong

VERSION = version_from(BPMN, "birmingham")
RAISED = "2026-12-23T10:00"
WAIT = {"at": "2026-12-24T09:00", "do": "wait"}


def refused(given_: Any, *words: str) -> None:
    """It is refused, and says so in these words."""
    with pytest.raises((ScenarioUnreadable, ScenarioWrong)) as found:
        run_scenario(VERSION, given_)
    for word in words:
        assert word in str(found.value), str(found.value)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ([], "it is a list, not an object"),
        ([WAIT], "it is a list"),
        (None, "it is nothing"),
        ("scenario", "it is text"),
        (7, "it is a number"),
        ({}, "it must say in “raised” when"),
        ({"steps": []}, "it must say in “raised” when"),
        ({"raised": 2026}, "it must say in “raised” when"),
        ({"raised": None}, "it must say in “raised” when"),
        ({"raised": RAISED, "step": []}, "“step” means nothing in it"),
        ({"raised": RAISED, "steps": WAIT}, "must be a list of at most"),
        ({"raised": RAISED, "steps": "wait"}, "must be a list of at most"),
        ({"raised": RAISED, "steps": [WAIT] * 2_001}, "must be a list of at most"),
        ({"raised": RAISED, "start": []}, "it is a list, not an object of answers"),
        ({"raised": RAISED, "start": {"children": 0}}, "“children” must be a number from 1 to 20"),
        ({"raised": RAISED, "start": {"children": 10**9}}, "“children” must be a number from 1 to 20"),
        ({"raised": RAISED, "start": {"children": [{"initials": "AB"}]}}, "“children” must be"),
        ({"raised": RAISED, "start": {"risk": "perhaps"}}, "“risk” must be true or false"),
        ({"raised": RAISED, "start": {"risk": []}}, "“risk” must be true or false"),
        ({"raised": RAISED, "start": {"raising_kind": 3}}, "“raising_kind” must be text"),
        ({"raised": RAISED, "start": {"scope": {"a": 1}}}, "“scope” must be a choice"),
    ],
)
def test_what_is_no_scenario_is_said_with_an_example(wrong: Any, words: str) -> None:
    """“raised” is missing, it is a list, a word is misspelled: it ended in a traceback."""
    refused(wrong, words, "Write a scenario like {")


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("wait", "it is text, not an object"),
        ({**WAIT, "do": "dance"}, "“dance” is not one of complete"),
        ({**WAIT, "do": ["wait"]}, "is not one of"),
        ({"at": RAISED}, "it lacks 'do'"),
        ({"do": "wait"}, "it lacks 'at'"),
        ({**WAIT, "at": 3}, "“at” must be text"),
        ({**WAIT, "who": "me"}, "“who” means nothing in a step “wait”"),
        ({**WAIT, "side": "both sides"}, "“side” must be raising, receiving or partnership"),
        ({**WAIT, "do": "complete"}, "it lacks 'task'"),
        ({**WAIT, "do": "complete", "task": 3}, "“task” must be text"),
        ({**WAIT, "do": "complete", "task": "Stage1_Discuss", "answers": []}, "“answers” must be an object"),
        (
            {**WAIT, "do": "complete", "task": "Stage1_Discuss", "answers": {"result": {}}},
            "“answers” must be an object",
        ),
        ({**WAIT, "do": "complete", "task": "Stage1_Discuss", "check": "no"}, "“check” must be true or false"),
        ({**WAIT, "do": "report_risk", "children": 1}, "“children” must be a list"),
        ({**WAIT, "do": "report_risk", "children": [-1]}, "“children” must be a list"),
        ({**WAIT, "do": "report_risk", "children": [5]}, "there is no child 5"),
        ({**WAIT, "do": "shorten"}, "it lacks 'to'"),
        ({**WAIT, "do": "shorten", "to": "soon"}, "soon"),
        ({**WAIT, "at": "9999-12-31T10:00"}, "too far away"),
        ({**WAIT, "at": "1066-10-14T10:00"}, "too far away"),
        ({**WAIT, "at": "2099-01-01T10:00"}, "too far away"),
        ({**WAIT, "at": "2027-03-28T01:30"}, "never happens in London"),
    ],
)
def test_a_step_that_can_not_be_read_is_named_by_its_number(step: Any, words: str) -> None:
    """Before any step has run, so that half a story is never printed as a whole one."""
    refused({"raised": RAISED, "steps": [WAIT, step]}, "Step 2 of the scenario can't be done:", words)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
STEP = st.fixed_dictionaries(
    {"at": st.sampled_from([RAISED, "2026-12-24T09:00", "2027-01-20T12:00", ""]) | JSON},
    optional={
        "do": st.sampled_from(["complete", "report_risk", "risk_over", "escalate", "shorten", "wait"]) | JSON,
        "task": st.sampled_from(["Stage1_Discuss", "Risk_Refer", "Raised"]) | JSON,
        "side": st.sampled_from(["raising", "receiving", "partnership"]) | JSON,
        "answers": st.dictionaries(st.sampled_from(["result", "at_risk", "reasons"]), JSON) | JSON,
        "check": st.booleans(), "to": st.just("2026-12-29T12:00") | JSON, "children": JSON, "reason": JSON,
    },
)  # fmt: skip
START = st.dictionaries(st.sampled_from(["children", "risk", "protective", "scope", "raising_kind", "x"]), JSON)


@given(st.fixed_dictionaries({}, optional={
    "raised": st.just(RAISED) | JSON, "start": START | JSON, "steps": st.lists(STEP, max_size=3) | JSON,
}) | JSON)  # fmt: skip
@example({"raised": RAISED, "start": {"protective": "2026-12-22T10:00"}})
@example({"raised": RAISED, "start": {"protective": ""}})
@example(
    {"raised": RAISED, "steps": [{"at": RAISED, "do": "complete", "task": "Stage1_Discuss", "answers": {"result": 3}}]}
)
@settings(max_examples=150)
def test_no_scenario_ends_in_a_traceback(scenario: Any) -> None:
    """Every kind of JSON in every place: it runs, or it is refused as Concord refuses."""
    with suppress(ConcordError):
        run_scenario(VERSION, json.loads(json.dumps(scenario)))

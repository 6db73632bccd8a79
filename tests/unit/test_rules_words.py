"""A changed limit names every other place that says otherwise: number and unit in names, documentation, forms (D12)."""

import json

import pytest
from small_pathway import DIAGRAM, FORM, TASK_WAITS, changed, drawn, files, found

from engine.pathway.finding import Finding
from engine.pathway.rules import check_files

EXPRESSION = "deadline(working_days: 5, cumulative: 5)"
NAMED = 'name="Stage1_Deadline"'


def said(words: str, expression: str = EXPRESSION) -> list[Finding]:
    """What is found where the deadline of the stage is called so."""
    return found(changed(NAMED, f'name="{words}"').replace(EXPRESSION, expression))


@pytest.mark.parametrize(
    ("words", "expression"),
    [("5 working days", EXPRESSION), ("five working days", EXPRESSION), ("Five days", EXPRESSION),
     ("1 week", EXPRESSION), ("one working week", EXPRESSION), ("24 hours", "deadline(hours: 24)"),
     ("Three months", "deadline(months: 3)"), ("7 days, day 7 in all", "deadline(working_days: 7, cumulative: 9)"),
     ("2 working days, within nine days in all", "deadline(working_days: 2, cumulative: 9)"),
     ("by the end of the week", EXPRESSION), ("stage 2 of 5", EXPRESSION), ("30 minutes", EXPRESSION)],
)  # fmt: skip
def test_the_same_in_other_words_is_the_same(words: str, expression: str) -> None:
    """Digits or words, days or a working week; other wording is not read."""
    assert said(words, expression) == []


@pytest.mark.parametrize(
    ("words", "expression"),
    [("5 working days", "deadline(working_days: 4, cumulative: 5)"), ("five working days", "deadline(hours: 24)"),
     ("24 hours", "deadline(working_days: 1)"), ("5 calendar days", EXPRESSION), ("two-weeks", EXPRESSION),
     ("twelve months", "deadline(months: 3)")],
)  # fmt: skip
def test_another_number_or_unit_is_told(words: str, expression: str) -> None:
    """With what it says, and the field where it is mended; that the cumulative maximum is so is no excuse."""
    findings = said(words, expression)
    assert [(f.rule, f.element, f.blocks) for f in findings] == [("D12", "Stage1_Deadline", "publication")]
    assert f"its name says “{words}” (General, Name)" in findings[0].message


def test_one_changed_limit_is_one_finding_with_every_place() -> None:
    """The name, the documentation, those of the stage and of what is in it without a limit of its own."""
    texts = changed(NAMED, 'name="5 working days"').replace('name="Stage1"', 'name="Five days to talk"')
    begins = texts.index("What it does.", texts.index('id="Stage1_Begins"'))
    texts = f"{texts[:begins]}The five working days begin.{texts[begins + len('What it does.') :]}"
    assert found(texts) == []
    findings = found(texts.replace(EXPRESSION, "deadline(working_days: 3, cumulative: 3)"))
    assert [f.element for f in findings] == ["Stage1_Deadline"]
    assert findings[0].message.startswith(
        "The limit of Stage1_Deadline (“5 working days”) is 3 working days, but its name"
    )
    assert (
        "Stage1 (“Five days to talk”): its name says “Five days” (General, Name) and Stage1_Begins"
        in findings[0].message
    )
    assert "says “five working days” (Documentation)" in findings[0].message


def test_a_form_that_says_otherwise_is_named_with_its_question() -> None:
    """What people read as they answer."""
    form = json.loads(FORM)
    form["components"][0]["description"] = "Within two working days."
    given = files() | {"forms/shared/discuss.form": json.dumps(form).encode()}
    _, findings = check_files(given, "testing", "escalation")
    assert {f.element for f in findings} == {"Stage1_Discuss"}
    assert "the form discuss, at “result”, says “two working days” (Description)" in findings[0].message
    due = drawn(changed(TASK_WAITS, "due(working_days: 2)")).encode()
    assert check_files(given | {"bpmn/testing/escalation.bpmn": due}, "testing", "escalation")[1] == []


def test_a_task_may_speak_of_its_stage_when_it_says_its_own_limit_too() -> None:
    """Else its own could be changed and nobody be told."""
    task = DIAGRAM.index("What it does.", DIAGRAM.index('id="Stage1_Discuss"'))
    for words, silent in (("One day for this, of five days.", True), ("Five days for the stage.", False)):
        text = f"{DIAGRAM[:task]}{words}{DIAGRAM[task + len('What it does.') :]}"
        assert (found(text) == []) is silent

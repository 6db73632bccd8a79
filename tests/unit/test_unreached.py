"""Which answers are an attempt at a task, and leave it open (S4)."""

import json
from pathlib import Path

import pytest

from engine.dispute import Kind, attempt_of, kind_of
from engine.forms import FormUnsupported, read_form

FILE = Path(__file__).parents[2] / "forms" / "shared" / "risk-tell-lead.form"
OTHER = FILE.with_name("risk-referral.form")


def changed(**properties: str | None) -> bytes:
    """The form by which the lead is told, with other properties."""
    schema = json.loads(FILE.read_text())
    schema["properties"] = {k: v for k, v in {**schema["properties"], **properties}.items() if v is not None}
    return json.dumps(schema).encode()


@pytest.mark.parametrize("data", [FILE.read_bytes(), changed(attempt=None)], ids=["said", "published before"])
def test_no_is_an_attempt_and_yes_or_nothing_is_not(data: bytes) -> None:
    """S4: whether the form says so, or was published before a form could."""
    form = read_form(data, "risk-tell-lead.form")
    assert kind_of(form, {"lead_reached": "no"}) == Kind.TASK_ATTEMPTED
    assert kind_of(form, {"lead_reached": "yes"}) == Kind.TASK_COMPLETED
    assert kind_of(form, {}) == Kind.TASK_COMPLETED


def test_a_form_may_say_it_of_another_answer_and_a_form_that_says_nothing_knows_none() -> None:
    """What a form says goes before what is known of older ones."""
    form = read_form(changed(attempt='=lead_reached = "yes"'), "risk-tell-lead.form")
    assert kind_of(form, {"lead_reached": "no"}) == Kind.TASK_COMPLETED
    assert kind_of(form, {"lead_reached": "yes"}) == Kind.TASK_ATTEMPTED
    assert attempt_of(read_form(OTHER.read_bytes(), "risk-referral.form")) is None
    assert kind_of(None, {"lead_reached": "no"}) == Kind.TASK_COMPLETED


@pytest.mark.parametrize("wrong", ['=nobody = "no"', "=lead_reached = ", '=lead_name = "x"', "=now() = 1"])
def test_what_it_reads_must_be_a_closed_question_of_the_form(wrong: str) -> None:
    """A property that could never hold, or reads free text, is refused when the form is read."""
    with pytest.raises(FormUnsupported, match="attempt"):
        read_form(changed(attempt=wrong), "risk-tell-lead.form")

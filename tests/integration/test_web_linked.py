"""The main pathway raised from the page of a dissent's task (HAR-C6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web_office import Office, Visitor, words

from engine import Child, complete_task, dispute_page, person_named, publish_folder, raise_dispute, raise_page
from engine.demo import BUILDER, people
from engine.forms import filled
from engine.queries.task_page import task_page

if TYPE_CHECKING:
    from pathlib import Path

SIDE = "harrow/conference-dissent"
TEACHER = "harrow-school-teacher"


@pytest.fixture
def dissent(office: Office) -> str:
    """Harrow beside Birmingham, and a dissent whose decision is believed to put the child at risk."""
    bpmn: Path = office.bpmn
    publish_folder(office.concord, BUILDER, bpmn / "harrow", demo=True)
    people(office.concord, "harrow")
    teacher, now = person_named(office.concord, TEACHER), office.clock.now()
    form = raise_page(office.concord, teacher, SIDE).form
    ref = raise_dispute(
        office.concord, teacher, "dissent", pathway=SIDE, receiving="harrow-council", risk=False,
        answers=filled(form, now, {}), children=[Child(case_reference="CR-5", initials="E.F.")],
    ).ref  # fmt: skip
    asked = task_page(office.concord, teacher, ref, "AtRisk_Question.1").form
    assert asked is not None
    answers = filled(asked, now, {"decision_risk": "yes"})
    complete_task(office.concord, teacher, ref, "AtRisk_Question.1", "question", answers)
    return ref


def test_the_tasks_page_leads_to_a_form_that_is_begun_and_sending_it_does_the_task(
    office: Office, dissent: str
) -> None:
    """The children and the other agency stand in the form; both pages name the other dispute afterwards."""
    visitor = Visitor(office.app.test_client(), TEACHER)
    task = visitor.page(f"/disputes/{dissent}/tasks/AtRisk_StartMain.1")
    (raising,) = (a.get("href") for a in task.iter("a") if "Raise it by the main pathway" in a.text_content())
    asked = visitor.submit(raising, {"risk": "no"}, action="/raise").location
    form = visitor.page(asked)
    assert f"It will be linked to {dissent}" in words(form)
    begun = {name: form.xpath(f"string(//*[@name='{name}']/@value)") for name in ("case-1", "initials-1")}
    assert begun == {"case-1": "CR-5", "initials-1": "E.F."}
    assert form.xpath("string(//select[@name='receiving-agency']/option[@selected]/@value)") == "harrow-council"
    teacher = person_named(office.concord, TEACHER)
    answers = filled(raise_page(office.concord, teacher).form, office.clock.now(), {})
    sent = {**answers, **begun, "receiving-agency": "harrow-council", "do": "raise"}
    main = visitor.submit(asked, sent, action="/raise/details")
    assert f"Linked to {dissent}" in visitor.follow(main)
    linked = dispute_page(office.concord, teacher, dissent).dispute.links
    assert [f"Linked to {ref}" in words(visitor.page(f"/disputes/{dissent}")) for ref in linked] == [True]
    assert visitor.get(f"/disputes/{dissent}/tasks/AtRisk_StartMain.1").status_code == 409

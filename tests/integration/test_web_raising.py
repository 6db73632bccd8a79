"""Raising a disagreement: danger first, one question, one form, and a look at what is open already."""

from typing import Any

import pytest
from lxml import html
from web_office import ANSWERS, REF, Office, Visitor, words

from engine import london

FORM = "/raise/details?risk=no"
CASE: dict[str, Any] = {
    **ANSWERS,
    "case-1": "CR-77",
    "initials-1": "A.B.",
    "receiving-agency": "council",
    "do": "raise",
}


def send(visitor: Visitor, data: dict[str, Any], path: str = FORM) -> Any:
    """Send the form."""
    return visitor.submit(path, data, action="/raise/details")


def test_danger_and_risk_come_before_anything_else(office: Office) -> None:
    """999 and the number for this hour stand on the first page, with the one question (S2, S5, S6)."""
    visitor = office.visitor("teacher")
    said = words(visitor.page("/raise"))
    assert said.index("call 999 now") < said.index("Is a child at risk of significant harm?")
    answer = visitor.submit("/raise", {"risk": "yes"})
    assert "The referral opens at once" in visitor.follow(answer)
    unanswered = visitor.submit("/raise", {})
    assert unanswered.status_code == 422
    assert "Say whether a child is at risk" in unanswered.text


def test_the_question_of_risk_is_not_skipped(office: Office) -> None:
    """The form without an answer leads back to the question (S2)."""
    assert office.visitor("teacher").get("/raise/details").location == "/raise"


def test_raising_gives_a_reference_and_opens_the_first_stage(office: Office) -> None:
    """A confirmation with the reference stands on the dispute's page."""
    visitor = office.visitor("teacher")
    said = visitor.follow(send(visitor, CASE))
    assert f"The disagreement is raised. Its reference is {REF}. Next for you: Discuss the difference, due" in said
    assert "Stage 1: practitioners talk" in said
    assert "A.B. (CR-77)" in said


def test_a_risk_answered_with_yes_opens_its_referral(office: Office) -> None:
    """The referral is there from the first moment, the stage beside it (S3)."""
    visitor = office.visitor("teacher")
    said = visitor.follow(send(visitor, CASE, "/raise/details?risk=yes"))
    assert "Risk was reported: do this now" in said
    assert "Call CASS and record the referral" in said
    assert "Discuss the difference" in said


def test_several_children_can_be_named(office: Office) -> None:
    """There is room for four, and for one more at each press of a button, with nothing lost."""
    visitor = office.visitor("teacher")
    more = send(visitor, {**CASE, "case-2": "CR-78", "initials-2": "C.B.", "do": "add"})
    assert more.status_code == 200
    assert 'name="case-5"' in more.text
    assert 'value="CR-78"' in more.text
    assert "We see the risk as high." in more.text
    rows = {"rows": "5", "case-2": "CR-78", "initials-2": "C.B.", "case-5": "CR-80", "initials-5": "D.B."}
    said = visitor.follow(send(visitor, {**CASE, **rows}))
    for child in ("A.B. (CR-77)", "C.B. (CR-78)", "D.B. (CR-80)"):
        assert child in said


def test_what_is_missing_is_said_beside_each_question(office: Office) -> None:
    """Everything to put right is listed at once, and what was typed is kept."""
    data = {**CASE, "initials-1": "", "case-3": "", "initials-3": "E", "receiving-agency": "", "evidence": "",
            "protective-until": ["1", "1", "2020"], "protective-until-time": "10:00"}  # fmt: skip
    answer = send(office.visitor("teacher"), data)
    said = words(answer.text)
    assert answer.status_code == 422
    for expected in ("Enter the initials of the child", "Enter the case reference of child 3", "Select an answer to",
                     "Which agency do you disagree with?"):  # fmt: skip
        assert expected in said
    assert 'value="CR-77"' in answer.text
    assert "We see the risk as high." in answer.text
    assert 'value="2020"' in answer.text


def test_a_protective_timescale_can_be_set_from_the_start(office: Office) -> None:
    """The time stands on the dispute's page; one in the past is refused beside its question (T10)."""
    visitor = office.visitor("teacher")
    past = {"protective-until": ["1", "1", "2020"], "protective-until-time": "10:00"}
    refused = send(visitor, {**CASE, **past})
    assert refused.status_code == 422
    assert "must be later than now" in refused.text
    soon = {"protective-until": ["25", "11", "2026"], "protective-until-time": "12:00"}
    said = visitor.follow(send(visitor, {**CASE, **soon}))
    assert "must be resolved by Wednesday 25 November 2026 at 12:00" in said


def test_an_open_disagreement_about_the_same_case_is_pointed_out(office: Office) -> None:
    """One can go on with it, go back, or raise another all the same; nothing typed is lost."""
    office.raised()
    visitor = office.visitor("teacher")
    data = {**CASE, "case-1": "CR-1", "disagreement": "First line\nSecond line"}
    found = send(visitor, data)
    assert found.status_code == 200
    assert f'href="/disputes/{REF}"' in found.text
    kept = {name: value for name, value in _kept(found.text) if name != "do"}
    back = visitor.client.post("/raise/details", data={**kept, "do": "back"})
    assert "First line\nSecond line" in back.text.replace("\r\n", "\n")
    anyway = visitor.client.post("/raise/details", data={**kept, "do": "anyway"})
    assert "BIR-2026-0002" in visitor.follow(anyway)


def test_that_others_disagree_about_a_child_is_told_to_nobody_who_may_not_see_it(office: Office) -> None:
    """A third agency raises its own as if there were no other: not even that there is one can be found out."""
    office.raised()
    visitor = office.visitor("nurse")
    assert "BIR-2026-0002" in visitor.follow(send(visitor, {**CASE, "case-1": "CR-1"}))
    assert REF not in visitor.get("/").text


def test_raising_twice_with_one_form_raises_once(office: Office) -> None:
    """A double click gives one dispute."""
    visitor = office.visitor("teacher")
    data = {**visitor.hidden(FORM, "/raise/details"), **CASE, "case-1": "CR-9"}
    first = visitor.client.post("/raise/details", data=data)
    again = visitor.client.post("/raise/details", data={**data, "do": "anyway"})
    assert first.location == again.location
    assert "It was raised once" in visitor.follow(again)


def test_the_partnerships_own_people_do_not_raise(office: Office) -> None:
    """A dispute is raised by somebody of an agency: the business manager is told so."""
    visitor = office.visitor("manager")
    assert "Raise a disagreement" not in words(visitor.page("/"))
    assert visitor.get("/raise").status_code == 403
    data = {"csrf_token": visitor.hidden("/", "/sign-out")["csrf_token"], **CASE}
    assert visitor.client.post("/raise/details", data=data).status_code == 403


def test_what_is_typed_is_shown_as_text_everywhere(office: Office) -> None:
    """Markup in any field stays inert, on every page that shows it."""
    evil = "<script>alert(1)</script>'\"><img src=x onerror=alert(2)>"
    data = {**CASE, **dict.fromkeys(("disagreement", "evidence", "risk_to_child", "case-1"), evil), "initials-1": "<b>"}
    visitor = office.visitor("teacher")
    answer = send(visitor, {**data, "case-1": evil[:60]})
    assert answer.status_code == 302
    paths = (
        f"/disputes/{REF}",
        f"/disputes/{REF}/replay",
        "/",
        f"/disputes/{REF}/risk",
        f"/disputes/{REF}/entries/1/correct",
    )
    for path in paths:
        page = visitor.page(path)
        assert page.xpath("//img | //b | //script[not(@nonce) and not(@src)]") == []
    refused = send(visitor, {**data, "receiving-agency": evil})
    assert refused.status_code == 422
    assert "<img" not in refused.text
    assert office.clock.now() == london("2026-11-23T12:00")


def _kept(text: str) -> list[tuple[str, str]]:
    """Give what the page that points out another dispute carries on, as a browser would send it."""
    from lxml import html  # noqa: PLC0415 - only here

    form = next(form for form in html.fromstring(text).forms if form.get("action") == "/raise/details")
    return [(name, value.lstrip("\n")) for name, value in form.form_values()]


def test_a_digit_that_is_no_number_is_no_mistake_of_ours(office: Office) -> None:
    """Rows and children are numbers; ² is a digit to Python, and no number."""
    visitor = office.visitor("teacher")
    assert send(visitor, {**CASE, "rows": "²", "case-1": ""}).status_code == 422
    ref = office.raised()
    reported = visitor.client.post(f"/disputes/{ref}/risk", data={"csrf_token": visitor.token(), "children": "²"})
    assert reported.status_code == 422


@pytest.mark.parametrize("again", ["CR-77", "cr-77 ", "CR- 77"])
def test_a_child_is_entered_once(office: Office, again: str) -> None:
    """S3: a report of risk is made for each child; the second row says so, and nothing is raised."""
    visitor = office.visitor("teacher")
    answer = send(visitor, {**CASE, "case-2": again, "initials-2": "A.B.", "risk": "yes"})
    assert answer.status_code == 422
    assert "You have entered this child twice" in answer.text
    assert visitor.get(f"/disputes/{REF}").status_code == 404


def test_whether_a_child_is_at_risk_is_answered_before_anything_is_raised(office: Office) -> None:
    """S2: neither yes nor no leads back to the question; it is never taken for no."""
    answer = send(office.visitor("teacher"), {**CASE, "risk": ""})
    assert answer.status_code == 422
    assert "Say whether a child is at risk" in answer.text


def test_what_is_sent_again_otherwise_is_not_taken_for_sent(office: Office) -> None:
    """Firefox's Back, a changed word, sent with the same page: 409, with what was typed, and the first stands."""
    visitor = office.visitor("teacher")
    hidden = visitor.hidden(FORM, "/raise/details")
    first = visitor.client.post("/raise/details", data={**hidden, **CASE})
    assert visitor.client.post("/raise/details", data={**hidden, **CASE}).location == first.location
    other = visitor.client.post("/raise/details", data={**hidden, **CASE, "disagreement": "Corrected words."})
    assert other.status_code == 409
    assert "what is below was not" in other.text
    assert "Corrected words." in other.text
    assert "Corrected words." not in visitor.get(f"/disputes/{REF}").text


@pytest.mark.parametrize("blank", ["\u200b", "\u3164"])
def test_what_cannot_be_seen_names_no_child(office: Office, blank: str) -> None:
    """A reference and initials that nobody can read are asked for again."""
    answer = send(office.visitor("teacher"), {**CASE, "case-1": blank, "initials-1": blank})
    assert answer.status_code == 422
    assert "Enter the case reference of the child" in answer.text


def test_who_decided_is_asked_with_the_agency_and_stands_with_it(office: Office) -> None:
    """W: as they are known to whoever raises it; what is in no directory is kept as it was typed, for their lead."""
    teacher = office.visitor("teacher")
    assert "Who there decided?" in words(teacher.page(FORM))
    said = teacher.follow(send(teacher, {**CASE, "who-decided": "Wendy Nobody, 01632 960123"}))
    assert "nobody named who decided" in said
    assert "Wendy Nobody, 01632 960123" in said
    lead = office.visitor("lead")
    page = words(lead.page(f"/disputes/{REF}"))
    assert "wrote that Wendy Nobody, 01632 960123 decided, whom the directory does not know. Say whose" in page


def test_what_was_typed_before_a_risk_was_said_waits_for_the_task_that_asks_it(office: Office) -> None:
    """S2: the report needs none of it, so it is nobody's answer yet: it is its writer's draft, on their side alone."""
    teacher = office.visitor("teacher")
    typed = {"disagreement": "They closed the case.", "reasons": ["other"], "who-decided": "Wendy Nobody, 01632 960123"}
    said = teacher.follow(send(teacher, {**CASE, **typed, "risk": "yes"}, "/raise/details?risk=yes"))
    assert "Wendy Nobody, 01632 960123" in said
    assert "They closed the case." not in said
    task = office.task("teacher", "Say what else is known")
    shown = teacher.page(task)
    assert shown.xpath("string(//textarea[@name='disagreement'])").strip() == "They closed the case."
    assert shown.xpath("//input[@name='reasons' and @value='other']/@checked")
    assert "Kept by Terry Teacher and not sent yet" in words(office.visitor("other_teacher").page(task))
    worker = office.visitor("worker")
    assert not any("They closed the case." in worker.get(path).text for path in (task, f"/disputes/{REF}"))


def test_who_decided_is_not_asked_where_a_child_is_at_risk(office: Office) -> None:
    """S2: the agency is enough; their lead is asked whose it is."""
    teacher = office.visitor("teacher")
    assert "Who there decided?" not in words(teacher.page("/raise/details?risk=yes"))
    assert "nobody named who decided" in teacher.follow(send(teacher, CASE, "/raise/details?risk=yes"))


def test_their_lead_says_whose_decision_it_was(office: Office) -> None:
    """W: by a choice from their own agency; whoever raised it reads whose it is."""
    teacher, lead = office.visitor("teacher"), office.visitor("lead")
    teacher.follow(send(teacher, CASE))
    page = lead.get(f"/disputes/{REF}/readdress").text
    assert "Which agency" not in page
    address = next(each for each in html.fromstring(page).xpath("//select[@name='to']/option/@value") if each)
    said = lead.follow(lead.submit(f"/disputes/{REF}/readdress", {"to": address}))
    assert "It is addressed to them, and they are told." in said
    assert "nobody named who decided" not in words(teacher.page(f"/disputes/{REF}"))

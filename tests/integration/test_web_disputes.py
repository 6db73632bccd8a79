"""One dispute: where it stands, the red button on every page of it, and what can be done at any time."""

import pytest
from lxml import etree, html
from web_office import REF, TALKED, Office, Visitor, words

from engine import dispute_page, london, person_named

DISPUTE = f"/disputes/{REF}"
REASON = {"reason": "It can't wait: the child is afraid."}
COUNTERSIGNED: dict[str, object] = {"countersigned": "yes", "risk_now": "None."}


def act(visitor: Visitor, name: str, data: dict[str, object]) -> str:
    """Carry out an act and give what the dispute's page says then."""
    return visitor.follow(visitor.submit(f"{DISPUTE}/{name}", data))


def answered(office: Office, person: str, title: str, answers: dict[str, object]) -> str:
    """Complete somebody's task and give what the dispute's page says then."""
    visitor = office.visitor(person)
    return visitor.follow(visitor.submit(office.task(person, title), {**answers, "do": "complete"}))


def test_a_dispute_says_where_it_stands(office: Office) -> None:
    """The stage, its time, the tasks and the sides are there in words (E8, R1)."""
    office.raised(children=2)
    said = words(office.visitor("teacher").page(DISPUTE))
    for expected in (
        "Stage 1: practitioners talk, 5 working days left, due Monday 30 November 17:00",
        "For you to do Discuss the difference Due tomorrow 17:00 What came of it?",
        "What is disputed We see the risk as high.",
        "Stage 2: safeguarding leads or line managers Not begun",
        "Made-up School, Terry Teacher",
        "A2 (CR-2)",
        "Raised by Made-up School with Children's Services",
        "Three referrals in a month.",
        "R4 (set locally)",
    ):
        assert expected in said


def test_the_next_decision_is_made_on_the_disputes_own_page(office: Office) -> None:
    """Its form is right there, with what was kept of it; who has nothing to do reads whom it waits for."""
    office.raised()
    teacher, task = office.visitor("teacher"), office.task("teacher")
    teacher.submit(DISPUTE, {**TALKED, "do": "draft"}, task)
    assert "They see it differently." in teacher.get(DISPUTE).text
    said = teacher.follow(teacher.submit(DISPUTE, {**TALKED, "do": "complete"}, task))
    assert "That is recorded" in said
    assert "Professionals meeting?" in said
    office.move(london("2026-12-01T10:00"))
    said = words(teacher.page(DISPUTE))
    assert "Take it to own lead or manager" in said
    awaited = words(office.visitor("manager").page(DISPUTE))
    assert "Now with Terry Teacher (Made-up School)" in awaited


def test_a_dispute_says_duty_by_duty_what_was_done(office: Office) -> None:
    """In the register's words, with where each stands: done, not done in time, open, or not come to."""
    office.raised()
    office.move(london("2026-12-02T17:00"))
    said = words(office.visitor("head").page(f"{DISPUTE}/duties"))
    for expected in (
        "talk about where they differ, within one working day. Not done BIR-1.2",
        "also where they agree at once. Overdue Overdue 2 times BIR-1.5",
        "Business Manager is copied in as a dispute reaches this stage. Done Done by Concord",
        "meet to resolve it, within two working days. Not come to",
        "Rules that the partnership has set, as other protocols have them too",
    ):
        assert expected in said


@pytest.mark.parametrize("person", ["teacher", "head", "lead", "manager"])
def test_risk_can_be_reported_from_every_page_of_a_dispute(office: Office, person: str) -> None:
    """The red button is on each page, for everybody who sees the dispute (S1)."""
    office.raised()
    visitor = office.visitor(person)
    acts = ("/escalate", "/agreed", "/protective", "/withdraw", "/recalculate", "/entries/1/correct")
    ends = ("", "/replay", "/duties", *acts)
    for path in [DISPUTE + end for end in ends] + [office.task("teacher")]:
        buttons = visitor.page(path).xpath("//a[contains(@class, 'govuk-button--warning')]/@href")
        assert buttons == [f"{DISPUTE}/risk"], path


def test_risk_is_reported_in_two_actions(office: Office) -> None:
    """The red button, then one more: all children are ticked, nothing must be typed (S1, S3, S5)."""
    office.raised(children=2)
    visitor = office.visitor("worker")
    page = visitor.page(f"{DISPUTE}/risk")
    said = words(page)
    assert said.index("call 999 now") < said.index("Which children are at risk?")
    assert page.xpath("//input[@name='children']/@checked") == ["checked", "checked"]
    answer = visitor.submit(f"{DISPUTE}/risk", {"children": ["0", "1"]})
    assert "/tasks/Risk_" in answer.location
    assert "Now, in working hours, call" in visitor.follow(answer)
    titles = visitor.page("/").xpath("//a[contains(@class, 'app-task-link')]/text()")
    assert titles.count("Call CASS and record the referral") == 2


LISTS = ("/", "/find", "/directory", "/raise/details?risk=no", "/find?reference=none")


@pytest.mark.parametrize("person", ["teacher", "worker", "manager"])
def test_risk_is_reported_in_two_actions_from_any_other_page(office: Office, person: str) -> None:
    """S1, S5: 999 and the number first, then each disagreement that runs, reported with the second press."""
    office.raised(children=2)
    visitor = office.visitor(person)
    for path in LISTS:
        if path.startswith("/raise") and person == "manager":
            continue
        assert visitor.page(path).xpath("//a[contains(@class, 'govuk-button--warning')]/@href") == ["/risk"], path
    page = visitor.page("/risk")
    said = words(page)
    assert said.index("call 999 now") < said.index("Now, in working hours, call") < said.index("In which disagreement?")
    form = page.xpath(f"//form[@action='{DISPUTE}/risk']")[0]
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    answer = visitor.client.post(form.action, data=sent)
    assert "/tasks/Risk_Refer" in answer.location
    assert dispute_page(office.concord, person_named(office.concord, "manager"), REF).dispute.referrals[0].children == (
        0,
        1,
    )
    assert visitor.client.post(form.action, data=sent).location == answer.location
    assert len(dispute_page(office.concord, person_named(office.concord, "manager"), REF).dispute.referrals) == 1


def test_risk_can_be_reported_only_where_one_can_see_it(office: Office) -> None:
    """S1: a third agency sees none of it, and is told whom to call all the same."""
    office.raised()
    said = words(office.visitor("nurse").page("/risk"))
    assert "call 999 now" in said
    assert "You can see none that is running. Call the number above." in said
    assert REF not in said


def test_the_disagreement_is_found_by_initials_or_reference(office: Office) -> None:
    """S1: twenty a page, of the whole agency's; the address holds what is looked for."""
    office.raised()
    teacher = office.visitor("teacher")
    for sought, there in (("a1", True), ("CR-1", True), (REF[-4:], True), ("ZZ", False), ("%", False)):
        assert (f"{DISPUTE}/risk" in teacher.page(f"/risk?about={sought}").xpath("//form/@action")) is there, sought
    assert "None that is running is about that." in words(teacher.page("/risk?about=ZZ"))


def test_a_report_of_no_child_is_asked_about_again(office: Office) -> None:
    """What was written is kept while a child is chosen."""
    office.raised()
    answer = office.visitor("teacher").submit(f"{DISPUTE}/risk", {"what": "A bruise"})
    assert answer.status_code == 422
    assert "Choose at least one child" in answer.text
    assert "A bruise" in answer.text


def test_a_report_sent_twice_is_one_referral(office: Office) -> None:
    """A double click does not send two people to the telephone."""
    office.raised()
    visitor = office.visitor("teacher")
    data = {**visitor.hidden(f"{DISPUTE}/risk"), "children": "0"}
    for _ in range(2):
        assert visitor.client.post(f"{DISPUTE}/risk", data=data).status_code == 302
    titles = visitor.page(DISPUTE).xpath("//a[contains(@class, 'app-task-link')]/text()")
    assert titles.count("Call CASS and record the referral") == 1


def test_escalating_early_needs_a_reason(office: Office) -> None:
    """Without one the question comes back; with one it moves on, and the reason stands in the record (E2)."""
    office.raised()
    visitor = office.visitor("teacher")
    refused = visitor.submit(f"{DISPUTE}/escalate", {"reason": " "})
    assert refused.status_code == 422
    assert "There is a problem" in refused.text
    said = act(visitor, "escalate", REASON)
    assert "It has moved to the next stage" in said
    assert "Stage 2:" in said
    assert "the child is afraid" in said


def test_an_agreement_said_asks_the_raising_side_to_confirm(office: Office) -> None:
    """Until they do the stage goes on (E5)."""
    office.raised()
    assert "Stage 1:" in act(office.visitor("worker"), "agreed", REASON)
    assert "Confirm the agreement" in words(office.visitor("teacher").page("/"))


def test_a_protective_timescale_moves_the_deadlines_at_once(office: Office) -> None:
    """Only the raising side may make it longer again (T10)."""
    office.raised()
    until = {"until": ["25", "11", "2026"], "until-time": "12:00", "at_risk": "no", **REASON}
    said = act(office.visitor("worker"), "protective", until)
    assert "must be resolved by Wednesday 25 November 2026 at 12:00" in said
    later = {**until, "until": ["27", "11", "2026"]}
    refused = office.visitor("worker").submit(f"{DISPUTE}/protective", later)
    assert refused.status_code == 403
    assert "the child is afraid" in refused.text
    assert "27 November 2026 at 12:00" in act(office.visitor("teacher"), "protective", later)


def test_what_a_protective_timescale_changes_is_shown_before_it_is_set(office: Office) -> None:
    """T10: first the page offers to look; what was typed stays, nothing has changed yet, and then it can be set."""
    office.raised()
    teacher = office.visitor("teacher")
    buttons = "//form[contains(@action, 'protective')]//button"
    assert [words(each) for each in teacher.page(f"{DISPUTE}/protective").xpath(buttons)] == ["See what it changes"]
    until = {"until": ["27", "11", "2026"], "until-time": "12:00", "at_risk": "no", **REASON}
    answer = teacher.submit(f"{DISPUTE}/protective", {**until, "do": "look"})
    told = html.fromstring(answer.text)
    assert words(told.xpath("//title")[0]).startswith("Nothing is changed yet")
    assert "Nothing is changed yet" in words(told.xpath("//*[@role='alert']")[0])
    assert answer.status_code == 200
    page = html.fromstring(answer.text)
    rows = [[words(cell) for cell in row] for row in page.xpath("//tbody/tr")]
    assert [row[0].partition(":")[0] for row in rows] == ["Stage 1", "Stage 2", "Stage 3", "Stage 4"]
    assert rows[0][1] == "Monday 30 November 2026 at 17:00"
    assert rows[-1][2] == "Friday 27 November 2026 at 12:00"
    assert [words(each) for each in page.xpath(buttons)] == ["Set this time"]
    assert "the child is afraid" in answer.text
    assert "must be resolved by" not in words(teacher.page(DISPUTE))
    assert rows[0][2] in act(teacher, "protective", until)


def test_too_little_time_for_each_stage_is_said_before(office: Office) -> None:
    """T10: those that are passed over."""
    office.raised()
    until = {"until": ["23", "11", "2026"], "until-time": "16:00", "at_risk": "no", **REASON}
    answer = office.visitor("teacher").submit(f"{DISPUTE}/protective", {**until, "do": "look"})
    rows = [words(row[2]) for row in html.fromstring(answer.text).xpath("//tbody/tr")]
    assert rows == [*["Passed over: too little time for it"] * 3, "Monday 23 November 2026 at 16:00"]


def test_where_no_ordinary_stage_runs_a_protective_timescale_can_be_set_all_the_same(office: Office) -> None:
    """T10: there is nothing to compare, and the page says so; the button that sets it is there."""
    office.raised()
    teacher = office.visitor("teacher")
    for _ in range(4):
        act(teacher, "escalate", REASON)
    until = {"until": ["27", "11", "2026"], "until-time": "12:00", "at_risk": "no", **REASON}
    page = html.fromstring(teacher.submit(f"{DISPUTE}/protective", {**until, "do": "look"}).text)
    assert "No ordinary stage is running" in words(page)
    assert [words(each) for each in page.xpath("//form[contains(@action, 'protective')]//button")] == ["Set this time"]


def test_who_sets_a_protective_timescale_for_a_child_at_risk_is_led_to_the_report(office: Office) -> None:
    """T10, S2: it is asked first."""
    office.raised()
    until = {"until": ["27", "11", "2026"], "until-time": "12:00", "at_risk": "yes", **REASON}
    assert office.visitor("teacher").submit(f"{DISPUTE}/protective", until).location == f"{DISPUTE}/risk"
    unasked = {name: value for name, value in until.items() if name != "at_risk"}
    assert office.visitor("teacher").submit(f"{DISPUTE}/protective", unasked).status_code == 422


def test_a_protective_timescale_in_the_past_is_refused_beside_the_question(office: Office) -> None:
    """The date comes back as it was typed (T10)."""
    office.raised()
    until = {"until": ["2", "11", "2026"], "until-time": "12:00", "at_risk": "no", **REASON}
    for look in ({"do": "look"}, {}):
        answer = office.visitor("teacher").submit(f"{DISPUTE}/protective", {**until, **look})
        assert answer.status_code == 422
    assert "must be later than now" in answer.text
    assert "the child is afraid" in answer.text


def test_withdrawing_asks_the_safeguarding_lead(office: Office) -> None:
    """It stays open until it is countersigned (C1)."""
    office.raised()
    said = act(office.visitor("teacher"), "withdraw", REASON)
    assert "asked to countersign" in said
    assert "Countersign the withdrawal" in words(office.visitor("head").page("/"))


def test_only_the_raising_side_withdraws(office: Office) -> None:
    """The other side is not shown the form, and is refused all the same."""
    office.raised()
    worker = office.visitor("worker")
    page = worker.page(f"{DISPUTE}/withdraw")
    assert page.xpath("//textarea") == []
    token = worker.hidden("/", "/sign-out")["csrf_token"]
    assert worker.client.post(f"{DISPUTE}/withdraw", data={"csrf_token": token, **REASON}).status_code == 403


def test_what_can_no_longer_be_done_is_told_with_what_was_typed(office: Office) -> None:
    """An act from a page that was overtaken answers with what happened meanwhile."""
    office.raised()
    visitor = office.visitor("teacher")
    data = {**visitor.hidden(f"{DISPUTE}/escalate"), **REASON}
    act(office.visitor("teacher"), "withdraw", REASON)
    answered(office, "head", "Countersign the withdrawal", COUNTERSIGNED)
    answer = visitor.client.post(f"{DISPUTE}/escalate", data=data)
    assert answer.status_code == 409
    assert "the child is afraid" in answer.text
    assert f'href="{DISPUTE}"' in answer.text


def test_deadlines_are_recalculated_on_request(office: Office) -> None:
    """It is recorded with its reason (T12)."""
    office.raised()
    assert "Deadlines recalculated" in act(office.visitor("manager"), "recalculate", REASON)


def test_an_entry_is_corrected_by_another_one(office: Office) -> None:
    """What was written stays; the correction names it (R2)."""
    office.raised()
    visitor = office.visitor("teacher")
    path = f"{DISPUTE}/entries/1/correct"
    assert "Three referrals in a month." in words(visitor.page(path))
    said = visitor.follow(visitor.submit(path, {"reason": "It was four referrals."}))
    assert "Correction of entry 1" in said
    assert "It was four referrals." in said
    assert "Three referrals in a month." in said
    assert visitor.submit(path, {"reason": ""}).status_code == 422


def test_the_diagram_is_that_of_the_disputes_version(office: Office) -> None:
    """It is sent as the XML that was published."""
    office.raised()
    answer = office.visitor("teacher").get(f"{DISPUTE}/diagram.bpmn")
    assert answer.mimetype == "application/xml"
    assert etree.fromstring(answer.data).tag.endswith("definitions")


def test_a_closed_dispute_stays_readable_and_takes_nothing_more(office: Office) -> None:
    """Withdrawn, countersigned and recorded: no red button and no acts, but what happened is still there (C1, C2)."""
    office.raised()
    act(office.visitor("teacher"), "withdraw", REASON)
    answered(office, "head", "Countersign the withdrawal", COUNTERSIGNED)
    each: dict[str, dict[str, object]] = {
        "Is a child at risk": {"at_risk": "no"},
        "Put record on file": {
            "placed_at": ["23", "11", "2026"], "placed_at-time": "11:55", "shared_with_worker": "true",
        },
        "Tell own lead": {
            "lead_name": "Their lead", "lead_told_at": ["23", "11", "2026"], "lead_told_at-time": "11:55",
        },
        "Write down actions": {
            "actions": "None is left.", "shared_with": "The other agency", "actions_on_file": "true",
        },
    }  # fmt: skip
    for title, answers in each.items():
        for person in ("teacher", "worker"):
            answered(office, person, title, answers)
    answered(office, "teacher", "Say what else is known", {"child_protection_plan": "no", "looked_after": "no"})
    answered(office, "teacher", "Offer a debrief", {"debrief": "declined"})
    answered(office, "worker", "Did it show a gap in policy", {"gap": "no"})
    page = office.visitor("teacher").page(DISPUTE)
    assert "Closed: withdrawn" in words(page)
    assert "Three referrals in a month." in words(page)
    assert page.xpath("//a[contains(@class, 'govuk-button--warning')]") == []
    assert page.xpath(f"//a[@href='{DISPUTE}/escalate']") == []
    teacher = office.visitor("teacher")
    assert "is closed" in words(teacher.page(f"{DISPUTE}/risk"))
    data = {"csrf_token": teacher.hidden("/", "/sign-out")["csrf_token"], **REASON, "children": "0"}
    posts = [f"{DISPUTE}/risk", f"{DISPUTE}/escalate", f"{DISPUTE}/agreed", f"{DISPUTE}/withdraw"]
    assert {path: teacher.client.post(path, data=data).status_code for path in posts} == dict.fromkeys(posts, 409)


def test_reminders_in_a_row_are_told_as_one(office: Office) -> None:
    """What reminded people does not bury what people did."""
    office.raised(risk=True)
    office.move(london("2026-11-27T12:00"))
    page = office.visitor("teacher").page(DISPUTE)
    assert "reminders and alerts, until" in words(page)
    told = [words(each) for each in page.xpath("//ol[@class='app-timeline']/li")]
    assert len(told) < 16
    folded = [n for n, said in enumerate(told) if "reminders and alerts, until" in said]
    assert not [n for n in folded if n + 1 in folded], "What is in a row is one"
    assert not [told[n] for n in folded if "The deadline" in told[n]], "A limit that passed is no reminder"


def test_someone_of_the_partnership_sees_it_too(office: Office) -> None:
    """The business manager sees every dispute of the partnership, its notices among them."""
    office.raised()
    office.move(london("2026-11-24T18:00"))
    said = words(office.visitor("manager").page(DISPUTE))
    assert "Who was told what" in said
    assert "Overdue" in said

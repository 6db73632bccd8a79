"""My tasks, and doing one: sent, kept, sent twice, sent too late."""

from lxml import html
from web_office import REF, TALKED, Office, words

from engine import london


def test_my_tasks_say_what_to_do_about_whom_by_when_and_with_whom(office: Office) -> None:
    """A line of the list holds all that one needs to choose what to do next."""
    office.raised()
    said = words(office.visitor("teacher").page("/"))
    for expected in ("Discuss the difference", REF, "with Children's Services", "Due tomorrow 17:00"):
        assert expected in said


def test_an_urgent_referral_comes_first(office: Office) -> None:
    """A reported risk stands above everything else, with the child (S3)."""
    office.raised(risk=True)
    titles = office.visitor("teacher").page("/").xpath("//a[contains(@class, 'app-task-link')]/text()")
    assert titles[0] == "Call CASS and record the referral"
    assert titles[1:] == [
        "Tell own safeguarding lead",
        "Discuss the difference",
        "Tell own lead (raising side)",
        "Say what else is known",
        "Write down actions (raising side)",
    ]


def test_a_task_tells_what_to_do_and_where_that_comes_from(office: Office) -> None:
    """The task's words, its clauses, its time, and the people of the other side are on its page."""
    office.raised()
    said = words(office.visitor("teacher").page(office.task("teacher")))
    for expected in ("BIR-1.1", "Wren Worker", "tomorrow 17:00", "5 working days left", "What came of it?"):
        assert expected in said


def test_who_takes_it_over_reads_what_it_is_about_what_was_tried_and_what_happens_otherwise(office: Office) -> None:
    """On the task's page alone: the disagreement, each stage so far, how its time is counted, whose it is next."""
    office.raised()
    teacher = office.visitor("teacher")
    teacher.submit(office.task("teacher"), {**TALKED, "do": "complete"})
    office.move(london("2026-12-01T10:00"))
    said = words(teacher.page(office.task("teacher", "Take it to own lead")))
    for expected in (
        "What is the disagreement? We see the risk as high.",
        "Raised by Terry Teacher, Made-up School, Monday 23 November 2026 at 12:00, with Children's Services.",
        "Stage 1: practitioners talk, ended Monday 30 November 2026 at 17:00",
        "“Discuss the difference” completed for the raising side: Monday 23 November 2026 at 11:00 (before it was",
        "We do not agree",
        "They see it differently.",
        "This is due Tuesday 1 December 2026 at 17:00: 1 working day from Monday 30 November 2026 at 17:00.",
        "it goes by itself to Stage 3",
        "Protocol, section 4, stage 2",
    ):
        assert expected in said, expected


def test_completing_a_task_leads_to_what_comes_next(office: Office) -> None:
    """Once sent, the answers stand in what happened and the next task is open."""
    office.raised()
    visitor = office.visitor("teacher")
    said = visitor.follow(visitor.submit(office.task("teacher"), {**TALKED, "do": "complete"}))
    assert "That is recorded" in said
    assert "They see it differently." in said
    assert "Professionals meeting?" in said


def test_bad_answers_are_explained_and_nothing_typed_is_lost(office: Office) -> None:
    """The form comes back with GOV.UK's summary of errors and everything as it was typed."""
    office.raised()
    visitor = office.visitor("teacher")
    bad = {**TALKED, "discussed_at": ["31", "02", "2026"], "risk_now": "", "do": "complete"}
    answer = visitor.submit(office.task("teacher"), bad)
    assert answer.status_code == 422
    said = words(answer.text)
    assert "There is a problem" in said
    assert "must be a real date and time" in said
    assert "They see it differently." in answer.text
    assert 'value="31"' in answer.text
    assert " more – Discuss the difference – Concord</title>" in answer.text


def test_a_task_is_kept_for_later_as_it_was_typed(office: Office) -> None:
    """A draft needs no valid answers, and a colleague sees whose it is."""
    office.raised()
    visitor, task = office.visitor("teacher"), office.task("teacher")
    said = visitor.follow(visitor.submit(task, {"reasons_given": "Half a sen", "do": "draft"}))
    assert "The task is still open" in said
    again = office.visitor("other_teacher").page(task)
    assert "Kept by Terry Teacher" in words(again)
    assert "Half a sen" in words(again)


def test_the_same_form_sent_twice_is_recorded_once(office: Office) -> None:
    """A double click is harmless, and says so."""
    office.raised()
    visitor, task = office.visitor("teacher"), office.task("teacher")
    data = {**visitor.hidden(task), **TALKED, "do": "complete"}
    assert visitor.client.post(task, data=data).status_code == 302
    answer = visitor.client.post(task, data=data)
    assert "It was recorded once" in visitor.follow(answer)
    happened = visitor.page(answer.location).xpath("//p[@class='app-timeline__title']/text()")
    assert happened.count("“Discuss the difference” completed for the raising side") == 1


def test_a_form_sent_again_with_other_answers_says_that_they_were_not_recorded(office: Office) -> None:
    """What was recorded first stands; what was typed since is shown, to be said as a correction."""
    office.raised()
    visitor, task = office.visitor("teacher"), office.task("teacher")
    hidden = visitor.hidden(task)
    given = {**hidden, **TALKED, "do": "complete"}
    assert visitor.client.post(task, data=given).status_code == 302
    again = visitor.client.post(task, data={**given, "reasons_given": "They have come round."})
    assert again.status_code == 409
    assert "They have come round." in again.text
    assert "They have come round." not in visitor.get(f"/disputes/{REF}").text


def test_a_stale_page_is_told_who_was_first_and_shows_what_was_typed(office: Office) -> None:
    """Two people have the same task open; the second loses nothing."""
    office.raised()
    first, second, task = office.visitor("teacher"), office.visitor("worker"), office.task("teacher")
    data = {**second.hidden(task), **TALKED, "reasons_given": "The council's own view", "do": "complete"}
    first.submit(task, {**TALKED, "do": "complete"})
    answer = second.client.post(task, data=data)
    assert answer.status_code == 409
    said = words(answer.text)
    assert "“Discuss the difference” was completed by Terry Teacher on 23 November 2026 at 12:00" in said
    assert "What was said, and on what evidence? The council's own view" in said
    assert second.get(task).status_code == 409


def test_a_task_sent_after_its_stages_deadline_says_so_and_keeps_what_was_typed(office: Office) -> None:
    """The clock escalated first: the message says what happened, and the draft stays readable (E1)."""
    office.raised()
    visitor, task = office.visitor("teacher"), office.task("teacher")
    data = {**visitor.hidden(task), **TALKED, "reasons_given": "Written too late", "do": "complete"}
    office.clock.set(london("2026-12-01T09:00"))
    answer = visitor.client.post(task, data=data)
    assert answer.status_code == 409
    assert "its stage's deadline passed" in words(answer.text).replace("’", "'")
    assert "Written too late" in answer.text
    said = words(visitor.page(f"/disputes/{REF}"))
    assert "Stage 2: safeguarding leads or line managers began" in said
    assert "Typed, but not sent in time" in said
    assert "Written too late" in said


def test_somebody_elses_task_can_be_read_but_not_done(office: Office) -> None:
    """Whose it is stands in place of the form; sending it all the same is refused."""
    office.raised()
    head, task = office.visitor("head"), office.task("teacher")
    page = head.page(task)
    assert "This is not yours to do" in words(page)
    assert "Terry Teacher" in words(page)
    assert not page.xpath("//textarea")
    data = {"csrf_token": head.hidden("/", "/sign-out")["csrf_token"], **TALKED}
    for do in ("complete", "draft"):
        assert head.client.post(task, data={**data, "do": do}).status_code == 403


def test_a_task_is_taken_on_and_handed_on(office: Office) -> None:
    """Others see that somebody has it, and it can be handed only to another who may do it."""
    office.raised()
    teacher, other_teacher, task = office.visitor("teacher"), office.visitor("other_teacher"), office.task("teacher")
    assert "With you." in teacher.follow(teacher.submit(task, {}, action=f"{task}/claim"))
    assert "With Terry Teacher." in words(other_teacher.page(f"/disputes/{REF}"))
    assert "Terry Teacher has taken this on. You can still do it" in words(other_teacher.page(task))
    assert "It is with Tilly Teacher now, and says so on both your lists." in teacher.follow(
        teacher.submit(task, {"to": "other_teacher"}, action=f"{task}/hand-on")
    )
    assert "With you." in words(other_teacher.page(task))
    assert "With Tilly Teacher." in words(teacher.page(task))
    assert "with Tilly Teacher" in words(teacher.page("/"))
    assert "with you" in words(other_teacher.page("/"))
    refused = other_teacher.submit(task, {"to": "nurse"}, action=f"{task}/hand-on")
    assert refused.status_code == 403


def test_a_task_of_a_referral_shows_999_and_the_number_of_this_hour(office: Office) -> None:
    """By day the front door's number, at night the out-of-hours one, 999 before both (S5, S6)."""
    office.raised(risk=True)
    visitor, task = office.visitor("teacher"), office.task("teacher", "Call CASS")
    day = words(visitor.page(task))
    assert day.index("call 999 now") < day.index("Now, in working hours, call")
    office.move(london("2026-11-23T20:00"))
    assert "Now, out of hours, call" in words(visitor.page(task))


def test_what_is_only_to_be_filed_is_filed_together(office: Office) -> None:
    """R3: three children and two stages are one form, ticked already; what is taken out stays to be done."""
    office.raised(children=3)
    office.move(london("2026-12-03T12:00"))
    teacher = office.visitor("teacher")
    address = office.task("teacher", "Put record on file")
    page = teacher.page(address)
    assert "This answer is also for" in words(page)
    also = page.xpath("//input[@name='also']")
    assert len(also) == 5
    assert all(box.checked for box in also)
    answers = {"placed_at": ["3", "12", "2026"], "placed_at-time": "11:30", "shared_with_worker": "y"}
    wrong = teacher.submit(address, {"also": [also[0].get("value")], "do": "complete"})
    again = html.fromstring(wrong.text).xpath("//input[@name='also']")
    assert (wrong.status_code, [box.checked for box in again]) == (422, [True, False, False, False, False])
    keys = [box.get("value") for box in also[:-1]]
    teacher.submit(address, {**answers, "also": keys, "do": "complete"})
    left = [line.key for line in office.tasks("teacher") if line.title.startswith("Put record on file")]
    assert left == [also[-1].get("value")]


def test_what_is_to_be_filed_and_answered_is_one_page(office: Office) -> None:
    """What is left empty stays to be done; what is wrong is told with the task it belongs to, and nothing is lost."""
    ref = office.raised(children=2)
    office.move(london("2026-12-01T12:00"))
    teacher, path = office.visitor("teacher"), f"/disputes/{ref}/paperwork"
    assert "things on one page" in words(teacher.page(f"/disputes/{ref}"))
    page = teacher.page(path)
    keys = page.xpath("//input[@name='task']/@value")
    assert len(keys) >= 3
    assert "Answer at least one of them" in teacher.submit(path, {"task": keys}).text
    question = next(key for key in keys if key.startswith("StageEnd_RiskQuestion"))
    actions = next(key for key in keys if key.startswith("Begun_Actions"))
    given = {"task": keys, f"{question}-at_risk": "no", f"{actions}-actions": "We visit on Friday."}
    wrong = teacher.submit(path, given)
    assert wrong.status_code == 422
    assert "Write down actions (raising side): " in words(html.fromstring(wrong.text))
    assert "We visit on Friday." in wrong.text
    fields = html.fromstring(wrong.text).xpath(f"//*[starts-with(@name, '{actions}-')]/@name")
    rest = {name: "y" if name.endswith("file") else "Hollis" for name in fields if not name.endswith("-actions")}
    done = teacher.follow(teacher.submit(path, {**given, **rest}))
    assert "2 things are recorded, each by itself." in done
    left = {line.key for line in office.tasks("teacher")}
    assert not {question, actions} & left
    assert set(keys) - {question, actions} <= left


def test_whoever_confirms_reads_what_was_agreed_before_they_answer(office: Office) -> None:
    """E5: above the question, and in its box once they confirm; what they change is what counts."""
    office.raised()
    words_agreed = "We visit on Friday, and write to the school."
    worker = office.visitor("worker")
    worker.submit(
        office.task("worker"), {**TALKED, "result": "agreed", "agreed_actions": words_agreed, "do": "complete"}
    )
    page = office.visitor("teacher").page(office.task("teacher", "Confirm"))
    said = words(page)
    assert said.index(words_agreed) < said.index("Do you confirm that this is resolved?")
    assert page.xpath("string(//textarea[@name='agreement'])").strip() == words_agreed
    assert page.xpath("//input[@id='agreed_at-day']/@value") == ["23"]

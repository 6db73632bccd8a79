"""Whom nobody could reach is written down for any task: it stays open, its clock goes on, and others read it."""

import pytest
from lxml import html
from town import Town, command
from web_office import REF, Office, words

from engine import NotYourTask, note_attempt, task_page, verify
from engine.commands.interventions import ReasonMissing

TRIED = "Wren Worker, by telephone at ten and at two. A message was left."


def test_an_attempt_leaves_the_task_and_its_deadlines_as_they_were(town: Town) -> None:
    """It is an entry of its own; what is due is due when it was, and verifying finds it so."""
    ref = town.raises()
    key = town.task(ref, "Stage1_Discuss").key
    before = town.work(ref).dispute
    sent = command()
    for repeated in (False, True):
        outcome = note_attempt(town.concord, town["school-practitioner"], ref, key, sent, TRIED)
        assert (outcome.attempt, outcome.repeated) == (True, repeated)
    after = town.work(ref).dispute
    assert (after.tasks, after.deadlines, after.visit) == (before.tasks, before.deadlines, before.visit)
    assert town.kinds(ref).count("TaskAttempted") == 1
    page = task_page(town.concord, town["school-safeguarding_lead"], ref, key)
    assert [line.texts for line in page.tried] == [(("Tried to reach", TRIED),)]
    assert [verdict.fault for verdict in verify(town.concord, [ref])] == [None]
    town.verify(ref)


def test_each_side_notes_its_own_attempts_and_nobody_a_strangers(town: Town) -> None:
    """A talk is both sides' task, so both may; and nothing is recorded that says nobody."""
    ref = town.raises()
    key = town.task(ref, "Stage1_Discuss").key
    note_attempt(town.concord, town["council-practitioner"], ref, key, command(), TRIED)
    with pytest.raises(ReasonMissing):
        note_attempt(town.concord, town["council-practitioner"], ref, key, command(), " \u200b ")
    own = town.task(ref, "Begun_TellLeadReceiving").key
    with pytest.raises(NotYourTask):
        note_attempt(town.concord, town["school-practitioner"], ref, own, command(), TRIED)
    assert town.kinds(ref).count("TaskAttempted") == 1


def test_it_is_said_on_the_tasks_page_and_read_there_by_the_other_side(office: Office) -> None:
    """One question in a fold of its own; the task's own form keeps what was typed in it."""
    office.raised()
    teacher, task = office.visitor("teacher"), office.task("teacher")
    assert "I could not reach somebody for this" in words(teacher.page(task))
    empty = teacher.submit(task, {"tried_to_reach": ""}, action=f"{task}/tried")
    assert empty.status_code == 422
    assert html.fromstring(empty.text).xpath("//details[@open]//input[@id='tried_to_reach']")
    said = teacher.follow(teacher.submit(task, {"tried_to_reach": TRIED}, action=f"{task}/tried"))
    assert "That you tried is recorded. This is still to be done" in said
    worker = office.visitor("worker")
    read = words(worker.page(office.task("worker")))
    assert TRIED in read
    assert "This stays open, and its clock goes on, until it is done." in read
    assert TRIED in words(worker.page(f"/disputes/{REF}"))

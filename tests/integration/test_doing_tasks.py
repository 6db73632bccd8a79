"""Completing, drafting, claiming and handing on tasks, on each database."""

from dataclasses import replace

import pytest
from town import Town, command

from engine import FormInvalid, NotYours, NotYourTask, TaskGone, claim, complete_task, hand_on, save_draft

DISCUSS = "Stage1_Discuss"


def test_completing_a_task_writes_who_for_which_side_and_what_and_goes_on(town: Town) -> None:
    """R1: closed answers in the entry, what was typed beside it, as a digest in the chain."""
    ref = town.raises()
    town.completes("council-practitioner", ref, DISCUSS, result="not_agreed", risk_now="No change.")
    entry = town.entry(ref, "TaskCompleted")
    assert entry.actor["id"] == "council-practitioner"
    assert (entry.data["side"], entry.data["answers"]["result"]) == ("receiving", "not_agreed")
    assert "risk_now" not in entry.data["answers"]
    with town.concord.store.begin(write=False) as tx:
        text = tx.journal.texts(ref)[entry.seq, "risk_now"]
    assert (text.text, text.digest) == ("No change.", entry.texts["risk_now"])
    assert town.task(ref, "Stage1_Meeting")
    assert town.tasks(ref)[f"{DISCUSS}.1"].status == "ended"
    town.verify(ref)


def test_the_same_command_completes_once(town: Town) -> None:
    """Decision 2: a second click changes nothing and says that it was done."""
    ref = town.raises()
    once, answers = command(), town.answers(ref, DISCUSS, result="not_agreed")
    key = town.task(ref, DISCUSS).key
    first = complete_task(town.concord, town["school-practitioner"], ref, key, once, answers)
    before = town.journal(ref)
    again = complete_task(town.concord, town["school-practitioner"], ref, key, once, answers)
    assert (first.repeated, again.repeated) == (False, True)
    assert town.journal(ref) == before


def test_answers_that_do_not_fit_are_refused_and_nothing_changes(town: Town) -> None:
    """The form's questions are named, and the task stays open."""
    ref = town.raises()
    before = town.journal(ref)
    with pytest.raises(FormInvalid) as refused:
        complete_task(town.concord, town["school-practitioner"], ref, f"{DISCUSS}.1", command(), {"result": "perhaps"})
    assert "result" in refused.value.errors
    assert town.journal(ref) == before
    assert town.task(ref, DISCUSS)


def test_a_task_is_done_by_its_side_and_its_tier_alone(town: Town) -> None:
    """W: a practitioner does not act at the leads' tier, nor the other side for this one."""
    ref = town.raises()
    with pytest.raises(NotYours):
        complete_task(town.concord, town["police-practitioner"], ref, f"{DISCUSS}.1", command(), {})
    town.move("2026-03-09T17:00")
    for somebody in ("council-practitioner", "school-head_teacher", "business_manager"):
        with pytest.raises(NotYourTask):
            complete_task(town.concord, town[somebody], ref, "Stage2_TakeToLead.1", command(), {})
    town.completes("school-practitioner", ref, "Stage2_TakeToLead")
    with pytest.raises(NotYourTask):
        complete_task(town.concord, town["school-safeguarding_lead"], ref, "Stage2_Resolve.1", command(), {})
    town.completes("school-head_teacher", ref, "Stage2_Resolve", result="not_agreed")
    assert town.dispute(ref).visit.stage == "Stage3"


def test_a_draft_is_kept_and_outlives_its_task(town: Town) -> None:
    """E1: what was typed for a task that was interrupted stays readable."""
    ref = town.raises()
    save_draft(town.concord, town["school-practitioner"], ref, f"{DISCUSS}.1", {"risk_now": "Half a sent"})
    town.move("2026-03-09T17:00")
    assert town.tasks(ref)[f"{DISCUSS}.1"].status == "ended"
    assert town.drafts(ref, f"{DISCUSS}.1") == {"school-practitioner": {"risk_now": "Half a sent"}}


def test_a_draft_of_a_task_that_is_not_yours_is_refused(town: Town) -> None:
    """W: neither of another agency's dispute nor of another side's task."""
    ref = town.raises()
    with pytest.raises(NotYours):
        save_draft(town.concord, town["health-practitioner"], ref, f"{DISCUSS}.1", {"risk_now": "I was here"})
    with pytest.raises(NotYourTask):
        save_draft(town.concord, town["business_manager"], ref, f"{DISCUSS}.1", {"risk_now": "I was here"})


def test_a_task_is_taken_on_and_handed_on_to_somebody_who_may_do_it(town: Town) -> None:
    """Recorded, and kept through save and load."""
    ref = town.raises()
    claim(town.concord, town["school-practitioner"], ref, f"{DISCUSS}.1", command())
    assert town.tasks(ref)[f"{DISCUSS}.1"].claimed_by == "school-practitioner"
    hand_on(town.concord, town["school-practitioner"], ref, f"{DISCUSS}.1", command(), "council-practitioner")
    assert town.task(ref, DISCUSS).claimed_by == "council-practitioner"
    with pytest.raises(NotYourTask):
        hand_on(town.concord, town["council-practitioner"], ref, f"{DISCUSS}.1", command(), "police-practitioner")
    hand_on(town.concord, town["council-practitioner"], ref, f"{DISCUSS}.1", command(), None)
    assert town.task(ref, DISCUSS).claimed_by is None
    assert town.kinds(ref)[-3:] == ["TaskClaimed", "TaskHandedOn", "TaskHandedOn"]
    town.verify(ref)


def test_the_same_person_at_a_further_stage_is_flagged(town: Town) -> None:
    """BIR-2.3: a head teacher acts at stages 2 and 3."""
    ref = town.raises()
    town.move("2026-03-09T17:00")
    town.completes("school-practitioner", ref, "Stage2_TakeToLead")
    town.completes("school-head_teacher", ref, "Stage2_Resolve", result="not_agreed")
    assert "SamePersonActs" not in town.kinds(ref)
    town.completes("council-senior_manager", ref, "Stage3_Discuss", result="not_agreed")
    town.completes("council-senior_manager", ref, "Stage3_ReferReceiving")
    assert "SamePersonActs" not in town.kinds(ref)
    town.completes("school-head_teacher", ref, "Stage3_ReferRaising")
    assert town.entry(ref, "SamePersonActs").data == {"person": "school-head_teacher", "tier": "senior_managers"}


def test_a_task_that_never_was_is_refused_in_words(town: Town) -> None:
    """Somebody's old bookmark."""
    ref = town.raises()
    with pytest.raises(TaskGone, match="not part of this dispute"):
        complete_task(town.concord, town["school-practitioner"], ref, "Stage9_Nothing.1", command(), {})


def test_who_only_looks_keeps_no_draft_of_a_task_that_is_gone(town: Town) -> None:
    """An auditor acts in nothing: what somebody else typed there stays."""
    ref, key = town.raises(), f"{DISCUSS}.1"
    save_draft(town.concord, town["school-practitioner"], ref, key, {"risk_now": "Half a sent"})
    town.completes("council-practitioner", ref, DISCUSS, result="not_agreed")
    auditor = replace(town["business_manager"], id="auditor", roles=("auditor",))
    with pytest.raises(NotYours):
        save_draft(town.concord, auditor, ref, key, {"risk_now": "I was here"})
    with pytest.raises(NotYours):
        complete_task(town.concord, auditor, ref, key, command(), {"risk_now": "I was here"})
    assert town.drafts(ref, key) == {"school-practitioner": {"risk_now": "Half a sent"}}

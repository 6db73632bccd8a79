"""Reporting risk of significant harm, on each database."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from papers import text_of
from town import OPERATOR, Town, command

from engine import (
    ChildUnknown,
    NotNow,
    NotYours,
    NotYourTask,
    SideWrong,
    add_person,
    bar,
    complete_task,
    dispute_page,
    export,
    hand_on,
    messages,
    replay_page,
    report_risk,
    risk_over,
    save_draft,
    task_page,
    verify,
)
from engine.dispute import Input


def test_anyone_who_sees_the_dispute_reports_risk_and_the_stage_goes_on(town: Town) -> None:
    """S1, S3, T6: each report is a referral of its own, for each child concerned, due at once."""
    ref = town.raises(children=3)
    deadline = town.dispute(ref).visit.deadline
    report_risk(town.concord, town["council-practitioner"], ref, command(), [0, 2], "A bruise.")
    report_risk(town.concord, town["business_manager"], ref, command())
    dispute = town.dispute(ref)
    assert [r.children for r in dispute.referrals] == [(0, 2), (0, 1, 2)]
    refer = [t for t in dispute.tasks if t.element == "Risk_Refer"]
    assert [(t.child, t.due) for t in refer] == [(n, town.now) for n in (0, 2, 0, 1, 2)]
    assert (dispute.visit.stage, dispute.visit.deadline) == ("Stage1", deadline)
    town.verify(ref)


def test_a_report_for_nobody_or_by_nobody_is_refused(town: Town) -> None:
    """S1, S3."""
    ref = town.raises()
    for children in ([], [1], [-1]):
        with pytest.raises(ChildUnknown):
            report_risk(town.concord, town["school-practitioner"], ref, command(), children)
    with pytest.raises(NotYours):
        report_risk(town.concord, town["police-practitioner"], ref, command())


def test_it_is_reminded_after_30_minutes_and_alerted_after_60(town: Town) -> None:
    """T6: not only to somebody who is in by day; and again each working day."""
    ref = town.raises(risk=True)
    town.move("2026-03-02T10:30")
    at_once = "safeguarding_lead,partnership"
    assert {n.to for n in town.notices(ref)} == {"raising", at_once}
    town.move("2026-03-02T11:00")
    alerted = "raising:safeguarding_lead,raising:deputy,out_of_hours"
    assert {n.to for n in town.notices(ref)} == {"raising", at_once, alerted}
    assert town.task(ref, "Risk_Refer").overdue
    before = len(town.notices(ref))
    town.move("2026-03-03T09:00")
    assert len(town.notices(ref)) > before


def test_a_report_made_by_mistake_is_closed_by_a_safeguarding_lead_alone(town: Town) -> None:
    """S4: for two children, of whom one was reported by mistake."""
    ref = town.raises(children=2, risk=True)
    town.completes("school-practitioner", ref, "Risk_Refer.1", outcome=["mistake"])
    town.completes("school-practitioner", ref, "Risk_Refer.2", outcome=["referred"])
    for other in ("school-practitioner", "council-safeguarding_lead"):
        with pytest.raises(NotYourTask):
            town.completes(other, ref, "Risk_CloseByLead")
    town.completes("school-safeguarding_lead", ref, "Risk_CloseByLead")
    town.completes("school-practitioner", ref, "Risk_TellLead")
    assert town.dispute(ref).referrals[0].closed == town.now
    town.verify(ref)


def test_the_dispute_stays_open_while_a_referral_is(town: Town) -> None:
    """C2: however the rest ends."""
    ref = town.raises()
    town.move("2026-03-09T17:00")
    town.completes("school-practitioner", ref, "StageEnd_RiskQuestionRaising", at_risk="yes")
    (referral,) = town.dispute(ref).referrals
    assert (referral.opened, referral.side) == (town.now, "raising")
    assert town.task(ref, "StageEnd_RiskQuestionReceiving"), "The other side is still asked"
    town.concord.clock.advance(timedelta(minutes=1))
    while rest := [t for t in town.dispute(ref).tasks if not t.element.startswith("Risk_")]:
        town.completes(town.who(town.dispute(ref), rest[0]), ref, rest[0].key, result="not_agreed", persists="no")
    assert town.dispute(ref).closed is None
    assert town.dispute(ref).ending.how == "not_pursued"
    town.settles(ref)
    town.verify(ref)


def reported(town: Town, by: str = "school-practitioner") -> str:
    """A dispute in which risk was reported by somebody."""
    ref = town.raises()
    report_risk(town.concord, town[by], ref, command())
    return ref


def away(town: Town, *people: str) -> None:
    """Let people be absent today."""
    with town.concord.store.begin() as tx:
        for person in people:
            tx.directory.add_absence(person, town.now.date(), town.now.date())


def test_a_report_goes_with_its_reporters_agency_when_they_are_away_or_have_changed_sides(town: Town) -> None:
    """S3: who moved to the other side took nothing along; where nobody leads, the next senior, then the manager."""
    ref = reported(town)
    refer = town.task(ref, "Risk_Refer").key
    moved = replace(town["school-practitioner"], agency="council", agency_name="Council", agency_kind="local_authority")
    add_person(town.concord, OPERATOR, moved, replace=True)
    for other in (moved, town["council-safeguarding_lead"], town["business_manager"], town["school-line_manager"]):
        with pytest.raises(NotYourTask, match="belongs to School"):
            complete_task(town.concord, other, ref, refer, command(), {})
    assert town.dispute(ref).referrals[0].side == "raising"
    away(town, "school-safeguarding_lead")
    assert task_page(town.concord, town["school-line_manager"], ref, refer).may_complete
    assert not task_page(town.concord, town["business_manager"], ref, refer).may_complete
    away(town, "school-line_manager", "school-head_teacher")
    assert task_page(town.concord, town["business_manager"], ref, refer).may_complete
    town.completes("business_manager", ref, "Risk_Refer")
    town.verify(ref)


def test_alerts_of_a_report_reach_its_own_sides_leads_and_not_the_other_sides(town: Town) -> None:
    """T6, S3: of the receiving side's report; of the partnership's own, the business manager."""
    theirs, own = reported(town, "council-practitioner"), reported(town, "business_manager")
    town.move("2026-03-02T11:00")
    to = "receiving:safeguarding_lead,receiving:deputy,out_of_hours"
    assert {n.to for n in town.notices(theirs) if n.message.startswith("Overdue")} == {to}
    overdue = {n.to for n in town.notices(own) if n.message.startswith("Overdue")}
    assert overdue == {"business_manager,out_of_hours"}
    heard = {
        who
        for who in town.people
        for m in messages(town.concord, town[who])
        if m.ref == theirs and m.words.startswith("Overdue")
    }
    assert "council-safeguarding_lead" in heard
    assert "school-safeguarding_lead" not in heard


def test_a_report_that_was_open_before_it_was_kept_whose_it_is_belongs_to_its_reporter_too(town: Town) -> None:
    """S3, R2: a state that was stored before lacks it; the journal knows, and verifying raises no false alarm."""
    ref = reported(town, "council-practitioner")
    town.completes("council-practitioner", ref, "Risk_Refer", outcome=["mistake"])
    with town.concord.store.begin() as tx:
        record = tx.disputes.get(ref, lock=True)
        state = json.loads(json.dumps(record.state))
        for referral in state["dispute"]["referrals"]:
            del referral["side"], referral["answered_by"]
        tx.disputes.save(replace(record, state=state), record)
    assert town.dispute(ref).referrals[0].side == "receiving"
    assert town.dispute(ref).referrals[0].answered_by == ("council-practitioner",)
    assert [verdict.fault for verdict in verify(town.concord, [ref])] == [None]
    lines = {line.title for line in town.worklist("school-safeguarding_lead")}
    assert "Close report with a reason" not in lines
    town.completes("council-safeguarding_lead", ref, "Risk_CloseByLead")
    town.verify(ref)


def test_nobody_says_over_the_reporters_head_that_a_child_is_safe(town: Town) -> None:
    """HAR-R1, S3: the other side can neither answer a report nor call it off. Where it moves no stage up nobody can."""
    ref = reported(town)
    with pytest.raises(SideWrong, match="that reported the risk"):
        risk_over(town.concord, town["council-practitioner"], ref, command(), "It is over.")
    with pytest.raises(NotNow, match="no stage is moved up"):
        risk_over(town.concord, town["school-practitioner"], ref, command(), "She is with her grandmother.")


def test_a_task_is_handed_on_only_to_somebody_who_may_do_it_and_is_there(town: Town) -> None:
    """W, S3: who is unknown and who works in another partnership are refused in the same words."""
    ref = reported(town)
    refer = town.task(ref, "Risk_Refer").key

    def refused(to: str) -> str:
        with pytest.raises(NotYourTask) as error:
            hand_on(town.concord, town["school-practitioner"], ref, refer, command(), to)
        return str(error.value)

    assert refused("nobody") == refused("solihull-school-safeguarding_lead")
    assert "it is for others to do" in refused("council-safeguarding_lead")
    assert "it is for others to do" in refused("school-line_manager")
    bar(town.concord, town["business_manager"], ref, command(), "school-safeguarding_lead", "practitioners", "A cousin")
    assert "they are barred" in refused("school-safeguarding_lead")
    with pytest.raises(NotYourTask, match="belongs to School"):
        hand_on(town.concord, town["council-practitioner"], ref, refer, command(), "council-safeguarding_lead")
    hand_on(town.concord, town["school-practitioner"], ref, refer, command(), "school-line_manager")
    assert town.task(ref, "Risk_Refer").claimed_by == "school-line_manager"
    away(town, "school-line_manager")
    assert "they are away until 2 March 2026" in refused("school-line_manager")
    town.verify(ref)


def test_not_reached_is_recorded_as_an_attempt_and_told_in_words_everywhere(town: Town) -> None:
    """S4: in the history, in replay and exports; the task stays open, and verifying finds it so."""
    ref = reported(town)
    key = town.task(ref, "Risk_TellLead").key
    typed = {"lead_reached": "no", "lead_tried": "Rang at ten and at half past."}
    save_draft(town.concord, town["school-practitioner"], ref, key, typed)
    again = command()
    outcome = complete_task(town.concord, town["school-practitioner"], ref, key, again, typed)
    assert outcome.attempt
    repeated = complete_task(town.concord, town["school-practitioner"], ref, key, again, typed)
    assert (repeated.attempt, repeated.repeated) == (True, True)
    assert not town.drafts(ref, key), "what was typed is sent"
    assert town.kinds(ref).count("TaskAttempted") == 1
    page = task_page(town.concord, town["school-safeguarding_lead"], ref, key)
    assert page.may_complete
    assert [[text for _, text in line.texts] for line in page.tried] == [["Rang at ten and at half past."]]
    assert page.alerted_at == town.now + timedelta(minutes=60)
    words = "was tried for the raising side: nobody was reached, and it is still to be done"
    lines = dispute_page(town.concord, town["council-practitioner"], ref).lines
    assert any(words in line.words and line.answers for line in lines)
    steps = replay_page(town.concord, town["school-practitioner"], ref).steps
    assert any(words in step.frame.words for step in steps)
    assert "Tried: Tell own safeguarding lead" in export(town.concord, ref, "xes").decode()
    assert "nobody was reached" in text_of(export(town.concord, ref, "pdf"))
    assert "TaskAttempted" in export(town.concord, ref, "json").decode()
    with pytest.raises(NotYourTask):
        complete_task(town.concord, town["council-practitioner"], ref, key, command(), typed)
    town.verify(ref)
    assert [verdict.fault for verdict in verify(town.concord, [ref])] == [None]
    town.completes("school-safeguarding_lead", ref, "Risk_TellLead")
    town.verify(ref)


def test_what_was_recorded_before_keeps_its_meaning(town: Town) -> None:
    """R2, S4: a “no” that completed the task in an entry of format 1 completes it again; a new one can't."""
    ref = reported(town)
    course = town.work(ref).course
    data = {"task": "Risk_TellLead.1", "side": "raising", "answers": {"lead_reached": "no"}}
    given = Input(
        kind="TaskCompleted", at=town.now, actor=town["school-practitioner"].actor, element="Risk_TellLead", data=data
    )
    before = course.state()
    with pytest.raises(NotNow, match="is an attempt"):
        course.apply(given)
    assert course.state() == before
    course.apply(replace(given, v=1))
    assert course.dispute.task("Risk_TellLead.1") is None

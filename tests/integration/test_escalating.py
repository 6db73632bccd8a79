"""Deadlines, escalation, tiers that nobody holds, protective timescales and closure days, on each database."""

from datetime import date, timedelta

import pytest
from town import ASKED, BEGUN, OPERATOR, Town, command

from engine import (
    NotNow,
    ProtectiveInPast,
    ReasonMissing,
    SideWrong,
    TaskGone,
    add_absence,
    add_closure,
    complete_task,
    escalate,
    recalculate,
    set_protective,
    sweep,
)
from engine.calendar import working_days as days

BY = "school-practitioner"
THURSDAY_AT_TWO = days.london("2026-03-05T14:00")
"""28 working hours after Monday at ten."""


def test_a_deadline_escalates_and_interrupts_the_stages_tasks_and_asks_about_risk(town: Town) -> None:
    """E1, S2, R3: the timer's entry holds when it was due and when it fired."""
    ref = town.raises()
    town.move("2026-03-09T17:00")
    fired = [e for e in town.journal(ref) if e.kind == "TimerFired" and e.data["what"] == "deadline"]
    assert [(e.element, days.london(e.data["due"]), days.london(e.at)) for e in fired] == [
        ("Stage1_FirstOver", days.london("2026-03-04T17:00"), days.london("2026-03-09T17:00")),
        ("Stage1_Deadline", days.london("2026-03-09T17:00"), days.london("2026-03-09T17:00")),
    ]
    interrupted = [e.element for e in town.journal(ref) if e.kind == "TaskInterrupted"]
    assert interrupted == ["Stage1_Discuss", "Stage1_ReviewRaising", "Stage1_ReviewReceiving"]
    assert town.dispute(ref).visit.stage == "Stage2"
    assert {t.element for t in town.dispute(ref).tasks} == {
        "Stage2_TakeToLead",
        *BEGUN,
        *ASKED,
        "StageEnd_RecordRaising",
        "StageEnd_RecordReceiving",
    }
    town.verify(ref)


def test_a_late_sweep_and_a_late_click_give_the_same_path(town: Town) -> None:
    """Decision 3: what is due fires first, by instant, each as an entry of its own."""
    swept, clicked = town.raises(), town.raises()
    town.move("2026-03-12T09:00", sweeping=False)
    with pytest.raises(TaskGone):
        complete_task(town.concord, town[BY], clicked, "Stage1_Discuss.1", command(), {})
    sweep(town.concord)

    def story(ref: str) -> list[tuple[str, str | None, object]]:
        return [(e.kind, e.element, e.data) for e in town.journal(ref) if e.kind != "Raised"]

    assert story(swept) == story(clicked)
    dues = [days.london(e.data["due"]) for e in town.journal(swept) if e.kind == "TimerFired"]
    assert dues == sorted(dues)


def test_a_click_after_the_deadline_is_told_what_happened_and_what_was_typed_is_kept(town: Town) -> None:
    """E1, decision 3."""
    ref = town.raises()
    typed = town.answers(ref, "Stage1_Discuss", result="agreed", agreed_actions="A long text.")
    town.move("2026-03-09T17:01", sweeping=False)
    with pytest.raises(
        TaskGone, match=r"“Discuss the difference” was ended on 9 March 2026 at 17:01 because its stage's deadline"
    ):
        complete_task(town.concord, town[BY], ref, "Stage1_Discuss.1", command(), typed)
    assert town.dispute(ref).visit.stage == "Stage2", "The deadline stands although the click was refused"
    assert town.drafts(ref, "Stage1_Discuss.1")[BY]["agreed_actions"] == "A long text."
    assert sweep(town.concord).fired == 0, "It fired once"
    town.verify(ref)


def test_any_acting_party_escalates_early_with_a_reason(town: Town) -> None:
    """E2: and the new stage has its full time from now."""
    ref = town.raises()
    with pytest.raises(ReasonMissing):
        escalate(town.concord, town[BY], ref, command(), "")
    escalate(town.concord, town["council-practitioner"], ref, command(), "They never answer.")
    visit = town.dispute(ref).visit
    assert (visit.stage, visit.entered, visit.deadline) == ("Stage2", town.now, days.london("2026-03-04T17:00"))
    town.verify(ref)


def test_no_clock_takes_the_exceptional_step(town: Town) -> None:
    """E4: the question stays open and overdue, and the business manager is told every working day."""
    ref = town.raises()
    for _ in range(4):
        escalate(town.concord, town[BY], ref, command(), "Next.")
    assert [t.element for t in town.dispute(ref).tasks if t.element.startswith("Stage5")] == ["Stage5_ConcernsPersist"]
    with pytest.raises(NotNow):
        escalate(town.concord, town[BY], ref, command(), "And next.")
    for day in range(5, 11):
        if day not in {7, 8}:
            town.move(f"2026-03-{day:02}T18:00")
    assert town.task(ref, "Stage5_ConcernsPersist").overdue
    told = [n for n in town.notices(ref) if "concerns persist" in n.message and "business_manager" in n.to]
    assert len(told) == 4
    assert town.dispute(ref).visit is None
    town.verify(ref)


def test_a_tier_that_nobody_holds_is_told_when_the_stage_before_it_begins(town: Town) -> None:
    """E8: an absent person holds no tier."""
    add_absence(town.concord, OPERATOR, "council-safeguarding_lead", date(2026, 3, 2), date(2026, 3, 6))
    assert "TierUnheld" not in town.kinds(town.raises()), "The line manager still holds it"
    add_absence(town.concord, OPERATOR, "council-line_manager", date(2026, 3, 2), date(2026, 3, 2))
    ref = town.raises()
    assert town.entry(ref, "TierUnheld").data == {"tier": "safeguarding_leads", "side": "receiving"}
    assert [n.to for n in town.notices(ref)] == ["business_manager"]
    town.verify(ref)
    town.move("2026-03-03T09:00")
    assert "TierUnheld" not in town.kinds(town.raises()), "Back from the absence"


def test_a_protective_timescale_shortens_the_running_stage_at_once(town: Town) -> None:
    """T10: ten of the 28 working hours left are stage 1's, five parts of fourteen; no stage gets more than its own."""
    ref = town.raises()
    set_protective(town.concord, town["council-practitioner"], ref, command(), THURSDAY_AT_TWO, "Discharge Thursday.")
    assert town.dispute(ref).visit.deadline == days.london("2026-03-03T12:00")
    assert town.summary(ref).next_due == town.dispute(ref).next_due < days.london("2026-03-03T12:00")
    town.verify(ref)


def test_only_the_raising_side_or_the_partnership_lengthens_it(town: Town) -> None:
    """T10: the receiving side may shorten; nobody sets one in the past; each gives a reason."""
    ref = town.raises(protective=THURSDAY_AT_TWO)
    later, sooner = days.london("2026-03-11T10:00"), days.london("2026-03-03T16:00")
    with pytest.raises(SideWrong):
        set_protective(town.concord, town["council-practitioner"], ref, command(), later, "We are busy.")
    set_protective(town.concord, town["council-practitioner"], ref, command(), sooner, "Sooner.")
    for somebody in (BY, "business_manager"):
        set_protective(town.concord, town[somebody], ref, command(), later, "The discharge was put off.")
    assert town.dispute(ref).visit.deadline == days.london("2026-03-04T14:00"), "20 of 56 working hours"
    with pytest.raises(ProtectiveInPast):
        set_protective(town.concord, town[BY], ref, command(), town.now, "Now.")
    with pytest.raises(ReasonMissing):
        set_protective(town.concord, town[BY], ref, command(), sooner, "")


def test_once_it_has_passed_the_risk_question_is_asked_and_later_stages_are_due_the_same_day(town: Town) -> None:
    """T10, T5, S2: of each side, unless the end of a stage has asked it already and is still waiting for the answer."""
    asked = ("Protective_RiskQuestionRaising", "Protective_RiskQuestionReceiving")
    ref = town.raises(protective=days.london("2026-03-02T12:00"))
    town.move("2026-03-02T12:00")
    waiting = [t.element for t in town.dispute(ref).tasks if t.element in {*asked, *ASKED}]
    assert sorted(waiting) == sorted(ASKED)
    assert [n.to for n in town.notices(ref) if "rotective" in n.message] == ["next_tier,business_manager"]
    escalate(town.concord, town[BY], ref, command(), "It is late.")
    assert town.dispute(ref).visit.deadline == days.london("2026-03-02T17:00")
    town.verify(ref)
    answered = town.raises(protective=THURSDAY_AT_TWO)
    for _ in range(4):
        escalate(town.concord, town[BY], answered, command(), "Next.")
    town.completes(BY, answered, "StageEnd_RiskQuestionRaising", at_risk="no")
    town.completes("council-practitioner", answered, "StageEnd_RiskQuestionReceiving", at_risk="no")
    town.move("2026-03-05T14:00")
    for element in asked:
        assert town.task(answered, element)
    town.verify(answered)


def test_a_closure_day_moves_running_deadlines_only_when_somebody_recalculates(town: Town) -> None:
    """T2, T12: recorded with what it was and what it is."""
    ref = town.raises()
    add_closure(town.concord, OPERATOR, "birmingham", date(2026, 3, 5), "Training day")
    assert town.dispute(ref).visit.deadline == days.london("2026-03-09T17:00")
    with pytest.raises(SideWrong):
        recalculate(town.concord, town["council-practitioner"], ref, command(), "We want it too.")
    recalculate(town.concord, town["business_manager"], ref, command(), "The partnership was shut.")
    assert town.dispute(ref).visit.deadline == days.london("2026-03-10T17:00")
    moved = next(e for e in town.journal(ref) if e.kind == "DeadlineMoved" and e.element == "Stage1_Deadline")
    assert (days.london(moved.data["was"]).day, days.london(moved.data["due"]).day) == (9, 10)
    town.verify(ref)
    town.move("2026-03-09T17:00")
    assert town.dispute(ref).visit.stage == "Stage1"
    town.move("2026-03-10T17:00")
    assert town.dispute(ref).visit.stage == "Stage2"
    town.verify(ref)


def test_a_closure_day_never_lengthens_a_protective_timescale(town: Town) -> None:
    """T2."""
    ref = town.raises(protective=THURSDAY_AT_TWO)
    before = town.dispute(ref).visit.deadline
    town.move("2026-03-02T12:00")
    add_closure(town.concord, OPERATOR, "birmingham", date(2026, 3, 3), "Snow")
    recalculate(town.concord, town[BY], ref, command(), "Snow.")
    assert town.dispute(ref).visit.deadline == before
    assert town.dispute(ref).protective == THURSDAY_AT_TWO


def test_shortening_it_late_in_a_stage_never_gives_the_stage_more_time(town: Town) -> None:
    """T10: the time left is shared again, and the receiving side may only shorten."""
    ref = town.raises(protective=THURSDAY_AT_TWO)
    before = town.dispute(ref).visit.deadline
    town.move("2026-03-02T18:00")
    sooner = THURSDAY_AT_TWO - timedelta(minutes=1)
    set_protective(town.concord, town["council-practitioner"], ref, command(), sooner, "A minute less.")
    assert town.dispute(ref).visit.deadline == before
    town.verify(ref)

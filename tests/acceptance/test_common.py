"""The rules that all protocols share, on both partnerships' pathways. Monday 2 March 2026 is day 0 of most disputes."""

from datetime import UTC, datetime

import pytest
from clauses import BIRMINGHAM, WOLVERHAMPTON, clause
from mutations import (
    blank,
    interrupting,
    limit,
    no_choice,
    no_field,
    no_texts,
    no_words,
    once,
    optional,
    prop,
    swapped,
    without,
)
from office import Office
from play import Play, Played, at, told

import engine
from engine.access import may_see
from engine.commands.acts import ReasonMissing, SideWrong
from engine.commands.publishing import PathwayUnsound, publish_files
from engine.course import NotNow
from engine.directory import Person
from engine.forms import FormInvalid
from engine.pathway import read_pathway
from engine.readings import advice
from engine.rules import check_files

DAY_0 = "Mon 2 Mar 2026 10:00"
STAGES = ("Stage1", "Stage2", "Stage3", "Stage4")
FIRST = {BIRMINGHAM: "Stage1_Discuss", WOLVERHAMPTON: "Stage1_Raise"}
TAKE = {BIRMINGHAM: "Stage2_TakeToLead", WOLVERHAMPTON: "Stage2_TakeToManager"}
PERSIST = {BIRMINGHAM: "Stage5_ConcernsPersist", WOLVERHAMPTON: "Exceptional_ConcernsPersist"}
LAST = {BIRMINGHAM: "Stage5", WOLVERHAMPTON: "Exceptional"}
BEFORE_TALK = {
    BIRMINGHAM: {"Stage2": ("Stage2_TakeToLead",), "Stage3": ("Stage3_Refer",)},
    WOLVERHAMPTON: {"Stage1": ("Stage1_Raise", "Stage1_Review"), "Stage2": ("Stage2_TakeToManager",)},
}
DECIDING = {
    BIRMINGHAM: (
        "Stage5_RepresentationRaising", "Stage5_RepresentationReceiving", "Stage5_Consider", "Stage5_Decide",
    ),
    WOLVERHAMPTON: (
        "Exceptional_ChooseWay", "Exceptional_RepresentationRaising", "Exceptional_RepresentationReceiving",
        "Exceptional_Consider", "Exceptional_Decide",
    ),
}  # fmt: skip
ASIDE = ("StageEnd_RiskQuestion", "StageEnd_RecordRaising", "StageEnd_RecordReceiving")


def reach(play: Play, stage: str, when: str = DAY_0, **start: object) -> Played:
    """A dispute that was escalated early, at once, as far as a stage."""
    dispute = play.raised(when, **start)
    while dispute.stage != stage:
        dispute.escalate()
    return dispute


def persisting(play: Play, when: str = DAY_0, **start: object) -> Played:
    """A dispute whose ordinary stages are over, at once: do concerns persist?"""
    return reach(play, "Stage4", when, **start).escalate()


def at_last(play: Play, when: str = DAY_0) -> Played:
    """A dispute before the last, exceptional stage's people."""
    return persisting(play, when).done(PERSIST[play.partnership], persists="yes")


def agreed(dispute: Played, **answers: object) -> Played:
    """Said to be resolved and confirmed."""
    return dispute.say_resolved().done("Resolution_Confirm", confirmed="yes", **answers)


def finish(dispute: Played, *but: str) -> Played:
    """Complete everything that is open, but for these elements."""
    while waiting := [task.element for task in dispute.dispute.tasks if task.element not in but]:
        dispute.done(waiting[0])
    return dispute


RESOLVED = ("Resolved_Confirmation", "Resolved_InformWorker", "Resolved_Debrief", "Resolved_PolicyGap")


def ended(dispute: Played) -> tuple[str, str | None]:
    """How the dispute ended and at which stage."""
    ending = dispute.dispute.ending
    assert ending is not None, "it has not ended"
    return ending.how, ending.stage


# Time


@clause("T1", takes=[limit("Stage1_Deadline", "working_days: 5", "working_days: 4"), without("Stage1_Deadline")])
def test_T1_limits_are_londons_wall_clock_and_stored_as_aware_utc(play: Play) -> None:
    """Raised in winter time, ending in summer time: 17:00 in London is 16:00 in UTC."""
    visit = play.raised("Fri 27 Mar 2026 10:00").dispute.visit
    assert visit is not None
    assert visit.deadline == datetime(2026, 4, 7, 16, 0, tzinfo=UTC)
    assert visit.deadline.tzinfo is UTC
    assert told(visit.deadline) == "Tue 7 Apr 2026 17:00"


@clause("T2", takes=[limit("Stage1_Deadline", "working_days: 5", "working_days: 6")])
def test_T2_weekends_and_bank_holidays_with_their_substitutes_are_no_working_days(play: Play) -> None:
    """Boxing Day of 2026 is a Saturday, its substitute Monday the 28th; New Year's Day is a Friday."""
    assert play.raised("Wed 23 Dec 2026 10:00").deadline == "Mon 4 Jan 2027 17:00"
    assert play.raised("Thu 2 Apr 2026 10:00").deadline == "Mon 13 Apr 2026 17:00"


@clause(
    "T2",
    takes=[
        limit("Stage2_Deadline", "working_days: 2", "working_days: 1"),
        limit("Risk_CloseByLead", "same_working_day: true", "working_days: 1"),
    ],
)
def test_T2_a_closure_day_lengthens_a_stage_but_nothing_about_risk_or_protection(play: Play) -> None:
    """Closed on Wednesday the 11th: stage 2 gets Thursday; what is about risk is due on the closed day itself."""
    dispute = play.raised(DAY_0).close("Wed 11 Mar 2026").at("Mon 9 Mar 2026 17:00")
    assert dispute.deadline == "Thu 12 Mar 2026 17:00"
    dispute.at("Wed 11 Mar 2026 11:00").report_risk().done("Risk_Refer", outcome=["mistake"])
    assert dispute.due("Risk_CloseByLead") == "Wed 11 Mar 2026 17:00"
    assert dispute.escalate().due("StageEnd_RiskQuestion") is not None
    assert told(dispute.tasks("StageEnd_RiskQuestion")[-1].due) == "Wed 11 Mar 2026 17:00"
    protected = play.raised(DAY_0).close("Wed 11 Mar 2026").protect("Tue 10 Mar 2026 12:00")
    protected.down_until("Wed 11 Mar 2026 11:00")
    assert protected.deadline == "Wed 11 Mar 2026 17:00"


@clause(
    "T3",
    takes=[limit("Stage1_Deadline", "working_days: 5", "working_days: 4")],
    birmingham=[limit("Stage2_TakeToLead", "working_days: 1", "hours: 24")],
    wolverhampton=[limit("Stage2_TakeToManager", "working_days: 1", "hours: 24")],
)
def test_T3_within_n_working_days_ends_at_the_close_of_the_nth_day_after(play: Play) -> None:
    """On a Friday at 10:00 or on a Saturday: one working day ends on Monday at 17:00, five on Friday at 17:00."""
    for when in ("Fri 6 Mar 2026 10:00", "Sat 7 Mar 2026 12:00"):
        dispute = play.raised(when)
        assert dispute.deadline == "Fri 13 Mar 2026 17:00"
        assert dispute.escalate().due(TAKE[play.partnership]) == "Mon 9 Mar 2026 17:00"


@clause("T4", takes=[limit("Stage3_Refer", "hours: 24", "working_days: 1")])
def test_T4_within_24_hours_is_24_elapsed_hours_whatever_the_day(play: Play) -> None:
    """Over a weekend, and over the night in which the clocks go forward."""
    assert reach(play, "Stage3", "Fri 6 Mar 2026 13:00").due("Stage3_Refer") == "Sat 7 Mar 2026 13:00"
    assert reach(play, "Stage3", "Sat 28 Mar 2026 13:00").due("Stage3_Refer") == "Sun 29 Mar 2026 14:00"


@clause("T5", takes=[limit("StageEnd_RiskQuestion", "same_working_day: true", "working_days: 1")])
def test_T5_the_same_working_day_ends_at_its_close_and_outside_hours_in_an_hour(play: Play) -> None:
    """In hours 17:00; at 17:00 itself, on a Saturday and on Good Friday, one hour from now."""
    for when, due in (
        ("Mon 2 Mar 2026 11:00", "Mon 2 Mar 2026 17:00"),
        ("Mon 2 Mar 2026 16:59", "Mon 2 Mar 2026 17:00"),
        ("Mon 2 Mar 2026 17:00", "Mon 2 Mar 2026 18:00"),
        ("Sat 7 Mar 2026 20:00", "Sat 7 Mar 2026 21:00"),
        ("Fri 3 Apr 2026 11:00", "Fri 3 Apr 2026 12:00"),
    ):
        assert play.raised(when).escalate().due("StageEnd_RiskQuestion") == due


@clause(
    "T6",
    takes=[
        limit("Risk_TellLead", "immediately: true", "hours: 1"),
        limit("Risk_Refer", "immediately: true", "hours: 1"),
        without("Risk_TellLead"),
    ],
)
def test_T6_immediately_is_due_at_once_reminded_after_30_minutes_and_alerted_after_60(play: Play) -> None:
    """The alert reaches the lead, their deputy and the out-of-hours route, on a Saturday night too."""
    dispute = play.raised(DAY_0).at("Sat 7 Mar 2026 21:00").report_risk()
    for element in ("Risk_TellLead", "Risk_Refer"):
        assert dispute.due(element) == "Sat 7 Mar 2026 21:00"
        assert dispute.timers("task_reminder", element) == ["Sat 7 Mar 2026 21:30"]
        assert dispute.timers("task_alert", element) == ["Sat 7 Mar 2026 22:00"]
    dispute.at("Sat 7 Mar 2026 22:00")
    for element in ("Risk_TellLead", "Risk_Refer"):
        (reminded, _), (alerted, to) = dispute.notices(element)[:2]
        assert (reminded, alerted) == ("Sat 7 Mar 2026 21:30", "Sat 7 Mar 2026 22:00")
        assert to >= {"safeguarding_lead", "deputy", "out_of_hours"}
        assert dispute.task(element).overdue


@clause(
    "T9",
    takes=[without("Stage2_Deadline"), limit("Stage2_Deadline", "working_days: 2", "working_days: 3")],
    birmingham=[without("Stage2_TakeToLead"), prop("Stage2_TakeToLead", "due", None)],
    wolverhampton=[without("Stage2_TakeToManager"), prop("Stage2_TakeToManager", "due", None)],
)
def test_T9_a_stage_counts_from_its_entry_and_only_its_own_deadline_escalates(play: Play) -> None:
    """Entered early on Wednesday, it ends on Friday; a task's limit inside it is reminded and flagged when passed."""
    dispute = play.raised(DAY_0).at("Wed 4 Mar 2026 11:00").escalate()
    task = TAKE[play.partnership]
    assert (dispute.stage, dispute.deadline) == ("Stage2", "Fri 6 Mar 2026 17:00")
    assert dispute.due(task) == "Thu 5 Mar 2026 17:00"
    dispute.at("Thu 5 Mar 2026 17:00")
    assert [when for when, _ in dispute.notices(task)] == ["Thu 5 Mar 2026 02:00", "Thu 5 Mar 2026 17:00"]
    assert dispute.effects("TaskOverdue", task)
    assert dispute.stage == "Stage2"
    dispute.at("Fri 6 Mar 2026 17:00")
    assert dispute.left("Stage2") == ("deadline", "Fri 6 Mar 2026 17:00")


@clause(
    "T10",
    takes=[
        limit("Stage1_Deadline", "working_days: 5", "working_days: 6"),
        limit("Stage4_Deadline", "working_days: 4", "working_days: 5"),
        without("Stage3_Deadline"),
    ],
)
def test_T10_set_when_raising_the_time_left_is_shared_by_the_stages_in_proportion(play: Play) -> None:
    """14 hours for durations of 5, 2, 3 and 4: each stage gets as many hours, and the last ends with the timescale."""
    dispute = play.raised(DAY_0, protective="Tue 3 Mar 2026 00:00").at("Tue 3 Mar 2026 00:00")
    assert [dispute.left(stage) for stage in STAGES] == [
        ("deadline", "Mon 2 Mar 2026 15:00"),
        ("deadline", "Mon 2 Mar 2026 17:00"),
        ("deadline", "Mon 2 Mar 2026 20:00"),
        ("deadline", "Tue 3 Mar 2026 00:00"),
    ]


@clause(
    "T10",
    takes=[limit("Stage1_Deadline", "working_days: 5", "working_days: 6"), without("Stage1_Reminder")],
)
def test_T10_set_or_shortened_later_it_moves_running_deadlines_at_once(play: Play) -> None:
    """By either side: the deadline of the stage, its reminder, and what is due in it; the move is in the record."""
    dispute = play.raised(DAY_0).at("Mon 2 Mar 2026 12:00").protect("Tue 3 Mar 2026 16:00", side="receiving")
    assert dispute.deadline == "Mon 2 Mar 2026 22:00"
    assert dispute.timers("deadline", "Stage1_Deadline") == ["Mon 2 Mar 2026 22:00"]
    assert dispute.timers("reminder", "Stage1_Reminder") == ["Mon 2 Mar 2026 16:00"]
    assert dispute.due(FIRST[play.partnership]) == "Mon 2 Mar 2026 22:00"
    moved = dispute.effect("DeadlineMoved", "Stage1_Deadline")
    assert (told(moved.data["was"]), told(moved.data["due"])) == ("Mon 9 Mar 2026 17:00", "Mon 2 Mar 2026 22:00")
    given = next(e for e in dispute.effects("ProtectiveTimescaleSet") if e.role == "input")
    assert "reason" in given.texts
    dispute.protect("Tue 3 Mar 2026 02:00")
    assert dispute.deadline == "Mon 2 Mar 2026 17:00"


@clause("T10", takes=[limit("Stage1_Deadline", "working_days: 5", "working_days: 6")])
def test_T10_no_stage_gets_more_than_its_own_duration(play: Play) -> None:
    """A timescale months away shortens nothing and lengthens nothing."""
    dispute = play.raised(DAY_0, protective="Wed 1 Jul 2026 12:00")
    assert dispute.deadline == "Mon 9 Mar 2026 17:00"
    assert dispute.protect("Mon 1 Jun 2026 12:00").deadline == "Mon 9 Mar 2026 17:00"
    assert dispute.at("Mon 9 Mar 2026 17:00").deadline == "Wed 11 Mar 2026 17:00"


@clause(
    "T10",
    takes=[
        without("Protective_RiskQuestion"),
        without("Protective_RiskReported"),
        limit("Protective_RiskQuestion", "same_working_day: true", "working_days: 1"),
    ],
)
def test_T10_once_it_has_passed_risk_is_asked_and_the_next_tier_and_business_manager_are_alerted(play: Play) -> None:
    """At the instant itself, here at midnight; a yes opens a referral."""
    dispute = play.raised(DAY_0, protective="Tue 3 Mar 2026 00:00").at("Tue 3 Mar 2026 00:00")
    assert ("Tue 3 Mar 2026 00:00", {"next_tier", "business_manager"}) in dispute.notices()
    assert dispute.due("Protective_RiskQuestion") == "Tue 3 Mar 2026 01:00"
    assert not dispute.open("Risk_Refer")
    assert dispute.done("Protective_RiskQuestion", at_risk="yes").open("Risk_Refer")


@clause("T10", takes=[without("Stage1_Deadline"), without("Stage2_Deadline")])
def test_T10_once_it_has_passed_each_later_stage_is_due_the_same_working_day(play: Play) -> None:
    """Ordinary stages and the exceptional one; outside hours one hour after the stage began (T5)."""
    dispute = play.raised(DAY_0, protective="Tue 3 Mar 2026 00:00").down_until("Tue 3 Mar 2026 11:00")
    assert (dispute.stage, dispute.deadline) == ("Stage2", "Tue 3 Mar 2026 17:00")
    dispute.at("Tue 3 Mar 2026 17:00")
    assert (dispute.stage, dispute.deadline) == ("Stage3", "Tue 3 Mar 2026 18:00")
    last = play.raised(DAY_0, protective="Tue 3 Mar 2026 00:00").at("Wed 4 Mar 2026 10:00")
    last.done(PERSIST[play.partnership], persists="yes")
    assert (last.stage, last.deadline) == (LAST[play.partnership], "Wed 4 Mar 2026 17:00")


@clause("T10")
def test_T10_anyone_acting_may_shorten_it_but_only_the_raising_side_or_the_partnership_lengthens(play: Play) -> None:
    """With a reason each time; the receiving side's longer one is refused and nothing moves."""
    office = Office(play, DAY_0)
    ref = office.raised()
    later, sooner, latest = at("Wed 4 Mar 2026 00:00"), at("Tue 3 Mar 2026 00:00"), at("Thu 5 Mar 2026 00:00")
    with pytest.raises(ReasonMissing):
        office.does("raising", engine.set_protective, ref, later, " ")
    office.does("receiving", engine.set_protective, ref, later, "The child goes home")
    office.does("receiving", engine.set_protective, ref, sooner, "Sooner than we thought")
    with pytest.raises(SideWrong):
        office.does("receiving", engine.set_protective, ref, later, "It can wait")
    assert office.dispute(ref).protective == sooner
    office.does("raising", engine.set_protective, ref, later, "It was put off")
    office.does("manager", engine.set_protective, ref, latest, "It was put off again")
    assert office.dispute(ref).protective == latest


@clause(
    "T11",
    takes=[
        without("Resolved_Confirmation"),
        limit("Resolved_Confirmation", "agreement", "task"),
        limit("Resolved_Confirmation", "working_days: 2", "working_days: 3"),
        without("Stage1_Resolved"),
    ],
)
def test_T11_the_written_confirmation_runs_from_the_agreement_outside_the_stages_limit(play: Play) -> None:
    """Agreed on Friday 16:00, confirmed on Monday: in writing by Tuesday, a day after stage 1 would have ended."""
    dispute = play.raised(DAY_0).at("Fri 6 Mar 2026 16:00").say_resolved().at("Mon 9 Mar 2026 10:00")
    dispute.done("Resolution_Confirm", confirmed="yes", agreed_at="2026-03-06T16:00")
    assert dispute.due("Resolved_Confirmation") == "Tue 10 Mar 2026 17:00"
    dispute.at("Tue 10 Mar 2026 12:00")
    assert dispute.open("Resolved_Confirmation")
    assert dispute.stage is None
    assert not dispute.task("Resolved_Confirmation").overdue


@clause("T12", takes=[limit("Stage1_Deadline", "working_days: 5", "working_days: 4")])
def test_T12_a_deadline_is_on_record_and_moves_only_by_a_recorded_recalculation(play: Play) -> None:
    """Closed on Thursday the 5th: nothing moves until somebody recalculates, with a reason; both instants are kept."""
    dispute = play.raised(DAY_0)
    entry = dispute.effect("DeadlineSet", "Stage1_Deadline")
    assert told(entry.data["due"]) == "Mon 9 Mar 2026 17:00"
    assert entry.data["basis"]["expression"].startswith("deadline(working_days: 5")
    dispute.at("Tue 3 Mar 2026 12:00").close("Thu 5 Mar 2026")
    assert dispute.deadline == "Mon 9 Mar 2026 17:00"
    dispute.recalculate()
    assert dispute.deadline == "Tue 10 Mar 2026 17:00"
    moved = dispute.effect("DeadlineMoved", "Stage1_Deadline")
    assert (told(moved.data["was"]), told(moved.data["due"])) == ("Mon 9 Mar 2026 17:00", "Tue 10 Mar 2026 17:00")
    assert "reason" in dispute.effect("DeadlinesRecalculated").texts


@clause(
    "T13",
    takes=[
        limit("Stage2_Deadline", "cumulative: 7", "cumulative: 70"),
        limit("Stage2_Deadline", "working_days: 2", "working_days: 3"),
        without("Stage1_Deadline"),
    ],
)
def test_T13_a_timer_fired_late_is_flagged_and_the_next_stage_still_gets_its_own_duration(play: Play) -> None:
    """Down from Monday to Wednesday: both instants are on record, and the business manager is told why."""
    dispute = play.raised(DAY_0).at("Mon 9 Mar 2026 16:00").down_until("Wed 11 Mar 2026 10:00")
    fired = dispute.effect("TimerFired", "Stage1_Deadline")
    assert (told(fired.data["due"]), told(fired.at)) == ("Mon 9 Mar 2026 17:00", "Wed 11 Mar 2026 10:00")
    assert (dispute.stage, dispute.deadline) == ("Stage2", "Fri 13 Mar 2026 17:00")
    flag = dispute.effect("CumulativeExceeded", "Stage2").data
    assert (flag["used"], flag["maximum"]) == (9, 7)
    assert flag["why"]
    assert "business_manager" in dispute.told("Stage2")


# Escalation


@clause("E1", takes=[*(without(f"{stage}_Deadline") for stage in STAGES), swapped("Stage1_Over", "Stage2", "Stage3")])
def test_E1_a_deadline_that_passes_unresolved_takes_the_dispute_to_the_next_stage(play: Play) -> None:
    """By the timer alone, stage by stage; the tasks that it interrupted are on record."""
    dispute = play.raised(DAY_0).at("Mon 9 Mar 2026 16:59")
    assert dispute.stage == "Stage1"
    for stage, when in (
        ("Stage2", "Mon 9 Mar 2026 17:00"),
        ("Stage3", "Wed 11 Mar 2026 17:00"),
        ("Stage4", "Mon 16 Mar 2026 17:00"),
        (None, "Fri 20 Mar 2026 17:00"),
    ):
        assert dispute.at(when).stage == stage
    assert [dispute.left(stage)[0] for stage in STAGES] == ["deadline"] * 4
    assert dispute.effects("TaskInterrupted", FIRST[play.partnership])


@clause("E1")
def test_E1_nothing_that_was_typed_is_lost_when_the_timer_ends_the_stage(play: Play) -> None:
    """A draft of the interrupted task can still be read, and completing it too late keeps what was typed."""
    office = Office(play, DAY_0)
    ref = office.raised()
    key = office.dispute(ref).tasks[0].key
    engine.save_draft(office.concord, office.people["raising"], ref, key, {"other_side": "Half a sentence"})
    office.clock.set(at("Mon 9 Mar 2026 17:01"))
    engine.sweep(office.concord)
    page = engine.dispute_page(office.concord, office.people["raising"], ref)
    assert page.dispute.visit is not None
    assert page.dispute.visit.stage == "Stage2"
    assert [(draft.key, dict(draft.draft)) for draft in page.drafts] == [(key, {"other_side": "Half a sentence"})]
    with pytest.raises(engine.TaskGone):
        office.completes("raising", ref, key, {"other_side": "A whole sentence"})
    page = engine.dispute_page(office.concord, office.people["raising"], ref)
    assert dict(page.drafts[0].draft) == {"other_side": "A whole sentence"}


@clause("E2", takes=[without(f"{stage}_Early") for stage in STAGES])
def test_E2_any_acting_party_may_escalate_before_the_deadline_with_a_reason(play: Play) -> None:
    """At every ordinary stage, from either side; the reason is in the record."""
    for side in ("raising", "receiving"):
        dispute = play.raised(DAY_0)
        for stage, following in zip(STAGES, (*STAGES[1:], None), strict=True):
            assert dispute.stage == stage
            assert dispute.escalate(side=side).stage == following
            assert dispute.left(stage) == ("escalated_early", DAY_0)
            assert "reason" in dispute.effect("EscalatedEarly").texts
        assert dispute.open(PERSIST[play.partnership])


@clause("E2")
def test_E2_without_a_reason_nobody_escalates(play: Play) -> None:
    """Nor does somebody of a third agency, who doesn't even see it."""
    office = Office(play, DAY_0)
    ref = office.raised()
    with pytest.raises(ReasonMissing):
        office.does("receiving", engine.escalate, ref, "")
    with pytest.raises(engine.NotYours):
        office.does("third", engine.escalate, ref, "I would like to")
    office.does("receiving", engine.escalate, ref, "There is no time to lose")
    visit = office.dispute(ref).visit
    assert visit is not None
    assert visit.stage == "Stage2"


@clause(
    "E3",
    takes=[
        *(without(f"{stage}_Reminder") for stage in STAGES),
        interrupting("Stage1_Reminder"),
        prop("Stage1_Reminded", "to", "receiving"),
    ],
)
def test_E3_a_reminder_goes_out_a_working_day_before_or_at_half_time_of_a_short_stage(play: Play) -> None:
    """The stage goes on. Under a protective timescale, five hours are reminded after two and a half."""
    dispute = play.raised(DAY_0).at("Fri 20 Mar 2026 16:00")
    assert [dispute.notices(f"{stage}_Reminded")[0][0] for stage in STAGES if dispute.told(f"{stage}_Reminded")] == [
        "Fri 6 Mar 2026 17:00",
        "Tue 10 Mar 2026 17:00",
        "Fri 13 Mar 2026 17:00",
        "Thu 19 Mar 2026 17:00",
    ]
    assert dispute.told("Stage1_Reminded") in ({"both"}, {"raising", "receiving"})
    assert dispute.left("Stage1") == ("deadline", "Mon 9 Mar 2026 17:00")
    short = play.raised(DAY_0, protective="Tue 3 Mar 2026 00:00")
    assert short.timers("reminder", "Stage1_Reminder") == ["Mon 2 Mar 2026 12:30"]


@clause(
    "E4",
    birmingham=[
        without("Stage5_ConcernsPersist"),
        prop("Stage5_ConcernsPersist", "alert", None),
        prop("Stage5_ConcernsPersist", "side", "receiving"),
        limit("Stage5_ConcernsPersist", "working_days: 2", "working_days: 1"),
    ],
    wolverhampton=[
        without("Exceptional_ConcernsPersist"),
        prop("Exceptional_ConcernsPersist", "alert", None),
        prop("Exceptional_ConcernsPersist", "side", "receiving"),
        limit("Exceptional_ConcernsPersist", "working_days: 2", "working_days: 1"),
    ],
)
def test_E4_the_exceptional_step_is_never_taken_by_a_timer_and_alerts_every_working_day(play: Play) -> None:
    """The raising side is asked; unanswered it is overdue, and the business manager hears of it each working day."""
    question = PERSIST[play.partnership]
    dispute = play.raised(DAY_0).at("Tue 24 Mar 2026 16:59")
    assert dispute.task(question).side == "raising"
    assert not dispute.task(question).overdue
    dispute.at("Mon 30 Mar 2026 12:00")
    assert dispute.task(question).overdue
    assert [when for when, to in dispute.notices(question) if "business_manager" in to] == [
        "Tue 24 Mar 2026 17:00",
        "Wed 25 Mar 2026 09:00",
        "Thu 26 Mar 2026 09:00",
        "Fri 27 Mar 2026 09:00",
        "Mon 30 Mar 2026 09:00",
    ]
    assert (dispute.stage, len(dispute.dispute.visits)) == (None, 4)


@clause(
    "E4",
    birmingham=[
        prop("Stage5_Decide", "alert", None),
        interrupting("Stage5_Deadline"),
        prop("Stage5_Overdue", "to", "co_chair"),
    ],
    wolverhampton=[
        prop("Exceptional_Decide", "alert", None),
        interrupting("Exceptional_Deadline"),
        prop("Exceptional_Overdue", "to", "chair"),
    ],
)
def test_E4_nor_does_a_timer_end_the_last_stage(play: Play) -> None:
    """Its deadline passes: it runs on, the business manager is told, and again every working day."""
    dispute = at_last(play)
    *before, decide = DECIDING[play.partnership]
    dispute.all_done(*before).at("Wed 11 Mar 2026 12:00")
    assert dispute.stage == LAST[play.partnership]
    assert [when for when, to in dispute.notices(decide) if "business_manager" in to] == [
        "Mon 9 Mar 2026 17:00",
        "Tue 10 Mar 2026 09:00",
        "Wed 11 Mar 2026 09:00",
    ]
    assert "business_manager" in dispute.told(f"{LAST[play.partnership]}_Overdue")
    assert dispute.task(decide).overdue


@clause(
    "E5",
    takes=[
        without("Resolution"),
        without("Resolution_Confirm"),
        without("Resolution_Confirmed"),
        prop("Resolution_Confirm", "side", "both"),
        *(without(f"{stage}_Resolved") for stage in STAGES),
    ],
)
def test_E5_resolved_is_said_by_one_side_and_confirmed_by_the_raising_side(play: Play) -> None:
    """Until then the clock runs: a no changes nothing, no answer lets the timer escalate, a yes ends the stage."""
    for stage in STAGES:
        dispute = reach(play, stage).say_resolved(side="receiving")
        deadline = dispute.deadline
        assert dispute.task("Resolution_Confirm").side == "raising"
        dispute.done("Resolution_Confirm", confirmed="no")
        assert (dispute.stage, dispute.deadline) == (stage, deadline)
        agreed(dispute)
        assert dispute.left(stage)[0] == "resolved"
        assert dispute.stage is None
    silent = play.raised(DAY_0).say_resolved().at("Mon 9 Mar 2026 17:00")
    assert silent.stage == "Stage2"
    assert silent.open("Resolution_Confirm")


@clause(
    "E5",
    takes=[
        without("Resolved_Confirmation"),
        without("Resolved_InformWorker"),
        without("Resolved_Debrief"),
        without("Resolved_PolicyGap"),
        without("Resolved_GapTold"),
        without("Resolved_StageEnded"),
        optional("confirm-resolution", "agreement"),
        optional("written-confirmation", "open_issues"),
        optional("written-confirmation", "outcome_written"),
        optional("inform-worker", "informed_at"),
    ],
)
def test_E5_it_leads_to_confirmation_the_worker_informed_records_a_debrief_and_gaps_noted(play: Play) -> None:
    """The outcome and how open issues are pursued are written; each step is asked for before it closes."""
    dispute = play.raised(DAY_0).say_resolved()
    for element, key in (
        ("Resolution_Confirm", "agreement"),
        ("Resolved_Confirmation", "outcome_written"),
        ("Resolved_Confirmation", "open_issues"),
        ("Resolved_InformWorker", "informed_at"),
    ):
        dispute.all_done(*({"Resolved_Confirmation"} if element == "Resolved_InformWorker" else ()))
        if element == "Resolved_Confirmation":
            dispute.all_done("Resolution_Confirm")
        with pytest.raises(FormInvalid):
            dispute.done(element, **{key: ""})
    dispute.done("Resolved_InformWorker").done("Resolved_Debrief").done("Resolved_PolicyGap", gap="yes")
    assert dispute.told("Resolved_GapTold")
    assert dispute.open("StageEnd_RecordRaising")
    assert dispute.open("StageEnd_RecordReceiving")


@clause(
    "E6",
    takes=[
        without("Stage2_Resolved"),
        optional("confirm-resolution", "agreed_at"),
        no_field("confirm-resolution", "agreed_at"),
    ],
)
def test_E6_a_resolution_reached_before_the_deadline_but_entered_after_it_counts_where_it_was_reached(
    play: Play,
) -> None:
    """Agreed on Monday 16:00, stage 1 over at 17:00, entered on Tuesday: resolved at stage 1, as of Monday."""
    dispute = play.raised(DAY_0).at("Tue 10 Mar 2026 11:00").say_resolved()
    with pytest.raises(FormInvalid):
        dispute.done("Resolution_Confirm", confirmed="yes", agreed_at="")
    dispute.done("Resolution_Confirm", confirmed="yes", agreed_at="2026-03-09T16:00")
    assert told(dispute.dispute.agreed_at) == "Mon 9 Mar 2026 16:00"
    assert dispute.due("Resolved_Confirmation") == "Wed 11 Mar 2026 17:00"
    assert ended(dispute.all_done(*RESOLVED)) == ("resolved", "Stage1")


@clause("E7")
def test_E7_a_dispute_whose_agreed_actions_fail_is_taken_up_again_where_it_was_resolved(play: Play) -> None:
    """A new dispute, linked to the first, that begins at the stage at which the first was resolved."""
    office = Office(play, DAY_0)
    ref = office.raised()
    office.does("raising", engine.escalate, ref, "There is no time to lose")
    office.does("receiving", engine.say_resolved, ref, "We have agreed")
    asked = play.raised(DAY_0)
    while tasks := office.dispute(ref).tasks:
        order = sorted(tasks, key=lambda task: task.element != "Resolution_Confirm")
        who = "receiving" if order[0].side == "receiving" else "raising"
        office.completes(who, ref, order[0].key, asked.filled(order[0].element))
    ending = office.dispute(ref).ending
    assert ending is not None
    assert (ending.how, ending.stage) == ("resolved", "Stage2")
    outcome = engine.take_up_again(office.concord, office.people["raising"], ref, "again", "The visits did not happen")
    again = office.dispute(outcome.ref)
    assert again.taken_up_from == ref
    assert again.visit is not None
    assert again.visit.stage == "Stage2"
    assert told(again.visit.deadline) == "Wed 4 Mar 2026 17:00"


# Safety


@clause("S1", takes=[without("Risk")])
def test_S1_risk_can_be_reported_at_every_point_from_raising_to_closing(play: Play) -> None:
    """In each stage, at the question after them, in the last one, after the end while records are open; not after."""
    points = [reach(play, stage) for stage in STAGES]
    points += [persisting(play), at_last(play), agreed(play.raised(DAY_0)), play.raised(DAY_0).withdraw()]
    points.append(finish(agreed(play.raised(DAY_0)), "StageEnd_RecordRaising"))
    for dispute in points:
        dispute.report_risk()
        assert dispute.open("Risk_TellLead")
        assert dispute.open("Risk_Refer")
    closed = finish(agreed(play.raised(DAY_0)))
    assert closed.dispute.closed is not None
    with pytest.raises(NotNow):
        closed.report_risk()


@clause("S1")
def test_S1_whoever_can_see_it_can_report_it_in_one_action(play: Play) -> None:
    """Both sides and the business manager; every page of the dispute is told that they can."""
    for who in ("raising", "receiving", "manager"):
        office = Office(play, DAY_0)
        ref = office.raised()
        assert "report_risk" in engine.dispute_page(office.concord, office.people[who], ref).can
        office.does(who, engine.report_risk, ref)
        assert len(office.dispute(ref).referrals) == 1


@clause(
    "S2",
    takes=[
        without("StageEnd_RiskQuestion"),
        without("StageEnd_RiskReported"),
        without("Raised_RiskReported"),
        without("Resolved_StageEnded"),
        without("Withdrawn_StageEnded"),
        *(without(f"{stage}_Over") for stage in STAGES),
    ],
    birmingham=[without("Stage5_Over")],
    wolverhampton=[without("Exceptional_Over")],
)
def test_S2_it_is_asked_when_raising_and_at_every_end_of_a_stage_whatever_ended_it(play: Play) -> None:
    """A yes on raising opens a referral before stage 1's tasks; a timer, an escalation, an agreement, a withdrawal."""
    assert play.raised(DAY_0, risk=True).open("Risk_Refer")
    by_timer = play.raised(DAY_0).at("Mon 9 Mar 2026 17:00")
    assert by_timer.open("StageEnd_RiskQuestion")
    assert by_timer.at("Wed 11 Mar 2026 17:00").stage == "Stage3"
    assert len(by_timer.tasks("StageEnd_RiskQuestion")) == 2
    assert by_timer.done("StageEnd_RiskQuestion", at_risk="yes").open("Risk_Refer")
    early = play.raised(DAY_0)
    for n, _ in enumerate(STAGES, 1):
        assert len(early.escalate().tasks("StageEnd_RiskQuestion")) == n
    assert agreed(play.raised(DAY_0)).open("StageEnd_RiskQuestion")
    assert play.raised(DAY_0).withdraw().open("StageEnd_RiskQuestion")
    last = at_last(play).all_done(*DECIDING[play.partnership])
    assert len(last.tasks("StageEnd_RiskQuestion")) == 5


@clause(
    "S2",
    partnerships=(WOLVERHAMPTON,),
    takes=[
        without("Raised_RiskReported"),
        without("ScreenedOut_RiskReported"),
        without("ScreenedOut_Ask"),
        optional("screened-out", "risk_outside"),
    ],
)
def test_S2_it_is_asked_before_screening_and_of_a_screening_out(play: Play) -> None:
    """A referral opens first, and again where the answer on the way out is yes."""
    dispute = play.raised(DAY_0, risk=True, scope="individual_practice")
    assert len(dispute.dispute.referrals) == 1
    with pytest.raises(FormInvalid):
        dispute.done("ScreenedOut_Ask", risk_outside="")
    dispute.done("ScreenedOut_Ask", risk_outside="yes")
    assert len(dispute.dispute.referrals) == 2
    assert dispute.dispute.closed is None


@clause("S3", takes=[without("Risk_Refer"), once("Risk_Refer"), without("Risk")])
def test_S3_a_report_opens_a_referral_of_its_own_for_each_child_and_the_clock_goes_on(play: Play) -> None:
    """Two children, then one of them again: three calls to make; stage and deadline stay as they were."""
    dispute = play.raised(DAY_0, children=2).at("Tue 3 Mar 2026 11:00").report_risk()
    assert sorted(task.child for task in dispute.tasks("Risk_Refer")) == [0, 1]
    assert (dispute.stage, dispute.deadline) == ("Stage1", "Mon 9 Mar 2026 17:00")
    dispute.report_risk(1)
    assert [referral.children for referral in dispute.dispute.referrals] == [(0, 1), (1,)]
    assert sorted(task.child for task in dispute.tasks("Risk_Refer")) == [0, 1, 1]
    assert dispute.at("Mon 9 Mar 2026 17:00").stage == "Stage2"
    assert len(dispute.tasks("Risk_Refer")) == 3


@clause(
    "S4",
    takes=[
        without("Risk_TellLead"),
        without("Risk_Refer"),
        *(optional("risk-tell-lead", key) for key in ("lead_reached", "lead_name", "lead_told_at", "lead_tried")),
        *(optional("risk-referral", key) for key in ("referred_at", "taken_by", "what_happens", "number_called")),
        optional("risk-referral", "referral_way"),
        no_field("risk-referral", "reference"),
        no_choice("risk-referral", "referral_way", "writing"),
        no_choice("risk-referral", "referral_way", "online"),
        no_choice("risk-referral", "referred_by", "practitioner"),
        limit("Risk_Refer", "immediately: true", "working_days: 1"),
    ],
)
def test_S4_the_branch_records_who_was_told_and_called_and_is_not_closed_without_it(play: Play) -> None:
    """Lead and time; number, time, who took it, reference, what will happen. Where no lead is reached: who tried."""
    dispute = play.raised(DAY_0).at("Tue 3 Mar 2026 11:00").report_risk()
    assert dispute.due("Risk_Refer") == "Tue 3 Mar 2026 11:00"
    for key in ("lead_reached", "lead_name", "lead_told_at"):
        with pytest.raises(FormInvalid) as refused:
            dispute.done("Risk_TellLead", **{key: ""})
        assert refused.value.errors.keys() == {key}
    with pytest.raises(FormInvalid):
        dispute.done("Risk_TellLead", lead_reached="no", lead_tried="")
    dispute.done("Risk_TellLead", lead_reached="no", lead_tried="Three calls between 10:30 and 10:50")
    for key in ("referral_way", "number_called", "referred_at", "taken_by", "what_happens"):
        with pytest.raises(FormInvalid) as refused:
            dispute.done("Risk_Refer", **{key: ""})
        assert refused.value.errors.keys() == {key}
    dispute.done("Risk_Refer", referred_by="practitioner", reference="R-1", taken_by="Duty team", what_happens="Visit")
    entry = dispute.completed("Risk_Refer")
    assert entry.data["answers"]["referred_at"] == "2026-03-03T11:00"
    assert {"taken_by", "reference", "what_happens", "number_called"} <= entry.texts.keys()
    assert dispute.dispute.referrals[0].closed == at("Tue 3 Mar 2026 11:00")
    for way in ("writing", "online"):
        other = play.raised(DAY_0).report_risk().done("Risk_TellLead").done("Risk_Refer", referral_way=way)
        assert other.dispute.referrals[0].closed is not None


@clause(
    "S4",
    takes=[
        without("Risk_CloseByLead"),
        without("Risk_Outcome"),
        prop("Risk_CloseByLead", "role", None),
        optional("risk-close", "close_reason"),
        no_choice("risk-referral", "outcome", "duplicate"),
        limit("Risk_CloseByLead", "same_working_day: true", "working_days: 1"),
    ],
)
def test_S4_a_report_by_mistake_or_twice_is_closed_by_a_safeguarding_lead_with_a_reason(play: Play) -> None:
    """Not by the practitioner, and not without a reason; the same working day at the outside."""
    for why in ("mistake", "duplicate"):
        dispute = play.raised(DAY_0).at("Tue 3 Mar 2026 11:00").report_risk().done("Risk_TellLead")
        dispute.done("Risk_Refer", outcome=[why])
        assert dispute.dispute.referrals[0].closed is None
        assert dispute.due("Risk_CloseByLead") == "Tue 3 Mar 2026 17:00"
        assert not dispute.may_do("Risk_CloseByLead", "raising", "practitioner")
        assert dispute.may_do("Risk_CloseByLead", "raising", "safeguarding_lead")
        with pytest.raises(FormInvalid):
            dispute.done("Risk_CloseByLead", close_reason="")
        assert dispute.done("Risk_CloseByLead").dispute.referrals[0].closed is not None


@clause("S4", takes=[without("Risk_Outcome"), once("Risk_Refer")])
def test_S4_one_childs_mistaken_report_is_closed_by_a_lead_though_the_other_child_was_referred(play: Play) -> None:
    """Whichever of the two was answered first."""
    for answers in ((["mistake"], ["referred"]), (["referred"], ["mistake"])):
        dispute = play.raised(DAY_0, children=2).report_risk().done("Risk_TellLead")
        for outcome in answers:
            dispute.done("Risk_Refer", outcome=outcome)
        assert dispute.open("Risk_CloseByLead")


@clause(
    "S5",
    takes=[
        blank("partnership", "immediate_danger"),
        no_texts("risk-question"),
        no_texts("risk-tell-lead"),
        no_texts("risk-referral"),
        no_words("risk-referral", "999"),
    ],
)
def test_S5_immediate_danger_shows_999_first_before_any_form(play: Play) -> None:
    """In the advice of every page, and as the first thing of every form that asks about risk."""
    assert advice(play.pathway, at(DAY_0)).immediate == "999"
    for element in ("StageEnd_RiskQuestion", "Protective_RiskQuestion", "Risk_TellLead", "Risk_Refer"):
        assert "999" in play.form(element).fields[0].text, element


@clause("S5", partnerships=(WOLVERHAMPTON,), takes=[no_texts("screened-out"), no_words("screened-out", "999")])
def test_S5_immediate_danger_shows_999_first_where_a_dispute_is_screened_out(play: Play) -> None:
    """Before it is said that the protocol does not apply."""
    assert "999" in play.form("ScreenedOut_Ask").fields[0].text


@clause(
    "S6",
    takes=[
        blank("front_door", "telephone"),
        blank("front_door", "name"),
        blank("out_of_hours", "name"),
    ],
)
def test_S6_the_number_of_this_hour_of_this_day_is_shown(play: Play) -> None:
    """The front door on a working day from 9 to 17; out of hours before, after, at weekends and on bank holidays."""
    door, night = play.pathway.settings["front_door"], play.pathway.settings["out_of_hours"]
    assert door["telephone"]
    assert door["name"]
    assert night["name"]
    for when, settings in (
        ("Mon 2 Mar 2026 08:59", night),
        ("Mon 2 Mar 2026 09:00", door),
        ("Mon 2 Mar 2026 16:59", door),
        ("Mon 2 Mar 2026 17:00", night),
        ("Sat 7 Mar 2026 12:00", night),
        ("Fri 3 Apr 2026 12:00", night),
    ):
        now = advice(play.pathway, at(when)).now
        assert (now.name, now.telephone) == (settings["name"], settings["telephone"]), when


@clause("S6")
def test_S6_a_pathway_without_either_number_cannot_be_published(play: Play) -> None:
    """What ships holds no out-of-hours number, since the sources give none; the demonstration's is fictional."""
    assert play.pathway.settings["out_of_hours"]["telephone"] == ""
    demo = read_pathway(play.files(demo=True), play.partnership, "escalation")
    assert demo.settings["out_of_hours"]["telephone"].startswith("01632 960")
    office = Office(play, DAY_0)
    actor = office.people["manager"].actor
    with pytest.raises(PathwayUnsound) as refused:
        publish_files(office.concord, actor, play.files(), play.partnership, "escalation")
    assert "out" in str(refused.value)
    doorless = blank("front_door", "telephone").of(play.files(demo=True))
    assert "S6" in {finding.rule for finding in check_files(doorless, play.partnership, "escalation")[1]}
    with pytest.raises(PathwayUnsound):
        publish_files(office.concord, actor, doorless, play.partnership, "escalation")


# Record


@clause(
    "R3",
    takes=[
        without("StageEnd_RecordRaising"),
        without("StageEnd_RecordReceiving"),
        once("StageEnd_RecordRaising"),
        once("StageEnd_RecordReceiving"),
        prop("StageEnd_RecordReceiving", "side", "raising"),
        without("Stage1_Over"),
        without("Resolved_StageEnded"),
        optional("record-on-file", "placed_at"),
        optional("record-on-file", "shared_with_worker"),
    ],
)
def test_R3_each_stage_ends_with_a_record_on_file_by_each_agency_for_each_child(play: Play) -> None:
    """Confirmed by who placed it and shared with the worker; it outlives a stage that a timer has ended."""
    dispute = play.raised(DAY_0, children=2).at("Mon 9 Mar 2026 17:00")
    for element, side in (("StageEnd_RecordRaising", "raising"), ("StageEnd_RecordReceiving", "receiving")):
        assert [(task.side, task.child) for task in dispute.tasks(element)] == [(side, 0), (side, 1)]
        for key, nothing in (("placed_at", ""), ("shared_with_worker", False)):
            with pytest.raises(FormInvalid):
                dispute.done(element, **{key: nothing})
        dispute.done(element, by=f"Somebody {side}")
        assert dispute.completed(element).actor["name"] == f"Somebody {side}".title()
        assert len(dispute.tasks(element)) == 1
    dispute.at("Wed 11 Mar 2026 17:00")
    assert len(dispute.tasks("StageEnd_RecordRaising")) == 3
    assert len(agreed(play.raised(DAY_0, children=2)).tasks("StageEnd_RecordReceiving")) == 2


@clause("R4", takes=[no_field("raise", "child_wants")])
def test_R4_children_are_known_by_case_reference_and_initials_and_asked_what_they_want(play: Play) -> None:
    """One or several; no question of the form asks for a full name or a date of birth."""
    children = [{"case_reference": f"C-{n}", "initials": "AB"} for n in range(3)]
    dispute = play.raised(DAY_0, children=children, child_wants="To stay at the school")
    assert [child.case_reference for child in dispute.dispute.children] == ["C-0", "C-1", "C-2"]
    assert set(dispute.dispute.children[0].__dataclass_fields__) == {"case_reference", "initials"}
    assert "child_wants" in dispute.effect("Raised").texts
    for field in play.form("Raised").inputs:
        asked = f"{field.key} {field.label}".lower()
        assert not any(words in asked for words in ("birth", "dob", "full name", "child's name", "surname")), asked


DECISIONS = {
    BIRMINGHAM: (
        "Stage1_Discuss", "Stage1_TalkAgain", "Stage2_Resolve", "Stage3_Refer", "Stage3_Meet", "Stage4_Escalate",
        "Stage4_Write", "Stage4_Meet", "Stage5_ConcernsPersist", "Stage5_Decide", "Resolution_Confirm",
        "Withdrawal_Countersign",
    ),
    WOLVERHAMPTON: (
        "Stage1_Discuss", "Stage2_Resolve", "Stage3_Refer", "Stage3_Talk", "Stage4_Escalate", "Stage4_Write",
        "Stage4_Meet", "Exceptional_ConcernsPersist", "Exceptional_UninvolvedChair", "Exceptional_Decide",
        "Resolution_Confirm", "Withdrawal_Countersign",
    ),
}  # fmt: skip


@clause(
    "R5",
    takes=[
        optional("raise", "risk_to_child"),
        optional("raise", "impact_on_child"),
        *(
            optional(stem, "risk_now")
            for stem in ("discuss", "hand-up", "write-to-counterpart", "concerns-persist", "final-decision")
        ),
        optional("confirm-resolution", "risk_now"),
        no_field("countersign-withdrawal", "risk_now"),
        no_words("discuss", "safety"),
    ],
)
def test_R5_raising_and_every_decision_state_the_risk_and_the_impact_on_the_child(play: Play) -> None:
    """Neither raising nor a decision is accepted without them."""
    for key in ("risk_to_child", "impact_on_child"):
        with pytest.raises(FormInvalid) as refused:
            play.raised(DAY_0, **{key: ""})
        assert refused.value.errors.keys() == {key}
    for element in DECISIONS[play.partnership]:
        field = play.form(element).field_named("risk_now")
        assert field is not None, element
        assert field.required, element
        assert field.hide is None, element
        assert "risk" in field.label, element
        assert "safety and wellbeing" in field.label, element


# Who acts


@clause(
    "W",
    takes=[
        optional("raise", "child_protection_plan"),
        optional("raise", "looked_after"),
        no_field("raise", "supporter"),
        optional("take-to-lead", "child_protection_plan"),
        optional("hand-up", "looked_after"),
        prop("Stage3_Refer", "side", "raising"),
        optional("discuss", "other_side"),
    ],
)
def test_W_either_side_may_do_what_is_for_both_naming_the_other_and_the_childs_plan_is_asked_again(play: Play) -> None:
    """At raising and as stages begin; a worker may name a supporter; a third agency does and sees nothing."""
    for key in ("child_protection_plan", "looked_after"):
        with pytest.raises(FormInvalid):
            play.raised(DAY_0, **{key: ""})
    dispute = play.raised(DAY_0, supporter="A colleague")
    assert "supporter" in dispute.effect("Raised").texts
    dispute.escalate()
    for element, escalate in ((TAKE[play.partnership], True), ("Stage3_Refer", True), ("Stage4_Escalate", False)):
        for key in ("child_protection_plan", "looked_after"):
            with pytest.raises(FormInvalid):
                dispute.done(element, **{key: ""})
        if escalate:
            dispute.escalate()
    dispute = reach(play, "Stage3", raising_kind="health", receiving_kind="health")
    for side in ("raising", "receiving"):
        assert dispute.may_do("Stage3_Refer", side, "line_manager")
        assert not dispute.may_do("Stage3_Refer", side, "practitioner")
    assert not dispute.may_do("Stage3_Refer", "third", "line_manager")
    talk = {BIRMINGHAM: "Stage3_Meet", WOLVERHAMPTON: "Stage3_Talk"}[play.partnership]
    with pytest.raises(FormInvalid):
        dispute.done("Stage3_Refer").done(talk, other_side="")
    stranger = Person(
        id="x", partnership=play.partnership, name="X", agency="third", agency_name="Third", agency_kind="health",
        roles=("line_manager",),
    )  # fmt: skip
    assert not may_see(stranger, dispute.dispute, play.partnership)


@clause("W")
def test_W_somebody_with_a_conflict_of_interest_can_be_barred_from_a_tiers_task(play: Play) -> None:
    """With a reason, by the partnership; the other people of that tier can still do it."""
    office = Office(play, DAY_0)
    ref = office.raised()
    key = office.dispute(ref).tasks[0].key
    mine = {line.key for line in engine.my_tasks(office.concord, office.people["raising"])}
    assert key in mine
    office.does("manager", engine.bar, ref, office.people["raising"].id, "practitioners", "A relative of the family")
    assert key not in {line.key for line in engine.my_tasks(office.concord, office.people["raising"])}
    answers = play.raised(DAY_0).filled(FIRST[play.partnership])
    with pytest.raises(engine.ConcordError):
        office.completes("raising", ref, key, answers)


# Closing


@clause("C1", takes=[prop("Resolved", "end", "decided"), *(without(f"{stage}_Resolved") for stage in STAGES)])
def test_C1_a_dispute_ends_as_resolved_at_the_stage_where_it_was(play: Play) -> None:
    """At each of the four, when what follows a resolution is done."""
    for stage in STAGES:
        dispute = agreed(reach(play, stage))
        assert dispute.dispute.ending is None
        assert ended(dispute.all_done(*RESOLVED)) == ("resolved", stage)


@clause(
    "C1",
    takes=[prop("Decided", "end", None)],
    birmingham=[without("Stage5_Decide"), without("Stage5_Resolved")],
    wolverhampton=[without("Exceptional_Decide"), without("Exceptional_Resolved"), prop("ScreenedOut", "end", None)],
)
def test_C1_or_decided_or_resolved_at_the_last_stage_or_screened_out(play: Play) -> None:
    """The decision ends it, an agreement before the decision does too; what is out of scope never begins."""
    dispute = at_last(play)
    for element in DECIDING[play.partnership]:
        dispute.done(element)
    assert ended(dispute.all_done("Decided_Debrief", "Decided_PolicyGap")) == ("decided", LAST[play.partnership])
    assert ended(agreed(at_last(play)).all_done(*RESOLVED)) == ("resolved", LAST[play.partnership])
    if play.partnership == WOLVERHAMPTON:
        assert ended(play.raised(DAY_0, scope="within_agency").done("ScreenedOut_Ask")) == ("screened_out", None)


@clause(
    "C1",
    takes=[
        prop("Withdrawn", "end", "resolved"),
        without("Withdrawal_Countersign"),
        prop("Withdrawal_Countersign", "role", None),
        prop("Withdrawal_Countersign", "side", "receiving"),
        *(without(f"{stage}_Withdrawn") for stage in STAGES),
    ],
    birmingham=[without("Stage5_PersistWithdrawn"), without("Stage5_Withdrawn")],
    wolverhampton=[without("Exceptional_PersistWithdrawn"), without("Exceptional_Withdrawn")],
)
def test_C1_or_withdrawn_with_a_reason_countersigned_by_the_raising_agencys_lead(play: Play) -> None:
    """At every stage and between them; neither a practitioner nor the other side's lead can countersign."""
    for dispute in (*(reach(play, stage) for stage in STAGES), persisting(play), at_last(play)):
        dispute.withdraw()
        assert dispute.stage is None
        assert "reason" in dispute.effect("Withdrawn").texts
        assert dispute.dispute.ending is None
        assert dispute.may_do("Withdrawal_Countersign", "raising", "safeguarding_lead")
        assert not dispute.may_do("Withdrawal_Countersign", "raising", "practitioner")
        assert not dispute.may_do("Withdrawal_Countersign", "receiving", "safeguarding_lead")
        assert ended(dispute.done("Withdrawal_Countersign"))[0] == "withdrawn"


@clause("C1")
def test_C1_only_the_raising_side_withdraws_and_not_without_a_reason(play: Play) -> None:
    """The receiving side's and the business manager's attempts are refused."""
    office = Office(play, DAY_0)
    ref = office.raised()
    for who in ("receiving", "manager"):
        with pytest.raises(SideWrong):
            office.does(who, engine.withdraw, ref, "It was a misunderstanding")
    with pytest.raises(ReasonMissing):
        office.does("raising", engine.withdraw, ref, "")
    office.does("raising", engine.withdraw, ref, "It was a misunderstanding")
    assert "Withdrawal_Countersign" in {task.element for task in office.dispute(ref).tasks}


@clause(
    "C2",
    takes=[
        without("Risk_TellLead"),
        without("Risk_Refer"),
        without("StageEnd_RiskQuestion"),
        without("StageEnd_RecordRaising"),
        without("StageEnd_RecordReceiving"),
    ],
)
def test_C2_it_does_not_close_while_a_referral_a_risk_question_or_a_record_is_open(play: Play) -> None:
    """Each holds it open alone; with it done, the dispute closes at that moment."""
    for holding in ("Risk_TellLead", "Risk_Refer", *ASIDE):
        dispute = finish(agreed(play.raised(DAY_0).report_risk()), holding)
        assert {task.element for task in dispute.dispute.tasks} == {holding}
        assert dispute.dispute.ending is not None
        assert dispute.at("Mon 2 Nov 2026 10:00").dispute.closed is None
        assert finish(dispute).dispute.closed == at("Mon 2 Nov 2026 10:00")

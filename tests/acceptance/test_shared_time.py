"""The shared rules about time (T), on each of the five protocols: what its limits come to is in its sheet."""

from datetime import UTC, time

import pytest
from agencies import Agencies
from clauses import BARNET, BIRMINGHAM, BROMLEY, WOLVERHAMPTON, clause
from mutations import (
    limit,
    prop,
    without,
)
from play import Play, at, told
from protocols import DAY_0, EACH, persisting, reach, sheet

import engine
from engine import ReasonMissing, SideWrong
from engine.calendar.working_days import LONDON
from engine.replay import missed_any


@clause("T1", takes=[limit("Stage1_Deadline", "working_days: 5", "working_days: 4"), without("Stage1_Deadline")])
def test_T1_limits_are_londons_wall_clock_and_stored_as_aware_utc(play: Play) -> None:
    """Raised in winter time, ending in summer time: 17:00 in London is 16:00 in UTC."""
    visit = play.raised("Fri 27 Mar 2026 10:00").dispute.visit
    assert visit is not None
    assert visit.deadline is not None
    assert (visit.deadline.tzinfo, visit.deadline.hour) == (UTC, 16)
    assert told(visit.deadline) == sheet(play).summer


@clause("T2", takes=[limit("Stage1_Deadline", "working_days: 5", "working_days: 6")])
def test_T2_weekends_and_bank_holidays_with_their_substitutes_are_no_working_days(play: Play) -> None:
    """Boxing Day of 2026 is a Saturday, its substitute Monday the 28th; New Year's Day is a Friday."""
    for raised, ends in sheet(play).holidays.items():
        assert play.raised(raised).deadline == ends


@clause(
    "T2",
    takes=[
        limit("Stage2_Deadline", "working_days: 2", "working_days: 1"),
        limit("Risk_CloseByLead", "same_working_day: true", "working_days: 1"),
    ],
    birmingham=[limit("StageEnd_RiskQuestionReceiving", "same_working_day: true", "working_days: 1")],
    wolverhampton=[limit("StageEnd_RiskQuestionRaising", "same_working_day: true", "working_days: 1")],
)
def test_T2_a_closure_day_lengthens_a_stage_but_nothing_about_risk_or_protection(play: Play) -> None:
    """Closed on a day of stage 2: it gets another; what is about risk is due on the closed day itself."""
    day, lengthened = sheet(play).closed
    dispute = play.raised(DAY_0).close(day).at(sheet(play).ends[0])
    assert dispute.deadline == lengthened
    dispute.at(f"{day} 11:00").report_risk().done("Risk_Refer", outcome=["mistake"])
    assert dispute.due("Risk_CloseByLead") == f"{day} 17:00"
    dispute.all_done(*sheet(play).asked).escalate()
    assert [dispute.due(question) for question in sheet(play).asked] == [f"{day} 17:00" for _ in sheet(play).asked]
    protected = play.raised(DAY_0).close(day).protect("Tue 3 Mar 2026 12:00")
    protected.down_until(f"{day} 11:00")
    assert protected.deadline == f"{day} 17:00"


@clause(
    "T3",
    takes=[limit("Stage1_Deadline", "working_days: 5", "working_days: 4")],
    birmingham=[limit("Stage2_TakeToLead", "working_days: 1", "hours: 24")],
    wolverhampton=[limit("Stage2_TakeToManagerRaising", "working_days: 1", "hours: 24")],
)
def test_T3_within_n_working_days_ends_at_the_close_of_the_nth_day_after(play: Play) -> None:
    """On a Friday at 10:00 or on a Saturday: one working day ends on Monday at 17:00, five on Friday."""
    for when in ("Fri 6 Mar 2026 10:00", "Sat 7 Mar 2026 12:00"):
        dispute = play.raised(when)
        assert dispute.deadline == sheet(play).weekend
        assert dispute.escalate().due(sheet(play).take) == "Mon 9 Mar 2026 17:00"


@clause(
    "T4",
    partnerships=(BIRMINGHAM, WOLVERHAMPTON),
    birmingham=[
        limit("Stage3_Discuss", "hours: 24", "working_days: 1"),
        limit("Stage3_ReferRaising", "hours: 24", "working_days: 1"),
        limit("Stage3_ReferReceiving", "hours: 24", "working_days: 1"),
    ],
    wolverhampton=[limit("Stage3_ReferRaising", "hours: 24", "working_days: 1")],
)
def test_T4_within_24_hours_is_24_elapsed_hours_whatever_the_day(play: Play) -> None:
    """Over a weekend, and over the night in which the clocks go forward."""
    assert sheet(play).in_24_hours
    for task in sheet(play).in_24_hours:
        assert reach(play, "Stage3", "Fri 6 Mar 2026 13:00").due(task) == "Sat 7 Mar 2026 13:00"
        assert reach(play, "Stage3", "Sat 28 Mar 2026 13:00").due(task) == "Sun 29 Mar 2026 14:00"


@clause(
    "T5",
    birmingham=[
        limit("StageEnd_RiskQuestionRaising", "same_working_day: true", "working_days: 1"),
        limit("StageEnd_RiskQuestionReceiving", "same_working_day: true", "working_days: 1"),
    ],
    wolverhampton=[limit("StageEnd_RiskQuestionRaising", "same_working_day: true", "working_days: 1")],
)
def test_T5_the_same_working_day_ends_at_its_close_and_outside_hours_in_an_hour(play: Play) -> None:
    """In hours 17:00; at 17:00 itself, on a Saturday and on Good Friday, one hour from now."""
    for when, due in (
        ("Mon 2 Mar 2026 11:00", "Mon 2 Mar 2026 17:00"),
        ("Mon 2 Mar 2026 16:59", "Mon 2 Mar 2026 17:00"),
        ("Mon 2 Mar 2026 17:00", "Mon 2 Mar 2026 18:00"),
        ("Sat 7 Mar 2026 20:00", "Sat 7 Mar 2026 21:00"),
        ("Fri 3 Apr 2026 11:00", "Fri 3 Apr 2026 12:00"),
    ):
        dispute = play.raised(when).escalate()
        assert {dispute.due(question) for question in sheet(play).asked} == {due}


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
        assert to >= {"raising:safeguarding_lead", "raising:deputy", "out_of_hours"}
        assert dispute.task(element).overdue


@clause(
    "T9",
    takes=[without("Stage2_Deadline"), limit("Stage2_Deadline", "working_days: 2", "working_days: 3")],
)
def test_T9_a_stage_counts_from_its_entry_and_only_its_own_deadline_escalates(play: Play) -> None:
    """Entered early, it ends so many days after that; by its own deadline alone, whatever a task's limit is."""
    early, ends, due = sheet(play).early
    second = sheet(play).stages[1]
    dispute = play.raised(DAY_0).at(early).escalate()
    assert (dispute.stage, dispute.deadline) == (second, ends)
    assert dispute.due(sheet(play).take) == due
    dispute.at(ends)
    assert dispute.left(second) == ("deadline", ends)


@clause(
    "T9",
    partnerships=(BIRMINGHAM, WOLVERHAMPTON),
    birmingham=[without("Stage1_Discuss"), prop("Stage1_Discuss", "due", None)],
    wolverhampton=[without("Stage1_Raise"), prop("Stage1_Raise", "due", None)],
)
def test_T9_a_limit_inside_a_stage_is_reminded_and_flagged_when_passed_and_the_stage_goes_on(play: Play) -> None:
    """At half time, and when it passes. Barnet's and Bromley's sheets have none; Harrow's end with their part."""
    raised, stage, task, reminded, due = sheet(play).limited
    dispute = reach(play, stage, raised)
    assert dispute.due(task) == due
    dispute.at(due)
    assert [when for when, _ in dispute.notices(task)] == [reminded, due]
    assert dispute.effects("TaskOverdue", task)
    assert dispute.stage == stage


@clause(
    "T10",
    takes=[
        limit("Stage1_Deadline", "working_days: 5", "working_days: 6"),
        limit("Stage4_Deadline", "working_days: 4", "working_days: 5"),
        without("Stage3_Deadline"),
    ],
)
def test_T10_set_when_raising_the_time_left_is_shared_by_the_stages_in_proportion(play: Play) -> None:
    """Twice as many working hours as days, 28 for durations of 5, 2, 3 and 4: the last ends with the timescale."""
    shared = sheet(play).shared
    dispute = play.raised(DAY_0, protective=shared[-1]).at(shared[-1])
    assert [dispute.left(stage) for stage in sheet(play).stages] == [("deadline", end) for end in shared]


@clause(
    "T10",
    takes=[limit("Stage1_Deadline", "working_days: 5", "working_days: 6"), without("Stage1_Reminder")],
)
def test_T10_set_or_shortened_later_it_moves_running_deadlines_at_once(play: Play) -> None:
    """By either side: the deadline of the stage, its reminder, and what is due in it; the move is in the record."""
    until, ends, reminded = sheet(play).moved
    dispute = play.raised(DAY_0).at("Mon 2 Mar 2026 12:00").protect(until, side="receiving")
    assert dispute.deadline == ends
    assert dispute.timers("deadline", "Stage1_Deadline") == [ends]
    assert dispute.timers("reminder", "Stage1_Reminder") == [reminded]
    assert dispute.due(sheet(play).first) == ends
    moved = dispute.effect("DeadlineMoved", "Stage1_Deadline")
    assert (told(moved.data["was"]), told(moved.data["due"])) == (sheet(play).ends[0], ends)
    given = next(e for e in dispute.effects("ProtectiveTimescaleSet") if e.role == "input")
    assert "reason" in given.texts
    until, ends = sheet(play).sooner
    assert dispute.protect(until).deadline == ends


SOON = "Mon 2 Mar 2026 16:00"
"""Six working hours away: too little for any protocol's stages to have two each."""


@clause("T10")
def test_T10_with_too_little_time_for_each_stage_it_goes_straight_to_the_last_which_lasts_until_then(
    play: Play,
) -> None:
    """The clock takes it through each stage at once, and the record says that these were passed over, not missed."""
    dispute = play.raised(DAY_0, protective=SOON).at(DAY_0)
    *passed, last = sheet(play).stages
    assert [dispute.left(stage) for stage in passed] == [("deadline", DAY_0) for _ in passed]
    assert (dispute.stage, dispute.deadline) == (last, SOON)
    fired = [e for e in dispute.effects("TimerFired") if e.data["what"] == "deadline"]
    assert [e.data.get("passed") for e in fired] == [True for _ in passed]
    assert not missed_any(play.pathway, dispute.sim.entries)


@clause("T10")
def test_T10_every_tier_on_the_way_and_the_out_of_hours_route_are_told_at_once_and_once(play: Play) -> None:
    """In one notice, as it is set; and each side is asked about risk for the stages that were passed over, once."""
    dispute = play.raised(DAY_0, protective=SOON).at(DAY_0)
    ordinary = [stage for stage in play.pathway.stages if stage.kind == "ordinary"]
    told_ = [to for _, to in dispute.notices() if "out_of_hours" in to]
    assert told_ == [frozenset({stage.tier for stage in ordinary[1:]} | {"out_of_hours"})]
    assert len(dispute.effects("StagesPassedOver")) == 1
    for question in sheet(play).asked if sheet(play).asked_once else ():
        assert len(dispute.tasks(question)) == 1


@clause("T10")
def test_T10_set_while_a_stage_runs_with_too_little_time_it_goes_on_at_once(play: Play) -> None:
    """And with more time again, what runs has its own; what was passed over is not begun again."""
    dispute = play.raised(DAY_0).at("Mon 2 Mar 2026 12:00").protect(SOON).at("Mon 2 Mar 2026 12:00")
    assert (dispute.stage, dispute.deadline) == (sheet(play).stages[-1], SOON)
    dispute.protect("Wed 1 Jul 2026 12:00")
    assert dispute.stage == sheet(play).stages[-1]
    assert not dispute.dispute.hastened


@clause("T10")
def test_T10_no_stage_but_the_last_ends_while_its_tier_is_not_at_work(play: Play) -> None:
    """Set over a weekend: the shares are of working hours; the last one lasts until the instant, by night too."""
    until = "Sat 14 Mar 2026 23:00"
    dispute = play.raised("Fri 6 Mar 2026 16:00", protective=until).at(until)
    ends = [dispute.dispute.visits[n].left for n in range(len(sheet(play).stages))]
    for end in ends[:-1]:
        assert end is not None
        local = end.astimezone(LONDON)
        assert local.weekday() < 5
        assert time(9) <= local.time() <= time(17)
    assert ends[-1] is not None
    assert ends[-1] <= at(until)


@clause("T10", takes=[limit("Stage1_Deadline", "working_days: 5", "working_days: 6")])
def test_T10_no_stage_gets_more_than_its_own_duration(play: Play) -> None:
    """A timescale months away shortens nothing and lengthens nothing."""
    dispute = play.raised(DAY_0, protective="Wed 1 Jul 2026 12:00")
    first, second, *_ = sheet(play).ends
    assert dispute.deadline == first
    assert dispute.protect("Mon 1 Jun 2026 12:00").deadline == first
    assert dispute.at(first).deadline == second


@clause(
    "T10",
    birmingham=[
        without("Protective_RiskQuestionRaising"),
        without("Protective_RiskQuestionReceiving"),
        without("Protective_RiskReportedRaising"),
        without("Protective_RiskReportedReceiving"),
        limit("Protective_RiskQuestionReceiving", "same_working_day: true", "working_days: 1"),
        prop("Protective_RiskQuestionReceiving", "side", "raising"),
    ],
    wolverhampton=[
        without("Protective_RiskQuestionRaising"),
        without("Protective_RiskReportedRaising"),
        limit("Protective_RiskQuestionRaising", "same_working_day: true", "working_days: 1"),
    ],
)
def test_T10_once_it_has_passed_risk_is_asked_and_the_next_tier_and_business_manager_are_alerted(play: Play) -> None:
    """At the instant itself, here at midnight, whoever has answered the stages' own; a yes opens a referral."""
    midnight = "Tue 3 Mar 2026 00:00"
    running = play.raised(DAY_0, protective=midnight).at(midnight)
    assert (midnight, {"next_tier", "business_manager"}) in running.notices()
    dispute = persisting(play, protective=midnight).all_done(*sheet(play).asked).at(midnight)
    assert (midnight, {"next_tier", "business_manager"}) in dispute.notices()
    sides = [(dispute.task(question).side, dispute.due(question)) for question in sheet(play).asked_protective]
    assert sides in ([("both", "Tue 3 Mar 2026 01:00")], [(side, "Tue 3 Mar 2026 01:00") for side in EACH])
    for number, question in enumerate(sheet(play).asked_protective):
        assert len(dispute.dispute.referrals) == number
        dispute.done(question, at_risk="yes")
        assert dispute.open("Risk_Refer")
    assert len(dispute.dispute.referrals) == len(sheet(play).asked_protective)


@clause("T10", takes=[without("Stage1_Deadline"), without("Stage2_Deadline")])
def test_T10_once_it_has_passed_each_later_stage_is_due_the_same_working_day(play: Play) -> None:
    """In hours at their end; outside hours one hour after the stage began (T5)."""
    dispute = play.raised(DAY_0, protective="Tue 3 Mar 2026 00:00").down_until("Tue 3 Mar 2026 11:00")
    assert (dispute.stage, dispute.deadline) == (sheet(play).stages[1], "Tue 3 Mar 2026 17:00")
    dispute.at("Tue 3 Mar 2026 17:00")
    assert (dispute.stage, dispute.deadline) == (sheet(play).stages[2], "Tue 3 Mar 2026 18:00")


@clause("T10", partnerships=(BIRMINGHAM, WOLVERHAMPTON, BROMLEY))
def test_T10_once_it_has_passed_the_exceptional_stage_too_is_due_the_same_working_day(play: Play) -> None:
    """Where a person begins it. Harrow's is begun by the timer before it, Barnet has none."""
    last = play.raised(DAY_0, protective="Tue 3 Mar 2026 00:00").at("Wed 4 Mar 2026 10:00")
    last.done(sheet(play).question, persists="yes")
    assert (last.stage, last.deadline) == (sheet(play).last, "Wed 4 Mar 2026 17:00")


@clause("T10")
def test_T10_anyone_acting_may_shorten_it_but_only_the_raising_side_or_the_partnership_lengthens(play: Play) -> None:
    """With a reason each time; the receiving side's longer one is refused and nothing moves."""
    agencies = Agencies(play, DAY_0)
    ref = agencies.raised()
    later, sooner, latest = at("Wed 4 Mar 2026 00:00"), at("Tue 3 Mar 2026 00:00"), at("Thu 5 Mar 2026 00:00")
    with pytest.raises(ReasonMissing):
        agencies.does("raising", engine.set_protective, ref, later, " ")
    agencies.does("receiving", engine.set_protective, ref, later, "The child goes home")
    agencies.does("receiving", engine.set_protective, ref, sooner, "Sooner than we thought")
    with pytest.raises(SideWrong):
        agencies.does("receiving", engine.set_protective, ref, later, "It can wait")
    assert agencies.dispute(ref).protective == sooner
    agencies.does("raising", engine.set_protective, ref, later, "It was put off")
    agencies.does("manager", engine.set_protective, ref, latest, "It was put off again")
    assert agencies.dispute(ref).protective == latest


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
    """A day of stage 1 is closed: nothing moves until somebody recalculates, with a reason; both instants are kept."""
    was = sheet(play).ends[0]
    when, day, due = sheet(play).recalculated
    dispute = play.raised(DAY_0)
    entry = dispute.effect("DeadlineSet", "Stage1_Deadline")
    assert told(entry.data["due"]) == was
    assert entry.data["basis"]["expression"].startswith(sheet(play).first_limit)
    dispute.at(when).close(day)
    assert dispute.deadline == was
    dispute.recalculate()
    assert dispute.deadline == due
    moved = dispute.effect("DeadlineMoved", "Stage1_Deadline")
    assert (told(moved.data["was"]), told(moved.data["due"])) == (was, due)
    assert "reason" in dispute.effect("DeadlinesRecalculated").texts


@clause(
    "T13",
    partnerships=(BIRMINGHAM, WOLVERHAMPTON, BROMLEY, BARNET),
    takes=[
        limit("Stage2_Deadline", "cumulative: 7", "cumulative: 70"),
        limit("Stage2_Deadline", "working_days: 2", "working_days: 3"),
        without("Stage1_Deadline"),
    ],
)
def test_T13_a_timer_fired_late_is_flagged_and_the_next_stage_still_gets_its_own_duration(play: Play) -> None:
    """Down for two days: both instants are on record, and the business manager is told why."""
    until, ends, used, maximum = sheet(play).late
    second = sheet(play).stages[1]
    dispute = play.raised(DAY_0).down_until(until)
    fired = dispute.effect("TimerFired", "Stage1_Deadline")
    assert (told(fired.data["due"]), told(fired.at)) == (sheet(play).ends[0], until)
    assert (dispute.stage, dispute.deadline) == (second, ends)
    flag = dispute.effect("CumulativeExceeded", second).data
    assert (flag["used"], flag["maximum"]) == (used, maximum)
    assert flag["why"]
    assert "business_manager" in dispute.told(second)

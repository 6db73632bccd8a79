"""The shared rules about escalating (E), on each of the five protocols."""

from datetime import timedelta

import pytest
from agencies import Agencies
from clauses import BIRMINGHAM, BROMLEY, HARROW, WOLVERHAMPTON, clause
from mutations import (
    interrupting,
    limit,
    no_field,
    optional,
    prop,
    swapped,
    without,
)
from play import Play, at, told
from protocols import DAY_0, agreed, at_last, completed, ended, reach, sheet

import engine
from engine import ReasonMissing
from engine.forms import FormInvalid

STAGES = ("Stage1", "Stage2", "Stage3", "Stage4")
"""The ordinary stages of the two protocols from which something is taken out."""


@clause("E1", takes=[*(without(f"{stage}_Deadline") for stage in STAGES), swapped("Stage1_Over", "Stage2", "Stage3")])
def test_E1_a_deadline_that_passes_unresolved_takes_the_dispute_to_the_next_stage(play: Play) -> None:
    """By the timer alone, stage by stage; the tasks that it interrupted are on record."""
    stages = sheet(play).stages
    dispute = play.raised(DAY_0)
    for stage, following, end in zip(stages, (*stages[1:], sheet(play).then), sheet(play).ends, strict=True):
        assert (dispute.stage, dispute.deadline) == (stage, end)
        assert dispute.at(end).stage == following
        assert dispute.left(stage) == ("deadline", end)
    assert dispute.effects("TaskInterrupted", sheet(play).first)


@clause("E1")
def test_E1_nothing_that_was_typed_is_lost_when_the_timer_ends_the_stage(play: Play) -> None:
    """A draft of the interrupted task can still be read, and completing it too late keeps what was typed."""
    agencies = Agencies(play, DAY_0)
    ref = agencies.raised()
    key = next(task.key for task in agencies.dispute(ref).tasks if task.element == sheet(play).first)
    engine.save_draft(agencies.concord, agencies.people["raising"], ref, key, {"other_side": "Half a sentence"})
    agencies.clock.set(at(sheet(play).ends[0]) + timedelta(minutes=1))
    engine.sweep(agencies.concord)
    page = engine.dispute_page(agencies.concord, agencies.people["raising"], ref)
    assert page.dispute.visit is not None
    assert page.dispute.visit.stage == sheet(play).stages[1]
    assert [(draft.key, dict(draft.draft)) for draft in page.drafts] == [(key, {"other_side": "Half a sentence"})]
    with pytest.raises(engine.TaskGone):
        agencies.completes("raising", ref, key, {"other_side": "A whole sentence"})
    page = engine.dispute_page(agencies.concord, agencies.people["raising"], ref)
    assert dict(page.drafts[0].draft) == {"other_side": "A whole sentence"}


@clause("E2", takes=[without(f"{stage}_Early") for stage in STAGES])
def test_E2_any_acting_party_may_escalate_before_the_deadline_with_a_reason(play: Play) -> None:
    """At every ordinary stage, from either side; the reason is in the record."""
    for side in ("raising", "receiving"):
        dispute, stages = play.raised(DAY_0), sheet(play).stages
        for stage, following in zip(stages, (*stages[1:], sheet(play).then), strict=True):
            assert dispute.stage == stage
            assert dispute.escalate(side=side).stage == following
            assert dispute.left(stage) == ("escalated_early", DAY_0)
            assert "reason" in dispute.effect("EscalatedEarly").texts
        assert dispute.open(sheet(play).after)


@clause("E2")
def test_E2_without_a_reason_nobody_escalates(play: Play) -> None:
    """Nor does somebody of a third agency, who doesn't even see it."""
    agencies = Agencies(play, DAY_0)
    ref = agencies.raised()
    with pytest.raises(ReasonMissing):
        agencies.does("receiving", engine.escalate, ref, "")
    with pytest.raises(engine.NotYours):
        agencies.does("third", engine.escalate, ref, "I would like to")
    agencies.does("receiving", engine.escalate, ref, "There is no time to lose")
    visit = agencies.dispute(ref).visit
    assert visit is not None
    assert visit.stage == sheet(play).stages[1]


@clause(
    "E3",
    takes=[
        *(without(f"{stage}_Reminder") for stage in STAGES),
        interrupting("Stage1_Reminder"),
        prop("Stage1_Reminded", "to", "receiving"),
    ],
)
def test_E3_a_reminder_goes_out_a_working_day_before_or_at_half_time_of_a_short_stage(play: Play) -> None:
    """The stage goes on. Under a protective timescale a stage is reminded at half time of its share."""
    stages, ends = sheet(play).stages, sheet(play).ends
    dispute = play.raised(DAY_0).at(ends[-1])
    reminders = [dispute.notices(f"{stage}_Reminded") for stage in stages]
    assert [when for notices in reminders for when, _ in notices[:1]] == [*sheet(play).reminded]
    for stage, end in zip(stages, ends, strict=True):
        assert dispute.told(f"{stage}_Reminded") in ({"both"}, {"raising", "receiving"})
        assert dispute.left(stage) == ("deadline", end)
    short = play.raised(DAY_0, protective=sheet(play).shared[-1])
    assert short.timers("reminder", "Stage1_Reminder") == [sheet(play).halfway]


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
    question, unanswered = sheet(play).question, sheet(play).unanswered
    dispute = completed(play.raised(DAY_0).at(sheet(play).ends[-1]), play, *sheet(play).to_question)
    visited = len(dispute.dispute.visits)
    assert dispute.task(question).side == sheet(play).asked_side
    assert dispute.due(question) == unanswered[0]
    assert not dispute.task(question).overdue
    dispute.at(unanswered[-1])
    assert dispute.task(question).overdue
    assert [when for when, to in dispute.notices(question) if "business_manager" in to] == [*unanswered]
    assert (dispute.stage, len(dispute.dispute.visits)) == (None, visited)


@clause(
    "E4",
    partnerships=(BIRMINGHAM, WOLVERHAMPTON, BROMLEY, HARROW),
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
    """Its deadline passes: it runs on, the business manager is told, and again every working day. Barnet has none."""
    *before, decide = sheet(play).deciding
    dispute = completed(at_last(play), play, *before).at(sheet(play).undecided[-1])
    assert dispute.stage == sheet(play).last
    assert [when for when, to in dispute.notices(decide) if "business_manager" in to] == [*sheet(play).undecided]
    assert "business_manager" in dispute.told(f"{dispute.stage}_Overdue")
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
    for stage in sheet(play).stages:
        dispute = reach(play, stage).say_resolved(side="receiving")
        deadline = dispute.deadline
        assert dispute.task("Resolution_Confirm").side == "raising"
        dispute.done("Resolution_Confirm", confirmed="no")
        assert (dispute.stage, dispute.deadline) == (stage, deadline)
        agreed(dispute)
        assert dispute.left(stage)[0] == "resolved"
        assert dispute.stage is None
    silent = play.raised(DAY_0).say_resolved().at(sheet(play).ends[0])
    assert silent.stage == sheet(play).stages[1]
    assert silent.open("Resolution_Confirm")


@clause(
    "E5",
    takes=[
        without("Resolved_Confirmation"),
        without("Resolved_InformWorker"),
        without("Resolved_StageEnded"),
        optional("confirm-resolution", "agreement"),
        optional("written-confirmation", "open_issues"),
        optional("written-confirmation", "outcome_written"),
        optional("inform-worker", "informed_at"),
    ],
    birmingham=[
        without("Resolved_Afterwards"),
        without("Afterwards_Debrief"),
        without("Afterwards_PolicyGap"),
        without("Afterwards_GapTold"),
    ],
    wolverhampton=[
        without("Resolved_Afterwards"),
        without("Afterwards_Debrief"),
        without("Afterwards_PolicyGapRaising"),
        without("Afterwards_GapToldRaising"),
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
    debrief, gap = sheet(play).afterwards
    dispute.done("Resolved_InformWorker").done(debrief).done(gap, gap="yes")
    assert dispute.all_done(*sheet(play).gap_by).told(sheet(play).gap_told)
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
    """Agreed an hour before stage 1 was over, entered the day after: resolved at stage 1, as of then."""
    agreed_at, confirmed_by = sheet(play).agreed_late
    over = at(sheet(play).ends[0])
    dispute = play.raised(DAY_0).at(told(over + timedelta(hours=18)) or "").say_resolved()
    with pytest.raises(FormInvalid):
        dispute.done("Resolution_Confirm", confirmed="yes", agreed_at="")
    dispute.done("Resolution_Confirm", confirmed="yes", agreed_at=agreed_at)
    assert dispute.dispute.agreed_at == over - timedelta(hours=1)
    assert dispute.due("Resolved_Confirmation") == confirmed_by
    assert ended(dispute.all_done(*sheet(play).resolved)) == ("resolved", "Stage1")


@clause("E7")
def test_E7_a_dispute_whose_agreed_actions_fail_is_taken_up_again_where_it_was_resolved(play: Play) -> None:
    """A new dispute, linked to the first, that begins at the stage at which the first was resolved."""
    agencies = Agencies(play, DAY_0)
    ref = agencies.raised()
    agencies.does("raising", engine.escalate, ref, "There is no time to lose")
    agencies.does("receiving", engine.say_resolved, ref, "We have agreed")
    asked = play.raised(DAY_0)
    while tasks := agencies.dispute(ref).tasks:
        order = sorted(tasks, key=lambda task: task.element != "Resolution_Confirm")
        who = "receiving" if order[0].side == "receiving" else "raising"
        agencies.completes(who, ref, order[0].key, asked.filled(order[0].element))
    ending = agencies.dispute(ref).ending
    assert ending is not None
    assert (ending.how, ending.stage) == ("resolved", sheet(play).stages[1])
    outcome = engine.take_up_again(
        agencies.concord, agencies.people["raising"], ref, "again", "The visits did not happen"
    )
    again = agencies.dispute(outcome.ref)
    assert again.taken_up_from == ref
    assert again.visit is not None
    assert again.visit.stage == sheet(play).stages[1]
    assert told(again.visit.deadline) == sheet(play).again

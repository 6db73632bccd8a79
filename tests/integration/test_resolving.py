"""Saying and confirming that it is resolved, late entry, taking up again, withdrawing, on each database."""

from datetime import timedelta

import pytest
from town import ASKED, BEGUN, Town, command, wall

from engine import (
    FormInvalid,
    NotNow,
    NotYourTask,
    ReasonMissing,
    SideWrong,
    TakenUpBefore,
    escalate,
    say_resolved,
    take_up_again,
    withdraw,
)
from engine.calendar import working_days as days


def said(town: Town, by: str = "council-practitioner", **raised: object) -> str:
    """A dispute whose agreement one side has said, on Monday at ten."""
    ref = town.raises(**raised)
    say_resolved(town.concord, town[by], ref, command(), "The plan is changed.")
    return ref


def resolved(town: Town) -> str:
    """A dispute that was resolved at stage 2 and is closed."""
    ref = town.raises()
    town.move("2026-03-09T17:00")
    say_resolved(town.concord, town["council-safeguarding_lead"], ref, command(), "Agreed on the telephone.")
    town.completes("school-head_teacher", ref, "Resolution_Confirm", confirmed="yes", agreed_at=wall(town.now))
    town.settles(ref)
    return ref


def test_until_the_raising_side_confirms_the_clock_runs(town: Town) -> None:
    """E5: the stage goes on, and its deadline escalates."""
    ref = said(town)
    assert town.dispute(ref).visit.stage == "Stage1"
    with pytest.raises(NotYourTask):
        town.completes("council-practitioner", ref, "Resolution_Confirm", confirmed="yes", agreed_at=wall(town.now))
    town.move("2026-03-09T17:00")
    assert town.dispute(ref).visit.stage == "Stage2"
    assert town.task(ref, "Resolution_Confirm").overdue


def test_confirmed_it_ends_as_resolved_at_its_stage_after_its_duties(town: Town) -> None:
    """E5, T11, C1, C2: written confirmation two working days from the agreement, then worker, debrief, gap, records."""
    ref = said(town)
    town.completes("school-practitioner", ref, "Resolution_Confirm", confirmed="yes", agreed_at="2026-03-02T10:00")
    assert town.task(ref, "Resolved_Confirmation").due == days.london("2026-03-04T17:00")
    town.settles(ref)
    dispute = town.dispute(ref)
    assert (dispute.ending.how, dispute.ending.stage) == ("resolved", "Stage1")
    assert dispute.next_due is None
    assert (town.summary(ref).end, town.summary(ref).stage) == ("resolved", None)
    town.verify(ref)


def test_not_confirmed_the_stage_goes_on(town: Town) -> None:
    """E5."""
    ref = said(town)
    town.completes("school-practitioner", ref, "Resolution_Confirm", confirmed="no")
    assert town.dispute(ref).visit.stage == "Stage1"
    assert {t.element for t in town.dispute(ref).tasks} == {"Stage1_Discuss", *BEGUN}


def test_an_agreement_entered_after_the_deadline_counts_from_its_own_time_and_stage(town: Town) -> None:
    """E6: agreed on Monday at stage 1, entered on Tuesday at stage 2."""
    ref = town.raises()
    town.move("2026-03-10T11:00")
    assert town.dispute(ref).visit.stage == "Stage2"
    say_resolved(town.concord, town["council-practitioner"], ref, command(), "We had agreed yesterday.")
    town.completes("school-practitioner", ref, "Resolution_Confirm", confirmed="yes", agreed_at="2026-03-09T15:00")
    assert town.dispute(ref).resolved_stage == "Stage1"
    assert town.dispute(ref).agreed_at == days.london("2026-03-09T15:00")
    town.settles(ref)
    assert (town.dispute(ref).ending.how, town.dispute(ref).ending.stage) == ("resolved", "Stage1")
    town.verify(ref)


def test_an_agreement_in_the_minute_of_the_raising_was_reached_at_stage_1(town: Town) -> None:
    """E6: a form gives minutes, the clock gives seconds."""
    town.concord.clock.advance(timedelta(seconds=37))
    ref = town.raises()
    agreed = wall(town.now)
    town.move("2026-03-10T11:00")
    say_resolved(town.concord, town["council-practitioner"], ref, command(), "We agreed at once.")
    town.completes("school-practitioner", ref, "Resolution_Confirm", confirmed="yes", agreed_at=agreed)
    assert town.dispute(ref).resolved_stage == "Stage1"


def test_an_agreement_in_the_minute_in_which_a_stage_began_was_reached_in_that_stage(town: Town) -> None:
    """E6: escalated early and agreed at once; what was recorded before that was seen is executed as it was."""
    ref = town.raises()
    town.concord.clock.advance(timedelta(hours=1, seconds=20))
    escalate(town.concord, town["school-practitioner"], ref, command(), "It can't wait.")
    town.concord.clock.advance(timedelta(seconds=15))
    agreed = wall(town.now)
    say_resolved(town.concord, town["council-practitioner"], ref, command(), "We agreed at once.")
    town.completes("school-practitioner", ref, "Resolution_Confirm", confirmed="yes", agreed_at=agreed)
    dispute = town.dispute(ref)
    assert dispute.resolved_stage == "Stage2"
    assert dispute.agreed_at == days.london(agreed)
    [before] = [visit for visit in dispute.visits if visit.stage == "Stage1"]
    assert before.left > dispute.agreed_at
    town.verify(ref)


def test_an_agreement_is_neither_in_the_future_nor_before_the_raising(town: Town) -> None:
    """E6."""
    ref = said(town)
    for when in (town.now + timedelta(hours=1), town.now - timedelta(hours=1)):
        with pytest.raises(FormInvalid, match="agreement"):
            town.completes("school-practitioner", ref, "Resolution_Confirm", confirmed="yes", agreed_at=wall(when))


def test_a_dispute_whose_agreed_actions_fail_is_taken_up_again_where_it_was_resolved(town: Town) -> None:
    """E7: linked both ways, on the same version, with the same sides, children and answers."""
    old = resolved(town)
    assert town.dispute(old).ending.stage == "Stage2"
    town.move("2026-04-13T10:00")
    new = take_up_again(town.concord, town["school-practitioner"], old, command(), "Nothing of it was done.").ref
    before, now = town.dispute(old), town.dispute(new)
    assert (now.taken_up_from, town.entry(old, "TakenUpAgain").data) == (old, {"as": new})
    assert (now.visit.stage, now.visit.entered) == ("Stage2", town.now)
    assert (now.parties, now.children) == (before.parties, before.children)
    assert now.counted_from == town.now, "Time counts anew"
    town.verify(old)
    town.verify(new)


def test_what_was_raised_in_haste_is_taken_up_with_what_was_written_soon_after(town: Town) -> None:
    """E7, S2: whoever takes it over reads what it is about, though nothing of it was asked as it was raised."""
    old = town.raises(risk=True)
    town.completes("school-practitioner", old, "Details_Say", disagreement="We see the risk as high.")
    say_resolved(town.concord, town["council-practitioner"], old, command(), "They visit now.")
    town.completes("school-practitioner", old, "Resolution_Confirm", confirmed="yes", agreed_at=wall(town.now))
    town.settles(old)
    new = take_up_again(town.concord, town["school-practitioner"], old, command(), "Nothing of it was done.").ref
    with town.concord.store.begin(write=False) as tx:
        assert tx.journal.texts(new)[1, "disagreement"].text == "We see the risk as high."
    town.verify(new)


def test_taken_up_twice_by_the_same_command_it_is_one(town: Town) -> None:
    """Decision 2; and another command is told which dispute there is already."""
    old, once = resolved(town), command()
    first = take_up_again(town.concord, town["school-head_teacher"], old, once, "It failed.")
    assert take_up_again(town.concord, town["school-head_teacher"], old, once, "It failed.").ref == first.ref
    with pytest.raises(TakenUpBefore, match=first.ref):
        take_up_again(town.concord, town["school-head_teacher"], old, command(), "It failed.")


def test_only_the_raising_side_takes_up_and_only_what_was_resolved(town: Town) -> None:
    """E7, C1."""
    ref = town.raises()
    with pytest.raises(NotNow, match="resolved"):
        take_up_again(town.concord, town["school-practitioner"], ref, command(), "Too slow.")
    with pytest.raises(SideWrong):
        take_up_again(town.concord, town["council-practitioner"], resolved(town), command(), "We changed our mind.")


def test_a_withdrawal_needs_a_reason_the_raising_side_and_its_safeguarding_leads_signature(town: Town) -> None:
    """C1, S2: and the risk question is asked."""
    ref = town.raises()
    with pytest.raises(SideWrong):
        withdraw(town.concord, town["council-practitioner"], ref, command(), "It is theirs.")
    with pytest.raises(ReasonMissing):
        withdraw(town.concord, town["school-practitioner"], ref, command(), "  ")
    withdraw(town.concord, town["school-practitioner"], ref, command(), "The family has moved.")
    with pytest.raises(NotYourTask):
        town.completes("school-practitioner", ref, "Withdrawal_Countersign")
    with pytest.raises(NotYourTask):
        town.completes("council-safeguarding_lead", ref, "Withdrawal_Countersign")
    assert town.dispute(ref).visit.stage == "Stage1"
    assert {t.element for t in town.dispute(ref).tasks} == {"Stage1_Discuss", "Withdrawal_Countersign", *BEGUN}
    town.completes("school-safeguarding_lead", ref, "Withdrawal_Countersign", countersigned="yes")
    assert town.dispute(ref).visit is None
    for element in ASKED:
        assert town.task(ref, element)
    assert town.dispute(ref).closed is None, "Its questions and records are still open (C2)"
    with pytest.raises(NotNow):
        withdraw(town.concord, town["school-practitioner"], ref, command(), "Once more.")
    town.settles(ref)
    assert (town.dispute(ref).ending.how, town.summary(ref).end) == ("withdrawn", "withdrawn")
    town.verify(ref)


def test_a_closed_dispute_takes_nothing_more_but_corrections(town: Town) -> None:
    """C1."""
    ref = resolved(town)
    with pytest.raises(NotNow):
        say_resolved(town.concord, town["school-practitioner"], ref, command(), "Again.")

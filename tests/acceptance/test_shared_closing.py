"""The shared rules about who acts (W) and closing (C), on each of the five protocols."""

import pytest
from agencies import Agencies
from clauses import WOLVERHAMPTON, clause
from mutations import (
    limit,
    no_field,
    optional,
    prop,
    without,
)
from play import Play, Played, at
from protocols import DAY_0, RECORDS, agreed, at_last, completed, ended, finish, persisting, reach, sheet

import engine
from engine import NotNow, ReasonMissing, SideWrong
from engine.course import recordable
from engine.dispute import Person, may_see
from engine.forms import FormInvalid
from engine.replay.missing import limits_of

STAGES = ("Stage1", "Stage2", "Stage3", "Stage4")
"""The ordinary stages of the two protocols from which something is taken out."""


@clause(
    "W",
    takes=[
        without("Details_Say"),
        prop("Details_Say", "side", "both"),
        limit("Details_Say", "working_days: 1", "working_days: 2"),
        optional("details", "child_protection_plan"),
        optional("details", "looked_after"),
        no_field("details", "supporter"),
        optional("take-to-lead", "child_protection_plan"),
        optional("discuss", "other_side"),
    ],
    birmingham=[
        optional("refer-to-head-of-service", "looked_after"),
        optional("take-to-partner", "child_protection_plan"),
        prop("Stage3_Discuss", "side", "raising"),
    ],
    wolverhampton=[
        optional("refer-to-senior-manager", "looked_after"),
        optional("take-to-representative", "child_protection_plan"),
        prop("Stage3_Talk", "side", "raising"),
    ],
)
def test_W_either_side_may_do_what_is_for_both_naming_the_other_and_the_childs_plan_is_asked_again(play: Play) -> None:
    """As it is raised and as stages begin; a worker may name a supporter; a third agency does and sees nothing."""
    dispute = play.raised(DAY_0)
    known = dispute.task("Details_Say")
    assert (known.side, dispute.due("Details_Say")) == ("raising", "Tue 3 Mar 2026 17:00")
    for key in ("child_protection_plan", "looked_after"):
        at_once = play.form("Raised").field_named(key) is not None
        with pytest.raises(FormInvalid) as refused:
            play.raised(DAY_0, **{key: ""}) if at_once else dispute.done("Details_Say", **{key: ""})
        assert refused.value.errors.keys() == {key}
        assert refused.value.errors[key] != "This form has no such question"
    dispute.done("Details_Say", supporter="A colleague")
    assert "supporter" in dispute.completed("Details_Say").texts
    for stage, element in sheet(play).plan_asked.items():
        for key in ("child_protection_plan", "looked_after"):
            with pytest.raises(FormInvalid):
                reach(play, stage).done(element, **{key: ""})
    stage, element, acts, does_not = sheet(play).for_both
    dispute = reach(play, stage, raising_kind="health", receiving_kind="health")
    dispute.all_done(*(() if dispute.open(element) else sheet(play).talk[1]))
    for side in ("raising", "receiving"):
        assert dispute.may_do(element, side, acts)
        assert not dispute.may_do(element, side, does_not)
    assert not dispute.may_do(element, "third", acts)
    stage, before, talk = sheet(play).talk
    talking = reach(play, stage).all_done(*before)
    with pytest.raises(FormInvalid):
        talking.done(talk, other_side="")
    stranger = Person(
        id="x", partnership=play.partnership, name="X", agency="third", agency_name="Third", agency_kind="health",
        roles=("line_manager",),
    )  # fmt: skip
    assert not may_see(stranger, dispute.dispute, play.partnership)


@clause("W")
def test_W_somebody_with_a_conflict_of_interest_can_be_barred_from_a_tiers_task(play: Play) -> None:
    """With a reason, by the partnership; the other people of that tier can still do it."""
    agencies = Agencies(play, DAY_0)
    agencies.joins("colleague", "raising", "practitioner")
    ref = agencies.raised()
    key = next(task.key for task in agencies.dispute(ref).tasks if task.element == sheet(play).first)
    mine = {
        line.key for card in engine.worklist(agencies.concord, agencies.people["raising"]).cards for line in card.lines
    }
    assert key in mine
    agencies.does(
        "manager", engine.bar, ref, agencies.people["raising"].id, "practitioners", "A relative of the family"
    )
    cards = engine.worklist(agencies.concord, agencies.people["raising"]).cards
    assert key not in {line.key for card in cards for line in card.lines}
    answers = play.raised(DAY_0).filled(sheet(play).first)
    with pytest.raises(engine.ConcordError):
        agencies.completes("raising", ref, key, answers)


@clause("C1", takes=[prop("Resolved", "end", "decided"), *(without(f"{stage}_Resolved") for stage in STAGES)])
def test_C1_a_dispute_ends_as_resolved_at_the_stage_where_it_was(play: Play) -> None:
    """At each of the ordinary ones, when what follows a resolution is done."""
    for stage in sheet(play).stages:
        dispute = agreed(reach(play, stage))
        assert dispute.dispute.ending is None
        assert ended(dispute.all_done(*sheet(play).resolved)) == ("resolved", stage)


@clause(
    "C1",
    takes=[prop("Decided", "end", None)],
    birmingham=[without("Stage5_Decide"), without("Stage5_Resolved")],
    wolverhampton=[without("Exceptional_Decide"), without("Exceptional_Resolved")],
)
def test_C1_or_decided_or_resolved_at_the_last_stage(play: Play) -> None:
    """The decision ends it, an agreement before the decision does too; Barnet's is to refer it on."""
    dispute = completed(at_last(play), play, *sheet(play).deciding, *sheet(play).closing)
    assert ended(dispute) == sheet(play).outcome
    assert ended(agreed(at_last(play)).all_done(*sheet(play).resolved)) == sheet(play).resolved_last


@clause("C1", partnerships=(WOLVERHAMPTON,), takes=[prop("ScreenedOut", "end", None)])
def test_C1_or_screened_out(play: Play) -> None:
    """What is out of scope never begins, if a lead does not reverse that. No other sheet screens."""
    dispute = play.raised(DAY_0, scope="within_agency")
    assert ended(dispute.done("ScreenedOut_Lead", reversed="no")) == ("screened_out", None)


@clause(
    "C1",
    takes=[
        prop("Withdrawn", "end", "resolved"),
        without("Withdrawal_Countersign"),
        prop("Withdrawal_Countersign", "side", "receiving"),
        *(without(f"{stage}_Withdrawn") for stage in STAGES),
    ],
    birmingham=[without("Stage5_PersistWithdrawn"), without("Stage5_Withdrawn")],
    wolverhampton=[without("Exceptional_PersistWithdrawn"), without("Exceptional_Withdrawn")],
)
def test_C1_or_withdrawn_with_a_reason_countersigned_by_the_raising_agencys_lead(play: Play) -> None:
    """At every stage and between them; neither a practitioner nor the other side's lead can countersign."""
    for dispute in (*(reach(play, stage) for stage in sheet(play).stages), persisting(play), at_last(play)):
        stage = dispute.stage
        dispute.withdraw()
        assert dispute.stage == (stage if sheet(play).withdrawal_waits else None)
        assert "reason" in dispute.effect("Withdrawn").texts
        assert dispute.open("Withdrawal_Countersign")
        assert dispute.may_do("Withdrawal_Countersign", "raising", "safeguarding_lead")
        assert not dispute.may_do("Withdrawal_Countersign", "raising", "practitioner")
        assert not dispute.may_do("Withdrawal_Countersign", "receiving", "safeguarding_lead")
        assert ended(dispute.done("Withdrawal_Countersign"))[0] == "withdrawn"
        assert dispute.stage is None


@clause("C1")
def test_C1_only_the_raising_side_withdraws_and_not_without_a_reason(play: Play) -> None:
    """The receiving side's and the business manager's attempts are refused."""
    agencies = Agencies(play, DAY_0)
    ref = agencies.raised()
    for who in ("receiving", "manager"):
        with pytest.raises(SideWrong):
            agencies.does(who, engine.withdraw, ref, "It was a misunderstanding")
    with pytest.raises(ReasonMissing):
        agencies.does("raising", engine.withdraw, ref, "")
    agencies.does("raising", engine.withdraw, ref, "It was a misunderstanding")
    assert "Withdrawal_Countersign" in {task.element for task in agencies.dispute(ref).tasks}


@clause(
    "C2",
    takes=[
        without("Risk_TellLead"),
        without("Risk_Refer"),
        without("StageEnd_RecordRaising"),
        without("StageEnd_RecordReceiving"),
    ],
    birmingham=[
        without("StageEnd_RiskQuestionRaising"),
        without("StageEnd_RiskQuestionReceiving"),
        without("Begun_ActionsReceiving"),
        without("Afterwards_Debrief"),
    ],
    wolverhampton=[
        without("StageEnd_RiskQuestionRaising"),
        without("StageEnd_RiskQuestionReceiving"),
        without("Begun_TellLeadReceiving"),
        without("Afterwards_Debrief"),
    ],
)
def test_C2_it_does_not_close_while_a_referral_a_risk_question_or_a_record_is_open(play: Play) -> None:
    """Each holds it open alone; with it done, the dispute closes at that moment."""
    for holding in ("Risk_TellLead", "Risk_Refer", *sheet(play).aside, *sheet(play).beside):
        dispute = finish(agreed(play.raised(DAY_0).report_risk()), holding)
        assert {task.element for task in dispute.dispute.tasks} == {holding}
        assert dispute.dispute.ending is not None
        assert dispute.at("Mon 2 Nov 2026 10:00").dispute.closed is None
        assert finish(dispute).dispute.closed == at("Mon 2 Nov 2026 10:00")


def recordable_now(dispute: Played) -> set[str]:
    """The elements whose tasks can be recorded as not done now."""
    return {task.element for task in recordable(dispute.pathway, dispute.dispute, dispute.now)}


@clause("C2")
def test_C2_a_record_that_is_never_placed_can_be_recorded_as_not_done_after_five_working_days(play: Play) -> None:
    """Five working days after its time, not before; then it no longer holds the dispute open, and shows as missed."""
    dispute = finish(agreed(play.raised(DAY_0)), RECORDS[1])
    assert dispute.due(RECORDS[1]) == "Wed 4 Mar 2026 17:00"
    assert recordable_now(dispute.at("Wed 11 Mar 2026 16:59")) == set()
    assert recordable_now(dispute.at("Wed 11 Mar 2026 17:00")) == {RECORDS[1]}
    assert not dispute.dispute.closed
    dispute.record_undone(RECORDS[1])
    assert dispute.dispute.closed
    assert ended(dispute) == ("resolved", sheet(play).stages[0])
    timer = next(x for x in limits_of(play.pathway, dispute.sim.entries) if x.element == RECORDS[1])
    assert (timer.outcome, timer.undone) == ("missed", True)


@clause("C2")
def test_C2_a_question_about_risk_only_once_the_other_side_has_answered_its_own(play: Play) -> None:
    """One that neither side has answered is never recorded so, however long it is open."""
    dispute = finish(agreed(play.raised(DAY_0)), *sheet(play).asked).at("Wed 1 Apr 2026 10:00")
    assert recordable_now(dispute) == set()
    dispute.done(sheet(play).asked[0])
    assert recordable_now(dispute) == set(sheet(play).asked[1:])
    assert dispute.record_undone(sheet(play).asked[1]).dispute.closed


@clause("C2")
def test_C2_a_referral_is_never_recorded_as_not_done(play: Play) -> None:
    """Nor is its lead's being told."""
    dispute = finish(agreed(play.raised(DAY_0, risk=True)), "Risk_Refer", "Risk_TellLead").at("Wed 1 Apr 2026 10:00")
    assert {task.element for task in dispute.dispute.tasks} == {"Risk_Refer", "Risk_TellLead"}
    assert recordable_now(dispute) == set()


@clause("C2")
def test_C2_the_business_manager_alone_records_it_with_why_and_who_was_told(play: Play) -> None:
    """Neither side does; and nothing that is not overdue for so long."""
    agencies = Agencies(play, DAY_0)
    ref = agencies.raised()
    agencies.does("raising", engine.escalate, ref, "There is no time to lose")
    key = next(task.key for task in agencies.dispute(ref).tasks if task.element == RECORDS[1])
    with pytest.raises(NotNow):
        agencies.does("manager", engine.record_undone, ref, key, "They left", "The director")
    agencies.clock.set(at("Wed 11 Mar 2026 17:00"))
    with pytest.raises(SideWrong):
        agencies.does("raising", engine.record_undone, ref, key, "They left", "The director")
    with pytest.raises(ReasonMissing):
        agencies.does("manager", engine.record_undone, ref, key, "They left", " ")
    agencies.does("manager", engine.record_undone, ref, key, "They left", "The director")
    assert all(task.key != key for task in agencies.dispute(ref).tasks)

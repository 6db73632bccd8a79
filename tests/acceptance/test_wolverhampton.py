"""Wolverhampton's protocol, clause by clause, on the real engine. Monday 2 March 2026 is day 0 of most disputes."""

import tomllib

import pytest
from clauses import WOLVERHAMPTON, clause
from mutations import (
    blank,
    limit,
    no_choice,
    no_contact,
    no_field,
    no_row,
    no_rules,
    no_words,
    optional,
    prop,
    swapped,
    without,
)
from play import Play, Played, at

from engine.dispute import acting
from engine.forms import FormInvalid
from engine.queries.danger import advice

DAY_0 = "Mon 2 Mar 2026 10:00"


def begun(play: Play, when: str = DAY_0, disagreed: str = "2026-03-02T10:00", **start: object) -> Played:
    """Raised, by default on the day of the disagreement."""
    return play.raised(when, disagreement_at=disagreed, **start)


def at_stage_2(play: Play) -> Played:
    """Stage 1 has run out on day 5."""
    return begun(play).at("Mon 9 Mar 2026 17:00")


def at_stage_3(play: Play) -> Played:
    """Stage 2 has run out on day 7."""
    return at_stage_2(play).at("Wed 11 Mar 2026 17:00")


def at_stage_4(play: Play) -> Played:
    """Stage 3 has run out on day 10."""
    return at_stage_3(play).at("Mon 16 Mar 2026 17:00")


def after_stage_4(play: Play) -> Played:
    """Stage 4 has run out on day 14."""
    return at_stage_4(play).at("Fri 20 Mar 2026 17:00")


def before_the_chair(play: Play) -> Played:
    """Concerns persist, and it was brought to the Chair on day 16 at noon."""
    return after_stage_4(play).at("Tue 24 Mar 2026 12:00").done("Exceptional_ConcernsPersist", persists="yes")


def settled(play: Play) -> Played:
    """Agreed at stage 1 on Thursday at 15:00 and confirmed half an hour later."""
    dispute = begun(play).at("Thu 5 Mar 2026 15:00").done("Stage1_Raise").done("Stage1_Review")
    dispute.done("Stage1_Discuss", result="agreed").at("Thu 5 Mar 2026 15:30")
    return dispute.done("Resolution_Confirm", confirmed="yes", agreed_at="2026-03-05T15:00")


def decided(play: Play) -> Played:
    """The Chair has decided after written representations, on Monday 30 March."""
    dispute = before_the_chair(play).done("Exceptional_ChooseWay", way="representations")
    dispute.done("Exceptional_RepresentationRaising").done("Exceptional_RepresentationReceiving")
    return dispute.done("Exceptional_Consider").at("Mon 30 Mar 2026 12:00").done("Exceptional_Decide")


@clause(
    "WOL-0.1",
    takes=[without("Raised_RiskReported"), without("Risk_Refer"), blank("out_of_hours", "name")],
)
def test_WOL_0_1_a_child_at_risk_is_referred_immediately_and_the_dispute_can_still_go_on(play: Play) -> None:
    """Asked before the scope: the referral opens at once even where the dispute is screened out."""
    dispute = begun(play, risk=True)
    assert dispute.due("Risk_Refer") == DAY_0
    assert dispute.stage == "Stage1"
    outside = play.raised(DAY_0, risk=True, scope="within_agency")
    assert outside.due("Risk_Refer") == DAY_0
    assert outside.open("ScreenedOut_Ask")
    assert not begun(play).open("Risk_Refer")
    assert "EDT" in advice(play.pathway, at("Mon 2 Mar 2026 20:00")).now.name
    assert "MASH" in advice(play.pathway, at(DAY_0)).now.name


@clause(
    "WOL-0.2",
    takes=[
        without("Raised_Scope"),
        without("ScreenedOut_Ask"),
        prop("ScreenedOut", "end", "withdrawn"),
        no_choice("raise", "scope", "within_agency"),
        no_choice("raise", "scope", "individual_practice"),
        no_words("screened-out", "procedure"),
        blank("scope", "within_agency"),
        blank("scope", "individual_practice"),
        optional("raise", "scope"),
    ],
)
def test_WOL_0_2_what_is_no_dispute_between_agencies_is_screened_out_to_the_agencys_own_procedure(play: Play) -> None:
    """One agency's inner dispute and a complaint about a person both; no stage begins."""
    with pytest.raises(FormInvalid):
        begun(play, scope="")
    assert begun(play, scope="between_agencies").stage == "Stage1"
    for scope in ("within_agency", "individual_practice"):
        dispute = play.raised(DAY_0, scope=scope)
        assert dispute.stage is None
        assert any("own agency's procedure" in field.text for field in play.form("ScreenedOut_Ask").fields)
        assert play.pathway.settings["scope"][scope]
        dispute.done("ScreenedOut_Ask")
        assert dispute.dispute.ending is not None
        assert dispute.dispute.ending.how == "screened_out"
        assert dispute.dispute.visits == ()
        assert dispute.dispute.closed == at(DAY_0)


@clause(
    "WOL-0.3",
    takes=[
        optional("raise", "lead_told"),
        optional("raise", "lead_told_at"),
        optional("raise", "others_involved"),
        no_field("raise", "others_involved"),
    ],
)
def test_WOL_0_3_the_own_lead_is_involved_and_the_others_involved_are_named(play: Play) -> None:
    """When the lead was told, and which other agencies and staff work with the family, are asked for."""
    dispute = begun(play, lead_told="yes", lead_told_at="2026-03-02T09:00", others_involved="Health visitor")
    assert dispute.effect("Raised").data["answers"]["lead_told_at"] == "2026-03-02T09:00"
    assert "others_involved" in dispute.effect("Raised").texts
    for key in ("lead_told", "lead_told_at", "others_involved"):
        with pytest.raises(FormInvalid) as refused:
            begun(play, **{key: ""})
        assert refused.value.errors.keys() == {key}


@clause(
    "WOL-1.1",
    takes=[
        without("Stage1_Raise"),
        prop("Stage1_Raise", "side", "both"),
        limit("Stage1_Raise", "working_days: 2", "working_days: 3"),
        limit("Stage1_Raise", "disagreement", "raised"),
        optional("raise", "disagreement_at"),
        no_field("raise-with-practitioner", "raised_verbally_at"),
        optional("raise-with-practitioner", "raised_in_writing_at"),
        limit("Stage1_Deadline", "cumulative: 5", "cumulative: 50"),
        limit("Stage1_Deadline", 'from: "disagreement"', 'from: "raised"'),
    ],
)
def test_WOL_1_1_it_is_raised_verbally_and_in_writing_within_two_days_of_the_disagreement(play: Play) -> None:
    """Counted from the disagreement, whose date is asked; raising late is flagged with the reason, not refused."""
    with pytest.raises(FormInvalid):
        begun(play, disagreed="")
    dispute = begun(play, "Tue 3 Mar 2026 10:00")
    task = dispute.task("Stage1_Raise")
    assert (task.side, task.tier, dispute.due("Stage1_Raise")) == ("raising", "practitioners", "Wed 4 Mar 2026 17:00")
    for key in ("raised_verbally_at", "raised_in_writing_at"):
        with pytest.raises(FormInvalid):
            dispute.done("Stage1_Raise", **{key: ""})
    dispute.done("Stage1_Raise", raised_verbally_at="2026-03-03T10:30", raised_in_writing_at="2026-03-03T11:00")
    assert not dispute.effects("CumulativeExceeded")
    late = begun(play, "Mon 9 Mar 2026 10:00")
    assert late.stage == "Stage1"
    assert late.effect("CumulativeExceeded", "Stage1").data["why"] == "raised late"
    assert "business_manager" in late.told("Stage1")


@clause("WOL-1.2", takes=[optional("raise", "evidence"), optional("raise-with-practitioner", "raised_reasons")])
def test_WOL_1_2_clear_evidence_based_reasons_are_given(play: Play) -> None:
    """On raising it and to the other practitioner; neither can be left out."""
    with pytest.raises(FormInvalid):
        begun(play, evidence="")
    with pytest.raises(FormInvalid):
        begun(play).done("Stage1_Raise", raised_reasons="")
    dispute = begun(play, evidence="Three missed visits").done("Stage1_Raise", raised_reasons="Three missed visits")
    assert "raised_reasons" in dispute.completed("Stage1_Raise").texts


@clause(
    "WOL-1.3",
    takes=[
        without("Stage1_Review"),
        without("Stage1_Discuss"),
        without("Stage1_Deadline"),
        prop("Stage1_Review", "side", "raising"),
        limit("Stage1_Review", "working_days: 3", "working_days: 2"),
        limit("Stage1_Discuss", "working_days: 3", "working_days: 2"),
        limit("Stage1_Deadline", ", at_least: 3", ""),
        limit("Stage1_Deadline", "working_days: 5", "working_days: 6"),
        optional("review-case-file", "file_reviewed"),
    ],
)
def test_WOL_1_3_the_receiving_agency_reviews_the_file_and_speaks_within_three_days(play: Play) -> None:
    """Raised on day 2: until day 5, which ends the stage. Raised on day 5: three days all the same, and flagged."""
    dispute = begun(play, "Wed 4 Mar 2026 10:00").done("Stage1_Raise")
    assert dispute.task("Stage1_Review").side == "receiving"
    assert dispute.due("Stage1_Review") == "Mon 9 Mar 2026 17:00"
    with pytest.raises(FormInvalid):
        dispute.done("Stage1_Review", file_reviewed=False)
    dispute.done("Stage1_Review")
    assert dispute.task("Stage1_Discuss").side == "receiving"
    assert dispute.due("Stage1_Discuss") == "Mon 9 Mar 2026 17:00"
    dispute.at("Mon 9 Mar 2026 17:00")
    assert dispute.left("Stage1") == ("deadline", "Mon 9 Mar 2026 17:00")
    assert begun(play).deadline == "Mon 9 Mar 2026 17:00"
    late = begun(play, "Mon 9 Mar 2026 10:00").done("Stage1_Raise")
    assert late.deadline == "Thu 12 Mar 2026 17:00"
    assert late.due("Stage1_Review") == "Thu 12 Mar 2026 17:00"
    assert late.effect("CumulativeExceeded", "Stage1").data["used"] == 8


@clause(
    "WOL-1.4",
    takes=[
        without("Stage1_Agreed"),
        without("Stage1_Resolved"),
        without("Resolved_Confirmation"),
        prop("Resolved_Confirmation", "side", "raising"),
        limit("Resolved_Confirmation", "working_days: 2", "working_days: 3"),
        optional("written-confirmation", "outcome_written"),
    ],
)
def test_WOL_1_4_the_responsible_worker_writes_the_outcome_within_two_further_days(play: Play) -> None:
    """Agreed on Thursday 15:00: in writing by Monday 17:00."""
    dispute = settled(play)
    assert dispute.left("Stage1") == ("resolved", "Thu 5 Mar 2026 15:30")
    assert dispute.task("Resolved_Confirmation").side == "receiving"
    assert dispute.due("Resolved_Confirmation") == "Mon 9 Mar 2026 17:00"
    with pytest.raises(FormInvalid):
        dispute.done("Resolved_Confirmation", outcome_written="")


@clause(
    "WOL-2.1",
    takes=[
        without("Stage2_TakeToManager"),
        without("Stage2_Resolve"),
        without("Stage2_Deadline"),
        prop("Stage2_TakeToManager", "side", "raising"),
        prop("Stage2_TakeToManager", "tier", None),
        prop("Stage2_Resolve", "side", "receiving"),
        limit("Stage2_Resolve", "working_days: 2", "working_days: 1"),
        limit("Stage2_Deadline", "working_days: 2", "working_days: 3"),
        no_field("take-to-lead", "taken_to"),
        no_row("who_acts", '"line_managers"', '"school"'),
        no_row("who_acts", '"line_managers"', '"health"'),
    ],
)
def test_WOL_2_1_each_practitioner_takes_it_to_their_manager_who_have_two_days(play: Play) -> None:
    """Practitioners of both sides, then the managers or named leads of both; day 7 ends it."""
    dispute = at_stage_2(play)
    assert (dispute.stage, dispute.deadline) == ("Stage2", "Wed 11 Mar 2026 17:00")
    task = dispute.task("Stage2_TakeToManager")
    assert (task.side, task.tier) == ("both", "practitioners")
    dispute.at("Tue 10 Mar 2026 11:00").done("Stage2_TakeToManager", taken_to="Both team managers")
    task = dispute.task("Stage2_Resolve")
    assert (task.side, task.tier, dispute.due("Stage2_Resolve")) == ("both", "line_managers", "Wed 11 Mar 2026 17:00")
    assert dispute.may_do("Stage2_Resolve", "raising", "line_manager", kind="health")
    assert dispute.may_do("Stage2_Resolve", "receiving", "safeguarding_lead", kind="school")
    assert not dispute.may_do("Stage2_Resolve", "raising", "practitioner", kind="health")
    dispute.at("Wed 11 Mar 2026 17:00")
    assert dispute.left("Stage2") == ("deadline", "Wed 11 Mar 2026 17:00")


@clause(
    "WOL-2.2",
    takes=[
        without("Stage2_Agreed"),
        without("Stage2_Resolved"),
        without("Resolved_Confirmation"),
        prop("Resolved_Confirmation", "side", "both"),
        limit("Resolved_Confirmation", "working_days: 2", "working_days: 1"),
    ],
)
def test_WOL_2_2_agreed_among_managers_the_receiving_agency_confirms_within_two_further_days(play: Play) -> None:
    """Agreed on Tuesday 15:00 at stage 2: confirmed in writing by Thursday 17:00."""
    dispute = at_stage_2(play).done("Stage2_TakeToManager").at("Tue 10 Mar 2026 15:00")
    dispute.done("Stage2_Resolve", result="agreed")
    dispute.done("Resolution_Confirm", confirmed="yes", agreed_at="2026-03-10T15:00")
    assert dispute.dispute.resolved_stage == "Stage2"
    assert dispute.task("Resolved_Confirmation").side == "receiving"
    assert dispute.due("Resolved_Confirmation") == "Thu 12 Mar 2026 17:00"


@clause(
    "WOL-3.1",
    takes=[
        without("Stage3_Refer"),
        prop("Stage3_Refer", "tier", None),
        prop("Stage3_Refer", "side", "receiving"),
        limit("Stage3_Refer", "hours: 24", "working_days: 1"),
        limit("Stage3_Refer", "hours: 24", "hours: 23"),
        optional("hand-up", "handed_summary"),
        no_row("who_acts", '"senior_managers"', '"police"'),
    ],
)
def test_WOL_3_1_the_line_managers_of_both_refer_it_in_writing_within_24_hours(play: Play) -> None:
    """24 elapsed hours, over a weekend too, to the senior manager or other designated professional."""
    dispute = at_stage_3(play)
    task = dispute.task("Stage3_Refer")
    assert (task.tier, task.side) == ("line_managers", "both")
    assert dispute.due("Stage3_Refer") == "Thu 12 Mar 2026 17:00"
    with pytest.raises(FormInvalid):
        dispute.done("Stage3_Refer", handed_summary="")
    friday = begun(play, "Fri 6 Mar 2026 12:00", "2026-03-06T12:00").escalate().at("Fri 6 Mar 2026 13:00").escalate()
    assert friday.due("Stage3_Refer") == "Sat 7 Mar 2026 13:00"
    assert acting(play.pathway.tables, "senior_managers", "police")[0] == ("senior_manager",)


@clause(
    "WOL-3.2",
    takes=[
        without("Stage3_Talk"),
        without("Stage3_Deadline"),
        prop("Stage3_Talk", "side", "raising"),
        prop("Stage3_Talk", "tier", "line_managers"),
        limit("Stage3_Talk", "working_days: 2", "working_days: 1"),
        limit("Stage3_Deadline", "working_days: 3", "working_days: 2"),
    ],
)
def test_WOL_3_2_the_senior_managers_engage_within_two_days_and_day_10_ends_it(play: Play) -> None:
    """Referred on Thursday: by Monday 17:00; referred at once: by Friday."""
    dispute = at_stage_3(play).at("Thu 12 Mar 2026 10:00").done("Stage3_Refer")
    task = dispute.task("Stage3_Talk")
    assert (task.tier, task.side, dispute.due("Stage3_Talk")) == ("senior_managers", "both", "Mon 16 Mar 2026 17:00")
    assert at_stage_3(play).done("Stage3_Refer").due("Stage3_Talk") == "Fri 13 Mar 2026 17:00"
    dispute.at("Mon 16 Mar 2026 17:00")
    assert dispute.left("Stage3") == ("deadline", "Mon 16 Mar 2026 17:00")


@clause(
    "WOL-3.3",
    takes=[
        without("Stage3_Agreed"),
        without("Stage4_Agreed"),
        without("Stage3_Resolved"),
        without("Stage4_Resolved"),
        without("Resolved_Confirmation"),
        limit("Resolved_Confirmation", "working_days: 2", "working_days: 3"),
    ],
)
def test_WOL_3_3_a_resolution_at_stage_3_or_4_is_confirmed_in_writing_within_two_further_days(play: Play) -> None:
    """By the receiving agency, at either stage."""
    third = at_stage_3(play).at("Thu 12 Mar 2026 10:00").done("Stage3_Refer").done("Stage3_Talk", result="agreed")
    third.done("Resolution_Confirm", confirmed="yes")
    assert third.dispute.resolved_stage == "Stage3"
    assert third.task("Resolved_Confirmation").side == "receiving"
    assert third.due("Resolved_Confirmation") == "Mon 16 Mar 2026 17:00"
    fourth = at_stage_4(play).at("Thu 19 Mar 2026 10:00").done("Stage4_Escalate").done("Stage4_Write")
    fourth.done("Stage4_Meet", result="agreed").done("Resolution_Confirm", confirmed="yes")
    assert fourth.dispute.resolved_stage == "Stage4"
    assert fourth.due("Resolved_Confirmation") == "Mon 23 Mar 2026 17:00"


@clause(
    "WOL-4.1",
    takes=[
        without("Stage4_Escalate"),
        prop("Stage4_Escalate", "tier", None),
        prop("Stage4_Escalate", "side", "raising"),
        limit("Stage4_Escalate", "working_days: 2", "working_days: 3"),
        no_row("who_acts", '"directors"', '"voluntary"'),
        no_row("who_acts", '"directors"', '"health"'),
    ],
)
def test_WOL_4_1_the_senior_managers_raise_it_with_their_board_representative_within_two_days(play: Play) -> None:
    """Of both sides; the representative is the agency's or the sector's."""
    dispute = at_stage_4(play)
    task = dispute.task("Stage4_Escalate")
    assert (task.tier, task.side) == ("senior_managers", "both")
    assert dispute.due("Stage4_Escalate") == "Wed 18 Mar 2026 17:00"
    dispute.done("Stage4_Escalate")
    assert dispute.may_do("Stage4_Write", "raising", "director", kind="health")
    assert dispute.may_do("Stage4_Write", "raising", "board_representative", kind="voluntary")
    assert "representative" in acting(play.pathway.tables, "directors", "voluntary")[1]


@clause(
    "WOL-4.2",
    takes=[
        without("Stage4_Write"),
        without("Stage4_Meet"),
        without("Stage4_Deadline"),
        prop("Stage4_Write", "side", "both"),
        prop("Stage4_Meet", "side", "receiving"),
        limit("Stage4_Write", "working_days: 2", "working_days: 3"),
        limit("Stage4_Meet", "working_days: 4", "working_days: 3"),
        limit("Stage4_Deadline", "working_days: 4", "working_days: 5"),
        optional("write-to-counterpart", "letter"),
    ],
)
def test_WOL_4_2_the_raising_representative_writes_and_they_meet_within_two_further_days(play: Play) -> None:
    """Raised with them on Tuesday: written by Thursday; met by Friday, day 14, which ends the stage."""
    dispute = at_stage_4(play).at("Tue 17 Mar 2026 12:00").done("Stage4_Escalate")
    task = dispute.task("Stage4_Write")
    assert (task.tier, task.side, dispute.due("Stage4_Write")) == ("directors", "raising", "Thu 19 Mar 2026 17:00")
    with pytest.raises(FormInvalid):
        dispute.done("Stage4_Write", letter="")
    dispute.done("Stage4_Write", letter="We ask you to meet")
    task = dispute.task("Stage4_Meet")
    assert (task.tier, task.side, dispute.due("Stage4_Meet")) == ("directors", "both", "Fri 20 Mar 2026 17:00")
    dispute.at("Fri 20 Mar 2026 17:00")
    assert dispute.left("Stage4") == ("deadline", "Fri 20 Mar 2026 17:00")


@clause(
    "WOL-4.3",
    takes=[
        without("Stage4_ChairTold"),
        prop("Stage4_ChairTold", "to", "business_manager"),
        without("Exceptional_ConcernsPersist"),
    ],
)
def test_WOL_4_3_the_chair_is_told_as_stage_4_begins_and_decides_only_after_it_has_failed(play: Play) -> None:
    """A notice at entry and nothing to decide; nor does the end of stage 4 alone put it before the Chair."""
    assert at_stage_3(play).notices("Stage4_ChairTold") == []
    dispute = at_stage_4(play)
    assert [when for when, _ in dispute.notices("Stage4_ChairTold")] == ["Mon 16 Mar 2026 17:00"]
    assert "chair" in dispute.told("Stage4_ChairTold")
    assert {task.side for task in dispute.dispute.tasks if task.group is None} <= {"both", "raising", "receiving"}
    dispute = after_stage_4(play)
    assert dispute.stage is None
    assert dispute.open("Exceptional_ConcernsPersist")


@clause(
    "WOL-5.1",
    takes=[
        without("Exceptional_ConcernsPersist"),
        without("Exceptional_Referred"),
        prop("Exceptional_ConcernsPersist", "side", "both"),
        prop("Exceptional_ConcernsPersist", "alert", None),
        prop("Exceptional_Referred", "to", "chair"),
        limit("Exceptional_ConcernsPersist", "working_days: 2", "working_days: 3"),
        optional("concerns-persist", "referral_text"),
    ],
)
def test_WOL_5_1_where_concerns_persist_the_director_writes_to_the_chair_within_two_days(play: Play) -> None:
    """Never by a timer: the raising director is asked; a yes, with the letter, goes by the Business Manager."""
    dispute = after_stage_4(play)
    task = dispute.task("Exceptional_ConcernsPersist")
    assert (task.tier, task.side) == ("directors", "raising")
    assert dispute.due("Exceptional_ConcernsPersist") == "Tue 24 Mar 2026 17:00"
    with pytest.raises(FormInvalid):
        dispute.done("Exceptional_ConcernsPersist", persists="yes", referral_text="")
    dispute.at("Wed 25 Mar 2026 12:00")
    assert dispute.stage is None
    alerted = [when for when, to in dispute.notices("Exceptional_ConcernsPersist") if "business_manager" in to]
    assert alerted == ["Tue 24 Mar 2026 17:00", "Wed 25 Mar 2026 09:00"]
    dispute.done("Exceptional_ConcernsPersist", persists="yes", referral_text="The risk goes on")
    assert dispute.notices("Exceptional_Referred") == [("Wed 25 Mar 2026 12:00", {"chair", "business_manager"})]
    assert dispute.stage == "Exceptional"


@clause(
    "WOL-5.2",
    takes=[
        without("Exceptional_RepresentationRaising"),
        without("Exceptional_RepresentationReceiving"),
        without("Exceptional_Consider"),
        without("Exceptional_Decide"),
        without("Exceptional_TellAll"),
        prop("Exceptional_Decide", "side", "both"),
        prop("Exceptional_TellAll", "to", "raising"),
        prop("Decided", "end", "resolved"),
        limit("Exceptional_Decide", "working_days: 5", "working_days: 4"),
        limit("Exceptional_Deadline", "working_days: 5", "working_days: 6"),
        optional("representations", "representation_text"),
        no_choice("read-and-meet", "chair_meeting", "yes"),
        optional("final-decision", "decision"),
    ],
)
def test_WOL_5_2_the_chair_hears_both_in_writing_may_meet_and_decides_within_five_days(play: Play) -> None:
    """Brought on Tuesday the 24th: decided and told to all by Tuesday the 31st."""
    dispute = before_the_chair(play)
    assert dispute.deadline == "Tue 31 Mar 2026 17:00"
    dispute.done("Exceptional_ChooseWay", way="representations")
    with pytest.raises(FormInvalid):
        dispute.done("Exceptional_RepresentationRaising", representation="made", representation_text="")
    dispute.done("Exceptional_RepresentationRaising", side="raising")
    assert not dispute.open("Exceptional_Consider")
    dispute.done("Exceptional_RepresentationReceiving", side="receiving")
    assert not dispute.open("Exceptional_Decide")
    dispute.done("Exceptional_Consider", chair_meeting="yes", met_who="All levels", met_views="A way forward")
    task = dispute.task("Exceptional_Decide")
    assert (task.side, task.tier, dispute.due("Exceptional_Decide")) == (
        "partnership", "chair", "Tue 31 Mar 2026 17:00",
    )  # fmt: skip
    with pytest.raises(FormInvalid):
        dispute.done("Exceptional_Decide", decision="")
    dispute.at("Mon 30 Mar 2026 12:00").done("Exceptional_Decide", decision="The conference is called")
    assert [when for when, _ in dispute.notices("Exceptional_TellAll")] == ["Mon 30 Mar 2026 12:00"]
    assert "both" in dispute.told("Exceptional_TellAll")
    dispute.all_done("Decided_Debrief", "Decided_PolicyGap")
    assert dispute.dispute.ending is not None
    assert dispute.dispute.ending.how == "decided"


@clause(
    "WOL-5.2",
    takes=[
        prop("Exceptional_Decide", "side", "both"),
        prop("Exceptional_Decide", "tier", "any"),
        no_row("who_acts", '"chair"'),
    ],
)
def test_WOL_5_2_nobody_but_the_chair_makes_the_final_decision(play: Play) -> None:
    """Neither somebody of a side nor the Business Manager."""
    dispute = before_the_chair(play).done("Exceptional_ChooseWay", way="representations")
    dispute.done("Exceptional_RepresentationRaising").done("Exceptional_RepresentationReceiving")
    dispute.done("Exceptional_Consider")
    assert dispute.may_do("Exceptional_Decide", "the Board", "chair")
    assert not dispute.may_do("Exceptional_Decide", "raising", "director", "practitioner")
    assert not dispute.may_do("Exceptional_Decide", "the Board", "business_manager")


@clause(
    "WOL-5.3",
    takes=[
        without("Exceptional_UninvolvedChair"),
        without("Exceptional_Way"),
        limit("Exceptional_UninvolvedChair", "working_days: 5", "working_days: 4"),
        no_rules("choose-way"),
        no_choice("choose-way", "way", "uninvolved_chair"),
        limit("Exceptional_Decide", "working_days: 5", "working_days: 4"),
        optional("chair-report", "chair_report"),
    ],
)
def test_WOL_5_3_or_a_board_member_of_an_uninvolved_agency_chairs_a_meeting_and_reports_back(play: Play) -> None:
    """Within the same five days; one from an agency of either side is refused; the Chair decides on the report."""
    dispute = before_the_chair(play)
    for involved in ("raising", "receiving"):
        with pytest.raises(FormInvalid) as refused:
            dispute.done("Exceptional_ChooseWay", way="uninvolved_chair", chair_agency=involved)
        assert refused.value.errors.keys() == {"chair_agency"}
    dispute.done("Exceptional_ChooseWay", way="uninvolved_chair", chair_agency="third")
    assert not dispute.open("Exceptional_RepresentationRaising")
    assert dispute.due("Exceptional_UninvolvedChair") == "Tue 31 Mar 2026 17:00"
    with pytest.raises(FormInvalid):
        dispute.done("Exceptional_UninvolvedChair", chair_report="")
    dispute.at("Fri 27 Mar 2026 12:00").done("Exceptional_UninvolvedChair", chair_report="Both agree on the facts")
    assert dispute.due("Exceptional_Decide") == "Tue 31 Mar 2026 17:00"


@clause(
    "WOL-7.1",
    takes=[without("Resolved_Debrief"), without("Decided_Debrief"), prop("Decided_Debrief", "side", "raising")],
)
def test_WOL_7_1_a_debrief_is_offered_however_it_ended(play: Play) -> None:
    """After a resolution and after a decision, to both sides."""
    assert settled(play).all_done("Resolved_Confirmation", "Resolved_InformWorker").task("Resolved_Debrief").side == (
        "both"
    )
    assert decided(play).task("Decided_Debrief").side == "both"


@clause(
    "WOL-7.2",
    takes=[
        without("Resolved_PolicyGap"),
        without("Resolved_GapTold"),
        without("Decided_PolicyGap"),
        without("Decided_GapTold"),
        prop("Resolved_GapTold", "to", "both"),
        optional("policy-gap", "gap_what"),
    ],
)
def test_WOL_7_2_a_weakness_in_policy_goes_to_the_chair_or_the_business_manager(play: Play) -> None:
    """It is asked after a resolution and after a decision; a yes says what it is and is sent on."""
    dispute = settled(play).all_done("Resolved_Confirmation", "Resolved_InformWorker", "Resolved_Debrief")
    with pytest.raises(FormInvalid):
        dispute.done("Resolved_PolicyGap", gap="yes", gap_what="")
    dispute.done("Resolved_PolicyGap", gap="yes")
    assert dispute.told("Resolved_GapTold") & {"chair", "business_manager"}
    dispute = decided(play).done("Decided_Debrief").done("Decided_PolicyGap", gap="yes")
    assert dispute.told("Decided_GapTold") & {"chair", "business_manager"}


@clause(
    "WOL-8.1",
    takes=[
        optional("discuss", "note_approved"),
        optional("discuss", "discussed_at"),
        optional("discuss", "reasons_given"),
        prop("Stage2_Resolve", "form", "take-to-lead"),
        without("StageEnd_RecordRaising"),
    ],
)
def test_WOL_8_1_each_discussion_is_recorded_approved_and_dated(play: Play) -> None:
    """At every stage, and the stage's record is placed on file by each agency."""
    stages = {
        "Stage1": (["Stage1_Raise", "Stage1_Review"], "Stage1_Discuss"),
        "Stage2": (["Stage2_TakeToManager"], "Stage2_Resolve"),
        "Stage3": (["Stage3_Refer"], "Stage3_Talk"),
        "Stage4": (["Stage4_Escalate", "Stage4_Write"], "Stage4_Meet"),
    }
    dispute = begun(play)
    for stage, (before, talk) in stages.items():
        assert dispute.stage == stage
        dispute.all_done(*before)
        for key, nothing in (("note_approved", False), ("discussed_at", ""), ("reasons_given", "")):
            with pytest.raises(FormInvalid) as refused:
                dispute.done(talk, **{key: nothing})
            assert refused.value.errors.keys() == {key}
        dispute.done(talk)
        assert "reasons_given" in dispute.completed(talk).texts
    assert len(dispute.tasks("StageEnd_RecordRaising")) == 4
    assert len(dispute.tasks("StageEnd_RecordReceiving")) == 4


@clause("WOL-9.1", takes=[blank("contacts.board", "telephone"), blank("contacts.board", "email")])
def test_WOL_9_1_questions_go_to_the_board(play: Play) -> None:
    """Its address and number are in the settings, which are part of the version."""
    board = play.pathway.settings["contacts"]["board"]
    assert (board["email"], board["telephone"]) == ("wscb@wolverhampton.gov.uk", "01902 550645")


@clause(
    "WOL-R1",
    takes=[
        without("Risk_TellLead"),
        limit("Risk_TellLead", "immediately: true", "same_working_day: true"),
        optional("risk-tell-lead", "lead_told_at"),
        no_choice("risk-referral", "referred_by", "lead"),
        blank("front_door", "telephone"),
        without("Raised_RiskReported"),
    ],
)
def test_WOL_R1_the_designated_lead_is_informed_immediately_and_informs_mash(play: Play) -> None:
    """Who was told and when is recorded; by day the number shown is the MASH's."""
    assert begun(play, risk=True).due("Risk_TellLead") == DAY_0
    dispute = begun(play).at("Tue 3 Mar 2026 11:00").report_risk()
    assert dispute.due("Risk_TellLead") == "Tue 3 Mar 2026 11:00"
    with pytest.raises(FormInvalid):
        dispute.done("Risk_TellLead", lead_told_at="")
    dispute.done("Risk_Refer", referred_by="lead")
    by_day = advice(play.pathway, at("Tue 3 Mar 2026 11:00")).now
    assert (by_day.telephone, "MASH" in by_day.name) == ("01902 555392", True)


@clause(
    "WOL-R2",
    takes=[
        without("Risk_Refer"),
        limit("Risk_Refer", "immediately: true", "working_days: 1"),
        limit("Risk_CloseByLead", "same_working_day: true", "working_days: 1"),
        limit("StageEnd_RiskQuestion", "same_working_day: true", "working_days: 1"),
        blank("out_of_hours", "name"),
    ],
)
def test_WOL_R2_any_professional_has_it_escalated_on_the_same_working_day(play: Play) -> None:
    """The referral is due at once, everything about it the same day; outside hours the Emergency Duty Team is shown."""
    for side in ("raising", "receiving"):
        dispute = begun(play).at("Tue 3 Mar 2026 16:30").report_risk(side=side)
        assert dispute.due("Risk_Refer") == "Tue 3 Mar 2026 16:30"
        dispute.done("Risk_Refer", outcome=["mistake"])
        assert dispute.due("Risk_CloseByLead") == "Tue 3 Mar 2026 17:00"
    assert begun(play).at("Tue 3 Mar 2026 16:30").escalate().due("StageEnd_RiskQuestion") == "Tue 3 Mar 2026 17:00"
    assert "EDT" in advice(play.pathway, at("Sat 7 Mar 2026 12:00")).now.name


@clause(
    "WOL-R3",
    takes=[
        without("StageEnd_RiskQuestion"),
        without("StageEnd_RiskReported"),
        without("Stage1_Over"),
        without("Stage2_Over"),
        without("Stage3_Over"),
        without("Stage4_Over"),
        without("Exceptional_Over"),
        without("Resolved_StageEnded"),
    ],
)
def test_WOL_R3_whenever_a_stage_ends_risk_is_asked_and_leads_to_an_immediate_referral(play: Play) -> None:
    """After each of the four stages, after the Chair's decision, and after a resolution."""
    for n, reach in enumerate((at_stage_2, at_stage_3, at_stage_4, after_stage_4), 1):
        dispute = reach(play)
        assert len(dispute.tasks("StageEnd_RiskQuestion")) == n
        dispute.done("StageEnd_RiskQuestion", at_risk="yes")
        assert dispute.open("Risk_Refer")
    assert len(decided(play).tasks("StageEnd_RiskQuestion")) == 5
    assert len(settled(play).tasks("StageEnd_RiskQuestion")) == 1


REASONS = (
    "course_of_action", "action_not_completed", "threshold", "agency_involvement", "conference_refused",
    "agency_response", "sharing_or_services",
)  # fmt: skip


@clause(
    "WOL reasons",
    partnerships=(WOLVERHAMPTON,),
    takes=[*(no_choice("raise", "reasons", reason) for reason in REASONS), optional("raise", "reasons")],
)
def test_WOL_reasons_for_raising_are_the_protocols(play: Play) -> None:
    """Each can be chosen, several at once, none cannot."""
    assert begun(play, reasons=list(REASONS)).stage == "Stage1"
    with pytest.raises(FormInvalid):
        begun(play, reasons=[])


@clause(
    "WOL members",
    partnerships=(WOLVERHAMPTON,),
    takes=[no_contact("West Midlands Police"), no_contact("City of Wolverhampton Council")],
)
def test_WOL_appendix_2_the_members_are_listed_and_the_doubtful_number_is_marked(play: Play) -> None:
    """21 members with a number each; the one that looks like a slip is kept as printed, to be verified."""
    members = tomllib.loads(play.files()["bpmn/wolverhampton/contacts.toml"].decode())["contact"]
    assert len(members) == 21
    assert all(member["agency"] and member["role"] and member["telephone"] for member in members)
    doubtful = [member for member in members if member.get("verify")]
    assert [member["telephone"] for member in doubtful] == ["01905 550477"]


@clause(
    "T13",
    partnerships=(WOLVERHAMPTON,),
    takes=[
        limit("Stage1_Deadline", "working_days: 5", "working_days: 4"),
        limit("Stage4_Deadline", "working_days: 4", "working_days: 5"),
        swapped("Stage1_Over", "Stage2", "Stage3"),
    ],
)
def test_WOL_4_stages_1_to_3_take_10_working_days_and_with_stage_4_14(play: Play) -> None:
    """Each stage entered as the one before it runs out: days 5, 7, 10 and 14."""
    dispute = after_stage_4(play)
    left = [(stage, *dispute.left(stage)) for stage in ("Stage1", "Stage2", "Stage3", "Stage4")]
    assert left == [
        ("Stage1", "deadline", "Mon 9 Mar 2026 17:00"),
        ("Stage2", "deadline", "Wed 11 Mar 2026 17:00"),
        ("Stage3", "deadline", "Mon 16 Mar 2026 17:00"),
        ("Stage4", "deadline", "Fri 20 Mar 2026 17:00"),
    ]
    assert not dispute.effects("CumulativeExceeded")

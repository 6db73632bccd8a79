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


REFERRED = ("Stage3_ReferRaising", "Stage3_ReferReceiving")


def settled(play: Play) -> Played:
    """Agreed at stage 1 on Thursday at 15:00 and confirmed half an hour later."""
    dispute = begun(play).at("Wed 4 Mar 2026 12:00").done("Stage1_Raise").at("Thu 5 Mar 2026 15:00")
    dispute.done("Stage1_Review")
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
    assert outside.open("ScreenedOut_Lead")
    assert not begun(play).open("Risk_Refer")
    assert "EDT" in advice(play.pathway, at("Mon 2 Mar 2026 20:00")).now.name
    assert "MASH" in advice(play.pathway, at(DAY_0)).now.name


@clause("WOL-0.1", takes=[without("Raised_RiskReported"), without("StageEnd_RiskReportedRaising")])
def test_WOL_0_1_the_diagram_shows_at_risk_to_mash_where_the_chart_does(play: Play) -> None:
    """As the first question, and beside each stage's end: a yes leads to MASH or the EDT at once."""
    elements = play.pathway.diagram.elements
    for reported in ("Raised_RiskReported", "StageEnd_RiskReportedRaising", "StageEnd_RiskReportedReceiving"):
        assert reported in elements
        assert (elements[reported].signal, elements[reported].name) == ("risk_reported", "MASH or EDT at once")
    first = next(flow for flow in play.pathway.diagram.flows if flow.source == play.pathway.start.id)
    assert elements[first.target].name == "Is a child at risk of significant harm?"
    for stage in ("Stage1", "Stage2", "Stage3", "Stage4", "Exceptional"):
        assert elements[f"{stage}_Over"].name.endswith("at risk?")


@clause(
    "WOL-0.2",
    takes=[
        without("Raised_Scope"),
        without("ScreenedOut_Pointed"),
        prop("ScreenedOut_Pointed", "to", "business_manager"),
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
    """One agency's inner dispute and a complaint about a person both; no stage begins, and whoever raised it hears."""
    with pytest.raises(FormInvalid):
        begun(play, scope="")
    assert begun(play, scope="between_agencies").stage == "Stage1"
    for scope in ("within_agency", "individual_practice"):
        dispute = play.raised(DAY_0, scope=scope)
        assert dispute.stage is None
        assert dispute.notices("ScreenedOut_Pointed") == [(DAY_0, {"raising"})]
        assert any("own agency's procedure" in field.text for field in play.form("ScreenedOut_Lead").fields)
        assert play.pathway.settings["scope"][scope]
        dispute.done("ScreenedOut_Lead", reversed="no")
        dispute.all_done("Screened_RiskQuestionRaising", "Screened_RiskQuestionReceiving")
        assert dispute.dispute.ending is not None
        assert dispute.dispute.ending.how == "screened_out"
        assert dispute.dispute.visits == ()
        assert dispute.dispute.closed == at(DAY_0)


@clause(
    "WOL-0.2a",
    takes=[
        without("ScreenedOut_Lead"),
        without("ScreenedOut_Reversed"),
        prop("ScreenedOut_Lead", "side", "both"),
        prop("ScreenedOut_Lead", "role", None),
        prop("ScreenedOut_Lead", "alert", None),
        prop("ScreenedOut_Lead", "overdue", None),
        limit("ScreenedOut_Lead", "working_days: 1", "working_days: 2"),
        swapped("ScreenedOut_Reversed", "Raised_Begun", "ScreenedOut"),
        no_choice("screened-out", "reversed", "yes"),
        optional("screened-out", "reversal_reason"),
    ],
)
def test_WOL_0_2a_a_safeguarding_lead_may_reverse_a_screening_out(play: Play) -> None:
    """With a reason: then stage 1 begins. Unanswered, nothing is ended by time, and the business manager may answer."""
    dispute = play.raised(DAY_0, scope="within_agency")
    assert dispute.due("ScreenedOut_Lead") == "Tue 3 Mar 2026 17:00"
    assert dispute.may_do("ScreenedOut_Lead", "raising", "safeguarding_lead")
    assert not dispute.may_do("ScreenedOut_Lead", "raising", "practitioner", "director")
    assert not dispute.may_do("ScreenedOut_Lead", "receiving", "safeguarding_lead")
    dispute.at("Wed 4 Mar 2026 12:00")
    assert dispute.dispute.ending is None
    assert "business_manager" in dispute.told("ScreenedOut_Lead")
    assert dispute.may_do("ScreenedOut_Lead", "office", "business_manager", kind="partnership")
    with pytest.raises(FormInvalid):
        dispute.done("ScreenedOut_Lead", reversed="yes", reversal_reason="")
    dispute.done("ScreenedOut_Lead", reversed="yes", reversal_reason="The other agency closed the case")
    assert (dispute.stage, dispute.deadline) == ("Stage1", "Wed 11 Mar 2026 17:00")
    assert dispute.open("Begun_TellLeadReceiving")
    assert dispute.dispute.ending is None


@clause(
    "WOL-0.3",
    takes=[
        no_field("lead-and-others", "lead_told_at"),
        no_field("lead-and-others", "others_involved"),
    ],
)
def test_WOL_0_3_the_own_lead_is_involved_and_the_others_involved_are_named(play: Play) -> None:
    """When the lead was told, and which other agencies and staff work with the family, are asked for."""
    task = "Begun_TellLeadRaising"
    dispute = begun(play).done(task, lead_told_at="2026-03-02T09:00", others_involved="Health visitor")
    assert dispute.completed(task).data["answers"]["lead_told_at"] == "2026-03-02T09:00"
    assert "others_involved" in dispute.completed(task).texts
    for key in ("lead_told_at", "others_involved"):
        with pytest.raises(FormInvalid) as refused:
            begun(play).done(task, **{key: ""})
        assert refused.value.errors.keys() == {key}


@clause(
    "WOL-0.3",
    takes=[
        without("Begun_TellLeadRaising"),
        without("Begun_TellLeadReceiving"),
        prop("Begun_TellLeadReceiving", "side", "both"),
        limit("Begun_TellLeadReceiving", "working_days: 1", "working_days: 2"),
        optional("lead-and-others", "lead_told_at"),
        optional("lead-and-others", "others_involved"),
    ],
)
def test_WOL_0_3_each_agency_involves_its_own_lead_and_it_outlives_stage_1(play: Play) -> None:
    """Neither side's lead stands for the other's; each names the others involved, too."""
    dispute = begun(play)
    for side in ("raising", "receiving"):
        task = dispute.task(f"Begun_TellLead{side.title()}")
        assert (task.side, task.tier, dispute.due(task.element)) == (side, "practitioners", "Tue 3 Mar 2026 17:00")
        for key in ("lead_told_at", "others_involved"):
            with pytest.raises(FormInvalid):
                dispute.done(task.element, **{key: ""})
    dispute.at("Wed 11 Mar 2026 17:00")
    assert dispute.stage == "Stage3"
    assert dispute.open("Begun_TellLeadRaising")
    assert dispute.open("Begun_TellLeadReceiving")


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
    assert dispute.deadline == "Fri 6 Mar 2026 17:00"
    assert not begun(play).effects("CumulativeExceeded")
    late = begun(play, "Mon 9 Mar 2026 10:00")
    assert late.stage == "Stage1"
    assert late.task("Stage1_Raise").side == "raising"
    assert late.effect("CumulativeExceeded", "Stage1").data["why"] == "raised late"
    assert "business_manager" in late.told("Stage1")


@clause("WOL-1.2", takes=[optional("details", "evidence"), optional("raise-with-practitioner", "raised_reasons")])
def test_WOL_1_2_clear_evidence_based_reasons_are_given(play: Play) -> None:
    """To the other practitioner and for the record; neither can be left out."""
    with pytest.raises(FormInvalid):
        begun(play).done("Details_Say", evidence="")
    with pytest.raises(FormInvalid):
        begun(play).done("Stage1_Raise", raised_reasons="")
    dispute = begun(play).done("Details_Say", evidence="Three missed visits")
    dispute.done("Stage1_Raise", raised_reasons="Three missed visits")
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
        limit("Stage1_Deadline", ", after_first_part: 3", ""),
        limit("Stage1_Deadline", "after_first_part: 3", "after_first_part: 4"),
        limit("Stage1_Deadline", "working_days: 5", "working_days: 6"),
        prop("Stage1_Raise", "first_part", None),
        optional("review-case-file", "file_reviewed"),
    ],
)
def test_WOL_1_3_raised_on_day_2_the_receiving_agency_has_reviewed_and_spoken_by_day_5(play: Play) -> None:
    """The story: three days from when it was raised with the practitioner, and the stage ends with them."""
    dispute = begun(play)
    assert dispute.due("Stage1_Review") == "Mon 9 Mar 2026 17:00"
    dispute.at("Wed 4 Mar 2026 12:00").done("Stage1_Raise")
    assert dispute.task("Stage1_Review").side == "receiving"
    assert dispute.due("Stage1_Review") == "Mon 9 Mar 2026 17:00"
    with pytest.raises(FormInvalid):
        dispute.done("Stage1_Review", file_reviewed=False)
    dispute.done("Stage1_Review")
    assert dispute.task("Stage1_Discuss").side == "receiving"
    assert dispute.due("Stage1_Discuss") == "Mon 9 Mar 2026 17:00"
    dispute.at("Mon 9 Mar 2026 17:00")
    assert dispute.left("Stage1") == ("deadline", "Mon 9 Mar 2026 17:00")
    assert not dispute.effects("CumulativeExceeded")
    early = begun(play).at("Mon 2 Mar 2026 12:00").done("Stage1_Raise")
    assert (early.deadline, early.due("Stage1_Review")) == ("Thu 5 Mar 2026 17:00", "Thu 5 Mar 2026 17:00")
    assert early.timers("reminder", "Stage1_Reminder") == ["Wed 4 Mar 2026 17:00"]


@clause(
    "WOL-1.3",
    takes=[
        limit("Stage1_Deadline", ", after_first_part: 3", ""),
        limit("Stage1_Deadline", "cumulative: 5", "cumulative: 50"),
        prop("Stage1_Raise", "first_part", None),
    ],
)
def test_WOL_1_3_raised_late_there_are_three_days_all_the_same_and_the_maximum_is_flagged(play: Play) -> None:
    """Raised with the practitioner on day 4: until day 7, which the business manager hears of."""
    dispute = begun(play).at("Fri 6 Mar 2026 12:00").done("Stage1_Raise")
    assert dispute.effects("TaskOverdue", "Stage1_Raise")
    assert dispute.deadline == "Wed 11 Mar 2026 17:00"
    assert dispute.due("Stage1_Review") == "Wed 11 Mar 2026 17:00"
    flagged = dispute.effect("CumulativeExceeded", "Stage1").data
    assert (flagged["used"], flagged["maximum"], flagged["why"]) == (7, 5, "raised late")
    assert dispute.told("Stage1") == {"business_manager"}
    assert dispute.at("Wed 11 Mar 2026 17:00").left("Stage1") == ("deadline", "Wed 11 Mar 2026 17:00")
    assert dispute.deadline == "Fri 13 Mar 2026 17:00"


@clause("WOL-1.3", takes=[limit("Stage1_Deadline", "working_days: 5", "working_days: 6"), without("Stage1_Fork")])
def test_WOL_1_3_never_raised_with_the_practitioner_the_stage_ends_five_days_after_it_began(play: Play) -> None:
    """The receiving agency may review all the same; what was not done is recorded and told to the next tier."""
    dispute = begun(play).at("Tue 3 Mar 2026 12:00").done("Stage1_Review")
    assert dispute.due("Stage1_Discuss") == "Mon 9 Mar 2026 17:00"
    dispute.at("Mon 9 Mar 2026 17:00")
    assert dispute.left("Stage1") == ("deadline", "Mon 9 Mar 2026 17:00")
    undone = {entry.element: entry.data["why"] for entry in dispute.effects("TaskInterrupted")}
    assert undone == {"Stage1_Raise": "deadline", "Stage1_Discuss": "deadline"}
    said = [e.data for e in dispute.effects("NoticeQueued") if str(e.data["message"]).startswith("Not done in time")]
    assert [data["to"] for data in said] == ["line_managers"]
    later = begun(play, "Wed 4 Mar 2026 10:00")
    assert later.deadline == "Wed 11 Mar 2026 17:00"


@clause("WOL-1.3", takes=[limit("Stage1_Deadline", ", after_first_part: 3", "")])
def test_WOL_1_3_a_protective_timescale_is_kept_when_it_is_raised_with_the_practitioner(play: Play) -> None:
    """Its share stays the stage's time where that is sooner; put off again, the three days hold."""
    dispute = begun(play).at("Mon 2 Mar 2026 12:00").protect("Thu 5 Mar 2026 16:00")
    shared = dispute.deadline
    dispute.at("Mon 2 Mar 2026 13:00").done("Stage1_Raise")
    assert (dispute.deadline, dispute.due("Stage1_Review")) == (shared, shared)
    assert dispute.protect("Wed 1 Jul 2026 12:00").deadline == "Thu 5 Mar 2026 17:00"


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
        without("Stage2_TakeToManagerRaising"),
        without("Stage2_TakeToManagerReceiving"),
        without("Stage2_FirstOver"),
        without("Stage2_Resolve"),
        without("Stage2_Deadline"),
        prop("Stage2_TakeToManagerRaising", "side", "both"),
        prop("Stage2_TakeToManagerReceiving", "tier", None),
        prop("Stage2_Resolve", "side", "receiving"),
        limit("Stage2_TakeToManagerReceiving", "working_days: 1", "working_days: 2"),
        limit("Stage2_FirstOver", "working_days: 1", "working_days: 2"),
        limit("Stage2_Resolve", "working_days: 2", "working_days: 1"),
        limit("Stage2_Deadline", "working_days: 2", "working_days: 3"),
        no_field("take-to-lead", "taken_to"),
        no_row("who_acts", '"line_managers"', '"school"'),
        no_row("who_acts", '"line_managers"', '"health"'),
    ],
)
def test_WOL_2_1_each_practitioner_takes_it_to_their_manager_who_have_two_days(play: Play) -> None:
    """Each for itself, then the managers or named leads of both, whatever was not done; day 7 ends it."""
    dispute = at_stage_2(play)
    assert (dispute.stage, dispute.deadline) == ("Stage2", "Wed 11 Mar 2026 17:00")
    for side in ("raising", "receiving"):
        task = dispute.task(f"Stage2_TakeToManager{side.title()}")
        assert (task.side, task.tier, dispute.due(task.element)) == (side, "practitioners", "Tue 10 Mar 2026 17:00")
    dispute.at("Tue 10 Mar 2026 11:00").done("Stage2_TakeToManagerRaising", taken_to="Team manager")
    assert dispute.open("Stage2_TakeToManagerReceiving")
    assert not dispute.open("Stage2_Resolve")
    assert dispute.at("Tue 10 Mar 2026 17:00").open("Stage2_Resolve")
    assert dispute.effect("TaskInterrupted", "Stage2_TakeToManagerReceiving").data["why"] == "deadline"
    dispute = at_stage_2(play).done("Stage2_TakeToManagerRaising").done("Stage2_TakeToManagerReceiving")
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
    dispute = at_stage_2(play).done("Stage2_TakeToManagerRaising").done("Stage2_TakeToManagerReceiving")
    dispute.at("Tue 10 Mar 2026 15:00")
    dispute.done("Stage2_Resolve", side="receiving", result="agreed")
    dispute.done("Resolution_Confirm", confirmed="yes", agreed_at="2026-03-10T15:00")
    assert dispute.dispute.resolved_stage == "Stage2"
    assert dispute.task("Resolved_Confirmation").side == "receiving"
    assert dispute.due("Resolved_Confirmation") == "Thu 12 Mar 2026 17:00"


@clause(
    "WOL-3.1",
    takes=[
        without("Stage3_ReferRaising"),
        without("Stage3_ReferReceiving"),
        without("Stage3_FirstOver"),
        prop("Stage3_ReferRaising", "tier", None),
        prop("Stage3_ReferReceiving", "side", "both"),
        limit("Stage3_ReferRaising", "hours: 24", "working_days: 1"),
        limit("Stage3_ReferReceiving", "hours: 24", "hours: 23"),
        limit("Stage3_FirstOver", "hours: 24", "hours: 25"),
        optional("refer-to-senior-manager", "referred_summary"),
        no_row("who_acts", '"senior_managers"', '"police"'),
    ],
)
def test_WOL_3_1_each_line_manager_refers_it_in_writing_within_24_hours(play: Play) -> None:
    """24 elapsed hours, over a weekend too, to the own senior manager; neither holds up the talk after that."""
    dispute = at_stage_3(play)
    for side in ("raising", "receiving"):
        task = dispute.task(f"Stage3_Refer{side.title()}")
        assert (task.tier, task.side, dispute.due(task.element)) == ("line_managers", side, "Thu 12 Mar 2026 17:00")
        with pytest.raises(FormInvalid):
            dispute.done(task.element, referred_summary="")
    dispute.done("Stage3_ReferReceiving").at("Thu 12 Mar 2026 17:00")
    assert dispute.open("Stage3_Talk")
    assert dispute.effect("TaskInterrupted", "Stage3_ReferRaising").data["why"] == "deadline"
    friday = begun(play, "Fri 6 Mar 2026 12:00", "2026-03-06T12:00").escalate().at("Fri 6 Mar 2026 13:00").escalate()
    assert friday.due("Stage3_ReferRaising") == "Sat 7 Mar 2026 13:00"
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
    dispute = at_stage_3(play).at("Thu 12 Mar 2026 10:00").all_done(*REFERRED)
    task = dispute.task("Stage3_Talk")
    assert (task.tier, task.side, dispute.due("Stage3_Talk")) == ("senior_managers", "both", "Mon 16 Mar 2026 17:00")
    assert at_stage_3(play).all_done(*REFERRED).due("Stage3_Talk") == "Fri 13 Mar 2026 17:00"
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
    third = at_stage_3(play).at("Thu 12 Mar 2026 10:00").all_done(*REFERRED)
    third.done("Stage3_Talk", side="receiving", result="agreed")
    third.done("Resolution_Confirm", confirmed="yes")
    assert third.dispute.resolved_stage == "Stage3"
    assert third.task("Resolved_Confirmation").side == "receiving"
    assert third.due("Resolved_Confirmation") == "Mon 16 Mar 2026 17:00"
    fourth = at_stage_4(play).at("Thu 19 Mar 2026 10:00").done("Stage4_Write")
    fourth.done("Stage4_Meet", side="receiving", result="agreed").done("Resolution_Confirm", confirmed="yes")
    assert fourth.dispute.resolved_stage == "Stage4"
    assert fourth.due("Resolved_Confirmation") == "Mon 23 Mar 2026 17:00"


@clause(
    "WOL-4.1",
    takes=[
        without("Stage4_Escalate"),
        without("Stage4_FirstOver"),
        prop("Stage4_Escalate", "tier", None),
        prop("Stage4_Escalate", "side", "both"),
        limit("Stage4_Escalate", "working_days: 2", "working_days: 3"),
        limit("Stage4_FirstOver", "working_days: 2", "working_days: 3"),
        no_row("who_acts", '"directors"', '"voluntary"'),
        no_row("who_acts", '"directors"', '"health"'),
    ],
)
def test_WOL_4_1_the_raising_senior_manager_raises_it_with_their_board_representative_within_two_days(
    play: Play,
) -> None:
    """Of the raising side alone; the representative is the agency's or the sector's, and waits no longer."""
    dispute = at_stage_4(play)
    task = dispute.task("Stage4_Escalate")
    assert (task.tier, task.side) == ("senior_managers", "raising")
    assert dispute.due("Stage4_Escalate") == "Wed 18 Mar 2026 17:00"
    assert not dispute.may_do("Stage4_Escalate", "receiving", "senior_manager", kind="health")
    silent = at_stage_4(play).at("Wed 18 Mar 2026 17:00")
    assert silent.open("Stage4_Write")
    assert silent.effect("TaskInterrupted", "Stage4_Escalate").data["why"] == "deadline"
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
        without("Stage4_MeetAllTheSame"),
        prop("Stage4_Write", "side", "both"),
        prop("Stage4_Meet", "side", "receiving"),
        limit("Stage4_Write", "working_days: 1", "working_days: 2"),
        limit("Stage4_MeetAllTheSame", "working_days: 1", "working_days: 2"),
        limit("Stage4_Meet", "working_days: 2", "working_days: 3"),
        limit("Stage4_Deadline", "working_days: 4", "working_days: 5"),
        optional("write-to-counterpart", "letter"),
    ],
)
def test_WOL_4_2_the_raising_representative_writes_and_they_meet_within_two_further_days(play: Play) -> None:
    """Raised with them on Tuesday: written on Wednesday, met by Thursday; day 14 ends the stage."""
    dispute = at_stage_4(play).at("Tue 17 Mar 2026 12:00").done("Stage4_Escalate")
    task = dispute.task("Stage4_Write")
    assert (task.tier, task.side, dispute.due("Stage4_Write")) == ("directors", "raising", "Wed 18 Mar 2026 17:00")
    with pytest.raises(FormInvalid):
        dispute.done("Stage4_Write", letter="")
    dispute.done("Stage4_Write", letter="We ask you to meet")
    task = dispute.task("Stage4_Meet")
    assert (task.tier, task.side, dispute.due("Stage4_Meet")) == ("directors", "both", "Thu 19 Mar 2026 17:00")
    dispute.at("Fri 20 Mar 2026 17:00")
    assert dispute.left("Stage4") == ("deadline", "Fri 20 Mar 2026 17:00")
    unwritten = at_stage_4(play).done("Stage4_Escalate").at("Tue 17 Mar 2026 17:00")
    assert unwritten.open("Stage4_Meet")
    assert unwritten.effect("TaskInterrupted", "Stage4_Write").data["why"] == "deadline"


@clause(
    "WOL-4.3",
    takes=[
        without("Stage4_ChairTold"),
        without("Stage4_Mediation"),
        without("Mediation_Mediate"),
        prop("Stage4_ChairTold", "to", "business_manager"),
        prop("Mediation_Mediate", "side", "both"),
        prop("Mediation_Mediate", "tier", "directors"),
        prop("Mediation_Mediate", "alert", None),
        limit("Mediation_Mediate", "working_days: 4", "working_days: 5"),
        optional("mediate", "mediation_note"),
        no_choice("mediate", "mediated", "mediated"),
        without("Exceptional_ConcernsPersist"),
    ],
)
def test_WOL_4_3_the_chair_mediates_beside_stage_4_and_decides_only_after_it_has_failed(play: Play) -> None:
    """Referred as stage 4 begins; what was done is recorded; nothing of the stage waits for it, and it outlives it."""
    assert at_stage_3(play).notices("Stage4_ChairTold") == []
    dispute = at_stage_4(play)
    assert [when for when, _ in dispute.notices("Stage4_ChairTold")] == ["Mon 16 Mar 2026 17:00"]
    assert "chair" in dispute.told("Stage4_ChairTold")
    task = dispute.task("Mediation_Mediate")
    assert (task.side, task.tier, dispute.due("Mediation_Mediate")) == ("partnership", "chair", "Fri 20 Mar 2026 17:00")
    assert dispute.may_do("Mediation_Mediate", "the Board", "chair")
    assert not dispute.may_do("Mediation_Mediate", "raising", "director")
    with pytest.raises(FormInvalid):
        dispute.done("Mediation_Mediate", mediated="mediated", mediation_note="")
    dispute.done("Mediation_Mediate", mediated="mediated", mediation_note="All of them met")
    went_on = at_stage_4(play).done("Stage4_Escalate").done("Stage4_Write").done("Stage4_Meet")
    assert went_on.open("Mediation_Mediate")
    assert went_on.open("Exceptional_ConcernsPersist")
    dispute = after_stage_4(play)
    assert dispute.stage is None
    assert dispute.open("Exceptional_ConcernsPersist")
    assert dispute.open("Mediation_Mediate")
    assert "business_manager" in dispute.told("Mediation_Mediate")


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
        limit("Exceptional_RepresentationReceiving", "working_days: 2", "working_days: 3"),
        limit("Exceptional_HearOver", "working_days: 2", "working_days: 3"),
        without("Exceptional_HearOver"),
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
    assert dispute.due("Exceptional_RepresentationReceiving") == "Thu 26 Mar 2026 17:00"
    silent = before_the_chair(play).done("Exceptional_ChooseWay", way="representations")
    silent.done("Exceptional_RepresentationRaising").at("Thu 26 Mar 2026 17:00")
    assert silent.open("Exceptional_Consider")
    assert silent.effect("TaskInterrupted", "Exceptional_RepresentationReceiving").data["why"] == "deadline"
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
    assert dispute.dispute.ending is not None
    assert dispute.dispute.ending.how == "decided"


@clause(
    "WOL-5.2a",
    takes=[
        prop("Exceptional_Decide", "side", "both"),
        prop("Exceptional_Decide", "tier", "any"),
        no_row("who_acts", '"chair"'),
    ],
)
def test_WOL_5_2a_nobody_but_the_chair_makes_the_final_decision(play: Play) -> None:
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
        without("Exceptional_ReportOver"),
        without("Exceptional_Way"),
        limit("Exceptional_UninvolvedChair", "working_days: 4", "working_days: 3"),
        limit("Exceptional_ReportOver", "working_days: 4", "working_days: 3"),
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
    assert dispute.due("Exceptional_UninvolvedChair") == "Mon 30 Mar 2026 17:00"
    with pytest.raises(FormInvalid):
        dispute.done("Exceptional_UninvolvedChair", chair_report="")
    dispute.at("Fri 27 Mar 2026 12:00").done("Exceptional_UninvolvedChair", chair_report="Both agree on the facts")
    assert dispute.due("Exceptional_Decide") == "Tue 31 Mar 2026 17:00"
    late = before_the_chair(play).done("Exceptional_ChooseWay", way="uninvolved_chair", chair_agency="third")
    assert not late.at("Fri 27 Mar 2026 17:00").open("Exceptional_Decide")
    assert late.at("Mon 30 Mar 2026 17:00").open("Exceptional_Decide")
    assert late.effect("TaskInterrupted", "Exceptional_UninvolvedChair").data["why"] == "deadline"


@clause(
    "WOL-5.3",
    takes=[
        without("Exceptional_InWriting"),
        limit("Exceptional_InWriting", "working_days: 1", "working_days: 2"),
        limit("Exceptional_ChooseWay", "working_days: 1", "working_days: 2"),
        prop("Exceptional_ChooseWay", "alert", None),
        swapped("Exceptional_InWriting", "Exceptional_Hear", "Exceptional_Decide"),
    ],
)
def test_WOL_5_3_where_no_way_is_chosen_representations_are_sought_which_come_first(play: Play) -> None:
    """A working day after it was brought to the Chair, so that both can be heard before the decision is due."""
    dispute = before_the_chair(play)
    assert dispute.due("Exceptional_ChooseWay") == "Wed 25 Mar 2026 17:00"
    dispute.at("Wed 25 Mar 2026 17:00")
    assert dispute.effect("TaskInterrupted", "Exceptional_ChooseWay").data["why"] == "deadline"
    for side in ("Raising", "Receiving"):
        assert dispute.due(f"Exceptional_Representation{side}") == "Fri 27 Mar 2026 17:00"
    said = [e.data for e in dispute.effects("NoticeQueued") if "Choose the way" in str(e.data["message"])]
    assert "business_manager" in said[-1]["to"]


@clause(
    "WOL-7.1",
    takes=[
        without("Resolved_Afterwards"),
        without("Decided_Afterwards"),
        without("NotPursued_Afterwards"),
        without("Withdrawn_Afterwards"),
        without("Afterwards_Debrief"),
        prop("Afterwards_Debrief", "side", "raising"),
    ],
)
def test_WOL_7_1_a_debrief_is_offered_however_it_ended(play: Play) -> None:
    """After a resolution, a decision, a withdrawal and where concerns are not pursued; to both sides."""
    dropped = after_stage_4(play).done("Exceptional_ConcernsPersist", persists="no").done("NotPursued_Countersign")
    left = begun(play).withdraw().done("Withdrawal_Countersign")
    resolved = settled(play).all_done("Resolved_Confirmation", "Resolved_InformWorker")
    for dispute in (resolved, decided(play), dropped, left):
        assert dispute.task("Afterwards_Debrief").side == "both"


@clause(
    "WOL-7.2",
    takes=[
        without("Afterwards_PolicyGapRaising"),
        without("Afterwards_PolicyGapReceiving"),
        prop("Afterwards_PolicyGapReceiving", "side", "both"),
        limit("Afterwards_PolicyGapRaising", "working_days: 5", "working_days: 6"),
        optional("policy-gap", "gap_what"),
    ],
)
def test_WOL_7_2_each_agency_is_asked_whether_it_showed_a_weakness_in_policy(play: Play) -> None:
    """However it ended; what it is has to be said, and a no ends the matter for that agency alone."""
    for side in ("Raising", "Receiving"):
        dispute = decided(play)
        assert dispute.task(f"Afterwards_PolicyGap{side}").side == side.lower()
        assert dispute.due(f"Afterwards_PolicyGap{side}") == "Wed 8 Apr 2026 17:00"
        with pytest.raises(FormInvalid):
            dispute.done(f"Afterwards_PolicyGap{side}", gap="yes", gap_what="")
    resolved = settled(play).all_done("Resolved_Confirmation", "Resolved_InformWorker")
    assert resolved.done("Afterwards_PolicyGapRaising", gap="no").open("Afterwards_PolicyGapReceiving")
    assert not resolved.open("Afterwards_InformChairRaising")


@clause(
    "WOL-7.2a",
    takes=[
        without("Afterwards_PolicyGapRaising"),
        without("Afterwards_PolicyGapReceiving"),
        without("Afterwards_InformChairRaising"),
        without("Afterwards_InformChairReceiving"),
        without("Afterwards_GapToldRaising"),
        without("Afterwards_GapToldReceiving"),
        prop("Afterwards_GapToldReceiving", "to", "both"),
        prop("Afterwards_InformChairRaising", "tier", "any"),
        prop("Afterwards_InformChairReceiving", "side", "raising"),
        limit("Afterwards_InformChairRaising", "working_days: 2", "working_days: 3"),
        optional("inform-chair", "weakness"),
    ],
)
def test_WOL_7_2a_a_weakness_in_policy_goes_to_the_representative_who_informs_the_chair(play: Play) -> None:
    """That of the agency which says so, to the Chair, by way of the Business Manager."""
    for side in ("Raising", "Receiving"):
        dispute = decided(play).done(f"Afterwards_PolicyGap{side}", gap="yes")
        task = dispute.task(f"Afterwards_InformChair{side}")
        assert (task.side, task.tier, dispute.due(task.element)) == (side.lower(), "directors", "Wed 1 Apr 2026 17:00")
        assert dispute.may_do(task.element, side.lower(), "board_representative", kind="school")
        assert not dispute.may_do(task.element, side.lower(), "practitioner", kind="school")
        assert dispute.notices(f"Afterwards_GapTold{side}") == []
        with pytest.raises(FormInvalid):
            dispute.done(task.element, weakness="")
        dispute.done(task.element)
        assert dispute.told(f"Afterwards_GapTold{side}") == {"chair", "business_manager"}


@clause(
    "WOL-8.1",
    takes=[
        *(without(f"{stage}_Noted") for stage in ("Stage1", "Stage2", "Stage3", "Stage4")),
        without("Stage1_RaisedNoted"),
        without("Stage1_Held"),
        without("Talk_RecordRaising"),
        without("Talk_RecordReceiving"),
        prop("Talk_RecordRaising", "side", "both"),
        limit("Talk_RecordReceiving", "same_working_day: true", "working_days: 1"),
        optional("record-talk", "record_written_at"),
        optional("record-talk", "record_approved_at"),
        optional("record-talk", "record_on_file"),
        optional("record-talk", "others_approval"),
        no_choice("record-talk", "others_approval", "refused"),
        no_choice("record-talk", "others_approval", "no_answer"),
        optional("discuss", "discussed_at"),
        optional("discuss", "reasons_given"),
    ],
)
def test_WOL_8_1_each_talk_is_recorded_approved_and_dated_by_each_agency_for_itself(play: Play) -> None:
    """At every stage, the same day; the other side's silence or refusal is recorded and holds up nothing."""
    stages = {
        "Stage1": (["Stage1_Raise", "Stage1_Review"], "Stage1_Discuss"),
        "Stage2": (["Stage2_TakeToManagerRaising", "Stage2_TakeToManagerReceiving"], "Stage2_Resolve"),
        "Stage3": ([*REFERRED], "Stage3_Talk"),
        "Stage4": (["Stage4_Escalate", "Stage4_Write"], "Stage4_Meet"),
    }
    dispute = begun(play)
    for number, (stage, (before, talk)) in enumerate(stages.items(), 1):
        assert dispute.stage == stage
        dispute.all_done(*before)
        assert len(dispute.tasks("Talk_RecordRaising")) == number
        for key in ("discussed_at", "reasons_given"):
            with pytest.raises(FormInvalid) as refused:
                dispute.done(talk, **{key: ""})
            assert refused.value.errors.keys() == {key}
        dispute.done(talk)
        assert "reasons_given" in dispute.completed(talk).texts
        assert len(dispute.tasks("Talk_RecordRaising")) == len(dispute.tasks("Talk_RecordReceiving")) == number + 1
    for side in ("raising", "receiving"):
        task = dispute.task(f"Talk_Record{side.title()}")
        assert (task.side, dispute.due(task.element)) == (side, "Mon 2 Mar 2026 17:00")
    for key, nothing in (
        ("record_written_at", ""), ("record_approved_at", ""), ("record_on_file", False), ("others_approval", ""),
    ):  # fmt: skip
        with pytest.raises(FormInvalid) as refused:
            dispute.done("Talk_RecordReceiving", **{key: nothing})
        assert refused.value.errors.keys() == {key}
    for answer in ("refused", "no_answer"):
        dispute.done("Talk_RecordReceiving", others_approval=answer)
    assert len(dispute.tasks("Talk_RecordRaising")) == 5
    nobody_came = begun(play).done("Stage1_Review").done("Stage1_Discuss", result="could_not_talk")
    assert not nobody_came.open("Talk_RecordRaising")


@clause(
    "WOL-8.1",
    takes=[
        without("StageEnd_RecordRaising"),
        without("StageEnd_RecordReceiving"),
        optional("record-on-file", "own_talks"),
        optional("record-on-file", "own_talks_missing"),
    ],
)
def test_WOL_8_1_talks_within_an_agency_are_on_file_with_the_record_of_the_stage(play: Play) -> None:
    """Placed by each agency; what is not on file yet is said."""
    dispute = at_stage_2(play)
    for side in ("Raising", "Receiving"):
        with pytest.raises(FormInvalid):
            dispute.done(f"StageEnd_Record{side}", own_talks="")
        with pytest.raises(FormInvalid):
            dispute.done(f"StageEnd_Record{side}", own_talks="not_recorded", own_talks_missing="")
        dispute.done(f"StageEnd_Record{side}", own_talks="recorded")


@clause("WOL-8.1", takes=[without("Stage1_Noted"), without("Talk_RecordReceiving"), without("Stage1_Agreed")])
def test_WOL_8_1_agreed_at_the_first_talk_the_record_is_still_asked_for(play: Play) -> None:
    """The story: they agree at once, and it is confirmed; each record stays open until it is made."""
    dispute = begun(play).at("Mon 2 Mar 2026 14:00").done("Stage1_Review").done("Stage1_Discuss", result="agreed")
    dispute.done("Resolution_Confirm", confirmed="yes")
    assert dispute.left("Stage1")[0] == "resolved"
    assert dispute.due("Talk_RecordRaising") == dispute.due("Talk_RecordReceiving") == "Mon 2 Mar 2026 17:00"
    dispute.done("Talk_RecordRaising", others_approval="no_answer").at("Thu 5 Mar 2026 12:00")
    assert dispute.task("Talk_RecordReceiving").overdue
    for _ in range(20):
        left = [task.element for task in dispute.dispute.tasks if task.element != "Talk_RecordReceiving"]
        dispute.all_done(*left)
    assert dispute.dispute.ending is not None
    assert dispute.dispute.closed is None
    assert dispute.done("Talk_RecordReceiving").dispute.closed is not None


@clause(
    "E4b",
    partnerships=(WOLVERHAMPTON,),
    takes=[
        swapped("NotPursued_Countersigned", "Exceptional_ConcernsPersist", "NotPursued_Told"),
        no_choice("countersign-not-pursued", "countersigned", "no"),
    ],
)
def test_E4b_a_lead_who_refuses_to_countersign_leaves_the_way_to_the_chair_open(play: Play) -> None:
    """The story: nothing has ended; the question is asked again, and a yes goes to the Chair."""
    dispute = after_stage_4(play).done("Exceptional_ConcernsPersist", persists="no")
    dispute.done("NotPursued_Countersign", countersigned="no", refused_because="The child is still at home")
    assert dispute.dispute.ending is None
    assert dispute.notices("NotPursued_Told") == []
    dispute.done("Exceptional_ConcernsPersist", persists="yes")
    assert dispute.stage == "Exceptional"
    assert dispute.told("Exceptional_Referred") == {"chair", "business_manager"}


@clause(
    "E4a",
    partnerships=(WOLVERHAMPTON,),
    takes=[
        without("Stage2_FirstOver"),
        without("Stage3_FirstOver"),
        without("Exceptional_HearOver"),
        without("Stage1_Fork"),
    ],
)
def test_E4a_a_receiving_side_that_is_silent_for_ever_stops_nothing_and_gets_out_of_nothing(play: Play) -> None:
    """From raising to decision it does nothing: each limit lets the rest go on; its lasting duties are open still."""
    dispute = begun(play).done("Stage1_Raise").at("Thu 5 Mar 2026 17:00").done("Stage2_TakeToManagerRaising")
    dispute.at("Fri 6 Mar 2026 17:00").done("Stage2_Resolve").done("Stage3_ReferRaising")
    dispute.at("Sat 7 Mar 2026 17:00").done("Stage3_Talk").done("Stage4_Escalate").done("Stage4_Write")
    dispute.done("Stage4_Meet").done("Exceptional_ConcernsPersist", persists="yes")
    dispute.done("Exceptional_ChooseWay", way="representations").done("Exceptional_RepresentationRaising")
    dispute.at("Tue 10 Mar 2026 17:00").done("Exceptional_Consider").done("Exceptional_Decide")
    assert dispute.dispute.ending is not None
    undone = {entry.element: entry.data["why"] for entry in dispute.effects("TaskInterrupted")}
    assert undone == {
        "Stage1_Review": "deadline",
        "Stage2_TakeToManagerReceiving": "deadline",
        "Stage3_ReferReceiving": "deadline",
        "Exceptional_RepresentationReceiving": "deadline",
    }
    lasting = {task.element for task in dispute.dispute.tasks if task.side == "receiving"}
    assert lasting == {
        "Begun_TellLeadReceiving", "Talk_RecordReceiving", "StageEnd_RiskQuestionReceiving",
        "StageEnd_RecordReceiving", "Afterwards_PolicyGapReceiving",
    }  # fmt: skip


PAIRS = (
    "Begun_TellLead", "Talk_Record", "Stage2_TakeToManager", "Stage3_Refer", "Exceptional_Representation",
    "StageEnd_RiskQuestion", "StageEnd_Record", "Afterwards_PolicyGap", "Screened_RiskQuestion",
)  # fmt: skip
"""What is asked of each side, by how the ids of the two tasks begin."""
ROLES = (
    "practitioner", "safeguarding_lead", "line_manager", "senior_manager", "board_representative", "director",
)  # fmt: skip


@clause(
    "W",
    partnerships=(WOLVERHAMPTON,),
    takes=[prop(f"{task}{side}", "side", "both") for task in PAIRS for side in ("Raising", "Receiving")],
)
def test_W_each_is_a_task_for_each_side_and_neither_does_the_others(play: Play) -> None:
    """Both open at the same moment; whatever somebody of the other side holds, they may not answer it."""
    stage_2 = begun(play).escalate()
    heard = before_the_chair(play).done("Exceptional_ChooseWay", way="representations")
    over = begun(play).withdraw().done("Withdrawal_Countersign")
    at_once = dict.fromkeys(("Stage2_TakeToManager", "StageEnd_RiskQuestion", "StageEnd_Record"), stage_2)
    found = {
        **at_once,
        "Begun_TellLead": begun(play),
        "Talk_Record": begun(play).done("Stage1_Raise"),
        "Stage3_Refer": at_stage_3(play),
        "Exceptional_Representation": heard,
        "Afterwards_PolicyGap": over,
        "Screened_RiskQuestion": play.raised(DAY_0, scope="within_agency"),
    }
    assert found.keys() == {*PAIRS}
    for task, dispute in found.items():
        opened = [dispute.effect("TaskOpened", f"{task}{side}").at for side in ("Raising", "Receiving")]
        assert opened[0] == opened[1]
        for own, other in (("raising", "receiving"), ("receiving", "raising")):
            element = f"{task}{own.title()}"
            assert dispute.task(element).side == own
            assert dispute.may_do(element, own, *ROLES), element
            assert not dispute.may_do(element, other, *ROLES), element
            dispute.done(element)
            assert dispute.open(f"{task}Receiving") == (own == "raising"), element


@clause(
    "T10",
    "T12",
    partnerships=(WOLVERHAMPTON,),
    takes=[without("Stage2_FirstOver"), limit("Stage2_FirstOver", "working_days: 1", "working_days: 2")],
)
def test_T10_the_limits_within_a_stage_move_with_it_and_only_with_a_word_of_the_record(play: Play) -> None:
    """Put under a protective timescale a part ends no later than its stage; a closed day moves it once recalculated."""
    dispute = begun(play).escalate()
    assert dispute.timers("deadline", "Stage2_FirstOver") == ["Tue 3 Mar 2026 17:00"]
    dispute.at("Mon 2 Mar 2026 12:00").protect("Tue 3 Mar 2026 12:00")
    assert dispute.timers("deadline", "Stage2_FirstOver") == [dispute.deadline]
    assert dispute.effects("DeadlineMoved", "Stage2_FirstOver")
    closed = begun(play).escalate().at("Mon 2 Mar 2026 12:00").close("Tue 3 Mar 2026")
    assert closed.timers("deadline", "Stage2_FirstOver") == ["Tue 3 Mar 2026 17:00"]
    assert closed.recalculate().timers("deadline", "Stage2_FirstOver") == ["Wed 4 Mar 2026 17:00"]


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
        limit("StageEnd_RiskQuestionRaising", "same_working_day: true", "working_days: 1"),
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
    escalated = begun(play).at("Tue 3 Mar 2026 16:30").escalate()
    assert escalated.due("StageEnd_RiskQuestionRaising") == "Tue 3 Mar 2026 17:00"
    assert "EDT" in advice(play.pathway, at("Sat 7 Mar 2026 12:00")).now.name


@clause(
    "WOL-R3",
    takes=[
        without("StageEnd_RiskQuestionRaising"),
        without("StageEnd_RiskQuestionReceiving"),
        without("StageEnd_RiskReportedRaising"),
        without("StageEnd_RiskReportedReceiving"),
        without("Stage1_Over"),
        without("Stage2_Over"),
        without("Stage3_Over"),
        without("Stage4_Over"),
        without("Exceptional_Over"),
        without("Resolved_StageEnded"),
    ],
)
def test_WOL_R3_whenever_a_stage_ends_risk_is_asked_and_leads_to_an_immediate_referral(play: Play) -> None:
    """Of each side, after each of the four stages, after the Chair's decision, and after a resolution."""

    def asked(dispute: Played, side: str) -> int:
        return len(dispute.effects("TaskOpened", f"StageEnd_RiskQuestion{side}"))

    for side in ("Raising", "Receiving"):
        for stages in range(1, 5):
            dispute = begun(play)
            for _ in range(stages):
                dispute.all_done(f"StageEnd_RiskQuestion{side}", at_risk="no").escalate()
            assert asked(dispute, side) == stages
            dispute.done(f"StageEnd_RiskQuestion{side}", at_risk="yes")
            assert dispute.open("Risk_Refer")
        assert asked(settled(play), side) == 1
        last = before_the_chair(play).done(f"StageEnd_RiskQuestion{side}", at_risk="no")
        last.done("Exceptional_ChooseWay", way="uninvolved_chair", chair_agency="third")
        last.done("Exceptional_UninvolvedChair").done("Exceptional_Decide")
        assert asked(last, side) == 2


REASONS = (
    "course_of_action", "action_not_completed", "threshold", "agency_involvement", "conference_refused",
    "agency_response", "sharing_or_services",
)  # fmt: skip


@clause(
    "WOL reasons",
    partnerships=(WOLVERHAMPTON,),
    takes=[*(no_choice("details", "reasons", reason) for reason in REASONS), optional("details", "reasons")],
)
def test_WOL_reasons_for_raising_are_the_protocols(play: Play) -> None:
    """Each can be chosen, several at once, none cannot."""
    assert not begun(play).done("Details_Say", reasons=list(REASONS)).open("Details_Say")
    with pytest.raises(FormInvalid):
        begun(play).done("Details_Say", reasons=[])


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
        limit("Stage1_Deadline", "after_first_part: 3", "after_first_part: 2"),
        limit("Stage4_Deadline", "working_days: 4", "working_days: 5"),
        swapped("Stage1_Over", "Stage2", "Stage3"),
    ],
)
def test_WOL_4_stages_1_to_3_take_10_working_days_and_with_stage_4_14(play: Play) -> None:
    """Each stage entered as the one before it runs out, raised with the practitioner by day 2: days 5, 7, 10 and 14."""
    dispute = begun(play).at("Wed 4 Mar 2026 17:00").done("Stage1_Raise").at("Fri 20 Mar 2026 17:00")
    left = [(stage, *dispute.left(stage)) for stage in ("Stage1", "Stage2", "Stage3", "Stage4")]
    assert left == [
        ("Stage1", "deadline", "Mon 9 Mar 2026 17:00"),
        ("Stage2", "deadline", "Wed 11 Mar 2026 17:00"),
        ("Stage3", "deadline", "Mon 16 Mar 2026 17:00"),
        ("Stage4", "deadline", "Fri 20 Mar 2026 17:00"),
    ]
    assert not dispute.effects("CumulativeExceeded")

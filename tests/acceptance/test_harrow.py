"""Harrow's procedure, clause by clause, on the real engine. Monday 2 March 2026 is the day of raising."""

from typing import Any

import pytest
from clauses import clause
from mutations import (
    blank,
    interrupting,
    limit,
    no_choice,
    no_field,
    no_row,
    no_rules,
    no_texts,
    optional,
    prop,
    swapped,
    without,
)
from play import Play, Played

from engine.course import NotNow
from engine.dispute import acting
from engine.forms import FormInvalid
from engine.replay import status

HARROW = ("harrow",)
CONFERENCE, REVIEW = ("harrow/conference-dissent",), ("harrow/review-dissent",)
DAY_0 = "Mon 2 Mar 2026 10:00"
KEY_AGENCIES = {"panel_agency_1": "raising", "panel_agency_2": "third", "panel_agency_3": "fourth"}


def at_stage(play: Play, stage: int, **start: Any) -> Played:
    """Escalated early, at once, as far as a stage."""
    dispute = play.raised(DAY_0, **start)
    for _ in range(stage - 1):
        dispute.escalate()
    return dispute


def timed(dispute: Played, working_days: int, **answers: Any) -> Played:
    """The timescale of the running stage is agreed."""
    return dispute.done(f"{dispute.stage}_Timescale", agreed_working_days=working_days, **answers)


def choosing(play: Play) -> Played:
    """The HSSP has been asked and is to choose its way."""
    return timed(at_stage(play, 5).done("Stage5_Refer"), 5)


def convening(play: Play) -> Played:
    """The HSSP is to convene a panel."""
    return choosing(play).done("Stage5_ChooseWay", hssp_way="panel")


def hearing(play: Play) -> Played:
    """The panel is convened and hears both sides."""
    return convening(play).done("Stage5_Convene", **KEY_AGENCIES)


def deciding(play: Play) -> Played:
    """The panel has heard both sides."""
    return hearing(play).done("Stage5_RepresentationRaising").done("Stage5_RepresentationReceiving")


def decided(play: Play) -> Played:
    """The panel met on Wednesday 11 March, and its decision was entered two days later."""
    dispute = deciding(play).at("Fri 13 Mar 2026 12:00")
    return dispute.done("Stage5_PanelDecides", panel_met_at="2026-03-11T14:00")


def found(play: Play) -> Played:
    """An agency has been found not to perform effectively."""
    dispute = decided(play).done("Stage6_ConcernsPersist", persists="yes")
    return dispute.done("Stage6_Finding", not_effective="yes", agency_found="third")


def cleared(dispute: Played) -> Played:
    """What the ends of stages left to do, and the question about guidance, are done."""
    dispute.all_done("StageEnd_RiskQuestion", "StageEnd_RecordRaising", "StageEnd_RecordReceiving")
    return dispute.all_done("Guidance_Question", guidance=["none"])


def settled(play: Play) -> Played:
    """Agreed and confirmed at stage 1."""
    dispute = timed(play.raised(DAY_0), 3).done("Stage1_Discuss", result="agreed")
    return dispute.done("Resolution_Confirm", confirmed="yes", agreed_at="2026-03-02T10:00")


@clause(
    "HAR-1.1",
    partnerships=HARROW,
    takes=[
        without("Stage1_Discuss"),
        without("Stage1_Agreed"),
        prop("Stage1_Discuss", "side", "raising"),
        prop("Stage1_Discuss", "tier", "any"),
        optional("discuss", "talked_how"),
        optional("discuss", "reasons_given"),
        no_choice("discuss", "talked_how", "face_to_face"),
        no_choice("discuss", "talked_how", "telephone"),
    ],
)
def test_HAR_1_1_the_practitioners_talk_face_to_face_or_by_telephone_and_record_it(play: Play) -> None:
    """Those of both sides; how they talked and what was said can't be left out."""
    dispute = timed(play.raised(DAY_0), 3)
    task = dispute.task("Stage1_Discuss")
    assert (task.side, task.tier) == ("both", "practitioners")
    for key in ("talked_how", "reasons_given"):
        with pytest.raises(FormInvalid):
            dispute.done("Stage1_Discuss", **{key: ""})
    dispute.done("Stage1_Discuss", result="agreed", talked_how="face_to_face")
    assert dispute.open("Resolution_Confirm")
    dispute.done("Stage1_Discuss", result="not_agreed", talked_how="telephone")
    assert dispute.stage == "Stage2"


@clause(
    "HAR-1.1",
    partnerships=HARROW,
    takes=[
        without("Stage1_Timescale"),
        no_field("agree-timescale", "agreed_working_days"),
        optional("agree-timescale", "longer_because"),
        optional("agree-timescale", "child_protection_plan"),
        optional("agree-timescale", "looked_after"),
        *(limit(f"Stage{n}_Deadline", "working_days: 3", "working_days: 4") for n in (1, 2)),
        *(limit(f"Stage{n}_Deadline", "working_days: 5", "working_days: 6") for n in (3, 4, 5)),
    ],
)
def test_HAR_1_1_each_stages_timescale_is_agreed_when_it_begins(play: Play) -> None:
    """Three days or five until then; anyone may shorten it, only the raising side or the HSSP lengthen it."""
    ends = {1: "Thu 5", 2: "Thu 5", 3: "Mon 9", 4: "Mon 9", 5: "Mon 9"}
    for stage, end in ends.items():
        assert at_stage(play, stage).deadline == f"{end} Mar 2026 17:00"
    assert timed(play.raised(DAY_0), 1, side="receiving").deadline == "Tue 3 Mar 2026 17:00"
    dispute = play.raised(DAY_0)
    for key in ("child_protection_plan", "looked_after"):
        with pytest.raises(FormInvalid):
            timed(dispute, 3, **{key: ""})
    with pytest.raises(NotNow):
        timed(dispute, 10, side="receiving")
    with pytest.raises(FormInvalid):
        timed(dispute, 10, longer_because="")
    timed(dispute, 10, side="raising", longer_because="A report is awaited").at("Mon 16 Mar 2026 17:00")
    assert dispute.left("Stage1") == ("deadline", "Mon 16 Mar 2026 17:00")
    longer = timed(at_stage(play, 5).done("Stage5_Refer"), 20, longer_because="A panel is to meet")
    assert longer.deadline == "Mon 30 Mar 2026 17:00"


@clause(
    "HAR-2.1",
    partnerships=HARROW,
    takes=[
        without("Stage1_Early"),
        without("Stage1_Deadline"),
        without("Stage2_Consult"),
        prop("Stage2_Consult", "side", "raising"),
        prop("Stage2_Consult", "tier", None),
        limit("Stage2_Consult", "working_days: 1", "working_days: 2"),
        optional("consult-senior", "consulted_raising"),
        optional("consult-senior", "consulted_receiving"),
        no_row("who_acts", '"safeguarding_leads"', '"police"'),
    ],
)
def test_HAR_2_1_the_practitioners_consult_a_senior_member_of_staff_early_where_they_wish(play: Play) -> None:
    """After three days, or at once where they do not expect to agree; usually the lead for safeguarding."""
    late = play.raised(DAY_0).at("Thu 5 Mar 2026 17:00")
    assert late.left("Stage1") == ("deadline", "Thu 5 Mar 2026 17:00")
    dispute = timed(at_stage(play, 2), 3)
    assert dispute.left("Stage1") == ("escalated_early", DAY_0)
    task = dispute.task("Stage2_Consult")
    assert (task.side, task.tier, dispute.due("Stage2_Consult")) == ("both", "practitioners", "Tue 3 Mar 2026 17:00")
    for key in ("consulted_raising", "consulted_receiving"):
        with pytest.raises(FormInvalid):
            dispute.done("Stage2_Consult", **{key: ""})
    assert "safeguarding_lead" in acting(play.pathway.tables, "safeguarding_leads", "police")[0]


@clause(
    "HAR-2.2",
    partnerships=HARROW,
    takes=[
        without("Stage2_LeadRaising"),
        without("Stage2_LeadReceiving"),
        without("Stage2_Resolve"),
        prop("Stage2_LeadReceiving", "side", "both"),
        prop("Stage2_Resolve", "side", "raising"),
        optional("lead-acts", "lead_way"),
        no_choice("lead-acts", "lead_way", "supports"),
        no_choice("lead-acts", "lead_way", "steps_in"),
    ],
)
def test_HAR_2_2_the_lead_supports_the_worker_or_steps_in_and_says_which(play: Play) -> None:
    """The lead of each side for itself; then they talk."""
    dispute = timed(at_stage(play, 2), 3).done("Stage2_Consult")
    assert dispute.task("Stage2_LeadRaising").side == "raising"
    assert dispute.task("Stage2_LeadReceiving").side == "receiving"
    with pytest.raises(FormInvalid):
        dispute.done("Stage2_LeadRaising", lead_way="")
    dispute.done("Stage2_LeadRaising", lead_way="supports")
    assert not dispute.open("Stage2_Resolve")
    dispute.done("Stage2_LeadReceiving", lead_way="steps_in")
    task = dispute.task("Stage2_Resolve")
    assert (task.side, task.tier) == ("both", "safeguarding_leads")


@clause(
    "HAR-2.3",
    partnerships=HARROW,
    takes=[
        optional("lead-acts", "internal_consultations"),
        optional("lead-acts", "standards_followed"),
        optional("lead-acts", "meanwhile"),
        optional("discuss-managers", "meanwhile"),
        optional("discuss-managers", "reasons_given"),
        without("Stage2_Resolve"),
        without("Stage2_Agreed"),
    ],
)
def test_HAR_2_3_consultations_are_recorded_and_each_side_confirms_that_standards_were_followed(play: Play) -> None:
    """Within each agency as well as with the other; and what is done about safety meanwhile."""
    dispute = timed(at_stage(play, 2), 3).done("Stage2_Consult")
    for side in ("Raising", "Receiving"):
        for key, left_out in (("internal_consultations", ""), ("standards_followed", False), ("meanwhile", "")):
            with pytest.raises(FormInvalid) as refused:
                dispute.done(f"Stage2_Lead{side}", **{key: left_out})
            assert refused.value.errors.keys() == {key}
        dispute.done(f"Stage2_Lead{side}")
    for key in ("meanwhile", "reasons_given"):
        with pytest.raises(FormInvalid):
            dispute.done("Stage2_Resolve", **{key: ""})
    dispute.done("Stage2_Resolve", result="agreed").done("Resolution_Confirm")
    assert dispute.left("Stage2") == ("resolved", DAY_0)


EQUIVALENTS = {
    "safeguarding_leads": {
        "health": "Named Nurse or Doctor",
        "school": "Designated Person or Head Teacher",
        "local_authority": "Social Care Manager",
    },
    "operations_managers": {
        "health": "Designated Doctor or Nurse",
        "local_authority": "Team Manager for Social Care",
        "school": "Education Strategy Adviser",
    },
}


@clause(
    "HAR-2.4",
    partnerships=HARROW,
    takes=[no_row("who_acts", f'"{tier}"', f'"{kind}"') for tier, kinds in EQUIVALENTS.items() for kind in kinds],
)
def test_HAR_2_4_the_managerial_equivalents_are_data(play: Play) -> None:
    """A table names them for stages 2 and 3."""
    for tier, kinds in EQUIVALENTS.items():
        for kind, title in kinds.items():
            assert acting(play.pathway.tables, tier, kind)[1] == title


@clause(
    "HAR-3.1",
    partnerships=HARROW,
    takes=[
        without("Stage3_Consult"),
        without("Stage3_Resolve"),
        without("Stage3_Agreed"),
        without("Stage3_Deadline"),
        prop("Stage3_Consult", "tier", None),
        prop("Stage3_Consult", "side", "receiving"),
        prop("Stage3_Resolve", "side", "raising"),
        optional("refer-up", "handed_summary"),
        no_row("who_acts", '"operations_managers"', '"police"'),
    ],
)
def test_HAR_3_1_operations_managers_are_consulted_and_discuss_it_with_their_equivalent(play: Play) -> None:
    """Handed up by the leads of both sides; the clock does not let it rest."""
    dispute = timed(at_stage(play, 3), 5)
    task = dispute.task("Stage3_Consult")
    assert (task.side, task.tier) == ("both", "safeguarding_leads")
    with pytest.raises(FormInvalid):
        dispute.done("Stage3_Consult", handed_summary="")
    dispute.done("Stage3_Consult")
    task = dispute.task("Stage3_Resolve")
    assert (task.side, task.tier) == ("both", "operations_managers")
    assert dispute.may_do("Stage3_Resolve", "receiving", "senior_manager", kind="police")
    dispute.done("Stage3_Resolve", result="agreed")
    assert dispute.open("Resolution_Confirm")
    dispute.at("Mon 9 Mar 2026 17:00")
    assert dispute.left("Stage3") == ("deadline", "Mon 9 Mar 2026 17:00")


@clause(
    "HAR-4.1",
    partnerships=HARROW,
    takes=[
        without("Stage4_Refer"),
        without("Stage4_Resolve"),
        without("Stage4_Agreed"),
        prop("Stage4_Refer", "tier", None),
        prop("Stage4_Resolve", "side", "receiving"),
        optional("refer-to-heads", "hscb_representative"),
        optional("discuss-heads", "hscb_representative"),
        no_row("who_acts", '"heads_of_service"', '"health"'),
    ],
)
def test_HAR_4_1_it_is_referred_to_heads_of_service_with_the_board_representative(play: Play) -> None:
    """Who that representative is is asked on referring it and on talking."""
    dispute = timed(at_stage(play, 4), 5)
    task = dispute.task("Stage4_Refer")
    assert (task.side, task.tier) == ("both", "operations_managers")
    with pytest.raises(FormInvalid):
        dispute.done("Stage4_Refer", hscb_representative="")
    dispute.done("Stage4_Refer")
    task = dispute.task("Stage4_Resolve")
    assert (task.side, task.tier) == ("both", "heads_of_service")
    with pytest.raises(FormInvalid):
        dispute.done("Stage4_Resolve", hscb_representative="")
    assert dispute.may_do("Stage4_Resolve", "raising", "director", kind="health")
    dispute.done("Stage4_Resolve", result="agreed")
    assert dispute.open("Resolution_Confirm")


@clause(
    "HAR-4.2",
    partnerships=HARROW,
    takes=[
        without("Stage4_GuidanceAsked"),
        without("Guidance_Question"),
        without("Guidance_National"),
        without("Guidance_BoardTold"),
        without("Guidance_Local"),
        swapped("Guidance_Fork", "Guidance_IsLocal", "Guidance_NationalDone"),
        prop("Guidance_Question", "side", "raising"),
        prop("Guidance_BoardTold", "to", "both"),
        no_choice("guidance", "guidance", "national"),
        no_choice("guidance", "guidance", "local"),
        no_rules("guidance"),
        optional("consult-bodies", "bodies"),
        optional("change-procedure", "change_sought"),
    ],
)
def test_HAR_4_2_inconsistent_guidance_is_followed_up_beside_the_dispute_which_goes_on(play: Play) -> None:
    """National: the professional bodies; local: the Board and a change of procedure; both may apply."""
    dispute = at_stage(play, 5)
    assert dispute.stage == "Stage5"
    task = dispute.task("Guidance_Question")
    assert (task.side, task.tier) == ("both", "heads_of_service")
    with pytest.raises(FormInvalid):
        dispute.done("Guidance_Question", guidance=["none", "local"])
    dispute.done("Guidance_Question", guidance=["national", "local"])
    assert "business_manager" in dispute.told("Guidance_BoardTold")
    with pytest.raises(FormInvalid):
        dispute.done("Guidance_National", bodies="")
    with pytest.raises(FormInvalid):
        dispute.done("Guidance_Local", change_sought="")
    assert dispute.open("Stage5_Refer")
    dispute.done("Guidance_National").done("Guidance_Local")
    neither = at_stage(play, 5).done("Guidance_Question", guidance=["none"])
    assert not neither.open("Guidance_National")
    assert not neither.open("Guidance_Local")
    resolved = at_stage(play, 4).say_resolved().done("Resolution_Confirm", confirmed="yes")
    assert not resolved.open("Guidance_Question")


@clause(
    "HAR-5.0",
    partnerships=HARROW,
    takes=[
        without("Stage4_Deadline"),
        without("Stage5_Refer"),
        prop("Stage5_Refer", "side", "both"),
        prop("Stage5_Refer", "tier", None),
        limit("Stage5_Refer", "working_days: 2", "working_days: 3"),
        optional("refer-to-hssp", "referral_text"),
    ],
)
def test_HAR_5_0_the_raising_heads_of_service_refer_it_to_the_hssp(play: Play) -> None:
    """Stage 5 begins by the clock too; the referral is written."""
    assert at_stage(play, 4).at("Mon 9 Mar 2026 17:00").stage == "Stage5"
    dispute = at_stage(play, 5)
    task = dispute.task("Stage5_Refer")
    assert (task.side, task.tier, dispute.due("Stage5_Refer")) == (
        "raising", "heads_of_service", "Wed 4 Mar 2026 17:00",
    )  # fmt: skip
    with pytest.raises(FormInvalid):
        dispute.done("Stage5_Refer", referral_text="")


@clause(
    "HAR-5.1",
    partnerships=HARROW,
    takes=[
        without("Stage5_ChooseWay"),
        without("Stage5_Way"),
        without("Stage5_Direct"),
        without("Stage5_Agreed"),
        without("Stage5_Settled"),
        without("Stage5_Resolved"),
        prop("Stage5_ChooseWay", "side", "both"),
        prop("Stage5_ChooseWay", "tier", "any"),
        no_choice("hssp-way", "hssp_way", "directly"),
        no_row("who_acts", '"hssp"'),
    ],
)
def test_HAR_5_1_the_hssp_resolves_it_directly_or_convenes_a_panel(play: Play) -> None:
    """It is the HSSP's to choose; where it does not come to an agreement itself, a panel is convened."""
    dispute = choosing(play)
    assert dispute.may_do("Stage5_ChooseWay", "the HSSP", "chair")
    assert not dispute.may_do("Stage5_ChooseWay", "raising", "director", "practitioner")
    assert not dispute.may_do("Stage5_ChooseWay", "the HSSP", "business_manager")
    dispute.done("Stage5_ChooseWay", hssp_way="directly").done("Stage5_Direct", direct_result="panel")
    assert dispute.open("Stage5_Convene")
    dispute = choosing(play).done("Stage5_ChooseWay", hssp_way="directly")
    dispute.done("Stage5_Direct", direct_result="agreed").done("Resolution_Confirm", confirmed="yes")
    assert dispute.left("Stage5") == ("resolved", DAY_0)
    assert convening(play).open("Stage5_Convene")


@clause(
    "HAR-5.2",
    partnerships=HARROW,
    takes=[
        without("Stage5_Convene"),
        no_rules("convene-panel"),
        no_field("convene-panel", "panel_agency_3"),
        optional("convene-panel", "panel_raising"),
        optional("convene-panel", "panel_receiving"),
    ],
)
def test_HAR_5_2_the_panel_has_three_key_agencies_and_the_agencies_in_disagreement(play: Play) -> None:
    """Three different ones; who represents each of the two in disagreement can't be left out."""
    dispute = convening(play)
    with pytest.raises(FormInvalid):
        dispute.done("Stage5_Convene", **{**KEY_AGENCIES, "panel_agency_2": "raising"})
    with pytest.raises(FormInvalid):
        dispute.done("Stage5_Convene", panel_agency_1="third", panel_agency_2="fourth", panel_agency_3="")
    for key in ("panel_raising", "panel_receiving"):
        with pytest.raises(FormInvalid):
            dispute.done("Stage5_Convene", **KEY_AGENCIES, **{key: ""})
    dispute.done("Stage5_Convene", **KEY_AGENCIES)
    assert dispute.completed("Stage5_Convene").data["answers"]["panel_agency_3"] == "fourth"


@clause(
    "HAR-5.3",
    partnerships=HARROW,
    takes=[
        without("Stage5_RepresentationRaising"),
        without("Stage5_RepresentationReceiving"),
        without("Stage5_PanelDecides"),
        without("Stage5_TellAll"),
        prop("Stage5_RepresentationReceiving", "side", "both"),
        prop("Stage5_PanelDecides", "side", "both"),
        prop("Stage5_PanelDecides", "tier", "any"),
        prop("Stage5_TellAll", "to", "raising"),
        optional("representations", "representation_text"),
        optional("panel-decision", "decision"),
        no_row("who_acts", '"panel"'),
    ],
)
def test_HAR_5_3_after_the_representations_the_panel_decides_the_next_course_of_action(play: Play) -> None:
    """Both sides are heard first; the decision goes to both."""
    dispute = hearing(play)
    assert dispute.task("Stage5_RepresentationReceiving").side == "receiving"
    with pytest.raises(FormInvalid):
        dispute.done("Stage5_RepresentationRaising", representation="made", representation_text="")
    dispute.done("Stage5_RepresentationRaising")
    assert not dispute.open("Stage5_PanelDecides")
    dispute.done("Stage5_RepresentationReceiving")
    with pytest.raises(FormInvalid):
        dispute.done("Stage5_PanelDecides", decision="")
    assert dispute.task("Stage5_PanelDecides").tier == "panel"
    assert dispute.may_do("Stage5_PanelDecides", "the HSSP", "chair")
    assert not dispute.may_do("Stage5_PanelDecides", "the HSSP", "business_manager")
    assert not dispute.may_do("Stage5_PanelDecides", "raising", "director", "practitioner")
    assert decided(play).notices("Stage5_TellAll") == [("Fri 13 Mar 2026 12:00", {"both", "safeguarding_lead"})]


@clause(
    "HAR-5.4",
    partnerships=HARROW,
    takes=[
        without("Stage5_BoardTold"),
        prop("Stage5_BoardTold", "to", "both"),
        optional("panel-decision", "decision_actions"),
    ],
)
def test_HAR_5_4_the_board_is_notified_of_the_actions_decided(play: Play) -> None:
    """As the panel's decision is entered, with its actions."""
    with pytest.raises(FormInvalid):
        deciding(play).done("Stage5_PanelDecides", decision_actions="")
    dispute = decided(play)
    assert [when for when, _ in dispute.notices("Stage5_BoardTold")] == ["Fri 13 Mar 2026 12:00"]
    assert dispute.told("Stage5_BoardTold") >= {"board_representative", "business_manager"}


@clause(
    "HAR-5.5",
    partnerships=HARROW,
    takes=[
        without("Decided_Report"),
        prop("Decided_Report", "side", "both"),
        prop("Decided_Report", "alert", None),
        prop("Decided_Report", "standing", None),
        prop("Decided", "end", "resolved"),
        limit("Decided_Report", "months: 3", "months: 2"),
        limit("Decided_Report", "meeting", "task"),
        optional("panel-decision", "panel_met_at"),
        optional("implementation-report", "report_text"),
    ],
)
def test_HAR_5_5_a_report_on_the_actions_is_due_three_months_after_the_panels_meeting(play: Play) -> None:
    """Met on 11 March, entered on the 13th: due on 11 June; the dispute stays open until it is received."""
    with pytest.raises(FormInvalid):
        deciding(play).done("Stage5_PanelDecides", panel_met_at="")
    dispute = decided(play)
    task = dispute.task("Decided_Report")
    assert (task.side, task.tier, dispute.due("Decided_Report")) == ("partnership", "hssp", "Thu 11 Jun 2026 17:00")
    cleared(dispute).done("Stage6_ConcernsPersist", persists="no")
    dispute.done("Stage6_Finding", not_effective="no").all_done("Decided_Confirmation", "Decided_InformWorker")
    assert [t.element for t in dispute.dispute.tasks] == ["Decided_Report"]
    assert status(play.pathway, dispute.dispute) == "Decided, implementation being followed"
    dispute.at("Fri 12 Jun 2026 12:00")
    assert dispute.dispute.closed is None
    alerted = [when for when, to in dispute.notices("Decided_Report") if "business_manager" in to]
    assert alerted == ["Thu 11 Jun 2026 17:00", "Fri 12 Jun 2026 09:00"]
    with pytest.raises(FormInvalid):
        dispute.done("Decided_Report", report_text="")
    dispute.done("Decided_Report").all_done("Decided_Debrief", "Decided_PolicyGap")
    assert dispute.dispute.ending is not None
    assert dispute.dispute.ending.how == "decided"
    assert dispute.dispute.closed is not None


@clause(
    "HAR-6.1",
    partnerships=HARROW,
    takes=[
        without("Stage6_ConcernsPersist"),
        without("Stage6_Finding"),
        without("Stage6_Found"),
        without("Stage6_Explain"),
        without("Stage6_Overdue"),
        interrupting("Stage5_Deadline"),
        interrupting("Stage6_Deadline"),
        prop("Stage6_ConcernsPersist", "side", "both"),
        prop("Stage6_ConcernsPersist", "alert", None),
        prop("Stage6_Finding", "side", "both"),
        limit("Stage6_ConcernsPersist", "working_days: 2", "working_days: 3"),
        limit("Stage6_Deadline", "working_days: 5", "working_days: 6"),
        optional("explain-concerns", "executive"),
        optional("explain-concerns", "concerns_explained"),
    ],
)
def test_HAR_6_1_concerns_about_an_agency_are_explained_to_its_chief_executive_never_by_a_timer(play: Play) -> None:
    """The raising side is asked, the HSSP finds; the clock alone only alerts the Business Manager."""
    waiting = at_stage(play, 5).at("Tue 10 Mar 2026 12:00")
    assert waiting.stage == "Stage5"
    assert "business_manager" in waiting.told("Stage5_Overdue")
    dispute = decided(play)
    task = dispute.task("Stage6_ConcernsPersist")
    assert (task.side, task.tier) == ("raising", "heads_of_service")
    dispute.at("Wed 18 Mar 2026 12:00")
    alerted = [when for when, to in dispute.notices("Stage6_ConcernsPersist") if "business_manager" in to]
    assert alerted == ["Tue 17 Mar 2026 17:00", "Wed 18 Mar 2026 09:00"]
    dispute.done("Stage6_ConcernsPersist", persists="yes")
    task = dispute.task("Stage6_Finding")
    assert (task.side, task.tier, dispute.stage) == ("partnership", "hssp", None)
    dispute.done("Stage6_Finding", not_effective="yes", agency_found="third")
    assert (dispute.stage, dispute.deadline) == ("Stage6", "Wed 25 Mar 2026 17:00")
    timed(dispute, 5)
    for key in ("executive", "concerns_explained"):
        with pytest.raises(FormInvalid):
            dispute.done("Stage6_Explain", **{key: ""})
    dispute.at("Thu 26 Mar 2026 12:00")
    assert dispute.stage == "Stage6"
    assert "business_manager" in dispute.told("Stage6_Overdue")
    none = decided(play).done("Stage6_ConcernsPersist").done("Stage6_Finding", not_effective="no")
    assert none.stage is None
    assert [visit.stage for visit in none.dispute.visits][-1] == "Stage5"


@clause(
    "HAR-6.2",
    partnerships=HARROW,
    takes=[
        without("Stage6_StillConcerned"),
        without("Stage6_Notify"),
        optional("consider-notifying", "notify_reasons"),
        no_choice("consider-notifying", "notify", "inspectorate"),
        no_choice("consider-notifying", "notify", "department"),
        no_choice("consider-notifying", "notify", "no"),
        prop("Stage6_Notify", "side", "both"),
    ],
)
def test_HAR_6_2_where_concern_is_left_notifying_is_considered_and_the_dispute_goes_on(play: Play) -> None:
    """The decision either way, and why; then the dispute comes to its own end."""
    for notify in ("inspectorate", "department", "no"):
        dispute = timed(found(play), 5).done("Stage6_Explain", still_concerned="yes")
        assert dispute.task("Stage6_Notify").side == "partnership"
        with pytest.raises(FormInvalid):
            dispute.done("Stage6_Notify", notify=notify, notify_reasons="")
        dispute.done("Stage6_Notify", notify=notify)
        assert dispute.stage is None
    content = timed(found(play), 5).done("Stage6_Explain", still_concerned="no")
    assert content.stage is None
    assert not content.open("Stage6_Notify")
    cleared(dispute).all_done("Decided_Report", "Decided_Confirmation", "Decided_InformWorker")
    dispute.all_done("Decided_Debrief", "Decided_PolicyGap")
    assert dispute.dispute.ending is not None
    assert dispute.dispute.ending.how == "decided"


@clause(
    "HAR-7.1",
    partnerships=HARROW,
    takes=[
        *(without(f"Stage{n}_Resolved") for n in range(1, 6)),
        without("Resolved_Confirmation"),
        without("Resolved_InformWorker"),
        without("Decided_Confirmation"),
        without("Decided_InformWorker"),
        without("StageEnd_RecordRaising"),
        without("StageEnd_RecordReceiving"),
        limit("Resolved_Confirmation", "working_days: 2", "working_days: 3"),
        prop("Resolved_Confirmation", "side", "raising"),
        optional("written-confirmation", "outcome_written"),
        optional("written-confirmation", "open_issues"),
        optional("record-on-file", "shared_with_worker"),
    ],
)
def test_HAR_7_1_the_outcome_is_confirmed_in_writing_and_shared_with_the_worker_who_raised_it(play: Play) -> None:
    """At every stage, and after a panel; the record of each stage is placed by each side."""
    for stage in range(1, 6):
        dispute = at_stage(play, stage).say_resolved()
        dispute.done("Resolution_Confirm", confirmed="yes", agreed_at="2026-03-02T10:00")
        assert dispute.dispute.resolved_stage == f"Stage{stage}"
        assert dispute.task("Resolved_Confirmation").side == "receiving"
        assert dispute.due("Resolved_Confirmation") == "Wed 4 Mar 2026 17:00"
        for key in ("outcome_written", "open_issues"):
            with pytest.raises(FormInvalid):
                dispute.done("Resolved_Confirmation", **{key: ""})
        assert dispute.done("Resolved_Confirmation").task("Resolved_InformWorker").side == "raising"
        for side in ("Raising", "Receiving"):
            with pytest.raises(FormInvalid):
                dispute.done(f"StageEnd_Record{side}", shared_with_worker=False)
    assert decided(play).done("Decided_Confirmation").open("Decided_InformWorker")


@clause(
    "HAR-7.2",
    partnerships=HARROW,
    takes=[
        no_field("raise", "other_procedures"),
        no_field("agree-timescale", "other_procedures"),
        *(no_choice("raise", "other_procedures", name) for name in ("complaints", "whistleblowing", "allegation")),
    ],
)
def test_HAR_7_2_other_procedures_in_use_are_noted_and_stop_nothing(play: Play) -> None:
    """On raising it and at the beginning of each stage."""
    others = ["complaints", "whistleblowing", "allegation"]
    dispute = play.raised(DAY_0, other_procedures=others)
    assert dispute.effect("Raised").data["answers"]["other_procedures"] == others
    timed(dispute, 3, other_procedures=["complaints"])
    assert dispute.completed("Stage1_Timescale").data["answers"]["other_procedures"] == ["complaints"]
    assert dispute.stage == "Stage1"


@clause(
    "HAR-7.3",
    partnerships=HARROW,
    takes=[without("Resolved_Debrief"), without("Decided_Debrief"), prop("Resolved_Debrief", "side", "raising")],
)
def test_HAR_7_3_a_debrief_is_offered_however_it_ended(play: Play) -> None:
    """After a resolution and after a panel's decision."""
    resolved = settled(play).all_done("Resolved_Confirmation", "Resolved_InformWorker")
    assert resolved.task("Resolved_Debrief").side == "both"
    dispute = decided(play).done("Stage6_ConcernsPersist").done("Stage6_Finding", not_effective="no")
    dispute.all_done("Decided_Report", "Decided_Confirmation", "Decided_InformWorker")
    assert dispute.task("Decided_Debrief").side == "both"


@clause(
    "HAR-R1",
    partnerships=HARROW,
    takes=[
        blank("risk", "move_up"),
        without("Raised_RiskReported"),
        without("Risk_TellLead"),
        without("Risk_Refer"),
        without("Stage1_Deadline"),
    ],
)
def test_HAR_R1_while_risk_is_believed_each_stage_moves_up_on_the_same_working_day(play: Play) -> None:
    """Beside the referral, until somebody records with a reason that the risk is no longer believed."""
    dispute = play.raised(DAY_0, risk=True)
    assert dispute.deadline == "Mon 2 Mar 2026 17:00"
    assert dispute.open("Risk_Refer")
    assert dispute.open("Risk_TellLead")
    timed(dispute, 3)
    assert dispute.deadline == "Mon 2 Mar 2026 17:00"
    dispute.at("Mon 2 Mar 2026 12:00").escalate()
    assert (dispute.stage, dispute.deadline) == ("Stage2", "Mon 2 Mar 2026 17:00")
    dispute.risk_over()
    assert dispute.deadline == "Thu 5 Mar 2026 17:00"
    later = play.raised(DAY_0).at("Tue 3 Mar 2026 11:00").report_risk()
    assert later.deadline == "Tue 3 Mar 2026 17:00"
    later.at("Tue 3 Mar 2026 17:00")
    assert later.left("Stage1") == ("deadline", "Tue 3 Mar 2026 17:00")
    evening = later.at("Tue 3 Mar 2026 20:00")
    assert [evening.left(f"Stage{n}")[1] for n in (2, 3, 4)] == [f"Tue 3 Mar 2026 {hour}:00" for hour in (18, 19, 20)]
    assert evening.stage == "Stage5"
    assert play.raised(DAY_0).deadline == "Thu 5 Mar 2026 17:00"


# Dissent at a Child Protection Conference.


def noted(play: Play) -> Played:
    """The Chair has noted the dissent."""
    return play.raised(DAY_0).done("Note_Dissent")


def unresolved(play: Play) -> Played:
    """Ten working days have not resolved it."""
    return noted(play).at("Mon 16 Mar 2026 17:00")


def reviewed(play: Play) -> Played:
    """The Final Review Panel has decided."""
    return unresolved(play).done("Stage2_ConcernsPersist", persists="yes").done("Stage2_Panel")


@clause(
    "HAR-C1",
    partnerships=CONFERENCE,
    takes=[
        without("Note_Dissent"),
        prop("Note_Dissent", "side", "raising"),
        prop("Note_Dissent", "tier", "any"),
        optional("note-dissent", "in_minutes"),
        optional("note-dissent", "dissent_noted"),
        *(no_texts(form) for form in ("raise-conference-dissent", "note-dissent", "resolve-dissent", "wish-panel")),
        no_row("who_acts", '"conference_chair"'),
    ],
)
def test_HAR_C1_the_chair_notes_the_dissent_in_the_minutes_and_the_decision_stands(play: Play) -> None:
    """The pages say that it stands; nothing else begins before it is noted."""
    dispute = play.raised(DAY_0)
    task = dispute.task("Note_Dissent")
    assert (task.side, task.tier, dispute.due("Note_Dissent")) == (
        "receiving", "conference_chair", "Wed 4 Mar 2026 17:00",
    )  # fmt: skip
    assert dispute.may_do("Note_Dissent", "receiving", "child_protection_chair")
    assert not dispute.may_do("Note_Dissent", "receiving", "practitioner")
    for key, left_out in (("in_minutes", False), ("dissent_noted", "")):
        with pytest.raises(FormInvalid):
            dispute.done("Note_Dissent", **{key: left_out})
    for element in ("Raised", "Note_Dissent", "Stage1_Resolve", "Stage2_ConcernsPersist"):
        assert any("decision of the conference stands" in field.text for field in play.form(element).fields)
    assert dispute.stage is None
    assert dispute.done("Note_Dissent").stage == "Stage1"


@clause(
    "HAR-C2",
    partnerships=CONFERENCE,
    takes=[
        without("Stage1_Resolve"),
        without("Stage1_Agreed"),
        without("Stage1_Deadline"),
        limit("Stage1_Deadline", "working_days: 10", "working_days: 9"),
        prop("Stage1_Resolve", "side", "raising"),
        optional("resolve-dissent", "met"),
        optional("resolve-dissent", "met_who"),
        optional("resolve-dissent", "not_met_why"),
        no_row("who_acts", '"chairs_manager"'),
    ],
)
def test_HAR_C2_the_chairs_manager_attempts_to_resolve_it_at_best_in_a_meeting(play: Play) -> None:
    """Ten working days; who met, or why nobody did."""
    dispute = noted(play)
    assert (dispute.stage, dispute.deadline) == ("Stage1", "Mon 16 Mar 2026 17:00")
    task = dispute.task("Stage1_Resolve")
    assert (task.side, task.tier) == ("receiving", "chairs_manager")
    assert dispute.may_do("Stage1_Resolve", "receiving", "line_manager")
    for answers in ({"met": ""}, {"met": "yes", "met_who": ""}, {"met": "no", "not_met_why": ""}):
        with pytest.raises(FormInvalid):
            dispute.done("Stage1_Resolve", **answers)
    dispute.done("Stage1_Resolve", result="agreed").done("Resolution_Confirm", confirmed="yes")
    assert dispute.dispute.resolved_stage == "Stage1"
    assert unresolved(play).left("Stage1") == ("deadline", "Mon 16 Mar 2026 17:00")


OUTCOMES = ("maintained", "reconvened", "brought_forward")


@clause(
    "HAR-C3",
    partnerships=CONFERENCE,
    takes=[
        *(no_choice("resolve-dissent", "conference_outcome", outcome) for outcome in OUTCOMES),
        optional("resolve-dissent", "conference_outcome"),
        optional("resolve-dissent", "conference_chair"),
    ],
)
def test_HAR_C3_the_decision_is_kept_or_a_conference_is_reconvened_or_brought_forward(play: Play) -> None:
    """Each of the three can be recorded; a conference that is to come has a chair."""
    for outcome in OUTCOMES:
        dispute = noted(play).done("Stage1_Resolve", conference_outcome=outcome)
        assert dispute.completed("Stage1_Resolve").data["answers"]["conference_outcome"] == outcome
    with pytest.raises(FormInvalid):
        noted(play).done("Stage1_Resolve", conference_outcome="")
    with pytest.raises(FormInvalid):
        noted(play).done("Stage1_Resolve", conference_outcome="reconvened", conference_chair="")


@clause(
    "HAR-C4",
    partnerships=CONFERENCE,
    takes=[
        without("Stage2_ConcernsPersist"),
        without("Stage2_Persists"),
        without("Stage2_Panel"),
        without("Stage2_TellAll"),
        interrupting("Stage2_Deadline"),
        prop("Stage2_ConcernsPersist", "side", "both"),
        prop("Stage2_ConcernsPersist", "alert", None),
        prop("Stage2_Panel", "side", "both"),
        limit("Stage2_ConcernsPersist", "working_days: 5", "working_days: 4"),
        *(optional("review-panel", f"officer_{key}") for key in ("health", "authority", "police")),
        optional("review-panel", "officers_independent"),
        optional("review-panel", "decision"),
    ],
)
def test_HAR_C4_a_final_review_panel_of_three_senior_officers_where_the_dissenter_wishes_it(play: Play) -> None:
    """Never by a timer; one officer each of health, the local authority and the police, all independent."""
    dispute = unresolved(play)
    task = dispute.task("Stage2_ConcernsPersist")
    assert (task.side, task.tier, dispute.stage) == ("raising", "practitioners", None)
    dispute.at("Tue 24 Mar 2026 12:00")
    alerted = [when for when, to in dispute.notices("Stage2_ConcernsPersist") if "business_manager" in to]
    assert alerted == ["Mon 23 Mar 2026 17:00", "Tue 24 Mar 2026 09:00"]
    dispute.done("Stage2_ConcernsPersist", persists="yes")
    assert dispute.stage == "Stage2"
    assert dispute.task("Stage2_Panel").side == "partnership"
    left_out = {"officer_health": "", "officer_authority": "", "officer_police": "", "decision": ""}
    for key, value in {**left_out, "officers_independent": False}.items():
        with pytest.raises(FormInvalid):
            dispute.done("Stage2_Panel", **{key: value})
    dispute.at("Mon 13 Apr 2026 12:00")
    assert dispute.stage == "Stage2"
    dispute.done("Stage2_Panel")
    assert "both" in dispute.told("Stage2_TellAll")
    assert unresolved(play).done("Stage2_ConcernsPersist", persists="no").open("Resolved_Confirmation")


@clause(
    "HAR-C5",
    partnerships=CONFERENCE,
    takes=[
        without("Further_ConcernsPersist"),
        without("Further"),
        prop("Further_ConcernsPersist", "side", "both"),
        prop("Further_ConcernsPersist", "alert", None),
        prop("ReferredOn", "end", "decided"),
        prop("Decided", "end", "referred_on"),
        no_choice("wish-further", "further", "ombudsman"),
        no_choice("wish-further", "further", "judicial_review"),
    ],
)
def test_HAR_C5_still_unresolved_the_dissenter_may_go_to_the_ombudsman_or_to_judicial_review(play: Play) -> None:
    """The way taken is recorded, and the dissent ends as referred on; else as decided."""
    for further, how in (("ombudsman", "referred_on"), ("judicial_review", "referred_on"), ("no", "decided")):
        dispute = reviewed(play)
        task = dispute.task("Further_ConcernsPersist")
        assert (task.side, task.tier) == ("raising", "practitioners")
        dispute.done("Further_ConcernsPersist", further=further)
        assert dispute.completed("Further_ConcernsPersist").data["answers"]["further"] == further
        dispute.all_done("Decided_Confirmation", "Decided_Debrief")
        assert dispute.dispute.ending is not None
        assert dispute.dispute.ending.how == how
    waiting = reviewed(play).at("Tue 24 Mar 2026 12:00")
    assert "business_manager" in waiting.told("Further_ConcernsPersist")


@clause(
    "HAR-C6",
    partnerships=CONFERENCE,
    takes=[
        without("Raised_AtRiskAsked"),
        without("AtRisk_Question"),
        without("AtRisk_StartMain"),
        without("AtRisk_Believed"),
        prop("AtRisk_Question", "side", "receiving"),
        limit("AtRisk_Question", "same_working_day: true", "working_days: 1"),
        optional("decision-puts-at-risk", "decision_risk"),
        optional("decision-puts-at-risk", "chair_told_before_leaving"),
        optional("decision-puts-at-risk", "lead_informed_at"),
        optional("main-started", "main_reference"),
    ],
)
def test_HAR_C6_a_decision_that_puts_the_child_at_risk_starts_the_main_pathway_too(play: Play) -> None:
    """Raised with the Chair before leaving, the own lead informed; its reference links the two."""
    dispute = play.raised(DAY_0)
    assert dispute.task("AtRisk_Question").side == "raising"
    assert dispute.due("AtRisk_Question") == "Mon 2 Mar 2026 17:00"
    for answers in (
        {"decision_risk": ""},
        {"decision_risk": "yes", "chair_told_before_leaving": ""},
        {"decision_risk": "yes", "lead_informed_at": ""},
    ):
        with pytest.raises(FormInvalid):
            dispute.done("AtRisk_Question", **answers)
    dispute.done("AtRisk_Question", decision_risk="yes")
    assert dispute.open("Note_Dissent")
    with pytest.raises(FormInvalid):
        dispute.done("AtRisk_StartMain", main_reference="")
    dispute.done("AtRisk_StartMain", main_reference="HAR-2026-0001")
    assert not play.raised(DAY_0).done("AtRisk_Question", decision_risk="no").open("AtRisk_StartMain")


# Dissent at a Child Looked After Review.


@clause(
    "HAR-L1",
    partnerships=REVIEW,
    takes=[
        without("Note_Concern"),
        without("Stage1_Settle"),
        without("Stage1_Agreed"),
        prop("Note_Concern", "side", "raising"),
        prop("Stage1_Settle", "side", "raising"),
        limit("Stage1_Deadline", "working_days: 10", "working_days: 9"),
        optional("review-note", "in_minutes"),
        no_row("who_acts", '"reviewing_officer"'),
    ],
)
def test_HAR_L1_it_is_raised_with_the_reviewing_officer_and_recorded_in_the_minutes(play: Play) -> None:
    """The officer who chaired the review; then ten working days to settle it."""
    dispute = play.raised(DAY_0)
    task = dispute.task("Note_Concern")
    assert (task.side, task.tier) == ("receiving", "reviewing_officer")
    assert dispute.may_do("Note_Concern", "receiving", "independent_reviewing_officer")
    with pytest.raises(FormInvalid):
        dispute.done("Note_Concern", in_minutes=False)
    dispute.done("Note_Concern")
    assert (dispute.stage, dispute.deadline) == ("Stage1", "Mon 16 Mar 2026 17:00")
    assert dispute.task("Stage1_Settle").side == "receiving"
    dispute.done("Stage1_Settle", result="agreed").done("Resolution_Confirm", confirmed="yes")
    assert dispute.dispute.resolved_stage == "Stage1"


@clause(
    "HAR-L2",
    partnerships=REVIEW,
    takes=[
        without("Policy_ConcernsPersist"),
        without("Policy_Start"),
        without("Policy_Started"),
        without("Policy_Told"),
        prop("Policy_ConcernsPersist", "alert", None),
        prop("Policy_Start", "side", "both"),
        prop("ReferredOn", "end", "decided"),
        optional("start-resolution-policy", "policy_reasons"),
    ],
)
def test_HAR_L2_the_chair_may_start_the_councils_dispute_resolution_policy(play: Play) -> None:
    """Never by a timer: the dissenter is asked, the officer starts it or says why not; recorded as referred on."""
    dispute = play.raised(DAY_0).done("Note_Concern").at("Tue 24 Mar 2026 12:00")
    assert dispute.task("Policy_ConcernsPersist").side == "raising"
    alerted = [when for when, to in dispute.notices("Policy_ConcernsPersist") if "business_manager" in to]
    assert alerted == ["Mon 23 Mar 2026 17:00", "Tue 24 Mar 2026 09:00"]
    dispute.done("Policy_ConcernsPersist", persists="yes")
    task = dispute.task("Policy_Start")
    assert (task.side, task.tier) == ("receiving", "reviewing_officer")
    with pytest.raises(FormInvalid):
        dispute.done("Policy_Start", start_policy="no", policy_reasons="")
    dispute.done("Policy_Start", start_policy="yes").all_done("Decided_Confirmation", "Decided_Debrief")
    assert dispute.dispute.ending is not None
    assert dispute.dispute.ending.how == "referred_on"
    assert "both" in dispute.told("Policy_Told")
    dispute = play.raised(DAY_0).done("Note_Concern").escalate().done("Policy_ConcernsPersist", persists="yes")
    dispute.done("Policy_Start", start_policy="no").all_done("Decided_Confirmation", "Decided_Debrief")
    assert dispute.dispute.ending is not None
    assert dispute.dispute.ending.how == "decided"


# What all three share.


def points(name: str) -> list[Played]:
    """A dispute at each point of a pathway at which it can be withdrawn or resolved."""
    play = Play(name)
    if name in HARROW:
        return [at_stage(play, stage) for stage in range(1, 6)]
    note = "Note_Dissent" if name in CONFERENCE else "Note_Concern"
    question = "Stage2_ConcernsPersist" if name in CONFERENCE else "Policy_ConcernsPersist"
    found = [play.raised(DAY_0).done(note), play.raised(DAY_0).done(note).escalate()]
    assert found[-1].open(question)
    return [*found, unresolved(play).done(question, persists="yes")] if name in CONFERENCE else found


@pytest.mark.parametrize("name", [*HARROW, *CONFERENCE, *REVIEW])
def test_C1_it_can_be_withdrawn_at_any_point_and_ends_once_that_is_countersigned(name: str) -> None:
    """With the risk question and the records that any end of a stage leaves; the branches beside are answered."""
    for dispute in points(name):
        dispute.withdraw()
        assert dispute.task("Withdrawal_Countersign").role == "safeguarding_lead"
        assert dispute.open("StageEnd_RiskQuestion")
        assert dispute.open("StageEnd_RecordReceiving")
        cleared(dispute).all_done("AtRisk_Question", decision_risk="no").done("Withdrawal_Countersign")
        assert dispute.dispute.ending is not None
        assert dispute.dispute.ending.how == "withdrawn"
        assert dispute.dispute.closed is not None


@pytest.mark.parametrize("name", [*HARROW, *CONFERENCE, *REVIEW])
def test_E5_a_confirmed_agreement_resolves_it_at_any_point(name: str) -> None:
    """Then it is confirmed in writing, the worker is told, a debrief is offered and a gap in policy noted."""
    for dispute in points(name):
        dispute.say_resolved().done("Resolution_Confirm", confirmed="yes")
        dispute.all_done("Resolved_Confirmation", "Resolved_InformWorker", "Resolved_Debrief")
        dispute.done("Resolved_PolicyGap", gap="yes")
        assert "business_manager" in dispute.told("Resolved_GapTold")
        cleared(dispute).all_done("AtRisk_Question", decision_risk="no")
        assert dispute.dispute.ending is not None
        assert dispute.dispute.ending.how == "resolved"
        assert dispute.dispute.closed is not None


@pytest.mark.parametrize("name", [*HARROW, *CONFERENCE, *REVIEW])
def test_S3_a_report_of_risk_opens_a_referral_for_each_child_and_the_stage_goes_on(name: str) -> None:
    """At every point; it can be reported again; the dispute does not close over a referral."""
    for dispute in points(name):
        stage = dispute.stage
        dispute.report_risk().report_risk()
        assert len(dispute.tasks("Risk_Refer")) == 2
        assert dispute.due("Risk_Refer") == dispute.due("Risk_TellLead")
        assert dispute.stage == stage
        dispute.withdraw()
        cleared(dispute).all_done("AtRisk_Question", decision_risk="no").done("Withdrawal_Countersign")
        assert dispute.dispute.closed is None
        dispute.all_done("Risk_TellLead", "Risk_Refer")
        assert dispute.dispute.closed is not None

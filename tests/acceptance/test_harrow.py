"""Harrow's procedure, clause by clause, on the real engine. Monday 2 March 2026 is the day of raising."""

from typing import Any

import pytest
from agencies import Agencies
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

import engine
from engine.course import NotNow
from engine.dispute import acting
from engine.forms import FormInvalid
from engine.replay import status

HARROW = ("harrow",)
CONFERENCE, REVIEW = ("harrow/conference-dissent",), ("harrow/review-dissent",)
DAY_0 = "Mon 2 Mar 2026 10:00"
KEY_AGENCIES = {"panel_key_agencies": ["raising", "third", "fourth"], "panel_in_addition": ["receiving"]}


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
    return timed(at_stage(play, 5), 5)


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
    return decided(play).done("Agency_Finding", not_effective="yes", agency_found="third")


def cleared(dispute: Played) -> Played:
    """What the ends of stages left to do, and the question about guidance, are done."""
    dispute.all_done("StageEnd_RiskQuestionRaising", "StageEnd_RiskQuestionReceiving")
    dispute.all_done("StageEnd_RecordRaising", "StageEnd_RecordReceiving", "Guidance_Refer")
    dispute.all_done("Guidance_Question", guidance=["none"]).all_done("Agency_Finding", not_effective="no")
    dispute.all_done("Note_Dissent", "Note_Concern").all_done("AtRisk_Question", decision_risk="no")
    return dispute.all_done("Details_Say", "Afterwards_Debrief", "Afterwards_PolicyGap")


def consulted(dispute: Played, *parts: str) -> Played:
    """Both sides have done these parts of a stage, and its time is agreed."""
    for part in parts:
        dispute.all_done(f"{dispute.stage}_{part}Raising", f"{dispute.stage}_{part}Receiving")
    return dispute


def settled(play: Play) -> Played:
    """Agreed and confirmed at stage 1."""
    dispute = timed(play.raised(DAY_0), 3).done("Stage1_Discuss", side="receiving", result="agreed")
    return dispute.done("Resolution_Confirm", confirmed="yes", agreed_at="2026-03-02T10:00")


def said_in_time(dispute: Played) -> list[str]:
    """What notices say was not done in time."""
    said = "Not done in time, and recorded so: "
    notices = [e.data["message"] for e in dispute.effects("NoticeQueued")]
    return [message.removeprefix(said) for message in notices if message.startswith(said)]


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
        no_texts("discuss"),
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
    read = " ".join(field.text for field in play.form("Stage1_Discuss").fields)
    assert "taken courage" in read
    assert "nothing about whether a concern is right" in read
    dispute.done("Stage1_Discuss", side="receiving", result="agreed", talked_how="face_to_face")
    assert dispute.open("Resolution_Confirm")
    dispute.done("Stage1_Discuss", result="not_agreed", talked_how="telephone")
    assert dispute.stage == "Stage2"


@clause(
    "HAR-1.1",
    partnerships=HARROW,
    takes=[
        without("Stage1_Timescale"),
        without("Stage1_TalkAllTheSame"),
        limit("Stage1_TalkAllTheSame", "working_days: 1", "working_days: 2"),
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
    longer = timed(at_stage(play, 5), 20, longer_because="A panel is to meet")
    assert longer.deadline == "Mon 30 Mar 2026 17:00"
    silent = play.raised(DAY_0).at("Tue 3 Mar 2026 17:00")
    assert silent.open("Stage1_Discuss")
    assert said_in_time(silent) == ["Agree the time for this stage"]


@clause(
    "HAR-2.1",
    partnerships=HARROW,
    takes=[
        without("Stage1_Early"),
        without("Stage1_Deadline"),
        without("Stage2_ConsultRaising"),
        without("Stage2_ConsultReceiving"),
        without("Stage2_FirstOver"),
        prop("Stage2_ConsultRaising", "side", "both"),
        prop("Stage2_ConsultReceiving", "tier", None),
        limit("Stage2_ConsultRaising", "working_days: 1", "working_days: 2"),
        limit("Stage2_FirstOver", "working_days: 1", "working_days: 2"),
        optional("consult-senior", "consulted"),
        no_row("who_acts", '"safeguarding_leads"', '"police"'),
    ],
)
def test_HAR_2_1_each_practitioner_consults_a_senior_member_of_staff_early_where_they_wish(play: Play) -> None:
    """After three days, or at once where they do not expect to agree; who is silent holds up nobody beyond a day."""
    late = play.raised(DAY_0).at("Thu 5 Mar 2026 17:00")
    assert late.left("Stage1") == ("deadline", "Thu 5 Mar 2026 17:00")
    dispute = at_stage(play, 2)
    assert dispute.left("Stage1") == ("escalated_early", DAY_0)
    for side in ("raising", "receiving"):
        task = dispute.task(f"Stage2_Consult{side.title()}")
        assert (task.side, task.tier) == (side, "practitioners")
        assert dispute.due(task.element) == "Tue 3 Mar 2026 17:00"
        with pytest.raises(FormInvalid):
            dispute.done(task.element, consulted="")
    dispute.done("Stage2_ConsultRaising").at("Tue 3 Mar 2026 17:00")
    assert dispute.open("Stage2_LeadRaising")
    assert said_in_time(dispute) == ["Agree the time for this stage; Consult own lead (receiving side)"]
    assert "safeguarding_lead" in acting(play.pathway.tables, "safeguarding_leads", "police")[0]


@clause(
    "HAR-2.2",
    partnerships=HARROW,
    takes=[
        without("Stage2_LeadRaising"),
        without("Stage2_LeadReceiving"),
        without("Stage2_Resolve"),
        without("Stage2_SecondOver"),
        limit("Stage2_SecondOver", "working_days: 2", "working_days: 1"),
        prop("Stage2_LeadReceiving", "side", "both"),
        prop("Stage2_Resolve", "side", "raising"),
        optional("lead-acts", "lead_way"),
        no_choice("lead-acts", "lead_way", "supports"),
        no_choice("lead-acts", "lead_way", "steps_in"),
    ],
)
def test_HAR_2_2_the_lead_supports_the_worker_or_steps_in_and_says_which(play: Play) -> None:
    """The lead of each side for itself; then they talk, on the second day whatever was not said."""
    dispute = consulted(timed(at_stage(play, 2), 3), "Consult")
    assert dispute.task("Stage2_LeadRaising").side == "raising"
    assert dispute.task("Stage2_LeadReceiving").side == "receiving"
    with pytest.raises(FormInvalid):
        dispute.done("Stage2_LeadRaising", lead_way="")
    dispute.done("Stage2_LeadRaising", lead_way="supports")
    assert not dispute.open("Stage2_Resolve")
    dispute.done("Stage2_LeadReceiving", lead_way="steps_in")
    task = dispute.task("Stage2_Resolve")
    assert (task.side, task.tier) == ("both", "safeguarding_leads")
    silent = at_stage(play, 2).at("Wed 4 Mar 2026 16:59")
    assert not silent.open("Stage2_Resolve")
    assert silent.at("Wed 4 Mar 2026 17:00").open("Stage2_Resolve")


@clause(
    "HAR-2.3",
    partnerships=HARROW,
    takes=[
        optional("lead-acts", "internal_consultations"),
        optional("lead-acts", "standards_followed"),
        optional("lead-acts", "standards_mended"),
        no_choice("lead-acts", "standards_followed", "no"),
        optional("lead-acts", "meanwhile"),
        optional("discuss-managers", "meanwhile"),
        optional("discuss-managers", "reasons_given"),
        without("Stage2_Resolve"),
        without("Stage2_Agreed"),
    ],
)
def test_HAR_2_3_consultations_are_recorded_and_each_side_says_whether_standards_are_followed(play: Play) -> None:
    """Within each agency as well as with the other; what is done where they are not; and about safety meanwhile."""
    dispute = consulted(timed(at_stage(play, 2), 3), "Consult")
    for side in ("Raising", "Receiving"):
        for key in ("internal_consultations", "standards_followed", "meanwhile"):
            with pytest.raises(FormInvalid) as refused:
                dispute.done(f"Stage2_Lead{side}", **{key: ""})
            assert refused.value.errors.keys() == {key}
        with pytest.raises(FormInvalid) as refused:
            dispute.done(f"Stage2_Lead{side}", standards_followed="no", standards_mended="")
        assert refused.value.errors.keys() == {"standards_mended"}
        dispute.done(f"Stage2_Lead{side}", standards_followed="no", standards_mended="A visit is made up for")
    for key in ("meanwhile", "reasons_given"):
        with pytest.raises(FormInvalid):
            dispute.done("Stage2_Resolve", **{key: ""})
    dispute.done("Stage2_Resolve", side="receiving", result="agreed").done("Resolution_Confirm")
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
        without("Stage3_ConsultRaising"),
        without("Stage3_ConsultReceiving"),
        without("Stage3_FirstOver"),
        without("Stage3_Resolve"),
        without("Stage3_Agreed"),
        without("Stage3_Deadline"),
        limit("Stage3_FirstOver", "working_days: 1", "working_days: 2"),
        prop("Stage3_ConsultRaising", "tier", None),
        prop("Stage3_ConsultReceiving", "side", "both"),
        prop("Stage3_Resolve", "side", "raising"),
        optional("refer-up", "handed_to"),
        optional("refer-up", "handed_summary"),
        no_row("who_acts", '"operations_managers"', '"police"'),
    ],
)
def test_HAR_3_1_each_consults_the_operations_manager_and_these_discuss_it_with_their_equivalent(play: Play) -> None:
    """Each lead their own; who is silent delays nothing beyond a day, and the clock does not let it rest."""
    dispute = timed(at_stage(play, 3), 5)
    for side in ("raising", "receiving"):
        task = dispute.task(f"Stage3_Consult{side.title()}")
        assert (task.side, task.tier) == (side, "safeguarding_leads")
        for key in ("handed_to", "handed_summary"):
            with pytest.raises(FormInvalid):
                dispute.done(task.element, **{key: ""})
    consulted(dispute, "Consult")
    task = dispute.task("Stage3_Resolve")
    assert (task.side, task.tier) == ("both", "operations_managers")
    assert dispute.may_do("Stage3_Resolve", "receiving", "senior_manager", kind="police")
    dispute.done("Stage3_Resolve", side="receiving", result="agreed")
    assert dispute.open("Resolution_Confirm")
    dispute.at("Mon 9 Mar 2026 17:00")
    assert dispute.left("Stage3") == ("deadline", "Mon 9 Mar 2026 17:00")
    assert at_stage(play, 3).at("Tue 3 Mar 2026 17:00").open("Stage3_Resolve")


@clause(
    "HAR-4.1",
    partnerships=HARROW,
    takes=[
        without("Stage4_ReferRaising"),
        without("Stage4_ReferReceiving"),
        without("Stage4_FirstOver"),
        without("Stage4_Resolve"),
        without("Stage4_Agreed"),
        limit("Stage4_FirstOver", "working_days: 1", "working_days: 2"),
        prop("Stage4_ReferRaising", "side", "both"),
        prop("Stage4_ReferReceiving", "tier", None),
        prop("Stage4_Resolve", "side", "receiving"),
        optional("refer-to-heads", "handed_to"),
        optional("discuss-heads", "hscb_representative"),
        no_row("who_acts", '"heads_of_service"', '"health"'),
    ],
)
def test_HAR_4_1_each_refers_it_to_its_head_of_service_and_these_talk_with_the_board_representative(
    play: Play,
) -> None:
    """Each to its own; who that representative is is asked where they talked."""
    dispute = timed(at_stage(play, 4), 5)
    for side in ("raising", "receiving"):
        task = dispute.task(f"Stage4_Refer{side.title()}")
        assert (task.side, task.tier) == (side, "operations_managers")
        with pytest.raises(FormInvalid):
            dispute.done(task.element, handed_to="")
    consulted(dispute, "Refer")
    task = dispute.task("Stage4_Resolve")
    assert (task.side, task.tier) == ("both", "heads_of_service")
    with pytest.raises(FormInvalid):
        dispute.done("Stage4_Resolve", hscb_representative="")
    assert dispute.may_do("Stage4_Resolve", "raising", "director", kind="health")
    dispute.done("Stage4_Resolve", side="receiving", result="agreed")
    assert dispute.open("Resolution_Confirm")
    assert at_stage(play, 4).at("Tue 3 Mar 2026 17:00").open("Stage4_Resolve")


@clause(
    "HAR-4.2",
    partnerships=HARROW,
    takes=[
        without("Stage4_HandedOn"),
        without("Guidance_Question"),
        prop("Guidance_Question", "alert", None),
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
    assert dispute.open("Stage5_Timescale")
    assert dispute.told("Guidance_BoardTold") >= {"board_representative"}
    waiting = at_stage(play, 5).at("Tue 10 Mar 2026 12:00")
    assert "business_manager" in waiting.told("Guidance_Question")
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
        without("Guidance_Refer"),
        without("Guidance_ReferOver"),
        without("Stage5_Told"),
        prop("Guidance_Refer", "side", "both"),
        prop("Guidance_Refer", "tier", "practitioners"),
        limit("Guidance_Refer", "working_days: 2", "working_days: 3"),
        limit("Guidance_ReferOver", "working_days: 2", "working_days: 3"),
        optional("refer-to-hssp", "referral_text"),
    ],
)
def test_HAR_5_0_the_raising_heads_of_service_refer_it_to_the_hssp_which_does_not_wait_for_it(play: Play) -> None:
    """Stage 5 begins by the clock too, and the HSSP is told; none received by day 2 is recorded so."""
    assert at_stage(play, 4).at("Mon 9 Mar 2026 17:00").stage == "Stage5"
    dispute = at_stage(play, 5)
    assert "chair" in dispute.told("Stage5_Told")
    task = dispute.task("Guidance_Refer")
    assert (task.side, task.tier, dispute.due("Guidance_Refer")) == (
        "raising", "heads_of_service", "Wed 4 Mar 2026 17:00",
    )  # fmt: skip
    with pytest.raises(FormInvalid):
        dispute.done("Guidance_Refer", referral_text="")
    assert timed(dispute, 5).done("Stage5_ChooseWay", hssp_way="panel").open("Guidance_Refer")
    dispute.at("Wed 4 Mar 2026 17:00")
    assert not dispute.open("Guidance_Refer")
    assert "Refer it to the HSSP" in said_in_time(dispute)


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
        optional("convene-panel", "panel_members"),
        no_field("convene-panel", "panel_in_addition"),
    ],
)
def test_HAR_5_2_the_panel_has_three_key_agencies_and_the_agencies_in_disagreement(play: Play) -> None:
    """Three, and each of the two in disagreement among them or in addition; who represents each."""
    dispute = convening(play)
    for wrong in (
        {"panel_key_agencies": ["raising", "receiving"]},
        {"panel_key_agencies": ["raising", "third", "fourth"]},
        {"panel_key_agencies": ["third", "fourth", "fifth"], "panel_in_addition": ["raising"]},
        {**KEY_AGENCIES, "panel_members": ""},
    ):
        with pytest.raises(FormInvalid):
            dispute.done("Stage5_Convene", **wrong)
    dispute.done("Stage5_Convene", **KEY_AGENCIES)
    assert dispute.completed("Stage5_Convene").data["answers"]["panel_in_addition"] == ["receiving"]
    among = {"panel_key_agencies": ["raising", "receiving", "third"], "panel_in_addition": None}
    assert convening(play).done("Stage5_Convene", **among).open("Stage5_RepresentationRaising")
    further = {"panel_key_agencies": ["third", "fourth", "fifth"], "panel_in_addition": ["raising", "receiving"]}
    assert convening(play).done("Stage5_Convene", **further).open("Stage5_RepresentationRaising")


@clause(
    "HAR-5.3",
    "E4a",
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
        without("Stage5_HearOver"),
        limit("Stage5_HearOver", "working_days: 2", "working_days: 3"),
        prop("Stage5_RepresentationRaising", "alert", None),
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
    silent = hearing(play).done("Stage5_RepresentationRaising").at("Wed 4 Mar 2026 16:59")
    assert not silent.open("Stage5_PanelDecides")
    assert silent.at("Wed 4 Mar 2026 17:00").open("Stage5_PanelDecides")
    assert "Representations of receiving side" in said_in_time(silent)
    late = convening(play).at("Fri 13 Mar 2026 10:00").done("Stage5_Convene", **KEY_AGENCIES)
    assert late.timers("deadline", "Stage5_HearOver") == ["Tue 17 Mar 2026 17:00"], "its own time, late as it is"
    assert late.open("Stage5_RepresentationReceiving")
    neither = hearing(play).at("Wed 4 Mar 2026 17:00")
    assert "business_manager" in set().union(*(to for when, to in neither.notices() if when == "Wed 4 Mar 2026 17:00"))


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
    cleared(dispute).all_done("Decided_Confirmation", "Decided_InformWorker")
    assert [t.element for t in dispute.dispute.tasks] == ["Decided_Report"]
    assert status(play.pathway, dispute.dispute) == "Decided, implementation being followed"
    dispute.at("Fri 12 Jun 2026 12:00")
    assert dispute.dispute.closed is None
    alerted = [when for when, to in dispute.notices("Decided_Report") if "business_manager" in to]
    assert alerted == ["Thu 11 Jun 2026 17:00", "Fri 12 Jun 2026 09:00"]
    with pytest.raises(FormInvalid):
        dispute.done("Decided_Report", report_text="")
    dispute.done("Decided_Report").all_done("Afterwards_Debrief", "Afterwards_PolicyGap")
    assert dispute.dispute.ending is not None
    assert dispute.dispute.ending.how == "decided"
    assert dispute.dispute.closed is not None


@clause(
    "HAR-6.1",
    partnerships=HARROW,
    takes=[
        without("Stage5_AgencyAsked"),
        without("Decided_AgencyAsked"),
        without("Agency_Finding"),
        without("Agency_Found"),
        without("Agency_Explain"),
        interrupting("Stage5_Deadline"),
        prop("Agency_Finding", "side", "both"),
        prop("Agency_Finding", "alert", None),
        prop("Agency_Finding", "overdue", None),
        limit("Agency_Finding", "working_days: 5", "working_days: 6"),
        limit("Agency_Explain", "working_days: 5", "working_days: 6"),
        optional("explain-concerns", "executive"),
        optional("explain-concerns", "concerns_explained"),
    ],
)
def test_HAR_6_1_concerns_about_an_agency_are_explained_to_its_chief_executive_never_by_a_timer(play: Play) -> None:
    """After a panel, and after a direct resolution: the HSSP is asked; the clock alone only alerts."""
    waiting = at_stage(play, 5).at("Tue 10 Mar 2026 12:00")
    assert waiting.stage == "Stage5"
    assert "business_manager" in waiting.told("Stage5_Overdue")
    direct = choosing(play).done("Stage5_ChooseWay", hssp_way="directly").done("Stage5_Direct", direct_result="agreed")
    assert direct.done("Resolution_Confirm", confirmed="yes").open("Agency_Finding")
    assert direct.open("Resolved_Confirmation")
    dispute = decided(play)
    task = dispute.task("Agency_Finding")
    assert (task.side, task.tier, dispute.stage) == ("partnership", "hssp", None)
    assert dispute.due("Agency_Finding") == "Fri 20 Mar 2026 17:00"
    assert not dispute.may_do("Agency_Finding", "the HSSP", "business_manager")
    dispute.at("Mon 23 Mar 2026 12:00")
    alerted = [when for when, to in dispute.notices("Agency_Finding") if "business_manager" in to]
    assert alerted == ["Fri 20 Mar 2026 17:00", "Mon 23 Mar 2026 09:00"]
    assert play.pathway.diagram.elements["Agency_Finding"].properties.get("overdue") == "office"
    dispute.done("Agency_Finding", not_effective="yes", agency_found="third")
    assert dispute.due("Agency_Explain") == "Mon 30 Mar 2026 17:00"
    for key in ("executive", "concerns_explained"):
        with pytest.raises(FormInvalid):
            dispute.done("Agency_Explain", **{key: ""})
    dispute.at("Tue 31 Mar 2026 12:00")
    assert dispute.task("Agency_Explain").overdue
    none = decided(play).done("Agency_Finding", not_effective="no")
    assert not none.open("Agency_Explain")
    assert not at_stage(play, 4).say_resolved().done("Resolution_Confirm", confirmed="yes").open("Agency_Finding")


@clause(
    "HAR-6.2",
    partnerships=HARROW,
    takes=[
        without("Agency_StillConcerned"),
        without("Agency_Notify"),
        optional("consider-notifying", "notify_reasons"),
        no_choice("consider-notifying", "notify", "inspectorate"),
        no_choice("consider-notifying", "notify", "department"),
        no_choice("consider-notifying", "notify", "no"),
        prop("Agency_Notify", "side", "both"),
    ],
)
def test_HAR_6_2_where_concern_is_left_notifying_is_considered_and_the_dispute_goes_on(play: Play) -> None:
    """The decision either way, and why; beside it the dispute comes to its own end."""
    for notify in ("inspectorate", "department", "no"):
        dispute = found(play).done("Agency_Explain", still_concerned="yes")
        assert dispute.task("Agency_Notify").side == "partnership"
        with pytest.raises(FormInvalid):
            dispute.done("Agency_Notify", notify=notify, notify_reasons="")
        dispute.done("Agency_Notify", notify=notify)
    content = found(play).done("Agency_Explain", still_concerned="no")
    assert not content.open("Agency_Notify")
    beside = found(play).done("Agency_Explain", still_concerned="yes")
    for each in (dispute, beside):
        cleared(each).all_done("Decided_Report", "Decided_Confirmation", "Decided_InformWorker")
        each.all_done("Afterwards_Debrief", "Afterwards_PolicyGap")
        assert each.dispute.ending is not None
        assert each.dispute.ending.how == "decided"
    assert dispute.dispute.closed is not None
    assert beside.dispute.closed is None


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
        assert not dispute.open("Resolved_Confirmation")
        for side in ("Raising", "Receiving"):
            with pytest.raises(FormInvalid):
                dispute.done(f"StageEnd_Record{side}", shared_with_worker=False)
    assert decided(play).done("Decided_Confirmation").open("Decided_InformWorker")
    assert decided(play).task("Decided_Confirmation").side == "both"


@clause(
    "HAR-7.2",
    partnerships=HARROW,
    takes=[
        no_field("details", "other_procedures"),
        no_field("agree-timescale", "other_procedures"),
        *(no_choice("details", "other_procedures", name) for name in ("complaints", "whistleblowing", "allegation")),
    ],
)
def test_HAR_7_2_other_procedures_in_use_are_noted_and_stop_nothing(play: Play) -> None:
    """As it is raised and at the beginning of each stage."""
    others = ["complaints", "whistleblowing", "allegation"]
    dispute = play.raised(DAY_0).done("Details_Say", other_procedures=others)
    assert dispute.completed("Details_Say").data["answers"]["other_procedures"] == others
    timed(dispute, 3, other_procedures=["complaints"])
    assert dispute.completed("Stage1_Timescale").data["answers"]["other_procedures"] == ["complaints"]
    assert dispute.stage == "Stage1"


@clause(
    "HAR-7.3",
    partnerships=HARROW,
    takes=[
        without("Afterwards_Debrief"),
        without("Resolved_Afterwards"),
        without("Decided_Afterwards"),
        prop("Afterwards_Debrief", "side", "raising"),
    ],
)
def test_HAR_7_3_a_debrief_is_offered_however_it_ended(play: Play) -> None:
    """After a resolution and after a panel's decision."""
    resolved = settled(play).all_done("Resolved_Confirmation", "Resolved_InformWorker")
    assert resolved.task("Afterwards_Debrief").side == "both"
    dispute = decided(play).all_done("Decided_Report", "Decided_Confirmation", "Decided_InformWorker")
    assert dispute.task("Afterwards_Debrief").side == "both"


@clause(
    "HAR-R1",
    partnerships=HARROW,
    takes=[
        blank("risk", "move_up_after_working_hours"),
        without("Raised_RiskReported"),
        without("Risk_TellLead"),
        without("Risk_Refer"),
        without("Risk_Told"),
        without("Stage1_Deadline"),
        without("Stage2_Early"),
        interrupting("Stage5_Deadline"),
        prop("Risk_Told", "to", "both"),
    ],
)
def test_HAR_R1_on_saturday_night_every_tier_is_told_and_may_take_it_up_and_the_clock_passes_over_nobody(
    play: Play,
) -> None:
    """Reported at 23:30: each tier to come and the out-of-hours route hear of it in that minute.

    Whoever acts moves it on at once, as far as the HSSP, whose decision is due the same working day; where nobody does,
    each stage has two working hours of its own.
    """
    night = "Sat 7 Mar 2026 23:30"
    dispute = play.raised(night, risk=True)
    assert dispute.open("Risk_Refer")
    assert dispute.open("Risk_TellLead")
    tiers = {"safeguarding_leads", "operations_managers", "heads_of_service", "hssp"}
    assert dispute.notices("Risk_Told") == [(night, {*tiers, "out_of_hours"})]
    assert dispute.deadline == "Mon 9 Mar 2026 11:00"
    for _ in range(4):
        dispute.escalate(side="receiving")
    assert [dispute.left(f"Stage{n}") for n in range(1, 5)] == [("escalated_early", night)] * 4
    assert (dispute.stage, dispute.deadline) == ("Stage5", "Sun 8 Mar 2026 00:30")
    assert dispute.at("Mon 16 Mar 2026 12:00").stage == "Stage5"
    alone = play.raised("Thu 5 Mar 2026 10:00").at(night).report_risk(side="receiving")
    assert (alone.stage, alone.deadline) == ("Stage1", "Mon 9 Mar 2026 11:00")
    assert alone.notices("Risk_Told")[-1][0] == night
    alone.at("Mon 9 Mar 2026 17:00")
    ends = [alone.left(f"Stage{n}") for n in range(1, 5)]
    assert ends == [("deadline", f"Mon 9 Mar 2026 {hour}:00") for hour in (11, 13, 15, 17)]
    assert (alone.stage, alone.deadline) == ("Stage5", "Mon 9 Mar 2026 18:00")


@clause("HAR-R1", partnerships=HARROW, takes=[blank("risk", "move_up_after_working_hours")])
def test_HAR_R1_it_stops_when_each_side_that_reported_has_recorded_why(play: Play) -> None:
    """One side's word is not the other's; an agreed time is no excuse, and comes back once the risk is over."""
    dispute = timed(play.raised(DAY_0, risk=True), 2)
    assert dispute.deadline == "Mon 2 Mar 2026 12:00"
    dispute.report_risk(side="receiving").risk_over(side="raising")
    assert dispute.deadline == "Mon 2 Mar 2026 12:00"
    dispute.risk_over(side="receiving")
    assert dispute.deadline == "Wed 4 Mar 2026 17:00"
    assert play.raised(DAY_0).deadline == "Thu 5 Mar 2026 17:00"
    shorter = timed(play.raised(DAY_0, risk=True), 1, side="receiving")
    assert shorter.deadline == "Mon 2 Mar 2026 12:00", "less is agreed by anyone, and hurries nothing out of the way"
    assert shorter.risk_over().deadline == "Tue 3 Mar 2026 17:00"
    with pytest.raises(NotNow):
        timed(play.raised(DAY_0, risk=True), 10, side="receiving", longer_because="A report is awaited")


@clause("HAR-R1", partnerships=HARROW)
def test_HAR_R1_whoever_reported_or_their_lead_says_so_after_the_front_doors_answer(play: Play) -> None:
    """Not before the referral is on record, not the other side, and not the office over their heads."""
    agencies = Agencies(play, DAY_0)
    agencies.joins("lead", "raising", "safeguarding_lead")
    ref = agencies.raised()
    agencies.does("raising", engine.report_risk, ref)
    why = "The child is with a grandmother"
    for who in ("receiving", "manager"):
        with pytest.raises(engine.SideWrong):
            agencies.does(who, engine.risk_over, ref, why)
    with pytest.raises(engine.NotNow):
        agencies.does("lead", engine.risk_over, ref, why)
    asked = play.raised(DAY_0, risk=True)
    for element in ("Risk_Refer", "Risk_TellLead"):
        agencies.completes("raising", ref, f"{element}.1", asked.filled(element))
    agencies.does("lead", engine.risk_over, ref, why)
    assert not agencies.dispute(ref).risk_believed


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
        without("Raised_Begun"),
        prop("Note_Dissent", "side", "raising"),
        prop("Note_Dissent", "tier", "any"),
        prop("Note_Dissent", "alert", None),
        optional("note-dissent", "in_minutes"),
        optional("note-dissent", "dissent_noted"),
        *(no_texts(form) for form in ("raise-conference-dissent", "note-dissent", "resolve-dissent", "wish-panel")),
        no_row("who_acts", '"conference_chair"'),
    ],
)
def test_HAR_C1_the_chair_notes_the_dissent_in_the_minutes_and_the_decision_stands(play: Play) -> None:
    """The pages say that it stands; noting stays open until it is done, and the Chair's manager does not wait."""
    dispute = play.raised(DAY_0)
    assert dispute.stage == "Stage1"
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
    dispute.at("Mon 16 Mar 2026 17:00")
    assert dispute.stage is None
    assert "business_manager" in dispute.told("Note_Dissent")
    assert not dispute.done("Note_Dissent").open("Note_Dissent")


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
        prop("Stage2_ConcernsPersist", "overdue", None),
        without("NotPursued_Countersign"),
        prop("NotPursued", "end", "resolved"),
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
    assert play.pathway.diagram.elements["Stage2_ConcernsPersist"].properties.get("overdue") == "seniors"
    content = unresolved(play).done("Stage2_ConcernsPersist", persists="no")
    assert not content.open("Resolved_Confirmation")
    again = content.done("NotPursued_Countersign", countersigned="no")
    assert again.open("Stage2_ConcernsPersist")
    again.done("Stage2_ConcernsPersist", persists="no").done("NotPursued_Countersign", countersigned="yes")
    assert again.dispute.ending is not None
    assert again.dispute.ending.how == "not_pursued"


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
        dispute.all_done("Decided_Confirmation")
        assert dispute.dispute.ending is not None
        assert dispute.dispute.ending.how == how
        assert dispute.open("Afterwards_Debrief")
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
        without("AtRisk_TellLead"),
        without("AtRisk_LeadKnows"),
        optional("tell-lead", "lead_told_at"),
        optional("main-started", "main_reference"),
    ],
)
def test_HAR_C6_a_decision_that_puts_the_child_at_risk_starts_the_main_pathway_too(play: Play) -> None:
    """Raised with the Chair before leaving, the own lead informed; its reference links the two."""
    dispute = play.raised(DAY_0)
    assert dispute.task("AtRisk_Question").side == "raising"
    assert dispute.due("AtRisk_Question") == "Mon 2 Mar 2026 17:00"
    for answers in ({"decision_risk": ""}, {"decision_risk": "yes", "chair_told_before_leaving": ""}):
        with pytest.raises(FormInvalid):
            dispute.done("AtRisk_Question", **answers)
    dispute.done("AtRisk_Question", decision_risk="yes")
    assert dispute.open("Note_Dissent")
    with pytest.raises(FormInvalid):
        dispute.done("AtRisk_StartMain", main_reference="")
    dispute.done("AtRisk_StartMain", main_reference="HAR-2026-0001")
    assert not dispute.open("AtRisk_TellLead"), "the lead had been told as it was raised"
    untold = play.raised(DAY_0, lead_told="no").done("AtRisk_Question", decision_risk="yes")
    with pytest.raises(FormInvalid):
        untold.done("AtRisk_TellLead", lead_told_at="")
    assert untold.at("Tue 10 Mar 2026 12:00").open("AtRisk_TellLead")
    assert "business_manager" in untold.told("AtRisk_StartMain")
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
        without("Raised_Begun"),
        prop("Note_Concern", "alert", None),
    ],
)
def test_HAR_L1_it_is_raised_with_the_reviewing_officer_and_recorded_in_the_minutes(play: Play) -> None:
    """The officer who chaired the review; beside it ten working days to settle it."""
    late = play.raised(DAY_0).at("Tue 24 Mar 2026 12:00")
    assert "business_manager" in late.told("Note_Concern")
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
    assert play.raised(DAY_0).open("Stage1_Settle"), "nothing waits for the minutes"


@clause(
    "HAR-L2",
    partnerships=REVIEW,
    takes=[
        without("Policy_Start"),
        without("Policy_Started"),
        without("Policy_Told"),
        without("Policy_ConcernsPersist"),
        without("NotPursued_Countersign"),
        prop("Policy_Start", "alert", None),
        prop("Policy_Start", "side", "both"),
        prop("Policy_ConcernsPersist", "side", "both"),
        prop("ReferredOn", "end", "decided"),
        prop("NotPursued", "end", "resolved"),
        optional("start-resolution-policy", "policy_reasons"),
    ],
)
def test_HAR_L2_the_chair_may_start_the_councils_dispute_resolution_policy(play: Play) -> None:
    """Never by a timer, and without waiting for the dissenter; where it is not started, the dissenter is asked."""
    dispute = play.raised(DAY_0).at("Tue 24 Mar 2026 12:00")
    task = dispute.task("Policy_Start")
    assert (task.side, task.tier) == ("receiving", "reviewing_officer")
    alerted = [when for when, to in dispute.notices("Policy_Start") if "business_manager" in to]
    assert alerted == ["Mon 23 Mar 2026 17:00", "Tue 24 Mar 2026 09:00"]
    with pytest.raises(FormInvalid):
        dispute.done("Policy_Start", start_policy="no", policy_reasons="")
    dispute.done("Policy_Start", start_policy="yes").all_done("Referred_Confirmation")
    assert dispute.dispute.ending is not None
    assert dispute.dispute.ending.how == "referred_on"
    assert "both" in dispute.told("Policy_Told")
    dispute = play.raised(DAY_0).escalate().done("Policy_Start", start_policy="no")
    assert dispute.task("Policy_ConcernsPersist").side == "raising"
    dispute.done("Policy_ConcernsPersist", persists="yes").done("Policy_Start", start_policy="no")
    dispute.done("Policy_ConcernsPersist", persists="no").done("NotPursued_Countersign", countersigned="yes")
    assert dispute.dispute.ending is not None
    assert dispute.dispute.ending.how == "not_pursued"


# What all three share.


def points(name: str) -> list[Played]:
    """A dispute at each point of a pathway at which it can be withdrawn or resolved."""
    play = Play(name)
    if name in HARROW:
        return [at_stage(play, stage) for stage in range(1, 6)]
    question = "Stage2_ConcernsPersist" if name in CONFERENCE else "Policy_Start"
    found = [play.raised(DAY_0), play.raised(DAY_0).escalate()]
    assert found[-1].open(question)
    if name in CONFERENCE:
        return [*found, unresolved(play).done(question, persists="yes")]
    return [*found, play.raised(DAY_0).escalate().done(question, start_policy="no")]


@pytest.mark.parametrize("name", [*HARROW, *CONFERENCE, *REVIEW])
def test_C1_it_can_be_withdrawn_at_any_point_and_ends_once_that_is_countersigned(name: str) -> None:
    """With the risk question and the records that any end of a stage leaves; the branches beside are answered."""
    for dispute in points(name):
        stage = dispute.stage
        dispute.withdraw()
        assert dispute.task("Withdrawal_Countersign").role == "safeguarding_lead"
        assert dispute.stage == stage, "the clock runs until it is countersigned"
        dispute.done("Withdrawal_Countersign", countersigned="yes")
        assert dispute.open("StageEnd_RiskQuestionReceiving")
        assert dispute.open("StageEnd_RecordReceiving")
        cleared(dispute)
        assert dispute.dispute.ending is not None
        assert dispute.dispute.ending.how == "withdrawn"
        assert dispute.dispute.closed is not None


@pytest.mark.parametrize("name", [*HARROW, *CONFERENCE, *REVIEW])
def test_E5_a_confirmed_agreement_resolves_it_at_any_point(name: str) -> None:
    """Then it is confirmed in writing, the worker is told, a debrief is offered and a gap in policy noted."""
    for dispute in points(name):
        dispute.say_resolved().done("Resolution_Confirm", confirmed="yes")
        dispute.all_done("Resolved_Confirmation", "Resolved_InformWorker", "Afterwards_Debrief")
        dispute.done("Afterwards_PolicyGap", gap="yes")
        assert "business_manager" in dispute.told("Afterwards_GapTold")
        cleared(dispute)
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
        assert "out_of_hours" in dispute.told("Risk_Told")
        assert dispute.stage == stage
        cleared(dispute.withdraw().done("Withdrawal_Countersign", countersigned="yes"))
        assert dispute.dispute.closed is None
        dispute.all_done("Risk_TellLead", "Risk_Refer")
        assert dispute.dispute.closed is not None

"""All five protocols and their side pathways on the pages, from raising to each of their ends (C1).

The ends are read from the diagrams, so that an end without a journey here fails. Most journeys are made without
JavaScript, which no page needs; one in each protocol with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from journey import CHAIR, HEAD, LEAD, OFFICE, TEACHER, Journey

from engine.pathway import read_folder
from run import BPMN

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership import Partnership

    from engine.pathway import Pathway

WORKER, LANE = "Wren Worker of the council", "Lane Safeguarding-Lead of the council"
MAX = "Max Line-Manager of the council"
SENIOR, DIRECTOR = "Sidney Senior-Manager of the council", "Devon Director of the council"
CONFERENCE_CHAIR, REVIEWING_OFFICER = "Corin Conference-Chair of the council", "Ira Reviewing-Officer of the council"
POLICE, HEALTH, SCHOOL = "Pretend Constabulary", "Fictional Health Trust", "Made-up Primary School"
JOURNEYS: list[tuple[str, str]] = []


def to(pathway: str, end: str, *, javascript: bool = False) -> Callable[[Callable[[Journey], None]], Any]:
    """Mark a test as the journey to an end; where one resolves, by the kind of the stage: “Resolved, ordinary”."""
    JOURNEYS.append((pathway, end))
    made = pytest.param((pathway, javascript), marks=[pytest.mark.always] if javascript else [], id=pathway)
    return pytest.mark.parametrize("dispute", [made], indirect=True)


@pytest.fixture
def dispute(request: pytest.FixtureRequest, partnership: Callable[[str], Partnership]) -> Journey:
    """A dispute that is about to be raised."""
    pathway, javascript = request.param
    return Journey(partnership(pathway.partition("/")[0]), pathway, javascript=javascript)


def ends(pathway: Pathway) -> set[str]:
    """The ends that a diagram has; one that resolves counts once for each kind of stage from which it is reached."""
    found = set()
    for element in pathway.diagram.elements.values():
        how = element.properties.get("end") if element.kind == "endEvent" else None
        kinds = sorted(_kinds(pathway, element.id)) if how == "resolved" else []
        found |= {f"{element.id}, {kind}" for kind in kinds} or ({element.id} if how else set())
    return found


def _kinds(pathway: Pathway, end: str) -> set[str]:
    """The kinds of the stages that are the last ones before an end."""
    stages, seen, ahead = {stage.id: stage.kind for stage in pathway.stages}, set(), [end]
    kinds = set()
    while ahead:
        element = ahead.pop()
        if element in stages:
            kinds.add(stages[element])
        elif element not in seen:
            seen.add(element)
            attached = pathway.diagram.elements[element].attached_to
            ahead += [attached] if attached else [f.source for f in pathway.diagram.flows if f.target == element]
    return kinds


def test_every_end_of_every_diagram_has_a_journey_here() -> None:
    """And each journey leads to an end that there is."""
    found = set()
    for path in BPMN.glob("*/*.bpmn"):
        pathway = read_folder(path.parent, path.stem, demo=True)
        found |= {(pathway.name, end) for end in ends(pathway)}
    assert found == set(JOURNEYS)


@to("birmingham", "Resolved, ordinary", javascript=True)
def test_birmingham_the_leads_agree_after_the_first_deadline(dispute: Journey) -> None:
    """The five days of stage 1 pass, the school takes it to its lead, the leads agree."""
    dispute.raised().deadlines().sees(TEACHER, "", "Put record on file", "after Stage 1: practitioners talk")
    dispute.sees(TEACHER, "Stage2_TakeToLead", "settled by Wednesday", "it goes by itself to Stage 3")
    dispute.done(TEACHER, "Stage2_TakeToLead").done(LANE, "Stage2_Resolve", result="agreed")
    dispute.agreed().closes("resolved at Stage 2", "Resolved")


@to("birmingham", "Resolved, exceptional")
def test_birmingham_both_sides_agree_before_the_co_chairs_decide(dispute: Journey) -> None:
    """Nothing helps until the Co-Chairs are asked; then the council says that they have agreed."""
    dispute.raised().deadlines(4).done(HEAD, "Stage5_ConcernsPersist", persists="yes")
    dispute.act(WORKER, "We have agreed").agreed().closes("resolved at Stage 5", "Resolved")


@to("birmingham", "Decided")
def test_birmingham_the_co_chairs_decide(dispute: Journey) -> None:
    """All four stages take all their time, both sides put their case, the Co-Chairs decide without a meeting."""
    dispute.raised().deadlines(4).done(HEAD, "Stage5_ConcernsPersist", persists="yes")
    dispute.done(HEAD, "Stage5_RepresentationRaising").done(DIRECTOR, "Stage5_RepresentationReceiving")
    dispute.sees(CHAIR, "Stage5_Consider", "After that it stays here, and the business manager is told.")
    dispute.done(CHAIR, "Stage5_Consider", hold_meeting="no").done(CHAIR, "Stage5_Decide")
    dispute.closes("decided at Stage 5", "Decided")


@to("birmingham", "Withdrawn")
def test_birmingham_the_school_withdraws_and_its_lead_countersigns(dispute: Journey) -> None:
    """At once, at stage 1."""
    dispute.raised().act(TEACHER, "Withdraw it").done(LEAD, "Withdrawal_Countersign", countersigned="yes")
    dispute.closes("withdrawn at Stage 1", "Withdrawn")


@to("birmingham", "NotPursued")
def test_birmingham_the_schools_concerns_no_longer_persist(dispute: Journey) -> None:
    """All four stages take all their time; the head teacher says so, and the school's lead countersigns."""
    dispute.raised().deadlines(4).done(HEAD, "Stage5_ConcernsPersist", persists="no")
    dispute.closes("concerns not pursued at Stage 4", "NotPursued")


@to("bromley", "Resolved, ordinary", javascript=True)
def test_bromley_the_workers_agree(dispute: Journey) -> None:
    """On the telephone, at stage 1."""
    dispute.raised().done(WORKER, "Stage1_Discuss", result="agreed").agreed().closes("resolved at Stage 1", "Resolved")


@to("bromley", "Resolved, exceptional")
def test_bromley_both_sides_agree_while_the_chair_chooses_the_way(dispute: Journey) -> None:
    """The workers, the line managers, the tiers and the Board members let all their time pass."""
    dispute.raised().deadlines(4).done(HEAD, "Stage4_ConcernsPersist", persists="yes")
    dispute.act(WORKER, "We have agreed").agreed().closes("resolved at Stage 4", "Resolved")


@to("bromley", "Settled")
def test_bromley_the_chair_settles_it_with_the_senior_managers(dispute: Journey) -> None:
    """The managers climb one tier before the tiers' time is over; the Chair needs no panel."""
    failed = {"result": "not_agreed"}
    dispute.raised().deadlines(2).done(LEAD, "Stage3_ReportRaising").done(MAX, "Stage3_ReportReceiving")
    dispute.done(HEAD, "Stage3_Discuss", **failed, tier_left="yes")
    dispute.done(SENIOR, "Stage3_NextTier").done(SENIOR, "Stage3_Discuss", **failed, tier_left="no")
    dispute.done(HEAD, "Board_EngageRaising", **failed, board_engaged="yes").deadlines()
    dispute.done(HEAD, "Stage4_ConcernsPersist", persists="yes")
    dispute.done(CHAIR, "Stage4_Choose", way="direct").done(CHAIR, "Stage4_Direct", way="direct")
    dispute.done(CHAIR, "Settled_Record").closes("decided at Stage 4", "Settled")


@to("bromley", "Decided")
def test_bromley_a_resolution_panel_of_three_agencies_decides(dispute: Journey) -> None:
    """The Chair convenes it; both sides put their case, the panel resolves it together."""
    three = ("bromley-school", "bromley-council", "bromley-police")
    dispute.raised().deadlines(4).done(HEAD, "Stage4_ConcernsPersist", persists="yes")
    dispute.done(CHAIR, "Stage4_Choose", way="panel")
    dispute.done(CHAIR, "Stage4_Convene", composition="three", panel_agencies=three)
    dispute.done(TEACHER, "Panel_RepresentationRaising").done(WORKER, "Panel_RepresentationReceiving")
    dispute.done(OFFICE, "Panel_Decide").closes("decided at Stage 4", "Decided")


@to("bromley", "Withdrawn")
def test_bromley_the_school_withdraws_while_line_managers_have_it(dispute: Journey) -> None:
    """After the first deadline; the school's lead countersigns it."""
    dispute.raised().deadlines().act(TEACHER, "Withdraw it").done(LEAD, "Withdrawal_Countersign", countersigned="yes")
    dispute.closes("withdrawn at Stage 2", "Withdrawn")


@to("bromley", "NotPursued")
def test_bromley_the_school_does_not_refer_it_to_the_chair(dispute: Journey) -> None:
    """Stages 1 to 3 take all their time; the head teacher says so, and the school's lead countersigns."""
    dispute.raised().deadlines(4).done(HEAD, "Stage4_ConcernsPersist", persists="no")
    dispute.closes("concerns not pursued at Stage 3", "NotPursued")


@to("harrow", "Resolved, ordinary", javascript=True)
def test_harrow_the_practitioners_agree_in_the_time_they_set_themselves(dispute: Journey) -> None:
    """Two days are agreed, and enough."""
    dispute.raised().done(TEACHER, "Stage1_Timescale", agreed_working_days="2")
    dispute.done(WORKER, "Stage1_Discuss", result="agreed").agreed().closes("resolved at Stage 1", "Resolved")


@to("harrow", "Resolved, exceptional")
def test_harrow_the_partnership_resolves_it_directly(dispute: Journey) -> None:
    """Four stages pass; the HSSP speaks with both agencies, and they agree."""
    dispute.raised().deadlines(4).done(CHAIR, "Stage5_Timescale")
    dispute.done(CHAIR, "Stage5_ChooseWay", hssp_way="directly").done(CHAIR, "Stage5_Direct", direct_result="agreed")
    dispute.agreed().done(CHAIR, "Agency_Finding", not_effective="no")
    dispute.closes("resolved at Stage 5", "Resolved", with_help_of=[HEAD])


@to("harrow", "Decided")
def test_harrow_a_panel_decides_and_an_agency_is_found_not_to_be_effective(dispute: Journey) -> None:
    """The panel decides the next course of action; stage 6 is gone through as far as notifying an inspectorate."""
    three = [f"harrow-{agency}" for agency in ("school", "council", "police")]
    dispute.raised().deadlines(4).done(HEAD, "Guidance_Refer").done(CHAIR, "Stage5_Timescale")
    dispute.done(CHAIR, "Stage5_ChooseWay", hssp_way="panel")
    dispute.done(CHAIR, "Stage5_Convene", panel_key_agencies=three)
    dispute.done(HEAD, "Stage5_RepresentationRaising").done(DIRECTOR, "Stage5_RepresentationReceiving")
    dispute.done(CHAIR, "Stage5_PanelDecides")
    dispute.done(CHAIR, "Agency_Finding", not_effective="yes", agency_found="harrow-council")
    dispute.done(CHAIR, "Agency_Explain", still_concerned="yes")
    dispute.done(CHAIR, "Agency_Notify", notify="inspectorate").done(CHAIR, "Decided_Report")
    dispute.closes("decided", "Decided", with_help_of=[HEAD])


@to("harrow", "Withdrawn")
def test_harrow_the_school_withdraws_while_managers_have_it(dispute: Journey) -> None:
    """After the first deadline."""
    dispute.raised().deadlines().act(TEACHER, "Withdraw it")
    dispute.done(LEAD, "Withdrawal_Countersign", countersigned="yes").closes("withdrawn at Stage 2", "Withdrawn")


@to("harrow/conference-dissent", "Resolved, ordinary")
def test_harrow_the_chairs_manager_resolves_a_conference_dissent(dispute: Journey) -> None:
    """The dissent is noted, the Chair's manager meets the teacher, and they agree."""
    noted(dispute).done(MAX, "Stage1_Resolve", result="agreed", conference_outcome="reconvened")
    dispute.agreed().closes("resolved at Stage 1", "Resolved")


@to("harrow/conference-dissent", "Resolved, exceptional")
def test_harrow_a_conference_dissent_is_resolved_while_the_final_review_panel_has_it(dispute: Journey) -> None:
    """The teacher asked for the panel, and agrees before it has met."""
    panel(dispute).act(MAX, "We have agreed").agreed().closes("resolved at Stage 2", "Resolved")


@to("harrow/conference-dissent", "NotPursued")
def test_harrow_a_conference_dissent_is_not_pursued(dispute: Journey) -> None:
    """The teacher does not wish a Final Review Panel."""
    noted(dispute).deadlines().done(TEACHER, "Stage2_ConcernsPersist", persists="no")
    dispute.closes("concerns not pursued at Stage 1", "NotPursued")


@to("harrow/conference-dissent", "Decided")
def test_harrow_the_final_review_panel_decides_a_conference_dissent(dispute: Journey) -> None:
    """The teacher does not take it further."""
    panel(dispute).done(CHAIR, "Stage2_Panel").done(TEACHER, "Further_ConcernsPersist", further="no")
    dispute.closes("decided at Stage 2", "Decided")


@to("harrow/conference-dissent", "ReferredOn")
def test_harrow_a_conference_dissent_goes_on_to_the_ombudsman(dispute: Journey) -> None:
    """After the Final Review Panel."""
    panel(dispute).done(CHAIR, "Stage2_Panel").done(TEACHER, "Further_ConcernsPersist", further="ombudsman")
    dispute.closes("referred on", "ReferredOn")


@to("harrow/conference-dissent", "Withdrawn")
def test_harrow_a_conference_dissent_is_withdrawn_before_it_is_noted(dispute: Journey) -> None:
    """The Chair notes it all the same."""
    dispute.raised().act(TEACHER, "Withdraw it").closes(
        "withdrawn at Stage 1", "Withdrawn", with_help_of=[CONFERENCE_CHAIR]
    )


def noted(dispute: Journey) -> Journey:
    """A conference dissent, believed to put nobody at risk, is in the minutes."""
    dispute.raised().done(TEACHER, "AtRisk_Question", decision_risk="no")
    return dispute.done(CONFERENCE_CHAIR, "Note_Dissent")


def panel(dispute: Journey) -> Journey:
    """The Chair's manager had ten days, and the Final Review Panel is asked."""
    return noted(dispute).deadlines().done(TEACHER, "Stage2_ConcernsPersist", persists="yes")


@to("harrow/review-dissent", "Resolved, ordinary")
def test_harrow_the_reviewing_officer_settles_a_review_dissent(dispute: Journey) -> None:
    """The concern is in the minutes, they talk, they agree."""
    dispute.raised().done(REVIEWING_OFFICER, "Note_Concern").done(REVIEWING_OFFICER, "Stage1_Settle", result="agreed")
    dispute.agreed().closes("resolved at Stage 1", "Resolved")


@to("harrow/review-dissent", "NotPursued")
def test_harrow_a_review_dissent_is_not_pursued_without_the_councils_policy(dispute: Journey) -> None:
    """The Reviewing Officer does not start the policy, and the teacher's concerns do not persist."""
    unsettled(dispute).done(REVIEWING_OFFICER, "Policy_Start", start_policy="no")
    dispute.done(TEACHER, "Policy_ConcernsPersist", persists="no").closes(
        "concerns not pursued at Stage 1", "NotPursued"
    )


@to("harrow/review-dissent", "ReferredOn")
def test_harrow_a_review_dissent_goes_on_to_the_councils_policy(dispute: Journey) -> None:
    """The Reviewing Officer starts it."""
    unsettled(dispute).done(REVIEWING_OFFICER, "Policy_Start", start_policy="yes").closes("referred on", "ReferredOn")


@to("harrow/review-dissent", "Withdrawn")
def test_harrow_a_review_dissent_is_withdrawn(dispute: Journey) -> None:
    """While the Reviewing Officer has it."""
    dispute.raised().done(REVIEWING_OFFICER, "Note_Concern").act(TEACHER, "Withdraw it")
    dispute.closes("withdrawn at Stage 1", "Withdrawn")


def unsettled(dispute: Journey) -> Journey:
    """A review dissent that the Reviewing Officer could not settle."""
    dispute.raised().done(REVIEWING_OFFICER, "Note_Concern")
    return dispute.done(REVIEWING_OFFICER, "Stage1_Settle", result="not_agreed")


@to("barnet", "Resolved, ordinary", javascript=True)
def test_barnet_the_workers_agree(dispute: Journey) -> None:
    """On the day of raising; the council says so, and the school confirms it."""
    dispute.raised().done(WORKER, "Stage1_Discuss", result="agreed").agreed().closes("resolved at Stage 1", "Resolved")


@to("barnet", "ReferredOn")
def test_barnet_the_school_takes_a_decision_of_the_police_elsewhere(dispute: Journey) -> None:
    """Three lines of the police and the Borough Commander once more let their time pass; the Forum records nothing."""
    dispute.raised(against=POLICE, contact_case="police_barnet").deadlines(5)
    dispute.done(HEAD, "Stage3_ConcernsPersist", persists="yes", way_on="complaint").done(LEAD, "Notify_Partnership")
    dispute.done(OFFICE, "Forum_Case", forum_outcome="none").closes("referred on", "ReferredOn")


@to("barnet", "NotPursued")
def test_barnet_the_schools_concerns_no_longer_persist(dispute: Journey) -> None:
    """With health, whose one line and stage 3 take all their time; it is a case of the Forum all the same."""
    dispute.raised(against=HEALTH, contact_case="health").deadlines(3)
    dispute.done(HEAD, "Stage3_ConcernsPersist", persists="no")
    dispute.closes("concerns not pursued at Stage 3", "NotPursued", with_help_of=(OFFICE,))


def withdrawn(dispute: Journey, by: str = TEACHER, lead: str = LEAD) -> Journey:
    """Somebody withdraws it, and a lead of theirs who is no party countersigns."""
    return dispute.act(by, "Withdraw it").done(lead, "Withdrawal_Countersign", countersigned="yes")


@to("barnet", "Stage1_WithdrawalEnded")
def test_barnet_it_is_withdrawn_at_once(dispute: Journey) -> None:
    """At stage 1."""
    withdrawn(dispute.raised()).closes("withdrawn", "Stage1_WithdrawalEnded")


@to("barnet", "Stage2_Line1_WithdrawalEnded")
def test_barnet_it_is_withdrawn_at_the_first_line(dispute: Journey) -> None:
    """After one deadline."""
    withdrawn(dispute.raised().deadlines(1)).closes("withdrawn", "Stage2_Line1_WithdrawalEnded")


@to("barnet", "Stage2_Line2_WithdrawalEnded")
def test_barnet_it_is_withdrawn_at_the_second_line(dispute: Journey) -> None:
    """After two deadlines."""
    withdrawn(dispute.raised().deadlines(2)).closes("withdrawn", "Stage2_Line2_WithdrawalEnded")


@to("barnet", "Stage2_Line3_WithdrawalEnded")
def test_barnet_it_is_withdrawn_at_the_third_line(dispute: Journey) -> None:
    """After three deadlines."""
    withdrawn(dispute.raised().deadlines(3)).closes("withdrawn", "Stage2_Line3_WithdrawalEnded")


@to("barnet", "Stage2_School_WithdrawalEnded")
def test_barnet_the_council_withdraws_while_the_schools_own_procedure_runs(dispute: Journey) -> None:
    """Two deadlines after it was raised against the school."""
    dispute.raised(by=WORKER, against=SCHOOL, contact_case="school").deadlines(2)
    withdrawn(dispute, WORKER, LANE).closes("withdrawn", "Stage2_School_WithdrawalEnded", with_help_of=(LANE,))


@to("barnet", "Stage2_Officer_WithdrawalEnded")
def test_barnet_the_council_withdraws_when_the_officer_for_schools_has_it(dispute: Journey) -> None:
    """The school's own procedure has let its five days pass."""
    dispute.raised(by=WORKER, against=SCHOOL, contact_case="school").deadlines(3)
    withdrawn(dispute, WORKER, LANE).closes("withdrawn", "Stage2_Officer_WithdrawalEnded", with_help_of=(LANE,))


@to("barnet", "Stage3_WithdrawalEnded")
def test_barnet_it_is_withdrawn_while_senior_leaders_have_it(dispute: Journey) -> None:
    """Health has one line of escalation only."""
    dispute.raised(against=HEALTH, contact_case="health").deadlines(2).done(LEAD, "Notify_Partnership")
    withdrawn(dispute).closes("withdrawn", "Stage3_WithdrawalEnded")


@to("barnet", "Stage3_PersistWithdrawalEnded")
def test_barnet_it_is_withdrawn_when_nothing_helped(dispute: Journey) -> None:
    """While the school is asked whether its concerns persist."""
    dispute.raised(against=HEALTH, contact_case="health").deadlines(3).done(LEAD, "Notify_Partnership")
    withdrawn(dispute).closes("withdrawn", "Stage3_PersistWithdrawalEnded", with_help_of=(OFFICE,))


@to("wolverhampton", "ScreenedOut")
def test_wolverhampton_what_is_not_between_agencies_is_screened_out(dispute: Journey) -> None:
    """The teacher is pointed to the school's own procedure."""
    dispute.raised(scope="within_agency").done(LEAD, "ScreenedOut_Lead", reversed="no")
    dispute.closes("screened out as out of scope", "ScreenedOut")
    dispute.sees(TEACHER, "", "Not reached")


@to("wolverhampton", "Resolved, ordinary", javascript=True)
def test_wolverhampton_the_practitioners_agree(dispute: Journey) -> None:
    """The teacher raises it in writing, the worker reviews the file, they talk."""
    dispute.raised(scope="between_agencies").done(TEACHER, "Stage1_Raise").done(WORKER, "Stage1_Review")
    dispute.done(WORKER, "Stage1_Discuss", result="agreed").agreed().closes("resolved at Stage 1", "Resolved")


@to("wolverhampton", "Resolved, exceptional")
def test_wolverhampton_both_sides_agree_before_the_chair_decides(dispute: Journey) -> None:
    """Nothing helps until the Independent Chair is asked; then the council says that they have agreed."""
    dispute.raised(scope="between_agencies").deadlines(4).done(HEAD, "Exceptional_ConcernsPersist", persists="yes")
    dispute.act(WORKER, "We have agreed").agreed()
    dispute.closes("resolved at Exceptional", "Resolved", with_help_of=[CHAIR])


@to("wolverhampton", "Decided")
def test_wolverhampton_the_independent_chair_decides(dispute: Journey) -> None:
    """All four stages take all their time, both sides put their case, the Chair decides without a meeting."""
    dispute.raised(scope="between_agencies").deadlines(4).done(HEAD, "Exceptional_ConcernsPersist", persists="yes")
    dispute.done(CHAIR, "Exceptional_ChooseWay", way="representations")
    dispute.done(HEAD, "Exceptional_RepresentationRaising").done(DIRECTOR, "Exceptional_RepresentationReceiving")
    dispute.done(CHAIR, "Exceptional_Consider", chair_meeting="no").done(CHAIR, "Exceptional_Decide")
    dispute.closes("decided at Exceptional", "Decided", with_help_of=[CHAIR])


@to("wolverhampton", "NotPursued")
def test_wolverhampton_the_schools_concerns_no_longer_persist(dispute: Journey) -> None:
    """All four stages take all their time; the head teacher says so, and the school's lead countersigns."""
    dispute.raised(scope="between_agencies").deadlines(4).done(HEAD, "Exceptional_ConcernsPersist", persists="no")
    dispute.closes("concerns not pursued at Stage 4", "NotPursued", with_help_of=[CHAIR])


@to("wolverhampton", "Withdrawn")
def test_wolverhampton_the_school_withdraws(dispute: Journey) -> None:
    """At once, at stage 1."""
    dispute.raised(scope="between_agencies").act(TEACHER, "Withdraw it")
    dispute.done(LEAD, "Withdrawal_Countersign", countersigned="yes").closes("withdrawn at Stage 1", "Withdrawn")


@to("wolverhampton/conference-request", "Decided")
def test_wolverhampton_the_safeguarding_manager_answers_a_request(dispute: Journey) -> None:
    """Nobody senior supports it, and yet a conference will be convened."""
    requested(dispute).done(SENIOR, "Stage1_Consider", request_agreed="yes").done(SENIOR, "Stage1_Respond")
    dispute.closes("decided at Stage 1", "Decided", with_help_of=[HEAD])


@to("wolverhampton/conference-request", "Resolved, exceptional")
def test_wolverhampton_a_request_is_settled_before_it_is_answered(dispute: Journey) -> None:
    """The council says so, the teacher confirms it."""
    requested(dispute).act(WORKER, "We have agreed").agreed()
    dispute.closes("resolved at Stage 1", "Resolved", with_help_of=[HEAD])


@to("wolverhampton/conference-request", "Withdrawn")
def test_wolverhampton_a_request_is_withdrawn_before_it_is_in_writing(dispute: Journey) -> None:
    """Before any stage."""
    dispute.raised().done(HEAD, "Contact_Manager").act(TEACHER, "Withdraw it")
    dispute.done(LEAD, "Withdrawal_Countersign", countersigned="yes")
    dispute.closes("withdrawn", "Withdrawn", with_help_of=[HEAD])


def requested(dispute: Journey) -> Journey:
    """A request is with the Safeguarding Manager, in writing."""
    return dispute.raised().done(HEAD, "Contact_Manager").done(HEAD, "Request_InWriting", supported="no")

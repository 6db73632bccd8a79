"""Nobody answers: every duty of Birmingham's register ends as it says, and nothing ends falsely or waits for ever.

For each task that answers a duty, everybody acts until it is open; then whoever is bound by it never acts again.
"""

from typing import Any

import pytest
from play import Play, Played
from silence import (
    DAY_0,
    EVERYBODY,
    USUAL_WAYS,
    Silence,
    Way,
    answered,
    ends,
    no_time,
    not_done,
    not_pursued_truly,
    resolved_truly,
    withdrawn_truly,
)

from engine.dispute import RAISING, RECEIVING

BOTH, PARTNERSHIP = "both", "partnership"
PLAY = Play("birmingham")
ELEMENTS = PLAY.pathway.diagram.elements
PERSIST = "Stage5_ConcernsPersist"


SILENCE = Silence(
    play=PLAY,
    ways={
        **USUAL_WAYS,
        "Begun_TellLeadRaising": Way(raised={"lead_told": "no"}),
        "Stage1_TellManager": Way({"result": "could_not_talk"}),
        "Stage1_Arrange": Way({"meeting": "yes"}),
        "Stage5_Meeting": Way({"hold_meeting": "yes"}),
        "Protective": no_time(stages=4),
    },
    truths={
        "resolved": resolved_truly,
        "not_pursued": not_pursued_truly(PERSIST),
        "withdrawn": withdrawn_truly,
        "decided": lambda dispute: answered(dispute, "Stage5_Decide"),
    },
    questions=(PERSIST,),
    last=("Stage5",),
)


def reached(element: str) -> Played:
    """A dispute in which everybody acts, up to where a task of that element is open."""
    return SILENCE.reached(element)


def let_be(dispute: Played, acting: frozenset[str], answers: dict[str, Any]) -> Played:
    """Those who act do all that they can, and time passes."""
    return SILENCE.let_be(dispute, acting, answers)


def nobody() -> Played:
    """A dispute in which nobody ever acts once it is raised."""
    return SILENCE.nobody


def test_E4_where_nobody_ever_acts_it_comes_to_the_question_and_no_further() -> None:
    """On day 14 the raising side is asked whether its concerns persist; it stays open, and nothing has ended."""
    dispute = nobody()
    assert [v.stage for v in dispute.dispute.visits] == ["Stage1", "Stage2", "Stage3", "Stage4"]
    assert dispute.left("Stage4") == ("deadline", "Fri 20 Mar 2026 17:00")
    assert dispute.open(PERSIST)
    assert not dispute.dispute.closed
    assert ends(dispute) == []
    assert not dispute.effects("DisputeEnded")


def test_E4_where_nobody_ever_acts_the_business_manager_hears_of_it_every_working_day() -> None:
    """Two working days after the question, and again each day."""
    when = [when for when, to in nobody().notices(PERSIST) if "business_manager" in to]
    assert when[:3] == ["Tue 24 Mar 2026 17:00", "Wed 25 Mar 2026 09:00", "Thu 26 Mar 2026 09:00"]


def test_E4a_where_nobody_ever_acts_each_stage_says_to_the_next_tier_what_was_not_done() -> None:
    """The tier of the stage that begins is told what the one before left undone."""
    tiers = {"safeguarding_leads", "senior_managers", "delegated_partners"}
    assert tiers <= set().union(*not_done(nobody()))


def test_E4b_a_dispute_in_which_nobody_acted_does_not_end_as_resolved() -> None:
    """Nor as anything else: after a hundred more deadlines it is open."""
    dispute = let_be(let_be(PLAY.raised(DAY_0), frozenset(), {}), frozenset(), {})
    assert not dispute.dispute.closed
    assert "resolved" not in ends(dispute)
    assert not dispute.open("Resolved_Confirmation")


@pytest.mark.parametrize("silent", [RAISING, RECEIVING])
def test_BIR_5_2_an_agency_that_never_sends_representations_does_not_keep_the_co_chairs_from_deciding(
    silent: str,
) -> None:
    """Two working days after it was brought to them they go on, and the dispute ends as decided."""
    dispute = reached("Stage5_RepresentationRaising")
    let_be(dispute, EVERYBODY - {silent}, {})
    element = f"Stage5_Representation{silent.title()}"
    assert dispute.effect("TaskInterrupted", element).data["why"] == "deadline"
    assert answered(dispute, "Stage5_Decide")
    assert ends(dispute) == ["decided"]
    assert dispute.left("Stage5")[0] == "completed"


def test_BIR_5_4_co_chairs_who_never_decide_leave_it_open_and_everybody_hears() -> None:
    """Their limit interrupts nothing: no decision is made by time."""
    dispute = let_be(reached("Stage5_Decide"), EVERYBODY - {PARTNERSHIP}, {})
    assert dispute.open("Stage5_Decide")
    assert ends(dispute) == []
    assert "business_manager" in dispute.told("Stage5_Overdue")


def test_E4b_a_lead_who_refuses_to_countersign_has_the_question_asked_again() -> None:
    """And a referral is still open to the raising side."""
    dispute = reached("NotPursued_Countersign")
    dispute.done("NotPursued_Countersign", countersigned="no")
    assert ends(dispute) == []
    assert dispute.open(PERSIST)
    dispute.done(PERSIST, persists="yes")
    assert dispute.stage == "Stage5"


def test_E4b_concerns_that_are_not_pursued_end_as_that_and_both_sides_hear() -> None:
    """Nothing is confirmed in writing that was never agreed."""
    dispute = let_be(reached("NotPursued_Countersign"), EVERYBODY, {"persists": "no"})
    assert ends(dispute) == ["not_pursued"]
    assert dispute.told("NotPursued_Told") == frozenset({BOTH})
    assert not dispute.effects("TaskOpened", "Resolved_Confirmation")


def test_BIR_1_4_agreed_at_the_first_talk_the_actions_are_still_to_be_recorded_by_each() -> None:
    """They agree at once, and it is confirmed: the record of each agency stays open, and with it the dispute."""
    dispute = PLAY.raised(DAY_0).at("Mon 2 Mar 2026 14:00").done("Stage1_Discuss", side=RECEIVING, result="agreed")
    dispute.done("Resolution_Confirm")
    assert dispute.left("Stage1")[0] == "resolved"
    for side in ("Raising", "Receiving"):
        assert dispute.due(f"Begun_Actions{side}") == "Wed 4 Mar 2026 17:00"
    let_be(dispute, EVERYBODY - {RECEIVING}, {})
    assert dispute.open("Begun_ActionsReceiving")
    assert not dispute.dispute.closed


def test_E5_what_the_raising_side_says_was_agreed_goes_on_if_the_other_side_says_that_it_was_not() -> None:
    """One word of the other side's is enough: the talk is open, and the stage's clock runs."""
    dispute = PLAY.raised(DAY_0).at("Mon 2 Mar 2026 14:00").done("Stage1_Discuss", side=RAISING, result="agreed")
    assert not dispute.open("Resolution_Confirm")
    dispute.done("Resolution_Object", was_agreed="no")
    assert (dispute.stage, dispute.deadline) == ("Stage1", "Mon 9 Mar 2026 17:00")
    assert dispute.open("Stage1_Discuss")
    let_be(dispute, frozenset(), {})
    assert "resolved" not in ends(dispute)
    assert dispute.open(PERSIST)


def test_E5_a_side_that_does_not_object_has_missed_nothing() -> None:
    """It may say that this was not agreed: that it does not is no duty that was not done."""
    dispute = let_be(PLAY.raised(DAY_0).say_resolved(RAISING), EVERYBODY - {RECEIVING}, {})
    assert not dispute.effects("TaskCompleted", "Resolution_Object")
    assert dispute.left("Stage1")[0] == "resolved"
    assert not not_done(dispute, ELEMENTS["Resolution_Object"].name)


def test_E5_what_the_receiving_side_says_was_agreed_is_never_confirmed_by_silence() -> None:
    """The raising side says nothing: every stage runs out, and the confirmation is still asked for."""
    dispute = PLAY.raised(DAY_0).at("Mon 2 Mar 2026 14:00").done("Stage1_Discuss", side=RECEIVING, result="agreed")
    let_be(dispute, EVERYBODY - {RAISING}, {})
    assert ends(dispute) == []
    assert dispute.open("Resolution_Confirm")
    assert dispute.open(PERSIST)


def test_C1_a_withdrawal_that_no_lead_countersigns_does_not_end_it() -> None:
    """It stays to be countersigned, and whoever holds the office hears of it."""
    dispute = let_be(reached("Withdrawal_Countersign"), EVERYBODY - {RAISING}, {})
    assert ends(dispute) == []
    assert dispute.open("Withdrawal_Countersign")
    assert dispute.notices("Withdrawal_Countersign")


@pytest.mark.parametrize("silent", [RAISING, RECEIVING])
def test_S2_one_sides_silence_about_risk_is_not_answered_by_the_others_no(silent: str) -> None:
    """Its own question stays open, and holds the dispute open."""
    dispute = let_be(PLAY.raised(DAY_0).escalate(), EVERYBODY - {silent}, {})
    assert dispute.open(f"StageEnd_RiskQuestion{silent.title()}")
    assert not dispute.dispute.closed


def test_E5_a_stage_that_ends_before_an_agreement_is_confirmed_says_so() -> None:
    """To whoever has to confirm it and to the tier that goes on; the next stage is entered all the same."""
    dispute = PLAY.raised(DAY_0).at("Mon 2 Mar 2026 14:00").done("Stage1_Discuss", side=RECEIVING, result="agreed")
    dispute.at("Mon 9 Mar 2026 17:00")
    assert dispute.effect("StageLeft").data == {"stage": "Stage1", "how": "deadline", "unconfirmed": True}
    assert ("Mon 9 Mar 2026 17:00", frozenset({RAISING, "safeguarding_leads"})) in dispute.notices("Stage1")
    assert dispute.stage == "Stage2"
    dispute.done("Resolution_Confirm", confirmed="no").at("Wed 11 Mar 2026 17:00")
    assert "unconfirmed" not in dispute.effect("StageLeft").data

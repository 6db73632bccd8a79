"""Nobody answers: every duty of Bromley's register ends as it says, and nothing ends falsely or waits for ever.

For each task that answers a duty, everybody acts until it is open; then whoever is bound by it never acts again.
"""

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

PLAY = Play("bromley")
PERSIST = "Stage4_ConcernsPersist"
UNKNOWN = {"child_protection_plan": "unknown", "looked_after": "no"}
PANEL = {
    "way": "panel", "composition": "three", "panel_agencies": [RAISING, RECEIVING, "third"], "full_members": True,
}  # fmt: skip


def a_tier_left(dispute: Played) -> None:
    """The first managers disagree, and a tier of management is left."""
    dispute.escalate().escalate().done("Stage3_ReportRaising").done("Stage3_ReportReceiving")
    dispute.done("Stage3_Discuss", tier_left="yes")


def decided_truly(dispute: Played) -> bool:
    """By the Chair, who wrote down what was resolved, or by the panel."""
    return bool(dispute.effects("TaskCompleted", "Settled_Record") or dispute.effects("TaskCompleted", "Panel_Decide"))


SILENCE = Silence(
    play=PLAY,
    ways={
        **USUAL_WAYS,
        "Known": Way(raised=UNKNOWN),
        "Stage3_NextTier": Way(first=a_tier_left),
        "Stage4_Convene": Way(PANEL),
        "Panel": Way(PANEL),
        "Decided": Way(PANEL),
        "Stage4_": Way({"way": "direct"}),
        "Settled": Way({"way": "direct"}),
        "Protective": no_time(stages=4),
    },
    truths={
        "resolved": resolved_truly,
        "not_pursued": not_pursued_truly(PERSIST),
        "withdrawn": withdrawn_truly,
        "decided": decided_truly,
    },
    questions=(PERSIST,),
    last=("Stage4", "Panel"),
)


def test_E4_where_nobody_ever_acts_it_comes_to_the_question_and_no_further() -> None:
    """On day 5 the raising side is asked whether it refers it to the Chair; it stays open, and nothing has ended."""
    dispute = SILENCE.nobody
    assert [v.stage for v in dispute.dispute.visits] == ["Stage1", "Stage2", "Stage3", "Board"]
    assert dispute.left("Board")[1] == "Mon 9 Mar 2026 17:00"
    assert dispute.open(PERSIST)
    assert not dispute.dispute.closed
    assert ends(dispute) == []
    assert not dispute.effects("DisputeEnded")


def test_E4a_where_nobody_ever_acts_each_stage_says_to_the_next_tier_what_was_not_done() -> None:
    """The tier of the stage that begins is told what the one before left undone."""
    assert {"line_managers", "senior_managers", "board_members"} <= set().union(*not_done(SILENCE.nobody))


def test_BRO_2_2_nobody_ever_takes_up_stage_2_and_the_child_protection_chair_has_been_told_all_the_same() -> None:
    """As it is entered, by what was said at raising; and the raising side is still asked to see that it has come."""
    dispute = SILENCE.nobody
    assert dispute.effect("TaskInterrupted", "Stage2_TakeUp").data["why"] == "deadline"
    for branch, to in (("Plan", "child_protection_chair"), ("LookedAfter", "independent_reviewing_officer")):
        assert dispute.notices(f"{branch}_Told") == [("Tue 3 Mar 2026 17:00", {to, "raising"})]
        assert dispute.open(f"{branch}_Tell")


@pytest.mark.parametrize("silent", [RAISING, RECEIVING])
def test_BRO_4_4_an_agency_that_never_sends_representations_does_not_keep_the_panel_from_deciding(silent: str) -> None:
    """Two working days after the panel stands it goes on, and the dispute ends as decided."""
    dispute = SILENCE.reached("Panel_RepresentationRaising")
    SILENCE.let_be(dispute, EVERYBODY - {silent}, {})
    element = f"Panel_Representation{silent.title()}"
    assert dispute.effect("TaskInterrupted", element).data["why"] == "deadline"
    assert answered(dispute, "Panel_Decide")
    assert dispute.left("Panel")[0] == "completed"


def test_E4a_a_panel_that_never_decides_leaves_it_open_and_everybody_hears() -> None:
    """Its limit interrupts nothing: no decision is made by time."""
    dispute = SILENCE.let_be(SILENCE.reached("Panel_Decide"), frozenset({RAISING, RECEIVING}), {})
    assert dispute.open("Panel_Decide")
    assert ends(dispute) == []
    assert "business_manager" in dispute.told("Panel_Overdue")


def test_E5_what_the_receiving_side_says_was_agreed_is_never_confirmed_by_silence() -> None:
    """The raising side says nothing: every stage runs out, and the confirmation is still asked for."""
    dispute = PLAY.raised(DAY_0).done("Stage1_Discuss", side=RECEIVING, result="agreed")
    SILENCE.let_be(dispute, EVERYBODY - {RAISING}, {})
    assert ends(dispute) == []
    assert dispute.open("Resolution_Confirm")
    assert dispute.open(PERSIST)


@pytest.mark.parametrize("silent", [RAISING, RECEIVING])
def test_S2_one_sides_silence_about_risk_is_not_answered_by_the_others_no(silent: str) -> None:
    """Its own question stays open, and holds the dispute open."""
    dispute = SILENCE.let_be(PLAY.raised(DAY_0).escalate(), EVERYBODY - {silent}, {})
    assert dispute.open(f"StageEnd_RiskQuestion{silent.title()}")
    assert not dispute.dispute.closed

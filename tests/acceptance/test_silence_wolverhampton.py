"""Nobody answers: every duty of Wolverhampton's registers ends as it says; nothing ends falsely or waits for ever.

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

PARTNERSHIP = "partnership"
PERSIST = "Exceptional_ConcernsPersist"
ASKED = ("StageEnd_RiskQuestionRaising", "StageEnd_RiskQuestionReceiving")


def written(dispute: Played) -> Played:
    """A request that was made by telephone and in writing."""
    return dispute.done("Contact_Manager").done("Request_InWriting")


def screened_out_truly(dispute: Played) -> bool:
    """It was out of scope, and a lead has not reversed it."""
    asked = dispute.effect("Raised").data["answers"]["scope"]
    return asked != "between_agencies" and answered(dispute, "ScreenedOut_Lead", reversed="no")


WEAKNESS = Way({"gap": "yes"})
MAIN = Silence(
    play=Play("wolverhampton"),
    ways={
        **USUAL_WAYS,
        "Screened": Way({"reversed": "no"}, {"scope": "within_agency"}),
        "Exceptional_UninvolvedChair": Way({"way": "uninvolved_chair", "chair_agency": "third"}),
        "Afterwards_InformChair": WEAKNESS,
        "Protective": no_time(stages=4),
    },
    truths={
        "resolved": resolved_truly,
        "not_pursued": not_pursued_truly(PERSIST),
        "withdrawn": withdrawn_truly,
        "screened_out": screened_out_truly,
        "decided": lambda dispute: answered(dispute, "Exceptional_Decide"),
    },
    questions=(PERSIST,),
    last=("Exceptional",),
    steps=80,
)
REQUEST = Silence(
    play=Play("wolverhampton/conference-request"),
    ways={
        **USUAL_WAYS,
        "Resolution_Confirm": Way(first=lambda dispute: written(dispute).say_resolved(RECEIVING)),
        "Resolution_Object": Way(first=lambda dispute: written(dispute).say_resolved(RAISING)),
        "Resolved": Way(first=lambda dispute: written(dispute).say_resolved().done("Resolution_Confirm")),
        "Stage1_ConsiderSupported": Way({"supported": "yes"}),
        "Stage1_Consider": Way({"supported": "no"}),
        "Afterwards_InformChair": WEAKNESS,
        "Protective": no_time(stages=0),
    },
    truths={
        "resolved": resolved_truly,
        "withdrawn": withdrawn_truly,
        "decided": lambda dispute: answered(dispute, "Stage1_Respond"),
    },
    questions=(),
    last=("Stage1",),
)
BOTH_PATHWAYS = (MAIN, REQUEST)


def test_E4_where_nobody_ever_acts_it_comes_to_the_question_and_no_further() -> None:
    """On day 14 the raising side is asked whether its concerns persist; it stays open, and nothing has ended."""
    dispute = MAIN.nobody
    assert [v.stage for v in dispute.dispute.visits] == ["Stage1", "Stage2", "Stage3", "Stage4"]
    assert dispute.left("Stage4") == ("deadline", "Fri 20 Mar 2026 17:00")
    assert dispute.open(PERSIST)
    assert ends(dispute) == []
    assert dispute.open("Mediation_Mediate")
    assert not dispute.dispute.closed


def test_E4a_where_nobody_ever_acts_each_stage_says_to_the_next_tier_what_was_not_done() -> None:
    """The tier of the stage that begins is told what the one before left undone."""
    assert {"line_managers", "senior_managers", "directors"} <= set().union(*not_done(MAIN.nobody))


@pytest.mark.parametrize("silent", [RAISING, RECEIVING])
def test_WOL_5_2_an_agency_that_never_sends_representations_does_not_keep_the_chair_from_deciding(silent: str) -> None:
    """Two working days after they were asked for, the Chair goes on, and the dispute ends as decided."""
    dispute = MAIN.reached("Exceptional_RepresentationRaising")
    MAIN.let_be(dispute, EVERYBODY - {silent}, {})
    element = f"Exceptional_Representation{silent.title()}"
    assert dispute.effect("TaskInterrupted", element).data["why"] == "deadline"
    assert ends(dispute) == ["decided"]


def test_WOL_5_2a_a_chair_who_never_decides_leaves_it_open_and_everybody_hears() -> None:
    """The limit interrupts nothing: no decision is made by time."""
    dispute = MAIN.let_be(MAIN.reached("Exceptional_Decide"), EVERYBODY - {PARTNERSHIP}, {})
    assert dispute.open("Exceptional_Decide")
    assert ends(dispute) == []
    assert "business_manager" in dispute.told("Exceptional_Overdue")


def test_WOL_0_2_a_screening_out_that_no_lead_has_looked_at_stays_open() -> None:
    """Nobody's silence ends it; the business manager hears of it, and each side is asked about risk meanwhile."""
    dispute = MAIN.play.raised(DAY_0, scope="individual_practice")
    MAIN.let_be(dispute, EVERYBODY - {RAISING}, {})
    assert ends(dispute) == []
    assert dispute.open("ScreenedOut_Lead")
    assert not dispute.open("Screened_RiskQuestionReceiving")
    assert "business_manager" in dispute.told("ScreenedOut_Lead")


def test_WOL_6_1a_a_request_that_is_never_answered_is_neither_refused_nor_ended() -> None:
    """It stays with the Safeguarding Manager."""
    dispute = REQUEST.let_be(REQUEST.reached("Stage1_ConsiderSupported"), EVERYBODY - {RECEIVING}, {})
    assert ends(dispute) == []
    assert dispute.open("Stage1_ConsiderSupported")

"""Nobody answers: every duty of Harrow's registers ends as it says, and nothing ends falsely or waits for ever.

For each task that answers a duty, everybody acts until it is open; then whoever is bound by it never acts again.
"""

from play import Play, Played
from silence import USUAL_WAYS, Silence, Way, answered, no_time, not_pursued_truly, resolved_truly, withdrawn_truly


def as_far_as_the_panel(dispute: Played) -> None:
    """Each stage is escalated early, as far as the HSSP."""
    for _ in range(4):
        dispute.escalate()


SHARED = {"resolved": resolved_truly, "withdrawn": withdrawn_truly}
KEY = ["raising", "third", "fourth"]
PANEL = {"agency_found": "third", "hssp_way": "panel", "panel_key_agencies": KEY, "panel_in_addition": ["receiving"]}
LATER = {**PANEL, "guidance": ["national", "local"], "not_effective": "yes", "still_concerned": "yes"}
WAYS = {
    **USUAL_WAYS,
    "Guidance": Way(LATER, first=as_far_as_the_panel),
    "Stage5_Direct": Way({**PANEL, "hssp_way": "directly", "direct_result": "panel"}, first=as_far_as_the_panel),
    "Stage5": Way(first=as_far_as_the_panel),
    "Decided": Way(first=as_far_as_the_panel),
    "Agency": Way(LATER, first=as_far_as_the_panel),
    "Protective": no_time(stages=4),
    "": Way(),
}
MAIN = Silence(
    play=Play("harrow"),
    ways={begins: Way({**PANEL, **way.answers}, way.raised, way.first) for begins, way in WAYS.items()},
    truths={**SHARED, "decided": lambda dispute: bool(dispute.effects("TaskCompleted", "Stage5_PanelDecides"))},
    questions=("Agency_Finding",),
    last=("Stage5",),
    steps=90,
)
CONFERENCE = Silence(
    play=Play("harrow/conference-dissent"),
    ways={
        **USUAL_WAYS,
        "AtRisk": Way({"decision_risk": "yes"}, {"lead_told": "no"}),
        "Protective": no_time(stages=1),
    },
    truths={
        **SHARED,
        "not_pursued": not_pursued_truly("Stage2_ConcernsPersist"),
        "decided": lambda dispute: bool(dispute.effects("TaskCompleted", "Stage2_Panel")),
        "referred_on": lambda dispute: not answered(dispute, "Further_ConcernsPersist", further="no"),
    },
    questions=("Stage2_ConcernsPersist", "Further_ConcernsPersist"),
    last=("Stage2",),
)
REVIEW = Silence(
    play=Play("harrow/review-dissent"),
    ways={
        **USUAL_WAYS,
        "NotPursued": Way({"start_policy": "no", "persists": "no"}),
        "Policy_ConcernsPersist": Way({"start_policy": "no", "persists": "no"}),
        "Protective": no_time(stages=1),
    },
    truths={
        **SHARED,
        "not_pursued": not_pursued_truly("Policy_ConcernsPersist"),
        "referred_on": lambda dispute: answered(dispute, "Policy_Start", start_policy="yes"),
    },
    questions=("Policy_Start", "Policy_ConcernsPersist"),
    last=(),
)
ALL = {"main": MAIN, "conference": CONFERENCE, "review": REVIEW}


def test_HAR_where_nobody_ever_acts_it_comes_to_the_hssp_and_stays_there() -> None:
    """By the clock through four stages; the panel and the dissenter are asked, and nothing is decided by silence."""
    assert MAIN.nobody.stage == "Stage5"
    assert CONFERENCE.nobody.open("Stage2_ConcernsPersist")
    assert REVIEW.nobody.open("Policy_Start")
    assert not [e for tried in ALL.values() for e in tried.nobody.effects("EndReached")]

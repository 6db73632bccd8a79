"""Nobody answers: every duty of Barnet's register ends as it says, and nothing ends falsely or waits for ever."""

from play import Play
from silence import (
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

PLAY = Play("barnet")
PERSIST = "Stage3_ConcernsPersist"
POLICE, SCHOOL, HEALTH, OTHERS = ({"receiving_kind": kind} for kind in ("police", "school", "health", "probation"))
URGENT = {**SCHOOL, "contact_case": "school", "school_urgent": True}


SILENCE = Silence(
    play=PLAY,
    ways={
        **USUAL_WAYS,
        "Stage2_Line1_Police": Way(raised=POLICE),
        "Stage2_Line2_Police": Way(raised=POLICE),
        "Stage2_Line3_Police": Way(raised=POLICE),
        "Stage3_Police": Way(raised=POLICE),
        "Stage2_Line1_School": Way(raised=SCHOOL),
        "Stage2_School": Way(raised=SCHOOL),
        "Stage2_Officer": Way(raised=SCHOOL),
        "Stage2_Line1_Officer": Way(raised=URGENT),
        "Stage2_Line1_Health": Way(raised=HEALTH),
        "Stage3_Health": Way(raised=HEALTH),
        "Stage2_Line1_Others": Way(raised=OTHERS),
        "OtherArea": Way({"liaison": "yes"}, raised={"other_authority": "yes"}),
        "Forum": Way({"forum_outcome": "actions"}),
        "Protective": no_time(stages=5),
    },
    truths={
        "resolved": resolved_truly,
        "not_pursued": not_pursued_truly(PERSIST),
        "withdrawn": withdrawn_truly,
        "referred_on": lambda dispute: answered(dispute, PERSIST, persists="yes"),
    },
    questions=(PERSIST,),
    last=(),
)


def test_E4_where_nobody_ever_acts_it_comes_to_the_question_and_no_further() -> None:
    """On day 5 the raising side is asked whether its concerns persist; it stays open, and nothing has ended."""
    dispute = SILENCE.nobody
    stages = ["Stage1", "Stage2_Line1", "Stage2_Line2", "Stage2_Line3", "Stage3"]
    assert [v.stage for v in dispute.dispute.visits] == stages
    assert dispute.left("Stage3") == ("deadline", "Mon 9 Mar 2026 17:00")
    assert {PERSIST, "Notify_Partnership", "Forum_Case"} <= {task.element for task in dispute.dispute.tasks}
    assert not dispute.dispute.closed
    assert ends(dispute) == []


def test_E4a_where_nobody_ever_acts_each_stage_says_to_the_next_tier_what_was_not_done() -> None:
    """The tier of the line or stage that begins is told what the one before left undone."""
    assert {"escalation_lines", "senior_leaders"} <= set().union(*not_done(SILENCE.nobody))

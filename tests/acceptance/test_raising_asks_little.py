"""What is asked before a disagreement is raised: at most eight questions, and with a child at risk hardly any."""

import pytest
from play import Play

from engine.forms import Field

PATHWAYS = (
    "birmingham", "bromley", "harrow", "harrow/conference-dissent", "harrow/review-dissent", "barnet", "wolverhampton",
    "wolverhampton/conference-request",
)  # fmt: skip
AROUND = 3
"""Whether a child is at risk, which agency, and which child: asked by Concord for every pathway (S2, R4)."""
MOST = 8
AT_ONCE = {
    "barnet": {"contact_case", "other_authority"},  # whom to contact first, and whether it is another authority's
    "bromley": {"child_protection_plan", "looked_after"},  # acted on as stage 2 is entered (BRO-2.2)
    "wolverhampton": {"scope", "disagreement", "disagreement_at"},  # screening, and from when its two days count
}


def questions(play: Play, *, risk: bool) -> list[Field]:
    """What is asked, where a risk is reported or none; what only follows from an answer is no question more."""
    form = play.form("Raised").where({"risk": risk})
    return [field for field in form.inputs if field.hide is None or not field.hide.names <= form.closed_names]


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_R5_at_most_eight_questions_are_asked_before_it_is_raised(pathway: str) -> None:
    """What it is about, the risk and the impact are among them; everything else follows as a task."""
    asked = questions(Play(pathway), risk=False)
    assert AROUND + len(asked) <= MOST, [field.label for field in asked]
    assert {"disagreement", "risk_to_child"} <= {field.key for field in asked}
    assert all(field.required for field in asked)


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_S2_a_child_at_risk_is_not_kept_waiting_by_questions(pathway: str) -> None:
    """Agency, child and the risk; and nothing more than the way of the dispute depends on."""
    play = Play(pathway)
    assert {field.key for field in questions(play, risk=True)} <= AT_ONCE.get(pathway, set())
    dispute = play.raised("Mon 2 Mar 2026 10:00", risk=True)
    assert dispute.open("Risk_Refer")


@pytest.mark.parametrize("pathway", PATHWAYS)
@pytest.mark.parametrize("risk", [False, True])
def test_R4_what_was_not_asked_is_asked_of_the_raising_side_at_once(pathway: str, risk: bool) -> None:
    """Each question of the two forms is asked at one of the two, and none at both."""
    play = Play(pathway)
    dispute = play.raised("Mon 2 Mar 2026 10:00", risk=risk)
    task = dispute.task("Details_Say")
    assert (task.side, dispute.due("Details_Say")) == ("raising", "Tue 3 Mar 2026 17:00")
    forms = [play.form(element) for element in ("Raised", "Details_Say")]
    before, after = ({field.key for field in form.where({"risk": risk}).inputs} for form in forms)
    assert not before & after
    every = {field.key for form in forms for field in form.inputs}
    assert before | after >= every - {"lead_told", "lead_told_at", "reasons_other"}, "the lead has a task of its own"
    assert not dispute.done("Details_Say").open("Details_Say")

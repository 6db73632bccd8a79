"""The stage that a deadline leads to, from the drawing and the dispute's route: never the next one of a list."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.dispute import Dispute, Party, next_stage, next_tier_of
from engine.dispute.model import Visit
from engine.pathway import read_folder

BPMN = Path(__file__).parents[2] / "bpmn"
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
FOLLOWING = {
    "birmingham": {"Stage1": "Stage2", "Stage4": "Stage5", "Stage5": None},
    "bromley": {"Stage3": "Board", "Board": "Stage4"},
    "harrow": {"Stage1": "Stage2", "Stage4": "Stage5"},
    "wolverhampton": {"Stage4": "Exceptional", "Exceptional": None},
}
BARNET = {
    "police": {
        "Stage1": "Stage2_Line1", "Stage2_Line1": "Stage2_Line2", "Stage2_Line2": "Stage2_Line3",
        "Stage2_Line3": "Stage3",
    },
    "local_authority": {"Stage2_Line1": "Stage2_Line2", "Stage2_Line2": "Stage2_Line3", "Stage2_Line3": "Stage3"},
    "health": {"Stage1": "Stage2_Line1"},
    "school": {"Stage2_School": "Stage2_Officer", "Stage2_Officer": "Stage3"},
}  # fmt: skip


def with_(kind: str, stage: str) -> Dispute:
    """A dispute with an agency of that kind, at a stage."""
    parties = (
        Party(side="raising", agency="school", name="School", kind="school"),
        Party(side="receiving", agency="other", name="Other", kind=kind),
    )
    visit = Visit(stage=stage, key=f"{stage}.1", entered=MONDAY)
    return Dispute(
        ref="X-1", raised=MONDAY, counted_from=MONDAY, parties=parties, children=(), calendar={}, raised_by="teacher",
        visits=(visit,),
    )  # fmt: skip


@pytest.mark.parametrize("partnership", FOLLOWING)
def test_what_follows_a_stage_is_where_its_deadline_leads(partnership: str) -> None:
    """E1: none where it stays there until somebody says more."""
    pathway = read_folder(BPMN / partnership, "escalation", demo=True)
    for stage, after in FOLLOWING[partnership].items():
        found = next_stage(pathway, with_("local_authority", stage))
        assert (found.id if found else None) == after, stage


@pytest.mark.parametrize("kind", BARNET)
def test_in_barnet_the_receiving_agency_s_route_decides(kind: str) -> None:
    """E3, E8: who is told as the next tier is of that route; the third line never goes on to a school's procedure."""
    pathway = read_folder(BPMN / "barnet", "escalation", demo=True)
    for stage, after in BARNET[kind].items():
        dispute = with_(kind, stage)
        found = next_stage(pathway, dispute)
        assert found is not None, stage
        assert found.id == after, stage
        assert next_tier_of(pathway, dispute) == found.tier


def test_a_dispute_at_no_stage_has_none_that_follows() -> None:
    """Before the first, and after the last."""
    pathway = read_folder(BPMN / "barnet", "escalation", demo=True)
    assert next_stage(pathway, replace(with_("police", "Stage1"), visits=())) is None

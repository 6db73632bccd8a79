"""The stage that a stage's deadline leads to, from the drawing: never merely the next one of a list."""

from pathlib import Path

import pytest

from engine.pathway import read_folder

BPMN = Path(__file__).parents[2] / "bpmn"
CHOSEN = None
"""A choice of the diagram decides which it is, or it stays there."""
FOLLOWING = {
    "birmingham": {"Stage1": "Stage2", "Stage4": "Stage5", "Stage5": CHOSEN},
    "barnet": {
        "Stage1": "Stage2_Line1", "Stage2_Line1": CHOSEN, "Stage2_Line2": "Stage2_Line3", "Stage2_Line3": "Stage3",
        "Stage2_School": "Stage2_Officer", "Stage2_Officer": "Stage3",
    },
    "bromley": {"Stage3": "Board", "Board": "Stage4"},
    "harrow": {"Stage1": "Stage2", "Stage4": "Stage5"},
    "wolverhampton": {"Stage4": "Exceptional", "Exceptional": CHOSEN},
}  # fmt: skip


@pytest.mark.parametrize("partnership", FOLLOWING)
def test_a_page_names_the_stage_that_follows_only_where_the_deadline_leads_to_it(partnership: str) -> None:
    """E8: Barnet's third line goes to the leaders, never to a school's own procedure, though that is drawn after it."""
    pathway = read_folder(BPMN / partnership, "escalation", demo=True)
    for stage, after in FOLLOWING[partnership].items():
        found = pathway.following(stage)
        assert (found.id if found else None) == after, stage

"""What was agreed is typed once: whoever confirms it, and whoever writes it to the others, begin with it (E5)."""

import pytest
from town import Town, command

from engine import paperwork_page, say_resolved, task_page

TEACHER, WORKER = "school-practitioner", "council-practitioner"
AGREED, LATER = "We visit on Friday, and write to the school.", "We visit on Monday instead."


def begins(town: Town, who: str, ref: str, element: str) -> dict[str, object]:
    """With what a task's form begins for somebody."""
    return dict(task_page(town.concord, town[who], ref, town.task(ref, element).key).begins)


def test_whoever_confirms_it_begins_with_what_the_other_side_wrote(town: Town) -> None:
    """E5, E6: the words, and when they talked."""
    ref = town.raises()
    town.completes(WORKER, ref, "Stage1_Discuss", result="agreed", agreed_actions=AGREED)
    talked = town.entry(ref, "TaskCompleted").data["answers"]["discussed_at"]
    assert begins(town, TEACHER, ref, "Resolution_Confirm") == {"agreement": AGREED, "agreed_at": talked}


def test_what_was_said_last_counts(town: Town) -> None:
    """E5: said again by the act after a first agreement was denied."""
    ref = town.raises()
    town.completes(WORKER, ref, "Stage1_Discuss", result="agreed", agreed_actions=AGREED)
    town.completes(TEACHER, ref, "Resolution_Confirm", confirmed="no")
    say_resolved(town.concord, town[WORKER], ref, command(), LATER)
    assert begins(town, TEACHER, ref, "Resolution_Confirm")["agreement"] == LATER


def test_whoever_writes_it_to_the_others_begins_with_what_was_confirmed(town: Town) -> None:
    """T11: and it is not taken for answered before they have looked: a page of several leaves it open."""
    ref = town.raises()
    town.completes(WORKER, ref, "Stage1_Discuss", result="agreed", agreed_actions=AGREED)
    town.completes(
        TEACHER, ref, "Resolution_Confirm", confirmed="yes", agreement=LATER, open_matters="A review in May."
    )
    written = begins(town, WORKER, ref, "Resolved_Confirmation")
    assert written == {"outcome_written": LATER, "open_issues": "A review in May."}
    sections = {s.line.key: s for s in paperwork_page(town.concord, town[WORKER], ref).sections}
    assert dict(sections["Resolved_Confirmation.1"].begins) == written


@pytest.mark.parametrize("element", ["Stage1_Discuss", "Begun_ActionsRaising"])
def test_what_names_no_earlier_answer_begins_empty(town: Town, element: str) -> None:
    """Nothing is put in anybody's mouth."""
    assert begins(town, TEACHER, town.raises(), element) == {}

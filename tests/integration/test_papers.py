"""What goes to the child's file and to both sides on paper: the story first, in any script, each thing once."""

import pytest
from papers import text_of
from town import Town, command

from engine import NotEnded, StageNotEntered, escalate, exported

BY, OTHER = "school-practitioner", "council-practitioner"
ABOUT = "We see the risk as high. Grażyna Żółć said: 我不想回家."


def read(town: Town, ref: str, as_: str, stage: str = "") -> str:
    """A paper as it reads, its lines joined."""
    return text_of(exported(town.concord, town[BY], ref, as_, stage).body)


def raised(town: Town) -> str:
    """A dispute about something that is written in more than one script."""
    return town.raises(disagreement=ABOUT)


def test_the_outcome_of_an_agreement_tells_what_it_was_about_and_what_was_agreed(town: Town) -> None:
    """E5, R1: to both sides; the story stands before how it can be checked, and what is still to be done is named."""
    ref = raised(town)
    town.completes(OTHER, ref, "Stage1_Discuss", result="agreed", agreed_actions="A visit every week until Easter.")
    town.completes(BY, ref, "Resolution_Confirm", confirmed="yes")
    text = read(town, ref, "outcome")
    about, how, agreed, tried, owed, check = (
        text.index(each)
        for each in (
            ABOUT,
            "How it ended 2 Mar “",
            "A visit every week",
            "What was tried",
            "Confirm outcome in writing",
            "How to check",
        )
    )
    assert about < how < agreed < tried < owed < check
    for party in town.dispute(ref).parties:
        assert party.name in text[:about]


def test_what_has_not_ended_has_no_outcome(town: Town) -> None:
    """It says what can be saved instead."""
    with pytest.raises(NotEnded, match="has not ended yet"):
        exported(town.concord, town[BY], raised(town), "outcome")


def test_the_record_of_a_stage_holds_that_stage_alone_and_reminders_as_one_line(town: Town) -> None:
    """R3: what was done in it, by whom, what was missed; nothing of the stage after it."""
    ref = raised(town)
    town.completes(BY, ref, "Stage1_Discuss", result="not_agreed")
    town.move("2026-03-09T17:00")
    first, second = read(town, ref, "stage", "Stage1"), read(town, ref, "stage", "Stage2")
    assert first.index(ABOUT) < first.index("“Discuss the difference” completed") < first.index("None was reported")
    assert "reminders and alerts were sent" in first or "reminder or alert was sent" in first
    assert "Deadlines missed" in first
    assert "completed" not in second
    assert "Nobody did anything in it." in second
    with pytest.raises(StageNotEntered):
        read(town, ref, "stage", "Stage3")


def test_a_record_to_be_placed_leads_to_its_stage(town: Town) -> None:
    """R3: whoever places it on the child's file does not look for it."""
    ref = raised(town)
    town.move("2026-03-09T17:00")
    line = next(line for line in town.worklist(BY) if line.title.startswith("Put record on file"))
    assert (line.ref, line.left_by, line.filed) == (ref, "Stage1", True)


def test_the_outcome_of_what_was_not_pursued_quotes_who_said_so(town: Town) -> None:
    """BIR-5.1: what ends it may be said after the last stage is over."""
    ref = raised(town)
    for _ in range(4):
        escalate(town.concord, town[BY], ref, command(), "Next.")
    for element, answer in (
        ("Stage5_ConcernsPersist", {"persists": "no"}),
        ("NotPursued_Countersign", {"countersigned": "yes"}),
    ):
        by = town.who(town.dispute(ref), town.task(ref, element))
        town.completes(by, ref, element, **answer)
    text = read(town, ref, "outcome")
    how, said, signed = (
        text.index(each) for each in ("How it ended 2 Mar", "concerns persist?” completed", "Countersign that")
    )
    assert how < said < signed < text.index("What was tried")
    assert "not pursued" in text[:how]

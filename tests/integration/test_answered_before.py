"""What is known of a child is asked again as each stage begins, and stands there as it was last answered."""

from town import Town, command
from web_office import REF, Office, words

from engine import escalate, person_named, task_page

BY = "school-practitioner"


def begins(town: Town, ref: str, element: str) -> dict[str, object]:
    """With what a task's form begins."""
    task = town.task(ref, element)
    by = town.who(town.dispute(ref), task)
    return dict(task_page(town.concord, town[by], ref, task.key).begins)


def known(town: Town) -> str:
    """A dispute of which the raising side has said what is known of the child."""
    ref = town.raises()
    town.completes(BY, ref, "Details_Say", child_protection_plan="no", looked_after="unknown")
    return ref


def test_a_stage_begins_with_what_was_said_as_it_was_raised(town: Town) -> None:
    """HAR-C3, BRO-2.2: nobody reads up what they have said; nothing is taken for answered by it."""
    ref = known(town)
    town.move("2026-03-09T17:00")
    assert begins(town, ref, "Stage2_TakeToLead") == {"child_protection_plan": "no", "looked_after": "unknown"}
    entries = len(town.journal(ref))
    assert begins(town, ref, "Stage2_TakeToLead")
    assert len(town.journal(ref)) == entries


def test_the_latest_answer_counts(town: Town) -> None:
    """Found out meanwhile: the next stage begins with that."""
    ref = known(town)
    town.move("2026-03-09T17:00")
    town.completes(BY, ref, "Stage2_TakeToLead", child_protection_plan="yes", looked_after="no")
    town.move("2026-03-11T17:00")
    assert begins(town, ref, "Stage3_ReferRaising") == {"child_protection_plan": "yes", "looked_after": "no"}


def test_a_decision_begins_with_nothing(town: Town) -> None:
    """What came of a talk is said anew each time."""
    ref = town.raises()
    town.completes("council-practitioner", ref, "Stage1_Discuss", result="agreed")
    town.completes(BY, ref, "Resolution_Confirm", confirmed="no")
    assert "result" not in begins(town, ref, "Stage1_Discuss")


def test_the_page_shows_it_chosen_and_says_so(office: Office) -> None:
    """Beside its own question, so that the first one to be answered stays on the first screen."""
    office.raised()
    said = {"child_protection_plan": "no", "looked_after": "no"}
    office.visitor("teacher").submit(f"/disputes/{REF}/tasks/Details_Say.1", said)
    escalate(office.concord, person_named(office.concord, "teacher"), REF, command(), "They never answer.")
    page = office.visitor("teacher").page(f"/disputes/{REF}")
    for name in ("child_protection_plan", "looked_after"):
        assert page.xpath(f"//input[@name='{name}'][@checked]/@value") == ["no"]
    assert words(page).count("As it was last answered.") == 2

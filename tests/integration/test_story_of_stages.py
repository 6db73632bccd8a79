"""What was done in a stage is told of that stage alone, also where one act ends it and begins the next."""

from town import Town
from web_office import TALKED, Office, words

from engine import london, task_page


def test_the_act_that_ends_a_stage_is_told_of_that_stage_and_not_of_the_next(town: Town) -> None:
    """The next one begins at the same instant; by the order of the record it is later."""
    ref = town.raises()
    for by, element in (
        ("school-practitioner", "Stage1_Discuss"), ("school-practitioner", "Stage1_Meeting"),
        ("school-practitioner", "Stage1_ReviewRaising"), ("council-practitioner", "Stage1_ReviewReceiving"),
        ("school-practitioner", "Stage1_TalkAgain"),
    ):  # fmt: skip
        given = {"result": "not_agreed"} if element in {"Stage1_Discuss", "Stage1_TalkAgain"} else {}
        town.completes(by, ref, element, **given)
    key = town.task(ref, "Stage2_TakeToLead").key
    background = task_page(town.concord, town["school-safeguarding_lead"], ref, key).background
    assert background is not None
    second, first = background.story.stages
    assert second.stage.entered == first.stage.left
    assert [line.element for line in second.lines] == []
    assert first.lines[0].element == "Stage1_TalkAgain"
    assert first.stage.how == "it was gone through, and not settled"


def test_whoever_takes_it_over_reads_what_was_said_and_whose_it_is_next(office: Office) -> None:
    """The longest of what was typed stands beside its act; the next tier's people with how to reach them, by agency."""
    office.raised()
    teacher = office.visitor("teacher")
    teacher.submit(office.task("teacher"), {**TALKED, "do": "complete"})
    office.move(london("2026-12-01T10:00"))
    said = words(teacher.page(office.task("teacher", "Take it to own lead")))
    assert "“They see it differently.”" in said
    assert "Yours is the raising side." in said
    assert "If it is not done by then, it goes on without it, recorded as not done." in said
    assert "Unless the disagreement is settled by tomorrow 17:00" in said
    assert "Made-up School: Hollis Head-Teacher" in said
    assert "Nobody has taken this on yet. You can do it without taking it on" in said
    assert "Unless it is settled by tomorrow 17:00" in words(teacher.page("/"))


def test_who_hands_it_up_reads_who_in_their_own_agency_has_it_then(town: Town) -> None:
    """The others who act at the stage that it is in; not oneself, and nobody of the other side."""
    ref = town.raises()
    town.move("2026-03-11T10:00")
    key = town.task(ref, "Stage2_TakeToLead").key
    read = task_page(town.concord, town["council-practitioner"], ref, key).own_tier
    assert {person.id for person in read} == {"council-line_manager", "council-safeguarding_lead"}
    lead = task_page(town.concord, town["council-safeguarding_lead"], ref, key).own_tier
    assert [person.id for person in lead] == ["council-line_manager"]

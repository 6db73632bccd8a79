"""What is to be filed and answered in a dispute is one page and one sending: all of what was answered, or nothing."""

from typing import Any

import pytest
from town import Town, command

from engine import Answered, FormInvalid, NotYourTask, TaskGone, complete_task, complete_together, paperwork_page

BY = "school-practitioner"
QUESTION, ACTIONS, RECORD = "StageEnd_RiskQuestionRaising", "Begun_ActionsRaising", "StageEnd_RecordRaising"


def a_stage_later(town: Town) -> str:
    """Two children; the first stage ran out, the second runs."""
    ref = town.raises(children=2)
    town.move("2026-03-09T17:00")
    return ref


def answered(town: Town, ref: str, by: str = BY, **given: Any) -> list[Answered]:
    """Everything of the page, answered; like ones with one answer."""
    return [
        Answered(
            key=section.line.key,
            answers=town.answers(ref, section.line.key, **given),
            also=[line.key for line in section.also],
        )
        for section in paperwork_page(town.concord, town[by], ref).sections
    ]


def test_the_page_has_one_form_of_each_kind_and_nothing_that_decides_the_stage(town: Town) -> None:
    """S2, R3: questions first, then what is filed; what moves the running stage has a page of its own."""
    page = paperwork_page(town.concord, town[BY], a_stage_later(town))
    elements = [section.line.key.rpartition(".")[0] for section in page.sections]
    assert elements[0] == QUESTION
    assert {ACTIONS, RECORD} <= set(elements)
    assert len(elements) == len(set(elements))
    assert "Stage2_TakeToLead" not in elements
    assert page.count == sum(1 + len(section.also) for section in page.sections)


def test_a_report_of_risk_is_never_paperwork(town: Town) -> None:
    """S3: it is called first, on its own page with the number."""
    ref = town.raises(risk=True)
    urgent = {line.key for line in town.worklist(BY) if line.urgent}
    assert urgent
    assert not urgent & {section.line.key for section in paperwork_page(town.concord, town[BY], ref).sections}


def test_all_that_was_answered_is_recorded_each_by_itself(town: Town) -> None:
    """R1: an entry for each task, in one commit; the dispute verifies, and the same command does nothing again."""
    ref, once = a_stage_later(town), command()
    given, before = answered(town, ref, at_risk="no"), len(town.journal(ref))
    count = paperwork_page(town.concord, town[BY], ref).count
    complete_together(town.concord, town[BY], ref, once, given)
    done = [e for e in town.journal(ref)[before:] if e.kind == "TaskCompleted"]
    assert len(done) == count
    assert paperwork_page(town.concord, town[BY], ref).count == 0
    assert complete_together(town.concord, town[BY], ref, once, given).repeated
    assert len([e for e in town.journal(ref)[before:] if e.kind == "TaskCompleted"]) == count
    town.verify(ref)


def test_what_is_wrong_with_any_of_them_is_told_of_all_and_nothing_is_recorded(town: Town) -> None:
    """Everything to put right at once, by the task and its question."""
    ref = a_stage_later(town)
    given, before = answered(town, ref, at_risk="no"), town.journal(ref)
    spoilt = [Answered(key=each.key, answers={}, also=each.also) for each in given[:2]]
    with pytest.raises(FormInvalid) as refused:
        complete_together(town.concord, town[BY], ref, command(), [*spoilt, *given[2:]])
    assert {key.partition("/")[0] for key in refused.value.errors} == {each.key for each in spoilt}
    assert town.journal(ref) == before


def test_where_one_was_done_meanwhile_or_is_not_theirs_nothing_is_recorded(town: Town) -> None:
    """All or none."""
    ref = a_stage_later(town)
    given = answered(town, ref, at_risk="no")
    complete_task(town.concord, town["school-safeguarding_lead"], ref, given[0].key, command(), given[0].answers)
    before = town.journal(ref)
    with pytest.raises(TaskGone):
        complete_together(town.concord, town[BY], ref, command(), given)
    with pytest.raises(NotYourTask):
        complete_together(town.concord, town["council-practitioner"], ref, command(), given[1:])
    assert town.journal(ref) == before


def test_an_answer_that_a_child_is_at_risk_opens_the_referral(town: Town) -> None:
    """S2: also where it came with other answers."""
    ref = a_stage_later(town)
    complete_together(town.concord, town[BY], ref, command(), answered(town, ref, at_risk="yes"))
    assert town.dispute(ref).referrals
    town.verify(ref)


def test_once_agreed_two_people_close_it_with_four_sendings(town: Town) -> None:
    """E5: said by one side, confirmed by the other, then each side's paperwork once."""
    ref, other = town.raises(), "council-practitioner"
    town.completes(other, ref, "Stage1_Discuss", result="agreed")
    town.completes(BY, ref, "Resolution_Confirm", confirmed="yes")
    for by in (other, BY):
        complete_together(town.concord, town[by], ref, command(), answered(town, ref, by, at_risk="no"))
    assert town.dispute(ref).closed
    town.verify(ref)

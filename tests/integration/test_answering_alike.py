"""One answer for several tasks that ask the same: of each child, of each stage. On each database."""

import pytest
from town import Town, command

from engine import NotYourTask, TaskGone, complete_task, task_page
from engine.commands.tasks import AsksOtherwise

BY, RECORD = "school-practitioner", "StageEnd_RecordRaising"


def left_by_two_stages(town: Town) -> tuple[str, list[str]]:
    """A dispute about three children whose first two stages ran out; the records that the school has to place."""
    ref = town.raises(children=3)
    town.move("2026-03-11T17:00")
    keys = [task.key for task in town.dispute(ref).tasks if task.element == RECORD]
    assert len(keys) >= 2
    return ref, keys


def test_the_page_of_one_names_the_others_that_ask_the_same(town: Town) -> None:
    """Those of the same question that are this person's too, each with its child and stage."""
    ref, keys = left_by_two_stages(town)
    page = task_page(town.concord, town[BY], ref, keys[0])
    assert {line.key for line in page.also} == set(keys[1:])
    assert all(line.filed and (line.child or line.after) for line in page.also)
    assert task_page(town.concord, town["council-practitioner"], ref, keys[0]).also == ()


def test_one_answer_completes_each_by_an_entry_of_its_own(town: Town) -> None:
    """R1, R3: who, when and what stands with each; nothing else is completed, and replaying gives the same."""
    ref, keys = left_by_two_stages(town)
    answers, before = town.answers(ref, keys[0]), len(town.journal(ref))
    once = command()
    complete_task(town.concord, town[BY], ref, keys[0], once, answers, also=keys[1:])
    done = [e for e in town.journal(ref)[before:] if e.kind == "TaskCompleted"]
    assert [e.data["task"] for e in done] == keys
    assert all(e.data["answers"] == done[0].data["answers"] and e.texts.keys() == done[0].texts.keys() for e in done)
    assert not {t.key for t in town.dispute(ref).tasks} & set(keys)
    again = complete_task(town.concord, town[BY], ref, keys[0], once, answers, also=keys[1:])
    assert again.repeated
    assert len([e for e in town.journal(ref) if e.data.get("task") in keys and e.kind == "TaskCompleted"]) == len(keys)
    town.verify(ref)


@pytest.mark.parametrize(
    "also", [["Stage3_Meet.1"], ["StageEnd_RecordReceiving.1"], ["StageEnd_RiskQuestionRaising.1"]]
)
def test_what_asks_something_else_is_not_answered_by_it(town: Town, also: list[str]) -> None:
    """All or none: nothing is recorded."""
    ref, keys = left_by_two_stages(town)
    answers, before = town.answers(ref, keys[0]), town.journal(ref)
    with pytest.raises((AsksOtherwise, TaskGone)):
        complete_task(town.concord, town[BY], ref, keys[0], command(), answers, also=[keys[1], *also])
    assert town.journal(ref) == before


def test_where_one_of_them_was_done_meanwhile_none_is_recorded(town: Town) -> None:
    """Somebody else ticked it off: one is told, and what was typed is kept."""
    ref, keys = left_by_two_stages(town)
    answers = town.answers(ref, keys[0])
    complete_task(town.concord, town["school-head_teacher"], ref, keys[1], command(), answers)
    before = town.journal(ref)
    with pytest.raises(TaskGone):
        complete_task(town.concord, town[BY], ref, keys[0], command(), answers, also=keys[1:])
    assert town.journal(ref) == before
    assert town.drafts(ref, keys[0]) == {town[BY].id: answers}


def test_the_other_side_answers_none_of_them(town: Town) -> None:
    """W: each is asked whether it is theirs."""
    ref, keys = left_by_two_stages(town)
    answers, before = town.answers(ref, keys[0]), town.journal(ref)
    with pytest.raises(NotYourTask):
        complete_task(town.concord, town["council-practitioner"], ref, keys[0], command(), answers, also=keys[1:])
    assert town.journal(ref) == before

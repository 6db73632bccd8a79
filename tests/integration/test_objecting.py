"""C1: whoever raised it is told first that another asks for its end, and may object; T10: a time is taken back."""

from datetime import timedelta

import pytest
from town import Town, command

from engine import (
    NotNow,
    Right,
    SideWrong,
    dispute_page,
    object_to_end,
    say_resolved,
    set_protective,
    undo_protective,
    withdraw,
)
from engine.queries.task_page import task_page

RAISER, LEAD, OTHER, WORKER = (
    "school-practitioner", "school-safeguarding_lead", "school-line_manager", "council-practitioner",
)  # fmt: skip
WHY = "It is settled, they say."


def told(town: Town, ref: str, words: str) -> list[str]:
    """To whom something was said that begins like this."""
    return [notice.to for notice in town.notices(ref) if notice.message.startswith(words)]


def may(town: Town, name: str, ref: str) -> bool:
    """Whether somebody may object."""
    return Right.OBJECT in dispute_page(town.concord, town[name], ref).can


def test_C1_whoever_raised_it_is_told_before_anybody_that_another_asks_for_its_end(town: Town) -> None:
    """Named in the record; and only they may object, to the business manager and the lead who countersigns."""
    ref = town.raises()
    withdraw(town.concord, town[OTHER], ref, command(), WHY)
    asked = next(entry for entry in town.journal(ref) if entry.kind == "Withdrawn")
    first = next(e for e in town.journal(ref) if e.seq > asked.seq and e.kind == "NoticeQueued")
    assert first.data["to"] == "raiser"
    named = town.entry(ref, "NoticesAddressed").data["notices"]
    assert [p["id"] for each in named if each["entry"] == first.seq for p in each["people"]] == [RAISER]
    for name in (LEAD, OTHER, WORKER, "business_manager"):
        assert not may(town, name, ref)
        with pytest.raises(SideWrong):
            object_to_end(town.concord, town[name], ref, command(), "No.")
    assert may(town, RAISER, ref)
    object_to_end(town.concord, town[RAISER], ref, command(), "The child is not safe.")
    assert told(town, ref, "Whoever raised it objects") == ["business_manager,raising:safeguarding_lead,raising:deputy"]
    assert not may(town, RAISER, ref), "once is enough"
    key = town.task(ref, "Withdrawal_Countersign").key
    shown = {each.title: each.line for each in task_page(town.concord, town[LEAD], ref, key).shown}
    assert any("The child is not safe." in value for _, value in shown["Whether whoever raised it objects"].texts)
    town.verify(ref)


def test_C1_the_countersigner_reads_that_nobody_has_objected_yet(town: Town) -> None:
    """And the clock of the stage runs on meanwhile."""
    ref = town.raises()
    due = town.dispute(ref).visit.deadline
    withdraw(town.concord, town[OTHER], ref, command(), WHY)
    key = town.task(ref, "Withdrawal_Countersign").key
    shown = {each.title: each.line for each in task_page(town.concord, town[LEAD], ref, key).shown}
    assert shown["Whether whoever raised it objects"] is None
    assert town.dispute(ref).visit.deadline == due


def test_C1_one_working_day_is_theirs_even_where_it_is_countersigned_meanwhile(town: Town) -> None:
    """Not after the end of the next working day."""
    early, late = town.raises(), town.raises()
    for ref in (early, late):
        withdraw(town.concord, town[OTHER], ref, command(), WHY)
        town.completes(LEAD, ref, "Withdrawal_Countersign", countersigned="yes")
    town.move("2026-03-03T16:59")
    object_to_end(town.concord, town[RAISER], early, command(), "The child is not safe.")
    town.move("2026-03-03T17:01")
    assert not may(town, RAISER, late)
    with pytest.raises(NotNow, match="last working day"):
        object_to_end(town.concord, town[RAISER], late, command(), "The child is not safe.")
    town.verify(early)


def test_C1_refused_there_is_nothing_left_to_object_to(town: Town) -> None:
    """It goes on."""
    ref = town.raises()
    withdraw(town.concord, town[OTHER], ref, command(), WHY)
    town.completes(LEAD, ref, "Withdrawal_Countersign", countersigned="no")
    assert not may(town, RAISER, ref)
    assert town.dispute(ref).leaver is None


def test_C1_who_raised_it_and_withdraws_it_is_not_asked_whether_they_object(town: Town) -> None:
    """It is their own word."""
    ref = town.raises()
    withdraw(town.concord, town[RAISER], ref, command(), WHY)
    assert not told(town, ref, "What you raised is to end")
    assert not may(town, RAISER, ref)


def test_E4b_that_concerns_do_not_persist_said_by_another_is_told_to_whoever_raised_it(town: Town) -> None:
    """The same, where no stage is left."""
    ref = town.raises()
    for day in range(3, 32):
        town.move(f"2026-03-{day:02}T17:30")
    pathway = town.work(ref).version.pathway
    persists = next(task for task in town.dispute(ref).tasks if pathway.asks(task.element, "persists"))
    other = next(n for n in (OTHER, LEAD, "school-head_teacher") if n != RAISER and may_answer(town, n, persists))
    town.completes(other, ref, persists.key, persists="no")
    assert told(town, ref, "What you raised is to end") == ["raiser"]
    assert may(town, RAISER, ref)
    town.verify(ref)


def may_answer(town: Town, name: str, task: object) -> bool:
    """Whether a task is somebody's."""
    return any(line.key == task.key for line in town.worklist(name))


def test_E5_whoever_raised_it_is_told_first_that_others_say_they_have_agreed(town: Town) -> None:
    """By a word or by a task of a stage; not of their own word."""
    by_word, by_task, own = (town.raises() for _ in range(3))
    say_resolved(town.concord, town[WORKER], by_word, command(), "We have agreed.")
    town.completes(WORKER, by_task, "Stage1_Discuss", result="agreed")
    say_resolved(town.concord, town[RAISER], own, command(), "We have agreed.")
    for ref, whom in ((by_word, ["raiser"]), (by_task, ["raiser"]), (own, [])):
        assert told(town, ref, "An agreement is reported") == whom
        town.verify(ref)
    said = [e for e in town.journal(by_word) if e.kind in {"ResolutionSaid", "NoticeQueued"}]
    assert said[next(n for n, e in enumerate(said) if e.kind == "ResolutionSaid") + 1].data["to"] == "raiser"


def test_T10_the_raising_side_takes_back_a_time_that_the_receiving_side_has_set(town: Town) -> None:
    """The stage has its own time again; its own it can only make later."""
    ref = town.raises()
    before = town.dispute(ref).visit.deadline
    soon = town.now + timedelta(days=9)
    set_protective(town.concord, town[WORKER], ref, command(), soon, "The child is not safe for longer.")
    assert town.dispute(ref).visit.deadline < before
    with pytest.raises(SideWrong):
        undo_protective(town.concord, town[WORKER], ref, command(), "No.")
    undo_protective(town.concord, town[RAISER], ref, command(), "They only wanted it to be over.")
    after = town.dispute(ref)
    assert (after.protective, after.visit.deadline) == (None, before)
    assert not any(d.kind == "protective" for d in after.deadlines)
    set_protective(town.concord, town[RAISER], ref, command(), soon, "The child is not safe for longer.")
    assert Right.UNDO_PROTECTIVE not in dispute_page(town.concord, town[RAISER], ref).can
    with pytest.raises(NotNow, match="receiving side has set no"):
        undo_protective(town.concord, town[RAISER], ref, command(), "No.")
    town.verify(ref)


def test_T10_one_that_has_passed_is_taken_back_too(town: Town) -> None:
    """Later stages are no longer due at once."""
    ref = town.raises()
    set_protective(town.concord, town[WORKER], ref, command(), town.now + timedelta(hours=20), "At once.")
    town.move("2026-03-03T12:00")
    assert town.dispute(ref).protective_passed
    undo_protective(town.concord, town[RAISER], ref, command(), "It was set against us.")
    dispute = town.dispute(ref)
    assert (dispute.protective, dispute.protective_passed, dispute.hastened) == (None, False, False)
    assert dispute.visit.deadline > town.now + timedelta(days=1)
    town.verify(ref)

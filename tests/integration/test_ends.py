"""A dispute ends when it is agreed, decided or withdrawn, and closes when nothing is left to file (E5, C1, R3)."""

from datetime import date

from town import Town, command

from engine import Wanted, dispute_page, find, say_resolved, set_protective, task_page, withdraw
from engine.calendar import london
from engine.dispute import ended
from engine.queries.search import FoundLine


def line(town: Town, ref: str, **wanted: object) -> FoundLine | None:
    """A dispute as Find tells it, where it is found."""
    found = find(town.concord, town["business_manager"], Wanted(**wanted)).lines  # type: ignore[arg-type]
    return next((each for each in found if each.ref == ref), None)


def agreed(town: Town) -> str:
    """A dispute that was confirmed as resolved, with all that follows from it still to be filed."""
    ref = town.raises()
    say_resolved(town.concord, town["council-practitioner"], ref, command(), "We agree.")
    town.completes("school-practitioner", ref, "Resolution_Confirm", confirmed="yes")
    return ref


def test_it_ended_as_it_was_confirmed_and_not_when_the_last_record_was_placed(town: Town) -> None:
    """Find said “still open” for a month, and then the wrong day."""
    ref = agreed(town)
    then = town.now
    found = line(town, ref)
    assert found is not None
    assert (found.end, found.ended, found.closed) == ("Resolved", then, None)
    assert line(town, ref, end="open") is None
    assert line(town, ref, end="to_file", ended_from=then.date(), ended_to=then.date()) is not None
    assert "Still to be filed: " in dispute_page(town.concord, town["co_chair"], ref).ended
    town.move("2026-04-20T12:00")
    town.settles(ref)
    found = line(town, ref)
    assert found is not None
    assert (found.ended, found.closed) == (then, town.now)
    assert line(town, ref, end="to_file") is None
    over = ended(town.dispute(ref))
    assert over is not None
    assert (over.at, over.how) == (then, "resolved")
    assert town.kinds(ref).count("DisputeEnded") == 1
    town.verify(ref)


def test_a_withdrawal_is_no_end_before_it_is_countersigned(town: Town) -> None:
    """C1: whoever countersigns may refuse."""
    ref = town.raises()
    withdraw(town.concord, town["school-practitioner"], ref, command(), "It was settled.")
    deadline = town.dispute(ref).visit.deadline
    town.completes(
        "school-safeguarding_lead", ref, "Withdrawal_Countersign", countersigned="no", refused_because="She is hurt."
    )
    assert ended(town.dispute(ref)) is None
    withdraw(town.concord, town["school-practitioner"], ref, command(), "It is settled now.")
    assert ended(town.dispute(ref)) is None
    assert line(town, ref, end="open") is not None
    town.move("2026-03-03T12:00")
    visit = town.dispute(ref).visit
    assert (visit.stage, visit.deadline) == ("Stage1", deadline), "The stage and its clock go on meanwhile"
    town.completes("school-safeguarding_lead", ref, "Withdrawal_Countersign", countersigned="yes")
    over = ended(town.dispute(ref))
    assert over is not None
    assert (over.how, over.at) == ("withdrawn", town.now)
    town.verify(ref)


def test_whoever_countersigns_reads_why(town: Town) -> None:
    """C1, E4b: the words of whoever withdraws stand on the page of the lead who is asked."""
    ref = town.raises()
    withdraw(town.concord, town["school-practitioner"], ref, command(), "It was settled by telephone.")
    page = task_page(town.concord, town["school-safeguarding_lead"], ref, "Withdrawal_Countersign.1")
    (why,) = page.shown
    assert why.line is not None
    assert "It was settled by telephone." in str(why.line.texts)


def test_a_time_that_protects_the_child_is_kept_by_the_end_and_not_missed_while_records_are_filed(town: Town) -> None:
    """T10: the whole dispute had to be resolved by it, and was."""
    ref = town.raises()
    teacher = town["school-practitioner"]
    set_protective(town.concord, teacher, ref, command(), london("2026-03-05T12:00"), "She is not safe for longer.")
    say_resolved(town.concord, town["council-practitioner"], ref, command(), "We agree.")
    town.completes("school-practitioner", ref, "Resolution_Confirm", confirmed="yes")
    town.move("2026-03-06T12:00")
    assert "ProtectiveTimescalePassed" not in town.kinds(ref)
    missed = dispute_page(town.concord, town["co_chair"], ref).missed
    assert not [each for each in missed if each.name == "Protective timescale"]
    town.verify(ref)


def test_a_missed_deadline_says_what_it_was_worked_out_from(town: Town) -> None:
    """T12: days, bank holidays by name, its own time, a protective timescale, and the entry that moved it."""
    town.move("2026-03-31T10:00")
    ref = town.raises()
    teacher = town["school-practitioner"]
    set_protective(town.concord, teacher, ref, command(), london("2026-04-13T12:00"), "She is not safe for longer.")
    moved = next(e for e in town.journal(ref) if e.kind == "DeadlineMoved" and e.element == "Stage1_Deadline")
    town.move("2026-04-20T12:00")
    missed = {each.name: each for each in dispute_page(town.concord, town["co_chair"], ref).missed}
    protective = missed["Protective timescale"]
    set_by = next(entry for entry in town.journal(ref) if entry.kind == "ProtectiveTimescaleSet")
    assert protective.computed == f"set by entry {set_by.seq}"
    stage = next(each for name, each in missed.items() if name.startswith("Stage 1"))
    assert "5 working days from Tuesday 31 March 2026 at 10:00" in stage.computed
    assert "its own time would have run until" in stage.computed
    assert "under the time that protects the child, Monday 13 April 2026 at 12:00" in stage.computed
    assert any(f"by entry {moved.seq}" in each for each in stage.moves)
    found = line(town, ref)
    assert found is not None
    assert found.missed


def test_bank_holidays_and_closures_are_named(town: Town) -> None:
    """T2: by what they are called, and only those in between."""
    town.move("2026-04-01T10:00")
    with town.concord.store.begin() as tx:
        tx.directory.add_closure("birmingham", date(2026, 4, 7), "Flood")
    ref = town.raises()
    town.move("2026-04-30T12:00")
    stage = next(
        each for each in dispute_page(town.concord, town["co_chair"], ref).missed if each.name.startswith("Stage 1")
    )
    for said in ("3 April 2026 (Good Friday)", "6 April 2026 (Easter Monday)", "7 April 2026 (closed: Flood)"):
        assert said in stage.computed
    assert "May" not in stage.computed

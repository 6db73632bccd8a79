"""A correction stands where it corrects, on every page and in every export; what another said is contradicted (R2)."""

import json
from dataclasses import replace

import pytest
from lxml import etree
from papers import text_of
from town import Town, command

from engine import (
    AnotherSaidIt,
    EntryUnknown,
    FormInvalid,
    OwnWord,
    Person,
    SideWrong,
    ask_erasure,
    confirm_erasure,
    contradict,
    correct,
    dispute_page,
    exported,
    replay_page,
    withdraw,
)
from engine.dispute import Entry
from engine.replay import Line


@pytest.fixture
def called(town: Town) -> tuple[str, Entry]:
    """A dispute with a call that was recorded at the wrong time, and the entry that says so."""
    ref = town.raises(risk=True)
    town.completes("school-practitioner", ref, "Risk_Refer")
    return ref, town.entry(ref, "TaskCompleted")


def moment(entry: Entry) -> str:
    """An answer of an entry that is a moment."""
    return next(
        name for name, value in sorted(entry.data["answers"].items()) if "T" in str(value) and ":" in str(value)
    )


def line(town: Town, ref: str, seq: int) -> Line:
    """An entry as the dispute's page tells it."""
    page = dispute_page(town.concord, town["co_chair"], ref)
    return next(each for each in page.lines if each.seq == seq)


def test_a_corrected_time_shows_both_versions_everywhere(town: Town, called: tuple[str, Entry]) -> None:
    """A corrected time of a call still stood uncorrected in the PDF: page, replay, PDF, JSON and XES link both ways."""
    ref, entry = called
    teacher, name = town["school-practitioner"], moment(entry)
    correct(town.concord, teacher, ref, command(), entry.seq, "I misread the clock.", name, "2026-03-02T08:15")
    note = town.entry(ref, "Corrected")
    assert note.data == {"corrects": entry.seq, "field": name, "value": "2026-03-02T08:15"}
    (versions,) = [all_ for _, all_ in line(town, ref, entry.seq).entered if len(all_) == 2]
    first, now = versions
    assert (first.replaced_by, now.by, now.text) == (
        note.seq,
        note.seq,
        "Monday 2 March 2026 at 08:15 (before it was raised)",
    )
    frames = [step.frame for step in replay_page(town.concord, town["co_chair"], ref).steps]
    assert any(versions in [all_ for _, all_ in frame.entered] for frame in frames if frame.seq == entry.seq)
    paper = text_of(body(town, ref, "pdf"))
    assert f"[no longer: see entry {note.seq}]" in paper
    assert "Monday 2 March 2026 at 08:15 (before it was raised) (corrected by entry" in paper
    assert f"Corrected by entry {note.seq}" in paper
    lines = {each["seq"]: each for each in map(json.loads, body(town, ref, "json").splitlines())}
    assert lines[entry.seq]["corrected_by"] == [note.seq]
    events = etree.fromstring(body(town, ref, "xes")).iter("event")
    told = [{each.get("key"): each.get("value") for each in event} for event in events]
    assert any(e.get("seq") == str(entry.seq) and e.get("corrected_by") == str(note.seq) for e in told)
    assert any(e.get("seq") == str(note.seq) and e.get("corrects") == str(entry.seq) for e in told)
    assert town.verify(ref)[entry.seq - 1] == entry


def body(town: Town, ref: str, as_: str) -> bytes:
    """An export."""
    return exported(town.concord, town["co_chair"], ref, as_).body


def test_a_correction_is_corrected_itself_and_all_versions_stand(town: Town, called: tuple[str, Entry]) -> None:
    """The chain is read from the first entry; each version says which took its place."""
    ref, entry = called
    teacher, name = town["school-practitioner"], moment(entry)
    correct(town.concord, teacher, ref, command(), entry.seq, "I misread it.", name, "2026-03-02T08:15")
    first = town.entry(ref, "Corrected")
    correct(town.concord, teacher, ref, command(), first.seq, "Again.", name, "2026-03-02T08:20")
    second = town.entry(ref, "Corrected")
    (versions,) = [all_ for _, all_ in line(town, ref, entry.seq).entered if len(all_) > 1]
    assert [(v.by, v.replaced_by) for v in versions] == [
        (None, first.seq), (first.seq, second.seq), (second.seq, None),
    ]  # fmt: skip
    with pytest.raises(EntryUnknown):  # another answer than the one that it corrects
        correct(town.concord, teacher, ref, command(), first.seq, "No.", "other", "x")
    town.verify(ref)


def test_a_corrected_answer_is_checked_as_its_form_checks_it(town: Town, called: tuple[str, Entry]) -> None:
    """A correction carries nothing that could not have been entered; and an answer that is none is not there."""
    ref, entry = called
    teacher = town["school-practitioner"]
    with pytest.raises(FormInvalid):
        correct(town.concord, teacher, ref, command(), entry.seq, "Why not.", moment(entry), "yesterday-ish")
    with pytest.raises(EntryUnknown):
        correct(town.concord, teacher, ref, command(), entry.seq, "Why not.", "no_such_question", "x")


def test_what_another_side_said_is_contradicted_and_not_corrected(town: Town, called: tuple[str, Entry]) -> None:
    """By an entry of its own kind, that says so and stands beside it; who only looks does neither."""
    ref, entry = called
    worker = town["council-practitioner"]
    with pytest.raises(AnotherSaidIt):
        correct(town.concord, worker, ref, command(), entry.seq, "That was not so.")
    with pytest.raises(OwnWord):
        contradict(town.concord, town["school-practitioner"], ref, command(), entry.seq, "I did not.")
    contradict(town.concord, worker, ref, command(), entry.seq, "Nobody called us.")
    told = town.entry(ref, "Contradicted")
    (note,) = line(town, ref, entry.seq).notes
    assert (note.seq, note.corrects, note.why) == (told.seq, False, "Nobody called us.")
    assert line(town, ref, told.seq).of == entry.seq
    with pytest.raises(SideWrong):
        correct(town.concord, auditor(town), ref, command(), entry.seq, "So.")
    town.verify(ref)


def auditor(town: Town) -> Person:
    """Somebody who only looks."""
    return replace(town["business_manager"], id="auditor", roles=("auditor",))


def test_nobody_corrects_or_contradicts_a_timer_or_what_followed(town: Town) -> None:
    """Nobody said it: there is nothing of anybody's to correct."""
    ref = town.raises()
    town.move("2026-03-20T12:00")
    fired = town.entry(ref, "TimerFired")
    for seq in (fired.seq, fired.seq + 1, 9999):
        for act in (correct, contradict):
            with pytest.raises(EntryUnknown):
                act(town.concord, town["school-practitioner"], ref, command(), seq, "No.")


def test_an_entry_whose_text_was_erased_is_corrected_and_a_correction_is_erased(town: Town) -> None:
    """What is gone is said to be gone, in each version."""
    ref = town.raises(disagreement="She was hurt.")
    withdraw(town.concord, town["school-practitioner"], ref, command(), "Settled.")
    town.completes("school-safeguarding_lead", ref, "Withdrawal_Countersign")
    town.settles(ref)
    correct(
        town.concord, town["school-practitioner"], ref, command(), 1, "Not so.", "disagreement", "She was not hurt."
    )
    ask_erasure(town.concord, town["business_manager"], ref, command(), "A court's order.")
    town.move("2026-03-20T12:00")
    confirm_erasure(town.concord, town["co_chair"], ref, command())
    entered = dict(line(town, ref, 1).entered)
    versions = next(all_ for all_ in entered.values() if len(all_) == 2)
    assert [version.text for version in versions] == ["(erased)", "(erased)"]
    correct(town.concord, town["school-practitioner"], ref, command(), 1, "It was not.", "disagreement", "As agreed.")
    versions = next(all_ for all_ in dict(line(town, ref, 1).entered).values() if len(all_) == 3)
    assert versions[-1].text == "As agreed."
    town.verify(ref)

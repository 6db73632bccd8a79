"""Executing a journal again: the first entry that it does not give is named, with both ways in which it reads."""

from dataclasses import replace
from datetime import datetime

import pytest
from town import BPMN, MONDAY

from engine import version_from
from engine.course import Lives, exact, input_of, plain, reexecute
from engine.course.reexecution import JournalEmpty, rebuild
from engine.dispute import EFFECT, INPUT, Entry, Kind
from engine.proof.simulation import Simulation

VERSION = version_from(BPMN, "birmingham")


def journal() -> list[Entry]:
    """A journal of a few deadlines that passed."""
    simulated = Simulation(VERSION, MONDAY)
    for _ in range(4):
        simulated.fire_next()
    return simulated.entries


def changed(entries: list[Entry], place: int, **values: object) -> list[Entry]:
    """The journal with one entry altered."""
    return [*entries[:place], replace(entries[place], **values), *entries[place + 1 :]]


def test_an_untouched_journal_gives_the_dispute_again() -> None:
    """Decision 1: the state is a cache of the journal; executed and rebuilt it is the same."""
    entries, seen = journal(), []
    course, first = reexecute(VERSION, "SIMULATED", entries, lambda entry, _: seen.append(entry.seq))
    assert first is None
    assert seen == [entry.seq for entry in entries if entry.role == INPUT]
    assert plain(rebuild(VERSION, "SIMULATED", entries).dispute) == plain(course.dispute)
    assert course.dispute.ref == "SIMULATED"


def test_an_effect_that_reads_otherwise_is_named_by_its_number() -> None:
    """R2: both ways in which it reads are told, whichever of kind, element and data was altered."""
    entries = journal()
    place = next(n for n, entry in enumerate(entries) if entry.kind == Kind.TASK_OPENED)
    for values in ({"kind": "Invented"}, {"element": "Elsewhere"}, {"data": {**entries[place].data, "side": "nobody"}}):
        _, first = reexecute(VERSION, "SIMULATED", changed(entries, place, **values))
        assert first is not None
        assert first.seq == entries[place].seq
        assert first.kind == values.get("kind", Kind.TASK_OPENED)
        assert first.again == {"kind": Kind.TASK_OPENED, "element": entries[place].element, "data": entries[place].data}
        assert first.written == first.again | values


def test_of_two_altered_entries_the_first_is_named() -> None:
    """R2: what comes after may only follow from it."""
    entries = journal()
    effects = [n for n, entry in enumerate(entries) if entry.role == EFFECT]
    altered = changed(changed(entries, effects[0], kind="Invented"), effects[-1], kind="Invented")
    _, first = reexecute(VERSION, "SIMULATED", altered)
    assert first is not None
    assert first.seq == entries[effects[0]].seq


def test_an_effect_that_is_missing_is_named_and_so_is_one_too_many() -> None:
    """R2: the last effect of the last turn, cut off or told twice."""
    entries = journal()
    _, missing = reexecute(VERSION, "SIMULATED", entries[:-1])
    assert missing is not None
    assert (missing.seq, missing.kind, missing.written) == (entries[-1].seq, entries[-1].kind, None)
    _, many = reexecute(VERSION, "SIMULATED", [*entries, replace(entries[-1], seq=entries[-1].seq + 1)])
    assert many is not None
    assert (many.seq, many.kind, many.again) == (entries[-1].seq + 1, entries[-1].kind, None)


def test_an_input_that_is_refused_now_is_named_with_the_reason() -> None:
    """R2: a timer of which the dispute knows nothing can't have fired."""
    entries = journal()
    place = next(n for n, entry in enumerate(entries) if entry.kind == Kind.TIMER_FIRED)
    data = {**entries[place].data, "key": "Nowhere.1"}
    _, first = reexecute(VERSION, "SIMULATED", changed(entries, place, data=data))
    assert first is not None
    assert (first.seq, first.kind) == (entries[place].seq, Kind.TIMER_FIRED)
    assert first.written["data"] == data
    assert "the timer Nowhere.1 does not wait" in first.again


@pytest.mark.parametrize("entries", [[], journal()[1:]], ids=["nothing", "no raising"])
def test_a_journal_that_does_not_begin_with_the_raising_gives_no_dispute(entries: list[Entry]) -> None:
    """R1: whose journal it is stands in the message."""
    for again in (reexecute, rebuild):
        with pytest.raises(JournalEmpty, match="BIR-2026-0009"):
            again(VERSION, "BIR-2026-0009", entries)


def test_values_of_another_type_are_other_values() -> None:
    """R2: True is not 1, 1 is not 1.0, and the order of names says nothing."""
    assert exact({"b": 1, "a": 2}) == exact({"a": 2, "b": 1})
    assert len({exact(True), exact(1), exact(1.0), exact("1")}) == 4
    assert plain({"a": (1, 2)}) == {"a": [1, 2]}


def test_an_input_keeps_who_when_where_and_its_format() -> None:
    """R1: read back from its entry it is what was applied, without what was typed (decision 7)."""
    entry = next(entry for entry in journal() if entry.kind == Kind.TIMER_FIRED)
    given = input_of(entry)
    assert (given.kind, given.at, given.actor.id) == (entry.kind, datetime.fromisoformat(entry.at), "clock")
    assert (given.element, given.data, given.v, given.texts) == (entry.element, entry.data, entry.v, {})


def test_a_task_s_life_ends_where_the_dispute_no_longer_holds_it() -> None:
    """R3: how it stood before its end, and whether some use case ever saw it open."""
    lives = Lives()
    simulated = Simulation(VERSION, MONDAY)
    key = simulated.course.dispute.tasks[0].key
    lives.see(simulated.entries[0], simulated.course)
    assert lives.found[key].over is None
    assert not lives.found[key].outlived
    simulated.move_to(MONDAY.replace(month=4))
    last = next(entry for entry in reversed(simulated.entries) if entry.role == INPUT)
    lives.see(last, simulated.course)
    life = lives.found[key]
    assert life.over == datetime.fromisoformat(last.at)
    assert life.outlived
    assert [task.key for task in life.last()] == [key]

"""Several at once: nothing happens twice, and who comes second is told so. On each database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import event, text
from town import BEGUN, Town, command

from engine import (
    CommandRepeated,
    ConcordError,
    DisputeMovedOn,
    Outcome,
    TaskGone,
    complete_task,
    escalate,
    report_risk,
    sweep,
)
from engine.application import Work
from engine.store import Database

BY = "school-practitioner"


def together(*acts: Any) -> list[Outcome | ConcordError]:
    """Do several things at the same moment, each in a thread; gives what each gave or raised."""
    start = Barrier(len(acts))

    def one(act: Any) -> Outcome | ConcordError:
        start.wait(30)
        try:
            return act()
        except ConcordError as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_two_who_complete_one_task_at_once_get_one_result_and_one_clear_answer(town: Town) -> None:
    """Decision 2: the second is told who was first."""
    for ref in [town.raises() for _ in range(5)]:
        two_at_once(town, ref)


def two_at_once(town: Town, ref: str) -> None:
    """Both sides complete the discussion at the same moment."""
    typed = town.answers(ref, "Stage1_Discuss", result="not_agreed")
    key = town.task(ref, "Stage1_Discuss").key

    def completes(by: str) -> Any:
        return lambda: complete_task(town.concord, town[by], ref, key, command(), typed)

    found = together(completes(BY), completes("council-practitioner"))
    lost = [f for f in found if isinstance(f, ConcordError)]
    assert len(lost) == 1
    assert isinstance(lost[0], TaskGone | DisputeMovedOn)
    assert town.kinds(ref).count("TaskCompleted") == 1
    assert {t.element for t in town.dispute(ref).tasks} == {"Stage1_Meeting", *BEGUN}
    town.verify(ref)


def test_one_command_sent_twice_at_once_is_carried_out_once(town: Town) -> None:
    """Decision 2: for a task, and for a raising, which has no dispute to lock yet."""
    ref, once = town.raises(), command()
    typed = town.answers(ref, "Stage1_Discuss", result="not_agreed")
    found = together(*(lambda: complete_task(town.concord, town[BY], ref, "Stage1_Discuss.1", once, typed),) * 2)
    assert sorted(f.repeated for f in found if isinstance(f, Outcome)) == [False, True]
    again = command()
    refs = together(*(lambda: Outcome(ref=town.raises(command_id=again)),) * 4)
    assert len({r.ref for r in refs if isinstance(r, Outcome)}) == 1
    assert not [r for r in refs if isinstance(r, ConcordError)]
    with town.concord.store.begin(write=False) as tx:
        assert len(tx.disputes.references()) == 2


def test_a_lost_race_is_told_and_nothing_of_it_stays(town: Town) -> None:
    """Decision 2: the second of two who read the same revision can't save."""
    ref = town.raises()
    with town.concord.store.begin(write=False) as tx:
        old = tx.disputes.get(ref)
    report_risk(town.concord, town[BY], ref, command())
    before = town.journal(ref)
    with town.concord.store.begin(write=False) as tx:
        late = Work(town.concord, tx, old, town.now)
    late.changed = True
    with pytest.raises(DisputeMovedOn), town.concord.store.begin() as late.tx:
        late.save()
    assert town.journal(ref) == before
    town.verify(ref)


def test_a_command_is_remembered_once(town: Town) -> None:
    """Decision 2."""
    with town.concord.store.begin() as tx:
        tx.commands.remember("the-one", "X", town.now, {})
    with pytest.raises(CommandRepeated), town.concord.store.begin() as tx:
        tx.commands.remember("the-one", "X", town.now, {})


def test_a_sweep_and_clicks_at_once_fire_each_timer_once(town: Town) -> None:
    """Decision 4: whoever comes first fires what is due."""
    refs = [town.raises() for _ in range(6)]
    town.move("2026-03-09T17:00", sweeping=False)
    found = together(
        *(lambda: Outcome(ref="", fired=sweep(town.concord).fired),) * 2,
        *(lambda ref=ref: escalate(town.concord, town[BY], ref, command(), "Now.") for ref in refs),
    )
    assert sum(f.fired for f in found if isinstance(f, Outcome)) == sum(town.kinds(r).count("TimerFired") for r in refs)
    for ref in refs:
        keys = [e.data["key"] for e in town.journal(ref) if e.kind == "TimerFired"]
        assert len(keys) == len(set(keys))
        assert town.kinds(ref).count("EscalatedEarly") == 1
        town.verify(ref)


def test_a_dispute_whose_firing_fails_is_set_aside_and_the_sweep_goes_on(town: Town) -> None:
    """Decision 4: visibly, with an alert, and once."""
    broken, sound = town.raises(), town.raises()
    assert isinstance(town.concord.store, Database)
    with town.concord.store.engine.begin() as connection:
        connection.execute(text("UPDATE disputes SET state = :junk WHERE ref = :ref"), {"junk": b"junk", "ref": broken})
    town.move("2026-03-09T17:00", sweeping=False)
    alerts: list[tuple[str, str]] = []
    swept = sweep(town.concord, lambda ref, why: alerts.append((ref, why)))
    assert [ref for ref, _ in alerts] == [broken]
    assert swept.set_aside == tuple(alerts)
    assert town.dispute(sound).visit.stage == "Stage2"
    assert town.summary(broken).set_aside == alerts[0][1]
    assert sweep(town.concord).set_aside == ()
    assert "TimerFired" not in town.kinds(broken)


def test_a_waiting_sweep_reads_no_dispute(town: Town) -> None:
    """Decision 4: with nothing due, one look at one indexed column."""
    for _ in range(3):
        town.raises()
    town.concord.clock.advance(timedelta(minutes=5))
    assert isinstance(town.concord.store, Database)
    statements: list[str] = []
    engine = town.concord.store.engine
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    assert (sweep(town.concord).fired, sweep(town.concord).disputes) == (0, 0)
    assert not [s for s in statements if "disputes.state" in s or "entries" in s], statements


def test_a_notice_is_delivered_once(town: Town) -> None:
    """Queued with the transaction, taken by one worker."""
    town.raises(risk=True)
    town.move("2026-03-02T11:00", sweeping=False)
    found = [sweep(town.concord).notices, sweep(town.concord).notices]
    assert found[0]
    assert found[1] == ()

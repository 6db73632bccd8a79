"""A worker survives anything, is seen to, and fires everybody else's timers whatever one dispute does."""

import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from town import Town

from engine import Chore, Concord, SystemClock, Worker, health, sweep
from engine.application import StoreUnavailable
from engine.calendar import ahead
from engine.commands.firing import PATIENCE, fire
from engine.dispute import check_chain
from engine.store import Database
from engine.store.tables import disputes, workers

LATER = "2026-03-09T17:00"
JUNK = ("0", 0, -1, 1.5, 10**18, "", "junk", "2026-13-45", "9999-99-99", b"\x00\xff", "\u00e9" * 100_000, None)
COLUMNS = [column.name for column in disputes.columns if column.name not in {"ref", "set_aside"}]


def spoil(town: Town, ref: str, column: str, value: Any, table: str = "disputes") -> bool:
    """Write a value into a column straight in the database, its guards off; false where the database refuses."""
    assert isinstance(town.concord.store, Database)
    engine = town.concord.store.engine
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
            statement = text(f'UPDATE {table} SET "{column}" = :value WHERE ref = :ref')
            connection.execute(statement, {"value": value, "ref": ref})
    except (DBAPIError, OverflowError, ValueError):
        return False
    return True


class Office:
    """A worker with its own clock of seconds, and what it told."""

    def __init__(self, concord: Concord, *chores: Chore) -> None:
        self.seconds = 0.0
        self.told: list[tuple[str, str, Mapping[str, Any]]] = []
        self.worker = Worker(
            concord=concord, tell=lambda *told: self.told.append(told), moment=lambda: self.seconds, chores=chores
        )

    def turns(self, times: int = 1, pause: float = 1.0) -> None:
        """So many turns, a pause between them."""
        for _ in range(times):
            self.worker.turn()
            self.seconds += pause

    def said(self, event: str) -> list[Mapping[str, Any]]:
        """The particulars of an event, each time it was told."""
        return [about for _, what, about in self.told if what == event]


def aside(town: Town) -> Mapping[str, str]:
    """What is set aside, with why."""
    with town.concord.store.begin(write=False) as tx:
        return tx.timers.put_aside()


def spoilt(town: Town, column: str, values: Iterable[Any]) -> list[str]:
    """Disputes in each of which one such value stands, where the database takes it."""
    refs = [(town.raises(), value) for value in values]
    return [ref for ref, value in refs if spoil(town, ref, column, value)]


def test_no_value_in_the_column_of_what_is_due_stops_anybody_elses_timers(town: Town) -> None:
    """Decision 4: the other dispute's deadline fires; each spoilt one is set aside and told of, before it is due."""
    sound, broken = town.raises(), spoilt(town, "next_due", JUNK)
    office = Office(town.concord)
    office.turns(3, pause=61)
    assert "TimerFired" not in town.kinds(sound)
    assert set(aside(town)) == set(broken), office.told
    assert sorted(told["ref"] for told in office.said("dispute set aside")) == broken
    town.move(LATER, sweeping=False)
    office.turns()
    assert town.dispute(sound).visit.stage == "Stage2"


def test_no_junk_in_any_column_of_a_dispute_stops_the_sweep_or_is_passed_over(town: Town) -> None:
    """Each fires, and is whole again then, or is set aside: none does neither, and no journal is written to amiss."""
    broken = {ref: column for column in COLUMNS for ref in spoilt(town, column, JUNK[::3])}
    sound = town.raises()
    office = Office(town.concord)
    town.move(LATER, sweeping=False)
    office.turns(8, pause=61)
    assert town.dispute(sound).visit.stage == "Stage2"
    assert not office.said("worker step failed"), office.told
    assert sound not in aside(town)
    moved = [ref for ref in broken if ref not in aside(town)]
    for ref in moved:
        assert "TimerFired" in town.kinds(ref), f"{broken[ref]}: it neither fires nor is set aside"
        with town.concord.store.begin(write=False) as tx:
            tx.integrity.stored(ref)
    for ref in broken:
        check_chain(town.journal(ref))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("reference", [b"BIR-2026-0001", b"\xff\xfe"], ids=["bytes", "no text"])
def test_a_reference_that_is_no_text_stops_nothing(town: Town, reference: bytes) -> None:
    """It is set aside under the bytes that stand there."""
    broken, sound = town.raises(), town.raises()
    assert isinstance(town.concord.store, Database)
    with closing(sqlite3.connect(str(town.concord.store.url.database))) as connection:
        kind = "?" if reference.isascii() else "CAST(? AS TEXT)"
        connection.execute(f"UPDATE disputes SET ref = {kind} WHERE ref = ?", (reference, broken))
        connection.commit()
    town.move(LATER, sweeping=False)
    office = Office(town.concord)
    office.turns(2)
    assert town.dispute(sound).visit.stage == "Stage2"
    assert office.said("dispute set aside")
    assert len(aside(town)) == 1


def test_a_dispute_that_cannot_be_set_aside_either_keeps_nobody_elses_timers(town: Town) -> None:
    """It is told of, passed over in this turn, and tried again in the next."""
    broken, sound = town.raises(), town.raises()
    spoil(town, broken, "state", b"junk")
    with refused(town, broken):
        town.move(LATER, sweeping=False)
        office = Office(town.concord)
        office.turns(3)
        assert town.dispute(sound).visit.stage == "Stage2"
        assert aside(town) == {}
        assert [told["ref"] for told in office.said("dispute set aside")] == [broken], "Told once, not in every turn"
        assert "could not be set aside" in office.said("dispute set aside")[0]["why"]
        assert health(town.concord).lag > 0, "What is not fired is late"
    office.turns()
    assert set(aside(town)) == {broken}


@contextmanager
def refused(town: Town, ref: str) -> Iterator[None]:
    """The database refuses to change one dispute's row."""
    assert isinstance(town.concord.store, Database)
    engine = town.concord.store.engine
    sqlite = engine.dialect.name == "sqlite"
    with engine.begin() as connection:
        if sqlite:
            when = f"BEFORE UPDATE ON disputes WHEN OLD.ref = '{ref}'"
            connection.execute(text(f"CREATE TRIGGER refused {when} BEGIN SELECT RAISE(ABORT, 'no'); END"))
        else:
            raising = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$"
            connection.execute(text(f"CREATE FUNCTION refused() {raising}"))
            when = f"BEFORE UPDATE ON disputes FOR EACH ROW WHEN (OLD.ref = '{ref}')"
            connection.execute(text(f"CREATE TRIGGER refused {when} EXECUTE FUNCTION refused()"))
    yield
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER refused" + ("" if sqlite else " ON disputes")))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_sweep_does_not_wait_for_a_dispute_that_somebody_works_on(town: Town) -> None:
    """Decision 4: nor where that one can't be read: it is met in the next turn."""
    busy, sound = town.raises(), town.raises()
    town.move(LATER, sweeping=False)
    with town.concord.store.begin() as tx:
        tx.disputes.get(busy, lock=True)
        began = time.monotonic()
        assert sweep(town.concord).disputes == 1
        assert time.monotonic() - began < PATIENCE
        assert town.dispute(sound).visit.stage == "Stage2"
    assert sweep(town.concord).disputes == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_lock_that_is_held_keeps_nobody_from_seeing_how_it_stands(town: Town) -> None:
    """A worker gives up after seconds and tries again; whoever watches waits for nothing."""
    town.raises()
    town.move(LATER, sweeping=False)
    office = Office(town.concord)
    with town.concord.store.begin():
        began = time.monotonic()
        assert health(town.concord).lag >= 0
        assert time.monotonic() - began < 1
        office.turns()
        assert office.said("database unavailable, trying again")
    office.turns()
    assert health(town.concord).ready


def test_timers_that_are_many_fire_in_several_turns_and_that_is_told(town: Town) -> None:
    """The others' do not wait for them."""
    ref = town.raises(risk=True, children=3)
    town.move("2026-03-20T10:00", sweeping=False)
    told: list[str] = []
    turns = 0
    while fire(town.concord, lambda _ref, why: told.append(why), most=5).more:
        turns += 1
    assert turns >= 2, aside(town)
    assert told[0] == "5 timers fired in one turn and more are due; they fire in the next."
    assert town.dispute(ref).next_due > town.now
    town.verify(ref)


def test_timers_that_go_round_set_their_dispute_aside(town: Town) -> None:
    """Time does not get on by them: they would be fired for ever. Here two are due at one instant, and one is many."""
    ref = town.raises(risk=True)
    town.move("2026-03-02T10:30", sweeping=False)
    done = fire(town.concord, most=1)
    assert [(each, why.split(":")[0]) for each, why in done.set_aside] == [(ref, "TimersEndless")]
    assert "TimerFired" not in town.kinds(ref), "Nothing of it is written"


def test_the_database_failing_is_no_disputes_fault_unless_it_fails_in_one_alone(town: Town) -> None:
    """Three turns in one and the same dispute, while it works in the others."""
    strikes: Counter[str] = Counter()
    broken, sound = town.raises(), town.raises()
    town.move(LATER, sweeping=False)
    failing = Failing(town.concord, broken)
    assert fire(failing, strikes=strikes).set_aside == ()
    assert town.dispute(sound).visit.stage == "Stage2"
    assert fire(failing, strikes=strikes).set_aside == ()
    assert [ref for ref, _ in fire(failing, strikes=strikes).set_aside] == [broken]


class Failing(Concord):
    """Concord on whose store one dispute can't be opened: the database fails there."""

    def __init__(self, concord: Concord, ref: str) -> None:
        vars(self).update(vars(concord))
        self.inner, self.ref = concord.store, ref
        self.store = self

    @contextmanager
    def begin(self, **given: Any) -> Iterator[Any]:
        """A transaction in which it fails."""
        with self.inner.begin(**given) as tx:
            yield FailingTransaction(tx, self.ref)


class FailingTransaction:
    """A transaction that loses the database at one dispute."""

    def __init__(self, tx: Any, ref: str) -> None:
        self._tx, self.disputes = tx, FailingDisputes(tx.disputes, ref)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tx, name)


class FailingDisputes:
    """Disputes, one of which can't be opened."""

    def __init__(self, disputes: Any, ref: str) -> None:
        self._disputes, self._ref = disputes, ref

    def __getattr__(self, name: str) -> Any:
        return getattr(self._disputes, name)

    def get(self, ref: str, *, lock: bool = False) -> Any:
        """Open a dispute, but that one."""
        if ref == self._ref:
            raise StoreUnavailable(why="disk I/O error")
        return self._disputes.get(ref, lock=lock)


def test_nothing_that_fails_ends_a_worker_or_keeps_another_step_from_its_turn(town: Town) -> None:
    """Each chore fails in a way of its own; timers fire all the same, and what was met is told once an hour."""
    done: list[str] = []

    def fails(error: Exception) -> Any:
        def do() -> None:
            raise error

        return do

    errors = [StoreUnavailable(why="away"), RuntimeError("no"), KeyError("x"), RecursionError(), MemoryError()]
    chores = [Chore(name=type(error).__name__, every=3600, do=fails(error)) for error in errors]
    last = Chore(name="last", every=3600, do=lambda: done.append("last"))
    ref = town.raises()
    town.move(LATER, sweeping=False)
    office = Office(town.concord, *chores, last)
    office.turns(5, pause=61)
    assert town.dispute(ref).visit.stage == "Stage2"
    assert done == ["last"]
    assert sorted(told["step"] for told in office.said("worker step failed")) == sorted(
        type(error).__name__ for error in errors[1:]
    )
    office.turns(1, pause=3_600)
    office.turns()
    assert len(office.said("worker step failed")) == 2 * (len(errors) - 1)


def test_a_worker_whose_database_goes_away_goes_on_when_it_is_back(town: Town) -> None:
    """It ends when it is told to, and takes leave."""
    office = Office(town.concord)
    office.turns()
    found = health(town.concord)
    assert (found.ready, found.wrong, len(found.workers)) == (True, (), 1)
    stop = Event()
    stop.set()
    office.worker.run(stop)
    assert health(town.concord).wrong == ("No worker has ever turned here: nothing fires by itself.",)


def test_who_has_not_turned_for_long_is_silent_then_forgotten(town: Town) -> None:
    """By the database's clock; another worker clears up."""
    office = Office(town.concord)
    office.turns()
    assert isinstance(town.concord.store, Database)

    def age(by: timedelta) -> None:
        with town.concord.store.engine.begin() as connection:
            connection.execute(workers.update().values(turned=datetime.now(UTC) - by))

    age(timedelta(minutes=3))
    found = health(town.concord)
    assert not found.ready
    assert "No worker has turned for 1" in found.wrong[0]
    age(timedelta(days=2))
    Office(town.concord).turns()
    found = health(town.concord)
    assert found.ready
    assert len(found.workers) == 1


def test_the_lag_is_by_the_databases_clock(town: Town) -> None:
    """A demonstration's clock goes ahead of it by as much as was asked for; the computer's own counts for nothing."""
    town.raises()
    town.move("2026-03-09T18:00", sweeping=False)
    late = health(town.concord)
    assert not late.ready
    assert 3_600 <= late.lag <= 7 * 24 * 3_600
    assert ahead(SystemClock()) == timedelta()
    Office(town.concord).turns()
    assert health(town.concord).lag == 0


def test_told_to_stop_it_stops_between_two_disputes(town: Town) -> None:
    """What has begun is fired whole, what has not is left to the next worker; nothing waits for a thousand others."""
    for _ in range(3):
        town.raises()
    town.move("2026-03-20T12:00", sweeping=False)
    told = iter([False, True])
    done = fire(town.concord, halt=lambda: next(told))
    assert (done.disputes, done.fired > 0) == (1, True)
    assert fire(town.concord).disputes >= 2

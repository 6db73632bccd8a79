"""A database knows what it is: a demonstration or a real one. On each database, where that matters."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text
from town import BPMN, MONDAY, Town, closed

from engine import (
    DEMONSTRATION,
    REAL,
    Agency,
    Concord,
    DatabaseUnfit,
    Person,
    SetClock,
    Worker,
    add_agency,
    open_concord,
    open_demo,
    still_fits,
)
from engine.application import DEMO_CLOCK, KIND
from engine.application.kind import IsDemonstration, IsReal, SchemaMovedOn
from engine.demo import BUILDER
from engine.queries.health import health
from engine.store import Database
from run import main

ADA = Person(
    id="ada", partnership="birmingham", name="Ada", agency="school", agency_name="School", agency_kind="school",
    roles=("practitioner",),
)  # fmt: skip


def unmarked(url: str, change: str = "") -> None:
    """Take the mark away, as a database of before has none, and change what is in it."""
    store = Database(url)
    with store.engine.begin() as connection:
        connection.execute(text(f"DELETE FROM settings WHERE name = '{KIND}'"))
        if change:
            connection.execute(text(change))
    store.close()


def kind_in(url: str) -> str | None:
    """How a database is marked."""
    store = Database(url)
    with store.begin(write=False) as tx:
        found = tx.settings.get(KIND)
    store.close()
    return found


def opens(url: str, kind: str | None) -> bool:
    """Whether a database opens as this kind."""
    try:
        closed(open_concord(url, SetClock(MONDAY), kind=kind))
    except DatabaseUnfit:
        return False
    return True


def test_a_database_is_what_it_was_made_as_for_ever(database_url: str) -> None:
    """The town's is real, and stays so; what only reads takes either."""
    assert kind_in(database_url) == REAL
    assert [opens(database_url, kind) for kind in (DEMONSTRATION, REAL, None)] == [False, True, True]
    assert kind_in(database_url) == REAL


def test_an_empty_database_becomes_what_it_is_first_opened_as(tmp_path: Path) -> None:
    """And reading alone makes it nothing."""
    for kind, other in ((REAL, DEMONSTRATION), (DEMONSTRATION, REAL)):
        url = f"sqlite:///{tmp_path / kind}.db"
        assert opens(url, None)
        assert kind_in(url) is None
        assert opens(url, kind)
        assert not opens(url, other)


def test_one_of_before_is_real_where_somebody_has_a_password(database_url: str) -> None:
    """Even where a demonstration was let loose on it: those fifty made-up disputes are in a real record."""
    unmarked(database_url, "UPDATE people SET password_hash = 'scrypt$00$00' WHERE id = 'business_manager'")
    assert not opens(database_url, DEMONSTRATION)
    assert kind_in(database_url) is None
    assert opens(database_url, REAL)
    unmarked(database_url, f"INSERT INTO settings VALUES ('{DEMO_CLOCK}', '0')")
    assert not opens(database_url, DEMONSTRATION)


def test_one_of_before_is_a_demonstration_where_its_builder_was_at_work(database_url: str) -> None:
    """Finished or not, and nobody in it has a password."""
    unmarked(database_url, f"INSERT INTO settings VALUES ('{DEMO_CLOCK}', '3600')")
    assert not opens(database_url, REAL)
    unmarked(database_url, f"DELETE FROM settings WHERE name = '{DEMO_CLOCK}'")
    concord = open_concord(database_url, SetClock(MONDAY), kind=None)
    add_agency(concord, BUILDER, Agency(id="made-up", partnership="birmingham", name="Made up", kind="other"))
    closed(concord)
    assert not opens(database_url, REAL)
    assert opens(database_url, DEMONSTRATION)
    assert kind_in(database_url) == DEMONSTRATION


def test_one_that_is_refused_is_left_as_it_is(tmp_path: Path) -> None:
    """Byte by byte: it is not even migrated by what may not open it."""
    file = tmp_path / "real.db"
    closed(open_concord(f"sqlite:///{file}", SetClock(MONDAY)))
    store = Database(f"sqlite:///{file}")
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    store.close()
    before = file.read_bytes()
    with pytest.raises(IsReal):
        open_demo(f"sqlite:///{file}", BPMN)
    assert file.read_bytes() == before


def test_a_process_that_runs_on_stops_when_its_database_is_another(town: Town) -> None:
    """Another release's tables, or another kind of database put in its place (a backup, a slip of the hand)."""
    concord = town.concord
    still_fits(concord)
    change(concord, f"UPDATE settings SET value = '{DEMONSTRATION}' WHERE name = '{KIND}'")
    with pytest.raises(IsDemonstration):
        still_fits(concord)
    change(concord, f"UPDATE settings SET value = '{REAL}' WHERE name = '{KIND}'")
    change(concord, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaMovedOn, match="another release of Concord"):
        still_fits(concord)


def test_a_worker_stops_and_says_why(town: Town) -> None:
    """It fires nothing there, and does not go on; told nothing, it would take the next turn."""
    told: list[Any] = []
    worker = Worker(concord=town.concord, tell=lambda *said: told.append(said), moment=lambda: 0.0)
    change(town.concord, "UPDATE alembic_version SET version_num = '9999'")
    stop = Event()
    worker.run(stop)
    assert stop.is_set()
    assert isinstance(worker.unfit, SchemaMovedOn)
    assert [said[:2] for said in told] == [("critical", "stopped")]
    change(town.concord, f"UPDATE settings SET value = '{DEMONSTRATION}' WHERE name = '{KIND}'")
    assert not health(town.concord).ready


def change(concord: Concord, statement: str) -> None:
    """Change the database behind its process's back."""
    assert isinstance(concord.store, Database)
    with concord.store.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command on a demonstration's database."""
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    closed(open_concord(url, SetClock(MONDAY), kind=DEMONSTRATION))

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, list(words))

    return run


@pytest.mark.parametrize(
    "words",
    [
        ["worker", "--once"],
        ["publish", str(BPMN / "birmingham")],
        ["erase", "BIR-2026-0001", "--by", "Jo", "--reason", "Because"],
        ["user", "add", "bo", "--partnership", "birmingham", "--name", "Bo", "--agency", "office", "--role",
         "business_manager", "--password", "a long pass phrase", "--agency-name", "Office"],
    ],
)  # fmt: skip
def test_what_changes_a_database_for_real_refuses_a_demonstration(say: Callable[..., Result], words: Any) -> None:
    """It says what to do instead."""
    done = say(*words)
    assert done.exit_code == 1
    assert "`serve --demo`" in f"{done.exception} {done.output}"


def test_what_only_reads_takes_a_demonstration(say: Callable[..., Result]) -> None:
    """It verifies, and has nothing to verify."""
    assert "holds no dispute" in say("verify", "--all").stderr

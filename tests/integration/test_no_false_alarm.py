"""Whatever is done to a database without changing what it says, verifying finds it as it was written."""

import hashlib
import os
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from lived import lived_in
from psycopg import sql
from sqlalchemy import insert, select, text
from tampering import faults, unguarded
from town import Town
from town import closed as hung_up

from engine import Concord, SetClock, checkpoint_from_file, note_look, open_concord, sweep, verify
from engine.audit import Sealed
from engine.calendar import london
from engine.store import Database
from engine.store import tables as t

ROOT = Path(__file__).parents[2]
RELEASES = ROOT / "tests" / "frozen" / "releases"
SUMS = dict(reversed(line.split("  ")) for line in (RELEASES / "SHA256SUMS").read_text().splitlines())
BEFORE = "before-every-row-was-covered.tar.xz"
VERIFIED = """
import sys, holidays
from engine import SetClock, open_concord, verify
from engine.calendar.working_days import bank_holidays, london
assert not bank_holidays(2020, 2030), "the calendar of this process should know no bank holiday"
concord = open_concord(sys.argv[1], SetClock(london("2026-04-01T09:00")))
found = [f"{v.ref}: {v.fault}" for v in verify(concord) if v.fault]
assert not found, found
"""
LIVED = """
import sys
from datetime import date, timedelta
from pathlib import Path
import engine
from engine import SetClock, make_checkpoint, new_key, note_look, open_concord
from engine.commands import directing
from engine.commands.publishing import publish_folder
from engine.commands.sweep import sweep
from engine.commands.tasks import save_draft
from engine.demo import BUILDER, Stories, people
from engine.readings import person_named
from engine.working_days import london
url, folder = sys.argv[1], Path(sys.argv[2])
now = london("2026-06-01T12:00")
concord = open_concord(url, SetClock(now - timedelta(days=60)))
assert "/before/" in engine.__file__, engine.__file__
publish_folder(concord, BUILDER, Path("bpmn/birmingham"), demo=True)
people(concord, "birmingham")
teacher = person_named(concord, "birmingham-school-teacher")
directing.add_person(concord, BUILDER, teacher, "a long password")
directing.add_absence(concord, BUILDER, teacher.id, date(2026, 5, 1), date(2026, 5, 3))
directing.add_closure(concord, BUILDER, "birmingham", date(2026, 8, 4), "Training")
Stories(concord, "birmingham", now).live()
sweep(concord)
with concord.store.begin() as tx:
    task, _ = tx.open_tasks("birmingham")[0]
    tx.save_draft(task.ref, task.key, teacher.id, {"note": "half a sentence"})
note_look(concord, teacher, task.ref, "page")
new_key(folder / "key.pem")
concord.clock.set(now + timedelta(hours=3))
(folder / "kept.json").write_bytes(engine.checkpoint_to_file(make_checkpoint(concord, folder / "key.pem")))
found = [v.fault for v in engine.verify(concord) if v.fault]
assert not found, found
"""


def alarms(concord: Concord, kept: list[Sealed] | None = None) -> list[str]:
    """What verifying says is wrong."""
    return [f"{verdict.ref}: {verdict.fault}" for verdict in verify(concord, elsewhere=kept or ()) if verdict.fault]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def lived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A database with every kind of row."""
    with lived_in(request, tmp_path_factory.mktemp("lived"), request.param) as town:
        yield town


def database(town: Town) -> Database:
    """The town's database."""
    assert isinstance(town.concord.store, Database)
    return town.concord.store


def test_after_vacuum_and_after_a_copy_through_the_tables(
    lived: Town, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Cleaned up; then each row copied to a new SQLite database, and from there to a new PostgreSQL one."""
    store = database(lived)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.commit()
        connection.connection.dbapi_connection.execute("VACUUM")  # type: ignore[union-attr]
    assert alarms(lived.concord) == []
    server = request.getfixturevalue("postgresql")
    name = server.create()
    here = Database(f"sqlite:///{tmp_path / 'copy.db'}")
    there = Database(server.at(name))
    for source, copy in ((store, here), (here, there)):
        copied(source, copy)
        opened = open_concord(copy.url.render_as_string(hide_password=False), lived.concord.clock)
        assert alarms(opened) == []
        hung_up(opened)
        if source is here:
            here.close()
    there.close()
    server.drop(name)


def copied(source: Database, copy: Database) -> None:
    """Bring a new database's tables up to date and copy every row."""
    copy.migrate()
    with source.begin(write=False) as tx:
        rows = {table: tx.connection.execute(select(table)).all() for table in t.metadata.sorted_tables}
    with copy.begin() as tx:
        tx.connection.execute(text("DELETE FROM heads"))
        for table in t.metadata.sorted_tables:
            if rows[table]:
                tx.connection.execute(insert(table), [row._asdict() for row in rows[table]])


def test_after_a_dump_and_its_loading(lived: Town, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """As each database's own tools make it: PostgreSQL's write each table by COPY."""
    url = database(lived).url
    if url.get_backend_name() == "sqlite":
        with sqlite3.connect(str(url.database)) as source, sqlite3.connect(tmp_path / "loaded.db") as target:
            target.executescript("\n".join(source.iterdump()))
        source.close()
        target.close()
        opened = open_concord(f"sqlite:///{tmp_path / 'loaded.db'}", lived.concord.clock)
        assert alarms(opened) == []
        hung_up(opened)
        return
    server = request.getfixturevalue("postgresql")
    name = server.create()
    there = Database(server.at(name))
    there.migrate()
    plain = [each.set(drivername="postgresql").render_as_string(hide_password=False) for each in (url, there.url)]
    with psycopg.connect(plain[0]) as source, psycopg.connect(plain[1]) as target:
        target.execute("DELETE FROM heads")
        for table in t.metadata.sorted_tables:
            named = sql.Identifier(table.name)
            out, into = sql.SQL("COPY {} TO STDOUT").format(named), sql.SQL("COPY {} FROM STDIN").format(named)
            with source.cursor().copy(out) as lines, target.cursor().copy(into) as loaded:
                for line in lines:
                    loaded.write(line)
    there.close()
    opened = open_concord(server.at(name), lived.concord.clock)
    assert alarms(opened) == []
    hung_up(opened)
    server.drop(name)


def test_with_a_library_that_knows_other_bank_holidays(lived: Town, tmp_path: Path) -> None:
    """T12: the calendar that was known then stands in the journal."""
    (tmp_path / "holidays.py").write_text("def country_holidays(*given, **named):\n    return {}\n")
    done = subprocess.run(
        [sys.executable, "-c", VERIFIED, database(lived).url.render_as_string(hide_password=False)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3_000:]


def test_the_earlier_concords_are_those_that_were_kept() -> None:
    """None was changed, none is missing, none has come beside them unlisted."""
    assert {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in RELEASES.glob("*.tar.xz")} == SUMS


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_after_an_upgrade_from_the_version_before(tmp_path: Path, kind: str, request: pytest.FixtureRequest) -> None:
    """Its own code lived through disputes; today's goes on with them. What stood there then is covered from now on."""
    before = tmp_path / "before"
    with tarfile.open(RELEASES / BEFORE) as archive:
        archive.extractall(before, filter="data")
    server = request.getfixturevalue("postgresql") if kind == "postgresql" else None
    name = server.create() if server else ""
    url = server.at(name) if server else f"sqlite:///{tmp_path / 'concord.db'}"
    done = subprocess.run(
        [sys.executable, "-c", LIVED, url, str(tmp_path)], cwd=before, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(before)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3_000:]
    kept = [checkpoint_from_file((tmp_path / "kept.json").read_bytes(), "kept.json")]
    concord = open_concord(url, SetClock(london("2026-06-01T15:00")))
    assert alarms(concord, kept) == []
    go_on(concord)
    assert alarms(concord, kept) == []
    covered_since(concord)
    hung_up(concord)
    if server:
        server.drop(name)


def go_on(concord: Concord) -> None:
    """Three weeks in which deadlines fire, notices are delivered and somebody looks."""
    assert isinstance(concord.clock, SetClock)
    with concord.store.begin(write=False) as tx:
        manager = next(person for person in tx.directory.people("birmingham") if "business_manager" in person.roles)
        ref = tx.disputes.references()[0]
    note_look(concord, manager, ref, "page")
    fired = 0
    for day in ("2026-06-03", "2026-06-10", "2026-06-22"):
        concord.clock.set(london(f"{day}T17:30"))
        fired += sweep(concord).fired
    assert fired


def covered_since(concord: Concord) -> None:
    """The directory, and the order of names in an entry that the earlier Concord wrote."""
    assert isinstance(concord.store, Database)
    for statement in (
        "UPDATE agencies SET kind = 'police' WHERE id = 'birmingham-school'",
        "UPDATE closures SET reason = 'None'",
        "UPDATE absences SET last = '2026-05-09'",
        "UPDATE people SET password_hash = password_hash || 'x' WHERE password_hash IS NOT NULL",
        """UPDATE entries SET actor = REPLACE(actor, '{"id":"clock","name":"Timer"', '{"name":"Timer","id":"clock"')
           WHERE v = 1""",
    ):
        with unguarded(concord.store) as connection:
            assert connection.execute(text(statement)).rowcount
            assert faults(concord, connection), statement

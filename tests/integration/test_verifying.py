"""Verifying finds every tampering with the record, names it, and never cries wolf."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Connection, Integer, LargeBinary, Row, Table, delete, insert, select, text
from town import MONDAY, Town
from town import closed as hung_up

from engine import (
    SetClock,
    checkpoint_lines,
    checkpoint_of_the_day,
    make_checkpoint,
    new_key,
    note_look,
    open_concord,
    verify,
)
from engine.audit import Sealed, public_key
from engine.dispute.journal import digest
from engine.exports.bundle import bundle_of, unpacked
from engine.store import Database, packing
from engine.store import tables as t
from engine.store.guards import ADDED_TO, ERASABLE
from engine.store.proving import DISPUTE, TASK

REF = "BIR-2026-0001"
OTHER = "BIR-2026-0002"
AT_REF = " WHERE ref = 'BIR-2026-0001'"
Tampering = Callable[[Connection], None]


@dataclass
class World:
    """A lived-in database whose guards were taken off, with checkpoints, and what stood in it before any tampering."""

    town: Town
    key: Path
    checkpoints: list[Sealed] = field(default_factory=list)
    rows: dict[str, list[Row[Any]]] = field(default_factory=dict)

    @property
    def store(self) -> Database:
        """The database."""
        assert isinstance(self.town.concord.store, Database)
        return self.town.concord.store

    def faults(self, *refs: str, elsewhere: bool = False, known: str | None = None) -> dict[str, list[str]]:
        """What verifying says is wrong, by dispute."""
        found: dict[str, list[str]] = {}
        kept = self.checkpoints if elsewhere else []
        for verdict in verify(
            self.town.concord, refs or None, elsewhere=kept, known=[known or public_key(self.public)]
        ):
            if verdict.fault:
                found.setdefault(verdict.ref, []).append(verdict.fault)
        return found

    @property
    def public(self) -> Path:
        """The public key's file."""
        return self.key.with_name(f"{self.key.stem}.public.pem")

    def remember(self) -> None:
        """Keep all that stands in the database."""
        with self.store.engine.begin() as connection:
            self.rows = {
                table.name: list(connection.execute(select(table)).all()) for table in t.metadata.sorted_tables
            }

    def restore(self) -> None:
        """Put everything back as it was."""
        tables = t.metadata.sorted_tables
        with self.store.engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            for table in reversed(tables):
                connection.execute(delete(table))
            for table in tables:
                if rows := self.rows[table.name]:
                    connection.execute(insert(table), [dict(row._mapping) for row in rows])


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def lived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A dispute with two children that a deadline and a report of risk have moved on, another one, two checkpoints."""
    folder = tmp_path_factory.mktemp("lived")
    server = name = None
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("sqlite_template"), folder / "concord.db")
        url = f"sqlite:///{folder / 'concord.db'}"
    else:
        server = request.getfixturevalue("postgresql")
        name = server.create(request.getfixturevalue("postgresql_template"))
        url = server.at(name)
    town = Town(open_concord(url, SetClock(MONDAY)))
    world = World(town=town, key=folder / "key.pem")
    new_key(world.key)
    assert town.raises(children=2, risk=True) == REF
    assert town.raises() == OTHER
    note_look(town.concord, town["school-practitioner"], REF, "page")
    town.move("2026-03-03T09:00")
    world.checkpoints.append(make_checkpoint(town.concord, world.key))
    town.completes("school-practitioner", REF, "Stage1_Discuss")
    town.move("2026-03-11T12:00")
    world.checkpoints.append(make_checkpoint(town.concord, world.key))
    unguard(world.store)
    world.remember()
    yield world
    hung_up(town.concord)
    if server:
        server.drop(name)


def unguard(store: Database) -> None:
    """Take the guards off, as whoever owns the database can."""
    with store.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for name in connection.execute(text(triggers)).scalars().all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            for table in ADDED_TO | ERASABLE:
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))


@pytest.fixture
def world(lived: World) -> Iterator[World]:
    """The world, put back after the test."""
    yield lived
    lived.restore()


def sql(*statements: str) -> Tampering:
    """Statements straight into the database."""

    def act(connection: Connection) -> None:
        for statement in statements:
            assert connection.exec_driver_sql(statement).rowcount > 0, statement

    return act


def resealed(change: Callable[[dict[str, Any]], None], *, adjusted: bool = True) -> Tampering:
    """Change entries and seal the whole chain anew, the dispute's row as well, as somebody who knows how would."""

    def act(connection: Connection) -> None:
        prev = "0" * 64
        rows = connection.execute(select(t.entries).where(t.entries.c.ref == REF).order_by(t.entries.c.seq)).all()
        for row in rows:
            content = {
                name: json.loads(value) if name in {"actor", "data", "texts"} else value
                for name, value in row._asdict().items()
                if name != "hash"
            }
            change(content)
            content["prev"] = prev
            prev = digest(content)
            connection.execute(
                text("UPDATE entries SET data = :data, actor = :actor, texts = :texts, at = :at, prev = :prev,"
                     " hash = :hash WHERE ref = :ref AND seq = :seq"),
                {"hash": prev, "ref": REF, "at": content["at"], "prev": content["prev"], "seq": content["seq"],
                 **{name: json.dumps(content[name]) for name in ("data", "actor", "texts")}},
            )  # fmt: skip
        if adjusted:
            connection.execute(text(f"UPDATE disputes SET last_hash = '{prev}'{AT_REF}"))

    return act


def later_deadline(content: dict[str, Any]) -> None:
    """Another deadline than the one that was set."""
    if content["kind"] == "DeadlineSet":
        content["data"]["due"] = "2026-04-01T16:00:00Z"


def other_name(content: dict[str, Any]) -> None:
    """Another person than the one who raised it: executing the journal again gives the very same."""
    if content["seq"] == 1:
        content["actor"]["name"] = "Somebody Else"


def other_hand(content: dict[str, Any]) -> None:
    """Another person than the one who completed a task."""
    if content["kind"] == "TaskCompleted":
        content["actor"]["name"] = "Somebody Else"


def cut(connection: Connection) -> None:
    """Cut the journal off before its last input, and adjust the dispute's row, state and tables to what is left."""
    rows = connection.execute(select(t.entries).where(t.entries.c.ref == REF).order_by(t.entries.c.seq)).all()
    end = [row.seq for row in rows if row.role == "input"][-1]
    last = rows[end - 2]
    connection.execute(text(f"DELETE FROM entries{AT_REF} AND seq >= {end}"))
    connection.execute(text(f"UPDATE disputes SET last_seq = {last.seq}, last_hash = '{last.hash}'{AT_REF}"))


def other_state(connection: Connection) -> None:
    """Move a deadline in the state alone."""
    packed = connection.execute(text(f"SELECT state FROM disputes{AT_REF}")).scalar_one()
    state = packing.unpack(packed)
    state["dispute"]["deadlines"][0]["due"] = "2030-01-01T00:00:00Z"
    connection.execute(text(f"UPDATE disputes SET state = :state{AT_REF}"), {"state": packing.pack(state)})


def other_version(connection: Connection) -> None:
    """Change a file of the version."""
    packed = connection.execute(text("SELECT files FROM versions")).scalar_one()
    files = packing.unpack_files(packed)
    name = next(name for name in files if name.endswith(".dmn"))
    files[name] += b"<!-- -->"
    connection.execute(text("UPDATE versions SET files = :files"), {"files": packing.pack_files(files)})


def removed(connection: Connection) -> None:
    """Remove a dispute from every table."""
    for table in ("entries", "texts", "tasks", "worklist", "children", "notices", "looks", "disputes"):
        connection.execute(text(f"DELETE FROM {table}{AT_REF}"))


def removed_last(connection: Connection) -> None:
    """Remove the dispute that was raised last, and its number as well."""
    for table in ("entries", "texts", "tasks", "worklist", "children", "notices", "looks", "disputes"):
        connection.execute(text(f"DELETE FROM {table} WHERE ref = '{OTHER}'"))
    connection.execute(text("UPDATE numbers SET last = 1"))


def swapped(connection: Connection) -> None:
    """Exchange entries 3 and 4."""
    for was, now in ((3, 900), (4, 3), (900, 4)):
        connection.execute(text(f"UPDATE entries SET seq = {now}{AT_REF} AND seq = {was}"))


def renumbered(connection: Connection, *, by: int, after: int) -> None:
    """Number the entries after one anew."""
    connection.execute(text(f"UPDATE entries SET seq = seq + 5000{AT_REF} AND seq > {after}"))
    connection.execute(text(f"UPDATE entries SET seq = seq - 5000 + {by}{AT_REF} AND seq > 5000"))


def left_out(connection: Connection) -> None:
    """Remove entry 5 and number those after it anew."""
    connection.execute(text(f"DELETE FROM entries{AT_REF} AND seq = 5"))
    renumbered(connection, by=-1, after=5)


def put_in(connection: Connection) -> None:
    """Put a copy of entry 3 in after entry 5 and number those after it anew."""
    renumbered(connection, by=1, after=5)
    connection.execute(text(INSERTED.replace("900", "6")))


INSERTED = f"""INSERT INTO entries SELECT ref, 900, v, at, role, kind, element, actor, data, texts, prev, hash
               FROM entries{AT_REF} AND seq = 3"""
FIELDS = {
    "v": "7", "at": "'2026-01-01T00:00:00Z'", "role": "'effect2'", "kind": "'Withdrawn'", "element": "'Stage4'",
    "actor": "REPLACE(actor, 'school', 'council')", "data": """'{"a":1}'""", "texts": """'{"a":"b"}'""",
    "prev": "'0'", "hash": "'0'",
}  # fmt: skip
KINDS: dict[str, tuple[Tampering, str]] = {
    **{
        f"entry's {name}": (sql(f"UPDATE entries SET {name} = {to}{AT_REF} AND seq = 7"), f"Entry 7 of {REF}")
        for name, to in FIELDS.items()
    },
    "entry's seq": (sql(f"UPDATE entries SET seq = 900{AT_REF} AND seq = 7"),
                    "Entry 7 of BIR-2026-0001 is not as it was written, reordered: it stands at number 900"),
    "entry's version under a name that looks alike": (
        sql(f"UPDATE entries SET data = REPLACE(data, '\"version\"', '\"versi\u043en\"'){AT_REF} AND seq = 2"),
        f"Entry 2 of {REF}",
    ),
    "entry's version": (
        sql(f"UPDATE entries SET data = REPLACE(data, '\"version\":\"', '\"version\":\"0'){AT_REF} AND seq = 2"),
        f"Entry 2 of {REF}",
    ),
    "entry's version taken out": (sql(f"UPDATE entries SET data = '{{}}'{AT_REF} AND seq = 2"), f"Entry 2 of {REF}"),
    "entry's ref": (sql(f"UPDATE entries SET ref = 'BIR-2026-0077'{AT_REF} AND seq = 7"), "missing"),
    "entry that can't be read": (sql(f"UPDATE entries SET data = 'none'{AT_REF} AND seq = 7"), "entry 7 was altered"),
    "altered": (sql(f"UPDATE entries SET actor = REPLACE(actor, 'School', 'Council'){AT_REF} AND seq = 1"),
                "Entry 1 of BIR-2026-0001 is not as it was written, altered: its content was changed"),
    "missing": (sql(f"DELETE FROM entries{AT_REF} AND seq = 5"),
                "Entry 5 of BIR-2026-0001 is not as it was written, missing: number 6 stands in its place"),
    "missing, numbered anew": (left_out, "Entry 5 of BIR-2026-0001 is not as it was written, missing: those after it"),
    "inserted": (put_in, "Entry 6 of BIR-2026-0001 is not as it was written, inserted"),
    "inserted at the end": (sql(INSERTED), "inserted: the dispute knows of"),
    "reordered": (swapped, "Entry 3 of BIR-2026-0001 is not as it was written, reordered: it stands at number 4"),
    "cut off": (sql(f"DELETE FROM entries{AT_REF} AND seq > 10"), "Entry 11 of BIR-2026-0001 is missing, cut off at"),
    "cut off and adjusted": (cut, "is missing, cut off at the end: checkpoint 2 of 2026-03-11 12:00 UTC saw entry"),
    "other outcome": (resealed(later_deadline), "has a different outcome"),
    "sealed anew": (resealed(other_name), "Entry 1 of BIR-2026-0001 was altered and the chain sealed anew"),
    "sealed anew later": (resealed(other_hand), "was altered and the chain sealed anew: checkpoint 2"),
    "sealed anew, not adjusted": (resealed(other_hand, adjusted=False), "the hash of its last entry is another"),
    "state": (other_state, "present state is not what its journal gives"),
    "state that can't be read": (sql(f"UPDATE disputes SET state = 'x'{AT_REF}"), "column state was altered"),
    "dispute removed": (removed, "Dispute BIR-2026-0001 is missing altogether: its number was given."),
    "last dispute removed": (removed_last, "A dispute is missing altogether: checkpoint 2 of 2026-03-11"),
    "its row removed": (sql(*(f"DELETE FROM {each}{AT_REF}" for each in ("tasks", "worklist", "children", "disputes"))),
                        "is missing in the table disputes"),
    "number": (sql("UPDATE numbers SET last = 1"), "The table numbers was altered"),
    "version's files": (other_version, "are not those that were published"),
    "version's files that can't be read": (sql("UPDATE versions SET files = 'x'"), "was altered: it can't be read"),
    "NaN for the null that was sealed": (sql(f"UPDATE entries SET data = REPLACE(data, ':null', ':NaN'){AT_REF}"),
                                         "can't be read"),
    "version put in": (sql("INSERT INTO versions SELECT 'other', partnership, pathway, '2026-03-11 12:00:00', 9, files"
                           ", reader FROM versions"), "The files of version other are not those that were published"),
    "text": (sql(f"UPDATE texts SET text = 'Nothing was wrong.'{AT_REF}"), "was altered"),
    "text's salt": (sql(f"UPDATE texts SET salt = 'a'{AT_REF}"), "was altered"),
    "text's name": (sql(f"UPDATE texts SET name = 'a'{AT_REF} AND name = 'why_no_talk'"), "was inserted"),
    "text deleted": (sql(f"DELETE FROM texts{AT_REF}"), "is missing, and no entry says that it was erased"),
    "text added": (sql(f"INSERT INTO texts VALUES ('{REF}', 2, 'a', 's', 'Added.')"), "was inserted"),
    "notice": (sql(f"UPDATE notices SET message = 'Nothing'{AT_REF}"), "The table notices was altered"),
    "notice deleted": (sql(f"DELETE FROM notices{AT_REF}"), "The table notices was altered"),
    "child": (sql(f"UPDATE children SET initials = 'ZZ'{AT_REF} AND number = 1"), "children was altered for"),
    "child deleted": (sql(f"DELETE FROM children{AT_REF} AND number = 1"), "row 1: it is missing"),
    "child added": (sql(f"INSERT INTO children VALUES ('{REF}', 9, 'CASE-9', 'ZZ')"), "the journal knows nothing of"),
    "task deleted": (sql(f"DELETE FROM tasks{AT_REF} AND status = 'open'"), "The table tasks was altered"),
    "task reopened": (sql(f"UPDATE tasks SET status = 'open'{AT_REF} AND status = 'ended'"), "The table tasks was"),
    "ended task deleted": (sql(f"DELETE FROM tasks{AT_REF} AND status = 'ended'"), "The table tasks was altered"),
    "ended task": (sql(f"UPDATE tasks SET element = 'x'{AT_REF} AND status = 'ended'"), "The table tasks was altered"),
    "taken off a worklist": (sql(f"DELETE FROM worklist{AT_REF}"), "The table worklist was altered"),
    "on another's worklist": (sql(f"UPDATE worklist SET agency = 'x'{AT_REF}"), "The table worklist was altered"),
    "act": (sql("UPDATE acts SET kind = 'x'"), "The table acts is not as checkpoint 2"),
    "act deleted": (sql("DELETE FROM acts WHERE id = (SELECT MAX(id) FROM acts)"), "The table acts is not as"),
    "look": (sql("UPDATE looks SET name = 'Nobody'"), "The table looks is not as checkpoint 2"),
    "publication": (sql("UPDATE publications SET version = 'x'"), "The table publications is not as checkpoint 2"),
    "version's date": (sql("UPDATE versions SET published_at = '2020-01-01 00:00:00'"), "The table versions is not as"),
    "checkpoint": (sql("UPDATE checkpoints SET body = REPLACE(body, '\"v\":1', '\"v\":2') WHERE number = 1"),
                   "Checkpoint 1 was altered: its signature does not fit"),
    "checkpoint's signature": (sql("UPDATE checkpoints SET signature = 'x' WHERE number = 2"), "Checkpoint 2 was"),
    "checkpoint's key": (sql("UPDATE checkpoints SET public_key = 'x' WHERE number = 2"), "signed with another key"),
    "checkpoint deleted": (sql("DELETE FROM checkpoints WHERE number = 1"), "Checkpoint 1 is missing"),
    "checkpoint's number": (sql("UPDATE checkpoints SET number = 7 WHERE number = 1"), "is reordered"),
}  # fmt: skip


@pytest.mark.parametrize(("act", "said"), KINDS.values(), ids=KINDS.keys())
def test_each_tampering_is_found_and_named(world: World, act: Tampering, said: str) -> None:
    """Whatever was changed past the application and its guards is named: where it is wrong first, and in what way."""
    with world.store.engine.begin() as connection:
        act(connection)
    found = world.faults()
    assert said in " ".join(fault for faults in found.values() for fault in faults), found
    assert OTHER not in found or "published" in said or "can't be read" in said
    assert act in {removed, removed_last} or "missing altogether" not in str(found)


def test_a_state_that_an_earlier_concord_wrote_is_no_fault(world: World) -> None:
    """A state is a cache: what has come since is missing in it, what has gone since stands there still."""
    with world.store.engine.begin() as connection:
        packed = connection.execute(text(f"SELECT state FROM disputes{AT_REF}")).scalar_one()
        state = packing.unpack(packed)
        state["dispute"]["flags"] = []
        del state["dispute"]["links"]
        earlier = {"state": packing.pack(state)}
        connection.execute(text(f"UPDATE disputes SET state = :state{AT_REF}"), earlier)
    assert world.faults() == {}


def test_an_untouched_record_is_found_as_it_was_written(world: World) -> None:
    """No false alarm: with checkpoints that were kept, without a key, and for one dispute alone."""
    assert world.faults(elsewhere=True) == {}
    assert world.faults(REF) == {}
    verdicts = {v.ref: v for v in verify(world.town.concord)}
    assert set(verdicts) == {REF, OTHER}
    assert verdicts[REF].checkpoint == "checkpoint 2 of 2026-03-11 12:00 UTC"
    assert verdicts[REF].covered == verdicts[REF].entries


def test_what_a_checkpoint_covers_may_grow(world: World) -> None:
    """Entries, acts and looks after the last checkpoint are no fault."""
    town = world.town
    task = town.dispute(OTHER).tasks[0]
    town.completes(town.who(town.dispute(OTHER), task), OTHER, task.key)
    note_look(town.concord, town["council-practitioner"], REF, "page")
    town.raises()
    assert world.faults(elsewhere=True) == {}


def test_an_altered_checkpoint_stands_in_nobodys_way(world: World) -> None:
    """The worker makes a new one, a bundle goes without, and the command line says so."""
    with world.store.engine.begin() as connection:
        connection.execute(text("UPDATE checkpoints SET body = 'x' WHERE number = 2"))
    assert checkpoint_lines(world.town.concord, []) == ["Checkpoint 2, the last one, was altered."]
    with world.town.concord.store.begin(write=False) as tx:
        assert unpacked(bundle_of(world.town.concord, tx, REF)).checkpoint is None
    made = checkpoint_of_the_day(world.town.concord, world.key)
    assert made is not None
    assert made.number == 3


def test_verifying_looks_at_one_moment(world: World) -> None:
    """What is written while a dispute is read is no fault of it."""
    town = world.town
    with town.concord.store.begin(write=False) as tx:
        entries = tx.journal.entries(OTHER)
        task = town.dispute(OTHER).tasks[0]
        town.completes(town.who(town.dispute(OTHER), task), OTHER, task.key)
        assert tx.disputes.get(OTHER).last_seq == len(entries) < len(town.journal(OTHER))


@pytest.mark.parametrize("name", DISPUTE)
def test_every_column_of_a_dispute_is_what_its_journal_gives(world: World, name: str) -> None:
    """The columns by which disputes are found and swept are a cache of the journal."""
    alter(world, t.disputes, name, AT_REF)
    assert REF in world.faults(REF), name


@pytest.mark.parametrize("name", [*TASK, "key", "status"])
def test_every_column_of_an_open_task_is_what_its_journal_gives(world: World, name: str) -> None:
    """The list of what is to do is a cache of the journal."""
    key = world.town.dispute(REF).tasks[0].key
    alter(world, t.tasks, name, f"{AT_REF} AND key = '{key}'")
    assert "The table tasks was altered" in " ".join(world.faults(REF)[REF]), name


def alter(world: World, table: Table, name: str, where: str) -> None:
    """Give a column another value of its kind."""
    column = table.c[name]
    with world.store.engine.begin() as connection:
        if name == "version":
            connection.execute(text("INSERT INTO versions SELECT 'other', partnership, pathway, published_at, 9, files"
                                    ", reader FROM versions"))  # fmt: skip
        was = connection.execute(text(f"SELECT {table}.{quoted(name)} FROM {table}{where}")).scalar_one()
        statement = text(f"UPDATE {table} SET {quoted(name)} = :new{where}")
        connection.execute(statement, {"new": another(column, was)})


def quoted(name: str) -> str:
    """A column's name for SQL."""
    return f'"{name}"'


def another(column: Column[Any], was: Any) -> Any:
    """Another value that a column may hold."""
    if column.name == "version":
        return "other"
    if isinstance(column.type, Boolean):
        return not was
    if isinstance(column.type, Integer):
        return 1 if was is None else was + 1
    if isinstance(column.type, t.Instant):
        moved = datetime.fromisoformat(str(was)) + timedelta(days=1) if was else datetime(2026, 1, 1)  # noqa: DTZ001
        return str(moved)
    assert not isinstance(column.type, LargeBinary)
    return "other" if was != "other" else "another"


def test_a_checkpoint_that_was_removed_last_is_missed_by_whoever_kept_it(world: World) -> None:
    """The database can't tell that its last checkpoint is gone; the copy that was kept elsewhere can."""
    with world.store.engine.begin() as connection:
        connection.execute(text("DELETE FROM checkpoints WHERE number = 2"))
        cut(connection)
    assert not any("Checkpoint" in fault for faults in world.faults().values() for fault in faults)
    told = " ".join(fault for faults in world.faults(elsewhere=True).values() for fault in faults)
    assert "Checkpoint 2, kept elsewhere, is missing in the database." in told
    assert "cut off at the end: checkpoint 2" in told


def test_a_record_that_was_made_anew_with_a_key_of_ones_own_is_found(world: World, tmp_path: Path) -> None:
    """Who owns the database can make checkpoints of their own; the key that its holder gave out tells them apart."""
    own = tmp_path / "own.pem"
    new_key(own)
    with world.store.engine.begin() as connection:
        connection.execute(text("DELETE FROM checkpoints"))
        resealed(other_name)(connection)
    make_checkpoint(world.town.concord, own)
    told = " ".join(fault for faults in world.faults(known=public_key(world.public)).values() for fault in faults)
    assert "Checkpoint 1 was signed with another key" in told
    assert "sealed anew" in " ".join(world.faults(elsewhere=True)[REF])


def test_a_checkpoint_of_ones_own_hides_nothing_from_the_one_that_was_kept(world: World, tmp_path: Path) -> None:
    """Not in the tables beside the journals either, and without the holder's public key."""
    own = tmp_path / "own.pem"
    new_key(own)
    with world.store.engine.begin() as connection:
        for statement in (
            "DELETE FROM looks",
            "DELETE FROM seals",
            "UPDATE notices SET delivered_at = NULL",
            f"UPDATE heads SET number = 0, hash = '{'0' * 64}' WHERE chain = 'seals'",
        ):
            connection.execute(text(statement))
    make_checkpoint(world.town.concord, own)
    assert not [v.fault for v in verify(world.town.concord) if v.fault]
    told = [v.fault for v in verify(world.town.concord, elsewhere=world.checkpoints) if v.fault]
    assert [fault.split(" saw it")[0] for fault in told] == [
        "The table looks is not as checkpoint 1 of 2026-03-03 09:00 UTC",
        "The table seals is not as checkpoint 2 of 2026-03-11 12:00 UTC",
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (f"UPDATE disputes SET state = state || x'00'{AT_REF}", f"What is held of {REF} was altered"),
        ("UPDATE numbers SET last = 'abc'", "What the table numbers holds of all was altered"),
    ],
    ids=["text for bytes", "text for a number"],
)
def test_values_of_another_kind_are_named_and_keep_nothing_else_from_being_verified(
    town: Town, statement: str, said: str
) -> None:
    """SQLite takes any value in any column."""
    refs = [town.raises(), town.raises()]
    assert isinstance(town.concord.store, Database)
    with town.concord.store.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    verdicts = list(verify(town.concord))
    assert [v.ref for v in verdicts[:2]] == refs
    assert [v.fault for v in verdicts if v.fault and said in v.fault], verdicts
    assert verdicts[1].fault is None

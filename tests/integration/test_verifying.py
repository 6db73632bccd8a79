"""Verifying finds every tampering with the record, names it, and never cries wolf."""

import json
import zlib
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text
from town import Town

from engine import verify
from engine.journal import digest
from engine.store import Database

Tampering = Callable[[Connection, str], None]


def lived(town: Town) -> str:
    """A dispute with two children that a deadline and a report of risk have moved on."""
    ref = town.raises(children=2, risk=True)
    town.move("2026-03-11T12:00")
    return ref


def tamper(town: Town, ref: str, act: Tampering) -> None:
    """Write past the application and past its triggers, straight into the database."""
    store = town.concord.store
    assert isinstance(store, Database)
    with store.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            for name in (
                connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
            ):
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            for table in ("entries", "texts"):
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        act(connection, ref)


def fault(town: Town, ref: str) -> str:
    """What verifying says of a dispute."""
    (verdict,) = verify(town.concord, [ref])
    return verdict.fault or ""


def sql(statement: str) -> Tampering:
    """One statement about the dispute."""
    return lambda connection, ref: connection.execute(text(statement), {"ref": ref}) and None


ENTRIES = text("SELECT * FROM entries WHERE ref = :ref ORDER BY seq")


def rewritten(connection: Connection, ref: str) -> None:
    """Change a deadline in the journal and seal the whole chain anew, as somebody who knows how would."""
    rows = [dict(row._mapping) for row in connection.execute(ENTRIES, {"ref": ref})]
    prev = "0" * 64
    for row in rows:
        data = json.loads(row["data"])
        if row["kind"] == "DeadlineSet":
            data["due"] = "2026-04-01T16:00:00Z"
        plain = {name: row[name] for name in ("v", "ref", "seq", "at", "role", "kind", "element")}
        read = {name: json.loads(row[name]) for name in ("actor", "texts")}
        content = {**plain, **read, "data": data, "prev": prev}
        prev = digest(content)
        connection.execute(
            text("UPDATE entries SET data = :data, prev = :prev, hash = :hash WHERE ref = :ref AND seq = :seq"),
            {"data": json.dumps(data), "prev": content["prev"], "hash": prev, "ref": ref, "seq": row["seq"]},
        )
    connection.execute(text("UPDATE disputes SET last_hash = :hash WHERE ref = :ref"), {"hash": prev, "ref": ref})


def other_state(connection: Connection, ref: str) -> None:
    """Move a deadline in the state alone."""
    packed = connection.execute(text("SELECT state FROM disputes WHERE ref = :ref"), {"ref": ref}).scalar_one()
    state = json.loads(zlib.decompress(packed))
    state["dispute"]["deadlines"][0]["due"] = "2030-01-01T00:00:00Z"
    connection.execute(text("UPDATE disputes SET state = :state WHERE ref = :ref"),
                       {"state": zlib.compress(json.dumps(state).encode()), "ref": ref})  # fmt: skip


def swapped(connection: Connection, ref: str) -> None:
    """Exchange entries 3 and 4."""
    for was, now in ((3, 900), (4, 3), (900, 4)):
        connection.execute(
            text("UPDATE entries SET seq = :now WHERE ref = :ref AND seq = :was"), {"ref": ref, "was": was, "now": now}
        )


INSERTED = """INSERT INTO entries SELECT ref, 900, v, at, role, kind, element, actor, data, texts, prev, hash
              FROM entries WHERE ref = :ref AND seq = 3"""


def test_an_untouched_record_is_found_as_it_was_written(town: Town) -> None:
    """No false alarm, over all disputes at once."""
    refs = {lived(town), town.raises()}
    verdicts = list(verify(town.concord))
    assert {v.ref for v in verdicts} == refs
    assert [v.fault for v in verdicts] == [None, None]


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (
            sql("UPDATE entries SET actor = REPLACE(actor, 'School', 'Council') WHERE ref = :ref AND seq = 1"),
            "Entry 1 of",
        ),
        (sql("UPDATE entries SET at = '2026-01-01T00:00:00Z' WHERE ref = :ref AND seq = 2"), "Entry 2 of"),
        (sql("UPDATE entries SET element = 'Stage4' WHERE ref = :ref AND seq = 4"), "Entry 4 of"),
        (sql("UPDATE entries SET kind = 'Withdrawn' WHERE ref = :ref AND seq = 4"), "Entry 4 of"),
        (sql("DELETE FROM entries WHERE ref = :ref AND seq = 5"), "Entry 5 of"),
        (sql("DELETE FROM entries WHERE ref = :ref AND seq > 10"), "it was cut off"),
        (sql(INSERTED), "number 900 stands in its place"),
        (swapped, "Entry 3 of"),
        (sql("UPDATE texts SET text = 'Nothing was wrong.' WHERE ref = :ref"), "was altered"),
        (rewritten, "is not what executing the journal again gives"),
        (other_state, "present state is not what its journal gives"),
    ],
    ids=[
        "who",
        "when",
        "where",
        "what",
        "missing",
        "cut off",
        "inserted",
        "reordered",
        "typed",
        "sealed anew",
        "state",
    ],
)
def test_each_tampering_is_found_and_named(town: Town, act: Tampering, said: str) -> None:
    """Whatever was changed past the application, the first wrong entry is named, and in what way."""
    ref, other = lived(town), town.raises()
    tamper(town, ref, act)
    assert said in fault(town, ref)
    assert fault(town, other) == ""


def test_erased_text_leaves_the_record_whole(town: Town) -> None:
    """What was typed stands beside the chain: without it everything still verifies (decision 7)."""
    ref = lived(town)
    tamper(town, ref, sql("DELETE FROM texts WHERE ref = :ref"))
    assert fault(town, ref) == ""

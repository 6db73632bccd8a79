"""What people typed is erased when its time is over, or for a reason; the record stays whole and says so."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text
from town import Town, command

from engine import (
    NotNow,
    ReasonMissing,
    SideWrong,
    correct,
    erase,
    erase_due,
    replay_page,
    save_draft,
    verify,
    withdraw,
)
from engine.commands.erasing import closed_before
from engine.store import Database
from engine.store import tables as t
from engine.working_days import london
from run import main

TYPED = "Xylophone lessons were what she said."


@pytest.fixture
def closed(town: Town) -> str:
    """A dispute that was settled, with a draft left over, and what was typed in it known by an unusual word."""
    ref = town.raises(disagreement=TYPED)
    key = town.task(ref, "Stage1_Discuss").key
    save_draft(town.concord, town["school-practitioner"], ref, key, {"risk_now": TYPED})
    withdraw(town.concord, town["school-practitioner"], ref, command(), TYPED)
    town.settles(ref)
    return ref


def fault(town: Town, ref: str) -> str:
    """What verifying says of a dispute."""
    (verdict,) = verify(town.concord, [ref])
    return verdict.fault or ""


def everything(town: Town) -> str:
    """All that the database holds, as text; on SQLite its very file."""
    store = town.concord.store
    assert isinstance(store, Database)
    with store.engine.connect() as connection:
        found = [str(row) for table in t.metadata.sorted_tables for row in connection.execute(select(table))]
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
            found.append(Path(str(store.url.database)).read_bytes().decode("latin-1"))
    return "\n".join(found)


def test_the_business_manager_erases_a_closed_dispute_for_a_reason(town: Town, closed: str) -> None:
    """Texts and drafts go from every table; the entry says who, when and how many; replay and verifying go on."""
    assert TYPED in everything(town)
    texts = len(typed(town, closed))
    erase(town.concord, town["business_manager"], closed, command(), "The family asked for it.")
    assert "Xylophone" not in everything(town)
    entry = town.journal(closed)[-1]
    assert (entry.kind, entry.data, entry.actor["id"]) == ("TextErased", {"why": "reason", "texts": texts},
                                                           "business_manager")  # fmt: skip
    assert typed(town, closed) == ["The family asked for it."]
    (verdict,) = verify(town.concord, [closed])
    assert (verdict.fault, verdict.erased) == (None, ((entry.seq, texts),))
    town.verify(closed)
    assert replay_page(town.concord, town["business_manager"], closed) is not None


def typed(town: Town, ref: str) -> list[str]:
    """What stands of what was typed."""
    with town.concord.store.begin(write=False) as tx:
        return [text.text for text in tx.texts(ref).values()]


def test_an_open_dispute_is_not_erased_nor_by_anybody_else_nor_without_a_reason(town: Town, closed: str) -> None:
    """The message says what stands in the way."""
    running = town.raises()
    manager = town["business_manager"]
    with pytest.raises(NotNow, match="still open"):
        erase(town.concord, manager, running, command(), "So.")
    with pytest.raises(SideWrong, match="business manager"):
        erase(town.concord, town["school-head_teacher"], closed, command(), "So.")
    with pytest.raises(ReasonMissing):
        erase(town.concord, manager, closed, command(), " ")
    assert TYPED in typed(town, closed)


def test_text_that_vanished_without_an_erasure_is_a_fault(town: Town, closed: str) -> None:
    """Deleting by hand is found, and so is putting back what was erased."""
    store = town.concord.store
    assert isinstance(store, Database)
    with store.engine.begin() as connection:
        kept = connection.execute(select(t.texts).where(t.texts.c.ref == closed)).all()
        connection.execute(text("DELETE FROM texts WHERE seq = 1 AND name = 'disagreement'"))
    assert "What was typed in entry 1 (disagreement)" in fault(town, closed)
    assert "is missing, and no entry says that it was erased" in fault(town, closed)
    erase(town.concord, town["business_manager"], closed, command(), "The family asked for it.")
    assert fault(town, closed) == ""
    with store.engine.begin() as connection:
        connection.execute(t.texts.insert(), [dict(row._mapping) for row in kept])
    assert "stands there again, though entry" in fault(town, closed)


def test_the_worker_erases_when_the_retention_period_is_over(town: Town, closed: str) -> None:
    """25 years after it closed, by London's dates; an open dispute of the same age keeps its texts."""
    running = town.raises(disagreement=TYPED)
    day = town.now
    town.move(f"{day.year + 25}-{day:%m-%d}T00:00", sweeping=False)
    clock_back = london(f"{day.year + 25}-{day:%m-%d}T00:00")
    assert closed_before(clock_back, 25) > day
    assert erase_due(town.concord) == 1
    assert erase_due(town.concord) == 0
    assert (typed(town, closed), TYPED in typed(town, running)) == ([], True)
    entry = town.journal(closed)[-1]
    assert (entry.kind, entry.data["why"], entry.data["years"], entry.actor["id"]) == (
        "TextErased", "retention", 25, "clock")  # fmt: skip
    assert fault(town, closed) == ""


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("2051-03-02T00:00", "2026-03-03T00:00"),
        ("2051-03-01T23:59", "2026-03-02T00:00"),
        ("2049-02-28T12:00", "2024-02-29T00:00"),
        ("2049-03-01T12:00", "2024-03-02T00:00"),
        ("2052-02-29T12:00", "2027-03-01T00:00"),
        ("2051-07-01T00:30", "2026-07-02T00:00"),
    ],
)
def test_a_period_is_over_on_the_same_date_years_later(now: str, before: str) -> None:
    """London's dates; who closed on 29 February waits for 1 March."""
    assert closed_before(london(now), 25) == london(before)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_operator_erases_from_the_command_line(
    town: Town, closed: str, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once; a second time there is nothing left but the reason, which goes as well."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    done = CliRunner().invoke(main, ["erase", closed, "--reason", "A court's order."])
    assert (done.exit_code, " texts erased" in done.output) == (0, True)
    said = CliRunner().invoke(main, ["verify", closed])
    assert "what was typed was erased by entry" in said.output


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_was_erased_stands_in_no_file_of_the_database(town: Town, closed: str) -> None:
    """Neither in SQLite's log of writes, as soon as it is erased; somebody who reads meanwhile is not waited for."""
    assert isinstance(town.concord.store, Database)
    file = Path(str(town.concord.store.url.database))
    with town.concord.store.begin(write=False) as tx:
        tx.references()
        erase(town.concord, town["business_manager"], closed, command(), "The family asked for it.")
    correct(town.concord, town["school-practitioner"], closed, command(), 1, "Xylophones, two of them.")
    erase(town.concord, town["business_manager"], closed, command(), "All of it.")
    for name in (file, file.with_name(f"{file.name}-wal")):
        assert b"Xylophone" not in name.read_bytes(), name

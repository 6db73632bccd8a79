"""What people typed is erased when its time is over, or for a reason; the record stays whole and says so."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text
from town import Town, command

from engine import (
    AskedByYourself,
    DayNotOver,
    Held,
    NotNow,
    ReasonMissing,
    SetClock,
    SideWrong,
    TwoPeople,
    ask_erasure,
    call_off_erasure,
    confirm_erasure,
    correct,
    dispute_page,
    erase,
    erase_by_operator,
    erase_due,
    lift_hold,
    place_hold,
    replay_page,
    save_draft,
    verify,
    withdraw,
)
from engine.application import closed_before
from engine.calendar import london
from engine.store import Database
from engine.store import tables as t
from run import main

TYPED = "Xylophone lessons were what she said."


@pytest.fixture
def closed(town: Town) -> str:
    """A dispute that was settled, with a draft left over, and what was typed in it known by an unusual word."""
    ref = town.raises(disagreement=TYPED)
    key = town.task(ref, "Stage1_Discuss").key
    save_draft(town.concord, town["school-practitioner"], ref, key, {"risk_now": TYPED})
    withdraw(town.concord, town["school-practitioner"], ref, command(), TYPED)
    town.completes("school-safeguarding_lead", ref, "Withdrawal_Countersign")
    town.settles(ref)
    assert town.drafts(ref, key) == {"school-practitioner": {"risk_now": TYPED}}
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


def later(town: Town, **time: int) -> None:
    """Let time pass."""
    assert isinstance(town.concord.clock, SetClock)
    town.concord.clock.advance(timedelta(**time))


def erased(town: Town, ref: str, reason: str = "The family asked for it.") -> None:
    """Two people erase it, a day apart."""
    ask_erasure(town.concord, town["business_manager"], ref, command(), reason)
    later(town, hours=24)
    confirm_erasure(town.concord, town["co_chair"], ref, command())


def test_two_people_erase_a_closed_dispute_a_day_apart(town: Town, closed: str) -> None:
    """Texts and drafts go from every table; the entries say who, when and how many; replay and verifying go on."""
    assert TYPED in everything(town)
    texts = len(typed(town, closed))
    erased(town, closed)
    assert "Xylophone" not in everything(town)
    asked, entry = town.journal(closed)[-2:]
    assert (asked.kind, asked.actor["id"]) == ("ErasureAsked", "business_manager")
    assert (entry.kind, entry.data, entry.actor["id"]) == (
        "TextErased",
        {"why": "confirmed", "asked": asked.seq, "asked_by": asked.actor["name"], "texts": texts},
        "co_chair",
    )
    assert typed(town, closed) == ["The family asked for it."]
    (verdict,) = verify(town.concord, [closed])
    assert (verdict.fault, verdict.erased) == (None, ((entry.seq, texts),))
    town.verify(closed)
    assert replay_page(town.concord, town["business_manager"], closed) is not None


def test_nobody_erases_alone_nor_on_the_day_nor_what_was_called_off(town: Town, closed: str) -> None:
    """One person destroyed all of it a minute after closing, for “Tidying up”: that takes another, and a day."""
    concord, manager, chair = town.concord, town["business_manager"], town["co_chair"]
    with pytest.raises(TwoPeople, match="two people"):
        erase(concord, manager, closed, command(), "Tidying up")
    with pytest.raises(NotNow, match="nobody has asked"):
        confirm_erasure(concord, chair, closed, command())
    ask_erasure(concord, manager, closed, command(), "Tidying up")
    with pytest.raises(NotNow, match="asked for it already"):
        ask_erasure(concord, chair, closed, command(), "Me too.")
    later(town, hours=23, minutes=59)
    with pytest.raises(DayNotOver):
        confirm_erasure(concord, chair, closed, command())
    later(town, minutes=1)
    with pytest.raises(AskedByYourself):
        confirm_erasure(concord, manager, closed, command())
    with pytest.raises(SideWrong):
        confirm_erasure(concord, town["school-head_teacher"], closed, command())
    call_off_erasure(concord, chair, closed, command(), "It is still needed.")
    with pytest.raises(NotNow, match="called off"):
        confirm_erasure(concord, chair, closed, command())
    assert TYPED in typed(town, closed)
    assert fault(town, closed) == ""


def test_a_pending_erasure_and_one_that_was_done_are_seen_with_their_reasons(town: Town, closed: str) -> None:
    """Who asked, why, when and who confirmed; a second erasure does not take the first one's reason with it."""
    erased(town, closed, "The first reason.")
    correct(town.concord, town["school-practitioner"], closed, command(), 1, "Xylophones, two of them.")
    ask_erasure(town.concord, town["co_chair"], closed, command(), "The second reason.")
    page = dispute_page(town.concord, town["business_manager"], closed)
    assert page.erasure is not None
    assert (page.erasure.name, page.erasure.reason) == (town["co_chair"].name, "The second reason.")
    later(town, hours=24)
    confirm_erasure(town.concord, town["business_manager"], closed, command())
    assert sorted(typed(town, closed)) == ["The first reason.", "The second reason."]
    assert fault(town, closed) == ""
    page = dispute_page(town.concord, town["business_manager"], closed)
    assert page.erasure is None
    told = [(line.words, line.who) for line in page.lines if line.kind == "TextErased"]
    assert [who for _, who in told] == [town["co_chair"].name, town["business_manager"].name]
    assert f"asked for by {town['co_chair'].name} in entry" in told[1][0]


def test_a_reason_that_was_deleted_by_hand_is_a_fault(town: Town, closed: str) -> None:
    """An erasure keeps reasons, so one that is gone was taken by somebody."""
    erased(town, closed)
    store = town.concord.store
    assert isinstance(store, Database)
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM texts"))
    assert "is missing, and no entry says that it was erased" in fault(town, closed)


def test_a_legal_hold_keeps_everything_until_it_is_taken_off(town: Town, closed: str) -> None:
    """From two people, from an operator, and from the worker when its time is over; put on and off with a reason."""
    concord, manager = town.concord, town["business_manager"]
    ask_erasure(concord, town["co_chair"], closed, command(), "The family asked for it.")
    for somebody in ("school-head_teacher", "council-practitioner"):
        with pytest.raises(SideWrong):
            place_hold(concord, town[somebody], closed, command(), "Mine.")
    place_hold(concord, manager, closed, command(), "The inquiry asks for it.")
    with pytest.raises(NotNow, match="stands already"):
        place_hold(concord, manager, closed, command(), "Again.")
    later(town, hours=24)
    with pytest.raises(Held, match="legal hold"):
        confirm_erasure(concord, manager, closed, command())
    with pytest.raises(Held):
        erase_by_operator(concord, "Ann", closed, "", confirm=True)
    later(town, days=26 * 366)
    assert erase_due(concord) == 0
    assert TYPED in typed(town, closed)
    page = dispute_page(concord, manager, closed)
    assert page.hold is not None
    assert (page.hold.name, page.hold.reason) == (manager.name, "The inquiry asks for it.")
    assert fault(town, closed) == ""
    lift_hold(concord, manager, closed, command(), "The inquiry is over.")
    assert erase_due(concord) == 1
    assert erase_due(concord) == 0
    assert fault(town, closed) == ""
    town.verify(closed)


def test_once_its_time_is_over_one_person_erases(town: Town, closed: str) -> None:
    """Nobody has to wait for what the worker does by itself."""
    later(town, days=26 * 366)
    erase(town.concord, town["business_manager"], closed, command(), "Its time is over.")
    assert typed(town, closed) == ["Its time is over."]
    assert erase_due(town.concord) == 0


def typed(town: Town, ref: str) -> list[str]:
    """What stands of what was typed."""
    with town.concord.store.begin(write=False) as tx:
        return [text.text for text in tx.journal.texts(ref).values()]


def test_an_open_dispute_is_not_erased_nor_by_anybody_else_nor_without_a_reason(town: Town, closed: str) -> None:
    """The message says what stands in the way."""
    running = town.raises()
    manager = town["business_manager"]
    with pytest.raises(NotNow, match="still open"):
        ask_erasure(town.concord, manager, running, command(), "So.")
    with pytest.raises(SideWrong, match="business manager"):
        ask_erasure(town.concord, town["school-head_teacher"], closed, command(), "So.")
    with pytest.raises(ReasonMissing):
        ask_erasure(town.concord, manager, closed, command(), " ")
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
    erased(town, closed)
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
    """Operators say who they are: one asks, another confirms a day later; their names are kept."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    asked = CliRunner().invoke(main, ["erase", closed, "--by", "Ann", "--reason", "A court's order."])
    assert (asked.exit_code, "asked for" in asked.output) == (0, True)
    for name in ("ann", "Bob"):  # the same person, and another on the same day: the command's clock is the machine's
        assert CliRunner().invoke(main, ["erase", closed, "--confirm", "--by", name]).exit_code != 0
    assert TYPED in typed(town, closed)
    with town.concord.store.begin(write=False) as tx:
        town.concord.clock.set(datetime.fromisoformat(tx.journal.entries(closed)[-1].at) + timedelta(days=1))  # type: ignore[attr-defined]
    assert erase_by_operator(town.concord, "Bob", closed, "", confirm=True)
    said = CliRunner().invoke(main, ["verify", closed])
    assert "what was typed was erased by entry" in said.output


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_was_erased_stands_in_no_file_of_the_database(town: Town, closed: str) -> None:
    """Neither in SQLite's log of writes, as soon as it is erased; somebody who reads meanwhile is not waited for."""
    assert isinstance(town.concord.store, Database)
    file = Path(str(town.concord.store.url.database))
    with town.concord.store.begin(write=False) as tx:
        tx.disputes.references()
        erased(town, closed)
    correct(town.concord, town["school-practitioner"], closed, command(), 1, "Xylophones, two of them.")
    erased(town, closed, "All of it.")
    for name in (file, file.with_name(f"{file.name}-wal")):
        assert b"Xylophone" not in name.read_bytes(), name

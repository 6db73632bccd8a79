"""Whatever was spoilt around a record is made again from it; a record that is not as it was written is refused."""

from typing import Any

import pytest
from spoiling_rows import spoilable, spoilt, unguarded
from sqlalchemy import text
from town import OPERATOR, Town, command

from engine import RepairRefused, Worker, dispute_page, repair, report_risk, save_draft, verify
from engine.store import Database

WHY = "The disk failed."
MADE_FROM_IT = ("disputes", "tasks", "worklist", "children", "notices")
NOT_OF_THE_RECORD = {
    ("notices", "id"), ("notices", "delivered_at"), ("tasks", "claimed_by"),
    ("disputes", "revision"), ("disputes", "set_aside"),
}  # fmt: skip
LATER = "2026-03-09T17:00"


def lived(town: Town) -> str:
    """A dispute of which something of every kind is stored."""
    ref = town.raises(children=2)
    town.completes("school-practitioner", ref, "Stage1_Discuss", result="not_agreed")
    report_risk(town.concord, town["school-practitioner"], ref, command())
    town.move("2026-03-02T11:00")
    return ref


def store(town: Town) -> Database:
    """The database."""
    assert isinstance(town.concord.store, Database)
    return town.concord.store


def faults(town: Town, ref: str) -> list[str | None]:
    """What verifying it finds."""
    return [v.fault for v in verify(town.concord, [ref])]


def rebuilt(town: Town, ref: str) -> Any:
    """What is stored around its journal, but what each repair moves on."""
    with town.concord.store.begin(write=False) as tx:
        stood = tx.integrity.stored(ref)
        moved = ("last_", "revision")
        same = {place: value for place, value in stood.items() if not any(name in place for name in moved)}
        return same, tx.disputes.get(ref).state


@pytest.mark.parametrize("value", [b"\x00\xff", "junk", 0, None], ids=str)
def test_every_column_around_a_record_is_made_again(town: Town, value: Any) -> None:
    """One after the other, in the same dispute: it is as it would be undisturbed, it verifies, and its timers fire."""
    ref = lived(town)
    sound = rebuilt(town, ref)
    broken = 0
    for table, column in spoilable():
        if table not in MADE_FROM_IT or not spoilt(store(town), table, column, ref, value):
            continue
        done = repair(town.concord, OPERATOR, ref, WHY)
        places = [each.place for each in done.differences]
        assert (table, column) in NOT_OF_THE_RECORD or value in (None, 0) or places, (table, column)
        broken += bool(places)
        assert faults(town, ref) == [None], (table, column)
        assert rebuilt(town, ref) == sound, (table, column)
    assert broken >= 3
    town.move(LATER)
    assert town.dispute(ref).visit.stage == "Stage2"
    town.verify(ref)


def test_what_is_spoilt_all_at_once_is_shown_place_by_place(town: Town) -> None:
    """Rows that are gone, rows that nobody knows, and a state that can't be read; a preview changes nothing."""
    ref = lived(town)
    sound = rebuilt(town, ref)
    with store(town).engine.begin() as connection:
        connection.execute(text("DELETE FROM tasks WHERE ref = :ref AND status = 'open'"), {"ref": ref})
        connection.execute(text("DELETE FROM children WHERE ref = :ref AND number = 1"), {"ref": ref})
        connection.execute(text("DELETE FROM notices WHERE ref = :ref"), {"ref": ref})
        connection.execute(
            text("UPDATE disputes SET state = :junk, next_due = NULL WHERE ref = :ref"), {"ref": ref, "junk": b"x"}
        )
    seen = repair(town.concord, OPERATOR, ref, "", preview=True)
    places = [each.place for each in seen.differences]
    assert "disputes, column state" in places
    assert "disputes, column next_due" in places
    assert "children, row 1" in places
    assert "notices" in places
    assert not seen.written
    assert faults(town, ref) != [None]
    done = repair(town.concord, OPERATOR, ref, WHY)
    assert [each.place for each in done.differences] == places
    assert faults(town, ref) == [None]
    assert rebuilt(town, ref) == sound
    entry = town.entry(ref, "Repaired")
    assert (entry.actor["id"], sorted(set(entry.data["places"]))) == ("operator", sorted(set(places)))


def test_a_dispute_that_was_set_aside_is_taken_back_and_its_timers_fire(town: Town) -> None:
    """By an entry, with the reason; what was typed and not sent is kept."""
    ref = town.raises()
    save_draft(town.concord, town["school-practitioner"], ref, "Stage1_Discuss.1", {"reasons_given": "A long account"})
    spoilt(store(town), "disputes", "state", ref, b"junk")
    town.move(LATER)
    with town.concord.store.begin(write=False) as tx:
        assert set(tx.timers.put_aside()) == {ref}
    done = repair(town.concord, OPERATOR, ref, WHY)
    assert done.written
    assert "RowUnreadable" in str(done.set_aside)
    assert "TimerFired" not in town.kinds(ref)
    Worker(concord=town.concord, tell=lambda *_: None, moment=lambda: 0.0).turn()
    assert town.dispute(ref).visit.stage == "Stage2"
    assert town.summary(ref).set_aside is None
    page = dispute_page(town.concord, town["school-practitioner"], ref)
    assert "A long account" in repr(page.interrupted)
    town.verify(ref)


def test_nothing_is_written_where_nothing_differs(town: Town) -> None:
    """Repairing is no act in the dispute."""
    ref = lived(town)
    before = town.journal(ref)
    assert repair(town.concord, OPERATOR, ref, WHY).differences == ()
    assert town.journal(ref) == before


@pytest.mark.parametrize(
    ("column", "value"),
    [("data", "{}"), ("at", "2026-03-02T09:00:00Z"), ("hash", "0" * 64), ("kind", "Junk"), ("v", 7)],
)
def test_a_journal_that_is_not_as_it_was_written_is_refused(town: Town, column: str, value: Any) -> None:
    """With the first entry that is wrong; nothing is changed."""
    ref = lived(town)
    spoilt(store(town), "entries", column, ref, value)
    spoilt(store(town), "disputes", "stage", ref, "junk")
    with pytest.raises(RepairRefused, match=r"Entry 1 of"):
        repair(town.concord, OPERATOR, ref, WHY)
    assert "Repaired" not in town.kinds(ref)


def test_a_journal_whose_end_was_cut_off_is_refused(town: Town) -> None:
    """The dispute's own row remembers its last entry; only where both its columns say nothing is the chain all."""
    ref = lived(town)
    with store(town).engine.begin() as connection, unguarded(connection, "entries"):
        last = len(town.journal(ref))
        connection.execute(text("DELETE FROM entries WHERE ref = :ref AND seq = :last"), {"ref": ref, "last": last})
    with pytest.raises(RepairRefused, match="the hash of its last entry"):
        repair(town.concord, OPERATOR, ref, WHY)
    spoilt(store(town), "disputes", "last_hash", ref, "junk")
    with pytest.raises(RepairRefused, match=f"entry {last} is missing"):
        repair(town.concord, OPERATOR, ref, WHY)


def test_repairing_asks_for_a_reason_and_leaves_other_disputes_alone(town: Town) -> None:
    """It is kept with the dispute."""
    ref, other = lived(town), town.raises()
    before = town.journal(other)
    spoilt(store(town), "disputes", "stage", ref, "junk")
    repair(town.concord, OPERATOR, ref, WHY)
    assert town.journal(other) == before
    with town.concord.store.begin(write=False) as tx:
        assert WHY in [text_.text for text_ in tx.journal.texts(ref).values()]

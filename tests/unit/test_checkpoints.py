"""Signed checkpoints: what they say, what they keep to themselves, and what they find."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.audit import (
    CheckpointUnreadable,
    End,
    KeyUnreadable,
    Sealed,
    TableDigest,
    fingerprint,
    from_file,
    new_key,
    place,
    private_key,
    public_key,
    public_pem,
    seal,
    to_file,
    witness,
)
from engine.audit.checkpoints import signature_fault
from engine.dispute import GENESIS, Actor, Entry, Input, record

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
KEY = Ed25519PrivateKey.generate()
ADA = Actor(id="ada", name="Ada", agency="school", role="practitioner")


def journal(ref: str = "BIR-2026-0001", turns: int = 4, *, said: int = 0) -> list[Entry]:
    """A journal of some inputs; from turn `said` on it says something else."""
    entries: list[Entry] = []
    for turn in range(turns):
        prev, seq = (entries[-1].hash, entries[-1].seq + 1) if entries else (GENESIS, 1)
        act = Input(kind="Corrected", at=AT, actor=ADA, data={"n": turn + (100 if 0 < said <= turn + 1 else 0)})
        entries += record(ref, prev, seq, act, [])[0]
    return entries


def end(entries: list[Entry]) -> End:
    """Where a journal ends."""
    return End(ref=entries[0].ref, first=entries[0].hash, seq=entries[-1].seq, last=entries[-1].hash)


def sealed(*journals: list[Entry], before: Sealed | None = None, hours: int = 2) -> Sealed:
    """A checkpoint over journals, made some hours after them."""
    return seal(KEY, AT + timedelta(hours=hours), before, map(end, journals), {"acts": TableDigest(1, "d")})


def test_a_checkpoint_tells_no_reference_and_nothing_of_what_happened() -> None:
    """It can be shown to others: a dispute is a digest in it."""
    own, other = journal(), journal("BIR-2026-0002", 2)
    made = sealed(own, other)
    assert "BIR" not in to_file(made).decode()
    body = json.loads(made.body)
    assert (body["v"], body["number"], body["at"], body["previous"]) == (1, 1, "2026-03-02T12:00:00Z", GENESIS)
    assert [place("BIR-2026-0001", 1, own[0].hash), 4, place("BIR-2026-0001", 4, own[3].hash)] in body["leaves"]
    assert body["leaves"] == sorted(body["leaves"])


def test_a_checkpoint_is_the_same_after_its_file_and_signed_over_its_canonical_form() -> None:
    """Kept elsewhere it says the same; a letter that is changed is found."""
    made = sealed(journal())
    assert from_file(to_file(made), "file") == made
    assert signature_fault(made, [made.public_key]) is None
    for wrong in (replace(made, body=made.body.replace('"v":1', '"v":2')), replace(made, signature="0" * 128),
                  replace(made, signature="x"), replace(made, public_key="x")):  # fmt: skip
        assert "was altered: its signature does not fit" in str(signature_fault(wrong))
    assert "signed with another key" in str(signature_fault(made, ["0" * 64]))


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b'{"number":1,"body":"{}","signature":"","public_key":""}'])
def test_a_file_that_is_no_checkpoint_is_refused(data: bytes) -> None:
    """By name."""
    with pytest.raises(CheckpointUnreadable, match="kept"):
        from_file(data, "kept.json")


def test_what_has_grown_since_is_no_fault_and_what_was_raised_later_is_not_known() -> None:
    """No false alarm."""
    found = witness([sealed(journal(turns=3))], known=[])
    assert found.fault("BIR-2026-0001", journal(turns=5)) is None
    late = [replace(entry, at="2026-03-02T11:30:00Z") for entry in journal("BIR-2026-0003")]
    assert found.fault("BIR-2026-0003", late) is None


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (journal(turns=3), "Entry 4 of BIR-2026-0001 is missing, cut off at the end: checkpoint 3 of 2026-03-02 14:00"),
        (journal(said=4), "Entry 4 of BIR-2026-0001 was altered and the chain sealed anew: checkpoint 3"),
        (journal(said=2), "One of the entries 2 to 3 of BIR-2026-0001 was altered and the chain sealed anew"),
        (journal(said=1), "Entry 1 of BIR-2026-0001 was altered and the chain sealed anew, or the whole dispute was"),
        (journal("BIR-2026-0009"), "or the whole dispute was inserted"),
    ],
    ids=["cut off", "last rewritten", "rewritten between", "first rewritten", "inserted"],
)
def test_what_checkpoints_say_against_a_journal_is_named(now: list[Entry], said: str) -> None:
    """Several checkpoints show between which entries somebody rewrote the chain."""
    first = sealed(journal(turns=1))
    second = sealed(journal(turns=3), before=first, hours=3)
    found = witness([first, second, sealed(journal(), before=second, hours=4)])
    assert found.faults == []
    assert said in str(found.fault(now[0].ref, now))


def test_a_chain_of_checkpoints_without_a_link_is_found() -> None:
    """Removed, reordered and rewritten ones."""
    first = sealed(journal())
    second = sealed(journal(), before=first)
    third = sealed(journal(), before=second)
    assert witness([first, second, third]).faults == []
    assert witness([first, third]).faults == ["Checkpoint 2 is missing: number 3 stands in its place."]
    assert "Checkpoint 2 does not follow" in witness([sealed(journal(turns=2)), second]).faults[0]
    assert "is reordered" in witness([first, replace(third, number=2)]).faults[0]
    assert witness([first], [second]).faults == ["Checkpoint 2, kept elsewhere, is missing in the database."]
    assert "not the one that was kept elsewhere" in witness([sealed(journal(turns=1))], [first]).faults[0]


@pytest.mark.parametrize("column", ["body", "signature", "public_key"])
def test_a_checkpoint_in_which_something_is_no_text_was_altered(column: str) -> None:
    """SQLite holds whatever somebody puts into a column."""
    first = sealed(journal())
    other: dict[str, Any] = {column: b"\xff"}
    odd = replace(first, **other)
    second = sealed(journal(turns=3), before=first)
    for known in ((), (first.public_key,)):
        assert witness([odd, second], known=known).faults[0].startswith("Checkpoint 1 was ")


def test_a_dispute_that_nobody_met_is_gone() -> None:
    """One whose first entry was altered is told once, not missed as well."""
    found = witness([sealed(journal(), journal("BIR-2026-0002"))])
    found.meet("BIR-2026-0001", journal())
    assert "A dispute is missing altogether: checkpoint 1 of 2026-03-02 12:00 UTC saw 4 entries" in found.gone()[0]
    found.meet("BIR-2026-0002", journal("BIR-2026-0002", said=1))
    assert found.gone() == []


def test_a_key_pair_is_made_once_and_read_back(tmp_path: Path) -> None:
    """The private key is for its owner alone; nothing is written over."""
    file = tmp_path / "office.pem"
    public = new_key(file)
    assert (file.stat().st_mode & 0o777, public.name) == (0o600, "office.public.pem")
    made = seal(private_key(file), AT, None, [], {})
    assert (made.public_key, public_pem(made.public_key)) == (public_key(public), public.read_bytes())
    assert len(fingerprint(made.public_key).split()) == 8
    with pytest.raises(FileExistsError):
        new_key(file)
    for wrong in (lambda: private_key(public), lambda: public_key(file), lambda: private_key(tmp_path / "none")):
        with pytest.raises(KeyUnreadable):
            wrong()

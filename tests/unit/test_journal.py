"""The journal's chain: whatever is altered, left out, put in or moved is found; erased text breaks nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.dispute import EFFECT, GENESIS, INPUT, Actor, ChainBroken, Effect, Entry, Input, Text, check_chain, record
from engine.dispute.journal import FORMAT

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
ADA = Actor(id="ada", name="Ada", agency="school", role="practitioner")


def written(turns: int = 4) -> list[Entry]:
    """A journal of some turns, each with one effect."""
    entries: list[Entry] = []
    for turn in range(turns):
        prev, seq = (entries[-1].hash, entries[-1].seq + 1) if entries else (GENESIS, 1)
        act = Input(kind="Corrected", at=AT + timedelta(hours=turn), actor=ADA, data={"n": turn}, texts={"why": "So."})
        entries += record("BIR-1", prev, seq, act, [Effect(kind="Noted", element="Stage1", data={"at": AT})])[0]
    return entries


def test_an_input_is_written_with_its_effects_behind_it() -> None:
    """R1: by whom, when, what; the format's number from the first day."""
    first, second = written(1)
    assert (first.role, first.kind, first.seq, first.prev, first.v) == (INPUT, "Corrected", 1, GENESIS, FORMAT)
    assert (second.role, second.kind, second.seq, second.prev) == (EFFECT, "Noted", 2, first.hash)
    assert first.actor == {"id": "ada", "name": "Ada", "agency": "school", "role": "practitioner"}
    assert (first.at, second.data) == ("2026-03-02T10:00:00Z", {"at": "2026-03-02T10:00:00Z"})
    check_chain([first, second])


def test_an_entry_says_the_same_after_json() -> None:
    """Stored, exported and read again its hash still fits."""
    stored = msgspec.json.encode([entry.to_json() for entry in written()])
    check_chain(msgspec.json.decode(stored, type=list[Entry]))


@given(
    place=st.integers(0, 7),
    change=st.sampled_from(["data", "at", "kind", "element", "actor", "texts", "role", "v", "ref"]),
)
def test_altering_anything_of_an_entry_is_found_there(place: int, change: str) -> None:
    """R2."""
    entries = written()
    other: dict[str, Any] = {"v": 99, "data": {"n": 99}, "actor": {"id": "eve"}, "texts": {"why": "0" * 64}}
    entries[place] = replace(entries[place], **{change: other.get(change, "other")})
    with pytest.raises(ChainBroken, match="altered") as found:
        check_chain(entries)
    assert found.value.seq == place + 1


@given(place=st.integers(0, 6), other=st.integers(0, 7))
def test_leaving_out_putting_in_and_moving_is_found(place: int, other: int) -> None:
    """R2: the last entries can be cut off without a sign; what signs the end is a checkpoint."""
    entries = written()
    without = entries[:place] + entries[place + 1 :]
    with pytest.raises(ChainBroken):
        check_chain(without)
    with pytest.raises(ChainBroken):
        check_chain([*entries[:place], entries[other], *entries[place:]])
    if other not in {place, place + 1}:
        moved = [*without[:other], entries[place], *without[other:]]
        if moved != entries:
            with pytest.raises(ChainBroken):
                check_chain(moved)


def test_a_forged_entry_with_a_hash_of_its_own_does_not_fit_what_follows() -> None:
    """R2: rewriting one entry properly breaks the next one."""
    entries = written()
    forged, _ = record("BIR-1", entries[1].hash, 3, Input(kind="Corrected", at=AT, actor=ADA), [])
    with pytest.raises(ChainBroken, match="does not follow"):
        check_chain([*entries[:2], *forged, *entries[3:]])


def test_text_stands_beside_the_chain_and_can_be_erased() -> None:
    """Decision 7: the chain covers a salted digest, the same text twice gives two."""
    said = Input(kind="Corrected", at=AT, actor=ADA, texts={"b": "It was him.", "a": "It was him."})
    entries, texts = record("BIR-1", GENESIS, 1, said, [])
    assert [(seq, text.name, text.text) for seq, text in texts] == [(1, "a", "It was him."), (1, "b", "It was him.")]
    assert entries[0].texts == {text.name: text.digest for _, text in texts}
    assert len({text.digest for _, text in texts}) == 2
    assert "him" not in msgspec.json.encode(entries[0].to_json()).decode()
    assert Text(name="a", salt=texts[0][1].salt, text="It was her.").digest != entries[0].texts["a"]

"""What a replay shows of the frozen journals, but its sentences: byte for byte as when they were frozen."""

import hashlib
from dataclasses import fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.exports import bundle
from engine.pathway import read_pathway
from engine.replay import frames

FROZEN = Path(__file__).parents[1] / "frozen"
SUMS = dict(reversed(line.split("  ")) for line in (FROZEN / "FRAMES.sha256").read_text().splitlines())
SENTENCES = {"words", "texts", "answers", "notes"}
UNSHOWN = {"basis", "calendar", "visit", "group", "agreed_days"}
"""What a frame of before did not know: it was folded in a place of its own. No page shows it from there."""


def plain(value: Any) -> Any:
    """A value of a frame as JSON, its sentences left out."""
    if hasattr(value, "__dataclass_fields__"):
        if hasattr(value, "tokens"):  # they stand side by side on the diagram, in no order
            value = replace(value, tokens=tuple(sorted(value.tokens, key=lambda token: token.id)))
        kept = [f.name for f in fields(value) if f.name not in SENTENCES | UNSHOWN]
        return {name: plain(getattr(value, name)) for name in kept}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value.isoformat() if isinstance(value, datetime) else value


def shown(name: str) -> str:
    """The digest of what a frozen journal's replay shows."""
    found = bundle.unpacked((FROZEN / name).read_bytes())
    main = Path(next(each for each in found.files if each.endswith(".bpmn")))
    pathway = read_pathway(found.files, main.parent.name, main.stem, reader=found.manifest.reader)
    made = [plain(frame) for frame in frames(pathway, found.entries, {})]
    assert len(made) > 5
    return hashlib.sha256(msgspec.json.encode(made, order="sorted")).hexdigest()


@pytest.mark.parametrize("name", sorted(each.name for each in FROZEN.glob("*.zip")))
def test_a_frozen_journal_is_replayed_as_it_was(name: str) -> None:
    """Every frame: where the token is, what is open and due, who acted, what it was marked as."""
    assert shown(name) == SUMS[name]

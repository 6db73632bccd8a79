"""The vocabulary of events: whatever a journal holds is declared, with its data; and named nowhere else."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NotRequired, TypedDict

import msgspec
import pytest
from walkers import BPMN, PATHWAYS, journeys

from engine import Kind, version_from
from engine.dispute import Entry
from engine.exports import bundle

ROOT = Path(__file__).parents[2]
FROZEN = sorted((ROOT / "tests" / "frozen").glob("*.zip"))


@cache
def declared(kind: Kind) -> Any:
    """The data of a kind as a type."""
    optional = {name: NotRequired[type_] for name, type_ in kind.meaning.may.items()}
    return TypedDict("Data", {**kind.meaning.data, **optional})


def fit(entries: Iterable[Entry]) -> Counter[Kind]:
    """Every entry is of a kind that is declared, and its data are of the types that are declared for it."""
    seen: Counter[Kind] = Counter()
    for entry in entries:
        kind = next(kind for kind in Kind if kind.value == entry.kind)
        meaning = kind.meaning
        msgspec.convert(entry.data, declared(kind), strict=True)
        assert entry.data.keys() <= {*meaning.data, *meaning.may}, (kind, entry.data.keys())
        seen[kind] += 1
    return seen


@pytest.mark.parametrize("name", [path.name for path in FROZEN])
def test_frozen_journals_hold_what_is_declared(name: str) -> None:
    """Of every format."""
    assert fit(bundle.unpacked((ROOT / "tests" / "frozen" / name).read_bytes()).entries)[Kind.TASK_OPENED] > 0


def test_whatever_is_written_today_is_declared() -> None:
    """On every pathway that ships: risk, corrections, protective timescales, closures, attempts."""
    seen: Counter[Kind] = Counter()
    for pathway in PATHWAYS:
        for journey in journeys(version_from(BPMN, pathway), 41_000, 2):
            seen += fit(journey.entries)
    assert len(seen) >= 30, seen


def test_a_kind_is_named_nowhere_but_where_it_is_declared() -> None:
    """A bare string would be missed by whoever renames or looks for it. Migrations speak of what was."""
    names = "|".join(kind.value for kind in Kind if re.search("[a-z][A-Z]", kind.value))
    bare = re.compile(rf"[\"']({names})[\"']")
    own = ROOT / "engine" / "dispute" / "events.py"
    modules = [path for top in ("engine", "web") for path in (ROOT / top).rglob("*.py") if path != own]
    shown = [path for path in modules if not {"migrations", "node_modules"} & set(path.parts)]
    assert [f"{path}: {found[0]}" for path in shown for found in bare.finditer(path.read_text("utf-8"))] == []

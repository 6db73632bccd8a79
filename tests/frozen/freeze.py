"""Adds bundles of disputes as they are lived now to those that must verify for ever; changes none that is there."""

import hashlib
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent / "property"), str(HERE.parent / "integration")]

from population import ROOT, populated  # noqa: E402 - found by the path above
from test_frozen_frames import shown  # noqa: E402

import engine  # noqa: E402
from engine import Concord  # noqa: E402
from engine.demo import fill  # noqa: E402
from engine.dispute import Dispute, dispute_from_json  # noqa: E402
from engine.dispute.journal import FORMAT  # noqa: E402

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def main() -> None:
    """Live, sign, and write what is new."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        concord, _ = populated(f"sqlite:///{folder / 'generated.db'}")
        freeze(concord, chosen(concord, 2), folder / "generated.pem")
        url = f"sqlite:///{folder / 'demo.db'}"
        fill(url, ROOT / "bpmn", NOW)
        demo = engine.open_concord(url, engine.SetClock(NOW), kind=engine.DEMONSTRATION)
        taken_up = again(demo)
        freeze(demo, [*(ref for ref in chosen(demo, 1) if ref not in taken_up), *taken_up], folder / "demo.pem")
    sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in sorted(HERE.glob("*.zip"))]
    (HERE / "SHA256SUMS").write_text("".join(sums))
    frames = HERE / "FRAMES.sha256"
    known = {line.split("  ")[1] for line in frames.read_text().splitlines()}
    new = [f"{shown(file.name)}  {file.name}\n" for file in sorted(HERE.glob("*.zip")) if file.name not in known]
    frames.write_text(
        "".join(sorted([*frames.read_text().splitlines(keepends=True), *new], key=lambda line: line[66:]))
    )


def disputes(concord: Concord) -> Iterator[tuple[str, str, Dispute]]:
    """Every dispute with its pathway, the longest journal first."""
    with concord.store.begin(write=False) as tx:
        records = [tx.disputes.get(ref) for ref in tx.disputes.references()]
    for record in sorted(records, key=lambda each: -each.last_seq):
        yield record.ref, record.pathway, dispute_from_json(record.state["dispute"])


def chosen(concord: Concord, each: int) -> list[str]:
    """Of every pathway some disputes of middling length, ended in different ways."""
    found: dict[str, dict[str, str]] = {}
    for ref, pathway, dispute in disputes(concord):
        how = dispute.ending.how if dispute.closed and dispute.ending else "open"
        found.setdefault(pathway, {})[how] = ref
    return [ref for ways in found.values() for ref in list(ways.values())[-each:]]


def again(concord: Concord) -> list[str]:
    """Two resolved disputes of the demonstration that are taken up again: both journals of each."""
    refs: list[str] = []
    for ref, _, dispute in list(disputes(concord)):
        if dispute.closed and dispute.ending and dispute.ending.how == "resolved" and len(refs) < 4:
            by = engine.person_named(concord, dispute.raised_by)
            refs += [ref, engine.take_up_again(concord, by, ref, uuid4().hex, "Made up: it did not last.").ref]
    return refs


def freeze(concord: Concord, refs: Iterable[str], key: Path) -> None:
    """Erase the text of one closed dispute among them, sign a checkpoint, and write each bundle that is not there."""
    refs = list(refs)
    known = {ref: dispute for ref, _, dispute in disputes(concord)}
    erased = next(ref for ref in refs if known[ref].closed)
    engine.erase_by_operator(concord, "Made-up Ann", erased, "Made up: asked for in this test.")
    assert isinstance(concord.clock, engine.SetClock)
    concord.clock.advance(timedelta(days=1))
    engine.erase_by_operator(concord, "Made-up Bob", erased, "", confirm=True)
    engine.new_key(key)
    engine.make_checkpoint(concord, key)
    for ref in refs:
        file = HERE / f"{ref}.v{FORMAT}.zip"
        if not file.exists():
            file.write_bytes(engine.export(concord, ref, "bundle"))


if __name__ == "__main__":
    main()
